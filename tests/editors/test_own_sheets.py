"""The sheet a clerk has already goes in after one round of answers, and nothing wrong is stored."""

import json
import re
import shlex
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from haitang.cli.causes import spans
from haitang.cli.main import main
from haitang.cli.sheet_answers import BLANK
from haitang.editors.entry_files import stored_entries
from haitang.editors.excel.headers import header_problems, match_table
from haitang.editors.excel.own.assumed import Assumptions
from haitang.editors.excel.workbook_reader import read_workbook
from haitang.editors.scaffold import settings_of
from haitang.model.messages import words
from tests.conftest import BASE, problems_of
from tests.editors.other_city import names
from tests.editors.own_sheets import SHEETS, SOURCE, TOWN, A, Own
from tests.worlds import PROJECT, tree

CASES = Path(__file__).parent / "sheets"
# A sheet as it was sent → how many of its rows go in, with what is told on the way.
SENT = {
    "own-title.xlsx": (3, "备注：以上信息由各社区提供"),
    "own-gbk.csv": (3, "序号"),
    "own.xls": (3, "序号"),
    "own.et": (3, "序号"),
    "own-good.xlsx": (2, "序号"),
    "w3.xlsx": (1, "新家园"),
}
ANSWERS = {"town": "陆家镇", "source": SOURCE, "days": "周一至周五"}


@pytest.mark.parametrize("name", SENT)
def test_a_sheet_that_was_sent_goes_in(name: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names and numbers in them are invented."""
    count, part = SENT[name]
    old = {entry.file for entry in stored_entries(root)}
    sheet = Path(shutil.copy(CASES / name, tmp_path))  # a marked copy is laid beside it
    code, said = run([str(sheet)], root, capsys)
    if code:
        assert part in said
        code, said = run(asked(said, ANSWERS), root, capsys)
    assert code == 0, said
    new = [entry for entry in stored_entries(root) if entry.file not in old]
    assert len(new) == count
    for entry in new:
        assert entry.values["town"] == "lujia"
        assert set(entry.values) <= {"id", "name", "tier", "town", "address", "hours", "phone", "sources"}
        if entry.name == "新家园党群服务站":
            assert entry.values["phone"] == "0512-57675678"
        if entry.name == "童泾社区服务中心":
            assert entry.values.get("phone", "0512-57679999") == "0512-57679999"
    assert problems_of(root) == ()


@pytest.mark.parametrize("name", ["t5-merged-hidden.xlsx", "t11-footer.xlsx"])
def test_an_exported_sheet_with_merged_towns_or_footers_is_no_error(name: str) -> None:
    """Their towns and entries are the golden world's of that day."""
    grids = {grid.title: grid for grid in read_workbook((CASES / name).read_bytes(), name)}
    table = match_table(grids["阵地"])
    assert table is not None
    assert not [each for each in header_problems(table) if each.problem.code == "excel-merged"]
    rows = [cells for _, cells in table.rows() if cells]
    assert len(rows) == 4
    assert [cells["town"].text for cells in rows] == ["陆家镇"] * 4


def test_there_are_enough_sheets() -> None:
    assert len(SHEETS) >= 30


def run(arguments: list[str], root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["excel", "import", *arguments, "--root", str(root)])
    said = capsys.readouterr()
    return code, said.out + said.err


def asked(said: str, answers: Mapping[str, str]) -> list[str]:
    """The command line that was printed, with the answers in it."""
    line, *_ = re.findall(r"^  python3 build\.py excel import (.*)$", said, re.MULTILINE)
    words = shlex.split(line)
    at = words.index("--root")
    words = words[:at] + words[at + 2 :]
    return [answers[words[place - 1].lstrip("-")] if word == BLANK else word for place, word in enumerate(words)]


def entered(own: Own, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Imports a sheet with at most one round of answers; the dry run before it says the same and writes nothing."""
    arguments, before = [str(own.write(tmp_path))], tree(root)
    code, said = run([*arguments, "--dry-run"], root, capsys)
    if code:
        arguments = [word for word in asked(said, own.answers) if word != "--dry-run"]
        code, said = run([*arguments, "--dry-run"], root, capsys)
    assert tree(root) == before
    code, written = run(arguments, root, capsys)
    assert rows_of(said) == rows_of(written)
    return code, written


def rows_of(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("  「")]


@pytest.mark.parametrize("title", SHEETS)
def test_own_sheet(title: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = SHEETS[title]
    old = {entry.file for entry in stored_entries(root)}
    code, said = entered(own, root, tmp_path, capsys)
    assert code == 0, said
    new = {entry.name: entry for entry in stored_entries(root) if entry.file not in old}
    assert set(new) == set(own.holds), said
    for name, fields in own.holds.items():
        values = new[name].values
        assert {field: values.get(field) for field in fields} == dict(fields)
        (line,) = (line for line in rows_of(said) if f"编号 {new[name].id}，" in line)
        for field in ("address", "phone", "hours"):  # the line tells what is stored, and nothing that is not
            label = {"address": "地址", "phone": "电话", "hours": "开放时间"}[field]
            assert (f"{label}：{values[field]}" in line) if field in values else (f"{label}：" not in line)
        assert [source["title"] for source in values["sources"]] == [SOURCE]
        assert not {"13900000001", "王主任", "张书记"} & set(re.findall(r"\w+", json.dumps(dict(values), ensure_ascii=False)))
    assert problems_of(root) == ()


def test_a_sheet_that_is_imported_twice_changes_nothing(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = SHEETS["标题行写着区镇"]
    entered(own, root, tmp_path, capsys)
    before = tree(root)
    code, said = run([str(tmp_path / own.file)], root, capsys)
    assert code == 0 and "没有要改的" in said
    code, said = run([str(tmp_path / own.file), "--dry-run"], root, capsys)
    assert code == 0 and "另有 3 处没有变" in said
    assert tree(root) == before


def test_a_cause_in_many_rows_is_told_once(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """3,001 points without a numbering, the same word in a column, a column of numbers nobody can call."""
    rows = [(f"点{number}", "陆家镇", 121.04, 31.31, "到门口", "x") for number in range(300)]
    own = Own([("名称", "区镇", "经度", "纬度", "精度", "来源"), *rows], {})
    _, said = run([str(own.write(tmp_path))], root, capsys)
    assert said.count("坐标系") == 1, said
    assert '--crs "……"' in said
    assert "第 2～301 行（共 300 格）" in said
    wrong = [(f"点{number}", "陆家镇", f"电话{number}", "x") for number in range(40)]
    _, said = run([str(Own([("名称", "区镇", "电话", "来源"), *wrong], {}).write(tmp_path))], root, capsys)
    assert said.count("请只写单位座机") == 1
    assert "第 2～41 行（共 40 格）" in said
    assert "电话1、电话2" in said
    assert spans([3, 4, 5, 9], words("zh-CN")) == ("3～5", "9")


def test_everything_is_told_in_the_first_round(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong telephone hides neither that the source is missing, nor wrong hours, nor that the place is there already."""
    rows = [
        ("朝晖社区", "电话坏了", "随缘"),
        ("启发广场党群服务点", "0512-57621055", "每天 9:00-17:00"),
        ("新站", "13900000001", ""),
    ]
    own = Own([("陆家镇台账",), ("名称", "电话", "开放时间", "备注"), *((*row, "x") for row in rows)], {})
    _, said = run([str(own.write(tmp_path))], root, capsys)
    for part in ("备注", "电话坏了", "随缘", "没有写资料从哪里来", "手机"):
        assert part in said, said
    assert "--source" in said and "--ignore 备注" in said and "--leave-out" in said


CELLS = st.sampled_from("|待核实|0512-57671234|每天 9:00-17:00|陆家镇|花桥镇|甲|朝晖社区党群服务站|站|合计|3".split("|"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*[CELLS] * 5), min_size=1, max_size=5))
def test_a_dry_run_says_what_an_import_does(
    rows: list[tuple[str, ...]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever stands in the cells: the same answer, the same lines, and afterwards sound data."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(BASE, Path(folder) / "data"))
        own = Own([("名称", "区镇", "电话", "开放时间", "层级", "来源"), *((*row, SOURCE) for row in rows)], {}, file="a.csv")
        arguments, before = [str(own.write(tmp_path)), "--leave-out"], tree(root)
        code, said = run([*arguments, "--dry-run"], root, capsys)
        assert tree(root) == before
        again, written = run(arguments, root, capsys)
        assert code == again
        kept = [line for line in rows_of(said) if "没有变" not in line]
        assert kept == rows_of(written)
        shown = {line.split("新增 ")[1].split("，")[0] for line in kept if "新增" in line}
        assert {f"positions/{name.split('positions/')[-1]}" for name in set(tree(root)) - set(before)} == shown
        if code == 0:
            assert not [problem for problem in problems_of(root) if problem.level == "error"]  # what is likely one is asked


@pytest.mark.live
def test_tiers_that_names_tell_are_those_of_the_directory() -> None:
    assumptions = Assumptions(settings_of(PROJECT))
    for entry in stored_entries(PROJECT, ["position"]):
        told, tier = assumptions.tier(entry.name), entry.text("tier")
        assert not told or not tier or told == tier, entry.name
    certain = {
        "陆家镇党群服务中心": "centre",
        "车塘社区党群服务中心": "station",
        "某园区党群服务中心": "",
        "某小区党群服务点": "point",
    }
    assert {name: assumptions.tier(name) for name in certain} == certain


def test_what_nobody_sees_in_a_name_is_told_as_such(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for hidden in "\u200b\ufeff\u200e":
        own = Own([("名称", "层级", "区镇"), (f"甲测试{hidden}点", "点", "陆家镇")], {}, file="b13.csv")
        _, said = run([str(own.write(tmp_path))], root, capsys)
        assert "没有名称" not in said and "看不见" in said, said


def test_an_answer_that_was_not_given_is_no_answer(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(SHEETS["没有标题，要问区镇"].write(tmp_path))
    for option, text in (("source", BLANK), ("town", BLANK), ("town", "月亮镇"), ("days", "有空"), ("crs", "奥维")):
        code, said = run([file, f"--{option}", text], root, capsys)
        assert code == 2 and len(said) > 10
    code, said = run([file, "--columns", "名称=没有这栏"], root, capsys)
    assert code == 2 and "地址" in said


def test_on_a_terminal_it_asks(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One question after the other, and no second round."""
    own, asked_for = SHEETS["负责人和备注不收"], list[str]()

    def answer(question: str) -> str:
        asked_for.append(question)
        meant = {"town": "是哪个区镇", "source": "资料从哪里来"}
        return next((text for option, text in TOWN.items() if question.startswith(meant[option])), "")

    monkeypatch.setattr("haitang.cli.commands.excel.is_asked", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    code, said = run([str(own.write(tmp_path))], root, capsys)
    assert code == 0, said
    assert len(asked_for) == 3
    # What Enter does is what the question says it does.
    assert [question.rpartition("（")[2] for question in asked_for] == [
        "对就直接按回车；只不收其中几列的，写那几列）：",
        "写好按回车；不知道就直接按回车）：",
        "写好按回车；不知道就直接按回车）：",
    ]
    assert len([entry for entry in stored_entries(root) if entry.name in own.holds]) == 3


def test_a_town_that_the_address_denies_is_told(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Own([("陆家镇台账",), ("名称", "地址", "来源"), ("某站", "花桥镇某路1号", "x")], {})
    code, said = run([str(own.write(tmp_path))], root, capsys)
    assert code == 1 and "花桥镇" in said and "陆家镇" in said
    code, said = run([str(own.write(tmp_path)), "--town", "花桥镇"], root, capsys)
    assert code == 1, "the title says otherwise"


def test_an_id_is_no_number_and_a_merged_name_is_told(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Own(
        [("名称", "区镇", "电话", "来源"), (*A[:1], "陆家镇", A[2], "x"), (None, "陆家镇", "0512-57670001", "x")],
        {},
        ("A2:A3",),
    )
    code, said = run([str(own.write(tmp_path))], root, capsys)
    assert code == 1
    assert "有 1 处要改" in said, said


def test_1500_rows_go_in_within_six_seconds(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["序号", "名称", "区镇", "地址", "电话", "开放时间", "资料来源"])
    for number, name in enumerate(names(1500), 1):
        town = ("陆家镇", "花桥镇")[number % 2]
        plain = re.sub("[🎉🏠★]", "", name)
        sheet.append([number, plain, town, f"{town}某路{number}号", f"0512-57{number:06}", "周一至周五 8:30-17:00", "某部名录"])
    book.save(tmp_path / "a.xlsx")
    start = time.process_time()
    code, said = run([str(tmp_path / "a.xlsx")], root, capsys)
    took = time.process_time() - start
    assert code == 0, said[:3000]
    assert said.count("新增") >= 1400
    assert took < 6
