"""Maps on the pages of a whole site, in a real Chromium from file://: the list beside them, their own part of the directory,
what a page asks of a map, other people's tiles and a boundary with their approval numbers."""

import re
from collections.abc import Callable, Iterator
from math import asinh, pi, radians, tan
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from haitang.geo.coordinates import Coordinate
from tests.e2e.site.conftest import Watched
from tests.e2e.site.finder_world import BRANDS, SPOTS, Place, places, write
from tests.e2e.site.test_map import key, still, total
from tests.worlds import publish

TILES = "https://tiles.example.org/vec/{z}/{x}/{y}.png?tk=a&b=1"
TILES_NUMBER, LINE_NUMBER = "样例底图审图号（虚构）", "样例边界审图号（虚构）"
LINE = '{"type":"Polygon","coordinates":[[[120.8,31.28],[121.1,31.28],[121.1,31.5],[120.8,31.5],[120.8,31.28]]]}'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8ffffff7f0009fb03fd2a86e38a"
    "0000000049454e44ae426082"
)
CATCH = "addEventListener('haitang:map', (event) => { window.placeMap = event.detail; });"
SHOWN = """() => {
  const bounds = window.placeMap.map.getBounds();
  const {lon, lat} = window.HAITANG.points;
  return lon.map((x, row) => x !== null && bounds.contains([lat[row], x]) ? row : -1).filter((row) => row >= 0);
}"""


def settings(tiles: str = "", crs: str = "wgs84", line: bool = False) -> str:
    """The part of directory.yml about the map."""
    said = ["map:"] if tiles or line else []
    if tiles:
        said += ["  tiles:", f"    crs: {crs}", f"    approval_no: {TILES_NUMBER}", f"    url: {tiles}"]
    if line:
        said += ["  boundary:", "    crs: wgs84", f"    approval_no: {LINE_NUMBER}", "    file: map/line.geojson"]
    return "\n".join(said) + "\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> list[Place]:
    del tmp_path_factory
    return places(120)


@pytest.fixture(scope="module")
def build(world: list[Place], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Sites by what directory.yml says about the map; each is built once."""
    built: dict[str, Path] = {}

    def site(said: str = "") -> Path:
        if said not in built:
            folder = tmp_path_factory.mktemp("地图 site")
            root = write(folder / "data", world)
            (root / "map").mkdir()
            (root / "map" / "line.geojson").write_text(LINE, encoding="utf-8")
            with (root / "directory.yml").open("a", encoding="utf-8") as file:
                file.write(said)
            publish(root, folder / "out")
            built[said] = folder / "out" / "site"
        return built[said]

    return site


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens a page of a site and waits until its map stands still; in the end no console may have spoken."""
    made: list[Watched] = []

    def open_page(site: Path, name: str, tiles: Callable[[Route], None] | None = None, **options: Any) -> Watched:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options})
        context.add_init_script(CATCH)
        if tiles:
            context.route("https://tiles.example.org/**", tiles)
        made.append(Watched(context.new_page()))
        page = made[-1].page
        page.goto((site / name).as_uri())
        page.locator(".map").first.scroll_into_view_if_needed()
        page.wait_for_selector(".map-mark")
        still(page)
        return made[-1]

    yield open_page
    for watched in made:
        watched.page.context.close()
        assert watched.console == []


def drawn(world: list[Place]) -> list[Place]:
    return [place for place in world if place.is_drawn]


def count_in(page: Page, selector: str) -> int:
    found = re.search(r"\d+", page.locator(selector).first.inner_text())
    assert found
    return int(found[0])


@pytest.mark.requirement(46)
def test_the_list_is_what_the_map_shows(
    build: Callable[[str], Path], visit: Callable[..., Watched], world: list[Place]
) -> None:
    watched = visit(build(""), "index.html")
    page = watched.page
    page.wait_for_selector("[data-list].is-live")
    seen = set()
    for press in ("看全部", "放大", "放大", "放大", "缩小", "看全部"):
        key(page, press).click()
        still(page)
        page.wait_for_timeout(400)  # the live region waits a moment before it speaks
        rows = page.evaluate(SHOWN)
        ids = page.evaluate("(rows) => rows.map((row) => window.HAITANG.places.id.split('\\n')[row])", rows)
        assert count_in(page, ".map-count") == count_in(page, "[data-list] .list-count") == len(rows)
        listed = page.locator("[data-list] .card").evaluate_all("(all) => all.map((card) => card.dataset.id)")
        assert listed == ids[:30]
        seen.add(len(rows))
        if press == "看全部":
            assert len(rows) == total(page) == len(drawn(world))
    assert len(seen) > 2
    assert watched.foreign == []


def test_more_of_the_list_comes_when_asked_for(build: Callable[[str], Path], visit: Callable[..., Watched]) -> None:
    page = visit(build(""), "index.html").page
    page.get_by_role("button", name="再看 30 处").click()
    assert page.locator("[data-list] .card").count() == 60


@pytest.mark.parametrize(
    ("name", "own", "said"),
    [
        ("towns/yi-zhen.html", lambda place: place.town == "yi-zhen", "乙河镇"),
        ("tiers/centre.html", lambda place: place.tier == "centre", "中心"),
        ("brands/qing-song.html", lambda place: "qing-song" in place.brands, BRANDS["qing-song"]),
    ],
)
def test_a_page_shows_its_own_part(
    build: Callable[[str], Path],
    visit: Callable[..., Watched],
    world: list[Place],
    name: str,
    own: Callable[[Place], bool],
    said: str,
) -> None:
    page = visit(build(""), name).page
    page.wait_for_selector("[data-list].is-live")
    key(page, "看全部").click()
    still(page)
    on_map = [place for place in drawn(world) if own(place)]
    elsewhere = [place for place in world if own(place) and not place.is_drawn]
    assert total(page) == count_in(page, "[data-list] .list-count") == len(on_map) > 0
    # What the page says of all of its places no card repeats.
    tags = page.locator("[data-list] .card .tag").all_text_contents()
    assert len(tags) > 20 and said not in tags
    shown = page.locator(".map-nowhere .card").evaluate_all("(all) => all.map((card) => card.dataset.id)")
    assert sorted(shown) == sorted(place.id for place in elsewhere)
    if elsewhere:
        assert page.locator(".map-nowhere .list-count").inner_text() == f"另有 {len(elsewhere)} 处位置待核实、不在图上"


def test_without_a_script_lists_and_drawings_stand(build: Callable[[str], Path], browser: Browser, world: list[Place]) -> None:
    context = browser.new_context(java_script_enabled=False)
    for name in ("index.html", "map.html", "towns/yi-zhen.html", "tiers/centre.html", "brands/qing-song.html"):
        page = context.new_page()
        page.goto((build("") / name).as_uri())
        assert page.locator("svg.map-picture").is_visible()
        assert page.locator("svg.map-picture a").count() > 0
        assert page.locator(".only-live").count() == 0 or page.locator(".only-live").first.is_hidden()
    own = [place for place in world if "qing-song" in place.brands]
    assert page.locator(".card").count() == len(own)
    context.close()


def test_a_page_may_choose_what_is_shown(
    build: Callable[[str], Path], visit: Callable[..., Watched], world: list[Place]
) -> None:
    page = visit(build(""), "index.html").page
    key(page, "看全部").click()
    counts = page.evaluate(
        """() => {
            const told = [];
            window.placeMap.onView((rows) => told.push(rows.length));
            const mask = new Uint8Array(window.HAITANG.points.lon.length);
            for (let row = 0; row < mask.length; row += 3) mask[row] = 1;
            window.placeMap.select(mask);
            window.placeMap.select(new Uint8Array(mask.length));
            window.placeMap.select(null);
            return told;
        }"""
    )
    every, some, none, again = counts
    assert every == again == len(drawn(world))
    assert 0 < some < every and none == 0
    assert total(page) == every


def test_a_place_is_revealed_from_the_list(build: Callable[[str], Path], visit: Callable[..., Watched]) -> None:
    page = visit(build(""), "index.html").page
    page.wait_for_selector("[data-list].is-live")
    name = page.locator("[data-list] .card h3").nth(7).inner_text()
    page.locator("[data-list]").get_by_role("button", name="在图上看").nth(7).click()
    still(page)
    card = page.get_by_role("dialog")
    assert name in card.inner_text()
    assert page.evaluate("() => document.activeElement.closest('[role=dialog]') !== null")
    assert page.evaluate("() => window.placeMap.reveal(window.HAITANG.points.lon.indexOf(null))") is False


@pytest.mark.parametrize("crs", ["wgs84", "gcj02"])
def test_a_spot_is_chosen_on_the_ground(build: Callable[[str], Path], visit: Callable[..., Watched], crs: str) -> None:
    watched = visit(
        build(settings(TILES, crs)), "index.html", tiles=lambda route: route.fulfill(body=PIXEL, content_type="image/png")
    )
    page = watched.page
    page.evaluate("() => { window.placeMap.fit({lon: 120.9, lat: 31.3}); window.spot = window.placeMap.chooseSpot(); }")
    still(page)
    box = page.locator(".map-canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2 + 30, box["y"] + box["height"] / 2)
    spot = page.evaluate("() => window.spot")
    assert spot["lat"] == pytest.approx(31.3, abs=2e-4)
    assert 120.9 < spot["lon"] < 120.92
    page.evaluate("() => { window.spot = window.placeMap.chooseSpot(); }")
    page.get_by_role("button", name="就用图的中间").click()
    middle = page.evaluate("() => window.spot")
    assert (middle["lon"], middle["lat"]) == pytest.approx((120.9, 31.3), abs=2e-4)
    page.evaluate("() => { window.spot = window.placeMap.chooseSpot(); }")
    page.keyboard.press("Escape")
    assert page.evaluate("() => window.spot") is None
    page.evaluate("(spot) => window.placeMap.showSelf(spot)", {"lon": 120.9, "lat": 31.3})
    here = page.get_by_role("img", name="您在这里").bounding_box()
    assert here
    assert here["x"] + here["width"] / 2 == pytest.approx(box["x"] + box["width"] / 2, abs=2)
    page.evaluate("() => window.placeMap.showSelf(null)")
    assert page.get_by_role("img", name="您在这里").count() == 0


def test_no_map_asks_anybody_for_anything(build: Callable[[str], Path], visit: Callable[..., Watched]) -> None:
    for name in ("index.html", "map.html", "towns/yi-zhen.html"):
        watched = visit(build(settings(line=True)), name)
        assert watched.foreign == []
        assert watched.page.locator("img.leaflet-tile").count() == 0


def on_tile(lon: float, lat: float, zoom: int) -> tuple[int, int, float, float]:
    """Column and row of a Web Mercator tile, and where in it, in pixels of 256."""
    x = (lon + 180) / 360 * 2**zoom * 256
    y = (1 - asinh(tan(radians(lat))) / pi) / 2 * 2**zoom * 256
    return int(x // 256), int(y // 256), x % 256, y % 256


@pytest.mark.parametrize("crs", ["wgs84", "cgcs2000", "gcj02"])
def test_marks_lie_right_on_tiles(
    build: Callable[[str], Path], visit: Callable[..., Watched], world: list[Place], crs: str
) -> None:
    asked: list[str] = []

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=PIXEL, content_type="image/png")

    page = visit(build(settings(TILES, crs)), "index.html", tiles=serve).page
    spots = [place.spot for place in world]
    place = next(place for place in world if place.spot and spots.count(place.spot) == 1)
    assert place.spot
    row = page.evaluate("(id) => window.HAITANG.places.id.split('\\n').indexOf(id)", place.id)
    assert page.evaluate("(row) => window.placeMap.reveal(row)", row)
    still(page)
    zoom = int(page.evaluate("() => window.placeMap.map.getZoom()"))
    there = Coordinate(*place.spot).to("gcj02" if crs == "gcj02" else "wgs84")
    column, line, dx, dy = on_tile(there.lon, there.lat, zoom)
    address = f"https://tiles.example.org/vec/{zoom}/{column}/{line}.png?tk=a&b=1"
    page.wait_for_selector(f'img[src="{address}"]', state="attached")
    assert address in asked
    tile = page.locator(f'img[src="{address}"]').bounding_box()
    mark = page.locator(".map-mark[aria-expanded=true]").bounding_box()
    assert tile and mark
    assert mark["x"] + mark["width"] / 2 == pytest.approx(tile["x"] + dx, abs=1)
    assert mark["y"] + mark["height"] / 2 == pytest.approx(tile["y"] + dy, abs=1)


def test_tiles_that_do_not_come_leave_the_map(build: Callable[[str], Path], browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 800})
    context.route("https://tiles.example.org/**", lambda route: route.abort())
    page = context.new_page()
    page.goto((build(settings(TILES)) / "map.html").as_uri())
    page.wait_for_selector(".map-mark")
    still(page)
    assert page.locator("img.leaflet-tile").evaluate_all("(all) => all.every((one) => one.style.visibility === 'hidden')")
    context.close()


@pytest.mark.requirement(52)
def test_the_approval_number_stands_at_the_lower_left(build: Callable[[str], Path], visit: Callable[..., Watched]) -> None:
    page = visit(build(settings(line=True)), "index.html", viewport={"width": 390, "height": 844}).page
    note, stage = page.locator(".map-note").bounding_box(), page.locator(".map-stage").bounding_box()
    assert note and stage
    assert page.locator(".map-note").inner_text() == f"审图号：{LINE_NUMBER}"
    assert note["x"] - stage["x"] < 30 and stage["y"] + stage["height"] - note["y"] - note["height"] < 40
    assert page.locator(".map-boundary path").first.evaluate("(path) => path.getTotalLength()") > 100
    page.emulate_media(media="print")
    number, sheet = page.locator(".m-approval").bounding_box(), page.locator("svg.map-picture").bounding_box()
    assert number and sheet
    assert page.locator(".m-approval").text_content() == f"审图号：{LINE_NUMBER}"
    assert number["x"] - sheet["x"] < sheet["width"] / 10
    assert sheet["y"] + sheet["height"] - number["y"] - number["height"] < sheet["height"] / 10
    assert page.locator(".m-boundary").is_visible()


def test_both_numbers_are_told(build: Callable[[str], Path], visit: Callable[..., Watched]) -> None:
    served: Callable[[Route], None] = lambda route: route.fulfill(body=PIXEL, content_type="image/png")  # noqa: E731
    page = visit(build(settings(TILES, "gcj02", line=True)), "towns/yi-zhen.html", tiles=served).page
    assert page.locator(".map-note").inner_text() == f"审图号：{TILES_NUMBER}、{LINE_NUMBER}"


@pytest.mark.requirement(52)
def test_without_layers_nothing_claims_an_approval(build: Callable[[str], Path]) -> None:
    for name in ("index.html", "map.html"):
        html = (build("") / name).read_text("utf-8")
        assert "审图号" not in html and "m-boundary" not in html and "data-tiles" not in html
    assert not (build("") / "data" / "boundary.js").exists()


@pytest.mark.parametrize("size", [None, "large", "xlarge"])
def test_large_print_has_larger_areas_to_tap(
    build: Callable[[str], Path], visit: Callable[..., Watched], size: str | None
) -> None:
    page = visit(build(""), "map.html", viewport={"width": 390, "height": 844}).page
    if size:
        page.evaluate(
            """(size) => {
                document.documentElement.dataset.size = size;
                document.dispatchEvent(new CustomEvent('haitang:display'));
            }""", size,
        )  # fmt: skip
        still(page)
    least = page.locator(".map-stage button:visible").evaluate_all(
        "(all) => Math.min(...all.map((one) => one.getBoundingClientRect()).map((box) => Math.min(box.width, box.height)))"
    )
    assert least >= (60 if size else 44)


def test_the_map_tells_north_and_scale(build: Callable[[str], Path], visit: Callable[..., Watched]) -> None:
    page = visit(build(""), "index.html").page
    assert page.locator(".map-north").is_visible()
    assert page.locator(".map-north").inner_text() == "北"
    assert re.fullmatch(r"\d+ (公里|米)", page.locator(".map-scale").inner_text())
    towns = set(page.locator(".map-town:visible").all_inner_texts())
    assert len(towns) >= len(SPOTS) - 1


def test_the_ring_of_a_cluster_shows_its_tiers(build: Callable[[str], Path], visit: Callable[..., Watched]) -> None:
    page = visit(build(""), "index.html").page
    order = {"中心": "centre", "站": "station", "点": "point", "其他": "other", "层级待核实": "unknown"}
    clusters = page.locator(".map-mark.is-cluster").evaluate_all(
        """(all) => all.map((mark) => [mark.getAttribute('aria-label'), [...mark.querySelectorAll('.map-ring path')].map(
            (path) => [path.getAttribute('class'), path.getTotalLength()])])"""
    )
    assert clusters
    for name, ring in clusters:
        said = {order[tier]: int(count) for tier, count in re.findall(r"[：、](\D+?) (\d+)", name)}
        assert [kind.removeprefix("is-tier-") for kind, _ in ring] == sorted(said, key=[*order.values()].index)
        longest = max(ring, key=lambda part: part[1])[0]
        assert said[longest.removeprefix("is-tier-")] == max(said.values()), name


def test_reading_mode_goes_without_a_map(build: Callable[[str], Path], browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((build("") / "index.html").as_uri())
    page.evaluate("() => localStorage.setItem('haitang-display', JSON.stringify({reading: 'text'}))")
    page.goto((build("") / "map.html").as_uri())
    page.wait_for_selector(".finder.is-live")
    assert page.locator(".map").is_hidden()
    assert page.locator(".map-mark").count() == 0
    context.close()


CUTTING = """(table) => {
  const around = [];
  for (let box = table.parentElement; box !== document.body; box = box.parentElement) around.push(box);
  const style = (box) => getComputedStyle(box);
  const cuts = (box) => style(box).overflowY !== "visible" || style(box).maxHeight !== "none";
  return around.filter(cuts).map((box) => box.className);
}"""


def test_paper_gets_the_whole_list(build: Callable[[str], Path], visit: Callable[..., Watched], world: list[Place]) -> None:
    page = visit(build(""), "towns/yi-zhen.html").page
    page.wait_for_selector("[data-list].is-live")
    key(page, "看全部").click()
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    listed = page.locator("[data-list] .paper-list tbody tr:visible").count()
    assert listed == sum(place.town == "yi-zhen" for place in world)
    assert page.locator("[data-list] .card:visible").count() == 0
    # Nothing around the table cuts it off; its own last row may hang over (finder.css: the footer stands there).
    cutting = page.locator("[data-list] .paper-list table").evaluate(CUTTING)
    assert cutting == []


def test_no_graphics_card_is_needed(build: Callable[[str], Path], visit: Callable[..., Watched]) -> None:
    """The browser of these tests has none; nothing may paint on a canvas, which is what a missing one would spoil."""
    page = visit(build(""), "index.html").page
    assert page.locator("canvas").count() == 0
