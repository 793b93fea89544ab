"""Readings are pypinyin's, found out once: what is noted of them changes nothing but time."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from pypinyin import Style, lazy_pinyin
from pypinyin import pinyin as ways
from pypinyin.constants import PHRASES_DICT

from haitang.core import pinyin

TEXTS = ["朝阳社区", "朝向南", "长江路", "校长接待室", "重阳节", "音乐角", "银行5G站（一）", "CBD", ""]
LEVEL_ONE = [bytes((0xB0 + cell // 94, 0xA1 + cell % 94)).decode("gb2312") for cell in range(3755)]


def test_all_ways_to_read_a_character() -> None:
    others = [chr(code) for first, last in ((0x3400, 0x9FFF), (0xF900, 0xFAFF)) for code in range(first, last + 1, 23)]
    for character in [*LEVEL_ONE, *others]:
        told = map(pinyin.toneless, ways(character, style=Style.NORMAL, heteronym=True)[0])
        assert pinyin._ways[character] == tuple(dict.fromkeys(syllable for syllable in told if syllable)), character


def test_neighbours_decide_as_they_do_for_pypinyin() -> None:
    random, words = Random(1), sorted(PHRASES_DICT)
    for _ in range(6_000):
        text = "".join(random.choice((random.choice(words)[:4], random.choice(LEVEL_ONE), "A（")) for _ in range(3))
        read = pinyin.read(text)
        for at in pinyin.han(text):
            start = max((place + 1 for place in range(at) if not pinyin.is_han(text[place])), default=0)
            start = max(start, at - 2)
            end = next((place for place in range(at, len(text)) if not pinyin.is_han(text[place])), len(text))
            assert read.get(at, "") == pinyin.toneless(lazy_pinyin(text[start : min(end, at + 3)])[at - start]), (text, at)


@pytest.fixture
def anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Another run of the program, which knows only what is noted; gives the note's path."""

    def run() -> Path:
        for name, made in (("_ways", pinyin._Ways()), ("_within", pinyin._Within()), ("_note", pinyin._Note())):
            monkeypatch.setattr(pinyin, name, made)
        monkeypatch.setattr(pinyin, "_NOTES", tmp_path / "notes")
        pinyin._tables.cache_clear()
        return tmp_path / "notes" / "readings.json"

    return run


def test_what_is_noted_needs_no_tables(anew: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    note = anew()
    expected = [pinyin.read(text) for text in TEXTS], pinyin.common_sounds()
    pinyin.keep()
    written = note.stat().st_mtime_ns
    anew()
    monkeypatch.setattr(pinyin, "_Tables", None)  # whoever reads them fails
    assert ([pinyin.read(text) for text in TEXTS], pinyin.common_sounds()) == expected
    pinyin.keep()
    assert note.stat().st_mtime_ns == written  # nothing new
    with pytest.raises(TypeError):
        pinyin.read("朝霞")


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "its beginning": lambda content: content[: len(content) // 2],
    "its digest alone": lambda content: content.partition(b"\n")[0],
    "a syllable of another": lambda content: content.replace(b"zhao", b"chao"),
    "one byte": lambda content: content[:-9] + b"x" + content[-8:],
    "no text": lambda content: b"\xff" * len(content),
    "something else": lambda _: b'{"version": 1}\n',
    "more behind it": lambda content: content + b" ",
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_note_is_none(anew: Callable[[], Path], name: str) -> None:
    note = anew()
    expected = [pinyin.read(text) for text in TEXTS]
    pinyin.keep()
    kept = note.read_bytes()
    assert SPOILT[name](kept) != kept
    note.write_bytes(SPOILT[name](kept))
    anew()
    assert [pinyin.read(text) for text in TEXTS] == expected
    pinyin.keep()
    assert note.read_bytes() == kept  # written anew


def test_the_note_of_another_version_is_none(anew: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    note = anew()
    expected = [pinyin.read(text) for text in TEXTS]
    with monkeypatch.context() as other:
        other.setattr(pinyin, "__file__", __file__)
        pinyin._ways["朝"] = ("wrong",)
        pinyin.keep()
    assert b"wrong" in note.read_bytes()
    anew()
    assert [pinyin.read(text) for text in TEXTS] == expected


def test_a_note_that_cannot_be_written_is_no_harm(anew: Callable[[], Path]) -> None:
    note = anew()
    note.parent.write_text("a file where the folder should be")
    assert pinyin.read("朝阳") == {0: "zhao", 1: "yang"}
    pinyin.keep()
    anew()
    assert pinyin.read("朝阳") == {0: "zhao", 1: "yang"}


def test_a_slug_is_all_syllables_of_a_name() -> None:
    slugs = {"社保咨询": "she-bao-zi-xun", "Wi-Fi": "wi-fi", "邻里 <b>": "lin-li-b", "！": ""}
    assert {name: pinyin.slug(name) for name in slugs} == slugs
    long = pinyin.slug("床" * 60)
    assert long.startswith("chuang-chuang") and len(long) <= pinyin.LONGEST and not long.endswith("-")
