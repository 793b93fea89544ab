"""Public holidays: what is shipped is what the State Council announced, and nothing beyond it."""

import re
from datetime import date
from pathlib import Path

import pytest
from chinese_calendar.constants import holidays, workdays

from haitang.model.settings import Settings
from haitang.model.validation import read
from haitang.schedule.holidays import ANNOUNCED, HolidayCalendar, calendar_of, parts_differ, special_days
from haitang.schedule.partial_dates import read_days
from haitang.schedule.recurrence_parser import read_when
from haitang.source.parser import Fields, parse

LAST_YEAR = ANNOUNCED.last_year
FRONTEND = Path(__file__).resolve().parents[2] / "frontend"


def days(year: int, text: str) -> set[date]:
    """`0101-0103,0215` as dates."""
    found = set()
    for part in text.split(","):
        first, last = (date(year, int(day[:2]), int(day[2:])) for day in (part[:4], part[-4:]))
        found |= {date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)}
    return found


def test_every_day_of_every_year_is_there() -> None:
    data = special_days(min(holidays).year)
    assert data["until"] == LAST_YEAR
    for name, known in (("off", holidays), ("worked", workdays)):
        written = data[name]
        assert isinstance(written, dict)
        assert set().union(*(days(int(year), text) for year, text in written.items() if text)) == set(known)


def test_years_before_the_data_are_left_out() -> None:
    data = special_days(LAST_YEAR)
    assert isinstance(data["off"], dict)
    assert list(data["off"]) == [str(LAST_YEAR)]
    assert special_days(LAST_YEAR + 1) == {"until": LAST_YEAR, "off": {}, "worked": {}}


def test_the_browser_is_tested_with_the_real_days_of_2026() -> None:
    text = (FRONTEND / "tests" / "fixtures" / "days.ts").read_text("utf-8")
    off, worked = re.findall(r'"2026": "([\d,-]+)"', text)
    data = special_days(2026)
    assert isinstance(data["off"], dict)
    assert isinstance(data["worked"], dict)
    assert (data["off"]["2026"], data["worked"]["2026"]) == (off, worked)


def test_weekends_that_are_worked_are_no_holidays() -> None:
    assert not set(workdays) & set(holidays)
    assert all(day.weekday() >= 5 for day in workdays)


NEXT, AFTER = LAST_YEAR + 1, LAST_YEAR + 2


def known_with(text: str) -> HolidayCalendar:
    """The calendar of a directory.yml with these `holidays`."""
    areas = "areas: [{id: a, name: 甲}]\ntiers: [{id: point, name: 点, short_name: 点}]\n"
    tree = parse(f"title: 示例\n{areas}holidays:\n{text}", "directory.yml")
    assert isinstance(tree, Fields)
    settings = read(Settings, tree, "directory.yml")
    assert isinstance(settings, Settings), settings
    return settings.calendar


def year(number: int, off: str, worked: str = "") -> str:
    more = f"    worked: [{worked}]\n" if worked else ""
    return f"  - year: {number}\n    off: [{off}]\n{more}    source: {{title: 示例通知}}\n"


def test_a_directory_completes_what_is_known() -> None:
    known = known_with(year(NEXT, f"{LAST_YEAR}-12-31 至 {NEXT}-01-02, {NEXT}年10月1日至7日", f"{NEXT}-10-09"))
    assert known.last_year == NEXT and known.last_day == date(NEXT, 12, 31)
    assert {date(LAST_YEAR, 12, 31), date(NEXT, 1, 1), date(NEXT, 10, 7)} <= known.off
    assert date(LAST_YEAR, 10, 1) in known.off and date(NEXT, 10, 8) not in known.off
    assert ANNOUNCED.last_year == LAST_YEAR and date(NEXT, 1, 1) not in ANNOUNCED.off
    data = special_days(NEXT, known)
    assert data == {"until": NEXT, "off": {str(NEXT): "0101-0102,1001-1007"}, "worked": {str(NEXT): "1009"}}


def test_a_directory_corrects_a_whole_year() -> None:
    known = known_with(year(LAST_YEAR, f"{LAST_YEAR}-10-01"))
    assert [day for day in known.off | known.worked if day.year == LAST_YEAR] == [date(LAST_YEAR, 10, 1)]
    assert {day for day in known.off if day.year < LAST_YEAR} == {day for day in holidays if day.year < LAST_YEAR}
    assert known.last_year == LAST_YEAR


def test_a_year_behind_one_that_is_missing_is_not_the_last_known() -> None:
    known = known_with(year(AFTER, f"{AFTER}-10-01"))
    assert known.last_year == LAST_YEAR and date(AFTER, 10, 1) in known.off
    assert known_with(year(AFTER, f"{AFTER}-10-01") + year(NEXT, f"{NEXT}-10-01")).last_year == AFTER


def test_activities_follow_the_days_of_a_directory() -> None:
    known = known_with(year(NEXT, f"{NEXT}-10-01 至 {NEXT}-10-07", f"{NEXT}-10-09 至 {NEXT}-10-16"))
    worked = next(day for day in known.worked if day.year == NEXT and day.weekday() == 5)
    when = read_when("工作日 9:00")
    assert not when.on(worked) and [one.doubt for one in when.on(worked, known)] == [""]
    monday = next(day for day in known.off if day.year == NEXT and day.weekday() == 0)
    assert [one.doubt for one in when.on(monday)] == ["calendar"] and not when.on(monday, known)
    assert [one.doubt for one in read_when("每周一 9:00").on(monday, known)] == ["holiday"]
    assert [one.doubt for one in read_when("每周一 9:00").on(monday)] == [""]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2027-02-05", "2027-02-05", "2027-02-05"),
        ("2027-02-05 至 2027-02-11", "2027-02-05", "2027-02-11"),
        ("2027-02-05至02-11", "2027-02-05", "2027-02-11"),
        ("2027年2月5日至2月11日", "2027-02-05", "2027-02-11"),
        ("2027年2月5日—11日", "2027-02-05", "2027-02-11"),
        ("2027/2/5-2027/2/11", "2027-02-05", "2027-02-11"),
        ("2026年12月31日至1月2日", "2026-12-31", "2027-01-02"),
    ],
)
def test_days_in_a_row(text: str, first: str, last: str) -> None:
    days = read_days(text)
    assert (days.first, days.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert read_days(str(days)) == days


@pytest.mark.parametrize(
    "text", ["2027", "2027-02", "2月5日", "2027-02-30", "2027-02-05 至 04", "2027-02-05 至 2027-05-05", "春节"]
)
def test_what_is_no_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_days(text)


def test_days_off_in_a_part_of_a_country_are_off_for_nobody_and_doubted_by_all() -> None:
    whole, scotland = calendar_of("GB"), calendar_of("GB", "SCT")
    christmas, st_andrew, easter_monday = date(2026, 12, 25), date(2026, 11, 30), date(2026, 4, 6)
    assert christmas in whole.off and christmas not in whole.partly
    for day in (st_andrew, easter_monday):
        assert day in whole.partly and day not in whole.off
    assert st_andrew in scotland.off and easter_monday not in scotland.off and not scotland.partly
    assert "1130" in special_days(2026, whole)["partly"]["2026"]  # type: ignore[index]
    assert "partly" not in special_days(2026, scotland) and "partly" not in special_days(2026)
    stated = whole.with_years({2026: (frozenset({st_andrew}), frozenset())})
    assert st_andrew in stated.off and easter_monday not in stated.partly


@pytest.mark.parametrize(
    ("country", "differ"), [("GB", True), ("US", True), ("DE", True), ("IE", False), ("JP", False), ("IO", False)]
)
def test_whose_parts_have_holidays_of_their_own(country: str, differ: bool) -> None:
    assert parts_differ(country) is differ


def test_an_activity_is_doubted_on_a_day_that_is_off_in_a_part() -> None:
    whole, monday = calendar_of("GB"), date(2026, 11, 30)
    assert [one.doubt for one in read_when("每周一 9:00").on(monday, whole)] == ["holiday"]
    assert [one.doubt for one in read_when("工作日 9:00").on(monday, whole)] == ["holiday"]
