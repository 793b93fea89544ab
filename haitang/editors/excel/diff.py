"""What a workbook changes: for each entry the fields that say something else than its file, and the cells they come from.

The rule: a cell that says what the file says changes nothing, however it is written; a column that is not there, and a list
without a row, say nothing at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from haitang.editors.entry_files import StoredEntry
from haitang.editors.excel.cells import NotUnderstood, same, shown, taken, tidy
from haitang.editors.excel.headers import CellProblem, Spot, cell_problem
from haitang.editors.excel.layout import Column, Sheet, at, items_of, language, phrases, sheet_of
from haitang.editors.excel.names import Names
from haitang.editors.excel.own.answers import with_days
from haitang.editors.excel.rows import Entry, Row
from haitang.model.field_specs import entry_spec
from haitang.model.paths import EntryKind, entry_file
from haitang.model.written.pasted_points import split
from haitang.model.written.unknown import is_unknown

Path = tuple[str | int, ...]
_NEEDED = ("id", "name", "town", "source.title")


@dataclass(slots=True)
class Change:
    """The change of one entry, which has this `tier` afterwards. `values` are its fields that change, None where one goes;
    `spots` is where each place in the entry stands in the workbook; `shrunk` are lists that lose rows, before and after; `kept`
    are cells that say that something is not known though it is, and change nothing; `left_out` what was not understood and is
    not wanted then."""

    kind: EntryKind
    id: str
    old_file: str | None
    town: str
    spot: Spot
    values: dict[str, Any] = field(default_factory=dict)
    spots: dict[Path, Spot] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    shrunk: list[tuple[Sheet, int, int]] = field(default_factory=list)
    tier: str = ""
    kept: list[Spot] = field(default_factory=list)
    left_out: list[CellProblem] = field(default_factory=list)

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
        _compare_fields(entry.main, entry.stored, change, names)
    for name, rows in entry.lists.items():
        _compare_items(sheet_of(entry.kind, name), rows, items_of(old.get(name)), change, names)
    if entry.main is not None and (change.is_new or change.values):
        _add_source(entry.main, items_of(change.values.get("sources", old.get("sources"))), change, names)
    if change.is_new:
        change.values["id"] = entry.id
        if entry.main is None:
            change.problems.append(cell_problem(entry.spot, "excel-unknown-entry", value=entry.id))
    town = change.values["town"] if "town" in change.values else old.get("town")
    folder = change.old_file.split("/")[1] if change.old_file and entry.kind == "position" else ""
    change.tier = str(change.values.get("tier") or old.get("tier") or "")
    change.town = town if isinstance(town, str) and town in names["town"].shown else folder or next(iter(names["town"].shown))
    return change


def _compare_fields(row: Row, stored: StoredEntry | None, change: Change, names: Names) -> None:
    old: Mapping[str, Any] = stored.values if stored else {}
    other_names = stored.other_names if stored else ()
    for column in row.columns:
        if column.role in ("id", "source") or (column.path in row.assumed and not _is_filled(row, column, old, change)):
            continue
        group, _, part = column.path.partition(".")
        change.spots[tuple(column.path.split("."))] = row.spot(column.path)
        change.spots.setdefault((group,), row.spot(column.path))
        before = at(old, column.path)
        value = _value(row, column, before, change, names)
        if value is before or (column.role == "name" and "id" not in row.cells and not change.is_new and value in other_names):
            continue  # an entry that was known by another name keeps its own
        if not part:
            change.values[group] = value
            continue
        current = change.values.get(group, old.get(group))
        whole = {**(current if isinstance(current, dict) else {}), part: value}
        change.values[group] = {key: each for key, each in whole.items() if each is not None} or None
    if isinstance(place := change.values.get("location"), dict) and (parts := split(place)) != place:
        change.values["location"] = parts
        if parts == old.get("location"):
            del change.values["location"]


def _is_filled(row: Row, column: Column, old: Mapping[str, Any], change: Change) -> bool:
    """Whether what a row leaves open is taken for its entry: for a new one; of one that is stored, what was said for all rows
    where nothing is stored of it, and how the numbers of another point are to be read."""
    if change.is_new:
        return True
    if column.path == "tier":
        return "tier" in row.table.answers.fields and not old.get("tier")
    return column.path.startswith("location.") and isinstance(change.values.get("location"), dict)


def _add_source(row: Row, before: list[dict[str, Any]], change: Change, names: Names) -> None:
    """The source that the row names itself, or its sheet, behind those that are there."""
    values = {column.spec.name: _value(row, column, None, change, names) for column in row.columns if column.role == "source"}
    source = {name: value for name, value in values.items() if value is not None}
    if not source or any(source.items() <= other.items() for other in before):
        return
    change.values["sources"] = [*before, source]
    for name in source:
        change.spots["sources", len(before), name] = row.spot(f"source.{name}")
    change.spots["sources", len(before)] = row.spot("source.title")


def _value(row: Row, column: Column, before: Any, change: Change, names: Names) -> Any:
    """The plain value of a cell; what was there before where it says the same, that nothing is known, or what
    cannot be understood, which is reported."""
    cell = row.cells.get(column.path)
    if cell and cell.kind == "text" and tidy(cell.text) == tidy(shown(column.spec, before, names)):
        return before
    if is_unknown(row.plain(column.path)):
        if before is not None:
            change.kept.append(row.spot(column.path))
        return before
    try:
        value = taken(column.spec, row.text(column.path), names)
    except NotUnderstood as mistake:
        values = {"field": column.label, **mistake.values}
        may_go = not row.table.sheet.field and column.path not in _NEEDED
        if may_go and mistake.code == "excel-formula":  # nobody has worked it out yet: the cell says nothing
            each = cell_problem(row.spot(column.path), mistake.code, **values)
            change.problems.append(replace(each, problem=replace(each.problem, eased="warning")))
            return before
        told = change.left_out if may_go and row.table.answers.leave_out else change.problems
        told.append(replace(cell_problem(row.spot(column.path), mistake.code, **values), may_go=may_go))
        return before
    if column.spec.kind == "hours" and row.table.answers.days:
        value = with_days(value, row.table.answers.days)
    return before if same(column.spec, before, value, names) else value


def _compare_items(sheet: Sheet, rows: list[Row], before: list[dict[str, Any]], change: Change, names: Names) -> None:
    # A row that says 删除 and nothing else: the entry has no items any more.
    removed = [{word} for word in phrases("removed")]
    rows = [row for row in rows if {row.plain(each.path) for each in sheet.values} - {""} not in removed]
    olds = [*before, *({} for _ in rows)]
    items = [_item(row, olds[index], (sheet.field, index), change, names) for index, row in enumerate(rows)]
    change.spots[sheet.field,] = rows[0].spot("of.id") if rows else change.spot
    if items == [{column.path: old[column.path] for column in sheet.values if column.path in old} for old in before]:
        return
    change.values[sheet.field] = items or None
    for table in [row.table for row in rows[:1]]:
        # Columns that were taken out of the sheet although items hold something there.
        spot = Spot(table.grid.file, table.grid.title, table.row, 1)
        lost = (each for each in sheet.values if each.path not in table.at and any(each.path in item for item in before))
        change.problems += [cell_problem(spot, "excel-column-missing", value=column.label) for column in lost]
    if len(items) < len(before):
        change.shrunk.append((sheet, len(before), len(items)))


def _item(row: Row, old: Mapping[str, Any], path: Path, change: Change, names: Names) -> dict[str, Any]:
    item = {}
    change.spots[path] = row.spot(next(iter(row.cells)) if row.cells else "of.id")
    for column in row.table.sheet.values:
        value = old.get(column.path)  # reported as lost where the column is not there, should it matter
        if column.path in row.table.at:
            change.spots[(*path, column.path)] = row.spot(column.path)
            value = _value(row, column, value, change, names)
        if value is not None:
            item[column.path] = value
    return item


def labels_of(change: Change, *, gone: bool = False) -> tuple[str, ...]:
    """The fields that change, as the sheets call them; only those that go where they are `gone`."""
    headings = {column.path: column.label for column in sheet_of(change.kind).columns}
    fields = (field for field in entry_spec(change.kind, language()).fields if field.name in change.values)
    fields = (field for field in fields if not gone or change.values[field.name] is None)
    return tuple(headings.get(field.name, field.label) for field in fields)
