"""A directory whose every text would be an element or run, as the browser's side shows it: popups, results, filters, cards,
lists of one's own, forms. It is only said, with the page's policy and without."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from haitang.site.build import Builder, Inputs
from haitang.site.bundles import bundle
from haitang.site.output_folder import Target
from tests.conftest import Shared
from tests.e2e import hostile
from tests.e2e.hostile import LOOKS, Visit
from tests.e2e.site.page_kinds import filters, live_map, map_card, nothing, photos, telling
from tests.hostile.world import MARK, TODAY, Deck, begin
from tests.worlds import PROJECT

SAID = (
    "\"><x-hostile><img data-hostile src=x onerror=ran(1)>'--></script></title></textarea><svg data-hostile onload=ran(2)>",
    '\'><x-hostile a=\'`<script data-hostile>ran(3)</script>" data-hostile="1" onfocus="ran(4)" autofocus </style>',
    "&lt;x-hostile&gt;<x-hostile>&#60;img data-hostile src=x onerror=ran(5)&#62;]]><!--<![CDATA[<x-hostile>]]>{{constructor}}",
    "javascript:ran(6)//<x-hostile>[a](javascript:ran(7))![b](//evil.example/x.png)<https://evil.example/>//evil.example/",
)
OTHERS = [pytest.param(at, marks=pytest.mark.long) for at in range(1, len(SAID))]
Act = Callable[[Page], None]
TILES = ("ERR_FILE_NOT_FOUND",)  # directory.yml names some, and there are none


class Cut(Deck):
    """One text for all, as much of it as a field holds: most names hold sixty characters."""

    def deal(self, path: str, room: int) -> list[str]:
        return [text[: room - MARK] for text in super().deal(path, room)]


@pytest.fixture(scope="module", params=[0, *OTHERS])
def site(request: pytest.FixtureRequest, shared: Shared) -> Path:
    def make(folder: Path) -> None:
        world = begin(folder / "data", Cut([SAID[request.param]]))
        assert len(world.texts) - len(world.refused) > 100
        assert "hostile" in (world.root / "positions/town1/p1.yml").read_text("utf-8").partition("short_name")[0]
        target = Target(folder / "out")
        with target.locked(lambda: None):
            Builder(Inputs(PROJECT, world.root, PROJECT / "site_src", bundle(PROJECT))).build(target, TODAY)
        shutil.copytree((folder / "out" / "site").resolve(), folder / "网站 #1")

    return shared(f"hostile {request.param}", make) / "网站 #1"


context, visit = hostile.visits(390, 844)


def typed(page: Page) -> None:
    """Suggestions below a search field, by a mark that every text has, and once more for what is not there."""
    for text in ("hostile", "第二处", "nobody"):
        field = page.locator("input[type=search]:visible").first
        field.fill(text)
        field.press("ArrowDown")
        page.wait_for_selector("[role=listbox]:visible")
        page.wait_for_timeout(100)


def found(page: Page) -> None:
    page.wait_for_selector(".finder.is-live")
    page.wait_for_selector(".find-list .card")
    filters(page)


def kept(page: Page) -> None:
    """A place is kept on its own page; then the list of one's own shows it."""
    page.locator(".keeper").first.click()
    page.goto(page.url.replace("positions/p1.html", "own.html"))
    page.wait_for_selector(".find-list .card")


SHOWN: dict[str, tuple[str, Act]] = {
    "home": ("index.html", live_map),
    "suggestions": ("index.html", typed),
    "a card on the map": ("map.html?q=hostile", map_card),
    "places at one spot": ("map.html", map_card),
    "results and filters": ("search.html?q=hostile", found),
    "everything": ("search.html?town=town1", found),
    "a place": ("positions/p1.html", telling),
    "its photos": ("positions/p1.html", photos),
    "a list of one's own": ("positions/p1.html", kept),
    "a brand": ("brands/b1.html", nothing),
    "activities": ("activities/index.html", nothing),
    "a route": ("routes/r1.html", live_map),
    "offline": ("offline.html#positions/p1.html", nothing),
}


IN_CI = ("suggestions", "places at one spot", "results and filters", "a place")


@pytest.mark.parametrize("what", [what if what in IN_CI else pytest.param(what, marks=pytest.mark.long) for what in SHOWN])
def test_what_the_data_say_is_only_said(visit: Visit, site: Path, what: str) -> None:
    path, act = SHOWN[what]
    visit.page.goto(f"{site.as_uri()}/{path}")
    act(visit.page)
    visit.judge(what, fine=TILES)
    assert visit.page.evaluate(LOOKS)


@pytest.mark.long
def test_on_no_page_at_all(visit: Visit, site: Path) -> None:
    for file in sorted(site.rglob("*.html")):
        if file.name != "404.html":
            visit.page.goto(file.as_uri())
            visit.judge(file.relative_to(site), fine=TILES)


PLANTED = (
    "<x-hostile>", "<p data-hostile>", "<img src=x onerror=ran(1)>", "<a href=javascript:ran(1)>x</a>",
    "<script>ran(1)</script>", "<a href=//evil.example/>x</a>", "<base href=x>", "<iframe srcdoc=x></iframe>",
    "<script>alert(1)</script>", "<script>x(</script>", "<script>Object.prototype.hostile = 1</script>",
    "<img src=//evil.example/x.png>",
)  # fmt: skip


def test_the_judge_sees_what_is_not_only_said(browser: Browser, tmp_path: Path) -> None:
    """Each sort of fault once, in a page that has no policy."""
    visit = Visit(hostile.context(browser, 390, 844, keeps_policy=True))
    page = tmp_path / "x.html"
    for html in PLANTED:
        page.write_text(f"<!DOCTYPE html><title>x</title><p>{'text ' * 9}{html}", "utf-8")
        visit.page.goto(page.as_uri())
        with pytest.raises(AssertionError):
            visit.judge(html)
        for told in (visit.watched.console, visit.watched.requests, visit.dialogs):
            told.clear()
    visit.context.close()
