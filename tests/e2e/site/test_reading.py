"""What every public page owes its readers: it can be enlarged, its lines have room, nothing waits for a mouse or opens by
itself, who answers for it is named, and its name fits where it is shared."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.test_kiosk_rows import spread
from tests.e2e.site.conftest import Watched

PAGES = (
    "world/index.html", "world/positions/he-cheng.html", "world/brands/he-hua.html", "world/about.html",
    "world/about/san-ji.html", "world/towns/hecheng.html", "world/map.html", "world/search.html",
    "world/activities/index.html", "news/changes.html",
)  # fmt: skip
# Chinese text of several lines: how high they are, how many characters one holds, how they begin, how far the next is.
LINES = """() => [...document.querySelectorAll('main p, main li, main dd')].flatMap((block) => {
  const own = [...block.childNodes].map((node) => node.nodeType === 3 ? node.data.trim() : '').join('');
  const style = getComputedStyle(block), size = parseFloat(style.fontSize), high = parseFloat(style.lineHeight);
  const box = block.getBoundingClientRect();
  if (!/[\\u4e00-\\u9fff]{8}/.test(own) || style.display === 'none' || box.height < high * 1.9) return [];
  const next = block.matches('.prose > p') && block.nextElementSibling, starts = [], range = document.createRange();
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node, before = null; (node = texts.nextNode()); )
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at); range.setEnd(node, at + 1);
      const rect = range.getClientRects()[0];
      if (rect && before !== null && rect.top > before + size / 2) starts.push(node.data[at]);
      if (rect) before = rect.top;
    }
  return [{text: own.slice(0, 20), lead: high / size, wide: box.width / size, starts: starts.join(''),
    apart: next && next.matches('p') ? (next.getBoundingClientRect().top - box.bottom) / (high - size) : null}];
})"""
# What a mouse over something may change: how it looks, never whether it is there.
LOOKS = re.compile(
    r"(?:-webkit-)?(?:color|background(?:-[a-z]+)?|border(?:-[a-z]+)*|text-decoration(?:-[a-z]+)*|box-shadow|outline(?:-[a-z]+)?"
    r"|fill|stroke(?:-[a-z]+)?|transform|filter|cursor|text-underline-offset)"
)
OPEN = "[role=dialog]:visible, [role=alertdialog]:visible, dialog:visible, [aria-modal]:visible"


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, service_workers="block")
    yield context.new_page()
    context.close()


@pytest.mark.requirement(42, 55)
def test_lines_have_room_and_are_no_longer_than_the_eye_follows(desk: Page, every_kind: Path, real_site: Path) -> None:
    told, apart = 0, 0
    pages = [*(every_kind / path for path in PAGES), real_site / "about.html", real_site / "about" / "index.html"]
    for width, height in ((390, 844), (1440, 900)):
        desk.set_viewport_size({"width": width, "height": height})
        for path in pages:
            desk.goto(path.as_uri())
            assert desk.evaluate("document.documentElement.lang") == "zh-CN"
            for line in desk.evaluate(LINES):
                told += 1
                assert line["lead"] >= 1.3, (path, line)
                assert line["lead"] >= 1.6 or width == 390, (path, line)
                assert line["wide"] <= 48.5, (path, line)
                assert not set(line["starts"]) & set("，。、；：？！）》」”"), (path, line)
                if line["apart"] is not None:
                    apart += 1
                    assert line["apart"] >= 1.3, (path, line)
    assert told > 40 and apart > 2


@pytest.mark.requirement(18)
def test_two_fingers_enlarge_every_public_page(browser: Browser, every_kind: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    fingers = context.new_cdp_session(page)
    for path in ("world/index.html", "world/positions/he-cheng.html", "world/about.html"):
        page.goto((every_kind / path).as_uri())
        assert "user-scalable" not in (page.get_attribute("meta[name=viewport]", "content") or "")
        spread(fingers, 195, 500)
        page.wait_for_function("visualViewport.scale > 1.5")
    context.close()


@pytest.mark.requirement(24)
def test_nothing_waits_for_a_mouse(every_kind: Path) -> None:
    rules = 0
    for sheet in sorted((every_kind / "world").rglob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        for selector, body in re.findall(r"([^{}]*:hover[^{}]*)\{([^{}]*)\}", text):
            rules += 1
            names = [part.partition(":")[0].strip() for part in body.split(";") if ":" in part]
            assert [name for name in names if not name.startswith("--") and not LOOKS.fullmatch(name)] == [], (
                sheet.name,
                selector,
            )
    assert rules > 5


@pytest.mark.requirement(49)
def test_nothing_opens_by_itself(desk: Page, every_kind: Path) -> None:
    watched = Watched(desk)
    desk.clock.install()
    for path in PAGES[:3]:
        desk.goto((every_kind / path).as_uri())
        for _ in range(5):
            desk.clock.fast_forward(60_000)
            assert desk.locator(OPEN).count() == 0, path
    assert watched.console == []


@pytest.mark.requirement(50)
def test_who_answers_stands_at_the_foot(desk: Page, every_kind: Path) -> None:
    desk.goto((every_kind / "world/index.html").as_uri())
    foot = desk.locator(".foot-identity")
    number = foot.get_by_role("link", name="样ICP备00000000号-1")
    assert number.get_attribute("href") == "https://beian.miit.gov.cn/"
    assert "蓝田市样例单位" in foot.inner_text() and "0512-00000000" in foot.inner_text()  # 核对过：编的
    assert desk.locator(".foot time").count() == 1
    first, last = foot.locator("li").first.bounding_box(), foot.locator("li").last.bounding_box()
    assert first and last
    assert first["x"] == pytest.approx(1440 - last["x"] - last["width"], abs=30)  # in the middle
    below = desk.evaluate(
        "(e) => document.documentElement.scrollHeight - e.getBoundingClientRect().bottom", foot.element_handle()
    )
    assert below < 100


@pytest.mark.requirement(53)
def test_one_code_in_a_window(desk: Page, every_kind: Path) -> None:
    """WeChat reads what it sees first: two in sight, and a long press opens the wrong one."""
    desk.set_viewport_size({"width": 390, "height": 844})
    codes = 0
    seen = """all => all.map((one) => one.getBoundingClientRect()).filter((r) => r.height).map((r) => [r.top, r.bottom])"""
    for path in PAGES:
        desk.goto((every_kind / path).as_uri())
        places = desk.eval_on_selector_all("img[alt*=二维码]", seen)
        codes += len(places)
        assert all(after[0] - before[1] > 844 for before, after in pairwise(places)), path
    assert codes


@pytest.mark.requirement(54)
def test_every_name_fits_where_it_is_shared(real_site: Path) -> None:
    found: dict[str, str] = {}
    for page in sorted(real_site.rglob("*.html")):
        if title := re.search(r"<title>([^<]+)</title>", page.read_text("utf-8")):
            path = page.relative_to(real_site).as_posix()
            assert len(title[1]) <= 30, (path, title[1])
            assert title[1] not in found, (path, found[title[1]])
            found[title[1]] = path
    assert len(found) > 100
