"""Workbooks of LibreOffice and OpenOffice (`.ods`) → grids.

The rule: read as hostile as any other. A cell or a row that stands there a million times is counted before it is made.
"""

import re
import zipfile
from datetime import date
from typing import Any
from xml.sax.handler import ContentHandler

from defusedxml.sax import parseString

from haitang.editors.excel.tables import MOST_COLUMNS, MOST_ROWS, Cell, Grid, NotTaken, Shows, merged_area

_MOST_CELLS = 500_000
_MAX_SHEETS = 60
_PARTS = {"number:year": "y", "number:month": "m", "number:day": "d", "number:hours": "t", "number:minutes": "t"}
_TIME = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")


def read_open_document(parcel: zipfile.ZipFile, file: str, limit: int) -> list[Grid]:
    """The grids of a workbook whose parts were counted. Raises NotTaken, and what zipfile and the readers of XML raise."""
    names = parcel.namelist()
    if "mimetype" in names and b"spreadsheet" not in parcel.read("mimetype")[:200]:
        raise NotTaken("excel-not-workbook")
    if "META-INF/manifest.xml" in names and b"encryption-data" in _part(parcel, "META-INF/manifest.xml", limit):
        raise NotTaken("excel-encrypted")
    handler = _Content(file)
    for name in ("styles.xml", "content.xml"):
        if name in names:
            parseString(_part(parcel, name, limit), handler, forbid_dtd=True)
    if len(handler.grids) > _MAX_SHEETS:
        raise NotTaken("excel-too-many-sheets", limit=_MAX_SHEETS)
    return handler.grids


def _part(parcel: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with parcel.open(name) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise NotTaken("excel-too-large", limit=limit >> 20)
    return content


class _Content(ContentHandler):
    """What stands in the cells of all tables."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self._file = file
        self._dated: dict[str, set[str]] = {}  # a format of dates → its parts
        self._style = ""  # the style or format that is being told
        self._formats: dict[str, str] = {}  # a cell's style → its format
        self._hidden_tables: set[str] = set()
        self._text: list[str] | None = None
        self._aside = 0  # inside a remark on a cell
        self._cells_made = 0

    def startElement(self, name: str, attrs: Any) -> None:
        if name in ("office:annotation", "draw:frame", "table:shapes"):
            self._aside += 1
        elif self._aside:
            return
        elif name == "table:table":
            self._start_table(attrs)
        elif name == "table:table-column":
            self._start_column(attrs)
        elif name == "table:table-row":
            self._start_row(attrs)
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._attrs, self._text = dict(attrs), []
        elif name == "text:p" and self._text:
            self._text.append("\n")
        elif name in ("text:s", "text:tab", "text:line-break") and self._text is not None:
            blanks = min(int(attrs.get("text:c", "1")), 1000)
            self._text.append({"text:s": " " * blanks, "text:tab": "\t"}.get(name, "\n"))
        else:
            self._start_style(name, attrs)

    def _start_style(self, name: str, attrs: Any) -> None:
        if name in ("number:date-style", "number:time-style", "style:style"):
            self._style = attrs.get("style:name", "")
            if "style:data-style-name" in attrs:
                self._formats[self._style] = attrs["style:data-style-name"]
        elif name in _PARTS:
            self._dated.setdefault(self._style, set()).add(_PARTS[name])
        elif name == "style:table-properties" and attrs.get("table:display") == "false":
            self._hidden_tables.add(self._style)

    def characters(self, content: str) -> None:
        if self._text is not None and not self._aside:
            self._text.append(content)

    def endElement(self, name: str) -> None:
        if name in ("office:annotation", "draw:frame", "table:shapes"):
            self._aside -= 1
        elif self._aside:
            return
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            grid = Grid(self._file, self._title, self._rows, tuple(self._merged), frozenset(self._hidden_rows),
                        frozenset(self._hidden_columns), self._hidden)  # fmt: skip
            self.grids.append(grid)

    def _start_table(self, attrs: Any) -> None:
        self._title, self._hidden = attrs.get("table:name", ""), attrs.get("table:style-name") in self._hidden_tables
        self._rows: dict[int, dict[int, Cell]] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._hidden_rows, self._hidden_columns = set[int](), set[int]()
        self._row, self._columns = 0, 0

    def _start_column(self, attrs: Any) -> None:
        first, count = self._columns + 1, int(attrs.get("table:number-columns-repeated", "1"))
        self._columns += count
        if attrs.get("table:visibility", "visible") != "visible":
            self._hidden_columns.update(range(first, min(self._columns, MOST_COLUMNS) + 1))

    def _start_row(self, attrs: Any) -> None:
        self._row += 1
        self._repeated = int(attrs.get("table:number-rows-repeated", "1"))
        self._column, self._cells = 0, dict[int, Cell]()
        if attrs.get("table:visibility", "visible") != "visible":
            self._hidden_rows.update(range(self._row, min(self._row + self._repeated, MOST_ROWS + 1)))

    def _end_row(self) -> None:
        last = self._row + self._repeated - 1
        if self._cells:
            self._cells_made += len(self._cells) * self._repeated
            if last > MOST_ROWS or self._cells_made > _MOST_CELLS:
                raise NotTaken("excel-too-many-rows", title=self._title, limit=MOST_ROWS)
            for row in range(self._row, last + 1):
                self._rows[row] = self._cells
        self._row = last

    def _end_cell(self) -> None:
        attrs, text = self._attrs, "".join(self._text or ())
        self._text = None
        first = self._column + 1
        self._column += int(attrs.get("table:number-columns-repeated", "1"))
        rows, columns = (int(attrs.get(f"table:number-{way}-spanned", "1")) for way in ("rows", "columns"))
        if rows > 1 or columns > 1:
            self._merged.append(merged_area(self._row, first, self._row + rows - 1, first + columns - 1))
        cell = self._cell(attrs, text)
        if cell is None:
            return
        if self._column > MOST_COLUMNS:
            raise NotTaken("excel-too-many-columns", title=self._title, limit=MOST_COLUMNS)
        self._cells.update(dict.fromkeys(range(first, self._column + 1), cell))

    def _cell(self, attrs: dict[str, str], text: str) -> Cell | None:
        if attrs.get("calcext:value-type") == "error":
            return Cell(text, "error")
        if typed := self._typed(attrs):
            return typed
        text = attrs.get("office:string-value", "") or text
        if "table:formula" in attrs and not text.strip():
            return Cell(attrs["table:formula"], "formula")
        return Cell(text) if text.strip() else None

    def _typed(self, attrs: dict[str, str]) -> Cell | None:
        """What is no text."""
        kind, value = attrs.get("office:value-type", ""), attrs.get("office:value", "")
        if kind in ("float", "currency", "percentage") and value:
            return Cell(value, "number", "", kind == "percentage")
        if kind == "boolean":
            return Cell("1" if attrs.get("office:boolean-value") == "true" else "0", "yes-no")
        if kind == "date":
            serial = (date.fromisoformat(attrs["office:date-value"][:10]) - date(1899, 12, 30)).days
            return Cell(str(serial), "date", self._shows(attrs.get("table:style-name", "")))
        if kind == "time" and (found := _TIME.match(attrs.get("office:time-value", ""))):
            hours, minutes, seconds = (float(part or 0) for part in found.groups())
            return Cell(repr((hours + minutes / 60 + seconds / 3600) / 24), "date", "time")
        return None

    def _shows(self, style: str) -> Shows:
        """What a cell's format shows of a date, the day where it does not say."""
        parts = self._dated.get(self._formats.get(style, ""), set())
        if "y" in parts:
            return "day" if "d" in parts else "month" if "m" in parts else "year"
        return "no-year" if parts & {"m", "d"} else "time" if parts else "day"
