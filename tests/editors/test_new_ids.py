"""Ids of new entries: whole words of the name, each name its own."""

import re
import unicodedata

import pytest
from pypinyin import lazy_pinyin

from haitang.editors.new_ids import new_id, proposed_id
from haitang.model.types import RESERVED_IDS
from tests.editors.other_city import names

IDS = {
    "启发广场党群服务点": "qifa-guangchang",
    "示例家园党群服务点": "shili-jiayuan",
    "示范校园党群服务站": "shifan-xiaoyuan",
    "绿地A座": "lvdi-a-zuo",
    "市北村": "shibei-cun",
    "邹家角社区启发广场党群服务点": "zoujiajiao-shequ-qifa-guangchang",
    "虎丘路社区党群服务中心": "huqiu-lu-shequ",
    "富士康集团党群服务站": "fushikang-jituan",
    "光明村党群服务枢纽": "guangming-cun",
    "光明村党群服务中心（筹）": "guangming-cun",
    "光明村党群服务站【筹建中】": "guangming-cun",
    "🎉光明村🏠红色驿站": "guangming-cun-hongse",
    "**测试**村": "ceshi-cun",
    "苏州中心党群服务站": "suzhou-zhongxin",
    "翠园3号楼党群服务点": "cuiyuan-3-haolou",
    "ＡＢ园区驿站": "ab-yuanqu",
    "元和街道新就业群体党群服务中心": "yuanhe-jiedao",
    "长乐街道党群服务中心": "changle-jiedao",
    "二〇二四广场": "erling-ersi-guangchang",
    "党群服务中心": "dangqunfuwu-zhongxin",
    "1.曾家湾服务区驿站": "cengjiawan-fuwuqu",
    "长江新村党群服务中心（3号楼2楼）": "changjiang-xincun-3-haolou-2-lou",
    "长江新村党群服务站2号": "changjiang-xincun-2-hao",
    "3号楼驿站": "3-haolou",
}


@pytest.mark.parametrize("name", IDS)
def test_id(name: str) -> None:
    assert proposed_id(name) == IDS[name]


def test_names_that_share_their_heart_say_what_they_are_or_where() -> None:
    taken: set[str] = set()
    for name, town in (
        ("光明村党群服务中心", ""),
        ("光明村党群服务站", ""),
        ("广明村党群服务站", "lujia"),
        ("光明村", "lujia"),
    ):
        taken.add(new_id("position", name, taken, town))
    assert taken == {"guangming-cun", "guangming-cun-zhan", "guangming-cun-lujia", "guangming-cun-2"}
    assert new_id("position", "🎉", set()) == "position"
    assert new_id("position", "地图 map", {*RESERVED_IDS}) == "ditu-map"


def test_of_1500_names_of_another_city_none_is_mangled() -> None:
    """No id is empty, too long, cut within a syllable, or like another one but for a number."""
    taken: dict[str, str] = {}
    hearts = {proposed_id(name) for name in names(1500)}
    for name in names(1500):
        own = new_id("position", name, taken)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", own) and len(own) <= 64, name
        assert is_whole(own, name), (own, name)
        taken[own] = name
    assert len(taken) == 1500
    numbered = {own: name for own, name in taken.items() if own not in hearts and re.fullmatch(r".*-\d+", own)}
    for own, name in numbered.items():  # only where nothing else tells them apart
        first = taken[own.rpartition("-")[0]]
        assert said(first) == said(name), (own, first, name)


def said(name: str) -> list[str]:
    """The syllables, Latin words and numbers of a name."""
    plain = unicodedata.normalize("NFKC", re.sub(r"[（(【][^）)】]*(?:筹|试运行)[^）)】]*[）)】]", "", name))
    runs = re.findall(r"[\u3400-\u9fff]+|[A-Za-z]+|\d+", plain)
    return [part for run in runs for part in (lazy_pinyin(run) if run[0] > "z" else [run.lower()])]


def is_whole(own: str, name: str) -> bool:
    """Whether an id without its dashes and a number behind it is made of a name's syllables, in their order and whole."""
    rest = [part.replace("ü", "v") for part in said(name)]
    for word in re.sub(r"-\d+$", "", own).split("-"):
        while rest and not any("".join(rest[:count]) == word for count in range(1, len(word) + 1)):
            del rest[0]
        count = next((count for count in range(1, len(word) + 1) if "".join(rest[:count]) == word), 0)
        if not count:
            return word in ("zhongxin", "yizhan", "shuniu", "zhan", "dian", "zhendi")
        del rest[:count]
    return True
