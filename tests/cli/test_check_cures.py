"""What clerks write, through the command line: `check` tells it, `check --fix` writes what is meant, `check` is content."""

from pathlib import Path

import pytest

from tests.cli.test_check import QIFA, check, spoil

ADDRESS = "address: 陆家镇启发广场 2 号\n"


@pytest.mark.parametrize(
    "word",
    [
        "待核实",
        "/",
        "不详",
        "无",
        "暂无",
        "-",
        "？",
        "（待定）",
        '"-"',
        "?",
        "N/A",
        "具体地址不详",
        "无（待核实）",
        "| \n  待核实",
    ],
)
def test_what_is_not_known_is_taken_out(root: Path, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / QIFA).read_text("utf-8")
    spoil(root, QIFA, ADDRESS, f"address: {word}\n")
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


URL = "    url: https://www.example.org/qifa\n"
PHONE, AREA = "phone: 0512-57621055\n", "area_m2: 320\n"
SERVICES = "services:\n  - 党员学习\n  - 便民服务\n"
HOST = "host: 邹家角社区党委\n"
# What stands in place of a sound line; what it ought to be, the line itself where nothing is said.
MEANT: list[tuple[str, str, str]] = [
    *((PHONE, f"phone: {written}\n", PHONE) for written in (
        "57621055", "5762 1055", "0512-57621055（张主任）", "0512-57621055 李书记", "（0512）57621055", "051257621055",
        "联系电话：0512-57621055", "512-57621055", "０５１２－５７６２１０５５",
    )),
    *((PHONE, f"phone: {written}\n", "phone: 0512-57621055-801\n") for written in (
        "0512-57621055转801", "0512-57621055分机801", "0512-57621055 转 801", "0512-57621055（转801）", "57621055转801",
    )),
    *((AREA, f"area_m2: {written}\n", AREA) for written in ("320平方米", "320㎡", "３２０", "320 m2", "三百二十", "320平")),
    (AREA, "area_m2: 3亩\n", "area_m2: 2000\n"),
    (AREA, "area_m2: 1.2万平方米\n", "area_m2: 12000\n"),
    (AREA, "area_m2: 1,200\n", "area_m2: 1200\n"),
    (AREA, "area_m2: 2公顷\n", "area_m2: 20000\n"),
    (AREA, "area_m2: 0.5平方公里\n", "area_m2: 500000\n"),
    *(("opened: 2018-11\n", f"opened: {written}\n", "opened: 2018-11\n") for written in (
        "二〇一八年十一月", "2018年11月份", "2018.11", "２０１８-11", "201811",
    )),
    *(("    date: 2018-11-30\n", f"    date: {written}\n", "    date: 2018-11-30\n") for written in (
        "20181130", "2018年11月30号", "2018/11/30", "2018-11-30 00:00:00", "2018年11月30日（周五）",
    )),
    *((SERVICES, f"services:{written}\n", SERVICES) for written in (
        " 党员学习、便民服务", " 党员学习，便民服务", " 党员学习；便民服务", " 1. 党员学习 2. 便民服务",
        " 党员学习\n  便民服务", "\n  1. 党员学习\n  2. 便民服务", "\n  党员学习\n  便民服务",
        "\n  （1）党员学习\n  （2）便民服务", "\n  ①党员学习\n  ②便民服务", "\n1. 党员学习\n2. 便民服务",
        "\n  * 党员学习\n  * 便民服务", "\n  + 党员学习\n  + 便民服务", "\n  一、党员学习\n  二、便民服务",
        " |\n  党员学习\n  便民服务", "\n  - 党员学习、便民服务", "\n  - 党员学习 便民服务", " [党员学习、便民服务]",
        ' "党员学习，便民服务"', " 党员学习/便民服务",
        " 党员学习；便民服务。", " 党员学习,便民服务,无", " >\n  党员学习\n  便民服务", " |\n  1. 党员学习\n  2. 便民服务",
        "\n  第一、党员学习\n  第二、便民服务", "\n  党员学习\n  - 便民服务", " “党员学习”、“便民服务”", " 党员学习|便民服务",
        " 【党员学习】【便民服务】", " 党员学习·便民服务", "\n  √ 党员学习\n  √ 便民服务", "\n  1 党员学习\n  2 便民服务",
    )),
    ("aliases:\n  - 邹家角启发广场\n", "aliases: 启发点（东门，北门）\n", "aliases:\n  - 启发点（东门，北门）\n"),
    ("brands:\n  - hongfushi\n", "brands: 红富士\n", "brands:\n  - hongfushi\n"),
    *((URL, URL.replace("https://", written), URL) for written in ("", "https：//", "https:/", "网址：https://", "//")),
    *((URL, f"{URL[:-1]}{behind}\n", URL) for behind in ("。", "，", "；")),
    (URL, "    url: [启发](https://www.example.org/qifa)\n", URL),
    *(("town: lujia\n", f"town: {written}\n", "town: lujia\n") for written in (
        "陆家", "陆家镇", "陆家镇（lujia）", "Lujia", "LUJIA", "昆山市陆家镇", "江苏省昆山市陆家镇", "lujia.yml",
    )),
    *(("parent: lujia-zhen\n", f"parent: {written}\n", "parent: lujia-zhen\n") for written in (
        "LUJIA-ZHEN", "lujia_zhen", "lujia zhen", "lujia—zhen", "positions/lujia/lujia-zhen.yml", "lujia-zhen.yml",
    )),
    ("aliases:\n  - 邹家角启发广场\n", "aliases: 24 小时书屋、启发点\n", "aliases:\n  - 24 小时书屋\n  - 启发点\n"),
    ("aliases:\n  - 邹家角启发广场\n", "aliases:\n  1 号点\n  2 号点\n", "aliases:\n  - 1 号点\n  - 2 号点\n"),
    (HOST, "host: [邹家角]社区党委\n", 'host: "[邹家角]社区党委"\n'),
    (HOST, "host: {某}街道党工委 # 问过\n", 'host: "{某}街道党工委" # 问过\n'),
    (HOST, "host: **邹家角**社区\n", "host: 邹家角社区\n"),
    (HOST, "host: @邹家角社区\n", 'host: "@邹家角社区"\n'),
    (HOST, "host: [红]“邹”\n", 'host: "[红]“邹”"\n'),
    ("  - 邹家角启发广场\n", "  - [邹]启发广场\n", '  - "[邹]启发广场"\n'),
]  # fmt: skip


# Read as they stand, and only spelled anew.
SOUND = ("opened: 2018.11\n", "    date: 2018/11/30\n")


@pytest.mark.parametrize(("old", "new", "right"), MEANT)
def test_what_is_meant_is_written(root: Path, old: str, new: str, right: str, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root, "directory.yml", "production: 否", 'production: 否\narea_code: "0512"')
    before = (root / QIFA).read_text("utf-8")
    assert before.count(old) == 1
    spoil(root, QIFA, old, new)
    assert check(root) == (0 if new in SOUND else 1)
    assert check(root, "--fix") == 0, capsys.readouterr().out
    assert (root / QIFA).read_text("utf-8") == before.replace(old, right)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (PHONE, "phone: 0512-57621055/57621056\n", "写了 2 个号码：0512-57621055、57621056"),
        (PHONE, "phone: 0512-57621055、13900000001\n", "其中 13900000001 是手机号"),
        (PHONE, 'phone: "13900000001"\n', "有手机号「13900000001」"),
        (PHONE, "phone: 139 0000 0001（张主任）\n", "有手机号「139 0000 0001」"),
        (PHONE, "phone: 0512-57621055（传真）\n", "只写单位座机"),
        (AREA, "area_m2: 约320\n", "是不是想写「320」"),
        (AREA, "area_m2: 300余\n", "是不是想写「300」"),
        (AREA, "area_m2: 300-350\n", "读不成数字"),
        (AREA, "area_m2: 约3亩\n", "3 亩 × 666.67 ≈ 2000"),
        (AREA, "area_m2: 12间\n", "请改成数字"),
        (AREA, "area_m2: 320 50\n", "读不成数字"),
        (PHONE, "phone: 0512-57621055（周末）\n", "是不是想写「0512-57621055」"),
        (PHONE, "phone: 0512-57621055（白天）\n", "是不是想写「0512-57621055」"),
        (URL, "    url: https://www.example.org/qifa，转载\n", "是不是想写「https://www.example.org/qifa」"),
        ("  - 便民服务\n", "  - × 便民服务\n", "是不是想写「便民服务」"),
        ("  - 便民服务\n", "  - 便民服务？\n", "是不是想写「便民服务」"),
        ("  - 便民服务\n", "  - ☐便民服务\n", "是不是想写「便民服务」"),
        (
            "location:\n  lon: 121.0435\n  lat: 31.3159\n  crs: wgs84\n  precision: exact\n",
            "location: 31.3159,121.0435\n",
            "lon: 121.0435、lat: 31.3159",
        ),
        (
            "location:\n  lon: 121.0435\n  lat: 31.3159\n  crs: wgs84\n  precision: exact\n",
            "location: lng:121.0435,lat:31.3159\n",
            "lon: 121.0435、lat: 31.3159",
        ),
        ("opened: 2018-11\n", 'opened: "201112"\n', "读不懂或不存在"),
    ],
)
def test_what_is_not_clear_is_only_told(root: Path, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root, QIFA, old, new)
    before = (root / QIFA).read_bytes()
    assert check(root, "--fix") == 1
    assert said in capsys.readouterr().out
    assert (root / QIFA).read_bytes() == before


NAME = "name: 启发广场党群服务点\n"


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        (NAME, "name: <b>启发广场</b>党群服务点<br>\n", NAME),
        (NAME, "name: '*启发广场*党群服务点'\n", NAME),
        (NAME, "name: 启发广场党群服务点＃ 核对过\n", f"{NAME[:-1]} # 核对过\n"),
        (HOST, "host: 邹家角社区党委# 核对过\n", f"{HOST[:-1]} # 核对过\n"),
    ],
)
def test_what_would_be_printed_as_it_stands(
    root: Path, old: str, new: str, right: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / QIFA).read_text("utf-8")
    spoil(root, QIFA, old, new)
    check(root)
    assert "pasted-marks" in capsys.readouterr().out
    assert check(root, "--fix") == 0
    assert (root / QIFA).read_text("utf-8") == before.replace(old, right)


@pytest.mark.parametrize("name", ["启发广场 A<B 点", "启发*广场", "启发#1点", "核对过的点", "2*3 广场"])
def test_a_name_that_only_looks_so(root: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root, QIFA, NAME, f'name: "{name}"\n')
    check(root, QIFA)
    assert "pasted-marks" not in capsys.readouterr().out


@pytest.mark.parametrize("written", ["qifa_guangchang", "Qifa-Guangchang", "qifa guangchang", "qifa-guangchang.yml"])
def test_the_id_is_the_name_of_the_file(root: Path, written: str) -> None:
    before = (root / QIFA).read_text("utf-8")
    spoil(root, QIFA, "id: qifa-guangchang\n", f"id: {written}\n")
    assert check(root) == 1
    assert check(root, "--fix") == 0
    assert (root / QIFA).read_text("utf-8") == before


def test_a_fence_that_was_copied_along(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = (root / QIFA).read_text("utf-8")
    for opening, closing in (
        ("```yaml", "```"),
        ("```", "```"),
        ("~~~yml", "~~~"),
        ("  ```yaml", "  ```"),
        ("｀｀｀", "｀｀｀"),
    ):
        (root / QIFA).write_text(f"{opening}\n{right}{closing}\n", "utf-8")
        assert check(root) == 1
        assert capsys.readouterr().out.count("复制时带来的记号") == 1
        assert check(root, "--fix") == 0
        assert (root / QIFA).read_text("utf-8") == right


@pytest.mark.parametrize("written", ["启发广场", "邹家角启发广场", "启发广场党群服务点"])
def test_a_stop_by_any_of_its_names(root: Path, written: str) -> None:
    route = "routes/lujia-xian.yml"
    right = (root / route).read_text("utf-8")
    spoil(root, route, "position: qifa-guangchang", f"position: {written}")
    assert check(root) == 1
    assert check(root, "--fix") == 0
    assert (root / route).read_text("utf-8") == right


@pytest.mark.parametrize("character", ["\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_vertical_tab_in_a_long_text_is_a_line_break(root: Path, character: str) -> None:
    right = (root / QIFA).read_text("utf-8")
    story = "  启发广场是邹家角社区居民常来的地方。[^1]\n"
    assert story in right
    spoil(root, QIFA, story, f"  启发广场是邹家角{character}社区居民{character}常来的地方。[^1]\n")
    assert check(root) == 1
    assert check(root, "--fix") == 0
    assert (root / QIFA).read_bytes().decode() == right.replace(story, "  启发广场是邹家角\n  社区居民\n  常来的地方。[^1]\n")


def test_a_list_in_braces_is_not_lost(root: Path) -> None:
    """`{a, b}` is fields without values to YAML: nothing that was written may go with the layout."""
    spoil(root, QIFA, SERVICES, "services: {党员学习, 便民服务}\n")
    assert check(root, "--fix") == 1
    left = (root / QIFA).read_text("utf-8")
    assert "党员学习" in left
    assert "便民服务" in left


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (SERVICES, "services:\n  1. 党员学习\n  2. 便民服务\n",
         "30: 已改好：「1. 党员学习⏎  2. 便民服务」改成了「- 党员学习⏎  - 便民服务」"),
        (SERVICES, "services: |\n  党员学习\n  便民服务\n",
         "29: 已改好：「services: |⏎  党员学习⏎  便民服务」改成了「services:⏎  - 党员学习⏎  - 便民服务」"),
        ("  启发广场是邹家角社区居民常来的地方。[^1]\n\n", "  ![](a.jpg)\n\n", "54: 已去掉「![](a.jpg)」"),
    ],
)  # fmt: skip
def test_what_became_of_lines_is_told_once(
    root: Path, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(root, QIFA, old, new)
    assert check(root, "--fix") == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "已改好" in line or "已去掉" in line]
    assert told == [f"{QIFA}:{said}"]
