"""Public holidays: what is shipped is what the State Council announced, and nothing beyond it."""

import re
from datetime import date
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

from haitang.schedule.holidays import LAST_YEAR, special_days

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
