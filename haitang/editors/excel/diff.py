"""What a workbook changes: for each entry the fields that say something else than its file, and the cells they come from.

The rule: a cell that says what the file says changes nothing, however it is written; a column that is not there, and a list
without a row, say nothing at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from haitang.editors.excel.cells import NotUnderstood, same, shown, taken, tidy
from haitang.editors.excel.headers import Spot, Told, told
from haitang.editors.excel.layout import Column, Sheet, at, sheet_of
from haitang.editors.excel.layout import told as removal
from haitang.editors.excel.names import Names
from haitang.editors.excel.rows import Entry, Line
from haitang.model.field_specs import entry_spec
from haitang.model.paths import EntryKind, entry_file

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Change:
    """The change of one entry. `values` are its fields that change, None where one goes; `spots` is where each place in the
    entry stands in the workbook; `shrunk` are lists that lose rows, before and after."""

    kind: EntryKind
    id: str
    old_file: str | None
    town: str
    spot: Spot
    values: dict[str, Any] = field(default_factory=dict)
    spots: dict[Path, Spot] = field(default_factory=dict)
    problems: list[Told] = field(default_factory=list)
    shrunk: list[tuple[Sheet, int, int]] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.old_file is None

    @property
    def file(self) -> str:
        """Where the entry belongs now."""
        return entry_file(self.kind, self.id, self.town)

    def where(self, path: Path) -> Spot:
        """The cell of a place in the entry, the nearest above it where it has none of its own."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.spots:
                return self.spots[path[:length]]
        return self.spot


def change_of(entry: Entry, names: Names) -> Change:
    """What the rows of an entry say."""
    old: Mapping[str, Any] = entry.stored.values if entry.stored else {}
    change = Change(entry.kind, entry.id, entry.stored.file if entry.stored else None, "", entry.spot)
    if entry.main is not None:
        _main(entry.main, old, change, names)
    for name, lines in entry.lists.items():
        _list(sheet_of(entry.kind, name), lines, old, change, names)
    if change.is_new:
        change.values["id"] = entry.id
        if entry.main is None:
            change.problems.append(told(entry.spot, "excel-unknown-entry", value=entry.id))
    town = change.values["town"] if "town" in change.values else old.get("town")
    folder = change.old_file.split("/")[1] if change.old_file and entry.kind == "position" else ""
    change.town = town if isinstance(town, str) and town in names["town"].shown else folder or next(iter(names["town"].shown))
    return change


def _main(line: Line, old: Mapping[str, Any], change: Change, names: Names) -> None:
    for column in line.table.columns.values():
        if column.role == "id":
            continue
        group, _, part = column.path.partition(".")
        change.spots[tuple(column.path.split("."))] = line.spot(column.path)
        change.spots.setdefault((group,), line.spot(column.path))
        before = at(old, column.path)
        value = _value(line, column, before, change, names)
        if same(column.spec, before, value, names):
            continue
        if not part:
            change.values[group] = value
            continue
        current = change.values.get(group, old.get(group))
        whole = {**(current if isinstance(current, dict) else {}), part: value}
        change.values[group] = {key: each for key, each in whole.items() if each is not None} or None


def _value(line: Line, column: Column, before: Any, change: Change, names: Names) -> Any:
    """The plain value of a cell; what was there before where it cannot be understood, which is told."""
    cell = line.cells.get(column.path)
    if cell and cell.kind == "text" and tidy(cell.text) == tidy(shown(column.spec, before, names)):
        return before
    try:
        return taken(column.spec, line.text(column.path), names)
    except NotUnderstood as mistake:
        values = {"field": column.label, **mistake.values}
        if mistake.code == "hidden-character":
            values = {"code_point": mistake.values["value"]}
        change.problems.append(told(line.spot(column.path), mistake.code, **values))
        return before


def _list(sheet: Sheet, lines: list[Line], old: Mapping[str, Any], change: Change, names: Names) -> None:
    before = old.get(sheet.field)
    before = [item for item in before if isinstance(item, dict)] if isinstance(before, list) else []
    lines = [line for line in lines if not _is_removed(line, sheet)]
    items = []
    for index, line in enumerate(lines):
        was = before[index] if index < len(before) else {}
        items.append(_item(line, was, (sheet.field, index), change, names))
    change.spots[sheet.field,] = lines[0].spot("of.id") if lines else change.spot
    if len(items) == len(before) and all(
        same(column.spec, was.get(column.path), now.get(column.path), names)
        for was, now in zip(before, items, strict=True)
        for column in sheet.values
    ):
        return
    change.values[sheet.field] = items or None
    change.problems.extend(_lost_columns(sheet, lines, before))
    if len(items) < len(before):
        change.shrunk.append((sheet, len(before), len(items)))


def _is_removed(line: Line, sheet: Sheet) -> bool:
    """A row that says 删除 and nothing else: the entry has no items any more."""
    said = {line.plain(column.path) for column in sheet.values} - {""}
    return said == {removal("removed")}


def _item(line: Line, was: Mapping[str, Any], path: Path, change: Change, names: Names) -> dict[str, Any]:
    item = {}
    change.spots[path] = line.spot(next(iter(line.cells)) if line.cells else "of.id")
    for column in line.table.sheet.values:
        if column.path not in line.table.at:
            value = was.get(column.path)  # told as lost, should it matter
        else:
            change.spots[(*path, column.path)] = line.spot(column.path)
            change.spots.setdefault(path, line.spot(column.path))
            value = _value(line, column, was.get(column.path), change, names)
            value = was.get(column.path) if same(column.spec, was.get(column.path), value, names) else value
        if value is not None:
            item[column.path] = value
    return item


def _lost_columns(sheet: Sheet, lines: list[Line], before: list[dict[str, Any]]) -> Iterator[Told]:
    """Columns that were taken out of a sheet although items hold something there."""
    for line in lines[:1]:
        for column in sheet.values:
            if column.path not in line.table.at and any(column.path in item for item in before):
                spot = Spot(line.table.grid.file, line.table.grid.title, line.table.row, 1)
                yield told(spot, "excel-column-missing", value=column.label)


def labels_of(change: Change) -> tuple[str, ...]:
    """The fields that change, as the sheets call them."""
    return tuple(field.label for field in entry_spec(change.kind).fields if field.name in change.values)
