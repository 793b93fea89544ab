"""Places that were pasted in one piece: told with the lines that are wanted, and written where order and datum are certain."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_check import QIFA, check
from tests.conftest import problems_of

LOCATION = "location:\n  lon: 121.0435\n  lat: 31.3159\n  crs: wgs84\n  precision: exact\n"
AMAP = "https://uri.amap.com/marker?position=121.043512,31.315923&name=启发广场"


def placed(root: Path, written: str) -> str:
    """The file with something else for its location; what it says there."""
    file = root / QIFA
    text = file.read_text("utf-8")
    assert LOCATION in text
    file.write_text(text.replace(LOCATION, written), "utf-8")
    return text


def location_of(root: Path) -> str:
    found = re.search(r"(?m)^location:.*\n(?: .*\n)*", (root / QIFA).read_text("utf-8"))
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("written", "crs"),
    [
        (f"location: {AMAP}\n", "gcj02"),
        (f'location: "{AMAP}"\n', "gcj02"),
        (f"location: {AMAP}  # 门口\n", "gcj02"),
        ("location: https://apis.map.qq.com/uri/v1/marker?marker=coord:31.315923,121.043512;title:x\n", "gcj02"),
        ("location: http://api.map.baidu.com/marker?location=31.315923,121.043512&coord_type=gcj02\n", "gcj02"),
        ("location: https://maps.apple.com/?ll=31.315923,121.043512\n", "gcj02"),
        ("location: 高德 121.043512，31.315923\n", "gcj02"),
        ("location: 31.315923, 121.043512 (GPS)\n", "wgs84"),
        ("location: 手机定位 31.315923 121.043512\n", "wgs84"),
        ("location:\n  lon: 121.043512,31.315923\n  crs: wgs84\n  precision: exact\n", "wgs84"),
        ("location:\n  lon: 31.315923，121.043512\n  lat: 31.315923，121.043512\n  crs: wgs84\n  precision: exact\n", "wgs84"),
        ("location:\n  lon: 东经121.043512\n  lat: 北纬31.315923°\n  crs: wgs84\n  precision: exact\n", "wgs84"),
        (f"location:\n  lat: {AMAP}\n", "gcj02"),
        ("坐标: GPS 121.043512,31.315923\n", "wgs84"),
    ],
)
def test_a_pasted_place_is_written_in_its_parts(root: Path, written: str, crs: str) -> None:
    placed(root, written)
    assert check(root, QIFA, "--fix") == 0
    assert location_of(root) == LOCATION.replace("0435", "043512").replace("3159", "315923").replace("wgs84", crs).replace(
        "location:", "location: # 门口" if "#" in written else "location:"
    )


@pytest.mark.parametrize(
    "written",
    [
        "location: 121.043512,31.315923\n",  # of which map?
        "location: 121°2′36.6″E 31°18′57.3″N\n",
        "location: https://www.google.com/maps?q=31.315923,121.043512\n",
        "location: https://surl.amap.com/2kTeSt\n",
        "location: 启发广场东门\n",
        "location:\n  lon: 121.043512,31.315923\n  lat: 31.4\n  crs: wgs84\n  precision: exact\n",
        f"location:\n  lon: {AMAP}\n  crs: wgs84\n  precision: exact\n",
    ],
)
def test_what_is_not_certain_is_only_told(root: Path, written: str) -> None:
    placed(root, written)
    before = (root / QIFA).read_text("utf-8")
    assert check(root, QIFA, "--fix") == 1
    after = (root / QIFA).read_text("utf-8")
    assert [line for line in before.split("\n") if line not in after.split("\n")] == []
    told = problems_of(root)
    assert [problem.code for problem in told] == ["point-unread" if "surl" in written or "东门" in written else "point-unsplit"]


OBEYED: list[tuple[str, Callable[[str], str]]] = [
    ("location: 121.043512,31.315923\n", lambda line: line.replace("wgs84/gcj02/bd09", "gcj02")),
    ("location: 121°2′36.6″E 31°18′57.3″N\n", lambda line: line.replace("wgs84/gcj02/bd09", "wgs84")),
    (f"location: {AMAP}\n", str),
    ("location: [121.043512, 31.315923]\n", lambda line: line.replace("wgs84/gcj02/bd09", "gcj02")),
    ("location:\n  - 121.043512\n  - 31.315923\n", lambda line: line.replace("wgs84/gcj02/bd09", "gcj02")),
]


@pytest.mark.parametrize(("written", "chosen"), OBEYED)
def test_what_is_told_is_right_when_it_is_obeyed(root: Path, written: str, chosen: Callable[[str], str]) -> None:
    placed(root, written)
    (told,) = problems_of(root)
    lines = told.values["lines"]
    assert isinstance(lines, tuple)
    assert [line.partition(":")[0] for line in lines] == ["lon", "lat", "crs", "precision"]
    text = (root / QIFA).read_text("utf-8")
    (root / QIFA).write_text(text.replace(written, "location:\n" + "".join(f"  {chosen(line)}\n" for line in lines)), "utf-8")
    assert problems_of(root) == ()


ADDRESS = "address: 陆家镇启发广场 2 号\n"


def test_an_address_that_is_a_place_on_a_map(root: Path) -> None:
    placed(root, "")
    text = (root / QIFA).read_text("utf-8")
    (root / QIFA).write_text(text.replace(ADDRESS, f"address: {AMAP}\n"), "utf-8")
    assert [problem.code for problem in problems_of(root)] == ["point-unsplit"]
    assert check(root, QIFA, "--fix") == 0
    assert location_of(root).startswith("location:\n  lon: 121.043512\n  lat: 31.315923\n  crs: gcj02\n")
    assert "address" not in (root / QIFA).read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("121.043512, 31.315923", "point-unsplit"),
        ("北纬31.315923°，东经121.043512°", "point-unsplit"),
        ("121°2′36.6″E 31°18′57.3″N", "point-unsplit"),
        ("https://surl.amap.com/2kTeSt", "point-unread"),
        ("https://j.map.baidu.com/a1/x", "point-unread"),
        ("陆家镇菉溪路 1.5 公里处", None),
        ("312 国道 1210.5 公里", None),
        ("陆家镇启发广场 2/3 号楼", None),
        ("教育路 121 号、31 号", None),
        ("富荣路 2 号 A/B 座", None),
    ],
)
def test_addresses_are_words(root: Path, address: str, code: str | None) -> None:
    text = (root / QIFA).read_text("utf-8")
    (root / QIFA).write_text(text.replace(ADDRESS, f"address: {address}\n"), "utf-8")
    assert [problem.code for problem in problems_of(root)] == ([code] if code else [])


HIDDEN = "\u200d\xad\u200c\u3164\u2063\u200b\u200e\u200f\u2060\ufeff"


def test_what_cannot_be_seen_is_taken_out(root: Path) -> None:
    right = (root / QIFA).read_text("utf-8")
    for character in HIDDEN:
        spoilt = right.replace("党群服务点", f"党群{character}服务点{character}").replace("  - 饮水", f"  - 饮水{character}")
        (root / QIFA).write_text(spoilt, "utf-8")
        assert check(root, QIFA, "--fix") == 0, hex(ord(character))
        assert (root / QIFA).read_text("utf-8") == right


def test_a_break_inside_a_line_is_a_blank(root: Path) -> None:
    right = (root / QIFA).read_text("utf-8")
    for character in "\x0b\x0c\u2028\x85":
        (root / QIFA).write_text(right.replace("启发广场 2 号", f"启发广场{character}2 号"), "utf-8")
        assert check(root, QIFA, "--fix") == 0
        assert (root / QIFA).read_text("utf-8") == right


def test_what_turns_the_order_is_left_to_a_person(root: Path) -> None:
    right = (root / QIFA).read_text("utf-8")
    for character in "\u202e\u2067\x07":
        spoilt = right.replace("党群服务点", f"党群{character}服务点")
        (root / QIFA).write_text(spoilt, "utf-8")
        assert check(root, QIFA, "--fix") == 1
        assert (root / QIFA).read_text("utf-8") == spoilt


@pytest.mark.parametrize(
    ("field", "said", "right"),
    [
        ("crs", "WGS-84", "wgs84"),
        ("crs", "手机定位", "wgs84"),
        ("crs", "天地图", "wgs84"),
        ("crs", "CGCS2000", "wgs84"),
        ("crs", "GPS坐标", "wgs84"),
        ("precision", "门口", "exact"),
        ("precision", "大门", "exact"),
        ("precision", "楼下", "exact"),
        ("precision", "精确", "exact"),
        ("precision", "路口", "street"),
    ],
)
def test_choices_of_a_location_have_many_names(root: Path, field: str, said: str, right: str) -> None:
    placed(root, re.sub(rf"{field}: .*", f"{field}: {said}", LOCATION))
    assert [problem.values.get("guess") for problem in problems_of(root)] == [right]
    assert check(root, QIFA, "--fix") == 0
    assert f"  {field}: {right}\n" in location_of(root)


@pytest.mark.parametrize(
    ("field", "said"), [("crs", "谷歌地图"), ("crs", "高德或百度"), ("crs", "北京54"), ("precision", "附近")]
)
def test_what_names_no_choice_for_certain_stays(root: Path, field: str, said: str) -> None:
    placed(root, re.sub(rf"{field}: .*", f"{field}: {said}", LOCATION))
    assert check(root, QIFA, "--fix") == 1
    assert f"  {field}: {said}\n" in location_of(root)
