"""activities/*.html: what takes place today and this week, all of it, and by kind and by town.

The rule: without a script a page is an honest timetable, rules in words and days as dates; only the browser says "today".
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from haitang.site.page import ACTIVITIES, ACTIVITY_KIND, ACTIVITY_TOWN, PAGE_SIZE, WEEK, Page, sheets
from haitang.site.pages import made, town_title
from haitang.site.templates import Tree
from haitang.site.views import Site
from haitang.site.views.events import ALL, Programme, calendar_link, of_town, programme

OVER_SHOWN = 60  # what is past is for who looks back, not for thousands of lines


def build(site: Site) -> Iterator[Page]:
    directory, words, events, everything = site.directory, site.templates.words, site.events, site.programme
    own = words["activities"]
    # Kinds and towns with how many activities each leads to; what is past is not counted.
    kinds = Counter(event.kind.id for event in everything.shown if event.kind)
    towns = Counter(event.town.id for event in everything.shown)
    ways = Tree(
        kinds=[(kind, kinds[kind.id]) for kind in directory.settings.activity_kinds],
        towns=[(town, towns[town.id]) for _, town in ACTIVITY_TOWN.pages(directory)],
    )
    calendar = calendar_link(directory, ALL) if everything.ahead else None
    front = Page(ACTIVITIES.path(), ACTIVITIES, words["activities_title"], words["activities_description"])
    yield from _list(site, front, own["lead"], everything, ways, ALL)
    yield made(
        site, Page(WEEK.path(), WEEK, words["week_title"], words["week_description"]), "week", programme=everything,
        shown=everything.ahead[:PAGE_SIZE], ways=ways, calendar=calendar,
    )  # fmt: skip
    for path, kind in ACTIVITY_KIND.pages(directory):
        found = programme(event for event in events if event.kind is kind)
        about = words["activities_kind_description"].format(kind=kind.name, count=len(found.shown))
        yield from _list(site, Page(path, ACTIVITY_KIND, kind.name, about), kind.text or own["lead_kind"], found, ways)
    for path, town in ACTIVITY_TOWN.pages(directory):
        found = programme(event for event in events if event.town.id == town.id)
        name = town_title(site, town)
        about = words["activities_town_description"].format(town=name, count=len(found.shown))
        page = Page(path, ACTIVITY_TOWN, own["town_title"].format(town=name), about)
        yield from _list(site, page, own["lead_town"], found, ways, of_town(town.id))


def _list(site: Site, page: Page, lead: str, found: Programme, ways: Tree, calendar: str | None = None) -> Iterator[Page]:
    """The pages of one list. `calendar` is the path of the calendar with the same activities."""
    head = Tree(title=page.title, lead=lead, stem=page.path.removeprefix("activities/").removesuffix(".html"))
    link = calendar_link(site.directory, calendar) if calendar and found.ahead else None
    for sheet in sheets(found.shown, page.path):
        over = found.over[:OVER_SHOWN] if sheet.number == sheet.count else ()
        yield made(
            site, replace(page, path=sheet.path), "activities" if page.kind is ACTIVITIES else "activity_list", head=head,
            sheet=sheet, programme=found, over=over, calendar=link, ways=ways,
        )  # fmt: skip
