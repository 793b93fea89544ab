"""Which sheets and columns a workbook has, and an entry as rows of them.

The rule: sheets and columns are made from `fields` and nothing else, and nothing here knows a file format. A sheet for each
kind of entry, one line an entry; a sheet for each of its lists of fields, one line an item, led by the entry's id and name.
What is written is in one language at a time, what is read may be in any.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from haitang.core.problems import Problem, Value
from haitang.editors.entry_files import StoredEntry, stored_entries
from haitang.model.field_specs import EntrySpec, FieldSpec, entry_spec
from haitang.model.messages import LANGUAGES, Words, field_words, made_of_words, words
from haitang.model.paths import EntryKind

# Chapters are prose about the system itself, not something a street or a village fills in.
KINDS: tuple[EntryKind, ...] = ("position", "brand", "route")
Role = Literal["id", "name", "value", "source"]
Row = Mapping[str, Any]  # a column's path → a plain value


@dataclass(frozen=True, slots=True)
class Column:
    """`path` is where the value stands in the entry, or in an item of the list; a list's first columns say whose item it is."""

    path: str
    label: str
    spec: FieldSpec
    role: Role = "value"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`field` is the list its lines are items of, empty where a line is an entry."""

    title: str
    kind: EntryKind
    field: str
    columns: tuple[Column, ...]

    @property
    def values(self) -> tuple[Column, ...]:
        """The columns that hold the entry's, or the item's, own values."""
        return tuple(column for column in self.columns if column.role == "value") if self.field else self.columns


class _Spoken:
    language = LANGUAGES[0]


@contextmanager
def written_in(language: str) -> Iterator[None]:
    """Within, workbooks and their columns are called in a language of LANGUAGES; otherwise in Chinese."""
    before, _Spoken.language = _Spoken.language, language
    try:
        yield
    finally:
        _Spoken.language = before


def language() -> str:
    """The language that workbooks are written in now."""
    return _Spoken.language


def phrase(key: str, /, **values: Value) -> str:
    """Words that stand in a workbook."""
    return _words(_Spoken.language).sentence("workbook", key, **values)


def phrases(key: str) -> frozenset[str]:
    """The same words in every language that a workbook may be in."""
    return frozenset(_words(each).sentence("workbook", key) for each in LANGUAGES)


@made_of_words
def _words(language: str) -> Words:
    return Words(language, {"terms": words(language).tree["terms"], "workbook": field_words(language)["workbook"]})


def sheets() -> tuple[Sheet, ...]:
    """All sheets, in the order of a workbook."""
    return sheets_in(_Spoken.language)


@made_of_words
def sheets_in(language: str) -> tuple[Sheet, ...]:
    """All sheets as a language of LANGUAGES calls them, the same ones in each."""
    return tuple(sheet for kind in KINDS for sheet in _sheets_of(entry_spec(kind, language), language))


@made_of_words
def in_any_language(language: str) -> Mapping[tuple[EntryKind, str], tuple[Sheet, ...]]:
    """Each sheet by its kind and list as every language calls it, `language` first."""
    spoken = (language, *(each for each in LANGUAGES if each != language))
    made = [sheets_in(each) for each in spoken]
    return {(first.kind, first.field): (first, *others) for first, *others in zip(*made, strict=True)}


def otherwise(name: str) -> Iterator[str]:
    """A sheet's title or a column's label as other directories, and this one before it had its own word, call it."""
    own = entry_spec("position").label
    yield from (
        name.replace(own, noun) for noun in str(field_words()["own_sheet"]["nouns"]).split() if own in name and noun != own
    )


def titled(title: str) -> tuple[Sheet, ...]:
    """The sheets that a title, by what it is called here or elsewhere, says it is."""
    written, alike = title.strip(), in_any_language(_Spoken.language)
    return tuple(same[0] for same in alike.values() if any(sheet.title == written for sheet in same)) or tuple(
        same[0] for same in alike.values() if any(written in otherwise(sheet.title) for sheet in same)
    )


def sheet_of(kind: EntryKind, field: str = "") -> Sheet:
    """The sheet of a kind, or of one of its lists."""
    return next(sheet for sheet in sheets() if (sheet.kind, sheet.field) == (kind, field))


def stored(root: Path) -> tuple[list[StoredEntry], list[Problem]]:
    """The entries of KINDS, where they ought to lie, and what is wrong with the files that cannot be read."""
    entries = [entry for entry in stored_entries(root, KINDS) if entry.file.count("/") == 1 + (entry.kind == "position")]
    return [entry for entry in entries if not entry.problems], [problem for entry in entries for problem in entry.problems]


def _sheets_of(spec: EntrySpec, language: str) -> Iterator[Sheet]:
    said, own = _words(language), field_words(language)["workbook"]
    title = own.get("titles", {}).get(spec.kind, spec.label)
    yield Sheet(title, spec.kind, "", tuple(column for field in spec.fields for column in _columns_of(field, language)))
    for field in spec.fields:
        if field.item and field.is_table:
            label = own.get("lists", {}).get(field.name, field.label)
            kind = spec.label[:1].upper() + spec.label[1:]
            blank = " " if kind.isascii() else ""
            title = label if spec.kind == KINDS[0] else f"{kind}{blank}{label.lower() if blank else label}"
            key = Column("of.id", said.sentence("workbook", "id_of", kind=kind), spec.field("id"), "id", True)
            name = Column("of.name", said.sentence("workbook", "name_of", kind=kind), spec.field("name"), "name")
            parts = (
                Column(part.name, _heading(part.name, part.label, own), part, "value", part.required)
                for part in field.item.parts
            )
            yield Sheet(title, spec.kind, field.name, (key, name, *parts))


def _heading(path: str, label: str, own: Mapping[str, Any]) -> str:
    """What a column is called whose field has a longer name."""
    called = str(own.get("headings", {}).get(path, label))
    return called[:1].upper() + called[1:]


def _columns_of(field: FieldSpec, language: str) -> Iterator[Column]:
    """The columns of a field in the sheet of its kind: one for each part; a list of fields has its own sheet."""
    own = field_words(language)["workbook"]
    if field.kind != "fields" and not field.is_table:
        role: Role = "id" if field.name == "id" else "name" if field.name == "name" else "value"
        yield Column(field.name, _heading(field.name, field.label, own), field, role, field.required)
    for part in field.parts:
        path = f"{field.name}.{part.name}"
        yield Column(path, _heading(path, f"{field.label}·{part.label}", own), part)


def source_columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns in which a sheet of entries may name the source of each line; an exported one has a sheet for them."""
    return () if sheet.field else _source_columns(sheet.kind, _Spoken.language)


@made_of_words
def _source_columns(kind: EntryKind, language: str) -> tuple[Column, ...]:
    field = next((field for field in entry_spec(kind, language).fields if field.name == "sources"), None)
    if field is None or field.item is None:
        return ()
    own, paths = field_words(language)["workbook"], {part.name: f"source.{part.name}" for part in field.item.parts}
    return tuple(
        Column(paths[part.name], _heading(paths[part.name], f"{field.label}·{part.label}", own), part, "source")
        for part in field.item.parts
    )


def rows(sheet: Sheet, entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of one entry in a sheet. What does not have the shape its field wants is left out."""
    if not sheet.field:
        return [{column.path: value for column in sheet.columns if (value := at(entry, column.path)) is not None}]
    return items_of(entry.get(sheet.field))


def items_of(value: Any) -> list[dict[str, Any]]:
    """The items of a list of fields, as far as they have the shape of one."""
    return [dict(item) for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def at(entry: Mapping[str, Any], path: str) -> Any:
    """The value at a column's path, None where there is none."""
    first, _, rest = path.partition(".")
    value = entry.get(first)
    return value.get(rest) if rest and isinstance(value, dict) else None if rest else value


def column_at(sheet: Sheet, path: tuple[str | int, ...]) -> Column:
    """The column a place inside an entry, or inside an item, belongs to; the first one where none does."""
    steps = ".".join(str(step) for step in path)
    fitting = [column for column in sheet.columns if column.path == steps or steps.startswith(f"{column.path}.")]
    inside = [column for column in sheet.columns if column.path.startswith(f"{steps}.")] if steps else []
    return next(iter((*fitting, *inside)), sheet.columns[0])
