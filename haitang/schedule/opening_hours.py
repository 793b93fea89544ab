"""Opening hours as they are understood: weeks of spans, one a season, what holds on public holidays, and days that differ.

The rule: here stands only what a text says with certainty; `opening_hours_reader` refuses everything else.
"""

from dataclasses import dataclass, field
from typing import Literal

from haitang.schedule.month_days import MonthDay, Stretch

DAY_MINUTES = 24 * 60
LONGEST_TEXT = 300  # characters of what an editor may write
_WORKDAYS = ("法定工作日", "工作日", "working days", "business days")
Span = tuple[int, int]  # minutes after the day's 00:00; the end may pass 1440 for a span that runs over midnight
Spans = tuple[Span, ...]  # of one day, in order; empty: closed
Week = tuple[Spans, ...]  # Monday first, seven days
HolidayPolicy = Literal["closed", "open", "hours", "unsaid"]


@dataclass(frozen=True, slots=True)
class Season:
    """The hours of a part of the year. `name` and `stretches` are empty where a text knows no seasons.

    `on_holidays`: what holds on a public holiday that falls on the weekday, Monday first; None where nobody can tell.
    `workday`: what rules written as 工作日 say of any day that is worked; None where there are none.
    `steady`: whether Saturday and Sunday keep their hours when they are worked for a holiday.
    """

    name: str
    stretches: tuple[Stretch, ...]
    week: Week
    on_holidays: tuple[Spans | None, ...]
    workday: Spans | None
    steady: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class DatedHours:
    """Days of every year that differ from their weekday: `first` to `last`, both included; `last` before `first` runs over New
    Year. On a public holiday among them the text's word of holidays still holds, unless the days are closed anyway."""

    first: MonthDay
    last: MonthDay
    spans: Spans


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """`text` as the editor wrote it, and what it means. `holidays` is what the text itself says of public holidays
    (`hours`: they have their own), `holiday_words` the piece that says so. `notes`: what it says beside hours, such as
    `16:30停止入场`, as it was written."""

    text: str
    seasons: tuple[Season, ...]
    exceptions: tuple[DatedHours, ...] = ()
    holidays: HolidayPolicy = "unsaid"
    holiday_words: str = field(default="", compare=False)
    notes: tuple[str, ...] = ()

    @property
    def week(self) -> Week:
        """The week of a text without seasons, else of the first one."""
        return self.seasons[0].week

    @property
    def seasonal(self) -> bool:
        return bool(self.seasons[0].stretches)

    @property
    def closed_on_holidays(self) -> bool | None:
        """What the text itself says; None where it says nothing."""
        return None if self.holidays == "unsaid" else self.holidays == "closed"

    @property
    def follows_workdays(self) -> bool:
        """Some rule is written as 工作日: it moves with the state's calendar."""
        return any(season.workday is not None for season in self.seasons)

    def against(self, closed: bool) -> str:
        """The words of the text that contradict a place being closed, or not, on public holidays; empty where none do."""
        if self.closed_on_holidays is (not closed):
            return self.holiday_words
        return next((name for name in _WORKDAYS if name in self.text.lower() and self.follows_workdays and not closed), "")

    @property
    def always(self) -> bool:
        """Open round the clock on every day."""
        if self.seasonal or self.exceptions or self.holidays in ("closed", "hours"):
            return False
        return all(day == ((0, DAY_MINUTES),) for day in self.week)


def clock(minutes: int) -> str:
    """510 → `08:30`; a minute of the next day → `次日` is the caller's word, here it wraps."""
    if minutes == DAY_MINUTES:
        return "24:00"
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
