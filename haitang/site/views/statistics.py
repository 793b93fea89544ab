"""How far the family has grown, counted from the directory: what was published, what is listed, what is verified.

The rule: the three are never added, divided or mixed, and stand beside each other only for the same part of the directory; what
is not known is counted as not known, and nothing is worked out that no source says.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date
from itertools import accumulate, chain

from haitang.data.directory import KEY_FACTS, Directory, missing_facts
from haitang.model.entries import Position
from haitang.model.settings import Denominator, Published, Town
from haitang.model.tiers import UNKNOWN, TierInfo
from haitang.model.types import GONE
from haitang.site.views.freshness import STALE_AFTER

HELP = 12  # places named where help is wanted most
DEPTH = 3  # levels of the tree, where there are no more tiers


@dataclass(frozen=True, slots=True)
class Row:
    """A tier's three numbers, side by side; the published one with the measure word it was published with."""

    tier: TierInfo
    published: float
    unit: str | None
    listed: int
    verified: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One publication's figures beside ours for the same part of the directory."""

    published: Published
    area: str
    rows: tuple[Row, ...]
    listed: int
    verified: int


@dataclass(frozen=True, slots=True)
class Base:
    """What places could be counted against, and how many of that tier and area are listed."""

    denominator: Denominator
    listed: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Places opened up to and in each year, a tier each, and each with its year; `unknown` have no known year."""

    years: tuple[int, ...]
    tiers: tuple[tuple[str, tuple[int, ...]], ...]
    opened: tuple[tuple[int, Position], ...]
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class TownRow:
    """A town's line in a table: a count a column."""

    town: Town
    known: bool
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Quality:
    """How much is known of the places in use. `stale` were verified more than a year before the data's day, None where that
    day is not known; `ages` counts places by the year of their newest dated source."""

    total: int
    facts: tuple[tuple[str, int], ...]
    complete: int
    verified: int
    stale: int | None
    ages: tuple[tuple[int, int], ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A position with those below it."""

    position: Position
    below: tuple["Branch", ...]

    @property
    def size(self) -> int:
        return 1 + sum(branch.size for branch in self.below)


@dataclass(frozen=True, slots=True)
class Progress:
    """All that the page tells. `wanting` are places with what is missing of them, most first."""

    standings: tuple[Standing, ...]
    bases: tuple[Base, ...]
    growth: Growth
    coverage: tuple[TownRow, ...]
    groups: tuple[str, ...]
    services: tuple[TownRow, ...]
    quality: Quality
    wanting: tuple[tuple[Position, tuple[str, ...]], ...]
    tree: tuple[Branch, ...]
    unrelated: int
    tiers: Mapping[str, int]
    listed: int
    verified: int


def progress_of(directory: Directory) -> Progress:
    """Counts the directory once. Places that have closed or merged are not counted anywhere."""
    positions = tuple(position for position in directory.positions if position.status not in GONE)
    services = {term.name: term.official or term.group for term in directory.settings.vocabularies.services}
    groups = tuple(dict.fromkeys(group for group in services.values() if group))
    by_town = Counter(position.town for position in positions)
    by_tier = Counter[tuple[str, str]]((position.town, position.tier or UNKNOWN) for position in positions)
    by_group = Counter(
        (position.town, group)
        for position in positions
        for group in {services.get(service) or "" for service in position.services}
    )
    depth = max(DEPTH, len(directory.settings.tiers))
    branches = (_branch(directory, position, depth) for position in positions if position.parent is None)
    # Where one answer helps most: much is missing, and nobody has asked there yet.
    missing = {position.id: missing_facts(position) for position in positions}
    ranked = sorted(positions, key=lambda position: (-len(missing[position.id]), position.verified is not None, position.id))
    return Progress(
        standings=tuple(
            _standing(directory, published, positions) for published in directory.settings.published if published.counts
        ),
        bases=tuple(Base(base, _count(directory, positions, base.area, base.tier)) for base in directory.settings.denominators),
        growth=_growth(positions, tuple(directory.look), directory.updated),
        coverage=tuple(_town_rows(directory, by_tier, tuple(directory.look), by_town)),
        groups=groups,
        services=tuple(_town_rows(directory, by_group, groups, by_town)),
        quality=_quality(positions, missing, directory.updated),
        wanting=tuple((position, missing[position.id]) for position in ranked[:HELP] if missing[position.id]),
        tree=tuple(branch for branch in branches if branch.below),
        unrelated=sum(1 for position in positions if position.parent is None and not directory.children(position.id)),
        tiers={tier: sum(by_tier[town, tier] for town in by_town) for tier in directory.look},
        listed=len(positions),
        verified=sum(1 for position in positions if position.verified),
    )


def _in_area(directory: Directory, positions: Iterable[Position], area: str | None) -> list[Position]:
    return [position for position in positions if area is None or directory.area[position.town].id == area]


def _count(directory: Directory, positions: Iterable[Position], area: str | None, tier: str | None) -> int:
    return sum(1 for position in _in_area(directory, positions, area) if tier in (None, position.tier))


def _standing(directory: Directory, published: Published, positions: tuple[Position, ...]) -> Standing:
    here = _in_area(directory, positions, published.area)
    figures = {count.tier: count for count in published.counts}
    listed = Counter(position.tier for position in here)
    verified = Counter(position.tier for position in here if position.verified)
    rows = tuple(
        Row(tier, figures[tier.id].value, figures[tier.id].unit, listed[tier.id], verified[tier.id])
        for tier in directory.settings.tiers
        if tier.id in figures
    )
    area = next((area.name for area in directory.settings.areas if area.id == published.area), published.scope)
    return Standing(published, area, rows, len(here), sum(verified.values()))


def _growth(positions: Iterable[Position], tiers: Iterable[str], today: date | None) -> Growth:
    """Places that are planned, or whose year lies ahead of the data, have not opened."""
    positions = [position for position in positions if position.status != "planned"]
    last = today.year if today else MAXYEAR
    opened = [(position.opened.year, position) for position in positions if position.opened and position.opened.year <= last]
    opened.sort(key=lambda each: (each[0], each[1].id))
    years = tuple(range(opened[0][0], opened[-1][0] + 1)) if opened else ()
    counts = Counter[tuple[str, int]]((position.tier or UNKNOWN, year) for year, position in opened)
    sums = {tier: tuple(accumulate(counts[tier, year] for year in years)) for tier in tiers}
    grown = tuple((tier, so_far) for tier, so_far in sums.items() if so_far and so_far[-1])
    return Growth(years, grown, tuple(opened), len(opened), sum(1 for position in positions if not position.opened))


def _town_rows(
    directory: Directory, counts: Mapping[tuple[str, str], int], columns: tuple[str, ...], totals: Mapping[str, int]
) -> Iterator[TownRow]:
    """A row a town, in the order of directory.yml; the row of an area's unknown towns only where there are such places."""
    for town in directory.town.values():
        known = directory.area[town.id].id != town.id
        if known or totals[town.id]:
            yield TownRow(town, known, tuple(counts[town.id, column] for column in columns), totals[town.id])


def _quality(positions: tuple[Position, ...], missing: Mapping[str, tuple[str, ...]], today: date | None) -> Quality:
    lacking = Counter(chain.from_iterable(missing.values()))
    newest = [position.newest_source for position in positions]
    ages = Counter(year for year in newest if year)
    verified = [position.verified.on for position in positions if position.verified]
    return Quality(
        total=len(positions),
        facts=tuple((fact, len(positions) - lacking[fact]) for fact in KEY_FACTS),
        complete=sum(1 for facts in missing.values() if not facts),
        verified=len(verified),
        stale=sum(1 for day in verified if today - day > STALE_AFTER) if today else None,
        ages=tuple((year, ages[year]) for year in range(min(ages), max(ages) + 1)) if ages else (),
        undated=newest.count(0),
    )


def _branch(directory: Directory, position: Position, depth: int) -> Branch:
    children = directory.children(position.id) if depth > 1 else ()
    below = (child for child in children if child.status not in GONE)
    return Branch(position, tuple(_branch(directory, child, depth - 1) for child in below))
