"""Opening hours in the standards of others: OpenStreetMap's `opening_hours`, schema.org's OpeningHoursSpecification.

The rule: neither says more than the model. What neither can say, weekends that are worked for a holiday, is left out.
"""

from calendar import isleap
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from haitang.schedule.month_days import LAST_DAYS, YEAR, MonthDay, Stretch, days_of
from haitang.schedule.opening_hours import DAY_MINUTES, DatedHours, OpeningHours, Spans, Week, clock
from haitang.schedule.written.opening_hours_text import alike, holiday_hours

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SCHEMA = "https://schema.org/"
_LEAP_DAY = 229


def to_osm(hours: OpeningHours) -> str:
    """`Mo-Fr 08:30-11:30,13:30-17:00; PH off`. Notes stand behind every opening as a comment.

    A later rule replaces an earlier one for its days: days closed by date come last, for they are closed whatever else is said.
    """
    nightly = any(_passes_midnight(spans) for season in hours.seasons for spans in season.week)
    by_day = bool(hours.exceptions) and (nightly or any(_passes_midnight(one.spans) for one in hours.exceptions))
    # A rule of the next day would also take away the hours of a night that run into it: then rules add to each other.
    rules = [(", " if nightly and not by_day else "; ").join(_weekly(hours, by_day=by_day))]
    for stretch in (each for season in hours.seasons for each in season.stretches) if by_day else ():
        rules += _edges(hours, stretch)
    for one in (each for each in hours.exceptions if each.spans):
        rules += _exception(one, hours, by_day=by_day)
    rules += _holidays(hours)
    for one in (each for each in hours.exceptions if not each.spans):
        rules += _exception(one, hours, by_day=by_day)
    return "; ".join(rules)


def _rule(hours: OpeningHours, days: str, spans: Spans) -> str:
    comment = f' "{_quotable(hours.notes)}"' if hours.notes and spans else ""
    return f"{days} {_spans(spans)}{comment}"


def _weekly(hours: OpeningHours, *, by_day: bool) -> Iterator[str]:
    for season in hours.seasons:
        dates = f"{_dates(season.stretches)} " if season.stretches else ""
        week = season.week
        if by_day:  # days that differ must neither take a night's end away nor leave it behind
            week = tuple(_by_day(week[day - 1], week[day]) for day in range(7))
        for days, spans in alike(week):
            if spans:
                yield _rule(hours, f"{dates}{_weekdays(days)}", spans)


def _exception(one: DatedHours, hours: OpeningHours, *, by_day: bool) -> Iterator[str]:
    yield _rule(hours, _dates([(one.first, one.last)]), _by_day(one.spans, one.spans) if by_day else one.spans)
    if by_day:
        yield from _edges(hours, (one.first, one.last))


def _edges(hours: OpeningHours, stretch: Stretch) -> Iterator[str]:
    """Where nights are told by the day: the first day of a stretch and the one behind its last, which have a night of the
    others before them."""
    first, last = stretch
    for day in (first, YEAR[(YEAR.index(last) + 1) % len(YEAR)]):
        week, before = _week_on(hours, day), _week_on(hours, YEAR[YEAR.index(day) - 1])
        for days, spans in alike(_by_day(before[weekday - 1], week[weekday]) for weekday in range(7)):
            yield _rule(hours, _month_day(day) + ("" if len(days) == 7 else f" {_weekdays(days)}"), spans)


def _week_on(hours: OpeningHours, day: MonthDay) -> Week:
    """The hours of a day of the year on each weekday that it may be."""
    for one in hours.exceptions:
        if day in days_of([(one.first, one.last)]):
            return (one.spans,) * 7
    return next((each.week for each in hours.seasons if not each.stretches or day in days_of(each.stretches)), ((),) * 7)


def _passes_midnight(spans: Spans) -> bool:
    return bool(spans) and spans[-1][1] > DAY_MINUTES


def _by_day(before: Spans, spans: Spans) -> Spans:
    """A day's hours up to its midnight, with what is left of the night before."""
    night = ((0, before[-1][1] - DAY_MINUTES),) if _passes_midnight(before) else ()
    return (*night, *((start, min(end, DAY_MINUTES)) for start, end in spans))


def _holidays(hours: OpeningHours) -> Iterator[str]:
    """One rule for all public holidays: a rule for those on some weekdays (`PH Mo off`) is taken by some readers to close every
    Monday. What follows the state's working days is closed on them, as far as anybody knows; nothing else is said."""
    if hours.holidays == "hours":
        yield _rule(hours, "PH", holiday_hours(hours))
    elif hours.holidays == "closed" or any(
        spans and said == () for season in hours.seasons for spans, said in zip(season.week, season.on_holidays, strict=True)
    ):
        yield _rule(hours, "PH", ())


def _quotable(notes: Iterable[str]) -> str:
    return "；".join(notes).replace('"', "'")


def _weekdays(days: Iterable[int]) -> str:
    """Weekdays (0 is Monday) as `Mo-Fr,Su`."""
    runs = [[day for _, day in run] for _, run in groupby(enumerate(sorted(days)), lambda at: at[1] - at[0])]
    return ",".join(_DAYS[run[0]] if len(run) == 1 else f"{_DAYS[run[0]]}-{_DAYS[run[-1]]}" for run in runs)


def _spans(spans: Spans) -> str:
    return ",".join(f"{clock(start)}-{clock(end)}" for start, end in spans) or "off"


def _dates(stretches: Iterable[Stretch]) -> str:
    """`May 01-Sep 30`, `Dec-Feb`: whole months by their names, for the last day of February is not always the same."""
    return ",".join(part for stretch in stretches for part in _parts(*stretch))


def _parts(first: MonthDay, last: MonthDay) -> Iterator[str]:
    (month, day), (end, last_day) = divmod(first, 100), divmod(last, 100)
    if day == 1 and last_day == LAST_DAYS[end - 1]:
        yield _MONTHS[month - 1] if month == end else f"{_MONTHS[month - 1]}-{_MONTHS[end - 1]}"
    elif first == last:
        yield _month_day(first)
    elif last == _LEAP_DAY:  # as an end it would be 1 March in most years
        yield from (f"{_month_day(first)}-{_month_day(228)}", _month_day(last))
    else:
        yield f"{_month_day(first)}-{_month_day(last)}"


def _month_day(day: MonthDay) -> str:
    return f"{_MONTHS[day // 100 - 1]} {day % 100:02d}"


def to_schema_org(hours: OpeningHours, year: int) -> list[dict[str, Any]]:
    """The values of `openingHoursSpecification`. What holds for a part of every year is given for `year` and the next.

    A day closed by date opens and closes at 00:00, a day that ends at midnight closes at 23:59, as search engines want it.
    """
    found = []
    for season in hours.seasons:
        for bounds in _valid(season.stretches, year):
            for days, spans in alike(season.week):
                names = [f"{_SCHEMA}{_DAY_NAMES[day]}" for day in days]
                found += [_specification(bounds, span, names) for span in spans]
    if hours.holidays in ("closed", "hours"):
        found += [_specification({}, span, [f"{_SCHEMA}PublicHolidays"]) for span in holiday_hours(hours) or ((0, 0),)]
    for one in hours.exceptions:
        for bounds in _valid([(one.first, one.last)], year):
            found += [_specification(bounds, span, []) for span in one.spans or ((0, 0),)]
    return found


def _specification(bounds: dict[str, str], span: tuple[int, int], days: list[str]) -> dict[str, Any]:
    start, end = span
    closes = "23:59" if end == DAY_MINUTES else clock(end)
    named = {"dayOfWeek": days} if days else {}
    return {"@type": "OpeningHoursSpecification", **named, "opens": clock(start), "closes": closes, **bounds}


def _valid(stretches: Iterable[Stretch], year: int) -> Iterator[dict[str, str]]:
    """First and last day of each stretch that touches one of two years; one without bounds where there are no stretches."""
    stretches = list(stretches)
    if not stretches:
        yield {}
    for begun in range(year - 1, year + 2):
        for first, last in stretches:
            ends = begun + (last < first)
            if ends >= year and not (first == last == _LEAP_DAY and not isleap(begun)):
                yield {"validFrom": _day(begun, first, 1).isoformat(), "validThrough": _day(ends, last, -1).isoformat()}


def _day(year: int, day: MonthDay, step: int) -> date:
    """29 February is the day after or before it in a year that has none."""
    if day == _LEAP_DAY and not isleap(year):
        return date(year, 3, 1) if step > 0 else date(year, 2, 28)
    return date(year, day // 100, day % 100)
