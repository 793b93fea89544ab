"""Which sheet a table is, and what its columns mean.

The rule: headers are matched by what they say, never by where they stand; a column that holds something and means nothing is
told, for what is in it would be lost.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from haitang.core.problems import Place, Problem, Value
from haitang.editors.excel.layout import Column, Sheet, phrase, sheets, titled
from haitang.editors.excel.own.answers import NONE, Answers
from haitang.editors.excel.own.asides import asides
from haitang.editors.excel.own.called import (
    Meaning,
    guess,
    is_among,
    is_head_of_form,
    is_name,
    is_passed_over,
    may_count,
    meaning,
    nearest_first,
    plain,
    says_ditto,
)
from haitang.editors.excel.own.postcodes import joined
from haitang.editors.excel.own.shape import Heads, filled_down, heads_at, may_be_header, turned, with_dittos
from haitang.editors.excel.tables import MOST_COLUMNS, Cell, Grid

_SURE = 5  # columns: as many are not headers by chance


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a table; row 0 is the table as a whole, without a title the whole file."""

    file: str
    title: str = ""
    row: int = 0
    column: int = 1


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem and the cell it belongs to; whether the entry is sound without what the cell holds."""

    spot: Spot
    problem: Problem
    may_go: bool = False


@dataclass(frozen=True)
class MatchedTable:
    """A table whose columns are understood. `row` is the last of the headers, `at` the number of each column's path, `heads`
    what all columns are called; `likely` are headers that resemble a name, with the column they were taken for, `twice` columns
    that mean what another one does. Rows that are `left_out` are no entries, columns that are `counting` only count them.
    `answers` is what was said for all rows, with what the sheet itself says of its town."""

    grid: Grid
    sheet: Sheet
    row: int
    columns: Mapping[int, Column]
    heads: Mapping[int, str]
    likely: tuple[tuple[str, str], ...] = ()
    twice: Mapping[int, str] = field(default_factory=dict)
    left_out: Mapping[int, str] = field(default_factory=dict)
    counting: Collection[int] = ()
    answers: Answers = NONE

    @cached_property
    def at(self) -> Mapping[str, int]:
        return {column.path: number for number, column in self.columns.items()}

    @cached_property
    def covered(self) -> Collection[int]:
        """Rows whose name or id is merged with that of the row above: which of them is meant is told once."""
        keys = {at for at, column in self.columns.items() if column.role in ("id", "name")}
        areas = [area for area in self.grid.merged if area[1] == area[3] and area[1] in keys and area[0] > self.row]
        return {row for top, _, bottom, _ in areas for row in range(top + 1, bottom + 1)}

    @cached_property
    def filled(self) -> Collection[int]:
        """The columns that hold something below the headers."""
        rows = self.grid.rows.items()
        return {at for number, cells in rows if number > self.row and number not in self.left_out for at in cells}

    def is_ignored(self, at: int) -> bool:
        """Whether a column is not to be read: it counts the rows, or somebody said so."""
        name = self.heads.get(at, "")
        is_ours = is_passed_over(name) or (self.grid.turned and is_head_of_form(name))
        return is_ours or is_among(name, self.answers.ignored)

    def as_headed(self, each: CellProblem) -> CellProblem:
        """A problem of this table, with its column called as it stands there."""
        at = each.spot.row if self.grid.turned else each.spot.column
        label, heading = self.columns[at].label if at in self.columns else "", self.heads.get(at, "").strip()
        if not label or each.problem.values.get("field") != label or plain(heading) == plain(label):
            return each
        called = phrase("with_id", name=heading, id=label)
        return replace(each, problem=replace(each.problem, values={**each.problem.values, "field": called, "label": label}))

    def place(self, row: int, column: int) -> Spot:
        """The cell as it lies in the file."""
        if self.grid.turned:
            row, column = column, row
        return Spot(self.grid.file, self.grid.title, row, column)

    def spot(self, row: int, path: str) -> Spot:
        named = next((at for at, column in self.columns.items() if column.role == "name"), min(self.columns, default=1))
        return self.place(row, self.at.get(path, min(self.columns, default=1) if path in ("id", "of.id") else named))

    def rows(self) -> Iterator[tuple[int, Mapping[str, Cell] | None]]:
        """The rows below the headers: their numbers, and their cells by the path of the column; None where the headers stand
        once more."""
        for number, cells in self.grid.rows.items():
            at = cells.keys() & self.columns.keys()
            if number > self.row and at and number not in self.left_out and number not in self.covered:
                again = len(at) > 1 and all(plain(cells[each].text) == plain(self.heads[each]) for each in at)
                yield number, None if again else {self.columns[each].path: cells[each] for each in cells if each in at}


def cell_problem(spot: Spot, code: str, *, guess: str | None = None, **values: Value) -> CellProblem:
    """A problem whose place is the cell; without a guess none is proposed."""
    place = Place(spot.title or spot.file, max(spot.row, 1), spot.column)
    return CellProblem(spot, Problem(place, code, {**values, "guess": guess} if guess else values))


def match_table(grid: Grid, answers: Answers = NONE) -> MatchedTable | None:
    """The table with its columns, None where nothing says what it is: by its title, else by its headers, whether these stand
    above the columns or before the rows."""
    found = _best(grid, answers)
    may_lie = len(grid.rows) <= MOST_COLUMNS and len(found.columns if found else ()) < _SURE
    if may_lie and not titled(grid.title):
        other = _best(turned(grid), answers)
        if other and len(other.columns) >= 3 and len(other.columns) > len(found.columns if found else ()):
            found = other
    return found and _narrowed(found)


def _best(grid: Grid, answers: Answers) -> MatchedTable | None:
    best: MatchedTable | None = None
    for sheet in titled(grid.title) or sheets():
        for row, heads in heads_at(grid):
            table = _matched(grid, sheet, row, heads, answers)
            roles = {column.role for column in table.columns.values()}
            if {"id", "name"} & roles and len(table.columns) >= 2 and len(table.columns) > len(best.columns if best else ()):
                best = table
    return best


def _matched(grid: Grid, sheet: Sheet, row: int, heads: Heads, answers: Answers) -> MatchedTable:
    """Each column once: the first of those that are called by its name, else the first that is likely to mean it."""
    meant = {
        at: found
        for at, names in heads.items()
        if not any(is_among(name, answers.ignored) for name in names)
        and may_be_header(names[-1])
        and (found := meaning(sheet, names, answers.columns))
    }
    if not sheet.field and not any(found.column.role in ("id", "name") for found in meant.values()):
        named = next((at for at, names in heads.items() if is_name(names[-1])), None)
        if named is not None:  # of a community, say: where it is the only name, it is that of the place
            meant[named] = Meaning(next(column for column in sheet.columns if column.role == "name"), likely=True)
    first: dict[str, int] = {}
    for at, found in sorted(meant.items(), key=lambda each: (each[1].likely, each[0])):
        first.setdefault(found.column.path, at)
    columns = {at: found.column for at, found in meant.items() if first[found.column.path] == at}
    likely = tuple((heads[at][0], column.label) for at, column in columns.items() if meant[at].likely)
    names = {at: names[0] if len(names) == 1 else names[1] for at, names in heads.items()}
    twice = {at: found.column.label for at, found in meant.items() if at not in columns and not found.likely}
    return MatchedTable(grid, sheet, row, columns, names, likely, twice, answers=answers)


def _narrowed(table: MatchedTable) -> MatchedTable:
    """Without the rows and columns that say themselves that they hold no entries; with merged cells filled down."""
    columns, grid = dict(table.columns), joined(table.grid, table.row, table.heads, table.at.get("address"))
    below = [cells for row, cells in grid.rows.items() if row > table.row]
    for at, column in table.columns.items():
        texts = [cells[at].text for cells in below if at in cells]
        counts = column.role == "id" and may_count(table.heads[at]) and "name" in {each.role for each in columns.values()}
        if counts and texts and all(re.fullmatch(r"\d{1,5}(?:\.0)?", text.strip()) for text in texts):
            del columns[at]
    keyed = {at for at, column in columns.items() if column.role in ("value", "source")}
    grid = with_dittos(filled_down(grid, table.row, keyed), table.row, keyed, says_ditto)
    name = next((at for at, column in columns.items() if column.role == "name"), min(columns))
    left_out = {} if grid.turned else asides(grid, table.row, name, len(columns))  # a column is no footer
    counted = {at for at in table.columns if at not in columns}
    return replace(table, grid=grid, columns=columns, left_out=left_out, counting=counted)


def header_problems(table: MatchedTable, is_tier: Callable[[str], object] = lambda _: False) -> Iterator[CellProblem]:
    """What is wrong with a table before any of its rows is read. What `is_tier` knows may stand in a column of any name."""
    grid, filled, unknown = table.grid, table.filled, list[int]()
    for at in sorted({*filled, *table.twice}):
        if at in table.columns or at in table.counting or table.is_ignored(at):
            continue
        if at in table.twice:
            name = table.heads[at].strip()
            only = name if [*map(str.strip, table.heads.values())].count(name) == 1 else ""  # else both would go
            yield cell_problem(table.place(table.row, at), "excel-column-twice", value=table.twice[at], header=only)
        elif at not in table.heads:
            first = min(number for number, cells in grid.rows.items() if number > table.row and at in cells)
            yield cell_problem(table.place(first, at), "excel-no-header", value=grid.rows[first][at].text)
        else:
            unknown.append(at)
    if unknown:
        yield _unknown(table, unknown, is_tier)
    for top, left, bottom, right in grid.merged:
        known = [at for at in range(left, right + 1) if at in table.columns]
        rows = [row for row in range(top, bottom + 1) if row > table.row and row not in table.left_out]
        if known and rows and (len(known) > 1 or bottom > top):
            yield cell_problem(table.place(top, left), "excel-merged")


def _unknown(table: MatchedTable, unknown: Collection[int], is_tier: Callable[[str], object]) -> CellProblem:
    """Columns that mean nothing: what each may be, and what else the columns are called, the most alike first."""
    names = tuple(table.heads[at].strip() for at in unknown)
    guesses = {column.label: name for name in reversed(names) if (column := guess(table.sheet, name, table.at))}
    tiers = [column.label for column in table.sheet.columns if column.path == "tier" and "tier" not in table.at]
    for at in unknown if tiers else ():  # what it holds says more than what it is called
        if all(is_tier(cells[at].text) for row, cells in table.grid.rows.items() if row > table.row and at in cells):
            name = table.heads[at].strip()
            guesses = {**{label: each for label, each in guesses.items() if each != name}, tiers[0]: name}
    meant = tuple(f"{name}={label}" for label, name in guesses.items())
    known, spot = nearest_first(table.sheet, names[0], table.at), table.place(table.row, min(unknown))
    return cell_problem(spot, "excel-unknown-column", value=names, meant=meant, known=known)
