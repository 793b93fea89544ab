"""The map that needs no browser: clusters and town names on paper ground, for pages without JavaScript and for print.

The rule: no boundary is drawn here but one that somebody gave with its map approval number, and a place known only to its town
is drawn on the town's own mark, never scattered around it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sqrt

from haitang.boundary import Boundary
from haitang.directory import METRES_PER_DEGREE, Directory
from haitang.model import Position
from haitang.values import TIERS

WIDTH = 640.0
_MARGIN = 64.0
_CELL = 56.0  # marks nearer than this would touch: they become one cluster
_TALLEST, _FLATTEST = 1.5, 0.7  # height over width


@dataclass(frozen=True, slots=True)
class Mark:
    """A flower on the map: a single position or a cluster. Units are those of the SVG's viewBox. `tiers` counts by tier id."""

    x: float
    y: float
    radius: float
    count: int
    tier: str
    precise: bool
    name: str
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
class Schematic:
    """A drawn map. `scale_width` is the length of the scale bar for `scale_km` kilometres."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    labels: tuple[TownLabel, ...]
    scale_width: float
    scale_km: int
    undrawn: int
    boundary: str  # an SVG path; empty where nobody gave a boundary
    tiers: tuple[str, ...]  # those that are drawn, in their order


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


def draw(directory: Directory, positions: Iterable[Position]) -> Schematic | None:
    """The positions that have a spot, on a map of the towns of their areas; None when nothing can be drawn.

    `href`s lead from one folder below the site's root (`../…`).
    """
    spots = [(position, spot) for position in positions if (spot := directory.spot(position))]
    undrawn = sum(1 for position in positions if directory.spot(position) is None)
    if not spots:
        return None
    areas = {directory.area[position.town].id for position, _ in spots}
    towns = [t for t in directory.town.values() if t.location is not None and directory.area[t.id].id in areas]
    points = [(spot.lon, spot.lat) for _, spot in spots]
    points += [(town.location.wgs84.lon, town.location.wgs84.lat) for town in towns if town.location]
    points += directory.boundary.points if directory.boundary else ()
    projection, height = fit(points)

    cells: dict[tuple[int, int, bool, str], list[tuple[Position, float, float]]] = defaultdict(list)
    for position, spot in spots:
        x, y = projection(spot.lon, spot.lat)
        known = spot.precision != "town"
        cell = (int(x / _CELL), int(y / _CELL), True, "") if known else (0, 0, False, position.town)
        cells[cell].append((position, x, y))
    marks = tuple(_mark(directory, members, cell[2]) for cell, members in sorted(cells.items()))
    counts = Counter(position.town for position, _ in spots)
    labels = tuple(
        TownLabel(
            *projection(t.location.wgs84.lon, t.location.wgs84.lat),
            t.short_name or t.name,
            f"../towns/{t.id}.html",
            counts[t.id],
        )
        for t in towns
        if t.location
    )
    scale_width, kilometres = projection.bar(WIDTH / 2)
    drawn = {position.tier or "unknown" for position, _ in spots}
    tiers = tuple(tier for tier in (*TIERS, "unknown") if tier in drawn)
    return Schematic(
        WIDTH, height, marks, labels, scale_width, kilometres, undrawn, _outline(directory.boundary, projection), tiers
    )


def _outline(boundary: Boundary | None, projection: Projection) -> str:
    """All rings as one path; where one lies in another, `evenodd` leaves it open."""
    if boundary is None:
        return ""
    rings = [[projection(*point) for point in ring[:-1]] for polygon in boundary.polygons for ring in polygon]
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "z" for ring in rings)


def fit(points: list[tuple[float, float]], width: float = WIDTH, margin: float = _MARGIN) -> tuple[Projection, float]:
    """A projection that puts all points on a sheet of this width, and the sheet's height."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    shrink = cos(radians((min(lats) + max(lats)) / 2))
    # A single point or a line of them still gets a sheet of some kilometres.
    wide, tall = max((max(lons) - min(lons)) * shrink, 0.05), max(max(lats) - min(lats), 0.05)
    inner = width - 2 * margin
    height = min(max(inner * tall / wide, inner * _FLATTEST), inner * _TALLEST)
    scale = min(inner / wide, height / tall)
    west = (min(lons) + max(lons)) / 2 - inner / scale / shrink / 2
    north = (min(lats) + max(lats)) / 2 + height / scale / 2
    return Projection(west, north, scale, shrink, margin), round(height + 2 * margin, 1)


def _mark(directory: Directory, members: list[tuple[Position, float, float]], precise: bool) -> Mark:
    positions = [position for position, _, _ in members]
    count = len(positions)
    tiers = Counter[str](position.tier or "unknown" for position in positions)
    first = positions[0]
    single = count == 1
    towns = {position.town for position in positions}
    town = directory.town[first.town]
    return Mark(
        x=round(sum(x for _, x, _ in members) / count, 1),
        y=round(sum(y for _, _, y in members) / count, 1),
        radius=round(11.0 + 5.0 * sqrt(min(count - 1, 24)), 1),
        count=count,
        tier=next((tier for tier in TIERS if tiers[tier]), "unknown"),
        precise=precise,
        name=first.name if single else "、".join(directory.town[t].name for t in sorted(towns)),
        href=f"../positions/{first.id}.html" if single else f"../towns/{town.id}.html",
        tiers=tuple((tier, tiers[tier]) for tier in (*TIERS, "unknown") if tiers[tier]),
    )
