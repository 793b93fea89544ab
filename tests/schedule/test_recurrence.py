"""What takes place on which day: holidays and worked weekends of 2026, and the table that the browser's tests read too.

After a wanted change: `build.py test tests/schedule/test_recurrence.py --bless`.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from haitang.schedule.holidays import ANNOUNCED, special_days
from haitang.schedule.recurrence import Occurrence, When
from haitang.schedule.recurrence_parser import read_when
from tests.schedule.test_recurrence_parser import GOOD

TABLE = Path(__file__).resolve().parents[2] / "frontend" / "tests" / "fixtures" / "recurrence.json"
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
# Besides all that the table of texts holds.
MORE = [
    "每月第五个周六 9:00", "每月29日", "每月31日 9:00", "每月倒数第二个工作日", "每月第十日；每月最后一天",
    "每周六、日 9:00，节假日照常", "工作日 9:00；每周六 9:00", "每周六 9:00；工作日 9:00",
    "2026-12-05 9:00；每周六 9:00；2026-12-05、2026-12-06 9:00", "工作日；每月第一个工作日",
    "每月5日 9:00；每周三 9:00", "2026-12-01 至 2026-12-08；每周三；每月4日", "工作日 9:00；2027-03-01 9:00",
    "每周三 9:00，节假日除外；2027-03-03 9:00", "每周三 9:00；每月14日 9:00；2026-10-14 取消",
    "2026-01-01 至 2027-12-31",
    "隔周周六、周日 9:00（2026-02-14 起）", "7月至8月 工作日 9:00", "每月第一个工作日；2026-01-04 除外",
    "每周六 22:00-次日01:00", "每年10月1日 9:00", "每月第一个周日", "10月至次年3月 每月5日",
]  # fmt: skip
TEXTS = sorted({text for text, _ in GOOD} | {text for text in MORE if text != "每月第十日；每月最后一天"})


def told(one: Occurrence) -> str:
    """`0` days after FIRST, then the hours, `!` and why it is not certain, `-` where it is cancelled."""
    hours = "" if one.start is None else f"@{one.start}" + ("" if one.end is None else f"-{one.end}")
    return f"{(one.day - FIRST).days}{hours}{'!' + one.doubt[0] if one.doubt else ''}{'-' if one.cancelled else ''}"


def made() -> dict[str, object]:
    whens = {read_when(text).data: read_when(text) for text in TEXTS}
    rows = [[data, " ".join(told(one) for one in when.between(FIRST, LAST))] for data, when in sorted(whens.items())]
    return {"days": special_days(FIRST.year), "rows": rows}


def test_the_browsers_table_is_ours(bless: bool) -> None:
    now = made()
    if bless:
        rows = ",\n".join(json.dumps(row) for row in now["rows"])  # type: ignore[attr-defined]
        TABLE.write_text(f'{{"days": {json.dumps(now["days"])}, "rows": [\n{rows}\n]}}\n', encoding="utf-8")
    assert json.loads(TABLE.read_text(encoding="utf-8")) == now
    assert len(now["rows"]) >= 80  # type: ignore[arg-type]


def days(text: str, year: int = 2026) -> list[str]:
    when = read_when(text)
    return [f"{one.day:%m%d}" for one in when.between(date(year, 1, 1), date(year, 12, 31))]


def on(text: str, day: str) -> list[tuple[str, bool]]:
    return [(one.doubt, one.cancelled) for one in read_when(text).on(date.fromisoformat(day))]


def test_working_days_follow_the_state_calendar() -> None:
    found = days("工作日 9:00")
    assert "0104" in found and "0214" in found and "1010" in found  # Sundays and Saturdays worked for a holiday
    assert not {"0101", "0216", "1001", "1007"} & set(found)
    assert len(found) == 248


def test_the_last_working_day_of_a_month() -> None:
    # 28 February 2026 is a Saturday that is worked, 30 September and 30 June are ordinary.
    assert days("每月最后一个工作日") == [
        "0130", "0228", "0331", "0430", "0529", "0630", "0731", "0831", "0930", "1030", "1130", "1231",
    ]  # fmt: skip
    assert days("每月第一个工作日")[:5] == ["0104", "0202", "0302", "0401", "0506"]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("每周四 9:00", "2026-10-01", [("holiday", False)]),
        ("每周四 9:00，节假日照常", "2026-10-01", [("", False)]),
        ("每周四 9:00，节假日除外", "2026-10-01", []),
        ("每周四 9:00，节假日除外", "2026-10-15", [("", False)]),
        ("每周四 9:00，节假日除外", f"{ANNOUNCED.last_year + 1}-10-07", [("calendar", False)]),
        ("工作日 9:00", f"{ANNOUNCED.last_year + 1}-10-06", [("calendar", False)]),
        ("每周六 9:00", "2026-10-10", [("worked", False)]),
        ("每天 9:00", "2026-10-10", [("", False)]),
        ("2026-10-01 9:00", "2026-10-01", [("", False)]),
        ("2026-10-01 9:00；每周四 9:00，节假日除外", "2026-10-01", [("", False)]),
        ("每周四 9:00；2026-10-15 取消", "2026-10-15", [("", True)]),
        ("每周四 9:00；2026-10-15 除外", "2026-10-15", []),
        ("每周六 9:00；工作日 9:00", "2026-10-10", [("", False)]),
        ("工作日 9:00；每周六 9:00", "2026-10-10", [("", False)]),
        ("每月15日；2026-10-15 取消", "2026-10-15", [("", True)]),
    ],
)
def test_a_day(text: str, day: str, expected: list[tuple[str, bool]]) -> None:
    if day == f"{ANNOUNCED.last_year + 1}-10-07":  # a Thursday, whichever year that is
        day = (
            date(ANNOUNCED.last_year + 1, 10, 7) + timedelta((3 - date(ANNOUNCED.last_year + 1, 10, 7).weekday()) % 7)
        ).isoformat()
    assert on(text, day) == expected


def test_every_second_week_counts_from_its_first_day() -> None:
    assert days("隔周周三（2026-03-04 起）")[:4] == ["0304", "0318", "0401", "0415"]
    assert days("隔周周三（2026-03-11 起）")[:3] == ["0311", "0325", "0408"]


def test_months_limit_and_days_that_do_not_exist_do_not_happen() -> None:
    assert days("每月31日") == ["0131", "0331", "0531", "0731", "0831", "1031", "1231"]
    assert days("7月至8月每周三")[0::8] == ["0701", "0826"]
    assert days("9月至次年6月 每月5日") == ["0105", "0205", "0305", "0405", "0505", "0605", "0905", "1005", "1105", "1205"]
    assert days("每年2月29日") == []
    assert days("每年2月29日", 2028) == ["0229"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        ("2026-12-05 至 2026-12-08", date(2026, 12, 8)),
        ("每周三", None),
        ("每周三，2026-06-30 止", date(2026, 6, 30)),
        ("2026-12-05；每周三", None),
        ("2026-12-05；2026-12-09", date(2026, 12, 9)),
    ],
)
def test_the_last_day(text: str, last: date | None) -> None:
    when: When = read_when(text)
    assert when.last_day == last
    if last is not None:
        assert when.over(last + timedelta(1))
        assert not when.over(last)
