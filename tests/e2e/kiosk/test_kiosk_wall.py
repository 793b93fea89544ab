"""A wall: the map at the left, whatever is listed or chosen at the right, and all keys in the lower three fifths."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.apps import site_at, with_halls, write_app
from tests.e2e.kiosk.screen import BUILT, begin, opened
from tests.e2e.kiosk.test_kiosk_rows import go
from tests.e2e.site.crowd_world import crowd

HERE = ".k-screen:not([hidden])"
MAP = "[data-wall-map] .map-stage"
LEAST = 8  # entries of a list
WALLS = [(3840, 2160), (2560, 1440)]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = crowd(tmp_path_factory.mktemp("wall") / "data")
    with_halls(root, "  - id: he-mu\n    title: 和睦展厅\n    home: p-01\n")
    return write_app(site_at(root, BUILT), root.parent / "app.html", BUILT)


@pytest.fixture(params=WALLS, ids=str)
def wall(app: Path, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(browser, app, size=request.param) as page:
        begin(page)
        page.wait_for_selector(MAP)
        page.clock.run_for(500)
        yield page


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found, selector
    return {"x": found["x"], "y": found["y"], "width": found["width"], "height": found["height"]}


def stands(page: Page, least: float = 0.7) -> None:
    """The map at the left, all else at its right or beneath it."""
    size = page.viewport_size
    assert size
    sheet = box(page, MAP)
    assert sheet["x"] + sheet["width"] < size["width"] * 0.45 and sheet["height"] > size["height"] * least
    assert page.locator(MAP).is_visible() and page.locator(f"{HERE} .map-stage").count() == 0
    keys = page.locator(f"{HERE} button:visible")
    for at in range(keys.count()):
        key = keys.nth(at).bounding_box()
        apart = key and (key["x"] > sheet["x"] + sheet["width"] or key["y"] > sheet["y"] + sheet["height"])
        assert key and apart and key["y"] >= size["height"] * 0.4 - 1, keys.nth(at).inner_text()
        assert min(key["width"], key["height"]) >= 0.074 * size["height"] - 1, keys.nth(at).inner_text()


def test_lists_show_eight_beside_the_map(wall: Page) -> None:
    for address in ("home", "map", "list:tier/station", "list:town/hecheng"):
        go(wall, address)
        wall.clock.run_for(300)
        stands(wall)
        cards = wall.locator(f"{HERE} [data-cards] .k-card")
        assert cards.count() >= LEAST, (address, cards.count())
        wide = wall.evaluate("document.documentElement.scrollWidth <= innerWidth")
        cut = wall.eval_on_selector(f"{HERE} [data-cards]", "box => box.scrollHeight - box.clientHeight")
        assert wide and cut <= 1, address


def test_a_mark_shows_its_place_and_the_map_stays(wall: Page) -> None:
    if "single" not in wall.evaluate(ZOOMED):
        for _ in range(8):
            go(wall, "map")
            wall.locator(f"{HERE} [data-map-key=in]").tap()
            wall.clock.run_for(500)
    page = wall
    for at in range(page.locator(f"{MAP} .map-mark").count()):
        mark = page.locator(f"{MAP} .map-mark").nth(at)
        spot, sheet = mark.bounding_box(), box(page, MAP)
        if not spot or not sheet["x"] < spot["x"] + spot["width"] / 2 < sheet["x"] + sheet["width"]:
            continue
        mark.dispatch_event("click")
        page.clock.run_for(500)
        if page.locator("[data-screen=position]").is_visible():
            break
    assert page.locator(f"{HERE} h1").inner_text().endswith(tuple("0123456789"))
    stands(page, 0.3)
    page.locator("[data-back]").tap()
    stands(page)
    go(page, "brands")
    assert page.locator(MAP).is_hidden()


ZOOMED = "() => [...document.querySelectorAll('[data-wall-map] .map-mark')].map((one) => one.className).join(' ')"


def test_other_screens_are_no_wall(app: Path, browser: Browser) -> None:
    for size in ((1920, 1080), (2160, 3840)):
        with opened(browser, app, size=size) as page:
            begin(page)
            page.wait_for_selector(f"{HERE} .map-stage")
            assert page.locator("[data-wall-map] .map-stage").count() == 0
            assert page.evaluate("'wall' in document.documentElement.dataset") is False
