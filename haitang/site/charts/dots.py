"""A map of dots: each tier its own shape, hollow where a place is known only to its town.

The rule: a place known only to its town stands in a neat ring on the town's own mark, never scattered around it; no boundary
is drawn.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from math import cos, hypot, pi, sin, sqrt
from typing import ClassVar

from haitang.model.tiers import CIRCLES
from haitang.site.charts.parts import TYPE, WIDTH, Chart, Label, Link, Rows, Say, Table, ems, tenth, tier_of, wrapped
from haitang.site.charts.static_map import fit

_MARGIN = 56.0
# Dots around a town's mark, in whole rings; where rings would meet, or beyond, a flower says the number.
_PACKS = (37, 19, 7, 1)
_PITCH = 14.0
_NAME = 6 * TYPE


@dataclass(frozen=True, slots=True)
class Dot:
    """A place, WGS-84. Not `precise`: this is its town's point."""

    lon: float
    lat: float
    tier: str
    name: str
    precise: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class TownPoint:
    lon: float
    lat: float
    name: str


@dataclass(frozen=True, slots=True)
class Marks:
    """All dots of one tier that are known equally well, as one path."""

    tier: str
    precise: bool
    path: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Places known only to their town, around its point. `numbered`: too many to draw, one flower says how many."""

    x: float
    y: float
    radius: float
    count: int
    numbered: bool


@dataclass(frozen=True, slots=True)
class TownName:
    """A town's name as it fits, and how many places are known only to this town."""

    label: Label
    count: int


@dataclass(frozen=True, slots=True)
class Sign:
    """A tier's shape in a legend's square of 20, what it is called, and how many of it there are."""

    tier: str
    name: str
    path: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Dots(Chart):
    kind: ClassVar[str] = "dots"
    marks: tuple[Marks, ...]
    clusters: tuple[Cluster, ...]
    seeds: tuple[tuple[float, float], ...]  # the points of towns
    names: tuple[TownName, ...]
    legend: tuple[Sign, ...]
    hollow: str
    scale_width: float
    scale_km: int


_Where = tuple[float, float]
_Box = tuple[float, float, float, float]


def dots(title: str, points: Sequence[Dot], tiers: Mapping[str, str], towns: Sequence[TownPoint] = ()) -> Dots:
    """The places on the ground of their towns. `tiers` are the names of all looks, the highest first."""
    counts = Counter(tier_of(dot.tier) for dot in points)
    rough = sum(not dot.precise for dot in points)
    desc = (
        Say("dots", {"count": len(points)}),
        *((Say("rough_all" if rough == len(points) else "rough", {"count": rough}),) if rough else ()),
    )
    rows: Rows = tuple(
        (Link(d.name, d.href), tiers[tier_of(d.tier)], Say("place_known" if d.precise else "place_rough")) for d in points
    )
    corners = [(dot.lon, dot.lat) for dot in points] + [(town.lon, town.lat) for town in towns]
    projection, height = fit(corners or [(0.0, 0.0)], WIDTH, _MARGIN)
    groups: dict[_Where, list[Dot]] = defaultdict(list)
    order = [*tiers]
    for dot in sorted(points, key=lambda dot: order.index(tier_of(dot.tier))):
        if not dot.precise:
            groups[projection(dot.lon, dot.lat)].append(dot)
    clusters = _clusters({where: len(group) for where, group in groups.items()})
    places = [(dot, projection(dot.lon, dot.lat)) for dot in points if dot.precise]
    for cluster, (where, group) in zip(clusters, groups.items(), strict=True):
        if not cluster.numbered:
            places += zip(group, _ring(where, len(group)), strict=True)
    width, kilometres = projection.bar(WIDTH / 2)
    return Dots(
        title=title, unit="", height=height, desc=desc, notes=(), empty=not points,
        table=Table((Say("name"), Say("tier_head"), Say("place")), rows), marks=tuple(_marks(places, order)),
        clusters=tuple(clusters), seeds=tuple((tenth(x), tenth(y)) for x, y in (projection(t.lon, t.lat) for t in towns)),
        names=tuple(_names([(projection(t.lon, t.lat), t.name) for t in towns], clusters, [at for _, at in places], height)),
        legend=tuple(Sign(look, name, SHAPES[look](10, 10), counts[look]) for look, name in tiers.items() if counts[look]),
        hollow=_disc(10, 10), scale_width=tenth(width), scale_km=kilometres,
    )  # fmt: skip


def _ring(centre: _Where, count: int) -> Iterator[_Where]:
    """Rings of six, twelve, eighteen around the first; a ring that is not full is spread evenly. Two or three stand without
    a middle."""
    x, y = centre
    if 1 < count < 6:
        radius = _PITCH / (2 * sin(pi / count))
        yield from ((x + radius * sin(2 * pi * k / count), y - radius * cos(2 * pi * k / count)) for k in range(count))
        return
    yield centre
    left, ring = count - 1, 1
    while left > 0:
        here = min(left, 6 * ring)
        for k in range(here):
            yield x + _PITCH * ring * sin(2 * pi * k / here), y - _PITCH * ring * cos(2 * pi * k / here)
        left, ring = left - here, ring + 1


def _clusters(counts: dict[_Where, int]) -> list[Cluster]:
    """The largest packs that do not touch each other."""
    clusters = list[Cluster]()
    for most in _PACKS:
        clusters.clear()
        for (x, y), count in ((map(tenth, where), count) for where, count in counts.items()):
            reach = (hypot(a - x, b - y) for a, b in _ring((x, y), count))
            radius = min(17 + sqrt(count), 26) if count > most else max(reach) + 7
            clusters.append(Cluster(x, y, tenth(radius), count, count > most))
        if all(hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius for a, b in combinations(clusters, 2)):
            break
    return clusters


def _marks(places: Sequence[tuple[Dot, _Where]], order: Iterable[str]) -> Iterator[Marks]:
    """From the north to the south, the larger shapes below the smaller."""
    for tier in order:
        for precise in (False, True):
            here = sorted((y, x) for dot, (x, y) in places if tier_of(dot.tier) == tier and dot.precise == precise)
            if here:
                yield Marks(tier, precise, "".join(SHAPES[tier](tenth(x), tenth(y)) for y, x in here))


def _flower(x: float, y: float) -> str:
    """Five petals as arcs."""
    at = [(x + 4.2 * sin(2 * pi * (k + 0.5) / 5), y - 4.2 * cos(2 * pi * (k + 0.5) / 5)) for k in range(5)]
    path = f"M{tenth(at[-1][0])} {tenth(at[-1][1])}"
    return path + "".join(f"A2.7 2.7 0 1 1 {tenth(a)} {tenth(b)}" for a, b in at) + "z"


def _disc(x: float, y: float) -> str:
    return f"M{tenth(x - 4.6)} {y}a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0-9.2 0z"


def _round(rank: int, x: float, y: float) -> str:
    """Smaller with each rank; of three, one is full, one has a dot in its ring, and one is a ring."""
    radius = 6.2 - 0.28 * rank
    path, inner = _circle(x, y, radius), radius - 2
    return path + (_circle(x, y, inner, "0") if rank % 3 else "") + (_circle(x, y, inner / 2) if rank % 3 == 1 else "")


def _circle(x: float, y: float, radius: float, turn: str = "1") -> str:
    r, d = tenth(radius), tenth(2 * radius)
    return f"M{tenth(x - radius)} {tenth(y)}a{r} {r} 0 1 {turn} {d} 0a{r} {r} 0 1 {turn}-{d} 0z"


SHAPES: dict[str, Callable[[float, float], str]] = {
    "centre": _flower,
    "station": _disc,
    "point": lambda x, y: f"M{x} {tenth(y - 7)}c2 3.4 4 5 4 7.4a4 4 0 0 1-8 0c0-2.4 2-4 4-7.4z",  # a drop
    "other": lambda x, y: f"M{tenth(x + 5)} {tenth(y - 5)}v5a5 5 0 0 1-5 5h-5v-5a5 5 0 0 1 5-5z",  # a leaf
    **{look: partial(_round, rank) for rank, look in enumerate(CIRCLES)},
    "unknown": lambda x, y: f"M{tenth(x - 3.6)} {tenth(y - 3.6)}h7.2v7.2h-7.2z",
}


def _names(
    towns: Sequence[tuple[_Where, str]], clusters: Sequence[Cluster], places: Sequence[_Where], height: float
) -> Iterator[TownName]:
    """Each town's name below its mark, or above or beside it, where it lies on nothing. Those with places come first; where
    there is no room at all, they lie where they hide least, and a town without places has no name."""
    taken: list[_Box] = [(c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius) for c in clusters]
    taken += [(x - 6, y - 6, x + 6, y + 6) for x, y in (*places, *(where for where, _ in towns))]
    found = [
        ((x, y), name, next((cluster for cluster in clusters if hypot(cluster.x - x, cluster.y - y) < 0.1), None))
        for (x, y), name in towns
    ]
    for (x, y), name, here in sorted(found, key=lambda each: -each[2].count if each[2] else 0):
        (cut,) = wrapped(name, _NAME)
        count = here.count if here and not here.numbered else 0
        wide = ems(f"{cut} {count}" if count else cut) * TYPE + 4
        ways = [*_ways(x, y, here.radius if here else 5, wide, height)]
        hidden = [sum(_overlap(way, other) for other in taken) for way in ways]
        box = ways[hidden.index(min(hidden))]
        if here or not min(hidden):
            taken.append(box)
            yield TownName(Label(tenth((box[0] + box[2]) / 2), tenth(box[3] - 4), cut, "middle"), count)


def _ways(x: float, y: float, reach: float, wide: float, height: float) -> Iterator[_Box]:
    """The boxes a name may stand in, in the order of preference; all on the sheet."""
    half, under, over, right, left = wide / 2, y + reach, y - reach - 20, x + reach + 3, x - reach - 3 - wide
    corner = reach * 0.7
    near, far, up, down = x + corner, x - corner - wide, y - corner - 20, y + corner
    places = (
        (x - half, under), (x - half, over), (right, y - 10), (left, y - 10), (x, under), (x - wide, under), (x, over),
        (x - wide, over), (near, down), (far, down), (near, up), (far, up), (x - half, under + 18), (x - half, over - 18),
    )  # fmt: skip
    for at, top in places:
        at_, top_ = min(max(at, 0), WIDTH - wide), min(max(top, 0), height - 20)
        yield at_, top_, at_ + wide, top_ + 20


def _overlap(one: _Box, other: _Box) -> float:
    wide, tall = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0
