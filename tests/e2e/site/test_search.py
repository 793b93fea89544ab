"""The search field in a real Chromium: keys, arrows, an input method; from file:// in a folder with blanks and Chinese."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize

from tests.e2e.site.conftest import RESTYLE, Watched
from tests.worlds import PROJECT

GOLDEN = PROJECT / "frontend" / "tests" / "fixtures" / "golden-queries.ts"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
TOWN_PAGE = "towns/lujia.html"
FIELD = "#q"
# What the panel shows that is no heading, in its order.
OPTIONS = "options => options.map((option) => option.textContent.replace(/\\s+/g, ' ').trim())"


def golden() -> list[dict[str, str]]:
    """The table of the Node tests: one query a line."""
    lines = re.findall(r"^  \{ (query: .*) \},$", GOLDEN.read_text("utf-8"), re.MULTILINE)
    return [dict(re.findall(r'(\w+): "([^"]*)"', line)) for line in lines]


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def watched(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Watched]:
    """A page; in the end its console must have stayed silent, and nobody else was asked for anything."""
    watched = Watched(browser.new_page(viewport=request.param))
    yield watched
    assert watched.console == []
    assert watched.foreign == []
    watched.page.close()


def at(watched: Watched, site: Path, path: str = TOWN_PAGE) -> Page:
    watched.page.goto((site / path).as_uri())
    return watched.page


def ask(page: Page, query: str, field: str = FIELD) -> None:
    """Types a query key by key, and waits until its answer is there."""
    page.click(field)
    page.fill(field, "")
    page.keyboard.type(query)
    page.wait_for_selector(f"{field}[aria-expanded=true]")


def hits(page: Page, field: str = FIELD) -> list[str]:
    """The ids of the places that are shown."""
    found: list[str] = page.eval_on_selector_all(
        f"{field}-list .search-hit",
        "hits => hits.map((hit) => hit.getAttribute('href').replace(/.*positions\\/|\\.html/g, ''))",
    )
    return found


def active(page: Page, field: str = FIELD) -> str:
    """The text of the option that a screen reader is at; empty where there is none."""
    text: str = page.evaluate(
        """(field) => {
          const own = document.querySelector(field).getAttribute("aria-activedescendant");
          const chosen = [...document.querySelectorAll("[role=option][aria-selected=true]")];
          if (!own) return chosen.length ? "two minds" : "";
          const option = document.getElementById(own);
          return chosen.length === 1 && chosen[0] === option ? option.textContent.trim() : "two minds";
        }""",
        field,
    )
    return text


@pytest.mark.requirement(57)
def test_every_golden_query_typed_by_hand_finds_what_it_means(searched: Path, browser: Browser) -> None:
    watched = Watched(browser.new_page(viewport=DESK))
    page = at(watched, searched)
    queries = golden()
    assert len(queries) >= 60
    wrong = []
    for row in queries:
        ask(page, row["query"])
        chips = page.eval_on_selector_all(
            f"{FIELD}-list .search-chip", "chips => chips.map((chip) => chip.firstChild.nodeType === 3 ? "
            "chip.firstChild.data.trim() : chip.childNodes[1].data.trim())"
        )  # fmt: skip
        chips += page.locator(f"{FIELD}-list .result-row .result-name").all_inner_texts()  # services and facilities are needs
        nearest = page.locator(".search-nearest").all_inner_texts()
        found = {
            "hit": row.get("hit") is None or row["hit"] in hits(page)[:3],
            "chip": row.get("chip") is None or row["chip"].partition(" ")[2] in chips,
            "nearest": row.get("nearest") is None or any(row["nearest"] in text for text in nearest),
        }
        wrong += [f"{row['query']}: {name}" for name, right in found.items() if not right]
    assert wrong == []
    assert watched.console == [] and watched.foreign == []
    page.close()


def test_nothing_is_loaded_before_somebody_wants_to_search(searched: Path, watched: Watched) -> None:
    page = at(watched, searched, "positions/qifa.html")
    page.wait_for_load_state("load")
    assert not [url for url in watched.requests if "/data/" in url]
    assert page.locator(".search-panel").is_hidden()
    page.click(FIELD)
    page.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    loaded = {url.rpartition("/")[2] for url in watched.requests if "/data/" in url}
    assert loaded == {"files.js", "engine.js", "places.js", "facts.js", "readings.js", "needs.js"}


def test_nothing_typed_offers_towns_and_tiers(searched: Path, watched: Watched) -> None:
    page = at(watched, searched)
    page.click(FIELD)
    page.wait_for_selector(".search-chip")
    texts = page.locator(".search-chip").all_inner_texts()
    assert any(text.startswith("陆家镇") for text in texts) and any(text.startswith("党群服务站") for text in texts)
    page.locator(".search-chip", has_text="张浦镇").click()
    page.wait_for_url("**/towns/zhangpu.html")


def test_the_keyboard_walks_through_all_and_back(searched: Path, watched: Watched) -> None:
    page = at(watched, searched)
    page.focus(FIELD)
    ask(page, "lj")
    assert active(page) == ""
    options = page.eval_on_selector_all(f"{FIELD}-list [role=option]", OPTIONS)
    page.keyboard.press("ArrowDown")
    assert active(page).startswith("陆家镇党群服务中心")
    page.keyboard.press("ArrowDown")
    assert active(page) == options[1] != options[0]
    page.keyboard.press("End")
    assert active(page).startswith("陆家镇 ") and active(page).split() == options[-1].split()
    assert options[-2] == f"看全部 {len(hits(page))} 处"
    page.keyboard.press("ArrowDown")
    assert active(page).startswith("陆家镇党群服务中心")
    page.keyboard.press("ArrowUp")
    assert active(page).split() == options[-1].split()
    page.keyboard.press("Home")
    assert active(page).startswith("陆家镇党群服务中心")
    page.keyboard.press("Escape")
    assert page.locator(".search-panel").is_hidden()
    assert page.get_attribute(FIELD, "aria-expanded") == "false" and active(page) == ""
    assert page.input_value(FIELD) == "lj"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/positions/lujia-zhen.html")


def test_enter_leads_to_all_hits_and_tab_away_closes(searched: Path, watched: Watched) -> None:
    page = at(watched, searched)
    page.focus(FIELD)
    ask(page, "陆家")
    page.keyboard.press("Tab")
    assert page.locator(".search-panel").is_hidden()
    page.focus(FIELD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_selector(".finder.is-live .card")
    assert "陆家镇党群服务中心" in page.inner_text(".find-list")


def test_names_roles_and_what_is_told(searched: Path, watched: Watched) -> None:
    page = at(watched, searched)
    page.focus(FIELD)
    ask(page, "社区")
    field = page.get_by_role("combobox", name="找地方")
    assert field.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    assert page.get_by_role("listbox").get_by_role("group", name="名称里有").get_by_role("option").count() >= 3
    page.wait_for_function("document.querySelector('.search [role=status]').textContent.includes('找到')")
    assert page.locator(".search-hit mark").first.inner_text() == "社区"


def test_zero_hits_show_towns_and_the_telephone(searched: Path, watched: Watched) -> None:
    page = at(watched, searched)
    page.focus(FIELD)
    ask(page, "qqxxqq")
    assert page.locator(".search-none").inner_text() == "没有找到“qqxxqq”"
    assert page.locator(".search-chip", has_text="陆家镇").is_visible()
    call = page.locator(".search-call")
    assert call.get_attribute("href") == "tel:0512-00001234" and "0512-00001234" in call.inner_text()


def test_the_nearest_spelling_is_one_tap_away(searched: Path, watched: Watched) -> None:
    page = at(watched, searched)
    page.focus(FIELD)
    ask(page, "lujai")
    page.locator(".search-nearest").click()
    assert page.input_value(FIELD) == "陆家镇"
    assert hits(page)[0] == "lujia-zhen"
    assert page.locator(".search-nearest").count() == 0
    assert page.evaluate("document.activeElement.id") == "q"


def test_an_input_method_does_not_make_it_flicker(searched: Path, watched: Watched) -> None:
    """While letters are being composed nothing changes; what is chosen is answered at once."""
    page = at(watched, searched)
    page.focus(FIELD)
    ask(page, "陆家")
    page.evaluate(
        """() => {
          window.changes = 0;
          new MutationObserver((all) => window.changes += all.length).observe(
            document.querySelector(".search-panel"), {subtree: true, childList: true, attributes: true});
        }"""
    )
    session = page.context.new_cdp_session(page)
    for composed in ("z", "zh", "zhe", "zhen"):
        session.send(
            "Input.imeSetComposition", {"text": composed, "selectionStart": len(composed), "selectionEnd": len(composed)}
        )
        page.wait_for_function("(wanted) => document.querySelector('#q').value === wanted", arg=f"陆家{composed}")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.changes") == 0
    session.send("Input.insertText", {"text": "镇"})
    page.wait_for_function("window.changes > 0")
    assert page.input_value(FIELD) == "陆家镇"
    assert hits(page)[0] == "lujia-zhen"


def test_a_click_elsewhere_closes_and_the_field_opens_again(searched: Path, watched: Watched) -> None:
    page = at(watched, searched)
    page.focus(FIELD)
    ask(page, "lj")
    page.mouse.click(5, page.viewport_size["height"] - 5 if page.viewport_size else 800)
    assert page.locator(".search-panel").is_hidden()
    page.click(FIELD)
    assert page.locator(".search-panel").is_visible()


def test_what_is_typed_before_the_data_is_there_is_answered_when_it_comes(searched: Path, watched: Watched) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    watched.page.route("**/data/readings.js", hold)
    page = at(watched, searched)
    page.click(FIELD)
    page.keyboard.type("lujia")
    page.wait_for_function("document.querySelectorAll('script[src*=\"data/\"]').length === 6")
    assert page.locator(".search-panel").is_hidden()
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.wait_for_selector(f"{FIELD}[aria-expanded=true]")
    assert hits(page)[0] == "lujia-zhen"


def test_without_its_data_it_is_still_a_form(searched: Path, browser: Browser, tmp_path: Path) -> None:
    site = Path(shutil.copytree(searched, tmp_path / "site"))
    (site / "data" / "readings.js").unlink()
    page = browser.new_page(viewport=PHONE)
    page.goto((site / TOWN_PAGE).as_uri())
    page.click(FIELD)
    page.keyboard.type("陆家")
    assert page.locator(".search-panel").is_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.close()


def test_on_the_map_page_the_field_drives_the_finder(searched: Path, watched: Watched) -> None:
    page = at(watched, searched, "map.html")
    page.wait_for_selector(".finder.is-live")
    page.click(FIELD)
    page.keyboard.type("母婴室")
    page.wait_for_function("location.search.includes('q=')")
    assert page.locator(".search-panel").count() == 0
    page.reload()
    page.wait_for_selector(".finder.is-live")
    assert page.input_value(FIELD) == "母婴室"


def test_on_the_page_of_a_need_the_field_asks_for_everything(searched: Path, watched: Watched) -> None:
    """Its list answers for nothing but the need."""
    page = at(watched, searched, "needs/jian-kang-yi-zhen.html")
    ask(page, "fushikang")
    assert hits(page)[0] == "fushikang"


def test_the_home_page_asks_first_and_shows_one_field_where_two_would_stack(searched: Path, watched: Watched) -> None:
    page = at(watched, searched, "index.html")
    assert page.locator("form.search:visible").count() == (1 if page.viewport_size == PHONE else 2)
    ask(page, "fsk", "#q-home")
    assert hits(page, "#q-home")[0] == "fushikang"
    panel = page.locator(".search-panel:visible").bounding_box()
    assert panel and panel["height"] > 100
    top = page.evaluate(
        """() => { const box = document.querySelector('#q-home-list .search-hit').getBoundingClientRect();
          return document.elementFromPoint(box.left + 20, box.top + 10).closest('.search-hit') !== null; }"""
    )
    assert top, "something lies over the panel"


def test_it_fits_small_screens_with_large_print(searched: Path, browser: Browser) -> None:
    watched = Watched(browser.new_page(viewport={"width": 320, "height": 640}))
    page = at(watched, searched)
    page.evaluate(RESTYLE, "html { font-size: 200% }")
    ask(page, "社区")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".search-panel *")].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 1 && (box.left < 0 || box.right > innerWidth + 1);
        }).length"""
    )
    assert outside == 0
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    seen = page.evaluate(
        """() => { const room = document.querySelector(".search-panel").getBoundingClientRect();
          const box = document.querySelector("[aria-selected=true]").getBoundingClientRect();
          return box.top >= room.top - 1 && (box.bottom <= room.bottom + 1 || box.height > room.height - 16); }"""
    )
    assert seen, "the active option is out of sight"
    page.close()
