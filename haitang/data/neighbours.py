"""Who is near whom: the nearest places of every place.

The rule: only points known better than to the town count; and what was found is kept, for as long as no place moves, comes or
goes: all pages of places name their neighbours, and nearly no edit touches them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from heapq import nsmallest
from math import cos, floor, radians, sqrt
from pathlib import Path

from haitang.core.digests import digest_of, keep_note, unsealed
from haitang.geo import coordinates
from haitang.geo.coordinates import Coordinate, distance_m
from haitang.model.entries import Position

_MOST_NOTES = 8  # data roots

Found = Mapping[str, tuple[tuple[str, float], ...]]


def neighbours(positions: Sequence[Position], count: int, folder: Path | None = None) -> Found:
    """The nearest others of each place with their metres, nearest first, by id. `folder` is where what was found is kept."""
    if folder is None:
        return _found(positions, count)
    whole = blake2b(repr([_program(), count, *map(_place, positions)]).encode(), digest_size=16).hexdigest()
    note = folder / blake2b(repr([position.id for position in positions[:100]]).encode(), digest_size=16).hexdigest()
    kept = unsealed(whole, note)
    if isinstance(kept, dict):
        return kept
    found = _found(positions, count)
    with suppress(OSError):
        keep_note(note, whole, found, _MOST_NOTES)
    return found


@cache
def _program() -> str:
    """Who found what is kept: another program may find others."""
    return digest_of([(Path(file).name, Path(file)) for file in (__file__, str(coordinates.__file__))])


def _place(position: Position) -> tuple[object, ...]:
    here = position.location
    return (position.id, *((here.lon, here.lat, here.crs, here.precision) if here else ()))


def _found(positions: Iterable[Position], count: int) -> Found:
    points = {
        position.id: position.location.wgs84
        for position in positions
        if position.location is not None and position.location.precision != "town"
    }
    grid = Grid(points)
    return {name: tuple(grid.near(name, count)) for name in points}


class Grid:
    """A square grid over points, about two points a cell, so that a question costs the same at any size."""

    def __init__(self, points: Mapping[str, Coordinate]) -> None:
        self._points = points
        lons, lats = [p.lon for p in points.values()] or [0.0], [p.lat for p in points.values()] or [0.0]
        shrink = cos(radians(sum(lats) / len(lats)))  # a degree of longitude, in degrees of latitude
        extent = max((max(lons) - min(lons)) * shrink, max(lats) - min(lats), 1e-4)
        self._size = max(extent / sqrt(max(len(points), 1) / 2), 1e-5)
        self._reach = int(extent / self._size) + 2
        self._flat = {name: (point.lon * shrink, point.lat) for name, point in points.items()}
        self._cells: dict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
        for name, (x, y) in self._flat.items():
            self._cells[floor(x / self._size), floor(y / self._size)].append((x, y, name))

    def near(self, name: str, count: int) -> list[tuple[str, float]]:
        """The nearest other points with their metres; nearest first."""
        x, y = self._flat[name]
        found: list[tuple[float, str]] = []
        for reach in range(1, self._reach + 1):
            for cell in self._ring(floor(x / self._size), floor(y / self._size), reach):
                found += [((there_x - x) ** 2 + (there_y - y) ** 2, other) for there_x, there_y, other in cell]
            # Outside the block that was looked at, nothing is nearer than `reach` cells; the place itself is in it too.
            if len(found) > count:
                found = nsmallest(count + 1, found)
                if found[-1][0] <= (reach * self._size) ** 2:
                    break
        here, points = self._points[name], self._points
        names = [other for _, other in sorted(found)[: count + 1] if other != name][:count]
        return sorted(((other, distance_m(here, points[other])) for other in names), key=lambda each: (each[1], each[0]))

    def _ring(self, column: int, row: int, reach: int) -> list[list[tuple[float, float, str]]]:
        """The cells that a block of `reach` cells each way has more than the block before; the first holds all nine."""
        span = range(-reach, reach + 1)
        ways = [(dx, dy) for dy in span for dx in (span if reach == 1 or abs(dy) == reach else (-reach, reach))]
        return [cell for dx, dy in ways if (cell := self._cells.get((column + dx, row + dy)))]
