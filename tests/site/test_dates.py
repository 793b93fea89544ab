"""Days in words, by language."""

from datetime import date

import pytest

from haitang.schedule.partial_dates import PartialDate
from haitang.site.languages.dates import day, days, long_day, month_day
from haitang.site.languages.numbers import large


@pytest.mark.parametrize(
    ("given", "chinese", "english"),
    [
        (PartialDate(2018), "2018", "2018"),
        (PartialDate(2018, 11), "2018-11", "November 2018"),
        (PartialDate(2018, 11, 30), "2018-11-30", "30 November 2018"),
        (date(2026, 3, 8), "2026-03-08", "8 March 2026"),
        ("2026-03-08", "2026-03-08", "8 March 2026"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_dates_of_entries(given: date | PartialDate | str | None, chinese: str, english: str) -> None:
    assert (day(given, "zh-CN"), day(given, "zh-TW"), day(given, "en")) == (chinese, chinese, english)


def test_days_of_every_year_and_whole_days() -> None:
    assert [month_day(2, 29, language) for language in ("zh-CN", "zh-TW", "en")] == ["2月29日", "2月29日", "29 February"]
    assert [month_day(12, 1, language) for language in ("zh-CN", "en")] == ["12月1日", "1 December"]
    assert [long_day(date(2026, 12, 1), language) for language in ("zh-CN", "en")] == ["2026年12月1日", "1 December 2026"]


@pytest.mark.parametrize(
    ("since", "until", "chinese", "english"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), "2026年12月1日", "1 December 2026"),
        (date(2026, 12, 1), date(2026, 12, 5), "2026年12月1日至5日", "1–5 Dec 2026"),
        (date(2026, 11, 30), date(2026, 12, 5), "2026年11月30日至12月5日", "30 Nov – 5 Dec 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "2026年12月30日至2027年1月2日", "30 Dec 2026 – 2 Jan 2027"),
    ],
)
def test_days_in_a_row(since: date, until: date, chinese: str, english: str) -> None:
    assert (days(since, until, "zh-CN"), days(since, until, "en")) == (chinese, english)


@pytest.mark.parametrize(
    ("digits", "scale", "chinese", "english"),
    [
        ("1,230", "", "1,230", "1,230"),
        ("50", "wan", "50万", "500K"),
        ("1,230", "wan", "1,230万", "12.3M"),
        ("−3", "yi", "−3亿", "−300M"),
    ],
)
def test_large_numbers(digits: str, scale: str, chinese: str, english: str) -> None:
    names = {"wan": "万", "yi": "亿", "wan_yi": "万亿"}
    assert (large(digits, scale, names, "zh-CN"), large(digits, scale, names, "en")) == (chinese, english)
