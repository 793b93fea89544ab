"""Days as people of a language say them, by Babel.

The rule: a date is never said with more than is known of it. In Chinese a date of an entry stands as it was written.
"""

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from haitang.schedule.partial_dates import PartialDate, read_date

if TYPE_CHECKING:
    from babel import Locale

_ENGLISH = "en_GB"
_LOCALES = {"zh-CN": "zh_Hans_CN", "zh-TW": "zh_Hant_TW", "en": _ENGLISH}
_LEAP_YEAR = 2024  # in which every day of a year exists


@cache
def locale_of(language: str) -> "Locale":
    from babel import Locale  # takes a moment, and most commands say no date

    return Locale.parse(_LOCALES.get(language, _ENGLISH))


@lru_cache(4096)
def day(given: date | PartialDate | str | None, language: str) -> str:
    """A date of an entry as far as it is known: `30 November 2026`, `November 2026`, `2026`; empty for none."""
    if not given:
        return ""
    if language.startswith("zh"):
        return str(given)
    known = read_date(str(given))
    if not known.month:
        return str(known.year)
    return long_day(known.first, language) if known.day else _said("yMMMM", known.first, language)


@lru_cache(1024)
def long_day(given: date, language: str) -> str:
    """`2026年12月1日`, `1 December 2026`."""
    from babel.dates import format_date

    return str(format_date(given, "long", locale=locale_of(language)))


@lru_cache(1024)
def month_day(month: int, number: int, language: str) -> str:
    """A day of every year: `12月1日`, `1 December`."""
    return _said("MMMMd", date(_LEAP_YEAR, month, number), language)


@lru_cache(1024)
def days(since: date, until: date, language: str) -> str:
    """Days in a row, what both share said once: `2026年12月1日至5日`, `1–5 December 2026`."""
    from babel.dates import format_interval

    if since == until:
        return long_day(since, language)
    return str(format_interval(since, until, "yMMMd", locale=locale_of(language))).replace("\u2009", " ")


def _said(skeleton: str, given: date, language: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton(skeleton, given, locale=locale_of(language)))
