"""Opening hours in the words of schema.org: what was read of a text, and nothing else.

The rule: `openingHoursSpecification` says the weeks, `specialOpeningHoursSpecification` the days that differ, and goes before
it. A day without times is closed; 00:00–00:00 closes a day that another word opens, and 00:00–23:59 is a whole day, as engines
take them. A time that ends before it begins ends on the next day. Where that does not come out as it was read, no hours
are told at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import product

from haitang.schedule.holidays import HolidayCalendar
from haitang.schedule.month_days import MonthDay, Stretch, days_of
from haitang.schedule.opening_hours import DAY_MINUTES, OpeningHours, Season, Span, Spans, clock
from haitang.schedule.opening_hours_data import holiday_policy
from haitang.site.linked.addresses import Node, one

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOLIDAYS = "PublicHolidays"
_CLOSED = ("00:00", "00:00")
_WHOLE_DAY = ("00:00", "23:59")
_Dates = tuple[date, date]


def hours_of(hours: OpeningHours, closed: bool | None, since: date | None, calendar: HolidayCalendar) -> Node:
    """Both properties, as far as they are needed. `closed` is the entry's own word on public holidays. What holds in a part of
    the year is told for the year of `since` and the next one."""
    return _hours_of(hours, closed, (since.year, since.year + 1) if since else (), calendar)


@lru_cache(1024)  # most places of a city keep the same few
def _hours_of(hours: OpeningHours, closed: bool | None, years: tuple[int, ...], calendar: HolidayCalendar) -> Node:
    dated = hours.seasonal or bool(hours.exceptions)
    if (dated and not years) or not all(map(_can_be_told, _all_spans(hours))):
        return {}
    told = _Told(hours, closed, years, calendar)
    special = [*told.holidays(), *told.dated()]
    names = {"openingHoursSpecification": told.weeks(), "specialOpeningHoursSpecification": special}
    return {name: one(found) for name, found in names.items() if found}


def _all_spans(hours: OpeningHours) -> Iterator[Span]:
    for season in hours.seasons:
        for day in (*season.week, *season.on_holidays, season.workday):
            yield from day or ()
    for exception in hours.exceptions:
        yield from exception.spans


def _can_be_told(span: Span) -> bool:
    """It ends within a day, on which nobody can take it for another one."""
    start, end = span
    return end - start < DAY_MINUTES or span == (0, DAY_MINUTES)


class _Told:
    def __init__(self, hours: OpeningHours, closed: bool | None, years: tuple[int, ...], calendar: HolidayCalendar) -> None:
        self._hours = hours
        self._closed = holiday_policy(hours, closed)
        if self._closed is None and hours.always:
            self._closed = False
        self._years = years
        self._calendar = calendar

    def weeks(self) -> list[Node]:
        """The weeks, one a season."""
        made = []
        for season in self._hours.seasons:
            spans = dict.fromkeys(span for day in season.week for span in day)
            dates = list(self._dates(season.stretches)) if season.stretches else [None]
            for during, span in product(dates, spans):
                days = [name for name, day in zip(WEEKDAYS, season.week, strict=True) if span in day]
                made.append(_specification(span, days, during))
        return made

    def holidays(self) -> Iterator[Node]:
        """What holds on any public holiday, where it is the same on all of them."""
        for spans in self._on_any_holiday[:1]:
            yield from (_specification(span, [_HOLIDAYS]) for span in spans)
            if not spans:
                yield _specification(None, [_HOLIDAYS])

    def dated(self) -> Iterator[Node]:
        """Days that differ by their date, and of holidays and the weekends worked for them those that are announced."""
        differing: dict[date, Spans] = {}
        for year in self._years:
            for exception in self._hours.exceptions:
                days = (
                    day for first, last in _in_year((exception.first, exception.last), year) for day in _between(first, last)
                )
                differing |= dict.fromkeys(days, exception.spans)
        for day in self._calendar.off | self._calendar.worked if self._years else ():
            if day.year in self._years and (spans := self._announced(day)) is not None:
                differing[day] = spans
        for first, last, spans in _runs(differing):
            yield from (_specification(span, [], (first, last)) for span in spans)
            if not spans:
                yield _specification(None, [], (first, last))

    @cached_property
    def _on_any_holiday(self) -> tuple[Spans, ...]:
        """One at most: the hours of all public holidays, where they differ from those of the weekday and where nothing that is
        told of dates could be taken to go before them."""
        pairs = [pair for season in self._hours.seasons for pair in zip(season.week, self._said(season), strict=True)]
        different = {said for week, said in pairs if said is not None and said != week}
        if len(different) != 1 or any(exception.spans for exception in self._hours.exceptions):
            return ()
        (spans,) = different
        if any((week if said is None else said) != spans for week, said in pairs) or (spans and self._hours.exceptions):
            return ()
        return (spans,)

    def _said(self, season: Season) -> Sequence[Spans | None]:
        """What holds on public holidays, Monday first; None where nobody can tell."""
        if self._closed:
            return ((),) * 7
        if self._closed is False and self._hours.holidays == "unsaid":
            return [week if said is None else said for week, said in zip(season.week, season.on_holidays, strict=True)]
        return season.on_holidays

    def _announced(self, day: date) -> Spans | None:
        """The hours of a holiday, or of a weekend that is worked, where they are known and nothing else tells them."""
        at = day.month * 100 + day.day
        exceptions = [each.spans for each in self._hours.exceptions if _holds((each.first, each.last), at)]
        seasons = [each for each in self._hours.seasons if not each.stretches or any(_holds(one, at) for one in each.stretches)]
        if not seasons or () in exceptions:
            return None
        season, weekday = seasons[0], day.weekday()
        if day in self._calendar.off:
            if self._on_any_holiday:
                return None
            said = self._said(season)[weekday]
            if exceptions and said and self._hours.holidays != "hours":
                said = exceptions[0]
        else:
            said = season.workday if weekday > 4 and not exceptions else None
        usual = exceptions[0] if exceptions else season.week[weekday]
        return said if said != usual else None

    def _dates(self, stretches: Iterable[Stretch]) -> Iterator[_Dates]:
        """The stretches as they come in the years that are told."""
        for year in self._years:
            for stretch in stretches:
                yield from _in_year(stretch, year)


def _holds(stretch: Stretch, at: MonthDay) -> bool:
    first, last = stretch
    return first <= at <= last if first <= last else at >= first or at <= last


def _in_year(stretch: Stretch, year: int) -> Iterator[_Dates]:
    """The parts of a stretch that lie in a year: two where it runs over New Year, none of 29 February in most years."""
    days = sorted(days_of([stretch]))
    found = [date(year, day // 100, day % 100) for day in days if day != 229 or _is_leap(year)]
    yield from ((first, last) for first, last, _ in _runs(dict.fromkeys(found, ())))


def _is_leap(year: int) -> bool:
    return date(year, 12, 31).timetuple().tm_yday == 366


def _runs(days: dict[date, Spans]) -> Iterator[tuple[date, date, Spans]]:
    """Days in a row that have the same hours, as first and last."""
    first = last = None
    for day in sorted(days):
        if first and last and (day - last != timedelta(1) or days[day] != days[first]):
            yield first, last, days[first]
            first = None
        first, last = first or day, day
    if first and last:
        yield first, last, days[first]


def _between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(step) for step in range((last - first).days + 1))


def _specification(span: Span | None, days: list[str], during: _Dates | None = None) -> Node:
    """One time on some days; no time: closed."""
    opens, closes = _CLOSED
    if span:
        opens, closes = _WHOLE_DAY if span == (0, DAY_MINUTES) else (clock(span[0]), clock(span[1] % DAY_MINUTES))
    node: Node = {"@type": "OpeningHoursSpecification"}
    if during:
        node |= {"validFrom": during[0].isoformat(), "validThrough": during[1].isoformat()}
    if days:
        node["dayOfWeek"] = one(days)
    return {**node, "opens": opens, "closes": closes}
