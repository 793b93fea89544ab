"""What spreadsheet programs make of what people type: dates out of house numbers, numbers out of telephones.

The rule: where the typing can be told for certain it is given back; where something was lost, the cell is named, never filled.
"""

import re
from datetime import date, timedelta

from haitang.editors.excel.cells import NotUnderstood
from haitang.editors.excel.grids import Cell
from haitang.model.field_specs import FieldSpec

_SHORT_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}")
_YES_NO = {"1": "是", "0": "否"}
_DATES = ("day", "date")
# Serial numbers of 1970 to 2100, as days: a bare number of this size in a column of dates is one that lost its format.
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_415
_EXACT_DIGITS = 15


def text_of(cell: Cell, spec: FieldSpec, *, since_1904: bool = False) -> str:
    """The text a cell stands for in a field's column. Raises NotUnderstood."""
    if cell.kind == "formula":
        raise NotUnderstood("excel-formula", cell.text)
    if cell.kind == "error":
        raise NotUnderstood("excel-error-cell", cell.text)
    if cell.kind == "yes-no":
        return _YES_NO.get(cell.text, cell.text) if spec.kind == "yes-no" else "TRUE" if cell.text == "1" else "FALSE"
    if cell.kind == "date":
        return _date(cell, spec, since_1904)
    if cell.kind == "number":
        return _number(cell, spec, since_1904)
    if spec.kind != "number" and _SHORT_SCIENTIFIC.fullmatch(cell.text.strip()) and spec.kind in ("phone", "text", "line"):
        raise NotUnderstood("excel-scientific", cell.text.strip())
    return cell.text


def _date(cell: Cell, spec: FieldSpec, since_1904: bool) -> str:
    if spec.kind not in _DATES or cell.shows == "time":
        raise NotUnderstood("excel-became-date", _told(cell, since_1904))
    if cell.shows == "no-year":
        raise NotUnderstood("excel-date-no-year", _told(cell, since_1904))
    return _told(cell, since_1904)


def _told(cell: Cell, since_1904: bool) -> str:
    """The moment as far as its format shows it."""
    try:
        serial = float(cell.text)
        if cell.shows == "time":
            minutes = round(serial % 1 * 1440)
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
        day = _day(int(serial), since_1904)
    except (ValueError, OverflowError):
        return cell.text
    return day.isoformat()[: {"year": 4, "month": 7}.get(cell.shows, 10)]


def _day(serial: int, since_1904: bool) -> date:
    return date(1904, 1, 1) + timedelta(serial) if since_1904 else date(1899, 12, 30) + timedelta(serial)


def _number(cell: Cell, spec: FieldSpec, since_1904: bool) -> str:
    try:
        value = float(cell.text)
    except ValueError:
        return cell.text
    if cell.percent:
        if spec.high != 100:
            raise NotUnderstood("excel-percent", _plain(value * 100) + "%")
        value = value * 100
    written = _plain(value)
    if spec.kind == "number":
        return written
    if abs(value) >= 10**_EXACT_DIGITS:
        raise NotUnderstood("excel-long-number", written)
    if spec.kind in _DATES:
        return _number_as_date(value, written, since_1904)
    if spec.kind == "phone" and len(written) in (10, 11) and written[0] not in "148":
        area = "512" if written.startswith("512") else ""
        raise NotUnderstood("excel-phone-eaten", written, f"0{area}-{written[3:]}" if area else None)
    return written


def _number_as_date(value: float, written: str, since_1904: bool) -> str:
    if value.is_integer() and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        raise NotUnderstood("excel-date-eaten", written, _day(int(value), since_1904).isoformat())
    if not value.is_integer():
        raise NotUnderstood("excel-date-decimal", written)
    return written


def _plain(value: float) -> str:
    """A number without what binary fractions add to it: as many digits as spreadsheets keep."""
    if not abs(value) < 1e300:
        return str(value)
    if value.is_integer():
        return str(int(value))
    text = f"{value:.{_EXACT_DIGITS}g}"
    return f"{value:.15f}".rstrip("0").rstrip(".") if "e" in text else text
