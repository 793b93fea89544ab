"""Opening hours written back as text: the canonical form of what was understood, and the same as plain data.

The rule: the canonical text reads back to the same rules. It says what the model says and no more, so each distinction of the
model (the state's working days, weekends that keep their hours when worked) has its one way to be written.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from haitang.schedule.month_days import MonthDay, Stretch
from haitang.schedule.opening_hours import DAY_MINUTES, DatedHours, OpeningHours, Season, Span, Spans, clock

EVERY_DAY = "每天"
WEEKDAYS = tuple(f"周{name}" for name in "一二三四五六日")
_ALL = tuple(range(7))
_WEEKEND = (5, 6)
_REST = "休息"
_BETWEEN = "；"
_LONG = 3  # days in a row from which on only the first and the last are named


def canonical(hours: OpeningHours) -> str:
    """`周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00；节假日休息`: one text for all that mean the same."""
    own = [_own_holiday_hours(season) for season in hours.seasons]
    shared = hours.holidays == "hours" and len(set(own)) == 1
    rules = []
    for season, holiday in zip(hours.seasons, own, strict=True):
        head = head_text(season)
        said = [*_season_rules(season, hours)]
        if holiday and not shared and hours.holidays == "hours":
            said.append(f"节假日 {spans_text(holiday)}")
        gap = " " if head and not head.endswith("）") else ""
        rules += [head + gap + rule for rule in said]
    rules += map(_exception, hours.exceptions)
    if hours.holidays == "closed":
        rules.append("节假日休息")
    elif hours.holidays == "hours" and shared:
        rules.append(f"节假日 {spans_text(own[0])}")
    elif hours.holidays == "open" and not _reopens(hours):
        rules.append("节假日照常开放")
    return _BETWEEN.join([*rules, *hours.notes])


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


def head_text(season: Season) -> str:
    """`夏季（5月1日至9月30日）`; nothing for a season that is the whole year. The rest of the year has no dates of its own."""
    if not season.stretches or season.name.startswith("其"):
        return season.name
    dates = "、".join(map(_stretch, season.stretches))
    return f"{season.name}（{dates}）" if season.name else dates


def spans_text(spans: Spans) -> str:
    """`08:30-11:30, 13:30-17:00`, `22:00-次日06:00`, `24小时`; `休息` for none."""
    if spans == ((0, DAY_MINUTES),):
        return "24小时"
    return ", ".join(map(span_text, spans)) or _REST


def span_text(span: Span) -> str:
    start, end = span
    return f"{clock(start)}-{'次日' if end > DAY_MINUTES else ''}{clock(end)}"


def days_text(days: Iterable[int]) -> str:
    """Weekdays (0 is Monday) as `周一至周五`, `周一、周三`, `每天`."""
    days = sorted(days)
    if len(days) == len(_ALL):
        return EVERY_DAY
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda at: at[1] - at[0])]
    names = [
        f"{WEEKDAYS[run[0]]}至{WEEKDAYS[run[-1]]}" if len(run) >= _LONG else "、".join(WEEKDAYS[day] for day in run)
        for run in runs
    ]
    return "、".join(names)


def alike(week: Iterable[Spans]) -> list[tuple[list[int], Spans]]:
    """Weekdays (0 is Monday) of equal hours together, in the order of the week, the closed ones too."""
    found: dict[Spans, list[int]] = {}
    for day, spans in enumerate(week):
        found.setdefault(spans, []).append(day)
    return [(days, spans) for spans, days in found.items()]


def date_text(day: MonthDay) -> str:
    """501 → `5月1日`."""
    return f"{day // 100}月{day % 100}日"


def dates_text(first: MonthDay, last: MonthDay) -> str:
    return date_text(first) if first == last else f"{date_text(first)}至{date_text(last)}"


def _stretch(stretch: Stretch) -> str:
    return dates_text(*stretch)


def _exception(one: DatedHours) -> str:
    dates = dates_text(one.first, one.last)
    return f"{dates}{EVERY_DAY} {spans_text(one.spans)}" if one.spans else f"{dates}{_REST}"


def _season_rules(season: Season, hours: OpeningHours) -> Iterator[str]:
    """A wide rule for all days only where the model cannot be said without, then 工作日, then the days that differ."""
    base = _base(season, hours)
    covers: list[Spans | None] = [base] * 7
    if base is not None:
        yield f"{EVERY_DAY} {spans_text(base)}"
    if season.workday is not None:
        yield f"工作日 {spans_text(season.workday)}"
        covers[:5] = [season.workday] * 5
    # A rule that shares days with 工作日 must be narrower, or nobody could tell which of the two holds.
    different: dict[tuple[Spans, bool], list[int]] = {}
    reopened = _unlike_rest(season) if hours.holidays == "open" else []
    for day, spans in enumerate(season.week):
        if day not in reopened and (spans != (covers[day] or ()) or _has_own_rule(day, season, hours, base)):
            different.setdefault((spans, season.workday is not None and day in _WEEKEND), []).append(day)
    for (spans, _), days in different.items():
        yield _rule(days, spans)
    if reopened:
        yield f"{days_text(reopened)}{_REST}" + ("（节假日除外）" if _reopens(hours) else "")
    if not any((base, season.workday, *season.week)):
        yield f"{EVERY_DAY}{_REST}"


def _rule(days: Sequence[int], spans: Spans) -> str:
    return f"{days_text(days)} {spans_text(spans)}" if spans else f"{days_text(days)}{_REST}"


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
