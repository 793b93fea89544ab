"""Sheets of clerks nobody here had seen: what a fresh pair of eyes found to be misread, refused or dropped, by kind."""

from pathlib import Path

import pytest

from haitang.editors.entry_files import stored_entries
from haitang.editors.excel.layout import sheet_of
from haitang.editors.excel.own.called import meaning
from tests.editors.own_sheets import HEAD, TOWN, A, B, C, Own
from tests.editors.test_own_sheets import entered, run
from tests.worlds import tree

HEADS = ("名称", "地址", "电话", "开放时间")


def new_ones(own: Own, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    """The entries that a sheet adds after one round of answers, by name."""
    old = {entry.file for entry in stored_entries(root)}
    code, said = entered(own, root, tmp_path, capsys)
    assert code == 0, said
    return {entry.name: dict(entry.values) for entry in stored_entries(root) if entry.file not in old}


@pytest.mark.parametrize(
    "footer",
    [
        ("主要领导签字：", None, "分管领导签字："), ("（单位盖章）",), ("2026年6月3日",), ("二〇二六年六月三日",),
        ("2026.6.3",),
        ("2026年  月  日",), ("（填报人：某某）",), ("社区书记（签名）",), ("以上共计3处",), ("以下空白",),
        ("镇党委（盖章）：",),
        ("填报单位（公章）", None, "填报时间：2026年6月"),
    ],
)  # fmt: skip
def test_what_is_signed_below_a_sheet_is_no_place(
    footer: tuple[str | None, ...], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set(new_ones(Own([HEADS, A, B, C, footer], {}, answers=TOWN), root, tmp_path, capsys)) == {A[0], B[0], C[0]}


@pytest.mark.parametrize("first", ["陆家", "陆家镇", "一、陆家", "（一）陆家镇"])
@pytest.mark.parametrize("second", ["花桥", "花桥镇（1个）", "二、花桥"])
def test_a_row_that_says_nothing_but_a_town_is_a_heading(
    first: str, second: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Own([(first,), HEADS, A, (second,), HEADS, C], {}, answers={"source": "x"})
    found = new_ones(own, root, tmp_path, capsys)
    assert {name: values["town"] for name, values in found.items()} == {A[0]: "lujia", C[0]: "huaqiao"}


@pytest.mark.parametrize(
    "head",
    ["面积（亩）", "面积（万平方米）", "电话（手机）", "联系电话（负责人）", "开放时间（周末）", "服务时间（暑期）",
    "地址（原）",
     "名称（曾用名）",
     "启用时间（计划）", "地址(户籍)"],
)  # fmt: skip
def test_what_brackets_make_another_column_is_not_taken_for_it(head: str) -> None:
    assert meaning(sheet_of("position"), (head,), {}) is None


@pytest.mark.parametrize(
    "head", ["面积（平方米）", "电话（座机，含区号）", "名称（与牌匾一致）", "开放时间（精确到分）", "地址（到门牌号）"]
)
def test_other_brackets_say_nothing(head: str) -> None:
    assert meaning(sheet_of("position"), (head,), {}) is not None


def test_a_place_called_by_its_short_name_is_the_one_that_is_there(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = next(
        each for each in stored_entries(root, ["position"]) if each.text("short_name") and each.text("town") == "lujia"
    )
    own = Own([HEAD, (1, there.text("short_name"), "编造路8号", A[2], A[3]), (2, *C)], {}, answers=TOWN)
    assert set(new_ones(own, root, tmp_path, capsys)) == {C[0]}
    after = next(each for each in stored_entries(root, ["position"]) if each.file == there.file)
    assert (after.name, after.text("address")) == (there.name, "编造路8号")


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("单位", "name"), ("站名", "name"), ("阵地全名", "name"), ("网点地址", "address"), ("坐落位置", "address"),
        ("站址", "address"),
        ("网点电话", "phone"), ("座机电话", "phone"),
        ("中心服务时间", "hours"), ("阵地面积", "area_m2"), ("驿站咨询电话", "phone"),
        ("中心主任", ""), ("站长", ""), ("单位负责人", ""), ("中心书记电话", ""), ("上级单位", ""), ("机构编码", ""),
        ("站点数", ""),
        ("单位性质", ""), ("中心", ""),
    ],
)  # fmt: skip
def test_what_a_column_of_the_place_is_called(head: str, path: str) -> None:
    found = meaning(sheet_of("position"), (head,), {})
    assert (found.column.path if found else "") == path


@pytest.mark.parametrize("mark", ["同上", "〃", "″", '"', " 同上 ", "同前"])
def test_what_points_to_the_cell_above_says_the_same(
    mark: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("陆家镇", *A), (mark, B[0], B[1], B[2], mark), (mark, C[0], mark, C[2], mark)]
    own = Own([("区镇", *HEADS), *rows], {}, answers=TOWN)
    found = new_ones(own, root, tmp_path, capsys)
    assert {values["town"] for values in found.values()} == {"lujia"}
    assert {values["hours"] for values in found.values()} == {"周一至周五 08:30-17:00"}
    assert found[C[0]]["address"] == B[1]


@pytest.mark.parametrize(
    "town", ["昆山市陆家镇", "江苏省昆山市陆家", "苏州市昆山市陆家镇", "昆山陆家", "江苏省苏州市昆山市陆家镇"]
)
def test_a_town_with_its_city_is_the_town(town: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = new_ones(Own([("区镇", *HEADS), (town, *A)], {}, answers=TOWN), root, tmp_path, capsys)
    assert found[A[0]]["town"] == "lujia"


def test_headers_in_three_rows(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ("陆家镇阵地明细表",), ("序号", "基本信息", None, None, "联系信息", None), (None, "名称", "位置", None, "电话",
        "负责人"),
        (None, None, "地址", "面积", None, None), (1, A[0], A[1], 300, A[2], "王主任"), (2, B[0], B[1], 200, B[2], "张书记"),
    ]  # fmt: skip
    merged = ("A1:F1", "A2:A4", "B2:D2", "E2:F2", "B3:B4", "C3:D3", "E3:E4", "F3:F4")
    found = new_ones(Own(rows, {}, merged, answers=TOWN), root, tmp_path, capsys)
    assert {name: (values["address"], values["phone"]) for name, values in found.items()} == {A[0]: A[1:3], B[0]: B[1:3]}


def test_a_second_column_of_one_meaning_may_be_left_out(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Own([(*HEADS, "咨询电话"), (*A, "0512-57679999")], {}, answers=TOWN)
    assert new_ones(own, root, tmp_path, capsys)[A[0]]["phone"] == A[2]


def test_a_header_with_line_breaks_is_ignored_as_it_was_shown(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Own([(*HEADS, "占地面积\n（平方米）"), (*A, 300)], {}, answers=TOWN)
    assert set(new_ones(own, root, tmp_path, capsys)) == {A[0]}


@pytest.mark.parametrize("second", ["所属区镇", "联系电话", "地址", "详细地址", "开放时间"])
def test_a_form_with_two_fields_in_a_line_is_told(
    second: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("名称", A[0], second, "某某"), ("办公地址", A[1], "办公电话", A[2]), ("服务时间", A[3], "面积", "200")]
    file = str(Own(rows, {}).write(tmp_path))
    before = tree(root)
    code, said = run([file, "--town", "陆家镇", "--source", "x", "--leave-out"], root, capsys)
    assert code == 1 and "Sheet1!C1" in said, said
    assert tree(root) == before
