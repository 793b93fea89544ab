"""How names are read: for the search, and where an editor says so."""

from pathlib import Path

import pytest

from haitang.core.pinyin import common_sounds, read, reading_of, readings, syllables
from tests.site import search_world


def joined(text: str) -> str:
    return " ".join(read(text).values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("陆家镇", "lu jia zhen"),
        ("朝阳社区", "zhao yang she qu"),
        ("长江路", "chang jiang lu"),
        ("绿地", "lv di"),
        ("大厦5G站（一）", "da sha zhan yi"),
        ("CBD", ""),
    ],
)
def test_characters_are_read_as_their_neighbours_have_it(text: str, said: str) -> None:
    assert joined(text) == said


@pytest.mark.parametrize("written", ["lǜ dì", "lv di", "LÜ DI", "lü-di", "lv4 di4", "lǜ'dì", "ｌｖ　ｄｉ"])
def test_readings_may_be_written_in_many_ways(written: str) -> None:
    assert syllables(written) == ("lv", "di")


def test_a_reading_fits_the_name_or_the_short_name_one_by_one() -> None:
    assert reading_of("长兴A座", None, "cháng xīng zuò") == {0: "chang", 1: "xing", 3: "zuo"}
    assert reading_of("新长兴党群服务点", "长兴", "chang xing") == {1: "chang", 2: "xing"}
    assert reading_of("长兴", None, "changxing") is None
    assert reading_of("长兴", None, "chang xing li") is None
    assert reading_of("长兴里党群服务点", "长乐", "chang le") is None


def test_every_text_can_be_read_back_from_the_table() -> None:
    """Usual readings and phrases together give what the neighbours say, for every character of every text."""
    texts = [
        "朝阳社区",
        "朝霞里",
        "朝向南",
        "长江路",
        "长兴里",
        "校长接待室",
        "重阳节",
        "重要事项",
        "乐园",
        "音乐角",
        "行知路",
        "银行",
    ]
    told = {"长兴里": {0: "zhang"}}
    found = readings(texts, told)
    for text in texts:
        for at, syllable in {**read(text), **told.get(text, {})}.items():
            stretches = [(s, p) for (s, p) in found.phrases if text.startswith(s, at - p) and s[p] == text[at] and at >= p]
            said = found.phrases[max(stretches, key=lambda each: len(each[0]))] if stretches else found.usual[text[at]]
            assert said == syllable, (text, at)


def test_rarer_readings_are_kept_behind() -> None:
    found = readings(["朝阳社区"], {})
    assert found.usual["朝"] == "zhao"
    assert "chao" in found.others["朝"]
    assert "阳" not in found.others


def test_common_characters_sound_as_they_are_ordered() -> None:
    """GB 2312's first level is sorted by sound: the browser has the characters, and only the sounds need to travel."""
    sounds = common_sounds()
    assert sum(count for _, count in sounds) == 3755
    keys = [syllable.replace("v", "u") for syllable, _ in sounds]
    assert keys == sorted(keys)
    every = [syllable for syllable, count in sounds for _ in range(count)]
    characters = b"".join(bytes((0xB0 + cell // 94, 0xA1 + cell % 94)) for cell in range(3755)).decode("gb2312")
    for character, syllable in (("路", "lu"), ("绿", "lv"), ("略", "lve"), ("潮", "chao"), ("座", "zuo"), ("啊", "a")):
        assert every[characters.index(character)] == syllable


def test_what_the_browser_tests_search_is_what_is_published(tmp_path: Path, bless: bool) -> None:
    search_world.write(tmp_path)
    data = search_world.data(tmp_path)
    if bless:
        search_world.FIXTURE.parent.mkdir(exist_ok=True)
        search_world.FIXTURE.write_text(data, "utf-8")
    assert data == search_world.FIXTURE.read_text("utf-8"), "run it with --bless if the change is meant"
