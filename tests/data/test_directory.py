"""Questions about the data: who is near, where a place is drawn, and names offered as ids."""

import random
import shutil
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest

from haitang.checks.load import load
from haitang.core.problems import InvalidDirectory, Problem
from haitang.data import neighbours as neighbours_module
from haitang.data.directory import Directory
from haitang.data.neighbours import neighbours
from haitang.geo.coordinates import Coordinate, distance_m
from haitang.media.images import MOST_BYTES
from haitang.model.entries import Location, Position
from haitang.model.messages import words
from tests.worlds import WORLD, position


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load(WORLD, today=date(2026, 1, 2))


def scattered(count: int, seed: int) -> list[Position]:
    chooser = random.Random(seed)
    places = []
    for number in range(count):
        # Half of them in one street, some on the very same spot.
        spread = 0.3 if number % 2 else 0.001
        lon, lat = 120.9 + chooser.random() * spread, 31.2 + chooser.random() * spread
        if number % 17 == 0:
            lon, lat = 121.0, 31.3
        location = Location(lon=lon, lat=lat, crs="wgs84", precision="exact")
        places.append(Position(id=f"p{number}", name=f"样例{number}", town="t", location=location))
    return places


@pytest.mark.parametrize("count", [1, 2, 5, 6, 60, 400])
def test_the_nearest_are_the_nearest(count: int) -> None:
    """Against looking at every pair."""
    places = scattered(count, count)
    nearest = neighbours(places, 5)
    points = {place.id: place.location.wgs84 for place in places if place.location}
    for place in places[:40]:
        here = points[place.id]
        expected = sorted(distance_m(here, points[other.id]) for other in places if other is not place)[:5]
        found = [metres for _, metres in nearest[place.id]]
        assert found == pytest.approx(expected, rel=1e-3, abs=0.05)
        assert place.id not in [other for other, _ in nearest[place.id]]


def test_neighbours_are_kept_until_a_place_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = scattered(30, 1)
    first = neighbours(places, 5, tmp_path)
    asked, real = Mock(wraps=neighbours_module._found), neighbours_module._found
    monkeypatch.setattr(neighbours_module, "_found", asked)
    assert neighbours(places, 5, tmp_path) == first and not asked.called
    renamed = [place.model_copy(update={"name": "样例改名"}) for place in places]
    assert neighbours(renamed, 5, tmp_path) == first and not asked.called
    moved = [places[0].model_copy(update={"location": places[9].location}), *places[1:]]
    assert neighbours(moved, 5, tmp_path) == real(moved, 5) != first
    for left in (-3, 0):
        neighbours(places, 5, tmp_path)
        for note in tmp_path.iterdir():
            note.write_bytes(note.read_bytes()[:left])
        assert neighbours(places, 5, tmp_path) == first
    assert asked.call_count == 4


def test_places_known_only_to_the_town_have_no_neighbours(directory: Directory) -> None:
    assert directory.nearby(directory.position["qing-shan"]) == []
    assert [other.id for other, _ in directory.nearby(directory.position["he-cheng"])] == ["xiao-qu"]


def test_where_places_are_drawn(directory: Directory) -> None:
    exact = directory.spot(directory.position["he-cheng"])
    assert exact is not None
    assert exact.precision == "exact"
    assert distance_m(Coordinate(exact.lon, exact.lat), Coordinate(121.0101, 31.3032, "gcj02").to("wgs84")) < 0.01
    town = directory.spot(directory.position["qing-shan"])
    assert town is not None
    assert (town.lon, town.lat, town.precision) == (120.9, 31.4, "town")
    assert directory.spot(directory.position["gong-yuan"]) is None


def test_entries_are_in_the_order_of_towns_and_tiers(directory: Directory) -> None:
    assert [place.id for place in directory.positions] == ["he-cheng", "xiao-qu", "qing-shan", "gong-yuan"]
    assert [place.id for place in directory.children("he-cheng")] == ["xiao-qu"]
    assert not directory.town_is_known(directory.position["gong-yuan"])


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("town", "禾城镇", "hecheng"),
        ("town", "青山", "qingshan"),
        ("parent", "禾城镇党群服务中心", "he-cheng"),
        ("brands", "[荷花]", "he-hua"),
    ],
)
def test_a_name_where_an_id_belongs_is_answered_with_the_id(tmp_path: Path, field: str, written: str, meant: str) -> None:
    shutil.copytree(WORLD, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "positions" / "hecheng" / "new.yml"
    file.write_text(position("new", **{field: written}), encoding="utf-8")
    with pytest.raises(InvalidDirectory) as caught:
        load(tmp_path, today=date(2026, 1, 2))
    (problem,) = caught.value.problems
    assert words("zh-CN").problem(problem).endswith(f"是不是想写「{meant}」？")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "photo-missing"),
        (b"<html>", "photo-no-picture"),
        (b"\xff\xd8\xff" + b"0" * MOST_BYTES, "photo-too-large"),
        (b"\xff\xd8\xff\xe0 jpeg", "photo-broken"),
        (b"\x89PNG\r\n\x1a\n png", "photo-broken"),
        (b"RIFF1234WEBPVP8 ", "photo-broken"),
        ((WORLD / "photos" / "he-cheng-1.jpg").read_bytes(), None),
        ((WORLD / "photos" / "he-hua.png").read_bytes(), None),
    ],
)
def test_photos_are_whole_pictures_of_a_decent_size(tmp_path: Path, content: bytes | None, code: str | None) -> None:
    shutil.copytree(WORLD, tmp_path, dirs_exist_ok=True)
    photo = "photos:\n  - file: door.jpg\n    alt: 门口\n    credit: 样例\n    licence: CC BY 4.0\n"
    (tmp_path / "positions" / "hecheng" / "new.yml").write_text(position("new") + photo, encoding="utf-8")
    if content is not None:
        (tmp_path / "photos" / "door.jpg").write_bytes(content)
    problems: tuple[Problem, ...] = ()
    try:
        load(tmp_path, today=date(2026, 1, 2))
    except InvalidDirectory as invalid:
        problems = invalid.problems
    assert [(problem.code, problem.place.line) for problem in problems] == ([(code, 7)] if code else [])
