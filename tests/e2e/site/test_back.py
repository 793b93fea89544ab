"""Back gives a page back as it was left: what was asked and chosen, how many cards, what was opened, how far down.

In a Chromium that keeps no page it has left, as phones with little memory do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.site.conftest import Watched
from tests.e2e.site.test_finder import pick
from tests.e2e.site.test_map import still

WHOLE = "window.wasHere === undefined && performance.getEntriesByType('navigation')[0].type === 'back_forward'"
CARDS = "document.querySelectorAll('.find-list .card').length"
CATCH = "addEventListener('haitang:map', (event) => { window.placeMap = event.detail.map; });"
LOOKS = "() => { const {lat, lng} = placeMap.getCenter(); return [lat, lng, placeMap.getZoom()]; }"
Look = tuple[float, float, float]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    watched = Watched(page)
    yield page
    assert watched.console == []
    context.close()


def left_and_back(page: Page) -> None:
    """To a place, and back to a page that was made anew."""
    page.evaluate("window.wasHere = true")
    page.evaluate("[...document.querySelectorAll('.card h3 a')].find((a) => a.getClientRects().length).click()")
    page.wait_for_url("**/positions/p-*.html")
    page.wait_for_load_state("load")
    page.go_back()
    assert page.evaluate(WHOLE)


def at(page: Page, name: str, y: int) -> None:
    """Waits until it is scrolled there: `name` is the page or what scrolls in it."""
    page.wait_for_function(f"Math.abs(document.querySelector('{name}').scrollTop - {y}) < 3")


def scrolled(page: Page, name: str, y: int) -> None:
    page.evaluate(f"document.querySelector('{name}').scrollTop = {y}")
    at(page, name, y)


def test_a_search_is_as_it_was(page: Page, finder_site: Path) -> None:
    page.goto((finder_site / "search.html").as_uri())
    page.wait_for_selector(".finder.is-live")
    page.get_by_label("排列").select_option("name")
    for _ in range(2):
        page.locator(".find-list .list-more").click()
    page.get_by_text("展开每一处").click()
    assert page.evaluate(CARDS) == 90
    scrolled(page, "html", 9000)
    left_and_back(page)
    at(page, "html", 9000)
    assert page.evaluate(CARDS) == 90
    assert page.get_by_label("排列").input_value() == "name"
    assert page.locator(".find-list .open-up").get_attribute("open") is not None
    # Who does something herself has a list as ever.
    page.locator(".find-ways").get_by_role("link", name="丙湖镇").click()
    page.wait_for_url("**/search.html?town=bing-zhen")
    assert page.evaluate(CARDS) == 30


def test_what_was_typed_and_chosen_stays(page: Page, finder_site: Path) -> None:
    page.goto(f"{(finder_site / 'search.html').as_uri()}?town=jia-zhen")
    page.wait_for_selector(".finder.is-live")
    page.locator("#q").fill("甲家镇")
    page.locator(".list-count", has_text="“甲家镇”").wait_for()
    scrolled(page, "html", 1200)
    left_and_back(page)  # sooner than the address is written after typing
    page.locator(".list-count", has_text="“甲家镇”").wait_for()
    assert page.locator("#q").input_value() == "甲家镇"
    assert page.get_by_role("button", name="不选“甲家镇”").count() == 1
    at(page, "html", 1200)


def test_the_list_over_the_map_is_as_high_and_as_far(page: Page, finder_site: Path) -> None:
    page.goto(f"{(finder_site / 'map.html').as_uri()}?tier=station")
    page.wait_for_selector(".finder.is-live .card")
    page.locator(".list-handle").press("End")
    page.locator(".find-list .list-more").click()
    assert page.evaluate(CARDS) > 30
    scrolled(page, ".list-body", 5000)
    cards = page.evaluate(CARDS)
    left_and_back(page)
    at(page, ".list-body", 5000)
    assert page.evaluate(CARDS) == cards
    assert page.locator("[data-height]").get_attribute("data-height") == "full"


@pytest.mark.parametrize("path", ["positions/index.html", "tiers/station.html", "brands/qing-song.html"])
def test_a_list_that_was_opened_is_open(page: Page, finder_site: Path, path: str) -> None:
    page.goto((finder_site / path).as_uri())
    if page.locator("[data-list]").count():
        page.locator(".map").scroll_into_view_if_needed()
        page.wait_for_selector("[data-list].is-live .card")
    page.get_by_text("展开每一处").first.click()
    scrolled(page, "html", 2500)
    left_and_back(page)
    at(page, "html", 2500)
    assert page.locator(".open-up").first.get_attribute("open") is not None


def test_a_need_and_what_was_folded(page: Page, finder_site: Path) -> None:
    needs = sorted((finder_site / "needs").glob("*.html"))
    page.goto(next(path for path in needs if "data-finder" in path.read_text("utf-8")).as_uri())
    page.wait_for_selector(".finder.is-live .card")
    more = page.locator(".find-list .list-more")
    if more.is_visible():
        more.click()
    cards = page.evaluate(CARDS)
    scrolled(page, "html", 1500)
    left_and_back(page)
    at(page, "html", 1500)
    assert page.evaluate(CARDS) == cards
    page.goto((finder_site / "progress.html").as_uri())
    page.locator("details.fold summary").nth(1).click()
    page.evaluate("window.wasHere = true")
    page.locator("header a").first.click()
    page.wait_for_url("**/index.html")
    page.go_back()
    assert page.evaluate(WHOLE)
    folds = page.locator("details.fold").evaluate_all("(all) => all.map((fold) => fold.open)")
    assert folds == [place == 1 for place in range(len(folds))]


def test_a_page_that_is_opened_anew_is_new(page: Page, finder_site: Path) -> None:
    page.goto((finder_site / "positions" / "index.html").as_uri())
    page.get_by_text("展开每一处").click()
    left_and_back(page)
    page.goto((finder_site / "positions" / "index.html").as_uri())
    assert page.locator(".open-up").get_attribute("open") is None


def looks(page: Page) -> Look:
    """Where the map looks, once it stands still."""
    page.wait_for_selector(".map-mark")
    still(page)
    lat, lon, zoom = page.evaluate(LOOKS)
    return lat, lon, zoom


def is_there(page: Page, look: Look) -> None:
    """To the pixel; and no address tells where she looked."""
    found = looks(page)
    assert found[2] == look[2]
    assert found[:2] == pytest.approx(look[:2], abs=360 / 256 / 2 ** look[2])
    assert not re.search(r"\d\.\d", page.evaluate("location.search + location.hash"))


def moved(page: Page) -> Look:
    """By the keys on the map: nearer, and to the side."""
    before = looks(page)
    page.locator(".map-key").first.click()
    still(page)
    page.locator(".map-canvas").focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    still(page)
    after = looks(page)
    assert after[2] > before[2]
    assert after[0] != before[0]
    assert after[1] != before[1]
    return after


@pytest.fixture
def caught(page: Page) -> Page:
    page.add_init_script(CATCH)
    return page


@pytest.mark.parametrize(
    ("query", "height"),
    [
        ("", "peek"),
        ("", "full"),
        ("?tier=station", "half"),
        ("?q=%E4%B8%99%E6%B9%96", "peek"),
        ("?town=jia-zhen&open=1", "full"),
    ],
)
def test_the_map_looks_where_it_looked(caught: Page, finder_site: Path, query: str, height: str) -> None:
    caught.goto((finder_site / "map.html").as_uri() + query)
    caught.wait_for_selector(".finder.is-live .card")
    moved(caught)
    caught.locator(".list-handle").press({"peek": "Home", "half": "ArrowRight", "full": "End"}[height])
    if height == "half":
        caught.locator(".list-handle").press("ArrowLeft")
    look = looks(caught)
    left_and_back(caught)
    caught.wait_for_selector(".finder.is-live .card")
    is_there(caught, look)


def test_a_step_back_on_the_map_looks_where_it_looked(caught: Page, finder_site: Path) -> None:
    caught.set_viewport_size({"width": 1280, "height": 800})
    caught.goto((finder_site / "map.html").as_uri())
    caught.wait_for_selector(".finder.is-live .card")
    all_of_them = moved(caught)
    caught.locator(".find-filters").click()
    pick(caught, "丙湖镇", "区镇").check()
    caught.keyboard.press("Escape")
    caught.wait_for_url("**/map.html?town=bing-zhen")
    assert looks(caught) != all_of_them, "another result is shown whole"
    of_one = moved(caught)
    caught.go_back()
    caught.wait_for_url("**/map.html")
    is_there(caught, all_of_them)
    caught.go_forward()
    caught.wait_for_url("**/map.html?town=bing-zhen")
    is_there(caught, of_one)
    left_and_back(caught)
    caught.wait_for_selector(".finder.is-live .card")
    is_there(caught, of_one)
    caught.go_back()  # into what another document has left
    caught.wait_for_url("**/map.html")
    is_there(caught, all_of_them)


def test_who_has_not_moved_the_map_sees_it_as_ever(caught: Page, finder_site: Path) -> None:
    caught.goto((finder_site / "map.html").as_uri())
    caught.wait_for_selector(".finder.is-live .card")
    opening = looks(caught)
    moved(caught)
    left_and_back(caught)
    caught.goto((finder_site / "map.html").as_uri())
    caught.wait_for_selector(".finder.is-live .card")
    is_there(caught, opening)
    left_and_back(caught)
    caught.wait_for_selector(".finder.is-live .card")
    is_there(caught, opening)


@pytest.mark.parametrize("path", ["tiers/station.html", "towns/jia-zhen.html", "brands/qing-song.html"])
def test_the_map_of_a_part_looks_where_it_looked(caught: Page, finder_site: Path, path: str) -> None:
    caught.goto((finder_site / path).as_uri())
    caught.locator(".map").scroll_into_view_if_needed()
    look = moved(caught)
    left_and_back(caught)
    caught.locator(".map").scroll_into_view_if_needed()
    is_there(caught, look)
