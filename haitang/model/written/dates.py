"""Dates as people write them: 20240308, 二〇二四年三月, 2024.3.8, 2024年3月8日（周五）."""

import re
import unicodedata
from datetime import date

from haitang.schedule.partial_dates import read_date

_LONGEST = 80  # characters: what is longer is no date
_DIGITS = {sign: str(at % 10) for at, sign in enumerate("〇一二三四五六七八九零")} | {"○": "0", "０": "0"}
_HAN_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年|$)")
_HAN_DAY = re.compile(r"(?:[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])(?=月|日|号)")
_CLOCK = re.compile(r"(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$", re.ASCII)
_WEEKDAY = re.compile(r"\s*[(\[]?\s*(?:星期|周|礼拜)([一二三四五六日天])\s*[)\]]?$")
_WEEK = "一二三四五六日"
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NAMED_MONTH = re.compile(
    r"(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -])?(?P<month>[a-z]{3,9})\.?[ -]"
    r"(?:(?P<behind>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>(?:19|20)\d\d)",
    re.ASCII | re.IGNORECASE,
)


def date_of(text: str) -> str | None:
    """The date as far as it is told, `2024-03` or `2024-03-08`; None for what is none, or has two readings."""
    if len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).strip().rstrip(".。")
    if abroad := _day_first(plain) or _with_month_name(plain):
        return abroad
    weekday = _WEEKDAY.search(plain)
    plain = _CLOCK.sub("", _WEEKDAY.sub("", plain))
    plain = _HAN_YEAR.sub(lambda found: "".join(_DIGITS[sign] for sign in found[0]), plain)
    plain = _HAN_DAY.sub(lambda found: str(_below_hundred(found[0])), plain)
    plain = re.sub(r"(?<=\d)\s+(?=\d)|[–—―−·\\]", "-", plain)  # never 2018 1 2 as December
    plain = re.sub(r"\s+", "", plain.replace("号", "日").replace("月份", "月").replace("。", "."))
    plain = re.sub(r"(\d年\d{1,2}月\d{1,2})$", r"\1日", plain)
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})?", plain, re.ASCII):
        if not found[3] and 1 <= int(plain[2:4]) <= 12 and 1 <= int(plain[4:]) <= 31:
            return None  # 201112: November 2011, or 12 November of a year 20
        plain = "-".join(part for part in found.groups() if part)
    try:
        read = read_date(plain)
        if weekday and not (read.day and _WEEK[read.first.weekday()] == weekday[1].replace("天", "日")):
            return None
    except ValueError:
        return None
    return str(read) if read.year <= date.max.year else None


def _day_first(plain: str) -> str | None:
    """30/11/2026 is in November; 5/11/2026 may be in May."""
    if (found := _YEAR_LAST.fullmatch(plain)) is None:
        return None
    one, other, year = map(int, found.groups())
    days = {(day, month) for day, month in ((one, other), (other, one)) if month <= 12}
    return _sound(year, *reversed(days.pop())) if len(days) == 1 else None


def _with_month_name(plain: str) -> str | None:
    """30 Nov 2026, November 30th, 2026, Nov 2026."""
    found = _NAMED_MONTH.fullmatch(plain)
    if found is None or (found["before"] and found["behind"]):
        return None
    written = "sep" if found["month"].lower() == "sept" else found["month"].lower()
    month = next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(written)), 0)
    if not month:
        return None
    day = found["before"] or found["behind"]
    return _sound(int(found["year"]), month, int(day)) if day else f"{found['year']}-{month:02d}"


def _sound(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _below_hundred(text: str) -> int:
    """三 → 3, 十一 → 11, 廿三 → 23."""
    tens, ten, ones = text.replace("廿", "二十").rpartition("十")
    return (int(_DIGITS.get(tens, "1")) * 10 if ten else 0) + int(_DIGITS.get(ones, "0"))


def month_of(decimal: str) -> str | None:
    """The month in a number that a spreadsheet made of it: 2019.7 is July; 2019.1 may be January or October."""
    found = re.fullmatch(r"((?:19|20)\d\d)\.(0[1-9]|1[0-2]|[2-9])", decimal, re.ASCII)
    return f"{found[1]}-{int(found[2]):02d}" if found else None
