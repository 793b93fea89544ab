"""search.html in a real Chromium: filters, links, search, files, paper; from file:// in a folder with blanks and Chinese."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

from tests.e2e.site.conftest import Watched
from tests.e2e.site.finder_world import BRANDS, FACILITIES, NOON, SERVICES, TOWNS, Place

PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1440, height=900)
VALUES: dict[str, Sequence[str]] = {
    "town": tuple(TOWNS), "tier": ("centre", "point", "station"), "service": SERVICES, "facility": FACILITIES,
    "brand": tuple(BRANDS), "open": ("1",), "verified": ("1",), "access": ("1",),
}  # fmt: skip
FLAGS = ("open", "verified", "access")
LEGENDS = {"town": "区镇", "tier": "层级", "service": "能办什么", "facility": "这里有", "brand": "品牌"}
FLAG_NAMES = {"open": "现在开放", "verified": "已核实", "access": "带无障碍设施"}
TIER_NAMES = {"centre": "中心", "station": "站", "point": "点"}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESK, timezone_id="America/New_York", accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Watched]:
    """A page whose clock says NOON; in the end its console must have stayed silent."""
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    watched = Watched(page)
    yield watched
    assert watched.console == []
    assert watched.foreign == []


def has(place: Place, group: str, value: str) -> bool:
    """The plain definition of one value of one group."""
    flags = {"open": place.is_open, "verified": place.verified, "access": place.is_free}
    own: dict[str, Sequence[str | None]] = {
        "town": (place.town,), "tier": (place.tier,), "service": place.services, "facility": place.facilities,
        "brand": place.brands,
    }  # fmt: skip
    return flags[group] if group in flags else value in own[group]


def visit(page: Page, site: Path, address: str = "", name: str = "search.html") -> Page:
    page.goto(f"{(site / name).as_uri()}{address}")
    page.wait_for_selector(".finder.is-live")
    return page


def ids(page: Page) -> list[str]:
    """Of every card, sorted."""
    return sorted(in_order(page))


def in_order(page: Page, room: str = ".find-list") -> list[str]:
    """Of every card, all of them asked for, as they are shown."""
    more = page.locator(f"{room} .list-more")
    while more.is_visible():
        more.click()
        page.wait_for_selector(f"{room} .list-more:not([aria-busy])", state="attached")
    return [str(own) for own in page.eval_on_selector_all(f"{room} .card", "cards => cards.map((card) => card.dataset.id)")]


def expected(world: list[Place], **asked: list[str]) -> list[str]:
    """The plain definition: any of a group, all groups, nothing that is gone; sorted."""
    kept = [place for place in world if not place.is_gone]
    return [p.id for p in kept if all(any(has(p, group, value) for value in values) for group, values in asked.items())]


def pick(page: Page, name: str, group: str = "只看") -> Locator:
    """A choice by the name its group and its value have on the page."""
    return page.get_by_role("group", name=group, exact=True).get_by_role("checkbox", name=name)


def named(group: str, value: str) -> tuple[str, str]:
    """What a value and its group are called on the page."""
    names = {**TOWNS, **BRANDS, **TIER_NAMES}
    return (FLAG_NAMES[group], "只看") if group in FLAGS else (names.get(value, value), LEGENDS[group])


@pytest.mark.parametrize("group", VALUES)
def test_each_value_shows_its_places_and_says_how_many(
    finder_site: Path, world: list[Place], watched: Watched, group: str
) -> None:
    page = visit(watched.page, finder_site)
    for more in page.locator(".filters-more").all():
        more.click()
    for value in VALUES[group]:
        name, legend = named(group, value)
        label = pick(page, name, legend).locator("xpath=..")
        told = int(label.locator("b").inner_text())
        pick(page, name, legend).check()
        right = expected(world, **{group: [value]})
        assert ids(page) == right
        assert told == len(right)
        assert page.locator(".list-count").inner_text() == (f"共 {len(right)} 处" if right else "")
        pick(page, name, legend).uncheck()
    assert len(ids(page)) == len(expected(world))


def test_counts_go_by_the_other_groups(finder_site: Path, world: list[Place], watched: Watched) -> None:
    asked = {"town": ["jia-zhen", "bing-zhen"], "service": [SERVICES[0], SERVICES[3]], "open": ["1"]}
    page = visit(watched.page, finder_site, address(asked))
    assert ids(page) == expected(world, **asked)
    for group, values in VALUES.items():
        for value in values:
            told = pick(page, *named(group, value)).locator("xpath=..").locator("b").text_content()
            assert told == str(len(expected(world, **{**asked, group: [value]}))), (group, value)


def address(asked: dict[str, list[str]]) -> str:
    return "?" + "&".join(f"{group}={quote(value)}" for group, values in asked.items() for value in values)


def test_what_would_show_nothing_can_still_be_reached(finder_site: Path, watched: Watched) -> None:
    page = visit(watched.page, finder_site, "?town=ding-zhen&verified=1")
    empty = page.locator(".pick.is-none input")
    assert empty.count()
    empty.first.focus()
    page.keyboard.press("Space")
    assert empty.first.is_checked()
    assert page.locator(".find-list .empty").is_visible()
    page.get_by_role("button", name="都不选了").first.click()
    assert page.locator(".find-list .card").count() == 30


def test_the_address_is_the_state_and_back_takes_back(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site)
    pick(page, "乙河镇", "区镇").check()
    pick(page, "母婴室", "这里有").check()
    pick(page, "已核实").check()
    asked = {"town": ["yi-zhen"], "facility": ["母婴室"], "verified": ["1"]}
    assert page.url.endswith(address(asked))
    assert ids(page) == expected(world, **asked)
    page.go_back()
    assert ids(page) == expected(world, town=["yi-zhen"], facility=["母婴室"])
    assert not pick(page, "已核实").is_checked()
    page.go_back()
    page.go_back()
    assert len(ids(page)) == len(expected(world))
    assert page.url.endswith("search.html")
    page.go_forward()
    page.go_forward()
    page.go_forward()
    page.reload()
    page.wait_for_selector(".finder.is-live")
    assert ids(page) == expected(world, **asked)
    assert pick(page, "乙河镇", "区镇").is_checked()
    assert page.locator(".chosen-one").all_inner_texts() == ["乙河镇", "母婴室", "已核实"]


def test_a_chosen_value_is_taken_back_by_itself(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site, "?town=jia-zhen&town=yi-zhen&open=1&town=nowhere&x=1")
    page.get_by_role("button", name="不选乙河镇").click()
    assert page.evaluate("document.activeElement.className") == "chosen-one"
    assert ids(page) == expected(world, town=["jia-zhen"], open=["1"])
    page.get_by_role("button", name="都不选了").first.click()
    assert page.url.endswith("search.html")


def test_more_cards_come_when_asked_for_and_the_focus_goes_to_them(
    finder_site: Path, world: list[Place], watched: Watched
) -> None:
    page = visit(watched.page, finder_site)
    cards = page.locator(".find-list .card")
    assert cards.count() == 30
    page.get_by_role("button", name="再看 30 处").click()
    assert cards.count() == 60
    assert page.evaluate("document.activeElement.closest('.card').dataset.id") == cards.nth(30).get_attribute("data-id")
    status = page.locator(".find-list [role=status]")
    status.filter(has_text=f"共 {len(expected(world))} 处").wait_for(state="attached")


def test_tiles_choose_and_go_when_something_is_asked(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site)
    ways = page.locator(".find-ways")
    assert ways.is_visible()
    ways.get_by_role("link", name="丙湖镇").click()
    assert page.url.endswith("search.html?town=bing-zhen")
    assert not ways.is_visible()
    assert ids(page) == expected(world, town=["bing-zhen"])
    page.go_back()
    assert ways.is_visible()


def test_cards_are_those_of_the_pages(finder_site: Path, watched: Watched) -> None:
    """The browser's cards and those made at build time have the same parts, texts and classes; buttons only the former have."""
    parts = """(cards) => cards.map((card) => [card.querySelector('h3 a').getAttribute('href').split('/').pop(), card.className,
      card.querySelector('.mark').getAttribute('class'), card.querySelector('h3').textContent.trim(),
      [...card.querySelectorAll('p:not(.tags):not(.card-acts)')].map((p) => p.textContent.trim()),
      [...card.querySelectorAll('.tag')].map((tag) => [tag.className, tag.dataset.hours || '', tag.textContent.trim()])])"""
    page = visit(watched.page, finder_site, "?town=jia-zhen")
    ids(page)
    made = {part[0]: part for part in page.eval_on_selector_all(".find-list .card", parts)}
    page.goto((finder_site / "positions" / "index.html").as_uri())
    page.wait_for_selector(".tag.state.is-open")
    built = {part[0]: part for part in page.eval_on_selector_all("main .card", parts)}
    shared = set(made) & set(built)
    assert len(shared) > 20
    assert {name: made[name] for name in shared} == {name: built[name] for name in shared}


def test_typing_finds_marks_and_groups(finder_site: Path, watched: Watched) -> None:
    page = visit(watched.page, finder_site)
    page.locator("#q").type("yihe")
    page.locator(".list-count", has_text="“yihe”").wait_for()
    assert page.locator(".find-list mark").first.inner_text() == "乙河"
    assert page.locator(".list-group").first.is_visible()
    page.wait_for_url("**/search.html?q=yihe")
    chip = page.locator(".find-answers button", has_text="乙河镇")
    told = int(chip.locator("b").inner_text())
    chip.click()
    assert page.url.endswith("search.html?town=yi-zhen")
    assert len(ids(page)) == told
    assert page.locator("#q").input_value() == ""
    page.go_back()
    assert page.locator("#q").input_value() == "yihe"


def test_an_input_method_is_not_disturbed(finder_site: Path, watched: Watched) -> None:
    page = visit(watched.page, finder_site)
    field = page.locator("#q")
    field.focus()
    field.dispatch_event("compositionstart")
    field.evaluate("field => { field.value = 'jia'; field.dispatchEvent(new InputEvent('input', {isComposing: true})); }")
    assert page.locator(".list-count").inner_text().startswith("共 ")
    field.evaluate("field => { field.value = '甲家'; field.dispatchEvent(new CompositionEvent('compositionend')); }")
    page.locator(".list-count", has_text="“甲家”").wait_for()


def test_places_that_are_gone_are_found_by_name_only(finder_site: Path, world: list[Place], watched: Watched) -> None:
    gone = next(place for place in world if place.is_gone)
    page = visit(watched.page, finder_site)
    assert gone.id not in ids(page)
    page.locator("#q").fill(gone.name)
    page.wait_for_selector(f".card[data-id='{gone.id}']")
    assert "已关闭" in page.locator(f".card[data-id='{gone.id}']").inner_text()


def test_nothing_found_is_never_a_blank(finder_site: Path, watched: Watched) -> None:
    page = visit(watched.page, finder_site, "?q=zzqqxx&open=1")
    empty = page.locator(".find-list .empty")
    assert "没有找到“zzqqxx”" in empty.inner_text()
    assert "0512-00000000" in empty.inner_text()
    assert empty.get_by_role("link", name="甲家镇").is_visible()
    empty.get_by_role("button", name="不选条件").click()
    assert page.url.endswith("search.html?q=zzqqxx")
    empty.get_by_role("link", name="甲家镇").click()
    assert page.url.endswith("search.html?town=jia-zhen")
    assert page.locator(".find-list .card").count() == 30


def test_the_choices_are_a_dialog_on_phones(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = watched.page
    page.set_viewport_size(PHONE)
    visit(page, finder_site)
    opener = page.get_by_role("button", name="选条件")
    opener.click()
    dialog = page.get_by_role("dialog", name="选条件")
    assert dialog.is_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.className").startswith("btn find-filters")
    opener.click()
    dialog.get_by_text("乙河镇").click()
    right = expected(world, town=["yi-zhen"])
    dialog.get_by_role("button", name=f"看 {len(right)} 处").click()
    assert not dialog.is_visible()
    assert page.locator(".list-count").inner_text() == f"共 {len(right)} 处"
    assert opener.inner_text().startswith("选条件 · 1 项")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_wrong_clock_tells_nothing_about_now(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = watched.page
    page.clock.set_fixed_time("2020-01-01T10:00:00+08:00")
    visit(page, finder_site, "?open=1")
    assert not page.locator(".find-open").is_visible()
    assert not pick(page, "现在开放").is_visible()
    assert ids(page) == expected(world)


@pytest.mark.parametrize("at", ["file", "http"])
def test_the_link_is_copied(finder_site: Path, finder_http: str, context: BrowserContext, watched: Watched, at: str) -> None:
    if at == "http":
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=finder_http)
    else:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = watched.page
    page.goto((finder_http + "/search.html" if at == "http" else (finder_site / "search.html").as_uri()) + "?town=jia-zhen")
    page.get_by_role("button", name="复制网址").click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_where_copying_is_refused_the_link_lies_ready(finder_site: Path, watched: Watched) -> None:
    page = watched.page
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
    )
    visit(page, finder_site, "?town=jia-zhen")
    page.get_by_role("button", name="复制网址").click()
    page.get_by_text("请长按").wait_for()
    field = page.locator(".taking-text")
    assert field.input_value() == page.url
    assert field.evaluate("field => field.selectionEnd - field.selectionStart") == len(page.url)


def test_the_result_is_saved_as_a_table(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site, "?town=jia-zhen&town=ding-zhen")
    right = in_order(page)
    assert sorted(right) == expected(world, town=["jia-zhen", "ding-zhen"])
    with page.expect_download() as caught:
        page.get_by_role("button", name="表格").click()
    assert caught.value.suggested_filename == f"名录-{len(right)}处-2026-11-20.csv"
    raw = Path(caught.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    known = {place.id: place for place in world}
    assert [row["id"] for row in rows] == right
    with (finder_site / "data" / "v1" / "positions.csv").open(encoding="utf-8-sig", newline="") as table:
        released = {row["id"]: row for row in csv.DictReader(table)}
    for row in rows:
        place = known[row["id"]]
        assert set(filter(None, row["service_names"].split(";"))) == set(place.services)
        assert tuple(float(row[name]) for name in ("lon", "lat") if row[name]) == (place.spot or ())
        assert row.pop("page") == f"{finder_site.as_uri()}/{released[place.id]['page']}"
        assert row == {name: released[place.id][name] for name in row}
    assert [name for name in released[right[0]] if name in rows[0]] == [*rows[0]]


def test_the_result_is_saved_as_map_data(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site, "?service=" + quote(SERVICES[1]))
    with page.expect_download() as caught:
        page.get_by_role("button", name="地图数据").click()
    data = json.loads(Path(caught.value.path()).read_text("utf-8"))
    right = expected(world, service=[SERVICES[1]])
    assert sorted(feature["id"] for feature in data["features"]) == right
    release = json.loads((finder_site / "data" / "v1" / "positions.geojson").read_text("utf-8"))
    assert {name: data[name] for name in data if name != "features"} == {
        name: release[name] for name in data if name != "features"
    }
    released = {feature["id"]: feature for feature in release["features"]}
    for feature in data["features"]:
        assert feature["geometry"] == released[feature["id"]]["geometry"]
        told, there = feature["properties"], released[feature["id"]]["properties"]
        assert told.pop("page").endswith(there["page"])
        assert told == {name: there[name] for name in told}


def test_in_wechat_the_table_lies_ready_to_be_copied(finder_site: Path, world: list[Place], browser: Browser) -> None:
    agent = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116.0 Mobile MicroMessenger/8.0.43"
    page = browser.new_page(user_agent=agent, viewport=PHONE)
    visit(page, finder_site, "?town=yi-zhen")
    page.get_by_role("button", name="表格").click()
    page.get_by_text("在浏览器打开").wait_for()
    text = page.locator(".taking-text").input_value()
    assert len(text.strip().splitlines()) == 1 + len(expected(world, town=["yi-zhen"]))
    assert page.get_by_role("button", name="复制文字").is_visible()
    page.close()


def test_paper_has_the_whole_filtered_list(finder_site: Path, world: list[Place], watched: Watched) -> None:
    page = visit(watched.page, finder_site, "?town=jia-zhen&verified=0&open=1")
    right = expected(world, town=["jia-zhen"], open=["1"])
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".paper-list tbody tr").count() == len(right)
    assert page.locator(".paper-list").is_visible()
    facts = page.locator(".paper-facts").first.inner_text()
    assert "甲家镇" in facts and "现在开放" in facts and f"共 {len(right)} 处" in facts and "2026-11-20" in facts
    assert not page.locator(".find-list").is_visible()
    assert not page.locator(".find-bar").is_visible()
    assert page.pdf(format="A4")[:4] == b"%PDF"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".paper-list").count() == 0


@pytest.mark.parametrize("name", ["search.html", "map.html"])
def test_without_javascript_both_pages_lead_on(finder_site: Path, browser: Browser, name: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto((finder_site / name).as_uri())
    main = page.locator("main")
    for town in TOWNS.values():
        assert main.get_by_role("link", name=town).first.is_visible()
    for link in main.locator(".find-ways a:visible").all():
        assert (finder_site / str(link.get_attribute("href"))).is_file()
    # Nothing that only a script could answer.
    assert main.locator("button:visible, input:visible").count() == 0
    if name == "map.html":
        assert main.locator("svg a").first.is_visible()
    context.close()
