"""The service worker in a real Chromium, on a server of our own that can fall silent or lose a file."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from haitang.core.digests import integrity, version_of
from tests.conftest import ARGUMENTS, headless
from tests.e2e.site.conftest import Watched, until
from tests.e2e.site.line import Line
from tests.e2e.site.press import ACTIVE, Press, first_visit

READ, UNREAD = "positions/he-cheng.html", "about/san-ji.html"
SETTLED = """() => navigator.serviceWorker.getRegistration().then(({active, installing}) =>
  active && active.state === 'activated' && !installing)"""
# One look for a new version: what came of it. The browser looks by itself as well, shortly after a visit, and may be faster;
# nothing here waits for ever.
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  let fresh = registration.installing;
  registration.addEventListener('updatefound', () => (fresh = registration.installing));
  for (let turn = 0; turn < 100 && !fresh && !registration.waiting; turn++) {
    await Promise.race([registration.update().catch(() => null), pause(2000)]);
    await pause(100);
  }
  fresh = fresh || registration.waiting;
  for (let turn = 0; turn < 500 && fresh.state === 'installing'; turn++) await pause(20);
  return fresh.state;
}"""


@pytest.fixture
def versions(press: Press) -> list[Path]:
    return [press.served.parent]


def title(page: Page) -> str:
    return page.inner_text(".brand-mark")


def next_visit(phone: BrowserContext, line: Line, path: str = "index.html") -> Page:
    """The site was closed everywhere, and is opened again."""
    for page in phone.pages:
        page.goto("about:blank")  # closing the last window would end the browser's session
    page = phone.pages[0]
    page.wait_for_timeout(300)
    page.goto(line.url(path))
    return page


@pytest.mark.requirement(36)
def test_the_second_visit_needs_no_network(phone: BrowserContext, line: Line, press: Press) -> None:
    page = first_visit(phone, line)
    page.goto(line.url(READ))
    line.cut = True
    page.reload()
    assert page.inner_text("h1") == "禾城镇党群服务中心"
    for path in ("index.html", "search.html?q=hecheng&town=hecheng", "map.html?from=message", "about.html"):
        page.goto(line.url(path))
        assert page.locator("h1").is_visible(), path
        assert "offline.html" not in page.url
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"
    page.goto(line.url(f"{READ}?from=singlemessage"))
    assert page.inner_text("h1") == "禾城镇党群服务中心"
    names = ["assets/site.js", "data/places.js", "data/points.js", "data/facts.js"]
    urls = [f"../{name}?v={version_of(integrity((press.served / name).read_bytes()))}" for name in names]
    kept = page.evaluate("(urls) => Promise.all(urls.map((url) => fetch(url).then(({ok}) => ok)))", urls)
    assert kept == [True] * len(names)


def test_a_page_that_was_never_read_is_said_to_be_missing(phone: BrowserContext, line: Line) -> None:
    page = first_visit(phone, line)
    line.cut = True
    page.goto(line.url(UNREAD))
    assert page.inner_text("h1") == "现在没有网络"
    assert page.locator("main a[href='search.html']").is_visible()
    line.cut = False
    page.locator("[data-retry]").click()
    page.wait_for_url(line.url(UNREAD))
    assert page.inner_text("h1") != "现在没有网络"


def test_a_new_version_is_there_with_the_next_page_and_is_kept(phone: BrowserContext, line: Line, press: Press) -> None:
    page = first_visit(phone, line)
    page.reload()
    press.settings("title: 样例阵地", "title: 新样例阵地")
    press.publish()
    page.reload()
    assert title(page) == "新样例阵地"
    home = f"index.html?v={version_of(integrity((press.served / 'index.html').read_bytes()))}"
    until(page, "(home) => caches.match(home).then(Boolean)", line.url(home))
    until(page, SETTLED)
    page = next_visit(phone, line)
    page.evaluate(ACTIVE)
    line.cut = True
    page.reload()
    assert title(page) == "新样例阵地"
    assert page.evaluate("caches.keys().then((names) => names.filter((name) => name.includes('-parts-')).length)") == 1


@pytest.mark.requirement(36)
@pytest.mark.parametrize("damage", ["gone", "half"])
def test_one_missing_file_keeps_the_old_version(phone: BrowserContext, line: Line, press: Press, damage: str) -> None:
    page = first_visit(phone, line)
    press.settings("title: 样例阵地", "title: 新样例阵地")
    press.publish()
    if damage == "gone":
        line.missing.add("search.html")
    else:  # a copy that is still going on
        file = press.served / "search.html"
        file.write_bytes(file.read_bytes()[:-100])
    assert page.evaluate(UPDATE) == "redundant"
    line.cut = True
    page = next_visit(phone, line)
    assert title(page) == "样例阵地"
    page.goto(line.url("search.html"))
    assert title(page) == "样例阵地"


def test_the_kill_switch_clears_everything_away(phone: BrowserContext, line: Line, press: Press) -> None:
    page = first_visit(phone, line)
    page.goto(line.url(READ))
    assert page.evaluate("caches.keys()") != []
    press.settings("title: 样例阵地", "offline: 否\ntitle: 样例阵地")
    press.publish()
    # The browser may have looked by itself already, and then there is nothing left to look after.
    look = "navigator.serviceWorker.getRegistration().then((found) => found && found.update().catch(() => null))"
    page.evaluate(f"Promise.race([{look}, new Promise((done) => setTimeout(done, 2000))])")
    until(page, "() => caches.keys().then((names) => names.length === 0)")
    until(page, "() => navigator.serviceWorker.getRegistration().then((registration) => !registration)")
    page = next_visit(phone, line)
    page.wait_for_load_state("networkidle")
    # The page that was still open may have asked for a worker once more; that one takes itself off as well.
    until(page, "() => navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
    assert page.evaluate("caches.keys()") == []


COUNTED = """
window.registered = [];
const container = window.ServiceWorkerContainer;
if (container) container.prototype.register = function (url) {
  window.registered.push(String(url));
  return Promise.reject(new Error('counted'));
};
"""


def opened(browser: Browser, url: str) -> Watched:
    watched = Watched(browser.new_page())
    watched.page.add_init_script(COUNTED)
    watched.page.goto(url)
    watched.page.wait_for_load_state("load")
    watched.page.wait_for_timeout(100)
    return watched


def test_it_is_registered_from_any_depth(browser: Browser, line: Line) -> None:
    for path, script in (("index.html", "sw.js"), (READ, "../sw.js")):
        watched = opened(browser, line.url(path))
        assert watched.page.evaluate("registered") == [script]
        assert watched.console == []
        watched.page.close()


def test_files_never_register_it_nor_ask_for_the_manifest(browser: Browser, press: Press) -> None:
    watched = opened(browser, (press.served / "index.html").as_uri())
    assert watched.page.evaluate("registered") == []
    assert watched.page.locator("link[rel=manifest]").count() == 0
    assert watched.console == []
    watched.page.close()


def test_plain_http_elsewhere_does_not_register_it(browser: Browser, line: Line) -> None:
    arguments = [*ARGUMENTS, "--host-resolver-rules=MAP directory.example 127.0.0.1"]
    other = browser.browser_type.launch(executable_path=headless(), args=arguments)
    watched = opened(other, line.url("index.html", "directory.example"))
    assert watched.page.evaluate("registered") == []
    assert watched.page.locator("link[rel=manifest]").count() == 1
    assert watched.console == []
    other.close()


def test_what_is_missing_is_said_in_its_own_language(phone: BrowserContext, line: Line, press: Press) -> None:
    """Also where nothing was read in it yet."""
    with (press.root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write("languages:\n  - zh-CN\n  - en\n")
    press.publish()
    page = first_visit(phone, line)
    line.cut = True
    page.goto(line.url(f"en/{READ}"))
    assert page.url.endswith(f"/en/offline.html#{READ}") and page.evaluate("document.documentElement.lang") == "en"
    assert not any("\u3400" <= character <= "\u9fff" for character in page.inner_text("main"))
    line.cut = False
    page.locator("[data-retry]").click()
    page.wait_for_url(line.url(f"en/{READ}"))
    line.cut = True
    page.goto(line.url(UNREAD))
    assert page.url.endswith(f"/offline.html#{UNREAD}") and page.inner_text("h1") == "现在没有网络"
