"""The bytes of a workbook, from a stranger → grids.

The rule: a workbook is read as hostile. What is in it is looked at before anything is unpacked, every part is unpacked only up
to a limit, no document type is let in, and formulas, macros and links to elsewhere are never followed.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from defusedxml.sax import parseString

from haitang.editors.excel.old_workbooks import read_old
from haitang.editors.excel.open_document import read_open_document
from haitang.editors.excel.tables import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    CellKind,
    Grid,
    NotTaken,
    Shows,
    format_of,
    merged_area,
    position_of,
)

MAX_BYTES = 30 << 20
MAX_UNPACKED = 120 << 20
MAX_PARTS = 1_000
_MAX_SMALL = 8 << 20
_MAX_SHEETS = 60
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ENCODED = re.compile("_x([0-9A-Fa-f]{4})_")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(content: bytes, file: str) -> list[Grid]:
    """The grids of a workbook. Raises NotTaken, whatever is in it."""
    try:
        return _grids(content, file)
    except DefusedXmlException:
        raise NotTaken("excel-entities") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
        raise NotTaken("excel-damaged") from None
    except (SAXException, ParseError, ValueError, LookupError):
        raise NotTaken("excel-unreadable") from None


def _grids(content: bytes, file: str) -> list[Grid]:
    if content.startswith(_OLE):
        return read_old(content, file)
    if len(content) > MAX_BYTES:
        raise NotTaken("excel-too-large", limit=MAX_BYTES >> 20)
    if not content.startswith(b"PK"):
        raise NotTaken("excel-not-workbook")
    with zipfile.ZipFile(io.BytesIO(content)) as parcel:
        _check_parts(parcel.infolist())
        if "content.xml" in parcel.namelist():
            return read_open_document(parcel, file, MAX_UNPACKED)
        if "xl/workbook.xml" not in parcel.namelist():
            raise NotTaken("excel-not-workbook")
        return _Workbook(parcel, file).grids()


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """They are not too many and not too large, and none of them is locked or does anything."""
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise NotTaken("excel-too-large", limit=MAX_BYTES >> 20)
    if any(part.flag_bits & 1 for part in parts):
        raise NotTaken("excel-encrypted")
    names = [part.filename.lower() for part in parts]
    if any(name.endswith("vbaproject.bin") or name.startswith(("xl/macrosheets/", "basic/")) for name in names):
        raise NotTaken("excel-macros")


class _Workbook:
    """One workbook while it is read: its texts and formats are shared by its sheets."""

    def __init__(self, parcel: zipfile.ZipFile, file: str) -> None:
        self._parcel, self._file = parcel, file
        self._names = set(parcel.namelist())
        self._formats = self._date_formats() if "xl/styles.xml" in self._names else []
        self._texts: list[str] = []
        if "xl/sharedStrings.xml" in self._names:
            handler = _Texts()
            parseString(self._part("xl/sharedStrings.xml", MAX_UNPACKED), handler, forbid_dtd=True)
            self._texts = [_decoded("".join(pieces)) for pieces in handler.texts]

    def grids(self) -> list[Grid]:
        book = self._tree("xl/workbook.xml")
        targets = {
            relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", "").replace("\\", "/")))
            for relation in self._tree("xl/_rels/workbook.xml.rels")
        }
        properties = next(iter(_found(book, "workbookPr")), None)
        since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        sheets = _found(book, "sheets/sheet")
        if len(sheets) > _MAX_SHEETS:
            raise NotTaken("excel-too-many-sheets", limit=_MAX_SHEETS)
        grids = []
        for sheet in sheets:
            linked = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
            part = targets.get(linked, "")
            part = part.removeprefix("xl/") if part.startswith("xl//") or part.startswith("xl/xl/") else part.lstrip("/")
            if part not in self._names:
                continue  # a chart's sheet, or nothing
            hidden = sheet.get("state", "visible") != "visible"
            grids.append(self._grid(part, sheet.get("name", ""), hidden=hidden, since_1904=since_1904))
        return grids

    def _grid(self, part: str, title: str, *, hidden: bool, since_1904: bool) -> Grid:
        handler = _Rows(self._texts, self._formats)
        try:
            parseString(self._part(part, MAX_UNPACKED), handler, forbid_dtd=True)
        except NotTaken as refused:
            raise NotTaken(refused.code, title=title, **refused.values) from None
        return Grid(
            self._file, title, handler.rows, tuple(handler.merged), frozenset(handler.hidden_rows),
            frozenset(handler.hidden_columns), hidden, since_1904,
        )  # fmt: skip

    def _part(self, name: str, limit: int) -> bytes:
        with self._parcel.open(name) as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise NotTaken("excel-too-large", limit=MAX_BYTES >> 20)
        return content

    def _tree(self, name: str) -> Element:
        tree: Element = fromstring(self._part(name, _MAX_SMALL), forbid_dtd=True)
        return tree

    def _date_formats(self) -> list[tuple[Shows, bool]]:
        """For each style of a cell: what its format shows of a date, and whether it is a percentage."""
        tree = self._tree("xl/styles.xml")
        own = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in _found(tree, "numFmts/numFmt")}
        found = []
        for style in _found(tree, "cellXfs/xf"):
            number = int(style.get("numFmtId", "0"))
            code = own.get(number, "")
            found.append(format_of(number, code))
        return found


def _found(tree: Element, path: str) -> list[Element]:
    for space in (_MAIN, _STRICT):
        if found := tree.findall("/".join(space + step for step in path.split("/"))):
            return found
    return []


class _Reader(ContentHandler):
    """Collects the text of the elements that are told to; how a word is pronounced (`rPh`) is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._into: list[str] | None = None
        self._is_silent = False

    def startElement(self, name: str, attrs: Any) -> None:
        name = name.rpartition(":")[2]
        if name == "rPh":
            self._is_silent = True
        elif not self._is_silent or name not in ("v", "t"):
            self.start(name, attrs)

    def characters(self, content: str) -> None:
        if self._into is not None:
            self._into.append(content)

    def endElement(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "t", "f"):
            self._into = None
        elif name == "rPh":
            self._is_silent = False
        self.end(name)

    def start(self, name: str, attrs: Any) -> None:
        """An element begins; not all readers care."""

    def end(self, name: str) -> None:
        """An element ends; not all readers care."""


class _Texts(_Reader):
    """The texts that cells share, each in the pieces it came in. How a word in them looks is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[list[str]] = []

    def start(self, name: str, attrs: Any) -> None:  # noqa: ARG002
        if name == "si":
            self.texts.append([])
        elif name == "t":
            self._into = self.texts[-1]


class _Rows(_Reader):
    """A sheet's cells that hold something."""

    def __init__(self, texts: list[str], formats: list[tuple[Shows, bool]]) -> None:
        super().__init__()
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._texts, self._formats = texts, formats
        self._row = self._column = 0
        self._type, self._style = "n", 0
        self._value: list[str] = []
        self._formula: list[str] | None = None

    def start(self, name: str, attrs: Any) -> None:
        if name == "c":
            self._start_cell(attrs)
        elif name in ("v", "t"):
            self._into = self._value
        elif name == "f":
            self._into = self._formula = []
        elif name == "row":
            self._row, self._column = int(attrs.get("r", self._row + 1)), 0
            if attrs.get("hidden") in ("1", "true"):
                self.hidden_rows.add(self._row)
        elif name == "mergeCell":
            first, _, last = attrs["ref"].partition(":")
            self.merged.append(merged_area(*position_of(first), *position_of(last or first)))
        elif name == "col" and attrs.get("hidden") in ("1", "true"):
            self.hidden_columns.update(range(int(attrs["min"]), min(int(attrs["max"]), MOST_COLUMNS) + 1))

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()

    def _start_cell(self, attrs: Any) -> None:
        if reference := attrs.get("r"):
            self._row, self._column = position_of(reference)
        else:
            self._column += 1
        self._type, self._style = attrs.get("t", "n"), int(attrs.get("s", "0"))
        self._value, self._formula = [], None

    def _end_cell(self) -> None:
        text = "".join(self._value)
        if not text.strip() and self._formula is not None:  # a formula is known by what it came to
            cell = Cell("=" + "".join(self._formula), "formula")
        elif not text.strip():
            return
        else:
            cell = self._cell(text)
            if cell.kind == "text" and not cell.text.strip():
                return
        if self._row > MOST_ROWS:
            raise NotTaken("excel-too-many-rows", limit=MOST_ROWS)
        if self._column > MOST_COLUMNS:
            raise NotTaken("excel-too-many-columns", limit=MOST_COLUMNS)
        self.rows.setdefault(self._row, {})[self._column] = cell

    def _cell(self, text: str) -> Cell:
        if self._type == "s":
            return Cell(self._texts[int(text)])
        if self._type in ("str", "inlineStr"):
            return Cell(_decoded(text))
        kinds: Mapping[str, CellKind] = {"b": "yes-no", "e": "error"}
        if self._type in kinds:
            return Cell(text, kinds[self._type])
        if self._type == "d":  # a date as ISO 8601 writes it
            return Cell(text.partition("T")[0])
        shows, percent = self._formats[self._style] if self._style < len(self._formats) else ("", False)
        return Cell(text, "date" if shows else "number", shows, percent)


def _decoded(text: str) -> str:
    """What spreadsheets write as _x000D_."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
