"""What a directory knows of its neighbours comes from its own areas: the same kinds of remarks in any city."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from haitang.model.divisions import first_named, unit_called
from haitang.model.divisions.home import Home, home_of
from haitang.model.settings import Area, Settings, Town
from tests.conftest import problems_of
from tests.worlds import PROJECT

TIERS = """tiers:
  - {id: guan, name: 服务中心, short_name: 中心}
  - {id: zhan, name: 服务站, short_name: 站}
"""
WUXI = f"""title: 无锡便民服务
areas:
  - id: wuxi
    name: 无锡
    towns:
      - {{id: lihu, name: 滨湖区蠡湖街道, short_name: 蠡湖街道}}
      - {{id: meicun, name: 新吴区梅村街道, short_name: 梅村街道}}
      - {{id: yangshan, name: 惠山区阳山镇, short_name: 阳山镇}}
{TIERS}"""
ALONE = f"title: 杭州书房\nareas:\n  - {{id: hangzhou, name: 杭州市}}\n{TIERS}"
PLACE = """id: {id}
name: {name}
town: {town}
tier: zhan
{more}sources:
  - title: 虚构的公告
"""
POINT = "location: {{lon: {lon}, lat: {lat}, crs: wgs84, precision: exact}}\n"


def told(folder: Path, settings: str, town: str, places: Mapping[str, str]) -> list[tuple[str, str]]:
    """The ids of places with what is remarked of them; of `places` by id the YAML that each has beside what all have."""
    root = folder / "root"
    (root / "positions" / town).mkdir(parents=True)
    (root / "brands").mkdir()
    (root / "directory.yml").write_text(settings, "utf-8")
    for at, (own, more) in enumerate(places.items()):
        name, _, rest = more.partition("\n")
        text = PLACE.format(id=own, name=name or f"示例{'甲乙丙丁戊己庚辛'[at]}路服务站", town=town, more=rest)
        (root / "positions" / town / f"{own}.yml").write_text(text, "utf-8")
    return [(Path(each.place.file).stem, each.code) for each in problems_of(root, advised=True)]


WRONG = [
    (WUXI, "lihu", "\nphone: 0512-85001234\n", ["phone-other-city"]),
    (WUXI, "lihu", "\nphone: 021-85001234\n", ["phone-other-city"]),
    (WUXI, "lihu", "\nphone: 0510-85001234\n", []),
    (ALONE, "hangzhou", "\nphone: 0512-85001234\n", ["phone-other-city"]),
    (ALONE, "hangzhou", "\nphone: 0571-85001234\n", []),
    (WUXI, "lihu", "苏州市示例社区服务站\n", ["name-elsewhere"]),
    (WUXI, "lihu", "江苏省昆山市示例社区服务站\n", ["name-elsewhere"]),
    (WUXI, "lihu", "上海市示例社区服务站\n", ["name-elsewhere"]),
    (WUXI, "lihu", "江苏省无锡市示例社区服务站\n", []),
    (WUXI, "lihu", "东方市场服务站\n", []),
    (ALONE, "hangzhou", "绍兴市示例社区服务站\n", ["name-elsewhere"]),
    (ALONE, "hangzhou", "杭州市示例社区服务站\n", []),
    (WUXI, "lihu", "\naddress: 苏州市工业园区示例路 1 号\n", ["address-elsewhere"]),
    (WUXI, "lihu", "\naddress: 江苏省常州市武进区示例路 1 号\n", ["address-elsewhere"]),
    (WUXI, "lihu", "\naddress: 新吴区示例路 1 号\n", ["address-elsewhere"]),
    (WUXI, "lihu", "\naddress: 江阴市示例路 1 号\n", ["address-elsewhere"]),
    (WUXI, "lihu", "\naddress: 梅村街道示例路 1 号\n", ["address-elsewhere"]),
    (WUXI, "lihu", "\naddress: 江苏省无锡市滨湖区蠡湖街道示例路 1 号\n", []),
    (WUXI, "lihu", "\naddress: 滨湖区示例路 1 号\n", []),
    (WUXI, "lihu", "\naddress: 无锡市示例路 1 号\n", []),
    (WUXI, "lihu", "\naddress: 新城区示例路 1 号\n", []),
    (WUXI, "lihu", "\naddress: 青浦区示例路 1 号\n", ["address-elsewhere"]),
    (WUXI, "lihu", "\naddress: 杭州市新城区示例路 1 号\n", ["address-elsewhere"]),
    (WUXI, "wuxi", "\naddress: 江阴市示例路 1 号\n", []),
    (ALONE, "hangzhou", "\naddress: 绍兴市柯桥区示例路 1 号\n", ["address-elsewhere"]),
    (ALONE, "hangzhou", "\naddress: 西湖区示例路 1 号\n", []),
]


@pytest.mark.parametrize(("settings", "town", "more", "codes"), WRONG)
def test_what_is_of_another_city_is_remarked(settings: str, town: str, more: str, codes: list[str], tmp_path: Path) -> None:
    assert [code for _, code in told(tmp_path, settings, town, {"a": more})] == codes


@pytest.mark.parametrize(("settings", "town"), [(WUXI, "lihu"), (ALONE, "hangzhou")])
def test_a_point_far_from_all_others_is_remarked(settings: str, town: str, tmp_path: Path) -> None:
    near = {f"p{at}": "\n" + POINT.format(lon=120.25017 + at / 97, lat=31.52013 + at / 113) for at in range(5)}
    far = {"far": "\n" + POINT.format(lon=120.66013, lat=31.52017)}  # 40 km to the east
    assert told(tmp_path, settings, town, near | far) == [("far", "far-from-town")]


def test_the_point_of_a_town_tells_where_it_is(tmp_path: Path) -> None:
    known = WUXI.replace(
        "short_name: 蠡湖街道", "short_name: 蠡湖街道, location: {lon: 120.26, lat: 31.53, crs: wgs84, precision: town}"
    )
    places = {"a": "\n" + POINT.format(lon=120.66013, lat=31.52017), "b": "\n" + POINT.format(lon=120.27013, lat=31.54017)}
    assert told(tmp_path, known, "lihu", places) == [("a", "far-from-town")]


def home(*areas: str, area_code: str | None = None) -> Home:
    made = tuple(Area(id=f"a{at}", name=name, towns=(Town(id=f"t{at}", name="千灯镇"),)) for at, name in enumerate(areas))
    return home_of(Settings.model_construct(title="样例", areas=made, tiers=(), area_code=area_code))


UNITS = {
    "昆山": ("江苏省", "苏州市", "昆山市"), "江苏省昆山市": ("江苏省", "苏州市", "昆山市"), "无锡": ("江苏省", "无锡市"),
    "苏州（昆山以外）": ("江苏省", "苏州市"), "滨湖区": ("江苏省", "无锡市", "滨湖区"), "上海": ("上海市",),
    "上海市浦东新区": ("上海市", "浦东新区"), "长沙": ("湖南省", "长沙市"), "鼓楼区": None, "朝阳": None, "蓝田市": None,
    "Leeds": None, "示例区": None,
}  # fmt: skip


@pytest.mark.parametrize("name", UNITS)
def test_an_area_is_a_unit_where_its_name_means_one(name: str) -> None:
    unit = unit_called(name)
    assert (unit and unit.chain) == UNITS[name]


def test_the_area_code_tells_two_of_a_name_apart() -> None:
    assert home("鼓楼区", area_code="025").units["a0"].chain == ("江苏省", "南京市", "鼓楼区")
    assert home("鼓楼区", area_code="0591").units["a0"].chain == ("福建省", "福州市", "鼓楼区")
    assert home("鼓楼区").units == {}


@pytest.mark.parametrize(
    ("text", "areas", "left"),
    [
        ("江苏省昆山市千灯镇", ("昆山",), "千灯镇"), ("苏州昆山千灯镇", ("昆山",), "千灯镇"),
        ("昆山市 千灯镇", ("昆山",), "千灯镇"),
        ("无锡市千灯镇", ("昆山",), "无锡市千灯镇"), ("无锡市千灯镇", ("无锡",), "千灯镇"),
        ("浙江省样例市千灯镇", ("样例",), "千灯镇"),
        ("昆山市", ("昆山",), "昆山市"), ("上海千灯镇", ("上海市",), "千灯镇"), ("Headingley", ("Leeds",), "Headingley"),
    ],
)  # fmt: skip
def test_the_city_before_a_name(text: str, areas: tuple[str, ...], left: str) -> None:
    assert home(*areas).without_city(text) == left


def test_numbers_of_here_begin_as_the_areas_do() -> None:
    assert home("昆山").codes == ("0512",)
    assert home("无锡", "苏州").codes == ("0510", "0512")
    assert home("示例区", area_code="010").code("a0") == "010"
    assert home("示例区").codes == ()
    assert home("示例区", "另一区", area_code="010").code("a0") is None


def test_what_only_looks_like_a_citys_name() -> None:
    assert [first_named(text) for text in ("东方市场路1号", "城区中路", "新市镇", "无锡市滨湖区", "")] == [
        "",
        "",
        "",
        "无锡市",
        "",
    ]


OF_ONE_CITY = re.compile(
    "昆山|苏州|无锡|太仓|常熟|江苏|上海|海棠|陆家|0512|2153|ks\\.gov|kunshan|suzhou|foxconn|富士康", re.IGNORECASE
)
PROGRAM = PROJECT / "haitang"


def code_of(path: Path) -> str:
    """The texts a program works with: no comments, and no docstrings, which may give examples."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told)
    return "\n".join(str(node.value) for node in texts if isinstance(node.value, str))


def test_nothing_of_one_city_stands_in_code() -> None:
    found = {path.name: OF_ONE_CITY.findall(code_of(path)) for path in PROGRAM.rglob("*.py")}
    lists = [path for path in PROGRAM.rglob("*.txt") if path.name != "country.txt"]
    found |= {path.name: OF_ONE_CITY.findall(path.read_text("utf-8")) for path in lists}
    scripts = (PROJECT / "frontend" / "src").rglob("*.ts")
    found |= {path.name: OF_ONE_CITY.findall(re.sub(r"/\*(?s:.*?)\*/|//.*", "", path.read_text("utf-8"))) for path in scripts}
    assert {name: words for name, words in found.items() if words} == {}
