"""The syntax tree of times: what phrases a text holds, in its order, before anybody tells what they mean together."""

from dataclasses import dataclass
from datetime import date

from haitang.schedule.language.spelling import Language, Spelling, UnreadableTime, problem_code
from haitang.schedule.month_days import Stretch as YearStretch


class Unclear(ValueError):
    """`plain[start:end]` is not certain; `code` is without the name of its language, such as `ends-before-start`."""

    def __init__(self, start: int, end: int, code: str, hint: str = "") -> None:
        self.start, self.end, self.code, self.hint = start, end, code, hint
        super().__init__(code)

    def told(self, spelling: Spelling, language: Language) -> UnreadableTime:
        """As it was written, and as a problem of its language."""
        return UnreadableTime(spelling.quote(self.start, self.end), problem_code(self.code, language), self.hint)


@dataclass(frozen=True, slots=True)
class Phrase:
    """`start` and `end`: where it stands in the plain text."""

    start: int
    end: int

    def unclear(self, code: str, hint: str = "") -> Unclear:
        return Unclear(self.start, self.end, code, hint)


@dataclass(frozen=True, slots=True)
class Separator(Phrase):
    """`strong`: `;` or a line's end, else a comma."""

    strong: bool


@dataclass(frozen=True, slots=True)
class Group(Phrase):
    """What stands in brackets."""

    items: tuple[Phrase, ...]


# --- days of the week ---


@dataclass(frozen=True, slots=True)
class Days(Phrase):
    """Weekdays, 0 for Monday. `workdays`: Monday to Friday are said as 工作日; `holidays`: public holidays are among them;
    `each`: said with 每 or 逢."""

    weekdays: frozenset[int]
    workdays: bool
    holidays: bool
    each: bool

    @property
    def only_holidays(self) -> bool:
        return self.holidays and not self.weekdays


@dataclass(frozen=True, slots=True)
class Without(Phrase):
    """除周一外, 不含节假日."""

    days: Days


@dataclass(frozen=True, slots=True)
class With(Phrase):
    """含节假日."""

    days: Days


# --- clock times ---


@dataclass(frozen=True, slots=True)
class Point(Phrase):
    """A clock time as it is written: the hour may still be one of the twelve-hour clock."""

    next_day: bool
    part: str
    hour: int
    minute: int
    short: bool  # an hour of one figure, which an afternoon may be written with


@dataclass(frozen=True, slots=True)
class Times(Phrase):
    """Minutes after 00:00; `last` may pass 1440, and is None where only the beginning is known. `part`: the word of the day
    before the beginning; `short`: none, and an hour of one figure."""

    first: int
    last: int | None
    part: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class AllDay(Phrase):
    """`all_week`: said as 24/7. `certain`: said with its hours; 全天 alone may mean morning and afternoon."""

    all_week: bool
    certain: bool


# --- what is said of days ---


@dataclass(frozen=True, slots=True)
class Rest(Phrase):
    """休息, 闭馆. `label`: said as 闭馆日, whose day may stand behind it."""

    label: bool


@dataclass(frozen=True, slots=True)
class Usual(Phrase):
    """照常开放; `bare` where it is only 开放, which mostly says nothing, `vague` where it is only 照常."""

    bare: bool
    vague: bool


@dataclass(frozen=True, slots=True)
class Except(Phrase):
    """除外."""


@dataclass(frozen=True, slots=True)
class NeverShut(Phrase):
    """全年无休."""


@dataclass(frozen=True, slots=True)
class NoBreak(Phrase):
    """中午不休息."""


@dataclass(frozen=True, slots=True)
class Note(Phrase):
    """What is no hour but worth showing: 16:30停止入场. `aside`: 需预约, which may be of a part of the hours only."""

    aside: bool


# --- parts of every year ---


@dataclass(frozen=True, slots=True)
class YearDay(Phrase):
    """A day or a month of every year as it is written; `month` or `day` is 0 where it is not."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class YearRange(Phrase):
    """`next_year`: the last day is said to be of the next year."""

    first: YearDay
    last: YearDay
    next_year: bool


@dataclass(frozen=True, slots=True)
class YearDays(Phrase):
    """Stretches of every year."""

    stretches: tuple[YearStretch, ...]


@dataclass(frozen=True, slots=True)
class SeasonName(Phrase):
    """夏季; `feast`: a holiday by its name."""

    name: str
    feast: bool


@dataclass(frozen=True, slots=True)
class RestOfTime(Phrase):
    """其他时间."""

    name: str


# --- the days of an activity ---


@dataclass(frozen=True, slots=True)
class DatePoint(Phrase):
    """A date as it is written; year and month are 0 where they are not. `weekday`: its own, None where none is written."""

    year: int
    month: int
    day: int
    weekday: int | None


@dataclass(frozen=True, slots=True)
class Dates(Phrase):
    """Days and ranges of days, as they are written; `role` is what is said of them: `days`, `starts`, `until`, `end`
    (behind a dash), `skipped` or `cancelled`."""

    items: tuple[tuple[DatePoint, DatePoint | None], ...]
    role: str


@dataclass(frozen=True, slots=True)
class IsoDates(Phrase):
    """One ISO interval: a day and perhaps its hours."""

    day: date
    times: Times | None


@dataclass(frozen=True, slots=True)
class OnHolidays(Phrase):
    """What is said of days: `off` or `on`."""

    days: Days
    policy: str


@dataclass(frozen=True, slots=True)
class Interval(Phrase):
    """每两周."""

    weeks: int


@dataclass(frozen=True, slots=True)
class Months(Phrase):
    """Months of every year, or from a day to another where years are named, the last None where it goes on. `yearly`: said with
    每年."""

    months: tuple[int, ...]
    bounds: tuple[date, date | None] | None
    yearly: bool


@dataclass(frozen=True, slots=True)
class YearlyDay(Phrase):
    """每年7月1日."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Monthly(Phrase):
    """每月, 每季度第一个月: days of the month follow. `months` is empty for all."""

    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Nth(Phrase):
    """第一个周六; `weekday` is None for working days."""

    places: tuple[int, ...]
    weekday: int | None


@dataclass(frozen=True, slots=True)
class LastDay(Phrase):
    """The last day of the month."""
