"""How far the family has grown, counted from the directory: what was published, what is listed, what is verified.

The rule: the three are never added, divided or mixed; what is not known is counted as not known, and nothing is worked out that
no source says.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from haitang.data.directory import KEY_FACTS, Directory, missing_facts
from haitang.model.entries import Position
from haitang.model.settings import Denominator, Published, TierInfo, Town
from haitang.model.types import GONE, TIERS, Tier

STALE_AFTER = timedelta(days=365)  # a visit or a call tells about a year
HELP = 12  # places named where help is wanted most
DEPTH = 3  # tiers of the tree


@dataclass(frozen=True, slots=True)
class Row:
    """A tier's three numbers, side by side."""

    tier: TierInfo
    published: float
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

    @property
    def total(self) -> float:
        return sum(count.value for count in self.published.counts)


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
    groups = tuple(dict.fromkeys(term.group for term in directory.settings.vocabularies.services if term.group))
    tree = tuple(_branches(directory, positions))
    return Progress(
        standings=tuple(
            _standing(directory, published, positions) for published in directory.settings.published if published.counts
        ),
        bases=tuple(Base(base, _count(directory, positions, base.area, base.tier)) for base in directory.settings.denominators),
        growth=_growth(positions, directory.updated),
        coverage=tuple(_coverage(directory, positions)),
        groups=groups,
        services=tuple(_services(directory, positions, groups)),
        quality=_quality(positions, directory.updated),
        wanting=tuple(_wanting(positions)),
        tree=tree,
        unrelated=sum(1 for position in positions if position.parent is None and not directory.children(position.id)),
        tiers=_by_tier(positions),
        listed=len(positions),
        verified=sum(1 for position in positions if position.verified),
    )


def _by_tier(positions: Iterable[Position]) -> dict[str, int]:
    """How many places of each tier are listed; `unknown` is a tier here."""
    counts = Counter[str](position.tier or "unknown" for position in positions)
    return {tier: counts[tier] for tier in (*TIERS, "unknown")}


def _in_area(directory: Directory, positions: Iterable[Position], area: str | None) -> list[Position]:
    return [position for position in positions if area is None or directory.area[position.town].id == area]


def _count(directory: Directory, positions: Iterable[Position], area: str | None, tier: Tier | None) -> int:
    return sum(1 for position in _in_area(directory, positions, area) if tier in (None, position.tier))


def _standing(directory: Directory, published: Published, positions: tuple[Position, ...]) -> Standing:
    here = _in_area(directory, positions, published.area)
    figures = {count.tier: count.value for count in published.counts}
    listed = Counter(position.tier for position in here)
    verified = Counter(position.tier for position in here if position.verified)
    rows = tuple(
        Row(tier, figures[tier.id], listed[tier.id], verified[tier.id])
        for tier in directory.settings.tiers
        if tier.id in figures
    )
    area = next((area.name for area in directory.settings.areas if area.id == published.area), published.scope)
    return Standing(published, area, rows, len(here), sum(verified.values()))


def _growth(positions: Iterable[Position], today: date | None) -> Growth:
    """Places that are planned, or whose year lies ahead of the data, have not opened."""
    positions = [position for position in positions if position.status != "planned"]
    last = today.year if today else None
    dated = sorted(
        ((position.opened.year, position) for position in positions if position.opened and _has_come(position, last)),
        key=_by_year,
    )
    opened: list[tuple[int, str]] = [(year, position.tier or "unknown") for year, position in dated]
    unknown = sum(1 for position in positions if not position.opened)
    years = tuple(range(min(year for year, _ in opened), max(year for year, _ in opened) + 1)) if opened else ()
    counts = Counter(opened)
    tiers = []
    for tier in (*TIERS, "unknown"):
        sums, so_far = [], 0
        for year in years:
            so_far += counts[year, tier]
            sums.append(so_far)
        if so_far:
            tiers.append((str(tier), tuple(sums)))
    return Growth(years, tuple(tiers), tuple(dated), len(opened), unknown)


def _has_come(position: Position, last: int | None) -> bool:
    return position.opened is not None and (last is None or position.opened.year <= last)


def _by_year(opened: tuple[int, Position]) -> tuple[int, str]:
    return opened[0], opened[1].id


def _coverage(directory: Directory, positions: tuple[Position, ...]) -> Iterator[TownRow]:
    counts = Counter[tuple[str, str]]((position.town, position.tier or "unknown") for position in positions)
    yield from _town_rows(directory, counts, (*TIERS, "unknown"), Counter(position.town for position in positions))


def _services(directory: Directory, positions: tuple[Position, ...], groups: tuple[str, ...]) -> Iterator[TownRow]:
    group_of = {term.name: term.group for term in directory.settings.vocabularies.services}
    counts = Counter(
        (position.town, group)
        for position in positions
        for group in {group_of.get(service) or "" for service in position.services}
    )
    yield from _town_rows(directory, counts, groups, Counter(position.town for position in positions))


def _town_rows(
    directory: Directory, counts: Counter[tuple[str, str]], columns: tuple[str, ...], totals: Counter[str]
) -> Iterator[TownRow]:
    """A row a town, in the order of directory.yml; the row of an area's unknown towns only where there are such places."""
    for town in directory.town.values():
        known = directory.area[town.id].id != town.id
        if known or totals[town.id]:
            yield TownRow(town, known, tuple(counts[town.id, column] for column in columns), totals[town.id])


def _quality(positions: tuple[Position, ...], today: date | None) -> Quality:
    newest = [_newest_source(position) for position in positions]
    ages = Counter(year for year in newest if year)
    verified = [position.verified.on for position in positions if position.verified]
    return Quality(
        total=len(positions),
        facts=tuple((fact, sum(1 for position in positions if getattr(position, fact) is not None)) for fact in KEY_FACTS),
        complete=sum(1 for position in positions if not missing_facts(position)),
        verified=len(verified),
        stale=sum(1 for day in verified if today - day > STALE_AFTER) if today else None,
        ages=tuple((year, ages[year]) for year in range(min(ages), max(ages) + 1)) if ages else (),
        undated=sum(1 for year in newest if not year),
    )


def _newest_source(position: Position) -> int:
    """The year of the newest dated source; 0 where none is dated."""
    return max((source.date.year for source in position.sources if source.date), default=0)


def _wanting(positions: Iterable[Position]) -> Iterator[tuple[Position, tuple[str, ...]]]:
    """Where one answer helps most: much is missing, and nobody has asked there yet."""
    ranked = sorted(positions, key=lambda position: (-len(missing_facts(position)), position.verified is not None, position.id))
    yield from ((position, missing_facts(position)) for position in ranked[:HELP] if missing_facts(position))


def _branches(directory: Directory, positions: Iterable[Position]) -> Iterator[Branch]:
    """The trees of positions that know somebody above or below them."""
    for position in positions:
        if position.parent is None and (branch := _branch(directory, position, DEPTH)).below:
            yield branch


def _branch(directory: Directory, position: Position, depth: int) -> Branch:
    children = directory.children(position.id) if depth > 1 else ()
    below = (child for child in children if child.status not in GONE)
    return Branch(position, tuple(_branch(directory, child, depth - 1) for child in below))
