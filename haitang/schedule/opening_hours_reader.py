"""Opening hours as editors write them, read into weeks of spans, one a season, and what they say of public holidays.

The rule: what cannot be read with certainty is refused, never guessed; the text itself is what pages show beside the week.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from haitang.schedule.date_tokens import AND, DAY, WEEK, WEEKDAYS
from haitang.schedule.opening_hours import DAY_MINUTES, OpeningHours, Season, Span
from haitang.schedule.seasons import BEGINNING, Head, UnreadableSeason, read_head, settled

LATEST_END = 3 * 60  # of a long day that ends past midnight
LONGEST_NIGHT = 14 * 60

_WORKDAYS = ("法定工作日", "工作日")
_NAMED_DAYS = {
    "每天": range(7),
    "每日": range(7),
    "周一至周日": range(7),
    **dict.fromkeys(_WORKDAYS, range(5)),
    "周末": (5, 6),
    "双休日": (5, 6),
}
_DAY_RANGE = re.compile(rf"每?{WEEK}({DAY})-{WEEK}?({DAY})")
_DAY_LIST = re.compile(rf"每?{WEEK}({DAY}(?:[、,]?{DAY}(?!-))*)(?!-)")
_TIME = r"(上午|下午|晚上|中午)?(\d{1,2})(?::(\d{2})|[点时](?:(\d{1,2})分?|(半))?)"
_SPAN = re.compile(rf"{_TIME}-{_TIME}", re.ASCII)
_ALWAYS = re.compile(r"24小时(?:开放|服务)?|全天(?:开放)?")
_HOLIDAY = r"(?:国家)?(?:法定)?节假日(?:期间)?"
_RULE_COMMA = re.compile(
    rf"(?<=[\d点时分半息馆放闭])\s*[,、]\s*"
    rf"(?=每?{WEEK}{DAY}|每天|每日|(?:法定)?工作日|周末|双休日|{_HOLIDAY}|{BEGINNING})"
)
_SHUT = "(?:均|都)?(?:休息|闭馆|不开放|关闭)"
_REST_OF_TIME = "时"  # of 其他时间 and 其他时段
# `周六、周日及节假日休息` is a rule of the week that also speaks of holidays.
_HOLIDAYS_TOO = re.compile(
    rf"(?<=[一二三四五六日天末]){AND}({_HOLIDAY})(?=\s*{_SHUT})"
    rf"|({_HOLIDAY}){AND}(?=(?:周末|双休日|{WEEK}{DAY})[^;\n\d]*{_SHUT})"
)
_HOLIDAYS_OFF = re.compile(rf"(?:[遇逢]|遇到)?{_HOLIDAY}\s*(?:除外|{_SHUT})")
_NEVER_SHUT = "全年无休"
_HOLIDAYS_ON = re.compile(
    rf"(?:含|包括)?{_HOLIDAY}(?:(?:照常|正常)(?:开放|营业|服务)?|不休息?|无休|也开放)|(?:含|包括){_HOLIDAY}|{_NEVER_SHUT}"
)
_GLUE = re.compile(r"[\s,、和及]+")


class UnreadableHours(ValueError):
    """The text is not opening hours; `part` is the piece that could not be read, `code` the problem it is told as."""

    def __init__(self, part: str, code: str = "bad-hours") -> None:
        self.part, self.code = part, code
        super().__init__(part)


@lru_cache(1024)  # most places of a city keep the same few hours
def read_hours(text: str) -> OpeningHours:
    """`周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00` → OpeningHours.

    Rules are parted by `；` or a line break. A later rule for some of the days replaces an earlier one (`每天 …；周一 休息`),
    a second rule for just the same days adds to it (`08:30-11:30；13:30-17:00`). A rule without days means every day. A rule
    that begins with dates begins a season; those without, up to the next, belong to it. Raises UnreadableHours with the piece
    that was not understood.
    """
    closed, holiday_words, rest = _holiday_policy(plain(text))
    try:
        seasons = tuple(_read_season(head, rules, closed) for head, rules in _by_season(rest).items())
    except UnreadableSeason as mistake:
        raise UnreadableHours(mistake.part, mistake.code) from None
    if not any(any(season.week) for season in seasons):
        raise UnreadableHours(text.strip())
    hours = OpeningHours(
        text.strip(), seasons, (), "unsaid" if closed is None else "closed" if closed else "open", holiday_words
    )
    # What contradicts itself is not certain: 工作日 and open on holidays, 全年无休 and a day off.
    shut_sometimes = not all(all(season.week) for season in seasons)
    if closed is False and (hours.follows_workdays or (shut_sometimes and _NEVER_SHUT in holiday_words)):
        raise UnreadableHours(holiday_words)
    return hours


def plain(text: str) -> str:
    """One spelling for what keyboards give in many: half-width, one dash, one kind of separator."""
    # A comma parts rules where one has ended and the next names its days; elsewhere it parts days or spans.
    return without_brackets(_RULE_COMMA.sub(";", one_spelling(text)))


def one_spelling(text: str) -> str:
    """Half-width, one dash."""
    return re.sub(r"\s*(?:-{1,2}|[–—―−~〜至到]|——)+\s*", "-", unicodedata.normalize("NFKC", text))


def without_brackets(text: str) -> str:
    return text.replace("。", ";").replace("(", " ").replace(")", " ")


def _holiday_policy(text: str) -> tuple[bool | None, str, str]:
    """What plain text says of public holidays (True: closed), the words for it, and the text without them."""
    off = _HOLIDAYS_TOO.search(text) or _HOLIDAYS_OFF.search(text)
    on = _HOLIDAYS_ON.search(text)
    if off and on:
        raise UnreadableHours(on[0])
    rest = _HOLIDAYS_ON.sub(" ", _HOLIDAYS_OFF.sub(" ", _HOLIDAYS_TOO.sub("", text)))
    holiday_words = next(words for words in (*off.groups(), off[0]) if words) if off else on[0] if on else ""
    return (True if off else False if on else None), holiday_words, rest


def _by_season(text: str) -> dict[Head, list[str]]:
    """The rules of plain text under their seasons; one season without dates where none is named."""
    seasons: dict[Head, list[str]] = {}
    trailing: dict[Head, str] = {}  # the first rule of a season that does not name it again
    head = Head("", ())
    for rule in re.split(r"[;\n]", text):
        named, rest = read_head(rule.strip()) or (None, rule.strip(" ,"))
        if named:
            head = named
        elif rest:
            trailing.setdefault(head, rest)
        if rest:
            seasons.setdefault(head, []).append(rest)
    if not seasons:
        raise UnreadableHours(text.strip())
    if len(seasons) == 1 and not head.stretches and not head.name:
        return seasons
    # A rule before all seasons may hold beside them or only outside; one behind the last may be meant for all of them.
    last = next(reversed(seasons))
    if unclear := trailing.get(Head("", ())) or (trailing.get(last) if len(seasons) > 1 and set(trailing) == {last} else None):
        raise UnreadableHours(unclear, "season-unclear")
    return dict(zip(settled(seasons), seasons.values(), strict=True))


@dataclass(frozen=True, slots=True)
class _Rule:
    """`workdays`: Monday to Friday were named as 工作日. `every`: no day in particular was meant."""

    days: tuple[int, ...]
    spans: tuple[Span, ...]
    workdays: bool
    every: bool


def _read_season(head: Head, written: Sequence[str], closed: bool | None) -> Season:
    rules: dict[tuple[int, ...], _Rule] = {}
    for text in written:
        rule = _read_rule(text)
        if first := rules.get(rule.days):  # a second rule for the same days
            rule = replace(first, spans=(*first.spans, *rule.spans), workdays=first.workdays and rule.workdays)
        rules[rule.days] = rule
        if not _in_order(rules[rule.days].spans):
            raise UnreadableHours(text)
    week: list[tuple[Span, ...]] = [()] * 7
    without_workdays = [*week]
    steady = [False] * 7
    workday: tuple[Span, ...] = ()
    for rule in rules.values():
        for day in rule.days:
            week[day], steady[day] = rule.spans, rule.every
            if not (rule.workdays and day < 5):
                without_workdays[day] = rule.spans
        if rule.workdays or rule.every:
            workday = rule.spans
    # Worked or not, a day is told where Monday to Friday all keep its hours.
    steady = [steady[day] or set(week[:5]) == {week[day]} for day in range(7)]
    if _REST_OF_TIME in head.name and not any(week):
        raise UnreadableHours(head.written, "season-unclear")  # the rest of the year, or only of the day?
    follows = any(rule.workdays for rule in rules.values())
    return Season(
        name=head.name,
        stretches=head.stretches,
        week=tuple(week),
        on_holidays=tuple(
            () if closed or (closed is None and follows and not without_workdays[day]) else None if closed is None else week[day]
            for day in range(7)
        ),
        workday=workday if follows else None,
        steady=(steady[5], steady[6]),
    )


def _read_rule(rule: str) -> _Rule:
    days, workdays, rest = _read_days(rule)
    rest = _GLUE.sub(" ", rest.lstrip(":")).strip()
    every = len(days) == 7 and not workdays
    if re.fullmatch(_SHUT, rest):
        return _Rule(days, (), workdays, every)
    if _ALWAYS.fullmatch(rest):
        return _Rule(days, ((0, DAY_MINUTES),), workdays, every)
    spans: list[Span] = []
    while rest:
        match = _SPAN.match(rest)
        if match is None:
            raise UnreadableHours(rest)
        spans.append(_span(match))
        rest = rest[match.end() :].strip()
    if not spans or not _in_order(spans):
        raise UnreadableHours(rule)
    return _Rule(days, tuple(spans), workdays, every)


def _read_days(rule: str) -> tuple[tuple[int, ...], bool, str]:
    """The days a rule names (all when it names none), whether as 工作日, and the rest of it."""
    days: set[int] = set()
    workdays = False
    rest = rule
    while rest:
        rest = _GLUE.sub("", rest, count=1) if _GLUE.match(rest) else rest
        taken, length = _days_at(rest)
        if not length:
            break
        days.update(taken)
        workdays = workdays or rest.startswith(_WORKDAYS)
        rest = rest[length:]
    return tuple(sorted(days or range(7))), workdays, rest


def _days_at(text: str) -> tuple[tuple[int, ...], int]:
    if match := _DAY_RANGE.match(text):
        first, last = WEEKDAYS[match[1]], WEEKDAYS[match[2]]
        stretch = range(first, last + 1) if first <= last else (*range(first, 7), *range(last + 1))
        return tuple(stretch), match.end()
    for name, days in _NAMED_DAYS.items():
        if text.startswith(name):
            return tuple(days), len(name)
    if match := _DAY_LIST.match(text):
        return tuple(WEEKDAYS[day] for day in match[1] if day in WEEKDAYS), match.end()
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
