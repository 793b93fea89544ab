"""progress.html: how far the family has grown, and where help is wanted.

Figures that were published, places that are listed and places that are verified stand side by side and are never mixed: they
are counted in `progress`, and no chart here puts one in relation to another.
"""

from collections.abc import Iterator, Mapping

from haitang.data.directory import Directory
from haitang.model.types import GONE, TIERS
from haitang.site.charts import Chart, Dot, Node, TownPoint, areas, bars, dots, pictogram, tree
from haitang.site.templates import Page
from haitang.site.views import Site
from haitang.site.views.statistics import Branch, Growth, Progress, Standing, progress_of

MOST_DOTS = 200  # more are told better by the live map, and would weigh more than the rest of the page
FEWEST_DRAWN = 8  # places of known year: fewer are a list, for a slope between two of them would be made up
MOST_ROOTS, MOST_BELOW = 12, 5  # of the tree: trees that are drawn, and branches that are named of each branch


def build(site: Site) -> Iterator[Page]:
    progress, words = progress_of(site.directory), site.templates.words["progress"]
    wanting = [(site.card(position), missing) for position, missing in progress.wanting]
    names = tier_names(site)
    body = site.templates.render(
        "pages/progress.html", progress=progress, settings=site.directory.settings, wanting=wanting, root="", site=site,
        tier_names=names, charts_of=dict(_charts(site, progress, words)), tree_cut=_cut(progress),
        undrawn=progress.listed - len(_points(site.directory)),
        standings=[(standing, *flowers(standing, names, words)) for standing in progress.standings],
    )  # fmt: skip
    yield Page("progress.html", "progress", words["title"], words["description"], body)


def tier_names(site: Site) -> dict[str, str]:
    """The short names of all tiers in their order, and of "not known yet"."""
    tiers = site.directory.tier
    return {**{tier: tiers[tier].short_name for tier in TIERS}, "unknown": site.templates.words["tier_unknown"]}


def flowers(standing: Standing, names: Mapping[str, str], words: Mapping[str, str]) -> tuple[Chart, Chart]:
    """What was published and what is listed, each in flowers of its own."""
    published = [(row.tier.id, names[row.tier.id], row.published, None) for row in standing.rows]
    listed = [(row.tier.id, names[row.tier.id], float(row.listed), None) for row in standing.rows]
    date, area = standing.published.as_of, standing.area
    left = pictogram(words["column_published"].format(date=date), published, words["unit"])
    return left, pictogram(words["column_listed"].format(area=area), listed, words["unit"], left.scale)


def _charts(site: Site, progress: Progress, words: Mapping[str, str]) -> Iterator[tuple[str, Chart]]:
    fact_names, unit = site.templates.words["fact"], words["unit"]
    if progress.growth.known >= FEWEST_DRAWN:
        yield "growth", _growth(progress.growth, tier_names(site), words)
    points = _points(site.directory)
    if 0 < len(points) <= MOST_DOTS:
        yield "coverage", dots(words["coverage_map"], points, _towns(site.directory))
    total = float(progress.quality.total)
    facts = [("station", fact_names[fact], float(count), total) for fact, count in progress.quality.facts]
    yield "facts", pictogram(words["quality_chart"].format(total=progress.quality.total), facts, unit)
    if progress.quality.ages:
        yield "ages", bars(words["ages_chart"], [(str(year), float(count)) for year, count in progress.quality.ages], unit)
    if progress.tree:
        yield "tree", tree(words["tree_chart"], [_node(branch) for branch in progress.tree[:MOST_ROOTS]])


def _growth(growth: Growth, names: Mapping[str, str], words: Mapping[str, str]) -> Chart:
    layers = [(tier, names[tier], [float(count) for count in counts]) for tier, counts in growth.tiers]
    return areas(words["growth_chart"], [str(year) for year in growth.years], layers, words["unit"])


def _points(directory: Directory) -> list[Dot]:
    """Where the places of the first area are; what is known only to its town stands on the town's own point."""
    area = directory.settings.areas[0].id
    return [
        Dot(spot.lon, spot.lat, position.tier or "unknown", position.name, spot.precision != "town", _page(position.id))
        for position in directory.positions
        if position.status not in GONE and directory.area[position.town].id == area and (spot := directory.spot(position))
    ]


def _towns(directory: Directory) -> list[TownPoint]:
    points = ((town, town.location.wgs84) for town in directory.settings.areas[0].towns if town.location)
    return [TownPoint(point.lon, point.lat, town.short_name or town.name) for town, point in points]


def _node(branch: Branch) -> Node:
    """A branch with the first few of those below it; how many more there are is its count."""
    position = branch.position
    below = tuple(_node(each) for each in branch.below[:MOST_BELOW])
    return Node(position.name, position.tier or "unknown", _page(position.id), below, max(0, len(branch.below) - MOST_BELOW))


def _cut(progress: Progress) -> int:
    """How many places of the trees are not drawn."""
    drawn = [_node(branch) for branch in progress.tree[:MOST_ROOTS]]
    return sum(branch.size for branch in progress.tree) - sum(_drawn(node) for node in drawn)


def _drawn(node: Node) -> int:
    return 1 + sum(_drawn(below) for below in node.children)


def _page(position: str) -> str:
    return f"positions/{position}.html"
