"""The base beneath maps as files of the site: small tiles that hold what was brought, and a drawn map of few bytes."""

import gzip
import json
import re
from math import cos, pi, sin
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.maps import made_up_layers
from haitang.checks.load import load
from haitang.geo.layers import Drawn, Layer, Shape
from haitang.site.charts.base_paths import MOST, base_paths
from haitang.site.charts.small_map import BAR, HEIGHT, small_map
from haitang.site.exports.shards.browser_layers import MOST_BYTES, files_of
from tests.worlds import TODAY, WORLD


def data(content: bytes) -> Any:
    return json.loads(content[content.index(b"=", content.index(b"{}")) + 1 :].rstrip(b";\n"))


def numbers(packed: str) -> list[int]:
    found, at = [], 0
    while at < len(packed):
        more = {"y": 2, "z": 4}.get(packed[at], 0)
        found.append(int(packed[at + 1 : at + 1 + more] if more else packed[at], 36))
        at += 1 + more
    return found


def points(tile: Any, layer: Any) -> list[list[tuple[float, float]]]:
    steps = iter(numbers(layer["steps"]))
    x = y = 0
    lines = []
    for count in numbers(layer["count"]):
        line = []
        for _ in range(count):
            x, y = x + signed(next(steps)), y + signed(next(steps))
            line.append((tile["west"] + x * tile["step"], tile["south"] + y * tile["step"]))
        lines.append(line)
    return lines


def signed(number: int) -> int:
    return -(number + 1) // 2 if number % 2 else number // 2


def test_a_tile_holds_what_was_brought_to_the_metre() -> None:
    road = ((120.91, 31.31), (120.95, 31.36), (120.99, 31.31))
    roads, station = Shape("line", (road,), "样例路", 0), Shape("spot", ((road[1],),), "站")
    files = dict(files_of([Layer("roads", (roads,)), Layer("stations", (station,))]))
    assert set(files) == {"data/base.js", "data/base/all.js", "data/base/3009-1213.js"}
    tile = data(files["data/base/3009-1213.js"])
    lines, spots = tile["layers"]
    assert (lines["kind"], lines["form"], lines["names"], spots["names"]) == (2, 1, "样例路", "站")
    for line, meant in ((points(tile, lines)[0], road), (points(tile, spots)[0], road[1:2])):
        assert [pytest.approx(point, abs=6e-6) for point in line] == list(meant)
    index = data(files["data/base.js"])
    assert (index["tiles"], index["versions"], index["all"]) == ("3009-1213", tile["v"], data(files["data/base/all.js"])["v"])


def test_no_tile_is_larger_than_a_phone_waits_for() -> None:
    """A city's worth, then far too much on one spot."""
    sizes = {path: len(gzip.compress(content, 6)) for path, content in files_of(made_up_layers())}
    assert 15 < len(sizes) < 60
    assert max(sizes.values()) <= MOST_BYTES
    dice = Random(1)
    tangle = [tuple((120.91 + dice.random() * 0.08, 31.31 + dice.random() * 0.08) for _ in range(60)) for _ in range(700)]
    spots = [Shape("spot", ((line[0],),), f"样例地标{at}") for at, line in enumerate(tangle)]
    much = [Layer("roads", tuple(Shape("line", (line,)) for line in tangle)), Layer("landmarks", tuple(spots))]
    assert max(len(gzip.compress(content, 6)) for _, content in files_of(much)) <= MOST_BYTES


def test_the_same_layers_give_the_same_bytes() -> None:
    layers = made_up_layers()[3:5]
    assert list(files_of(layers)) == list(files_of(layers))


def test_a_drawn_map_takes_few_bytes_whatever_was_brought() -> None:
    dice = Random(1)
    lines = tuple(tuple((dice.random(), dice.random()) for _ in range(100)) for _ in range(200))
    stations = Drawn("stations", "spot", 0, (((0.5, 0.5),), ((9.0, 9.0),)), ("", ""))
    base = [Drawn("roads", "line", 0, lines, ("",) * 200), stations]
    paths = base_paths(base, lambda x, y: (x * 640, y * 640), 640, 640)
    assert sum(len(path) for *_, path in paths) <= MOST
    assert base_paths(base[1:], lambda x, y: (x * 640, y * 640), 640, 640) == (("stations", "spot", "M320 320h0"),)
    square = Drawn("green", "area", 0, (((0, 0), (0.1, 0), (0.1, 0.1), (0, 0)),), ("",))
    assert base_paths([square], lambda x, y: (x * 640, y * 640), 640, 640) == (("green", "area", "M0 0l64 0 0 64-64-64z"),)


def near(*places: tuple[float, float], precision: str = "exact", status: str = "open", layers: object = ()) -> Any:
    """A directory of one place and its neighbours at these metres east and north of it."""
    shrink = cos(31 * pi / 180)
    spots = [SimpleNamespace(lon=121.0, lat=31.0, precision=precision)]
    for east, north in places:
        spots.append(SimpleNamespace(lon=121 + east / 111_195 / shrink, lat=31 + north / 111_195, precision="exact"))
    every = [SimpleNamespace(id=f"p{at}", tier=None, status=status) for at in range(len(spots))]

    class Fake:
        def __init__(self) -> None:
            self.layers = layers

        def look_of(self, _: Any) -> str:
            return "centre"

        def spot(self, one: Any) -> Any:
            return spots[int(one.id[1:])]

        def nearby(self, _: Any) -> Any:
            return [(one, 0.0) for one in every[1:]]

    directory: Any = Fake()
    first: Any = every[0]
    return small_map(directory, first)


def test_neighbours_stand_where_they_are() -> None:
    found = near((400, 0), (0, -200), (-300, 100))
    assert found.bar == 200
    assert [(mark.x, mark.y) for mark in found.marks] == [(90, 50), (50, 84), (20, 34)]
    assert found.middle[:2] == (121.0, 31.0)
    assert found.middle[2] * 111_195 * cos(31 * pi / 180) == pytest.approx(found.bar * 100 / BAR, abs=1.5)


@pytest.mark.parametrize("places", [[(0, 0)] * 5, [(1, 1)] * 5, [(5000, 5000), *[(3, 0)] * 4], [(at, 0) for at in range(5)]])
def test_marks_can_each_be_tapped(places: list[tuple[float, float]]) -> None:
    found = [(mark.x, mark.y * HEIGHT) for mark in near(*places).marks] + [(50, 50 * HEIGHT)]
    gaps = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for at, a in enumerate(found) for b in found[:at]]
    assert min(gaps) > 7.0  # hundredths of the width: 24 px on the smallest phone
    assert all(8 <= x <= 92 and 6 <= y <= 54 for x, y in found)


def test_nothing_is_claimed_that_nobody_knows() -> None:
    assert near((100, 0), precision="town") is None
    assert near((100, 0), status="closed") is None
    assert near() is None
    assert near(layers=("x",)) is not None


def test_the_world_has_its_layers() -> None:
    directory = load(WORLD, today=TODAY)
    assert [one.kind for one in directory.layers] == ["green", "water", "roads", "rails", "stations", "landmarks"]
    assert {one.kind for one in directory.base} == {"green", "water", "roads", "rails", "stations", "landmarks"}
    assert directory.settings.map.credits == ("样例制图社 虚构，随意使用",)
    assert len(re.findall("审图号", directory.settings.map.approvals[0])) == 1


def test_a_circle_is_made_coarse() -> None:
    ring = tuple((121 + 0.03 * cos(at * pi / 1000), 31.35 + 0.03 * sin(at * pi / 1000)) for at in range(2000))
    files = dict(files_of([Layer("water", (Shape("area", ((*ring, ring[0]),)),))]))
    (layer,) = data(files["data/base/all.js"])["layers"]
    assert 12 < sum(numbers(layer["count"])) < 100
