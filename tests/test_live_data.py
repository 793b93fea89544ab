"""The real directory is sound, honest and published as it should be."""

import json
from datetime import date
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.site.output_folder import Target
from tests.worlds import PROJECT, publish

pytestmark = pytest.mark.live
# The points that a source gives; every other place is known to its town alone.
POINTS = {"qifa-guangchang": (121.05231, 31.32495, "bd09", "street")}


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load(PROJECT, today=date.today())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("live")
    publish(PROJECT, out, today=date.today())
    return Target(out).site


def test_what_the_issue_asks_for_is_listed(directory: Directory) -> None:
    assert len(directory.of_tier("centre")) >= 2
    kunshan = [position for position in directory.positions if directory.area[position.town].id == "kunshan"]
    assert len(kunshan) >= 16
    assert len(directory.positions) - len(kunshan) >= 17
    assert "hongfushi" in directory.brand
    assert directory.brand["hongfushi"] in [directory.brand[b] for b in directory.position["fushikang"].brands]


def test_published_figures_are_the_sources(directory: Directory) -> None:
    (published,) = directory.settings.published
    figures = {count.tier: (count.value, count.unit) for count in published.counts}
    assert figures == {"centre": (4, "家"), "station": (158, "家"), "point": (48, "个")}
    assert published.as_of.year == 2018


def test_all_units_of_kunshan_are_there(directory: Directory) -> None:
    towns = {town.name for town in directory.settings.areas[0].towns}
    for name in "巴城 周市 陆家 花桥 淀山湖 张浦 周庄 千灯 锦溪 玉山 柏庐 亭林 震川 青阳".split():
        assert any(name in town for town in towns), name
    assert len(towns) == 15


def test_nothing_is_claimed_that_no_source_gives(directory: Directory) -> None:
    """One position of the research has a point (a compound's middle), none has a phone or a verification: none may appear by
    itself."""
    for position in directory.positions:
        assert position.sources, position.id
        spot = position.location
        assert (spot and (spot.lon, spot.lat, spot.crs, spot.precision)) == POINTS.get(position.id), position.id
        assert position.phone is None, position.id
        assert position.verified is None, position.id


def test_no_place_holds_what_no_source_names_a_place_for(directory: Directory) -> None:
    """邹家角's feast, birthdays and visits are the community's: as activities or services of one place they would be there."""
    named = {activity.name for position in directory.positions for activity in position.activities}
    assert not named & {"邻里百家宴", "老人生日会", "信息员上门解困"}
    assert not [position.id for position in directory.positions if "信息员上门解困" in position.services]


def test_aggregates_are_no_entries(directory: Directory) -> None:
    assert len(directory.settings.aggregates) >= 2
    names = {position.name for position in directory.positions}
    assert not names & {aggregate.name for aggregate in directory.settings.aggregates}


def test_every_entry_has_its_page(directory: Directory, site: Path) -> None:
    for position in directory.positions:
        html = (site / "positions" / f"{position.id}.html").read_text(encoding="utf-8")
        assert position.name in html
    for brand in directory.brands:
        assert (site / "brands" / f"{brand.id}.html").is_file()
    for town in directory.settings.areas[0].towns:
        assert (site / "towns" / f"{town.id}.html").is_file()
    for tier in ("centre", "station", "point", "other"):
        assert (site / "tiers" / f"{tier}.html").is_file()


def test_the_exchange_file_is_geojson(directory: Directory, site: Path) -> None:
    """RFC 7946: longitude first, at most six decimals, unique ids, a box around all; town points say so."""
    collection = json.loads((site / "data" / "positions.geojson").read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) == len(directory.positions)
    assert len({feature["id"] for feature in collection["features"]}) == len(directory.positions)
    west, south, east, north = collection["bbox"]
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        if feature["geometry"] is None:
            continue
        lon, lat = feature["geometry"]["coordinates"]
        assert 120.8 <= west <= lon <= east <= 121.2
        assert 31.1 <= south <= lat <= north <= 31.6
        assert round(lon, 6) == lon
        assert feature["properties"]["precision"] == ("street" if feature["id"] in POINTS else "town")


def test_links_are_shown_only_where_they_may_be(directory: Directory) -> None:
    """Mirrors of other people's pages are named, not linked."""
    mirrors = ("51yue.net", "marblefield.com", "sandpitts.com", "wlnch.com", "itaogou.top", "422252.com")
    sources = [source for position in directory.positions for source in position.sources]
    sources += [source for brand in directory.brands for source in brand.sources]
    for source in sources:
        assert not any(mirror in (source.url or "") for mirror in mirrors), source.title
