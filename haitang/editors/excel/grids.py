"""A table as it came out of a file, before anybody knows what its columns mean.

The rule: a cell keeps what the program that saved it made of the typing, a date or a number, for that is where values get
lost; what it was is worked out in `eaten`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from haitang.core.problems import Problem

CellKind = Literal["text", "number", "date", "yes-no", "formula", "error"]
# How much of a moment a date's number format shows; "time" shows no day, "no-year" no year.
Shows = Literal["year", "month", "day", "no-year", "time", ""]
MOST_ROWS = 20_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is the value as the file holds it: a date's is its serial number."""

    text: str
    kind: CellKind = "text"
    shows: Shows = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its rows by their number, their cells by the number of their column, both from 1; empty cells are left out.
    `merged` are the first and last row and column of merged cells. `file` is where it comes from."""

    file: str
    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file holds, and why not more."""

    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def address(row: int, column: int) -> str:
    """F12."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def position_of(reference: str) -> tuple[int, int]:
    """F12 → row 12, column 6. Raises ValueError."""
    letters = reference.rstrip("0123456789")
    if not letters.isalpha() or not letters.isascii() or len(letters) > 3:
        raise ValueError(reference)
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]), column
