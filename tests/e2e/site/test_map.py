"""The map in a real Chromium, opened from file:// in a folder with a space and Chinese in its path."""

import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from haitang.core import toolchain
from haitang.model.messages import site_words
from haitang.site.exports import columns
from haitang.site.templates import LANGUAGE

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "frontend"
TOWNS = (
    ("甲镇", 120.95, 31.38),
    ("乙镇", 120.87, 31.46),
    ("丙镇", 121.04, 31.32),
    ("丁镇", 120.84, 31.12),
    ("戊镇", 121.05, 31.17),
)
BOUNDS = "120.8058,31.1094,121.1511,31.5433"
LOOKS = ["centre", "station", "point", "other", "unknown"]
TIERS = {"id": LOOKS, "look": LOOKS, "name": ["中心", "站", "点", "其他", "层级待核实"]}
SPRITE = "".join(
    f'<symbol id="f-{tier}" viewBox="-52 -52 104 104"><circle r="40"/></symbol>'
    for tier in ("centre", "station", "point", "other", "unknown")
)
BIGGEST = "[...document.querySelectorAll('.map-mark')].sort((a, b) => count(b) - count(a))[0]"
COUNT = "const count = (mark) => Number((mark.querySelector('.map-heart') || {textContent: '1'}).textContent);"
COUNTS = f"() => {{ {COUNT} return [...document.querySelectorAll('.map-mark')].map(count) }}"
PLACES = (
    "() => JSON.stringify([...document.querySelectorAll('.map-mark')].map((m) => [m.ariaLabel, m.getBoundingClientRect()]))"
)

Data = dict[str, Any]


@dataclass
class Places:
    """Rows for data/places.js and data/points.js."""

    rows: list[tuple[str, float, float, int, int, int]] = field(default_factory=list)

    def add(self, name: str, lon: float, lat: float, tier: int = 1, town: int = 0, precise: int = 1) -> "Places":
        self.rows.append((name, lon, lat, tier, town, precise))
        return self

    def data(self) -> Data:
        listed = [list(column) for column in zip(*self.rows, strict=True)]
        towns = [
            {"id": f"t{index}", "name": name, "area": "a", "lon": lon, "lat": lat}
            for index, (name, lon, lat) in enumerate(TOWNS)
        ]
        names = ("name", "lon", "lat", "tier", "town", "precise")
        ids = [f"p{index}" for index in range(len(self.rows))]
        return {"id": ids, **dict(zip(names, listed, strict=True)), "towns": towns}


def scripts(data: Data) -> dict[str, Data]:
    """The data as the files the browser loads."""
    places = {name: columns.texts(data[name]) for name in ("id", "name")}
    places |= {name: columns.numbers(data[name]) for name in ("tier", "town")}
    points = {name: data[name] for name in ("lon", "lat", "precise")} | {"verified": columns.days([None] * len(data["lon"]))}
    return {"files": {}, "places": {**places, "towns": data["towns"]}, "points": points}


def scattered(count: int) -> Data:
    """Places around the towns, one in seven known only to its town."""
    dice = random.Random(20181)
    places = Places()
    for index in range(count):
        town = dice.randrange(len(TOWNS))
        name, lon, lat = TOWNS[town]
        precise = int(dice.random() > 1 / 7)
        spread = 0.02 * precise
        at = round(lon + dice.gauss(0, 1) * spread, 6), round(lat + dice.gauss(0, 1) * spread, 6)
        places.add(f"{name}第{index}站", *at, dice.randrange(5), town, precise)
    return places.data()


def words() -> dict[str, Any]:
    """The words of the real site, as assets/words.js brings them."""
    live: dict[str, Any] = site_words(LANGUAGE)["live"]
    return live


def script(folder: Path, path: str, name: str, data: object, mode: str = "w") -> None:
    """A classic script that puts data down, as haitang/site/outputs write them."""
    file = folder / path
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(data, ensure_ascii=False)
    with file.open(mode, encoding="utf-8") as written:
        written.write(f"(window.HAITANG=window.HAITANG||{{}}).{name}={text};\n")


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    node, _ = toolchain.node()
    subprocess.run([node, "build.mjs", str(folder)], cwd=FRONTEND, check=True)
    return folder


@dataclass
class Desk:
    """Writes pages into one folder and opens them; what they ask for and complain of is collected."""

    folder: Path
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, body: str, built: str = "2020-01-01", head: str = "", script: str = "map") -> Page:
        text = (
            f'<!doctype html><html lang="zh-CN" data-built="{built}"><head><meta charset="utf-8"><title>t</title>{head}'
            f'<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="map.css"></head>'
            f'<body style="margin:0;font:18px sans-serif"><svg width="0" height="0">{SPRITE}</svg>{body}'
            f'<script src="ahead.js" data-map="{script}.js" defer></script><script src="assets/words.js" defer></script>'
            "</body></html>"
        )
        (self.folder / "index.html").write_text(text, encoding="utf-8")
        page = self.context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto((self.folder / "index.html").as_uri())
        return page

    def fill(self, data: Data | None, said: object = None) -> None:
        """Writes what pages load; without data the scripts of the data are missing."""
        script(self.folder, "assets/words.js", "words", said or words())
        script(self.folder, "assets/words.js", "tiers", TIERS, mode="a")
        for name, packed in scripts(data).items() if data else ():
            script(self.folder, f"data/{name}.js", name, packed)

    def map(self, data: Data | None, attributes: dict[str, str] | None = None, ready: bool = True, said: object = None) -> Page:
        """A page with a map between two links; without data the script of the data is missing."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self.fill(data, said)
        given = {"data-root": "", "data-bounds": BOUNDS} | (attributes or {})
        listed = " ".join(f"{name}='{value}'" for name, value in given.items())
        page = self.open(
            f'<a href="#before" id="before">前</a><div id="map" class="map" {listed}><figure style="margin:0">'
            '<svg class="map-picture" viewBox="0 0 640 640"><rect width="640" height="640" fill="#eee"/></svg>'
            '<figcaption>图例</figcaption></figure></div><a href="#after" id="after">后</a><div style="height:2000px"></div>'
        )
        if ready:
            page.wait_for_selector(".map-mark")
            still(page)
        return page


@pytest.fixture
def desks(bundle: Path, browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes desks; in the end none of their pages may have complained or asked for anything outside the folder."""
    made: list[Desk] = []

    def make(**options: Any) -> Desk:
        folder = tmp_path / f"海棠 花红 {len(made)}"
        folder.mkdir()
        shutil.copytree(bundle, folder, dirs_exist_ok=True)
        made.append(Desk(folder, browser.new_context(**{"viewport": {"width": 1024, "height": 900}, **options})))
        return made[-1]

    yield make
    for desk in made:
        desk.context.close()
        assert desk.complaints == []
        assert [url for url in desk.requests if not url.startswith(desk.folder.as_uri())] == []


@pytest.fixture
def desk(desks: Callable[..., Desk]) -> Desk:
    return desks()


def still(page: Page) -> None:
    """Until nothing moves any more: two looks at the marks in a row, with frames between them, find them in the same places."""
    before = ""
    for _ in range(40):
        page.wait_for_timeout(150)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        now = page.evaluate(PLACES)
        if now == before and not page.locator(".is-zooming").count():
            return
        before = now
    raise AssertionError("the map does not come to rest")


def total(page: Page) -> int:
    return sum(page.evaluate(COUNTS))


def in_view(page: Page) -> int:
    page.wait_for_timeout(400)  # the live region waits a moment before it speaks
    match = re.search(r"\d+", page.locator(".map-count").inner_text())
    return int(match[0]) if match else 0


def key(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.getAttribute('aria-label') || document.activeElement.id"))


def test_same_sources_give_the_same_bytes(bundle: Path, tmp_path: Path) -> None:
    node, _ = toolchain.node()
    subprocess.run([node, "build.mjs", str(tmp_path)], cwd=FRONTEND, check=True)
    names = {file.relative_to(bundle).as_posix() for file in bundle.rglob("*") if file.is_file()}
    assert names >= {"map.js", "explore.js", "map.css", "site.js", "find.js", "start.js", "licences.txt"}
    assert all((tmp_path / name).read_bytes() == (bundle / name).read_bytes() for name in names)


def test_bundles_are_what_a_kiosk_can_run(bundle: Path) -> None:
    scripts = "".join((bundle / name).read_text(encoding="utf-8") for name in ("map.js", "explore.js", "find.js", "site.js"))
    for modern in (r"\?\.[a-zA-Z_([]", r"\?\?", r"\bimport\b", r"\bexport\b", r"\basync\b", r"XMLHttpRequest"):
        assert not re.search(modern, scripts), modern
    assert set(re.findall(r"https?://[\w.]+", scripts)) <= {
        "http://www.w3.org",
        "https://uri.amap.com",  # of links, which are followed and never fetched
        "https://www.openstreetmap.org",
    }
    assert "url(" not in (bundle / "map.css").read_text(encoding="utf-8")
    # Every page loads it; 8 kB draw the code that each place's page has. The search comes once somebody sets out to type.
    assert len((bundle / "site.js").read_bytes()) < 42_000


@pytest.mark.requirement(46)
@pytest.mark.parametrize("count", [210, 5000])
def test_marks_add_up_to_all_places(desk: Desk, count: int) -> None:
    page = desk.map(scattered(count))
    assert page.locator(".map-picture").is_hidden()
    assert page.locator("figcaption").is_visible()
    key(page, "看全部").click()
    still(page)
    assert total(page) == count
    assert in_view(page) == count
    assert page.locator(".map-count").inner_text() == f"图上 {count} 处"
    for name in page.locator(".map-mark.is-cluster").evaluate_all(
        "(all) => all.map((mark) => mark.getAttribute('aria-label'))"
    ):
        of_all, *tiers = map(int, re.findall(r" (\d+)", name))
        assert sum(tiers) == of_all, name


def test_zooming_takes_clusters_apart(desk: Desk) -> None:
    page = desk.map(scattered(210))
    biggest = page.evaluate_handle(f"() => {{ {COUNT} return {BIGGEST} }}").as_element()
    assert biggest
    before = int(biggest.inner_text())
    biggest.click()
    still(page)
    counts = page.evaluate(COUNTS)
    assert max(counts) < before <= sum(counts)
    assert in_view(page) < 210
    key(page, "放大").focus()
    # Faster than the map zooms: no tap is lost.
    page.evaluate("() => { for (let i = 0; i < 12; i++) document.querySelector('.map-key').click() }")
    still(page)
    assert key(page, "放大").get_attribute("aria-disabled") == "true"
    assert focused(page) == "放大"
    key(page, "看全部").click()
    still(page)
    assert total(page) == 210


def test_enter_zooms_and_the_focus_stays_on_the_map(desk: Desk) -> None:
    page = desk.map(scattered(210))
    for pressed in ("Enter", "Space", "Enter"):
        page.evaluate(f"() => {{ {COUNT} {BIGGEST}.focus() }}")
        name = focused(page)
        page.keyboard.press(pressed)
        still(page)
        assert focused(page) != name
        assert page.evaluate("() => document.activeElement.matches('.map-mark, .map-popup *')")
        page.keyboard.press("Escape")


@pytest.mark.requirement(46)
def test_names_tell_place_count_and_tiers(desk: Desk) -> None:
    places = Places().add("甲中心", 120.95, 31.38, 0).add("甲站", 120.951, 31.38, 1).add("甲点", 120.95, 31.381, 2)
    places.add("乙所", 120.87, 31.46, 3, 1, 0).add("丁站", 120.84, 31.12, 1, 3)
    page = desk.map(places.data())
    names = page.locator(".map-mark").evaluate_all("(marks) => marks.map((mark) => mark.getAttribute('aria-label'))")
    # As one reads: from the north, so this is the order of Tab as well.
    assert names == ["乙所，其他，具体位置待核实，标在乙镇", "甲镇附近 3 处：中心 1、站 1、点 1", "丁站，站，丁镇"]


def test_places_known_only_to_the_town_stand_hollow_on_its_point(desk: Desk) -> None:
    places = Places()
    for index in range(3):
        places.add(f"甲{index}", *TOWNS[0][1:], 1, 0, 0)
    page = desk.map(places.add("丁站", *TOWNS[3][1:], 1, 3).data())
    hollow = page.locator(".map-mark.is-rough")
    assert hollow.get_attribute("aria-label") == "甲镇 3 处，具体位置待核实：站 3"
    middle = "(element) => { const r = element.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }"
    assert hollow.evaluate(middle) == pytest.approx(page.locator(".map-pool").first.evaluate(middle), abs=1)
    assert page.locator(".map-mark:not(.is-rough)").count() == 1


@pytest.mark.parametrize("zoomed", [False, True])
def test_places_on_one_spot_open_a_list(desk: Desk, zoomed: bool) -> None:
    places = Places().add("乙站", *TOWNS[1][1:], 1, 1)
    for name in ("点三", "<b>站二</b>", "中心一"):
        places.add(name, 121.04, 31.32, {"点": 2, "<": 1, "中": 0}[name[0]], 2)
    page = desk.map(places.data())
    if zoomed:
        page.locator(".map-mark", has_text="3").focus()
        for _ in range(9):
            page.keyboard.press("+")
            still(page)
        assert key(page, "放大").get_attribute("aria-disabled") == "true"
    mark = page.locator(".map-mark", has_text="3")
    mark.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="这里有 3 处")
    links = card.get_by_role("link")
    assert links.all_inner_texts() == ["中心一", "<b>站二</b>", "点三"]
    assert [link.get_attribute("href") for link in links.all()] == [f"positions/p{index}.html" for index in (3, 2, 1)]
    assert page.evaluate("() => document.activeElement.textContent") == "中心一"
    assert mark.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert focused(page) == mark.get_attribute("aria-label")
    assert mark.get_attribute("aria-expanded") == "false"


def test_a_place_opens_a_card_and_not_its_page(desk: Desk) -> None:
    page = desk.map(Places().add("乙站", 120.9, 31.4, 1, 1).add("丙所", *TOWNS[2][1:], 4, 2, 0).data())
    address = page.url
    key(page, "乙站，站，乙镇").click()
    still(page)
    card = page.get_by_role("dialog", name="乙站")
    assert page.url == address
    assert card.get_by_role("link", name="查看 乙站").get_attribute("href") == "positions/p0.html"
    assert "待核实" not in card.inner_text()
    stage, box = page.locator(".map-stage").bounding_box(), card.bounding_box()
    assert stage and box
    assert box["x"] >= stage["x"] and box["y"] >= stage["y"] and box["x"] + box["width"] <= stage["x"] + stage["width"]
    card.get_by_role("button", name="关闭").click()
    assert card.count() == 0
    assert focused(page) == "乙站，站，乙镇"
    key(page, "丙所，层级待核实，具体位置待核实，标在丙镇").press("Enter")
    assert "具体位置待核实" in page.get_by_role("dialog", name="丙所").inner_text()


@pytest.mark.parametrize("size", [(390, 844), (1440, 900), (1080, 1920)])
def test_marks_can_be_tapped_and_read(desks: Callable[..., Desk], size: tuple[int, int]) -> None:
    page = desks(viewport={"width": size[0], "height": size[1]}, has_touch=True).map(scattered(2000))
    boxes = page.locator(".map-stage button").evaluate_all(
        "(all) => all.map((b) => b.getBoundingClientRect()).map((r) => [r.width, r.height])"
    )
    assert min(min(box) for box in boxes) >= 44
    assert page.locator(".map-stage").evaluate("(stage) => stage.offsetHeight / innerHeight") < 0.701
    # Whatever number one points at, it is its own button that is hit: no petal, name or control lies over it.
    covered = page.evaluate(
        """() => [...document.querySelectorAll('.map-heart')].filter((heart) => {
            const r = heart.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2;
            const stage = document.querySelector('.map-stage').getBoundingClientRect();
            if (x < stage.left || x > stage.right || y < stage.top || y > stage.bottom) return false;
            const hit = document.elementFromPoint(x, y);
            return !hit || hit.closest('button') !== heart.parentElement;
        }).map((heart) => heart.textContent)"""
    )
    assert covered == []


@pytest.mark.parametrize("count", [210, 5000])
def test_town_names_cover_neither_marks_nor_each_other(desk: Desk, count: int) -> None:
    page = desk.map(scattered(count))
    clashes = page.evaluate(
        """() => {
            const all = (selector) => [...document.querySelectorAll(selector)];
            const names = all('.map-town').filter((name) => name.style.visibility !== 'hidden');
            const others = [...all('.map-flower, .map-keys, .map-note'), ...names];
            const box = (element) => element.getBoundingClientRect();
            const along = (low, high, a, b) => a[low] < b[high] - 1 && b[low] < a[high] - 1;
            const cross = (a, b) => along('left', 'right', a, b) && along('top', 'bottom', a, b);
            const clash = (name) => others.some((other) => other !== name && cross(box(name), box(other)));
            return [names.length, names.filter(clash).length];
        }"""
    )
    assert clashes[0] >= 2
    assert clashes[1] == 0


def test_the_wheel_scrolls_the_page_until_the_map_is_entered(desk: Desk) -> None:
    page = desk.map(scattered(210))
    scale = page.locator(".map-scale")
    before = scale.inner_text()
    page.mouse.move(500, 300)
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 0")
    assert page.locator(".map-hint.is-shown").count() == 1
    assert scale.inner_text() == before
    page.evaluate("() => scrollTo(0, 0)")
    page.mouse.move(30, 600)
    page.mouse.down()
    page.mouse.up()
    page.mouse.wheel(0, -400)
    still(page)
    assert page.evaluate("() => scrollY") == 0
    assert scale.inner_text() != before


def test_ctrl_and_wheel_zooms_without_entering(desk: Desk) -> None:
    page = desk.map(scattered(210))
    before = page.locator(".map-scale").inner_text()
    page.mouse.move(500, 300)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    still(page)
    assert page.locator(".map-scale").inner_text() != before


def test_a_drag_that_starts_on_a_mark_moves_the_map_and_opens_nothing(desk: Desk) -> None:
    page = desk.map(Places().add("乙站", 120.9, 31.4, 1, 1).add("丙站", *TOWNS[2][1:], 1, 2).data())
    mark = key(page, "乙站，站，乙镇")
    box = mark.bounding_box()
    assert box
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + 122, box["y"] + 62, steps=5)
    page.wait_for_timeout(200)  # no throw
    page.mouse.up()
    still(page)
    after = mark.bounding_box()
    assert after and after["x"] - box["x"] == pytest.approx(100, abs=3)
    assert page.get_by_role("dialog").count() == 0
    mark.press("Enter")
    assert page.get_by_role("dialog").count() == 1


@pytest.mark.requirement(46)
def test_the_keyboard_reaches_everything_and_leaves_again(desk: Desk) -> None:
    page = desk.map(scattered(210))
    buttons = page.locator(".map-stage button").count()
    page.locator("#before").focus()
    stops = []
    for _ in range(buttons + 1):
        page.keyboard.press("Tab")
        stops.append(focused(page))
    assert stops[:3] == ["放大", "缩小", "看全部"]
    assert stops[-1] == "after"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("() => document.activeElement.matches('.map-mark')")
    before = page.locator(".map-pool").first.bounding_box()
    page.keyboard.press("ArrowRight")
    still(page)
    after = page.locator(".map-pool").first.bounding_box()
    assert before and after
    assert after["x"] - before["x"] == pytest.approx(-96, abs=2)


def test_nothing_moves_where_that_is_not_wanted(desks: Callable[..., Desk]) -> None:
    calm = desks(reduced_motion="reduce").map(scattered(210))
    key(calm, "放大").click()
    assert calm.locator(".is-opening").count() == 0
    lively = desks().map(scattered(210))
    key(lively, "放大").click()
    still(lively)
    assert lively.locator(".is-opening").count() > 0


def test_names_are_text_and_never_html(desk: Desk) -> None:
    places = Places().add("<img src=x onerror=alert(1)>", 120.9, 31.4, 1, 1).add("丙站", *TOWNS[2][1:], 1, 2)
    page = desk.map(places.data())
    page.locator(".map-mark").first.press("Enter")
    assert page.locator(".map-popup-title").inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator("img").count() == 0


def test_nothing_jumps_when_the_map_takes_the_place_of_the_picture(desk: Desk) -> None:
    data = scattered(210)
    height = "() => document.querySelector('#map').getBoundingClientRect().height"
    picture = desk.map(None, ready=False)
    picture.wait_for_timeout(300)
    before = picture.evaluate(height)
    assert desk.complaints
    desk.complaints.clear()
    assert desk.map(data).evaluate(height) == before


def test_paper_gets_the_picture_made_at_build_time(desk: Desk) -> None:
    page = desk.map(scattered(210))
    page.emulate_media(media="print")
    assert page.locator(".map-picture").is_visible()
    assert page.locator(".map-stage").is_hidden()


@pytest.mark.parametrize("case", ["no data", "half a file", "no words"])
def test_the_picture_stays_when_anything_is_missing(desk: Desk, case: str) -> None:
    data = scattered(210)
    if case == "half a file":
        data["lon"].pop()
    said = {"map": {"label": "图"}} if case == "no words" else None
    page = desk.map(None if case == "no data" else data, ready=False, said=said)
    page.wait_for_timeout(600)
    assert page.locator(".map-picture").is_visible()
    assert page.locator(".map-stage").count() == 0
    assert desk.complaints, "a keeper must find out why"
    desk.complaints.clear()


def test_the_data_waits_until_the_map_comes_near(desk: Desk) -> None:
    desk.fill(scattered(20))
    page = desk.open(
        '<div style="height:4000px"></div><div id="map" class="map" data-root=""><svg class="map-picture"></svg></div>'
    )
    page.wait_for_timeout(400)
    assert not any("/data/" in url for url in desk.requests)
    page.evaluate("() => document.querySelector('.map').scrollIntoView()")
    page.wait_for_selector(".map-mark")
