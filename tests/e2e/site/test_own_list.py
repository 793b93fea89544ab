"""A visitor's own list: kept on the phone, taken back, handed on as a link, printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.site.conftest import Watched

PHONE = {"width": 390, "height": 844}
# A browser that neither has a sheet of its own to share with nor a clipboard for scripts: what is copied is what is selected.
COPYING = """
  delete Navigator.prototype.share;
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  document.execCommand = () => { window.copied = document.activeElement.value; return true; };
"""
CARDS = "cards => cards.map((card) => card.dataset.id)"


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield Watched(context.new_page())
    context.close()


def keep(page: Page, site: str, *ids: str) -> None:
    for each in ids:
        page.goto(f"{site}positions/{each}.html")
        page.locator(".keeper").click()
        assert page.locator(".keeper").get_attribute("aria-pressed") == "true"


def listed(page: Page) -> list[str]:
    page.wait_for_selector(".finder.is-live")
    return sorted(page.eval_on_selector_all(".find-list .card", CARDS))


def test_what_is_kept_is_listed_and_a_slip_is_taken_back(watched: Watched, sites_over_http: str) -> None:
    page, site = watched.page, f"{sites_over_http}many/"
    page.goto(f"{site}own.html")
    assert listed(page) == [] and "还没有收藏" in page.inner_text(".find-list")
    keep(page, site, "p-003", "p-007")
    page.goto(f"{site}own.html")
    assert listed(page) == ["p-003", "p-007"]
    page.goto(f"{site}positions/p-003.html")
    star = page.locator(".keeper")
    star.click()
    assert star.get_attribute("aria-pressed") == "false"
    page.wait_for_function("document.querySelector('.toast').textContent.includes('点错了')")
    star.click()
    page.goto(f"{site}own.html")
    assert listed(page) == ["p-003", "p-007"]
    assert watched.console == [] and watched.foreign == []


def test_a_list_is_handed_on_as_a_link(watched: Watched, browser: Browser, sites_over_http: str) -> None:
    page, site = watched.page, f"{sites_over_http}many/"
    page.add_init_script(COPYING)
    keep(page, site, "p-003", "p-007")
    page.goto(f"{site}own.html")
    page.get_by_role("button", name="分享这份名单").click()
    page.wait_for_function("window.copied")
    text = page.evaluate("window.copied")
    link = text[text.index("http") :]
    assert link.endswith("own.html#list=p-003,p-007")
    other = browser.new_page(viewport={"width": 390, "height": 844})
    other.goto(link.replace(link[: link.index("own.html")], site))
    assert listed(other) == ["p-003", "p-007"] and other.locator("h1").inner_text() == "别人分享的名单"
    other.get_by_role("button", name="存到我的收藏").click()
    other.goto(f"{site}own.html")
    assert listed(other) == ["p-003", "p-007"] and other.locator("h1").inner_text() == "我的收藏"
    other.close()


def test_what_is_no_list_shows_ones_own(watched: Watched, sites_over_http: str) -> None:
    page = watched.page
    page.add_init_script("localStorage.setItem('haitang-own', 'p-003,<img>,../x,p-003,p-999')")
    page.goto(f"{sites_over_http}many/own.html#list=<script>")
    assert listed(page) == ["p-003"] and page.locator("h1").inner_text() == "我的收藏"


def test_where_nothing_can_be_kept_it_is_said(watched: Watched, finder_site: Path) -> None:
    page = watched.page
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
    page.goto((finder_site / "positions/p-003.html").as_uri())
    page.locator(".keeper").click()
    page.wait_for_function("document.querySelector('.toast').textContent")
    assert "收藏不了" in page.locator(".toast").inner_text()
    assert page.locator(".keeper").get_attribute("aria-pressed") == "false"
