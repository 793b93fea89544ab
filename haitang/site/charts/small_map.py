"""The small map of a place's page: itself in the middle, its nearest neighbours around it, a scale bar.

The rule: only a place known better than to its town has one; marks that would lie on each other are moved apart, outwards, so
that each can be tapped. Places in the picture are even hundredths of its width and height: classes of small-map.css, for pages
may hold no style of their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, ceil, cos, hypot, pi, radians, sin

from haitang.data.directory import METRES_PER_DEGREE, Directory, Spot
from haitang.model.entries import Position
from haitang.model.types import GONE

HEIGHT = 0.6  # of the width
BAR = 20  # hundredths of the width that the scale bar is long
_REACH = (42.0, 40.0)  # hundredths of width and of height that marks may lie from the middle
_APART = 11.0  # hundredths of the width between two marks: what a finger needs on a phone
_NICE = (1, 2, 5)
_LEAST = 20  # metres of the shortest scale bar


@dataclass(frozen=True, slots=True)
class SmallMark:
    x: int
    y: int
    position: Position
    tier: str


@dataclass(frozen=True, slots=True)
class SmallMap:
    """`bar`: the metres that BAR stands for. `middle`: longitude, latitude, and the degrees of longitude from side to side."""

    marks: tuple[SmallMark, ...]
    bar: int
    middle: tuple[float, float, float]


def small_map(directory: Directory, position: Position) -> SmallMap | None:
    """None where there would be nothing to see, or only a pin that claims what nobody knows."""
    here = directory.spot(position)
    near = [(other, spot) for other, _ in directory.nearby(position) if (spot := directory.spot(other))]
    if here is None or here.precision == "town" or position.status in GONE or not (near or directory.layers):
        return None
    shrink = cos(radians(here.lat))
    moves = [_metres(here, spot, shrink) for _, spot in near]
    bar = next(length for length in _lengths() if all(_fits(move, length) for move in moves))
    width = bar * 100 / BAR
    places = _apart([(east / width * 100, south / width * 100) for east, south in moves])
    marks = tuple(
        SmallMark(_even(50 + x), _even(50 + y / HEIGHT), other, directory.look_of(other))
        for (x, y), (other, _) in zip(places, near, strict=True)
    )
    return SmallMap(marks, bar, (round(here.lon, 5), round(here.lat, 5), round(width / METRES_PER_DEGREE / shrink, 5)))


def _metres(here: Spot, there: Spot, shrink: float) -> tuple[float, float]:
    """East and south."""
    return (there.lon - here.lon) * shrink * METRES_PER_DEGREE, (here.lat - there.lat) * METRES_PER_DEGREE


def _lengths() -> Iterator[int]:
    power = 1
    while True:
        yield from (length * power for length in _NICE if length * power >= _LEAST)
        power *= 10


def _fits(move: tuple[float, float], bar: int) -> bool:
    width = bar * 100 / BAR
    return abs(move[0]) / width * 100 <= _REACH[0] and abs(move[1]) / width / HEIGHT * 100 <= _REACH[1]


def _apart(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """In hundredths of the width from the middle, where the place itself stands; each where it is or as near to that as it
    lies on nothing."""
    taken = [(0.0, 0.0)]
    for place in places:
        for x, y in _around(place):
            for other_x, other_y in taken:
                if (x - other_x) ** 2 + (y - other_y) ** 2 < _APART**2:
                    break
            else:
                taken.append((x, y))
                break
        else:
            taken.append(place)
    return taken[1:]


def _around(place: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """The place itself, then spots further and further out, first those in its own direction."""
    yield place
    distance, angle = hypot(*place), atan2(place[1], place[0])
    towards = [(cos(angle + turn * pi / 4), sin(angle + turn * pi / 4)) for turn in (0, 1, -1, 2, -2, 3, -3, 4)]
    starts = [(distance * towards[0][0], distance * towards[0][1]), *[place] * (len(towards) - 1)]
    ways = [(*start, *way) for start, way in zip(starts, towards, strict=True)]
    right, bottom = _REACH[0], _REACH[1] * HEIGHT
    for step in range(1, ceil(2 * _REACH[0])):
        for start_x, start_y, east, south in ways:
            x, y = start_x + step * east, start_y + step * south
            if -right <= x <= right and -bottom <= y <= bottom:
                yield x, y


def _even(hundredths: float) -> int:
    return round(hundredths / 2) * 2
