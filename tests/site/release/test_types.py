"""The release says everything the model knows, under names and types that stay."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import haitang
from haitang.model.field_specs import MODELS, FieldSpec, entry_spec, settings_spec, with_parts
from haitang.model.paths import EntryKind
from haitang.site.exports.release import v1
from haitang.site.exports.release.converted import WITHHELD, tells
from tests.worlds import PROJECT

LIST = Path(__file__).parent / "v1.tsv"
RECORDS = dict(zip(("position", "brand", "route", "chapter"), v1.ENTRIES.values(), strict=True))


def published(record: v1.Record, path: str) -> Iterator[str]:
    """The paths of all fields of the model that a record tells, those of the records in it too."""
    for field in record.fields:
        told = f"{path}.{tells(record, field)}"
        yield told
        yield told.rpartition(".")[0]
        if field.record:
            yield from published(field.record, told)


def specs() -> Iterator[FieldSpec]:
    for kind in MODELS:
        yield from entry_spec(kind).all
    for field in settings_spec():
        yield from with_parts(field)


def told_of(path: str) -> bool:
    """Whether it is withheld, with all that is in it, for a reason that is written down."""
    parts = path.split(".")
    for withheld in WITHHELD:
        wanted = withheld.split(".")
        if len(parts) >= len(wanted) and all(a in (b, "*") for a, b in zip(wanted, parts, strict=False)):
            return True
    return False


def model_paths() -> Iterator[str]:
    for kind in MODELS:
        yield from (f"{kind}.{field.path}" for field in entry_spec(kind).all)
    for field in settings_spec():
        yield from (f"settings.{part.path}" for part in with_parts(field))


def test_no_field_of_the_model_is_forgotten() -> None:
    known = {path for kind, record in RECORDS.items() for path in published(record, kind)}
    known |= set(published(v1.DIRECTORY, "settings"))
    missing = [path for path in model_paths() if path not in known and not told_of(path)]
    assert missing == [], "publish it in exports/release/v1.py, or say in converted.WITHHELD why not"


def test_what_is_withheld_is_there_and_is_withheld() -> None:
    paths = set(model_paths())
    for withheld, reason in WITHHELD.items():
        assert len(reason) > 10
        assert any(told_of(path) and path.startswith(withheld.partition("*")[0]) for path in paths), withheld
    known = set(published(v1.DIRECTORY, "settings"))
    assert not [path for path in known if told_of(path)]


def test_v1_loses_no_field_and_changes_no_type() -> None:
    """The promise of data/index.html. The list may only grow: lines are added to it by hand, none is taken out or changed."""
    kept, made = LIST.read_text("utf-8").splitlines(), v1.listed()
    assert kept == sorted(set(kept))
    assert [line for line in kept if line not in made] == [], "v1 has promised it"
    assert [line for line in made if line not in kept] == [], "new: add these lines to tests/site/release/v1.tsv"


def test_choices_of_the_model_are_choices_of_the_release() -> None:
    choices = {spec.path: {value for value, _ in spec.choices} for spec in entry_spec("position").all if spec.kind == "choice"}
    for name, path in (("status", "status"), ("precision", "location.precision"), ("given_crs", "location.crs")):
        field = next(field for field in v1.POSITION.fields if field.name == name)
        assert set(field.choices) == choices[path], name
    more: tuple[tuple[v1.Record, EntryKind, str], ...] = ((v1.GOAL, "brand", "goals.status"), (v1.ROUTE, "route", "mode"))
    for record, kind, name in more:
        field = next(field for field in record.fields if field.name == name.rpartition(".")[2])
        assert set(field.choices) == {value for value, _ in entry_spec(kind).field(name).choices}


def test_names_are_the_same_in_all_records() -> None:
    """One name never means two types, but for what a record of its own tells apart."""
    assert set(get_args(v1.Kind)) >= {field.kind for record in v1.all_records() for field in record.fields}
    names = [record.name for record in v1.all_records()]
    assert len(set(names)) == len(names)


def test_the_version_is_that_of_the_project() -> None:
    assert tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == haitang.VERSION
