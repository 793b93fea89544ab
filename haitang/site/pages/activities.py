"""activities/*.html: what takes place today and this week, all of it, and by kind and by town.

The rule: without a script a page is an honest timetable, rules in words and days as dates; only the browser says "today".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import blake2b

from haitang.site.edition.recipe import Recipe
from haitang.site.page import ACTIVITIES, ACTIVITY_KIND, ACTIVITY_TOWN, PAGE_SIZE, WEEK, Page, sheets
from haitang.site.pages import made, recipe, town_title
from haitang.site.templates import Tree
from haitang.site.views import Site
from haitang.site.views.events import Event, Programme, calendar_link, of_town, programme

OVER_SHOWN = 60  # what is past is for who looks back, not for thousands of lines


def build(site: Site) -> Iterator[Recipe]:
    directory, words, events, everything = site.directory, site.templates.words, site.events, site.programme
    own = words["activities"]
    # Kinds and towns with how many activities each leads to; what is past is not counted.
    kinds = Counter(event.kind.id for event in everything.shown if event.kind)
    towns = Counter(event.town.id for event in everything.shown)
    ways = Tree(
        kinds=[(kind, kinds[kind.id]) for kind in directory.settings.activity_kinds],
        towns=[(town, towns[town.id]) for _, town in ACTIVITY_TOWN.pages(directory)],
    )
    front = Page(ACTIVITIES.path(), ACTIVITIES, words["activities_title"], words["activities_description"])
    yield from _list(site, front, own["lead"], everything, ways, site.calendar_of_all)
    shown = _made_of(site, everything.ahead[:PAGE_SIZE])
    week = (_counts(ways), site.calendar_of_all, len(everything.ahead), shown)
    yield recipe(WEEK.path(), WEEK, "week", week, partial(_week, site, ways), day=True)
    of_kind, in_town = defaultdict[str, list[Event]](list), defaultdict[str, list[Event]](list)
    for event in events:
        of_kind[event.kind.id if event.kind else ""].append(event)
        in_town[event.town.id].append(event)
    for path, kind in ACTIVITY_KIND.pages(directory):
        found = programme(of_kind[kind.id])
        about = words["activities_kind_description"].format(kind=kind.name, count=len(found.shown))
        yield from _list(site, Page(path, ACTIVITY_KIND, kind.name, about), kind.text or own["lead_kind"], found, ways)
    for path, town in ACTIVITY_TOWN.pages(directory):
        found = programme(in_town[town.id])
        name = town_title(site, town)
        about = words["activities_town_description"].format(town=name, count=len(found.shown))
        page = Page(path, ACTIVITY_TOWN, own["town_title"].format(town=name), about)
        yield from _list(site, page, own["lead_town"], found, ways, of_town(town.id))


def _week(site: Site, ways: Tree) -> Page:
    words, everything, calendar = site.templates.words, site.programme, site.calendar_of_all
    return made(
        site, Page(WEEK.path(), WEEK, words["week_title"], words["week_description"]), "week", programme=everything,
        shown=everything.ahead[:PAGE_SIZE], ways=ways,
        calendar=calendar_link(site.directory, calendar) if everything.ahead and calendar else None,
    )  # fmt: skip


def _counts(ways: Tree) -> tuple[tuple[str, int], ...]:
    return tuple((way.id, count) for way, count in (*ways.kinds, *ways.towns))


def _made_of(site: Site, events: Iterable[Event]) -> bytes:
    """What a list shows of its activities: each is told by its place's file and what it is called there."""
    of, whole = site.prerequisites, blake2b(digest_size=16)
    for event in events:
        whole.update(of.of(event.position) + repr((event.activity.id, event.activity.name)).encode())
    return whole.digest()


def _list(site: Site, page: Page, lead: str, found: Programme, ways: Tree, calendar: str = "") -> Iterator[Recipe]:
    """The pages of one list. `calendar` is the path of the calendar with the same activities."""
    head = Tree(title=page.title, lead=lead, stem=page.path.removeprefix("activities/").removesuffix(".html"))
    link = calendar_link(site.directory, calendar) if calendar and found.ahead else None
    template = "activities" if page.kind is ACTIVITIES else "activity_list"
    counts = (lead, page.title, _counts(ways), calendar, len(found.ahead), len(found.undated), len(found.over))
    for sheet in sheets(found.shown, page.path):
        over = found.over[:OVER_SHOWN] if sheet.number == sheet.count else ()
        made_of = (*counts, sheet.number, _made_of(site, (*sheet.items, *over)))
        values = {"head": head, "sheet": sheet, "programme": found, "over": over, "calendar": link, "ways": ways}
        make = partial(made, site, replace(page, path=sheet.path), template, **values)
        yield recipe(sheet.path, page.kind, template, made_of, make, day=True)
