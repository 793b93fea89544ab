"""activities/*.html: what takes place today and this week, all of it, and by kind and by town.

The rule: without a script a page is an honest timetable, rules in words and days as dates; only the browser says "today".
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from haitang.model.settings import ActivityKind, Town
from haitang.site.templates import PAGE_SIZE, Page, Sheet, sheets
from haitang.site.views import Site
from haitang.site.views.events import ALL, CalendarLink, Event, Programme, calendar_link, of_town, programme

OVER_SHOWN = 60  # what is past is for who looks back, not for thousands of lines


@dataclass(frozen=True, slots=True)
class _List:
    """A page's own list: its stem below activities/, its heads, and its calendar."""

    stem: str
    title: str
    lead: str
    description: str
    calendar: str | None


@dataclass(frozen=True, slots=True)
class _Ways:
    """Kinds and towns with how many activities each leads to; what is past is not counted."""

    kinds: Sequence[tuple[ActivityKind, int]]
    towns: Sequence[tuple[Town, int]]


def build(site: Site) -> Iterator[Page]:
    words, everything = site.templates.words, site.programme
    ways = _ways_in(site, everything)
    own = words["activities"]
    front = _List("index", words["activities_title"], own["lead"], words["activities_description"], ALL)
    yield from _pages(site, front, everything, "pages/activities.html", ways)
    body = site.templates.render(
        "pages/week.html", programme=everything, shown=everything.ahead[:PAGE_SIZE], ways=ways, root="../", site=site,
        calendar=_calendar(site, front, everything),
    )  # fmt: skip
    yield Page("activities/week.html", "activities", words["week_title"], words["week_description"], body)
    for kind in site.directory.settings.activity_kinds:
        found = programme(event for event in site.events if event.kind is kind)
        about = words["activities_kind_description"].format(kind=kind.name, count=len(found.shown))
        head = _List(f"kind-{kind.id}", kind.name, kind.text or own["lead_kind"], about, None)
        yield from _pages(site, head, found, "pages/activity_list.html", ways)
    for town, _ in ways.towns:
        found = programme(event for event in site.events if event.town.id == town.id)
        name = town.name if site.directory.area[town.id].id != town.id else _unknown(site, town.id)
        about = words["activities_town_description"].format(town=name, count=len(found.shown))
        head = _List(f"town-{town.id}", own["town_title"].format(town=name), own["lead_town"], about, of_town(town.id))
        yield from _pages(site, head, found, "pages/activity_list.html", ways)


def _unknown(site: Site, town: str) -> str:
    return str(site.templates.words["town_unknown_in"]).format(area=site.directory.area[town].name)


def _ways_in(site: Site, everything: Programme) -> _Ways:
    kinds = Counter(event.kind.id for event in everything.shown if event.kind)
    towns = Counter(event.town.id for event in everything.shown)
    held = {event.town.id for event in site.events}
    return _Ways(
        [(kind, kinds[kind.id]) for kind in site.directory.settings.activity_kinds],
        [(town, towns[town.id]) for town in site.directory.town.values() if town.id in held],
    )


def _calendar(site: Site, head: _List, found: Programme) -> CalendarLink | None:
    return calendar_link(site.directory, head.calendar) if head.calendar and found.ahead else None


def _pages(site: Site, head: _List, found: Programme, template: str, ways: _Ways) -> Iterator[Page]:
    sheet: Sheet[Event]
    for sheet in sheets(found.shown, f"activities/{head.stem}"):
        over = found.over[:OVER_SHOWN] if sheet.number == sheet.count else ()
        body = site.templates.render(
            template, head=head, sheet=sheet, programme=found, over=over, calendar=_calendar(site, head, found), ways=ways,
            root="../", site=site,
        )  # fmt: skip
        yield Page(sheet.path, "activities", head.title, head.description, body)
