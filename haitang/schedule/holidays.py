"""Public holidays of China and the weekends worked for them, as the State Council announces them a year at a time.

The rule: years nobody has announced yet are not known; no holiday is worked out from the moon.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from chinese_calendar.constants import holidays, workdays


@dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """What is known of public holidays: the days off, with the weekend days that belong to them, and the weekends' days that
    are worked for them. `last_year` is the last one that is known, and so are all before it. `partly` are the days off in a
    part of the country, where nobody says in which part the directory lies."""

    off: frozenset[date]
    worked: frozenset[date]
    last_year: int
    partly: frozenset[date] = frozenset()

    @property
    def last_day(self) -> date:
        """What comes after it is only expected."""
        return date(self.last_year, 12, 31)

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked; after the last known year that is only expected, from its weekday."""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def with_years(self, years: Mapping[int, tuple[frozenset[date], frozenset[date]]]) -> "HolidayCalendar":
        """The same with whole years replaced: of each the days off and worked, some of which may lie in a year beside it."""
        off = {day for day in self.off if day.year not in years}
        worked = {day for day in self.worked if day.year not in years}
        for more_off, more_worked in years.values():
            off = (off | more_off) - more_worked
            worked = (worked | more_worked) - more_off
        last_year = self.last_year
        while last_year + 1 in years:
            last_year += 1
        partly = frozenset(day for day in self.partly if day.year not in years)
        return HolidayCalendar(frozenset(off), frozenset(worked), last_year, partly)


# What the package knows; a directory may know more (`Settings.calendar`).
ANNOUNCED = HolidayCalendar(frozenset(holidays), frozenset(workdays), max(holidays).year)


_FIRST_YEAR, _YEARS_AHEAD = 2000, 3  # rules of a package are no announcement: what is far ahead is only expected
_YEARS_BEFORE = 2  # of which it matters where a day was off


@lru_cache(16)
def calendar_of(country: str, part: str = "") -> HolidayCalendar:
    """The public holidays of another country, or of a part of it (ENG of GB): days off only, none where nobody knows them. Of a
    whole country those are off that are so in all its parts.

    The years are known up to a few behind the package's own, which is the same wherever the program is.
    """
    import holidays as package

    last = ANNOUNCED.last_year + _YEARS_AHEAD
    years = range(_FIRST_YEAR, last + 1)
    known = country in package.list_supported_countries()
    found = package.country_holidays(country, subdiv=part or None, years=years, expand=False) if known else {}
    if not found:
        return HolidayCalendar(frozenset(), frozenset(), _FIRST_YEAR)
    off = frozenset(day for day in found if day.year <= last)
    partly = frozenset() if part else _partly(country, off, range(ANNOUNCED.last_year - _YEARS_BEFORE, last + 1))
    return HolidayCalendar(off - partly, frozenset(), last, partly)


def parts_differ(country: str) -> bool:
    """Whether the parts of a country have holidays of their own."""
    return bool(calendar_of(country).partly)


def _partly(country: str, off: frozenset[date], years: range) -> frozenset[date]:
    """The days of these years that are off in some part and not in every one."""
    import holidays as package

    found = (package.country_holidays(country, subdiv=part, years=years, expand=False) for part in parts_known(country))
    parts: list[set[date]] = [set(days) for days in found]
    if not parts:
        return frozenset()
    some = off.union(*parts)
    return frozenset(day for day in some.difference(parts[0].intersection(*parts)) if day.year in years)


def parts_known(country: str) -> tuple[str, ...]:
    """The parts of a country whose holidays are known by themselves."""
    import holidays as package

    return tuple(package.list_supported_countries().get(country, ()))


def special_days(since: int, calendar: HolidayCalendar = ANNOUNCED) -> dict[str, object]:
    """For the browser: `until` the last known year; `off` and `worked`, a year each, from `since` on: `0101-0103,0215-0223`;
    `partly` too where there are such days."""
    years = range(since, max([calendar.last_year, *(day.year for day in calendar.off)]) + 1)
    partly = (
        {str(year): _written(day for day in calendar.partly if day.year == year) for year in years} if calendar.partly else {}
    )
    return {
        **({"partly": partly} if partly else {}),
        "until": calendar.last_year,
        "off": {str(year): _written(day for day in calendar.off if day.year == year) for year in years},
        "worked": {str(year): _written(day for day in calendar.worked if day.year == year) for year in years},
    }


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
