"""activities/*.html: what takes place today and on the next days, all of it, and by kind and by town.

The rule: without a script a page is an honest timetable, rules in words and days as dates; only the browser says "today". What
takes place alike at many places is one line, with its places folded behind it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b

from haitang.site.edition.recipe import Recipe
from haitang.site.page import ACTIVITIES, ACTIVITY_KIND, ACTIVITY_TOWN, PAGE_SIZE, WEEK, Page, Sheet, sheets
from haitang.site.pages import made, recipe
from haitang.site.templates import Tree
from haitang.site.views import Site, town_title
from haitang.site.views.events import PLACES_SHOWN, Event, Gathering, Programme, calendar_link, gatherings, of_town, programme
from haitang.site.views.needs import Need

OVER_SHOWN = 60  # what is past is for who looks back, not for thousands of lines


@dataclass(frozen=True, slots=True)
class _List:
    """What a page lists. `only` is its part of the browser's data: `kind:<name>`, `town:<id>`, or all of them; `calendar` is
    the path of the calendar with the same activities; `need` and `others` are there where it is the page of a need."""

    lead: str
    programme: Programme
    only: str = ""
    calendar: str = ""
    need: Need | None = None
    others: tuple[tuple[Need, int], ...] = ()


def build(site: Site) -> Iterator[Recipe]:
    directory, words = site.directory, site.templates.words
    own, ways = words["activities"], _ways(site)
    everything = _List(own["lead"], site.programme, calendar=site.calendar_of_all)
    front = Page(ACTIVITIES.path(), ACTIVITIES, words["activities_title"], words["activities_description"])
    yield from _pages(site, front, everything, ways)
    ahead = gatherings(site.programme.ahead)
    week = (_counts(ways), site.calendar_of_all, len(ahead), _made_of(site, ahead[:PAGE_SIZE]))
    yield recipe(WEEK.path(), WEEK, "week", week, partial(_week, site, ways), day=True)
    of_kind, in_town = defaultdict[str, list[Event]](list), defaultdict[str, list[Event]](list)
    for event in site.events:
        of_kind[event.kind.id if event.kind else ""].append(event)
        in_town[event.town.id].append(event)
    yield from _kinds(site, of_kind, ways)
    for path, town in ACTIVITY_TOWN.pages(directory):
        found, name = programme(in_town[town.id]), town_title(site, town)
        about = words["activities_town_description"].format(town=name, count=len(gatherings(found.shown)))
        page = Page(path, ACTIVITY_TOWN, own["town_title"].format(town=name), about)
        yield from _pages(site, page, _List(own["lead_town"], found, f"town:{town.id}", of_town(town.id)), ways)


def _ways(site: Site) -> Tree:
    """Kinds and towns with how much each leads to; what is past is not counted."""
    kinds, towns = Counter[str](), Counter[str]()
    for each in gatherings(site.programme.shown):
        kinds.update([each.first.kind.id] if each.first.kind else [])
        towns.update({event.town.id for event in each.events})
    return Tree(
        kinds=[(kind, kinds[kind.id]) for kind in site.directory.settings.activity_kinds if kinds[kind.id]],
        towns=[(town, towns[town.id]) for _, town in ACTIVITY_TOWN.pages(site.directory)],
    )


def _kinds(site: Site, of_kind: dict[str, list[Event]], ways: Tree) -> Iterator[Recipe]:
    """A page a kind, which is what somebody may need."""
    words, directory = site.templates.words, site.directory
    found = {kind.id: programme(of_kind[kind.id]) for kind in directory.settings.activity_kinds}
    places = {name: len({event.position.id for event in each.shown}) for name, each in found.items()}
    needs = [(need, places[need.id]) for need in site.needs if need.kind == "activity_kind"]
    for path, kind in ACTIVITY_KIND.pages(directory):
        own, count = found[kind.id], len(gatherings(found[kind.id].shown))
        about = words["activities_kind_description"].format(kind=kind.name, count=count)
        lead = words["activities"]["lead_kind" if count else "lead_kind_none"].format(count=count, places=places[kind.id])
        need = next(each for each, _ in needs if each.id == kind.id)
        others = tuple(each for each in needs if each[0] != need)
        listed = _List(lead, own, f"kind:{kind.name}", need=need, others=others)
        yield from _pages(site, Page(path, ACTIVITY_KIND, kind.name, about), listed, ways)


def _week(site: Site, ways: Tree) -> Page:
    words, ahead, calendar = site.templates.words, gatherings(site.programme.ahead), site.calendar_of_all
    return made(
        site, Page(WEEK.path(), WEEK, words["week_title"], words["week_description"]), "week", shown=ahead[:PAGE_SIZE],
        count=len(ahead), ways=ways, calendar=calendar_link(site.directory, calendar) if ahead and calendar else None,
    )  # fmt: skip


def _counts(ways: Tree) -> tuple[tuple[str, int], ...]:
    return tuple((way.id, count) for way, count in (*ways.kinds, *ways.towns))


def _made_of(site: Site, shown: Iterable[Gathering]) -> bytes:
    """What a list shows of its activities: each is told by its places' files and what it is called there."""
    of, whole = site.prerequisites, blake2b(digest_size=16)
    for each in shown:
        whole.update(repr((each.first.activity.id, each.first.activity.name, len(each.events), len(each.positions))).encode())
        for event in each.events[:PLACES_SHOWN]:
            whole.update(of.of(event.position) + repr(event.activity.place).encode())
    return whole.digest()


def _pages(site: Site, page: Page, listed: _List, ways: Tree) -> Iterator[Recipe]:
    """The pages of one list."""
    found = listed.programme
    shown, over = gatherings(found.shown), gatherings(found.over)
    stem = page.path.removeprefix("activities/").removesuffix(".html")
    link = calendar_link(site.directory, listed.calendar) if listed.calendar and found.ahead else None
    others = tuple((need.id, count) for need, count in listed.others)
    counts = (listed.lead, page.title, _counts(ways), listed.calendar, len(found.ahead), len(found.undated), len(over), others)
    for sheet in sheets(shown, page.path):
        past = over[:OVER_SHOWN] if sheet.number == sheet.count else ()
        made_of = (*counts, sheet.number, sheet.count, _made_of(site, (*sheet.items, *past)))
        head = Tree(title=page.title, stem=stem, **_sections(sheet), over=past, over_count=len(over), calendar=link)
        make = partial(
            made, site, replace(page, path=sheet.path), "activities", head=head, listed=listed, sheet=sheet, ways=ways
        )
        yield recipe(sheet.path, page.kind, "activities", made_of, make, day=True)


def _sections(sheet: Sheet[Gathering]) -> dict[str, Sequence[Gathering]]:
    dated = [each for each in sheet.items if each.first.when]
    return {"dated": dated, "undated": sheet.items[len(dated) :]}
