"""The kiosk's letters and presses, how large its lists are written, and what is counted of a search that found nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Frame, Page

from tests.e2e.kiosk.apps import SIZES, site_at, write_app
from tests.e2e.kiosk.conftest import over_http
from tests.e2e.kiosk.launcher_page import wait_for
from tests.e2e.site.conftest import Watched
from tests.site import search_world

SEARCH, LIST = '[data-screen="search"]', '[data-screen="list"]'
# A page around the app that answers as the launcher does, and writes down what it hears.
HOST = """<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><style>
html, body, iframe { width: 100%; height: 100%; margin: 0; border: 0; }</style><body><script>
var heard = [], app = document.createElement("iframe");
addEventListener("message", function (event) {
  heard.push(event.data);
  if (event.data.type === "ready") app.contentWindow.postMessage({src: "hthh", v: 1, type: "launcher"}, "*");
});
app.setAttribute("sandbox", "allow-scripts");
app.src = "app.html";
document.body.appendChild(app);
</script>"""
# Every text that is seen: its size in vmin, and whose it is.
TEXTS = """screen => {
  const vmin = Math.min(innerWidth, innerHeight) / 100;
  const walker = document.createTreeWalker(document.querySelector(screen), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || !parent.getClientRects().length) continue;
    found.push({ text: node.data, size: parseFloat(getComputedStyle(parent).fontSize) / vmin,
      title: !!parent.closest("h1"), body: !!parent.closest(".k-card-name, .k-card-line, .k-card-note, .k-choice, .k-told") });
  }
  return found;
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("展厅 字母 #3")
    search_world.write(folder / "root")
    write_app(site_at(folder / "root"), folder / "app.html", "2026-11-20")
    (folder / "host.html").write_text(HOST, "utf-8")
    return folder


@pytest.fixture
def kiosk(browser: Browser, folder: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = getattr(request, "param", (1080, 1920))
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    watched = Watched(context.new_page())
    watched.page.goto((folder / "app.html").as_uri())
    watched.page.tap(".k-attract")
    watched.page.tap(".k-bar [data-go=search]")
    watched.page.wait_for_selector(f"{SEARCH}[data-found]")
    yield watched.page
    assert watched.console == []
    context.close()


@pytest.mark.requirement(15)
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("kiosk", SIZES, ids=str, indirect=True)
def test_every_text_of_search_and_lists_is_large(kiosk: Page, large: bool) -> None:
    """Texts, the bodies of cards, titles."""
    if large:
        kiosk.evaluate("() => { document.documentElement.dataset.size = 'large'; }")
    is_large(kiosk, SEARCH)
    for letter in "lj":
        kiosk.tap(f"[data-key={letter}]")
    kiosk.wait_for_selector(f"{SEARCH} .k-card")
    assert is_large(kiosk, SEARCH) >= {"title", "body"}
    kiosk.tap(f'{SEARCH} [data-go="list:town/lujia"]')
    assert is_large(kiosk, LIST) >= {"title", "body"}
    kiosk.tap(f"{LIST} .k-other")
    assert is_large(kiosk, LIST) >= {"title", "body"}


def is_large(page: Page, screen: str) -> set[str]:
    """Which kinds of text there were."""
    texts = page.evaluate(TEXTS, screen)
    small = [one for one in texts if one["size"] < (3.7 if one["title"] else 2.6 if one["body"] else 2) - 0.01]
    assert small == []
    return {kind for kind in ("title", "body") for one in texts if one[kind]}


@pytest.mark.requirement(22)
def test_letters_rub_and_clear_are_answered(kiosk: Page) -> None:
    """26 letters, one back, all gone; no keyboard opens."""
    keys = kiosk.eval_on_selector_all(f"{SEARCH} .k-pad button", "keys => keys.map(key => key.dataset.key)")
    assert set(keys) >= {*"abcdefghijklmnopqrstuvwxyz", "rub", "clear"}
    assert kiosk.get_attribute("[data-query]", "inputmode") == "none"
    assert kiosk.locator("[data-key=clear]").inner_text() == "清空"
    for letter in "lj":
        kiosk.tap(f"[data-key={letter}]")
    kiosk.wait_for_selector(f'{SEARCH} [data-go="position:lujia-zhen"]')
    kiosk.tap("[data-key=rub]")
    assert kiosk.input_value("[data-query]") == "L"
    kiosk.tap("[data-key=clear]")
    assert kiosk.input_value("[data-query]") == ""
    kiosk.wait_for_selector(f"{SEARCH}[data-found=choices]")


@pytest.mark.requirement(23)
def test_a_press_is_seen_at_once_and_lifted_outside_does_nothing(kiosk: Page) -> None:
    key = '[data-key="l"]'
    fingers = kiosk.context.new_cdp_session(kiosk)
    before = kiosk.eval_on_selector(key, "key => getComputedStyle(key).backgroundColor")
    x, y = middle(kiosk, key)
    touch(fingers, "touchStart", x, y)
    assert kiosk.evaluate(f"document.querySelector('{key}').classList.contains('is-pressed')")
    assert kiosk.eval_on_selector(key, "key => getComputedStyle(key).backgroundColor") != before
    touch(fingers, "touchMove", x, 300)
    touch(fingers, "touchEnd")
    assert kiosk.locator(".is-pressed").count() == 0
    assert kiosk.input_value("[data-query]") == ""
    touch(fingers, "touchStart", x, y)
    touch(fingers, "touchEnd")
    kiosk.wait_for_function("document.querySelector('[data-query]').value === 'L'")


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def touch(fingers: CDPSession, kind: str, *spot: float) -> None:
    points = [{"x": spot[0], "y": spot[1]}] if spot else []
    fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_what_was_not_found_is_counted_once_and_never_told(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    with over_http(folder) as origin:
        page = context.new_page()
        page.goto(f"{origin}/host.html")
        wait_for(page, lambda: any(said["type"] == "ready" for said in page.evaluate("heard")))
        app = page.frames[-1]
        app.tap(".k-attract")
        app.tap(".k-bar [data-go=search]")
        missed(app, "vvuq")
        wait_for(page, lambda: misses(page) == 1)
        press(app, "rub", "q")  # the same again
        page.wait_for_timeout(3500)
        assert misses(page) == 1
        press(app, "clear")
        missed(app, "uuvvq")
        wait_for(page, lambda: misses(page) == 2)
        told = str(page.evaluate("JSON.stringify(heard)")).lower()
        assert "vvuq" not in told
        assert "uuvvq" not in told
    context.close()


def missed(app: Frame, query: str) -> None:
    press(app, *query)
    app.wait_for_selector(f"{SEARCH}[data-found=none]")


def press(app: Frame, *keys: str) -> None:
    """All of them without a pause, however slow the machine is."""
    app.evaluate("keys => { for (const key of keys) document.querySelector(`[data-key=${key}]`).click(); }", list(keys))


def misses(page: Page) -> int:
    return [said.get("what") for said in page.evaluate("heard") if said["type"] == "count"].count("no-result")
