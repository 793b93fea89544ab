"""A file an editor sent → grids: a workbook, or a table as text.

The rule: what a file is, its bytes say and not its name; Excel on Chinese Windows writes GB18030, and that is read too.
"""

import csv
import io
from pathlib import Path

from haitang.core.decoding import read_regular
from haitang.core.problems import Place, Problem, Value
from haitang.editors.excel.grids import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Taken
from haitang.editors.excel.workbook_reader import MAX_BYTES, read_workbook

_TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
_MOST_IN_A_CELL = 40_000


def take(path: Path) -> Taken:
    """What a file holds, or why it is not taken. Never raises."""
    content = read_regular(path, path.name, MAX_BYTES)
    if isinstance(content, Problem):
        if content.code == "file-too-large":
            content = Problem(content.place, "excel-too-large", {"limit": MAX_BYTES >> 20})
        return Taken(problems=(content,))
    if path.suffix.lower() in _TEXT_SUFFIXES and not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_csv(content, path.name)
    if path.suffix.lower() == ".xlsm":
        return _none(path.name, "excel-macros")
    return read_workbook(content, path.name)


def read_csv(content: bytes, file: str) -> Taken:
    """A table of one kind. Its title is the file's name without the ending."""
    text = _decoded(content)
    if text is None:
        return _none(file, "excel-encoding")
    rows: dict[int, dict[int, Cell]] = {}
    csv.field_size_limit(_MOST_IN_A_CELL)
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True), 1):
            cells = {at: Cell(_bare(value)) for at, value in enumerate(line, 1) if value.strip()}
            if cells and number > MOST_ROWS:
                return _none(file, "excel-too-many-rows", title=file, limit=MOST_ROWS)
            if cells and max(cells) > MOST_COLUMNS:
                return _none(file, "excel-too-many-columns", title=file, limit=MOST_COLUMNS)
            if cells:
                rows[number] = cells
    except csv.Error:
        return _none(file, "excel-bad-csv")
    return Taken((Grid(file, Path(file).stem, rows),))


def _none(file: str, code: str, **values: Value) -> Taken:
    return Taken(problems=(Problem(Place(file), code, values),))


def _decoded(content: bytes) -> str | None:
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # what Excel calls Unicode text
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _delimiter(text: str) -> str:
    """What the first lines are divided by."""
    start = "\n".join(text.split("\n")[:5])
    return max(",;\t", key=start.count)


def _bare(value: str) -> str:
    """Without the marks that keep a spreadsheet from taking a text for a formula or a number: '=x, ="0512"."""
    if value.startswith('="') and value.endswith('"') and len(value) > 2:
        return value[2:-1]
    return value[1:] if value[:1] == "'" and value[1:2] in tuple("=+-@\t\r＝＋－＠0123456789") else value
