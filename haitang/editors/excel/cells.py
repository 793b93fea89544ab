"""A field's value ↔ the text of its cell, and what spreadsheet programs make of what people type there: dates out of house
numbers, numbers out of telephones.

The rule: `shown` and `taken` are each other's opposite for every value a file may hold. What `taken` cannot understand it
passes on as it is, for the model says best what is wrong with it. Where the typing can be told for certain, `text_of` gives
it back; where something was lost, the cell is named, never filled.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from haitang.editors.excel.layout import language, phrase
from haitang.editors.excel.names import Names, choice_of
from haitang.editors.excel.tables import Cell
from haitang.model.abroad import region
from haitang.model.cures.meanings import meant
from haitang.model.field_specs import FieldSpec
from haitang.model.messages import LANGUAGES, Clean
from haitang.model.normalize import spelled
from haitang.model.types import YES_NO
from haitang.model.written.dates import month_of
from haitang.model.written.lines import with_line_breaks
from haitang.schedule.language.spelling import on_one_line

# Values of these kinds hold no full-width characters: whoever typed them forgot to switch the keyboard.
_NARROW = frozenset(["number", "phone", "day", "date", "url", "id", "photo", "colour"])
_WIDE = re.compile(r"[\uff01-\uff5e\u3000]")
# Words of a list one knows end at any of these; in other texts a comma may belong to the word.
_ENDS_TERM, _ENDS_TEXT = "、，,；;\n", "、；;\n"
_PAIR = re.compile(r"\s*([^\s:：=]+)\s*[:：=\s]\s*(\S.*?)\s*", re.DOTALL)
_SHORT_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}")
_YES_NO = {"1": "是", "0": "否"}
_DATES = ("day", "date")
# Serial numbers of 1970 to 2100, as days: a bare number of this size in a column of dates is one that lost its format.
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_415
_EXACT_DIGITS = 15


class NotUnderstood(Exception):
    """A cell's text that means nothing here: a problem code with its values."""

    def __init__(self, code: str, value: str, guess: str | None = None) -> None:
        super().__init__(code)
        named = "code_point" if code == "hidden-character" else "value"
        self.code, self.values = code, {named: value} | ({"guess": guess} if guess else {})


def shown(spec: FieldSpec, value: Any, names: Names) -> str:
    """A plain value as its cell shows it; nothing for what has not the shape the field wants."""
    if isinstance(value, str):
        text = value.strip()
        if spec.kind == "yes-no":
            return {True: phrase("yes"), False: phrase("no"), None: text}[YES_NO.get(text.lower())]
        return names[spec.relation].label(text) if spec.relation else dict(spec.choices).get(text, text)
    if not isinstance(value, list):
        return ""
    if spec.is_table and spec.item:
        first, second = spec.item.parts
        pairs = [(item.get(first.name, ""), item.get(second.name, "")) for item in value if isinstance(item, dict)]
        return "\n".join(phrase("pair", key=Clean(key), value=Clean(number)) for key, number in pairs)
    texts = [text for text in value if isinstance(text, str)]
    if spec.item is None:
        return on_one_line(texts)  # hours and times may be written as a list
    ends = re.compile(f"[{re.escape(_ends(spec))}\\\\]")
    return _between(spec).join(ends.sub(lambda found: f"\\{found[0]}", shown(spec.item, text, names)) for text in texts)


def taken(spec: FieldSpec, text: str, names: Names) -> Any:
    """The plain value of a cell's text, None where there is none. Raises NotUnderstood."""
    text = tidy(text)
    if not text:
        return None
    if spec.is_table:
        return _pairs(spec, text)
    if spec.item:
        return [_taken_text(spec.item, word, names) for word in _split(text, _ends(spec))] or None
    return _taken_text(spec, text, names)


def _taken_text(spec: FieldSpec, text: str, names: Names) -> str:
    if spec.kind in _NARROW and not spec.relation and _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text).strip()
    text = meant(text, spec.kind, spec.name)
    if spec.kind in ("hours", "when"):
        return on_one_line(re.split(r"\s*\n\s*", text))
    if spec.choices:
        return choice_of(spec, text) or text
    if spec.relation:
        entry_id = names[spec.relation].id_of(text)
        # Of a tier the checks tell which there are.
        if entry_id is None and spec.relation != "tier" and not re.fullmatch(r"[a-z0-9-]+", text):
            raise NotUnderstood("excel-unknown-name", text, names[spec.relation].guess(text))
        return entry_id or text
    return text


def same(spec: FieldSpec, old: Any, new: Any, names: Names) -> bool:
    """Two plain values that say the same, however they are spelled; a spreadsheet writes 3.50 as 3.5."""
    before, after = shown(spec, old, names), shown(spec, new, names)
    if spec.kind == "number" and before and after and before != after:
        try:
            return float(before) == float(after)
        except ValueError:
            return False
    if isinstance(old, str) and isinstance(new, str) and spelled(old, spec.kind) == spelled(new, spec.kind):
        return True
    return tidy(before) == tidy(after)


def tidy(text: str) -> str:
    """Without what nobody sees at the ends, with one kind of line ends."""
    lines = with_line_breaks(unicodedata.normalize("NFC", text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _between(spec: FieldSpec) -> str:
    """What stands between the words of a list: in Chinese one sign, elsewhere a comma where it ends a word."""
    return "、" if language() == LANGUAGES[0] else ", " if "," in _ends(spec) else "; "


def _ends(spec: FieldSpec) -> str:
    is_one_of_a_list = spec.vocabulary or spec.relation or (spec.item and spec.item.kind == "id")
    return _ENDS_TERM if is_one_of_a_list else _ENDS_TEXT


def _split(text: str, ends: str) -> list[str]:
    """The words of a list: an end behind a backslash belongs to the word."""
    words, word = [""], re.compile(rf"\\[{re.escape(ends)}\\]|.", re.DOTALL)
    for part in word.findall(text):
        if len(part) == 1 and part in ends:
            words.append("")
        else:
            words[-1] += part[-1]
    return [stripped for each in words if (stripped := each.strip())]


def _pairs(spec: FieldSpec, text: str) -> list[dict[str, str]]:
    """`2018：805`, one a line."""
    assert spec.item is not None
    first, second = spec.item.parts
    found = []
    for line in re.split(r"[\n；;、]", text):
        pair = _PAIR.fullmatch(line)
        if line.strip() and pair is None:
            raise NotUnderstood("excel-pair", line.strip())
        if pair:
            key, value = (unicodedata.normalize("NFKC", part) for part in pair.groups())
            found.append({first.name: key, second.name: value})
    return found


def text_of(cell: Cell, spec: FieldSpec, *, since_1904: bool = False, codes: Iterable[str] = ()) -> str:
    """The text a cell stands for in a field's column; `codes` are our own area codes. Raises NotUnderstood."""
    if cell.kind == "formula":
        raise NotUnderstood("excel-formula", cell.text)
    if cell.kind == "error":
        raise NotUnderstood("excel-error-cell", cell.text)
    if cell.kind == "yes-no":
        return _YES_NO.get(cell.text, cell.text) if spec.kind == "yes-no" else "TRUE" if cell.text == "1" else "FALSE"
    if cell.kind == "date":
        text = _moment(cell, since_1904)
        if spec.kind not in _DATES or cell.shows == "time":
            raise NotUnderstood("excel-became-date", text)
        if cell.shows == "no-year":
            raise NotUnderstood("excel-date-no-year", text)
        return text
    if cell.kind == "number":
        return _number(cell, spec, since_1904, codes)
    if spec.kind in ("phone", "text", "line") and _SHORT_SCIENTIFIC.fullmatch(cell.text.strip()):
        raise NotUnderstood("excel-scientific", cell.text.strip())
    return _with_zero(cell.text, codes) if spec.kind == "phone" else cell.text


def _moment(cell: Cell, since_1904: bool) -> str:
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
    return (date(1904, 1, 1) if since_1904 else date(1899, 12, 30)) + timedelta(serial)


def _number(cell: Cell, spec: FieldSpec, since_1904: bool, codes: Iterable[str]) -> str:
    try:
        value = float(cell.text)
    except ValueError:
        return cell.text
    if cell.percent:
        value *= 100
        if spec.high != 100:
            raise NotUnderstood("excel-percent", _plain(value) + "%")
    written = _plain(value)
    if spec.kind == "number":
        return written
    if abs(value) >= 10**_EXACT_DIGITS:
        raise NotUnderstood("excel-long-number", written)
    if spec.kind in _DATES and (month := month_of(written)):
        return month
    if spec.kind in _DATES and not value.is_integer():
        raise NotUnderstood("excel-date-decimal", written)
    if spec.kind in _DATES and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        raise NotUnderstood("excel-date-eaten", written, _day(int(value), since_1904).isoformat())
    return _dialled(written, codes) if spec.kind == "phone" else written


def _dialled(written: str, codes: Iterable[str]) -> str:
    """A number that a program took for a quantity; elsewhere than in China its reader knows it without its 0 too."""
    if region.here() != region.CHINA:
        return written
    dialled = _with_zero(written, codes)
    if dialled == written and len(written) in (10, 11) and written[0] not in "148":
        raise NotUnderstood("excel-phone-eaten", written)
    return dialled


def _with_zero(text: str, codes: Iterable[str]) -> str:
    """A telephone of our own city that lost its first 0, for the program took it for a quantity."""
    for code in codes:
        if found := re.fullmatch(rf"{code[1:]}[-\s]?(\d{{7,8}})", text.strip(), re.ASCII):
            return f"{code}-{found[1]}"
    return text


def _plain(value: float) -> str:
    """A number without what binary fractions add to it: as many digits as spreadsheets keep."""
    if not abs(value) < 1e300:
        return str(value)
    if value.is_integer():
        return str(int(value))
    text = f"{value:.{_EXACT_DIGITS}g}"
    return f"{value:.15f}".rstrip("0").rstrip(".") if "e" in text else text
