"""Lists of results: in an order one chooses, on a page of one need, and what shares an address."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.site import finder_world
from tests.e2e.site.conftest import Watched
from tests.e2e.site.finder_world import NOON, SPOTS, Place
from tests.e2e.site.test_finder import PHONE, in_order, visit
from tests.e2e.site.test_nearby import metres
from tests.worlds import publish

SHARED = ("p-000", "p-004", "p-008")  # of one town
SERVICE = finder_world.SERVICES[0]


@pytest.fixture(scope="module")
def few() -> list[Place]:
    return [replace(place, status="open") for place in finder_world.places(40)]


@pytest.fixture(scope="module")
def site(few: list[Place], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, some of whose places share an address, and two pages of needs: as the build makes such a page, with the
    cards of all who have it."""
    folder = tmp_path_factory.mktemp("需要 #1")
    root = finder_world.write(folder / "root", few)
    for place in few:
        if place.id in SHARED or place.id == "p-001":  # the last in another town
            with (root / "positions" / place.town / f"{place.id}.yml").open("a", encoding="utf-8") as file:
                file.write("address: 同心路1号\n")
    publish(root, folder / "out")
    made = folder / "out" / "site"
    search = (made / "search.html").read_text(encoding="utf-8")
    for name, only in (("service", f"service:{SERVICE}"), ("kind", "activity_kind:电影")):
        cards = "".join(f'<li class="card"><div><h3><a href="positions/{own}.html"></a></h3></div></li>' for own in SHARED)
        page = search.replace("data-finder ", f'data-finder data-only="{only}" ', 1)
        page = page.replace("data-side>", f'data-side><ul class="cards">{cards}</ul>', 1)
        (made / f"need-{name}.html").write_text(page, encoding="utf-8")
    return made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, timezone_id="Asia/Shanghai")
    watched = Watched(context.new_page())
    watched.page.clock.set_fixed_time(NOON)
    yield watched.page
    assert watched.console == []
    context.close()


def test_a_list_in_the_order_one_chooses(page: Page, site: Path, few: list[Place]) -> None:
    visit(page, site)
    sort = page.get_by_label("排列")
    known = {place.id: place for place in few}
    usual = in_order(page)
    sort.select_option(label="开着的在前")
    shown = in_order(page)
    assert shown == [own for own in usual if known[own].is_open] + [own for own in usual if not known[own].is_open]
    assert 0 < sum(known[own].is_open for own in usual) < len(usual)
    sort.select_option(label="按名称")
    names = page.eval_on_selector_all(".find-list .card h3", "all => all.map((one) => one.textContent)")
    towns = [name[:3] for name in names]
    assert towns == sorted(towns, key=["丙湖镇", "丁山镇", "甲家镇", "乙河镇"].index)  # bing, ding, jia, yi
    # Near needs to know from where: asked for, and then sorted.
    sort.select_option(label="离我近的在前")
    page.get_by_label("选一个区镇").select_option(label="乙河镇")
    page.get_by_text("从乙河镇的大概位置算起").wait_for()
    far = [metres(known[own], SPOTS["yi-zhen"]) for own in in_order(page) if known[own].spot]
    assert far == sorted(far)
    assert len(far) > 20
    # The next page of this visit goes on from there; another place, and none.
    visit(page, site, "?town=yi-zhen")
    page.get_by_text("从您刚才说的地方算起").wait_for()
    assert page.get_by_label("排列").input_value() == "near"
    page.get_by_role("button", name="换个地方").click()
    page.get_by_label("选一个区镇").select_option(label="甲家镇")
    page.get_by_text("从甲家镇的大概位置算起").wait_for()
    page.get_by_role("button", name="不用位置了").click()
    assert page.get_by_label("排列").input_value() == "best"
    assert page.locator(".distance").count() == 0


def test_a_page_of_one_need_never_leaves_it(page: Page, site: Path, few: list[Place]) -> None:
    known = {place.id: place for place in few}
    having = [known[own] for own in in_order(visit(page, site, f"?service={SERVICE}"))]
    assert sorted(place.id for place in having) == sorted(place.id for place in few if SERVICE in place.services)
    visit(page, site, name="need-service.html")
    shown = in_order(page)
    assert shown == [p.id for p in having if p.is_open] + [p.id for p in having if not p.is_open]  # what is open comes first
    assert page.get_by_label("排列").input_value() == "open"
    page.get_by_role("button", name="现在开放").click()
    assert in_order(page) == [place.id for place in having if place.is_open]
    page.get_by_role("button", name="不选现在开放").click()
    page.get_by_role("button", name="附近").click()
    page.get_by_label("选一个区镇").select_option(label="乙河镇")
    page.get_by_text("从乙河镇的大概位置算起").wait_for()
    for half in (True, False):
        own = [known[each] for each in in_order(page) if known[each].is_open == half and known[each].spot]
        assert [metres(each, SPOTS["yi-zhen"]) for each in own] == sorted(metres(each, SPOTS["yi-zhen"]) for each in own)
    visit(page, site, name="need-kind.html")
    assert sorted(in_order(page)) == sorted(SHARED)


def test_others_at_the_same_address_are_named(page: Page, site: Path, few: list[Place]) -> None:
    visit(page, site, "?town=jia-zhen")
    names = {place.id: place.name for place in few}
    said = page.eval_on_selector_all(
        ".find-list .card",
        "all => all.map((card) => [card.dataset.id, (card.querySelector('.card-same') || {}).textContent || ''])",
    )
    told = {own: text for own, text in said if text}
    assert set(told) == set(SHARED)
    assert told["p-000"] == f"同一地址还有{names['p-004']}、{names['p-008']}"
    visit(page, site, "?town=yi-zhen")
    assert page.locator(".card-same").count() == 0  # the same words in another town are another street


def test_what_nobody_wrote_down_is_said_once(page: Page, site: Path, few: list[Place]) -> None:
    """By the build and by the browser alike."""
    assert any(place.hours is None for place in few)
    visit(page, site)
    in_order(page)
    assert page.locator(".find-list .tag.todo").count() == 0
    assert page.get_by_text("没写开放时间的，还待核实").count() == 1
    page.get_by_role("button", name="现在开放").click()
    assert not page.get_by_text("没写开放时间的，还待核实").is_visible()
    page.goto((site / "positions" / "index.html").as_uri())
    assert page.locator(".card .tag.todo").count() == 0
    assert page.get_by_text("没写开放时间的，还待核实").count() == 1
