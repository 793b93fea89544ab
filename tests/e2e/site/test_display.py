"""The display settings in a real browser: each of them, remembered, there before anything is painted, and without storage."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.site.conftest import RESTYLE, Watched
from tests.worlds import WORLD, publish

PAGES = (
    "index.html",
    "search.html",
    "map.html",
    "positions/he-cheng.html",
    "brands/index.html",
    "towns/index.html",
    "about.html",
)
SEEN = """() => ({
  size: parseFloat(getComputedStyle(document.body).fontSize),
  ground: getComputedStyle(document.body).backgroundColor,
  html: Array.from(document.documentElement.attributes)
    .filter((one) => /^data-(size|contrast|theme|reading|elder)$/.test(one.name))
    .map((one) => one.name + "=" + one.value).sort().join(" "),
})"""
# What a voice would have said; the test ends each sentence itself.
VOICE = """(voices) => {
  const said = window.said = {texts: [], cancelled: 0, current: null};
  const listeners = [];
  window.tellVoices = (more) => { voices = more; listeners.forEach((one) => one()); };
  Object.defineProperty(window, "speechSynthesis", {value: {
    getVoices: () => voices,
    addEventListener: (name, heard) => listeners.push(heard),
    speak: (utterance) => { said.texts.push(utterance.text); said.current = utterance; said.voice = utterance.voice.lang; },
    cancel: () => { said.cancelled++; said.current = null; },
  }});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""
CHINESE = [{"lang": "zh-CN", "localService": True, "name": "样例"}]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("display")
    publish(WORLD, folder / "out", today=date.today())
    return (folder / "out" / "site").resolve()


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Callable[..., Watched]]:
    """Opens a page of the site in a context of its own; contexts given in are used again."""
    contexts: list[BrowserContext] = []

    def open_(path: str = "index.html", context: BrowserContext | None = None, script: str = "", **options: Any) -> Watched:
        if context is None:
            context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, **options})
            contexts.append(context)
        if script:
            context.add_init_script(script)
        watched = Watched(context.new_page())
        watched.page.goto((site / path).as_uri())
        return watched

    yield open_
    for context in contexts:
        context.close()


def stored(**settings: str) -> str:
    return f"localStorage.setItem('haitang-display', {json.dumps(json.dumps(settings))})"


def choose(page: Page, value: str) -> None:
    if page.get_attribute("[data-display-open]", "aria-expanded") == "false":
        page.click("[data-display-open]")
    page.locator(f'.display-choice input[value="{value}"]').check()


@pytest.mark.parametrize("path", PAGES)
def test_the_simple_version_is_one_tap_on_every_page(opened: Callable[..., Watched], path: str) -> None:
    watched = opened(path)
    page = watched.page
    switch = page.get_by_role("button", name="适老版")
    assert switch.is_visible()
    assert switch.get_attribute("aria-pressed") == "false"
    before = page.evaluate(SEEN)
    assert before["size"] == 18
    assert before["html"] == ""
    switch.click()
    assert page.evaluate(SEEN)["size"] == 24
    assert page.evaluate(SEEN)["html"] == "data-contrast=high data-elder=on data-size=large"
    assert switch.get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    switch.click()
    assert page.evaluate(SEEN) == before
    assert watched.console == []


@pytest.mark.requirement(41)
@pytest.mark.parametrize(
    ("value", "html", "size"),
    [
        ("large", "data-size=large", 24),
        ("xlarge", "data-size=xlarge", 30),
        ("high", "data-contrast=high", 18),
        ("dark", "data-theme=dark", 18),
        ("light", "data-theme=light", 18),
        ("text", "data-reading=text", 18),
    ],
)
def test_each_setting_is_kept_from_page_to_page(opened: Callable[..., Watched], value: str, html: str, size: int) -> None:
    watched = opened()
    page = watched.page
    choose(page, value)
    now = page.evaluate(SEEN)
    assert (now["html"], now["size"]) == (html, size)
    other = opened("positions/he-cheng.html", context=page.context).page
    assert other.evaluate(SEEN)["html"] == html
    other.click("[data-display-open]")
    assert other.locator(f'.display-choice input[value="{value}"]').is_checked()
    other.get_by_role("button", name="恢复原样").click()
    assert other.evaluate(SEEN)["html"] == ""
    page.wait_for_function("!document.documentElement.hasAttribute('data-size')")
    page.reload()
    assert page.evaluate(SEEN)["html"] == ""
    assert watched.console == []


def test_the_three_sizes_hold_on_screens_in_halls(opened: Callable[..., Watched]) -> None:
    """There, letters are larger to begin with, and each step is as large as elsewhere."""
    page = opened(viewport={"width": 1080, "height": 1920}).page
    sizes = [page.evaluate(SEEN)["size"]]
    for value in ("large", "xlarge"):
        choose(page, value)
        sizes.append(page.evaluate(SEEN)["size"])
    assert sizes == pytest.approx([22.5, 30, 37.5])


def test_dark_and_light_are_chosen_against_the_system(opened: Callable[..., Watched]) -> None:
    page = opened(color_scheme="dark").page
    dark = page.evaluate(SEEN)["ground"]
    choose(page, "light")
    light = page.evaluate(SEEN)["ground"]
    assert light != dark
    tints = "Array.from(document.querySelectorAll('meta[name=theme-color]'), (meta) => matchMedia(meta.media).matches)"
    assert page.evaluate(tints) == [True, False]
    choose(page, "dark")
    assert page.evaluate(SEEN)["ground"] == dark
    assert page.evaluate(tints) == [False, True]
    choose(page, "system")
    assert page.evaluate(SEEN)["ground"] == dark
    page.emulate_media(color_scheme="light")
    assert page.evaluate(SEEN)["ground"] == light


def test_contrast_is_high_in_the_dark_as_well(opened: Callable[..., Watched]) -> None:
    for scheme, ground in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(0, 0, 0)")):
        page = opened(color_scheme=scheme, script=stored(contrast="high")).page
        assert page.evaluate(SEEN)["ground"] == ground


def test_it_is_there_before_the_body_is(opened: Callable[..., Watched]) -> None:
    """Whatever the scripts at the foot do: the attributes stand when the first element of the body is made."""
    watch = """new MutationObserver((_, observer) => {
      if (!document.body) return;
      const html = document.documentElement;
      window.atFirst = html.getAttribute("data-size") + html.classList.contains("is-simple");
      observer.disconnect();
    }).observe(document, {childList: true, subtree: true});"""
    page = opened(script=stored(size="xlarge") + ";" + watch).page
    assert page.evaluate("window.atFirst") == "xlargetrue"  # so large that the layout is the simple one


@pytest.mark.requirement(41)
def test_the_first_picture_is_the_last(browser: Browser, site: Path) -> None:
    """Without the deferred scripts a page looks as it does with them: nothing flashes, nothing moves."""
    pictures = []
    for blocked in (True, False):
        context = browser.new_context(viewport={"width": 390, "height": 600})
        context.add_init_script(stored(size="large", theme="dark", contrast="high"))
        page = context.new_page()
        if blocked:
            page.route("**/assets/site.js*", lambda route: route.abort())
        page.goto((site / "brands" / "index.html").as_uri())
        pictures.append(page.screenshot())
        context.close()
    assert pictures[0] == pictures[1]


def test_nothing_moves_when_the_buttons_come(opened: Callable[..., Watched]) -> None:
    watch = """window.moved = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
    }).observe({type: "layout-shift", buffered: true});"""
    for width in (320, 390, 1440):
        page = opened("positions/he-cheng.html", script=watch, viewport={"width": width, "height": 800}).page
        page.wait_for_load_state("load")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("window.moved") <= 0.02


def test_without_storage_it_holds_for_the_page(opened: Callable[..., Watched]) -> None:
    denied = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    watched = opened(script=denied)
    choose(watched.page, "xlarge")
    assert watched.page.evaluate(SEEN)["size"] == 30
    watched.page.reload()
    assert watched.page.evaluate(SEEN)["size"] == 18
    assert watched.console == []


@pytest.mark.parametrize("nonsense", ["{", "[1]", '{"size":"<b>"}', "null"])
def test_nonsense_in_the_storage_is_ignored(opened: Callable[..., Watched], nonsense: str) -> None:
    watched = opened(script=f"localStorage.setItem('haitang-display', {json.dumps(nonsense)})")
    assert watched.page.evaluate(SEEN)["html"] == ""
    assert watched.console == []


def test_each_change_is_told(opened: Callable[..., Watched]) -> None:
    page = opened().page
    page.evaluate("window.told = []; document.addEventListener('haitang:display', (event) => told.push(event.detail.size))")
    page.click("[data-elder-switch]")
    choose(page, "xlarge")
    assert page.evaluate("told") == ["large", "xlarge"]


def test_the_panel_by_keyboard(opened: Callable[..., Watched]) -> None:
    page = opened().page
    focused = "document.activeElement.value || document.activeElement.textContent"
    page.focus("[data-display-open]")
    page.keyboard.press("Enter")
    assert page.get_attribute("[data-display-open]", "aria-expanded") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "normal"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "large"
    assert page.evaluate(SEEN)["size"] == 24
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "normal", "each question is one stop"
    page.keyboard.press("Escape")
    assert not page.locator(".display-panel").is_visible()
    assert page.get_attribute("[data-display-open]", "aria-expanded") == "false"
    assert page.evaluate("document.activeElement.hasAttribute('data-display-open')")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="关闭显示设置").press("Enter")
    assert page.evaluate("document.activeElement.hasAttribute('data-display-open')")
    page.keyboard.press("Enter")
    assert page.locator(".display-panel").is_visible()
    page.evaluate("document.querySelector('main').click()")
    assert not page.locator(".display-panel").is_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1200, 1440])
@pytest.mark.parametrize("size", ["normal", "xlarge"])
def test_the_panel_is_whole_on_the_screen(opened: Callable[..., Watched], width: int, size: str) -> None:
    page = opened(viewport={"width": width, "height": 800}, script=stored(size=size)).page
    page.click("[data-display-open]")
    box = page.locator(".display-panel").bounding_box()
    assert box
    assert box["x"] >= -1
    assert box["x"] + box["width"] <= width + 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    least = 44 if size == "normal" else 60
    for control in page.locator(".display-panel :is(button, label), .display > button:visible").all():
        area = control.bounding_box()
        assert area
        assert area["height"] >= least


@pytest.mark.requirement(40)
def test_large_print_has_large_targets(opened: Callable[..., Watched]) -> None:
    page = opened("positions/he-cheng.html", script=stored(elder="on")).page
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll(".thumb > *, .top-nav a, .btn, .display > button, .crumbs a, .foot a"))
          .filter((one) => one.getClientRects().length).map((one) => [one.textContent, one.getBoundingClientRect().height])
          .filter(([, height]) => height < 59.9)"""
    )
    assert small == []


@pytest.mark.requirement(44)
@pytest.mark.parametrize("path", PAGES)
def test_letters_of_twice_the_size_lose_nothing(opened: Callable[..., Watched], path: str) -> None:
    page = opened(path, viewport={"width": 320, "height": 640}).page
    page.evaluate(RESTYLE, "html { font-size: 200% !important }")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("document.documentElement.dataset.contrast = 'high'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_reading_shows_no_map_and_no_ornament(opened: Callable[..., Watched]) -> None:
    page = opened(viewport={"width": 1440, "height": 900}, script=stored(reading="text")).page
    for ornament in (".map", ".hero-art", ".cover-art"):
        assert page.locator(ornament).count()
        assert not page.locator(ornament).first.is_visible()
    assert page.locator(".card").first.is_visible()
    columns = page.evaluate("new Set(Array.from(document.querySelectorAll('.map-list .card'), (card) => card.offsetLeft)).size")
    assert columns == 1


def test_no_script_no_buttons(opened: Callable[..., Watched]) -> None:
    page = opened("positions/he-cheng.html", java_script_enabled=False).page
    assert page.locator("[data-display]").count() == 1
    assert not page.locator("[data-display]").is_visible()
    assert [one.inner_text() for one in page.locator("main button").all() if one.is_visible()] == []


@pytest.mark.requirement(48)
def test_no_voice_no_reading_aloud(opened: Callable[..., Watched]) -> None:
    page = opened("positions/he-cheng.html", script=f"({VOICE})([{{lang: 'en-US', localService: true}}])").page
    page.click("[data-display-open]")
    speak = page.get_by_role("button", name="朗读这一页")
    assert speak.count() == 0
    page.evaluate("(voices) => tellVoices(voices)", CHINESE)
    speak.wait_for()
    page.evaluate("(voices) => tellVoices(voices)", CHINESE)
    assert speak.count() == 1


def test_the_page_is_read_sentence_by_sentence(opened: Callable[..., Watched], site: Path) -> None:
    watched = opened("positions/he-cheng.html", script=f"({VOICE})({json.dumps(CHINESE)})")
    page = watched.page
    page.click("[data-display-open]")
    page.get_by_role("button", name="朗读这一页").click()
    assert not page.locator(".display-panel").is_visible()
    assert page.evaluate("said.texts") == ["禾城镇党群服务中心"], "one at a time, the heading first"
    page.evaluate("said.current.onend()")
    page.get_by_role("button", name="暂停").click()
    paused = page.evaluate("said.texts")
    page.get_by_role("button", name="继续").click()
    assert page.evaluate("said.texts") == [*paused, paused[-1]], "goes on with the sentence it broke off"
    page.evaluate(
        "() => { for (let n = 0; said.current && n < 500; n++) { const one = said.current; said.current = null; "
        "one.onend(); } }"
    )
    texts = page.evaluate("said.texts")
    assert max(map(len, texts)) <= 60
    assert any("08:30到11:30" in text for text in texts)
    assert not any(word in text for text in texts for word in ("高德地图", "适老版", "分享", "首页"))
    assert page.locator(".prose .cite").count() > 1
    story = [text for text in texts if "第二行" in text or "第二段" in text]
    assert story and not any("1" in text.replace("alert(1)", "") for text in story), "marks of sources are not read out"
    assert "1" not in texts
    assert page.locator(".speech-bar").count() == 0, "over at the end"
    assert watched.console == []


@pytest.mark.requirement(48)
def test_reading_aloud_stops_with_the_page(opened: Callable[..., Watched]) -> None:
    page = opened("positions/he-cheng.html", script=f"({VOICE})({json.dumps(CHINESE)})").page
    page.click("[data-display-open]")
    page.get_by_role("button", name="朗读这一页").click()
    before = page.evaluate("said.cancelled")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("said.cancelled") == before + 1
    assert page.locator(".speech-bar").count() == 0
    page.click("[data-display-open]")
    page.get_by_role("button", name="朗读这一页").click()
    page.get_by_role("button", name="停止").click()
    assert page.evaluate("document.activeElement.hasAttribute('data-display-open')")
