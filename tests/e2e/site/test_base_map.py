"""What lies beneath the marks, in a real Chromium from file://: after them, in the page's colours, with names, and gone without
harm where it does not come; the small map of a place's page."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.site.conftest import Watched
from tests.e2e.site.test_map import still

ORDER = """new MutationObserver(() => {
  window.order = window.order || [];
  const there = ["map-mark", "map-base"].filter((name) => document.querySelector("." + name));
  window.order.push(...there.filter((name) => !window.order.includes(name)));
}).observe(document, {subtree: true, childList: true});"""
# The share of opaque pixels, and how many are of a colour of the page's look, among all canvases that match.
SEEN = """([selector, variable]) => {
  const found = {drawn: 0, meant: 0};
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${variable})`;
  const [r, g, b] = getComputedStyle(probe).color.match(/[0-9]+/g).map(Number);
  probe.remove();
  for (const canvas of document.querySelectorAll(selector)) {
    if (!canvas.width || !canvas.height) continue;
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3]) found.drawn++;
      if (data[at + 3] === 255 && data[at] === r && data[at + 1] === g && data[at + 2] === b) found.meant++;
    }
  }
  return found;
}"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    made.add_init_script(ORDER)
    yield made
    made.close()


def opened(context: BrowserContext, site: Path, name: str = "map.html") -> Watched:
    watched = Watched(context.new_page())
    watched.page.goto((site / name).as_uri())
    if "map" in name:
        watched.page.wait_for_selector(".map-mark")
    return watched


def spoken(watched: Watched) -> list[str]:
    """Without what the browser says of our own looking at pixels."""
    return [said for said in watched.console if "getImageData" not in said]


def painted(page: Page, selector: str = ".map-base", variable: str = "--base-water") -> int:
    page.wait_for_function(f"(given) => ({SEEN})(given).meant > 50", arg=[selector, variable])
    return int(page.evaluate(SEEN, [selector, variable])["meant"])


def test_the_base_comes_after_the_marks(context: BrowserContext, every_kind: Path) -> None:
    watched = opened(context, every_kind / "world")
    page = watched.page
    assert painted(page) > 1000
    assert painted(page, variable="--base-green") > 50
    assert page.evaluate("window.order") == ["map-mark", "map-base"]
    assert page.locator(".map-note").inner_text() == "审图号：样例审图号（虚构） 底图：样例制图社 虚构，随意使用"
    assert spoken(watched) == [] and watched.foreign == []


def test_close_by_it_is_finer_and_has_names(context: BrowserContext, every_kind: Path) -> None:
    watched = opened(context, every_kind / "world")
    page = watched.page
    painted(page)
    assert page.evaluate(SEEN, [".map-names", "--ink"])["drawn"] == 0
    page.locator(".map-mark").first.focus()
    for _ in range(3):
        page.keyboard.press("+")  # around the mark that has the focus
        still(page)
    page.wait_for_function(f"(given) => ({SEEN})(given).drawn > 100", arg=[".map-names", "--ink"])
    finer = [url.partition("?")[0] for url in watched.requests if "/data/base/" in url]
    assert "all.js" in finer[0] and len(finer) > 1
    names, stage = page.locator(".map-names").bounding_box(), page.locator(".map-stage").bounding_box()
    assert names and stage
    assert (names["x"], names["y"]) == pytest.approx((stage["x"], stage["y"]), abs=1)


def test_it_is_drawn_anew_by_night_and_in_high_contrast(context: BrowserContext, every_kind: Path) -> None:
    page = opened(context, every_kind / "world").page
    painted(page)
    page.emulate_media(color_scheme="dark")
    assert painted(page) > 1000
    page.evaluate(
        "document.documentElement.dataset.contrast = 'high'; document.dispatchEvent(new CustomEvent('haitang:display'))"
    )
    assert painted(page) > 1000


@pytest.mark.parametrize("lost", ["base.js", "layers.js", "base"])
def test_a_base_that_does_not_come_leaves_the_map(context: BrowserContext, every_kind: Path, tmp_path: Path, lost: str) -> None:
    site = shutil.copytree(every_kind / "world", tmp_path / "site")
    gone = site / "data" / lost
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    page = context.new_page()
    with page.expect_console_message(lambda message: message.type == "warning" and "data/" in message.text):
        page.goto((site / "map.html").as_uri())
    page.wait_for_selector(".map-mark")
    still(page)
    assert page.locator(".map.is-live").count() == 1
    assert page.locator(".map-mark").count() > 0


def test_the_drawn_map_has_it_without_scripts_and_on_paper(browser: Browser, every_kind: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((every_kind / "world" / "map.html").as_uri())
    for kind in ("water", "green", "roads", "rails", "stations", "landmarks"):
        assert page.locator(f".base-{kind}").first.bounding_box(), kind
    assert page.locator(".sheet-note").inner_text().count("样例制图社") == 1
    assert page.locator(".m-approval").text_content() == "审图号：样例审图号（虚构）"
    context.close()


@pytest.mark.parametrize("width", [320, 1440])
def test_a_small_map_shows_what_is_near(context: BrowserContext, every_kind: Path, width: int) -> None:
    watched = opened(context, every_kind / "world", "positions/he-cheng.html")
    page = watched.page
    page.set_viewport_size({"width": width, "height": 700})
    small = page.get_by_role("group", name="周边示意图")
    small.scroll_into_view_if_needed()
    assert painted(page, ".small-map canvas", "--base-green") > 50
    link = small.get_by_role("link")
    assert link.count() == 1
    box = link.bounding_box()
    assert box and min(box["width"], box["height"]) >= 24
    mark, around = small.locator("> .mark").bounding_box(), small.bounding_box()
    assert mark and around
    assert mark["x"] + mark["width"] / 2 == pytest.approx(around["x"] + around["width"] / 2, abs=1.5)
    assert mark["y"] + mark["height"] / 2 == pytest.approx(around["y"] + around["height"] / 2, abs=1.5)
    bar = small.locator("small").bounding_box()
    assert bar
    assert bar["width"] / around["width"] == pytest.approx(0.2, abs=0.02)
    assert spoken(watched) == [] and watched.foreign == []
    link.press("Enter")
    page.wait_for_url("**/xiao-qu.html")


def test_without_layers_a_small_map_asks_for_nothing(context: BrowserContext, finder_site: Path) -> None:
    page_of = next(
        page for page in sorted((finder_site / "positions").glob("p-*.html")) if "small-map" in page.read_text("utf-8")
    )
    watched = opened(context, finder_site, f"positions/{page_of.name}")
    watched.page.locator(".small-map").scroll_into_view_if_needed()
    assert watched.page.locator(".small-map a").count() == 5
    watched.page.wait_for_timeout(300)
    assert watched.page.locator(".small-map canvas").count() == 0
    assert not [url for url in watched.requests if "/data/base" in url or "layers.js" in url]
    assert not (finder_site / "data" / "layers.js").exists()
