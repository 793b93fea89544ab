"""Routes: how far and how long, where a position lies on them, and what is drawn."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.data.route_distances import Duration, Leg, Length, duration, legs, length
from haitang.geo.coordinates import distance_m
from haitang.model.entries import Position, Route, Stop
from haitang.site.charts.static_map import Numbered, draw_route
from tests.e2e.site import route_world
from tests.worlds import TODAY, WORLD, tree
from tests.worlds import publish as publish_site


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return load(route_world.write(tmp_path_factory.mktemp("routes")), today=TODAY)


def straight(directory: Directory, one: str, other: str) -> float:
    here, there = (directory.position[name].location for name in (one, other))
    assert here and there
    return distance_m(here.wgs84, there.wgs84)


def test_a_stated_distance_goes_before_a_measured_one(directory: Directory) -> None:
    found = directory.legs(directory.routes[1])
    assert found[1::2] == (Leg(450), Leg(1200))
    for leg, ends in zip(found[::2], (("he-0", "he-1"), ("he-2", "he-3")), strict=True):
        assert leg.straight
        assert leg.metres == pytest.approx(straight(directory, *ends))


def test_a_place_known_only_to_its_town_is_no_end_of_a_line(directory: Directory) -> None:
    town_only = directory.position["he-2"].model_copy(update={"location": directory.settings.areas[0].towns[0].location})
    assert directory.legs(directory.routes[0])[-1] == Leg(None)
    route = directory.routes[1].model_copy(update={"stops": (Stop(position="he-0"), Stop(position="he-2"))})
    assert legs(route, {**directory.position, "he-2": town_only}) == (Leg(None),)


@pytest.mark.parametrize(
    ("all_legs", "whole"),
    [
        ((Leg(300), Leg(450.5)), Length(750.5, whole=True, straight=False)),
        ((Leg(300), Leg(450, straight=True)), Length(750, whole=True, straight=True)),
        ((Leg(300), Leg(None)), Length(300, whole=False, straight=False)),
        ((Leg(None), Leg(None)), None),
    ],
)
def test_a_sum_says_what_it_lacks(all_legs: tuple[Leg, ...], whole: Length | None) -> None:
    assert length(all_legs) == whole


WALK = Route(id="x", name="x", mode="walk", stops=(Stop(position="a"), Stop(position="b")))


@pytest.mark.parametrize(
    ("change", "whole", "told"),
    [
        ({"minutes": 40.0}, None, Duration(40)),
        ({"minutes": 40.0}, Length(75, whole=True, straight=True), Duration(40)),
        ({}, Length(751, whole=True, straight=False), Duration(11, estimated=True)),
        ({}, Length(20, whole=True, straight=True), Duration(1, estimated=True, straight=True)),
        ({}, Length(750, whole=False, straight=False), None),
        ({}, None, None),
        ({"mode": "bus"}, Length(750, whole=True, straight=False), None),
        ({"mode": None}, Length(750, whole=True, straight=False), None),
    ],
)
def test_minutes_are_stated_or_estimated_for_a_whole_walk(
    change: dict[str, object], whole: Length | None, told: Duration | None
) -> None:
    assert duration(WALK.model_copy(update=change), whole) == told


def test_a_position_knows_its_routes(directory: Directory) -> None:
    found = [(route.id, index) for route, index in directory.routes_through("he-3")]
    assert found == [("ba-zhan", 3), ("wu-zhan", 3)]
    assert directory.routes_through("he-9")[0][1] == 7
    golden = load(WORLD, today=date(2026, 1, 2))
    assert [index for _, index in golden.routes_through("he-cheng")] == [0, 3]  # a round trip
    assert golden.routes_through("qing-shan") == ()


def stops_of(directory: Directory, *ids: str) -> list[Position]:
    return [directory.position[name] for name in ids]


def test_the_drawing_has_every_stop_that_is_known_and_says_how_many_are_not(directory: Directory) -> None:
    drawing = draw_route(directory, stops_of(directory, *route_world.EIGHT))
    assert drawing
    assert [stop.label for stop in drawing.stops] == ["1", "2", "3", "4", "5", "6", "7"]
    assert (drawing.undrawn, drawing.line.count("M"), drawing.tiers) == (1, 6, ())
    assert all(0 < stop.x < drawing.width and 0 < stop.y < drawing.height for stop in drawing.stops)


def test_the_line_is_broken_where_a_stop_is_not_known(directory: Directory) -> None:
    drawing = draw_route(directory, stops_of(directory, "he-0", "he-1", "he-9", "he-3", "he-4"))
    assert drawing
    assert [stop.label for stop in drawing.stops] == ["1", "2", "4", "5"]
    assert drawing.line.count("M") == 2


def test_stops_on_each_other_are_one_flower_with_all_their_numbers(directory: Directory) -> None:
    drawing = draw_route(directory, stops_of(directory, "he-0", "he-4", "he-0"))
    assert drawing
    assert [(stop.numbers, len(stop.names)) for stop in drawing.stops] == [((1, 3), 1), ((2,), 1)]
    only_town = draw_route(directory, stops_of(directory, "he-9"))
    assert only_town and [(stop.precise, stop.label) for stop in only_town.stops] == [(False, "1")]
    assert only_town.line == ""


@pytest.mark.parametrize(("numbers", "label"), [((1,), "1"), ((2, 3, 4), "2–4"), ((1, 5), "1·5"), ((1, 2, 7), "1–2·7")])
def test_numbers_are_told_in_runs(numbers: tuple[int, ...], label: str) -> None:
    assert Numbered(0, 0, numbers, "point", precise=True, names=("x",), href="").label == label


def test_nothing_is_drawn_of_places_that_stand_nowhere(directory: Directory) -> None:
    towns = directory.settings.areas[0].model_copy(
        update={"towns": tuple(town.model_copy(update={"location": None}) for town in directory.settings.areas[0].towns)}
    )
    lost = replace(directory, settings=directory.settings.model_copy(update={"areas": (towns,)}))
    assert draw_route(lost, stops_of(lost, "he-9")) is None


def test_without_routes_nothing_is_said_of_them(tmp_path: Path) -> None:
    root = route_world.write(tmp_path / "data")
    for route in (root / "routes").iterdir():
        route.unlink()
    publish_site(root, tmp_path / "empty")
    (root / "routes").rmdir()
    publish_site(root, tmp_path / "absent")
    for name in ("empty", "absent"):
        files = tree(tmp_path / name / "site")
        assert not [path for path in files if "route" in path and not path.startswith("schema/")]
        # Editors' pages tell how to write one, those of the data what is told of one.
        seen = [path for path in files if path.endswith(".html") and not path.startswith(("editors/", "data/"))]
        assert "路线".encode() not in b"".join(files[path] for path in seen)
        assert b"routes" not in files["sitemap.xml"]
