"""Dates as they are written: days of one year, days of every year, months, ISO intervals.

The rule: a date that does not exist is refused; what it does not say itself it takes from the date before it, or it is refused.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from haitang.schedule.language.lalr import Token
from haitang.schedule.language.numerals import number
from haitang.schedule.language.phrases import DatePoint, Dates, IsoDates, Phrase, Times, YearDay, YearRange
from haitang.schedule.month_days import LAST_DAYS, YEAR, MonthDay
from haitang.schedule.month_days import Stretch as YearStretch
from haitang.schedule.opening_hours import DAY_MINUTES

Stretch = tuple[date, date]  # first and last day
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_FIGURES = re.compile(r"[^\W年月日号份T]+")
_ISO = re.compile(r"(?:(\d{4}-\d{2}-\d{2})T)?(\d{2}):(\d{2})(?::00)?(?:\+08:?00)?")


def _figures(token: str) -> list[int]:
    """2026年十二月5日, 2026-12-5 → [2026, 12, 5]."""
    return [number(figure) for figure in _FIGURES.findall(token)]


# --- days of every year ---


def year_day(token: Token, start: int, end: int) -> YearDay:
    """A token MONTH_DOM, MONTH or DOM."""
    figures = _figures(token)
    if 0 in figures:
        raise Phrase(start, end).unclear("bad-season-dates")
    if token.type == "MONTH_DOM":
        return YearDay(start, end, figures[0], figures[1])
    return YearDay(start, end, figures[0], 0) if token.type == "MONTH" else YearDay(start, end, 0, figures[0])


def year_stretches(items: Sequence[YearDay | YearRange]) -> tuple[YearStretch, ...]:
    """A list of days, months and ranges; a day without a month is of the month before it, a month without a day whole."""
    stretches: list[YearStretch] = []
    month = 0
    for item in items:
        first, last = (item.first, item.last) if isinstance(item, YearRange) else (item, item)
        month = first.month or month
        start = _month_day(first, month, whole=1)
        month = last.month or month
        own_month = bool(last.month)
        end = _month_day(last, month, whole=LAST_DAYS[month - 1] if 1 <= month <= 12 else 0)
        backwards = end < start and not own_month  # 12月30日-3日 may be of January
        if isinstance(item, YearRange) and (start == end or backwards or (item.next_year and end >= start)):
            raise item.unclear("bad-season-dates")
        stretches.append((start, end))
    return tuple(stretches)


def _month_day(day: YearDay, month: int, whole: int) -> MonthDay:
    at = month * 100 + (day.day or whole)
    if at not in YEAR or (not day.month and not month):
        raise day.unclear("bad-season-dates")
    return at


# --- days of one year ---


def one_date(token: Token, weekday: int | None, start: int, end: int) -> DatePoint:
    """A token DATE, MONTH_DOM or DOM. A year, a month or a day out of its range is refused here, the rest by `stretches_of`."""
    found = _figures(token)
    if 0 in found:
        raise Phrase(start, end).unclear("bad-date")
    year, month, day = [0] * (3 - len(found)) + found
    return DatePoint(start, end, year, month, day, weekday)


def real_date(point: Phrase, year: int, month: int, day: int, weekday: int | None = None) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise point.unclear("bad-date") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise point.unclear("bad-date")
    if weekday is not None and weekday != found.weekday():
        raise point.unclear("wrong-weekday", "一二三四五六日"[found.weekday()])
    return found


def stretches_of(dates: Dates) -> list[Stretch]:
    """The days and ranges that are written, in their order."""
    found: list[Stretch] = []
    for first, last in dates.items:
        before = found[-1][1] if found else None
        start = _inherited(first, before, through=False)
        end = start
        if last is not None:
            whole = Phrase(first.start, last.end)
            if last.weekday is not None and first.weekday is None:
                raise whole.unclear("two-days")  # the last day's own weekday, or every such day between?
            end = _inherited(last, start, through=True)
            if end < start:
                raise whole.unclear("ends-before-start")
        found.append((start, end))
    return found


def _inherited(point: DatePoint, before: date | None, through: bool) -> date:
    if point.year:
        return real_date(point, point.year, point.month, point.day, point.weekday)
    if before is None:
        raise point.unclear("needs-year")
    found = real_date(point, before.year, point.month or before.month, point.day, point.weekday)
    if found < before and (point.month or not through):
        raise point.unclear("needs-year")  # 2026年12月28日、1月5日 goes on into the next year
    return found


def iso_dates(token: Token, start: int, end: int) -> IsoDates:
    """`2026-12-05T14:00/2026-12-05T16:00`. Longer than a day is refused: nobody knows its hours."""
    place = Phrase(start, end)
    (day, *begins), *rest = [match.groups() for match in _ISO.finditer(token)]
    first = real_date(place, *(int(part) for part in day.split("-")))
    begin = _iso_minutes(place, *begins)
    if not rest:
        return IsoDates(start, end, first, Times(start, end, begin, None))
    last_day, *ends = rest[0]
    if last_day and last_day != day:
        raise place.unclear("over-days" if last_day > day else "ends-before-start")
    last = _iso_minutes(place, *ends)
    if last <= begin:
        raise place.unclear("ends-before-start")
    return IsoDates(start, end, first, Times(start, end, begin, last))


def _iso_minutes(place: Phrase, hour: str, minute: str) -> int:
    at = int(hour) * 60 + int(minute)
    if int(minute) > 59 or at > DAY_MINUTES:
        raise place.unclear("bad-time")
    return at


# --- months ---


def months_of(tokens: Sequence[Token], place: Phrase) -> tuple[int, ...]:
    """One month, or the months from one to another, over New Year where the last comes first."""
    numbers = [_figures(token)[0] for token in tokens if token.type == "MONTH"]
    if not all(1 <= month <= 12 for month in numbers):
        raise place.unclear("bad-date")
    first, last = numbers[0], numbers[-1]
    return tuple(range(first, last + 1)) if first <= last else (*range(first, 13), *range(1, last + 1))


def year_months(tokens: Sequence[Token], place: Phrase) -> tuple[date, date | None]:
    """2026年3月至6月: its first and last day; 2026年3月起 has no last."""
    year, month = _figures(tokens[0])
    last_year, last_month = year, month
    if tokens[-1].type == "FROM":
        return real_date(place, year, month, 1), None
    if len(tokens) > 1:
        figures = _figures(tokens[-1])
        last_year, last_month = (figures[0], figures[1]) if len(figures) > 1 else (year, figures[0])
    first = real_date(place, year, month, 1)
    last = real_date(place, last_year, last_month, monthrange(last_year, last_month)[1] if 1 <= last_month <= 12 else 0)
    if last < first:
        raise place.unclear("ends-before-start")
    return first, last
