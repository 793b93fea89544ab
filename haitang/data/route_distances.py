"""How far it is along a route, from stop to stop and altogether, and how long one walks.

The rule: a stated distance goes before a measured one; what is measured is a straight line between points known better than to
the town and says so; where neither is there the distance is not known, and no sum hides that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from haitang.geo.coordinates import Coordinate, distance_m
from haitang.model.entries import Position, Route

METRES_A_MINUTE = 75  # on foot, at an elderly person's even pace; as in frontend/src/data/geo.ts


@dataclass(frozen=True, slots=True)
class Leg:
    """From one stop to the next. `metres` is None where nobody knows; `straight`: measured as the crow flies."""

    metres: float | None
    straight: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A whole route. Where not every leg is known it is at least so long; with straight legs roads are longer still."""

    metres: float
    whole: bool
    straight: bool


@dataclass(frozen=True, slots=True)
class Duration:
    """`estimated`: from the length at an even pace, not from a source; `straight`: and the length is one of straight lines."""

    minutes: int
    estimated: bool = False
    straight: bool = False


def point_of(position: Position) -> Coordinate | None:
    """Where a position stands, if that is known better than to its town."""
    location = position.location
    return location.wgs84 if location is not None and location.precision != "town" else None


def legs(route: Route, positions: Mapping[str, Position]) -> tuple[Leg, ...]:
    """One leg fewer than there are stops."""
    found = []
    for here, there in pairwise(route.stops):
        one, other = point_of(positions[here.position]), point_of(positions[there.position])
        if there.metres is None and one and other:
            found.append(Leg(distance_m(one, other), straight=True))
        else:
            found.append(Leg(there.metres))
    return tuple(found)


def length(all_legs: Sequence[Leg]) -> Length | None:
    """The sum of what is known; None where nothing is."""
    known = [leg.metres for leg in all_legs if leg.metres is not None]
    if not known:
        return None
    return Length(sum(known), len(known) == len(all_legs), any(leg.straight for leg in all_legs))


def duration(route: Route, whole: Length | None) -> Duration | None:
    """The stated time; else, for a walk whose every leg is known, an estimate that says so."""
    if route.minutes is not None:
        return Duration(ceil(route.minutes))
    if route.mode != "walk" or whole is None or not whole.whole:
        return None
    return Duration(max(1, ceil(whole.metres / METRES_A_MINUTE)), estimated=True, straight=whole.straight)


def passing(routes: Iterable[Route]) -> dict[str, tuple[tuple[Route, int], ...]]:
    """By position: the routes it lies on, with the place of its stop, counted from 0."""
    found: dict[str, list[tuple[Route, int]]] = {}
    for route in routes:
        for index, stop in enumerate(route.stops):
            found.setdefault(stop.position, []).append((route, index))
    return {name: tuple(stops) for name, stops in found.items()}
