"""What is drawn of the layers: simplified, and cut to a piece of the map.

The rule: this module alone knows shapely, which is loaded only where a directory has layers.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy as np
import shapely

from haitang.geo.coordinates import Box
from haitang.geo.layers import MAIN, MINOR, Drawn, Form, Layer, LayerKind, Line, Shape

_METRES_PER_DEGREE = 111_195.0
_OVERLAP = 0.0004  # degrees that a piece reaches over its edge, so that no seam is seen between two
_NAMED = ("roads", "stations", "landmarks")


@dataclass(frozen=True, slots=True)
class _Group:
    """What is drawn alike: pieces of one name each, and where they are."""

    kind: LayerKind
    form: Form
    rank: int
    names: list[str]
    pieces: Any  # an array of geometries, as long as the names
    tree: shapely.STRtree


class Cutter:
    """Cuts pieces of any size and fineness out of the layers."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._groups = [group for layer in layers for group in _grouped(layer)]

    @property
    def bounds(self) -> Box:
        every = [shapely.total_bounds(group.pieces) for group in self._groups]
        west, south, east, north = zip(*(map(float, one) for one in every), strict=True)
        return Box(min(west), min(south), max(east), max(north))

    def cut(self, box: Box, metres: float, most_rank: int = MINOR) -> list[Drawn]:
        """What lies in a box, no point further than so many metres from where it was; what is smaller than that is left out,
        and so are roads of a lower rank."""
        found = []
        edges = (box.west - _OVERLAP, box.south - _OVERLAP, box.east + _OVERLAP, box.north + _OVERLAP)
        for group in self._groups:
            if group.rank > most_rank:
                continue
            lines: list[Line] = []
            names: list[str] = []
            for at in sorted(group.tree.query(shapely.box(*edges))):
                mine = list(_lines(shapely.clip_by_rect(group.pieces[at], *edges), group.form, metres, box))
                lines += mine
                names += [group.names[at]] * len(mine)
            if lines:
                found.append(Drawn(group.kind, group.form, group.rank, tuple(lines), tuple(names)))
        return found


def _grouped(layer: Layer) -> Iterator[_Group]:
    """Areas before lines, lower roads before main ones: what comes later is drawn over it."""
    shapes: dict[tuple[bool, int, Form], dict[str, list[Shape]]] = defaultdict(lambda: defaultdict(list))
    for shape in layer.shapes:
        named = layer.kind in _NAMED and (layer.kind != "roads" or shape.rank <= MAIN)
        shapes[shape.form != "area", -shape.rank, shape.form][shape.name if named else ""].append(shape)
    for (_, rank, form), by_name in sorted(shapes.items(), key=lambda item: item[0]):
        parts = [(name, part) for name, alike in sorted(by_name.items()) for part in _joined(form, alike)]
        pieces = np.array([part for _, part in parts], dtype=object)
        yield _Group(layer.kind, form, -rank, [name for name, _ in parts], pieces, shapely.STRtree(pieces))


def _joined(form: Form, shapes: Sequence[Shape]) -> Iterator[shapely.Geometry]:
    """What meets is one; of areas that overlap no part is drawn twice."""
    if form == "spot":
        found = [shapely.Point(shape.pieces[0][0]) for shape in shapes]
    elif form == "line":
        found = shapely.line_merge(shapely.multilinestrings([shapely.linestrings(shape.pieces[0]) for shape in shapes]))
    else:
        areas = [shapely.Polygon(shape.pieces[0], shape.pieces[1:]) for shape in shapes]
        found = shapely.unary_union(shapely.make_valid(areas))
    return iter(found if form == "spot" else shapely.get_parts(found))


def _lines(geometry: shapely.Geometry, form: Form, metres: float, box: Box) -> Iterator[Line]:
    """Stretched meanwhile so that a degree is as long either way: what is simplified there is simplified in metres."""
    if form == "spot":
        for part in shapely.get_parts(geometry):
            if box.holds(part.x, part.y):  # not twice, where pieces overlap
                yield ((part.x, part.y),)
        return
    shrink = cos(radians(box.south))
    flat = shapely.transform(geometry, lambda points: points * (shrink, 1.0))
    fine = metres / _METRES_PER_DEGREE
    simple = shapely.simplify(flat, fine, preserve_topology=form == "area")
    for part in shapely.get_parts(simple):  # what is cut at an edge may leave a line of an area
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part] if part.length > fine else []
        for ring in rings:
            if form == "line" or shapely.Polygon(ring).area > fine * fine:
                yield tuple((float(x) / shrink, float(y)) for x, y in shapely.get_coordinates(ring))
