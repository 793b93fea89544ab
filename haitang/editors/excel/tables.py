"""A table as it came out of a file, before anybody knows what its columns mean; and text as such a table.

The rule: a cell keeps what the program that saved it made of the typing, a date or a number, for that is where values get
lost; what it was is worked out in `cells`. Excel on Chinese Windows writes text as GB18030, and that is read too.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from haitang.core.problems import Value

CellKind = Literal["text", "number", "date", "yes-no", "formula", "error"]
# How much of a moment a date's number format shows; "time" shows no day, "no-year" no year.
Shows = Literal["year", "month", "day", "no-year", "time", ""]
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_MOST_IN_A_CELL = 40_000
_MOST_MERGED = 10_000  # cells in one; whoever marks the workbook later makes each of them
# The formats of dates every program knows by number; 27 to 58 are those of Chinese Windows.
_KNOWN: Mapping[int, Shows] = {
    **dict.fromkeys((14, 15, 22, 30, 31), "day"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "month"),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "no-year"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "time"),
}  # fmt: skip


class NotTaken(Exception):
    """Why a file is no table for us: a problem code with its values."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code, self.values = code, values


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
    `merged` are the first and last row and column of merged cells. `file` is where it comes from. One that was `turned` has its
    rows as columns."""

    file: str
    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    since_1904: bool = False
    turned: bool = False


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


def merged_area(first_row: int, first_column: int, last_row: int, last_column: int) -> tuple[int, int, int, int]:
    """The place of merged cells. Raises NotTaken where they are too many."""
    if (last_row - first_row + 1) * (last_column - first_column + 1) > _MOST_MERGED:
        raise NotTaken("excel-unreadable")
    return first_row, first_column, last_row, last_column


def format_of(number: int, code: str) -> tuple[Shows, bool]:
    """What a number format, known by its number or written out, shows of a date, and whether it is a percentage."""
    shows = _shows(code) if code and number not in _KNOWN else _KNOWN.get(number, "")
    return shows, number in (9, 10) or "%" in re.sub(r'"[^"]*"', "", code)


def _shows(code: str) -> Shows:
    """What a number format shows of a date."""
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', "", code.partition(";")[0].lower())
    year, day, month = "y" in bare or "e" in bare.replace("general", ""), "d" in bare, "m" in bare
    if re.search(r"[0#?]", bare) and not day:
        return ""
    if year:
        return "day" if day else "month" if month else "year"
    if day:
        return "no-year"
    return "time" if re.search("[hs]", bare) else "no-year" if month else ""


def read_csv(content: bytes, file: str) -> Grid:
    """A table of one kind. Its title is the file's name without the ending. Raises NotTaken."""
    text = _decoded(content)
    delimiter = max(",;\t", key="\n".join(text.split("\n")[:5]).count)  # what the first lines are divided by
    rows: dict[int, dict[int, Cell]] = {}
    csv.field_size_limit(_MOST_IN_A_CELL)
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            cells = {at: Cell(_bare(value)) for at, value in enumerate(line, 1) if value.strip()}
            if cells and number > MOST_ROWS:
                raise NotTaken("excel-too-many-rows", title=file, limit=MOST_ROWS)
            if cells and max(cells) > MOST_COLUMNS:
                raise NotTaken("excel-too-many-columns", title=file, limit=MOST_COLUMNS)
            if cells:
                rows[number] = cells
    except csv.Error:
        raise NotTaken("excel-bad-csv") from None
    return Grid(file, Path(file).stem, rows)


def _decoded(content: bytes) -> str:
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # what Excel calls Unicode text
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise NotTaken("excel-encoding")


def _bare(value: str) -> str:
    """Without the marks that keep a spreadsheet from taking a text for a formula or a number: '=x, ="0512"."""
    if value.startswith('="') and value.endswith('"') and len(value) > 2:
        return value[2:-1]
    return value[1:] if value[:1] == "'" and value[1:2] in tuple("=+-@\t\r＝＋－＠0123456789") else value
