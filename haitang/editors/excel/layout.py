"""Which sheets and columns a workbook has, and an entry as rows of them.

The rule: sheets and columns are made from `fields` and nothing else, and nothing here knows a file format. A sheet for each
kind of entry, one line an entry; a sheet for each of its lists of fields, one line an item, led by the entry's id and name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from haitang.core.problems import Problem, Value
from haitang.editors.entry_files import StoredEntry, stored_entries
from haitang.model.field_specs import EntrySpec, FieldSpec, entry_spec
from haitang.model.messages import Words, field_words, made_of_words, words
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


def phrase(key: str, **values: Value) -> str:
    """Words that stand in a workbook: Chinese, whatever language the terminal speaks."""
    return _words().sentence("workbook", key, **values)


@made_of_words
def _words() -> Words:
    return Words("zh-CN", {"terms": words("zh-CN").tree["terms"], "workbook": field_words()["workbook"]})


@made_of_words
def sheets() -> tuple[Sheet, ...]:
    """All sheets, in the order of a workbook."""
    return tuple(sheet for kind in KINDS for sheet in _sheets_of(entry_spec(kind)))


def otherwise(name: str) -> Iterator[str]:
    """A sheet's title or a column's label as other directories, and this one before it had its own word, call it."""
    own = entry_spec("position").label
    yield from (
        name.replace(own, noun) for noun in str(field_words()["own_sheet"]["nouns"]).split() if own in name and noun != own
    )


def titled(title: str) -> tuple[Sheet, ...]:
    """The sheets that a title, by what it is called here or elsewhere, says it is."""
    written = title.strip()
    return tuple(sheet for sheet in sheets() if sheet.title == written) or tuple(
        sheet for sheet in sheets() if written in otherwise(sheet.title)
    )


def sheet_of(kind: EntryKind, field: str = "") -> Sheet:
    """The sheet of a kind, or of one of its lists."""
    return next(sheet for sheet in sheets() if (sheet.kind, sheet.field) == (kind, field))


def stored(root: Path) -> tuple[list[StoredEntry], list[Problem]]:
    """The entries of KINDS, where they ought to lie, and what is wrong with the files that cannot be read."""
    entries = [entry for entry in stored_entries(root, KINDS) if entry.file.count("/") == 1 + (entry.kind == "position")]
    return [entry for entry in entries if not entry.problems], [problem for entry in entries for problem in entry.problems]


def _sheets_of(spec: EntrySpec) -> Iterator[Sheet]:
    yield Sheet(spec.label, spec.kind, "", tuple(column for field in spec.fields for column in _columns_of(field)))
    for field in spec.fields:
        if field.item and field.is_table:
            title = field.label if spec.kind == KINDS[0] else spec.label + field.label
            key = Column("of.id", phrase("id_of", kind=spec.label), spec.field("id"), "id", True)
            name = Column("of.name", phrase("name_of", kind=spec.label), spec.field("name"), "name")
            parts = tuple(Column(part.name, part.label, part, "value", part.required) for part in field.item.parts)
            yield Sheet(title, spec.kind, field.name, (key, name, *parts))


def _columns_of(field: FieldSpec) -> Iterator[Column]:
    """The columns of a field in the sheet of its kind: one for each part; a list of fields has its own sheet."""
    if field.kind != "fields" and not field.is_table:
        role: Role = "id" if field.name == "id" else "name" if field.name == "name" else "value"
        yield Column(field.name, field.label, field, role, field.required)
    for part in field.parts:
        yield Column(f"{field.name}.{part.name}", f"{field.label}·{part.label}", part)


@made_of_words
def source_columns(sheet: Sheet) -> tuple[Column, ...]:
    """The columns in which a sheet of entries may name the source of each line; an exported one has a sheet for them."""
    field = next((field for field in entry_spec(sheet.kind).fields if field.name == "sources"), None)
    if sheet.field or field is None or field.item is None:
        return ()
    return tuple(Column(f"source.{part.name}", f"{field.label}·{part.label}", part, "source") for part in field.item.parts)


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
