"""Data in blocks, as directories of more than 5,000 places have them: the same answers as from whole files, from a server and
from file://, and nothing is fetched that is not shown. The worlds are small, and so are their blocks."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from haitang.site.exports import browser_data
from haitang.site.exports.shards import blocks, ids, search_keys
from tests.e2e.site import finder_world
from tests.e2e.site.conftest import Watched, _publish_dated, _served, until
from tests.e2e.site.finder_world import NOON, Place
from tests.e2e.site.line import Handler, Line
from tests.e2e.site.test_finder import expected, in_order, visit
from tests.e2e.site.test_map import COUNTS
from tests.e2e.site.test_search import ask, golden
from tests.e2e.site.test_updates import ACTIVE
from tests.site import search_world
from tests.worlds import position, publish


@contextmanager
def split(places: int) -> Iterator[None]:
    """Sites built meanwhile have blocks of at most so many places."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(browser_data, "MOST_WHOLE", 0)
        patch.setattr(blocks, "MOST", places)
        patch.setattr(ids, "MOST", places)
        patch.setattr(search_keys, "LARGEST", search_world.PARTED)
        yield


@pytest.fixture(scope="session")
def split_search(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search world in blocks of three."""
    folder = tmp_path_factory.mktemp("分块 #1")
    search_world.write(folder / "root")
    with split(3):
        publish(folder / "root", folder / "out", today=date.today())
    return Path(shutil.copytree((folder / "out" / "site").resolve(), folder / "网站 副本"))


def answers(page: Page, query: str) -> dict[str, Any]:
    """All that the panel shows of a query: its options with where they lead and what is marked, its headings, its sentence."""
    ask(page, query)
    page.wait_for_selector("#q-list:not([aria-busy])")
    shown: dict[str, Any] = page.evaluate(
        """() => {
          const list = document.querySelector("#q-list");
          const all = (selector) => [...list.querySelectorAll(selector)];
          const texts = (selector) => all(selector).map((each) => each.textContent.trim());
          return {
            options: texts("[role=option]"), links: all("[role=option]").map((each) => each.getAttribute("href")),
            headings: texts(".search-heading"), marks: texts("mark"),
            none: document.querySelector(".search-none").textContent,
          };
        }"""
    )
    return shown


@pytest.mark.parametrize("served", [False, True], ids=["file", "http"])
def test_golden_queries_are_answered_as_from_whole_files(
    searched: Path, split_search: Path, browser: Browser, served: bool
) -> None:
    queries = [row["query"] for row in golden()][::9]  # all of them: frontend/tests/search/split
    with _served(split_search) as origin:
        watched = Watched(browser.new_page())
        watched.page.goto(f"{origin}/towns/lujia.html" if served else (split_search / "towns" / "lujia.html").as_uri())
        whole = browser.new_page()
        whole.goto((searched / "towns" / "lujia.html").as_uri())
        wrong = [query for query in queries if answers(watched.page, query) != answers(whole, query)]
        assert wrong == []
        assert watched.console == [] and watched.foreign == []
        assert [url for url in watched.requests if "/data/places/" in url]
        assert not [url for url in watched.requests if re.search(r"data/(?:places|facts|points|facets|spots)\.js", url)]
        watched.page.close()
        whole.close()


# --- the finder and the map ---

# What a room shows to eyes: what is told to ears alone comes a while later than the list.
SHOWN = """room => {
  for (const told of room.querySelectorAll(".unseen[role=status]")) told.style.display = "none";
  return room.innerText;
}"""
PICKS = "all => all.map((one) => [one.children[1].textContent, one.lastChild.textContent])"
NEAR = "cards => cards.slice(0, 20).map((card) => card.querySelector('.distance').textContent)"
DATA = re.compile(r"/data/((?:places|keys)/.*|facets|spots|points|facts|places)\.js")


@pytest.fixture(scope="session")
def split_finder(tmp_path_factory: pytest.TempPathFactory, world: list[Place]) -> Path:
    """The finder's world in blocks of eight."""
    folder = tmp_path_factory.mktemp("分块 #2")
    root = finder_world.write(folder / "data", world)
    with split(8):
        _publish_dated(root, folder / "out")
    return Path(shutil.copytree((folder / "out" / "site").resolve(), folder / "网站"))


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    watched = Watched(page)
    yield watched
    assert watched.console == [] and watched.foreign == []
    context.close()


def fetched(watched: Watched) -> list[str]:
    """The names of the data that a page has asked for, but the small ones that say where the others are."""
    return [found[1] for url in watched.requests if (found := DATA.search(url))]


def test_nothing_asked_needs_no_more_than_the_first_cards(watched: Watched, split_finder: Path, world: list[Place]) -> None:
    page = visit(watched.page, split_finder)
    page.wait_for_selector(".find-list .card")
    kept = [place for place in world if not place.is_gone]
    assert page.inner_text(".find-list .list-count") == f"共 {len(kept)} 处"
    assert page.locator(".find-list .card").count() == 30
    assert 0 < len(fetched(watched)) <= 30 / 8 * 3
    counts = dict(page.eval_on_selector_all(".filters .pick", PICKS))
    assert counts["甲家镇"] == str(len([place for place in kept if place.town == "jia-zhen"]))
    assert counts["现在开放"] == ""
    assert sorted(in_order(page)) == sorted(place.id for place in kept)


def test_who_asks_for_more_twice_gets_it_once(watched: Watched, split_finder: Path) -> None:
    """The second tap comes while what the first one asked for is on its way: no card is made of what is not there."""
    page = visit(watched.page, split_finder)
    page.wait_for_selector(".find-list .card")
    page.evaluate("() => { const more = document.querySelector('.find-list .list-more'); more.click(); more.click(); }")
    page.wait_for_function("document.querySelectorAll('.find-list .card').length > 30")
    page.wait_for_selector(".find-list .list-more:not([aria-busy])")
    assert page.locator(".find-list .card").count() == 60
    assert "" not in page.locator(".find-list .card h3").all_inner_texts()


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("?town=jia-zhen&tier=station", {"town": ["jia-zhen"], "tier": ["station"]}),
        ("?service=子办理&access=1", {"service": ["子办理"], "access": ["1"]}),
        ("?open=1&brand=qing-song", {"open": ["1"], "brand": ["qing-song"]}),
        ("?verified=1", {"verified": ["1"]}),
    ],
)  # fmt: skip
def test_filters_show_what_they_say(
    watched: Watched, split_finder: Path, world: list[Place], address: str, asked: dict[str, list[str]]
) -> None:
    page = visit(watched.page, split_finder, address)
    assert sorted(in_order(page)) == sorted(expected(world, **asked))
    assert "facets" in fetched(watched) and "spots" not in fetched(watched)


@pytest.mark.parametrize("address", ["?q=三号", "?q=甲家&tier=station", "?q=57000003", "?q=jiajia&open=1", "?q=没有的"])
def test_a_search_lists_the_same_in_the_same_order(
    watched: Watched, finder_site: Path, split_finder: Path, address: str
) -> None:
    page = visit(watched.page, finder_site, address)
    whole = [page.eval_on_selector(".find-list", SHOWN), in_order(page)]
    visit(page, split_finder, address)
    assert [page.eval_on_selector(".find-list", SHOWN), in_order(page)] == whole
    assert ("facets" in fetched(watched)) is ("&" in address)


OWN = ["p-003", "p-207", "p-010", "p-017", "p-100", "p-104", "p-008", "p-999", "nobody"]  # two are gone, two never were


def own_list(watched: Watched, site: Path, asked: str, own: list[str]) -> tuple[str, list[str]]:
    """Of one's own list: what is told of it, and which cards in which order."""
    page = watched.page
    page.goto((site / "index.html").as_uri())
    page.evaluate("(own) => localStorage.setItem('haitang-own', own)", ",".join(own))
    page.goto("about:blank")  # the home page asks for blocks of its own
    watched.requests.clear()
    visit(page, site, asked, name="own.html")
    return page.eval_on_selector("main", SHOWN), in_order(page)


@pytest.mark.parametrize(
    ("asked", "own"),
    [("", OWN), ("", []), ("", ["nobody"]), ("?q=一号", OWN), ("?q=jiajia", OWN), ("?q=57000003", OWN), ("?q=没有的", OWN),
     ("?town=jia-zhen", OWN), ("?open=1", OWN), ("#list=p-003,p-100,nobody,p-051", OWN),
     ("?q=阵地", [f"p-{at:03}" for at in range(0, 200, 3)])],
)  # fmt: skip
def test_ones_own_list_is_the_same_in_blocks(
    watched: Watched, finder_site: Path, split_finder: Path, asked: str, own: list[str]
) -> None:
    whole = own_list(watched, finder_site, asked, own)
    told, cards = own_list(watched, split_finder, asked, own)
    if "q=" in asked:
        assert (told, cards) == whole
    else:  # of one town in the order of where they stand, as every list without words
        assert (sorted(told.split("\n")), sorted(cards)) == (sorted(whole[0].split("\n")), sorted(whole[1]))
    assert bool(whole[1]) is (own not in ([], ["nobody"]) and "没有" not in asked)
    assert not {"facets", "spots"} & set(fetched(watched)), "nothing of every place is asked for"
    listed = 4 if "#" in asked else len(own)
    assert len({name for name in fetched(watched) if name.startswith("places/")}) <= listed


def test_what_was_kept_on_a_page_of_a_place_is_listed(watched: Watched, split_finder: Path) -> None:
    page = watched.page
    for own in ("p-209", "p-001"):
        page.goto((split_finder / f"positions/{own}.html").as_uri())
        page.locator(".keeper").click()
    visit(page, split_finder, name="own.html")
    assert sorted(in_order(page)) == ["p-001", "p-209"]
    page.locator(".card h3 a").first.click()
    page.locator(".keeper").click()  # and let go of again
    visit(page, split_finder, name="own.html")
    assert len(in_order(page)) == 1


def test_near_ones_come_first(watched: Watched, finder_site: Path, split_finder: Path) -> None:
    lists = []
    for site in (finder_site, split_finder):
        page = visit(watched.page, site)
        page.get_by_role("button", name="附近").click()
        page.select_option(".near-towns", "jia-zhen")
        page.wait_for_selector(".distance")
        lists.append(page.eval_on_selector_all(".find-list .card", NEAR))
        page.evaluate("sessionStorage.clear()")  # else the other site, in the same tab, goes on from there
    assert lists[0] == lists[1]


def marks(page: Page) -> int:
    """How many places all marks together stand for."""
    return sum(page.evaluate(COUNTS))


def test_the_map_shows_clusters_at_once_and_opens_a_place(watched: Watched, split_finder: Path, world: list[Place]) -> None:
    page = visit(watched.page, split_finder, name="map.html")
    drawn = [place for place in world if place.is_drawn and not place.is_gone]
    assert marks(page) == len(drawn)
    assert page.inner_text(".map-count") == f"图上 {len(drawn)} 处"
    assert "spots" not in fetched(watched) and "facets" not in fetched(watched)
    for _ in range(20):
        single = page.locator(".map-mark.is-single")
        if single.count():
            break
        biggest = page.evaluate_handle("[...document.querySelectorAll('.map-mark')].pop()")
        biggest.as_element().click(force=True)  # type: ignore[union-attr]
        page.wait_for_timeout(400)
    single.first.click(force=True)
    name = page.locator(".map-popup-title").inner_text()
    assert name in {place.name for place in drawn}
    assert page.locator(".map-popup .map-go").get_attribute("href").startswith("positions/p-")  # type: ignore[union-attr]


def holding(held: list[Route]) -> Callable[[Route], None]:
    """Keeps what is asked for until it is let go."""

    def hold(route: Route) -> None:
        held.append(route)

    return hold


def test_a_map_asks_for_its_blocks_while_its_code_comes(watched: Watched, split_finder: Path) -> None:
    page = watched.page
    held: list[Route] = []
    page.route("**/assets/explore.js*", holding(held))
    with _served(split_finder) as origin:
        with page.expect_request("**/assets/explore.js*"), page.expect_request("**/data/overview.js*"):
            page.goto(f"{origin}/map.html", wait_until="commit")
        held[0].continue_()
        page.wait_for_selector(".map-mark")
        page.wait_for_selector(".find-list .card")
    for name in ("files", "overview"):
        assert len([url for url in watched.requests if f"/data/{name}.js" in url]) == 1


def test_first_marks_wait_for_no_names_of_what_can_be_chosen(watched: Watched, split_finder: Path, world: list[Place]) -> None:
    page = watched.page
    held: list[Route] = []
    page.route("**/data/choices.js*", holding(held))
    with _served(split_finder) as origin:
        page.goto(f"{origin}/map.html", wait_until="commit")
        page.wait_for_selector(".map-mark")
        assert marks(page) == len([place for place in world if place.is_drawn and not place.is_gone])
        assert page.locator(".find-list .card").count() == 0
        held[0].continue_()
        page.wait_for_selector(".find-list .card")


def test_a_filter_on_the_map_draws_its_places_alone(watched: Watched, split_finder: Path, world: list[Place]) -> None:
    page = visit(watched.page, split_finder, "?service=子办理", "map.html")
    wanted = [place for place in world if "子办理" in place.services and not place.is_gone and place.is_drawn]
    until(page, f"(wanted) => ({COUNTS})().reduce((sum, count) => sum + count, 0) === wanted", len(wanted))
    page.get_by_role("button", name="都不选了").or_(page.locator(".chosen-one")).first.click()
    everything = len([place for place in world if place.is_drawn and not place.is_gone])
    until(page, f"(wanted) => ({COUNTS})().reduce((sum, count) => sum + count, 0) === wanted", everything)


@pytest.mark.parametrize(("path", "town"), [("towns/jia-zhen.html", "jia-zhen"), ("towns/yi-zhen.html", "yi-zhen")])
def test_the_map_of_a_town_fetches_that_town_alone(
    watched: Watched, split_finder: Path, world: list[Place], path: str, town: str
) -> None:
    page = watched.page
    page.goto((split_finder / path).as_uri())
    own = [place for place in world if place.town == town]
    page.locator(".map").scroll_into_view_if_needed()
    page.mouse.wheel(0, 50)
    until(page, f"(wanted) => ({COUNTS})().reduce((sum, count) => sum + count, 0) === wanted", len(own))
    page.wait_for_selector("[data-list].is-live .card")
    assert fetched(watched) and all(name.startswith(f"places/{town}/") for name in fetched(watched))


@pytest.mark.parametrize("path", ["tiers/centre.html", "brands/hong-mei.html"])
def test_the_map_of_a_part_shows_that_part(watched: Watched, finder_site: Path, split_finder: Path, path: str) -> None:
    sums = []
    for site in (finder_site, split_finder):
        watched.page.goto((site / path).as_uri())
        watched.page.locator(".map").scroll_into_view_if_needed()
        watched.page.mouse.wheel(0, 50)
        watched.page.wait_for_selector(".map-mark")
        sums.append(marks(watched.page))
    assert sums[0] == sums[1] > 0


# --- versions, and without a network ---


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The search world in blocks, and the same once a place has another name and another has come."""
    folder = tmp_path_factory.mktemp("versions")
    search_world.write(folder / "root")
    made = []
    for number in (1, 2):
        if number == 2:
            entry = folder / "root" / "positions" / "yushan" / "fushikang.yml"
            entry.write_text(entry.read_text("utf-8").replace("富士康集团", "富士康东区"), encoding="utf-8")
            fresh = folder / "root" / "positions" / "lujia" / "xin.yml"
            fresh.write_text(position("xin", "lujia", community="新来社区"), encoding="utf-8")
        with split(3):
            publish(folder / "root", folder / "out", today=date.today())
        made.append(folder / f"{number}")
        shutil.copytree((folder / "out" / "site").resolve(), made[-1] / "dir")
    return made


def names(page: Page, query: str) -> list[str]:
    ask(page, query)
    page.wait_for_selector("#q-list:not([aria-busy])")
    return page.locator(".search-name").all_inner_texts()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page of a browser that keeps nothing by itself."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, service_workers="block")
    yield context.new_page()
    context.close()


def test_an_older_page_of_a_town_shows_the_data_that_are_out(desk: Page, line: Line) -> None:
    desk.goto(line.url("towns/lujia.html"))
    line.switch(2)
    assert "富士康东区党群服务站" in names(desk, "富士康")
    assert names(desk, "新来社区") == ["样例xin"]


def test_an_index_that_is_out_of_date_is_replaced(desk: Page, line: Line) -> None:
    line.switch(2)
    seen: list[str] = []

    def is_first(request: Handler) -> bool:
        if "data/files.js" in request.path:
            seen.append(request.path)
        return "data/files.js" in request.path and len(seen) == 1

    line.stale = is_first
    desk.goto(line.url("towns/lujia.html"))
    assert "富士康东区党群服务站" in names(desk, "富士康")
    assert len(seen) == 2


def test_a_block_of_another_version_is_not_taken_for_the_page_s_own(desk: Page, line: Line) -> None:
    desk.goto(line.url("towns/lujia.html"))
    desk.click("#q")
    desk.wait_for_selector(".search-chip")
    line.switch(2)
    desk.fill("#q", "富士康")
    expect(desk.get_by_role("button", name="有新内容，点这里更新")).to_be_visible()
    assert desk.locator(".search-name").count() == 0


KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const {url} of await (await caches.open(name)).keys()) found.push(url.replace(/.*\\/dir\\//, ""));
  }
  return found;
}"""


def test_a_phone_keeps_what_was_looked_at_and_no_more(phone: BrowserContext, line: Line) -> None:
    page = phone.new_page()
    page.goto(line.url())
    page.evaluate(ACTIVE, line.home(1))
    page.goto(line.url("search.html?tier=centre"))  # filters need something of every place
    page.wait_for_selector(".finder.is-live .card")
    page.goto(line.url("towns/lujia.html"))
    assert names(page, "富士康") == ["富士康集团党群服务站"]
    looked_at = {url for url in line.asked if "data/places/" in url or "data/keys/" in url}
    line.cut = True
    page.goto(line.url("towns/lujia.html"))
    assert names(page, "富士康") == ["富士康集团党群服务站"]
    kept = page.evaluate(KEPT)
    shards = [path for path in kept if path.startswith(("data/places/", "data/keys/"))]
    assert set(shards) == {url.partition("/dir/")[2] for url in looked_at}
    all_blocks = list((line.versions[0] / "dir" / "data" / "places").rglob("*.js"))
    assert 0 < len([path for path in shards if "places/" in path]) < len(all_blocks)
    assert [path.partition("?")[0] for path in kept if "overview" in path] == ["data/overview.js"]
    page.goto(line.url("positions/fushikang.html"))
    page.wait_for_selector(".kept-place")
    assert page.inner_text("h1") == "富士康集团党群服务站"
    unseen = next(row for row in search_world.ROWS if f"places/{row.town}/" not in "".join(shards))
    page.goto(line.url(f"positions/{unseen.id}.html"))
    expect(page.locator(".lead")).to_contain_text("这一处的资料还没有存在手机里")
    page.goto(line.url("search.html?town=lujia&q=没有读过"))
    page.wait_for_selector(".find-failed:visible")
