"""A small directory for the search's tests, as the browser gets it: real kinds of names, and every fact of them made up.

`frontend/tests/fixtures/search-world.json` is made from it by the code that makes the site's data; test_readings.py holds the
two together, and `pytest --bless` writes it anew.
"""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.model.messages import site_words
from haitang.site.bundles import bundle
from haitang.site.edition.recipe import made_files
from haitang.site.exports import browser_data, browser_needs, browser_places, columns
from haitang.site.exports.search import browser_pinyin
from haitang.site.exports.shards import blocks, search_keys
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.worlds import CODE, PROJECT, TODAY

SPLIT = 2  # places of a block
PARTED = 300  # bytes of keys beyond which a file comes in parts
FIXTURE = PROJECT / "frontend" / "tests" / "fixtures" / "search-world.json"

TOWNS = (
    ("yushan", "玉山镇（昆山高新区）", "昆山高新区"),
    ("bacheng", "巴城镇", ""),
    ("zhoushi", "周市镇", ""),
    ("lujia", "陆家镇", ""),
    ("huaqiao", "花桥镇（花桥经济开发区）", "花桥镇"),
    ("zhangpu", "张浦镇", ""),
    ("zhouzhuang", "周庄镇", ""),
    ("qiandeng", "千灯镇", ""),
    ("jinxi", "锦溪镇", ""),
    ("dianshanhu", "淀山湖镇", ""),
)
BRANDS = (("hongfushi", "红富士"), ("xiangcun", "香村"), ("hengxin-shanzhu", "恒心善筑"), ("yuanxin", "园心·圆梦"))
SERVICES = ("健康义诊", "图书借阅", "老年助餐", "信息员上门解困", "社保代办", "儿童四点半课堂")
FACILITIES = ("无障碍通道", "母婴室", "饮水机", "手机充电", "公共厕所")


@dataclass(frozen=True)
class Row:
    """A position; further fields as YAML lines."""

    id: str
    name: str
    town: str
    tier: str = "station"
    more: Sequence[str] = ()

    @property
    def yaml(self) -> str:
        tier = [f"tier: {self.tier}"] if self.tier else []
        lines = [f"id: {self.id}", f"name: {self.name}", f"town: {self.town}", *tier, *self.more]
        return "\n".join([*lines, "sources:", "  - title: 虚构的报道"]) + "\n"


ROWS = (
    Row("lujia-zhen", "陆家镇党群服务中心", "lujia", "centre", ('phone: "0512-00003111"', "address: 陆家镇样例路 8 号")),
    Row("chetang", "车塘社区党群服务中心", "lujia", "station",
        ("community: 车塘社区", "verified: {on: 2025-12-30, by: 样例核对组}")),
    Row("guangxia", "光夏花园党群服务点", "lujia", "point"),
    Row("qifa", "邹家角社区启发广场党群服务点", "lujia", "point",
        ("short_name: 启发广场", "aliases: [启发广场党群服务点]", "community: 邹家角社区", "services: [信息员上门解困]")),
    Row("luwan", "陆湾里小区党群服务点", "bacheng", "point"),
    Row("loujiang", "娄江新村党群服务站", "yushan"),
    Row("lvdi", "绿地大道党群服务点", "huaqiao", "point"),
    Row("fushikang", "富士康集团党群服务站", "yushan", "station", ("brands: [hongfushi]", "aliases: [红富士先锋站]")),
    Row("xinjiang", "新江村党群服务中心", "yushan", "station", ("services: [健康义诊, 图书借阅]",)),
    Row("gongqing", "共青村暖“新”服务驿站", "yushan", "point", ("facilities: [饮水机, 手机充电]",)),
    Row("chaoyang", "朝阳社区党群服务站", "yushan", "station", ("community: 朝阳社区", 'phone: "0512-00557788"')),
    Row("chaoyang-old", "朝阳社区老党群服务站", "yushan", "station", ("status: closed",)),
    Row("changjiang", "长江社区党群服务站", "yushan", "station", ("facilities: [无障碍通道, 母婴室]",)),
    Row("zhangjia", "长兴里党群服务点", "zhangpu", "point", ("pinyin: cháng xīng lǐ dǎng qún fú wù diǎn",)),
    Row("shibei", "市北村党群服务站", "zhoushi", "station", ("services: [老年助餐]",)),
    Row("zhouzhuang-jx", "乡村振兴讲习所", "zhouzhuang", "other", ("brands: [xiangcun]",)),
    Row("bajieyuan", "巴解园党群服务点", "bacheng", "point"),
    Row("fenghuang", "凤凰村党群服务中心", "bacheng"),
    Row("zhongtie", "中铁建设大厦一楼党群阵地", "huaqiao", "point", ("address: 花桥镇样例大道 88 号 A 座",)),
    Row("qiandeng-cy", "精细材料产业园党群服务中心", "qiandeng", "station", ("services: [社保代办]",)),
    Row("shipu", "石浦社区党群服务站", "qiandeng", "station", ("community: 石浦社区", "facilities: [母婴室]")),
    Row("jinxi-gz", "古镇党群服务点", "jinxi", "point", ("facilities: [公共厕所]",)),
    Row("nangang", "南港社区党群服务站", "zhangpu", "station", ("services: [健康义诊]",)),
    Row("dashi", "大市社区党群服务站", "zhangpu"),
    Row("jingrui", "景瑞社区“海棠花红”先锋阵地", "dianshanhu", ""),
    Row("shanzhu", "自贸商务中心“恒心善筑”党群服务矩阵", "kunshan", "", ("brands: [hengxin-shanzhu]",)),
    Row("park", "海棠花红主题公园", "kunshan", "other"),
    Row("huaxi", "花溪社区5G党群服务站", "huaqiao", "station", ("brands: [yuanxin]",)),
    Row("lin-an", "临安新村党群服务点", "huaqiao", "point", ("services: [儿童四点半课堂]",)),
    Row("merged", "柏庐桥党群服务点", "yushan", "point", ("status: merged", "successor: loujiang")),
)  # fmt: skip


def write(root: Path) -> None:
    """The world as an editor would keep it."""
    towns = "".join(
        f"      - id: {id_}\n        name: {name}\n" + (f"        short_name: {short}\n" if short else "")
        for id_, name, short in TOWNS
    )
    terms = {name: "".join(f"    - name: {term}\n" for term in known) for name, known in
             (("services", SERVICES), ("facilities", FACILITIES))}  # fmt: skip
    tiers = re.search(r"^tiers:\n(?:[ #].*\n|\n)+", (PROJECT / "directory.yml").read_text("utf-8"), re.MULTILINE)
    assert tiers
    vocabularies = "vocabularies:\n" + "".join(f"  {name}:\n{lines}" for name, lines in terms.items())
    functions = sorted(set(re.findall(r"[\u4e00-\u9fff]+", " ".join(re.findall(r"functions: \[(.*)\]", tiers[0])))))
    vocabularies += "  functions:\n" + "".join(f"    - name: {name}\n" for name in functions) if functions else ""
    (root / "brands").mkdir(parents=True)
    head = "title: 虚构的名录\nareas:\n  - id: kunshan\n    name: 昆山\n    towns:\n"
    contact = 'contact:\n  phone: "0512-00001234"\n'
    (root / "directory.yml").write_text(head + towns + tiers[0] + vocabularies + contact, "utf-8")
    for id_, name in BRANDS:
        (root / "brands" / f"{id_}.yml").write_text(f"id: {id_}\nname: {name}\nsources:\n  - title: 虚构的报道\n", "utf-8")
    for row in ROWS:
        folder = root / "positions" / row.town
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{row.id}.yml").write_text(row.yaml, "utf-8")


# Values that a packed column could lose, with the names of their rows.
COLUMN_NAMES = ("启发广场党群服务点", "A座5G站", "𠮷祥里站", "长" * 60, "")
HARD: dict[str, tuple[object, ...]] = {
    "told_by": ("邹家角启发广场", "5G站 A座!", "𠮷祥里", "短长长长", "-"),
    "patterned": ("启发广场路 12 号 3 幢", "A座5G站", "0012号", "", "2026"),
    "calls": ("0512-00001234", "0512-00009999-12", "", "12345", "0512-00000000"),
    "sets": ((), (0,), (3, 1, 2), (34, 35, 36, 1400), (99999,)),
    "numbers": (-1, 0, 33, 34, 1296),
    "days": (date(2024, 2, 29), None, date(1921, 7, 1), date(2026, 11, 23), None),
    "lists": (("a", "启发广场"), (), ("",), ("长长",), ("-", "=")),
    "below": ("lujia-zhen", "lujia", "other-lujia", "lujia-lujia-1", "a"),
}


def _columns() -> dict[str, object]:
    """Each way to pack a column with values it must bring through."""
    names, heads = list(COLUMN_NAMES), ["lujia"] * len(COLUMN_NAMES)
    values: dict[str, Any] = {kind: list(column) for kind, column in HARD.items()}
    owners = [name for name, row in zip(names, values["lists"], strict=True) for _ in row]
    packed = {
        "told_by": columns.shared_with(names, values["told_by"]),
        "patterned": columns.patterned(names, values["patterned"]),
        "calls": columns.calls(values["calls"]),
        "sets": columns.sets(values["sets"]),
        "numbers": columns.numbers(values["numbers"]),
        "days": columns.days(values["days"]),
        "lists": {
            "count": columns.numbers(len(row) for row in values["lists"]),
            "all": columns.shared_with(owners, [text for row in values["lists"] for text in row]),
        },
        "below": columns.below(heads, values["below"]),
    }
    values["sets"] = [sorted(row) for row in values["sets"]]
    values["days"] = [day.isoformat() if day else "" for day in values["days"]]
    return {"names": names, "heads": heads, "values": values, "packed": packed}


def _plain(directory: Directory) -> dict[str, object]:
    """Some columns as they must come out."""
    towns, brands = list(directory.town), [brand.id for brand in directory.brands]
    positions = directory.positions
    return {
        "id": [position.id for position in positions],
        "name": [position.name for position in positions],
        "town": [towns.index(position.town) for position in positions],
        "community": [position.community or "" for position in positions],
        "address": [position.address or "" for position in positions],
        "phone": [position.phone or "" for position in positions],
        "aliases": [list(position.aliases) for position in positions],
        "services": [sorted(position.services) for position in positions],
        "facilities": [sorted(position.facilities) for position in positions],
        "brands": [[brands.index(brand) for brand in position.brands] for position in positions],
        "verified": [position.verified.on.isoformat() if position.verified else "" for position in positions],
    }


def _shards(site: Site) -> dict[str, str]:
    """The scripts of the same directory in blocks of SPLIT places, by their paths."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(browser_data, "MOST_WHOLE", 0)
        patch.setattr(blocks, "MOST", SPLIT)
        patch.setattr(search_keys, "LARGEST", PARTED)
        own = Site(site.directory, site.templates, digests=defaultdict(bytes))
        items = made_files([*browser_data.build(own), *browser_pinyin.build(own)])
        made = {item.path: item.content for item in items}
        made |= {file.path: file.content for file in browser_data.indexes(own, bundle(PROJECT), made, made.__getitem__)}
    return {path: content.decode() for path, content in made.items() if path not in CODE}


def data(root: Path) -> str:
    """What the browser gets of a data root, as JSON: places, facts, readings and needs as they travel, and how they come
    out."""
    site = Site(load(root, today=TODAY), Templates(site_words(LANGUAGE)))
    found = {}
    for output in (browser_places, browser_pinyin, browser_needs):
        for file in made_files(output.build(site)):
            match = re.fullmatch(
                r"\(window\.HAITANG=window\.HAITANG\|\|\{\}\)\.(\w+)=(.*);\n", file.content.decode(), re.DOTALL
            )
            assert match
            found[match[1]] = json.loads(match[2])
    found["shards"] = _shards(site)
    found["plain"] = _plain(site.directory)
    found["columns"] = _columns()
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
