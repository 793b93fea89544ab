"""A site in several languages in a real browser, from file://: search in either script, the same page in the other one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.synthetic import write_directory
from haitang.checks.load import load
from haitang.site.page import NOT_FOUND, PAGE_KINDS
from tests.e2e.site.conftest import RUN, Watched
from tests.e2e.site.test_accessibility import AXE, TAGS
from tests.site.test_languages import spoken
from tests.worlds import TODAY, WORLD, publish

FIELD = "#q"
LANGUAGES = ("zh-CN", "zh-TW", "en")
FURTHER = LANGUAGES[1:]
# Colours and places of marks are the same in every language: all kinds of pages are asked about them in the first one.
WITHOUT = {rule: {"enabled": False} for rule in ("color-contrast", "link-in-text-block", "target-size")}
LOOK = """async (options) => (await axe.run(document, options)).violations.flatMap(({id, nodes}) =>
  nodes.map(({target, failureSummary}) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\\s+/g, ' ')}`))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("several languages")
    publish(spoken(folder, *LANGUAGES), folder)
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


# Texts that are Chinese and do not say so, once scripts have run.
UNMARKED = """() => {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (/[\\u3400-\\u9fff]/.test(node.data) && !node.parentElement.closest("script, style, [lang^=zh]"))
            found.push(node.data.trim());
    return found;
}"""


WIDER = "() => document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px wide`] : []"


def faults(page: Page, site: Path, language: str, path: str) -> list[str]:
    """What is wrong with a page of a language for who cannot see it, who has a narrow phone, who reads no Chinese."""
    page.goto((site / language / path).as_uri())
    page.wait_for_load_state("load")
    page.evaluate(RUN, AXE.read_text("utf-8"))
    # A frame is a page of its own, which is asked by itself.
    quick = {"resultTypes": ["violations"], "preload": False, "iframes": False}
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": WITHOUT, **quick}
    found: list[str] = [*page.evaluate(LOOK, options), *page.evaluate(WIDER)]
    found += page.evaluate(UNMARKED) if language == "en" else []
    assert page.evaluate("document.documentElement.lang") == language
    return [f"{language}/{path}: {fault}" for fault in found]


def one_of_each_kind() -> Iterator[str]:
    directory = load(WORLD, today=TODAY)
    for kind in PAGE_KINDS:
        # From a file the page of what is not there is without its styles: it stands wherever somebody was lost.
        if not kind.once and kind is not NOT_FOUND and (path := next((path for path, _ in kind.pages(directory)), "")):
            yield path


@pytest.mark.parametrize("language", FURTHER)
def test_a_page_of_every_kind_is_sound(site: Path, watched: Watched, language: str) -> None:
    paths = [path for path in one_of_each_kind() if (site / language / path).is_file()]
    assert len(paths) > 15
    assert [fault for path in paths for fault in faults(watched.page, site, language, path)] == []


@pytest.mark.long
@pytest.mark.parametrize("language", FURTHER)
def test_all_pages_of_a_full_directory_are_sound(tmp_path: Path, watched: Watched, language: str) -> None:
    write_directory(tmp_path / "root", 60)
    with (tmp_path / "root/directory.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"languages: [zh-CN, {language}]\n")
    publish(tmp_path / "root", tmp_path)
    site = tmp_path / "site"
    paths = sorted(
        path.relative_to(site / language).as_posix() for path in (site / language).rglob("*.html") if path.name != "404.html"
    )
    assert len(paths) > 150
    assert [fault for path in paths for fault in faults(watched.page, site, language, path)] == []
