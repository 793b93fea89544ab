"""The three systems of Chinese maps, against known pairs and known sizes of their shifts."""

from math import inf, nan
from random import Random

import pytest

from haitang.geo.coordinates import Box, Coordinate, Crs, distance_m

KUNSHAN = Box(120.8058, 31.1094, 121.1511, 31.5433)
SYSTEMS: tuple[Crs, ...] = ("wgs84", "gcj02", "bd09")


def points(count: int = 200) -> list[Coordinate]:
    random = Random(20181130)
    return [
        Coordinate(random.uniform(KUNSHAN.west, KUNSHAN.east), random.uniform(KUNSHAN.south, KUNSHAN.north))
        for _ in range(count)
    ]


def metres(a: Coordinate, b: Coordinate) -> float:
    """Between two pairs of numbers, whatever their systems say."""
    return distance_m(Coordinate(a.lon, a.lat), Coordinate(b.lon, b.lat))


# From the README of the widely used coordtransform package. Its way back is a first approximation, so only to 0.1 m.
@pytest.mark.parametrize(
    ("given", "there", "within"),
    [
        (Coordinate(116.404, 39.915, "gcj02"), Coordinate(116.41036949371029, 39.92133699351022, "bd09"), 0.001),
        (Coordinate(116.404, 39.915, "wgs84"), Coordinate(116.41024449916938, 39.91640428150164, "gcj02"), 0.001),
        (Coordinate(116.404, 39.915, "bd09"), Coordinate(116.39762729119315, 39.90865673957631, "gcj02"), 0.1),
        (Coordinate(116.404, 39.915, "gcj02"), Coordinate(116.39775550083061, 39.91359571849836, "wgs84"), 0.1),
    ],
)
def test_published_pairs(given: Coordinate, there: Coordinate, within: float) -> None:
    assert metres(given.to(there.crs), there) < within


def test_the_shift_of_gcj02_in_kunshan() -> None:
    shifts = [metres(point, point.to("gcj02")) for point in points()]
    assert min(shifts) > 455
    assert max(shifts) < 495


def test_the_shift_from_gcj02_to_bd09() -> None:
    shifts = [metres(point.to("gcj02"), point.to("bd09")) for point in points()]
    assert 880 < min(shifts) <= max(shifts) < 940


@pytest.mark.parametrize("source", SYSTEMS)
@pytest.mark.parametrize("target", SYSTEMS)
def test_there_and_back_is_the_same_place(source: Crs, target: Crs) -> None:
    for point in points():
        start = point.to(source)
        back = start.to(target).to(source)
        assert metres(start, back) < 0.001
        assert back.crs == source


def test_through_the_third_system_is_no_detour() -> None:
    for point in points(50):
        assert metres(point.to("bd09"), point.to("gcj02").to("bd09")) < 0.001


@pytest.mark.parametrize("place", [(2.2945, 48.8584), (-74.0, 40.7), (139.7, 35.7), (0, 0), (180, 90), (-180, -90), (90, 90)])
@pytest.mark.parametrize("source", SYSTEMS)
@pytest.mark.parametrize("target", SYSTEMS)
def test_outside_china_the_three_are_one(place: tuple[float, float], source: Crs, target: Crs) -> None:
    there = Coordinate(*place, source).to(target)
    assert (there.lon, there.lat, there.crs) == (*place, target)


def test_every_place_on_earth_can_be_asked_for() -> None:
    for lon in range(-180, 181, 5):
        for lat in range(-90, 91, 5):
            for source in SYSTEMS:
                for target in SYSTEMS:
                    assert Coordinate(lon, lat, source).to(target).crs == target


@pytest.mark.parametrize(
    "pair", [(181, 0), (-181, 0), (0, 91), (0, -91), (31.3, 121.0), (nan, 31), (121, nan), (inf, 0), (0, -inf)]
)
def test_no_place_on_earth(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="not a place on earth"):
        Coordinate(*pair)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (Coordinate(0, 0), Coordinate(0, 1), 111_195),  # a degree on the mean sphere: 6 371 008.8 m · π / 180
        (Coordinate(0, 0), Coordinate(1, 0), 111_195),
        (Coordinate(0, 60), Coordinate(1, 60), 55_597),  # half of it at 60°, less the bulge of the great circle
        (Coordinate(0, 0), Coordinate(180, 0), 20_015_115),
        (Coordinate(121, 31), Coordinate(121, 31), 0),
    ],
)
def test_distances(a: Coordinate, b: Coordinate, expected: float) -> None:
    assert distance_m(a, b) == pytest.approx(expected, abs=3)
    assert distance_m(a, b) == distance_m(b, a)


def test_a_box_holds_its_edges() -> None:
    assert KUNSHAN.holds(KUNSHAN.west, KUNSHAN.south)
    assert KUNSHAN.holds(KUNSHAN.east, KUNSHAN.north)
    assert not KUNSHAN.holds(31.3, 121.0)
    assert not KUNSHAN.holds(KUNSHAN.east + 1e-6, 31.3)
