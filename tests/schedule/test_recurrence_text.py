"""Rules of activities written back: in words that read back to the same rules, and as RRULEs that find the same days."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from haitang.schedule.recurrence import Rule, repeats
from haitang.schedule.recurrence_parser import read_when
from haitang.schedule.written.recurrence_text import rrule, rule_text, when_text
from tests.schedule.test_recurrence_parser import GOOD

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
RULES = sorted({rule for text, _ in GOOD for rule in read_when(text).rules}, key=lambda rule: rule.data)


@pytest.mark.parametrize(
    ("text", "words", "recurrence"),
    [
        ("周三下午两点", "每周三 14:00", "RRULE:FREQ=WEEKLY;BYDAY=WE"),
        ("每周一三五 9:00-10:00、14:00", "每周一、周三、周五 09:00-10:00、14:00", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        (
            "隔周周六 9:00（2026-02-14 起）",
            "每两周的周六 09:00（2026-02-14 起）",
            "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=SA",
        ),
        ("每月第二、四个周日 9:00", "每月第二、四个周日 09:00", "RRULE:FREQ=MONTHLY;BYDAY=2SU,4SU"),
        ("每月最后一个周五", "每月最后一个周五", "RRULE:FREQ=MONTHLY;BYDAY=-1FR"),
        ("7月至8月 每月15日 9:00", "7月、8月的每月15日 09:00", "RRULE:FREQ=MONTHLY;BYMONTHDAY=15;BYMONTH=7,8"),
        ("2026-12-05、2026-12-12 14:00", "2026-12-05、2026-12-12 14:00", "RDATE;VALUE=DATE:20261205,20261212"),
        ("2026-12-05 至 2026-12-08 全天", "2026-12-05 至 2026-12-08 全天", "RRULE:FREQ=DAILY;UNTIL=20261208"),
        ("每周六 22:00-次日01:00，节假日除外", "每周六 22:00-次日01:00，节假日除外", "RRULE:FREQ=WEEKLY;BYDAY=SA"),
        ("每月第一个工作日 9:00", "每月第一个工作日 09:00", None),
    ],
)
def test_a_rule(text: str, words: str, recurrence: str | None) -> None:
    (rule,) = read_when(text).rules
    assert (rule_text(rule), rrule(rule)) == (words, recurrence)


@pytest.mark.parametrize("rule", RULES, ids=rule_text)
def test_words_read_back(rule: Rule) -> None:
    assert read_when(rule_text(rule)).rules == (rule,)


def test_calendars_find_the_same_days() -> None:
    told = [(rule, text) for rule in RULES if (text := rrule(rule)) and rule.kind != "dates"]
    assert len(told) > 60
    for rule, text in told:
        start = rule.dates[0] if rule.kind == "range" else rule.first or FIRST
        series = rrulestr(text, dtstart=datetime.combine(start, time()))
        found = series.between(datetime.combine(FIRST, time()), datetime.combine(LAST, time()), inc=True)
        days = [FIRST + timedelta(step) for step in range((LAST - FIRST).days + 1)]
        assert [moment.date() for moment in found] == [day for day in days if repeats(rule, day)], text


@pytest.mark.parametrize("text", [text for text, _ in GOOD])
def test_all_that_a_text_says_reads_back(text: str) -> None:
    when = read_when(text)
    assert read_when(when_text(when)).data == when.data, when_text(when)
