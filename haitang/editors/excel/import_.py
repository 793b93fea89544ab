"""Tables somebody filled in → changed files, or every problem with the cell it is in.

The rule: all or nothing. What cannot be taken for certain is reported and not guessed, and nothing is ever deleted because it
is not in a table. What a file is, its bytes say and not its name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from haitang.core.decoding import read_regular
from haitang.core.problems import Place, Problem, Value
from haitang.editors.dry_run import Draft, Places, problems_of
from haitang.editors.entry_files import StoredEntry
from haitang.editors.excel.cells import taken
from haitang.editors.excel.diff import Change, change_of
from haitang.editors.excel.headers import CellProblem, MatchedTable, Spot, cell_problem, header_problems, match_table
from haitang.editors.excel.layout import column_at, phrase, sheet_of, sheets, stored
from haitang.editors.excel.names import Names, names_of
from haitang.editors.excel.rows import Row, RowSorter
from haitang.editors.excel.tables import Grid, NotTaken, read_csv
from haitang.editors.excel.workbook_reader import MAX_BYTES, read_workbook
from haitang.editors.scaffold import settings_of
from haitang.model.cures.meanings import meant
from haitang.model.field_specs import entry_spec
from haitang.model.formatter import NotCanonical, updated
from haitang.model.messages import LANGUAGES, words
from haitang.model.paths import EntryKind, entry_file
from haitang.model.settings import Settings

_TEXT_SUFFIXES = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Note:
    """Something an editor should know though nothing is wrong: a sentence of the group `excel`."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import would do. Nothing may be written while there is an error among the problems. `hours` are the cells with
    opening hours, and their texts."""

    changes: tuple[Change, ...] = ()
    drafts: tuple[Draft, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[Note, ...] = ()
    hours: tuple[tuple[Spot, str], ...] = ()

    @property
    def is_sound(self) -> bool:
        return not any(each.problem.level == "error" for each in self.problems)


def import_files(root: Path, files: Sequence[Path], today: date) -> Outcome:
    """What these files change. Raises InvalidDirectory when directory.yml itself cannot be read."""
    settings = settings_of(root)
    grids: list[Grid] = []
    problems: list[CellProblem] = []
    for file in files:
        try:
            grids.extend(_grids_of(file))
        except NotTaken as refused:
            problems.append(CellProblem(Spot(file.name), Problem(Place(file.name), refused.code, refused.values)))
    entries, unread = stored(root)
    tables, notes = _tables(grids, problems)
    if not tables and not problems:
        titles = tuple(sheet.title for sheet in sheets() if not sheet.field)
        problems += [cell_problem(Spot(file.name), "excel-nothing-known", known=titles) for file in files]
    rows = []
    for table in tables:
        problems.extend(header_problems(table))
        for number, cells in table.rows():
            if cells is None:
                notes.append(Note("header_again", {"title": table.grid.title, "row": number}))
            else:
                rows.append(Row(table, number, cells))
    names = names_of(settings, entries)
    sorter = RowSorter(root, entries, names)
    sorter.place_main([row for row in rows if not row.table.sheet.field])
    sorter.place_items(row for row in rows if row.table.sheet.field)
    for key, book in names_of(settings, [*entries, *_new(sorter)]).items():
        # Names of before the import mean what they meant, unless they mean something else now.
        names = {**names, key: replace(book, meant={**names[key].meant, **book.meant})}
    changes = [_dialled(change_of(entry, names), settings) for entry in sorter.entries.values()]
    problems += [*sorter.problems, *(each for change in changes for each in change.problems)]
    changes = [change for change in changes if change.values or change.problems]
    notes += _missing(tables, sorter, entries)
    touched = {change.old_file for change in changes}
    problems += [CellProblem(Spot(each.place.file), each) for each in unread if each.place.file in touched]
    drafts, found = _tried(root, changes, problems, names, today)
    hours = tuple(_hours(rows, names))
    return Outcome(tuple(changes), tuple(drafts), tuple(_sorted([*problems, *found], grids)), tuple(notes), hours)


def _dialled(change: Change, settings: Settings) -> Change:
    """With its numbers as they are dialled from elsewhere."""
    for spec in entry_spec(change.kind).fields:
        if spec.kind == "phone" and isinstance(written := change.values.get(spec.name), str):
            change.values[spec.name] = meant(written, spec.kind, spec.name, settings.area_code or "")
    return change


def _hours(rows: Iterable[Row], names: Names) -> Iterator[tuple[Spot, str]]:
    """The cells of opening hours with the texts that the fields would get."""
    for row in rows:
        for path, at in row.table.at.items():
            spec = row.table.columns[at].spec
            if spec.kind == "hours" and (text := row.plain(path)):
                yield row.spot(path), taken(spec, text, names)


def _grids_of(file: Path) -> list[Grid]:
    """What a file holds. Raises NotTaken."""
    content = read_regular(file, file.name, MAX_BYTES)
    if isinstance(content, Problem) and content.code == "file-too-large":
        raise NotTaken("excel-too-large", limit=MAX_BYTES >> 20)
    if isinstance(content, Problem):
        raise NotTaken(content.code, **content.values)
    if file.suffix.lower() in _TEXT_SUFFIXES and not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return [read_csv(content, file.name)]
    if file.suffix.lower() == ".xlsm":
        raise NotTaken("excel-macros")
    return read_workbook(content, file.name)


def _tables(grids: Iterable[Grid], problems: list[CellProblem]) -> tuple[list[MatchedTable], list[Note]]:
    """The tables that can be read, and what is to be said of the others."""
    ours = {phrase(key) for key in ("guide_title", "lists", "marks_title")}
    ours |= {words(language).sentence("reminders", key) for language in LANGUAGES for key in ("sheet", "asking")}
    titles = {sheet.title for sheet in sheets()}
    tables, notes = [], []
    for grid in grids:
        if grid.title in ours or not grid.rows:
            continue
        table = match_table(grid)
        if table is None and grid.title.strip() in titles:
            first = min(grid.rows)
            problems.append(cell_problem(Spot(grid.file, grid.title, first, min(grid.rows[first])), "excel-no-headers"))
        elif table is None or grid.hidden:
            notes.append(Note("sheet_hidden" if grid.hidden else "sheet_unknown", {"title": grid.title}))
        else:
            tables.append(table)
            notes += _hidden(table)
    return tables, notes


def _hidden(table: MatchedTable) -> Iterator[Note]:
    """Rows and columns nobody sees are read like the others; but one should know."""
    grid = table.grid
    rows = [row for row in grid.hidden_rows & set(grid.rows) if row > table.row]
    columns = [table.columns[at].label for at in sorted(grid.hidden_columns & set(table.columns))]
    if rows:
        yield Note("rows_hidden", {"title": grid.title, "count": len(rows)})
    if columns:
        yield Note("columns_hidden", {"title": grid.title, "columns": tuple(columns)})


def _new(sorter: RowSorter) -> Iterator[StoredEntry]:
    """The entries the tables add, and the new names of others: both can be pointed to."""
    for entry in sorter.entries.values():
        if entry.main is not None and (name := entry.main.plain("name")):
            if entry.stored is None:
                yield StoredEntry(entry.kind, entry_file(entry.kind, entry.id), {"name": name})
            elif name != entry.stored.name:
                yield replace(entry.stored, values={**entry.stored.values, "name": name})


def _missing(tables: Iterable[MatchedTable], sorter: RowSorter, stored: Iterable[StoredEntry]) -> Iterator[Note]:
    """Entries that are not in the tables, reported for the towns that are."""
    for kind in {table.sheet.kind: None for table in tables if not table.sheet.field}:
        ours = [each for each in stored if each.kind == kind]
        towns = {each.text("town") for each in ours if (kind, each.id) in sorter.entries}
        gone = [each.name for each in ours if (kind, each.id) not in sorter.entries and each.text("town") in towns]
        if gone:
            yield Note("not_in_sheet", {"kind": sheet_of(kind).title, "count": len(gone), "names": tuple(gone[:5])})
    for entry in sorter.entries.values():
        present = {table.sheet.field for table in tables if table.sheet.kind == entry.kind}
        for name in sorted(present - set(entry.lists) - {""}):
            if entry.main is not None and entry.stored and entry.stored.values.get(name):
                yield Note("no_rows", {"name": entry.stored.name, "title": sheet_of(entry.kind, name).title})


def _tried(
    root: Path, changes: Iterable[Change], problems: list[CellProblem], names: Names, today: date
) -> tuple[list[Draft], list[CellProblem]]:
    """The changed files, and what the checks say of them."""
    by_file = {change.file: change for change in changes if change.values}
    drafts = []
    for change in by_file.values():
        try:
            text = (root / change.old_file).read_text("utf-8-sig") if change.old_file else None
            drafts.append(Draft(change.file, change.old_file, updated(text, change.kind, change.values, change.file)))
        except NotCanonical as unread:
            problems += [CellProblem(change.spot, problem) for problem in unread.problems]
    places = {draft.file: Places(draft.text) for draft in drafts}
    refused = {each.spot for each in problems}
    found = []
    for problem in problems_of(root, drafts, today) if drafts else ():
        if (change_of_file := by_file.get(problem.place.file)) is None:
            found.append(CellProblem(Spot(problem.place.file), problem))
            continue
        path = places[problem.place.file].path(problem)
        spot = change_of_file.where(path)
        if spot not in refused:
            found.append(CellProblem(spot, _in_sheets_words(problem, change_of_file.kind, path, names)))
    return drafts, found


# Where a sentence tells how to write YAML, and the sheet has another way.
_OWN = {"no-sources": "excel-no-sources", "photo-no-credit": "excel-photo-no-credit", "missing-field": "excel-missing-field"}


def _in_sheets_words(problem: Problem, kind: EntryKind, path: tuple[str | int, ...], names: Names) -> Problem:
    """The problem with the names that stand in the sheet instead of those in the file."""
    values: dict[str, Any] = dict(problem.values)
    inner = next((sheet for sheet in sheets() if path and sheet.field and (sheet.kind, sheet.field) == (kind, path[0])), None)
    column = column_at(inner, path[2:3]) if inner else column_at(sheet_of(kind), path)
    if values.get("field") in (column.spec.name, *column.path.split(".")):
        values["field"] = column.label
    labels = dict(column.spec.choices)
    if labels and isinstance(values.get("choices"), tuple):
        values["choices"] = tuple(labels.get(choice, choice) for choice in values["choices"])
    if "guess" in values:
        book = names[column.spec.relation].shown if column.spec.relation else labels
        values["guess"] = book.get(str(values["guess"]), values["guess"])
    if problem.code in ("no-sources", "photo-no-credit"):
        values["sheet"] = sheet_of(kind, "sources" if problem.code == "no-sources" else "photos").title
    return Problem(problem.place, _OWN.get(problem.code, problem.code), values, problem.eased)


def _sorted(problems: Iterable[CellProblem], grids: Sequence[Grid]) -> list[CellProblem]:
    """By sheet in the order of the file, then by cell; one problem of a kind in a cell."""
    order = {(grid.file, grid.title): at for at, grid in enumerate(grids)}
    unique = {(each.spot, each.problem.code, repr(each.problem.values)): each for each in problems}
    return sorted(
        unique.values(),
        key=lambda each: (order.get((each.spot.file, each.spot.title), -1), each.spot.file, each.spot.row, each.spot.column),
    )
