"""Rules of activities in English, as visitors read them: `Every Wed 14:00–16:00, not on public holidays`.

The rule: nothing is said that the rules do not say; the text as it was written is never translated.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from haitang.schedule.opening_hours import DAY_MINUTES
from haitang.schedule.recurrence import WHOLE_DAY, Rule, Stretch, Time, When
from haitang.schedule.written.opening_hours_text import days_text
from haitang.schedule.written.tongues import ENGLISH, MONTHS, hour

_HOLIDAYS = {"": "", "off": ", not on public holidays", "on": ", also on public holidays"}
_COUNTED = ("", "first", "second", "third", "fourth", "fifth")
_DOZEN = 12


@lru_cache(4096)
def when_in_english(when: When) -> str:
    """All that a text says: `Every Wed 14:00; cancelled on 14 Oct 2026`."""
    parts = [rule_in_english(rule) for rule in when.rules]
    for stretches, word in ((when.skipped, "not on"), (when.cancelled, "cancelled on")):
        parts += [f"{word} {stretch_in_english(stretch)}" for stretch in stretches]
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def rule_in_english(rule: Rule) -> str:
    """`every Wed 14:00–16:00, not on public holidays`."""
    times = ", ".join(map(time_in_english, rule.times))
    return " ".join(filter(None, [_days(rule), times])) + _bounds(rule.first, rule.last) + _HOLIDAYS[rule.holidays]


def time_in_english(time: Time) -> str:
    """`14:00–16:00`, `22:00–01:00 (next day)`, `14:00`, `all day`."""
    start, end = time
    if time == (0, WHOLE_DAY):
        return "all day"
    return hour(start) if end is None else f"{hour(start)}–{hour(end)}{' (next day)' if end > DAY_MINUTES else ''}"


def _date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def stretch_in_english(stretch: Stretch) -> str:
    """`5 Dec 2026 to 8 Dec 2026`, or its only day."""
    first, last = stretch
    return _date(first) if first == last else f"{_date(first)} to {_date(last)}"


def _days(rule: Rule) -> str:
    if rule.named:
        return (" to " if rule.kind == "range" else ", ").join(map(_date, rule.dates))
    months = f"in {_listed(MONTHS[month - 1] for month in rule.months)}, " if rule.months else ""
    return months + _repeated(rule)


def _repeated(rule: Rule) -> str:
    if rule.kind == "weekdays":
        days = days_text(rule.values, ENGLISH)
        if rule.interval > 1:
            return f"every {rule.interval} weeks on {days}"
        return days.lower() if days == ENGLISH.every_day else f"every {days}"
    if rule.kind == "monthdays":
        return f"on the {_listed('last day' if day == -1 else _ordinal(day) for day in rule.values)} of each month"
    if not rule.nth:
        return ENGLISH.every_day.lower() if rule.kind == "every" else "every working day"
    what = "working day" if rule.kind == "workdays" else _listed(ENGLISH.weekdays[day] for day in rule.values)
    return f"{_listed(map(_place, rule.nth))} {what} of each month"


def _place(nth: int) -> str:
    if nth == -1:
        return "last"
    counted = _COUNTED[abs(nth)] if abs(nth) < len(_COUNTED) else _ordinal(abs(nth))
    return counted if nth > 0 else f"{counted} last"


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 22nd."""
    teens = number % 100 in range(_DOZEN - 1, _DOZEN + 2)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _listed(items: Iterable[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def _bounds(first: date | None, last: date | None) -> str:
    parts = [f"from {_date(first)}"] if first else []
    parts += [f"until {_date(last)}"] if last else []
    return f" ({', '.join(parts)})" if parts else ""
