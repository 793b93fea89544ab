"""Every text of opening_hours.tsv is read as its row says, or refused; the table's head has its notation."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from haitang.core.problem_codes import CODES
from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.month_days import YEAR, MonthDay, days_of
from haitang.schedule.opening_hours import DAY_MINUTES, OpeningHours, Spans, Week
from haitang.schedule.opening_hours_reader import read_hours

TABLE = Path(__file__).with_name("opening_hours.tsv")
LINES = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
# What stands behind this line was found by trials; the second reader of the fuzz knows less.
TRIALS = "# From trials"
COMPOSED = sum(not line.startswith("#") for line in TABLE.read_text("utf-8").partition(TRIALS)[0].splitlines())
ROWS = [(text.replace("\\n", "\n"), right) for text, right in LINES]
CLOSED: Week = ((),) * 7


@dataclass
class Reading:
    """What is compared. `weeks`: month-days to the week that holds on them, without what is an exception."""

    weeks: dict[MonthDay, list[Spans]]
    exceptions: dict[MonthDay, Spans] = field(default_factory=dict)
    holidays: str = "unsaid"
    own: Spans | None = None  # the hours of all public holidays
    holiday_days: dict[int, Spans | None] = field(default_factory=dict)
    notes: bool = False


def spans_of(said: str) -> Spans:
    if said == "closed":
        return ()
    ends = [tuple(map(minute, span.split("-"))) for span in said.split(",")]
    return tuple((start, end if end > start else end + DAY_MINUTES) for start, end in ends)


def minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def stretch(said: str) -> set[MonthDay]:
    first, last = (int(day.replace("-", "")) for day in said.split("~"))
    return days_of([(first, last)])


def weekdays(said: str) -> range:
    return range(int(said[0]) - 1, int(said[-1]))


def expected(right: str) -> Reading:
    """A row's second column, without `|R`."""
    reading = Reading({} if re.search(r"(^| )S", right) else {day: list(CLOSED) for day in YEAR})
    for word in right.split():
        name, _, said = word.partition("=")
        if word == "N":
            reading.notes = True
        elif name == "PH":
            reading.holidays = said if said in ("closed", "open") else "hours"
            reading.own = spans_of(said) if reading.holidays == "hours" else None
        elif name.startswith("PH"):
            reading.holiday_days[int(name[2]) - 1] = None if said == "?" else spans_of(said)
        elif name.startswith("X"):
            reading.exceptions |= dict.fromkeys(stretch(name[1:]), spans_of(said))
        else:
            dates, _, days = name.rpartition(":")
            for day in stretch(dates[1:]) if dates else YEAR:
                for number in weekdays(days):
                    reading.weeks.setdefault(day, list(CLOSED))[number] = spans_of(said)
    return reading


def misread(hours: OpeningHours, right: Reading) -> list[str]:
    """How a reading differs from what is right; empty where it does not."""
    seasons = [(days_of(season.stretches) if hours.seasonal else YEAR, season) for season in hours.seasons]
    weeks = {day: list(season.week) for days, season in seasons for day in days}
    exceptions = {day: one.spans for one in hours.exceptions for day in days_of([(one.first, one.last)])}
    wrong = []
    if weeks != right.weeks:
        wrong.append(f"week: {[season.week for season in hours.seasons]}, {sorted(set(weeks) ^ set(right.weeks))[:3]}")
    if exceptions != right.exceptions:
        wrong.append(f"exceptions: {hours.exceptions}")
    if hours.holidays != right.holidays and not (hours.holidays == "open" and hours.always and right.holidays == "unsaid"):
        wrong.append(f"holidays: {hours.holidays}")
    wrong += [
        f"on holidays: {season.on_holidays}"
        for season in hours.seasons
        if not holidays_agree(season.on_holidays, season.week, right)
    ]
    if right.notes and not hours.notes:
        wrong.append("no notes")
    return wrong


def holidays_agree(said: tuple[Spans | None, ...], week: Week, right: Reading) -> bool:
    if right.holidays == "closed":
        return said == CLOSED
    if right.holidays == "hours":
        return said == (right.own,) * 7
    for number, (on_holiday, day) in enumerate(zip(said, week, strict=True)):
        if number in right.holiday_days:
            if on_holiday != right.holiday_days[number]:
                return False
        elif on_holiday != day and (day if right.holidays == "open" else on_holiday):
            return False
    return True


@pytest.mark.parametrize(("text", "right"), ROWS, ids=[f"row{number}" for number in range(1, len(ROWS) + 1)])
def test_each_text_means_what_its_row_says(text: str, right: str) -> None:
    try:
        hours = read_hours(text)
    except UnreadableTime as refused:
        assert right.endswith("R"), f"refused though plain: {text!r}: {refused.code} 「{refused.part}」"
        assert refused.code in CODES
        assert refused.part in text, f"{refused.part!r} is not in {text!r}"
    else:
        assert right != "R", f"should be refused: {text!r}, read as {hours}"
        assert misread(hours, expected(right.removesuffix("|R"))) == [], text


def test_the_table_is_large_and_has_no_text_twice() -> None:
    assert len({text for text, _ in ROWS}) == len(ROWS)
    refused = sum(right == "R" for _, right in ROWS)
    assert refused >= 200
    assert len(ROWS) - refused >= 400


def test_the_table_can_fail() -> None:
    """A reading that differs in one point from its row is told."""
    hours = read_hours("周二至周日 9:00-17:00；周一闭馆；节假日休息")
    assert misread(hours, expected("2-7=09:00-17:00 PH=closed")) == []
    for wrong in (
        "1-7=09:00-17:00 PH=closed", "2-7=09:00-17:30 PH=closed", "2-7=09:00-17:00", "2-7=09:00-17:00 PH=open",
        "2-7=09:00-17:00 PH=09:00-17:00", "2-7=09:00-17:00 PH=closed X08-01~08-31=closed", "2-7=09:00-17:00 PH=closed N",
        "S05-01~09-30:2-7=09:00-17:00 PH=closed",
    ):  # fmt: skip
        assert misread(hours, expected(wrong)), wrong
