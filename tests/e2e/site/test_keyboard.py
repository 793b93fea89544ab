"""With the keyboard alone: through search, filters, map and list, and back; nothing traps, and the focus is always seen."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.site.page_kinds import KINDS, Kind, filters, finder, map_card, show, suggestions

BY_NAME = {kind.name: kind for kind in KINDS}
WALKED = ("search, filtered", "map", "home of many", "position, full", "search, nothing found")
MOST = 400  # stops on a page; more would be a trap
# The element with the focus: who it is, whether one sees that it has the focus, and what lies over it.
STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  element.stop = element.stop || (window.stops = (window.stops || 0) + 1); // who it is, whatever comes and goes around it
  const ring = (target, pseudo) => {
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(target, pseudo);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || /0px 0px 0px [2-9]px/.test(boxShadow);
  };
  const around = [element.parentElement, element.nextElementSibling].filter(Boolean);
  const seen = ring(element) || ring(element, '::after') || ring(element, '::before') || around.some((other) => ring(other));
  const room = element.labels && element.labels.length && element.matches('[type=checkbox], [type=radio]')
    ? element.labels[0] : element;
  const {left, top, width, height} = room.getClientRects()[0] || room.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const inside = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
  const over = inside ? document.elementFromPoint(x, y) : null;
  const free = over && (room.contains(over) || (over.closest('label') && over.closest('label').contains(element)));
  return {
    key: element.stop, what: element.outerHTML.slice(0, 110), seen,
    over: free ? '' : over ? over.outerHTML.slice(0, 80) : `outside the window at ${Math.round(x)}, ${Math.round(y)}`,
  };
}"""


@pytest.fixture(params=[390, 1440], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    size = {"width": request.param, "height": 844}
    context = browser.new_context(viewport=size, reduced_motion="reduce", service_workers="block")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def walk(page: Page, key: str) -> list[dict[str, Any]]:
    """Every stop until the focus leaves the page."""
    stops: list[dict[str, Any]] = []
    while len(stops) < MOST:
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["key"] == stops[0]["key"]):  # out of the page, or round it
            return stops
        stops.append(stop)
    raise AssertionError(f"still on the page after {MOST} stops: {stops[-1]['what']}")


@pytest.mark.requirement(45)
@pytest.mark.parametrize("name", WALKED)
def test_there_and_back(page: Page, sites_over_http: str, name: str) -> None:
    show(page, sites_over_http, BY_NAME[name])
    page.wait_for_load_state("networkidle")  # what arrives during the walk moves what has the focus, on a busy machine only
    page.evaluate("document.activeElement.blur()")
    there = walk(page, "Tab")
    assert [stop["what"] for stop in there if not stop["seen"]] == [], "the focus is not seen"
    assert [f"{stop['what']} under {stop['over']}" for stop in there if stop["over"]] == [], "the focus is covered"
    keys = [stop["key"] for stop in there]
    assert len(set(keys)) == len(keys)
    back = walk(page, "Shift+Tab")
    assert [stop["key"] for stop in back] == keys[::-1]
    assert [f"{stop['what']} under {stop['over']}" for stop in back if stop["over"]] == [], (
        "the focus is covered on the way back"
    )


@pytest.mark.requirement(45)
def test_from_a_word_to_the_page_of_a_place(page: Page, sites_over_http: str) -> None:
    """Type, choose from what is suggested, and arrive."""
    show(page, sites_over_http, BY_NAME["search, suggestions"])
    page.keyboard.press("ArrowDown")
    assert page.locator("[role=option][aria-selected=true]").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.html*")
    page.wait_for_selector("h1")


def test_filters_are_set_and_taken_back(page: Page, sites_over_http: str) -> None:
    show(page, sites_over_http, Kind("", "many", "search.html?town=jia-zhen", filters))
    before = page.locator(".chosen-one").count()
    box = page.get_by_role("group", name="层级").get_by_role("checkbox", name="站")
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()
    assert page.locator(".chosen-one").count() == before + 1
    page.keyboard.press("Space")
    assert page.locator(".chosen-one").count() == before


def test_escape_closes_what_was_opened_and_gives_the_focus_back(page: Page, sites_over_http: str) -> None:
    show(page, sites_over_http, Kind("", "many", "search.html", finder))
    for opener in ("[data-display-open]", ".find-filters"):
        button = page.locator(opener)
        if not button.is_visible():
            continue  # on a desk the filters are always open
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
        assert page.evaluate("(opener) => document.activeElement === document.querySelector(opener)", opener)


def test_escape_closes_suggestions_and_keeps_the_field(page: Page, sites_over_http: str) -> None:
    show(page, sites_over_http, Kind("", "many", "index.html", suggestions))
    page.keyboard.press("Escape")
    assert page.locator("[role=listbox]:visible").count() == 0
    assert page.evaluate("document.activeElement.type") == "search"


def test_a_mark_opens_by_enter_and_closes_by_escape(page: Page, sites_over_http: str) -> None:
    show(page, sites_over_http, Kind("", "world", "map.html", map_card))
    page.keyboard.press("Escape")
    page.locator(".map [role=dialog]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.classList.contains('map-mark')")
