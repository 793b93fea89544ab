"""What one clause of an activity's times says, gathered while it is read.

The rule: days, a first day, a last day: each is said only once, or the clause is refused.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from haitang.schedule.language.phrases import Phrase
from haitang.schedule.recurrence import Rule, Time

Holidays = Literal["", "off", "on"]


@dataclass(slots=True)
class Draft:
    """`place` is the clause; the rest is as in `Rule`, which `finished` makes of it."""

    place: Phrase
    rule: Rule | None = None
    months: tuple[int, ...] = ()
    leading: bool = False  # its months or bounds stand before its days, as a heading does
    yearly: bool = False  # every month, or some months of every year, are said in words
    first: date | None = None
    last: date | None = None
    interval: int = 1
    holidays: Holidays = ""
    times: list[Time] = field(default_factory=list)

    def say(self, **rule: Any) -> None:
        """The clause's days."""
        if self.rule is not None:
            raise self.place.unclear("two-days")
        self.leading = bool(self.months or self.first or self.last)
        self.rule = Rule(**rule)

    def repeat(self, **rule: Any) -> None:
        """A repetition; a range before it was its bounds."""
        if self.rule is not None and self.rule.kind == "range":
            self.bound(*self.rule.dates)
            self.rule = None
        self.say(**rule)

    def bound(self, first: date | None = None, last: date | None = None) -> None:
        """The first day, the last day or both."""
        if (first and self.first) or (last and self.last):
            raise self.place.unclear("two-days")
        self.first, self.last = first or self.first, last or self.last


def shared_by(drafts: list[Draft]) -> Draft:
    """Bounds and holidays in a clause of their own hold for all the others, which then say none themselves."""
    shared = Draft(Phrase(0, 0))
    own = [draft for draft in drafts if draft.rule is not None]
    for draft in drafts:
        if draft.rule is not None:
            continue
        if draft.times or draft.months or draft.interval > 1:
            raise draft.place.unclear("no-day")
        shared.place = draft.place
        shared.bound(draft.first, draft.last)
        if draft.holidays and any(other.holidays not in ("", draft.holidays) for other in (shared, *own)):
            raise draft.place.unclear("holiday-unclear")
        shared.holidays = draft.holidays or shared.holidays
    return shared


def finished(draft: Draft, shared: Draft) -> Rule:
    on_holidays = draft.holidays or shared.holidays
    if draft.holidays == "off" and draft.rule and draft.rule.kind == "dates":
        raise draft.place.unclear("holiday-unclear")  # the very days are named
    if on_holidays == "off" and draft.rule and draft.rule.kind == "range":
        draft.repeat(kind="every")  # a holiday among its days is none of them
    rule = draft.rule
    assert rule is not None
    if rule.named and (draft.first or draft.last or draft.months):
        raise draft.place.unclear("two-days")
    if not rule.named:
        draft.bound(shared.first, shared.last)
    first, last = draft.first, draft.last
    if first and last and last < first:
        raise draft.place.unclear("ends-before-start")
    if on_holidays == "on" and rule.kind == "workdays":
        raise draft.place.unclear("workday-holiday")
    times = tuple(draft.times)
    if rule.named:
        return replace(rule, times=times)
    if draft.interval > 1 and not (first and first.weekday() in rule.values):
        raise draft.place.unclear("needs-start")
    on_holidays = "" if rule.kind == "workdays" else on_holidays
    rule = replace(rule, months=draft.months, first=first, last=last, interval=draft.interval, times=times)
    return replace(rule, holidays=on_holidays)
