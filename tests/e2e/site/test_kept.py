"""What a phone shows without a network of pages it never read, what it keeps and how that is cleared, in a real Chromium."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, expect

from tests.e2e.site.conftest import open_line, until
from tests.e2e.site.finder_world import NOON, Place
from tests.e2e.site.line import Line
from tests.e2e.site.press import Press, first_visit
from tests.e2e.site.test_finder import expected, in_order
from tests.site.test_service_worker import kept

READ = "positions/he-cheng.html"
SEEN = 20
NO_NETWORK = "现在没有网络"
KEPT_PAGES = """async (count) => {
  const names = (await caches.keys()).filter((name) => name.includes('-read-'));
  return names.length && (await (await caches.open(names[0])).keys()).length === count;
}"""
NOTHING_LEFT = """async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length"""


@pytest.fixture
def versions(request: pytest.FixtureRequest, tmp_path: Path) -> list[Path]:
    """The small world, which comes whole; for tests of the finder's world that one, which is too large for that."""
    if "world" not in request.fixturenames:
        return [request.getfixturevalue("press").served.parent]
    folder = tmp_path / "large"
    folder.mkdir()
    (folder / "dir").symlink_to(request.getfixturevalue("finder_site"))
    return [folder]


@pytest.fixture
def roomy(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that need not save data."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="allow")
    yield context
    context.close()


def listed(folder: Path) -> dict[str, str]:
    """The pages that come later, with their digests."""
    return dict(json.loads((folder / "data" / "pages.json").read_text(encoding="utf-8")))


def test_any_result_opens_without_a_network(phone: BrowserContext, line: Line, world: list[Place]) -> None:
    page = first_visit(phone, line)
    line.cut = True
    page.clock.set_fixed_time(NOON)
    page.goto(line.url("search.html"))
    page.wait_for_selector(".find-list .card")
    found = in_order(page)
    by_id = {place.id: place for place in world}
    for own in random.Random(16).sample(found, SEEN):
        place = by_id[own]
        page.goto(line.url(f"positions/{own}.html"))
        sheet = page.locator(".kept-place")
        expect(page.locator("h1")).to_have_text(place.name)
        text = sheet.inner_text()
        assert sheet.locator(f"a[href='tel:{place.phone}']").count() == (2 if place.phone else 0), own
        for told in (*place.services, *place.facilities, "2026-11-20"):
            assert told in text, own
        if place.hours and place.status == "open":
            assert ("休息中" not in text) is place.is_open, own
        assert (place.hours or "待核实") in text, own
        assert sheet.locator("a[href^='https://uri.amap.com']").count() == (1 if place.spot else 0), own
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_lists_lead_to_the_search_that_shows_the_same(phone: BrowserContext, line: Line, world: list[Place]) -> None:
    page = first_visit(phone, line)
    line.cut = True
    for path, asked in (
        ("towns/jia-zhen.html", {"town": ["jia-zhen"]}),
        ("tiers/centre.html", {"tier": ["centre"]}),
        ("brands/hong-mei.html", {"brand": ["hong-mei"]}),
    ):
        page.goto(line.url(path))
        (key, [value]) = next(iter(asked.items()))
        page.locator(f"main a[href='search.html?{key}={quote(value)}']").click()
        page.wait_for_selector(".find-list .card")
        assert page.inner_text(".find-list .list-count") == f"共 {len(expected(world, **asked))} 处", path


def test_a_small_site_comes_whole_and_stays_of_today(roomy: BrowserContext, line: Line, press: Press) -> None:
    """Also from a host that takes `.html` off addresses; a page that is still being copied is none."""
    line.strips = True
    pages, half = listed(press.served), press.served / "brands" / "he-hua.html"
    half.write_bytes(half.read_bytes()[:-100])
    page = first_visit(roomy, line)
    until(page, KEPT_PAGES, len(pages) - 1)
    brand = press.root / "brands" / "he-hua.yml"
    brand.write_text(brand.read_text(encoding="utf-8").replace("一个虚构的品牌", "一个改过的品牌"), encoding="utf-8")
    press.publish()
    line.asked.clear()
    page.evaluate("navigator.serviceWorker.ready.then(({active}) => active.postMessage('keep-all'))")
    until(page, KEPT_PAGES, len(pages))
    assert 0 < len([path for path in line.asked if path.endswith(".html")]) < len(pages), "only what is not kept"
    line.cut = True
    for path in ("brands/he-hua", "brands/", *random.Random(16).sample(sorted(pages), 6)):
        page.goto(line.url(path))
        assert page.url == line.url(path)
        assert page.inner_text("h1") != NO_NETWORK
        assert path != "brands/he-hua" or "一个改过的品牌" in page.inner_text("main")


PICTURES = """async (count) => {
  const [name] = (await caches.keys()).filter((name) => name.includes('-pictures-'));
  return name && (await (await caches.open(name)).keys()).length === count;
}"""
SHOWN = """() => [...document.querySelectorAll('main .pic img')].every((img) => img.complete && img.naturalWidth > 0)"""


def test_pictures_of_places_come_after_all_pages_and_are_there_offline(browser: Browser, line: Line, press: Press) -> None:
    """On a screen that would ask for larger ones."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=3, service_workers="allow")
    wanted = json.loads((press.served / "data" / "pictures.json").read_text(encoding="utf-8"))
    assert len(wanted) >= 2
    page = first_visit(context, line)
    until(page, PICTURES, len(wanted))
    asked = [path for path in line.asked if path.endswith((".html", ".webp", "pictures.json"))]
    last_page = max(at for at, path in enumerate(asked) if path.removeprefix("/some/dir/") in listed(press.served))
    assert asked[last_page + 1].endswith("pictures.json"), "no page has waited for a picture"
    line.cut = True
    page.goto(line.url(READ))
    for each in page.locator("main .pic img").all():
        each.scroll_into_view_if_needed()
    assert page.locator("main .pic img").count() >= 2
    page.wait_for_function(SHOWN)
    context.close()


def test_what_is_no_longer_shown_is_no_longer_kept(roomy: BrowserContext, line: Line, press: Press) -> None:
    wanted = json.loads((press.served / "data" / "pictures.json").read_text(encoding="utf-8"))
    page = first_visit(roomy, line)
    until(page, PICTURES, len(wanted))
    (press.served / "data" / "pictures.json").write_text(json.dumps(dict([*wanted.items()][1:])), encoding="utf-8")
    page.evaluate("navigator.serviceWorker.ready.then(({active}) => active.postMessage('keep-all'))")
    until(page, PICTURES, len(wanted) - 1)


@pytest.mark.parametrize("kind", [{"saveData": True}, {"effectiveType": "2g"}, {"effectiveType": "slow-2g", "saveData": False}])
def test_who_saves_data_is_brought_no_picture(browser: Browser, line: Line, kind: dict[str, object]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="allow")
    context.add_init_script(f"Object.defineProperty(navigator, 'connection', {{value: {json.dumps(kind)}}})")
    context.add_init_script("window.later = window.setTimeout; setTimeout = (act, ms) => later(act, Math.min(ms || 0, 50))")
    page = first_visit(context, line)
    page.goto(line.url("about.html"))
    page.wait_for_function("performance.now() > 1500")  # what would come has begun by then
    assert not [path for path in line.asked if path.endswith(("pages.json", "pictures.json", ".webp"))]
    context.close()


def test_hosts_that_take_html_off_addresses(phone: BrowserContext, line: Line) -> None:
    line.strips = True
    page = first_visit(phone, line)
    page.goto(line.url(READ))
    assert page.url == line.url("positions/he-cheng")
    page.goto(line.url("towns/index.html"))
    assert page.url == line.url("towns/")
    line.cut = True
    for path in (READ, "positions/he-cheng", "positions/he-cheng?from=singlemessage"):
        page.goto(line.url(path))
        assert (page.url, page.inner_text("h1")) == (line.url(path), "禾城镇党群服务中心")
    for path in ("", "search?q=hecheng", "search.html", "about", "towns/"):
        page.goto(line.url(path))
        assert "offline.html" not in page.url, path
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"
    page.goto(line.url("positions/gong-yuan"))
    expect(page.locator("h1")).to_have_text("样例公园")
    assert not [path for path in line.asked if path.endswith("pages.json")], "this phone saves data"


def test_a_visitor_sees_what_is_kept_and_clears_it(phone: BrowserContext, line: Line, press: Press) -> None:
    page = first_visit(phone, line)
    page.goto(line.url(READ))
    page.goto(line.url("about.html"))
    page.locator("footer a[href='offline.html']").click()
    told = page.locator(".kept-store")
    pages = [path for path in kept(press.served) if path.endswith(".html")]
    expect(told).to_contain_text(f"本站 {len(pages) + 1} 页")
    assert page.inner_text("h1") == "没有网络也能用"
    told.get_by_role("button", name="清掉").click()
    expect(told).to_contain_text("已经清掉了")
    assert page.evaluate(NOTHING_LEFT)
    line.cut = True
    page.goto("about:blank")
    with pytest.raises(Error):
        page.goto(line.url(READ))


def test_after_a_move_nothing_is_left_at_the_old_address(
    phone: BrowserContext, line: Line, press: Press, tmp_path: Path
) -> None:
    """As docs/administrators.md says: sw.js of a build with `offline: 否`, and all else leads to the new address."""
    page = first_visit(phone, line)
    page.goto(line.url(READ))
    new = Path(shutil.copytree(press.served, tmp_path / "moved" / "site" / "dir")).parent
    press.settings("title: 样例阵地", "offline: 否\ntitle: 样例阵地")
    press.publish()
    with open_line(tmp_path / "moved", [new]) as there:
        line.moved_to = there.url("").removesuffix("/some/dir/")
        page.goto(line.url(READ))
        assert (page.url, page.inner_text("h1")) == (there.url(READ), "禾城镇党群服务中心")
        page.goto(line.url("sw.js"))  # all that the old address still answers
        page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found && found.update().catch(() => null))")
        until(page, NOTHING_LEFT)
        line.cut = True
        page.goto("about:blank")
        with pytest.raises(Error):
            page.goto(line.url(READ))
