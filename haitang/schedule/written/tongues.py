"""The words of opening hours that are written back, by language.

The rule: what is said is decided in `opening_hours_text`; here stands only how.
"""

from collections.abc import Callable
from dataclasses import dataclass

from haitang.schedule.month_days import MonthDay
from haitang.schedule.opening_hours import DAY_MINUTES, Span, clock

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_EARLY = 7 * 60
_SEASONS = {
    "春": "Spring", "夏": "Summer", "秋": "Autumn", "冬": "Winter", "其": "Other times",
    "暑": "Summer holidays", "寒": "Winter holidays"
}  # fmt: skip


@dataclass(frozen=True)
class Tongue:
    """`season` is how a season's name is said, `dates` days from one to another; `{}` in a text is where days stand."""

    every_day: str
    weekdays: tuple[str, ...]
    to: str  # between the first and the last of days in a row
    and_: str  # between days
    between: str  # rules
    working_days: str
    holidays: str
    closed: str
    all_closed: str  # where no day is open
    holidays_closed: str
    holidays_open: str
    but_on_holidays: str
    round_the_clock: str
    exception: str  # days of the year, hours
    exception_closed: str
    heading: str  # dates of a season without a name
    named_heading: str
    other_heading: str  # a season without dates of its own
    season: Callable[[str], str]
    date: Callable[[MonthDay], str]
    span: Callable[[Span], str]


def _chinese_span(span: Span) -> str:
    start, end = span
    return f"{clock(start)}-{'次日' if end > DAY_MINUTES else ''}{clock(end)}"


def _english_span(span: Span) -> str:
    start, end = span
    return f"{hour(start)}–{hour(end)}{' (next day)' if end > DAY_MINUTES else ''}"


def hour(minutes: int) -> str:
    """540 → `9:00`; 300 → `05:00`, for 5:00 may be of the afternoon."""
    return clock(minutes).removeprefix("" if minutes % DAY_MINUTES < _EARLY else "0")


CHINESE = Tongue(
    every_day="每天", weekdays=tuple(f"周{name}" for name in "一二三四五六日"), to="至", and_="、", between="；",
    working_days="工作日", holidays="节假日", closed="{}休息", all_closed="每天休息", holidays_closed="节假日休息",
    holidays_open="节假日照常开放", but_on_holidays="（节假日除外）", round_the_clock="24小时", exception="{}每天 ",
    exception_closed="{}休息", heading="{} ", named_heading="{name}（{dates}）", other_heading="{} ", season=str,
    date=lambda day: f"{day // 100}月{day % 100}日", span=_chinese_span,
)  # fmt: skip
ENGLISH = Tongue(
    every_day="Daily", weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), to="–", and_=", ", between="; ",
    working_days="Working days", holidays="Public holidays", closed="{} closed", all_closed="Closed every day",
    holidays_closed="closed on public holidays", holidays_open="open as usual on public holidays",
    but_on_holidays=" (except on public holidays)", round_the_clock="24 hours", exception="{} daily ",
    exception_closed="{} closed", heading="{}: ", named_heading="{name} ({dates}): ", other_heading="{}: ",
    season=lambda name: _SEASONS.get(name[:1], ""), date=lambda day: f"{day % 100} {MONTHS[day // 100 - 1]}",
    span=_english_span,
)  # fmt: skip
