"""Every screen of the kiosk in Chromium 69 and 88, in each language: nothing on the console, nothing cut, nothing over anything
else, and everything where today's Chromium has it (a property that an old one does not know moves what stands around it)."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from haitang.model.messages import SITE_LANGUAGES
from tests.conftest import Shared
from tests.e2e.kiosk.launcher_page import live
from tests.e2e.kiosk.older import PACKED, older
from tests.e2e.kiosk.pages_world import three_languages
from tests.e2e.kiosk.screen import PIN
from tests.e2e.kiosk.test_kiosk_languages import PLACES
from tests.e2e.site.conftest import Watched

Evaluate = Callable[[str], Any]
Tour = tuple[str, str, str]  # the screen, the language, the size of print
Shown = dict[str, tuple[list[str], list[list[Any]]]]  # of each screen and its parts: faults, and what stands where

SCRIPT = (Path(__file__).parent / "layout.js").read_text("utf-8")
SIZES = {"portrait": (540, 960), "landscape": (960, 540)}
FEW: list[Tour] = [("portrait", "zh-CN", ""), ("landscape", "en", ""), ("landscape", "zh-TW", "large")]
ALL: list[Tour] = [(size, language, large) for size in SIZES for language in SITE_LANGUAGES for large in ("", "large")]
SLACK = 6  # CSS pixels, of 540
GO = """((address) => { const key = document.createElement("button"); key.dataset.go = address;
  document.body.appendChild(key); key.click(); key.remove(); })"""
PRINT = """((size) => { const { dataset } = document.documentElement;
  if (size) dataset.size = size; else delete dataset.size;
  document.dispatchEvent(new CustomEvent('haitang:display')); })"""
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 40)))).then(() => 1)"
TABS = "[...document.querySelectorAll('.k-screen:not([hidden]) [data-at=tabs] [data-tab]')].map(({ dataset }) => dataset.tab)"
CORNER = """for (let tap = 0; tap < 5; tap++) {
  document.elementFromPoint(9, 9).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX: 9, clientY: 9 }));
}"""


@pytest.fixture(scope="module")
def hall(shared: Shared) -> Path:
    return three_languages(shared) / "index.html"


def press(app: Evaluate, selector: str) -> None:
    app(f"document.querySelector({json.dumps(selector)}).click()")


def until(app: Evaluate, true: str) -> None:
    ending = time.monotonic() + 20
    while not app(true):
        assert time.monotonic() < ending, true
        time.sleep(0.05)


def toured(app: Evaluate, tours: list[Tour], turn: Callable[[str], None]) -> Shown:
    """Everything that is shown in each of these ways; `turn` gives the window another shape."""
    shown: Shown = {}

    def look(name: str) -> None:
        app(SETTLED)
        shown[name] = app("layout.faults()"), app("layout.boxes()")

    for tour in tours:
        size, language, large = tour
        turn(size)
        if app("document.documentElement.lang") != language:
            press(app, f"[data-language={language}]")
            until(app, f"document.documentElement.lang === '{language}'")
        app(f"{PRINT}('{large}')")
        for address in PLACES:
            app(f"{GO}({json.dumps(address)})")
            assert app("document.documentElement.dataset.at") == address.partition(":")[0]
            for tab in app(TABS) or [""]:
                if tab:
                    press(app, f".k-screen:not([hidden]) [data-tab='{tab}']")
                look(f"{tour} {address} {tab}")
        press(app, "[data-display]")
        look(f"{tour} display")
        press(app, "[data-screen=display] [data-close]")
        app(CORNER)
        look(f"{tour} number of staff")
        for digit in PIN:
            press(app, f"[data-digit='{digit}']")
        press(app, "[data-enter]")
        look(f"{tour} staff")
        press(app, "[data-screen=staff] [data-close]")
    return shown


def slides(app: Evaluate) -> list[str]:
    """What is wrong on what is shown while nobody is there."""
    count = app("document.querySelectorAll('.a-slide').length")
    assert count > 3
    found: list[str] = []
    for number in range(count):
        app(f"document.querySelectorAll('.a-slide').forEach((slide, at) => void (slide.hidden = at !== {number}))")
        found += app("layout.faults()")
    return found


@contextmanager
def in_older(hall: Path, version: int, profile: Path) -> Iterator[tuple[Evaluate, Callable[[str], None], list[str]]]:
    """The app, before anybody has come, and what its console says."""
    with older(version, profile, hinted=False) as browser:
        page = browser.page(SCRIPT)
        page.resize(SIZES["portrait"])
        page.goto(hall)
        page.wait_for("!!document.querySelector('iframe.is-live')")
        page.wait_for("!!document.querySelector('.a-slide.is-on') && document.fonts.size > 0", inside=True)
        yield (lambda asked: page.evaluate(asked, inside=True)), (lambda size: page.resize(SIZES[size])), page.errors


@pytest.fixture(scope="module", params=[pytest.param(FEW, id="few"), pytest.param(ALL, id="all", marks=pytest.mark.long)])
def today(browser: Browser, hall: Path, request: pytest.FixtureRequest) -> tuple[list[Tour], Shown]:
    """What today's Chromium shows on these tours."""
    tours: list[Tour] = request.param
    context = browser.new_context(has_touch=True, reduced_motion="reduce")
    context.add_init_script(SCRIPT)
    watched = Watched(context.new_page())
    page = watched.page

    def turn(size: str) -> None:
        page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})

    turn("portrait")
    page.goto(hall.as_uri())
    app = live(page)
    app.wait_for_function("!!document.querySelector('.a-slide.is-on') && document.fonts.size > 0")
    begin(app.evaluate)
    shown = toured(app.evaluate, tours, turn)
    context.close()
    return tours, shown


def begin(app: Evaluate) -> None:
    app("document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX: 90, clientY: 300 }))")
    until(app, "document.querySelector('.k-attract').hidden")


@pytest.mark.requirement(4)
@pytest.mark.parametrize("version", PACKED)
def test_every_screen_is_whole_and_as_today(version: int, today: tuple[list[Tour], Shown], hall: Path, tmp_path: Path) -> None:
    tours, here = today
    with in_older(hall, version, tmp_path) as (app, turn, errors):
        found = {"attract": slides(app)}
        begin(app)
        there = toured(app, tours, turn)
    found |= {name: faults for name, (faults, _) in there.items()}
    lines = [f"{name}: {fault}" for name, faults in found.items() for fault in faults] + errors
    lines += [line for name in here for line in moved(name, there[name][1], here[name][1])]
    assert not lines, "\n".join(lines)


def moved(name: str, there: list[list[Any]], here: list[list[Any]]) -> list[str]:
    """What stands elsewhere in the older browser."""
    numbers: tuple[int, ...] = (1, 2, 3, 4)
    if names(there) != names(here):
        # A text or a row of a list just fits in one of them: other keys stand under it, and it has another height.
        numbers = (1, 3)
        there, here = ([one for one in boxes if not one[0].startswith("list: ")] for boxes in (there, here))
    if names(there) != names(here):
        return [f"{name}: {names(there)} instead of {names(here)}"]
    return [
        f"{name}: {one} instead of {other}"
        for one, other in zip(there, here, strict=True)
        if max(abs(one[at] - other[at]) for at in numbers) > SLACK
    ]


def names(boxes: list[list[Any]]) -> list[str]:
    return [one[0] for one in boxes]
