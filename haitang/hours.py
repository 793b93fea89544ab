"""Opening hours as editors write them, read into a week of spans.

The rule: what cannot be read with certainty is refused, never guessed; the text itself is what pages show beside the week.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

DAY_MINUTES = 24 * 60
LATEST_END = 3 * 60  # of a long day that ends past midnight
LONGEST_NIGHT = 14 * 60
Span = tuple[int, int]  # minutes after the day's 00:00; the end may pass 1440 for a span that runs over midnight
Week = tuple[tuple[Span, ...], ...]  # Monday first, seven days

_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_NAMED_DAYS = {
    "每天": range(7),
    "每日": range(7),
    "周一至周日": range(7),
    "工作日": range(5),
    "法定工作日": range(5),
    "周末": (5, 6),
    "双休日": (5, 6),
}
_WEEKDAY = "(?:周|星期|礼拜)"
_DAY = "[一二三四五六日天]"
_DAY_RANGE = re.compile(rf"每?{_WEEKDAY}({_DAY})-{_WEEKDAY}?({_DAY})")
_DAY_LIST = re.compile(rf"每?{_WEEKDAY}({_DAY}(?:[、,]?{_DAY}(?!-))*)(?!-)")
_TIME = r"(上午|下午|晚上|中午)?(\d{1,2})(?::(\d{2})|[点时](?:(\d{1,2})分?|(半))?)"
_SPAN = re.compile(rf"{_TIME}-{_TIME}", re.ASCII)
_ALWAYS = re.compile(r"24小时(?:开放|服务)?|全天(?:开放)?")
_CLOSED = re.compile(r"休息|闭馆|不开放|关闭")
_RULE_COMMA = re.compile(rf"(?<=[\d点时分半息馆放闭])\s*[,、]\s*(?=每?{_WEEKDAY}{_DAY}|每天|每日|工作日|周末|双休日)")
_GLUE = re.compile(r"[\s,、和及]+")


class UnreadableHours(ValueError):
    """The text is not opening hours; `part` is the piece that could not be read."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(part)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """`text` as the editor wrote it, `week` what it means."""

    text: str
    week: Week

    @property
    def always(self) -> bool:
        """Open round the clock on every day."""
        return all(day == ((0, DAY_MINUTES),) for day in self.week)


@lru_cache(1024)  # most places of a city keep the same few hours
def read_hours(text: str) -> OpeningHours:
    """`周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00` → OpeningHours.

    Rules are parted by `；` or a line break. A later rule for some of the days replaces an earlier one (`每天 …；周一 休息`),
    a second rule for just the same days adds to it (`08:30-11:30；13:30-17:00`). A rule without days means every day. Raises
    UnreadableHours with the piece that was not understood.
    """
    rules: dict[tuple[int, ...], tuple[Span, ...]] = {}
    for rule in re.split(r"[;\n]", plain(text)):
        if rule.strip():
            days, spans = _read_rule(rule.strip())
            rules[days] = (*rules.get(days, ()), *spans)
            if not _in_order(rules[days]):
                raise UnreadableHours(rule.strip())
    week: list[tuple[Span, ...]] = [()] * 7
    for days, spans in rules.items():
        for day in days:
            week[day] = spans
    if not any(week):
        raise UnreadableHours(text.strip())
    return OpeningHours(text.strip(), tuple(week))


def clock(minutes: int) -> str:
    """510 → `08:30`; a minute of the next day → `次日` is the caller's word, here it wraps."""
    if minutes == DAY_MINUTES:
        return "24:00"
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def plain(text: str) -> str:
    """One spelling for what keyboards give in many: half-width, one dash, one kind of separator."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"\s*(?:-{1,2}|[–—―−~〜至到]|——)+\s*", "-", plain)
    # A comma parts rules where one has ended and the next names its days; elsewhere it parts days or spans.
    plain = _RULE_COMMA.sub(";", plain)
    return plain.replace("。", ";").replace("(", " ").replace(")", " ")


def _read_rule(rule: str) -> tuple[tuple[int, ...], tuple[Span, ...]]:
    days, rest = _read_days(rule)
    rest = _GLUE.sub(" ", rest.lstrip(":")).strip()
    if _CLOSED.fullmatch(rest):
        return days, ()
    if _ALWAYS.fullmatch(rest):
        return days, ((0, DAY_MINUTES),)
    spans: list[Span] = []
    while rest:
        match = _SPAN.match(rest)
        if match is None:
            raise UnreadableHours(rest)
        spans.append(_span(match))
        rest = rest[match.end() :].strip()
    if not spans or not _in_order(spans):
        raise UnreadableHours(rule)
    return days, tuple(spans)


def _read_days(rule: str) -> tuple[tuple[int, ...], str]:
    """The days a rule names (all when it names none), and the rest of it."""
    days: set[int] = set()
    rest = rule
    while rest:
        rest = _GLUE.sub("", rest, count=1) if _GLUE.match(rest) else rest
        taken, length = _days_at(rest)
        if not length:
            break
        days.update(taken)
        rest = rest[length:]
    return tuple(sorted(days or range(7))), rest


def _days_at(text: str) -> tuple[tuple[int, ...], int]:
    if match := _DAY_RANGE.match(text):
        first, last = _DAYS[match[1]], _DAYS[match[2]]
        stretch = range(first, last + 1) if first <= last else (*range(first, 7), *range(last + 1))
        return tuple(stretch), match.end()
    for name, days in _NAMED_DAYS.items():
        if text.startswith(name):
            return tuple(days), len(name)
    if match := _DAY_LIST.match(text):
        return tuple(_DAYS[day] for day in match[1] if day in _DAYS), match.end()
    return (), 0


def _span(match: re.Match[str]) -> Span:
    start = _minutes(match[0], *match.group(1, 2, 3, 4, 5))
    end_prefix = match[6] or (match[1] if match[1] in ("下午", "晚上") else None)
    end = _minutes(match[0], end_prefix, *match.group(7, 8, 9, 10))
    if start >= DAY_MINUTES or start == end:
        raise UnreadableHours(match[0])
    if end > start:
        return start, end
    # Past midnight, if that is what it says: `9:00-5:00` is an afternoon written short.
    if end > LATEST_END and end + DAY_MINUTES - start > LONGEST_NIGHT:
        raise UnreadableHours(match[0])
    return start, end + DAY_MINUTES


def _minutes(part: str, prefix: str | None, hour: str, minute: str | None, spoken: str | None, half: str | None) -> int:
    hours, minutes = int(hour), 30 if half else int(minute or spoken or 0)
    if prefix in ("下午", "晚上") and hours < 12:
        hours += 12
    if minutes > 59 or hours * 60 + minutes > DAY_MINUTES:
        raise UnreadableHours(part)
    return hours * 60 + minutes


def _in_order(spans: Sequence[Span]) -> bool:
    """Each after the one before: `8:30-11:30, 1:30-5:00` means the afternoon and says the night."""
    return all(left[1] <= right[0] for left, right in pairwise(spans))
