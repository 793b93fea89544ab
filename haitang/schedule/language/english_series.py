"""How days that repeat are said in English: `first and third Sat of each month`, `every 2 weeks on Wed (from 4 Mar 2026)`.

The rule: what our own pages say of an activity in English is read back to the same rules; each is one piece, for its parts mean
something else alone.
"""

import re
from collections.abc import Callable, Mapping

from haitang.schedule.language.english_words import DAY, HOLIDAYS, MONTH, WEEKDAY, month_number, weekday_in_chinese

_DATE = rf"{DAY}\s*{MONTH},?\s*20\d\d(?!\d)"
_AND = r"(?:\s*,\s*|\s+and\s+)"
_WEEKDAYS = rf"{WEEKDAY}\b(?:(?:\s*-+\s*|{_AND}){WEEKDAY}\b)*"
_PLACE = r"(?:first|second|third|fourth|fifth|1st|2nd|3rd|\d{1,2}th)"
_PLACES = rf"(?:{_PLACE}\s+last|{_PLACE}|last)"
_OF_EACH_MONTH = r"\s+(?:of|in)\s+(?:each|every|the)\s+month\b"
_DAY_OF_MONTH = r"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)|last\s+day)"
# As in `english_words`.
PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("bounds", rf"\(\s*from\s+({_DATE})(?:\s*,?\s*until\s+({_DATE}))?\s*\)|\(\s*until\s+({_DATE})\s*\)", ""),
    ("exception", rf"(not|cancelled)\s+on\s+({_DATE})(?:\s+to\s+({_DATE}))?", ""),
    ("except holidays", rf"not\s+on\s+{HOLIDAYS}", "节假日除外"),
    ("on holidays", rf"also\s+on\s+{HOLIDAYS}", "节假日照常"),
    ("usual", rf"open\s+as\s+usual\s+on\s+{HOLIDAYS}", "节假日照常开放"),
    ("interval", rf"every\s+(\d\d?|two|three|four)\s+weeks\s+on\s+({_WEEKDAYS})", ""),
    ("months", rf"in\s+({MONTH}(?:{_AND}{MONTH})*)\s*,(?=\s*(?:every|daily|on|{_PLACES})\b)", ""),
    ("days of month", rf"(?:on\s+)?the\s+({_DAY_OF_MONTH}(?:{_AND}{_DAY_OF_MONTH})*){_OF_EACH_MONTH}", ""),
    ("places", rf"({_PLACES}(?:{_AND}{_PLACES})*)\s+(working\s+day|{_WEEKDAYS}){_OF_EACH_MONTH}", ""),
)  # fmt: skip
_COUNTED = "零一二三四五六七八九十"
_WORDS = {"two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


def _iso(written: str) -> str:
    day, month, year = re.findall(r"^\d+|[A-Za-z]{3,}|\d{4}$", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", written))
    return f"{year}-{month_number(month):02d}-{int(day):02d}"


def _bounds(found: re.Match[str]) -> str:
    first, *ends = found.groups()
    last = next(filter(None, ends), None)
    said = [f"{_iso(first)} 起"] if first else []
    return f"({','.join([*said, f'{_iso(last)} 止'] if last else said)})"


def _exception(found: re.Match[str]) -> str:
    what, first, last = found.groups()
    days = f"{_iso(first)} 至 {_iso(last)}" if last else _iso(first)
    return f"{days} {'除外' if what.lower() == 'not' else '取消'}"


def _number(written: str) -> int:
    return _WORDS.get(written.lower()) or int(re.sub("[^0-9]", "", written))


def _numeral(number: int) -> str:
    return _COUNTED[number] if number < len(_COUNTED) else str(number)


def _week(written: str) -> str:
    """Mon, Wed-Fri → 周一、周三至周五."""
    found = re.findall(rf"(-)?[\s,]*(?:and\s+)?({WEEKDAY})\b", written, re.IGNORECASE)
    said = [(joint, weekday_in_chinese(day)) for joint, day in found]
    return "".join(f"{('至' if joint else '、') if at else ''}{day}" for at, (joint, day) in enumerate(said))


def _interval(found: re.Match[str]) -> str:
    weeks = _number(found[1])
    return f"每{'两' if weeks == 2 else _numeral(weeks)}周的{_week(found[2])}"


def _listed(written: str) -> list[str]:
    return re.split(_AND, written.strip(), flags=re.IGNORECASE)


def _months(found: re.Match[str]) -> str:
    return "、".join(f"{month_number(each)}月" for each in _listed(found[1])) + "的"


def _days_of_month(found: re.Match[str]) -> str:
    return "每月" + "、".join("最后一天" if "last" in each.lower() else f"{_number(each)}日" for each in _listed(found[1]))


def _places(found: re.Match[str]) -> str:
    what = "工作日" if "working" in found[2].lower() else _week(found[2])
    places = [re.split(r"\s+(?=last)", each.lower()) for each in _listed(found[1])]
    if len(places) > 1 and not any("last" in place for place in places):
        return f"每月第{'、'.join(_numeral(_number(place)) for (place,) in places)}个{what}"
    return "每月" + "、".join(f"{_place(*place)}{what}" for place in places)


def _place(counted: str, last: str = "") -> str:
    return "最后一个" if counted == "last" else f"{'倒数' if last else ''}第{_numeral(_number(counted))}个"


MADE: Mapping[str, Callable[[re.Match[str]], str]] = {
    "bounds": _bounds,
    "exception": _exception,
    "interval": _interval,
    "months": _months,
    "days of month": _days_of_month,
    "places": _places,
}
