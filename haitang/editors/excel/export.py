"""The directory as a workbook: a sheet for each kind and list, how to fill them in, and the words to pick from.

The rule: every cell is the text `cells.shown` makes; nothing of the moment or the machine is in it.
"""

from collections.abc import Sequence
from pathlib import Path

from haitang.core.problems import InvalidDirectory
from haitang.editors.excel.cells import shown
from haitang.editors.excel.layout import KINDS, Column, Sheet, at, guide_lines, rows, sheets, told
from haitang.editors.excel.names import Names
from haitang.editors.excel.stock import Stored, in_order, names, stock
from haitang.editors.excel.workbook_writer import Head, Table, workbook
from haitang.editors.scaffold import settings_of
from haitang.model.field_specs import FieldSpec
from haitang.model.paths import EntryKind
from haitang.model.settings import Settings

_WIDTHS = {"id": 20, "prose": 60, "line": 28, "hours": 34, "when": 30, "list": 24, "number": 10, "yes-no": 10, "choice": 12}


def export(root: Path, town: str | None = None) -> tuple[bytes, dict[EntryKind, int]]:
    """A workbook of all entries, or of a town's positions, and how many there are of each kind. Raises InvalidDirectory."""
    settings = settings_of(root)
    entries, problems = stock(root, KINDS)
    if problems:
        raise InvalidDirectory(problems)
    called = names(settings, entries)
    wanted = in_order((entry for entry in entries if not town or (entry.kind, entry.town) == ("position", town)), settings)
    kinds = [kind for kind in KINDS if not town or kind == "position"]
    lists = _lists(settings, called)
    tables = [_table(sheet, wanted, called, lists) for sheet in sheets() if sheet.kind in kinds]
    content = workbook([guide(kinds), *tables], lists)
    return content, {kind: sum(entry.kind == kind for entry in wanted) for kind in kinds}


def _table(sheet: Sheet, entries: Sequence[Stored], called: Names, lists: Table) -> Table:
    picked = {head.label for head in lists.heads}
    heads = tuple(_head(column, sheet, picked) for column in sheet.columns)
    lines: list[list[str]] = []
    for entry in entries:
        if entry.kind == sheet.kind:
            lines.extend(_line(sheet, entry, row, called) for row in rows(sheet, entry.values))
    return Table(sheet.title, heads, lines)


def _line(sheet: Sheet, entry: Stored, row: dict[str, object], called: Names) -> list[str]:
    if not sheet.field:
        return [shown(column.spec, row.get(column.path), called) for column in sheet.columns]
    own = [shown(column.spec, at(row, column.path), called) for column in sheet.values]
    return [entry.id, entry.name, *own]


def _head(column: Column, sheet: Sheet, picked: set[str]) -> Head:
    list_name = list_of(column.spec)
    single = column.spec.item is None
    return Head(
        column.label,
        note(column, sheet),
        _WIDTHS.get(column.spec.kind, 18),
        column.required,
        column.role == "id" or (column.role == "name" and bool(sheet.field)),
        list_name if single and column.role == "value" and list_name in picked else None,
    )


def list_of(spec: FieldSpec) -> str | None:
    """The name of the list a field's values are picked from."""
    if spec.choices:
        return told("list_goal_status") if spec.path == "goals.status" else spec.label
    if spec.vocabulary:
        return spec.label
    if spec.kind == "yes-no":
        return told("list_yes_no")
    return told(f"list_{spec.relation}") if spec.relation else None


def _lists(settings: Settings, called: Names) -> Table:
    """Every list to pick from, side by side."""
    found: dict[str, list[str]] = {}
    for column in (column for sheet in sheets() for column in sheet.columns):
        spec, name = column.spec, list_of(column.spec)
        if name is None or name in found:
            continue
        if spec.choices:
            found[name] = [label for _, label in spec.choices]
        elif spec.vocabulary:
            found[name] = [term.name for term in getattr(settings.vocabularies, spec.vocabulary)]
        elif spec.relation:
            found[name] = sorted(called[spec.relation].shown.values()) if spec.relation == "position" else list(
                called[spec.relation].shown.values()
            )  # fmt: skip
        else:
            found[name] = ["是", "否"]
    longest = max(map(len, found.values()))
    lines = [[values[at] if at < len(values) else "" for values in found.values()] for at in range(longest)]
    return Table(told("lists"), tuple(Head(name, width=26) for name in found), lines)


def note(column: Column, sheet: Sheet) -> str:
    """The comment on a header: is it needed, how to write it, an example."""
    if sheet.field and column.role == "id":
        return told("note_id_of")
    if sheet.field and column.role == "name":
        return told("note_name_of")
    spec = column.spec
    lines = [told("note_needed")] if _is_needed(column) else []
    lines.append(told("note_id") if column.role == "id" else _hint(spec))
    if spec.example and column.role != "id":
        lines.append(told("note_example", example=_example(spec)))
    if list_of(spec) and spec.item:
        lines.append(told("note_list", name=list_of(spec) or ""))
    return "\n".join(lines)


def _is_needed(column: Column) -> bool:
    """Whether somebody must write it. An id is needed, but who adds a line leaves it empty: the program finds one."""
    return column.required and column.role != "id"


def _hint(spec: FieldSpec) -> str:
    """How to write it; where the cell shows names and not what the file holds, in the words of the cell."""
    if spec.relation:
        return told("note_pick_many" if spec.item else "note_pick")
    if spec.choices:
        said = told("note_choices", choices=tuple(label for _, label in spec.choices))
        return said if any(value in spec.hint for value, _ in spec.choices) else said + spec.hint
    if spec.is_table:
        return told("note_pairs")
    return spec.hint + (told("note_many") if spec.item else "")


def _example(spec: FieldSpec) -> str:
    if spec.relation:
        return told(f"example_{spec.relation}")
    return dict(spec.choices).get(spec.example, spec.example)


def guide(kinds: Sequence[EntryKind]) -> Table:
    """The sheet that says how to fill in the others."""
    labels = ("guide_sheet", "guide_column", "guide_required", "guide_how", "guide_example")
    heads = [Head(told(label), width=width) for label, width in zip(labels, (16, 18, 8, 60, 36), strict=True)]
    first = told("guide_first")
    lines = [[first, "", "", line, ""] for line in guide_lines()]
    for sheet in (sheet for sheet in sheets() if sheet.kind in kinds):
        for column in sheet.columns:
            needed = told("guide_needed") if _is_needed(column) else ""
            text = note(column, sheet).removeprefix(told("note_needed")).strip().split("\n")
            example = _example(column.spec) if column.role == "value" and column.spec.example else ""
            hint = "\n".join(line for line in text if not example or example not in line or line == text[0])
            lines.append([sheet.title, column.label, needed, hint, example])
    return Table(told("guide_title"), tuple(heads), lines, most_lines=20)
