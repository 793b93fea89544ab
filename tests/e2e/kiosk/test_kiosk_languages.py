"""The kiosk in several languages: a key changes that of the same screen, and nobody finds the one of the visitor before."""

import json
import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.conftest import Shared
from tests.e2e.kiosk.launcher_page import live, pass_time, pass_until
from tests.e2e.kiosk.pages_world import three_languages
from tests.e2e.kiosk.test_kiosk_accessibility import looked
from tests.e2e.kiosk.test_kiosk_display import VOICE
from tests.e2e.kiosk.test_kiosk_pages import MEASURE, SCREENS, check, go
from tests.e2e.site.conftest import Watched
from tests.e2e.site.test_languages import UNMARKED

SIZES = [(1080, 1920), (1920, 1080)]
PLACES = ("home", "search", "list:town", "list:town/hecheng", "list:service/政策咨询", "need", "need:zhengce", "map", *SCREENS)
# Of what has no text of its own: names, placeholders, labels of pictures. Names of photos are the editors' own.
LEFT = UNMARKED.replace("document.body", "document.getElementById('kiosk')")
SILENT = """() => [...document.querySelectorAll("#kiosk *")].flatMap((each) => ["aria-label", "placeholder", "title"]
  .map((name) => each.getAttribute(name) || "")).filter((text) => /[\\u3400-\\u9fff]/.test(text))"""
NOW = """() => { const { lang, dataset } = document.documentElement; return [lang, dataset.at || ""]; }"""
TOUCHING = """() => {
  const all = [...document.querySelectorAll(".k-bar button, .k-screen:not([hidden]) button")];
  const keys = all.filter((key) => key.getClientRects().length && !key.closest('.k-map'));
  const told = (key) => key.textContent.trim().slice(0, 24);
  const cut = keys.filter((key) => key.scrollWidth > key.clientWidth + 1).map(told);
  const boxes = keys.map((key) => [told(key), key.getBoundingClientRect()]);
  const over = boxes.flatMap(([name, one], at) => boxes.slice(at + 1)
    .filter(([, other]) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
    .map(([other]) => name + " | " + other));
  return cut.concat(over);
}"""


@pytest.fixture(scope="module")
def hall(shared: Shared) -> Path:
    return three_languages(shared) / "index.html"


@contextmanager
def opened(browser: Browser, hall: Path, size: tuple[int, int] = SIZES[0], first: str = "") -> Iterator[tuple[Page, Frame]]:
    """The launcher and the app, with a visitor before it; time stands still."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=True, reduced_motion="reduce")
    if first:
        context.add_init_script(first)
    watched = Watched(context.new_page())
    page = watched.page
    page.clock.install(time="2026-11-25T10:00:05+08:00")
    page.goto(hall.as_uri())
    pass_until(page, lambda: page.locator("iframe.is-live").count() == 1, pause=100)
    page.touchscreen.tap(size[0] // 2, size[1] // 2)
    page.clock.run_for(5_000)
    yield page, live(page)
    assert watched.foreign == []
    assert [said for said in watched.console if "sandboxed" not in said] == []  # the text edition's frame
    context.close()


def speak(page: Page, app: Frame, language: str) -> None:
    app.click(f"[data-language={language}]")
    pass_until(page, lambda: app.evaluate(NOW)[0] == language, pause=100)
    page.clock.run_for(1_000)


def to(page: Page, app: Frame, address: str) -> None:
    go(app, address)  # type: ignore[arg-type]
    page.clock.run_for(1_000)


@pytest.mark.parametrize("size", SIZES, ids=["portrait", "landscape"])
def test_the_key_changes_the_language_of_every_screen(hall: Path, browser: Browser, size: tuple[int, int]) -> None:
    with opened(browser, hall, size) as (page, app):
        shorter = min(size)
        for address in PLACES:
            to(page, app, address)
            before = app.evaluate(NOW)
            speak(page, app, "en")
            assert app.evaluate(NOW) == ["en", before[1]]
            assert app.evaluate(LEFT) == [], address
            assert app.evaluate(SILENT) == [], address
            for key in app.locator(".k-bar button").all():
                box = key.bounding_box()
                assert box and min(box["width"], box["height"]) >= 0.0739 * shorter
            speak(page, app, "zh-TW")
            assert app.evaluate(NOW) == ["zh-TW", before[1]]
            assert "服务" not in app.locator("#kiosk").inner_text()
            speak(page, app, "zh-CN")
            assert app.evaluate(NOW) == before


@pytest.mark.parametrize("language", ["en", "zh-TW"])
@pytest.mark.parametrize("size", SIZES, ids=["portrait", "landscape"])
def test_everything_holds_its_size_and_its_place(hall: Path, browser: Browser, size: tuple[int, int], language: str) -> None:
    with opened(browser, hall, size) as (page, app):
        speak(page, app, language)
        for ways in ((), ("large",), ("low",)):
            app.click("[data-display]")
            for pressed in app.locator("[data-way][aria-pressed=true]").all():
                pressed.click()
            for way in ways:
                app.click(f"[data-way={way}]")
            app.click("[data-screen=display] [data-close]")
            for address in PLACES:
                to(page, app, address)
                if address in SCREENS and "low" not in ways:
                    check(app.evaluate(MEASURE), page.viewport_size, f"{address} {ways}")
                with suppress(AssertionError):  # what the next line tells better
                    pass_until(page, lambda: app.evaluate(TOUCHING) == [], 3, pause=100)
                assert app.evaluate(TOUCHING) == [], (address, ways)


def test_the_same_place_is_shown_and_the_way_back_leads_where_it_did(hall: Path, browser: Browser) -> None:
    with opened(browser, hall) as (page, app):
        app.click("[data-go=search]")
        for letter in "he":
            app.click(f"[data-key={letter}]")
            page.clock.run_for(200)
        app.click("[data-screen=search] [data-go='position:he-cheng']")
        speak(page, app, "en")
        assert "Hecheng" in app.inner_text("[data-screen=position] h1")
        app.click("[data-back]")
        page.clock.run_for(5_000)
        assert app.input_value("[data-query]") == "HE"
        assert "Hecheng" in app.inner_text("[data-screen=search] [data-cards]")
        speak(page, app, "zh-CN")
        assert "禾城" in app.inner_text("[data-screen=search] [data-cards]")
        to(page, app, "list:service/政策咨询")
        title = app.inner_text("[data-screen=list] .k-told")
        speak(page, app, "zh-TW")
        assert "政策諮詢" in app.inner_text("[data-screen=list] h1")
        assert app.inner_text("[data-screen=list] .k-told")[:1] == title[:1]


def test_english_words_are_searched_with_its_keys(hall: Path, browser: Browser) -> None:
    with opened(browser, hall) as (page, app):
        app.click("[data-go=search]")
        speak(page, app, "en")
        page.clock.run_for(5_000)
        for letter in "town":
            app.click(f"[data-key={letter}]")
            page.clock.run_for(200)
        assert app.evaluate("document.querySelector('[data-screen=search]').dataset.found") in ("hits", "chips", "none")
        app.click("[data-key=clear]")
        for letter in "qingshan":
            app.click(f"[data-key={letter}]")
            page.clock.run_for(200)
        assert "Qingshan" in app.inner_text("[data-screen=search] .k-chips")


def test_the_next_visitor_finds_the_halls_own_language(hall: Path, browser: Browser) -> None:
    with opened(browser, hall) as (page, app):
        app.click("[data-display]")
        app.click("[data-way=large]")
        speak(page, app, "en")
        assert app.evaluate("document.documentElement.dataset.size") == "large"
        pass_time(page, 124)
        assert app.locator(".k-question").is_visible() and "second" in app.inner_text("[data-left]")
        pass_time(page, 30)
        assert app.locator(".k-attract").is_visible()
        assert app.evaluate("document.documentElement.lang") == "zh-CN"
        page.touchscreen.tap(500, 900)
        page.clock.run_for(1_000)
        assert app.evaluate(NOW) == ["zh-CN", "home"]
        assert app.locator("[aria-pressed=true]").count() == 0
        # Before it is brought they have gone: nothing changes behind the next one's back.
        app.click("[data-language=zh-TW]")
        page.evaluate(
            "document.querySelector('iframe.is-live').contentWindow.postMessage({src: 'hthh', v: 1, type: 'reset'}, '*')"
        )
        page.wait_for_timeout(500)
        page.clock.run_for(2_000)
        assert app.evaluate("document.documentElement.lang") == "zh-CN"


def test_it_is_read_aloud_by_a_voice_of_its_language(hall: Path, browser: Browser) -> None:
    voices = VOICE.replace("[{ lang: 'zh-CN', localService: true }]", "[{ lang: 'zh-CN' }, { lang: 'en-GB' }]")
    with opened(browser, hall, first=voices) as (page, app):
        speak(page, app, "en")
        app.click("[data-display]")
        app.click("[data-way=speak]")
        assert app.evaluate("[speechSynthesis.now.voice.lang, said[0]]") == ["en-GB", "Places nearby"]
        speak(page, app, "zh-CN")
        assert app.evaluate("speechSynthesis.now") is None


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh-TW"])
@pytest.mark.parametrize("size", SIZES, ids=["portrait", "landscape"])
def test_axe_finds_nothing(hall: Path, browser: Browser, size: tuple[int, int], language: str) -> None:
    with opened(browser, hall, size) as (page, app):
        speak(page, app, language)
        found = {}
        for address in PLACES:
            to(page, app, address)
            found[address] = looked(app)
        app.click("[data-display]")
        found["display"] = looked(app)
        assert {screen: said for screen, said in found.items() if said} == {}


def test_a_language_is_brought_only_when_it_is_wanted(hall: Path) -> None:
    """The app holds nothing of it but its own name, so that it starts as fast as without."""
    release = next(hall.parent.glob("releases/*/"))
    app = (release / "app.html").read_text("utf-8")
    assert "附近的地方" in app and "Places nearby" not in app
    packed = (release / "parts" / "language-en.js").read_text("utf-8")
    told = json.loads(zlib.decompress(b64decode(json.loads(packed[len("HAITANG_PART(") : -3].partition(",")[2])), -15))
    assert "Places nearby" in told["shell"] and "boundary" not in told["data"] and "<noscript>" not in told["shell"]
    assert told["data"].keys() >= {"words", "places", "facts", "kiosk"}


def test_the_text_edition_leads_to_the_other_languages(hall: Path, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 1080, "height": 1920}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((hall.parent / "plain.html").as_uri())
        page.click("a[lang=en]")
        page.wait_for_url("**/plain-en.html")
        assert "Hecheng" in page.inner_text("main") and page.locator("a[href='index.html']").is_visible()
        page.goto(hall.as_uri())  # no script runs: the text edition in its frame
        assert page.frame_locator("#text iframe").locator("a >> visible=true").count() == 0
        page.click("a[lang=zh-TW]")
        page.wait_for_url("**/plain-zh-tw.html")
        assert "禾城鎮" in page.inner_text("main")
