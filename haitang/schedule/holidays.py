"""Public holidays of China and the weekends worked for them, as the State Council announces them a year at a time.

The rule: years nobody has announced yet are not known; no holiday is worked out from the moon.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from chinese_calendar.constants import holidays, workdays

LAST_YEAR = max(holidays).year  # the last one that is known


def special_days(since: int) -> dict[str, object]:
    """For the browser: `until` the last known year; `off` and `worked`, a year each, from `since` on: `0101-0103,0215-0223`."""
    years = range(since, LAST_YEAR + 1)
    return {
        "until": LAST_YEAR,
        "off": {str(year): _written(day for day in holidays if day.year == year) for year in years},
        "worked": {str(year): _written(day for day in workdays if day.year == year) for year in years},
    }


def is_off(day: date) -> bool:
    """Whether a day of a known year is a public holiday, with the weekend days that belong to it."""
    return day in holidays


def is_worked(day: date) -> bool:
    """Whether a weekend's day is worked for a holiday."""
    return day in workdays


def is_workday(day: date) -> bool:
    """Whether a day is worked; after the last known year that is only expected, from its weekday."""
    return is_worked(day) or (day.weekday() < 5 and not is_off(day))


def _written(days: Iterable[date]) -> str:
    return ",".join(
        f"{first:%m%d}" if first == last else f"{first:%m%d}-{last:%m%d}" for first, last in _stretches(sorted(days))
    )


def _stretches(days: list[date]) -> Iterator[tuple[date, date]]:
    """Days in a row as first and last."""
    first = None
    for day in days:
        first = first or day
        if day + timedelta(days=1) not in days:
            yield first, day
            first = None
