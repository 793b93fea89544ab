"""The map that needs no browser: clusters and town names on paper ground, for pages without JavaScript and for print.

The rule: no boundary is drawn here but one that somebody gave with its map approval number, and a place known only to its town
is drawn on the town's own mark, never scattered around it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sqrt

from haitang.data.directory import METRES_PER_DEGREE, Directory, Spot
from haitang.geo.boundary import Boundary
from haitang.geo.coordinates import Coordinate
from haitang.model.entries import Position
from haitang.model.settings import Town
from haitang.site.charts.base_paths import base_paths

WIDTH = 640.0
_MARGIN = 64.0
_CELL = 56.0  # marks nearer than this would touch: they become one cluster
_TALLEST, _FLATTEST = 1.5, 0.7  # height over width
_STOP = 72.0  # the same for a route's stops, whose numbers must be read on paper
_LABEL = 48.0  # a town's name is not cut by the edge of the sheet
_CLOSE = 0.004  # degrees: a route of two neighbours is not seen as if they were far apart
CROWDED = 24  # marks, beyond which a town is one
_SCALES = (10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1)  # kilometres of a route's scale bar


@dataclass(frozen=True, slots=True)
class Mark:
    """A flower on the map: a single position or a cluster, by its own name or its towns'. Units are those of the SVG's viewBox.
    `tiers` counts by look."""

    x: float
    y: float
    radius: float
    count: int
    tier: str
    precise: bool
    names: tuple[str, ...]
    href: str
    tiers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TownLabel:
    x: float
    y: float
    name: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A stop of a route, or several that would lie on each other: then it leads to the first."""

    x: float
    y: float
    numbers: tuple[int, ...]
    tier: str
    precise: bool
    names: tuple[str, ...]
    href: str

    @property
    def label(self) -> str:
        """1, 2–4 or 1·5."""
        runs: list[list[int]] = []
        for number in self.numbers:
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return "·".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


@dataclass(frozen=True, slots=True)
class Schematic:
    """A drawn map. `scale_width` is the length of the scale bar for `scale_km` kilometres. A route's map has `stops` and the
    `line` between them in place of marks."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    labels: tuple[TownLabel, ...]
    scale_width: float
    scale_km: float
    undrawn: int
    boundary: str  # an SVG path; empty where nobody gave a boundary
    tiers: tuple[str, ...]  # those that are drawn, in their order
    stops: tuple[Numbered, ...] = ()
    line: str = ""  # an SVG path
    crowded: bool = False  # a town is one mark
    base: tuple[tuple[str, str, str], ...] = ()  # the kind, the form and the SVG path of each layer, the lowest first


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular: at this extent it differs from any other by less than a pixel."""

    west: float
    north: float
    scale: float  # viewBox units per degree of latitude
    shrink: float
    margin: float

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        return self.margin + (lon - self.west) * self.shrink * self.scale, self.margin + (self.north - lat) * self.scale

    def bar(self, longest: float) -> tuple[float, int]:
        """The scale bar: its length and the kilometres it stands for."""
        kilometres = 5 if self.scale * 5000 / METRES_PER_DEGREE < longest else 1
        return kilometres * 1000 * self.scale / METRES_PER_DEGREE, kilometres


def draw(directory: Directory, positions: Iterable[Position], *, by_town: bool = False) -> Schematic | None:
    """The positions that have a spot, on a map of the towns of their areas; None when nothing can be drawn. Where a town is one
    mark (`by_town`, or because there are too many), one that nobody gave a point stands amidst its places.

    `href`s lead from one folder below the site's root (`../…`).
    """
    spots = [(position, spot) for position in positions if (spot := directory.spot(position))]
    undrawn = sum(1 for position in positions if directory.spot(position) is None)
    if not spots:
        return None
    towns = _towns(directory, (position for position, _ in spots))
    points = [(spot.lon, spot.lat) for _, spot in spots]
    points += [(point.lon, point.lat) for _, point in towns]
    points += directory.boundary.points if directory.boundary else ()
    projection, height = fit(points)

    cells: dict[tuple[int, int, bool, str], list[tuple[Position, float, float]]] = defaultdict(list)
    for position, spot in spots:
        x, y = projection(spot.lon, spot.lat)
        cell = (int(x / _CELL), int(y / _CELL), True, "") if spot.precision != "town" else (0, 0, False, position.town)
        cells[cell].append((position, x, y))
    marks = tuple(_mark(directory, members, cell[2]) for cell, members in sorted(cells.items()))
    counts = Counter(position.town for position, _ in spots)
    if by_town or len(marks) > CROWDED:
        towns += _amidst(directory, spots, {town.id for town, _ in towns})
    labels = tuple(_label(town, point, projection, counts[town.id]) for town, point in towns)
    scale_width, kilometres = projection.bar(WIDTH / 2)
    drawn = {directory.look_of(position) for position, _ in spots}
    tiers = tuple(look for look in directory.look.values() if look in drawn)
    return Schematic(
        WIDTH, height, marks, labels, scale_width, kilometres, undrawn, _outline(directory.boundary, projection), tiers,
        crowded=len(marks) > CROWDED, base=base_paths(directory.base, projection, WIDTH, height),
    )  # fmt: skip


def draw_route(directory: Directory, stops: Sequence[Position]) -> Schematic | None:
    """The stops of a route in their order, seen closely; None when nothing can be drawn.

    The line joins neighbours that are both known better than to their town. Of the others nothing is drawn, where there is
    any such stop: a flower on the town's own point would stand among them as if it were on the way.
    """
    spots = [directory.spot(position) for position in stops]
    if precise := any(spot and spot.precision != "town" for spot in spots):
        spots = [spot if spot and spot.precision != "town" else None for spot in spots]
    points = [(spot.lon, spot.lat) for spot in spots if spot]
    if not points:
        return None
    projection, height = fit(points, least=_CLOSE)
    places = [projection(spot.lon, spot.lat) if spot else None for spot in spots]
    labels = (_label(town, point, projection, 0) for town, point in _towns(directory, stops))
    per_km = 1000 * projection.scale / METRES_PER_DEGREE
    scale_km = next((km for km in _SCALES if km * per_km < WIDTH / 5), _SCALES[-1])
    return Schematic(
        WIDTH,
        height,
        marks=(),
        labels=tuple(label for label in labels if _LABEL < label.x < WIDTH - _LABEL and 0 < label.y < height - _LABEL),
        scale_width=scale_km * per_km,
        scale_km=scale_km,
        undrawn=places.count(None),
        boundary=_outline(directory.boundary, projection),
        tiers=(),
        stops=tuple(_numbered(directory, stops, places, precise)),
        base=base_paths(directory.base, projection, WIDTH, height),
        line="".join(
            f"M{here[0]:.1f} {here[1]:.1f}L{there[0]:.1f} {there[1]:.1f}"
            for here, there in pairwise(places)
            if precise and here and there and here != there
        ),
    )


def _towns(directory: Directory, positions: Iterable[Position]) -> list[tuple[Town, Coordinate]]:
    """The towns of the positions' areas that have a point."""
    areas = {directory.area[position.town].id for position in positions}
    towns = (town for town in directory.town.values() if directory.area[town.id].id in areas)
    return [(town, town.location.wgs84) for town in towns if town.location]


def _amidst(directory: Directory, spots: Sequence[tuple[Position, Spot]], named: set[str]) -> list[tuple[Town, Coordinate]]:
    """The towns of these places that have no point, each with the middle of its places."""
    found: dict[str, list[Spot]] = defaultdict(list)
    for position, spot in spots:
        if position.town not in named:
            found[position.town].append(spot)
    return [
        (directory.town[town], Coordinate(sum(each.lon for each in own) / len(own), sum(each.lat for each in own) / len(own)))
        for town, own in found.items()
    ]


def _label(town: Town, point: Coordinate, projection: Projection, count: int) -> TownLabel:
    return TownLabel(*projection(point.lon, point.lat), town.short_name or town.name, f"../towns/{town.id}.html", count)


def _numbered(
    directory: Directory, stops: Sequence[Position], places: Sequence[tuple[float, float] | None], precise: bool
) -> Iterator[Numbered]:
    """Each stop where it is; what would lie on an earlier one has its number there."""
    groups: dict[tuple[float, float], list[int]] = {}
    for index, place in enumerate(places):
        if place:
            near = next((there for there in groups if hypot(place[0] - there[0], place[1] - there[1]) < _STOP), place)
            groups.setdefault(near, []).append(index)
    for (x, y), group in groups.items():
        first = stops[group[0]]
        names = tuple(dict.fromkeys(stops[index].name for index in group))
        numbers = tuple(index + 1 for index in group)
        href = f"../positions/{first.id}.html"
        yield Numbered(round(x, 1), round(y, 1), numbers, directory.look_of(first), precise, names, href)


def _outline(boundary: Boundary | None, projection: Projection) -> str:
    """All rings as one path; where one lies in another, `evenodd` leaves it open."""
    if boundary is None:
        return ""
    rings = [[projection(*point) for point in ring[:-1]] for polygon in boundary.polygons for ring in polygon]
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "z" for ring in rings)


def fit(
    points: list[tuple[float, float]], width: float = WIDTH, margin: float = _MARGIN, least: float = 0.05
) -> tuple[Projection, float]:
    """A projection that puts all points on a sheet of this width, and the sheet's height."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    shrink = cos(radians((min(lats) + max(lats)) / 2))
    # A single point or a line of them still gets a sheet of some kilometres: `least` in degrees of latitude.
    wide, tall = max((max(lons) - min(lons)) * shrink, least), max(max(lats) - min(lats), least)
    inner = width - 2 * margin
    height = min(max(inner * tall / wide, inner * _FLATTEST), inner * _TALLEST)
    scale = min(inner / wide, height / tall)
    west = (min(lons) + max(lons)) / 2 - inner / scale / shrink / 2
    north = (min(lats) + max(lats)) / 2 + height / scale / 2
    return Projection(west, north, scale, shrink, margin), round(height + 2 * margin, 1)


def _mark(directory: Directory, members: list[tuple[Position, float, float]], precise: bool) -> Mark:
    positions = [position for position, _, _ in members]
    count = len(positions)
    tiers = Counter(map(directory.look_of, positions))
    first = positions[0]
    single = count == 1
    towns = {position.town for position in positions}
    town = directory.town[first.town]
    return Mark(
        x=round(sum(x for _, x, _ in members) / count, 1),
        y=round(sum(y for _, _, y in members) / count, 1),
        radius=round(11.0 + 5.0 * sqrt(min(count - 1, 24)), 1),
        count=count,
        tier=next(look for look in directory.look.values() if tiers[look]),
        precise=precise,
        names=(first.name,) if single else tuple(directory.town[t].name for t in sorted(towns)),
        href=f"../positions/{first.id}.html" if single else f"../towns/{town.id}.html",
        tiers=tuple((look, tiers[look]) for look in directory.look.values() if tiers[look]),
    )
