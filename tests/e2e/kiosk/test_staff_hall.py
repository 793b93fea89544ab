"""The staff's sheet of a whole hall from its folder, launcher and all: in the oldest browser that is promised, and today's."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Shared
from tests.e2e.kiosk.launcher_page import wait_for
from tests.e2e.kiosk.older import PACKED, OlderPage, older
from tests.e2e.kiosk.pages_world import three_languages
from tests.e2e.kiosk.screen import PIN
from tests.e2e.kiosk.test_kiosk_staff import corner, type_in, wake


@pytest.fixture(scope="module")
def hall(shared: Shared) -> Path:
    return three_languages(shared)


def opened(page: OlderPage) -> None:
    page.wait_for("!!document.querySelector('iframe.is-live')")
    page.wait_for("!!document.querySelector('.a-slide.is-on')", inside=True)
    page.tap_at(270, 480)
    page.wait_for("document.querySelector('.k-attract').hidden", inside=True)
    for _ in range(5):
        page.tap_at(15, 15)
    for digit in PIN:
        page.tap(f"[data-digit='{digit}']", inside=True)
    page.tap("[data-enter]", inside=True)


def test_in_the_oldest_browser(hall: Path, tmp_path: Path) -> None:
    """Every page opens, what is set is kept over Reopen, and there is no release to go back to."""
    with older(min(PACKED), tmp_path) as browser:
        page = browser.page()
        page.goto(hall / "index.html")
        opened(page)
        for name, shown in (
            ("state", "[data-state-code] svg"),
            ("events", ".s-events li"),
            ("counts", ".s-export svg"),
            ("settings", "[data-set]"),
        ):
            page.tap(f"[data-page={name}]", inside=True)
            found = f"[...document.querySelectorAll('[data-pane={name}] {shown}')]"
            page.wait_for(f"{found}.some((one) => one.getClientRects().length > 0)", inside=True)
        page.tap("[data-set=brightness][data-step='-1']", inside=True)
        page.wait_for("getComputedStyle(document.documentElement, '::after').opacity === '0.1'", inside=True)
        page.tap("[data-page=actions]", inside=True)
        page.tap("[data-errand=update]", inside=True)
        page.wait_for("/没有新的/.test(document.querySelector('[data-pane=actions]').innerText)", inside=True)
        page.tap("[data-touch]", inside=True)
        page.tap_at(2, 958)
        page.wait_for("/44/.test(document.querySelector('[data-unseen]').innerText)", inside=True)
        page.tap("[data-end]", inside=True)
        page.evaluate("window.before = true")
        page.tap("[data-errand=restart]", inside=True)
        page.wait_for("!window.before")
        opened(page)
        page.wait_for("document.documentElement.classList.contains('is-dimmed')", inside=True)
        page.tap("[data-page=events]", inside=True)
        page.wait_for("/有人按了重新打开/.test(document.querySelector('.s-events').innerText)", inside=True)
        assert page.errors == []


def test_it_rests_in_the_language_that_was_chosen(hall: Path, tmp_path: Path, browser: Browser) -> None:
    """Also once reopened; the sheet stays in the hall's own, and one key gives the first back. Without the part it stays."""
    folder = Path(shutil.copytree(hall, tmp_path / "hall"))
    page = browser.new_page(viewport={"width": 540, "height": 960}, has_touch=True, reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((folder / "index.html").as_uri())

    def rests(language: str) -> bool:
        page.wait_for_selector("iframe.is-live", state="attached")
        app = page.frames[-1]
        told = """() => { const all = [...document.querySelectorAll('.k-attract')].filter((one) => one.getClientRects().length);
          return [document.documentElement.lang, ...all.map((one) => one.querySelector('.a-touch').innerText.slice(0, 5))]; }"""
        return bool(app.evaluate(told) == [language, {"zh-CN": "轻触屏幕开", "en": "Touch"}[language]])

    def staff() -> None:
        app = page.frames[-1]
        wake(page, app)
        corner(page)
        type_in(app, PIN)
        app.click("[data-page=settings]")
        assert app.locator("[data-screen=staff]").is_visible() and app.evaluate("document.documentElement.lang") == "zh-CN"

    def leave() -> None:
        page.frames[-1].evaluate("dispatchEvent(new ErrorEvent('error'))")  # sends everybody home, as two minutes do

    wait_for(page, lambda: rests("zh-CN"))
    staff()
    page.frames[-1].click("[data-rest=en]")
    leave()
    wait_for(page, lambda: rests("en"))
    page.reload()
    wait_for(page, lambda: rests("en"))
    staff()
    assert page.frames[-1].locator("[data-rest=en]").get_attribute("aria-pressed") == "true"
    page.frames[-1].click("[data-page=events]")
    page.frames[-1].click("[data-page=settings]")
    page.frames[-1].click("[data-again]")
    leave()
    wait_for(page, lambda: rests("zh-CN"))
    staff()
    for part in folder.glob("releases/*/parts/language-zh-tw.js"):
        part.unlink()
    page.frames[-1].click("[data-rest=zh-TW]")
    leave()
    wait_for(page, lambda: rests("zh-CN"))
    page.wait_for_timeout(1_000)
    assert rests("zh-CN") and errors == []
    page.close()
