"""One spelling for every value that may be written in several ways: hours, telephones, dates, numbers, yes and no; and when a
text needs quotes.

The rule: another spelling reads as the same value, or is not taken; a text stands bare only where every reader of YAML, old
or new, takes it for that text (a date or a number may be taken for one).
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from haitang.model.abroad import region
from haitang.model.field_specs import Kind
from haitang.model.types import YES_NO
from haitang.model.written.dates import date_of
from haitang.model.written.numbers import PLAIN
from haitang.model.written.phones import spelled_phone
from haitang.schedule import opening_hours, recurrence
from haitang.schedule.language.spelling import UnreadableTime, on_one_line
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.recurrence import When
from haitang.schedule.recurrence_parser import read_when

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_DASH = "[-–—―−~〜～－]"
# Of `0:9:00` no part is a time.
_CLOCK = re.compile(
    rf"(?<![上下午晚中\d])(?<!\d:)(\d{{1,2}}):(\d\d)(?:\s*(?:{_DASH}+|[至到])\s*(\d{{1,2}}):(\d\d))?(?!:?\d)", re.ASCII
)
_BETWEEN = re.compile(r"(?<=\d)\s*[,，、]\s*(?=\d{1,2}:)")
_PARTED = re.compile(r"\s*[;；\n]\s*")
_WIDE = {ord("："): ":", **{ord("０") + digit: str(digit) for digit in range(10)}}
_LONGEST = 4 * max(opening_hours.LONGEST_TEXT, recurrence.LONGEST_TEXT)  # whose tidier spelling nobody would take either


def spelled(text: str, kind: Kind) -> str:
    """The canonical spelling of a value; what cannot be read with certainty stays as it is, without blanks around it."""
    text = text.strip()
    return _SPELLINGS[kind](text) if kind in _SPELLINGS else text


def _number(text: str) -> str:
    half = unicodedata.normalize("NFKC", text)
    return half if PLAIN.fullmatch(half) else text


def _date(text: str) -> str:
    return date_of(text) or text


def _yes_no(text: str) -> str:
    yes, no = ("是", "否") if region.here() == region.CHINA else ("yes", "no")
    return {True: yes, False: no, None: text}[YES_NO.get(text.lower())]


def _tidied(text: str) -> str:
    """`9：30—17:00，13:30 - 17:00;周六…` → `09:30-17:00, 13:30-17:00；周六…`."""
    half = _BETWEEN.sub(", ", _CLOCK.sub(_clock, text.translate(_WIDE)))
    return on_one_line(_PARTED.sub("\n", half).strip("\n").split("\n"))


def _clock(found: re.Match[str]) -> str:
    times = [f"{int(hour):02d}:{minute}" for hour, minute in (found.group(1, 2), found.group(3, 4)) if hour]
    return "-".join(times)


def _clauses(text: str, read: Callable[[str], OpeningHours | When]) -> str:
    """The tidier spelling where it says the same; also where only it can be read."""
    other = _tidied(text)
    try:
        value = replace(read(other), text="")
    except UnreadableTime:
        return text
    try:
        return other if replace(read(text), text="") == value else text
    except UnreadableTime as mistake:
        return text if mistake.code.endswith("hour-unclear") else other  # 1:30 is no 01:30


_SPELLINGS: Mapping[Kind, Callable[[str], str]] = {
    "number": _number,
    "day": _date,
    "date": _date,
    "yes-no": _yes_no,
    "phone": spelled_phone,
    "hours": lambda text: _clauses(text, read_hours) if len(text) <= _LONGEST else text,
    "when": lambda text: _clauses(text, read_when) if len(text) <= _LONGEST else text,
    "colour": str.lower,
}

# What some reader of YAML 1.1 or 1.2 takes for a number, a time, a date, yes, no or nothing.
_TAKEN = re.compile(
    r"[-+]?(?:\d[\d_,]*|0[bB][01_]+|0[xX][\da-fA-F_]+|0[oO]?[0-7_]+)|[-+]?(?:\d[\d_]*)?\.[\d_]*(?:[eE][-+]?\d+)?"
    r"|[-+]?\d[\d_]*[eE][-+]?\d+|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|[-+]?\.(?:inf|nan)"
    r"|\d{4}-\d\d?-\d\d?(?:(?:[Tt]|\s+)\d\d?:\d\d:\d\d.*)?|~|null|true|false|yes|no|on|off|y|n|=|<<",
    re.ASCII | re.IGNORECASE,
)
_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@`=~")
_QUOTED = re.compile("[“”‘’][^”’]*[”’]")  # an editor's own quotes in YAML's place, as `source` tells
_OWN_FORM: Mapping[Kind, re.Pattern[str]] = {"number": PLAIN, "day": _DATE, "date": _DATE, "when": _DATE}


def scalar(text: str, kind: Kind = "line") -> str:
    """A text of one line as YAML: bare where that is safe, else in double quotes (JSON strings are YAML)."""
    if kind in _OWN_FORM and _OWN_FORM[kind].fullmatch(text):
        return text
    return text if may_be_bare(text) else json.dumps(text, ensure_ascii=False)


def may_be_bare(text: str) -> bool:
    """Whether a text of one line needs no quotes: nothing in it is a sign of YAML, and nobody takes it for something else."""
    if not text or text != text.strip() or text[0] in _SIGNS or text.startswith("..."):
        return False
    if ": " in text or text.endswith(":") or " #" in text or not text.isprintable():
        return False
    return _TAKEN.fullmatch(text) is None and _QUOTED.fullmatch(text) is None
