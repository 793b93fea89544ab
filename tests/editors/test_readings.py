"""What was understood, shown back: the same sentence as `check` for what is refused, a whole week for what is read."""

import json
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from haitang.cli import main
from haitang.core.problem_codes import CODES, LEVELS
from haitang.editors.readings import TimeField, hours_lines, read
from haitang.model.entries import Position
from haitang.model.messages import LANGUAGES, words
from haitang.model.validation import read as read_entry
from haitang.schedule.opening_hours import DatedHours, HolidayPolicy, OpeningHours, Season, Spans
from haitang.schedule.recurrence import Doubt
from haitang.source.parser import Fields, parse
from tests.schedule.test_opening_hours_table import ROWS
from tests.schedule.test_recurrence_parser import BAD

TODAY = date(2026, 11, 29)
ZH = words("zh-CN")
NINE: Spans = ((540, 1020),)


def lines(field: TimeField, text: str) -> list[str]:
    return list(read(field, text, TODAY, ZH).lines)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "周一至周五8:30-11:30，13:30-17:00；周六9点到12点",
            ["周一至周五：08:30-11:30, 13:30-17:00", "周六：09:00-12:00", "周日：休息", "节假日：没有写",
             "统一的写法：周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00"],
        ),
        ("24小时，全年无休", ["每天：24小时", "节假日：照常开放", "统一的写法：每天 24小时；节假日照常开放"]),
        (
            "5月-9月 每天 9:00-18:00；其他时间 每天 9:00-17:00；节假日休息",
            ["5月1日至9月30日：", "每天：09:00-18:00", "其他时间（10月1日至4月30日）：", "每天：09:00-17:00", "节假日：休息",
             "统一的写法：5月1日至9月30日 每天 09:00-18:00；其他时间 每天 09:00-17:00；节假日休息"],
        ),
    ],
)  # fmt: skip
def test_hours(text: str, told: list[str]) -> None:
    assert lines("hours", text) == told


def test_hours_with_everything() -> None:
    season = Season("", (), (NINE,) * 7, (((600, 960),),) * 7, None, (True, True))
    exceptions = (DatedHours(101, 101, ()), DatedHours(701, 831, ((540, 1200),)))
    hours = OpeningHours("", (season,), exceptions, "hours", notes=("16:30停止入场",))
    assert list(hours_lines(hours, ZH))[:-1] == [
        "每天：09:00-17:00", "节假日：10:00-16:00", "1月1日：休息", "7月1日至8月31日：09:00-20:00", "另外写明：16:30停止入场",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "每周三 14:00-16:00；2026-12-09 取消",
            ["每周三 14:00-16:00", "日历里的写法：RRULE:FREQ=WEEKLY;BYDAY=WE", "取消：2026-12-09", "接下来：",
             "2026-12-02 周三 14:00-16:00", "2026-12-16 周三 14:00-16:00", "2026-12-23 周三 14:00-16:00",
             "2026-12-30 周三 14:00-16:00", "2027-01-06 周三 14:00-16:00"],
        ),
        (
            "2026-01-01 至 2026-01-02",
            ["2026-01-01 至 2026-01-02", "日历里的写法：RRULE:FREQ=DAILY;UNTIL=20260102", "以后没有了。"],
        ),
        (
            "2026-12-01 起 每月最后一个工作日",
            ["每月最后一个工作日（2026-12-01 起）", "日历里的写法：没有，跟着国家公布的工作日一天一天算", "接下来：",
             "2026-12-31 周四"],
        ),
    ],
)  # fmt: skip
def test_when(text: str, told: list[str]) -> None:
    assert lines("when", text)[: len(told)] == told


def told_by_check(field: TimeField, text: str) -> tuple[str, str]:
    """Code and sentence of what an entry's field is told."""
    inner = f"activities:\n  - name: 例\n    when: {json.dumps(text)}\n" if field == "when" else f"hours: {json.dumps(text)}\n"
    tree = parse(f"id: a\nname: 例\ntown: lujia\nsources: [{{title: 例}}]\n{inner}", "a.yml")
    assert isinstance(tree, Fields)
    problems = read_entry(Position, tree, "a.yml")
    assert isinstance(problems, list), text
    ((code, message),) = ((each.code, ZH.message(each)) for each in problems)
    return code, message


def test_what_is_refused_is_told_as_by_check() -> None:
    given: list[tuple[TimeField, str]] = [("hours", text) for text, _ in ROWS]
    given += [("when", row[0]) for row in BAD] + [("hours", "周一" * 151), ("when", "周一" * 101)]
    refused = [(field, data) for field, text in given if not (data := read(field, text, TODAY, ZH).data)["read"]]
    assert len(refused) > 200
    for field, data in refused:
        assert list(data) == ["text", "read", "code", "message"]
        assert (data["code"], data["message"]) == told_by_check(field, data["text"]), data["text"]


@pytest.mark.parametrize("field", ["hours", "when"])
def test_nothing_is_refused(field: TimeField) -> None:
    assert read(field, " \n", TODAY, ZH).data["code"] == "empty-field"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there(language: str) -> None:
    keys = set(words(language).tree["explain"])
    assert {f"holidays_{policy}" for policy in get_args(HolidayPolicy)} == {key for key in keys if key.startswith("holidays_")}
    assert {f"doubt_{doubt}" for doubt in get_args(Doubt) if doubt} == {key for key in keys if key.startswith("doubt_")}
    assert {f"level_{level}" for level in LEVELS} == {key for key in keys if key.startswith("level_")}


# The command.


def explain(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, list[str], str]:
    code = main.main(["explain", *argv])
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err


def test_what_is_read_and_what_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = explain(capsys, "hours", "每天 9:00-17:00", "8:30")
    assert code == 1
    assert out[:2] == ["「每天 9:00-17:00」", "  每天：09:00-17:00"]
    assert out[4:] == ["", "「8:30」", f"  {lines('hours', '8:30')[0]}"]
    assert explain(capsys, "hours", "每天 9:00-17:00")[0] == 0


def test_lines_of_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = tmp_path / "texts"
    given.write_bytes("\ufeff每天 9:00-17:00\r\n\n周三 8:30\n".encode())
    with given.open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        code, out, _ = explain(capsys, "hours", "-", "24小时", "--format", "json")
    told = [json.loads(line) for line in out]
    assert code == 1
    assert [(each["text"], each["read"]) for each in told] == [
        ("每天 9:00-17:00", True), ("", False), ("周三 8:30", False), ("24小时", True),
    ]  # fmt: skip


def test_json_of_an_activity(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = explain(capsys, "when", "每周三 14:00-16:00；工作日 9:00；2031-01-01 除外", "--format", "json")
    told = json.loads(out[0])
    assert (code, told["read"], told["rules"]) == (0, True, ["RRULE:FREQ=WEEKLY;BYDAY=WE", None])
    assert told["skipped"] == [{"from": "2031-01-01", "to": "2031-01-01"}]
    assert len(told["next"]) == 5
    assert set(told["next"][0]) == {"date", "hours", "doubt"}


def test_standards(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, error = explain(capsys, "hours", "周一 9:00-12:00；节假日休息", "8:30", "--format", "osm")
    assert (code, out, error) == (1, ["Mo 09:00-12:00; PH off", ""], lines("hours", "8:30")[0] + "\n")
    code, out, _ = explain(capsys, "hours", "周一 9:00-12:00", "--format", "schema-org")
    assert (code, json.loads(out[0])[0]["opens"]) == (0, "09:00")
    assert explain(capsys, "when", "每周三 14:00", "--format", "osm")[0] == 2


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, out, _ = explain(capsys, "code", code)
    assert (exit_code, out[0]) == (0, code)
    assert [line for line in out if line.startswith("为什么：")]
    assert out[3].startswith("怎么说的：")


def test_wrong_command_lines(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = explain(capsys, "code", "bad-hour")
    assert (code, "bad-hours" in error) == (2, True)
    for argv in (["hours"], ["code"], ["houres", "x"], []):
        assert explain(capsys, *argv)[0] == 2
