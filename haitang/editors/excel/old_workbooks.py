"""Workbooks of Excel 97 to 2003 and WPS's own (`.xls`, `.et`) → grids.

The rule: xlrd reads them, for it alone tells merged cells, formats of dates and errors. It follows no formula and runs no
macro, and whatever it stumbles over is a workbook that cannot be read.
"""

import io

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.sheet import Sheet

from haitang.editors.excel.tables import MOST_COLUMNS, MOST_ROWS, Cell, Grid, NotTaken, format_of, merged_area

MAX_BYTES = 10 << 20  # each byte of an old workbook may be a cell
_MAX_SHEETS = 60
_EMPTY, _TEXT, _NUMBERS, _YES_NO, _ERROR = (0, 6), 1, (2, 3), 4, 5


def read_old(content: bytes, file: str) -> list[Grid]:
    """The grids of a workbook. Raises NotTaken, whatever is in it."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise NotTaken("excel-encrypted")
    if len(content) > MAX_BYTES:
        raise NotTaken("excel-too-large", limit=MAX_BYTES >> 20)
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise NotTaken("excel-macros")
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        if book.nsheets > _MAX_SHEETS:
            raise NotTaken("excel-too-many-sheets", limit=_MAX_SHEETS)
        grids = []
        for number in range(book.nsheets):
            grids.append(_grid(book, book.sheet_by_index(number), file))
            book.unload_sheet(number)
        return grids
    except NotTaken:
        raise
    except XLRDError as refused:
        raise NotTaken("excel-encrypted" if "encrypted" in str(refused) else "excel-old-format") from None
    except (Exception, MemoryError):  # made for sound files, it asserts and indexes without looking
        raise NotTaken("excel-unreadable") from None


def _grid(book: Book, sheet: Sheet, file: str) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    for row in range(sheet.nrows):
        cells = {}
        for column in range(sheet.row_len(row)):
            if sheet.cell_type(row, column) not in _EMPTY and (cell := _cell(book, sheet, row, column)):
                cells[column + 1] = cell
        if cells and row >= MOST_ROWS:
            raise NotTaken("excel-too-many-rows", title=sheet.name, limit=MOST_ROWS)
        if cells and max(cells) > MOST_COLUMNS:
            raise NotTaken("excel-too-many-columns", title=sheet.name, limit=MOST_COLUMNS)
        if cells:
            rows[row + 1] = cells
    merged = tuple(merged_area(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    hidden_rows = frozenset(row + 1 for row, told in sheet.rowinfo_map.items() if told.hidden)
    hidden_columns = frozenset(column + 1 for column, told in sheet.colinfo_map.items() if told.hidden)
    hidden = sheet.visibility != 0
    return Grid(file, sheet.name, rows, merged, hidden_rows, hidden_columns, hidden, bool(book.datemode))


def _cell(book: Book, sheet: Sheet, row: int, column: int) -> Cell | None:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == _TEXT:
        return Cell(str(value)) if str(value).strip() else None
    if kind == _YES_NO:
        return Cell(str(int(value)), "yes-no")
    if kind == _ERROR:
        return Cell(xlrd.error_text_from_code.get(int(value), "#ERROR!"), "error")
    if kind not in _NUMBERS:
        return None
    number = book.xf_list[sheet.cell_xf_index(row, column)].format_key
    shows, percent = format_of(number, book.format_map[number].format_str)
    text = repr(value).removesuffix(".0")
    return Cell(text, "date" if shows else "number", shows, percent)
