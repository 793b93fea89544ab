"""What one clause of an activity's times says, gathered while it is read.

The rule: days, a first day, a last day: each is said only once, or the clause is refused.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from haitang.schedule.date_tokens import UnreadableWhen
from haitang.schedule.exclusions import Holidays
from haitang.schedule.recurrence import Rule, Time


@dataclass(slots=True)
class Draft:
    """`written` is the clause; the rest is as in `Rule`, which `finished` of the parser makes of it."""

    written: str
    rule: Rule | None = None
    months: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    interval: int = 1
    holidays: Holidays = ""
    times: list[Time] = field(default_factory=list)

    def say(self, **rule: Any) -> None:
        """The clause's days."""
        if self.rule is not None:
            raise UnreadableWhen(self.written, "when-two-days")
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
            raise UnreadableWhen(self.written, "when-two-days")
        self.first, self.last = first or self.first, last or self.last
