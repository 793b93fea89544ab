"""Entries in another language: said field by field when somebody asks, and the same as if all had been said at once."""

import pickle
from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Any

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.model.entries import Action, Activity, Brand, Entry, Figure, Position, Result, Route, Showing, Source, Space
from haitang.model.messages import traditional
from haitang.model.settings import Denominator, Settings, Term, Town
from haitang.site.languages import retold
from haitang.site.languages.chinese import in_traditional
from haitang.site.languages.english import in_english
from haitang.site.languages.entry_texts import Kind, Retelling, kind_of
from tests.worlds import WORLD

LANGUAGES: dict[str, Callable[[Directory], Directory]] = {
    "zh-TW": lambda directory: in_traditional(directory, traditional()),
    "en": in_english,
}


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load(WORLD, today=date(2026, 3, 4))


@pytest.mark.parametrize(
    ("model", "field", "kind"),
    [
        (Position, "name", "name"), (Position, "short_name", "name"), (Position, "community", "name"), (Town, "name", "name"),
        (Position, "services", "term"), (Position, "site_kind", "term"), (Showing, "terms", "term"),
        (Position, "hours", "time"), (Activity, "when", "time"), (Position, "phone", "phone"), (Position, "story", "prose"),
        (Position, "address", "prose"), (Space, "name", "prose"), (Activity, "name", "prose"), (Source, "title", "prose"),
        (Figure, "unit", "unit"), (Denominator, "unit", "unit"), (Result, "unit", "prose"), (Term, "group", "name"),
        (Settings, "title", "name"), (Position, "id", None), (Position, "town", None), (Position, "location", None),
        (Position, "status", None), (Position, "opened", None), (Action, "photo", None), (Source, "url", None),
    ],
)  # fmt: skip
def test_the_kinds_of_fields(model: type[Entry], field: str, kind: Kind | None) -> None:
    assert kind_of(model, field) == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_said_bit_by_bit_is_the_one_said_at_once(
    directory: Directory, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    retellings, teller = list[Retelling](), retold.Teller

    def noted(retelling: Retelling) -> retold.Teller:
        retellings.append(retelling)
        return teller(retelling)

    monkeypatch.setattr(retold, "Teller", noted)
    said = LANGUAGES[language](directory)
    for kind in ("positions", "brands", "chapters", "routes"):
        for first, other in zip(getattr(directory, kind), getattr(said, kind), strict=True):
            at_once = retellings[0].of(first)
            assert {name: getattr(other, name) for name in type(first).model_fields} == at_once.__dict__
            assert isinstance(other, type(first)) and other.__class__ is first.__class__
            assert other == at_once and hash(other) == hash(at_once)
            assert copy(other) == pickle.loads(pickle.dumps(other)) == at_once
            assert other.model_fields_set == first.model_fields_set
    assert any(other.name != first.name for first, other in zip(directory.positions, said.positions, strict=True))


def test_large_fields_are_said_again_once_many_others_were_asked(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retold, "_MOST", 2)
    positions = in_english(directory).positions
    told = [[(each.hours, each.name, each.story) for each in positions] for _ in range(2)]
    assert told[0] == told[1]


def test_what_no_text_decides_is_that_of_the_first_language(directory: Directory) -> None:
    said = in_english(directory)
    for first, other in zip(directory.positions, said.positions, strict=True):
        assert said.spot(other) is directory.spot(first)
        assert [(each.id, metres) for each, metres in said.nearby(other)] == [
            (each.id, metres) for each, metres in directory.nearby(first)
        ]
        assert [each.id for each in said.children(other.id)] == [each.id for each in directory.children(first.id)]
        assert all(each is said.position[each.id] for each, _ in said.nearby(other))
        facts: list[Any] = [(each.filled, each.pictures, each.has_times, each.newest_source) for each in (first, other)]
        assert facts[0] == facts[1]
    assert said.base is directory.base


def test_a_brand_and_a_route_keep_what_leads_to_others(directory: Directory) -> None:
    said = in_english(directory)
    brands: list[Brand] = list(said.brands)
    routes: list[Route] = list(said.routes)
    assert [each.id for each in brands] == [each.id for each in directory.brands]
    assert [[stop.position for stop in each.stops] for each in routes] == [
        [stop.position for stop in each.stops] for each in directory.routes
    ]
