"""Places as people paste them. The form reads the same list: frontend/tests/admin/judge/pasted-coordinates.test.ts."""

import json
from pathlib import Path

import pytest

from haitang.model.written.points import Point, is_map_link, read_angle, read_datum, read_point

TABLE = Path(__file__).resolve().parents[2] / "frontend" / "tests" / "fixtures" / "pasted-points.json"
CASES = json.loads(TABLE.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_a_pasted_place_is_read_or_left(case: dict[str, str]) -> None:
    right = Point(case["lon"], case["lat"], case["crs"]) if case["lon"] else None  # type: ignore[arg-type]
    assert read_point(case["text"]) == right


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("121°2'36\"", "121.043333"), ("121°2′36″", "121.043333"), ("121度2分36秒", "121.043333"), ("东经121.0435", "121.0435"),
        ("121.0435E", "121.0435"), ("E 121.0435", "121.0435"), ("经度：121.0435", "121.0435"), ("121.0435°", "121.0435"),
        ("121.0435", None), ("121", None), ("121°62′", None), ("121.0435W", None), ("121.0435N", None), ("北纬31.3159", None),
        ("一百二十一度", None), ("121.0435,31.3159", None), ("-121°2′36″", None), ("121.5°2′", None),
    ],
)  # fmt: skip
def test_an_angle_is_read_in_degrees(text: str, degrees: str | None) -> None:
    assert read_angle(text, "lon") == degrees


def test_an_angle_keeps_its_axis() -> None:
    for head in ("北纬", "纬度：", "lat ", "latitude=", "N"):
        assert [read_angle(f"{head}31.3159", axis) for axis in ("lat", "lon")] == ["31.3159", None]


def test_how_near_a_point_can_be() -> None:
    said = {
        "121.043512,31.315923": "exact",
        "121.04,31.3159": "street",
        "https://www.openstreetmap.org/#map=19/31.315923/121.043512": "street",
    }
    assert {text: point.precision for text in said if (point := read_point(text))} == said


@pytest.mark.parametrize(
    ("text", "crs"),
    [
        ("WGS-84", "wgs84"), ("WGS84", "wgs84"), ("wgs 84", "wgs84"), ("GPS", "wgs84"), ("手机定位", "wgs84"),
        ("天地图", "wgs84"),
        ("CGCS2000", "wgs84"), ("CGCS-2000", "wgs84"), ("北斗", "wgs84"), ("手机GPS", "wgs84"), ("ＧＰＳ定位", "wgs84"),
        ("GCJ-02", "gcj02"), ("GCJ02", "gcj02"), ("高德地图", "gcj02"), ("火星坐标", "gcj02"), ("火星坐标系", "gcj02"),
        ("腾讯地图", "gcj02"), ("高德、腾讯", "gcj02"), ("高德地图坐标拾取器", "gcj02"), ("苹果地图", "gcj02"),
        ("百度地图", "bd09"), ("BD-09", "bd09"), ("BD09", "bd09"), ("百度坐标", "bd09"), ("bd09ll", "bd09"),
        ("谷歌地图", None), ("高德或百度", None), ("高德、百度", None), ("北京54", None), ("西安80", None), ("手机", None),
        ("地图", None), ("不是百度", None), ("", None), ("bd09mc", None), ("老百度", None),
    ],
)  # fmt: skip
def test_a_datum_is_told_by_its_names(text: str, crs: str | None) -> None:
    assert read_datum(text) == crs


def test_links_of_maps_are_known_without_a_point() -> None:
    for link in (
        "https://surl.amap.com/2kT",
        "https://j.map.baidu.com/a1/T",
        "https://maps.app.goo.gl/x",
        "https://www.amap.com/place/B0",
    ):
        assert is_map_link(link), link
    for other in ("https://www.example.com/amap.com", "示例路 1 号", "amap", "https://notamap.com/x", "mail@map.qq.com"):
        assert not is_map_link(other), other
