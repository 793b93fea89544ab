"""Tables somebody filled in → changed files, or every problem with the cell it is in.

The rule: all or nothing. What cannot be taken for certain is reported and not guessed, and nothing is ever deleted because it
is not in a table. What a file is, its bytes say and not its name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from haitang.core.decoding import read_regular
from haitang.core.problems import Place, Problem
from haitang.editors.dry_run import Draft
from haitang.editors.entry_files import StoredEntry
from haitang.editors.excel.cells import taken
from haitang.editors.excel.diff import Change, change_of
from haitang.editors.excel.headers import CellProblem, MatchedTable, Spot, cell_problem, header_problems, match_table
from haitang.editors.excel.layout import phrases, sheet_of, sheets, stored, titled
from haitang.editors.excel.names import Names, names_of
from haitang.editors.excel.own.answers import NONE, Answers
from haitang.editors.excel.own.assumed import Assumptions
from haitang.editors.excel.own.notes import Note, notes_of
from haitang.editors.excel.own.renamed import renamed, taken_for
from haitang.editors.excel.own.trial import Terms, Tried, tried
from haitang.editors.excel.rows import Row, RowSorter
from haitang.editors.excel.tables import Grid, NotTaken, read_csv
from haitang.editors.excel.workbook_reader import MAX_BYTES, read_workbook
from haitang.editors.scaffold import settings_of
from haitang.model.cures.meanings import meant
from haitang.model.field_specs import entry_spec
from haitang.model.messages import LANGUAGES, words
from haitang.model.paths import entry_file
from haitang.model.settings import Settings

_TEXT_SUFFIXES = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import would do. Nothing may be written while there is an error among the problems. `hours` are the cells with
    opening hours, and their texts; `left_out` what was not taken because somebody wanted it so, `kept` cells that say that
    something is not known though it is stored.
    """

    changes: tuple[Change, ...] = ()
    drafts: tuple[Draft, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[Note, ...] = ()
    hours: tuple[tuple[Spot, str], ...] = ()
    left_out: tuple[CellProblem, ...] = ()
    unchanged: tuple[Change, ...] = ()
    kept: tuple[Spot, ...] = ()
    names: Names = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return not any(each.problem.level == "error" for each in self.problems)


def import_files(root: Path, files: Sequence[Path], today: date, answers: Answers = NONE) -> Outcome:
    """What these files change. Raises InvalidDirectory when directory.yml itself cannot be read."""
    settings = settings_of(root)
    problems: list[CellProblem] = []
    grids = list(_read(files, problems))
    entries, unread = stored(root)
    answers = replace(answers, area_code=settings.area_code or _code_of(entries))
    tables, notes = _tables(grids, problems, answers)
    if not tables and not problems:
        titles = tuple(sheet.title for sheet in sheets() if not sheet.field)
        problems += [cell_problem(Spot(file.name), "excel-nothing-known", known=titles) for file in files]
    assumptions = Assumptions(settings)
    tables = [*_of_towns(tables, assumptions, problems, notes)]
    rows = [*_rows(tables, assumptions, problems, notes)]
    names = names_of(settings, entries)
    sorter = RowSorter(root, entries, names)
    sorter.place_main([row for row in rows if not row.table.sheet.field])
    for entry, there in renamed(sorter, entries, names) if answers.renamed != "no" else ():
        taken_for(sorter, entry, there)
        if not answers.renamed:
            problems.append(cell_problem(entry.main_spot, "excel-renamed", value=there.name, name=entry.main_name))
    sorter.place_items(row for row in rows if row.table.sheet.field)
    for key, book in names_of(settings, [*entries, *_new(sorter)]).items():
        # Names of before the import mean what they meant, unless they mean something else now.
        names = {**names, key: replace(book, meant={**names[key].meant, **book.meant})}
    changes = [_dialled(change_of(entry, names), settings) for entry in sorter.entries.values()]
    problems += [*sorter.problems, *(each for change in changes for each in change.problems)]
    notes += _missing(tables, sorter, entries)
    touched = {change.old_file for change in changes if change.values}
    problems += [CellProblem(Spot(each.place.file), each) for each in unread if each.place.file in touched]
    terms = Terms({each.spot for each in problems}, answers.leave_out)
    told = tried(root, [change for change in changes if change.values or change.problems], names, today, terms)
    found = replace(told, problems=(*problems, *told.problems))
    found = replace(found, problems=_as_headed(found.problems, tables), left_out=_as_headed(found.left_out, tables))
    return _outcome(changes, found, notes, names, grids, tuple(_hours(rows, names)))


def _as_headed(problems: Iterable[CellProblem], tables: Iterable[MatchedTable]) -> tuple[CellProblem, ...]:
    """The same, with columns called as the sheet itself calls them; the `label` of ours behind it, and by itself."""
    by_place = {(table.grid.file, table.grid.title): table for table in tables}
    return tuple(
        table.as_headed(each) if (table := by_place.get((each.spot.file, each.spot.title))) else each for each in problems
    )


def texts_in(files: Iterable[Path], paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What the cells of these files' columns of positions say, by the columns' paths. Raises NotTaken."""
    tables, _ = _tables((grid for file in files for grid in _grids_of(file)), [], NONE)
    positions = [table for table in tables if table.sheet == sheet_of("position")]
    rows = [cells for table in positions for _, cells in table.rows() if cells]
    return {path: tuple(cells[path].text for cells in rows if path in cells) for path in paths}


def _outcome(
    changes: Sequence[Change], told: Tried, notes: Sequence[Note], names: Names, grids: Sequence[Grid],
    hours: tuple[tuple[Spot, str], ...],
) -> Outcome:  # fmt: skip
    changed = tuple(change for change in changes if change.values or change.problems)
    unchanged = tuple(change for change in changes if not (change.values or change.problems))
    left_out = tuple(_sorted([*(each for change in changes for each in change.left_out), *told.left_out], grids))
    kept = tuple(spot for change in changes for spot in change.kept)
    problems = tuple(_sorted(told.problems, grids))
    return Outcome(changed, told.drafts, problems, tuple(notes), hours, left_out, unchanged, kept, names)


def _read(files: Iterable[Path], problems: list[CellProblem]) -> Iterator[Grid]:
    for file in files:
        try:
            yield from _grids_of(file)
        except NotTaken as refused:
            problems.append(CellProblem(Spot(file.name), Problem(Place(file.name), refused.code, refused.values)))


def _rows(
    tables: Iterable[MatchedTable], assumptions: Assumptions, problems: list[CellProblem], notes: list[Note]
) -> Iterator[Row]:
    """The rows of all tables, with what may be assumed of them. What the sheets say of themselves is told."""
    for table in tables:
        problems.extend(header_problems(table, assumptions.is_tier))
        notes += notes_of(table, assumptions)
        for number, cells in table.rows():
            if cells is None:
                notes.append(Note("header_again", {"title": table.grid.title, "row": number}))
                continue
            assumed = assumptions.of(table, number, cells)
            problems.extend(assumptions.doubts(table, number, cells, assumed.get("town", "")))
            left = {path: cell for path, cell in cells.items() if path not in assumed}
            yield Row(table, number, left, assumed, assumptions.home.codes)


def _of_towns(
    tables: Iterable[MatchedTable], assumptions: Assumptions, problems: list[CellProblem], notes: list[Note]
) -> Iterator[MatchedTable]:
    """The tables with the towns that they say they are of."""
    for table in map(assumptions.with_headings, tables):
        town = assumptions.town_of(table) if table.sheet.kind == "position" and not table.sheet.field else ""
        given = table.answers.fields.get("town", "")
        if town and not given and "town" not in table.at:
            notes.append(Note("town_of_title", {"title": table.grid.title, "town": assumptions.shown(town)}))
        if town and given not in ("", town) and "town" not in table.at:
            values = {"value": assumptions.shown(town), "other": assumptions.shown(given)}
            problems.append(cell_problem(table.spot(table.row, "name"), "excel-town-differs", **values))
        fields = {**table.answers.fields, "town": given or town} if given or town else table.answers.fields
        yield replace(table, answers=replace(table.answers, fields=fields))


def _code_of(entries: Iterable[StoredEntry]) -> str:
    """The area code that all numbers of the directory have; empty where they have several."""
    numbers = (re.match(r"(0\d{2,3})-", str(entry.values.get("phone", "")), re.ASCII) for entry in entries)
    codes = {number[1] for number in numbers if number}
    return codes.pop() if len(codes) == 1 else ""


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


def _tables(grids: Iterable[Grid], problems: list[CellProblem], answers: Answers) -> tuple[list[MatchedTable], list[Note]]:
    """The tables that can be read, and what is to be said of the others."""
    ours = {title for key in ("guide_title", "lists_title", "marks_title") for title in phrases(key)}
    ours |= {words(language).sentence("reminders", key) for language in LANGUAGES for key in ("sheet", "asking")}
    tables, notes = [], []
    for grid in grids:
        if grid.title in ours or not grid.rows:
            continue
        table = match_table(grid, answers)
        if table is None and titled(grid.title):
            first = min(grid.rows)
            problems.append(cell_problem(Spot(grid.file, grid.title, first, min(grid.rows[first])), "excel-no-headers"))
        elif table is None or grid.hidden:
            notes.append(Note("sheet_hidden" if grid.hidden else "sheet_unknown", {"title": grid.title}))
        else:
            tables.append(table)
    return tables, notes


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
        there = {each.text("town") for each in stored if (kind, each.id) in sorter.entries}
        ours = [each for each in stored if each.kind == kind and each.text("town") in there]
        gone = [each.name for each in ours if (kind, each.id) not in sorter.entries]
        # A list of a few is no list of all: one that names no ids has to hold most of them to miss any.
        is_whole = any("id" in table.at for table in tables if table.sheet.kind == kind) or len(gone) * 2 < len(ours)
        if gone and is_whole:
            yield Note("not_in_sheet", {"kind": sheet_of(kind).title, "count": len(gone), "names": tuple(gone[:5])})
    for entry in sorter.entries.values():
        present = {table.sheet.field for table in tables if table.sheet.kind == entry.kind}
        for name in sorted(present - set(entry.lists) - {""}):
            if entry.main is not None and entry.stored and entry.stored.values.get(name):
                yield Note("no_rows", {"name": entry.stored.name, "title": sheet_of(entry.kind, name).title})


def _sorted(problems: Iterable[CellProblem], grids: Sequence[Grid]) -> list[CellProblem]:
    """By sheet in the order of the file, then by cell; one problem of a kind in a cell."""
    order = {(grid.file, grid.title): at for at, grid in enumerate(grids)}
    unique = {(each.spot, each.problem.code, repr(each.problem.values)): each for each in problems}
    return sorted(
        unique.values(),
        key=lambda each: (order.get((each.spot.file, each.spot.title), -1), each.spot.file, each.spot.row, each.spot.column),
    )
