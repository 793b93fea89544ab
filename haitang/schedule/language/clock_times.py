"""The one reader of clock times: `下午1:30-5:00`, `中午11点半-1点半`, `22:00-次日2:00`.

The rule: an hour that may be of the morning or of the afternoon is refused; so is a span that ends before it begins, unless its
own words carry it past midnight.
"""

import re
from collections.abc import Sequence

from haitang.schedule.language.numerals import number
from haitang.schedule.language.phrases import Phrase, Point, Times
from haitang.schedule.opening_hours import DAY_MINUTES

_MORNING = ("凌晨", "清晨", "早上", "早晨", "早", "上午")
_EVENING = ("傍晚", "晚上", "晚间", "晚", "夜间", "夜里")
_NOON = ("中午", "正午", "午间")
_CARRIED = (*_NOON, "下午", *_EVENING)  # what an end without a word of its own takes from the beginning
_HOURS = {  # of the day that a word can mean; what it says of another hour nobody can tell
    "凌晨": range(7), **dict.fromkeys(("清晨", "早上", "早晨", "早"), range(4, 12)), "上午": range(5, 13),
    **dict.fromkeys(_NOON, range(10, 15)), "下午": range(12, 24), **dict.fromkeys(_EVENING, range(17, 25)),
}  # fmt: skip
_NO_AFTERNOON = range(8, 12)  # o'clock
_NOON_HOUR = 12
_EARLIEST_NOON = 10
_LATEST_DOUBTFUL = 9  # o'clock that an evening may begin at, said without its word
_LATEST = 3  # o'clock that an evening goes on to without another word
_UNCLEAR = range(1, 6)  # hours that an afternoon is written short with
_DAWN, _DUSK = 4, 18  # hours of a place that opens before breakfast and closes in the evening
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?[整正]?|(.+?)[点时](?:(半)|整|正|([一三])刻|(.+?)分?)?")


def read_point(clock: str, part: str, next_day: bool, start: int, end: int) -> Point:
    """A token of a clock time with the words before it."""
    match = _CLOCK.fullmatch(clock)
    if match is None:  # 2 of 2-4点
        return Point(start, end, next_day, part, number(clock), 0, len(clock) == 1)
    hour, minute, spoken_hour, half, quarter, spoken = match.groups()
    written = hour or spoken_hour
    minutes = 30 if half else 15 * number(quarter) if quarter else number(minute or spoken or "0")
    return Point(start, end, next_day, part, number(written), minutes, len(written) == 1)


def moment(point: Point) -> Times:
    """A beginning whose end nobody knows."""
    start = _start(point)
    if start == DAY_MINUTES or point.next_day:
        raise point.unclear("bad")
    if _is_unclear(point):
        raise point.unclear("hour-unclear")
    return Times(point.start, point.end, start, None, point.part, point.short and not point.part)


def span(first: Point, last: Point) -> Times:
    whole = Phrase(first.start, last.end)
    if first.next_day:
        raise whole.unclear("bad")
    start = _start(first)
    if _is_unclear(first) and not (first.hour >= _DAWN and last.hour >= _DUSK and not last.part):
        raise whole.unclear("hour-unclear")
    end = _end(first, last)
    if start == DAY_MINUTES or end <= start or end - start > DAY_MINUTES or (end - start == DAY_MINUTES and start):
        raise whole.unclear("ends-before-start")
    return Times(first.start, last.end, start, end, first.part, first.short and not first.part)


def refuse_forgotten_words(times: Sequence[Times]) -> None:
    """`周三晚7点-9点，周五7点-9点`: where only afternoons and evenings have their word, an hour that is early for a day and
    usual for them may have lost it."""
    words = {one.part for one in times if one.part}
    if not words or not words <= {"下午", *_EVENING}:
        return
    latest = _LATEST_DOUBTFUL if words & set(_EVENING) else _LATEST_DOUBTFUL - 1
    labelled = False
    for one in times:
        labelled = labelled or bool(one.part)
        if labelled and one.short and one.first < (latest + 1) * 60 and (one.last or 0) <= DAY_MINUTES // 2:
            raise one.unclear("hour-unclear")


def _start(point: Point) -> int:
    start = _minutes(point, point.part)
    if point.part in _EVENING and start == DAY_MINUTES:
        raise point.unclear("midnight")
    return start


def _end(first: Point, last: Point) -> int:
    """The end of a span in minutes of the day it begins on."""
    if last.next_day:
        return _minutes(last, last.part) + DAY_MINUTES
    # 晚上19:00-8:00 may go on to the morning as well as end within the hour.
    doubtful = first.part in _EVENING and first.hour > _NOON_HOUR and last.hour > _LATEST
    if not last.part and first.part in _CARRIED and last.hour <= _NOON_HOUR and not doubtful:
        return _carried(first, last)
    end = _minutes(last, last.part)
    start = _minutes(first, first.part)
    over = last.part == "凌晨" or (first.part in _EVENING and last.part in _MORNING)
    if end <= start and over and first.part not in _MORNING:
        return end + DAY_MINUTES
    return DAY_MINUTES if end == 0 < start and not last.part else end


def _is_unclear(point: Point) -> bool:
    """2:00 is an afternoon written short, or a night."""
    return not point.part and point.short and point.hour in _UNCLEAR


def _minutes(point: Point, part: str) -> int:
    hour, minute = point.hour, point.minute
    if hour > 24 or minute > 59 or (hour == 24 and minute) or (part in _MORNING and hour > 12):
        raise point.unclear("bad-time")
    if not part:
        return hour * 60 + minute
    meant = next((each for each in (hour, hour + 12) if each in _HOURS[part] and (hour or not each)), None)
    if part in _EVENING and hour > _NOON_HOUR:
        meant = hour  # 晚上16:30 is no twelve-hour clock
    if part == "下午" and hour in _NO_AFTERNOON:
        meant = None  # 下午8:30-11:30 is a morning mistyped, or an evening
    if meant is None or (meant == 24 and minute):
        raise point.unclear("midnight" if meant else "hour-unclear")
    return meant * 60 + minute


def _carried(first: Point, last: Point) -> int:
    """The end of `中午11:30-1:30`, `晚上11点-1点`: noon goes on into the afternoon, the evening past midnight."""
    _minutes(last, "")
    hour = last.hour % 12
    late_noon = first.part in _NOON and _LATEST < hour < _EARLIEST_NOON
    if late_noon or (first.part in _EVENING and not hour and last.minute):
        raise last.unclear("hour-unclear")
    after = hour * 60 + last.minute
    if first.part in _EVENING:
        return after + (DAY_MINUTES if hour <= _LATEST else DAY_MINUTES // 2)
    return after + (0 if first.part in _NOON and hour > 9 else DAY_MINUTES // 2)
