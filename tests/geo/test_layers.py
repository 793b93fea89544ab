"""A layer's file is read as hostile: what comes out is WGS-84, of its layer's geometry, near the directory, and no boundary."""

import json
import subprocess
import sys
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import pytest

from haitang.core.problems import Problem
from haitang.geo.coordinates import Box, Coordinate
from haitang.geo.layer_cutting import Cutter
from haitang.geo.layers import MAIN, MOST_POINTS, Layer, LayerKind, Shape, read_layer
from haitang.model.messages import words
from tests.conftest import problems_of, readable
from tests.worlds import PROJECT

AREA = Box(120.8, 31.1, 121.2, 31.6)
ROAD = [[120.9, 31.2], [121.0, 31.25], [121.1, 31.2]]
LAKE = [[[120.9, 31.2], [121.1, 31.2], [121.1, 31.4], [120.9, 31.4], [120.9, 31.2]]]


def feature(kind: str, coordinates: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features: object, **more: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def read(root: Path, data: object, kind: LayerKind, crs: Any = "wgs84") -> Layer | Problem:
    (root / "map").mkdir(exist_ok=True)
    text = data if isinstance(data, str) else json.dumps(data)
    (root / "map" / "x.geojson").write_text(text, encoding="utf-8")
    return read_layer(root, "map/x.geojson", kind, crs, [AREA])


def sound(root: Path, data: object, kind: LayerKind, crs: Any = "wgs84") -> tuple[Shape, ...]:
    found = read(root, data, kind, crs)
    assert isinstance(found, Layer), found
    return found.shapes


def code(root: Path, data: object, kind: LayerKind = "roads") -> str:
    found = read(root, data, kind)
    assert isinstance(found, Problem), found
    for language in ("zh-CN", "en"):
        assert words(language).problem(found)
    readable(found, "Polygon LineString GeometryCollection EPSG water green roads rails stations landmarks x None urn ogc def")
    return found.code


def test_what_each_layer_takes(tmp_path: Path) -> None:
    for kind, geometry, coordinates, pieces in (
        ("water", "Polygon", LAKE, 1), ("water", "MultiPolygon", [LAKE, LAKE], 2), ("water", "LineString", ROAD, 1),
        ("green", "Polygon", LAKE, 1), ("roads", "MultiLineString", [ROAD, ROAD], 2), ("rails", "LineString", ROAD, 1),
        ("stations", "Point", ROAD[0], 1), ("landmarks", "MultiPoint", ROAD, 3),
    ):  # fmt: skip
        shapes = sound(tmp_path, collection(feature(geometry, coordinates, name="样例")), kind)  # type: ignore[arg-type]
        assert len(shapes) == pieces
        assert {shape.name for shape in shapes} == {"样例"}
        assert shapes[0].pieces[0][0] == (120.9, 31.2)


def test_roads_have_a_rank(tmp_path: Path) -> None:
    kinds = ("motorway_link", "primary", "secondary", "tertiary", "residential", None)
    shapes = sound(tmp_path, collection(*(feature("LineString", ROAD, highway=kind) for kind in kinds)), "roads")
    assert [shape.rank for shape in shapes] == [0, 0, 1, 2, 3, 2]


@pytest.mark.parametrize("crs", ["gcj02", "bd09"])
def test_other_systems_become_wgs84(tmp_path: Path, crs: Any) -> None:
    there = [Coordinate(lon, lat).to(crs) for lon, lat in ROAD]
    (shape,) = sound(tmp_path, collection(feature("LineString", [[at.lon, at.lat] for at in there])), "roads", crs)
    for point, (lon, lat) in zip(shape.pieces[0], ROAD, strict=True):
        assert point == pytest.approx((lon, lat), abs=2e-6)


@pytest.mark.parametrize(
    "told",
    [
        {"boundary": "administrative"}, {"boundary": " Administrative "}, {"BOUNDARY": "administrative"}, {"admin_level": "6"},
        {"admin_level": 8}, {"type": "boundary"}, {"boundary": "political"},
        {"other_tags": '"source"=>"x","boundary"=>"administrative"'}, {"other_tags": '"admin_level"=>"8"'},
        {"name": "昆山市", "all_tags": '"Boundary" => "Administrative"'},
    ],
)  # fmt: skip
def test_administrative_boundaries_are_never_taken(tmp_path: Path, told: dict[str, object]) -> None:
    good = feature("LineString", ROAD)
    assert code(tmp_path, collection(good, feature("LineString", ROAD, **told))) == "layer-administrative"
    park = {"boundary": "protected_area", "admin_level": None, "other_tags": '"boundary"=>"national_park"'}
    assert sound(tmp_path, collection(feature("Polygon", LAKE, **park)), "green")


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("roads", "", "layer-unreadable"),
        ("roads", "[" * 100_000, "layer-unreadable"),
        ("roads", collection(), "layer-empty"),
        ("roads", {"type": "FeatureCollection", "features": 3}, "layer-empty"),
        ("roads", "null", "layer-no-shape"),
        ("roads", collection("x", None), "layer-no-shape"),
        ("roads", collection({"type": "Feature", "geometry": None}), "layer-no-shape"),
        ("roads", collection(feature("Polygon", LAKE)), "layer-no-shape"),
        ("green", collection(feature("LineString", ROAD)), "layer-no-shape"),
        ("stations", collection(feature("LineString", ROAD)), "layer-no-shape"),
        ("roads", collection(feature(["LineString"], ROAD)), "layer-no-shape"),  # type: ignore[arg-type]
        ("roads", {"type": "GeometryCollection", "geometries": []}, "layer-no-shape"),
        ("roads", collection(feature("LineString", ROAD[:1])), "layer-open"),
        ("water", collection(feature("Polygon", [LAKE[0][:4]])), "layer-open"),
        ("roads", collection(feature("LineString", None)), "layer-no-point"),
        ("roads", collection(feature("LineString", [[ROAD]])), "layer-no-point"),
        ("roads", collection(feature("MultiLineString", ROAD)), "layer-no-point"),
        ("roads", collection(feature("LineString", [["1", "2"], ["3", "4"]])), "layer-no-point"),
        ("roads", collection(feature("LineString", [[True, 31.2], *ROAD])), "layer-no-point"),
        ("roads", collection(feature("LineString", [[120.9, 31.2, 0, 0], *ROAD])), "layer-no-point"),
        ("roads", collection(feature("LineString", [[10**400, 31.2], *ROAD])), "layer-no-point"),
        ("stations", '{"type":"Point","coordinates":[NaN,31.2]}', "layer-no-point"),
        ("stations", '{"type":"Point","coordinates":[1e999,31.2]}', "layer-no-point"),
        ("roads", collection(feature("LineString", [[13452000, 3660000], [13453000, 3660000]])), "layer-no-point"),
        ("roads", collection(feature("LineString", [[lat, lon - 90] for lon, lat in ROAD])), "layer-elsewhere"),
        ("roads", collection(feature("LineString", [[lon - 20, lat] for lon, lat in ROAD])), "layer-elsewhere"),
        ("roads", collection(feature("LineString", ROAD, name="x" * 61)), "layer-name"),
        ("roads", collection(feature("LineString", ROAD, name="两\n行")), "layer-name"),
        ("roads", collection(feature("LineString", ROAD, name="倒\u202e写")), "layer-name"),
        ("roads", collection(feature("LineString", ROAD, name=["x"])), "layer-name"),
        ("roads", collection(feature("LineString", [ROAD[0]] * (MOST_POINTS + 1))), "layer-too-many"),
        ("roads", collection(crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}), "layer-crs"),
        ("roads", collection(crs="x"), "layer-crs"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, kind: LayerKind, data: object, expected: str) -> None:
    assert code(tmp_path, data, kind) == expected


def test_files_that_say_they_hold_degrees_are_taken(tmp_path: Path) -> None:
    for name in ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4490"):
        assert sound(tmp_path, collection(feature("LineString", ROAD), crs={"properties": {"name": name}}), "roads")


def settings(root: Path, *layers: str) -> None:
    said = "".join(
        f"    - kind: {kind}\n      crs: wgs84\n{more}      file: map/x.geojson\n"
        "      source:\n        title: 样例\n      licence: 样例\n"
        for kind, _, more in (layer.partition("|") for layer in layers)
    )
    with (root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(f"map:\n  layers:\n{said}")


def test_a_layer_needs_a_number_or_a_reason(root: Path) -> None:
    read(root, collection(feature("LineString", ROAD)), "roads")
    settings(root, "roads|", "rails|      approval_no: 样例审图号\n", "water|      exemption: 不涉及界线\n")
    ((problem),) = problems_of(root)
    assert (problem.place.file, problem.code) == ("directory.yml", "layer-unapproved")


def test_there_is_one_of_a_kind(root: Path) -> None:
    read(root, collection(feature("LineString", ROAD)), "roads")
    settings(root, *["roads|      exemption: 不涉及界线\n"] * 2)
    assert [problem.code for problem in problems_of(root)] == ["layer-repeated"]


def test_a_directory_without_the_file_is_not_built(root: Path) -> None:
    settings(root, "roads|      exemption: 不涉及界线\n")
    assert [(problem.place.file, problem.code) for problem in problems_of(root)] == [("map/x.geojson", "file-missing")]


def test_what_is_cut_is_coarse_whole_and_inside() -> None:
    """A circle of 5 km by 4,000 points; a road in two parts that meet; stations in and outside of the box."""
    circle = [(121.0 + 0.05 * cos(at * pi / 2000), 31.35 + 0.05 * sin(at * pi / 2000)) for at in range(4000)]
    lake = Shape("area", ((*circle, circle[0]),))
    roads = [((120.9, 31.3), (121.0, 31.35)), ((121.0, 31.35), (121.3, 31.4))]
    lane = Shape("line", (((121.0, 31.3), (121.0, 31.4)),), "巷", MAIN + 1)
    layers = [
        Layer("water", (lake, lake)),
        Layer("roads", (*(Shape("line", (road,), "路", 0) for road in roads), lane)),
        Layer("stations", (Shape("spot", (((121.0, 31.34),),), "站"), Shape("spot", (((121.5, 31.34),),), "远"))),
    ]
    drawn = Cutter(layers).cut(Box(120.9, 31.3, 121.1, 31.4), 20, MAIN)
    water, road, stations = drawn
    assert [one.kind for one in drawn] == ["water", "roads", "stations"]
    assert len(water.lines) == 1 and 20 < len(water.lines[0]) < 200
    assert all(abs(((lon - 121) ** 2 + (lat - 31.35) ** 2) ** 0.5 - 0.05) < 0.001 for lon, lat in water.lines[0])
    assert len(road.lines) == 1 and road.names == ("路",)
    assert max(lon for lon, _ in road.lines[0]) == pytest.approx(121.1004, abs=1e-6)
    assert stations.names == ("站",)


def test_shapely_is_loaded_only_where_there_is_a_layer() -> None:
    said = "import sys, haitang.site.build, haitang.checks.load; print('shapely' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", said], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
