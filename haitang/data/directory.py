"""Directory: everything known of a sound Dataset, frozen and indexed.

The rule: questions about the data are answered here (who is near, who belongs where); how an answer looks is `rendering`'s.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from haitang.core.problems import Problem
from haitang.data.dataset import Dataset, Filed
from haitang.data.neighbours import neighbours
from haitang.data.route_distances import Leg, legs, passing
from haitang.geo.layers import COARSE_M, MAIN
from haitang.model.entries import Brand, Chapter, Concept, Position, Route
from haitang.model.imprint import Slide
from haitang.model.settings import ActivityKind, Area, Settings, Town
from haitang.model.tiers import CIRCLES, FLOWERS, UNKNOWN, TierInfo
from haitang.model.types import GONE, Precision

if TYPE_CHECKING:
    from haitang.geo.boundary import Boundary
    from haitang.geo.layers import Drawn, Layer

# The facts a visitor needs before setting out; pages say which of them are still 待核实.
KEY_FACTS = ("address", "location", "hours", "phone")
METRES_PER_DEGREE = 111_195.0  # of latitude, on the mean sphere
NEARBY = 5  # places that a place's page names
_NUMBER, _DIGITS = re.compile("[0-9]+"), 64  # as long as an id may be


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is drawn: WGS-84 degrees. `town` precision means: only the town is known, this is the town's point."""

    lon: float
    lat: float
    precision: Precision


@dataclass(frozen=True)
class Directory:
    """The whole directory. `updated` is the day the data was last changed, None where nobody knows."""

    settings: Settings
    positions: tuple[Position, ...]
    brands: tuple[Brand, ...]
    files: dict[str, str]  # an id, prefixed `position:`, `brand:` or `route:` → file relative to the root
    updated: date | None = None
    boundary: "Boundary | None" = None
    layers: "tuple[Layer, ...]" = ()  # the base of the map, the lowest first
    chapters: tuple[Chapter, ...] = ()
    routes: tuple[Route, ...] = ()
    remarks: tuple[Problem, ...] = ()  # warnings and hints, where they were asked for
    slides: tuple[Filed[Slide], ...] = ()  # the halls' own, where they were asked for
    notes: Path | None = None  # the folder in which to keep what takes long to find out
    first: "Directory | None" = None  # the same directory in the language it is written in, where this one is in another

    @cached_property
    def position(self) -> dict[str, Position]:
        return {position.id: position for position in self.positions}

    @cached_property
    def brand(self) -> dict[str, Brand]:
        return {brand.id: brand for brand in self.brands}

    @cached_property
    def activity_kind(self) -> dict[str, ActivityKind]:
        return {kind.id: kind for kind in self.settings.activity_kinds}

    @cached_property
    def tier(self) -> dict[str, TierInfo]:
        """By id, the highest first."""
        return {tier.id: tier for tier in self.settings.tiers}

    @cached_property
    def look(self) -> dict[str, str]:
        """How each tier is drawn, by its id, in their order; and places of which nobody knows the tier, last."""
        return {**self.settings.looks, UNKNOWN: UNKNOWN}

    @property
    def has_circles(self) -> bool:
        """Whether any tier is drawn as a circle."""
        return not set(CIRCLES).isdisjoint(self.look.values())

    @property
    def has_flowers(self) -> bool:
        """Whether any tier is drawn as a flower or a leaf."""
        return not set(FLOWERS.values()).isdisjoint(self.look.values())

    @property
    def word_variants(self) -> tuple[str, ...]:
        """The groups of words for visitors that hold here: nothing of flowers where there are none, nothing of public material
        where a site tells what its own organisation knows."""
        holds = {"circles": not self.has_flowers, "own_data": self.settings.data_from == "own"}
        return tuple(name for name, is_so in holds.items() if is_so)

    @property
    def styles_left_out(self) -> frozenset[str]:
        """The style sheets that are only for looks it has not."""
        needed = {"circles": self.has_circles, "no-flowers": not self.has_flowers}
        return frozenset(name for name, is_needed in needed.items() if not is_needed)

    def look_of(self, position: Position) -> str:
        return self.look[position.tier or UNKNOWN]

    @cached_property
    def town(self) -> dict[str, Town]:
        """Towns by id in the order of directory.yml; an area's own id stands for "town not known yet"."""
        return {place.id: place for area in self.settings.areas for place in area.places}

    @cached_property
    def area(self) -> dict[str, Area]:
        """The area of a town id."""
        return {place.id: area for area in self.settings.areas for place in area.places}

    def town_is_known(self, position: Position) -> bool:
        return self.area[position.town].id != position.town

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], tuple[Position, ...]]:
        """Positions by what they have in common: the field, and what stands there."""
        if self.first:
            here = self.position
            return {key: tuple([here[each.id] for each in group]) for key, group in self.first._groups.items()}
        groups: dict[tuple[str, str], list[Position]] = defaultdict(list)
        for position in self.positions:
            for field in ("town", "parent", "tier"):
                groups[field, str(getattr(position, field))].append(position)
            for brand in position.brands:
                groups["brands", brand].append(position)
        return {key: tuple(group) for key, group in groups.items()}

    def in_town(self, town: str) -> tuple[Position, ...]:
        return self._groups.get(("town", town), ())

    def with_brand(self, brand: str) -> tuple[Position, ...]:
        return self._groups.get(("brands", brand), ())

    def children(self, position: str) -> tuple[Position, ...]:
        return self._groups.get(("parent", position), ())

    def of_tier(self, tier: str) -> tuple[Position, ...]:
        return self._groups.get(("tier", tier), ())

    def having(self, field: str, term: str) -> tuple[Position, ...]:
        """The positions whose `services`, `facilities` or `site_kind` name a term; what has gone has nothing any more."""
        return self._having.get((field, term), ())

    @cached_property
    def _having(self) -> Mapping[tuple[str, str], tuple[Position, ...]]:
        found: dict[tuple[str, str], list[Position]] = defaultdict(list)
        for position in self.positions:
            if position.status not in GONE:
                for field, terms in (("services", position.services), ("facilities", position.facilities)):
                    for term in dict.fromkeys(terms):
                        found[field, term].append(position)
                if position.site_kind:
                    found["site_kind", position.site_kind].append(position)
        return {key: tuple(group) for key, group in found.items()}

    def showing(self, concept: str) -> tuple[Position, ...]:
        """The positions that show a concept: those its chapter names, then those whose own fields say so."""
        return self._concepts.positions.get(concept, ())

    def concepts_of(self, position: str) -> tuple[tuple[Chapter, Concept], ...]:
        """The concepts a position shows, in the order of the chapters."""
        return self._concepts.of_position.get(position, ())

    @cached_property
    def _concepts(self) -> "Concepts":
        return Concepts(self.chapters, self.positions, self.settings)

    def routes_through(self, position: str) -> tuple[tuple[Route, int], ...]:
        """The routes a position lies on, each with the place of its stop, counted from 0."""
        return self._routes_through.get(position, ())

    @cached_property
    def _routes_through(self) -> dict[str, tuple[tuple[Route, int], ...]]:
        return passing(self.routes)

    def legs(self, route: Route) -> tuple[Leg, ...]:
        """How far it is from each stop of a route to the next."""
        return legs(route, self.position)

    def spot(self, position: Position) -> Spot | None:
        """Where to draw a position: its own place, else its town's point, else nowhere."""
        return self._spots[position.id]

    @cached_property
    def _spots(self) -> Mapping[str, Spot | None]:
        if self.first:
            return self.first._spots
        found: dict[str, Spot | None] = {}
        for position in self.positions:
            place, town = position.location, self.town[position.town].location
            point = place.wgs84 if place else town.wgs84 if town else None
            found[position.id] = Spot(point.lon, point.lat, place.precision if place else "town") if point else None
        return found

    @cached_property
    def base(self) -> "Sequence[Drawn]":
        """The layers as coarsely as a picture of all the directory shows them, the lowest first."""
        if self.first:
            return self.first.base
        if not self.layers:
            return ()
        from haitang.geo.layer_cutting import Cutter

        cutter = Cutter(self.layers)
        return cutter.cut(cutter.bounds, COARSE_M, MAIN)

    def nearby(self, position: Position, count: int = NEARBY) -> list[tuple[Position, float]]:
        """The nearest other positions with metres, both points known better than to the town; nearest first."""
        found = self._neighbours.get(position.id, ())
        return [(self.position[name], metres) for name, metres in found[:count]]

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[tuple[str, float], ...]]:
        return self.first._neighbours if self.first else neighbours(self.positions, NEARBY, self.notes)


class Concepts:
    """Which positions show which concept; every position is asked once, for the words it holds."""

    def __init__(self, chapters: Iterable[Chapter], positions: Iterable[Position], settings: Settings) -> None:
        concepts = [(chapter, concept) for chapter in chapters for concept in chapter.concepts]
        services = settings.vocabularies.services
        groups = {term.name: tuple(filter(None, (term.group, term.official))) for term in services}
        by_term: dict[tuple[str, str], list[int]] = defaultdict(list)
        named: dict[str, list[int]] = defaultdict(list)
        for at, (_, concept) in enumerate(concepts):
            for pair in ((showing.field, term) for showing in concept.shown_by for term in showing.terms or ("",)):
                by_term[pair].append(at)
            for name in concept.positions:
                named[name].append(at)
        fields = sorted({field for field, _ in by_term})
        shown: dict[int, list[Position]] = defaultdict(list)
        self.of_position: dict[str, tuple[tuple[Chapter, Concept], ...]] = {}
        # What has gone shows nothing: nobody can see it there any more.
        for position in (position for position in positions if position.status not in GONE):
            found = set(named.get(position.id, ()))
            for field in fields:
                for term in _words_of(position, field, groups):
                    found.update(by_term.get((field, term), ()))
            for at in sorted(found):
                shown[at].append(position)
            if found:
                self.of_position[position.id] = tuple(concepts[at] for at in sorted(found))
        self.positions = {
            concept.id: tuple(sorted(shown[at], key=lambda position: position.id not in concept.positions))
            for at, (_, concept) in enumerate(concepts)
        }


def _words_of(position: Position, field: str, groups: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The words a field of a position holds, the groups they belong to, and an empty one where it holds anything."""
    value = getattr(position, field)
    for item in (value,) if isinstance(value, str) else value or ():
        word = item if isinstance(item, str) else getattr(item, "name", None) or item.post
        yield word
        if field == "services":
            yield from groups.get(word, ())
    if value:
        yield ""


def missing_facts(position: Position) -> tuple[str, ...]:
    """The key facts that nobody has found yet."""
    return tuple(fact for fact in KEY_FACTS if getattr(position, fact) is None)


def counted(own_id: str) -> str:
    """What puts ids with numbers in the order of these: 2 comes before 10. frontend/src/search/split/scope.ts does the same."""
    return _NUMBER.sub(lambda found: found[0].zfill(_DIGITS), own_id)


def indexed(dataset: Dataset, updated: date | None) -> Directory:
    """The Directory of a sound Dataset."""
    towns = [place.id for area in dataset.settings.areas for place in area.places]
    rank = {town: index for index, town in enumerate(towns)}
    tiers = {tier.id: index for index, tier in enumerate(dataset.settings.tiers)}

    def place(entry: Filed[Position]) -> tuple[int, int, str, str]:
        position = entry.value
        return rank[position.town], tiers[position.tier] if position.tier else len(tiers), counted(position.id), position.id

    positions = sorted(dataset.positions, key=place)
    brands = sorted(dataset.brands, key=lambda entry: entry.value.id)
    files = {f"position:{entry.value.id}": entry.file for entry in positions}
    files.update({f"brand:{entry.value.id}": entry.file for entry in brands})
    routes = sorted(dataset.routes, key=lambda entry: entry.value.id)
    files.update({f"route:{entry.value.id}": entry.file for entry in routes})
    return Directory(
        dataset.settings,
        tuple(entry.value for entry in positions),
        tuple(entry.value for entry in brands),
        files,
        updated,
        chapters=tuple(
            sorted((entry.value for entry in dataset.chapters), key=lambda chapter: (chapter.order or 1e9, chapter.id))
        ),
        routes=tuple(entry.value for entry in routes),
    )
