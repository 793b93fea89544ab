"""How far and whither a point moved.

The rule: both points are WGS-84, whatever systems the files used: a change of the system alone moves nothing.
"""

from math import atan2, cos, degrees, radians

from haitang.editors.review.report import Direction, Move, Point
from haitang.geo.coordinates import Coordinate, distance_m
from haitang.model.entries import Location

_WAYS: tuple[Direction, ...] = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
STILL = 0.5  # metres: the formulas of the systems agree no better


def move(old: Location, new: Location) -> Move:
    """From one place to the other; no direction where it stayed."""
    start, end = old.wgs84, new.wgs84
    metres = distance_m(start, end)
    return Move(round(metres, 1), "" if metres < STILL else _way(start, end), point(old), point(new))


def point(location: Location) -> Point:
    """Degrees to about a decimetre."""
    place = location.wgs84
    return round(place.lon, 6), round(place.lat, 6)


def _way(start: Coordinate, end: Coordinate) -> Direction:
    east = (end.lon - start.lon) * cos(radians((start.lat + end.lat) / 2))
    return _WAYS[round(degrees(atan2(east, end.lat - start.lat)) / 45) % 8]
