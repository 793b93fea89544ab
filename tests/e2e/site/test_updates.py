"""A site that is published again while it is open: whole, old or new, in a real Chromium.

Four versions are built once and lie below a folder of the host. Each differs from the one before in its title (every page), in
its style and in its data: the place GONE is deleted in the second, and another comes in the third. The fourth differs from the
third in a brand's story alone.
"""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from haitang.site import build
from haitang.site.build import Builder
from tests.e2e.site.conftest import until
from tests.e2e.site.line import Handler, Line
from tests.worlds import WORLD, inputs, position, publish

GONE, READ, STORY = "positions/qing-shan.html", "positions/he-cheng.html", "brands/he-hua.html"
SHORT_MS = 2000
# The home page of a version is kept, whatever else comes with it too, and a worker is at work.
ACTIVE = """version => navigator.serviceWorker.ready.then(async ({active}) => {
  const pause = () => new Promise((done) => setTimeout(done, 20));
  const url = new URL(`index.html?v=${version}`, active.scriptURL).href;
  for (let turn = 0; turn < 400 && !(await caches.match(url)); turn++) await pause();
  const registration = await navigator.serviceWorker.getRegistration();
  for (let turn = 0; turn < 400; turn++) {
    const {installing, active} = registration;
    const done = !installing && active && active.state === 'activated';
    if (done && navigator.serviceWorker.controller === active) return;
    await pause();
  }
  throw new Error('no worker');
})"""

# What the worker of former releases did: it answered by the path alone, whatever stands behind it.
FORMER = """
const kept = ['index.html', 'assets/haitang.css', 'assets/site.js', 'assets/words.js', 'data/places.js', 'data/facts.js'];
const {scope} = self.registration;
const cache = () => caches.open('haitang-precache-v2-' + scope);
self.addEventListener('install', (event) => event.waitUntil(cache().then((all) => all.addAll(kept))));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => event.respondWith(
  cache().then((all) => all.match(event.request.url, {ignoreSearch: true})).then((found) => found || fetch(event.request))));
"""
# What a carrier, a proxy or an operator puts into a page.
FOREIGN = b"""<script src="https://ad.invalid/assets/a.js?v=1"></script><script src="/a.js?v=1"></script>
<link rel="stylesheet" href="x.css?v=1"></body>"""


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("versions")
    root = Path(shutil.copytree(WORLD, folder / "root"))
    builder, settings, styles = Builder(inputs(root)), root / "directory.yml", build._styles
    made = []
    with pytest.MonkeyPatch.context() as patch:
        for number in (1, 2, 3, 4):
            shown = min(number, 3)
            ours = f":root{{--edition:{shown}}}".encode()
            patch.setattr(build, "_styles", lambda *made_of, ours=ours: [*styles(*made_of), ours])
            if number == 2:
                (root / "positions" / "qingshan" / "qing-shan.yml").unlink()
            if number == 3:
                (root / "positions" / "hecheng" / "xin.yml").write_text(position("xin"), encoding="utf-8")
            if number == 4:
                brand = root / "brands" / "he-hua.yml"
                brand.write_text(
                    brand.read_text(encoding="utf-8").replace("一个虚构的品牌", "一个改过的品牌"), encoding="utf-8"
                )
            text = settings.read_text(encoding="utf-8")
            settings.write_text(text.replace("title: 样例阵地", f"title: 样例阵地 {shown}", 1), encoding="utf-8")
            publish(root, folder / "out", builder=builder)
            settings.write_text(text, encoding="utf-8")
            made.append(folder / f"{number}")
            shutil.copytree((folder / "out" / "site").resolve(), made[-1] / "dir")
    return made


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has no service worker."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, service_workers="block")
    yield context
    context.close()


def settled(page: Page, line: Line, number: int) -> None:
    """The phone keeps that version, and a worker is at work."""
    page.evaluate(ACTIVE, line.home(number))


def visit(phone: BrowserContext, line: Line, number: int = 1) -> Page:
    """A first visit, until the phone keeps the site."""
    page = phone.new_page()
    page.goto(line.url())
    settled(page, line, number)
    return page


def markup(page: Page) -> str:
    return page.inner_text(".brand-mark").removeprefix("样例阵地 ")


def style(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--edition').trim()"))


def data(page: Page) -> dict[str, Any]:
    """What the search of a page is made with; it is loaded once the field has the focus."""
    page.locator("input[type=search]:visible").first.focus()
    page.wait_for_function("() => window.HAITANG && HAITANG.places && HAITANG.facts", timeout=8000)
    return dict(page.evaluate("({places: HAITANG.places, facts: HAITANG.facts})"))


def is_whole(page: Page, line: Line, number: int) -> None:
    """Page, style and data are of one version."""
    page.wait_for_load_state("load")
    assert (markup(page), style(page)) == (str(number), str(number))
    assert data(page) == {name: line.json(number, f"data/{name}.js") for name in ("places", "facts")}


def offer(page: Page) -> Any:
    return page.get_by_role("status").get_by_role("button", name="有新内容，点这里更新")


def look(page: Page) -> None:
    """The page is looked at again."""
    page.evaluate("dispatchEvent(new Event('focus'))")


def loads(page: Page) -> list[str]:
    """The addresses that the page comes to show, from now on."""
    shown: list[str] = []
    page.on("framenavigated", lambda frame: shown.append(frame.url))
    return shown


def looked(page: Page, line: Line) -> None:
    """The page has been looked at again, and what came of it is to be seen: it looks at one thing after the other."""
    for _ in range(2):
        with page.expect_response("**/data/edition.json?fresh"):
            look(page)


def test_the_same_tab_has_the_new_version_at_once(phone: BrowserContext, line: Line) -> None:
    page = visit(phone, line)
    page.goto(line.url(GONE))
    is_whole(page, line, 1)
    line.switch(2)
    assert page.goto(line.url(GONE)).status == 404  # type: ignore[union-attr]
    for path in ("", "index.html", "search.html", "map.html?from=message", READ, "towns/hecheng.html"):
        page.goto(line.url(path))
        is_whole(page, line, 2)
        assert page.locator(f"[href$='{GONE}']").count() == 0
    line.switch(3)
    page.reload()
    is_whole(page, line, 3)


def test_a_reload_brings_it_whole_and_the_phone_has_it_then(phone: BrowserContext, line: Line) -> None:
    page = visit(phone, line)
    line.switch(2)
    page.reload()
    is_whole(page, line, 2)
    settled(page, line, 2)
    line.cut = True
    for path in ("index.html", "search.html", "map.html"):
        page.goto(line.url(path))
        is_whole(page, line, 2)


@pytest.mark.requirement(36)
def test_no_worker_takes_over_while_a_page_is_open_and_the_phone_has_the_new_version(phone: BrowserContext, line: Line) -> None:
    """Chromium can hold up for a minute the page that is loading in the moment in which a worker is replaced."""
    page = visit(phone, line)
    for number in (2, 3):
        line.switch(number)
        page.reload()
        until(page, "(url) => caches.match(url).then(Boolean)", line.url(f"index.html?v={line.home(number)}"))
        until(page, "() => navigator.serviceWorker.getRegistration().then(({installing, waiting}) => !installing && waiting)")
    line.cut = True
    for path in ("index.html", "search.html"):
        page.goto(line.url(path))
        is_whole(page, line, 3)
    page.goto("about:blank")  # the site is closed everywhere
    page.goto(line.url())
    until(
        page,
        "() => navigator.serviceWorker.getRegistration().then(({waiting, active}) => !waiting && active.state === 'activated')",
    )
    is_whole(page, line, 3)


def test_a_short_visit_asks_for_it(phone: BrowserContext, line: Line) -> None:
    page = visit(phone, line)
    page.goto("about:blank")
    line.switch(2)
    line.asked.clear()
    page.goto(line.url(READ))
    for _ in range(SHORT_MS // 20):
        if any(path.endswith("/sw.js") for path in line.asked):
            break
        page.wait_for_timeout(20)
    page.goto("about:blank")
    assert "/some/dir/sw.js" in line.asked
    page.goto(line.url("about.html"))
    settled(page, line, 2)
    line.cut = True
    page.goto(line.url())
    is_whole(page, line, 2)


def test_the_network_goes_while_the_new_version_is_fetched(phone: BrowserContext, line: Line) -> None:
    page = visit(phone, line)
    page.goto(line.url(READ))
    is_whole(page, line, 1)
    line.switch(2)

    def cut(path: str) -> None:
        line.cut = line.cut or "/index.html?v=" in path

    line.before = cut
    while not line.cut:  # one that was under way already may have seen the old version
        page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update()).catch(() => null)")
    until(page, "() => navigator.serviceWorker.getRegistration().then(({installing}) => !installing)")
    for path in (READ, "index.html", "search.html"):
        page.goto(line.url(path))
        is_whole(page, line, 1)
    line.before, line.cut = (lambda path: None), False
    page.reload()
    is_whole(page, line, 2)
    settled(page, line, 2)
    line.cut = True
    page.goto(line.url())
    is_whole(page, line, 2)


def test_what_was_read_before_stays_whole_without_network(phone: BrowserContext, line: Line) -> None:
    page = visit(phone, line)
    page.goto(line.url(READ))
    page.goto(line.url(GONE))
    line.switch(2)
    page.goto(line.url())
    settled(page, line, 2)
    assert page.goto(line.url(GONE)).status == 404  # type: ignore[union-attr]
    line.cut = True
    page.goto(line.url(READ))
    assert (markup(page), style(page)) == ("1", "1")
    page.goto(line.url(GONE))  # what is known to be gone is not shown again
    assert page.inner_text("h1") == "现在没有网络"


def test_a_tab_left_open_over_two_versions_stays_what_it_is(phone: BrowserContext, line: Line) -> None:
    left = visit(phone, line)
    other = phone.new_page()
    for number in (2, 3):
        line.switch(number)
        other.goto(line.url())
        settled(other, line, number)
    is_whole(left, line, 1)
    is_whole(other, line, 3)
    left.bring_to_front()
    look(left)
    offer(left).click()
    left.wait_for_function("getComputedStyle(document.documentElement).getPropertyValue('--edition').trim() === '3'")
    is_whole(left, line, 3)
    expect(offer(left)).to_have_count(0)


def test_an_open_page_offers_it(plain: BrowserContext, line: Line) -> None:
    page = plain.new_page()
    with page.expect_response("**/data/edition.json?fresh"):
        page.goto(line.url("search.html?town=hecheng#main"))
    region = page.locator(".renew[role=status]")
    expect(region).to_be_empty()
    line.switch(2)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    look(page)
    expect(offer(page)).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    box, below = offer(page).bounding_box(), page.locator("header.top").bounding_box()
    assert box and below
    assert box["height"] >= 44
    assert (box["x"], box["y"]) == (0, 0)
    assert box["y"] + box["height"] <= below["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.emulate_media(media="print")
    expect(offer(page)).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("scrollTo(0, 300)")
    offer(page).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == line.url("search.html?town=hecheng#main")
    is_whole(page, line, 2)


def test_a_page_that_caught_the_switch_loads_itself_again(plain: BrowserContext, line: Line) -> None:
    def switch(path: str) -> None:
        if "haitang.css" in path and line.before is switch:
            line.before = lambda path: None
            line.switch(2)

    line.before = switch
    page = plain.new_page()
    page.goto(line.url(READ))
    page.wait_for_function("document.querySelector('.brand-mark').innerText.endsWith('2')")
    is_whole(page, line, 2)
    expect(offer(page)).to_have_count(0)


def whole_data(page: Page, line: Line, number: int) -> None:
    """The data of that version, whatever the page is of."""
    assert data(page) == {name: line.json(number, f"data/{name}.js") for name in ("places", "facts")}


def test_an_older_page_takes_the_data_that_are_out(plain: BrowserContext, line: Line) -> None:
    page = plain.new_page()
    with page.expect_response("**/data/edition.json?fresh"):
        page.goto(line.url("brands/he-hua.html"))
    line.switch(2)
    whole_data(page, line, 2)
    assert markup(page) == "1"


@pytest.mark.parametrize("path", [READ, "index.html", "search.html"])
def test_an_index_that_is_out_of_date_is_replaced(plain: BrowserContext, line: Line, path: str) -> None:
    """A server or a cache on the way still gives the index of the version before."""
    line.switch(2)
    asked: list[str] = []

    def is_first(request: Handler) -> bool:
        if "data/files.js" in request.path:
            asked.append(request.path)
        return "data/files.js" in request.path and len(asked) == 1

    line.stale = is_first
    page = plain.new_page()
    page.goto(line.url(path))
    whole_data(page, line, 2)
    assert len(asked) == 2


def test_data_of_two_versions_are_never_mixed(plain: BrowserContext, line: Line) -> None:
    page = plain.new_page()

    def switch(path: str) -> None:
        if "data/facts.js" in path:
            line.before = lambda path: None
            line.switch(2)

    page.goto(line.url("activities/index.html"))
    page.wait_for_function("window.HAITANG && HAITANG.places")
    line.before = switch
    page.locator("input[type=search]:visible").first.focus()
    expect(offer(page)).to_be_visible()
    assert page.evaluate("HAITANG.places") == line.json(1, "data/places.js")
    assert not page.evaluate("HAITANG.facts")


def test_where_scripts_are_rewritten_on_the_way_the_search_still_works(plain: BrowserContext, line: Line) -> None:
    page = plain.new_page()
    line.rewriting[".js"] = lambda content: content + b"/* seen */"
    page.goto(line.url())
    is_whole(page, line, 1)


def test_a_host_that_lets_browsers_keep_pages(phone: BrowserContext, line: Line) -> None:
    line.caching = "max-age=600"
    page = visit(phone, line)
    for path in (READ, "map.html", "search.html"):
        page.goto(line.url(path))
        is_whole(page, line, 1)
    line.switch(2)
    for path in (READ, "map.html", "search.html", "index.html"):
        page.goto(line.url(path))
        is_whole(page, line, 2)


@pytest.mark.parametrize("browser_kind", ["plain", "phone"])
@pytest.mark.parametrize("caching", ["no-cache", "max-age=600"])
def test_parts_of_another_server_are_fetched_again(
    browser_kind: str, caching: str, line: Line, request: pytest.FixtureRequest
) -> None:
    """The page and the edition are new, and a server that is behind gives the style and the data, once."""
    page: Page = request.getfixturevalue(browser_kind).new_page()
    line.switch(2)
    line.caching, given = caching, set[str]()

    def stale(asked: Handler) -> bool:
        name = asked.path.partition("?")[0].rpartition("/")[2]
        is_first = name in ("haitang.css", "places.js") and name not in given
        given.add(name)
        return is_first

    line.stale, shown = stale, loads(page)
    page.goto(line.url(READ))
    page.wait_for_function("getComputedStyle(document.documentElement).getPropertyValue('--edition').trim() === '2'")
    is_whole(page, line, 2)
    looked(page, line)
    assert shown == [line.url(READ)] * 2
    expect(offer(page)).to_have_count(0)
    assert {"haitang.css", "places.js"} <= given


def test_half_a_page_is_not_loaded_for_ever_nor_under_a_visitors_hands(plain: BrowserContext, line: Line) -> None:
    page = plain.new_page()
    line.switch(2)
    line.stale = lambda asked: "haitang.css" in asked.path
    shown = loads(page)
    page.goto(line.url(READ))
    for _ in range(3):
        looked(page, line)
    assert shown == [line.url(READ)]  # nothing better is to be had
    expect(offer(page)).to_have_count(0)
    page.mouse.click(5, 300)
    line.stale = lambda asked: False
    look(page)
    expect(offer(page)).to_be_visible()
    assert shown == [line.url(READ)]
    offer(page).click()
    page.wait_for_function("getComputedStyle(document.documentElement).getPropertyValue('--edition').trim() === '2'")
    is_whole(page, line, 2)
    looked(page, line)
    assert shown == [line.url(READ)] * 2


def test_a_page_that_comes_half_again_and_again_makes_no_loop(plain: BrowserContext, line: Line) -> None:
    page = plain.new_page()
    line.switch(2)
    line.stale, shown = (lambda asked: asked.headers["Sec-Fetch-Dest"] == "style"), loads(page)
    page.goto(line.url(READ))
    page.wait_for_function("() => performance.getEntriesByType('navigation')[0].type === 'reload'")
    looked(page, line)
    assert (markup(page), style(page)) == ("2", "1")
    assert shown == [line.url(READ)] * 2
    expect(offer(page)).to_have_count(0)


@pytest.mark.parametrize("comes_first", ["page", "worker"])
def test_the_worker_of_former_releases_gives_nothing_old(
    phone: BrowserContext, line: Line, tmp_path: Path, comes_first: str
) -> None:
    former = Path(shutil.copytree(line.versions[0], tmp_path / "before"))
    (former / "dir" / "sw.js").write_text(FORMER, encoding="utf-8")
    for path in (former / "dir").rglob("*.html"):  # a script of that name it had not
        path.write_text(
            re.sub("<script src=[^>]*start.js[^>]*></script>", "", path.read_text(encoding="utf-8")), encoding="utf-8"
        )
    line.versions = [former, *line.versions[1:]]
    line.switch(1)
    page = phone.new_page()
    page.goto(line.url())
    until(page, "() => navigator.serviceWorker.controller")
    line.switch(2)
    if comes_first == "worker":  # the new one takes over before the first script of the page has its turn
        busy = iter([b"<script>for (const end = Date.now() + 4000; Date.now() < end;);</script>"])
        line.before = lambda path: line.rewriting.update(
            {".html": lambda html: html.replace(b"<script src", next(busy, b"") + b"<script src", 1)}
            if path.endswith(READ)
            else {}
        )
        page.evaluate("navigator.serviceWorker.getRegistration().then((found) => void found.update())")
    page.goto(line.url(READ))
    page.wait_for_function("getComputedStyle(document.documentElement).getPropertyValue('--edition').trim() === '2'")
    page.wait_for_load_state("networkidle", timeout=120_000)  # it may load itself once more: scripts of another version
    is_whole(page, line, 2)
    expect(offer(page)).to_have_count(0)
    settled(page, line, 2)
    page.goto(line.url())
    is_whole(page, line, 2)


def test_a_change_in_a_page_alone_is_offered_there_and_not_elsewhere(plain: BrowserContext, line: Line) -> None:
    line.switch(3)
    assert line.json(3, "data/edition.json")["parts"] == line.json(4, "data/edition.json")["parts"]
    line.caching = "max-age=600"
    page, other = plain.new_page(), plain.new_page()
    for tab, path in ((page, STORY), (other, READ)):
        with tab.expect_response("**/data/edition.json?fresh"):
            tab.goto(line.url(path))
    line.switch(4)
    look(page)
    expect(offer(page)).to_be_visible()
    looked(other, line)
    expect(offer(other)).to_have_count(0)
    offer(page).click()
    expect(page.get_by_text("一个改过的品牌").first).to_be_visible()
    looked(page, line)
    expect(offer(page)).to_have_count(0)


def test_a_page_that_the_browser_kept_is_offered_anew(plain: BrowserContext, line: Line) -> None:
    line.switch(3)
    line.caching = "max-age=600"
    page = plain.new_page()
    page.goto(line.url(STORY))
    looked(page, line)  # one that is interrupted could take away what the browser kept
    page.goto(line.url(READ))
    line.switch(4)
    page.goto(line.url(STORY))
    expect(page.get_by_text("一个虚构的品牌").first).to_be_visible()
    expect(offer(page)).to_be_visible()


def test_the_site_is_switched_while_data_are_asked_for(plain: BrowserContext, line: Line) -> None:
    page = plain.new_page()
    page.goto(line.url(READ))

    switching, switched = Lock(), Event()

    def switch(path: str) -> None:
        if "data/places.js" in path or "data/facts.js" in path:  # whichever comes first: of none is an old one here
            with switching:  # they come at once, and the other one waits
                if not switched.is_set():
                    line.switch(2)
                switched.set()

    line.before = switch
    whole_data(page, line, 2)


def test_what_somebody_put_into_a_page_is_none_of_ours(phone: BrowserContext, line: Line) -> None:
    page = visit(phone, line)
    line.rewriting[".html"] = lambda content: content.replace(b"</body>", FOREIGN)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(line.url(READ))
    looked(page, line)
    expect(offer(page)).to_have_count(0)
    line.switch(2)
    look(page)
    offer(page).click()
    page.wait_for_function("getComputedStyle(document.documentElement).getPropertyValue('--edition').trim() === '2'")
    is_whole(page, line, 2)
    looked(page, line)
    expect(offer(page)).to_have_count(0)
    assert errors == []
    line.cut = True
    page.goto(line.url(READ))
    assert (markup(page), style(page)) == ("2", "2")


def test_an_offer_that_did_not_help_is_not_made_again_at_once(plain: BrowserContext, line: Line) -> None:
    page = plain.new_page()
    page.goto(line.url(READ))
    line.switch(2)
    look(page)
    expect(offer(page)).to_be_visible()
    line.stale = lambda asked: asked.headers["Sec-Fetch-Mode"] == "navigate" or "?v=" in asked.path
    with page.expect_navigation():
        offer(page).click()
    looked(page, line)
    assert markup(page) == "1"
    expect(offer(page)).to_have_count(0)
    page.evaluate("Object.keys(sessionStorage).forEach((key) => sessionStorage.setItem(key, Date.now() - 600001))")
    look(page)
    expect(offer(page)).to_be_visible()


def test_who_asks_again_waits_for_a_slow_host(phone: BrowserContext, line: Line) -> None:
    page = visit(phone, line)
    page.goto(line.url(READ))
    line.switch(2)
    line.before = lambda path: time.sleep(3.3) if path.endswith(READ) else None  # more than another visit waits for
    page.reload()
    assert markup(page) == "2"


@pytest.mark.parametrize("status", [500, 503, 429, 403])
def test_a_host_that_fails_is_as_none(phone: BrowserContext, line: Line, status: int) -> None:
    page = visit(phone, line)
    page.goto(line.url(READ))
    line.failing = status
    for path in (READ, "index.html", "search.html"):
        assert page.goto(line.url(path)).status == 200  # type: ignore[union-attr]
        assert (markup(page), style(page)) == ("1", "1")
    assert page.goto(line.url(GONE)).status == status  # type: ignore[union-attr]
