"""Marks behind sentences: read, told when they are wrong, and cured where it is clear what was meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haitang.model.citations import CitedText
from haitang.model.citations.places import cited_texts
from haitang.model.citations.slips import Slip, slips, stray
from haitang.model.entries import Position
from haitang.model.plain_values import entry_of, values_of

SOURCES = 3
PIECES = st.sampled_from(
    ["一句话", "。", "！", "，", "；", "”", "）", "**", "\n", "\n\n", "- ", " ", "[^1]", "[^2]", "[^9]", "[^1", "[^", "]", "[",
     "［^1］", "[1]", "【2】", "〔2018〕", "[^一]", "[^１]", "[^1，2]", "^[1]", "[^ 2 ]", "^", "\\", "<b>", "&"]
)  # fmt: skip
WRITTEN = st.lists(PIECES, max_size=14).map("".join)


@pytest.mark.parametrize(
    ("written", "text", "marks"),
    [
        ("一句话。", "一句话。", ()),
        ("一句话。[^1]", "一句话。", ((4, 1),)),
        ("一句话。[^1][^3]又一句。[^2]", "一句话。又一句。", ((4, 1), (4, 3), (8, 2))),
        ("“一句话。”[^12]", "“一句话。”", ((6, 12),)),
        ("可以开会[^1]", "可以开会", ((4, 1),)),
        ("一。[^1]\n\n- 二[^2]\n- 三", "一。\n\n- 二\n- 三", ((2, 1), (7, 2))),
        ("苏发〔2018〕1 号 [1]", "苏发〔2018〕1 号 [1]", ()),
    ],
)
def test_a_text_and_its_marks(written: str, text: str, marks: tuple[tuple[int, int], ...]) -> None:
    cited = CitedText.read(written)
    assert (cited.text, str(cited), cited.marks, cited.written) == (text, text, marks, written)


@given(WRITTEN)
def test_what_is_read_is_written_again(written: str) -> None:
    assert CitedText.read(written).written == written


@given(WRITTEN)
def test_a_text_without_slips_shows_no_mark(written: str) -> None:
    """Whatever begins a mark is one, or is told."""
    cited = CitedText.read(written)
    found = list(slips(written, SOURCES))
    assert found or not re.search(r"\[\^|［\^|\[\d\]", cited.text) or re.search(r"^ *(?:- +)?[\[【〔]\d", written, re.MULTILINE)
    assert all(written[slip.at : slip.at + len(slip.wrong)] == slip.wrong for slip in found)


@given(WRITTEN)
def test_cures_come_to_an_end_and_change_no_word(written: str) -> None:
    before, now = _words(written), written
    for _ in range(40):
        slip = next((each for each in slips(now, SOURCES) if each.right is not None), None)
        if slip is None:
            break
        now = now[: slip.at] + str(slip.right) + now[slip.at + len(slip.wrong) :]
    assert all(slip.right is None for slip in slips(now, SOURCES))
    assert _words(now) == before


def _words(text: str) -> str:
    return "".join(re.findall(r"[一句话<b>&]", text.replace("[^一]", "").replace("［^一］", "")))


# Written, and each slip: its code, what is wrong, and what to write (empty where a person must say).
SLIPS = {
    "no such source": ("一。[^4]", ("mark-no-source", "[^4]", "")),
    "one of two has no source": ("一。[^1][^20]", ("mark-no-source", "[^20]", "")),
    "full-width brackets": ("一。［^1］", ("mark-form", "［^1］", "[^1]")),
    "full-width caret": ("一。[＾1]", ("mark-form", "[＾1]", "[^1]")),
    "full-width figure": ("一。[^１]", ("mark-form", "[^１]", "[^1]")),
    "black brackets and caret": ("一。【^2】", ("mark-form", "【^2】", "[^2]")),
    "a Chinese figure": ("一。[^一]", ("mark-form", "[^一]", "[^1]")),
    "a Chinese figure above ten": ("一。[^十二]", ("mark-form", "[^十二]", "[^12]")),
    "blanks inside": ("一。[^ 1 ]", ("mark-form", "[^ 1 ]", "[^1]")),
    "two in one": ("一。[^1，3]", ("mark-form", "[^1，3]", "[^1][^3]")),
    "two in one with a dash": ("一。[^1-3]", ("mark-unreadable", "[^1-3]", "")),
    "in words": ("一。[^来源1]", ("mark-form", "[^来源1]", "[^1]")),
    "the caret before the bracket": ("一。^[2]", ("mark-form", "^[2]", "[^2]")),
    "a round bracket closes": ("一。[^1)", ("mark-form", "[^1)", "[^1]")),
    "without the caret": ("一。[1]二。", ("mark-form", "[1]", "[^1]")),
    "without the caret, before the stop": ("一[1]。", ("mark-form", "[1]", "[^1]")),
    "black brackets": ("一。【2】", ("mark-form", "【2】", "[^2]")),
    "named in brackets": ("一。[来源2]", ("mark-form", "[来源2]", "[^2]")),
    "a number amid a sentence may be another": ("到[1]号窗口办。", ("mark-unreadable", "[1]", "")),
    "a number that has no source may be another": ("一。[8]", ("mark-unreadable", "[8]", "")),
    "never closed": ("一。[^1", ("mark-form", "[^1", "[^1]")),
    "never closed, and the text goes on": ("一。[^2二。", ("mark-form", "[^2", "[^2]")),
    "no number": ("一。[^]", ("mark-unreadable", "[^]", "")),
    "nothing at all": ("一。[^", ("mark-unreadable", "[^", "")),
    "zero": ("一。[^0]", ("mark-unreadable", "[^0]", "")),
    "a word": ("一。[^苏州日报]", ("mark-unreadable", "[^苏州日报]", "")),
    "before the stop": ("一[^1]。二。", ("mark-place", "[^1]。", "。[^1]")),
    "before stop and quote": ("“一[^1]。”", ("mark-place", "[^1]。”", "。”[^1]")),
    "behind a blank": ("一。 [^1]", ("mark-form", " [^1]", "[^1]")),
    "two with a blank between": ("一。[^1] [^2]", ("mark-form", "[^1] [^2]", "[^1][^2]")),
    "one at an end and one at a head": ("一。[^1]\n\n[^1]二。", ("mark-place", "[^1]", "")),
    "amid a sentence": ("一[^1]，二。", ("mark-place", "[^1]", "")),
    "at the head": ("[^1]一。", ("mark-place", "[^1]", "")),
    "on a line of its own": ("一。\n[^1]", ("mark-place", "[^1]", "")),
    "twice": ("一。[^2][^2]", ("mark-form", "[^2][^2]", "[^2]")),
    "twice with another between": ("一。[^2][^1][^2]", ("mark-form", "[^2][^1][^2]", "[^2][^1]")),
}


@pytest.mark.parametrize("title", SLIPS)
def test_a_slip(title: str) -> None:
    written, *told = SLIPS[title]
    assert [(slip.code, slip.wrong, slip.right or "") for slip in slips(written, SOURCES)] == told


SOUND = (
    "一句话。[^1]", "一句话！[^1][^2]", "一句话？”[^3]", "（一句话。）[^1]二。", "**一句话。**[^1]", "可以开会[^1]",
    "- 一[^1]\n- 二[^2]\n", "一；[^1]二。[^2]", "苏发〔2018〕1号文件写明。", "【1】甲。【2】乙。", "[1] 甲\n[2] 乙",
    "2^10 和 x^2", "等等……[^1]", "见（1）、（2）。",
)  # fmt: skip


@pytest.mark.parametrize("written", SOUND)
def test_what_is_written_well(written: str) -> None:
    assert list(slips(written, SOURCES)) == []


def test_without_sources_only_that_is_told() -> None:
    assert list(slips("一。[^7]", 0)) == []
    assert list(slips("一。[^7", 0)) == [Slip("mark-form", 2, "[^7", "[^7]")]


def test_marks_where_none_may_stand() -> None:
    told = ["[^1]", "[^1", "［^2］", "^[1]"]
    assert [stray(f"示例路 1 号{mark}") for mark in told] == told
    assert [stray(text) for text in ("[1] 号楼", "【2】", "苏发〔2018〕1 号", "")] == [None] * 4


def test_the_sentence_before_a_mark() -> None:
    cited = CitedText.read("第一句。第二句，很长！”[^1]第三句[^2]\n\n- **列表**里的话。[^3]")
    assert [cited.sentence(at) for at, _ in cited.marks] == ["第二句，很长！”", "第三句", "列表里的话。"]


def test_paragraphs_without_a_mark() -> None:
    cited = CitedText.read("有的。[^1]\n\n没有的。\n也没有。\n\n**最后**")
    assert list(cited.unmarked) == [(2, "没有的。\n也没有。"), (5, "最后")]


@pytest.mark.parametrize("written", ["列了两样。[^1]\n\n- 一\n- 二", "列了两样：\n\n1. 一[^1]\n2. 二[^2]", "- 一[^1]\n\n- 二"])
def test_a_list_belongs_to_what_introduces_it(written: str) -> None:
    assert list(CitedText.read(written).unmarked) == []
    assert len(list(CitedText.read(re.sub(r"\[\^\d\]", "", written)).unmarked)) == 1


def test_an_entry_keeps_its_marks_as_plain_values() -> None:
    """What is noted of a run and read by the next."""
    entry = Position.model_validate({
        "id": "a", "name": "甲", "town": "lujia", "story": "一。[^1]\n\n二。[^2][^1]", "sources": [{"title": "报道"}],
        "spaces": [{"name": "厅", "text": "可以开会[^1]"}, {"name": "室"}], "activities": [{"name": "理发", "text": "每月。"}],
    })  # fmt: skip
    again = entry_of(Position, values_of(entry))
    assert again == entry
    assert [(path, text.written) for path, text in cited_texts(again)] == [
        (("spaces", 0, "text"), "可以开会[^1]"),
        (("activities", 0, "text"), "每月。"),
        (("story",), "一。[^1]\n\n二。[^2][^1]"),
    ]
    assert entry.model_dump(mode="json")["story"] == "一。[^1]\n\n二。[^2][^1]"
