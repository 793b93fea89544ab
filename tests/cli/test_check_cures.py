"""What clerks write, through the command line: `check` tells it, `check --fix` writes what is meant, `check` is content."""

from pathlib import Path

import pytest

from tests.cli.test_check import QIFA, check, spoil

ADDRESS = "address: 陆家镇启发广场 2 号\n"


@pytest.mark.parametrize("word", ["待核实", "/", "不详", "无", "暂无", "-", "？", "（待定）", '"-"', "N/A", "| \n  待核实"])
def test_what_is_not_known_is_taken_out(root: Path, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / QIFA).read_text("utf-8")
    spoil(root, QIFA, ADDRESS, f"address: {word}\n" if word != "-" else 'address: "-"\n')
    assert check(root) == 1
    assert "unknown-value" in capsys.readouterr().out
    assert check(root, "--fix") == 0, capsys.readouterr().out
    assert (root / QIFA).read_text("utf-8") == before.replace(ADDRESS, "")


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("phone: 0512-57621055\n", "phone: 不详\n", ""),
        ("hours: 周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00\n", "hours: 待定\n", ""),
        ("opened: 2018-11\n", "opened: ？\n", ""),
        ("area_m2: 320\n", "area_m2: 未统计\n", ""),
        ("  - 便民服务\n", "  - 便民服务\n  - 无\n", "  - 便民服务\n"),
        ("  - 便民服务\n", "  - 便民服务\n  - 无 # 问过\n", "  - 便民服务\n  # 问过\n"),
        (
            "services:\n  - 党员学习\n  - 便民服务\n",
            "services: [党员学习, 无, 便民服务]\n",
            "services:\n  - 党员学习\n  - 便民服务\n",
        ),
        ("facilities:\n  - 饮水\n  - 无障碍厕所\n", "facilities: 无\n", ""),
        ("facilities:\n  - 饮水\n  - 无障碍厕所\n", "facilities:\n  - 暂无\n", ""),
        ("    url: https://www.example.org/qifa\n", "    url: /\n", ""),
        ("    text: 可坐 30 人\n", "    text: 待补充\n", ""),
        ("    when: 每月第一个周六 09:00\n", "    when: 待定\n", ""),
        ("parent: lujia-zhen\n", "parent: 无\n", ""),
        ("host: 邹家角社区党委\n", "主办单位：待核实\n", ""),
    ],
)
def test_of_any_field(root: Path, old: str, new: str, right: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / QIFA).read_text("utf-8")
    assert before.count(old) == 1
    spoil(root, QIFA, old, new)
    assert check(root, "--fix") == 0, capsys.readouterr().out
    assert (root / QIFA).read_text("utf-8") == before.replace(old, right)


@pytest.mark.parametrize(
    ("old", "new"), [("name: 启发广场党群服务点\n", "name: 待定\n"), ("  - title: 昆山阵地群报道\n", "  - title: 无\n")]
)
def test_what_is_required_is_only_told(root: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root, QIFA, old, new)
    before = (root / QIFA).read_bytes()
    assert check(root, "--fix") == 1
    assert "unknown-value" in capsys.readouterr().out
    assert (root / QIFA).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"), [("    unit: 名\n", '    unit: "%"\n'), ("short_name: 启发广场\n", "short_name: 无锡路点\n")]
)
def test_what_says_something_stays(root: Path, old: str, new: str) -> None:
    spoil(root, QIFA, old, new)
    assert check(root, QIFA) == 0
