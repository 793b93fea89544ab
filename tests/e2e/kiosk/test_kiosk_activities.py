"""What many places hold alike is one card in a hall, and behind it the places; as on the website's pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from haitang.kiosk.text_fallback import plain_page
from tests.e2e.kiosk.apps import hall_of, site_at, with_halls, write_app
from tests.e2e.kiosk.screen import BUILT, at, begin, opened
from tests.e2e.site.crowd_world import ALIKE, AT_BARBER, BARBER, crowd

NO_CLOCK = "1970-01-02T10:00:00+08:00"
NAMES = ".k-screen:not([hidden]) [data-cards] .k-card-name"
HALL = "  - id: he-mu\n    title: 和睦展厅\n    home: p-03\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = crowd(tmp_path_factory.mktemp("crowd") / "data")
    with_halls(root, HALL)
    return root


@pytest.fixture(scope="module")
def app(root: Path) -> Path:
    return write_app(site_at(root, BUILT), root.parent / "app" / "app.html", BUILT)


@pytest.fixture
def wednesday(app: Path, browser: Browser) -> Iterator[Page]:
    with opened(browser, app) as page:
        begin(page)
        page.locator(".k-bar [data-go=today]").tap()
        yield page


def all_names(page: Page) -> list[str]:
    """Of every page of the list that is shown."""
    found: list[str] = page.locator(NAMES).all_inner_texts()
    on = page.locator(".k-screen:not([hidden]) [data-turn=on]")
    while on.is_visible() and on.is_enabled():
        on.tap()
        found += page.locator(NAMES).all_inner_texts()
    return found


def barber(page: Page, box: str = "[data-cards]") -> str:
    return str(page.locator(f".k-screen:not([hidden]) {box} .k-card", has_text=BARBER).inner_text())


def test_the_same_at_many_places_is_one_card_that_tells_how_many(wednesday: Page) -> None:
    told = barber(wednesday)
    assert f"在 {AT_BARBER} 处：" in told and "14:00" in told
    names = all_names(wednesday)
    assert len(names) == len(set(names))
    assert names.count(BARBER) == 1 and names.count("四点半课堂") == 1


@pytest.mark.parametrize("day", range(7))
def test_a_days_key_counts_what_its_cards_are(wednesday: Page, day: int) -> None:
    key = wednesday.locator(f"[data-screen=today] [data-tab='{day}']")
    key.tap()
    names = all_names(wednesday)
    assert len(names) == len(set(names))
    told = wednesday.locator("[data-screen=today] [data-told]").inner_text()
    if key.inner_text().endswith("没有"):
        assert "接下来有" in told
    else:
        assert told == f"{len(names)} 项" and key.inner_text().endswith(told)


def test_its_card_leads_to_all_its_places_the_nearest_first_and_back(wednesday: Page) -> None:
    wednesday.locator(NAMES, has_text=BARBER).tap()
    assert wednesday.locator(".k-screen:not([hidden]) h1").inner_text() == BARBER
    assert wednesday.locator(".k-screen:not([hidden]) [data-told]").inner_text().startswith(f"{AT_BARBER} 处")
    first = wednesday.locator(f"{NAMES}").first.inner_text()
    assert first in told_at_first(wednesday)
    names = all_names(wednesday)
    assert len(names) == len(set(names)) == AT_BARBER
    wednesday.locator("[data-back]").tap()
    assert BARBER in wednesday.locator(NAMES).all_inner_texts()


def told_at_first(page: Page) -> str:
    """The card again, and back to where it led."""
    page.locator("[data-back]").tap()
    told = barber(page)
    page.locator(NAMES, has_text=BARBER).tap()
    return told


def test_a_place_behind_it_opens(wednesday: Page) -> None:
    wednesday.locator(NAMES, has_text=BARBER).tap()
    name = wednesday.locator(NAMES).first.inner_text()
    wednesday.locator(NAMES).first.tap()
    assert wednesday.locator("[data-screen=position] h1").inner_text() == name


def test_what_one_place_holds_leads_straight_there(wednesday: Page) -> None:
    wednesday.locator("[data-screen=today] [data-tab='3']").tap()  # a Saturday
    alone = wednesday.locator(".k-screen:not([hidden]) [data-cards] .k-card", has_text="书法讲座")
    place = alone.locator(".k-card-line").inner_text()
    alone.tap()
    assert wednesday.locator("[data-screen=position] h1").inner_text() == place


def test_without_a_clock_what_is_regular_is_told_once(app: Path, browser: Browser) -> None:
    with opened(browser, app, NO_CLOCK) as page:
        begin(page)
        page.locator(".k-bar [data-go=today]").tap()
        told = barber(page)
        assert f"在 {AT_BARBER} 处：" in told and "每周三 14:00-16:00" in told
        names = all_names(page)
        assert len(names) == len(set(names))
        assert {one["name"] for _, one in ALIKE if "每" in one.get("when", "")} <= set(names)
        while page.locator(".k-screen:not([hidden]) [data-turn=back]").is_enabled():
            page.locator(".k-screen:not([hidden]) [data-turn=back]").tap()
        page.locator(NAMES, has_text=BARBER).tap()
        assert len(set(all_names(page))) == AT_BARBER


def test_the_slide_of_today_tells_different_things(app: Path, browser: Browser) -> None:
    with opened(browser, app) as page:
        while at(page) != "today":
            page.clock.run_for(10_000)
        names = page.locator(".a-today h3").all_inner_texts()
        assert len(names) == len(set(names)) >= 2
        assert f"在 {AT_BARBER} 处：" in page.locator(".a-today li", has_text=BARBER).inner_text()


def test_an_address_that_names_no_place_shows_none(wednesday: Page) -> None:
    for address in ("list:held/", "list:held/99999/老人理发", "list:held/x+-1+1e9/老人理发", "list:held//", "list:held/1.5/名"):
        wednesday.evaluate(
            """address => {
              const key = document.querySelector('.k-stage').appendChild(document.createElement('button'));
              key.dataset.go = address;
              key.click();
              key.remove();
            }""",
            address,
        )
        assert wednesday.locator(NAMES).count() == 0


def test_the_text_edition_lists_no_activity(root: Path) -> None:
    """It holds places alone: nothing there can be told twenty times."""
    site = site_at(root, BUILT)
    page = plain_page(site, hall_of(site), BUILT, b"").decode()
    assert BARBER not in page and page.count("<h3>") == len(site.directory.positions)
