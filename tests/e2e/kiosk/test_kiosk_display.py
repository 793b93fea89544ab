"""How a visitor wants to read, and whether they still do: display panel, reading aloud, the question; and all forgotten."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.screen import SIZES, at, begin, opened
from tests.e2e.kiosk.screen import app as app_file

VOICE = """
window.said = []; window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [{ lang: 'zh-CN', localService: true }], addEventListener() {},
  cancel() { this.now = null; }, speak(one) { said.push(one.text); this.now = one; },
} });
"""
BOXES = """(selector) => [...document.querySelectorAll(selector)]
  .filter((key) => key.getClientRects().length && !key.closest('.k-map'))
  .map((key) => { const { top, bottom, width, height } = key.getBoundingClientRect(); return [top, bottom, width, height]; })"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("kiosk")
    yield app_file(folder / "data", folder / "样例 展厅")


def html(page: Page) -> dict[str, str]:
    return dict(page.evaluate("({ ...document.documentElement.dataset })"))


def choose(page: Page, *ways: str) -> None:
    page.click("[data-display]")
    for way in ways:
        page.click(f"[data-way={way}]")


@pytest.mark.requirement(13, 14)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_keys_are_large_and_within_reach(app: Path, browser: Browser, size: tuple[int, int], large: bool) -> None:
    with opened(browser, app, size=size) as page:
        begin(page)
        choose(page, *(["large"] if large else []))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        shorter, highest = min(size), size[1] * (0.5 if size[1] > size[0] else 0.4) - 5
        found = page.evaluate(BOXES, "[data-screen=display] [data-primary], .k-bar [data-primary]")
        assert len(found) >= 9
        for top, bottom, width, height in found:
            assert min(width, height) >= 0.0739 * shorter and top >= highest * (0.8 if large else 1) and bottom <= size[1]


def test_each_way_holds_and_the_panel_closes_with_escape(app: Path, browser: Browser) -> None:
    with opened(browser, app) as page:
        begin(page)
        choose(page, "large", "contrast", "low")
        assert html(page).items() >= {"size": "large", "contrast": "high", "reach": "low"}.items()
        assert page.locator("[data-way][aria-pressed=true]").count() == 3
        assert page.locator("[data-display]").get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        assert page.locator("[data-screen=display]").is_hidden()
        assert page.locator("[data-display]").get_attribute("aria-expanded") == "false"
        choose(page, "low")
        page.click(".k-bar [data-go=search]")
        assert page.locator("[data-screen=display]").is_hidden()
        assert "reach" not in html(page)


@pytest.mark.parametrize(("size", "least"), [(SIZES[0], 0.58), (SIZES[1], 0.46)])
def test_low_moves_every_key_down(app: Path, browser: Browser, size: tuple[int, int], least: float) -> None:
    with opened(browser, app, size=size) as page:
        begin(page)
        choose(page, "low")
        page.click("[data-screen=display] [data-close]")
        tops = [top for top, *_ in page.evaluate(BOXES, ".kiosk button:not(.k-card)")]
        assert len(tops) > 9 and min(tops) >= size[1] * least - 1


@pytest.mark.requirement(9)
def test_a_visitor_leaves_nothing_behind(app: Path, browser: Browser) -> None:
    with opened(browser, app) as page:
        begin(page)
        choose(page, "large", "contrast", "low")
        page.clock.run_for(155_000)
        assert at(page) == "family"
        assert not {"size", "contrast", "reach"} & set(html(page))
        begin(page)
        assert page.locator("[aria-pressed=true]").count() == 0


@pytest.mark.requirement(8)
@pytest.mark.parametrize(("ways", "seconds"), [((), 90), (("large",), 120)])
def test_the_question_comes_counts_and_goes(app: Path, browser: Browser, ways: tuple[str, ...], seconds: int) -> None:
    with opened(browser, app) as page:
        begin(page)
        if ways:
            choose(page, *ways)
        page.clock.run_for((seconds - 3) * 1000)
        assert page.locator(".k-question").is_hidden()
        home = page.locator("[data-home]").bounding_box()
        page.clock.run_for(5_000)
        assert page.locator(".k-question").is_visible() and "秒后" in page.locator("[data-left]").inner_text()
        now = page.locator("[data-home]").bounding_box()
        assert home and now and abs(home["x"] - now["x"]) <= 8 and abs(home["y"] - now["y"]) <= 8
        assert page.evaluate(
            "() => { const { left, top, width, height } = document.querySelector('[data-home]').getBoundingClientRect();"
            " return !!document.elementFromPoint(left + width / 2, top + height / 2).closest('[data-home]'); }"
        )
        key = page.locator(".k-question button").bounding_box()
        assert key and key["y"] >= 960 and key["height"] >= 80
        page.click(".k-question button")
        page.clock.run_for(500)
        assert page.locator(".k-question").is_hidden() and at(page) == "session"
        page.clock.run_for((seconds + 32) * 1000)
        assert at(page) == "family"


@pytest.mark.requirement(48)
def test_no_voice_no_key(app: Path, browser: Browser) -> None:
    with opened(browser, app, first="Object.defineProperty(window, 'speechSynthesis', { value: undefined });") as page:
        begin(page)
        choose(page)
        assert page.locator("[data-way=speak]").is_hidden()


@pytest.mark.requirement(48)
def test_reads_the_screen_and_stops_when_it_is_left(app: Path, browser: Browser) -> None:
    with opened(browser, app, first=VOICE) as page:
        begin(page)
        choose(page, "speak")
        assert page.evaluate("said") == ["附近的地方"]
        assert page.locator("[data-way=speak]").get_attribute("aria-pressed") == "true"
        page.evaluate("speechSynthesis.now.onend()")
        assert page.evaluate("said.length") == 2
        page.click(".k-bar [data-go=search]")
        assert page.evaluate("speechSynthesis.now") is None
        choose(page)
        assert page.locator("[data-way=speak]").get_attribute("aria-pressed") == "false"
