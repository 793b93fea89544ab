"""The smallest pieces of an activity's times: dates, stretches of days, hours of a day, as people and programs write them.

The rule: a date that does not exist, or a span that ends before it begins, is refused with the piece as it was written.
"""

import re
from collections.abc import Callable
from datetime import date

from haitang.schedule.recurrence import WHOLE_DAY, Stretch, Time

LATEST_END = 3 * 60  # of an evening that ends past midnight
EARLIEST_EVENING = 18 * 60
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
AND = r"\s*[,、和及与]\s*"
WEEK = "(?:周|星期|礼拜)"
DAY = "[一二三四五六日天]"
DATE = r"(?<!\d)(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})(?!\d)[日号]?"
NAMED = rf"(?:\s*{WEEK}({DAY})(?!{AND}?{DAY}))?"  # a date's weekday, which must agree
SHORT = r"(?:(\d{1,2})月)?(\d{1,2})[日号]"
_DATE = re.compile(DATE + NAMED, re.ASCII)
_NEXT = re.compile(rf"(\s*[-/]\s*|{AND})(?:{DATE}|{SHORT}){NAMED}", re.ASCII)
_ENDS_WITH_WEEKDAY = re.compile(rf"{WEEK}{DAY}\s*$")
PART_OF_DAY = re.compile("凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|晚")
_HOUR = rf"({PART_OF_DAY.pattern})?\s*(\d{{1,2}})(?::(\d{{2}})|[点时](?:(\d{{1,2}})分?|(半)|整)?)"
TIME = re.compile(rf"{_HOUR}(?:\s*-\s*{_HOUR})?", re.ASCII)
_ISO_TIME = r"(\d{2}:\d{2})(?::00)?(?:\+08:?00)?"
_ISO_DAY = r"(\d{4}-\d{2}-\d{2})T"
_ISO = re.compile(rf"{_ISO_DAY}{_ISO_TIME}(?:[/-](?:{_ISO_DAY})?{_ISO_TIME})?", re.ASCII)


class UnreadableWhen(ValueError):
    """`part` is the piece that is not certain, `code` the problem it is told as; `hint` fills another blank."""

    def __init__(self, part: str, code: str = "bad-when", hint: str = "") -> None:
        self.part, self.code, self.hint = part.strip(" 、,-"), code, hint
        super().__init__(part)


def from_iso(text: str) -> str:
    """`2026-12-05T14:00/2026-12-05T16:00` as people write it. Longer than a day is refused: nobody knows its hours."""

    def plainer(match: re.Match[str]) -> str:
        day, start, last, end = match.groups()
        if last and last < day:
            raise UnreadableWhen(match[0], "when-ends-before-start")
        if last and last != day:
            raise UnreadableWhen(match[0], "when-over-days")
        return f"{day} {start}-{end}" if end else f"{day} {start}"

    return _ISO.sub(plainer, text)


_FEAST = "(?:元旦|春节|元宵|清明|劳动|端午|七夕|中秋|国庆|重阳|除夕|冬至|腊八|小年)节?"
_NUMERAL = "(?:十[一二]?|[一二两三四五六七八九])"
_CLOCK = r"\d{1,2}:\d{2}"
_SPEECH: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"({DATE})\s*\(\s*{_FEAST}\s*\)", re.ASCII), r"\1 "),
    (re.compile(rf"({DATE})\s*({_CLOCK})\s*-\s*\1\s*({_CLOCK})", re.ASCII), r"\1 \5-\6"),
    (re.compile(rf"[自从]\s*({DATE}\s*(?:起|开始))", re.ASCII), r"\1"),
    (re.compile(rf"截-(?={DATE})", re.ASCII), "-"),
    (re.compile(r"-\s*(?:次日|第二天)(?:凌晨)?(?=\d)", re.ASCII), "-凌晨"),
    (re.compile(rf"((?:{PART_OF_DAY.pattern})\s*\d{{1,2}})-(?=\d{{1,2}}[点时])", re.ASCII), r"\1点-"),
    (re.compile(rf"(?<=[午上晨晚间\s、,-]){_NUMERAL}(?=[点时])"), lambda match: str(_number(match[0]))),
)


def _number(text: str) -> int:
    """十一 → 11."""
    return sum("一二三四五六七八九十".index("二" if digit == "两" else digit) + 1 for digit in text)


def from_speech(text: str) -> str:
    """What is said as people say it, and just as certain: `下午两点-四点`, `2026-10-01(国庆节)`, `22:00-次日2:00`."""
    for pattern, plainer in _SPEECH:
        text = pattern.sub(plainer, text)
    return text


def real_date(part: str, year: str | int, month: str | int, day: str | int, weekday: str | None = None) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise UnreadableWhen(part, "bad-when-date") from None
    if not 2000 <= found.year <= 2100:
        raise UnreadableWhen(part, "bad-when-date")
    if weekday and WEEKDAYS[weekday] != found.weekday():
        raise UnreadableWhen(part, "when-wrong-weekday", "一二三四五六日"[found.weekday()])
    return found


def stretches_in(text: str) -> tuple[list[Stretch], str]:
    """The dates and ranges a text begins with, and what follows them."""
    match = _DATE.match(text)
    if not match:
        return [], text
    day = real_date(match[0], *match.groups())
    found, rest = [(day, day)], text[match.end() :]
    while match := _NEXT.match(rest):
        joint, year, month, number, short_month, short_day, weekday = match.groups()
        before = found[-1][1]
        if not year and "月" not in text[: len(text) - len(rest)]:
            break  # `2026-12-05 - 8日` is no way to write it
        then = real_date(match[0], year or before.year, month or short_month or before.month, number or short_day, weekday)
        through = joint.strip() in ("-", "/")
        if not year and then < before and (short_month or not through):
            raise UnreadableWhen(match[0], "when-needs-year")  # `2026年12月28日、1月5日` goes on into the next year
        if through:
            written = text[: len(text) - len(rest)] + match[0]
            if weekday and not _ENDS_WITH_WEEKDAY.search(text[: len(text) - len(rest)]):
                raise UnreadableWhen(written, "when-two-days")  # the last day's own weekday, or every such day between?
            if then < before or found[-1][0] != before:
                raise UnreadableWhen(written, "when-ends-before-start")
            found[-1] = before, then
        else:
            found.append((then, then))
        rest = rest[match.end() :]
    return found, rest


def read_time(match: re.Match[str]) -> Time:
    part, before, after = match[0], match[1], match[6]
    start = _minutes(part, before, *match.group(2, 3, 4, 5))
    if before in _EVENING and start == WHOLE_DAY:
        raise UnreadableWhen(part, "when-midnight")
    if match[7] is None:
        if start == WHOLE_DAY:
            raise UnreadableWhen(part)
        return start, None
    if after is None and before in _CARRIED and int(match[7]) <= 12:
        end = _carried(part, before, *match.group(7, 8, 9, 10))
    else:
        end = _minutes(part, after or "carried", *match.group(7, 8, 9, 10))
    if end <= start:
        if not (end <= LATEST_END and start >= EARLIEST_EVENING):
            raise UnreadableWhen(part, "when-ends-before-start")
        end += WHOLE_DAY
    return start, end


_MORNING = ("凌晨", "清晨", "早上", "早晨", "上午")
_EVENING = ("傍晚", "晚上", "晚间", "晚")
_CARRIED = ("中午", "下午", *_EVENING)  # what an end without a word of its own takes from the beginning
_HOURS = {  # of the day that a word can mean; what it says of another hour nobody can tell
    "凌晨": range(7), "清晨": range(12), "早上": range(12), "早晨": range(12), "上午": range(13),
    "中午": range(10, 15), "下午": range(12, 24), **dict.fromkeys(_EVENING, range(17, 25)),
}  # fmt: skip


def _minutes(part: str, prefix: str | None, hour: str, minute: str | None, spoken: str | None, half: str | None) -> int:
    hours, minutes = int(hour), 30 if half else int(minute or spoken or 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes) or (prefix in _MORNING and hours > 12):
        raise UnreadableWhen(part, "bad-when-time")
    if prefix is None and 1 <= hours <= 5 and len(hour) == 1:
        raise UnreadableWhen(part, "when-hour-unclear")  # 2:00 is an afternoon written short, or a night
    meant_hours = _HOURS.get(prefix or "")
    if meant_hours is None:
        return hours * 60 + minutes
    meant = next((each for each in (hours, hours + 12) if each in meant_hours and (hours or not each)), None)
    if meant is None or (meant == 24 and minutes):
        raise UnreadableWhen(part, "when-midnight" if meant else "when-hour-unclear")
    return meant * 60 + minutes


def _carried(part: str, prefix: str, hour: str, minute: str | None, spoken: str | None, half: str | None) -> int:
    """The end of `中午11:30-1:30`, `晚上11点-1点`: noon goes on into the afternoon, the evening past midnight."""
    hours = int(hour) % 12
    after = _minutes(part, "carried", str(hours), minute, spoken, half)
    if prefix in _EVENING:
        return after + (WHOLE_DAY if hours <= LATEST_END // 60 else WHOLE_DAY // 2)
    return after + (0 if prefix == "中午" and hours > 9 else WHOLE_DAY // 2)
