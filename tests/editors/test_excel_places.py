"""Places in sheets: names of numberings, pairs in one cell, and characters that nobody sees."""

from pathlib import Path

import pytest

from haitang.cli.commands.excel import sentence
from haitang.editors.excel.import_ import Outcome, import_files
from haitang.model.messages import words
from tests.conftest import BASE, TODAY

PLACE = ("位置·经度", "位置·纬度", "位置·坐标系", "位置·精度")


def imported(tmp_path: Path, header: str, row: str) -> Outcome:
    sheet = tmp_path / "清单.csv"
    sheet.write_text(f"{header}\n{row}\n", "utf-8")
    return import_files(BASE, [sheet], TODAY)


def location(outcome: Outcome) -> dict[str, str]:
    (change,) = outcome.changes
    found = change.values.get("location")
    assert isinstance(found, dict), [sentence(each, words("zh-CN")) for each in outcome.problems]
    return found


@pytest.mark.parametrize(
    ("said", "crs"),
    [
        ("手机定位", "wgs84"), ("天地图", "wgs84"), ("WGS-84", "wgs84"), ("ＷＧＳ８４", "wgs84"), ("CGCS2000", "wgs84"),
        ("gps", "wgs84"), ("GCJ-02", "gcj02"), ("高德地图", "gcj02"), ("腾讯地图", "gcj02"), ("火星坐标系", "gcj02"),
        ("百度地图", "bd09"), ("BD-09", "bd09"),
    ],
)  # fmt: skip
def test_numberings_have_many_names(said: str, crs: str, tmp_path: Path) -> None:
    outcome = imported(tmp_path, f"名称,层级,区镇,{','.join(PLACE)}", f"甲测试点,点,陆家镇,121.0481,31.3138,{said},到门口")
    assert location(outcome) == {"lon": "121.0481", "lat": "31.3138", "crs": crs, "precision": "exact"}
    assert not [each for each in outcome.problems if each.problem.code == "bad-choice"]


@pytest.mark.parametrize("said", ["谷歌地图", "地图", "高德或百度", "北京54", "不知道哪家"])
def test_what_names_no_numbering_is_told(said: str, tmp_path: Path) -> None:
    outcome = imported(tmp_path, f"名称,层级,区镇,{','.join(PLACE)}", f"甲测试点,点,陆家镇,121.0481,31.3138,{said},到门口")
    assert "bad-choice" in [each.problem.code for each in outcome.problems]


@pytest.mark.parametrize("said", ["门口", "到门口", "大门", "楼下", "精确", "exact", "Exact", "正门"])
def test_to_the_door_is_exact(said: str, tmp_path: Path) -> None:
    outcome = imported(tmp_path, f"名称,层级,区镇,{','.join(PLACE)}", f"甲测试点,点,陆家镇,121.0481,31.3138,GPS,{said}")
    assert location(outcome)["precision"] == "exact"


@pytest.mark.parametrize(
    ("header", "row", "right"),
    [
        ("坐标,位置·坐标系", '"121.048123,31.313845",高德', ("121.048123", "31.313845", "gcj02", "exact")),
        ("坐标,位置·坐标系", "31.313845 121.048123,WGS-84", ("121.048123", "31.313845", "wgs84", "exact")),
        ("经纬度", '"高德：121.048123，31.313845"', ("121.048123", "31.313845", "gcj02", "exact")),
        ("坐标,坐标系", "东经121.048123°北纬31.313845°,GPS", ("121.048123", "31.313845", "wgs84", "exact")),
        (
            "位置·经度,位置·纬度,坐标系",
            '"121.048123,31.313845","121.048123,31.313845",GPS',
            ("121.048123", "31.313845", "wgs84", "exact"),
        ),
        (
            "位置·经度",
            '"https://uri.amap.com/marker?position=121.048123,31.313845"',
            ("121.048123", "31.313845", "gcj02", "exact"),
        ),
        ("位置·经度,位置·纬度,坐标系,精度", "121°2′53″,31°18′50″,GPS,门口", ("121.048056", "31.313889", "wgs84", "exact")),
        ("坐标,坐标系,精度", '"121.048123,31.313845",GPS,街道', ("121.048123", "31.313845", "wgs84", "street")),
    ],
)
def test_a_pair_in_one_cell_is_parted(header: str, row: str, right: tuple[str, ...], tmp_path: Path) -> None:
    outcome = imported(tmp_path, f"名称,层级,区镇,{header}", f"甲测试点,点,陆家镇,{row}")
    assert location(outcome) == dict(zip(("lon", "lat", "crs", "precision"), right, strict=True))


def test_a_pair_without_its_numbering_is_told(tmp_path: Path) -> None:
    outcome = imported(tmp_path, "名称,层级,区镇,坐标", '甲测试点,点,陆家镇,"121.048123,31.313845"')
    told = {each.problem.code: each.problem.values.get("field") for each in outcome.problems}
    assert told == {"excel-missing-field": "位置·坐标系", "excel-no-sources": None}


def test_the_same_pair_changes_nothing(tmp_path: Path) -> None:
    outcome = imported(tmp_path, "名称,区镇,坐标", '启发广场党群服务点,陆家镇,"31.3159,121.0435"')
    assert outcome.is_sound
    assert outcome.changes == ()


@pytest.mark.parametrize("character", "\u200b\ufeff\u200e\u2060\u202c")
@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("名称,层级,区镇", "甲测试点{},点,陆家镇"),
        ("名称,层级,区镇", "{}甲测试点,点,陆家镇"),
        ("名称,层级,区镇,地址", "甲测试点,点,陆家镇,示例{}路 1 号"),
        ("编号,名称,层级,区镇", "qifa-guangchang{},启发广场党群服务点,点,陆家镇"),
    ],
)
def test_what_nobody_sees_is_told_in_every_column(character: str, header: str, row: str, tmp_path: Path) -> None:
    outcome = imported(tmp_path, header, row.format(character))
    told = [each for each in outcome.problems if each.problem.code == "hidden-character"]
    assert len(told) == 1
    assert f"U+{ord(character):04X}" in sentence(told[0], words("zh-CN"))
    assert "excel-no-name" not in [each.problem.code for each in outcome.problems]
