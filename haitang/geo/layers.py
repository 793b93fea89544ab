"""Layers of a map to find one's way by, as GeoJSON that somebody cut out of a larger map: hostile until checked.

The rule: what comes out is WGS-84, of the geometry its layer is drawn with, near the areas of the directory, and never an
administrative boundary; where anything is wrong it is a Problem that names the file and what to do. Reading needs no library;
`layer_cutting` makes what is drawn.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from haitang.core.problems import Place, Problem
from haitang.geo.coordinates import Box, Crs
from haitang.geo.geojson_input import Fault, Point, content_of, features, geometry_of, json_of, near, points_of

LayerKind = Literal["green", "water", "roads", "rails", "stations", "landmarks"]
KINDS: tuple[LayerKind, ...] = get_args(LayerKind)  # in the order they are drawn, the lowest first
Form = Literal["area", "line", "spot"]

MOST_BYTES = 8 * 1024 * 1024
MOST_POINTS = 100_000
MOST_SHAPES = 40_000
LONGEST_NAME = 60
COARSE_M = 40.0  # metres that lines may be moved in pictures of a whole city
MAIN, MINOR = 1, 3  # roads up to the first are main roads, and have a name; from the last on there are only paths and lanes
_LEAST: Mapping[Form, int] = {"area": 4, "line": 2, "spot": 1}  # points of a piece
_FORMS: Mapping[LayerKind, tuple[Form, ...]] = {
    "water": ("area", "line"), "green": ("area",), "roads": ("line",), "rails": ("line",), "stations": ("spot",),
    "landmarks": ("spot",),
}  # fmt: skip
# Of each geometry of RFC 7946: its form, and how deep its positions lie.
_GEOMETRIES: Mapping[str, tuple[Form, int]] = {
    "Point": ("spot", 0), "MultiPoint": ("spot", 1), "LineString": ("line", 1), "MultiLineString": ("line", 2),
    "Polygon": ("area", 2), "MultiPolygon": ("area", 3),
}  # fmt: skip
_RANKS = {"motorway": 0, "trunk": 0, "primary": 0, "secondary": 1, "tertiary": 2}  # by OpenStreetMap's `highway`
_NO_PLACE = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")  # kinds of characters that no name of a place holds
_SAME_DEGREES = re.compile(r".*(?:CRS84|EPSG:.*:?(?:4326|4490))", re.IGNORECASE)
# ogr2ogr gathers what has no column of its own: "boundary"=>"administrative".
_GATHERED = re.compile(r'"(boundary|admin_level|type)"\s*=>\s*"([^"]*)"')
_CODES = {
    "unreadable": "layer-unreadable", "crs": "layer-crs", "empty": "layer-empty", "administrative": "layer-administrative",
    "no-shape": "layer-no-shape", "no-point": "layer-no-point", "open": "layer-open", "name": "layer-name",
    "too-many": "layer-too-many", "elsewhere": "layer-elsewhere",
}  # fmt: skip
_NEVER = ("administrative", "political", "maritime", "disputed", "historic", "claim", "border_zone")


@dataclass(frozen=True, slots=True)
class Shape:
    """A lake, a road, a station. `pieces` are the rings of one area, the outer first, else one line or one spot alone; `rank`
    tells main roads from lanes; `name_en` is what the layer itself calls it in English."""

    form: Form
    pieces: tuple[tuple[Point, ...], ...]
    name: str = ""
    rank: int = 0
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    kind: LayerKind
    shapes: tuple[Shape, ...]


Line = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn alike. Degrees, longitude first; of areas all rings together (where one lies in another it is a hole), else
    a line or a spot each. `names` is one for each line of `lines`, empty where none is written."""

    kind: LayerKind
    form: Form
    rank: int
    lines: tuple[Line, ...]
    names: tuple[str, ...]


def read_layer(root: Path, file: str, kind: LayerKind, crs: Crs, boxes: Iterable[Box]) -> Layer | Problem:
    """The layer in `file` below the data root, whose degrees are of `crs`; `boxes` are those of the directory's areas."""
    content = content_of(root, file, MOST_BYTES)
    if isinstance(content, Problem):
        return content
    try:
        tree = json_of(content)
        _same_degrees(tree)
        shapes = tuple(_within_limits(shape for feature in features(tree) for shape in _shapes(feature, kind, crs)))
        if not shapes:
            raise Fault("empty")
        near((point for shape in shapes for piece in shape.pieces for point in piece), tuple(boxes))
        return Layer(kind, shapes)
    except Fault as fault:
        return Problem(Place(file), _CODES[fault.code], fault.values)


def _same_degrees(tree: Any) -> None:
    """Files of before RFC 7946 may say in which system they are; we take degrees as GPS has them, or what `crs` shifts."""
    said = tree.get("crs") if isinstance(tree, dict) else None
    properties = said.get("properties") if isinstance(said, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if said is not None and not (isinstance(name, str) and _SAME_DEGREES.match(name[:100])):
        raise Fault("crs", value=str(name)[:40])


def _within_limits(shapes: Iterable[Shape]) -> Iterator[Shape]:
    points = 0
    for count, shape in enumerate(shapes, 1):
        points += sum(map(len, shape.pieces))
        if count > MOST_SHAPES or points > MOST_POINTS:
            raise Fault("too-many", limit=MOST_POINTS)
        yield shape


def _shapes(feature: Any, kind: LayerKind, crs: Crs) -> Iterator[Shape]:
    geometry = geometry_of(feature)
    properties = feature.get("properties") if isinstance(feature, dict) else None
    told: Mapping[str, Any] = properties if isinstance(properties, dict) else {}
    if _is_administrative(told):
        raise Fault("administrative", value=_name(told))
    said = geometry.get("type")
    form, depth = _GEOMETRIES.get(said, ("", 0)) if isinstance(said, str) else ("", 0)
    if form not in _FORMS[kind]:
        raise Fault("no-shape", value=str(said)[:40], kind=kind)
    name, name_en = _name(told), _name(told, "name:en")
    rank = _rank(told) if kind == "roads" else 0
    for pieces in _pieces(geometry.get("coordinates"), form, depth):
        yield Shape(form, tuple(_piece(piece, form, crs) for piece in pieces), name, rank, name_en)


def _pieces(node: Any, form: Form, depth: int) -> Iterator[list[Any]]:
    """What one shape each is made of, as lists of positions: no deeper than GeoJSON goes, whatever a file nests."""
    if form == "area":
        for polygon in _list(node) if depth == _GEOMETRIES["MultiPolygon"][1] else [node]:
            yield _list(polygon)
    else:
        single = _GEOMETRIES["Point" if form == "spot" else "LineString"][1]
        for one in [node] if depth == single else _list(node):
            yield [[one] if form == "spot" else one]


def _list(node: Any) -> list[Any]:
    if not isinstance(node, list) or not node:
        raise Fault("no-point")
    return node


def _piece(piece: Any, form: Form, crs: Crs) -> tuple[Point, ...]:
    points = points_of(_list(piece), crs)
    if len(points) < _LEAST[form] or (form == "area" and points[0] != points[-1]):
        raise Fault("open")
    return points


def _is_administrative(told: Mapping[str, Any]) -> bool:
    """Whether a feature says that it is an administrative boundary, in a column of its own or among others."""
    pairs = [(str(key).lower(), str(value).strip().lower()) for key, value in told.items() if value not in (None, "")]
    for value in told.values():
        pairs += _GATHERED.findall(value.lower()) if isinstance(value, str) and "=>" in value else []
    for key, value in pairs:
        if key == "admin_level" or (key == "boundary" and value in _NEVER) or (key == "type" and value == "boundary"):
            return True
    return False


def _name(told: Mapping[str, Any], key: str = "name") -> str:
    name = told.get(key)
    if name is None:
        return ""
    plain = isinstance(name, str) and len(name) <= LONGEST_NAME
    if not plain or any(unicodedata.category(character) in _NO_PLACE for character in name):
        raise Fault("name", value="".join(each for each in str(name)[:20] if each.isprintable()), limit=LONGEST_NAME)
    return str(name).strip()


def _rank(told: Mapping[str, Any]) -> int:
    said = str(told.get("highway") or "").removesuffix("_link")
    return _RANKS.get(said, MINOR) if said else MINOR - 1
