"""Opening hours in others' standards: independent readers of them find the same minutes open as the model says."""

import json
import os
import subprocess
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import opening_hours as oracle
import pytest

from haitang.core import toolchain
from haitang.schedule.opening_hours import DatedHours, OpeningHours, Season, Spans
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.written.opening_hours_formats import to_osm, to_schema_org
from tests.schedule.opening_hours_models import merged, models, open_minutes, readable, spoken, without_holidays
from tests.schedule.test_opening_hours_table import ROWS
from tests.worlds import PROJECT

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
END = 2 * 365 * 24 * 60
DAY: Spans = ((540, 1020),)
# Expressions, as a JSON list, from standard input → the open intervals of each in minutes. One start serves all of them.
READ = """
const OpeningHours = require("opening_hours"), start = new Date(2026, 0, 1);
const minutes = (moment) => Math.round((moment - start) / 60000);
const open = (text) => new OpeningHours(text).getOpenIntervals(start, new Date(2028, 0, 1));
const read = (text) => open(text).map(([first, last]) => [minutes(first), minutes(last)]);
process.stdout.write(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(read)));
"""


def expression(hours: OpeningHours) -> str:
    return to_osm(without_holidays(hours))


def minutes_in(osm: str) -> list[tuple[int, int]]:
    start, minute = datetime(2026, 1, 1), timedelta(minutes=1)
    found = []
    for first, last, state, _ in oracle.OpeningHours(osm).intervals(start, start + END * minute):
        assert str(state) in ("open", "closed"), osm
        if str(state) == "open":
            found.append(((first - start) // minute, (last - start) // minute))
    return merged(found, END)


def assert_agreed(given: Iterable[OpeningHours]) -> None:
    for hours in given:
        assert minutes_in(expression(hours)) == open_minutes(hours, FIRST, LAST), f"{hours.text}: {expression(hours)}"


def test_texts_say_the_same_to_openstreetmap() -> None:
    given = readable(text for text, _ in ROWS)
    assert len(given) > 400
    assert_agreed(given)


def test_generated_hours_say_the_same_to_openstreetmap() -> None:
    assert_agreed([*models(3, 100), *spoken(3, 300)])


@pytest.mark.long
def test_many_generated_hours_say_the_same_to_openstreetmap() -> None:
    assert_agreed([*models(4, 1000), *spoken(4, 5000)])


def test_the_browsers_reader_of_openstreetmap_agrees() -> None:
    given = readable(text for text, _ in ROWS)
    node, _ = toolchain.node(str(PROJECT))
    done = subprocess.run(
        [node, "-e", READ], input=json.dumps(list(map(expression, given))), cwd=PROJECT / "frontend" / "checks",
        capture_output=True, text=True, check=True, env=os.environ | {"TZ": "UTC"},
    )  # fmt: skip
    read = [merged(map(tuple, spans), END) for spans in json.loads(done.stdout)]
    assert len(read) == len(given)
    for hours, spans in zip(given, read, strict=True):
        assert spans == open_minutes(hours, FIRST, LAST), f"{hours.text}: {expression(hours)}"


def schema_minutes(hours: OpeningHours) -> list[tuple[int, int]]:
    """The open intervals of 2026 and 2027 as a reader of schema.org finds them: what has days holds on those within its bounds,
    what has none replaces it."""
    found = []
    rules = [each for each in to_schema_org(hours, FIRST.year) if "PublicHolidays" not in str(each.get("dayOfWeek"))]
    for step in range(-1, (LAST - FIRST).days + 1):
        day = FIRST + timedelta(step)
        near = [each for each in rules if each.get("validFrom", "") <= day.isoformat() <= each.get("validThrough", "9")]
        own = [each for each in near if "dayOfWeek" not in each]
        for each in own or [each for each in near if any(name.endswith(f"/{day:%A}") for name in each["dayOfWeek"])]:
            opens, closes = (int(each[end][:2]) * 60 + int(each[end][3:]) for end in ("opens", "closes"))
            closes = 24 * 60 if each["closes"] == "23:59" else closes + 24 * 60 * (closes < opens)
            found.append((step * 24 * 60 + opens, step * 24 * 60 + closes))
    return merged(found, END)


def test_schema_org_says_the_same() -> None:
    for hours in [*readable(text for text, _ in ROWS[::20]), *models(5, 30)]:
        found, right = schema_minutes(hours), open_minutes(hours, FIRST, LAST)
        if right[0][0] == 0:  # a night of the year before, of which nothing is given
            found, right = ([span for span in spans if span[0] >= 24 * 60] for spans in (found, right))
        assert found == right, hours.text


def model(policy: Any, said: Spans | None, *exceptions: DatedHours, notes: tuple[str, ...] = ()) -> OpeningHours:
    season = Season("", (), (*[DAY] * 6, ()), (said,) * 7, None, (True, False))
    return OpeningHours("", (season,), exceptions, policy, notes=notes)


AUGUST, LONGER = DatedHours(801, 831, ()), DatedHours(701, 831, ((540, 1200),))


@pytest.mark.parametrize(
    ("hours", "osm"),
    [
        (read_hours("周一至周五 8:30-11:30, 13:30-17:00；节假日休息"), "Mo-Fr 08:30-11:30,13:30-17:00; PH off"),
        (read_hours("周一至周五 9:00-17:00；节假日照常"), "Mo-Fr 09:00-17:00"),
        (read_hours("工作日 9:00-17:00；周六 9:00-12:00"), "Mo-Fr 09:00-17:00; Sa 09:00-12:00; PH off"),
        (
            read_hours("5月-9月 每天 9:00-18:00；10月-次年4月 周一至周五 9:00-17:00"),
            "May-Sep Mo-Su 09:00-18:00; Oct-Apr Mo-Fr 09:00-17:00",
        ),
        (model("hours", ((600, 960),)), "Mo-Sa 09:00-17:00; PH 10:00-16:00"),
        (model("closed", (), AUGUST), "Mo-Sa 09:00-17:00; PH off; Aug off"),
        (model("closed", (), LONGER), "Mo-Sa 09:00-17:00; Jul-Aug 09:00-20:00; PH off"),
        (model("unsaid", None, DatedHours(1229, 229, ())), "Mo-Sa 09:00-17:00; Dec 29-Feb 28,Feb 29 off"),
        (model("unsaid", None, AUGUST, notes=('16:30"清场"', "x")), "Mo-Sa 09:00-17:00 \"16:30'清场'；x\"; Aug off"),
    ],
)
def test_osm(hours: OpeningHours, osm: str) -> None:
    assert to_osm(hours) == osm
    oracle.OpeningHours(osm)


def told(hours: OpeningHours) -> list[str]:
    """Each specification in short: days, hours, bounds."""
    found = []
    for each in to_schema_org(hours, 2027):
        assert each["@type"] == "OpeningHoursSpecification"
        days = ",".join(day.removeprefix("https://schema.org/")[:2] for day in each.get("dayOfWeek", ()))
        bounds = f"{each['validFrom']}/{each['validThrough']}" if "validFrom" in each else ""
        found.append(f"{days} {each['opens']}-{each['closes']} {bounds}".strip())
    return found


@pytest.mark.parametrize(
    ("hours", "specifications"),
    [
        (
            read_hours("周一至周二 8:30-11:30, 13:30-17:00；周六 24小时"),
            ["Mo,Tu 08:30-11:30", "Mo,Tu 13:30-17:00", "Sa 00:00-23:59"],
        ),
        (read_hours("周六 18:00-次日02:00"), ["Sa 18:00-02:00"]),
        (model("closed", ()), ["Mo,Tu,We,Th,Fr,Sa 09:00-17:00", "Pu 00:00-00:00"]),
        (model("hours", ((600, 960),)), ["Mo,Tu,We,Th,Fr,Sa 09:00-17:00", "Pu 10:00-16:00"]),
        (
            model("unsaid", None, AUGUST),
            ["Mo,Tu,We,Th,Fr,Sa 09:00-17:00", "00:00-00:00 2027-08-01/2027-08-31", "00:00-00:00 2028-08-01/2028-08-31"],
        ),
        (
            read_hours("10月-次年2月 周一 9:00-17:00"),
            [
                f"Mo 09:00-17:00 {bounds}"
                for bounds in ("2026-10-01/2027-02-28", "2027-10-01/2028-02-29", "2028-10-01/2029-02-28")
            ],
        ),
        (
            model("unsaid", None, DatedHours(229, 229, ())),
            ["Mo,Tu,We,Th,Fr,Sa 09:00-17:00", "00:00-00:00 2028-02-29/2028-02-29"],
        ),
        (
            model("unsaid", None, DatedHours(229, 302, ())),
            ["Mo,Tu,We,Th,Fr,Sa 09:00-17:00", "00:00-00:00 2027-03-01/2027-03-02", "00:00-00:00 2028-02-29/2028-03-02"],
        ),
    ],
)
def test_schema_org(hours: OpeningHours, specifications: list[str]) -> None:
    assert told(hours) == specifications
