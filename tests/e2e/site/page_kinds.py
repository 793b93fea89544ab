"""One page of every kind, in every state that looks different: what accessibility, reflow and file:// are tested on.

States are written down here; a kind of page of which none is comes by itself, as a page of tests/golden/world."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from haitang.checks.load import load
from haitang.site import page as book
from tests.worlds import TODAY, WORLD

Act = Callable[[Page], None]
LIVE = ".finder.is-live"


def nothing(_: Page) -> None:
    """The page as it comes."""


def live_map(page: Page) -> None:
    page.locator(".map").first.scroll_into_view_if_needed()
    page.wait_for_selector(".map.is-live .map-mark")
    page.evaluate("scrollTo(0, 0)")


def raised_list(page: Page) -> None:
    """On a phone the list lies over all of the map; on a wide screen it stands beside it."""
    live_map(page)
    finder(page)
    handle = page.locator(".list-handle")
    if handle.is_visible():
        handle.press("End")


def map_card(page: Page) -> None:
    """A place's card is open on the map, which took some steps into it."""
    live_map(page)
    card = page.locator(".map [role=dialog]")
    for _ in range(8):
        page.locator(".map-mark").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(150)
        if card.count():
            return
    raise AssertionError("no card opened")


def finder(page: Page) -> None:
    page.wait_for_selector(LIVE)


def results(page: Page) -> None:
    page.wait_for_selector(".find-list .card")


def filters(page: Page) -> None:
    results(page)
    if page.locator(".find-filters").is_visible():
        page.locator(".find-filters").click()
    page.locator(".filters .pick:visible").first.wait_for()


def display_panel(page: Page) -> None:
    page.locator("[data-display-open]").click()


def suggestions(page: Page) -> None:
    page.wait_for_function("!document.documentElement.classList.contains('no-js')")
    field = page.locator("input[type=search]:visible").first
    field.focus()
    field.type("jia")
    page.wait_for_selector("[role=listbox]:visible")


def photos(page: Page) -> None:
    page.locator("a[data-photo]").first.click()
    page.wait_for_selector(".gallery[role=dialog]")


def telling(page: Page) -> None:
    """The text to fill in, and every way to bring it to us."""
    page.locator("#tell").scroll_into_view_if_needed()
    closed = page.locator("#tell details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    page.wait_for_function("[...document.querySelectorAll('#tell img')].every((img) => img.complete && img.naturalWidth)")
    page.locator("#tell textarea").wait_for()
    page.evaluate("scrollTo(0, 0)")  # where no bar at the window's edge covers half a button


def agenda(page: Page) -> None:
    page.wait_for_selector("[data-agenda=today] .agenda li, .agenda-day.is-today li")


def next_time(page: Page) -> None:
    page.wait_for_selector("[data-next]:not([hidden])")


WEDNESDAY = "2026-12-23T14:30:00+08:00"  # one runs, one is past, one is cancelled


@dataclass(frozen=True)
class Kind:
    """`site` is a folder's name: `world` is tests/golden/world (every field, few places), `many` the finder's directory,
    `programme` the world with activities, looked at `now`, `news` a world with a history."""

    name: str
    site: str
    path: str
    act: Act = nothing
    now: str = ""


WRITTEN = (
    Kind("home", "world", "index.html", live_map),
    Kind("home of many", "many", "index.html", live_map),
    Kind("search, empty", "many", "search.html", finder),
    Kind("search, results", "many", "search.html?q=jia", results),
    Kind("search, filtered", "many", "search.html?town=jia-zhen&tier=station", results),
    Kind("search, nothing found", "many", "search.html?q=zzzzzz", finder),
    Kind("search, filters open", "many", "search.html?town=jia-zhen", filters),
    Kind("search, suggestions", "many", "index.html", suggestions),
    Kind("map", "many", "map.html", live_map),
    Kind("map, all of the list", "many", "map.html", raised_list),
    Kind("map, card open", "world", "map.html", map_card),
    Kind("embed", "many", "embed.html?tier=station", results),
    Kind("embed, lost", "world", "embed.html?town=nowhere"),
    Kind("embed, filters open", "many", "embed.html", filters),
    Kind("position, full", "world", "positions/he-cheng.html"),
    Kind("position, photos large", "world", "positions/he-cheng.html", photos),
    Kind("position, bare", "world", "positions/gong-yuan.html"),
    Kind("position, telling", "world", "positions/gong-yuan.html", telling),
    Kind("position, telling of little", "world", "positions/he-cheng.html", telling),
    Kind("position, merged", "world", "positions/qing-shan.html"),
    Kind("position, ordinary", "many", "positions/p-003.html"),
    Kind("position, moved", "world", "positions/he-cheng-old.html"),
    Kind("positions", "many", "positions/index.html"),
    Kind("towns", "world", "towns/index.html"),
    Kind("town", "many", "towns/jia-zhen.html", live_map),
    Kind("town, empty", "world", "towns/baiyun.html"),
    Kind("need", "world", "needs/zhengce.html"),
    Kind("need, nobody has it", "world", "needs/mu-ying-shi.html"),
    Kind("tier", "many", "tiers/station.html"),
    Kind("brands", "world", "brands/index.html"),
    Kind("brand", "world", "brands/he-hua.html"),
    Kind("brand, bare", "world", "brands/kong.html"),
    Kind("brand, telling", "world", "brands/kong.html", telling),
    Kind("routes", "world", "routes/index.html"),
    Kind("route", "world", "routes/he-xian.html", live_map),
    Kind("route, moved", "world", "routes/he-xian-old.html"),
    Kind("activities", "world", "activities/index.html"),
    Kind("activities, week", "programme", "activities/week.html", agenda, WEDNESDAY),
    Kind("activities, live", "programme", "activities/index.html", agenda, WEDNESDAY),
    Kind("activities, a kind", "world", "activities/kind-linli.html"),
    Kind("activities, a bare kind", "world", "activities/kind-kong.html"),
    Kind("activities, a town", "programme", "activities/town-hecheng.html", agenda, WEDNESDAY),
    Kind("position, live activities", "programme", "positions/he-cheng.html", next_time, WEDNESDAY),
    Kind("about", "world", "about.html"),
    Kind("chapters", "world", "about/index.html"),
    Kind("chapter", "world", "about/san-ji.html"),
    Kind("progress", "world", "progress.html"),
    Kind("progress of many", "many", "progress.html"),
    Kind("to be verified", "world", "unverified.html"),
    Kind("to be verified of many", "many", "unverified.html"),
    Kind("changes", "news", "changes.html"),
    Kind("offline", "world", "offline.html"),
    Kind("404", "world", "404.html"),
    Kind("display settings", "world", "about.html", display_panel),
)


# Build-only kinds that look like another, or that have tests of their own.
APART = {"handwritten": "as about.html", "admin": "test_admin", "verification": "tests/site/test_as_is.py"}


def unwritten() -> tuple[Kind, ...]:
    """A page of each kind of which nobody wrote a state down."""
    directory = load(WORLD, today=TODAY)
    paths = {kind.path.partition("?")[0] for kind in WRITTEN}
    kinds = [kind for kind in book.PAGE_KINDS if kind.name not in APART and kind.path() not in paths]
    firsts = {kind: [path for path, _ in kind.pages(directory)] for kind in kinds}
    for kind, found in firsts.items():
        assert found, f"no site of these tests has a page of the kind {kind.name}"
    return tuple(Kind(kind.name, "world", found[0]) for kind, found in firsts.items() if not paths & set(found))


KINDS = (*WRITTEN, *unwritten())


def kinds() -> tuple[Kind, ...]:
    """All of them, for tests that are about every page."""
    return KINDS


def show(page: Page, origin: str, kind: Kind) -> None:
    """Opens a page and brings it into its state. `origin` ends with a slash; file:// or http://."""
    if kind.now:
        page.clock.set_fixed_time(kind.now)
    page.goto(f"{origin}{kind.site}/{kind.path}")
    page.wait_for_load_state("load")
    kind.act(page)
