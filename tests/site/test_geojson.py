"""The GeoJSON file: what the geojson package does not check, we do."""

import json
import math
from pathlib import Path

import geojson
import pytest

from haitang.checks.load import load
from haitang.data.directory import Spot
from haitang.model.messages import site_words
from haitang.site.exports.geojson import build, checked, feature, widened
from haitang.site.page import script_json
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.worlds import TODAY, WORLD, publish


@pytest.mark.parametrize(("lon", "lat"), [(math.nan, 31.0), (121.0, math.inf), (181.0, 31.0), (31.0, 121.0), (-180.5, 0.0)])
def test_no_place_on_earth_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(ValueError, match="not a place on earth"):
        checked(Spot(lon, lat, "exact"))


def test_six_decimals_longitude_first() -> None:
    assert checked(Spot(120.98432391502892, 31.38297318152646, "exact")) == (120.984324, 31.382973)


def test_the_file_reads_back_as_geojson(tmp_path: Path) -> None:
    publish(WORLD, tmp_path)
    text = (tmp_path / "site" / "data" / "positions.geojson").read_text(encoding="utf-8")
    collection = geojson.loads(text)
    assert collection.is_valid
    assert list(json.loads(text)["bbox"]) == collection["bbox"]
    points = [feature["geometry"]["coordinates"] for feature in collection["features"] if feature["geometry"]]
    assert collection["bbox"] == [
        min(p[0] for p in points),
        min(p[1] for p in points),
        max(p[0] for p in points),
        max(p[1] for p in points),
    ]
    assert [feature["id"] for feature in collection["features"]] == ["he-cheng", "xiao-qu", "qing-shan", "gong-yuan"]
    assert collection["features"][3]["geometry"] is None


def test_a_feature_is_a_line_of_its_own() -> None:
    site = Site(load(WORLD, today=TODAY), Templates(site_words(LANGUAGE)))
    (file,) = build(site)
    lines = [line.rstrip(b",") for line in file.content.splitlines()[1:-1]]
    assert lines == [feature(site, position) for position in site.directory.positions]


def test_a_directory_without_places_has_no_box() -> None:
    assert widened([], (121.0, 31.0)) == [121.0, 31.0, 121.0, 31.0]
    assert widened([121.0, 31.0, 121.0, 31.0], (120.0, 32.0)) == [120.0, 31.0, 121.0, 32.0]


def test_data_cannot_end_the_script_it_stands_in() -> None:
    written = script_json({"name": "</script><!-- \u2028 & "}).decode()
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == {"name": "</script><!-- \u2028 & "}
