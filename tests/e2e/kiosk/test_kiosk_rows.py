"""The acceptance rows of the kiosk that need the whole folder or the real app: what is asked of it anywhere, whoever was there.

The rule: each test is marked with its rows (tests/acceptance).
"""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Frame, Page

from haitang.checks.load import load
from haitang.site.bundles import bundle
from tests.e2e.kiosk.apps import kiosk_of
from tests.e2e.kiosk.conftest import over_http
from tests.e2e.kiosk.launcher_page import live, wait_for
from tests.e2e.kiosk.releases import PLACE
from tests.e2e.kiosk.screen import WEDNESDAY, at, begin, opened
from tests.e2e.kiosk.screen import app as app_file
from tests.e2e.site.conftest import Watched
from tests.site.test_bundles import parsed
from tests.worlds import PROJECT

PAGES = ("index.html", "embed.html", "plain.html", "embed-sample.html")
SCREENS = (
    "home",
    "search",
    "map",
    "list:town",
    "need",
    "need:zhengce",
    "position:he-cheng",
    "brands",
    "brand:he-hua",
    "today",
    "about",
)
QUESTION = 91_000
HOST = """<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><body><script>
var heard = [], from = performance.now(), kiosk = document.createElement("iframe");
addEventListener("message", function (event) {
  if (event.source === kiosk.contentWindow) heard.push([performance.now() - from, event.data]);
});
function send(m) { m.src = "hthh"; m.v = 1; kiosk.contentWindow.postMessage(m, "*"); }
kiosk.setAttribute("sandbox", "allow-scripts");
kiosk.width = 540; kiosk.height = 900; kiosk.src = "%s";
document.body.appendChild(kiosk);
</script>"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rows") / "data"
    app_file(root, root.parent / "app")
    return root


@pytest.fixture(scope="module")
def app(data: Path) -> Path:
    return data.parent / "app" / "app.html"


@pytest.fixture(scope="module")
def folder(data: Path) -> Path:
    """A hall's folder, moved to where a hall keeper might put it."""
    made = kiosk_of(data, data.parent / "out")
    place = data.parent / PLACE
    shutil.copytree(made, place)
    for kind in ("index", "embed"):
        (place / f"host-{kind}.html").write_text(HOST % f"{kind}.html", "utf-8")
    return place


def go(page: Page | Frame, address: str) -> None:
    """To a screen by a key that leads there, as all keys do."""
    page.evaluate(
        """(address) => { const key = document.querySelector('.k-bar [data-go]'), own = key.dataset.go;
        key.dataset.go = address; key.click(); key.dataset.go = own; }""",
        address,
    )


def tour(page: Page | Frame) -> None:
    for address in SCREENS:
        go(page, address)
        page.wait_for_selector(f'[data-screen="{address.split(":")[0]}"]:not([hidden]) [data-primary], html')
        assert page.evaluate("document.documentElement.dataset.at") == address.split(":")[0]
        page.wait_for_timeout(150)


def started(watched: Watched, folder: Path, name: str = "index.html") -> Frame:
    """The app inside the launcher, once the splash has gone and somebody has come."""
    watched.page.goto((folder / name).as_uri())
    frame = live(watched.page)
    watched.page.wait_for_selector("#splash", state="hidden")
    frame.wait_for_selector(".a-slide.is-on", state="attached")
    watched.page.touchscreen.tap(270, 480)
    frame.wait_for_selector(".k-attract", state="hidden")
    return frame


@pytest.mark.requirement(1, 2, 6)
@pytest.mark.parametrize("place", [PLACE, "plain-folder"])
def test_all_screens_from_a_folder_anywhere(folder: Path, watched: Watched, place: str) -> None:
    """Every screen from file://, no word on the console, nothing asked for outside the folder."""
    own = folder.parent / place
    if not own.exists():
        shutil.copytree(folder, own)
    tour(started(watched, own))
    assert watched.console == []
    assert [url for url in watched.requests if not url.startswith((f"{own.as_uri()}/", "data:", "blob:"))] == []


# What file:// or a sandbox blocks, and what leads out of the kiosk. As code would write it: words of the data may say more.
BANNED = (
    r"\bfetch\(",
    r"\bXMLHttpRequest\b",
    r"type=[\"']?module",
    r"new (?:Shared)?Worker\(",
    r"\bimport\(",
    r"<use[^>]+href=[\"'](?!#)",
    r"window\.open\b",
    r"<form\b",
    r"target=[\"']?_blank",
    r"href=[\"'](?:https?:|tel:|mailto:|//)",
    r"src=[\"'](?:https?:|//)",
    r"url\([\"']?(?:https?:|//)",
    r"\bprint\(\)",
    r"type=[\"']?file\b",
    r"serviceWorker",
    r"sendBeacon",
    r"EventSource",
    r"WebSocket",
)


@pytest.mark.requirement(3, 6, 20)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_that_is_blocked_and_no_way_out(folder: Path, name: str) -> None:
    """In every page that is opened in a hall. The sample of a host page is a maker's, who may type an id."""
    text = (folder / name).read_text("utf-8")
    found = [banned for banned in BANNED if re.search(banned, text)]
    assert found == ([] if name != "embed-sample.html" else [banned for banned in found if banned == r"<form\b"])
    assert [link for link in re.findall(r"(?:href|src)=[\"']([^\"'#$]*)", text) if link.startswith("/")] == []


@pytest.mark.requirement(6)
def test_app_is_the_embeddable_page_and_names_are_ascii(folder: Path) -> None:
    """And embed.html is the app itself, so that what holds for one holds for the other."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9._/-]+", name)] == []
    (made,) = folder.glob("releases/*/app.html")
    assert made.read_bytes() == (folder / "embed.html").read_bytes()


@pytest.mark.requirement(3, 4)
def test_scripts_as_they_stand_in_the_pages_are_es2015(folder: Path, tmp_path: Path) -> None:
    """With the data in them, and current.js, the manifest and the parts beside them."""
    scripts = list(folder.rglob("*.js"))
    for name in ("index.html", "embed.html", "embed-sample.html"):
        for number, script in enumerate(re.findall(r"<script>(.*?)</script>", (folder / name).read_text("utf-8"), re.DOTALL)):
            scripts.append(tmp_path / f"{name}-{number}.js")
            scripts[-1].write_text(script, "utf-8")
    scripts += (bundle(PROJECT) / "kiosk").glob("*.js")
    assert len(scripts) >= 6 and parsed(*scripts) == ""
    later = r"\(\?<[=!]|\\p\{"  # look-behind and classes of characters: not a syntax that the parser knows to be younger
    assert [path.name for path in scripts if re.search(later, path.read_text("utf-8"))] == []


@pytest.mark.requirement(5)
def test_without_scripts_every_place_is_named(folder: Path, data: Path, browser: Browser) -> None:
    """Index.html shows the text edition, which holds what one comes for."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((folder / "index.html").as_uri())
    text = page.frame_locator("#text iframe").locator("body").inner_text()
    positions = load(data, today=date(2026, 11, 24)).positions
    assert len(positions) > 2
    for position in positions:
        known = (position.name, position.address, position.hours and position.hours.text, position.phone)
        assert [str(fact) for fact in known if fact and str(fact) not in text] == [], position.id
    page.context.close()


STATE = """() => ({
  html: { ...document.documentElement.dataset }, history: history.length, hash: location.hash,
  fields: [...document.querySelectorAll('input')].map((field) => field.value), chosen: getSelection().rangeCount,
  focus: document.activeElement === document.body, kept: Object.keys(localStorage).concat(Object.keys(sessionStorage)),
  open: [...document.querySelectorAll('[data-screen]')].filter((one) => !one.hidden).map((one) => one.dataset.screen),
  text: document.querySelector('main').innerText, back: document.querySelector('[data-back]').disabled,
})"""


@pytest.mark.requirement(9, 10)
def test_the_next_visitor_finds_nothing_of_the_last(app: Path, browser: Browser) -> None:
    """Query, filter, page, print, contrast, reach, panel, focus, selection, storage; and no way back to them."""
    with opened(browser, app) as page:
        begin(page)
        before = page.evaluate(STATE)
        page.click("[data-go=search]")
        for letter in "hec":
            page.click(f".k-screen:not([hidden]) [data-key={letter}]")
        page.clock.run_for(1_000)
        go(page, "list:town/hecheng/station")
        go(page, "list:service")
        go(page, "position:he-cheng")
        page.click("[data-display]")
        for way in ("large", "contrast", "low"):
            page.click(f"[data-way={way}]")
        page.evaluate("sessionStorage.setItem('a', 'b'); getSelection().selectAllChildren(document.querySelector('.k-head'))")
        page.evaluate("location.hash = 'x'")
        page.focus("[data-back]")
        during = page.evaluate(STATE)
        assert {"size", "contrast", "reach"} <= set(during["html"]) and not during["focus"] and during["chosen"]
        assert "display" in during["open"] and not during["back"]
        page.clock.run_for(152_000)
        assert at(page) == "family"
        assert "".join(page.evaluate(STATE)["fields"]) == "" and "HEC" not in page.content()
        begin(page)
        after = page.evaluate(STATE)
        assert after == {**before, "history": during["history"], "hash": ""}
        page.click("[data-go=search]")
        assert page.input_value("[data-query]") == ""
        page.click("[data-home]")
    with opened(browser, app) as page:
        begin(page)
        length = page.evaluate("history.length")
        tour(page)
        page.clock.run_for(122_000)
        assert page.evaluate("history.length") == length
        page.go_back()
        assert page.url == "about:blank"  # what this browser began with: nothing of the visitor's lay between


INPUTS = {
    "pointerdown": "document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, pointerType: 'touch'}))",
    "touchmove": "document.body.dispatchEvent(new TouchEvent('touchmove', {bubbles: true}))",
    "wheel": "document.body.dispatchEvent(new WheelEvent('wheel', {bubbles: true, deltaY: 10}))",
    "keydown": "document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, key: 'Shift'}))",
    "input": "document.querySelector('[data-query]').dispatchEvent(new InputEvent('input', {bubbles: true}))",
    "compositionupdate": "document.body.dispatchEvent(new CompositionEvent('compositionupdate', {bubbles: true}))",
    "scroll": """(() => { const box = document.createElement('div'); box.style.cssText = 'height:50px;overflow:auto';
        box.appendChild(document.createElement('p')).style.height = '500px'; document.querySelector('.kiosk').appendChild(box);
        return new Promise((done) => { box.onscroll = () => { box.onscroll = null; box.remove(); done(); };
          box.scrollTop = 90; }); })()""",
}


@pytest.mark.requirement(11)
@pytest.mark.parametrize("kind", INPUTS)
def test_every_kind_of_input_says_that_somebody_is_there(app: Path, browser: Browser, kind: str) -> None:
    """None of them, and the question comes at 90 s; one at 80 s, and it comes 90 s after that."""
    with opened(browser, app) as page:
        begin(page)
        page.clock.run_for(80_000)
        page.evaluate(INPUTS[kind])
        page.wait_for_timeout(60)
        page.clock.run_for(85_000)
        assert page.locator(".k-question").is_hidden()
        page.clock.run_for(7_000)
        assert page.locator(".k-question").is_visible()


@pytest.mark.requirement(12)
def test_home_is_always_in_the_same_place(app: Path, browser: Browser) -> None:
    """On every screen, beside the open panel and below the question, and nothing lies over it."""
    where = """() => { const key = document.querySelector('[data-home]'), box = key.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return [box.left, box.top, box.width, box.height, key.contains(top)]; }"""
    with opened(browser, app, "2026-11-25T10:00:05+08:00") as page:
        begin(page)
        places = {}
        for address in SCREENS:
            go(page, address)
            page.clock.run_for(100)
            places[address] = page.evaluate(where)
        page.click("[data-display]")
        places["panel"] = page.evaluate(where)
        page.evaluate("document.documentElement.style.setProperty('--shift-x', '0px')")
        assert len({tuple(place) for place in places.values()}) == 1, places
        assert places["home"][4] is True
        page.clock.run_for(QUESTION)
        assert page.locator(".k-question").is_visible()
        moved = [abs(one - other) for one, other in zip(page.evaluate(where), places["home"], strict=True)]
        assert max(moved[:2]) <= 8 and moved[2:] == [0, 0, 0]  # a whole minute has passed: everything moved against burn-in


def spread(session: CDPSession, x: float, y: float) -> None:
    for kind, gap in (("touchStart", 20), ("touchMove", 60), ("touchMove", 120), ("touchMove", 200), ("touchMove", 260)):
        points = [{"x": x - gap, "y": y, "id": 0}, {"x": x + gap, "y": y, "id": 1}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.requirement(17)
@pytest.mark.parametrize("is_mobile", [False, True])
def test_two_fingers_do_not_enlarge(app: Path, folder: Path, browser: Browser, is_mobile: bool) -> None:
    """On every screen and between visitors, of the app and of the launcher, as a desktop's and as a phone's browser."""
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True, is_mobile=is_mobile)
    page = context.new_page()
    session = context.new_cdp_session(page)
    page.goto(app.as_uri())
    page.wait_for_selector(".a-slide.is-on", state="attached")
    for address in ("", *SCREENS):
        if address:
            go(page, address)
        spread(session, 540, 500)
        spread(session, 540, 1400)
        assert page.evaluate("visualViewport.scale") == 1, address
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("#splash", state="hidden")
    spread(session, 540, 500)
    assert page.evaluate("visualViewport.scale") == 1
    context.close()


@pytest.mark.requirement(19)
def test_no_menu_no_dragging_no_selection(app: Path, browser: Browser) -> None:
    """On everything that is on any screen."""
    refused = """() => ['contextmenu', 'dragstart', 'drop', 'dragover'].filter((name) =>
      [...document.querySelectorAll('.kiosk *, .k-attract *')].some((element) =>
        element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}))))"""
    selectable = """() => [...document.querySelectorAll('body, body *:not(script)')].filter((element) =>
      !(element instanceof HTMLInputElement) && getComputedStyle(element).userSelect !== 'none')
        .map((element) => element.outerHTML)"""
    with opened(browser, app) as page:
        begin(page)
        for address in SCREENS:
            go(page, address)
            page.clock.run_for(300)
            assert (page.evaluate(refused), page.evaluate(selectable)) == ([], []), address


@pytest.mark.requirement(31)
@pytest.mark.parametrize("moment", ["1970-01-01T08:00:00+08:00", "1970-01-02T03:00:00+08:00", "2036-11-26T10:00:00+08:00"])
def test_a_wrong_clock_says_nothing_about_open(app: Path, browser: Browser, moment: str) -> None:
    """On no screen, with the day of the data on every one; and with a sound clock it does say it."""
    states = ("开放中", "即将", "休息中", "今日", "正在")
    with opened(browser, app, WEDNESDAY) as page:
        begin(page)
        go(page, "position:he-cheng")
        assert "开放中" in page.inner_text("main")
    with opened(browser, app, moment) as page:
        begin(page)
        for address in SCREENS:
            go(page, address)
            page.clock.run_for(300)
            said = page.inner_text("main")
            assert [state for state in states[:3] if state in said] == [], address
            assert "2026-11-20" in page.inner_text(".k-head")


def messages(page: Page, kind: str) -> list[dict[str, Any]]:
    return [data for _, data in page.evaluate("heard") if data["type"] == kind]


ODD = (
    "null", "'reset'", "{src: 'hthh', v: 2, type: 'go', id: 'he-cheng'}", "{src: 'hthh', v: 1, type: 'go', id: 'no'}",
    "{src: 'hthh', v: 1, type: 'open', id: 'he-cheng'}", "{src: 'x', v: 1, type: 'go', id: 'he-cheng'}",
)  # fmt: skip


@pytest.mark.requirement(32, 33, 34)
@pytest.mark.parametrize(("kind", "how"), [("index", "http"), ("embed", "http"), ("embed", "file")])
def test_in_a_hosts_sandbox(folder: Path, watched: Watched, kind: str, how: str) -> None:
    """Without storage every screen is there; ready once, heartbeats, activity, go, reset; the rest ignored. From a
    file a sandboxed launcher can load nothing: that is what embed.html is for."""
    page = watched.page
    with over_http(folder) as origin:
        page.goto(f"{origin}/host-{kind}.html" if how == "http" else (folder / f"host-{kind}.html").as_uri())
        wait_for(page, lambda: bool(messages(page, "ready")))
        app = page.frames[-1]
        app.wait_for_selector(".a-slide.is-on", state="attached")
        wait_for(page, lambda: len(messages(page, "heartbeat")) >= 3)
        for odd in ODD:
            page.evaluate(f"kiosk.contentWindow.postMessage({odd}, '*')")
        page.wait_for_timeout(200)
        assert app.evaluate("!document.querySelector('.k-attract').hidden && document.documentElement.dataset.at === 'home'")
        page.evaluate("send({type: 'go', id: 'he-cheng'})")
        wait_for(page, lambda: app.evaluate("document.documentElement.dataset.at") == "position")
        assert "禾城镇党群服务中心" in app.inner_text("main")
        tour(app)
        page.evaluate("send({type: 'reset'})")
        wait_for(page, lambda: bool(messages(page, "idle")))
        assert app.evaluate("!document.querySelector('.k-attract').hidden")
        assert len(messages(page, "ready")) == 1
        assert {said["type"] for _, said in page.evaluate("heard")} <= {"ready", "heartbeat", "activity", "idle"}
    assert [text for text in watched.console if "sandbox" not in text] == []


@pytest.mark.requirement(33)
def test_the_pace_of_messages(folder: Path, watched: Watched) -> None:
    """By the page's own time a heartbeat at least every five seconds, and activity at most once a second."""
    page = watched.page
    page.clock.install()
    page.goto((folder / "host-embed.html").as_uri())
    wait_for(page, lambda: bool(messages(page, "ready")))
    app = page.frames[-1]
    page.clock.pause_at(app.evaluate("Date.now()") + 5_000)
    known = len(messages(page, "heartbeat"))
    page.clock.run_for(60_000)
    wait_for(page, lambda: len(messages(page, "heartbeat")) >= known + 12)
    for _ in range(40):
        app.evaluate(INPUTS["pointerdown"])
        page.clock.run_for(250)
    page.wait_for_timeout(300)
    assert 5 <= len(messages(page, "activity")) <= 10  # ten seconds
