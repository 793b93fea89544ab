"""A boundary file is read as hostile, and what comes out is WGS-84, closed, turned as RFC 7946 asks, and small."""

import json
from itertools import pairwise
from math import cos, pi, radians, sin
from pathlib import Path
from typing import Any

import pytest

from haitang.core.problems import Problem
from haitang.geo.boundary import MOST_POINTS, Boundary, read_boundary
from haitang.geo.coordinates import Box, Coordinate
from haitang.model.messages import words
from tests.conftest import problems_of, readable

AREA = Box(120.8, 31.1, 121.2, 31.6)
SQUARE = [[120.9, 31.2], [121.1, 31.2], [121.1, 31.4], [120.9, 31.4], [120.9, 31.2]]  # counter-clockwise
HOLE = [[120.95, 31.25], [121.0, 31.25], [121.0, 31.3], [120.95, 31.3], [120.95, 31.25]]


def polygon(*rings: list[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def written(root: Path, data: object) -> Path:
    (root / "map").mkdir(exist_ok=True)
    text = data if isinstance(data, str) else json.dumps(data)
    (root / "map" / "line.geojson").write_text(text, encoding="utf-8")
    return root


def code(root: Path, data: object, crs: Any = "wgs84") -> str:
    found = read_boundary(written(root, data), "map/line.geojson", crs, [AREA])
    assert isinstance(found, Problem), found
    assert found.place.file == "map/line.geojson"
    for language in ("zh-CN", "en"):
        assert words(language).problem(found)
    readable(found, "Polygon MultiPolygon GeoJSON")
    return found.code


def sound(root: Path, data: object, crs: Any = "wgs84") -> Boundary:
    found = read_boundary(written(root, data), "map/line.geojson", crs, [AREA])
    assert isinstance(found, Boundary), found
    return found


def area(ring: Any) -> float:
    return float(sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairwise(ring))) / 2


@pytest.mark.parametrize(
    "wrapped",
    [
        polygon(SQUARE),
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "Feature", "properties": None, "geometry": polygon(SQUARE)},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": polygon(SQUARE)}]},
    ],
    ids=["polygon", "multipolygon", "feature", "collection"],
)
def test_every_way_to_write_an_area_is_read(tmp_path: Path, wrapped: object) -> None:
    ((ring,),) = sound(tmp_path, wrapped).polygons
    assert [list(point) for point in ring] == SQUARE


def test_rings_are_turned_as_the_standard_asks(tmp_path: Path) -> None:
    for outer in (SQUARE, SQUARE[::-1]):
        for hole in (HOLE, HOLE[::-1]):
            ((ring, inner),) = sound(tmp_path, polygon(outer, hole)).polygons
            assert area(ring) > 0 > area(inner)
            assert ring[0] == ring[-1] and inner[0] == inner[-1]


@pytest.mark.parametrize("crs", ["gcj02", "bd09"])
def test_other_systems_become_wgs84(tmp_path: Path, crs: Any) -> None:
    shifted = [Coordinate(lon, lat).to(crs) for lon, lat in SQUARE]
    ((ring,),) = sound(tmp_path, polygon([[point.lon, point.lat] for point in shifted]), crs).polygons
    for point, (lon, lat) in zip(ring, SQUARE, strict=True):
        assert point == pytest.approx((lon, lat), abs=2e-6)
    assert abs(shifted[0].lon - SQUARE[0][0]) > 0.003


def test_a_fine_line_is_made_coarser_and_keeps_its_shape(tmp_path: Path) -> None:
    """A circle of 5 km by 4,000 points: no point of it may end more than 50 m from what is drawn."""
    around = [2 * pi * step / 4000 for step in range(4000)]
    circle = [[121.0 + 0.05 * cos(angle) / cos(radians(31.35)), 31.35 + 0.05 * sin(angle)] for angle in around]
    circle.append(circle[0])
    ((ring,),) = sound(tmp_path, polygon(circle)).polygons
    assert 20 < len(ring) < 200
    assert area(ring) == pytest.approx(area(circle), rel=0.02)
    assert ring[0] == ring[-1]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", "boundary-unreadable"),
        ("{", "boundary-unreadable"),
        ("[" * 100_000, "boundary-unreadable"),
        ("[]", "boundary-no-area"),
        ("null", "boundary-no-area"),
        ({"type": "Point", "coordinates": [121, 31.3]}, "boundary-no-area"),
        ({"type": "LineString", "coordinates": SQUARE}, "boundary-no-area"),
        ({"type": "Feature", "geometry": None}, "boundary-no-area"),
        ({"type": "FeatureCollection", "features": [{"type": "Feature"}]}, "boundary-no-area"),
        ({"type": "FeatureCollection", "features": []}, "boundary-empty"),
        ({"type": "FeatureCollection", "features": 3}, "boundary-empty"),
        ({"type": "GeometryCollection", "geometries": [polygon(SQUARE)]}, "boundary-no-area"),
        ({"type": "Polygon"}, "boundary-empty"),
        ({"type": "Polygon", "coordinates": []}, "boundary-empty"),
        ({"type": "MultiPolygon", "coordinates": "x"}, "boundary-empty"),
        (polygon([]), "boundary-open"),
        (polygon(SQUARE[:3]), "boundary-open"),
        (polygon(SQUARE[:4]), "boundary-open"),
        (polygon([*SQUARE[:-1], [120.9, 31.3]]), "boundary-open"),
        (polygon([["120.9", "31.2"], *SQUARE[1:]]), "boundary-no-point"),
        (polygon([[True, 31.2], *SQUARE[1:]]), "boundary-no-point"),
        (polygon([[120.9], *SQUARE[1:]]), "boundary-no-point"),
        (polygon([[120.9, 31.2, 0, 0], *SQUARE[1:]]), "boundary-no-point"),
        (polygon([120.9, 31.2, 121.0, 31.3]), "boundary-no-point"),
        (polygon([[500, 31.2], *SQUARE[1:]]), "boundary-no-point"),
        ('{"type":"Polygon","coordinates":[[[NaN,31],[121,31],[121,31.2],[NaN,31]]]}', "boundary-no-point"),
        ('{"type":"Polygon","coordinates":[[[1e999,31],[121,31],[121,31.2],[1e999,31]]]}', "boundary-no-point"),
        (polygon([[10**400, 31.2], *SQUARE[1:]]), "boundary-no-point"),
        (polygon([[lon - 20, lat] for lon, lat in SQUARE]), "boundary-elsewhere"),
        (polygon([[lat, lon - 90] for lon, lat in SQUARE]), "boundary-elsewhere"),
        (polygon([SQUARE[0]] * (MOST_POINTS + 1)), "boundary-too-many"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, data: object, expected: str) -> None:
    assert code(tmp_path, data) == expected


def test_files_that_are_none(tmp_path: Path) -> None:
    def told(file: str) -> str:
        found = read_boundary(tmp_path, file, "wgs84", [])
        assert isinstance(found, Problem)
        return found.code

    assert told("map/gone.geojson") == "file-missing"
    written(tmp_path, polygon(SQUARE))
    (tmp_path / "map" / "link.geojson").symlink_to("line.geojson")
    (tmp_path / "elsewhere").symlink_to("map")
    assert told("map/link.geojson") == "not-regular-file"
    assert told("elsewhere/line.geojson") == "not-regular-file"
    (tmp_path / "map" / "big.geojson").write_bytes(b" " * (4 * 1024 * 1024 + 1))
    assert told("map/big.geojson") == "file-too-large"


def test_no_file_takes_long(tmp_path: Path) -> None:
    """A spiral in which every point matters: simplifying must not grow with the square of its points."""
    steps = [0.4 * (1 - step / 19_000) for step in range(19_000)]
    spiral = [[121.0 + away * cos(at * 2.399), 31.35 + away * sin(at * 2.399)] for at, away in enumerate(steps)]
    ((ring,),) = sound(tmp_path, polygon([*spiral, spiral[0]])).polygons
    assert len(ring) > 10_000


def test_a_directory_without_the_file_is_not_built(root: Path) -> None:
    settings = root / "directory.yml"
    said = "map:\n  boundary:\n    crs: gcj02\n    approval_no: 样例审图号（虚构）\n    file: map/line.geojson\n"
    settings.write_text(settings.read_text("utf-8") + said, encoding="utf-8")
    assert [(problem.place.file, problem.code) for problem in problems_of(root)] == [("map/line.geojson", "file-missing")]
    written(root, polygon(SQUARE))
    assert problems_of(root) == ()
