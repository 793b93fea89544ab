"""A boundary somebody drew, as GeoJSON, read like every other entry: hostile until checked.

The rule: what comes out is WGS-84, valid by RFC 7946 and small enough for a phone; where anything is wrong it is a Problem that
names the file and what to do. A boundary is drawn only with its map approval number, which `model` asks for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from haitang.core.problems import Place, Problem
from haitang.geo.coordinates import Box, Crs
from haitang.geo.geojson_input import Fault, Point, content_of, features, geometry_of, json_of, near, points_of

Ring = tuple[Point, ...]  # closed: its last point is its first
Polygon = tuple[Ring, ...]  # the outer ring, counter-clockwise, then its holes, clockwise

MOST_BYTES = 4 * 1024 * 1024
MOST_POINTS = 20_000
_FINE_M = 50.0  # what is nearer to a straight line than this is not drawn
_METRES_PER_DEGREE = 111_195.0
_STRETCH = 256  # points that are simplified together
_LEAST = 4  # points of a closed ring
_CODES = {
    "unreadable": "boundary-unreadable", "empty": "boundary-empty", "no-area": "boundary-no-area", "open": "boundary-open",
    "no-point": "boundary-no-point", "too-many": "boundary-too-many", "elsewhere": "boundary-elsewhere",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Boundary:
    polygons: tuple[Polygon, ...]

    @property
    def points(self) -> Iterator[Point]:
        for polygon in self.polygons:
            for ring in polygon:
                yield from ring


def read_boundary(root: Path, file: str, crs: Crs, boxes: Iterable[Box]) -> Boundary | Problem:
    """The boundary in `file` below the data root, whose degrees are of `crs`; `boxes` are those of the areas it belongs to."""
    content = content_of(root, file, MOST_BYTES)
    if isinstance(content, Problem):
        return content
    try:
        polygons = [polygon for feature in features(json_of(content)) for polygon in _geometry(feature)]
        if not polygons:
            raise Fault("empty")
        if sum(len(ring) for polygon in polygons for ring in polygon) > MOST_POINTS:
            raise Fault("too-many", limit=MOST_POINTS)
        boundary = Boundary(tuple(_polygon(rings, crs) for rings in polygons))
        near(boundary.points, tuple(boxes))
        return boundary
    except Fault as fault:
        return Problem(Place(file), _CODES[fault.code], fault.values)


def _geometry(feature: Any) -> Iterator[list[Any]]:
    node = geometry_of(feature)
    kind = node.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise Fault("no-area", value=str(kind)[:40])
    coordinates = node.get("coordinates")
    for polygon in [coordinates] if kind == "Polygon" else coordinates if isinstance(coordinates, list) else [None]:
        if not isinstance(polygon, list) or not polygon or not all(isinstance(ring, list) for ring in polygon):
            raise Fault("empty")
        yield polygon


def _polygon(rings: list[Any], crs: Crs) -> Polygon:
    polygon = [points_of(ring, crs) for ring in rings]
    if any(len(ring) < _LEAST or ring[0] != ring[-1] for ring in polygon):
        raise Fault("open")
    return tuple(_turned(_simple(ring), outer=not index) for index, ring in enumerate(polygon))


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
