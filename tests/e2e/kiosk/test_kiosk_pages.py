"""The written pages of the kiosk: a place, brands, today, 海棠花红. No way out, nothing out of reach, nothing too
small to read, nothing cut off, and a code that leads to the public page; in every size of screen and both sizes of print."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

import haitang.kiosk.pages
from haitang.kiosk.pages import written
from haitang.site.views import Site
from tests.e2e.kiosk.apps import made_for, site_at
from tests.e2e.kiosk.pages_world import BUILT, HOSTILE, VOID, app_at, hostile_world, parsed, small_world, unpacked
from tests.e2e.site.conftest import Watched
from tests.worlds import PROJECT

LEFT_OUT = ("li", "dt", "dd", "tr", "td", "th", "tbody")  # end tags that parts shared with the website leave out
PUBLIC = "https://example.org/yangli"
WEDNESDAY = datetime(2020, 1, 8, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai; the world reads its paper at 14:00
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080), "4k": (3840, 2160), "small": (768, 1366)}
NO_PICTURE = "data:,"  # of an image whose part of the release is still to come
WAYS_OUT = {
    "a",
    "form",
    "details",
    "summary",
    "video",
    "audio",
    "iframe",
    "object",
    "embed",
    "input",
    "link",
    "base",
    "script",
    "style",
}
SCREENS = (
    "position:he-cheng", "position:chang", "position:xiao-qu", "position:qu", "brands",
    "brand:he-hua", "brand:kong", "today", "about",
)  # fmt: skip


def pages(site: Site, public: str | None = PUBLIC) -> dict[str, str]:
    """Every written page by a name, and the screens they are put into."""
    names = {original: f"photo-{at}" for at, original in enumerate(sorted(site.pictures))}
    all_pages = written(site, public, names).packed
    found = dict(zip((f"position:{one.id}" for one in site.directory.positions), unpacked(all_pages["positions"]), strict=True))
    found |= {f"brand:{own_id}": page for own_id, page in all_pages["brands"].items()}
    found |= {f"about:{own_id}": page for own_id, page in all_pages["chapters"].items()}
    found["progress"] = all_pages["progress"]
    return found


# --- what is written ---


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_at(small_world(tmp_path_factory.mktemp("small") / "data"))


@pytest.mark.requirement(20)
@pytest.mark.parametrize("root", ["small", "real"])
def test_no_page_has_a_way_out(root: str, small: Site) -> None:
    site = small if root == "small" else site_at(PROJECT)
    for name, page in pages(site).items():
        for tag, attributes in parsed(page).elements:
            assert tag not in WAYS_OUT, f"{name}: <{tag}>"
            assert not {"target", "srcset", "action", "style", "tabindex"} & set(attributes), f"{name}: {tag} {attributes}"
            assert attributes.get("src", NO_PICTURE) == NO_PICTURE, f"{name}: {tag} {attributes}"
            assert all(value.startswith("#") for key, value in attributes.items() if key == "href" and value), name
            assert not any(key.startswith("on") for key in attributes), f"{name}: {attributes}"


def test_hostile_text_stays_text(tmp_path: Path, small: Site) -> None:
    site = site_at(hostile_world(tmp_path / "data"))
    harmless = pages(small)
    known = {tag for page in harmless.values() for tag, _ in parsed(page).elements}
    for name in ("position:e-yi", "brand:e-pai"):
        page = parsed(pages(site)[name])
        assert {tag for tag, _ in page.elements} <= known, name
        assert not [one for tag, one in page.elements if tag == "img" and "data-part" not in one], name
        assert "49" not in page.text
        assert page.text.count(HOSTILE) > 8, name


def test_every_tag_is_closed(small: Site) -> None:
    for name, page in pages(small).items():
        opened = [tag for tag, _ in parsed(page).elements if tag not in VOID + LEFT_OUT]
        shut = [tag for tag in re.findall(r"</([a-z0-9]+)>", page, re.I) if tag not in LEFT_OUT]
        assert len(opened) == len(shut) + len(re.findall(r"<[^<>]+/>", page)), name


def test_chunks_hold_the_pages_in_the_directorys_order(small: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = unpacked(written(small, PUBLIC, {}).packed["positions"])
    monkeypatch.setattr(haitang.kiosk.pages, "EACH", 2)
    parts = written(small, PUBLIC, {}).packed["positions"]
    assert parts["each"] == 2
    assert len(parts["chunks"]) == -(-len(small.directory.positions) // 2)
    assert unpacked(parts) == whole
    for page, position in zip(whole, small.directory.positions, strict=True):
        assert position.name in parsed(page).text
        assert f"{PUBLIC}/positions/{position.id}.html" in page


def test_where_no_address_is_known_there_is_no_code(small: Site) -> None:
    for name, page in pages(small, None).items():
        assert "data-code" not in page and "http" not in page, name
    assert small.templates.words["kiosk_pages"]["take_none"] in pages(small, None)["position:he-cheng"]


def test_what_is_not_known_is_said_and_not_made_up(small: Site) -> None:
    page = parsed(pages(small)["position:chang"]).text
    for fact in ("address", "hours", "phone"):
        assert small.templates.words["fact"][fact] in page
    gone = parsed(pages(small)["position:qu"])
    assert "禾城镇党群服务中心" in gone.text
    assert any(one.get("data-go") == "position:he-cheng" for _, one in gone.elements)


@pytest.mark.requirement(51)
def test_who_answers_for_it_is_named_as_text(small: Site) -> None:
    told = parsed(pages(small)["progress"]).text
    for words in ("蓝田市样例单位", "0512-00000000", "样ICP备00000000号-1", "站 158 处", "Noto"):
        assert words in told


# --- on the screen ---


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("展厅 #1")
    return app_at(small_world(folder / "data"), folder / "app.html").as_uri()


@pytest.fixture(
    scope="module",
    params=[(size, large) for size in SIZES for large in (False, True)],
    ids=lambda p: f"{p[0]}-{'large' if p[1] else 'normal'}",
)
def screen(browser: Browser, app: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    size, large = request.param
    yield from opened(browser, app, size, large)


@pytest.fixture
def portrait(browser: Browser, app: str) -> Iterator[Watched]:
    yield from opened(browser, app, "portrait", False)


def opened(browser: Browser, app: str, size: str, large: bool, now: datetime = WEDNESDAY) -> Iterator[Watched]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    context.clock.set_fixed_time(now)
    watched = Watched(context.new_page())
    watched.page.goto(app)
    watched.page.locator("[data-screen=home] .k-card").first.wait_for(state="attached")
    watched.page.locator("[data-screen=attract]").tap()
    if large:
        watched.page.evaluate("document.documentElement.dataset.size = 'large'")
    yield watched
    assert watched.console == []
    assert watched.foreign == []
    context.close()


def go(page: Page, address: str) -> None:
    """As a key would."""
    page.evaluate(
        """address => {
            const key = document.createElement("button");
            key.dataset.go = address;
            document.body.appendChild(key);
            key.click();
            key.remove();
        }""",
        address,
    )
    assert page.locator(f"[data-screen={address.partition(':')[0]}]").is_visible()


def here(page: Page, selector: str) -> Any:
    """On the screen that is shown, without what waits in its stock."""
    return page.locator(f".k-screen:not([hidden]) {selector}")


MEASURE = """() => {
    const screen = document.querySelector(".k-screen:not([hidden])");
    const vmin = Math.min(innerWidth, innerHeight) / 100;
    const rect = (element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return [left, top, right, bottom].map(Math.round);
    };
    const set = (element) => parseFloat(getComputedStyle(element).fontSize);
    const isCut = (box) => box.scrollHeight > box.clientHeight + 2 || box.scrollWidth > box.clientWidth + 2;
    const seen = (element) => element.getClientRects().length > 0;
    const told = (element) => `${element.getAttribute("class")} ${(element.textContent || "").trim().slice(0, 24)}`;
    const texts = [];
    const walker = document.createTreeWalker(screen, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
        const parent = node.parentElement;
        if (!node.data.trim() || !seen(parent) || parent.closest("title, desc, .unseen")) continue;
        const scale = parent.closest("svg") ? parent.getScreenCTM().a : 1;
        texts.push([told(parent), parseFloat(getComputedStyle(parent).fontSize) * scale / vmin]);
    }
    const pick = (selector) => Array.from(screen.querySelectorAll(selector)).filter(seen);
    return {
        vmin, texts,
        keys: pick("button").map((key) => [told(key), rect(key)]),
        titles: pick("h1").map((title) => set(title) / vmin),
        bodies: pick(".k-read p:not(.fine):not(.k-names), .k-read li").map((text) => set(text) / vmin),
        wide: pick(".k-read p, .k-read li").map((text) => [told(text), text.getBoundingClientRect().width / set(text)]),
        cut: pick(".k-do, .k-way, .k-title, .k-cards, .k-panel, .k-tabs, .k-take, .k-day").filter(isCut).map(told),
        bar: rect(document.querySelector(".k-bar")),
        doing: pick(".k-do > *, .k-take, .k-way").map((box) => [told(box), rect(box)]),
        sideways: document.documentElement.scrollWidth > innerWidth,
    };
}"""


@pytest.mark.requirement(13, 14, 15, 16)
@pytest.mark.parametrize("address", SCREENS)
def test_everything_is_large_enough_within_reach_and_whole(screen: Watched, address: str) -> None:
    page = screen.page
    go(page, address)
    names = here(page, "[data-at=tabs] [data-tab]").evaluate_all("keys => keys.map((key) => key.dataset.tab)") or [""]
    for name in names:
        if name:
            here(page, f"[data-tab={name}]").tap()
        check(page.evaluate(MEASURE), page.viewport_size or {}, f"{address} {name}")


def check(found: dict[str, Any], size: Any, where: str) -> None:
    vmin, width, height = found["vmin"], size["width"], size["height"]
    reach = height * (0.5 if height > width else 0.4)
    assert found["keys"], where
    for name, (left, top, right, bottom) in found["keys"]:
        assert min(right - left, bottom - top) >= 7.4 * vmin - 1, f"{where}: {name} is too small to touch"
        assert top >= reach - 1, f"{where}: {name} is out of reach"
        assert left >= 0 and right <= width and bottom <= found["bar"][1], f"{where}: {name} is not whole"
    for name, percent in found["texts"]:
        assert percent >= 2 - 0.01, f"{where}: {name} is set in {percent:.2f} vmin"
    assert all(size >= 3.7 for size in found["titles"]), where
    assert all(size >= 2.6 - 0.01 for size in found["bodies"]), where
    assert [text for text in found["wide"] if text[1] > 40] == [], where
    assert found["cut"] == [], where
    assert not found["sideways"], where
    for name, (_, _, right, bottom) in found["doing"]:
        assert right <= width and bottom <= found["bar"][1], f"{where}: {name} reaches under the bar"


@pytest.mark.requirement(13)
def test_keys_do_not_touch_each_other(screen: Watched) -> None:
    for address in ("position:he-cheng", "brand:he-hua", "brands", "today", "about"):
        go(screen.page, address)
        keys = [rect for _, rect in screen.page.evaluate(MEASURE)["keys"]]
        for at, one in enumerate(keys):
            for other in keys[at + 1 :]:
                apart = max(one[0] - other[2], other[0] - one[2], one[1] - other[3], other[1] - one[3])
                assert apart >= 7, f"{address}: {one} {other}"


@pytest.mark.requirement(21)
@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("position:he-cheng", "positions/he-cheng.html"),
        ("brand:he-hua", "brands/he-hua.html"),
        ("today", "activities/index.html"),
    ],
)
def test_a_phone_reads_the_code(screen: Watched, address: str, public: str) -> None:
    page = screen.page
    go(page, address)
    code = here(page, "[data-code] svg")
    box = code.bounding_box()
    size = page.viewport_size
    assert box and size
    assert box["width"] >= min(size["width"], size["height"]) * 200 / 1080, "200 px on a screen 1080 wide"
    picture = Image.open(BytesIO(page.screenshot()))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == f"{PUBLIC}/{public}"
    assert str(found.ec_level) == "M"
    assert here(page, ".k-address").inner_text() == found.text
    module = box["width"] / float(code.get_attribute("viewBox").split()[2])
    corners = [found.position.top_left, found.position.bottom_right]
    assert corners[0].x - box["x"] >= 4 * module - 3 and box["x"] + box["width"] - corners[1].x >= 4 * module - 3


def test_a_long_text_is_moved_by_keys_and_found_again(portrait: Watched) -> None:
    page = portrait.page
    go(page, "position:chang")
    up, down, box = here(page, "[data-move=up]"), here(page, "[data-move=down]"), here(page, ".k-read")
    assert up.is_disabled() and down.is_enabled()
    down.tap()
    down.tap()
    kept = box.evaluate("box => box.scrollTop")
    assert kept > 0 and up.is_enabled()
    go(page, "brand:kong")
    page.locator("[data-back]").tap()
    assert box.evaluate("box => box.scrollTop") == kept
    presses = 0
    while down.is_enabled():
        down.tap()
        presses += 1
        assert presses < 60
    assert box.evaluate("box => box.scrollTop + box.clientHeight >= box.scrollHeight - 1")
    while up.is_enabled():
        up.tap()
    assert box.evaluate("box => box.scrollTop") == 0


def test_a_short_text_needs_no_keys(portrait: Watched) -> None:
    go(portrait.page, "brand:he-hua")
    here(portrait.page, "[data-tab=goals]").tap()
    assert here(portrait.page, "[data-mover]").is_hidden()


@pytest.mark.requirement(55)
def test_no_line_starts_with_what_may_not_start_one(screen: Watched) -> None:
    go(screen.page, "position:chang")
    starts = screen.page.evaluate(
        """() => {
            const starts = [];
            const read = document.querySelector("[data-screen=position] .k-read");
            const walker = document.createTreeWalker(read, NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            for (let node; (node = walker.nextNode()); ) {
                let before = null;
                for (let at = 0; at < node.length; at++) {
                    range.setStart(node, at);
                    range.setEnd(node, at + 1);
                    const rect = range.getClientRects()[0];
                    if (rect && before !== null && rect.top > before + 4) starts.push(node.data[at]);
                    if (rect) before = rect.top;
                }
            }
            return starts;
        }"""
    )
    assert len(starts) > 20
    assert not set(starts) & set("，。、；：？！）》」”")


def test_the_place_says_how_far_and_leads_on(portrait: Watched) -> None:
    page = portrait.page
    go(page, "position:xiao-qu")
    assert re.search(r"约 1\.\d 公里 · 步行约 \d+ 分钟（直线估计）", here(page, ".k-way").inner_text())
    here(page, "[data-tab=family]").tap()
    here(page, "[data-cards] .k-card").first.tap()
    assert here(page, "h1").inner_text() == "禾城镇党群服务中心"
    assert "您在这里" in here(page, ".k-way").inner_text()
    assert "10:00" not in here(page, ".k-title").inner_text() and here(page, ".k-title .state.is-open").count() == 1
    assert here(page, ".week .is-today th").inner_text() == "周三"
    assert "下一次：今天 14:00" in here(page, ".k-read").inner_text()
    page.locator("[data-back]").tap()
    assert here(page, "[data-tab=family]").get_attribute("aria-pressed") == "true"


def test_a_place_that_has_moved_leads_to_its_successor(portrait: Watched) -> None:
    page = portrait.page
    go(page, "position:qu")
    assert here(page, ".k-way").inner_text().startswith("这里已经并入别处")
    here(page, ".k-way button").tap()
    assert here(page, "h1").inner_text() == "禾城镇党群服务中心"


def test_all_covers_are_on_the_wall(portrait: Watched) -> None:
    page = portrait.page
    go(page, "brands")
    assert here(page, ".k-wall .k-cover b").all_inner_texts() == ["荷花", "还没有资料的品牌"]
    here(page, ".k-wall .k-cover").first.tap()
    assert here(page, "h1").inner_text() == "荷花"
    seen = []
    for name in here(page, "[data-tab]").all_inner_texts():
        here(page, f"[data-tab]:text-is('{name}')").tap()
        seen.append(here(page, "[data-panel]:visible h2").all_inner_texts())
    assert seen == [["介绍"], ["目标"], ["形象"], ["行动"], ["成果"], ["照片"], ["介绍"]]  # the last: above its places


def test_today_is_told_by_the_clock(portrait: Watched) -> None:
    page = portrait.page
    go(page, "today")
    assert here(page, "[data-date]").inner_text() == "1月8日 周三"
    card = here(page, "[data-cards] .k-card")
    assert card.count() == 1
    assert card.inner_text().split("\n")[:2] == ["14:00 到 16:00", '读报 <i>&"']
    here(page, "[data-tab='1']").tap()
    assert here(page, "[data-name]").inner_text() == "明天"
    assert "接下来有" in here(page, "[data-told]").inner_text()
    here(page, "[data-tab='0']").tap()
    card.tap()
    assert here(page, "h1").inner_text() == "禾城镇党群服务中心"


@pytest.mark.requirement(31)
@pytest.mark.parametrize("year", [1970, 2035])
def test_a_wrong_clock_names_no_day(browser: Browser, app: str, year: int) -> None:
    for watched in opened(browser, app, "portrait", False, datetime(year, 1, 7, tzinfo=UTC)):
        go(watched.page, "today")
        assert here(watched.page, "[data-clock]").is_visible()
        assert here(watched.page, "[data-tab]").count() == 0
        assert len(here(watched.page, "[data-cards] .k-card-name").all_inner_texts()) == 3
        go(watched.page, "position:he-cheng")
        assert here(watched.page, ".state.is-open, .week .is-today").count() == 0


HOST = """<!doctype html><html><body style="margin:0">
<iframe sandbox="allow-scripts" style="border:0;width:1080px;height:1920px" src=%s></iframe><script>
const frame = document.querySelector("iframe");
const tell = (what) => frame.contentWindow.postMessage(Object.assign({ src: "hthh", v: 1 }, what), "*");
window.counted = [];
window.wanted = [];
addEventListener("message", ({ data }) => {
    if (data.type === "ready") { tell({ type: "launcher" }); window.isReady = true; }
    if (data.type === "count") window.counted.push(data.what);
    if (data.type === "want") window.wanted.push(data.part);
});
window.answer = (text) => window.wanted.forEach((name) => tell({ type: "part", name, text }));
window.go = (id) => tell({ type: "go", id });
</script></body></html>"""
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="


@pytest.mark.parametrize(("sent", "shown"), [(DOT, True), (None, False), ("https://example.org/x.png", False)])
def test_photos_come_in_parts_and_nothing_moves(
    browser: Browser, app: str, tmp_path: Path, sent: str | None, shown: bool
) -> None:
    host = tmp_path / "host.html"
    host.write_text(HOST % json.dumps(app), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    watched = Watched(context.new_page())
    watched.page.goto(host.as_uri())
    watched.page.wait_for_function("window.isReady")
    watched.page.evaluate("window.go('he-cheng')")
    frame = watched.page.frames[1]
    places = frame.locator("[data-screen=position] .k-pic")
    places.first.wait_for()
    watched.page.wait_for_function("window.wanted.length >= 3")
    # The screen comes in by sliding a little: what moves is compared when that is over.
    frame.wait_for_function(
        "() => document.querySelector('[data-screen=position]').getAnimations({ subtree: true })"
        ".every((one) => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)"
    )
    before = places.evaluate_all("all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))")
    assert frame.locator("[data-screen=position] .k-petals").first.is_visible()
    watched.page.evaluate("text => window.answer(text)", sent)
    if shown:
        frame.locator("[data-screen=position] .k-pic img").first.wait_for(state="visible")
    else:
        frame.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert frame.locator("[data-screen=position] .k-pic img:visible").count() == 0
    assert places.evaluate_all("all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))") == before
    assert "qr" in watched.page.evaluate("window.counted")
    assert watched.foreign == []
    context.close()


@pytest.mark.requirement(20)
def test_the_shell_has_no_way_out(small: Site) -> None:
    names = {original: f"photo-{at}" for at, original in enumerate(sorted(small.pictures))}
    shell = made_for(small, BUILT, names).shell
    for tag, attributes in parsed(str(shell).replace("<!--", "")).elements:
        assert tag not in WAYS_OUT - {"input"}, tag
        assert all(value.startswith("#") for key, value in attributes.items() if key == "href" and value)
        assert not {"target", "action"} & set(attributes)
        assert attributes.get("src", NO_PICTURE) == NO_PICTURE
