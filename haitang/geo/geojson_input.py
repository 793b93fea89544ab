"""GeoJSON that somebody brought: hostile until checked.

The rule: whatever a file holds, reading it takes time and memory that grow with its size only; what is wrong is a Fault, which
the reader of that kind of file turns into a Problem under a name of its own (`boundary-…`, `layer-…`).
"""

import json
from collections.abc import Iterable, Iterator
from math import isfinite
from pathlib import Path, PurePosixPath
from typing import Any

from haitang.core.decoding import read_regular
from haitang.core.problems import Place, Problem, Value
from haitang.geo.coordinates import Box, Coordinate, Crs

Point = tuple[float, float]  # degrees, longitude first

_NEAR = 0.5  # degrees around an area that what belongs to it may reach


class Fault(Exception):
    """What is wrong: the end of a problem code, and its blanks."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def content_of(root: Path, file: str, most_bytes: int) -> bytes | Problem:
    """What `file` below the data root holds; no link leads out of it."""
    if any((root / folder).is_symlink() for folder in PurePosixPath(file).parents):
        return Problem(Place(file), "not-regular-file")
    return read_regular(root / file, file, most_bytes)


def json_of(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise Fault("unreadable") from error


def features(node: Any) -> Iterator[Any]:
    """The features of a collection, or the one that is there; a bare geometry is one without properties."""
    kind = node.get("type") if isinstance(node, dict) else None
    if kind == "FeatureCollection":
        found = node.get("features")
        yield from found if isinstance(found, list) else ()
    else:
        yield node if kind == "Feature" else {"geometry": node}


def points_of(points: list[Any], crs: Crs) -> tuple[Point, ...]:
    """Lists of two or three numbers as WGS-84; a yes or no is a number to Python, and none to us."""
    if {type(point) for point in points} - {list} or {len(point) for point in points} - {2, 3}:
        raise Fault("no-point")
    if {type(part) for point in points for part in point} - {int, float}:
        raise Fault("no-point")
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    if not (max(map(abs, lons), default=0) <= 180 and max(map(abs, lats), default=0) <= 90 and isfinite(sum(lons) + sum(lats))):
        raise Fault("no-point")
    if crs != "wgs84":
        shifted = [Coordinate(float(lon), float(lat), crs).to("wgs84") for lon, lat in zip(lons, lats, strict=True)]
        lons, lats = [each.lon for each in shifted], [each.lat for each in shifted]
    return tuple([(round(float(lon), 6), round(float(lat), 6)) for lon, lat in zip(lons, lats, strict=True)])


def near(points: Iterable[Point], boxes: tuple[Box, ...]) -> None:
    """A wrong order of the numbers, or another town's file, is far away from every area that says where it is."""
    if not boxes:
        return
    west, south = min(box.west for box in boxes) - _NEAR, min(box.south for box in boxes) - _NEAR
    east, north = max(box.east for box in boxes) + _NEAR, max(box.north for box in boxes) + _NEAR
    reach = Box(west, south, east, north)
    for lon, lat in points:
        if not (reach.west <= lon <= reach.east and reach.south <= lat <= reach.north):
            raise Fault("elsewhere", lon=lon, lat=lat)


def geometry_of(feature: Any) -> dict[str, Any]:
    """A feature's geometry; an empty one where it has none."""
    found = feature.get("geometry") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}
