"""axe on every screen of the kiosk, what lies over them, and the pages beside the app; and a keyboard moves the long texts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from haitang.kiosk.launcher import index, sample
from haitang.kiosk.text_fallback import plain_page
from haitang.site import licences
from haitang.site.bundles import bundle
from tests.e2e.kiosk.apps import hall_of, site_at
from tests.e2e.kiosk.screen import BUILT, PIN, app, begin, opened
from tests.e2e.kiosk.test_kiosk_rows import SCREENS, go
from tests.e2e.kiosk.test_kiosk_staff import corner, type_in
from tests.e2e.site.conftest import NO_BOX
from tests.e2e.site.test_accessibility import AXE, BEGIN, TAGS
from tests.worlds import PROJECT

# A finger hits what is as large as a hand: the app's own tests measure that, in every size and distance.
RULES = {"type": "tag", "values": [tag for tag in TAGS if tag != "wcag22aa"]}
LARGER = """size => {
  if (size) document.documentElement.dataset.size = size; else delete document.documentElement.dataset.size;
  document.dispatchEvent(new CustomEvent('haitang:display'));
}"""
LONG = ("about", "position:he-cheng", "brand:he-hua")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app, and beside it the launcher, the sample of a host program, the text edition and the licences."""
    folder = tmp_path_factory.mktemp("axe")
    app(folder / "data", folder)
    site, scripts = site_at(folder / "data", BUILT), bundle(PROJECT)
    (folder / "index.html").write_bytes(index(site.templates, scripts))
    (folder / "embed-sample.html").write_bytes(sample(site.templates, scripts))
    (folder / "plain.html").write_bytes(plain_page(site, hall_of(site), BUILT, b""))
    (folder / "licences.html").write_bytes(licences.of_kiosk(site.templates, scripts))
    return folder


def looked(page: Page | Frame) -> list[str]:
    """What axe finds, in letters of both sizes, and what old browsers would lay out in another way."""
    if not page.evaluate("'axe' in window"):
        page.evaluate("script => { (0, eval)(script); }", AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(NO_BOX)
    for size in ("large", ""):  # ends as it was: who reads larger letters is asked later
        page.evaluate(LARGER, size)
        page.evaluate(BEGIN, [RULES, {size or "normal": {"size": size} if size else {}}])
        found += page.evaluate("looking")
    return found


@pytest.mark.requirement(38)
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)], ids=["portrait", "landscape"])
def test_axe_finds_nothing_on_any_screen(folder: Path, browser: Browser, size: tuple[int, int]) -> None:
    found = {}
    with opened(browser, folder / "app.html", size=size) as page:
        found["attract"] = looked(page)
        begin(page)
        for address in SCREENS:
            go(page, address)
            page.clock.run_for(500)
            found[address] = looked(page)
        page.click("[data-display]")
        page.clock.run_for(500)
        found["display"] = looked(page)
        page.click("[data-close]")
        page.clock.run_for(91_000)
        assert page.locator(".k-question").is_visible()
        found["question"] = looked(page)
    with opened(browser, folder / "app.html", size=size) as page:
        corner(page)
        page.clock.run_for(500)
        found["number of staff"] = looked(page)
        type_in(page, PIN)
        page.locator("[data-screen=staff]").wait_for()
        found["staff"] = looked(page)
    assert {screen: said for screen, said in found.items() if said} == {}


# The text edition tries the launcher again after minutes: where no script runs nothing else can, and nobody is there to do it.
@pytest.mark.parametrize("name", ["index.html", "plain.html", "embed-sample.html", "licences.html"])
def test_axe_finds_nothing_on_the_pages_beside_the_app(folder: Path, browser: Browser, name: str) -> None:
    page = browser.new_page(viewport={"width": 1080, "height": 1920}, reduced_motion="reduce")
    page.goto((folder / name).as_uri())
    found = looked(page)
    page.close()
    assert [one for one in found if not (name == "plain.html" and ": meta-refresh: " in one)] == []


@pytest.mark.parametrize("address", LONG)
def test_a_keyboard_moves_a_long_text(folder: Path, browser: Browser, address: str) -> None:
    with opened(browser, folder / "app.html", size=(1920, 1080)) as page:
        begin(page)
        page.evaluate(LARGER, "large")
        go(page, address)
        page.clock.run_for(500)
        text = page.locator(f'[data-screen="{address.partition(":")[0]}"] .k-read')
        assert text.evaluate("box => box.scrollHeight > box.clientHeight"), "not long"
        for _ in range(40):
            page.keyboard.press("Tab")
            if text.evaluate("box => box === document.activeElement"):
                break
        assert text.evaluate("box => box === document.activeElement && getComputedStyle(box).outlineStyle") == "solid"
        page.keyboard.press("End")
        page.clock.run_for(1_000)
        page.wait_for_function("box => box.scrollTop > 0", arg=text.element_handle())
