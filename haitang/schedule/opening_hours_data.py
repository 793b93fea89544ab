"""Opening hours as a page shows them and as its scripts read them.

The rule: what a text means is settled in `hours`; here it only changes its shape.
"""

from dataclasses import dataclass
from functools import lru_cache

from haitang.schedule.opening_hours import HolidayPolicy, OpeningHours, Season, Spans, Week, clock


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the week: spans as `08:30–11:30`; `number` is 1 for Monday, as in ISO 8601."""

    number: int
    spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeasonView:
    """The hours of a part of the year. `dates` are first and last days as (month, day), `data` the same for the browser; both
    are empty where the week holds all year."""

    name: str
    dates: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
    data: str
    days: tuple[Day, ...]
    week: Week
    holidays: tuple["Different", ...] = ()


@dataclass(frozen=True, slots=True)
class Different:
    """Days that differ from their weekday. `dates`: first and last day as (month, day), or None for public holidays, then
    `weekdays` are those on which they have these hours, 1 for Monday; empty: on all. `spans` are empty where it is closed."""

    dates: tuple[tuple[int, int], tuple[int, int]] | None
    weekdays: tuple[int, ...]
    spans: tuple[str, ...]


@lru_cache(1024)
def week_data(hours: OpeningHours | None, closed_on_holidays: bool | None = None) -> str:
    """What the browser tells the open state from; frontend/README.md has the grammar. Empty where hours are not known.

    In the simplest case `510-690+810-1020|=|=|=|=||`: Monday first, minutes after midnight, `=` as the day before.
    """
    if hours is None:
        return ""
    closed = holiday_policy(hours, closed_on_holidays)
    if closed is None and hours.always:
        closed = False
    seasons = [_season_data(season, closed, hours.holidays) for season in hours.seasons]
    exceptions = [f"x{one.first:04d}-{one.last:04d}@{_spans(one.spans)}" for one in hours.exceptions]
    return "/".join([*seasons, *exceptions])


def _season_data(season: Season, closed: bool | None, holidays: HolidayPolicy) -> str:
    """`0501-0930@cw!510-1050|…`: dates, public holidays (seven letters or one), worked weekends (two or one), the days."""
    on_holidays = season.on_holidays
    if closed:
        on_holidays = ((),) * 7
    elif closed is False and holidays == "unsaid":
        on_holidays = tuple(day if said is None else said for day, said in zip(season.week, on_holidays, strict=True))
    # Hours that a text gives to holidays hold on dated days too, be they those of the weekday or not.
    has_own = [bool(said) and (holidays == "hours" or said != day) for day, said in zip(season.week, on_holidays, strict=True)]
    own = next((said for said, is_own in zip(on_holidays, has_own, strict=True) if is_own), None)
    letters = "".join(
        "u" if said is None else "h" if is_own else "o" if closed is False and said == day else "c"
        for day, said, is_own in zip(season.week, on_holidays, has_own, strict=True)
    )
    worked = "".join("s" if steady or closed is False else "x" for steady in season.steady)
    days = season.week
    if season.workday is not None:
        worked, days = "w", (*days, season.workday)
    if own is not None:
        days = (*days, own)
    letters = _once(letters) + ("" if worked == "xx" else _once(worked))
    dates = f"{_dates(season)}@" if season.stretches else ""
    written = [_spans(day) for day in days]
    again = ["=" if day and day == before else day for before, day in zip(("", *written), written, strict=False)]
    return dates + ("" if letters == "u" else f"{letters}!") + "|".join(again)


def _spans(spans: Spans) -> str:
    return "+".join(f"{start}-{end}" for start, end in spans)


def _once(letters: str) -> str:
    return letters[0] if len(set(letters)) == 1 else letters


def _dates(season: Season) -> str:
    return ",".join(f"{first:04d}-{last:04d}" for first, last in season.stretches)


def holiday_policy(hours: OpeningHours | None, closed_on_holidays: bool | None) -> bool | None:
    """Whether a place is closed on public holidays: the entry's own word, else what its hours say for the whole week."""
    if hours is None or closed_on_holidays is not None:
        return closed_on_holidays
    if hours.closed_on_holidays is None and all(day == () for season in hours.seasons for day in season.on_holidays):
        return True
    return hours.closed_on_holidays


def seasons_of(hours: OpeningHours, closed: bool | None = None) -> tuple[SeasonView, ...]:
    """The weeks of a text, one a season; `closed` is the entry's own word on public holidays."""
    return tuple(
        SeasonView(
            name=season.name,
            dates=tuple((divmod(first, 100), divmod(last, 100)) for first, last in season.stretches),
            data=_dates(season),
            days=tuple(Day(n, _written(day)) for n, day in enumerate(season.week, 1)),
            week=season.week,
            holidays=_holidays_of(season, hours.holidays) if closed is not True else (),
        )
        for season in hours.seasons
    )


def exceptions_of(hours: OpeningHours) -> tuple[Different, ...]:
    """The days of a text that differ by their date."""
    return tuple(
        Different((divmod(one.first, 100), divmod(one.last, 100)), (), _written(one.spans)) for one in hours.exceptions
    )


def _holidays_of(season: Season, policy: HolidayPolicy) -> tuple[Different, ...]:
    """Hours that public holidays have for themselves: one line for all, else one for the weekdays of each."""
    own: dict[Spans, list[int]] = {}
    for number, (day, said) in enumerate(zip(season.week, season.on_holidays, strict=True), 1):
        if said and (said != day or policy == "hours"):
            own.setdefault(said, []).append(number)
    whole = policy == "hours" and len(own) == 1
    return tuple(Different(None, () if whole else tuple(days), _written(spans)) for spans, days in own.items())


def _written(spans: Spans) -> tuple[str, ...]:
    return tuple(f"{clock(start)}–{clock(end)}" for start, end in spans)
