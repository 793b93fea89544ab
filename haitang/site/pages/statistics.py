"""progress.html: how far the family has grown, and where help is wanted. unverified.html: what is missing or not verified, by
what is missing. changes.html and data/changes.json: what has changed, latest first.

Figures that were published, places that are listed and places that are verified stand side by side and are never mixed: they
are counted in `views.statistics`, and no chart here puts one in relation to another.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from haitang.data.directory import KEY_FACTS, Directory
from haitang.model.field_specs import entry_spec
from haitang.model.messages.counted import counted
from haitang.model.types import GONE
from haitang.site.charts import Chart, Dot, Node, TownPoint, areas, bars, dots, pictogram, tree
from haitang.site.edition.recipe import Recipe
from haitang.site.languages.dates import day
from haitang.site.linked.feed import ATOM, feeds
from haitang.site.page import CHANGES, POSITION, PROGRESS, UNVERIFIED, File, Page, Sheet, sheet_path, sheets
from haitang.site.pages import made, recipe
from haitang.site.templates import Tree
from haitang.site.views import Site
from haitang.site.views.changelog import Change
from haitang.site.views.feedback import asked_about
from haitang.site.views.freshness import TownWanted, Wanted, wanted
from haitang.site.views.statistics import Branch, Progress, Standing

MOST_DOTS = 200  # more are told better by the live map, and would weigh more than the rest of the made
FEWEST_DRAWN = 8  # places of known year: fewer are a list, for a slope between two of them would be made up
MOST_ROOTS, MOST_BELOW = 12, 5  # of the tree: trees that are drawn, and branches that are named of each branch
UNVERIFIED_ROWS = 100  # of one page: each is a name, what is missing, and an address to say so
CHANGES_ROWS = 150  # of one made
DATA = "data/changes.json"


def build(site: Site) -> Iterator[Recipe]:
    everything = (site.prerequisites.everything,)
    yield recipe(PROGRESS.path(), PROGRESS, "progress", everything, partial(_progress, site), day=True)
    yield from _unverified(site)
    if site.changes:  # without a history there is none of these
        yield from _changes(site)


def _progress(site: Site) -> Page:
    directory, progress, words = site.directory, site.progress, site.templates.words["progress"]
    points = _points(directory)
    roots = [_node(directory, branch) for branch in progress.tree[:MOST_ROOTS]]
    return made(
        site, Page(PROGRESS.path(), PROGRESS, words["title"], words["description"]), "progress", progress=progress,
        settings=directory.settings, tier_names=site.tier_names,
        wanting=[(site.card(position), missing) for position, missing in progress.wanting],
        charts_of=dict(_charts(site, progress, points, roots)),
        tree_cut=sum(branch.size for branch in progress.tree) - sum(map(_drawn, roots)), undrawn=progress.listed - len(points),
        standings=[(standing, *flowers(site, standing)) for standing in progress.standings],
    )  # fmt: skip


def flowers(site: Site, standing: Standing) -> tuple[Chart, Chart]:
    """What was published and what is listed, each in flowers of its own; different measure words stand with the names."""
    names, look, words = site.tier_names, site.directory.look, site.templates.words["progress"]
    units = {row.unit or words["unit"] for row in standing.rows}
    unit = next(iter(units)) if len(units) == 1 else ""
    called = [
        (
            row,
            names[row.tier.id]
            if unit
            else words["with_unit"].format(name=names[row.tier.id], unit=counted(row.unit or words["unit"], row.published)),
        )
        for row in standing.rows
    ]
    published = [(look[row.tier.id], name, row.published, None) for row, name in called]
    listed = [(look[row.tier.id], names[row.tier.id], float(row.listed), None) for row in standing.rows]
    left = pictogram(words["column_published"].format(date=day(standing.published.as_of, site.language)), published, unit)
    return left, pictogram(words["column_listed"].format(area=standing.area), listed, words["unit"], left.scale)


def _charts(site: Site, progress: Progress, points: list[Dot], roots: list[Node]) -> Iterator[tuple[str, Chart]]:
    words, names, growth = site.templates.words["progress"], site.tier_names, progress.growth
    fact_names, unit = site.templates.words["fact"], words["unit"]
    if growth.known >= FEWEST_DRAWN:
        layers = [(site.directory.look[tier], names[tier], [float(count) for count in counts]) for tier, counts in growth.tiers]
        yield "growth", areas(words["growth_chart"], [str(year) for year in growth.years], layers, unit)
    if 0 < len(points) <= MOST_DOTS:
        placed = [(town, town.location.wgs84) for town in site.directory.settings.areas[0].towns if town.location]
        towns = [TownPoint(point.lon, point.lat, town.short_name or town.name) for town, point in placed]
        yield "coverage", dots(words["coverage_map"], points, site.looks, towns)
    total = float(progress.quality.total)
    facts = [("station", fact_names[fact], float(count), total) for fact, count in progress.quality.facts]
    yield "facts", pictogram(words["quality_chart"].format(total=progress.quality.total), facts, unit)
    if progress.quality.ages:
        yield "ages", bars(words["ages_chart"], [(str(year), float(count)) for year, count in progress.quality.ages], unit)
    if roots:
        yield "tree", tree(words["tree_chart"], roots, site.looks)


def _points(directory: Directory) -> list[Dot]:
    """Where the places of the first area are; what is known only to its town stands on the town's own point."""
    area = directory.settings.areas[0].id
    return [
        Dot(spot.lon, spot.lat, directory.look_of(each), each.name, spot.precision != "town", POSITION.path(each.id))
        for each in directory.positions
        if each.status not in GONE and directory.area[each.town].id == area and (spot := directory.spot(each))
    ]


def _node(directory: Directory, branch: Branch) -> Node:
    """A branch with the first few of those below it; how many more there are is its count."""
    position = branch.position
    below = tuple(_node(directory, each) for each in branch.below[:MOST_BELOW])
    hidden = max(0, len(branch.below) - MOST_BELOW)
    return Node(position.name, directory.look_of(position), POSITION.path(position.id), below, hidden)


def _drawn(node: Node) -> int:
    return 1 + sum(map(_drawn, node.children))


def _unverified(site: Site) -> Iterator[Recipe]:
    directory, first, of = site.directory, UNVERIFIED.path(), site.prerequisites
    groups = wanted(directory, directory.updated)
    rows = _by_missing(groups)
    lots = Counter(missing for missing, _, _ in rows)
    begins = {missing: at for at, (missing, _, _) in reversed([*enumerate(rows)])}
    # At the top: places in use, how many of them nobody has asked at, and how many lack each fact.
    counts = Tree(
        in_use=sum(1 for position in directory.positions if position.status not in GONE),
        never=sum(1 for _, _, each in rows if each.verified is None),
        facts=[(fact, sum(count for missing, count in lots.items() if fact in missing)) for fact in KEY_FACTS],
        lots=dict(lots),
    )
    # A lot's anchor stands on the page where the lot begins.
    ways = [(missing, count, sheet_path(first, begins[missing] // UNVERIFIED_ROWS + 1)) for missing, count in lots.items()]
    figures = (repr(counts), repr(ways), tuple((group.town.id, len(group.wanted)) for group in groups))
    for sheet in sheets(rows, first, UNVERIFIED_ROWS):
        made_of = (*figures, sheet.number, sheet.total, of.all_of(each.position for _, _, each in sheet.items))
        make = partial(_asked, site, sheet, {"lots": ways, "towns": groups, "counts": counts})
        yield recipe(sheet.path, UNVERIFIED, "unverified", made_of, make, day=True)


Lacking = tuple[tuple[str, ...], TownWanted, Wanted]


def _by_missing(groups: Iterable[TownWanted]) -> list[Lacking]:
    """Each place once, beside what is missing of it: what lacks much first, of those what most places lack; then by town."""
    lots: dict[tuple[str, ...], list[Lacking]] = {}
    for group in groups:
        for each in group.wanted:
            lots.setdefault(each.missing, []).append((each.missing, group, each))
    ranked = sorted(lots.items(), key=lambda lot: (-len(lot[0]), -len(lot[1]), lot[0]))
    return [row for _, rows in ranked for row in rows]


def _asked(site: Site, sheet: Sheet[Lacking], values: dict[str, Any]) -> Page:
    words, asked = site.templates.words["unverified"], [each.position for _, _, each in sheet.items]
    settings = site.directory.settings
    return made(
        site, Page(sheet.path, UNVERIFIED, words["title"], words["description"]), "unverified", sheet=sheet, **values,
        corrections={it.id: asked_about(settings, (it.id, it.name), POSITION.path(it.id)) for it in asked},
    )  # fmt: skip


def _changes(site: Site) -> Iterator[Recipe]:
    for sheet in sheets(site.changes, CHANGES.path(), CHANGES_ROWS):
        made_of = (sheet.count, repr(sheet.items))
        yield recipe(sheet.path, CHANGES, "changes", made_of, partial(_changed, site, sheet))
    everything = (repr(site.changes),)
    yield Recipe(DATA, everything, partial(_data, site))
    yield from feeds(site, everything)


def _changed(site: Site, sheet: Sheet[Change]) -> Page:
    words = site.templates.words["changes"]
    labels = {kind: {each.name: each.label for each in entry_spec(kind).fields} for kind in ("position", "brand", "route")}
    page = Page(sheet.path, CHANGES, words["title"], words["description"])
    return made(site, page, "changes", sheet=sheet, labels=labels, data=DATA, atom=ATOM)


def _data(site: Site) -> File:
    changes = [_object(change) for change in site.changes]
    return File(DATA, (json.dumps({"changes": changes}, ensure_ascii=False, indent=1) + "\n").encode())


def _object(change: Change) -> dict[str, object]:
    values = {
        "day": change.day, "change": change.kind, "kind": change.entry, "id": change.id, "name": change.name,
        "former_name": change.former, "fields": list(change.fields), "page": change.page,
        "count": change.count if change.entry is None else None,
    }  # fmt: skip
    return {key: value for key, value in values.items() if value not in (None, "", [])}
