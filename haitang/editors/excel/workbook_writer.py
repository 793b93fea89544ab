"""Tables → a workbook's bytes, and marks in somebody's workbook.

The rule: only this and `editing.reminders` write by openpyxl, and nothing but texts: no cell of ours is ever a formula. The
same tables give the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from haitang.core.problem_codes import Level
from haitang.editors.excel.tables import MOST_ROWS, address

_THE_DAY = datetime(2000, 1, 1)  # a workbook says when it was made; ours must not
_STAMP = (1980, 1, 1, 0, 0, 0)
_HEAD, _NEEDED, _KEY = "F6E3E3", "E9B8B8", "EFEFEF"
_LISTED = 12  # cells of one mistake
_MARKS: Mapping[Level, str] = {"error": "FF9C9C", "warning": "FFE08A", "hint": "FFF6C9"}
# What spreadsheets take for a formula when it is typed; such texts get the mark that they are texts.
_FORMULAS = tuple("=+-@\t\r＝＋－＠")
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Head:
    """A column's header. `note` is its comment, `choices` the name of the list its values are picked from."""

    label: str
    note: str = ""
    width: int = 18
    required: bool = False
    is_key: bool = False
    choices: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet."""

    title: str
    heads: tuple[Head, ...]
    rows: Sequence[Sequence[str]]
    most_lines: int = 6  # a row shows; the rest of a long text is seen when it is opened


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be known of a cell of somebody's sheet though nothing is wrong with it."""

    title: str
    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong with a cell of somebody's sheet."""

    title: str
    row: int
    column: int
    text: str
    level: Level = "error"


def workbook(tables: Sequence[Table], lists: Table) -> bytes:
    """A workbook of these sheets. `lists` comes last: each of its columns is a list to pick from, by its header's label."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created, book.properties.creator = _THE_DAY, ""
    ranges = {
        head.label: f"'{lists.title}'!${address(1, at)[:-1]}$2:${address(1, at)[:-1]}${len(rows) + 1}"
        for at, head in enumerate(lists.heads, 1)
        if (rows := [row for row in lists.rows if row[at - 1]])
    }
    bodies = [_sheet(book, table, ranges) for table in (*tables, lists)]
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue(), {f"xl/worksheets/sheet{at}.xml": body for at, body in enumerate(bodies, 1)})


def _sheet(book: Any, table: Table, ranges: Mapping[str, str]) -> str:
    """Adds a sheet with its headers; returns its other rows as XML, which is written past openpyxl: one by one it would take
    longer than everything else."""
    sheet = book.create_sheet(table.title)
    plain, quoted = [], []
    for at, head in enumerate(table.heads, 1):
        cell = sheet.cell(1, at, head.label)
        cell.data_type = "s"
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="center", wrap_text=True)
        cell.fill = PatternFill("solid", fgColor=_NEEDED if head.required else _HEAD)
        cell.border, cell.number_format = Border(bottom=Side("thin")), "@"
        if head.note:
            cell.comment = Comment(head.note, "", width=320, height=60 + 18 * (len(head.note) // 22 + head.note.count("\n")))
        column = sheet.column_dimensions[address(1, at)[:-1]]
        column.width, column.number_format = head.width, "@"
        column.alignment = Alignment(vertical="top", wrap_text=True)
        if head.is_key:
            column.fill = PatternFill("solid", fgColor=_KEY)
        plain.append(column.style_id)
        marked = copy(column._style)
        marked.quotePrefix = 1
        quoted.append(book._cell_styles.add(marked))
        if head.choices and head.choices in ranges:
            rule = DataValidation("list", formula1=ranges[head.choices], allow_blank=True, errorStyle="warning")
            rule.add(f"{address(2, at)}:{address(MOST_ROWS, at)}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "C2" if len(table.heads) > 3 else "A2"
    sheet.auto_filter.ref = f"A1:{address(len(table.rows) + 1, len(table.heads))}"
    return "".join(_row(number, row, _height(row, table), plain, quoted) for number, row in enumerate(table.rows, 2))


def _height(row: Sequence[str], table: Table) -> int:
    """How high a row has to be, in points; a Chinese character is as wide as two others."""
    lines = 1
    for text, head in zip(row, table.heads, strict=True):
        if len(text) * 2 > head.width or "\n" in text:
            wide = (sum(1 + (character > "\u2e7f") for character in line) for line in text.split("\n"))
            lines = max(lines, sum(max(1, -(-width // max(1, head.width - 2))) for width in wide))
    return 15 * min(lines, table.most_lines)


def _row(number: int, row: Sequence[str], height: int, plain: Sequence[int], quoted: Sequence[int]) -> str:
    cells = []
    for at, text in enumerate(row, 1):
        if text:
            style = (quoted if text.startswith(_FORMULAS) else plain)[at - 1]
            # What XML cannot hold, and what would be read as such, is written as _x000D_.
            clean = escape(_NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
            start = f'<c r="{address(number, at)}" s="{style}" t="inlineStr">'
            cells.append(f'{start}<is><t xml:space="preserve">{clean}</t></is></c>')
    return f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>'


def settled(content: bytes, bodies: Mapping[str, str]) -> bytes:
    """The same workbook without the moment it was saved at, and with the rows of those sheets that are named."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", part)
            if name in bodies:
                part = _filled(part.decode(), bodies[name]).encode()
            info = zipfile.ZipInfo(name, _STAMP)
            info.create_system, info.external_attr = 0, 0
            new.writestr(info, part, zipfile.ZIP_DEFLATED, 6)
    return stream.getvalue()


def _filled(sheet: str, body: str) -> str:
    """A sheet with its rows; and the program need not warn that numbers are kept as texts."""
    quiet = f'<ignoredErrors><ignoredError sqref="A1:{address(MOST_ROWS, 100)}" numberStoredAsText="1"/></ignoredErrors>'
    before, end, after = sheet.partition("</sheetData>")
    at = after.find("<legacyDrawing")
    after = after[:at] + quiet + after[at:] if at >= 0 else after.replace("</worksheet>", f"{quiet}</worksheet>")
    return re.sub(r"<dimension [^>]*/>", "", before) + body + end + after


def marked(
    content: bytes, marks: Iterable[Mark], title: str, heads: tuple[str, str], remarks: Iterable[Remark] = (), author: str = ""
) -> bytes:
    """Somebody's workbook with its wrong cells coloured and explained, led by a sheet that lists them. `remarks` are comments
    only, by the `author`. Raises whatever openpyxl raises for a workbook that only it cannot read."""
    book = load_workbook(io.BytesIO(content), keep_links=False)
    _clean(book, title, author)
    listed = book.create_sheet(title, 0)
    listed.append(heads)
    listed.column_dimensions["A"].width, listed.column_dimensions["B"].width = 20, 90
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is listed
    cells: dict[tuple[str, int, int], Mark] = {}  # one mark a cell
    for mark in marks:
        place = (mark.title, mark.row, mark.column)
        first = cells.get(place)
        cells[place] = replace(first, text=f"{first.text}\n{mark.text}") if first else mark
    _list(listed, cells.values(), book.sheetnames)
    for mark in cells.values():
        if mark.title in book.sheetnames:
            _mark(book[mark.title], mark, title)
    for remark in remarks:
        if remark.title in book.sheetnames:
            _remark(book[remark.title], remark, (title, author))
    stream = io.BytesIO()
    book.save(stream)
    return settled(stream.getvalue(), {})


def _list(listed: Any, marks: Iterable[Mark], titles: Sequence[str]) -> None:
    """A row for each mistake: what a whole column lacks is one."""
    alike: dict[tuple[str, int, str], list[Mark]] = {}
    for mark in marks:
        alike.setdefault((mark.title, mark.column, mark.text), []).append(mark)
    for spots in alike.values():
        spot, places = spots[0], [address(each.row, each.column) for each in spots[:_LISTED]]
        listed.append([None, None])
        row = listed.max_row + (listed.max_row == 1)
        where = ", ".join([*places, *(["…"] if len(spots) > _LISTED else [])])
        for at, text in enumerate((f"{spot.title}!{where}", spot.text), 1):
            cell = listed.cell(row, at, text)
            cell.data_type, cell.alignment = "s", Alignment(vertical="top", wrap_text=True)
            cell.fill = PatternFill("solid", fgColor=_MARKS[spot.level])
        if spot.title in titles:
            listed.cell(row, 1).hyperlink = f"#'{spot.title}'!{places[0]}"


def _mark(sheet: Any, spot: Mark, author: str) -> None:
    cell = _cell(sheet, spot)
    cell.fill = PatternFill("solid", fgColor=_MARKS[spot.level])
    cell.comment = _comment(spot.text, author)


def _remark(sheet: Any, remark: Remark, ours: tuple[str, str]) -> None:
    """Below a mark of ours in the same comment; somebody's own comment stays as it is."""
    cell = _cell(sheet, remark)
    if cell.comment is None:
        cell.comment = _comment(remark.text, ours[1])
    elif cell.comment.author in ours:
        cell.comment = _comment(f"{cell.comment.text}\n{remark.text}", cell.comment.author)


def _cell(sheet: Any, spot: Mark | Remark) -> Any:
    cell = sheet.cell(spot.row, spot.column)
    if isinstance(cell, MergedCell):
        whole = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(whole.min_row, whole.min_col)
    return cell


def _comment(text: str, author: str) -> Comment:
    return Comment(text, author, width=360, height=60 + 18 * (len(text) // 24 + text.count("\n")))


def _clean(book: Any, title: str, author: str) -> None:
    """Takes away what was marked the last time."""
    if title in book.sheetnames:
        book.remove(book[title])
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):  # not all within the used area, which may be a thousand million
            if cell.comment is not None and cell.comment.author == title:
                cell.comment, cell.fill = None, PatternFill()
            elif author and cell.comment is not None and cell.comment.author == author:
                cell.comment = None
