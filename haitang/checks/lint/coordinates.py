"""Points that are likely not where their place is: of another map's numbering, a town's own point, too coarse, too far.

The rule: a shift of half a kilometre cannot be seen in two numbers, so a point is only doubted beside another one, and what it
was compared with is named. Nothing here is told of a point that `checks` refuses.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import floor
from statistics import median
from typing import NamedTuple, get_args

from haitang.checks.lint.similar_names import MANY
from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Filed, Finding
from haitang.geo.coordinates import Box, Coordinate, Crs, distance_m
from haitang.model.abroad.region import CHINA
from haitang.model.entries import Location, Position
from haitang.model.settings import Area, Settings
from haitang.model.types import GONE

TOWN_M = 15_000.0  # hardly any town is longer
FEWEST, SPREAD = 4, 4  # places that show where a town is; times the way to most of them, that is far
SAME_M = 15.0  # as near as a rounded point is to the one it was copied from
HIT_M, NEAR_M, OFF_M = 3.0, 30.0, 300.0
COARSE = 3  # decimals: a hundred metres
_ROUGH_M = 15.0
_CELL, _AROUND = 0.0005, 0.0002  # degrees: some 50 metres, and more than HIT_M and _ROUGH_M together

Entry = Filed[Position]


@dataclass(frozen=True, slots=True)
class Known:
    """A place, its location as written, and where that is."""

    entry: Entry
    spot: Location
    point: Coordinate

    def finding(self, field: str, code: str, **values: Value) -> Finding:
        return Finding(self.entry.file, ("location", field), code, values)


def points_are_likely(dataset: Dataset) -> Iterator[Finding]:
    """All that is to be said of points."""
    everywhere = list(_located(dataset, list(_comparable(dataset))))
    known = [place for place in everywhere if dataset.is_asked(place.entry)]
    if dataset.settings.country == CHINA:
        yield from numbering_fits(known, everywhere)
    yield from points_are_not_a_towns(known, dataset.settings)
    yield from points_are_near_their_town(known, everywhere, dataset.settings)
    yield from points_are_as_exact_as_said(known)


def _comparable(dataset: Dataset) -> Iterator[Entry]:
    """Of some files only what they may be compared with: places of their towns, or of the whole area of a town whose point is
    not known, and what may lie where they do in any numbering."""
    if dataset.asked is None:
        yield from dataset.positions
        return
    own = [entry.value for entry in dataset.own(dataset.positions) if entry.value.location]
    towns = _with_their_areas({value.town for value in own}, dataset.settings)
    spots = [value.location for value in own if value.location]
    for entry in dataset.positions if own else ():
        spot = entry.value.location
        if spot and (entry.value.town in towns or any(spot.is_about(other) for other in spots)):
            yield entry


def _with_their_areas(towns: set[str], settings: Settings) -> set[str]:
    areas = [{place.id: place.location for place in area.places} for area in settings.areas]
    return towns.union(*(area for area in areas if any(area.get(town, True) is None for town in towns)))


def _located(dataset: Dataset, entries: list[Entry]) -> Iterator[Known]:
    """Places known better than to their town, by file, without those that are refused as lying outside."""
    boxes = _boxes(dataset.settings)
    for entry in sorted(entries, key=lambda entry: entry.file):
        location = entry.value.location
        if location is None or location.precision == "town" or entry.value.status in GONE:
            continue
        point = location.wgs84
        if _within(boxes.get(entry.value.town), point):
            yield Known(entry, location, point)


def _boxes(settings: Settings) -> dict[str, Box]:
    places = ((place.id, place.bounds or area.bounds) for area in settings.areas for place in area.places)
    return {name: bounds.box for name, bounds in places if bounds}


def _within(box: Box | None, point: Coordinate) -> bool:
    return box is None or box.holds(point.lon, point.lat)


def numbering_fits(points: list[Known], everywhere: list[Known]) -> Iterator[Finding]:
    """Read as numbers of another map, the point falls upon a place it has to do with, and as declared it does not."""
    bonds, cells = _by_bond(everywhere), _by_cell(everywhere)
    for known in points:
        mates = [group for bond in _bonds(known.entry.value) if 1 < len(group := bonds[bond]) <= MANY]
        bonded = [other for group in mates for other in group if other is not known]
        strangers = [crs for crs in get_args(Crs) if crs != known.spot.crs and crs in cells]
        if (bonded or strangers) and (hit := _hit(known, bonded, cells)):
            other, crs, metres = hit
            yield known.finding(
                "crs",
                "crs-doubtful",
                crs=known.spot.crs,
                likely=crs,
                metres=round(metres),
                declared=round(distance_m(known.point, other.point)),
                name=other.entry.value.name,
                other=other.entry.file,
            )


_Cells = dict[Crs, dict[tuple[int, int], list[Known]]]


def _cell(point: Coordinate) -> tuple[int, int]:
    return floor(point.lon / _CELL), floor(point.lat / _CELL)


def _cells_around(point: Coordinate) -> set[tuple[int, int]]:
    """The cells of all points within some 20 metres."""
    lon, lat = (point.lon - _AROUND, point.lon + _AROUND), (point.lat - _AROUND, point.lat + _AROUND)
    return {(floor(x / _CELL), floor(y / _CELL)) for x, y in product(lon, lat)}


def _by_cell(points: list[Known]) -> _Cells:
    cells: _Cells = {}
    for known in points:
        cells.setdefault(known.spot.crs, defaultdict(list))[_cell(known.point)].append(known)
    return cells


def _bonds(position: Position) -> Iterator[Hashable]:
    """What places have in common that stand close together."""
    if position.address:
        yield "address", position.town, position.address
    if position.community:
        yield "community", position.town, position.community


def _by_bond(points: list[Known]) -> dict[Hashable, list[Known]]:
    bonds: dict[Hashable, list[Known]] = defaultdict(list)
    for known in points:
        for bond in _bonds(known.entry.value):
            bonds[bond].append(known)
    return bonds


def _hit(known: Known, bonded: list[Known], cells: _Cells) -> tuple[Known, Crs, float] | None:
    """The place upon which the point falls in another numbering, that numbering, and the metres between. A stranger must be of
    that numbering itself and all but the same point, which is no chance. Who is of it has the same numbers and may be the wrong
    one as well: then the later file is told."""
    for crs in get_args(Crs):
        if crs == known.spot.crs:
            continue
        there = _roughly(known.spot, crs)
        spots = cells.get(crs, {})
        near = (spots.get(cell, ())[:MANY] for cell in _cells_around(there)) if spots else ()
        strangers = ((other, HIT_M) for cell in near for other in cell)
        for other, reach in (*((other, NEAR_M) for other in bonded), *strangers):
            if other.spot.crs == crs and other.entry.file > known.entry.file:
                continue
            if distance_m(there, other.point) < reach + _ROUGH_M and distance_m(known.point, other.point) > OFF_M:
                exactly = Coordinate(known.spot.lon, known.spot.lat, crs).to("wgs84")
                if (metres := distance_m(exactly, other.point)) < reach:
                    return other, crs, metres
    return None


def _roughly(spot: Location, crs: Crs) -> Coordinate:
    """Where the numbers lie in another numbering, within _ROUGH_M: the shift of a point close by is taken."""
    lon, lat = _shift(crs, round(spot.lon, 2), round(spot.lat, 2))
    return Coordinate(spot.lon + lon, spot.lat + lat)


@lru_cache(50_000)
def _shift(crs: Crs, lon: float, lat: float) -> tuple[float, float]:
    there = Coordinate(lon, lat, crs).to("wgs84")
    return there.lon - lon, there.lat - lat


def points_are_not_a_towns(points: list[Known], settings: Settings) -> Iterator[Finding]:
    """A town's own point, or the middle of the area, is where maps put what they do not know."""
    defaults = list(_defaults(settings))
    for known in points:
        for name, default in defaults:
            if abs(known.point.lat - default.lat) < 0.001 and distance_m(known.point, default) < SAME_M:
                yield known.finding("precision", "point-of-town", name=name, value=known.spot.precision)
                break


def _defaults(settings: Settings) -> Iterator[tuple[str, Coordinate]]:
    for area in settings.areas:
        for place in area.places:
            if place.location:
                yield place.short_name or place.name, place.location.wgs84
            if place.bounds:
                yield place.name, _middle(place.bounds.box)


def _middle(box: Box) -> Coordinate:
    return Coordinate((box.west + box.east) / 2, (box.south + box.north) / 2)


def points_are_near_their_town(points: list[Known], everywhere: list[Known], settings: Settings) -> Iterator[Finding]:
    boxes = _boxes(settings)
    towns = _middles(everywhere, settings)
    for known in points:
        middle = towns.get(known.entry.value.town)
        if middle is None or (metres := distance_m(known.point, middle.point)) <= middle.reach:
            continue
        if _within(boxes.get(known.entry.value.town), middle.point):
            _, nearest = min((distance_m(known.point, there.point), there.name) for there in towns.values())
            yield known.finding("lon", "far-from-town", name=middle.name, km=round(metres / 1000), nearest=nearest)


class _Middle(NamedTuple):
    """Where a town is, and how far from there it goes on at most, in metres."""

    name: str
    point: Coordinate
    reach: float


def _middles(everywhere: list[Known], settings: Settings) -> dict[str, _Middle]:
    """By town: its own point; where it has none, the middle of its places, or of all of its area's."""
    there: dict[str, list[Coordinate]] = defaultdict(list)
    for known in everywhere:
        there[known.entry.value.town].append(known.point)
    found: dict[str, _Middle] = {}
    for area in settings.areas:
        reach = _reach(area)
        of_area = _amid(area.name, [point for place in area.places for point in there[place.id]])
        for place in area.places:
            own = _Middle(place.name, place.location.wgs84, reach) if place.location else _amid(place.name, there[place.id])
            if middle := own or of_area:
                found[place.id] = middle
    return found


def _reach(area: Area) -> float:
    """How far from its point a town goes on: a quarter of the way across its area, which has some more of them."""
    points = [town.location.wgs84 for town in area.towns if town.location]
    if area.bounds:
        box = area.bounds.box
        return distance_m(Coordinate(box.west, box.south), Coordinate(box.east, box.north)) / 4
    lon, lat = [point.lon for point in points], [point.lat for point in points]
    across = distance_m(Coordinate(min(lon), min(lat)), Coordinate(max(lon), max(lat))) if points else 0.0
    return max(TOWN_M, across / 4)


def _amid(name: str, points: list[Coordinate]) -> _Middle | None:
    """The middle of places, which one far away does not move; nothing of too few."""
    if len(points) < FEWEST:
        return None
    middle = Coordinate(median(point.lon for point in points), median(point.lat for point in points))
    return _Middle(name, middle, max(TOWN_M, SPREAD * median(distance_m(point, middle) for point in points)))


def points_are_as_exact_as_said(points: list[Known]) -> Iterator[Finding]:
    for known in points:
        spot = known.spot
        if spot.precision == "exact" and round(spot.lon, COARSE) == spot.lon and round(spot.lat, COARSE) == spot.lat:
            digits = max(_decimals(spot.lon), _decimals(spot.lat))
            yield known.finding("precision", "point-coarse", lon=spot.lon, lat=spot.lat, metres=111_000 // 10**digits)


def _decimals(number: float) -> int:
    return 0 if number.is_integer() else len(repr(number).partition(".")[2])
