"""What the first window of a phone shows: of a place the answer, of every page a way to search, however large letters are."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import ARGUMENTS, headless
from tests.e2e.site.page_kinds import KINDS

PHONE, SMALL = 844, 640  # pixels high
NO_SEARCH = "embed.html"  # which has no header
PATHS = sorted({(kind.site, kind.path.partition("?")[0]) for kind in KINDS if kind.site != "news"} - {
    ("world", NO_SEARCH), ("many", NO_SEARCH)
})  # fmt: skip
FLOWERS = ".hero-art, .spray, .cover-art, .cover-ground, .falling"
# Of each selector the lower edge of its first visible element, less what a bar over the page's foot hides; null without one.
EDGES = """(selectors) => {
  const shown = (element) => element.getClientRects().length > 0;
  const bar = [...document.querySelectorAll('.thumb')].find(shown);
  const floor = bar ? bar.getBoundingClientRect().top : innerHeight;
  return selectors.map((selector) => {
    const found = [...document.querySelectorAll(selector)].find(shown);
    return found ? [found.getBoundingClientRect().bottom, floor] : null;
  });
}"""


@pytest.fixture(scope="module")
def large(browser: Browser) -> Iterator[BrowserContext]:
    """A small phone whose owner has set letters to 200 %."""
    running = browser.browser_type.launch(executable_path=headless(), args=[*ARGUMENTS, "--blink-settings=defaultFontSize=32"])
    yield running.new_context(viewport={"width": 360, "height": SMALL}, reduced_motion="reduce", service_workers="block")
    running.close()


@pytest.fixture(scope="module")
def page(large: BrowserContext) -> Page:
    return large.new_page()


def edges(page: Page, *selectors: str) -> list[list[float]]:
    found: list[list[float] | None] = page.evaluate(EDGES, selectors)
    assert any(found), dict(zip(selectors, found, strict=True))
    return [each for each in found if each]


@pytest.mark.parametrize(("site", "path"), PATHS)
def test_search_is_in_the_first_window_at_twice_the_size(page: Page, sites_over_http: str, site: str, path: str) -> None:
    page.goto(f"{sites_over_http}{site}/{path}")
    assert page.evaluate("document.documentElement.classList.contains('is-narrow')")
    ((bottom, _),) = edges(page, "input[type=search]")
    assert bottom <= SMALL
    assert page.evaluate(EDGES, [FLOWERS]) == [None]
    assert page.locator(".top-nav").is_hidden()
    if page.locator(".foot").count():
        assert page.locator(".foot-links a").count() > 5 and page.locator(".top-more").is_visible()


@pytest.mark.parametrize(
    "path", ["world/positions/he-cheng.html", "world/positions/gong-yuan.html", "many/positions/p-003.html"]
)
def test_a_place_says_its_name_and_state_at_twice_the_size(page: Page, sites_over_http: str, path: str) -> None:
    page.goto(f"{sites_over_http}{path}")
    for selector in ("h1", ".state-line .tag, .head .tag.s-closed"):
        ((bottom, floor),) = edges(page, selector)
        assert bottom <= floor


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("positions/he-cheng.html", ("h1", ".state-line", ".head .address", ".keeper")),
        ("positions/gong-yuan.html", ("h1", ".state-line", ".head .address", ".keeper")),
    ],
)
def test_a_place_answers_in_its_first_window(browser: Browser, sites_over_http: str, path: str, shown: tuple[str, ...]) -> None:
    """And its bar is there before anybody scrolls."""
    page = browser.new_page(viewport={"width": 390, "height": PHONE})
    page.goto(f"{sites_over_http}world/{path}")
    page.wait_for_selector(".thumb")
    assert len(edges(page, *shown)) == len(shown)
    for bottom, floor in edges(page, *shown):
        assert bottom <= floor < PHONE
    bar = page.locator(".thumb").bounding_box()
    assert bar and bar["y"] + bar["height"] <= PHONE
    acts = page.locator(".thumb > *").all_inner_texts()
    if "he-cheng" in path:
        assert acts[:3] == ["导航", "电话", "分享"]
        photo = page.locator(".first-photo img").bounding_box()
        assert photo and photo["y"] < bar["y"] - 100
    page.close()


def test_letters_that_grow_change_the_layout_and_back(browser: Browser, sites_over_http: str) -> None:
    """As a chat program does it, whose size no setting of the browser tells."""
    page = browser.new_page(viewport={"width": 390, "height": PHONE})
    page.goto(f"{sites_over_http}world/index.html")
    assert not page.evaluate("document.documentElement.classList.contains('is-simple')")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.wait_for_selector("html.is-simple.is-narrow", state="attached")
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.wait_for_selector("html:not(.is-simple)", state="attached")
    page.close()
