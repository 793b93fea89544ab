"""Every kind of page from file:// in a folder with blanks and Chinese, and without JavaScript."""

import posixpath
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from haitang.checks.load import load
from haitang.model.entries import Position
from tests.e2e.site.conftest import Watched
from tests.e2e.site.page_kinds import KINDS, Kind, show
from tests.worlds import WORLD

SHOWN = "all => all.filter((a) => a.getClientRects().length).map((a) => a.getAttribute('href'))"
DIRECTORY = load(WORLD, today=date.today())


@pytest.mark.requirement(2)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name != "404"], ids=lambda kind: kind.name)
def test_from_a_file_it_is_silent_and_asks_nobody(browser: Browser, every_kind: Path, kind: Kind) -> None:
    watched = Watched(browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce"))
    show(watched.page, f"{every_kind.as_uri()}/", kind)
    watched.page.wait_for_timeout(150)
    assert watched.page.locator("h1").count() == 1
    assert watched.console == []
    assert watched.foreign == []
    watched.page.close()


@pytest.mark.requirement(5)
@pytest.mark.parametrize("position", DIRECTORY.positions, ids=lambda position: position.id)
def test_without_a_script_a_place_says_all(browser: Browser, every_kind: Path, position: Position) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((every_kind / "world" / "positions" / f"{position.id}.html").as_uri())
    text = page.inner_text("main")
    known = [position.name, *filter(None, (position.address, position.phone))]
    if position.hours:
        known += re.findall(r"\d\d:\d\d", position.hours.text) or ["24"]
    elif position.status == "open":
        known += ["待核实"]
    assert [fact for fact in known if fact not in text] == []
    context.close()


def test_without_a_script_every_place_is_found_by_town_and_by_tier(browser: Browser, every_kind: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    world = every_kind / "world"

    def linked(path: str) -> set[str]:
        page.goto((world / path).as_uri())
        shown: list[str] = page.eval_on_selector_all("main a[href]", SHOWN)
        return {posixpath.normpath(posixpath.join(posixpath.dirname(path), address.partition("#")[0])) for address in shown}

    for start in ("index.html", "search.html", "map.html"):
        assert {"towns/hecheng.html", "tiers/centre.html"} <= linked(start), start
    for position in DIRECTORY.positions:
        page_of = f"positions/{position.id}.html"
        assert page_of in linked(f"towns/{position.town}.html")
        assert page_of in linked("positions/index.html")
        if position.tier:
            assert page_of in linked(f"tiers/{position.tier}.html")
    context.close()


@pytest.mark.parametrize("path", ["index.html", "map.html"])
def test_without_a_script_the_map_is_a_picture_with_links(browser: Browser, every_kind: Path, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((every_kind / "world" / path).as_uri())
    marks = page.locator(".map-picture a")
    assert marks.count() >= 2
    for at in range(marks.count()):
        assert marks.nth(at).get_attribute("aria-label") or marks.nth(at).text_content()
        assert (every_kind / "world" / (marks.nth(at).get_attribute("href") or "")).is_file()
    context.close()
