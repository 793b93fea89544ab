"""What the browser's scripts are given: columns with one row a position, and every word they ask for."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from haitang.checks.load import load
from haitang.model.messages import site_words
from haitang.site.exports import browser_places, browser_words
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site

PROJECT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parents[1] / "golden" / "world"
SOURCES = PROJECT / "frontend" / "src"


def golden_site() -> Site:
    return Site(load(GOLDEN, today=date(2026, 11, 23)), Templates(site_words(LANGUAGE)))


def published(name: str, in_hall: bool = False) -> Any:
    """The data a script of the golden world puts down."""
    site = golden_site()
    words = [browser_words.in_hall(site)] if in_hall else browser_words.build(site)
    files = {file.path: file.content.decode() for file in (*browser_places.build(site), *words)}
    match = re.fullmatch(r"\(window\.HAITANG=window\.HAITANG\|\|\{\}\)\.\w+=(.*?);\n?(?:\(.*)?", files[name], re.DOTALL)
    assert match, files[name][:80]
    return json.loads(match[1])


def test_points_have_one_row_a_position_in_their_order() -> None:
    """The packed columns of places and facts are held against the directory in frontend/tests/data/columns.test.ts."""
    directory = load(GOLDEN, today=date(2026, 11, 23))
    points = published("data/points.js")
    assert {len(points[name]) for name in ("lon", "lat", "precise")} == {len(directory.positions)}
    for row, position in enumerate(directory.positions):
        spot = directory.spot(position)
        assert (points["lon"][row] is None) == (spot is None)
        if spot:
            assert points["lon"][row] == pytest.approx(spot.lon, abs=1e-6)
            assert points["precise"][row] == int(spot.precision != "town")


def keys(tree: Any, path: str = "") -> set[str]:
    if not isinstance(tree, dict):
        return {path}
    return {key for name, value in tree.items() for key in keys(value, f"{path}.{name}".strip("."))}


def code(in_hall: bool) -> str:
    """Of the pages' scripts; `in_hall`: and of the screens in halls."""
    own = {SOURCES / "kiosk", SOURCES / "launcher"}
    return "\n".join(path.read_text("utf-8") for path in SOURCES.rglob("*.ts") if in_hall or not own & set(path.parents))


@pytest.mark.parametrize("in_hall", [False, True], ids=["site", "hall"])
def test_every_word_asked_for_is_there_and_none_is_left_over(in_hall: bool) -> None:
    there = keys(published("assets/words.js", in_hall))
    asked = set(re.findall(r'\bsay(?:List)?\(\s*"([\w.]+)"', code(in_hall)))
    assert asked - there == set()
    # A key may also be kept in a name first; it still stands in quotes somewhere.
    quoted = set(re.findall(r'"([\w.]+)"', code(in_hall)))
    assert {key for key in there - asked if key not in quoted and key.partition(".")[2] not in quoted} == set()


def test_the_offline_page_brings_the_words_that_its_script_says() -> None:
    said = (SOURCES / "kept" / "said.ts").read_text("utf-8")
    assert set(re.findall(r"^  (\w+): string;", said, re.MULTILINE)) == set(site_words(LANGUAGE)["offline"]["said"])


def test_the_staffs_sheet_brings_the_words_that_its_scripts_say() -> None:
    said = (SOURCES / "kiosk" / "staff" / "said.ts").read_text("utf-8")
    words = site_words(LANGUAGE)["kiosk"]["staff"]["said"]
    assert set(re.findall(r"^  (\w+): ", said, re.MULTILINE)) == set(words)
    news = (SOURCES / "launcher" / "staff-news.ts").read_text("utf-8")
    (happened,) = re.findall(r"HAPPENED = \[(.*)\] as const", news)
    assert set(re.findall(r'"(\w+)"', happened)) == set(words["happened"])
    protocol = (SOURCES / "launcher" / "protocol.ts").read_text("utf-8")
    for name, said_of in (("OUTCOMES", "found"), ("ERRANDS", "asking")):
        (names,) = re.findall(rf"{name} = \[(.*)\] as const", protocol)
        assert set(re.findall(r'"(\w+)"', names)) == set(words[said_of])
