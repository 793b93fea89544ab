"""Long pages are short: how many phone screens our own directory takes, what opens, and that paper has all of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.worlds import PROJECT

PHONE = ViewportSize(width=390, height=844)
SCREENS = "document.documentElement.scrollHeight / 844"
LISTED = max(34, len([*(PROJECT / "positions").rglob("*.yml")]))  # the bounds of lists are those of 34 places
SHOWN = "(all) => all.filter((one) => one.getClientRects().length).length"
# What a visitor can open, and what opens.
FOLDS = "(all) => all.map((fold) => [fold.open, fold.nextElementSibling.getClientRects().length > 0])"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def opened(address: str, **options: Any) -> Page:
        contexts.append(browser.new_context(viewport=PHONE, **options))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("progress.html", 7),
        ("unverified.html", 6),
        ("positions/index.html", 6 * LISTED / 34),
        ("map.html", 1),
        ("brands/hongfushi.html", 7),
    ],
)
def test_a_long_page_is_few_screens(phone: Callable[..., Page], real_site: Path, path: str, most: float) -> None:
    page = phone((real_site / path).as_uri())
    if page.locator("[data-list]").count():
        page.locator(".map").scroll_into_view_if_needed()
        page.wait_for_selector("[data-list].is-live .card")
    if page.locator("[data-finder]").count():
        page.wait_for_selector(".finder.is-live .card")
        assert page.evaluate("document.querySelector('.list-body').scrollHeight / 844") <= 5 * LISTED / 34
    assert 1 <= page.evaluate(SCREENS) <= most


def test_a_long_list_opens_without_a_script(phone: Callable[..., Page], real_site: Path) -> None:
    page = phone((real_site / "positions" / "index.html").as_uri(), java_script_enabled=False)
    tags = page.locator(".card .tag.t-point, .card .tag.t-station, .card .tag.t-centre")
    cards = page.locator(".card")
    assert cards.count() > 8
    assert cards.evaluate_all(SHOWN) == cards.count()
    assert tags.count() > 0 and tags.evaluate_all(SHOWN) == 0
    page.get_by_text("展开每一处").click()
    assert tags.evaluate_all(SHOWN) == tags.count()


def test_a_short_list_is_not_folded(phone: Callable[..., Page], real_site: Path) -> None:
    towns = sorted((real_site / "towns").glob("*.html"))
    short = next(path for path in towns if 1 < path.read_text("utf-8").count('<li class="card') < 6)
    page = phone(short.as_uri(), java_script_enabled=False)
    assert page.get_by_text("展开每一处").count() == 0
    assert page.locator(".card .tag").evaluate_all(SHOWN) > 0


def test_what_is_folded_opens_and_is_on_paper(phone: Callable[..., Page], real_site: Path) -> None:
    page = phone((real_site / "progress.html").as_uri())
    folds = page.locator("details.fold")
    assert folds.count() >= 6
    assert folds.evaluate_all(FOLDS) == [[False, False]] * folds.count()
    folds.first.locator("summary").click()
    assert folds.evaluate_all(FOLDS)[0] == [True, True]
    page.emulate_media(media="print")
    assert folds.evaluate_all("(all) => all.every((fold) => !fold.getClientRects().length)")
    assert page.locator(".folded").evaluate_all(SHOWN) == folds.count()
    page.goto((real_site / "positions" / "index.html").as_uri())
    assert page.locator(".open-up").evaluate_all(SHOWN) == 0
    assert page.locator(".card .tag.place, .card .tags").evaluate_all(SHOWN) > 0
