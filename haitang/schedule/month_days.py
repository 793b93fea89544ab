"""Days of every year: month and day without a year, and stretches of them.

The rule: 29 February is a day of the year; a stretch whose last day comes before its first runs over New Year.
"""

from collections.abc import Iterable, Iterator

MonthDay = int  # month * 100 + day, as 930
Stretch = tuple[MonthDay, MonthDay]  # first and last day; the last may come before the first: over New Year

LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
YEAR = tuple(month * 100 + day for month, last in enumerate(LAST_DAYS, 1) for day in range(1, last + 1))


def days_of(stretches: Iterable[Stretch]) -> set[MonthDay]:
    """All days of a leap year that belong to one of the stretches."""
    return {
        day
        for first, last in stretches
        for day in YEAR
        if (first <= day <= last if first <= last else day >= first or day <= last)
    }


def stretches_of(places: list[int]) -> Iterator[Stretch]:
    """Places in YEAR as stretches; what touches both ends of the year is one stretch over New Year."""
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == len(YEAR) - 1:
        runs[-1].extend(runs.pop(0))
    for run in runs:
        yield YEAR[run[0]], YEAR[run[-1]]


def stretches_in(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same days in as few stretches as they have."""
    days = days_of(stretches)
    return tuple(stretches_of([at for at, day in enumerate(YEAR) if day in days]))
