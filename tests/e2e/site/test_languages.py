"""A site in several languages in a real browser, from file://: search in either script, the same page in the other one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.site.conftest import Watched
from tests.site.test_languages import spoken
from tests.worlds import publish

FIELD = "#q"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("several languages")
    publish(spoken(folder, "zh-CN", "zh-TW"), folder)
    return folder / "site"


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    watched = Watched(browser.new_page(viewport={"width": 390, "height": 844}))
    yield watched
    assert watched.console == []
    assert watched.foreign == []
    watched.page.close()


def options(watched: Watched, query: str) -> list[str]:
    """What the search field offers for a query."""
    page = watched.page
    page.click(FIELD)
    page.fill(FIELD, "")
    page.keyboard.type(query)
    page.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    page.wait_for_function("document.querySelectorAll('[role=option]').length > 0")
    found: list[str] = page.eval_on_selector_all(
        "[role=option]", "all => all.map((each) => each.textContent.replace(/\\s+/g, ' ').trim())"
    )
    return found


@pytest.mark.parametrize("query", ["黨群服務", "党群服务", "dangqun", "hecheng"])
def test_either_script_finds_a_place_on_a_page_in_traditional_characters(site: Path, watched: Watched, query: str) -> None:
    watched.page.goto((site / "zh-TW/towns/hecheng.html").as_uri())
    assert watched.page.evaluate("document.documentElement.lang") == "zh-TW"
    found = options(watched, query)
    assert any("黨群服務中心" in text for text in found)
    assert not any("党" in text for text in found)


def test_a_hit_leads_into_the_same_language_and_the_switcher_to_the_other(site: Path, watched: Watched) -> None:
    page = watched.page
    page.goto((site / "zh-TW/towns/hecheng.html").as_uri())
    options(watched, "黨群服務中心")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh-TW/positions/he-cheng.html")
    assert "禾城鎮" in page.inner_text("h1")
    page.click(".languages a[hreflang=zh-CN]")
    page.wait_for_url("**/site/positions/he-cheng.html")
    assert "禾城镇" in page.inner_text("h1")
    page.click(".languages a[hreflang=zh-TW]")
    page.wait_for_url("**/zh-TW/positions/he-cheng.html")


@pytest.mark.parametrize("path", ["index.html", "map.html", "search.html", "activities/index.html"])
def test_every_script_comes_from_where_it_is_shared(site: Path, watched: Watched, path: str) -> None:
    """Map, lists and programme show what they show in the first language; the console stays silent."""
    page = watched.page
    page.goto((site / "zh-TW" / path).as_uri())
    page.wait_for_load_state("load")
    page.wait_for_timeout(1500)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("Object.keys(window.HAITANG || {}).includes('words')")
    if path == "map.html":  # what is written on its base is said in this script
        page.wait_for_function("window.HAITANG.map_names && window.HAITANG.map_names.said.includes('樣例塔')")


UNMARKED = """() => {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (/[\\u3400-\\u9fff]/.test(node.data) && !node.parentElement.closest("script, style, [lang^=zh]"))
            found.push(node.data.trim());
    return found;
}"""


def test_what_stays_chinese_on_an_english_page_says_so_once_its_scripts_ran(tmp_path: Path, watched: Watched) -> None:
    publish(spoken(tmp_path, "zh-CN", "en"), tmp_path)
    page = watched.page
    for path in (
        "index",
        "map",
        "search",
        "about",
        "progress",
        "towns/hecheng",
        "positions/he-cheng",
        "needs/index",
        "brands/index",
    ):
        page.goto((tmp_path / f"site/en/{path}.html").as_uri())
        page.wait_for_load_state("load")
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.evaluate(UNMARKED) == [], path
