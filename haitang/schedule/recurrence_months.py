"""Months and the days in them, as an activity's times name them: `每月第一个周六`, `7月至8月`, `每季度末月15日`.

The rule: as in `recurrence_parser`: each function takes what a text begins with, or answers None.
"""

import re

from haitang.schedule.date_tokens import AND, DAY, WEEK, WEEKDAYS, UnreadableWhen, real_date
from haitang.schedule.recurrence import month_end
from haitang.schedule.recurrence_draft import Draft

DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_MONTHS = re.compile(
    r"(?:每年)?(\d{1,2})月?-(?:次年|来年|第二年)?(\d{1,2})月(?!\d)(?:的|期间)?"
    r"|(?:每年)?((?:\d{1,2}月?[,、和及与])*\d{1,2}月)(?![\d-])的?",
    re.ASCII,
)
_MONTHS_OF_YEAR = re.compile(r"(\d{4})年(\d{1,2})月(?:-(?:(\d{4})年)?(\d{1,2})月)?(?![\d-])", re.ASCII)
_YEARLY_DAY = re.compile(r"每年(\d{1,2})月(\d{1,2})[日号]", re.ASCII)
_QUARTER = re.compile(r"每个?季度?(?:的?第([一二三])个|的?首个?|的?(最后一|末)个?)月的?")
_MONTHLY = re.compile(r"(?:每个?月|当月)的?")
_LIST_OF_DAYS = re.compile(rf"(\d{{1,2}}[日号]?(?:(?:{AND}|(?<=[日号]))\d{{1,2}}[日号]?)*)(?<=[日号])", re.ASCII)
_CHINESE_DAY = re.compile(r"([二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]")
_ORDINAL = r"第[一二三四五1-5]|最后一|倒数第[一二三]|首"
_NTH = re.compile(
    rf"((?:{_ORDINAL})个?(?:{AND}(?:{_ORDINAL}|[一二三四五])个?)*)的?(?:{WEEK}({DAY})(?!{AND}?{DAY})|(?:法定)?(工作日))"
)


def take_months(draft: Draft, text: str) -> str | None:
    """`7月至8月`, `3月、9月`, `2026年3月至6月`, `每季度第一个月`, and 每年7月1日."""
    if draft.months and (_YEARLY_DAY.match(text) or _QUARTER.match(text)):
        raise UnreadableWhen(draft.written, "when-two-days")
    if match := _YEARLY_DAY.match(text):
        real_date(match[0], 2024, match[1], match[2])
        draft.repeat(kind="monthdays", values=(int(match[2]),))
        draft.months = (int(match[1]),)
        return text[match.end() :]
    if match := _QUARTER.match(text):
        draft.months = tuple(range(3 if match[2] else DIGITS[match[1]] if match[1] else 1, 13, 3))
        return _take_in_month(draft, text[match.end() :], match[0])
    if match := _MONTHS_OF_YEAR.match(text):
        year, month, last_year, last_month = match.groups()
        last = month_end(real_date(match[0], last_year or year, last_month or month, 1))
        draft.bound(real_date(match[0], year, month, 1), last)
        return text[match.end() :]
    match = _MONTHS.match(text)
    if not match or draft.months:
        return None
    draft.months = _months(match)
    rest = text[match.end() :]
    taken = _take_nth(draft, rest) if match[0].startswith("每年") else None
    return rest if taken is None else taken


def _months(match: re.Match[str]) -> tuple[int, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", match[0])]
    if not all(1 <= number <= 12 for number in numbers):
        raise UnreadableWhen(match[0], "bad-when-date")
    if match[1]:
        first, last = numbers
        numbers = [*range(first, last + 1)] if first <= last else [*range(first, 13), *range(1, last + 1)]
    return tuple(sorted(set(numbers)))


def take_monthly(draft: Draft, text: str) -> str | None:
    match = _MONTHLY.match(text)
    return _take_in_month(draft, text[match.end() :], match[0]) if match else None


def _take_in_month(draft: Draft, text: str, before: str) -> str:
    """What stands behind 每月: days, the last day, the nth weekday or working day."""
    if match := re.compile(r"(?:的?最后一[天日]|末日)").match(text):
        draft.repeat(kind="monthdays", values=(-1,))
        return text[match.end() :]
    if match := _LIST_OF_DAYS.match(text) or _CHINESE_DAY.match(text):
        days = sorted({int(number) for number in re.findall(r"\d+", match[0], re.ASCII)} or {_chinese(match[1])})
        if not 1 <= days[0] <= days[-1] <= 31:
            raise UnreadableWhen(before + match[0], "bad-when-date")
        draft.repeat(kind="monthdays", values=tuple(days))
        return text[match.end() :]
    rest = _take_nth(draft, text)
    if rest is None:
        raise UnreadableWhen(before + text)
    return rest


def _take_nth(draft: Draft, text: str) -> str | None:
    match = _NTH.match(text)
    if match is None:
        return None
    places = tuple(dict.fromkeys(_place(part) for part in re.findall(rf"{_ORDINAL}|[一二三四五]", match[1])))
    if match[3]:
        draft.repeat(kind="workdays", nth=places)
    else:
        draft.repeat(kind="nth", nth=places, values=(WEEKDAYS[match[2]],))
    return text[match.end() :]


def _place(part: str) -> int:
    """第一 → 1, 最后一 → -1, 倒数第二 → -2."""
    if part == "首":
        return 1
    number = int(part[-1]) if part[-1].isdigit() else DIGITS[part[-1]]
    return -number if part.startswith(("最后", "倒数")) else number


def _chinese(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)
