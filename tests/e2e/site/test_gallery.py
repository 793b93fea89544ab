"""Photos on a page and shown large: which file a browser takes, keys, fingers, focus, and what stays without a script."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.site.conftest import Watched

PLACE = Path("world", "positions", "he-cheng.html")
DIALOG = ".gallery[role=dialog]"
BEHIND = "[...document.querySelectorAll('body > :not(script):not(.gallery)')]"
BOXES = """[...document.querySelectorAll('.head *, .cols *:not(canvas)')].map((element) => {
  const {x, y, width, height} = element.getBoundingClientRect();
  return [x, y + scrollY, width, height];
})"""


@pytest.fixture
def watched(browser: Browser, every_kind: Path) -> Iterator[Watched]:
    """A place with three photos, on a phone and from file://."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce")
    seen = Watched(context.new_page())
    seen.page.goto((every_kind / PLACE).as_uri())
    seen.page.wait_for_load_state("load")
    yield seen
    assert seen.console == []
    assert seen.foreign == []
    context.close()


def opened(page: Page, at: int = 0) -> None:
    page.locator("a[data-photo]").nth(at).click()
    page.wait_for_selector(DIALOG)


def count(page: Page) -> str:
    return page.inner_text(".gallery-count")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def loaded(page: Page, selector: str) -> str:
    """The file that an image shows, once it is there."""
    page.wait_for_function(
        f"(() => {{ const i = document.querySelector('{selector}'); return i.complete && i.naturalWidth }})()"
    )
    return str(page.evaluate(f"document.querySelector('{selector}').currentSrc")).rpartition("/")[2]


def test_the_browser_takes_the_smallest_file_that_will_do(watched: Watched) -> None:
    watched.page.locator(".first-photo").scroll_into_view_if_needed()
    assert loaded(watched.page, ".first-photo img").endswith(".480.avif")
    assert not [url for url in watched.requests if url.endswith(".jpg")]


def test_a_browser_without_avif_takes_webp_and_one_without_either_the_jpeg(watched: Watched) -> None:
    page = watched.page
    page.evaluate("document.querySelectorAll('source[type=\"image/avif\"]').forEach((source) => source.remove())")
    page.locator(".first-photo").scroll_into_view_if_needed()
    assert loaded(page, ".first-photo img").endswith(".480.webp")
    page.evaluate("document.querySelectorAll('source').forEach((source) => source.remove())")
    page.wait_for_function("document.querySelector('.first-photo img').currentSrc.endsWith('.960.jpg')")
    assert loaded(page, ".first-photo img").endswith(".960.jpg")


def test_the_page_says_whose_a_photo_is_and_what_one_may_do_with_it(watched: Watched) -> None:
    first = watched.page.locator("figcaption").first.inner_text()
    assert "<b>花</b>" in first and '样例单位 "甲"' in first and "CC BY 4.0" in first


def test_keys(watched: Watched) -> None:
    page = watched.page
    page.locator("a[data-photo]").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(DIALOG)
    assert (count(page), focused(page)) == ("2 / 3", "关闭")
    for key, expected in (
        ("ArrowRight", "3 / 3"), ("ArrowRight", "1 / 3"), ("ArrowLeft", "3 / 3"), ("Home", "1 / 3"), ("End", "3 / 3"),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert count(page) == expected, key
    assert "一张很小的图" in page.inner_text(".gallery-told")
    page.keyboard.press("Escape")
    assert page.locator(DIALOG).count() == 0
    assert page.evaluate("document.activeElement === document.querySelectorAll('a[data-photo]')[2]")


def test_the_focus_stays_inside_and_the_page_behind_is_out_of_reach(watched: Watched) -> None:
    page = watched.page
    opened(page)
    names = []
    for _ in range(5):
        names.append(focused(page))
        page.keyboard.press("Tab")
    assert names == ["关闭", "上一张", "None", "下一张", "关闭"]  # what is said of the photo has no name but its text
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "关闭"
    assert page.evaluate(f"{BEHIND}.every((element) => element.hasAttribute('inert'))")
    page.get_by_role("button", name="关闭").click()
    assert page.evaluate(f"!{BEHIND}.some((element) => element.hasAttribute('inert'))")


def test_buttons_are_large_and_captions_stay_in_sight(watched: Watched) -> None:
    page = watched.page
    opened(page)
    page.get_by_role("button", name="下一张").click()
    assert count(page) == "2 / 3"
    for told in ("样例单位", "仅限本站使用"):
        assert page.locator(".gallery-told").get_by_text(told).is_visible()
    for key in page.locator(".gallery-key").all():
        box = key.bounding_box()
        assert box and box["width"] >= 48 and box["height"] >= 48
        assert 0 <= box["x"] <= 390 - box["width"] and 0 <= box["y"] <= 844 - box["height"]


def swipe(page: Page, start: tuple[int, int], end: tuple[int, int], fingers: int = 1) -> None:
    """As a finger does it: touch events of the browser itself."""
    session = page.context.new_cdp_session(page)

    def points(at: tuple[float, float]) -> list[dict[str, float]]:
        return [{"x": at[0] + 60 * finger, "y": at[1] + 60 * finger, "id": finger} for finger in range(fingers)]

    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points(start)})
    for step in range(1, 6):
        at = tuple(one + (other - one) * step / 5 for one, other in zip(start, end, strict=True))
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points((at[0], at[1]))})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_goes_from_photo_to_photo(watched: Watched) -> None:
    page = watched.page
    opened(page)
    for start, end, expected in (
        ((300, 400), (80, 410), "2 / 3"),  # on
        ((80, 400), (300, 390), "1 / 3"),  # back
        ((200, 300), (210, 600), "1 / 3"),  # down is neither
        ((200, 400), (180, 400), "1 / 3"),  # nor is a tap of an unsteady hand
    ):
        swipe(page, start, end)
        assert count(page) == expected, (start, end)
    swipe(page, (250, 400), (40, 400), fingers=2)
    assert count(page) == "1 / 3"


def test_the_next_photo_is_fetched_ahead(watched: Watched) -> None:
    with watched.page.expect_request(lambda request: "he-hua." in request.url and request.url.endswith(".webp")):
        opened(watched.page, 1)


def test_the_largest_file_is_for_large_screens(browser: Browser, every_kind: Path) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto((every_kind / PLACE).as_uri())
    opened(page)
    assert loaded(page, ".gallery-stage img").endswith(".1600.webp")
    page.close()


def test_the_history_does_not_grow(watched: Watched) -> None:
    page = watched.page
    before = page.evaluate("[history.length, location.href]")
    opened(page)
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    assert page.evaluate("[history.length, location.href]") == before


def test_a_new_window_is_still_a_new_window(watched: Watched) -> None:
    page = watched.page
    with page.context.expect_page() as new:
        page.locator("a[data-photo]").first.click(modifiers=["Control"])
    assert new.value.url.endswith(".1600.webp")
    assert page.locator(DIALOG).count() == 0


def test_without_a_script_a_photo_opens_its_largest_file(browser: Browser, every_kind: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((every_kind / PLACE).as_uri())
    page.locator("a[data-photo]").first.click()
    page.wait_for_url("**/*.1600.webp")
    context.close()


def test_a_brand_shows_its_cover_and_its_photos_in_one_row(browser: Browser, every_kind: Path) -> None:
    watched = Watched(browser.new_page(viewport={"width": 390, "height": 844}))
    watched.page.goto((every_kind / "world" / "brands" / "he-hua.html").as_uri())
    assert watched.page.locator("script[src*='gallery.js']").count() == 1
    opened(watched.page)
    assert "荷花驿站" in watched.page.inner_text(".gallery-told")
    watched.page.get_by_role("button", name="下一张").click()
    assert "样例 <i>单位</i>" in watched.page.inner_text(".gallery-told")
    assert watched.page.locator("[role=dialog]").count() == 1
    assert watched.console == []
    watched.page.close()


def test_a_single_picture_has_no_next(browser: Browser, every_kind: Path) -> None:
    brands = every_kind / "world" / "brands"
    html = (brands / "he-hua.html").read_text(encoding="utf-8")
    only_cover = re.sub(r'<div class="photos.*?</figure>\s*</div>', "", html, count=1, flags=re.DOTALL)
    (brands / "single.html").write_text(only_cover, encoding="utf-8")
    watched = Watched(browser.new_page(viewport={"width": 390, "height": 844}))
    watched.page.goto((brands / "single.html").as_uri())
    opened(watched.page)
    assert not watched.page.get_by_role("button", name="下一张").is_visible()
    assert "荷花驿站" in watched.page.inner_text(".gallery-told")
    assert watched.console == []
    watched.page.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_jumps_when_photos_arrive(browser: Browser, every_kind: Path, width: int) -> None:
    """Boxes before any photo came against those with all of them."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.route("**/photos/*", lambda route: route.abort())
    page.goto((every_kind / PLACE).as_uri())
    page.locator(".photos").scroll_into_view_if_needed()
    without = page.evaluate(BOXES)
    page.unroute("**/photos/*")
    page.reload()
    page.locator(".photos").scroll_into_view_if_needed()
    assert loaded(page, ".photos img")
    assert page.evaluate(BOXES) == without
    page.close()


def test_the_ground_of_a_photo_is_its_colour(watched: Watched) -> None:
    fills = watched.page.evaluate("[...document.querySelectorAll('.pic rect')].map((rect) => getComputedStyle(rect).fill)")
    assert len(fills) == 4 and len(set(fills)) == 3  # one is shown twice
    assert watched.page.locator("[style]").count() == 0
