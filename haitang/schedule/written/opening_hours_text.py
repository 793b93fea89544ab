"""Opening hours written back as text: the canonical form of what was understood, and the same as plain data.

The rule: the canonical text reads back to the same rules. It says what the model says and no more, so each distinction of the
model (the state's working days, weekends that keep their hours when worked) has its one way to be written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from haitang.schedule.month_days import MonthDay
from haitang.schedule.opening_hours import DAY_MINUTES, DatedHours, OpeningHours, Season, Spans, clock
from haitang.schedule.written.tongues import CHINESE, ENGLISH, Tongue

EVERY_DAY = CHINESE.every_day
WEEKDAYS = CHINESE.weekdays
_ALL = tuple(range(7))
_NOTATION = re.compile(r"(?:[A-Z][a-z]{2}[ :0-9-]*)?(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b|24/7")  # of OpenStreetMap
_WEEKEND = (5, 6)
_LONG = 3  # days in a row from which on only the first and the last are named


def canonical(hours: OpeningHours) -> str:
    """`周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00；节假日休息`: one text for all that mean the same."""
    return CHINESE.between.join([*_rules(hours, CHINESE), *hours.notes])


def in_english(hours: OpeningHours) -> str:
    """`Mon–Fri 8:30–11:30, 13:30–17:00; Sat 9:00–12:00; closed on public holidays`; the notes are not in it, for they stand as
    they were written."""
    text = ENGLISH.between.join(_rules(hours, ENGLISH))
    return text[:1].upper() + text[1:]


def worded(hours: OpeningHours, *, english: bool) -> OpeningHours:
    """The same with its text in words where it was written in OpenStreetMap's notation, which nobody who comes reads."""
    if not _NOTATION.match(hours.text):
        return hours
    return replace(hours, text=in_english(hours) if english else canonical(hours))


def _rules(hours: OpeningHours, tongue: Tongue) -> list[str]:
    own = [_own_holiday_hours(season) for season in hours.seasons]
    shared = hours.holidays == "hours" and len(set(own)) == 1
    rules = []
    for season, holiday in zip(hours.seasons, own, strict=True):
        said = [*_season_rules(season, hours, tongue)]
        if holiday and not shared and hours.holidays == "hours":
            said.append(f"{tongue.holidays} {spans_text(holiday, tongue)}")
        rules += [_head(season, tongue) + rule for rule in said]
    rules += [_exception(one, tongue) for one in hours.exceptions]
    if hours.holidays == "closed":
        rules.append(tongue.holidays_closed)
    elif hours.holidays == "hours" and shared:
        rules.append(f"{tongue.holidays} {spans_text(own[0], tongue)}")
    elif hours.holidays == "open" and not _reopens(hours):
        rules.append(tongue.holidays_open)
    return rules


def explained(hours: OpeningHours) -> dict[str, Any]:
    """The reading as data for JSON: spans as `08:30-11:30`, days by their ISO number, dates as `05-01`.

    `week` is that of the first season; `seasons` has one entry a stretch of dates and is empty where there are none.
    """
    return {
        "text": hours.text,
        "read": True,
        "week": _week_data(hours.seasons[0]),
        "holidays": _spans_data(holiday_hours(hours)) if hours.holidays == "hours" else hours.holidays,
        "exceptions": [
            {"from": _iso(one.first), "to": _iso(one.last), "hours": _spans_data(one.spans)} for one in hours.exceptions
        ],
        "seasons": [
            {"from": _iso(first), "to": _iso(last), "name": season.name, "week": _week_data(season)}
            for season in hours.seasons
            for first, last in season.stretches
        ],
        "notes": list(hours.notes),
        "canonical": canonical(hours),
    }


def holiday_hours(hours: OpeningHours) -> Spans:
    """The hours that a text gives to public holidays; none where it gives none."""
    return next((own for season in hours.seasons if (own := _own_holiday_hours(season))), ())


def head_text(season: Season, tongue: Tongue = CHINESE) -> str:
    """`夏季（5月1日至9月30日）`; nothing for a season that is the whole year. The rest of the year has no dates of its own."""
    return _head(season, tongue).rstrip(": ")


def _head(season: Season, tongue: Tongue) -> str:
    """The same, up to where its rules begin."""
    name = tongue.season(season.name)
    if not season.stretches or season.name.startswith("其"):
        return tongue.other_heading.format(name) if name else ""
    dates = tongue.and_.join(dates_text(*stretch, tongue) for stretch in season.stretches)
    return tongue.named_heading.format(name=name, dates=dates) if name else tongue.heading.format(dates)


def spans_text(spans: Spans, tongue: Tongue = CHINESE) -> str:
    """`08:30-11:30, 13:30-17:00`, `22:00-次日06:00`, `24小时`; `休息` for none."""
    if spans == ((0, DAY_MINUTES),):
        return tongue.round_the_clock
    return ", ".join(map(tongue.span, spans)) or tongue.closed.format("").strip()


def days_text(days: Iterable[int], tongue: Tongue = CHINESE) -> str:
    """Weekdays (0 is Monday) as `周一至周五`, `周一、周三`, `每天`."""
    days = sorted(days)
    if len(days) == len(_ALL):
        return tongue.every_day
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda at: at[1] - at[0])]
    name = tongue.weekdays.__getitem__
    names = [
        f"{name(run[0])}{tongue.to}{name(run[-1])}" if len(run) >= _LONG else tongue.and_.join(map(name, run)) for run in runs
    ]
    return tongue.and_.join(names)


def alike(week: Iterable[Spans]) -> list[tuple[list[int], Spans]]:
    """Weekdays (0 is Monday) of equal hours together, in the order of the week, the closed ones too."""
    found: dict[Spans, list[int]] = {}
    for day, spans in enumerate(week):
        found.setdefault(spans, []).append(day)
    return [(days, spans) for spans, days in found.items()]


def dates_text(first: MonthDay, last: MonthDay, tongue: Tongue = CHINESE) -> str:
    """501, 930 → `5月1日至9月30日`."""
    return tongue.date(first) if first == last else f"{tongue.date(first)}{tongue.to}{tongue.date(last)}"


def _exception(one: DatedHours, tongue: Tongue) -> str:
    dates = dates_text(one.first, one.last, tongue)
    if not one.spans:
        return tongue.exception_closed.format(dates)
    return tongue.exception.format(dates) + spans_text(one.spans, tongue)


def _season_rules(season: Season, hours: OpeningHours, tongue: Tongue) -> Iterator[str]:
    """A wide rule for all days only where the model cannot be said without, then 工作日, then the days that differ."""
    base = _base(season, hours)
    covers: list[Spans | None] = [base] * 7
    if base is not None:
        yield f"{tongue.every_day} {spans_text(base, tongue)}"
    if season.workday is not None:
        yield f"{tongue.working_days} {spans_text(season.workday, tongue)}"
        covers[:5] = [season.workday] * 5
    # A rule that shares days with 工作日 must be narrower, or nobody could tell which of the two holds.
    different: dict[tuple[Spans, bool], list[int]] = {}
    reopened = _unlike_rest(season) if hours.holidays == "open" else []
    for day, spans in enumerate(season.week):
        if day not in reopened and (spans != (covers[day] or ()) or _has_own_rule(day, season, hours, base)):
            different.setdefault((spans, season.workday is not None and day in _WEEKEND), []).append(day)
    for (spans, _), days in different.items():
        yield _rule(days, spans, tongue)
    if reopened:
        yield tongue.closed.format(days_text(reopened, tongue)) + (tongue.but_on_holidays if _reopens(hours) else "")
    if not any((base, season.workday, *season.week)):
        yield tongue.all_closed


def _rule(days: Sequence[int], spans: Spans, tongue: Tongue) -> str:
    said = days_text(days, tongue)
    return f"{said} {spans_text(spans, tongue)}" if spans else tongue.closed.format(said)


def _base(season: Season, hours: OpeningHours) -> Spans | None:
    """The hours of a rule for all days that others narrow; None where none is needed."""
    alike = len(set(season.week[:5])) == 1
    for spans, steady in zip(season.week[5:], season.steady, strict=True):
        if steady and not (alike and spans == season.week[0]):
            return spans
    if _workdays_alone(season, hours) == {False}:
        return next((spans for spans in season.week[5:] if spans), season.workday)
    return None


def _workdays_alone(season: Season, hours: OpeningHours) -> set[bool]:
    """Of the days with the hours of 工作日: whether no other rule opens them, so that they are closed on public holidays."""
    if season.workday is None or hours.holidays != "unsaid":
        return set()
    days = zip(season.week[:5], season.on_holidays[:5], strict=True)
    return {said is not None for spans, said in days if spans == season.workday}


def _has_own_rule(day: int, season: Season, hours: OpeningHours, base: Spans | None) -> bool:
    """Whether a day is named though a wider rule gives it the same hours: it moves when worked, or may open on holidays."""
    if base is not None:
        return day in _WEEKEND and not season.steady[day - 5]
    return day not in _WEEKEND and len(_workdays_alone(season, hours)) > 1 and season.on_holidays[day] is None


def _reopens(hours: OpeningHours) -> bool:
    """Public holidays are open on days of rest too."""
    return any(
        not spans and said for season in hours.seasons for spans, said in zip(season.week, season.on_holidays, strict=True)
    )


def _unlike_rest(season: Season) -> list[int]:
    """Days of rest that are named, so that a public holiday may be open all the same."""
    return [day for day, spans in enumerate(season.week) if not spans and season.on_holidays[day] != ()]


def _own_holiday_hours(season: Season) -> Spans:
    return next((said for said in season.on_holidays if said), ())


def _week_data(season: Season) -> dict[str, list[str]]:
    return {str(day): _spans_data(spans) for day, spans in enumerate(season.week, 1)}


def _spans_data(spans: Spans) -> list[str]:
    return [f"{clock(start)}-{clock(end)}" for start, end in spans]


def _iso(day: MonthDay) -> str:
    return f"{day // 100:02d}-{day % 100:02d}"
