"""Points that are likely not where their place is: of another map's numbering, a town's own point, too coarse, too far.

The rule: a shift of half a kilometre cannot be seen in two numbers, so a point is only doubted beside another one, and what it
was compared with is named. Nothing here is told of a point that `checks` refuses.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from math import floor
from typing import get_args

from haitang.advice.names_alike import MANY
from haitang.coordinates import Box, Coordinate, Crs, distance_m
from haitang.model import Location, Position
from haitang.problems import Value
from haitang.settings import Settings
from haitang.values import GONE
from haitang.world import Filed, Finding, World

FAR_M = 15_000  # from a town's point: the longest town of Kunshan is some 14 km across
SAME_M = 15.0  # as near as a rounded point is to the one it was copied from
HIT_M, NEAR_M, OFF_M = 5.0, 30.0, 300.0
COARSE = 3  # decimals: a hundred metres
_CELL = 0.0005  # degrees, some 50 metres: more than NEAR_M

Entry = Filed[Position]


def numbering_fits(world: World) -> Iterator[Finding]:
    """Read as numbers of another map, the point falls upon a place it has to do with, and as declared it does not."""
    points = [_Known(entry, spot) for entry, spot in _located(world)]
    by_cell, by_bond = _by_cell(points), _by_bond(points)
    for known in points:
        bonded = {other.entry.file: other for bond in _bonds(known.entry.value) for other in by_bond[bond]}
        bonded.pop(known.entry.file)
        if hit := _hit(known, bonded, by_cell):
            other, crs, metres, declared = hit
            values: dict[str, Value] = {"crs": known.spot.crs, "likely": crs, "metres": round(metres)}
            said: dict[str, Value] = {"declared": round(declared), "name": other.entry.value.name, "other": other.entry.file}
            yield Finding(known.entry.file, ("location", "crs"), "crs-doubtful", {**values, **said})


@dataclass(frozen=True, slots=True)
class _Known:
    entry: Entry
    spot: Location

    @property
    def point(self) -> Coordinate:
        return self.spot.wgs84


def _located(world: World) -> Iterator[tuple[Entry, Location]]:
    """Places known better than to their town, by file."""
    for entry in sorted(world.positions, key=lambda entry: entry.file):
        location = entry.value.location
        if location and location.precision != "town" and entry.value.status not in GONE:
            yield entry, location


def _cell(point: Coordinate) -> tuple[int, int]:
    return floor(point.lon / _CELL), floor(point.lat / _CELL)


def _by_cell(points: list[_Known]) -> dict[tuple[int, int], list[_Known]]:
    cells: dict[tuple[int, int], list[_Known]] = defaultdict(list)
    for known in points:
        cells[_cell(known.point)].append(known)
    return cells


def _bonds(position: Position) -> Iterator[Hashable]:
    """What places have in common that stand close together."""
    yield "id", position.id
    if position.parent:
        yield "id", position.parent
    if position.address:
        yield "address", position.town, position.address
    if position.community:
        yield "community", position.town, position.community


def _by_bond(points: list[_Known]) -> dict[Hashable, list[_Known]]:
    bonds: dict[Hashable, list[_Known]] = defaultdict(list)
    for known in points:
        for bond in _bonds(known.entry.value):
            bonds[bond].append(known)
    return bonds


def _hit(
    known: _Known, bonded: dict[str, _Known], by_cell: dict[tuple[int, int], list[_Known]]
) -> tuple[_Known, Crs, float, float] | None:
    """The place upon which the point falls in another numbering, that numbering, and the metres then and as declared. A
    stranger must be of that numbering itself and all but the same point; that is no chance. Of two that are declared
    differently only the wrong one can fall upon the other."""
    spot = known.spot
    for crs in get_args(Crs):
        if crs == spot.crs:
            continue
        there = Coordinate(spot.lon, spot.lat, crs).to("wgs84")
        column, row = _cell(there)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                for other in by_cell.get((column + dx, row + dy), ())[:MANY]:
                    metres = distance_m(there, other.point)
                    reach = NEAR_M if other.entry.file in bonded else HIT_M if other.spot.crs == crs else 0.0
                    if metres < reach and (declared := distance_m(known.point, other.point)) > OFF_M:
                        return other, crs, metres, declared
    return None


def points_are_not_a_towns(world: World) -> Iterator[Finding]:
    """A town's own point, or the middle of the area, is where maps put what they do not know."""
    defaults = list(_defaults(world.settings))
    for entry, spot in _located(world):
        point = spot.wgs84
        for name, default in defaults:
            if abs(point.lat - default.lat) < 0.001 and distance_m(point, default) < SAME_M:
                values: dict[str, Value] = {"name": name, "value": spot.precision}
                yield Finding(entry.file, ("location", "precision"), "point-of-town", values)
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


def points_are_near_their_town(world: World) -> Iterator[Finding]:
    towns = {place.id: place for area in world.settings.areas for place in area.places}
    boxes = {place.id: bounds.box for area in world.settings.areas for place in area.places
             if (bounds := place.bounds or area.bounds)}  # fmt: skip
    for entry, spot in _located(world):
        town, point = towns.get(entry.value.town), spot.wgs84
        box = boxes.get(entry.value.town)
        if town is None or town.location is None or (box and not box.holds(point.lon, point.lat)):
            continue
        metres = distance_m(point, town.location.wgs84)
        if metres > FAR_M:
            nearest = min((distance_m(point, other.location.wgs84), other.name) for other in towns.values() if other.location)
            values: dict[str, Value] = {"name": town.name, "km": round(metres / 1000), "nearest": nearest[1]}
            yield Finding(entry.file, ("location", "lon"), "far-from-town", values)


def points_are_as_exact_as_said(world: World) -> Iterator[Finding]:
    for entry, spot in _located(world):
        digits = max(_decimals(spot.lon), _decimals(spot.lat))
        if spot.precision == "exact" and digits <= COARSE:
            values: dict[str, Value] = {"lon": spot.lon, "lat": spot.lat, "metres": 111_000 // 10**digits}
            yield Finding(entry.file, ("location", "precision"), "point-coarse", values)


def _decimals(number: float) -> int:
    return 0 if number.is_integer() else len(repr(number).partition(".")[2])
