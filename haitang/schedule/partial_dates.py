"""Dates as far as they are known: a year, a month or a day.

The rule: a date never gains a precision its source did not give.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_WRITTEN = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?", re.ASCII)


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
