"""The times of activities as editors write them, in Chinese or ISO, read into rules of `occasions`.

The rule: what cannot be read with certainty is refused, never guessed, and the problem says what to write instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import permutations
from typing import Any

from haitang.schedule.date_tokens import (
    AND,
    DAY,
    PART_OF_DAY,
    TIME,
    WEEK,
    WEEKDAYS,
    UnreadableWhen,
    from_iso,
    from_speech,
    read_time,
    real_date,
    stretches_in,
)
from haitang.schedule.exclusions import Holidays, cancelled, holidays, refuse_days_beside_holidays, skipped
from haitang.schedule.opening_hours import one_spelling, without_brackets
from haitang.schedule.recurrence import WHOLE_DAY, Kind, Rule, Stretch, Time, When, in_order, repeats

LONGEST_NAMED = 31
_SOON = 8 * 366  # days in which something named must happen: 29 February comes only so often

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_YEARLESS = re.compile(r"(?<!\d)\d{1,2}月\d{1,2}(?:[日号]|(?!\d))", re.ASCII)
_FROM = re.compile(r"\s*(?:起|开始|以后|之后)")
_UNTIL = re.compile(r"\s*(?:为止|截止|结束|止)")
_LUNAR = re.compile(
    r"农历|阴历|正月|腊月|冬月|初[一二三四五六七八九十]|廿|元宵|端午|中秋|重阳|除夕|春节|小年|清明|冬至|立春|七夕|腊八|元旦|国庆"
)
_IRREGULAR = re.compile(r"不定期|待定|另行通知|随时|视情况|大约|左右|每逢节日|适时")
_ASIDE = re.compile(r"(?:需要?|须|请|要)?(?:提前|电话|网上)?预约|(?:需要?|须|请)?(?:提前)?报名")  # true, but no time
_DAYS_A_WEEK = re.compile(rf"(?:{WEEK}|{AND})[一二三四五六两]+天")  # three days of the week, or Wednesday and Sunday?
_NTH_WEEK = re.compile(rf"(?:第[一二三四五\d]|最后一)个?{WEEK}的?{WEEK}{DAY}?")
_TURNS = re.compile(rf"[单双]{WEEK}")
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
_WEEKS = re.compile(rf"(?:隔{WEEK}|每隔一个?{WEEK}|每([两二三四2-4])个?{WEEK})的?(?={WEEK})")
_EACH = "(?:每逢|逢|每)?个?"
_DAY_RANGE = re.compile(rf"{_EACH}{WEEK}({DAY})-{WEEK}?({DAY})")
_DAY_LIST = re.compile(rf"{_EACH}{WEEK}({DAY}(?:{AND}(?:每?{WEEK})?{DAY}|{WEEK}?{DAY})*)(?!-{WEEK}?{DAY})")
_NAMED_DAYS: tuple[tuple[str, Kind, tuple[int, ...]], ...] = (
    (r"每一?[天日]|天天", "every", ()),
    (rf"{_EACH}(?:法定)?工作日", "workdays", ()),
    (rf"{_EACH}(?:周末|双休日)", "weekdays", (5, 6)),
)
# A comma parts clauses only where one has ended with its hours and the next names its days: behind a date it goes on.
_COMMA = re.compile(
    rf"(?:(?<=\d:\d\d)|(?<=[点时]\d\d)|(?<=[点时分半整])|(?<=全天))\s*[,、]\s*"
    rf"(?=每?{WEEK}{DAY}|每天|每日|天天|(?:法定)?工作日|周末|双休日|(?:每年)?\d{{1,2}}月)"
)
_NEVER_CERTAIN = (
    (_LUNAR, "when-lunar"), (_ASIDE, "when-aside"),
    (_IRREGULAR, "when-irregular"), (_DAYS_A_WEEK, "when-irregular"), (_NTH_WEEK, "when-nth-week"),
)  # fmt: skip
_ALL_DAY = re.compile("全天")
_GLUE = re.compile(r"[\s,、和及的]+")


@dataclass(slots=True)
class _Draft:
    """What one clause has said so far."""

    written: str
    rule: Rule | None = None
    months: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    interval: int = 1
    holidays: Holidays = ""
    times: list[Time] = field(default_factory=list)


@lru_cache(1024)
def read_when(text: str) -> When:
    """`每周三 14:00-16:00；2026-10-14 取消` → When. Clauses are parted by `；` or a line break and add to each other.

    Raises UnreadableWhen with the piece that was not understood.
    """
    rest = from_iso(without_brackets(from_speech(one_spelling(text))))
    for pattern, code in _NEVER_CERTAIN:
        if match := pattern.search(rest):
            raise UnreadableWhen(match[0], code)
    refuse_days_beside_holidays(rest)
    off, rest = cancelled(rest)
    without, rest = skipped(rest)
    drafts = [draft for sentence in re.split(r"[;\n]", rest) for draft in _read_sentence(sentence)]
    shared = _shared(drafts)
    rules = tuple(_finished(draft, shared) for draft in drafts if draft.rule)
    if not rules:
        raise UnreadableWhen(text, "when-no-day")
    when = When(text.strip(), rules, without, off)
    _check(when)
    return when


def _read_sentence(sentence: str) -> list[_Draft]:
    """Its clauses. What one says of holidays, or from when to when, would not be certain of the others."""
    said, rest = holidays(sentence)
    clauses = [clause for clause in _COMMA.split(re.sub(r"\s+(?=[,、])", "", rest)) if _GLUE.sub("", clause)]
    if said and len(clauses) > 1:
        raise UnreadableWhen(sentence, "when-holiday-unclear")
    drafts = [_read_clause(clause, said) for clause in clauses]
    if len(drafts) > 1 and any(draft.first or draft.last or draft.months for draft in drafts):
        raise UnreadableWhen(sentence, "when-two-days")
    return drafts or ([_Draft(sentence, holidays=said)] if said else [])


# --- a clause ---


def _read_clause(clause: str, said: Holidays) -> _Draft:
    draft = _Draft(clause, holidays=said)
    rest = _GLUE.sub("", clause, count=1) if _GLUE.match(clause) else clause
    while rest:
        for step in (_take_dates, _take_months, _take_monthly, _take_weekly, _take_time):
            taken = step(draft, rest)
            if taken is not None:
                break
        else:
            raise UnreadableWhen(rest, _complaint(rest))
        rest = _GLUE.sub("", taken, count=1) if _GLUE.match(taken) else taken
    return draft


def _complaint(rest: str) -> str:
    if _YEARLESS.match(rest):
        return "when-needs-year"
    if _TURNS.match(rest):
        return "when-needs-start"
    if PART_OF_DAY.match(rest):
        return "when-no-hour"
    return "bad-when"


def _say(draft: _Draft, **rule: Any) -> None:
    """The clause's days; they can be said only once."""
    if draft.rule is not None:
        raise UnreadableWhen(draft.written, "when-two-days")
    draft.rule = Rule(**rule)


def _bound(draft: _Draft, first: date | None = None, last: date | None = None) -> None:
    """The first day, the last day or both; each can be said only once."""
    if (first and draft.first) or (last and draft.last):
        raise UnreadableWhen(draft.written, "when-two-days")
    draft.first, draft.last = first or draft.first, last or draft.last


def _take_dates(draft: _Draft, text: str) -> str | None:
    """Dates, ranges, and the bounds of a repetition."""
    if text.startswith("-"):
        return _take_end(draft, text)
    found, rest = stretches_in(text)
    if not found:
        return None
    if starts := _FROM.match(rest):
        _bound(draft, first=_one(found, text))
        return rest[starts.end() :]
    if ends := _UNTIL.match(rest):
        (first, last), *more = found
        if more:
            raise UnreadableWhen(text)
        _bound(draft, first if first != last else None, last)
        return rest[ends.end() :]
    _take_days(draft, found)
    return rest


def _take_end(draft: _Draft, text: str) -> str | None:
    """`至 2026-06-30` behind a repetition."""
    found, rest = stretches_in(text[1:].lstrip())
    if not found:
        return None
    if draft.rule is not None and draft.rule.named:
        raise UnreadableWhen(draft.written, "when-over-days")
    _bound(draft, last=_one(found, text))
    until = _UNTIL.match(rest)
    return rest[until.end() :] if until else rest


def _take_days(draft: _Draft, found: list[Stretch]) -> None:
    """One range, which a repetition takes for its bounds, or days."""
    ranges = [stretch for stretch in found if stretch[0] != stretch[1]]
    if ranges and len(found) > 1:
        raise UnreadableWhen(draft.written, "when-two-days")
    if not ranges:
        _say(draft, kind="dates", dates=tuple(sorted({first for first, _ in found})))
    elif draft.rule is None:
        draft.rule = Rule("range", dates=ranges[0])
    else:
        _bound(draft, *ranges[0])


def _one(found: list[Stretch], text: str) -> date:
    if len(found) != 1 or found[0][0] != found[0][1]:
        raise UnreadableWhen(text)
    return found[0][0]


def _repeat(draft: _Draft, **rule: Any) -> None:
    """A repetition; a range before it was its bounds."""
    if draft.rule is not None and draft.rule.kind == "range":
        _bound(draft, *draft.rule.dates)
        draft.rule = None
    _say(draft, **rule)


def _take_months(draft: _Draft, text: str) -> str | None:
    """`7月至8月`, `3月、9月`, `2026年3月至6月`, `每季度第一个月`, and 每年7月1日."""
    if draft.months and (_YEARLY_DAY.match(text) or _QUARTER.match(text)):
        raise UnreadableWhen(draft.written, "when-two-days")
    if match := _YEARLY_DAY.match(text):
        real_date(match[0], 2024, match[1], match[2])
        _repeat(draft, kind="monthdays", values=(int(match[2]),))
        draft.months = (int(match[1]),)
        return text[match.end() :]
    if match := _QUARTER.match(text):
        draft.months = tuple(range(3 if match[2] else _DIGITS[match[1]] if match[1] else 1, 13, 3))
        return _take_in_month(draft, text[match.end() :], match[0])
    if match := _MONTHS_OF_YEAR.match(text):
        year, month, last_year, last_month = match.groups()
        last = _month_end(real_date(match[0], last_year or year, last_month or month, 1))
        _bound(draft, real_date(match[0], year, month, 1), last)
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


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def _take_monthly(draft: _Draft, text: str) -> str | None:
    match = _MONTHLY.match(text)
    return _take_in_month(draft, text[match.end() :], match[0]) if match else None


def _take_in_month(draft: _Draft, text: str, before: str) -> str:
    """What stands behind 每月: days, the last day, the nth weekday or working day."""
    if match := re.compile(r"(?:的?最后一[天日]|末日)").match(text):
        _repeat(draft, kind="monthdays", values=(-1,))
        return text[match.end() :]
    if match := _LIST_OF_DAYS.match(text):
        days = tuple(sorted({int(number) for number in re.findall(r"\d+", match[0])}))
        if not all(1 <= day <= 31 for day in days):
            raise UnreadableWhen(before + match[0], "bad-when-date")
        _repeat(draft, kind="monthdays", values=days)
        return text[match.end() :]
    if match := _CHINESE_DAY.match(text):
        number = _chinese(match[1])
        if number > 31:
            raise UnreadableWhen(before + match[0], "bad-when-date")
        _repeat(draft, kind="monthdays", values=(number,))
        return text[match.end() :]
    rest = _take_nth(draft, text)
    if rest is None:
        raise UnreadableWhen(before + text)
    return rest


def _take_nth(draft: _Draft, text: str) -> str | None:
    match = _NTH.match(text)
    if match is None:
        return None
    places = tuple(dict.fromkeys(_place(part) for part in re.findall(rf"{_ORDINAL}|[一二三四五]", match[1])))
    if match[3]:
        _repeat(draft, kind="workdays", nth=places)
    else:
        _repeat(draft, kind="nth", nth=places, values=(WEEKDAYS[match[2]],))
    return text[match.end() :]


def _place(part: str) -> int:
    """第一 → 1, 最后一 → -1, 倒数第二 → -2."""
    if part == "首":
        return 1
    number = int(part[-1]) if part[-1].isdigit() else _DIGITS[part[-1]]
    return -number if part.startswith(("最后", "倒数")) else number


def _chinese(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _take_weekly(draft: _Draft, text: str) -> str | None:
    if match := _WEEKS.match(text):
        draft.interval = _DIGITS.get(match[1], 0) or int(match[1]) if match[1] else 2
        text = text[match.end() :]
    for pattern, kind, values in _NAMED_DAYS:
        if match := re.match(pattern, text):
            if not (kind == "every" and _is_short_range(draft.rule)):
                _repeat(draft, kind=kind, values=values)
            return text[match.end() :]
    if match := _DAY_RANGE.match(text):
        first, last = WEEKDAYS[match[1]], WEEKDAYS[match[2]]
        days = [*range(first, last + 1)] if first <= last else [*range(first, 7), *range(last + 1)]
    elif match := _DAY_LIST.match(text):
        days = [WEEKDAYS[day] for day in match[1] if day in WEEKDAYS]
    else:
        return None
    if draft.rule is not None and draft.rule.named and match[0][0] not in "每逢":
        raise UnreadableWhen(draft.written, "when-two-days")  # the last day's own weekday, or every such day between?
    _repeat(draft, kind="weekdays", values=tuple(sorted(set(days))))
    return text[match.end() :]


def _is_short_range(rule: Rule | None) -> bool:
    """`2026-10-01 至 2026-10-07 每天`: the very days are named, holidays or not."""
    return rule is not None and rule.kind == "range" and (rule.dates[1] - rule.dates[0]).days <= LONGEST_NAMED


# --- times of day ---


def _take_time(draft: _Draft, text: str) -> str | None:
    if match := _ALL_DAY.match(text):
        draft.times.append((0, WHOLE_DAY))
        return text[match.end() :]
    match = TIME.match(text)
    if match is None:
        return None
    draft.times.append(read_time(match))
    if not in_order(tuple(draft.times)):
        raise UnreadableWhen(match[0], "when-times-overlap")
    return text[match.end() :]


# --- what belongs together ---


def _shared(drafts: list[_Draft]) -> _Draft:
    """Bounds and holidays in a clause of their own hold for all the others, which then say none themselves."""
    shared = _Draft("")
    own = [draft for draft in drafts if draft.rule is not None]
    for draft in drafts:
        if draft.rule is not None:
            continue
        if draft.times or draft.months or draft.interval > 1:
            raise UnreadableWhen(draft.written, "when-no-day")
        shared.written = draft.written
        _bound(shared, draft.first, draft.last)
        if draft.holidays and any(other.holidays not in ("", draft.holidays) for other in (shared, *own)):
            raise UnreadableWhen(draft.written, "when-holiday-unclear")
        shared.holidays = draft.holidays or shared.holidays
    return shared


def _finished(draft: _Draft, shared: _Draft) -> Rule:
    said = draft.holidays or shared.holidays
    if said == "off" and draft.rule and draft.rule.kind == "range":
        _repeat(draft, kind="every")  # a holiday among its days is none of them
    rule = draft.rule
    assert rule is not None
    if rule.named and (draft.first or draft.last or draft.months):
        raise UnreadableWhen(draft.written, "when-two-days")
    if not rule.named:
        _bound(draft, shared.first, shared.last)
    first, last = draft.first, draft.last
    if first and last and last < first:
        raise UnreadableWhen(draft.written, "when-ends-before-start")
    if said == "on" and rule.kind == "workdays":
        raise UnreadableWhen(draft.written, "when-workday-holiday")
    times = tuple(draft.times)
    if rule.named:
        return replace(rule, times=times)
    if draft.interval > 1 and not (first and first.weekday() in rule.values):
        raise UnreadableWhen(draft.written, "when-needs-start")
    said = "" if rule.kind == "workdays" else said
    return replace(rule, months=draft.months, first=first, last=last, interval=draft.interval, holidays=said, times=times)


def _check(when: When) -> None:
    """Every rule happens at all, what is taken away would have been there, and nothing is both given and taken."""
    for first, last in (*when.skipped, *when.cancelled):
        days = [first + timedelta(step) for step in range((last - first).days + 1)]
        if not any(_may_meet(rule, day) for day in days for rule in when.rules):
            raise UnreadableWhen(f"{first}" if first == last else f"{first}-{last}", "when-no-such-day")
        for day in days:
            if len({rule.named for rule in when.rules if repeats(rule, day)}) > 1:
                raise UnreadableWhen(f"{day}", "when-on-and-off")
    for rule in when.rules:
        if next((day for day in _meeting(rule) if not when.is_skipped(day)), None) is None:
            raise UnreadableWhen(when.text, "when-never")
    _refuse_twice(when)


def _refuse_twice(when: When) -> None:
    """A rule that says nothing but what another says too, at the same hours."""
    patterns = [rule for rule in when.rules if rule.kind not in ("dates", "workdays")]
    for one, other in permutations(patterns, 2):
        if set(one.times or (None,)) & set(other.times or (None,)) and all(repeats(other, day) for day in _meeting(one)):
            raise UnreadableWhen(when.text, "when-said-twice")


def _meeting(rule: Rule) -> Iterator[date]:
    """The days of a rule from its first bound on, as far as they are looked for."""
    start, last = (rule.dates[0], rule.dates[-1]) if rule.named else (rule.first, rule.last)
    start = start or (last - timedelta(_SOON) if last else date(2024, 1, 1))
    for step in range(_SOON):
        day = start + timedelta(step)
        if last and day > last:
            return
        if _may_meet(rule, day):
            yield day


def _may_meet(rule: Rule, day: date) -> bool:
    """What is right today stays right when the state announces another year: any day may turn out to be worked, or not."""
    return repeats(replace(rule, kind="every") if rule.kind == "workdays" else rule, day)
