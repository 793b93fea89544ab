"""Sheets of clerks nobody here had seen: what a fresh pair of eyes found to be misread, refused or dropped, by kind."""

from pathlib import Path

import pytest

from haitang.editors.entry_files import stored_entries
from haitang.editors.excel.layout import sheet_of
from haitang.editors.excel.own.called import meaning
from tests.editors.own_sheets import HEAD, TOWN, A, B, C, Own
from tests.editors.test_own_sheets import entered

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
        ("主要领导签字：", None, "分管领导签字："), ("（单位盖章）",), ("2026年6月3日",), ("二〇二六年六月三日",), ("2026.6.3",),
        ("2026年  月  日",), ("（填报人：某某）",), ("社区书记（签名）",), ("以上共计3处",), ("以下空白",), ("镇党委（盖章）：",),
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
    ["面积（亩）", "面积（万平方米）", "电话（手机）", "联系电话（负责人）", "开放时间（周末）", "服务时间（暑期）", "地址（原）", "名称（曾用名）",
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
