"""A sheet a town of what is missing or was not verified for long, to be filled in and given back, and words to send with it.

The rule: the sheet is a part of the workbook's sheet of positions: the same title, the same headings, the values as they are,
so that it can be taken in again; what is only said stands in comments, which nobody takes in. Nothing in a cell is ever a
formula. The same data gives the same bytes on the same day.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from haitang.editors.excel.layout import Column, sheet_of
from haitang.editors.excel.workbook_writer import settled
from haitang.editors.questions import facts, lines, question, urgent_first
from haitang.model.entries import Position
from haitang.model.field_specs import entry_spec
from haitang.model.messages import Words
from haitang.site.views.freshness import AGEING_AFTER, STALE_AFTER, TownWanted, Wanted

AFTER = AGEING_AFTER  # what a sheet lists: half a year
# What a visitor needs, and what says that somebody asked. The order is that of the workbook's own sheet.
FIELDS = (
    "id", "name", "town", "address", "location.lon", "location.lat", "location.crs", "location.precision", "status", "hours",
    "phone", "verified.on", "verified.by",
)  # fmt: skip
_FIXED = ("id", "name", "town")  # nobody is asked for these
_WIDTHS = {"id": 18, "name": 32, "address": 32, "hours": 28, "phone": 16, "verified.by": 22}
_ASKING_WIDTHS = (28, 16, 60, 22, 36)
_MOST_NAMED = 10  # places a message names; who reads more on a telephone?
_HEADING = PatternFill("solid", fgColor="F3C3CB")
_EMPTY = PatternFill("solid", fgColor="FBF1DD")


@dataclass(frozen=True, slots=True)
class Reminder:
    """What goes to one town: the name of the files without their endings, the workbook, and the message."""

    stem: str
    workbook: bytes
    message: str
    count: int


def reminder(group: TownWanted, today: date, words: Words) -> Reminder:
    """The sheet of a town; places that lack what visitors need most come first."""
    group = replace(group, wanted=urgent_first(group.wanted))
    name = re.sub(r"[^\w（）-]", "", group.town.short_name or group.town.name)[:40]
    stem = f"{group.town.id}-{name}"
    text = "\n".join(_message(group, today, words, f"{stem}.xlsx")) + "\n"
    return Reminder(stem, _workbook(group, today, words, text), text, len(group.wanted))


def headings() -> tuple[str, ...]:
    """The headings of the sheet."""
    return tuple(_column(path).label for path in FIELDS)


def _workbook(group: TownWanted, today: date, words: Words, message: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_of("position").title
    for column, text in enumerate(headings(), 1):
        cell = _put(sheet, 1, column, text)
        cell.font, cell.fill = Font(bold=True), _HEADING
    for row, each in enumerate(group.wanted, 2):
        _row(sheet, row, each, group.town.name, today, words)
    _shape(sheet, len(group.wanted) + 1)
    _questions(book.create_sheet(words.sentence("reminders", "asking")), group, today, words)
    notes = book.create_sheet(words.sentence("reminders", "sheet"))
    notes.column_dimensions["A"].width = 80
    for row, line in enumerate(message.splitlines(), 1):
        _put(notes, row, 1, line)
    book.properties.creator = ""
    book.properties.created = datetime(today.year, today.month, today.day)
    raw = BytesIO()
    book.save(raw)
    return settled(raw.getvalue(), {})


def _row(sheet: Worksheet, row: int, each: Wanted, town: str, today: date, words: Words) -> None:
    for column, path in enumerate(FIELDS, 1):
        text = town if path == "town" else _shown(each.position, path)
        cell = _put(sheet, row, column, text)
        if not text and path not in _FIXED:
            cell.fill = _EMPTY
        if path == "name":  # what is missing, and when somebody last asked
            lacks, last = _lacks(each, words), _last_asked(each, today, words)
            text = words.sentence("reminders", "lacks" if lacks else "whole", lacks=lacks, asked=last)
            cell.comment = Comment(text, words.sentence("reminders", "sheet"), height=60, width=260)


def _questions(sheet: Worksheet, group: TownWanted, today: date, words: Words) -> None:
    """Each place with the number to call, what to say, and what to write where."""
    for column, key in enumerate(("asking_name", "asking_phone", "asking_what", "asking_file", "asking_lines"), 1):
        cell = _put(sheet, 1, column, words.sentence("reminders", key))
        cell.font, cell.fill = Font(bold=True), _HEADING
        sheet.column_dimensions[get_column_letter(column)].width = _ASKING_WIDTHS[column - 1]
    for row, each in enumerate(group.wanted, 2):
        position = each.position
        told = (position.name, position.phone or "", question(each, words), f"{position.id}.yml", lines(each, today))
        for column, text in enumerate(told, 1):
            _put(sheet, row, column, text)
    sheet.freeze_panes = "B2"


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """The cell, with a text, whatever it begins with, and one that stays a text when somebody types into it."""
    cell = sheet.cell(row, column)
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text:
        cell.value = text
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        cell.quotePrefix = text[0] in "=+-@\t"
    return cell


def _shape(sheet: Worksheet, last: int) -> None:
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation = "landscape"  # on paper, for whoever takes it along
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
    for column, path in enumerate(FIELDS, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(path, 14)
        if choices := _column(path).spec.choices:
            named = ",".join(label for _, label in choices)
            offered = DataValidation(type="list", formula1=f'"{named}"', allow_blank=True, showErrorMessage=False)
            offered.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(offered)


def _column(path: str) -> Column:
    """A field's column, as the workbook's sheet has it."""
    return next(column for column in sheet_of("position").columns if column.path == path)


def _shown(position: Position, path: str) -> str:
    value: Any = position
    for step in path.split("."):
        value = getattr(value, step, None)
    if value is None:
        return ""
    if path == "hours" and position.hours:
        return position.hours.text
    text = f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return dict(_column(path).spec.choices).get(text, text)


def _lacks(each: Wanted, words: Words) -> str:
    """地址、电话, in the words of the headings."""
    return str(words.tree["terms"]["comma"]).join(
        entry_spec("position", words.language).field(fact).label for fact in facts(each)
    )


def _last_asked(each: Wanted, today: date, words: Words) -> str:
    if each.verified is None:
        return words.sentence("reminders", "never")
    days = (today - each.verified).days
    key = "stale" if days > STALE_AFTER.days else "ageing" if days > AGEING_AFTER.days else "fresh"
    return words.sentence("reminders", key, date=each.verified.isoformat(), days=max(days, 0))


def _message(group: TownWanted, today: date, words: Words, file: str) -> Iterator[str]:
    values: Mapping[str, str | int] = {"town": group.town.name, "count": len(group.wanted)}
    yield words.sentence("reminders", "greeting", **values)
    for each in group.wanted[:_MOST_NAMED]:
        lacks, last = _lacks(each, words), _last_asked(each, today, words)
        key = "place" if lacks else "place_whole"
        yield words.sentence("reminders", key, name=each.position.name, lacks=lacks, asked=last)
        yield words.sentence("reminders", "ask") + question(each, words)
    if len(group.wanted) > _MOST_NAMED:
        yield words.sentence("reminders", "rest", count=len(group.wanted) - _MOST_NAMED)
    yield words.sentence("reminders", "how", file=file)
    yield words.sentence("reminders", "unknown")
