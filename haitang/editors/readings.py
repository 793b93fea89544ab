"""What was understood of a text about time, shown back to whoever wrote it: as lines to read, and as data for programs.

The rule: every door says the same of a text, in the words of `check` where it is refused.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Literal, NamedTuple

from haitang.core.problems import Value
from haitang.model.messages import Whole, Words
from haitang.model.written.unknown import is_unknown
from haitang.schedule import opening_hours, recurrence
from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.opening_hours import OpeningHours, Season, clock
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.recurrence import Occurrence, Rule, Stretch, Time, When
from haitang.schedule.recurrence_parser import read_when
from haitang.schedule.written.opening_hours_text import (
    alike,
    canonical,
    dates_text,
    days_text,
    explained,
    head_text,
    holiday_hours,
    in_english,
    spans_text,
)  # fmt: skip
from haitang.schedule.written.recurrence_english import rule_in_english, stretch_in_english, time_in_english
from haitang.schedule.written.recurrence_text import rrule, rule_text, stretch_text, time_text, when_text
from haitang.schedule.written.tongues import CHINESE, ENGLISH, Tongue

TimeField = Literal["hours", "when"]
FIELDS: tuple[TimeField, ...] = ("hours", "when")
_LONGEST: Mapping[TimeField, int] = {"hours": opening_hours.LONGEST_TEXT, "when": recurrence.LONGEST_TEXT}
_NEXT = 5  # times that are told
_SEARCHED = 3 * 366  # days


class _Times(NamedTuple):
    """How what an activity's times are made of is told in a language."""

    rule: Callable[[Rule], str]
    stretch: Callable[[Stretch], str]
    time: Callable[[Time], str]


_CHINESE_TIMES = _Times(rule_text, stretch_text, time_text)
_ENGLISH_TIMES = _Times(rule_in_english, stretch_in_english, time_in_english)


@dataclass(frozen=True, slots=True)
class Reading:
    """`lines` are for people, `data` is for programs; `value` is None where the text was refused, for the reason in `lines`."""

    value: OpeningHours | When | None
    data: dict[str, Any]
    lines: tuple[str, ...]


def read(field: TimeField, text: str, today: date, words: Words) -> Reading:
    """What a text in a field of times means, or why it was refused. `today` is where the next times are told from."""
    if not text.strip():
        return _refused(field, text, "empty-field", {}, words)
    if is_unknown(text):
        return _refused(field, text, "unknown-value", {}, words)
    if len(text) > _LONGEST[field]:
        return _refused(field, text, "too-long", {"limit": _LONGEST[field]}, words)
    try:
        if field == "hours":
            hours = read_hours(text)
            return Reading(hours, explained(hours), tuple(hours_lines(hours, words)))
        when = read_when(text)
        return Reading(when, _when_data(when, today), tuple(_when_lines(when, today, words)))
    except UnreadableTime as mistake:
        values = {name: value for name, value in vars(mistake).items() if name != "code"}
        return _refused(field, text, mistake.code, values, words)


def _refused(field: TimeField, text: str, code: str, values: dict[str, Value], words: Words) -> Reading:
    message = words.explanation(code, {"field": field, "value": text, **values})
    return Reading(None, {"text": text, "read": False, "code": code, "message": message}, (message,))


def hours_lines(hours: OpeningHours, words: Words) -> Iterator[str]:
    """The week, days of equal hours together, one season after the other; what differs from it; the canonical text."""
    say, tongue = _Sentences(words), _tongue(words)
    for season in hours.seasons:
        if season.stretches:
            yield say("season", season=_season_text(season, tongue))
        yield from (
            say("days", days=days_text(days, tongue), hours=spans_text(spans, tongue)) for days, spans in alike(season.week)
        )
    yield holidays_line(hours, words)
    for one in hours.exceptions:
        yield say("days", days=dates_text(one.first, one.last, tongue), hours=spans_text(one.spans, tongue))
    yield from (say("note", note=note) for note in hours.notes)
    yield say("canonical", text=canonical(hours) if tongue is CHINESE else in_english(hours))


def holidays_line(hours: OpeningHours, words: Words) -> str:
    return _Sentences(words)(f"holidays_{hours.holidays}", hours=spans_text(holiday_hours(hours), _tongue(words)))


def _tongue(words: Words) -> Tongue:
    """In what a reading is told."""
    return ENGLISH if words.language == "en" else CHINESE


def _season_text(season: Season, tongue: Tongue) -> str:
    """What is left of the year, with the dates that it has."""
    dates = tongue.and_.join(dates_text(*stretch, tongue) for stretch in season.stretches)
    head = head_text(season, tongue)
    return head if dates in head else tongue.named_heading.format(name=head, dates=dates).rstrip(": ")


def _when_lines(when: When, today: date, words: Words) -> Iterator[str]:
    say, tongue = _Sentences(words), _tongue(words)
    told = _CHINESE_TIMES if tongue is CHINESE else _ENGLISH_TIMES
    for rule in when.rules:
        yield say("rule", rule=told.rule(rule))
        yield say("rrule", rrule=text) if (text := rrule(rule)) else say("no_rrule")
    for key, stretches in (("skipped", when.skipped), ("cancelled", when.cancelled)):
        yield from (say(key, days=told.stretch(stretch)) for stretch in stretches)
    times = _next(when, today)
    yield say("next" if times else "over")
    for one in times:
        doubt = words.tree["explain"][f"doubt_{one.doubt}"] if one.doubt else ""
        hours = "" if one.start is None else told.time((one.start, one.end))
        yield say("time", day=one.day.isoformat(), weekday=days_text([one.day.weekday()], tongue), hours=hours, doubt=doubt)


def _when_data(when: When, today: date) -> dict[str, Any]:
    """`rules` has one entry a rule, null where it follows the state's calendar and no RRULE can say it."""
    return {
        "text": when.text,
        "read": True,
        "rules": [rrule(rule) for rule in when.rules],
        "skipped": [{"from": first.isoformat(), "to": last.isoformat()} for first, last in when.skipped],
        "cancelled": [{"from": first.isoformat(), "to": last.isoformat()} for first, last in when.cancelled],
        "next": [
            {"date": one.day.isoformat(), "hours": _hours(one), "doubt": one.doubt} for one in _next(when, today)
        ],
        "canonical": when_text(when),
    }  # fmt: skip


def _next(when: When, today: date) -> list[Occurrence]:
    times = when.between(today, today + timedelta(_SEARCHED))
    return list(islice((one for one in times if not one.cancelled), _NEXT))


def _hours(one: Occurrence) -> str:
    if one.start is None:
        return ""
    return clock(one.start) if one.end is None else f"{clock(one.start)}-{clock(one.end)}"


class _Sentences:
    """Sentences of the group `explain`; a reading is told whole."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __call__(self, key: str, **values: str) -> str:
        return self._words.sentence("explain", key, **{name: Whole(value) for name, value in values.items()}).rstrip()
