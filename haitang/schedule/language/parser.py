"""From a text to its phrases: what each rule of grammar.lark says.

The rule: the grammar has no conflicts (`strict`); a text that is no sentence of it is refused at the piece that does not fit.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from haitang.schedule.language import phrases
from haitang.schedule.language.clock_times import moment, read_point, refuse_forgotten_words, span
from haitang.schedule.language.dates import iso_dates, months_of, one_date, year_day, year_months, year_stretches
from haitang.schedule.language.lalr import Misfit, Token
from haitang.schedule.language.lalr import parse as parts
from haitang.schedule.language.lexer import SAYS_NOTHING_ALONE, tokens
from haitang.schedule.language.numerals import number
from haitang.schedule.language.phrases import Days, Phrase, Unclear
from haitang.schedule.language.spelling import Language, Spelling, UnreadableTime, spell

_DAYS = "一二三四五六日"
_ENGLISH = ("mo", "tu", "we", "th", "fr", "sa", "su")
_ENGLISH_WORD = re.compile("[A-Za-z]{2}")
_WEEK = frozenset(range(7))
# What a token that fits nowhere says of the text.
_MISFITS: Mapping[Language, Mapping[str, str]] = {
    "hours": {
        **dict.fromkeys(("MONTHLY", "NTH", "LAST_DAY", "QUARTER", "EVERY_N"), "monthly"),
        "LUNCH": "rest-unclear",
        **dict.fromkeys(("DATE", "YEAR", "YEAR_MONTH", "ISO"), "with-year"),
    },
    "when": {"FEAST": "lunar", "ASIDE": "aside"},
}
_BOUNDS = ("FROM", "AFTER", "UNTIL", "MONTH_END")  # without the other end of a stretch they leave it open


def parse(text: str, language: Language) -> tuple[Spelling, tuple[Phrase, ...]]:
    """A text and its phrases, separators among them. Raises UnreadableTime."""
    spelling = spell(text)
    if _ENGLISH_WORD.search(spelling.plain):
        from haitang.schedule.language.english import translated  # most texts have none

        spelling = translated(spelling, language)
    found = tokens(spelling, language)
    try:
        said: tuple[Any, ...] = tuple(parts(found, language, lambda rule: getattr(_PHRASES, rule)))
        flat = [one for phrase in said for one in (phrase.items if isinstance(phrase, phrases.Group) else (phrase,))]
        refuse_forgotten_words([one for one in flat if isinstance(one, phrases.Times)])
        return spelling, said
    except Misfit as mistake:
        raise _misfit(spelling, found, mistake.place, language) from None
    except Unclear as mistake:
        raise mistake.told(spelling, language) from None


def _misfit(spelling: Spelling, found: Sequence[Token], at: int, language: Language) -> UnreadableTime:
    """The piece from a token that does not fit to the end of its clause."""
    token = found[at] if at < len(found) else Token("", "", 0, 0)  # the end fits nowhere
    before = found[at - 1] if at else None
    if (
        before is not None
        and before.type == "PART"
        and token.type in ("REST", "EXCEPT", "OPEN", "USUAL", "AS_USUAL")
        and language == "hours"
    ):
        return Unclear(before.start_pos or 0, token.end_pos or 0, "half-day").told(spelling, language)
    if before is not None and before.type == "PART":
        return Unclear(before.start_pos or 0, before.end_pos or 0, "no-hour").told(spelling, language)
    if before is not None and before.type in SAYS_NOTHING_ALONE:
        at -= 1
    rest = found[at:] or found[-1:]
    last = next((one for one in rest[1:] if one.type in ("SEP", "COMMA", "RPAR")), None)
    end = last.start_pos if last else rest[-1].end_pos if rest else 0
    code = _MISFITS[language].get(token.type, "bad")
    if language == "hours" and before is not None and (token.type in _BOUNDS or before.type in _BOUNDS):
        at = max(at - 1 - (before.type in _BOUNDS), 0)  # 10月1日起 has no end, nor has 9:00起
        rest, code = found[at:], "no-hour" if found[at].type == "CLOCK" else "season-unclear"
    return Unclear(rest[0].start_pos or 0 if rest else 0, end or 0, code).told(spelling, language)


def _place(children: Sequence[Any]) -> tuple[int, int]:
    first, last = children[0], children[-1]
    start = first.start_pos if isinstance(first, Token) else first.start
    end = last.end_pos if isinstance(last, Token) else last.end
    return start or 0, end or 0


def _weekday(token: Token) -> int:
    """周三, 星期天, 周3, We, 三 → 2."""
    last = token[-1]
    if last in _DAYS:
        return _DAYS.index(last)
    if last == "天":
        return 6
    return int(last) - 1 if last.isdecimal() else _ENGLISH.index(token[:2].lower())


def _nth(token: Token) -> int:
    """第一 → 1, 最后一 → -1, 倒数第二 → -2."""
    written = token.removesuffix("个")
    place = 1 if written == "首" else number(written[-1])
    return -place if written.startswith(("最后", "倒数")) else place


def _simple(kind: type[Phrase], *values: Any) -> Any:
    return lambda _self, children: kind(*_place(children), *values)


class _Phrases:
    """One method a rule of the grammar; `children` are its tokens and the phrases in it."""

    never_shut = _simple(phrases.NeverShut)
    no_break = _simple(phrases.NoBreak)
    note = _simple(phrases.Note, False)
    aside = _simple(phrases.Note, True)
    last_day = _simple(phrases.LastDay)
    excepted = _simple(phrases.Except)
    all_week = _simple(phrases.AllDay, True, True)

    def separator(self, children: list[Token]) -> phrases.Separator:
        return phrases.Separator(*_place(children), children[0].type == "SEP")

    def group(self, children: list[Any]) -> phrases.Group:
        return phrases.Group(*_place(children), tuple(one for one in children if not isinstance(one, Token)))

    def usual(self, children: list[Token]) -> phrases.Usual:
        return phrases.Usual(*_place(children), children[0].type == "OPEN", children[0].type == "AS_USUAL")

    def rest(self, children: list[Token]) -> phrases.Rest:
        return phrases.Rest(*_place(children), children[0].type == "REST_DAY")

    def all_day(self, children: list[Token]) -> phrases.AllDay:
        return phrases.AllDay(*_place(children), False, "24" in children[0] or "二十四" in children[0])

    # --- days ---

    def one_day(self, children: list[Token]) -> Days:
        (token,) = children
        weekdays = {
            "EVERYDAY": _WEEK, "WORKDAY": frozenset(range(5)), "WEEKEND": frozenset((5, 6)), "HOLIDAY": frozenset[int](),
        }.get(token.type)  # fmt: skip
        if weekdays is None:
            weekdays = frozenset((_weekday(token),))
        each = token.type == "EVERYDAY" or token[0] in "每逢"
        return Days(*_place(children), weekdays, token.type == "WORKDAY", token.type == "HOLIDAY", each)

    def weekday_range(self, children: list[Token]) -> Days:
        first, last = _weekday(children[0]), _weekday(children[2])
        if first == last:
            raise Unclear(*_place(children), "bad")
        days = range(first, last + 1) if first < last else (*range(first, 7), *range(last + 1))
        return Days(*_place(children), frozenset(days), False, False, children[0][0] in "每逢")

    def days(self, children: list[Any]) -> Days:
        days = [one for one in children if isinstance(one, Days)]
        weekdays = frozenset[int]().union(*(one.weekdays for one in days))
        if sum(len(one.weekdays) for one in days) > len(weekdays):
            raise Unclear(*_place(days), "two-days")  # a day said twice is another one mistyped
        touching = len(children) == 3 and isinstance(children[1], Token) and not children[1]
        if touching and len(weekdays) == 2 and min(weekdays) == 0 and max(weekdays) >= 4:
            raise Unclear(*_place(days), "two-days")  # 周一周五: both, or from one to the other?
        workdays, holidays = any(one.workdays for one in days), any(one.holidays for one in days)
        return Days(*_place(children), weekdays, workdays, holidays, days[0].each)

    def excluding(self, children: list[Any]) -> phrases.Without:
        return phrases.Without(*_place(children), children[1])

    bracketed = excluding

    def including(self, children: list[Any]) -> phrases.With:
        return phrases.With(*_place(children), children[1])

    def off(self, children: list[Any]) -> phrases.OnHolidays:
        return phrases.OnHolidays(*_place(children), children[0], "off")

    def on(self, children: list[Any]) -> phrases.OnHolidays:
        return phrases.OnHolidays(*_place(children), children[0], "on")

    # --- clock times ---

    def point(self, children: list[Token]) -> phrases.Point:
        part = next((str(one) for one in children if one.type == "PART"), "")
        return read_point(children[-1], part, children[0].type == "NEXT_DAY", *_place(children))

    def span(self, children: list[Any]) -> phrases.Times:
        return span(children[0], children[2])

    def moment(self, children: list[Any]) -> phrases.Times:
        return moment(children[0])

    # --- parts of every year ---

    def season(self, children: list[Token]) -> phrases.SeasonName:
        return phrases.SeasonName(*_place(children), str(children[0]), False)

    def feast(self, children: list[Token]) -> phrases.SeasonName:
        return phrases.SeasonName(*_place(children), str(children[0]), True)

    def rest_of_time(self, children: list[Token]) -> phrases.RestOfTime:
        return phrases.RestOfTime(*_place(children), str(children[0]))

    def year_day(self, children: list[Token]) -> phrases.YearDay:
        return year_day(children[0], *_place(children))

    def year_range(self, children: list[Any]) -> phrases.YearRange:
        first, last = (one for one in children if isinstance(one, phrases.YearDay))
        next_year = any(isinstance(one, Token) and one.type == "NEXT_YEAR" for one in children)
        return phrases.YearRange(*_place(children), first, last, next_year)

    def year_days(self, children: list[Any]) -> phrases.YearDays:
        items = [one for one in children if not isinstance(one, Token)]
        return phrases.YearDays(*_place(items), year_stretches(items))

    # --- the days of an activity ---

    def interval(self, children: list[Token]) -> phrases.Interval:
        count = re.search(r"每([两二三四2-4])", children[0])
        return phrases.Interval(*_place(children), number(count[1]) if count else 2)

    def date(self, children: list[Token]) -> phrases.DatePoint:
        weekday = _weekday(children[1]) if len(children) > 1 else None
        return one_date(children[0], weekday, *_place(children))

    def date_range(self, children: list[Any]) -> tuple[phrases.DatePoint, phrases.DatePoint]:
        return children[0], children[2]

    def dates(self, children: list[Any]) -> phrases.Dates:
        items = tuple(one if isinstance(one, tuple) else (one, None) for one in children if not isinstance(one, Token))
        return phrases.Dates(items[0][0].start, (items[-1][1] or items[-1][0]).end, items, "days")

    def _said(self, children: list[Any], role: str) -> phrases.Dates:
        dates = next(one for one in children if not isinstance(one, Token))
        items = dates.items if isinstance(dates, phrases.Dates) else ((dates, None),)
        return phrases.Dates(*_place(children), items, role)

    def without_dates(self, children: list[Any]) -> phrases.Dates:
        return self._said(children, "skipped")

    def skipped(self, children: list[Any]) -> phrases.Dates:
        return self._said(children, "skipped")

    def cancelled(self, children: list[Any]) -> phrases.Dates:
        return self._said(children, "cancelled")

    def since(self, children: list[Any]) -> phrases.Dates:
        return self._said(children, "starts")

    def starts(self, children: list[Any]) -> phrases.Dates:
        return self._said(children, "starts")

    def until(self, children: list[Any]) -> phrases.Dates:
        behind_dash = isinstance(children[0], Token) and children[0].type == "UNTIL_DASH"
        return self._said(children, "end" if behind_dash else "until")

    def iso(self, children: list[Token]) -> phrases.IsoDates:
        return iso_dates(children[0], *_place(children))

    def one_month(self, children: list[Token]) -> phrases.Months:
        return phrases.Months(*_place(children), months_of(children, Phrase(*_place(children))), None, False)

    month_range = one_month

    def months(self, children: list[Any]) -> phrases.Months:
        numbers = {month for one in children if isinstance(one, phrases.Months) for month in one.months}
        yearly = isinstance(children[0], Token)
        return phrases.Months(*_place(children), tuple(sorted(numbers)), None, yearly)

    def yearly(self, children: list[Token]) -> phrases.YearlyDay:
        day = one_date(children[1], None, *_place(children))
        return phrases.YearlyDay(*_place(children), day.month, day.day)

    def quarter(self, children: list[Token]) -> phrases.Monthly:
        which = re.search(r"第([一二三])|(最后|末)", children[0])
        first = 1 if which is None else 3 if which[2] else number(which[1])
        return phrases.Monthly(*_place(children), tuple(range(first, 13, 3)))

    def monthly(self, children: list[Token]) -> phrases.Monthly:
        return phrases.Monthly(*_place(children), ())

    def nth(self, children: list[Token]) -> phrases.Nth:
        places = tuple(dict.fromkeys(_nth(one) for one in children[:-1] if one.type == "NTH"))
        last = children[-1]
        return phrases.Nth(*_place(children), places, None if last.type == "WORKDAY" else _weekday(last))

    def year_months(self, children: list[Token]) -> phrases.Months:
        return phrases.Months(*_place(children), (), year_months(children, Phrase(*_place(children))), False)


_PHRASES = _Phrases()
