"""Tables somebody filled in → changed files, or every problem with the cell it is in.

The rule: all or nothing. What cannot be taken for certain is told and not guessed, and nothing is ever deleted because it is
not in a table.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from haitang.core.problems import Problem, Value
from haitang.editors.dry_run import Draft, Places, problems_of
from haitang.editors.excel.diff import Change, change_of
from haitang.editors.excel.grids import Grid
from haitang.editors.excel.headers import Known, Spot, Told, faults, known, told
from haitang.editors.excel.layout import KINDS, column_at, sheet_of, sheets
from haitang.editors.excel.layout import told as own_word
from haitang.editors.excel.names import Names
from haitang.editors.excel.rows import Line, Lines
from haitang.editors.excel.stock import Stored, names, stock
from haitang.editors.excel.tables import take
from haitang.editors.scaffold import settings_of
from haitang.model.field_specs import FieldSpec
from haitang.model.formatter import NotCanonical, updated
from haitang.model.messages import LANGUAGES, words
from haitang.model.paths import EntryKind, entry_file


@dataclass(frozen=True, slots=True)
class Note:
    """Something an editor should know though nothing is wrong: a sentence of the group `excel`."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import would do. Nothing may be written while there is an error among the problems."""

    changes: tuple[Change, ...] = ()
    drafts: tuple[Draft, ...] = ()
    problems: tuple[Told, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not any(each.problem.level == "error" for each in self.problems)


def import_files(root: Path, files: Sequence[Path], today: date) -> Outcome:
    """What these files change. Raises InvalidDirectory when directory.yml itself cannot be read."""
    settings = settings_of(root)
    grids: list[Grid] = []
    problems: list[Told] = []
    for file in files:
        taken = take(file)
        grids.extend(taken.grids)
        problems.extend(Told(Spot(file.name), problem) for problem in taken.problems)
    stored, unread = stock(root, KINDS)
    tables, notes = _tables(grids, problems)
    if not tables and not problems:
        problems += [told(Spot(file.name), "excel-nothing-known", known=_titles()) for file in files]
    for table in tables:
        problems.extend(faults(table))
    called = names(settings, stored)
    lines = Lines(root, stored, called)
    every = [line for table in tables for line in _lines(table, notes)]
    lines.place_main(line for line in every if not line.table.sheet.field)
    lines.place_items(line for line in every if line.table.sheet.field)
    called = _with_new(called, names(settings, [*stored, *_new(lines)]))
    changes = [change_of(entry, called) for entry in lines.entries.values()]
    problems += [*lines.problems, *(each for change in changes for each in change.problems)]
    changes = [change for change in changes if change.values or change.problems]
    notes += _missing(tables, lines, stored)
    touched = {change.old_file for change in changes}
    problems += [Told(Spot(problem.place.file), problem) for problem in unread if problem.place.file in touched]
    drafts, tried = _tried(root, changes, problems, called, today)
    return Outcome(tuple(changes), tuple(drafts), tuple(_sorted([*problems, *tried], grids)), tuple(notes))


def _titles() -> tuple[str, ...]:
    return tuple(sheet.title for sheet in sheets() if not sheet.field)


def _tables(grids: Iterable[Grid], problems: list[Told]) -> tuple[list[Known], list[Note]]:
    """The tables that can be read, and what is to be said of the others."""
    ours = {own_word(key) for key in ("guide_title", "lists", "marks_title")}
    ours |= {words(language).sentence("reminders", "sheet") for language in LANGUAGES}
    titles = {sheet.title for sheet in sheets()}
    tables, notes = [], []
    for grid in grids:
        if grid.title in ours or not grid.rows:
            continue
        table = known(grid)
        if table is None and grid.title.strip() in titles:
            first = min(grid.rows)
            problems.append(told(Spot(grid.file, grid.title, first, min(grid.rows[first])), "excel-no-headers"))
        elif table is None or grid.hidden:
            notes.append(Note("sheet_hidden" if grid.hidden else "sheet_unknown", {"title": grid.title}))
        else:
            tables.append(table)
            notes += _hidden(table)
    return tables, notes


def _hidden(table: Known) -> Iterator[Note]:
    """Rows and columns nobody sees are read like the others; but one should know."""
    grid = table.grid
    rows = [row for row in grid.hidden_rows & set(grid.rows) if row > table.row]
    columns = [table.columns[at].label for at in sorted(grid.hidden_columns & set(table.columns))]
    if rows:
        yield Note("rows_hidden", {"title": grid.title, "count": len(rows)})
    if columns:
        yield Note("columns_hidden", {"title": grid.title, "columns": tuple(columns)})


def _lines(table: Known, notes: list[Note]) -> Iterator[Line]:
    for number, cells in table.lines():
        if table.is_header(number):
            notes.append(Note("header_again", {"title": table.grid.title, "row": number}))
        else:
            yield Line(table, number, cells)


def _new(lines: Lines) -> Iterator[Stored]:
    """The entries the tables add, and the new names of others: both can be pointed to."""
    for entry in lines.entries.values():
        if entry.main is not None and (name := entry.main.plain("name")):
            if entry.stored is None:
                yield Stored(entry.kind, entry_file(entry.kind, entry.id), {"name": name})
            elif name != entry.stored.name:
                yield replace(entry.stored, values={**entry.stored.values, "name": name})


def _with_new(old: Names, new: Names) -> Names:
    """Names of before the import mean what they meant, unless they mean something else now."""
    return {key: replace(book, meant={**old[key].meant, **book.meant}) for key, book in new.items()}


def _missing(tables: Iterable[Known], lines: Lines, stored: Iterable[Stored]) -> Iterator[Note]:
    """Entries that are not in the tables, told for the towns that are."""
    for kind in {table.sheet.kind: None for table in tables if not table.sheet.field}:
        present = {own_id for each, own_id in lines.entries if each == kind}
        towns = {each.town for each in stored if each.kind == kind and each.id in present}
        gone = [each for each in stored if each.kind == kind and each.id not in present and each.town in towns]
        if gone:
            label = sheet_of(kind).title
            listed = tuple(each.name for each in gone[:5])
            yield Note("not_in_sheet", {"kind": label, "count": len(gone), "names": listed})
    for entry in lines.entries.values():
        seen = {table.sheet.field for table in tables if table.sheet.kind == entry.kind}
        for name in sorted(seen - set(entry.lists) - {""}):
            if entry.main is not None and entry.stored and entry.stored.values.get(name):
                yield Note("no_rows", {"name": entry.stored.name, "title": sheet_of(entry.kind, name).title})


def _tried(
    root: Path, changes: Iterable[Change], known: list[Told], called: Names, today: date
) -> tuple[list[Draft], list[Told]]:
    """The changed files, and what the checks say of them."""
    by_file = {change.file: change for change in changes if change.values}
    drafts = []
    for change in by_file.values():
        try:
            text = (root / change.old_file).read_text("utf-8-sig") if change.old_file else None
            drafts.append(Draft(change.file, change.old_file, updated(text, change.kind, change.values, change.file)))
        except NotCanonical as unread:
            known += [Told(change.spot, problem) for problem in unread.problems]
    if not drafts:
        return [], []
    places = {draft.file: Places(draft.text) for draft in drafts}
    refused = {each.spot for each in known}
    found = []
    for problem in problems_of(root, drafts, today):
        change_of_file = by_file.get(problem.place.file)
        if change_of_file is None:
            found.append(Told(Spot(problem.place.file), problem))
            continue
        path = places[problem.place.file].path(problem)
        spot = change_of_file.where(path)
        if spot not in refused:
            found.append(Told(spot, _in_sheets_words(problem, change_of_file.kind, path, called)))
    return drafts, found


# Where a sentence tells how to write YAML, and the sheet has another way.
_OWN = {"no-sources": "excel-no-sources", "photo-no-credit": "excel-photo-no-credit", "missing-field": "excel-missing-field"}


def _in_sheets_words(problem: Problem, kind: EntryKind, path: tuple[str | int, ...], called: Names) -> Problem:
    """The problem with the names that stand in the sheet instead of those in the file."""
    values: dict[str, Any] = dict(problem.values)
    first = str(path[0]) if path else ""
    inner = next((sheet for sheet in sheets() if (sheet.kind, sheet.field) == (kind, first) and first), None)
    column = column_at(inner, path[2:3]) if inner else column_at(sheet_of(kind), path)
    if values.get("field") == column.spec.name or values.get("field") in column.path.split("."):
        values["field"] = column.label
    if column.spec.choices:
        _labelled(values, column.spec)
    if column.spec.relation and "guess" in values:
        values["guess"] = called[column.spec.relation].label(str(values["guess"]))
    if problem.code == "no-sources":
        values["sheet"] = sheet_of(kind, "sources").title
    if problem.code == "photo-no-credit":
        values["sheet"] = sheet_of(kind, "photos").title
    return Problem(problem.place, _OWN.get(problem.code, problem.code), values, problem.eased)


def _labelled(values: dict[str, Any], spec: FieldSpec) -> None:
    labels = dict(spec.choices)
    if isinstance(values.get("choices"), tuple):
        values["choices"] = tuple(labels.get(choice, choice) for choice in values["choices"])
    if "guess" in values:
        values["guess"] = labels.get(values["guess"], values["guess"])


def _sorted(problems: Iterable[Told], grids: Sequence[Grid]) -> list[Told]:
    """By sheet in the order of the file, then by cell; one problem of a kind in a cell."""
    order = {(grid.file, grid.title): at for at, grid in enumerate(grids)}

    def place(each: Told) -> tuple[int, str, int, int]:
        spot = each.spot
        return order.get((spot.file, spot.title), -1), spot.file, spot.row, spot.column

    unique = {(each.spot, each.problem.code, repr(each.problem.values)): each for each in problems}
    return sorted(unique.values(), key=place)
