"""Words that say that nothing is known."""

import pytest

from haitang.model.written.unknown import is_unknown

UNKNOWN = [
    "待核实",
    "不详",
    "无",
    "暂无",
    "待定",
    "/",
    "-",
    "？",
    "?",
    "——",
    "（待核实）",
    "待 核 实",
    "【不详】",
    "N/A",
    "n/a",
    "ｎ／ａ",
    "待补充。",
    "暂未提供",
    "\\",
    "…",
    "xxx",
    "XX",
    "None",
    "unknown",
    "没有",
    "未知！",
    "“不详”",
    "_",
    "***",
    "//",
    "--",
    "／",
    "－",
    "、",
    "TBD",
    "地址不详",
    "具体地址待核实",
    "开放时间待定",
    "无固定电话",
    "没有座机",
    "尚未公布",
    "目前不详",
    "暂未核实",
    "————",
    "□□□",
    "待考证",
    "#N/A",
    "没问到",
    "不适用",
    "待测量",
]
KNOWN = [
    "无锡路1号",
    "待核实路9号",
    "无障碍",
    "没有门牌，桥东",
    "不详谈",
    "1",
    "0",
    "A",
    "a",
    "同上",
    "同 1 号楼",
    "见备注",
    "X1",
    "xx路",
    "空港路",
    "略阳路",
    "缺口镇",
    "是",
    "否",
    "无名广场",
    "暂无，7月开放",
    "待定居点",
    "100-200",
    "开放",
    "地址",
    "电话",
    "%",
    "℃",
    "√",
    "🌸",
    "无电梯",
    "未成年人",
    "主办单位不变",
    "面积100",
    "情况说明",
    "#1",
    "未公开",
    "待测区",
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_says_that_nothing_is_known(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize("text", KNOWN)
def test_says_something(text: str) -> None:
    assert not is_unknown(text)


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_what_is_empty_says_nothing(text: str) -> None:
    assert not is_unknown(text)
