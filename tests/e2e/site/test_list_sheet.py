"""map.html on a phone: asked for what is near at once, with the list as a sheet of three heights under the map."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, expect

from tests.e2e.site.conftest import Watched
from tests.e2e.site.finder_world import NOON, SPOTS, TOWNS, Place
from tests.e2e.site.test_finder import expected, in_order, visit
from tests.e2e.site.test_nearby import HERE, locate, metres, open_http

CATCH = "addEventListener('haitang:map', (event) => { window.placeMap = event.detail; });"
VIEW = "() => [placeMap.map.getCenter().lng.toFixed(5), placeMap.map.getCenter().lat.toFixed(5), placeMap.map.getZoom()]"
HEIGHTS = ("peek", "half", "full")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, timezone_id="Asia/Shanghai", reduced_motion="reduce"
    )
    context.add_init_script(CATCH)
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


def box(of: Locator) -> FloatRect:
    found = of.bounding_box()
    assert found
    return found


def height(page: Page, expected: str = "") -> str:
    """Which of the three it has, by what is seen: the handle, the button and the sheet itself agree."""
    # A phone that was just turned, or tapped, has heard of it a little later.
    page.wait_for_selector(f'.find-side[data-height="{expected}"]' if expected else ".find-side[data-height]")
    sheet = page.locator(".find-side")
    name = str(sheet.get_attribute("data-height"))
    assert page.locator(".list-handle").get_attribute("aria-valuenow") == str(HEIGHTS.index(name))
    assert page.locator(".list-step").get_attribute("aria-expanded") == str(name != "peek").lower()
    side, stage, bar = box(sheet), box(page.locator(".map-stage")), box(page.locator(".find-bar"))
    assert side["y"] + side["height"] == pytest.approx(844, abs=1)
    if name == "full":
        assert side["y"] == pytest.approx(bar["y"] + bar["height"], abs=16)
    else:  # neither lies on the other
        assert stage["y"] + stage["height"] == pytest.approx(side["y"], abs=2)
        assert stage["height"] > 200
    if name == "peek":  # one card, and all of it
        first = box(page.locator(".find-list .card").first)
        assert first["y"] + first["height"] <= 844
    assert page.evaluate("pageYOffset") == 0
    return name


def dragged(page: Page, by: float, grip: str = ".list-handle", steps: int = 12) -> None:
    """Slowly, and held for a moment, so that the spot tells and not the speed."""
    held = page.locator(grip).first
    width = box(held)["width"]
    held.hover(position={"x": width / 2, "y": 12})  # once it stands still
    start = box(held)
    x, y = start["x"] + width / 2, start["y"] + 12
    page.mouse.down()
    page.mouse.move(x, y + by, steps=steps)
    page.wait_for_timeout(120)
    page.mouse.up()


def test_near_me_is_one_tap(finder_http: str, world: list[Place], context: BrowserContext, watched: Watched) -> None:
    locate(context, finder_http)
    page = watched.page
    page.goto(f"{finder_http}/index.html")
    page.get_by_role("link", name="离我最近").first.click()
    page.get_by_text("从您的位置算起").wait_for()
    assert page.url.endswith("map.html")  # whoever is sent the address is asked for herself
    shown = in_order(page)
    near = [own for own in shown if place_of(world, own).spot]
    assert shown[: len(near)] == near
    far = [metres(place_of(world, own), HERE) for own in near]
    assert far == sorted(far)
    assert far[:12] == sorted(metres(place, HERE) for place in world if place.spot and not place.is_gone)[:12]
    # What is hers lies above all flowers, has a name, and is where she is.
    own = page.get_by_role("img", name="您在这里")
    assert box(own)["y"] > box(page.locator(".map-stage"))["y"]
    assert page.evaluate(
        "() => getComputedStyle(document.querySelector('.map-self').closest('.leaflet-pane')).zIndex"
        " - getComputedStyle(document.querySelector('.leaflet-marker-pane')).zIndex > 0"
    )
    # Each card says how far and leads there on foot, as the page of the place does; it calls where it can.
    for own_id in (
        next(own for own in near if place_of(world, own).phone),
        next(o for o in near if not place_of(world, o).phone),
    ):
        card = page.locator(f".find-list .card[data-id='{own_id}']")
        assert re.search(r"约 .+ · 步行约 \d+ 分钟", card.inner_text())
        href = card.get_by_role("link", name="导航").get_attribute("href")
        built = page.request.get(f"{finder_http}/positions/{own_id}.html").text().replace("&amp;", "&")
        address = page.evaluate(
            "(html) => new DOMParser().parseFromString(html, 'text/html').querySelector('.apps a').href", built
        )
        assert page.evaluate("(text) => new URL(text).href", href) == address
        assert "mode=walk" in address
        phone = place_of(world, own_id).phone
        call = card.get_by_role("link", name="电话")
        assert call.count() == int(phone is not None)
        assert not phone or call.get_attribute("href") == f"tel:{phone}"
    rough = next(place for place in world if not place.spot and place.id in shown)
    assert page.locator(f".find-list .card[data-id='{rough.id}']").get_by_role("link", name="导航").count() == 0


def place_of(world: list[Place], own: str) -> Place:
    return next(place for place in world if place.id == own)


@pytest.mark.parametrize("how", ["denied", "silent"])
def test_without_a_position_the_sheet_asks(finder_http: str, world: list[Place], watched: Watched, how: str) -> None:
    page = watched.page
    if how == "silent":
        page.clock.install(time=NOON)
        page.add_init_script("navigator.geolocation.getCurrentPosition = () => undefined")
    open_http(page, finder_http, "map.html?near=here")
    if how == "silent":
        page.get_by_text("正在找您的位置").wait_for()
        page.clock.run_for(12000)
    page.get_by_text("不要紧").wait_for()
    page.get_by_label("选一个区镇").select_option(label=TOWNS["yi-zhen"])
    page.get_by_text("从乙河镇的大概位置算起").wait_for()
    shown = in_order(page)
    near = [metres(place_of(world, own), SPOTS["yi-zhen"]) for own in shown if place_of(world, own).spot]
    assert near == sorted(near)
    assert len(near) >= 12
    page.get_by_role("button", name="换个地方").click()
    page.get_by_role("button", name="在图上点一下").click()
    assert box(page.locator(".map-stage"))["height"] > 450  # the sheet makes room
    stage = box(page.locator(".map-stage"))
    page.mouse.click(stage["x"] + stage["width"] * 0.5, stage["y"] + stage["height"] * 0.3)
    page.get_by_text("从您点的地方算起").wait_for()
    assert height(page, "half") == "half"


def flicked(page: Page, by: float) -> None:
    """The handle, in a twentieth of a second: how fast that was its events say, and not how busy the machine is."""
    handle = page.locator(".list-handle")
    handle.hover()
    start, session, now = box(handle), page.context.new_cdp_session(page), time.time()
    steps = (("mousePressed", 0, 0.0), ("mouseMoved", by, 0.04), ("mouseReleased", by, 0.05))
    for kind, moved, later in steps:
        place = {"x": start["x"] + start["width"] / 2, "y": start["y"] + 12 + moved}
        pressed = {"button": "left", "buttons": 1, "clickCount": 1, "timestamp": now + later}
        session.send("Input.dispatchMouseEvent", {"type": kind, **place, **pressed})


def test_the_sheet_snaps_where_it_is_dragged(finder_site: Path, context: BrowserContext) -> None:
    page = visit(context.new_page(), finder_site, name="map.html")  # its clock runs: a flick is told by its speed
    assert height(page, "half") == "half"
    dragged(page, -260)
    assert height(page, "full") == "full"
    dragged(page, 60)
    assert height(page, "full") == "full"  # not far enough
    dragged(page, 560)
    assert height(page, "peek") == "peek"
    # While it is low any part of it takes the finger, and what lies beneath is not tapped.
    dragged(page, -120, ".find-list .card h3")
    assert height(page, "half") == "half"
    assert page.url.endswith("map.html")
    # Where it is higher, the list scrolls by itself; while the sheet still moves, what lies under the pointer is not yet known.
    page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")
    page.locator(".list-body").hover()
    page.mouse.wheel(0, 400)
    page.wait_for_function("document.querySelector('.list-body').scrollTop > 300")
    assert height(page, "half") == "half"
    # A flick goes where it points, however short.
    flicked(page, -52)
    assert height(page, "full") == "full"


def test_the_sheet_by_button_and_keys(finder_site: Path, watched: Watched) -> None:
    page = visit(watched.page, finder_site, name="map.html")
    for name, then in (("名单占满", "full"), ("收起名单", "peek"), ("展开名单", "half")):
        button = page.get_by_role("button", name=name, exact=True)
        assert box(button)["height"] >= 44
        button.click()
        assert height(page, then) == then
    handle = page.get_by_role("slider", name="名单的高度")
    assert page.locator(f"#{handle.get_attribute('aria-controls')} .card").count() > 0
    handle.focus()
    for key, then in (("ArrowUp", "full"), ("ArrowUp", "full"), ("Home", "peek"), ("ArrowDown", "peek"), ("End", "full")):
        page.keyboard.press(key)
        assert height(page, then) == then
    said = [handle.get_attribute("aria-valuetext")]
    for key in ("ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        said.append(handle.get_attribute("aria-valuetext"))
    assert said == ["占满", "占半屏", "只露出头一条"]
    # Who goes on by keyboard sees what has the focus; the footer is the list's end.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert height(page, "half") == "half"
    assert page.evaluate("document.querySelector('.list-body').contains(document.activeElement)")
    page.locator("footer a").last.focus()
    last = box(page.locator("footer a").last)
    assert last["y"] + last["height"] <= 844
    # On paper there is no sheet: everything is where the build put it, title and legend too.
    page.emulate_media(media="print")
    expect(page.get_by_role("slider")).to_have_count(0)  # once the page has heard of it
    expect(page.locator(".find-map figcaption, body > footer")).to_have_count(2)
    assert box(page.locator("h1"))["height"] > 20


def test_a_card_of_the_map_tells_and_has_room(
    finder_http: str, world: list[Place], context: BrowserContext, watched: Watched
) -> None:
    locate(context, finder_http)
    page = open_http(watched.page, finder_http, "map.html?near=here")
    page.get_by_text("从您的位置算起").wait_for()
    own = next(o for o in in_order(page) if place_of(world, o).is_open and place_of(world, o).phone and place_of(world, o).spot)
    page.locator(f".find-list .card[data-id='{own}']").get_by_role("button", name="在图上看").click()
    card = page.locator(".map-stage").get_by_role("dialog")
    said = card.inner_text()
    assert place_of(world, own).name in said
    assert re.search(r"开放", said)
    assert re.search(r"约 .+ · 步行约 \d+ 分钟", said)
    assert [link.split("：")[0].strip() for link in card.get_by_role("link").all_inner_texts()] == ["导航", "电话", "查看"]
    for link in card.get_by_role("link").all():
        assert box(link)["height"] >= 44
    inside, stage = box(card), box(page.locator(".map-stage"))
    assert inside["y"] >= stage["y"] and inside["y"] + inside["height"] <= box(page.locator(".find-side"))["y"]
    assert card.evaluate("(card) => !card.classList.contains('is-cut')")


def test_another_result_is_shown_whole_and_the_same_left_alone(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = watched.page
    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, finder_site, name="map.html")
    everything = page.evaluate(VIEW)
    page.goto(f"{(finder_site / 'map.html').as_uri()}?town=jia-zhen")
    page.wait_for_selector(".finder.is-live")
    town = page.evaluate(VIEW)
    assert town[2] > everything[2] + 1
    drawn = [own for own in expected(world, town=["jia-zhen"]) if place_of(world, own).is_drawn]
    assert sorted(in_order(page)) == sorted(drawn)
    # Other filters, another view; and back.
    page.get_by_role("button", name="选条件").click()
    page.get_by_role("checkbox", name="乙河镇").check()
    both = page.evaluate(VIEW)
    assert both[2] < town[2]
    page.get_by_role("checkbox", name="乙河镇").uncheck()
    assert page.evaluate(VIEW)[2] == town[2]
    # She moves the map, and asks for nothing else: it stays, whatever is sorted or resized.
    page.evaluate("placeMap.zoom(-1)")
    page.wait_for_timeout(300)
    moved = page.evaluate(VIEW)
    assert moved != town
    page.set_viewport_size({"width": 1300, "height": 900})
    page.evaluate("document.dispatchEvent(new CustomEvent('haitang:query', {detail: {query: ''}}))")
    page.wait_for_timeout(300)
    assert page.evaluate(VIEW)[2] == moved[2]
    page.get_by_role("button", name="不选甲家镇").click()
    assert page.evaluate(VIEW)[2] == everything[2]
    # One place alone keeps its surroundings.
    own = next(place for place in world if place.spot and not place.is_gone)
    page.locator("header input[name=q]").fill(own.name)
    page.get_by_role("button", name=f"不选“{own.name}”").wait_for()
    assert 13 <= page.evaluate(VIEW)[2] <= 15


@pytest.mark.parametrize("size", [(844, 390), (1440, 900)], ids=["lying", "desk"])
def test_with_room_beside_the_map_there_is_no_sheet(finder_site: Path, watched: Watched, size: tuple[int, int]) -> None:
    page = watched.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, finder_site, name="map.html")
    assert page.get_by_role("slider").count() == 0
    stage, side = box(page.locator(".map-stage")), box(page.locator(".find-side"))
    assert side["x"] >= stage["x"] + stage["width"]
    assert stage["height"] <= size[1]
    assert page.locator("body > footer").count() == 1
    # The same phone, turned; and turned back.
    page.set_viewport_size({"width": 390, "height": 844})
    assert height(page, "half") == "half"
    page.set_viewport_size({"width": size[0], "height": size[1]})
    expect(page.get_by_role("slider")).to_have_count(0)  # once the page has heard that it was turned
    assert page.locator("body > footer").count() == 1


def test_large_letters_and_reading_mode(finder_site: Path, context: BrowserContext, watched: Watched) -> None:
    """With letters of twice the size the page scrolls beneath the sheet; without a map there is none."""
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 800})
    double = "if (document.documentElement) document.documentElement.style.fontSize = '200%'"
    context.add_init_script(f"new MutationObserver(() => {{ {double} }}).observe(document, {{childList: true}})")
    visit(page, finder_site, name="map.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sheet, stage = box(page.locator(".find-side")), box(page.locator(".map-stage"))
    assert 0 <= stage["y"] < sheet["y"] - 150
    page.get_by_role("slider").press("Home")
    low = box(page.locator(".find-side"))
    assert low["y"] > sheet["y"]
    page.get_by_role("slider").press("End")
    assert box(page.locator(".find-side"))["height"] > 700
    page.evaluate(
        "document.documentElement.dataset.reading = 'text'; document.dispatchEvent(new CustomEvent('haitang:display'))"
    )
    assert page.get_by_role("slider").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.find-side')).position") == "static"
