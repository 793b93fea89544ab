"""Opening hours as editors write them, read into weeks of spans, days that differ, and what they say of public holidays.

The rule: what cannot be read with certainty is refused, never guessed; the text itself is what pages show beside the week. Each
of AMBIGUITIES is refused, with a test that says so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from haitang.schedule.language.phrases import Phrase, Unclear
from haitang.schedule.language.spelling import Spelling
from haitang.schedule.month_days import YEAR, days_of, stretches_in
from haitang.schedule.opening_hours import DAY_MINUTES, DatedHours, HolidayPolicy, OpeningHours, Season, Spans
from haitang.schedule.opening_hours_clauses import Clause, Clauses, Head, HolidayMark
from haitang.schedule.opening_hours_gatherer import gather
from haitang.schedule.opening_hours_week import Rule, in_order, merged, refuse_nights_that_overlap, rule_of, week_of
from haitang.schedule.seasons import parts_of_year

# What may be meant in two ways, by the problem it is told as, with a text of the kind. The tests hold `read_hours` to each.
AMBIGUITIES: Mapping[str, str] = {
    "hours-no-days": "8:30-17:00",
    "hours-no-hour": "周一至周五；周六 9:00-12:00",
    "hours-two-rules": "周一至周五 9:00-12:00；周三 14:00-16:00",
    "hours-open-and-closed": "周一闭馆；周一 9:00-12:00；周二 9:00-17:00",
    "hours-times-overlap": "周一 9:00-12:00, 11:00-14:00",
    "hours-two-days": "每天 周一 9:00-17:00",
    "hours-rest-unclear": "每天 9:00-17:00 休息",
    "hours-hour-unclear": "周一至周五 1:30-5:30",
    "hours-midnight": "每天 晚上12:00-8:00",
    "hours-ends-before-start": "每天 9:00-3:00",
    "hours-holiday-unclear": "周二至周日 9:00-17:00，周一闭馆，法定节假日除外",
    "hours-workday-holiday": "工作日 9:00-17:00，节假日照常",
    "hours-never-shut": "全年无休；周一闭馆；周二至周日 9:00-17:00",
    "season-unclear": "5月-9月 每天 8:00-18:00；10月-4月 每天 9:00-17:00；周一闭馆",
    "seasons-overlap": "5月-9月 每天 8:00-18:00；9月-4月 每天 9:00-17:00",
    "season-without-dates": "夏季 每天 8:30-17:30；冬季 每天 9:00-17:00",
    "hours-lunar": "每天 9:00-17:00，春节期间闭馆",
    "hours-monthly": "每月最后一个周一闭馆；每天 9:00-17:00",
    "hours-with-year": "每天 9:00-17:00，2026年10月1日闭馆",
    "hours-irregular": "随时开放",
    "hours-break-unclear": "每天 8:30-11:30, 13:30-17:00，中午不休息",
    "hours-half-day": "每天 9:00-17:00；周三下午闭馆",
    "hours-two-kinds": "开放时间：每天 6:00-22:00；办公时间：周一至周五 9:00-17:00",
    "hours-all-day": "周一至周五 8:30-11:30；周六全天",
    "hours-aside": "每天 9:00-17:00，18:00-20:00需预约",
}
_LONGEST_CONFUSED = 31  # days of dated hours that a word of holidays may be meant against
_ALL = frozenset(range(7))
_WEEKEND = frozenset((5, 6))
_FEWEST_LEFT = 4  # days of a week that days of rest leave open without naming them
_ENGLISH_DAY = re.compile(r"(?<![a-z])(?:mo|tu|we|th|fr|sa|su)", re.IGNORECASE)
_OSM_DAY = re.compile(r"(?<![A-Za-z])(?:[Mm]o|[Tt][uh]|We(?=\s*[-,\d])|[Ff]r|[Ss][au])(?![A-Za-z])")


@lru_cache(16384)  # most places of a city keep the same few hours
def read_hours(text: str) -> OpeningHours:
    """`周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00` → OpeningHours.

    Rules are parted by any sign, or by none; times without days belong to the days before them. The narrower rule wins,
    whatever the order. Raises UnreadableTime with the piece that was not certain, as it was written.
    """
    from haitang.schedule.language.parser import parse  # what was read before needs none

    spelling, phrases = parse(text, "hours")
    try:
        return _meaning(text.strip(), spelling, gather(phrases))
    except Unclear as mistake:
        raise mistake.told(spelling, "hours") from None


def _meaning(text: str, spelling: Spelling, gathered: Clauses) -> OpeningHours:
    whole = Phrase(0, len(spelling.plain))
    clauses = [_checked(clause) for clause in gathered.clauses]
    weekly = [_with_usual(clause, clauses) for clause in clauses if clause.days is not None or not clause.holidays]
    holidays = _holidays(gathered, weekly)
    if gathered.all_day and any(clause.spans and clause.hours != ((0, DAY_MINUTES),) for clause in clauses):
        raise gathered.all_day.unclear("all-day")  # 周六全天 may be the morning and the afternoon of the other days
    asides = [note for note in gathered.notes if note.aside]
    if asides and len(_opening(weekly)) > 1:
        raise asides[0].unclear("aside")
    if _ENGLISH_DAY.search(spelling.plain):
        _refuse_osm_order(weekly)
    if _OSM_DAY.search(spelling.written):
        _refuse_osm_dates(weekly)
    parts = parts_of_year(weekly, whole)
    seasons = tuple(_season(head, clauses, holidays, gathered) for head, clauses in parts.seasons)
    if not any(any(season.week) for season in seasons):
        raise whole.unclear("no-opening" if gathered.clauses else "bad")
    exceptions = tuple(DatedHours(*stretch, spans) for dates, spans in parts.exceptions for stretch in stretches_in(dates))
    _refuse_contradictions(gathered, seasons, exceptions, holidays)
    notes = tuple(spelling.quote(note.start, note.end) for note in gathered.notes)
    words = spelling.quote(holidays.place.start, holidays.place.end) if holidays.place else ""
    return OpeningHours(text, seasons, exceptions, holidays.policy, words, notes)


# --- public holidays ---


@dataclass(frozen=True, slots=True)
class _Holidays:
    """What is said of holidays. `hours`: their own. `opened`: weekdays that are closed but not on a holiday."""

    policy: HolidayPolicy
    hours: Spans = ()
    opened: frozenset[int] = frozenset()
    place: Phrase | None = None


def _holidays(gathered: Clauses, weekly: Sequence[Clause]) -> _Holidays:
    said = [
        _of_clause(clause, before, weekly)
        for before, clause in zip([None, *gathered.clauses], gathered.clauses, strict=False)
        if clause.holidays
    ]
    said += [_of_mark(mark, weekly) for mark in gathered.marks]
    if gathered.never_shut and all(one.policy not in ("hours", "open") for one in said):
        said.append(_Holidays("open", place=gathered.never_shut))
    if not said:
        return _Holidays("unsaid")
    first = said[0]
    for other in said[1:]:
        if replace(other, place=None) != replace(first, place=None):
            if {first.policy, other.policy} != {"open"} or (first.opened and other.opened):
                raise (other.place or first.place or Phrase(0, 0)).unclear("holiday-unclear")
            first = first if first.opened else other
    return first


def _of_clause(clause: Clause, before: Clause | None, weekly: Sequence[Clause]) -> _Holidays:
    place = clause.whole
    if clause.own_head:
        raise place.unclear("holiday-unclear")
    if clause.closed:
        return _Holidays("closed", place=place)
    if clause.spans:
        if clause.as_usual and not _is_told_all_year(weekly):
            raise place.unclear("holiday-unclear")  # 节假日正常开放 9:00-17:00: the holidays' hours, or those of all days?
        return _Holidays("hours", clause.hours, place=place)
    host = before if before is not None and clause.group and before.group != clause.group else None
    if before and before.closed and clause.usual and clause.usual.vague:
        raise place.unclear("holiday-unclear")  # 周一闭馆（节假日照常）: closed as usual, or open?
    if host and host.spans and len(_opening(weekly)) > 1:
        raise place.unclear("holiday-unclear")
    # 周一闭馆（节假日照常开放） is about a Monday.
    return _Holidays("open", opened=(host.days if host and host.closed else None) or frozenset(), place=place)


def _opening(weekly: Sequence[Clause]) -> set[frozenset[int] | None]:
    """The days of clauses with hours."""
    return {clause.days for clause in weekly if clause.spans}


def _is_told_all_year(weekly: Sequence[Clause]) -> bool:
    """Whether there is no day of the year of whose hours nothing is said."""
    dated = [stretch for one in weekly if one.spans and one.own_head and one.head for stretch in one.head.stretches]
    others = any(one.spans and not (one.own_head and one.head and one.head.stretches) for one in weekly)  # 其余月份 among them
    return others or len(days_of(dated)) == len(YEAR)


def _of_mark(mark: HolidayMark, weekly: Sequence[Clause]) -> _Holidays:
    """节假日除外 and 含节假日: about the clause they are written into, else about the whole text, if that is one thing."""
    unclear = mark.place.unclear("holiday-unclear")
    opening = _opening(weekly)
    clause = mark.host or mark.after
    if mark.kind == "except":
        if mark.host is not None and mark.host.closed:
            if mark.host.days is None or mark.host.own_head or mark.host.days <= _WEEKEND:
                raise unclear
            return _Holidays("open", opened=mark.host.days, place=mark.place)
        if (clause is not None and clause.closed) or (mark.host is not None and len(opening) > 1):
            raise unclear
        if mark.host is None and any(one.closed and one.days and not one.days <= _WEEKEND for one in weekly):
            raise unclear  # 周一闭馆，周二至周日 9:00-17:00，法定节假日除外
        return _Holidays("closed", place=mark.place)
    weekend = clause is not None and clause.days is not None and clause.days <= _WEEKEND
    if clause is not None and clause.closed:
        if mark.host is None or not weekend:
            raise unclear
        return _Holidays("closed", place=mark.place)
    if mark.host is not None and weekend and clause is not None and (clause.days == _WEEKEND or len(opening) == 1):
        return _Holidays("hours", clause.hours, place=mark.place)
    if len(opening) > 1 and not (clause is not None and clause.days == _ALL):
        raise unclear
    return _Holidays("open", place=mark.place)


def _checked(clause: Clause) -> Clause:
    """Its times are in order."""
    if not in_order(clause.hours):
        raise clause.whole.unclear("times-overlap")
    return clause


def _with_usual(clause: Clause, clauses: Sequence[Clause]) -> Clause:
    """周末照常开放: the hours of the other days, where these are one."""
    if clause.usual is None or clause.days is None:
        return clause
    spans = {other.hours: other for other in clauses if other.spans and other.days is not None and not other.own_head}
    if len(spans) != 1 or clause.usual.bare:
        raise clause.whole.unclear("no-hour")
    return replace(clause, spans=next(iter(spans.values())).spans)


# --- weeks ---


def _season(head: Head | None, clauses: Sequence[Clause], holidays: _Holidays, gathered: Clauses) -> Season:
    rules = merged(_rules(clauses, gathered))
    week = week_of(rules)
    refuse_nights_that_overlap(rules, week)
    workday = next((rule.spans for rule in rules if rule.workdays), None)
    others = week_of([rule for rule in rules if not rule.workdays])
    without_workdays = None if workday is None else others
    deciding = [rule_of(rules, day) for day in range(7)]
    # Worked or not, a day is told where Monday to Friday all keep its hours.
    steady = [bool(rule and rule.every) or set(week[:5]) == {week[day]} for day, rule in enumerate(deciding)]
    return Season(
        name=head.name if head else "",
        stretches=head.stretches if head else (),
        week=week,
        on_holidays=tuple(_on_holiday(day, deciding[day], week, without_workdays, holidays) for day in range(7)),
        workday=workday,
        steady=(steady[5], steady[6]),
    )


def _rules(clauses: Sequence[Clause], gathered: Clauses) -> Iterable[Rule]:
    """Times without days are of every day where a day of rest, 全年无休 or 24小时 says so."""
    closed = frozenset[int]().union(*(clause.days for clause in clauses if clause.closed and clause.days is not None))
    rest_days = bool(closed) and len(_ALL - closed) >= _FEWEST_LEFT
    for clause in clauses:
        days = clause.days
        if days is None:
            whole_day = clause.hours == ((0, DAY_MINUTES),)
            if clause.spans and not (rest_days or gathered.never_shut or whole_day):
                raise clause.whole.unclear("no-days")
            days = _ALL
        yield Rule(days, clause.hours, clause.workdays, clause.whole)


def _refuse_osm_order(clauses: Sequence[Clause]) -> None:
    """In OSM's own notation the later rule replaces an earlier one; here it must be the narrower one too."""
    for earlier, later in combinations([clause for clause in clauses if clause.days], 2):
        before, after = earlier.days or _ALL, later.days or _ALL
        if earlier.head == later.head and before & after and not after < before:
            raise later.whole.unclear("two-rules")


def _refuse_osm_dates(clauses: Sequence[Clause]) -> None:
    """There a rule without dates is of the whole year and replaces what was said of a part of it before, and a rule of the next
    day may take away what of a night runs into it."""
    dated = False
    nights = [clause for clause in clauses if any(end > DAY_MINUTES for _, end in clause.hours)]
    if nights and len(clauses) > 1:
        raise nights[0].whole.unclear("two-rules")
    for clause in clauses:
        if dated and not clause.own_head:
            raise clause.whole.unclear("two-rules")
        dated = dated or clause.own_head


def _on_holiday(
    day: int, rule: Rule | None, week: Sequence[Spans], without_workdays: Sequence[Spans] | None, holidays: _Holidays
) -> Spans | None:
    """What holds on a public holiday of a weekday; None where nobody can tell."""
    if holidays.policy == "closed":
        return ()
    if holidays.policy == "hours":
        return holidays.hours
    if holidays.policy == "open":
        if day not in holidays.opened:
            # A day of rest that is named may be one on holidays too, or not.
            return None if rule is not None and not rule.spans else week[day]
        usual = {spans for spans in week if spans}
        return next(iter(usual)) if len(usual) == 1 else None
    return () if without_workdays is not None and not without_workdays[day] else None


def _refuse_contradictions(
    gathered: Clauses, seasons: Sequence[Season], exceptions: Sequence[DatedHours], holidays: _Holidays
) -> None:
    shut = not all(all(season.week) for season in seasons) or any(not one.spans for one in exceptions)
    follows_workdays = any(season.workday is not None for season in seasons)
    if gathered.never_shut and (shut or follows_workdays or holidays.policy == "closed"):
        raise gathered.never_shut.unclear("never-shut")
    if any(season.week[day] for season in seasons for day in holidays.opened) and holidays.place:
        raise holidays.place.unclear("holiday-unclear")
    if holidays.policy == "open" and holidays.place and follows_workdays:
        raise holidays.place.unclear("workday-holiday")
    confused = any(one.spans and len(days_of([(one.first, one.last)])) <= _LONGEST_CONFUSED for one in exceptions)
    if holidays.policy in ("closed", "hours") and holidays.place and confused:
        raise holidays.place.unclear("holiday-unclear")
