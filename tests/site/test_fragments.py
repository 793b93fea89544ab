"""Parts of large files that are kept: what is kept is what would be made, whoever harmed the note."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.model.messages import site_words
from haitang.site.edition.fragments import fragments
from haitang.site.edition.recipe import Keys, Recipe
from haitang.site.page import File
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.worlds import PROJECT, WORLD


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(site_words(LANGUAGE), tmp_path_factory.mktemp("templates"), PROJECT / "templates")


@pytest.fixture
def site(templates: Templates, tmp_path: Path) -> Site:
    directory = replace(load(WORLD, today=date(2026, 1, 2)), notes=tmp_path / "neighbours")
    return Site(directory, templates, made_by="this program")


def told(site: Site, made: list[int], *marks: bytes, of: str = "") -> list[str]:
    def make(at: int) -> str:
        made.append(at)
        return f"{marks[at].decode()}{at}"

    found = fragments(site, "letters", marks, make, (of,))
    for note in site.notes:  # as whoever builds does once nobody wrote meanwhile
        note()
    site.notes.clear()
    return found


@pytest.fixture
def made() -> list[int]:
    return []


def test_only_what_is_new_is_made(site: Site, made: list[int]) -> None:
    assert told(site, made, b"a", b"b") == ["a0", "b1"]
    assert told(site, made, b"c", b"a", b"b") == ["c0", "a0", "b1"]
    assert made == [0, 1, 0]


def test_nothing_is_kept_for_others(site: Site, made: list[int]) -> None:
    told(site, made, b"a")
    told(site, made, b"a", of="names")
    told(replace(site, made_by="another program"), made, b"a")
    assert made == [0, 0, 0]
    told(replace(site, made_by=""), made, b"a")
    told(replace(site, made_by=""), made, b"a")
    assert made == [0] * 5


@pytest.mark.parametrize(
    "harm", [lambda _: b"", lambda whole: whole[:-1], lambda whole: whole[:-1] + b"x", lambda whole: whole * 2]
)
def test_a_damaged_note_costs_time_alone(site: Site, made: list[int], harm: Callable[[bytes], bytes], tmp_path: Path) -> None:
    told(site, made, b"a", b"b")
    (note,) = (path for path in tmp_path.rglob("*") if path.is_file())
    note.write_bytes(harm(note.read_bytes()))
    assert told(site, made, b"a", b"b") == ["a0", "b1"]
    assert made == [0, 1, 0, 1]


def test_a_recipe_of_more_than_plain_values_is_refused(templates: Templates) -> None:
    keys = Keys("00" * 32, "", templates)
    file = File("a", b"")
    same = [Recipe("a", ("x" * 2, (1, None, b"y")), lambda: file), Recipe("a", ("".join("xx"), (1, None, b"y")), lambda: file)]
    assert keys.of(same[0]) == keys.of(same[1]) != keys.of(replace(same[0], path="b"))
    with pytest.raises(ValueError, match="unmarshallable"):
        keys.of(Recipe("a", (file,), lambda: file))
