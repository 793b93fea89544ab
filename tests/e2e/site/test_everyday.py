"""Everyday queries, typed into a page from file://: what one may need first, with why, how many and where to; never a blank."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.site.conftest import Watched
from tests.e2e.site.test_search import FIELD, PHONE, ask, at
from tests.site import everyday_world
from tests.site.test_everyday_queries import queries

# The groups under the field, in their order: the first row of each, and where it leads.
GROUPS = """field => [...document.querySelectorAll(field + '-list [role=group]')].map((group) => {
  const option = group.querySelector('[role=option]');
  return [group.querySelector('.search-heading').textContent, option.textContent, option.getAttribute('href')];
})"""
OF = {"needs": "您要找的", "activities": "活动", "pages": "按这些找"}


@pytest.fixture(scope="module")
def everyday(searched: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the data of the everyday world; of its pages there are only those that ask."""
    folder = tmp_path_factory.mktemp("每天")
    (folder / "root").mkdir()
    everyday_world.write(folder / "root")
    site = shutil.copytree(searched, folder / "网站")
    for file in everyday_world.files(folder / "root"):
        (site / file.path).write_bytes(file.content)
    return site


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    watched = Watched(browser.new_page(viewport=PHONE))
    yield watched
    assert watched.console == []
    assert watched.foreign == []
    watched.page.close()


def groups(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(GROUPS, FIELD)
    return found


def leads_to(group: str, first: str) -> str:
    """What stands in the address of a row."""
    pages = {"open": "open=1", "near": "near=choose", "today": "activities/index.html"}
    return f"/{first}.html" if group == "places" else pages[first] if group == "pages" else first


def test_a_dozen_of_them_find_what_they_mean(everyday: Path, watched: Watched) -> None:
    page = at(watched, everyday)
    table = [row for row in queries()[::6] if row[1] in ("needs", "places", "pages")]
    assert len(table) >= 12 and {group for _, group, _ in table} == {"needs", "places", "pages"}
    for query, group, first in table:
        ask(page, query)
        page.wait_for_function(
            "([field, text]) => [...document.querySelectorAll(`${field}-list a`)].some((option) => option.href.includes(text))",
            arg=[FIELD, leads_to(group, first)],
        )
        heading, _, href = groups(page)[0]
        assert heading == OF.get(group, heading) and leads_to(group, first) in href, (query, groups(page))


def test_a_need_says_why_it_was_found_how_many_have_it_and_leads_to_its_page(everyday: Path, watched: Watched) -> None:
    page = at(watched, everyday)
    ask(page, "卫生间")
    row = page.locator(".result-row").first
    assert row.locator(".result-name").inner_text() == "厕所"
    assert row.locator(".result-line").inner_text() == "65 处写明有 · “卫生间”就找这个"
    assert row.locator(".icon-toilet").evaluate("icon => getComputedStyle(icon).webkitMaskImage").startswith("url(")
    assert row.get_attribute("href") == "../needs/cesuo.html"
    assert page.locator(".result-row").count() == 1
    ask(page, "喂奶")
    assert "还没有一处写明有" in page.locator(".result-row").first.inner_text()


def test_activities_come_between_places_and_pages(everyday: Path, watched: Watched) -> None:
    page = at(watched, everyday)
    assert not [url for url in watched.requests if "activities.js" in url]
    ask(page, "量血压")
    page.wait_for_selector(".result-row:has-text('量血压义诊日')")
    headings = [heading for heading, _, _ in groups(page)]
    assert headings.index("您要找的") == 0 < headings.index("写明有的地方") < headings.index("活动")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    assert "量血压义诊日" in page.locator("[role=option][aria-selected=true]").inner_text()
    assert not [url for url in watched.requests if "stories.js" in url]


def test_where_nothing_is_found_somebody_can_be_asked(everyday: Path, watched: Watched) -> None:
    page = at(watched, everyday)
    ask(page, "印个材料")
    assert "没有找到“印个材料”" in page.locator(".search-none").inner_text()
    rows = {heading: (text, href) for heading, text, href in groups(page)}
    assert rows["最接近的是"][1] == "../needs/dayin.html"
    assert rows["拿不准，打电话问"][1] == "tel:12345"
    page.keyboard.press("Enter")
    page.wait_for_selector(".finder.is-live .empty")
    none = page.locator(".find-list .empty")
    assert "12345" in none.inner_text() and "打印复印" in none.inner_text()


def test_a_page_of_results_begins_with_what_one_may_need(everyday: Path, watched: Watched) -> None:
    page = watched.page
    page.goto((everyday / "search.html").as_uri() + "?q=廁所")
    page.wait_for_selector(".finder.is-live .card")
    first = page.locator(".find-answers a").first
    assert first.inner_text().startswith("厕所") and first.get_attribute("href") == "needs/cesuo.html"
    assert page.locator(".find-list .card").count() > 0
    page.goto((everyday / "search.html").as_uri() + "?q=粮仓")
    page.wait_for_selector(".finder.is-live .card")
    assert page.locator(".find-list .card").count() == 1 and "粮仓" in page.inner_text(".card-note")


def test_a_place_that_is_gone_says_whom_to_ask(everyday: Path, watched: Watched) -> None:
    page = at(watched, everyday)
    ask(page, "光夏花园")
    assert ["已经不开了，打电话问问", "tel:12345"] in [[heading, href] for heading, _, href in groups(page)]
    page.keyboard.press("Enter")
    page.wait_for_selector(".finder.is-live .card")
    assert "12345" in page.inner_text(".find-after")
