"""Opening hours in English: every text of english_hours.tsv is read as its row says, or refused with a piece of its own; and
what is taken of OpenStreetMap's notation another reader of it takes for the same minutes."""

import random
from pathlib import Path

import pytest

from haitang.core.problem_codes import CODES
from haitang.model.normalize import spelled
from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.recurrence_parser import read_when
from haitang.schedule.written.opening_hours_formats import to_osm
from tests.schedule.opening_hours_models import models, open_minutes, without_holidays
from tests.schedule.test_opening_hours_formats import FIRST, LAST, minutes_in
from tests.schedule.test_opening_hours_table import expected, misread

LINES = Path(__file__).with_name("english_hours.tsv").read_text("utf-8").splitlines()
ROWS = [(text.replace("\\n", "\n"), right) for text, right in (line.split("\t") for line in LINES if not line.startswith("#"))]


@pytest.mark.parametrize(("text", "right"), ROWS, ids=[f"row{number}" for number in range(1, len(ROWS) + 1)])
def test_each_text_means_what_its_row_says(text: str, right: str) -> None:
    try:
        hours = read_hours(text)
    except UnreadableTime as refused:
        assert right.endswith("R"), f"refused though plain: {text!r}: {refused.code} 「{refused.part}」"
        assert refused.code in CODES
        assert refused.part
        assert refused.part in text
    else:
        assert right != "R", f"should be refused: {text!r}, read as {hours}"
        assert misread(hours, expected(right.removesuffix("|R"))) == [], text


def test_what_is_read_is_what_openstreetmap_says() -> None:
    """From models by way of their expressions: none is read as other minutes, and most are read."""
    read = 0
    for hours in models(20, 150):
        plain = without_holidays(hours)
        osm = to_osm(plain)
        try:
            again = read_hours(osm)
        except UnreadableTime:
            continue
        read += 1
        assert minutes_in(osm) == open_minutes(again, FIRST, LAST), osm
    assert read > 50


DAYS = ["Mo", "Tu-Fr", "Mo-Fr", "Sa", "Sa,Su", "Mo-Su", "Tu,Th", "Su", "Fr-Mo"]
TIMES = ["09:00-17:30", "10:00-14:00", "09:00-12:00,13:00-17:00", "off", "18:00-02:00", "12:00-20:00", "00:00-24:00"]
DATES = ["Dec 25", "Dec 24-26", "Dec 31-Jan 01", "Aug", "Apr-Sep", "Apr 15-Sep 30", "Jan,Feb", "May 01,May 08"]


def expressions(count: int) -> list[str]:
    """Expressions as nobody thought of them, most of which nobody should be sure of."""
    chance = random.Random(20)
    found = []
    for _ in range(count):
        rules = [f"{chance.choice(DAYS)} {chance.choice(TIMES)}" for _ in range(chance.choice([1, 2, 2, 3]))]
        if chance.random() < 0.4:
            rules.insert(chance.randrange(len(rules) + 1), f"{chance.choice(DATES)} {chance.choice(TIMES)}")
        if chance.random() < 0.2:
            rules[0] = f"{chance.choice(DATES)} {rules[0]}"
        found.append(chance.choice(["; ", ";", " ; "]).join(rules))
    return found


def test_no_expression_is_misread() -> None:
    read = 0
    for osm in expressions(400):
        try:
            hours = read_hours(osm)
        except UnreadableTime:
            continue
        read += 1
        assert minutes_in(osm) == open_minutes(without_holidays(hours), FIRST, LAST), osm
    assert read > 50


def test_twelve_hour_clocks_are_those_of_twenty_four() -> None:
    """Every way to write a span gives the same week, or none."""
    for first in range(6 * 60, 24 * 60, 30):
        for last in range(first + 30, 24 * 60, 90):
            right = read_hours(f"Mo-Fr {first // 60:02d}:{first % 60:02d}-{last // 60:02d}:{last % 60:02d}").week
            for dot in ".:":
                text = f"Mon-Fri {twelve(first, dot)}-{twelve(last, dot)}"
                for written in (text, text.replace("am-", "-"), text.replace("pm-", "-"), text[:-2], text.replace("-", " to ")):
                    try:
                        week = read_hours(written).week
                    except UnreadableTime:
                        assert written not in (text, text.replace("-", " to ")) or "12" in written, written
                        continue
                    assert week == right, written


def twelve(minutes: int, dot: str) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour % 12 or 12}{f'{dot}{minute:02d}' if minute else ''}{'am' if hour < 12 else 'pm'}"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Mo-Fr 9:00-17:30 ; Sa 10:00-14:00;PH off", "Mo-Fr 09:00-17:30; Sa 10:00-14:00; PH off"),
        ("Mon-Fri 9am-5.30pm\nSat 10am-2pm", "Mon-Fri 9am-5.30pm; Sat 10am-2pm"),
        ("Mon-Fri 1:30-4pm", "Mon-Fri 1:30-4pm"),
        ("Mon-Fri 1:30-5:30", "Mon-Fri 1:30-5:30"),
        ("周一至周五 9:00-17:00;PH off", "周一至周五 09:00-17:00；PH off"),
    ],
)
def test_english_keeps_its_own_signs(text: str, canonical: str) -> None:
    assert spelled(text, "hours") == canonical
    assert spelled(canonical, "hours") == canonical


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("Saturdays 10.30am-11.30am", "每周六 10:30-11:30"),
        ("Every Tuesday and Thursday 2-4pm", "每周二、周四 14:00-16:00"),
        ("First Saturday of the month 10am-12 noon", "每月第一个周六 10:00-12:00"),
        ("last Friday of each month, 2pm-4pm", "每月最后一个周五 14:00-16:00"),
        ("Saturday 5 December 2026, 2pm-4pm", "2026年12月5日 14:00-16:00"),
        ("December 5, 2026 2pm", "2026年12月5日 14:00"),
    ],
)
def test_times_of_activities_too(text: str, chinese: str) -> None:
    assert read_when(text).rules == read_when(chinese).rules


@pytest.mark.parametrize(
    "text",
    ["every other Friday 2pm", "Friday 5 December 2026, 2pm-4pm", "Saturdays 2-4", "5/12/2026 2pm-4pm", "Easter Monday 2pm"],
)
def test_times_of_activities_that_are_not_certain(text: str) -> None:
    with pytest.raises(UnreadableTime) as refused:
        read_when(text)
    assert refused.value.code in CODES
    assert refused.value.part in text


NAMES = (
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
    ("MON", "TUES", "WEDS", "THURS", "FRI", "SAT", "SUN"),
)
OSM = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
RUNS = (((0, 4), (5, 5)), ((0, 3), (4, 4), (5, 6)), ((1, 6),), ((0, 5), (6, 6)), ((0, 1), (3, 4)), ((0, 6),))


def test_plain_english_says_what_openstreetmap_does() -> None:
    """The same weeks in many ways to say them; none is refused."""
    chance = random.Random(4)
    for _ in range(150):
        names, to = chance.choice(NAMES), chance.choice(["-", " - ", "–", " to ", " through "])
        between = chance.choice(["-", " - ", "–", " to ", " until ", " till "])
        plain, osm = list[str](), list[str]()
        open_days: set[int] = set()
        for first, last in chance.choice(RUNS):
            start, end = chance.randrange(7 * 60, 12 * 60, 30), chance.randrange(13 * 60, 23 * 60, 15)
            days = names[first] if first == last else f"{names[first]}{to}{names[last]}"
            clock = f"{twelve(start, chance.choice('.:'))}{between}{twelve(end, chance.choice('.:'))}"
            parting = chance.choice([" ", ": ", ", "])
            plain.append(f"{clock} {days}" if chance.random() < 0.15 and len(plain) == 0 else f"{days}{parting}{clock}")
            hours = f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"
            osm.append(f"{OSM[first]}-{OSM[last]} {hours}" if first != last else f"{OSM[first]} {hours}")
            open_days |= set(range(first, last + 1))
        closed = [names[day] for day in range(7) if day not in open_days]
        if closed and chance.random() < 0.5:
            plain.append(chance.choice(["closed {}", "Closed on {}", "{} closed", "{}: closed"]).format(" and ".join(closed)))
        text = chance.choice(["; ", ". ", "\n"]).join(plain) + chance.choice(["", "."])
        text = chance.choice(["", "Open ", "Opening hours: ", "We are open "]) + text
        assert minutes_in("; ".join(osm)) == open_minutes(without_holidays(read_hours(text)), FIRST, LAST), text
