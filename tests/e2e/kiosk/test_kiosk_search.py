"""Search and lists of the kiosk in a real Chromium: the golden table typed by tapping letters, and what hands can reach."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.apps import site_at, write_app
from tests.e2e.site.conftest import Watched
from tests.e2e.site.test_search import golden
from tests.site import search_world

SIZES = ((1080, 1920), (1920, 1080), (3840, 2160), (768, 1366))
GAP = 7.5  # of 8 pixels on a screen 1080 wide
SEARCH, LIST = '[data-screen="search"]', '[data-screen="list"]'
LATIN = [row for row in golden() if re.fullmatch(r"[A-Za-z0-9 ]+", row["query"])]
RECTS = """screen => [...document.querySelectorAll(`${screen} .k-chips button, ${screen} .k-cards button,
  ${screen} .k-turner button, ${screen} .k-pad button`)].filter(key => key.offsetParent).map(key => {
    const { left, top, right, bottom } = key.getBoundingClientRect();
    return { name: key.textContent, left, top, right, bottom };
  })"""


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app of the search's own world."""
    folder = tmp_path_factory.mktemp("展厅 搜索 #2")
    search_world.write(folder / "root")
    return write_app(site_at(folder / "root"), folder / "app.html", "2026-11-20")


@pytest.fixture
def kiosk(browser: Browser, app: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The app after the first touch; its console must have stayed silent."""
    width, height = getattr(request, "param", (1920, 1080))
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    watched = Watched(context.new_page())
    watched.page.goto(app.as_uri())
    watched.page.tap(".k-attract")
    yield watched.page
    assert watched.console == []
    assert watched.foreign == []
    context.close()


def search(page: Page) -> None:
    page.tap(".k-bar [data-go=search]")
    page.wait_for_selector(f"{SEARCH}[data-found]")


def type_by_taps(page: Page, query: str) -> None:
    """One tap a letter, and the keys turned where a digit is wanted; until what is shown is of the whole query."""
    page.evaluate("() => { for (const key of document.querySelectorAll('[data-key=clear]')) key.click(); }")
    for character in query.lower():
        keys = page.locator(f"{SEARCH} .k-pad").get_attribute("data-keys")
        if character != " " and (keys == "digits") != character.isdigit():
            page.tap("[data-key=turn]")
        page.tap("[data-key=blank]" if character == " " else f'[data-key="{character}"]')
    assert page.input_value("[data-query]") == query.upper()
    page.evaluate("() => new Promise((done) => setTimeout(() => setTimeout(done)))")  # the letter's own answer comes before


def gone(page: Page, selector: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all(selector, "keys => keys.map(key => key.dataset.go)")
    return found


def chip_addresses(name: str) -> set[str]:
    """How a chip of the table may be addressed: by its name, or by the id of that name, or as what one may need."""
    kind, called = name.split(" ", 1)
    needs = {"无障碍通道": "wu-zhang-ai-tong-dao"}
    towns = {short or long: id_ for id_, long, short in search_world.TOWNS}
    towns["花桥镇"] = "huaqiao"
    brands = {name: id_ for id_, name in search_world.BRANDS}
    tiers = {"党群服务站": "station"}
    return {f"list:{kind}/{({**towns, **brands, **tiers}).get(called, called)}", f"need:{needs.get(called, '')}"}


@pytest.mark.requirement(57)
def test_every_latin_query_of_the_golden_table_finds_the_same(kiosk: Page) -> None:
    search(kiosk)
    assert len(LATIN) > 40
    missed = []
    for row in LATIN:
        type_by_taps(kiosk, row["query"])
        if "hit" in row and f"position:{row['hit']}" not in gone(kiosk, f"{SEARCH} .k-card")[:3]:
            missed.append((row, gone(kiosk, f"{SEARCH} .k-card")))
        if "chip" in row and not chip_addresses(row["chip"]) & set(gone(kiosk, f"{SEARCH} .k-chips [data-go]")):
            missed.append((row, gone(kiosk, f"{SEARCH} .k-chips [data-go]")))
        if "nearest" in row and row["nearest"] not in kiosk.inner_text(f"{SEARCH} [data-told]"):
            missed.append((row, [kiosk.inner_text(f"{SEARCH} [data-told]")]))
    assert missed == []


def test_the_pad_has_the_alphabet_and_no_keyboard_opens(kiosk: Page) -> None:
    search(kiosk)
    keys = kiosk.eval_on_selector_all(f"{SEARCH} .k-pad button", "keys => keys.map(key => key.dataset.key)")
    assert keys == [*"abcdefghijklmnopqrstuvwxyz", "turn", "blank", "clear", "rub"]
    field = kiosk.locator("[data-query]")
    assert (field.get_attribute("inputmode"), field.get_attribute("readonly")) == ("none", "")
    kiosk.keyboard.type("lu")
    kiosk.keyboard.press("Backspace")
    assert field.input_value() == "L"
    kiosk.tap("[data-key=rub]")
    assert field.input_value() == ""
    assert kiosk.get_attribute(SEARCH, "data-found") == "hits" or kiosk.wait_for_selector(f"{SEARCH}[data-found=choices]")


def test_what_is_not_found_is_said_kindly_with_a_way_on(kiosk: Page) -> None:
    search(kiosk)
    type_by_taps(kiosk, "lj")
    kiosk.wait_for_selector(f"{SEARCH}[data-found=hits]")
    kiosk.tap("[data-key=q]")
    kiosk.tap("[data-key=q]")
    kiosk.wait_for_selector(f"{SEARCH}[data-found=none]")
    kiosk.locator(f"{SEARCH} [data-told]", has_text="LJQQ").wait_for()  # one q alone is found nowhere, too
    kiosk.tap(f"{SEARCH} .k-chips button")
    kiosk.wait_for_selector(f"{SEARCH}[data-found=hits]")
    assert kiosk.input_value("[data-query]") == "LJ"


def test_a_chip_leads_to_its_list_and_back_leads_to_what_was_typed(kiosk: Page) -> None:
    search(kiosk)
    type_by_taps(kiosk, "lujia")
    kiosk.tap(f'{SEARCH} [data-go="list:town/lujia"]')
    expected = {f"position:{row.id}" for row in search_world.ROWS if row.town == "lujia"}
    assert kiosk.inner_text(f"{LIST} h1") == "陆家镇"
    assert set(gone(kiosk, f"{LIST} .k-card")) == expected
    kiosk.tap(f'{LIST} [data-go="list:town/lujia/point"]')
    assert set(gone(kiosk, f"{LIST} .k-card")) == {"position:guangxia", "position:qifa"}
    kiosk.tap("[data-back]")
    kiosk.tap("[data-back]")
    assert kiosk.input_value("[data-query]") == "LUJIA"


def test_a_list_leaves_out_what_is_gone_and_a_page_turns(kiosk: Page) -> None:
    search(kiosk)
    kiosk.tap(f'{SEARCH} .k-cards [data-go="list:town/yushan"]')
    found = set(gone(kiosk, f"{LIST} .k-card"))
    while kiosk.is_visible(f"{LIST} [data-turn=on]") and kiosk.is_enabled(f"{LIST} [data-turn=on]"):
        kiosk.tap(f"{LIST} [data-turn=on]")
        found |= set(gone(kiosk, f"{LIST} .k-card"))
    in_use = {row.id for row in search_world.ROWS if row.town == "yushan" and not any("status:" in line for line in row.more)}
    assert found == {f"position:{own}" for own in in_use}


@pytest.mark.requirement(13, 14, 16)
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("kiosk", SIZES, ids=str, indirect=True)
def test_everything_touched_is_large_apart_whole_and_within_reach(kiosk: Page, large: bool) -> None:
    if large:
        kiosk.evaluate("() => { document.documentElement.dataset.size = 'large'; }")
    search(kiosk)
    in_reach(kiosk, SEARCH)
    type_by_taps(kiosk, "lj")
    in_reach(kiosk, SEARCH)
    assert len(gone(kiosk, f"{SEARCH} .k-card")) >= (1 if large else 3)
    kiosk.tap("[data-key=turn]")
    in_reach(kiosk, SEARCH)
    kiosk.tap(f'{SEARCH} [data-go="list:town/lujia"]')
    in_reach(kiosk, LIST)
    kiosk.tap(f"{LIST} .k-other")
    in_reach(kiosk, LIST)


def in_reach(page: Page, screen: str) -> None:
    """Nothing is cut off by the box it stands in."""
    size = page.viewport_size
    assert size
    width, height = size["width"], size["height"]
    highest = height * (0.5 if height > width else 0.4)
    least = 0.074 * min(width, height) - 0.5
    keys = page.evaluate(RECTS, screen)
    assert keys
    for key in keys:
        assert key["top"] >= highest - 1, key
        assert min(key["right"] - key["left"], key["bottom"] - key["top"]) >= least, key
        assert key["right"] <= width, key
    for at, one in enumerate(keys):
        for other in keys[at + 1 :]:
            beside = max(one["left"] - other["right"], other["left"] - one["right"])
            above = max(one["top"] - other["bottom"], other["top"] - one["bottom"])
            assert max(beside, above) >= GAP * min(width, height) / 1080, (one, other)
    share = 0.55 if screen == LIST and width >= 2560 and width > height else 0.8  # a wall keeps its map in sight
    boxes = ("chips", "cards")
    for box in boxes:
        clipped = page.eval_on_selector(f"{screen} [data-{box}]", "box => box.scrollHeight - box.clientHeight")
        assert clipped <= 1, box
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.eval_on_selector(f"{screen} .k-find-do", "part => part.getBoundingClientRect().width") >= share * width
