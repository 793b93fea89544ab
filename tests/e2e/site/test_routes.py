"""A route in a real browser: numbers and line on the live map, the list beside it, and the sheet to take along."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from playwright.sync_api import Browser, BrowserContext

from tests.e2e.site import route_world
from tests.e2e.site.conftest import Watched
from tests.e2e.site.test_paper import A4, TEXTS, as_painted
from tests.worlds import publish

NUMBERED = "marks => marks.map((mark) => mark.getAttribute('aria-label').match(/^第 (.+?) 站：/)[1])"
BROKEN = "path => path.getAttribute('d').split('M').length - 1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In a folder with a blank and Chinese in its path."""
    folder = tmp_path_factory.mktemp("走 一走")
    publish(route_world.write(folder / "data"), folder / "out")
    shutil.copytree((folder / "out" / "site").resolve(), folder / "网站")
    return folder / "网站"


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Callable[..., Watched]]:
    contexts: list[BrowserContext] = []

    def open_(path: str, **options: Any) -> Watched:
        contexts.append(
            browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options})
        )
        watched = Watched(contexts[-1].new_page())
        watched.page.goto((site / path).as_uri())
        return watched

    yield open_
    for context in contexts:
        context.close()


def numbers(told: list[str]) -> list[int]:
    """1–2·5 → 1, 2, 5, of all marks."""
    runs = [run.split("–") for label in told for run in label.split("·")]
    return sorted(number for run in runs for number in range(int(run[0]), int(run[-1]) + 1))


@pytest.mark.parametrize(("route", "drawn", "lines"), [("wu-zhan", 5, 4), ("ba-zhan", 7, 6)])
def test_the_live_map_has_the_numbers_and_the_line(opened: Callable[..., Watched], route: str, drawn: int, lines: int) -> None:
    watched = opened(f"routes/{route}.html")
    page = watched.page
    page.wait_for_selector(".map.is-live .map-mark")
    assert numbers(page.eval_on_selector_all(".map-mark", NUMBERED)) == list(range(1, drawn + 1))
    page.wait_for_selector(".map-route path", state="attached")
    assert page.eval_on_selector(".map-route path", BROKEN) == lines
    assert (watched.console, watched.foreign) == ([], [])
    nearer = page.get_by_role("button", name="放大")
    while nearer.get_attribute("aria-disabled") != "true":  # as near as it goes, every stop is a flower of its own
        nearer.click()
        page.wait_for_timeout(100)
    hearts = page.locator(".map-mark .map-heart").all_inner_texts()
    assert hearts and all(re.fullmatch(r"\d", heart) for heart in hearts)


def test_a_stops_flower_opens_its_place(opened: Callable[..., Watched]) -> None:
    page = opened("routes/wu-zhan.html").page
    page.wait_for_selector(".map.is-live .map-mark")
    page.get_by_role("button", name=re.compile("^第 4 站：老茶馆驿站")).click()
    assert "老茶馆驿站" in page.locator(".map [role=dialog]").inner_text()


def test_only_pages_of_routes_load_their_data(opened: Callable[..., Watched]) -> None:
    asked = {path: opened(path) for path in ("routes/wu-zhan.html", "towns/hecheng.html")}
    for watched in asked.values():
        watched.page.wait_for_selector(".map.is-live .map-mark")
    loaded = {path: any("data/routes.js" in url for url in watched.requests) for path, watched in asked.items()}
    assert loaded == {"routes/wu-zhan.html": True, "towns/hecheng.html": False}


def test_the_list_is_the_data(opened: Callable[..., Watched], site: Path) -> None:
    page = opened("routes/ba-zhan.html").page
    listed = page.eval_on_selector_all(".stops h3 a", "all => all.map((a) => a.getAttribute('href'))")
    assert listed == [f"../positions/{stop}.html" for stop in route_world.EIGHT]
    data = json.loads((site / "data" / "routes.js").read_text("utf-8").partition(".routes=")[2].rstrip(";\n"))
    told = data["routes"][0]
    assert (told["id"], told["minutes"], told["metres"][1], told["metres"][-1]) == ("ba-zhan", 90, 450, None)
    assert told["straight"] == [1, 0, 1, 0, 1, 1, 0]
    page.wait_for_selector(".map.is-live .map-mark")
    assert page.evaluate("HAITANG.routes.routes[0].stops") == told["stops"]
    assert len(set(told["stops"])) == 8
    assert page.locator(".leg").all_inner_texts()[1] == "到下一站 450 米"
    assert page.locator(".leg").all_inner_texts()[3] == "到下一站 1.2 公里"
    assert page.locator(".leg").all_inner_texts()[6] == "到下一站多远，待核实"
    head = page.inner_text(".head")
    assert "至少约" in head and "用时 90 分钟" in head


def test_without_a_script_the_route_is_a_picture_and_a_list(opened: Callable[..., Watched], site: Path) -> None:
    page = opened("routes/wu-zhan.html", java_script_enabled=False).page
    marks = page.locator(".map-picture .m-mark")
    assert marks.first.get_attribute("aria-label") == "第 1 站，禾城镇党群服务中心"
    assert marks.count() == 5
    for mark in marks.all():
        assert (site / "routes" / (mark.get_attribute("href") or "")).resolve().is_file()
    assert page.locator(".map-picture .m-line").count() == 1
    text = page.inner_text("main")
    for fact in ("示意连线，不是步行线路", "第 5 站：", "步行约", "直线估计", "真正走的路要长一些"):
        assert fact in text, fact


def test_a_place_leads_to_the_stops_before_and_after(opened: Callable[..., Watched]) -> None:
    page = opened("positions/he-2.html").page
    panel = page.locator(".on-routes")
    assert "第 3 站，共 5 站" in panel.inner_text()
    panel.get_by_role("link", name="老茶馆驿站 下一站").last.click()
    assert page.inner_text("h1") == "老茶馆驿站"
    page.locator(".on-routes").get_by_role("link", name="荷香五站线").click()
    assert page.inner_text("h1") == "荷香五站线"


@pytest.mark.parametrize("script", [True, False], ids=["live", "no script"])
@pytest.mark.parametrize("route", ["wu-zhan", "ba-zhan"])
def test_a_route_is_one_sheet_of_paper(opened: Callable[..., Watched], route: str, script: bool) -> None:
    page = opened(f"routes/{route}.html", viewport=A4, java_script_enabled=script).page
    if script:
        page.wait_for_selector(".map.is-live .map-mark")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 1
    page.emulate_media(media="print")
    text = page.inner_text("body")
    for fact in ("荷花路 49 号", "到下一站 450 米", "周六 09:00-12:00", f"https://example.org/yangli/routes/{route}.html"):
        assert fact in text, fact
    for control in ("高德地图", "打印", "分享", "首页", "找地方"):
        assert control not in text, control
    selectors = (".take-code" if script else ".take-address", ".route-map .map-picture", ".stop-hours >> nth=0")
    boxes = [page.locator(selector).bounding_box() for selector in selectors]
    code, drawing, first = (box for box in boxes if box)
    assert code["y"] + code["height"] <= drawing["y"] + 1, "the map lies over the code"
    assert first["x"] + first["width"] <= code["x"] + 1, "the stops run into the code"


def test_the_sheet_is_black_and_large_enough(opened: Callable[..., Watched]) -> None:
    page = opened("routes/ba-zhan.html", viewport=A4, color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    texts = page.evaluate(TEXTS)
    assert len(texts) > 30
    assert [text for text in texts if text[1] < 12] == []
    assert [colour for _, _, colour in texts if max(map(int, re.findall(r"\d+", colour)[:3])) > 0x33] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_code_leads_to_the_route(opened: Callable[..., Watched]) -> None:
    page = opened("routes/wu-zhan.html").page
    page.emulate_media(media="print")
    rows = as_painted(page)
    (found,) = zxingcpp.read_barcodes(memoryview(b"".join(rows)).cast("B", shape=[len(rows), len(rows[0])]))
    assert found.text == "https://example.org/yangli/routes/wu-zhan.html"
