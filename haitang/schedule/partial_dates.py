"""Dates as far as they are known: a year, a month or a day; and days in a row.

The rule: a date never gains a precision its source did not give.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_WRITTEN = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?", re.ASCII)
_RANGE = re.compile(
    r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
    r"(?:\s*[-–—~～至到]\s*(?:(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月])?(?P<day>\d{1,2})日?)?",
    re.ASCII,
)
_MOST_DAYS = 31  # of one range: more is a slip


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """2018, 2018-11 or 2018-11-30. Month and day are 0 where unknown, so that dates sort by what is known."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", f"{self.month:02d}", f"{self.day:02d}"]
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])

    def after(self, day: date) -> bool:
        """Certainly later than `day`: a year or month that holds `day` is not."""
        given = (self.year, self.month, self.day)[: 1 + bool(self.month) + bool(self.day)]
        return given > (day.year, day.month, day.day)[: len(given)]

    @property
    def first(self) -> date:
        """The first day that is meant by it."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last one."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days in a row, `first` and `last` both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first} 至 {self.last}"

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(date.fromordinal(day) for day in range(self.first.toordinal(), self.last.toordinal() + 1))


def read_days(text: str) -> DayRange:
    """`2027-02-05`, `2027-02-05 至 2027-02-11`, `2027年2月5日至11日`; without its year the end may lie in the next one. Raises
    ValueError for anything else, and for more days than a holiday has."""
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    start = read_date(found[1])
    first = last = date(start.year, start.month, start.day)
    if found["day"]:
        last = date(int(found["year"] or first.year), int(found["month"] or first.month), int(found["day"]))
        if last < first and found["month"] and not found["year"]:
            last = last.replace(year=last.year + 1)
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise ValueError(text)
    return DayRange(first, last)


@lru_cache(1024)
def read_date(text: str) -> PartialDate:
    """`2018`, `2018-11`, `2018-11-30`, also with `/`, `.` or 年月日. Raises ValueError for anything else or no real day."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part or 0) for part in match.groups())
    if year < 1900:
        raise ValueError(text)
    # `date` knows which days exist; parts that are not written stand in as 1.
    date(year, month if match[2] else 1, day if match[3] else 1)
    return PartialDate(year, month, day)
