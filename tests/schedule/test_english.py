"""Hours and times in English, from what was understood and never from the text."""

import re
from pathlib import Path

import pytest

from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.recurrence_parser import read_when
from haitang.schedule.written.opening_hours_text import in_english
from haitang.schedule.written.recurrence_english import when_in_english
from tests.conftest import CHINESE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("周一至周五 9:00-17:30；节假日休息", "Mon–Fri 9:00–17:30; closed on public holidays"),
        ("每天 08:30-11:30, 13:30-17:00", "Daily 8:30–11:30, 13:30–17:00"),
        ("周一、周三 14:00-16:00；周六 09:00-12:00", "Mon, Wed 14:00–16:00; Sat 9:00–12:00"),
        ("24小时", "Daily 24 hours"),
        ("工作日 8:30-17:00", "Working days 8:30–17:00"),
        ("周五 22:00-次日02:00", "Fri 22:00–2:00 (next day)"),
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
