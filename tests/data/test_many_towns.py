"""directory.yml has room for the towns of a whole province's cities; entries have no more room than before."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.core.problems import InvalidDirectory
from haitang.model.settings import Settings
from haitang.model.validation import read
from haitang.source.nodes import LINE, MAX_BYTES, MAX_VALUES, Fields, most_bytes
from haitang.source.parser import parse, read_file
from tests.conftest import readable
from tests.worlds import WORLD

SETTINGS, ENTRY = "directory.yml", "positions/lujia/x.yml"
TOWN = """      - id: zhen-{0}
        name: 示例{0}镇（示例高新技术产业开发区）
        short_name: 示例{0}镇
        kind: 镇
        location:
          lon: 121.{0:05}
          lat: 31.{0:05}
          crs: wgs84
          precision: town
        sources:
          - title: 示例居民点数据（cities1000）
            publisher: 示例地名（CC BY）
            date: 2016-09-15
            url: https://example.org/shili/reverse-geocoder
            note: 取自示例仓库 2016-09-15 的数据；镇区示意点，误差约 2 公里
"""


def with_towns(count: int) -> str:
    """The little world's directory.yml with so many towns in front of its own, each told in full."""
    text = (WORLD / SETTINGS).read_text("utf-8")
    before, mark, after = text.partition("    towns:\n")
    return before + mark + "".join(TOWN.format(number) for number in range(count)) + after


@pytest.mark.parametrize("count", [86, 200, 201, 500, 990])
def test_so_many_towns_are_read(count: int) -> None:
    tree = parse(with_towns(count), SETTINGS)
    assert isinstance(tree, Fields), tree
    settings = read(Settings, tree, SETTINGS)
    assert isinstance(settings, Settings), settings
    assert len(settings.areas[0].towns) >= count


def test_hundreds_of_towns_pass_the_whole_check(tmp_path: Path) -> None:
    shutil.copytree(WORLD, tmp_path, dirs_exist_ok=True)
    (tmp_path / SETTINGS).write_text(with_towns(300), "utf-8")
    try:
        directory = load(tmp_path, today=date(2026, 1, 2))
    except InvalidDirectory as invalid:  # the made-up points may lie anywhere
        assert {problem.code for problem in invalid.problems} <= {"outside-town"}
    else:
        assert len(directory.settings.areas[0].towns) >= 300


def test_where_it_ends_is_told(tmp_path: Path) -> None:
    path = tmp_path / SETTINGS
    path.write_bytes(b"title: x\n#".ljust(most_bytes(SETTINGS), b" "))
    assert read_file(path, SETTINGS) == {"title": "x"}
    path.write_bytes(b"title: x\n#".ljust(most_bytes(SETTINGS) + 1, b" "))
    found = read_file(path, SETTINGS)
    assert isinstance(found, list)
    assert [(problem.code, problem.values) for problem in found] == [("file-too-large", {"kib": 1025, "limit": 1024})]
    assert "区镇" in readable(found[0])


@pytest.mark.parametrize("file", [ENTRY, "brands/directory.yml", "positions/directory.yml", "directory.yaml", ""])
def test_nothing_else_has_more_room(file: str, tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"id: x\n#".ljust(MAX_BYTES + 1, b" "))
    found = read_file(tmp_path / "x.yml", file)
    assert isinstance(found, list)
    assert [problem.code for problem in found] == ["file-too-large"]
    many = parse("a:\n" + "- x\n" * (MAX_VALUES + 1), file)
    assert isinstance(many, list)
    assert [problem.code for problem in many] == ["too-many-values"]


def test_values_end_too() -> None:
    assert isinstance(parse("a:\n" + "  - x\n" * (MAX_VALUES + 1), SETTINGS), Fields)
    found = parse("a:\n" + "  - x\n" * 80_001, SETTINGS)
    assert isinstance(found, list)
    assert [(problem.code, problem.values) for problem in found] == [("too-many-values", {"limit": 80_000})]


def test_a_place_far_to_the_right_is_still_on_its_line() -> None:
    """A name as long as no file could be before, in the form that is read line by line."""
    name = "a" * 70_000
    tree = parse(f"b: 1\n{name}: x\n", SETTINGS)
    assert isinstance(tree, Fields)
    assert (tree[name].line, tree[name].column) == (2, len(name) + 3)
    assert most_bytes(SETTINGS) <= 1 << LINE
