"""The times of activities as editors write them, in Chinese or ISO, read into rules of `recurrence`.

The rule: what cannot be read with certainty is refused, never guessed, and the problem says what to write instead.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from haitang.schedule.language.dates import real_date, stretches_of
from haitang.schedule.language.phrases import (
    AllDay,
    Dates,
    Days,
    Interval,
    IsoDates,
    LastDay,
    Monthly,
    Months,
    Nth,
    OnHolidays,
    Phrase,
    Separator,
    Times,
    Unclear,
    With,
    Without,
    YearlyDay,
)
from haitang.schedule.recurrence import WHOLE_DAY, Rule, Stretch, When, in_order
from haitang.schedule.recurrence_checks import check_times
from haitang.schedule.recurrence_draft import Draft, Holidays, finished, shared_by

LONGEST_NAMED = 31
LONGEST_SKIP = 366  # days; a longer stretch is no exception any more
_LEAP_YEAR = 2024


@lru_cache(4096)
def read_when(text: str) -> When:
    """`每周三 14:00-16:00；2026-10-14 取消` → When. Clauses are parted by `；` or a line break and add to each other.

    Raises UnreadableTime with the piece that was not understood, as it was written.
    """
    from haitang.schedule.language.parser import parse  # what was read before needs none

    spelling, phrases = parse(text, "when")
    whole = Phrase(0, len(spelling.plain))
    try:
        left, skipped = _taken(phrases, "skipped")
        left, cancelled = _taken(left, "cancelled")
        drafts = [draft for sentence in _split(left) for draft in _read_sentence(sentence)]
        _refuse_headings(drafts, whole)
        shared = shared_by(drafts)
        rules = tuple(finished(draft, shared) for draft in drafts if draft.rule)
        if not rules:
            raise whole.unclear("no-day")
        when = When(text.strip(), rules, skipped, cancelled)
        check_times(when, whole)
        return when
    except Unclear as mistake:
        raise mistake.told(spelling, "when") from None


def _refuse_headings(drafts: Sequence[Draft], whole: Phrase) -> None:
    """`12月：每周三14:00；每周六9:00`: of December alone, or of every month?"""
    first, *others = [draft for draft in drafts if draft.rule] or [Draft(whole)]
    if first.leading and any(
        other.rule and not (other.rule.named or other.months or other.first or other.last) for other in others
    ):
        raise whole.unclear("two-days")


def _taken(phrases: Sequence[Phrase], role: str) -> tuple[list[Phrase], tuple[Stretch, ...]]:
    """The phrases without the days that a text leaves out or calls off, and these days."""
    found: list[Stretch] = []
    left: list[Phrase] = []
    for phrase in phrases:
        if not (isinstance(phrase, Dates) and phrase.role == role):
            left.append(phrase)
            continue
        stretches = stretches_of(phrase)
        if any((last - first).days > LONGEST_SKIP for first, last in stretches):
            raise phrase.unclear("bad")
        found.extend(stretches)
    return left, tuple(sorted(found))


def _split(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    sentences: list[list[Phrase]] = [[]]
    for phrase in phrases:
        if isinstance(phrase, Separator) and phrase.strong:
            sentences.append([])
        else:
            sentences[-1].append(phrase)
    return sentences


def _read_sentence(sentence: Sequence[Phrase]) -> list[Draft]:
    """Its clauses. What one says of holidays, or from when to when, would not be certain of the others."""
    on_holidays, left = _holidays(_without_weekdays(sentence))
    clauses = _clauses(left)
    if not sentence or not (clauses or on_holidays):
        return []
    whole = Phrase(sentence[0].start, sentence[-1].end)
    if on_holidays and len(clauses) > 1:
        raise whole.unclear("holiday-unclear")
    drafts = [_read_clause(clause, on_holidays, whole if len(clauses) == 1 else None) for clause in clauses]
    if len(drafts) > 1 and any(draft.first or draft.last or draft.months for draft in drafts):
        raise whole.unclear("two-days")
    return drafts or [Draft(whole, holidays=on_holidays)]


def _without_weekdays(sentence: Sequence[Phrase]) -> Sequence[Phrase]:
    """`每天（周一除外）`, `除周一外每天`: the days that are left, where a single clause has them all."""
    taken = [one for one in sentence if isinstance(one, Without | OnHolidays) and not one.days.holidays and _takes_away(one)]
    days = [one for one in sentence if isinstance(one, Days)]
    if len(taken) != 1 or len(days) != 1 or days[0].workdays or not taken[0].days.weekdays < days[0].weekdays:
        return sentence
    left = replace(days[0], weekdays=days[0].weekdays - taken[0].days.weekdays)
    return [left if one is days[0] else one for one in sentence if one is not taken[0]]


def _takes_away(phrase: Without | OnHolidays) -> bool:
    return isinstance(phrase, Without) or phrase.policy == "off"


def _holidays(sentence: Sequence[Phrase]) -> tuple[Holidays, list[Phrase]]:
    """What a sentence says of public holidays, and the sentence without it."""
    found: Holidays = ""
    left: list[Phrase] = []
    for phrase in sentence:
        if not isinstance(phrase, OnHolidays | Without | With):
            left.append(phrase)
            continue
        before = next((one for one in reversed(left) if not isinstance(one, Separator)), None)
        dated = isinstance(before, Dates) and before.role == "days"
        if dated or not phrase.days.only_holidays:
            # 周一及节假日休息 is about the Monday too, which must not become a day on.
            start = before.start if before and dated else phrase.start
            raise Phrase(start, phrase.end).unclear("off-days")
        said: Holidays = (
            "on" if isinstance(phrase, With) or (isinstance(phrase, OnHolidays) and phrase.policy == "on") else "off"
        )
        if found and found != said:
            raise phrase.unclear("holiday-unclear")
        found = said
    return found, left


def _clauses(sentence: Sequence[Phrase]) -> list[list[Phrase]]:
    """A comma parts clauses only where one has ended with its hours and the next names its days: behind a date it goes on."""
    clauses: list[list[Phrase]] = [[]]
    parted = False
    for phrase in sentence:
        if isinstance(phrase, Separator):
            parted = True
            continue
        ended = bool(clauses[-1]) and isinstance(clauses[-1][-1], Times | AllDay)
        if parted and ended and isinstance(phrase, Days | Months | YearlyDay):
            clauses.append([])
        clauses[-1].append(phrase)
        parted = False
    return [clause for clause in clauses if clause]


# --- a clause ---


def _read_clause(clause: Sequence[Phrase], on_holidays: Holidays, whole: Phrase | None) -> Draft:
    draft = Draft(whole or Phrase(clause[0].start, clause[-1].end), holidays=on_holidays)
    rest = list(clause)
    while rest:
        phrase = rest.pop(0)
        if isinstance(phrase, Monthly):
            _take_in_month(draft, phrase, rest.pop(0) if rest else None)
        elif isinstance(phrase, Dates) and phrase.role == "end" and rest and isinstance(rest[0], Times) and draft.times:
            _take_end_of_day(draft, phrase, rest.pop(0))
        else:
            _TAKE[type(phrase)](draft, phrase)
    return draft


def _take_end_of_day(draft: Draft, phrase: Dates, times: Phrase) -> None:
    """`2026-12-05 09:00 - 2026-12-05 11:00`; over several days nobody knows the hours of each."""
    ((first, last),) = stretches_of(phrase)
    start, end = draft.times[-1]
    named = draft.rule.dates if draft.rule and draft.rule.kind == "dates" else ()
    assert isinstance(times, Times)
    if named != (first,) or first != last or end is not None or times.last is not None:
        raise draft.place.unclear("over-days")
    if times.first <= start:
        raise draft.place.unclear("ends-before-start")
    draft.times[-1] = start, times.first


def _take_dates(draft: Draft, phrase: Dates) -> None:
    """Dates, ranges, and the bounds of a repetition."""
    found = stretches_of(phrase)
    if phrase.role == "starts":
        draft.bound(first=_one(found, phrase))
    elif phrase.role == "end":
        if draft.rule is not None and draft.rule.named:
            raise draft.place.unclear("over-days")
        draft.bound(last=_one(found, phrase))
    elif phrase.role == "until":
        if len(found) > 1:
            raise phrase.unclear("bad")
        ((first, last),) = found
        draft.bound(first if first != last else None, last)
    else:
        _take_days(draft, found)


def _take_days(draft: Draft, found: list[Stretch]) -> None:
    """One range, which a repetition takes for its bounds, or days."""
    ranges = [stretch for stretch in found if stretch[0] != stretch[1]]
    if ranges and len(found) > 1:
        raise draft.place.unclear("two-days")
    if not ranges:
        draft.say(kind="dates", dates=tuple(sorted({first for first, _ in found})))
    elif draft.rule is None:
        draft.rule = Rule("range", dates=ranges[0])
    else:
        draft.bound(*ranges[0])


def _one(found: list[Stretch], phrase: Phrase) -> date:
    if len(found) != 1 or found[0][0] != found[0][1]:
        raise phrase.unclear("bad")
    return found[0][0]


def _take_iso(draft: Draft, phrase: IsoDates) -> None:
    draft.say(kind="dates", dates=(phrase.day,))
    if phrase.times:
        _take_times(draft, phrase.times)


def _take_months(draft: Draft, phrase: Months) -> None:
    if phrase.bounds:
        draft.bound(*phrase.bounds)
        return
    if draft.months:
        raise draft.place.unclear("two-days")
    draft.months, draft.yearly = phrase.months, phrase.yearly


def _take_yearly(draft: Draft, phrase: YearlyDay) -> None:
    if draft.months:
        raise draft.place.unclear("two-days")
    real_date(phrase, _LEAP_YEAR, phrase.month, phrase.day)
    draft.repeat(kind="monthdays", values=(phrase.day,))
    draft.months = (phrase.month,)


def _take_in_month(draft: Draft, monthly: Monthly, inner: Phrase | None) -> None:
    """What stands behind 每月 or 每季度第一个月: days, the last day, the nth weekday or working day."""
    if monthly.months:
        if draft.months:
            raise draft.place.unclear("two-days")
        draft.months = monthly.months
    if isinstance(inner, LastDay | Nth):
        draft.yearly = True
        _TAKE[type(inner)](draft, inner)
        return
    if not isinstance(inner, Dates) or inner.role != "days" or any(point.month or last for point, last in inner.items):
        raise Phrase(monthly.start, (inner or monthly).end).unclear("bad")
    days = sorted({point.day for point, _ in inner.items})
    if not 1 <= days[0] <= days[-1] <= 31:
        raise Phrase(monthly.start, inner.end).unclear("bad-date")
    draft.repeat(kind="monthdays", values=tuple(days))


def _take_last_day(draft: Draft, phrase: LastDay) -> None:
    _must_repeat(draft, phrase)
    draft.repeat(kind="monthdays", values=(-1,))


def _must_repeat(draft: Draft, phrase: Phrase) -> None:
    """`7月第一个周六` may be of one year or of every one."""
    if not draft.yearly:
        raise phrase.unclear("bad")


def _take_nth(draft: Draft, phrase: Nth) -> None:
    _must_repeat(draft, phrase)
    if phrase.weekday is None:
        draft.repeat(kind="workdays", nth=phrase.places)
    else:
        draft.repeat(kind="nth", nth=phrase.places, values=(phrase.weekday,))


def _take_interval(draft: Draft, phrase: Interval) -> None:
    draft.interval = phrase.weeks


def _take_weekly(draft: Draft, phrase: Days) -> None:
    if phrase.holidays:
        raise phrase.unclear("off-days" if phrase.weekdays else "bad")
    if phrase.workdays:
        if len(phrase.weekdays) != 5:
            raise phrase.unclear("two-days")
        draft.repeat(kind="workdays")
    elif len(phrase.weekdays) == 7:
        # `2026-10-01 至 2026-10-07 每天`: the very days are named, holidays or not.
        dates = draft.rule.dates if draft.rule and draft.rule.kind == "range" else ()
        if not (dates and (dates[1] - dates[0]).days <= LONGEST_NAMED):
            draft.repeat(kind="every")
    else:
        if draft.rule is not None and draft.rule.named and not phrase.each and phrase.weekdays != {5, 6}:
            raise draft.place.unclear("two-days")  # the last day's own weekday, or every such day between?
        draft.repeat(kind="weekdays", values=tuple(sorted(phrase.weekdays)))


def _take_times(draft: Draft, phrase: Times) -> None:
    draft.times.append((phrase.first, phrase.last))
    if not in_order(tuple(draft.times)):
        raise phrase.unclear("times-overlap")


def _take_all_day(draft: Draft, _phrase: AllDay) -> None:
    draft.times.append((0, WHOLE_DAY))


_TAKE: Mapping[type[Phrase], Callable[[Draft, Any], None]] = {
    Dates: _take_dates,
    IsoDates: _take_iso,
    Months: _take_months,
    YearlyDay: _take_yearly,
    Nth: _take_nth,
    LastDay: _take_last_day,
    Interval: _take_interval,
    Days: _take_weekly,
    Times: _take_times,
    AllDay: _take_all_day,
}
