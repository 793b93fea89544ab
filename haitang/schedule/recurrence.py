"""When activities take place: dates and repetitions, and what is known of a single day.

The rule: an occurrence is certain or it says why it is not; a year whose holidays nobody has announced is only expected. The
browser tells the same from `When.data` (frontend/src/schedule/recurrence.ts); one table of both is tested.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Literal

from haitang.schedule.holidays import ANNOUNCED, HolidayCalendar

Kind = Literal["dates", "range", "every", "weekdays", "monthdays", "nth", "workdays"]
Doubt = Literal["", "holiday", "worked", "calendar"]
Time = tuple[int, int | None]  # minutes after 00:00; the end may pass 1440, and is None where only the beginning is known
Stretch = tuple[date, date]  # first and last day
WHOLE_DAY = 24 * 60
LONGEST_TEXT = 200  # characters of what an editor may write
_LETTERS: dict[Kind, str] = {
    "dates": "D", "range": "R", "every": "e", "weekdays": "w", "monthdays": "m", "nth": "n", "workdays": "k",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """Days and the times on them.

    `values`: the weekdays (0 is Monday) of `weekdays` and `nth`, the days of the month of `monthdays` (-1 is the last).
    `nth`: which of the month's weekdays, or of its working days; -1 is the last; empty for every one.
    `interval`: every so many weeks, counted from the week of `first`.
    `holidays`: what the text says of public holidays: `off`, `on`, or nothing.
    """

    kind: Kind
    dates: tuple[date, ...] = ()
    values: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    interval: int = 1
    months: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    holidays: Literal["", "off", "on"] = ""
    times: tuple[Time, ...] = ()

    @property
    def named(self) -> bool:
        """The text names the very days: what it says of them holds on holidays too."""
        return self.kind in ("dates", "range")

    @property
    def follows_calendar(self) -> bool:
        """It cannot be told for sure without the announced holidays."""
        return self.kind == "workdays" or self.holidays == "off"

    @property
    def last_day(self) -> date | None:
        return self.dates[-1] if self.named else self.last

    @property
    def data(self) -> str:
        """For the browser, and to tell a calendar's series from the others."""
        values = [f"{day:%Y%m%d}" for day in self.dates] or [str(value) for value in self.values]
        fields = [_LETTERS[self.kind] + "+".join(values)]
        fields += ["n" + "+".join(map(str, self.nth))] if self.nth else []
        fields += [f"i{self.interval}"] if self.interval > 1 else []
        fields += ["m" + "+".join(map(str, self.months))] if self.months else []
        fields += [f"f{self.first:%Y%m%d}"] if self.first else []
        fields += [f"u{self.last:%Y%m%d}"] if self.last else []
        fields += [f"h{self.holidays}"] if self.holidays else []
        times = [f"{start}" if end is None else f"{start}-{end}" for start, end in self.times]
        fields += ["t" + "+".join(times)] if times else []
        return ",".join(fields)


def repeats(rule: Rule, day: date, calendar: HolidayCalendar = ANNOUNCED) -> bool:
    """Whether the rule's pattern meets a day; days off are left to `happens`."""
    if (rule.first and day < rule.first) or (rule.last and day > rule.last) or (rule.months and day.month not in rule.months):
        return False
    if rule.kind == "workdays":
        return calendar.is_workday(day) and (not rule.nth or any(_is_workday_number(day, at, calendar) for at in rule.nth))
    return _MEETS[rule.kind](rule, day)


def happens(rule: Rule, day: date, calendar: HolidayCalendar = ANNOUNCED) -> bool:
    """Whether the rule holds on a day, as far as that is known."""
    return repeats(rule, day, calendar) and not (rule.holidays == "off" and not rule.named and day in calendar.off)


def doubt(rule: Rule, day: date, calendar: HolidayCalendar = ANNOUNCED) -> Doubt:
    """Why it is not certain that what happens on a day by this rule really does; empty where it is."""
    if rule.named or rule.holidays == "on":
        return ""
    if day in calendar.partly:
        return "holiday"
    if rule.follows_calendar:
        return "calendar" if day > calendar.last_day else ""
    if day in calendar.off:
        return "holiday"
    return "worked" if day in calendar.worked and rule.kind in ("weekdays", "nth") else ""


_MEETS: Mapping[Kind, Callable[[Rule, date], bool]] = {
    "dates": lambda rule, day: day in rule.dates,
    "range": lambda rule, day: rule.dates[0] <= day <= rule.dates[-1],
    "every": lambda _rule, _day: True,
    "weekdays": lambda rule, day: day.weekday() in rule.values and _weeks_since(rule.first, day) % rule.interval == 0,
    "monthdays": lambda rule, day: day.day in rule.values or (-1 in rule.values and day == month_end(day)),
    "nth": lambda rule, day: day.weekday() in rule.values and not _weekday_places(day).isdisjoint(rule.nth),
}


def _weeks_since(first: date | None, day: date) -> int:
    if first is None:
        return 0
    return ((day - timedelta(day.weekday())) - (first - timedelta(first.weekday()))).days // 7


def _weekday_places(day: date) -> set[int]:
    """Which one of its weekday in the month a day is, from the start and from the end."""
    return {(day.day + 6) // 7, -((month_end(day).day - day.day) // 7 + 1)}


def _is_workday_number(day: date, number: int, calendar: HolidayCalendar) -> bool:
    """Whether a working day is this one of its month."""
    other = (day + timedelta(step) for step in range(-31, 32) if (step < 0) == (number > 0) and step)
    between = sum(1 for one in other if one.month == day.month and calendar.is_workday(one))
    return between == abs(number) - 1


def month_end(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time on one day. `start` is None where no hour is known."""

    day: date
    start: int | None
    end: int | None
    doubt: Doubt = ""
    cancelled: bool = False


@dataclass(frozen=True)
class When:
    """`text` as the editor wrote it, and what it means. `skipped` days do not happen, `cancelled` ones are said to be off."""

    text: str
    rules: tuple[Rule, ...]
    skipped: tuple[Stretch, ...] = ()
    cancelled: tuple[Stretch, ...] = ()

    def is_skipped(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.skipped)

    def on(self, day: date, calendar: HolidayCalendar = ANNOUNCED) -> tuple[Occurrence, ...]:
        """What takes place on a day, by its hours; what has none comes first. What two rules say is said once, with the least
        doubt."""
        if self.is_skipped(day):
            return ()
        off = any(first <= day <= last for first, last in self.cancelled)
        found: dict[tuple[int, int], Occurrence] = {}
        for rule in self.rules:
            if happens(rule, day, calendar):
                for start, end in rule.times or ((None, None),):
                    one = Occurrence(day, start, end, doubt(rule, day, calendar), off)
                    key = (-1 if start is None else start, end or 0)
                    if key not in found or not one.doubt:
                        found[key] = one
        return tuple(found[key] for key in sorted(found))

    def between(self, first: date, last: date, calendar: HolidayCalendar = ANNOUNCED) -> Iterator[Occurrence]:
        for step in range((last - first).days + 1):
            yield from self.on(first + timedelta(step), calendar)

    @cached_property
    def last_day(self) -> date | None:
        """After this day nothing takes place any more; None where it goes on."""
        ends = [rule.last_day for rule in self.rules]
        given = [end for end in ends if end is not None]
        return max(given) if len(given) == len(ends) else None

    @property
    def repeated(self) -> bool:
        return any(not rule.named for rule in self.rules)

    def over(self, day: date) -> bool:
        """Certainly past on a day."""
        return self.last_day is not None and self.last_day < day

    @cached_property
    def data(self) -> str:
        """For the browser; frontend/README.md has the grammar."""
        parts = [rule.data for rule in self.rules]
        for letter, stretches in (("x", self.skipped), ("c", self.cancelled)):
            if stretches:
                parts.append(letter + "+".join(f"{a:%Y%m%d}" if a == b else f"{a:%Y%m%d}-{b:%Y%m%d}" for a, b in stretches))
        return "/".join(parts)


def in_order(times: tuple[Time, ...]) -> bool:
    """Each after the one before."""
    return all((left[1] or left[0] + 1) <= right[0] for left, right in pairwise(times))
