"""map.html and 附近 in a real Chromium: the list is what the map shows, and a position stays where it is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from haitang.geo.coordinates import Coordinate, distance_m
from tests.e2e.site.conftest import Watched
from tests.e2e.site.finder_world import NOON, SPOTS, TOWNS, Place
from tests.e2e.site.test_finder import PHONE, expected, ids, in_order, visit

HERE = (120.9512, 31.3811)
TRACES = "() => JSON.stringify([location.href, document.cookie, {...localStorage}, history.state])"
# But when the last page was kept for want of a network, which comes whenever that is done.
KEPT = "() => Object.fromEntries(Object.entries(sessionStorage).filter(([name]) => name !== 'haitang-kept-all'))"
HOW_FAR = "haitang-left"  # down which page she was, for Back


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, timezone_id="Asia/Shanghai")
    yield context
    context.close()


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Watched]:
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    watched = Watched(page)
    yield watched
    assert watched.console == []
    assert watched.foreign == []


def locate(context: BrowserContext, http: str, accuracy: float = 20) -> None:
    context.grant_permissions(["geolocation"], origin=http)
    context.set_geolocation({"longitude": HERE[0], "latitude": HERE[1], "accuracy": accuracy})


def open_http(page: Page, http: str, name: str = "search.html") -> Page:
    page.goto(f"{http}/{name}")
    page.wait_for_selector(".finder.is-live")
    return page


def by_distance(world: list[Place], shown: list[str], spot: tuple[float, float]) -> list[str]:
    """Those with a point of their own, nearest first."""
    known = [place for place in world if place.id in set(shown) and place.spot]
    return [place.id for place in sorted(known, key=lambda place: metres(place, spot))]


def metres(place: Place, spot: tuple[float, float]) -> float:
    assert place.spot
    return distance_m(Coordinate(*place.spot), Coordinate(*spot))


def assert_sorted(page: Page, world: list[Place], shown: list[str], spot: tuple[float, float]) -> None:
    """Near ones first with a distance as it should be; those known only to a town after them, without."""
    assert "直线估计" in page.locator(".near-said").inner_text()  # once, and not on each card
    order = in_order(page)
    assert sorted(order) == shown
    near = by_distance(world, shown, spot)
    found, known = order[: len(near)], {place.id: place for place in world}
    distances = [metres(known[own], spot) for own in found]
    assert distances == sorted(distances)
    assert set(found) == set(near)
    told_by = "cards => cards.map((card) => (card.querySelector('.distance') || {}).textContent || '')"
    said = page.eval_on_selector_all(".find-list .card", told_by)
    for own, text in zip(order, said, strict=True):
        assert bool(text) == bool(known[own].spot), own
        if text:
            number, unit = re.findall(r"约 ([\d.]+) (米|公里)", text)[0]
            told = float(number) * (1000 if unit == "公里" else 1)
            assert told == pytest.approx(metres(known[own], spot), rel=0.06, abs=6), own


def test_the_position_is_asked_for_by_a_tap_and_kept_to_itself(
    finder_http: str, world: list[Place], context: BrowserContext, watched: Watched
) -> None:
    locate(context, finder_http)
    page = watched.page
    page.add_init_script(
        "window.asked = 0; const real = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);"
        "navigator.geolocation.getCurrentPosition = (...all) => { window.asked++; real(...all); };"
        "navigator.geolocation.watchPosition = () => { window.asked += 100; };"
    )
    open_http(page, finder_http)
    assert page.evaluate("asked") == 0
    page.get_by_role("button", name="附近").click()
    page.get_by_text("从您的位置算起").wait_for()
    assert page.evaluate("asked") == 1
    assert_sorted(page, world, expected(world), HERE)
    assert page.get_by_text("只知道在哪个区镇的").is_visible()
    page.get_by_role("checkbox", name="甲家镇").check()
    assert_sorted(page, world, expected(world, town=["jia-zhen"]), HERE)
    traces = page.evaluate(TRACES) + json.dumps(watched.requests)
    assert "120.95" not in traces
    assert "31.38" not in traces
    # It holds for the visit, in this tab, and nothing but two rounded numbers is kept.
    assert page.evaluate(KEPT) == {"haitang-here": "120.9512,31.3811"}
    page.reload()
    page.get_by_text("从您刚才说的地方算起").wait_for()
    assert_sorted(page, world, expected(world, town=["jia-zhen"]), HERE)
    assert page.evaluate("asked") == 0
    page.get_by_role("button", name="不用位置了").click()
    assert page.locator(".distance").count() == 0
    kept = page.evaluate(KEPT)
    assert "120.95" not in kept[HOW_FAR] and "31.38" not in kept.pop(HOW_FAR)
    assert kept == {}
    page.reload()
    page.wait_for_selector(".finder.is-live")
    assert page.locator(".distance").count() == 0
    assert page.evaluate("asked") == 0


def test_a_rough_position_is_told_as_such(
    finder_http: str, world: list[Place], context: BrowserContext, watched: Watched
) -> None:
    locate(context, finder_http, accuracy=3200)
    page = open_http(watched.page, finder_http)
    page.get_by_role("button", name="附近").click()
    page.get_by_text("可能差 3 公里左右").wait_for()
    assert_sorted(page, world, expected(world), HERE)


@pytest.mark.parametrize("how", ["denied", "absent", "silent", "file"])
def test_without_a_position_a_town_does_as_well(
    finder_site: Path, finder_http: str, world: list[Place], watched: Watched, how: str
) -> None:
    page = watched.page
    if how == "absent":
        page.add_init_script("Object.defineProperty(navigator, 'geolocation', {value: undefined})")
    if how == "silent":  # some WebViews never answer
        page.clock.install(time=NOON)
        page.add_init_script("navigator.geolocation.getCurrentPosition = () => undefined")
    if how == "file":
        visit(page, finder_site)
    else:
        open_http(page, finder_http)
    page.get_by_role("button", name="附近").click()
    if how == "silent":
        page.clock.run_for(12000)
    page.get_by_text("不要紧").wait_for()
    page.get_by_label("选一个区镇").select_option(label=TOWNS["yi-zhen"])
    page.get_by_text("从乙河镇的大概位置算起").wait_for()
    assert_sorted(page, world, expected(world), SPOTS["yi-zhen"])
    assert re.search(r"search\.html$", page.url)


def test_the_search_page_leads_to_the_map_for_a_tap(finder_site: Path, watched: Watched) -> None:
    page = visit(watched.page, finder_site)
    page.get_by_role("button", name="附近").click()
    page.get_by_role("link", name="在图上点一下").click()
    page.wait_for_selector(".finder.is-map.is-live")
    assert page.get_by_role("button", name="在图上点一下").is_visible()
    assert page.url.endswith("map.html")


def test_a_tap_on_the_map_is_a_position(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site, name="map.html")
    page.get_by_role("button", name="附近", exact=True).click()
    page.get_by_role("button", name="在图上点一下").click()
    page.keyboard.press("Escape")
    assert page.locator(".distance").count() == 0
    page.get_by_role("button", name="在图上点一下").click()
    stage = page.locator(".map-stage").bounding_box()
    assert stage
    page.mouse.click(stage["x"] + stage["width"] * 0.42, stage["y"] + stage["height"] * 0.8)
    page.get_by_text("从您点的地方算起").wait_for()
    said = re.findall(r"约 ([\d.]+) (米|公里)", " ".join(page.locator(".find-list .distance").all_inner_texts()))
    distances = [float(number) * (1000 if unit == "公里" else 1) for number, unit in said]
    assert len(distances) > 10
    assert distances == sorted(distances)
    assert "120." not in page.evaluate(TRACES)


def shows(page: Page, count: int) -> None:
    """The map itself says that it shows so many; it waits a moment before it speaks."""
    said = page.locator(".map-stage").get_by_text(re.compile(rf"^图上 {count} 处$")).first
    expect(said).to_be_visible()


def test_the_list_is_what_the_map_shows(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site, name="map.html")
    drawn = {place.id for place in world if place.is_drawn}
    assert ids(page) == sorted(drawn & set(expected(world)))
    expect(page.locator(".list-grip .list-count")).to_have_text(f"图上 {len(ids(page))} 处")
    shows(page, len(ids(page)))
    nowhere = [own for own in expected(world) if own not in drawn]
    assert page.locator(".find-unplaced h2").inner_text() == f"位置待核实、不在图上：{len(nowhere)} 处"
    assert sorted(in_order(page, ".find-unplaced")) == nowhere
    for _ in range(2):
        page.get_by_role("button", name="放大").click()
        page.wait_for_timeout(600)
    fewer = ids(page)
    assert 0 < len(fewer) < len(drawn)
    assert page.locator(".list-grip .list-count").inner_text() == f"图上 {len(fewer)} 处"
    shows(page, len(fewer))


def test_filters_sift_the_map_too(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site, "?town=jia-zhen&verified=1", name="map.html")
    assert ids(page) == expected(world, town=["jia-zhen"], verified=["1"])
    page.get_by_role("button", name="不选已核实").click()
    right = expected(world, town=["jia-zhen"])
    assert ids(page) == right
    shows(page, len(right))
    page.go_back()
    assert ids(page) == expected(world, town=["jia-zhen"], verified=["1"])


def test_words_in_the_header_sift_the_map(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site, name="map.html")
    page.locator("header input[name=q]").fill("甲家镇")
    page.get_by_role("button", name="不选“甲家镇”").wait_for()
    assert set(ids(page)) >= {place.id for place in world if place.town == "jia-zhen" and not place.is_gone}
    page.get_by_role("button", name="不选“甲家镇”").click()
    assert page.locator("header input[name=q]").input_value() == ""


def test_a_card_is_shown_on_the_map(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site, name="map.html")
    card = page.locator(".find-list .card").nth(3)
    name = card.locator("h3").inner_text()
    card.get_by_role("button", name="在图上看").click()
    page.locator(".map-stage").get_by_text(name).first.wait_for()


def test_the_map_page_fits_a_phone(finder_site: Path, watched: Watched) -> None:
    page = watched.page
    page.set_viewport_size(PHONE)
    visit(page, finder_site, name="map.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    stage = page.locator(".map-stage").bounding_box()
    assert stage and stage["y"] < PHONE["height"] / 2
    page.get_by_role("button", name="选条件").click()
    assert page.get_by_role("dialog", name="选条件").is_visible()
