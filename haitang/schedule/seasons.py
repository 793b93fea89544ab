"""The parts of a year that opening hours name: `夏季（5月1日至9月30日）`, `10月-次年4月`, `其他时间`.

The rule: a season has dates or it is not known. What people call summer begins on another day in every town.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from haitang.schedule.month_days import LAST_DAYS, YEAR, MonthDay, Stretch, days_of, stretches_of

_NAME = r"(?:(?:春夏|夏秋|秋冬|冬春|[春夏秋冬])(?:两?季|天|令时|时制|令)?|暑假|暑期|寒假|旺季|淡季)(?:期间|作息|时间)*"
_END = r"(\d{1,2})月(?:(\d{1,2})[日号])?(?:止|底|末)?"
_START = r"(\d{1,2})(?:月(?:(\d{1,2})[日号])?(?:起|开始)?)?"
_DATES = re.compile(rf"(?:每年)?(?:{_START}-(次年|来年|翌年|第二年|明年)?的?{_END}|{_END})", re.ASCII)
_JOINT = re.compile(r"\s*[、,和及]\s*")
_BARE = re.compile(_NAME)
_REST = re.compile(r"其[他它余](?:的?(?:时间|时段|月份|日期|季节|季度))(?:段|内)?")
BEGINNING = rf"(?:每年)?\d{{1,2}}月|{_NAME}|其[他它余]"  # what the first rule of a season begins with


class UnreadableSeason(ValueError):
    """`part` is the piece that is not certain, `code` the problem it is told as."""

    def __init__(self, part: str, code: str) -> None:
        self.part, self.code = part, code
        super().__init__(part)


@dataclass(frozen=True, slots=True)
class Head:
    """What the first rule of a season begins with. No stretches: all the days that no other season names."""

    name: str
    stretches: tuple[Stretch, ...]
    written: str = field(default="", compare=False)  # to name it in a message


def read_head(rule: str) -> tuple[Head, str] | None:
    """`夏季 5月1日-9月30日 08:30-17:30` → its Head and `08:30-17:30`; None where no season is named.

    The rule is plain text as `hours.plain` makes it. Raises UnreadableSeason.
    """
    if match := _REST.match(rule):
        return Head(match[0], (), match[0]), _after(rule, match.end())
    before = _BARE.match(rule)
    start = len(rule) - len(_after(rule, before.end())) if before else 0
    stretches, end = _read_dates(rule, start)
    if not stretches:
        if before:
            raise UnreadableSeason(before[0], "season-without-dates")
        return None
    if sum(len(days_of([stretch])) for stretch in stretches) > len(days_of(stretches)):
        raise UnreadableSeason(rule[start:end], "seasons-overlap")
    rest = _after(rule, end)
    after = None if before else _BARE.match(rest)
    name = before or after
    return Head(name[0] if name else "", stretches, rule[start:end]), _after(rest, after.end()) if after else rest


def _after(rule: str, end: int) -> str:
    return rule[end:].lstrip(" :,")


def _read_dates(rule: str, start: int) -> tuple[tuple[Stretch, ...], int]:
    """The stretches that stand at a place of a rule, and where they end."""
    stretches: list[Stretch] = []
    at = end = start
    while dates := _DATES.match(rule, at):
        stretches.append(_stretch(dates))
        end = dates.end()
        joint = _JOINT.match(rule, end)
        if joint is None:
            break
        at = joint.end()
    return tuple(stretches), end


def settled(heads: Iterable[Head]) -> tuple[Head, ...]:
    """The heads of one text with the days of `其他时间` filled in; days that no head names stay out of all of them.

    Raises UnreadableSeason where a day would belong to two, or where nothing is left for the rest.
    """
    heads = tuple(heads)
    taken: set[MonthDay] = set()
    for head in heads:
        days = days_of(head.stretches)
        if taken & days:
            raise UnreadableSeason(head.written, "seasons-overlap")
        taken |= days
    left = tuple(stretches_of([at for at, day in enumerate(YEAR) if day not in taken]))
    open_ended = [head for head in heads if not head.stretches]
    if open_ended and (not left or not taken or len(open_ended) > 1):
        raise UnreadableSeason(open_ended[-1].written, "season-unclear")
    return tuple(replace(head, stretches=head.stretches or left) for head in heads)


def _stretch(dates: re.Match[str]) -> Stretch:
    """One range of dates. A month without a day begins with its first and ends with its last day."""
    month, day, next_year, last_month, last_day, only_month, only_day = dates.groups()
    if only_month:
        return _day(dates, only_month, only_day, first=True), _day(dates, only_month, only_day, first=False)
    first, last = _day(dates, month, day, first=True), _day(dates, last_month, last_day, first=False)
    if next_year and last >= first:
        raise UnreadableSeason(dates[0], "bad-season-dates")
    return first, last


def _day(dates: re.Match[str], month: str, day: str | None, *, first: bool) -> MonthDay:
    last_day = LAST_DAYS[int(month) - 1] if 1 <= int(month) <= 12 else 0
    at = int(month) * 100 + (int(day) if day else 1 if first else last_day)
    if at not in YEAR:
        raise UnreadableSeason(dates[0], "bad-season-dates")
    return at


