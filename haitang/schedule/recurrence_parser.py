"""The times of activities as editors write them, in Chinese or ISO, read into rules of `occasions`.

The rule: what cannot be read with certainty is refused, never guessed, and the problem says what to write instead.
"""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

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
    stretches_in,
)
from haitang.schedule.exclusions import Holidays, cancelled, holidays, refuse_days_beside_holidays, skipped
from haitang.schedule.opening_hours_reader import one_spelling, without_brackets
from haitang.schedule.recurrence import WHOLE_DAY, Kind, Rule, Stretch, When, in_order
from haitang.schedule.recurrence_checks import check_times
from haitang.schedule.recurrence_draft import Draft
from haitang.schedule.recurrence_months import DIGITS, take_monthly, take_months

LONGEST_NAMED = 31

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
_ALL_DAY = "全天"
_GLUE = re.compile(r"^[\s,、和及的]+")


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
    check_times(when)
    return when


def _read_sentence(sentence: str) -> list[Draft]:
    """Its clauses. What one says of holidays, or from when to when, would not be certain of the others."""
    on_holidays, rest = holidays(sentence)
    clauses = [clause for clause in _COMMA.split(re.sub(r"\s+(?=[,、])", "", rest)) if _GLUE.sub("", clause)]
    if on_holidays and len(clauses) > 1:
        raise UnreadableWhen(sentence, "when-holiday-unclear")
    drafts = [_read_clause(clause, on_holidays) for clause in clauses]
    if len(drafts) > 1 and any(draft.first or draft.last or draft.months for draft in drafts):
        raise UnreadableWhen(sentence, "when-two-days")
    return drafts or ([Draft(sentence, holidays=on_holidays)] if on_holidays else [])


# --- a clause ---


def _read_clause(clause: str, on_holidays: Holidays) -> Draft:
    draft = Draft(clause, holidays=on_holidays)
    rest = _GLUE.sub("", clause)
    while rest:
        for step in (_take_dates, take_months, take_monthly, _take_weekly, _take_time):
            taken = step(draft, rest)
            if taken is not None:
                break
        else:
            raise UnreadableWhen(rest, _complaint(rest))
        rest = _GLUE.sub("", taken)
    return draft


def _complaint(rest: str) -> str:
    if _YEARLESS.match(rest):
        return "when-needs-year"
    if _TURNS.match(rest):
        return "when-needs-start"
    if PART_OF_DAY.match(rest):
        return "when-no-hour"
    return "bad-when"


def _take_dates(draft: Draft, text: str) -> str | None:
    """Dates, ranges, and the bounds of a repetition."""
    if text.startswith("-"):
        return _take_end(draft, text)
    found, rest = stretches_in(text)
    if not found:
        return None
    if starts := _FROM.match(rest):
        draft.bound(first=_one(found, text))
        return rest[starts.end() :]
    if ends := _UNTIL.match(rest):
        (first, last), *more = found
        if more:
            raise UnreadableWhen(text)
        draft.bound(first if first != last else None, last)
        return rest[ends.end() :]
    _take_days(draft, found)
    return rest


def _take_end(draft: Draft, text: str) -> str | None:
    """`至 2026-06-30` behind a repetition."""
    found, rest = stretches_in(text[1:].lstrip())
    if not found:
        return None
    if draft.rule is not None and draft.rule.named:
        raise UnreadableWhen(draft.written, "when-over-days")
    draft.bound(last=_one(found, text))
    until = _UNTIL.match(rest)
    return rest[until.end() :] if until else rest


def _take_days(draft: Draft, found: list[Stretch]) -> None:
    """One range, which a repetition takes for its bounds, or days."""
    ranges = [stretch for stretch in found if stretch[0] != stretch[1]]
    if ranges and len(found) > 1:
        raise UnreadableWhen(draft.written, "when-two-days")
    if not ranges:
        draft.say(kind="dates", dates=tuple(sorted({first for first, _ in found})))
    elif draft.rule is None:
        draft.rule = Rule("range", dates=ranges[0])
    else:
        draft.bound(*ranges[0])


def _one(found: list[Stretch], text: str) -> date:
    if len(found) != 1 or found[0][0] != found[0][1]:
        raise UnreadableWhen(text)
    return found[0][0]


def _take_weekly(draft: Draft, text: str) -> str | None:
    if match := _WEEKS.match(text):
        draft.interval = DIGITS.get(match[1], 0) or int(match[1]) if match[1] else 2
        text = text[match.end() :]
    for pattern, kind, values in _NAMED_DAYS:
        if match := re.match(pattern, text):
            # `2026-10-01 至 2026-10-07 每天`: the very days are named, holidays or not.
            dates = draft.rule.dates if draft.rule and draft.rule.kind == "range" else ()
            if not (kind == "every" and dates and (dates[1] - dates[0]).days <= LONGEST_NAMED):
                draft.repeat(kind=kind, values=values)
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
    draft.repeat(kind="weekdays", values=tuple(sorted(set(days))))
    return text[match.end() :]


# --- times of day ---


def _take_time(draft: Draft, text: str) -> str | None:
    if text.startswith(_ALL_DAY):
        draft.times.append((0, WHOLE_DAY))
        return text.removeprefix(_ALL_DAY)
    match = TIME.match(text)
    if match is None:
        return None
    draft.times.append(read_time(match))
    if not in_order(tuple(draft.times)):
        raise UnreadableWhen(match[0], "when-times-overlap")
    return text[match.end() :]


# --- what belongs together ---


def _shared(drafts: list[Draft]) -> Draft:
    """Bounds and holidays in a clause of their own hold for all the others, which then say none themselves."""
    shared = Draft("")
    own = [draft for draft in drafts if draft.rule is not None]
    for draft in drafts:
        if draft.rule is not None:
            continue
        if draft.times or draft.months or draft.interval > 1:
            raise UnreadableWhen(draft.written, "when-no-day")
        shared.written = draft.written
        shared.bound(draft.first, draft.last)
        if draft.holidays and any(other.holidays not in ("", draft.holidays) for other in (shared, *own)):
            raise UnreadableWhen(draft.written, "when-holiday-unclear")
        shared.holidays = draft.holidays or shared.holidays
    return shared


def _finished(draft: Draft, shared: Draft) -> Rule:
    on_holidays = draft.holidays or shared.holidays
    if on_holidays == "off" and draft.rule and draft.rule.kind == "range":
        draft.repeat(kind="every")  # a holiday among its days is none of them
    rule = draft.rule
    assert rule is not None
    if rule.named and (draft.first or draft.last or draft.months):
        raise UnreadableWhen(draft.written, "when-two-days")
    if not rule.named:
        draft.bound(shared.first, shared.last)
    first, last = draft.first, draft.last
    if first and last and last < first:
        raise UnreadableWhen(draft.written, "when-ends-before-start")
    if on_holidays == "on" and rule.kind == "workdays":
        raise UnreadableWhen(draft.written, "when-workday-holiday")
    times = tuple(draft.times)
    if rule.named:
        return replace(rule, times=times)
    if draft.interval > 1 and not (first and first.weekday() in rule.values):
        raise UnreadableWhen(draft.written, "when-needs-start")
    on_holidays = "" if rule.kind == "workdays" else on_holidays
    rule = replace(rule, months=draft.months, first=first, last=last, interval=draft.interval, times=times)
    return replace(rule, holidays=on_holidays)
