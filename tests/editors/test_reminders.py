"""Reminder sheets: what they list, that they fit the workbook's sheet, and that nothing in them is a formula."""

import zipfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from haitang.checks.load import load
from haitang.cli import main
from haitang.editors.excel.import_ import import_files
from haitang.editors.reminders import FIELDS, Reminder, headings, reminder
from haitang.model.field_specs import entry_spec
from haitang.model.messages import words
from haitang.site.views.freshness import AGEING_AFTER, wanted
from tests.data.history_world import begin, write

TODAY = date(2026, 11, 24)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = begin(tmp_path / "data")
    write(root, "a", f"phone: 0512-00000001\nverified:\n  on: {TODAY - timedelta(400)}\n  by: 样例社区\n")
    write(root, "b", "location:\n  lon: 120.95\n  lat: 31.4\n  crs: gcj02\n  precision: exact\nhours: 每天 9:00-17:00\n")
    write(root, "c", name="'=HYPERLINK(\"http://example.org\")'", town="qingshan")
    return root


def made(root: Path, today: date = TODAY, language: str = "zh-CN") -> list[Reminder]:
    groups = wanted(load(root, today=TODAY), TODAY, AGEING_AFTER)
    return [reminder(group, today, words(language)) for group in groups]


def rows(content: bytes) -> list[dict[str, str]]:
    sheet = openpyxl.load_workbook(BytesIO(content))[entry_spec("position").label]
    assert isinstance(sheet, Worksheet)
    head, *lines = ([str(cell.value or "") for cell in line] for line in sheet.iter_rows())
    return [dict(zip(head, line, strict=True)) for line in lines]


def comments(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(BytesIO(content))[entry_spec("position").label]
    return [cell.comment.text for line in sheet.iter_rows() for cell in line if cell.comment]


def test_the_sheet_holds_what_is_there_and_leaves_the_rest_open(root: Path) -> None:
    second, first = rows(made(root)[0].workbook)
    assert first == {
        "编号": "b", "名称": "样例b", "区镇": "禾城镇", "地址": "", "位置·经度": "120.95", "位置·纬度": "31.4",
        "位置·坐标系": "高德、腾讯", "位置·精度": "到门口", "状态": "", "开放时间": "每天 9:00-17:00", "电话": "",
        "核实·日期": "", "核实·核实人（单位）": "",
    }  # fmt: skip
    assert second["编号"] == "a"
    assert second["核实·核实人（单位）"] == "样例社区"
    assert comments(made(root)[0].workbook) == [
        "缺开放时间、地址、位置；核实：2025-10-20，一年多没核实了（400 天前）",
        "缺电话、地址；核实：还没有人核实",
    ]


def test_headings_are_those_of_the_workbook() -> None:
    spec = entry_spec("position")
    labels = {field.name: field.label for field in spec.fields}
    told = headings()
    assert told[:4] == tuple(labels[name] for name in ("id", "name", "town", "address"))
    assert len(told) == len(FIELDS)
    order = [field.path for field in spec.all]
    assert [path for path in FIELDS if path in order] == list(FIELDS)
    assert sorted(FIELDS, key=order.index) == list(FIELDS)
    assert len(set(told)) == len(told)


def test_no_cell_is_a_formula_and_all_are_text(root: Path) -> None:
    content = made(root)[1].workbook
    sheet = openpyxl.load_workbook(BytesIO(content))[entry_spec("position").label]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    with zipfile.ZipFile(BytesIO(content)) as parcel:
        assert not [name for name in parcel.namelist() if b"<f>" in parcel.read(name)]
        assert b'quotePrefix="1"' in parcel.read("xl/styles.xml")


def test_the_same_day_gives_the_same_bytes_and_another_day_another_age(root: Path) -> None:
    one, two = made(root), made(root)
    assert one == two
    later = made(root, TODAY + timedelta(1))
    assert "401 天前" in comments(later[0].workbook)[0]


def test_the_message_names_the_town_the_places_and_the_file(root: Path) -> None:
    first = made(root)[0]
    assert first.message.splitlines()[0] == "禾城镇：请核实 2 处阵地。"
    assert first.message.splitlines()[1:3] == [
        "· 样例a：缺开放时间、地址、位置；核实：2025-10-20，一年多没核实了（400 天前）",
        "  可以这样问：您好，想问一下样例a的情况，要登在名录的网页上给大家看。平常几点开门，几点关门？中午休不休息？"
        "周末和节假日开不开？"
        "地址怎么写，什么路多少号，从哪个门进？门口旁边有什么好认的？我们好在地图上标准。",
    ]
    assert f"{first.stem}.xlsx" in first.message
    assert [sheet.title for sheet in openpyxl.load_workbook(BytesIO(first.workbook))] == ["阵地", "打电话这样问", "微信提醒"]
    for number in range(20):
        write(root, f"more-{number:02}")
    lines = made(root)[0].message.splitlines()
    assert len([line for line in lines if line.startswith("· ")]) == 10
    assert "……还有 12 处，都在表里。" in lines


def test_in_english(root: Path) -> None:
    assert made(root, language="en")[0].message.splitlines()[0].endswith(": please verify 2 places.")


def test_command(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["reminders", "--root", str(root), "--out", str(tmp_path / "out"), "--today", "2026-11-24"]
    assert main.main([*base, "禾城镇"]) == 0
    folder = tmp_path / "out" / "reminders" / "2026-11-24"
    assert sorted(path.name for path in folder.iterdir()) == ["hecheng-禾城镇.txt", "hecheng-禾城镇.xlsx"]
    said = capsys.readouterr().out
    assert (folder / "hecheng-禾城镇.txt").read_text("utf-8") in said
    (folder / "hecheng-禾城镇.xlsx").write_bytes(b"filled in")
    assert main.main(base) == 0
    assert (folder / "hecheng-禾城镇.xlsx").read_bytes() == b"filled in"
    assert (folder / "qingshan-青山镇.xlsx").exists()
    assert "没有动它" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["禾呈镇"], "没有区镇「禾呈镇」"),
        (["--today", "2026-13-01"], "日期「2026-13-01」不对"),
        (["--today", "昨天"], "日期「昨天」不对"),
    ],
)
def test_a_wrong_command_line_is_told(root: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["reminders", "--root", str(root), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_nothing_to_verify(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (root / "positions").rglob("*.yml"):
        path.unlink()
    assert main.main(["reminders", "--root", str(root)]) == 0
    assert "没有要核实的" in capsys.readouterr().out


def test_broken_data_is_told_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "x", "tier: nonsense\n")
    assert main.main(["reminders", "--root", str(root)]) == 1
    assert "positions/hecheng/x.yml:" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_workbook_takes_it_in_and_says_nothing_of_the_message(root: Path, tmp_path: Path, language: str) -> None:
    file = tmp_path / "reminder.xlsx"
    for each in made(root, language=language):
        file.write_bytes(each.workbook)
        outcome = import_files(root, [file], TODAY)
        assert (outcome.problems, [note.key for note in outcome.notes if note.key == "sheet_unknown"]) == ((), [])
