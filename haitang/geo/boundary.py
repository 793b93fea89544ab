"""A boundary somebody drew, as GeoJSON, read like every other entry: hostile until checked.

The rule: what comes out is WGS-84, valid by RFC 7946 and small enough for a phone; where anything is wrong it is a Problem that
names the file and what to do. A boundary is drawn only with its map approval number, which `model` asks for.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, isfinite, radians
from pathlib import Path, PurePosixPath
from typing import Any

from haitang.core.decoding import read_regular
from haitang.core.problems import Place, Problem, Value
from haitang.geo.coordinates import Box, Coordinate, Crs

Point = tuple[float, float]  # degrees, longitude first
Ring = tuple[Point, ...]  # closed: its last point is its first
Polygon = tuple[Ring, ...]  # the outer ring, counter-clockwise, then its holes, clockwise

MOST_BYTES = 4 * 1024 * 1024
MOST_POINTS = 20_000
_FINE_M = 50.0  # what is nearer to a straight line than this is not drawn
_METRES_PER_DEGREE = 111_195.0
_NEAR = 0.5  # degrees around an area that its boundary may reach
_STRETCH = 256  # points that are simplified together
_LEAST = 4  # points of a closed ring


@dataclass(frozen=True, slots=True)
class Boundary:
    polygons: tuple[Polygon, ...]

    @property
    def points(self) -> Iterator[Point]:
        for polygon in self.polygons:
            for ring in polygon:
                yield from ring


class _Fault(Exception):
    """A problem code and its blanks."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def read_boundary(root: Path, file: str, crs: Crs, boxes: Iterable[Box]) -> Boundary | Problem:
    """The boundary in `file` below the data root, whose degrees are of `crs`; `boxes` are those of the areas it belongs to."""
    if any((root / folder).is_symlink() for folder in PurePosixPath(file).parents):
        return Problem(Place(file), "not-regular-file")
    content = read_regular(root / file, file, MOST_BYTES)
    if isinstance(content, Problem):
        return content
    try:
        polygons = list(_polygons(_json(content)))
        if not polygons:
            raise _Fault("boundary-empty")
        if sum(len(ring) for polygon in polygons for ring in polygon) > MOST_POINTS:
            raise _Fault("boundary-too-many", limit=MOST_POINTS)
        boundary = Boundary(tuple(_polygon(rings, crs) for rings in polygons))
        _near(boundary, tuple(boxes))
        return boundary
    except _Fault as fault:
        return Problem(Place(file), fault.code, fault.values)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise _Fault("boundary-unreadable") from error


def _polygons(node: Any) -> Iterator[list[Any]]:
    """The coordinates of every polygon; no deeper than GeoJSON goes, whatever a file nests."""
    kind = node.get("type") if isinstance(node, dict) else None
    if kind == "FeatureCollection":
        features = node.get("features")
        for feature in features if isinstance(features, list) else ():
            yield from _geometry(feature.get("geometry") if isinstance(feature, dict) else None)
    else:
        yield from _geometry(node.get("geometry") if kind == "Feature" else node)


def _geometry(node: Any) -> Iterator[list[Any]]:
    kind = node.get("type") if isinstance(node, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Fault("boundary-no-area", value=str(kind)[:40])
    coordinates = node.get("coordinates")
    for polygon in [coordinates] if kind == "Polygon" else coordinates if isinstance(coordinates, list) else [None]:
        if not isinstance(polygon, list) or not polygon or not all(isinstance(ring, list) for ring in polygon):
            raise _Fault("boundary-empty")
        yield polygon


def _polygon(rings: list[Any], crs: Crs) -> Polygon:
    polygon = [tuple(_point(point, crs) for point in ring) for ring in rings]
    if any(len(ring) < _LEAST or ring[0] != ring[-1] for ring in polygon):
        raise _Fault("boundary-open")
    return tuple(_turned(_simple(ring), outer=not index) for index, ring in enumerate(polygon))


def _point(point: Any, crs: Crs) -> Point:
    """Two or three numbers; a yes or no is a number to Python, and none to us."""
    if not isinstance(point, list) or len(point) not in (2, 3) or not all(type(part) in (int, float) for part in point):
        raise _Fault("boundary-no-point")
    lon, lat = point[0], point[1]
    if not (abs(lon) <= 180 and abs(lat) <= 90 and isfinite(lon) and isfinite(lat)):
        raise _Fault("boundary-no-point")
    there = Coordinate(float(lon), float(lat), crs).to("wgs84")
    return round(there.lon, 6), round(there.lat, 6)


def _near(boundary: Boundary, boxes: tuple[Box, ...]) -> None:
    """A wrong order of the numbers, or another town's file, is far away from every area that says where it is."""
    if not boxes:
        return
    west, south = min(box.west for box in boxes) - _NEAR, min(box.south for box in boxes) - _NEAR
    east, north = max(box.east for box in boxes) + _NEAR, max(box.north for box in boxes) + _NEAR
    reach = Box(west, south, east, north)
    for lon, lat in boundary.points:
        if not reach.holds(lon, lat):
            raise _Fault("boundary-elsewhere", lon=lon, lat=lat)


def _turned(ring: Ring, *, outer: bool) -> Ring:
    """RFC 7946 §3.1.6: outer rings counter-clockwise, holes clockwise. Files of the trade often have it the other way."""
    doubled = sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairwise(ring))
    return ring if (doubled > 0) == outer else ring[::-1]


def _simple(ring: Ring) -> Ring:
    """Douglas-Peucker on stretches of a ring, so that it stays closed and no file, whatever it draws, takes time that grows
    with its square; a ring that would vanish stays as it is."""
    stretch = max(min(len(ring) // 2, _STRETCH), 1)
    shrink = cos(radians(ring[0][1]))
    flat = [(lon * shrink * _METRES_PER_DEGREE, lat * _METRES_PER_DEGREE) for lon, lat in ring]
    ends = range(0, len(ring) - 1, stretch)
    kept = sorted({index for end in ends for index in _kept(flat, end, min(end + stretch, len(ring) - 1))})
    return tuple(ring[index] for index in kept) if len(kept) >= _LEAST else ring


def _kept(flat: list[Point], first: int, last: int) -> set[int]:
    kept, open_ends = {first, last}, [(first, last)]
    while open_ends:
        start, end = open_ends.pop()
        away, farthest = max(((_away(flat[at], flat[start], flat[end]), at) for at in range(start + 1, end)), default=(0.0, 0))
        if away > _FINE_M:
            kept.add(farthest)
            open_ends += [(start, farthest), (farthest, end)]
    return kept


def _away(point: Point, start: Point, end: Point) -> float:
    """Metres from a point to the stretch between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)
