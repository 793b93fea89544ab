"""What is handed on: print on A4, sharing, and what a link shows in a chat. In a real browser."""

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from haitang.core.toolchain import program
from tests.e2e.site.conftest import Watched
from tests.worlds import WORLD, publish

A4 = {"width": 673, "height": 1000}  # what 16 mm margins leave, in CSS pixels
ADDRESS = "https://example.org/yangli/positions/he-cheng.html"
PLACE = "positions/he-cheng.html"
# Every text on paper with its size in points and its colour.
TEXTS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = document.createRange(); box.selectNodeContents(node);
    const rects = box.getClientRects(), parent = node.parentElement, style = getComputedStyle(parent);
    if (!node.data.trim() || !rects.length || rects[0].width < 2 || parent.closest("svg,.unseen")) continue;
    found.push([node.data.trim(), parseFloat(style.fontSize) * .75, style.color]);
  }
  return found;
}"""
# What lies on the sheets of a page: how tall it is that must not be cut, and how many letters its footer has.
PARTS = """() => ({
  whole: [...document.querySelectorAll('.map, .family, .chart-picture, .chips, .sums, .photos figure')]
    .filter((one) => one.getClientRects().length)
    .map((one) => [String(one.getAttribute('class')), one.getBoundingClientRect().height, getComputedStyle(one).breakInside]),
  foot: document.querySelector('.foot').innerText.replace(/\\s/g, '').length,
})"""
PRINTED = (
    *(("real", path) for path in (
        "map.html", "index.html", "search.html", "towns/index.html", "towns/lujia.html", "tiers/centre.html",
        "tiers/station.html", "brands/hongfushi.html", "progress.html", "positions/qifa-guangchang.html", "unverified.html",
    )),
    *(("full", path) for path in (
        "map.html", "index.html", "towns/hecheng.html", "brands/he-hua.html", "routes/he-xian.html", PLACE, "progress.html",
    )),
    *(("many", path) for path in ("map.html", "towns/jia-zhen.html", "progress.html")),
)  # fmt: skip
LARGE = (("real", "map.html"), ("real", "towns/lujia.html"), ("full", "routes/he-xian.html"))
WECHAT = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0.2"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, real_site: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("paper")
    publish(WORLD, folder, today=date.today())
    return {"full": (folder / "site").resolve(), "real": real_site}


@pytest.fixture
def opened(browser: Browser, sites: dict[str, Path]) -> Iterator[Callable[..., Watched]]:
    contexts: list[BrowserContext] = []

    def open_(path: str = PLACE, site: str = "full", script: str = "", folder: Path | None = None, **options: Any) -> Watched:
        contexts.append(browser.new_context(**{"viewport": {"width": 390, "height": 844}, **options}))
        if script:
            contexts[-1].add_init_script(script)
        watched = Watched(contexts[-1].new_page())
        watched.page.goto(((folder or sites[site]) / path).as_uri())
        return watched

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("settings", "scheme", "least"),
    [
        ("{}", "light", 12),
        ("{}", "dark", 12),
        ('{"elder":"on","theme":"dark"}', "light", 18),
        ('{"size":"xlarge"}', "dark", 18),
    ],
)
def test_paper_is_black_on_white_and_large_enough(
    opened: Callable[..., Watched], settings: str, scheme: Literal["light", "dark"], least: int
) -> None:
    page = opened(viewport=A4, color_scheme=scheme, script=f"localStorage.setItem('haitang-display', '{settings}')").page
    page.emulate_media(media="print", color_scheme=scheme)
    texts = page.evaluate(TEXTS)
    assert len(texts) > 40
    assert [text for text in texts if text[1] < least] == []
    dark = [(text, colour) for text, _, colour in texts if max(map(int, re.findall(r"\d+", colour)[:3])) > 0x33]
    assert dark == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_holds_what_one_needs_and_nothing_to_tap(opened: Callable[..., Watched], sites: dict[str, Path]) -> None:
    page = opened(viewport=A4).page
    page.wait_for_selector(".take-code img")
    page.emulate_media(media="print")
    text = page.inner_text("body")
    for fact in ("禾城镇党群服务中心", "样例路 1 号", "周一", "08:30–11:30", "周日", "0512-00000001", ADDRESS, "数据更新于"):
        assert fact in text, fact
    for control in ("适老版", "显示", "分享", "打印", "高德地图", "首页", "纠错", "开放中", "休息中"):
        assert control not in text, control
    first = 1000  # CSS pixels of the first sheet
    for selector in ("h1", ".address", ".week", ".big-link", ".take-code img"):
        box = page.locator(selector).first.bounding_box()
        assert box
        assert box["y"] + box["height"] < first, f"{selector} is not on the first sheet"
    code, way = page.locator(".take").bounding_box(), page.locator(".way").bounding_box()
    assert code and way
    assert code["y"] + code["height"] <= way["y"] + 1, "lies over the text"


def sheets(pdf: bytes) -> list[int]:
    """How many letters stand on each sheet of a PDF."""
    pdftotext = program("pdftotext")
    assert pdftotext, "no pdftotext: `build.py test` installs it for root on Debian; else install poppler-utils"
    text = subprocess.run([pdftotext, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [len("".join(sheet.split())) for sheet in text.removesuffix("\f").split("\f")]


def printed(opened: Callable[..., Watched], many: Path, site: str, path: str, settings: str = "{}") -> tuple[list[int], Page]:
    """The sheets of a page, and the page as it was printed. `settings` are the visitor's, as JSON."""
    script = f"localStorage.setItem('haitang-display', '{settings}')"
    page = opened(path, site, script, many if site == "many" else None, viewport=A4).page
    if page.locator(".finder").count():
        page.wait_for_selector(".finder.is-live")
    if page.locator(".map").count():
        page.locator(".map").first.scroll_into_view_if_needed()
        page.wait_for_selector(".map.is-live")
    page.evaluate("() => { window.over = new Promise((done) => addEventListener('afterprint', done, { once: true })); }")
    told = sheets(page.pdf(prefer_css_page_size=True))
    page.evaluate("() => window.over.then(() => true)")  # else it would take away what the next printing makes
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return told, page


@pytest.mark.parametrize(
    ("site", "path", "settings"), [*((*one, "{}") for one in PRINTED), *((*one, '{"elder":"on"}') for one in LARGE)]
)
def test_no_sheet_is_wasted(opened: Callable[..., Watched], finder_site: Path, site: str, path: str, settings: str) -> None:
    """None holds a heading only or a footer only, none is empty, and what is drawn is not cut, in letters of any size."""
    told, page = printed(opened, finder_site, site, path, settings)
    parts = page.evaluate(PARTS)
    assert min(told) >= 30, told
    assert len(told) == 1 or told[-1] >= parts["foot"] + 8, (told, parts["foot"])
    assert [one for one in parts["whole"] if one[1] > A4["height"] or one[2] != "avoid"] == []


@pytest.mark.parametrize(
    ("site", "most", "settings"),
    [("real", 4, "{}"), ("full", 2, "{}"), ("many", 9, "{}"), ("real", 7, '{"elder":"on"}'), ("many", 28, '{"size":"xlarge"}')],
)
def test_the_map_is_one_sheet_and_then_comes_the_list(
    opened: Callable[..., Watched], finder_site: Path, site: str, most: int, settings: str
) -> None:
    told, page = printed(opened, finder_site, site, "map.html", settings)
    assert len(told) <= most
    parts = [page.locator(selector).first for selector in ("h1", ".map-picture", ".sheet-note", ".paper-list tbody tr")]
    for part in parts:  # a map that is printed is drawn anew
        part.wait_for()
    heading, drawing, key, row = (part.bounding_box() for part in parts)
    assert heading and drawing and key and row
    assert heading["y"] < drawing["y"] < key["y"] < row["y"]
    assert drawing["height"] > 300
    assert key["y"] + key["height"] <= A4["height"]


def test_it_prints_as_a4(opened: Callable[..., Watched]) -> None:
    pdf = opened().page.pdf(prefer_css_page_size=True)
    boxes = {tuple(round(float(part)) for part in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)}
    assert boxes == {(0, 0, 595, 842)}


def as_painted(page: Page) -> list[bytes]:
    """The code as the screen shows it, a byte a pixel."""
    page.locator(".take-code img").scroll_into_view_if_needed()
    rows = page.evaluate(
        """() => {
          const img = document.querySelector(".take-code img"), box = img.getBoundingClientRect();
          const canvas = document.createElement("canvas");
          canvas.width = Math.round(box.width); canvas.height = Math.round(box.height);
          const pen = canvas.getContext("2d");
          pen.drawImage(img, 0, 0, canvas.width, canvas.height);
          const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
          return Array.from({length: canvas.height}, (_, y) =>
            Array.from({length: canvas.width}, (_, x) => data[(y * canvas.width + x) * 4]));
        }"""
    )
    return [bytes(row) for row in rows]


@pytest.mark.requirement(53)
@pytest.mark.parametrize("width", [320, 390, 1440, 1080])
def test_the_code_on_the_screen_is_read(opened: Callable[..., Watched], width: int) -> None:
    page = opened(viewport={"width": width, "height": 1920 if width == 1080 else 844}).page
    assert page.locator(".take-code img").count() == 1
    rows = as_painted(page)
    assert len(rows) >= 200 and len(rows[0]) == len(rows)
    (found,) = zxingcpp.read_barcodes(memoryview(b"".join(rows)).cast("B", shape=[len(rows), len(rows[0])]))
    assert found.text == ADDRESS
    assert (str(found.ec_level), found.symbology_identifier) == ("M", "]Q1"), "not every reader knows other characters (ECI)"
    assert page.get_by_alt_text("禾城镇党群服务中心的二维码，扫一扫打开这一页").is_visible()
    assert ADDRESS in page.inner_text(".take")


def test_sharing_uses_the_phones_own_sheet(opened: Callable[..., Watched]) -> None:
    taken = "window.shared = []; navigator.share = (data) => { shared.push(data); return Promise.resolve(); };"
    page = opened(script=taken).page
    page.locator(".thumb [data-share]").click()
    assert page.evaluate("shared") == [{"title": "禾城镇党群服务中心", "url": ADDRESS}]
    assert page.locator(".toast").count() == 0


def test_a_sheet_that_was_closed_is_no_failure(opened: Callable[..., Watched]) -> None:
    closed = "navigator.share = () => Promise.reject(new DOMException('closed', 'AbortError'));"
    watched = opened(script=closed + "document.execCommand = () => { window.copied = true; }")
    watched.page.locator(".thumb [data-share]").click()
    assert watched.page.evaluate("window.copied") is None
    assert watched.console == []


@pytest.mark.parametrize("clipboard", ["new", "refused", "old"])
def test_without_a_sheet_the_address_is_copied(opened: Callable[..., Watched], clipboard: str) -> None:
    ways = {
        "new": "{writeText: (text) => { window.copied = text; return Promise.resolve(); }}",
        "refused": "{writeText: () => Promise.reject(new Error('no'))}",
        "old": "undefined",
    }
    script = f"""delete Navigator.prototype.share;
      Object.defineProperty(navigator, "clipboard", {{value: {ways[clipboard]}}});
      document.execCommand = () => {{ window.copied = document.activeElement.value; return true; }};"""
    page = opened(script=script).page
    page.locator(".thumb [data-share]").click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("copied") == f"禾城镇党群服务中心 {ADDRESS}"
    assert page.evaluate("document.activeElement.hasAttribute('data-share')"), "the focus stays"
    assert page.locator("textarea:not(#tell *)").count() == 0, "what it was copied from is gone"
    page.mouse.click(5, 300)
    assert not page.locator(".toast").is_visible()


def test_where_nothing_can_be_copied_the_address_is_told(opened: Callable[..., Watched]) -> None:
    script = """delete Navigator.prototype.share; Object.defineProperty(navigator, "clipboard", {value: undefined});
      document.execCommand = () => false;"""
    page = opened(script=script).page
    page.locator(".thumb [data-share]").click()
    page.get_by_text(f"请记下网址：{ADDRESS}").wait_for()


def test_wechat_is_told_its_own_way(opened: Callable[..., Watched]) -> None:
    page = opened(user_agent=WECHAT, script="navigator.share = () => { window.called = true; }").page
    page.locator(".thumb [data-share]").click()
    page.get_by_text("点右上角“…”，发给朋友").wait_for()
    assert page.evaluate("window.called") is None
    assert page.locator("[data-print]").count() and not page.locator("[data-print]").first.is_visible()


def test_a_place_without_a_public_address_is_not_shared(opened: Callable[..., Watched]) -> None:
    """The real directory does not say where it is published: on a stick there is nothing to hand on, and no code."""
    page = opened("positions/qifa-guangchang.html", site="real").page
    assert page.locator("link[rel=canonical]").count() == 0
    assert page.locator(".take-code").count() == 0
    assert not any(one.is_visible() for one in page.locator("[data-share]").all())
    page.emulate_media(media="print")
    assert not page.locator(".take").is_visible()


@pytest.mark.requirement(54)
def test_a_link_in_a_chat_has_title_text_and_picture(sites: dict[str, Path]) -> None:
    titles: dict[str, list[str]] = {}
    for path in sites["full"].rglob("*.html"):
        html = path.read_text("utf-8")
        if path.name == "404.html":
            continue
        told = re.findall(r'<meta ([^>]*?) ?content="([^"]*)"', html)
        metas = {name: text for names, text in told for name in re.findall(r'(?:property|itemprop|name)="([^"]+)"', names)}
        picture = metas["og:image"]
        assert picture.startswith("https://example.org/yangli/")
        content = (sites["full"] / picture.removeprefix("https://example.org/yangli/")).read_bytes()
        with Image.open(BytesIO(content)) as shown:
            assert shown.format in ("PNG", "JPEG") and min(shown.size) >= 300
        assert metas["image"] == picture
        assert metas["og:title"] and metas["og:description"] == metas["description"]
        found = re.search(r"<title>([^<]+)</title>", html)
        assert found
        titles.setdefault(found[1], []).append(path.name)
    repeated = {title: names for title, names in titles.items() if len(names) > 1}
    again = re.compile("he-cheng|he-xian|index")  # former ids, and the first page of a list
    assert all(any(again.search(name) for name in names) for names in repeated.values()), repeated


def test_three_photos_take_one_sheet(opened: Callable[..., Watched]) -> None:
    """The first stands above, the others further down; of none a part is cut off."""
    page = opened(viewport=A4).page
    page.emulate_media(media="print")
    figures = page.locator(".first-photo figure, .photos figure")
    boxes = [figures.nth(at).bounding_box() for at in range(figures.count())]
    assert len(boxes) == 3 and all(boxes)
    rows = {round(box["y"]): box["height"] for box in boxes if box}
    assert sum(rows.values()) <= A4["height"] * 0.6, rows
    assert figures.evaluate_all("all => all.map((one) => getComputedStyle(one).breakInside)") == ["avoid"] * 3
