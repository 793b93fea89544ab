"""Where little is known, the upper half still shows something: what the map lies on, the towns around, or the family in
flowers. Never a blank sheet with one ring."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.apps import site_at, write_app
from tests.e2e.kiosk.pages_world import small_world
from tests.e2e.kiosk.screen import BUILT, begin, opened
from tests.e2e.kiosk.test_kiosk_rows import go
from tests.e2e.kiosk.thin_world import thin
from tests.e2e.site.test_base_map import painted
from tests.worlds import PROJECT

HERE = ".k-screen:not([hidden])"
# How many names and marks are wholly on the map, or how many flowers the family has in its place.
SEEN = """() => {
  const map = document.querySelector('.k-screen:not([hidden]) [data-map]'), sheet = map.getBoundingClientRect();
  const family = map.querySelector('.k-family');
  const isIn = (element) => {
    const {left, top, right, bottom, width} = element.getBoundingClientRect();
    return width > 0 && left >= sheet.left && right <= sheet.right && top >= sheet.top && bottom <= sheet.bottom
      && getComputedStyle(element).visibility === 'visible';
  };
  if (family) return {family: family.querySelectorAll('use').length, seeds: family.querySelectorAll('.a-seeds').length,
    told: family.querySelector('figcaption').textContent};
  return {names: new Set([...map.querySelectorAll('.map-town')].filter(isIn).map((name) => name.textContent)).size,
    marks: [...map.querySelectorAll('.map-mark')].filter(isIn).length};
}"""


def seen(page: Page, address: str) -> dict[str, int | str]:
    go(page, "brands")
    go(page, address)
    page.wait_for_selector(f"{HERE} .k-family, {HERE} .map-stage", state="attached")
    page.clock.run_for(300)
    found: dict[str, int | str] = page.evaluate(SEEN)
    return found


@pytest.mark.parametrize("located", [False, True], ids=["nowhere", "its town alone"])
def test_a_directory_of_one_place_shows_its_flower(browser: Browser, tmp_path: Path, located: bool) -> None:
    app = write_app(site_at(thin(tmp_path / "data", located), BUILT), tmp_path / "app.html", BUILT)
    with opened(browser, app) as page:
        assert page.locator("[data-slide=map]").count() == 0
        assert page.locator("[data-bloom] use").count() == 1 and page.locator("[data-bloom] .a-seeds").count() == 1
        begin(page)
        for address in ("home", "map", "list:town", "list:town/hecheng"):
            found = seen(page, address)
            assert (found["family"], found["seeds"]) == (1, 1), address
            assert page.locator(f"{HERE} [data-map-key]").locator("visible=true").count() == 0, (
                address
            )  # there is no map to move
            assert ("1 处的位置待核实" in str(found["told"])) is not located, address
            assert page.locator(f"{HERE} [data-cards] button").count() == 1, address
        go(page, "position:yi")
        text, pane = (page.locator(f"{HERE} {part}").bounding_box() for part in (".k-read section >> nth=-1", ".k-see"))
        assert text and pane and text["y"] + text["height"] > pane["y"] + pane["height"] * 0.8  # read to its lower end


def test_the_real_directory_has_no_blank_sheet(browser: Browser, tmp_path: Path) -> None:
    site = site_at(PROJECT, BUILT)
    directory = site.directory
    app = write_app(site, tmp_path / "app.html", BUILT)
    lists = [f"list:town/{town}" for town in sorted({position.town for position in directory.positions})]
    known = {position.id for position in directory.positions if directory.spot(position)}
    with opened(browser, app, size=(540, 960)) as page:
        begin(page)
        for address in ("home", "map", "list:town", *lists, *(f"map:{own}" for own in sorted(known)[:4])):
            found = seen(page, address)
            flowers = int(found.get("family", 0))
            assert flowers == len(directory.positions) or int(found["names"]) >= 3, f"{address}: {found}"
            nowhere = address in lists and not any(
                p.town == address.rpartition("/")[2] and p.id in known for p in directory.positions
            )
            assert bool(flowers) is nowhere, address


def test_what_the_map_lies_on_is_drawn_in_a_hall(browser: Browser, tmp_path: Path) -> None:
    app = write_app(site_at(small_world(tmp_path / "data"), BUILT), tmp_path / "app.html", BUILT)
    with opened(browser, app) as page:
        assert page.locator("[data-slide=map] .base-water").count() > 0
        begin(page)
        for address in ("home", "map:he-cheng"):
            go(page, address)
            page.wait_for_selector(f"{HERE} .map-base")
            assert painted(page, f"{HERE} .map-base") > 100, address
            assert "审图号" in page.locator(f"{HERE} .map-note").inner_text()
        page.tap(f"{HERE} [data-map-key=in]")
        page.clock.run_for(500)
        assert painted(page, f"{HERE} .map-base") > 100  # close by there is nothing finer, and it stays
