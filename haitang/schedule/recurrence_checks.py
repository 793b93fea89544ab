"""Whether an activity's times make sense as a whole.

The rule: every rule happens at all, what is taken away would have been there, and nothing is both given and taken.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

from haitang.schedule.language.phrases import Phrase
from haitang.schedule.recurrence import Rule, When, repeats

_SOON = 8 * 366  # days in which something named must happen: 29 February comes only so often


def check_times(when: When, whole: Phrase) -> None:
    """Raises Unclear with the whole text, and the day that does not fit as its hint."""
    for first, last in (*when.skipped, *when.cancelled):
        days = [first + timedelta(step) for step in range((last - first).days + 1)]
        if not any(_may_meet(rule, day) for day in days for rule in when.rules):
            raise whole.unclear("no-such-day", f"{first}" if first == last else f"{first}-{last}")
        for day in days:
            if len({rule.named for rule in when.rules if repeats(rule, day)}) > 1:
                raise whole.unclear("on-and-off", f"{day}")
    for rule in when.rules:
        if next((day for day in _meeting(rule) if not when.is_skipped(day)), None) is None:
            raise whole.unclear("never")
    _refuse_twice(when, whole)


def _refuse_twice(when: When, whole: Phrase) -> None:
    """A rule that says nothing but what another says too, at the same hours."""
    patterns = [rule for rule in when.rules if rule.kind not in ("dates", "workdays")]
    for one, other in permutations(patterns, 2):
        if set(one.times or (None,)) & set(other.times or (None,)) and all(repeats(other, day) for day in _meeting(one)):
            raise whole.unclear("said-twice")


def _meeting(rule: Rule) -> Iterator[date]:
    """The days of a rule from its first bound on, as far as they are looked for."""
    start, last = (rule.dates[0], rule.dates[-1]) if rule.named else (rule.first, rule.last)
    start = start or (last - timedelta(_SOON) if last else date(2024, 1, 1))
    for step in range(_SOON):
        day = start + timedelta(step)
        if last and day > last:
            return
        if _may_meet(rule, day):
            yield day


def _may_meet(rule: Rule, day: date) -> bool:
    """What is right today stays right when the state announces another year: any day may turn out to be worked, or not."""
    return repeats(replace(rule, kind="every") if rule.kind == "workdays" else rule, day)
