"""Every screen of the kiosk holds together: what stands on it stands where it stood (tests/e2e/looks.py)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e import looks
from tests.e2e.kiosk.apps import made_for, site_at
from tests.e2e.kiosk.screen import BUILT, RELEASE, begin, data, opened
from tests.e2e.kiosk.test_kiosk_rows import SCREENS, go
from tests.e2e.looks import Looker, Rows

OVER = ("attract", "display")  # lie over the screens and are opened in their own way
APART = {"question", "staff", "staff-pad", "touch-test"}  # a few lines on a sheet; staff's are measured by their own tests
# A frame was laid out, and whoever watches the size of something was told: these come as they will, whatever the clock does.
FRAME = "() => new Promise((done) => new ResizeObserver(done).observe(document.body)).then(() => undefined)"


def settled(page: Page) -> None:
    """What the screen does on another size is done: first what watches it, then what that leaves for later."""
    for _ in range(2):
        page.evaluate(FRAME)
        page.clock.run_for(250)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app with its own letters."""
    folder = tmp_path_factory.mktemp("looks")
    made = made_for(site_at(data(folder / "data"), BUILT), BUILT, {})
    font = looks.letters(made.texts.values())
    (folder / "app.html").write_bytes(made.app({"400 700": font}).of_release(RELEASE))
    return folder


@pytest.fixture(scope="module")
def looker(folder: Path, browser: Browser, pictures: bool) -> Iterator[Looker]:
    size = looks.SIZES[0]
    with opened(browser, folder / "app.html", size=size, first=looks.pinned("Haitang", painted=pictures)) as page:
        page.evaluate("document.fonts.ready")
        yield Looker(page, pictures, looks.LOOK, settled)
    if pictures:
        looks.contact_sheet()


@pytest.fixture(scope="module")
def seen(looker: Looker) -> dict[str, Rows]:
    """What stands on every screen."""
    seen = {"attract": looker.look("kiosk attract", "[data-screen=attract]")}
    begin(looker.page)
    for address in SCREENS:
        go(looker.page, address)
        if address == "search":  # its code comes once the index is read
            looker.page.wait_for_selector("[data-screen=search] [data-hand-over] svg")
        seen[address] = looker.look(f"kiosk {address}", f'[data-screen="{address.partition(":")[0]}"]')
    looker.page.click("[data-display]")
    seen["display"] = looker.look("kiosk display", "[data-screen=display]")
    looker.page.click("[data-close]")
    return seen


@pytest.mark.parametrize("name", [*SCREENS, *OVER])
def test_a_screen_looks_as_it_did(seen: dict[str, Rows], name: str, bless: bool) -> None:
    looks.hold(f"kiosk {name}", seen[name], bless)


def test_no_screen_is_forgotten_and_none_is_remembered_that_is_no_more(
    seen: dict[str, Rows], looker: Looker, bless: bool
) -> None:
    there = set(looker.page.eval_on_selector_all("[data-screen]", "all => all.map(({ dataset }) => dataset.screen)"))
    assert there - APART == {name.partition(":")[0] for name in seen}
    assert looks.swept("kiosk", (f"kiosk {name}" for name in seen), bless) == []


def test_a_screen_that_falls_apart_is_seen(seen: dict[str, Rows], looker: Looker) -> None:
    go(looker.page, "home")
    looker.page.evaluate("document.adoptedStyleSheets[0].insertRule('.k-tiles { display: block !important; }')")
    now = replace(looker, pictures=False).look("fault", "[data-screen=home]")
    looker.page.evaluate("document.adoptedStyleSheets[0].deleteRule(0)")
    with pytest.raises(AssertionError, match="looks otherwise"):
        looks.hold("kiosk home", now, False)
