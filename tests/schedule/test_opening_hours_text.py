"""Opening hours written back: one text for what means the same, which reads back to the same rules."""

from typing import Any

import pytest

from haitang.schedule.opening_hours import DatedHours, HolidayPolicy, OpeningHours, Season, Spans
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.written.opening_hours_text import canonical, explained, worded
from tests.schedule.opening_hours_models import models, readable, spoken
from tests.schedule.test_opening_hours_table import ROWS

DAY: Spans = ((540, 1020),)
NIGHT: Spans = ((1320, 1800),)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("周一到周五8点半到17点", "周一至周五 08:30-17:00"),
        (
            "周六、周日 9:00-16:00；周一至周五 8:30-11:30, 13:30-17:00",
            "周一至周五 08:30-11:30, 13:30-17:00；周六、周日 09:00-16:00",
        ),
        ("周一、周三、周五 14:00-16:00", "周一、周三、周五 14:00-16:00"),
        ("每天 9:00-17:00，周一闭馆", "每天 09:00-17:00；周一休息"),
        ("周二至周日 9:00-17:00，周一闭馆", "周二至周日 09:00-17:00"),
        ("全天开放", "每天 24小时"),
        ("工作日 9:00-17:00，周末 9:00-12:00", "工作日 09:00-17:00；周六、周日 09:00-12:00"),
        ("周一至周五 9:00-17:00，遇国家法定节假日闭馆", "周一至周五 09:00-17:00；节假日休息"),
        ("每天 9:00-17:00（含法定节假日）", "每天 09:00-17:00；节假日照常开放"),
        (
            "夏季（5月-9月）每天 8:30-17:30；冬季（10月-次年4月）每天 9:00-17:00",
            "夏季（5月1日至9月30日）每天 08:30-17:30；冬季（10月1日至4月30日）每天 09:00-17:00",
        ),
        (
            "7月、8月 每天 8:30-18:00；其余月份 每天 9:00-17:00",
            "7月1日至7月31日、8月1日至8月31日 每天 08:30-18:00；其余月份 每天 09:00-17:00",
        ),
    ],
)
def test_canonical(text: str, written: str) -> None:
    assert canonical(read_hours(text)) == written


def model(
    spans: Spans,
    policy: HolidayPolicy = "unsaid",
    said: Spans | None = None,
    *exceptions: DatedHours,
    notes: tuple[str, ...] = (),
) -> OpeningHours:
    return OpeningHours("", (Season("", (), (spans,) * 7, (said,) * 7, None, (True, True)),), exceptions, policy, notes=notes)


@pytest.mark.parametrize(
    ("hours", "written"),
    [
        (model(NIGHT), "每天 22:00-次日06:00"),
        (model(((600, 1440),)), "每天 10:00-24:00"),
        (model(DAY, "hours", ((540, 960),)), "每天 09:00-17:00；节假日 09:00-16:00"),
        (model(DAY, "unsaid", None, DatedHours(801, 831, ())), "每天 09:00-17:00；8月1日至8月31日休息"),
        (model(DAY, "closed", (), DatedHours(101, 101, ())), "每天 09:00-17:00；1月1日休息；节假日休息"),
        (model(DAY, "unsaid", None, DatedHours(701, 831, ((540, 1200),))), "每天 09:00-17:00；7月1日至8月31日每天 09:00-20:00"),
        (model(DAY, notes=("16:30停止入场",)), "每天 09:00-17:00；16:30停止入场"),
    ],
)
def test_canonical_of_a_model(hours: OpeningHours, written: str) -> None:
    assert canonical(hours) == written


def assert_reads_back(hours: OpeningHours) -> None:
    written = canonical(hours)
    again = read_hours(written)
    assert (again.seasons, again.exceptions, again.holidays) == (hours.seasons, hours.exceptions, hours.holidays), written
    assert (again.notes, canonical(again)) == (hours.notes, written)


def test_what_can_be_read_reads_back() -> None:
    given = readable(text for text, _ in ROWS)
    assert len(given) > 400
    for hours in given:
        assert_reads_back(hours)


def test_generated_hours_read_back() -> None:
    for hours in [*models(7, 300), *spoken(7, 100)]:
        assert_reads_back(hours)


@pytest.mark.long
def test_many_generated_hours_read_back() -> None:
    for hours in [*models(8, 5000), *spoken(8, 5000)]:
        assert_reads_back(hours)


def week(*days: list[str]) -> dict[str, list[str]]:
    return {str(number): spans for number, spans in enumerate(days, 1)}


HALVES, NINE = ["08:30-11:30", "13:30-17:00"], ["09:00-17:00"]


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (read_hours("周一至周五 8:30-11:30, 13:30-17:00"), {"week": week(*[HALVES] * 5, [], []), "holidays": "unsaid"}),
        (read_hours("每天 9:00-17:00；节假日休息"), {"holidays": "closed"}),
        (read_hours("全年无休 9:00-17:00"), {"holidays": "open"}),
        (model(DAY, "hours", ((540, 960),)), {"holidays": ["09:00-16:00"]}),
        (model(NIGHT), {"week": week(*[["22:00-06:00"]] * 7), "exceptions": [], "seasons": [], "notes": []}),
        (
            model(DAY, "unsaid", None, DatedHours(101, 103, ()), DatedHours(701, 831, ((540, 1200),)), notes=("清场",)),
            {
                "exceptions": [
                    {"from": "01-01", "to": "01-03", "hours": []},
                    {"from": "07-01", "to": "08-31", "hours": ["09:00-20:00"]},
                ],
                "notes": ["清场"],
            },
        ),
        (
            read_hours("夏季（5月、7月至9月）每天 8:00-18:00；其他时间 每天 9:00-17:00"),
            {
                "week": week(*[["08:00-18:00"]] * 7),
                "seasons": [
                    {"from": "05-01", "to": "05-31", "name": "夏季", "week": week(*[["08:00-18:00"]] * 7)},
                    {"from": "07-01", "to": "09-30", "name": "夏季", "week": week(*[["08:00-18:00"]] * 7)},
                    {"from": "06-01", "to": "06-30", "name": "其他时间", "week": week(*[NINE] * 7)},
                    {"from": "10-01", "to": "04-30", "name": "其他时间", "week": week(*[NINE] * 7)},
                ],
            },
        ),
    ],
)
def test_explained(hours: OpeningHours, told: dict[str, Any]) -> None:
    data = explained(hours)
    assert list(data) == ["text", "read", "week", "holidays", "exceptions", "seasons", "notes", "canonical"]
    assert (data["text"], data["read"], data["canonical"]) == (hours.text, True, canonical(hours))
    assert {name: data[name] for name in told} == told


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("Mo-Fr 09:00-17:30; PH off", "周一至周五 09:00-17:30；节假日休息", "Mon–Fri 9:00–17:30; closed on public holidays"),
        ("24/7", "每天 24小时", "Daily 24 hours"),
        ("Monday to Friday 9am-5pm", "Monday to Friday 9am-5pm", "Monday to Friday 9am-5pm"),
        ("Tues 9am-5pm", "Tues 9am-5pm", "Tues 9am-5pm"),
        ("周一至周五 9:00-17:00", "周一至周五 9:00-17:00", "周一至周五 9:00-17:00"),
    ],
)
def test_a_notation_is_shown_in_words(text: str, chinese: str, english: str) -> None:
    hours = read_hours(text)
    assert (worded(hours, english=False).text, worded(hours, english=True).text) == (chinese, english)
    assert worded(hours, english=True).week == hours.week
