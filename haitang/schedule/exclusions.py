"""What the text of an activity's times takes away: days that are left out or called off, and public holidays.

The rule: a word that takes days away is read with all the days it is about, or the text is refused.
"""

import re
from typing import Literal

from haitang.schedule.date_tokens import AND, DATE, NAMED, SHORT, WEEK, UnreadableWhen, stretches_in
from haitang.schedule.recurrence import Stretch

Holidays = Literal["", "off", "on"]
LONGEST_SKIP = 366  # days; a longer stretch is no exception any more

_SKIP_WORD = r"(?:除外|不办|不开展|不举行|不举办|休息)"
_CANCEL_WORD = r"(?:已?取消|停办|暂停|停一次)"
_SOME_DATES = rf"{DATE}{NAMED}(?:(?:\s*-\s*|{AND})(?:{DATE}|{SHORT}){NAMED})*"
_SKIPPED = re.compile(rf"(?P<dates>{_SOME_DATES})\s*{_SKIP_WORD}|除了?\s*(?P<other>{_SOME_DATES})\s*(?:之?外|以外)", re.ASCII)
_CANCELLED = re.compile(rf"(?P<dates>{_SOME_DATES})\s*{_CANCEL_WORD}", re.ASCII)
_HOLIDAY = r"(?:国家)?(?:法定)?节假日(?:期间)?"
_HOLIDAYS_OFF = re.compile(rf"除了?{_HOLIDAY}(?:之?外|以外)|(?:[遇逢]|遇到)?{_HOLIDAY}\s*(?:除外|{_SKIP_WORD}|{_CANCEL_WORD})")
_HOLIDAYS_ON = re.compile(
    rf"(?:含|包括)?{_HOLIDAY}\s*(?:照常|正常|不休息?|不停|也办|无休)(?:开展|举行|举办|进行)?|(?:含|包括){_HOLIDAY}"
)
_BESIDE = re.compile(
    rf"(?:{WEEK}?[一二三四五六日天末号]|双休日|工作日|{DATE})\s*[、和及与]\s*(?:{_HOLIDAYS_OFF.pattern}|{_HOLIDAYS_ON.pattern})"
    rf"|[;\n,、]\s*每?(?:{WEEK}[一二三四五六日天末]|双休日)\s*,\s*{_HOLIDAY}\s*{_SKIP_WORD}",
    re.ASCII,
)


def skipped(text: str) -> tuple[tuple[Stretch, ...], str]:
    """The days that a text leaves out, and the text without them."""
    return _taken(_SKIPPED, text)


def cancelled(text: str) -> tuple[tuple[Stretch, ...], str]:
    """The days that a text calls off, and the text without them."""
    return _taken(_CANCELLED, text)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[tuple[Stretch, ...], str]:
    found: list[Stretch] = []
    for match in pattern.finditer(text):
        groups = match.groupdict()
        stretches, rest = stretches_in(groups["dates"] or groups.get("other") or "")
        if rest.strip():
            raise UnreadableWhen(rest, "when-needs-year")  # `2026-10-14、21日`
        found.extend(stretches)
    for first, last in found:
        if (last - first).days > LONGEST_SKIP:
            raise UnreadableWhen(f"{first}-{last}", "bad-when")
    return tuple(sorted(found)), pattern.sub(" ", text)


def refuse_days_beside_holidays(text: str) -> None:
    """`周一及节假日休息`: the word is about the Monday too, which must not become a day on."""
    if match := _BESIDE.search(text):
        raise UnreadableWhen(match[0], "when-off-days")


def holidays(text: str) -> tuple[Holidays, str]:
    """What a sentence says of public holidays, and the sentence without it."""
    off, on = _HOLIDAYS_OFF.search(text), _HOLIDAYS_ON.search(text)
    if off and on:
        raise UnreadableWhen(on[0])
    return ("off" if off else "on" if on else ""), _HOLIDAYS_ON.sub(" ", _HOLIDAYS_OFF.sub(" ", text))
