"""Hours and times in English, from what was understood and never from the text."""

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

from haitang.checks.load import load
from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.recurrence import WHOLE_DAY, Kind, Rule, Time, When
from haitang.schedule.recurrence_parser import read_when
from haitang.schedule.written.opening_hours_text import in_english
from haitang.schedule.written.recurrence_english import when_in_english
from haitang.schedule.written.recurrence_text import when_text
from haitang.schedule.written.tongues import ENGLISH
from tests.conftest import CHINESE
from tests.schedule.opening_hours_models import models, readable, spoken
from tests.schedule.test_opening_hours_table import ROWS
from tests.schedule.test_recurrence_parser import GOOD
from tests.worlds import PROJECT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("周一至周五 9:00-17:30；节假日休息", "Mon–Fri 9:00–17:30; closed on public holidays"),
        ("每天 08:30-11:30, 13:30-17:00", "Daily 8:30–11:30, 13:30–17:00"),
        ("周一、周三 14:00-16:00；周六 09:00-12:00", "Mon, Wed 14:00–16:00; Sat 9:00–12:00"),
        ("24小时", "Daily 24 hours"),
        ("工作日 8:30-17:00", "Working days 8:30–17:00"),
        ("周五 22:00-次日02:00", "Fri 22:00–02:00 (next day)"),
        ("周二至周日 9:00-17:00，节假日照常开放", "Tue–Sun 9:00–17:00; open as usual on public holidays"),
        ("周一至周五 9:00-17:00；节假日 10:00-15:00", "Mon–Fri 9:00–17:00; Public holidays 10:00–15:00"),
        ("每天 9:00-17:00；10月1日休息", "Daily 9:00–17:00; 1 Oct closed"),
        ("每天 9:00-17:00；12月24日至12月26日 10:00-12:00", "Daily 9:00–17:00; 24 Dec–26 Dec daily 10:00–12:00"),
        (
            "夏季（5月1日至9月30日）每天 8:00-18:00；其他时间 每天 9:00-17:00",
            "Summer (1 May–30 Sept): Daily 8:00–18:00; Other times: Daily 9:00–17:00",
        ),
        ("5月1日至9月30日 每天 8:00-18:00；其余月份 每天 9:00-17:00", None),
        ("每天 9:00-17:00，16:30停止入场", "Daily 9:00–17:00"),
    ],
)
def test_hours(text: str, said: str | None) -> None:
    english = in_english(read_hours(text))
    assert english == (said or english)
    assert not CHINESE.search(english)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每周三 14:00-16:00", "Every Wed 14:00–16:00"),
        ("每周三 14:00，节假日除外", "Every Wed 14:00, not on public holidays"),
        ("每天 9:00-17:00", "Daily 9:00–17:00"),
        ("每月第一个周六 9:00-11:00", "First Sat of each month 9:00–11:00"),
        ("每月最后一个周五 19:00", "Last Fri of each month 19:00"),
        ("每月1日、15日 9:00", "On the 1st and 15th of each month 9:00"),
        ("每月最后一天", "On the last day of each month"),
        ("每个工作日 9:00-17:00", "Every working day 9:00–17:00"),
        ("2026-12-05 14:00-16:00", "5 Dec 2026 14:00–16:00"),
        ("2026-12-05 至 2026-12-08 09:00-17:00", "5 Dec 2026 to 8 Dec 2026 9:00–17:00"),
        ("每周三 14:00；2026-10-14 取消", "Every Wed 14:00; cancelled on 14 Oct 2026"),
        ("2026-12-05 全天", "5 Dec 2026 all day"),
    ],
)
def test_times(text: str, said: str) -> None:
    english = when_in_english(read_when(text))
    assert english == said
    assert not CHINESE.search(english)


def test_every_text_that_is_read_is_said_without_chinese() -> None:
    rows = Path(__file__).with_name("opening_hours.tsv").read_text("utf-8").splitlines()
    texts = [row.split("\t")[0].replace("\\n", "\n") for row in rows if "\t" in row and not row.startswith("#")]
    said = 0
    for text in texts:
        try:
            english = in_english(read_hours(text))
        except ValueError:
            continue
        said += 1
        assert not CHINESE.search(english), text
        assert re.match(r"[A-Z0-9]", english), text
    assert said > 100


def as_said(hours: OpeningHours) -> tuple[object, ...]:
    """What English says of hours: seasons by their English names, and no notes."""
    seasons = tuple(replace(season, name=ENGLISH.season(season.name)) for season in hours.seasons)
    return seasons, hours.exceptions, hours.holidays


def assert_hours_read_back(hours: OpeningHours) -> None:
    said = in_english(hours)
    assert as_said(read_hours(said)) == as_said(hours), said


def test_hours_said_in_english_read_back() -> None:
    for hours in [*readable(text for text, _ in ROWS), *models(7, 300), *spoken(7, 100)]:
        assert_hours_read_back(hours)


@pytest.mark.long
def test_many_hours_said_in_english_read_back() -> None:
    for hours in [*models(8, 5000), *spoken(8, 5000)]:
        assert_hours_read_back(hours)


@pytest.mark.parametrize("text", [text for text, _ in GOOD])
def test_times_said_in_english_read_back(text: str) -> None:
    when = read_when(text)
    said = when_in_english(when)
    assert read_when(said).data == when.data, said


def rules(chance: random.Random) -> Rule:
    """One that a text may say, made by chance."""
    kind = chance.choice(get_args(Kind))
    first = date(2026, 1, 1) + timedelta(chance.randrange(400))
    last = first + timedelta(chance.randrange(1, 300))
    bounded = chance.random() < 0.3
    start = chance.randrange(0, 24 * 60 - 120, 15)
    times: tuple[Time, ...] = chance.choice(
        [(), ((start, None),), ((start, start + 90),), ((22 * 60, 26 * 60),), ((0, WHOLE_DAY),)]
    )
    if kind in ("dates", "range"):
        days = (first, first + timedelta(chance.randrange(1, 28)))
        return Rule(kind, dates=days, times=times)
    interval = chance.choice([1, 1, 2, 3]) if kind == "weekdays" else 1
    nth = {"nth": ((1,), (2, 4), (-1,), (-2,), (1, 3)), "workdays": ((), (1,), (-1,), (3,))}.get(kind, ((),))
    values = {
        "weekdays": tuple(sorted(chance.sample(range(7), chance.choice([1, 1, 2, 3, 5])))),
        "nth": (chance.randrange(7),),
        "monthdays": chance.choice([(1, 15), (5,), (-1,), (10, 20, 30)]),
    }
    monthly = interval == 1 and kind not in ("every", "workdays") and not bounded and chance.random() < 0.3
    return Rule(
        kind,
        values=values.get(kind, ()),
        nth=chance.choice(nth),
        interval=interval,
        months=tuple(sorted(chance.sample(range(1, 13), 2))) if monthly else (),
        first=first if bounded or interval > 1 else None,
        last=last if bounded else None,
        holidays=chance.choice(["", "", "off", "on"]) if kind != "workdays" else "",
        times=times,
    )


def test_random_rules_said_in_english_read_back() -> None:
    chance, told = random.Random(20), 0
    for _ in range(400):
        when = When("", (rules(chance),))
        try:
            if read_when(when_text(when)).rules != when.rules:
                continue
        except UnreadableTime:
            continue  # no text means this
        said, told = when_in_english(when), told + 1
        assert read_when(said).rules == when.rules, (said, when.rules[0].data)
    assert told > 200


@pytest.mark.live
def test_all_that_the_real_directory_says_of_time_reads_back_in_english() -> None:
    directory = load(PROJECT, today=date.today())
    said = 0
    for position in directory.positions:
        if position.hours:
            assert_hours_read_back(position.hours)
            said += 1
        for activity in position.activities:
            if activity.when:
                assert read_when(when_in_english(activity.when)).data == activity.when.data
    assert said
