"""The description of the model that all doors share: it agrees with the model, and every field is explained with an example
the model itself takes."""

import re
from typing import Any

import pytest
from pydantic import BaseModel

from haitang.editors.excel.layout import sheets_in
from haitang.model.cures.model_types import field_type
from haitang.model.field_specs import MODELS, FieldSpec, entry_spec, settings_spec
from haitang.model.messages import code_words, field_words
from haitang.model.paths import EntryKind
from haitang.model.validation import read
from haitang.source.parser import Fields, parse

KINDS: tuple[EntryKind, ...] = tuple(MODELS)
SPECS = [(kind, field) for kind in KINDS for field in entry_spec(kind).all]


def named(value: tuple[str, FieldSpec]) -> str:
    return f"{value[0]}.{value[1].path}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_model_is_described_in_its_order(kind: EntryKind) -> None:
    def paths(model: Any, above: str) -> list[str]:
        found = []
        for name in model.model_fields:
            found.append(above + name)
            inner = field_type(model, (name,))
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found += paths(inner, f"{above}{name}.")
        return found

    assert [field.path for field in entry_spec(kind).all] == paths(MODELS[kind], "")


@pytest.mark.parametrize("at", SPECS, ids=named)
def test_every_field_has_a_label_a_hint_and_an_example(at: tuple[EntryKind, FieldSpec]) -> None:
    _, field = at
    assert field.label and field.label != field.name
    assert field.hint
    holds = field.item.kind if field.item else field.kind
    assert bool(field.example) == (holds != "fields")


@pytest.mark.parametrize("at", [at for at in SPECS if at[1].example and "." not in at[1].path], ids=named)
def test_examples_are_what_the_model_takes(at: tuple[EntryKind, FieldSpec]) -> None:
    kind, field = at
    written = f"['{field.example}']" if field.kind == "list" else f"'{field.example}'"
    tree = parse(f"{field.name}: {written}\n", "x.yml")
    assert isinstance(tree, Fields)
    found = read(MODELS[kind], tree, "x.yml")
    assert not isinstance(found, list) or {problem.code for problem in found} == {"missing-field"}


def test_what_kinds_limits_and_references_are_read_off_the_model() -> None:
    position = entry_spec("position")
    assert position.field("name").longest == 60
    assert position.field("name").required
    assert position.field("services").vocabulary == "services"
    assert position.field("services").most == 40
    assert position.field("brands").relation == "brand"
    assert position.field("photos").is_table
    assert not position.field("aliases").is_table
    assert (position.field("tier").kind, position.field("tier").relation) == ("id", "tier")
    area = position.field("area_m2")
    assert (area.kind, area.low, area.above, area.high) == ("number", 0.0, True, 1_000_000.0)
    assert entry_spec("route").field("stops").least == 2
    assert entry_spec("brand").field("goals.status").choices[1] == ("running", "进行中")
    assert [field.name for field in settings_spec()][:3] == ["title", "title_en", "subtitle"]


def test_what_is_written_in_english_mirrors_the_chinese() -> None:
    """Every field and every word of a workbook has its own; nothing of it is Chinese, and no column is called as another."""
    chinese, english = field_words(), field_words("en")
    for group in ("kinds", "any", "position", "brand", "route", "chapter"):
        assert list(english[group]) == list(chinese[group]), group
        for name, texts in english[group].items():
            if isinstance(texts, dict):
                assert texts.keys() == chinese[group][name].keys(), name
    own = {"titles", "lists", "headings"}  # of columns and sheets, where Chinese has the labels of the fields
    assert [key for key in english["workbook"] if key not in own] == list(chinese["workbook"])
    assert list(english["workbook"]["guide"]) == list(chinese["workbook"]["guide"])
    assert list(code_words("en")) == list(code_words())
    assert not re.search("[\u2e80-\u9fff\uff00-\uffef]", str(english) + str(code_words("en")))
    for sheet in sheets_in("en"):
        assert len({column.label for column in sheet.columns}) == len(sheet.columns)
    assert len({sheet.title for sheet in sheets_in("en")}) == len(sheets_in("zh-CN"))
