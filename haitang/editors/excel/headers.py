"""Which sheet a table is, and what its columns mean.

The rule: headers are matched by what they say, never by where they stand; a column that holds something and means nothing is
told, for what is in it would be lost.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from haitang.core.problems import Place, Problem, Value
from haitang.editors.excel.layout import Column, Sheet, sheets
from haitang.editors.excel.tables import Cell, Grid
from haitang.model.messages import words
from haitang.model.validation import closest

_LOOKED_AT = 10  # rows above the headers: a title, who filled it in, when
_MARKS = re.compile(r"[\s*＊:：]|[（(]必[填写][)）]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a table; row 0 is the table as a whole, without a title the whole file."""

    file: str
    title: str = ""
    row: int = 0
    column: int = 1


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem and the cell it belongs to."""

    spot: Spot
    problem: Problem


@dataclass(frozen=True)
class MatchedTable:
    """A table whose columns are understood. `row` is that of the headers, `at` the number of each column's path."""

    grid: Grid
    sheet: Sheet
    row: int
    columns: Mapping[int, Column]

    @cached_property
    def at(self) -> Mapping[str, int]:
        return {column.path: number for number, column in self.columns.items()}

    def spot(self, row: int, path: str) -> Spot:
        return Spot(self.grid.file, self.grid.title, row, self.at.get(path, min(self.columns, default=1)))

    def rows(self) -> Iterator[tuple[int, Mapping[str, Cell] | None]]:
        """The rows below the headers: their numbers, and their cells by the path of the column; None where the headers stand
        once more."""
        heads = self.grid.rows[self.row]
        for number, cells in self.grid.rows.items():
            at = cells.keys() & self.columns.keys()
            if number > self.row and at:
                again = len(at) > 1 and all(_plain(cells[each].text) == _plain(heads[each].text) for each in at)
                yield number, None if again else {self.columns[each].path: cells[each] for each in cells if each in at}


def cell_problem(spot: Spot, code: str, *, guess: str | None = None, **values: Value) -> CellProblem:
    """A problem whose place is the cell; without a guess none is proposed."""
    place = Place(spot.title or spot.file, max(spot.row, 1), spot.column)
    return CellProblem(spot, Problem(place, code, {**values, "guess": guess} if guess else values))


def match_table(grid: Grid) -> MatchedTable | None:
    """The table with its columns, None where nothing says what it is: by its title, else by its headers."""
    titled = [sheet for sheet in sheets() if sheet.title == grid.title.strip()]
    best: MatchedTable | None = None
    for sheet in titled or sheets():
        for row in sorted(grid.rows)[:_LOOKED_AT]:
            heads = {at: column for at, cell in sorted(grid.rows[row].items()) if (column := _meant(sheet, cell.text))}
            first = {column.path: at for at, column in reversed(heads.items())}
            columns = {at: column for at, column in heads.items() if first[column.path] == at}  # each once
            roles = {column.role for column in columns.values()}
            if {"id", "name"} & roles and len(columns) >= 2 and len(columns) > len(best.columns if best else ()):
                best = MatchedTable(grid, sheet, row, columns)
    return best


def _meant(sheet: Sheet, text: str) -> Column | None:
    """The column a header means: by its label, by the field's own name, by another name that only one of them has."""
    plain = _plain(text)
    return next((names[plain] for names in _called(sheet.title) if plain in names), None)


@cache
def _called(title: str) -> tuple[Mapping[str, Column], ...]:
    """What the columns of a sheet are called, the surest names first; a name that two of them have is none."""
    sheet = next(sheet for sheet in sheets() if sheet.title == title)
    found = []
    for spoken in (lambda column: (column.label,), lambda column: (column.path,), _also):
        names: dict[str, list[Column]] = {}
        for column in sheet.columns:
            for name in {_plain(name) for name in spoken(column)}:
                names.setdefault(name, []).append(column)
        found.append({name: columns[0] for name, columns in names.items() if len(columns) == 1})
    return tuple(found)


def _also(column: Column) -> tuple[str, ...]:
    """What people call a column besides its label."""
    also = str(words("zh-CN").tree["also_called"].get(column.spec.name, "")).split()
    return (column.spec.label, column.spec.name, *also)


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def header_problems(table: MatchedTable) -> Iterator[CellProblem]:
    """What is wrong with a table before any of its rows is read."""
    heads, grid = table.grid.rows[table.row], table.grid
    filled = {at for number, cells in grid.rows.items() if number > table.row for at in cells}
    for at in sorted(set(heads) | filled):
        spot = Spot(grid.file, grid.title, table.row, at)
        if at in table.columns:
            continue
        if at not in heads:
            first = min(number for number, cells in grid.rows.items() if number > table.row and at in cells)
            yield cell_problem(Spot(grid.file, grid.title, first, at), "excel-no-header", value=grid.rows[first][at].text)
        elif (again := _meant(table.sheet, heads[at].text)) is not None:
            yield cell_problem(spot, "excel-column-twice", value=again.label)
        elif at in filled:
            missing = {each.label: _also(each) for each in table.sheet.columns if each.path not in table.at}
            guess = closest(heads[at].text, missing)
            yield cell_problem(spot, "excel-unknown-column", value=heads[at].text, guess=guess)
    for first_row, first_column, last_row, last_column in grid.merged:
        if last_row > table.row and any(at in table.columns for at in range(first_column, last_column + 1)):
            yield cell_problem(Spot(grid.file, grid.title, first_row, first_column), "excel-merged")
