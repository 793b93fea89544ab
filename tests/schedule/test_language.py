"""The one language of time: a grammar without conflicts, words of one kind, tokens and quotes of what was written."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from lark import Lark

from haitang.core.problem_codes import CODES
from haitang.schedule.language import vocabulary
from haitang.schedule.language.lexer import tokens
from haitang.schedule.language.numerals import number
from haitang.schedule.language.parser import parse
from haitang.schedule.language.phrases import Days, Times
from haitang.schedule.language.spelling import UnreadableTime, spell
from haitang.schedule.opening_hours_reader import AMBIGUITIES, read_hours
from tests.schedule.test_grammar_tables import Given

GRAMMAR = Path(vocabulary.__file__).with_name("grammar.lark").read_text(encoding="utf-8")


def test_the_grammar_has_no_conflicts() -> None:
    both = {"parser": "lalr", "lexer": Given, "start": ["hours", "when"], "strict": True}
    Lark(GRAMMAR, **both)
    with pytest.raises(Exception, match="conflict"):  # what it is without `strict` would go unseen
        Lark(GRAMMAR.replace("moment: point", "moment: point | PART"), **both)


def test_each_word_is_of_one_kind() -> None:
    lines = Path(vocabulary.__file__).with_name("vocabulary.txt").read_text(encoding="utf-8").splitlines()
    kinds: dict[str, set[str]] = {}
    for line in lines:
        kind, _, rest = line.partition(" ")
        if kind and kind != "#":
            for pattern in rest.split():
                for word in vocabulary._each(pattern):
                    kinds.setdefault(word, set()).add(kind)
    assert {word: found for word, found in kinds.items() if len(found) > 1} == {}


def test_every_kind_of_word_is_a_token_of_the_grammar_or_says_nothing() -> None:
    declared = set(re.findall(r"[A-Z][A-Z_]+", "".join(line for line in GRAMMAR.splitlines() if line.startswith("%declare"))))
    kinds = {kind for kind in vocabulary.words().values() if not kind.startswith("!")}
    assert kinds - declared == {"SLASH", "COLON", "FILLER", "LUNCH"}


def test_words_are_spelt_as_texts_are_read() -> None:
    """A word in another width or in traditional characters would never be met."""
    assert [
        word for word in vocabulary.words() if spell(word).plain != word or unicodedata.normalize("NFKC", word) != word
    ] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("周一、三、五", "WEEKDAY AND DAY AND DAY"),
        ("周一三五", "WEEKDAY AND DAY AND DAY"),
        ("周三三点", "WEEKDAY CLOCK"),
        ("周四二十二点", "WEEKDAY CLOCK"),
        ("周二四七点", "WEEKDAY AND DAY CLOCK"),
        ("周六/周日", "WEEKDAY AND WEEKDAY"),
        ("周六休息/周日", "WEEKDAY REST SEP WEEKDAY"),
        ("周一至周五 周六", "WEEKDAY DASH WEEKDAY AND WEEKDAY"),
        ("周六，9:00", "WEEKDAY COMMA CLOCK"),
        ("2-4点", "CLOCK DASH CLOCK"),
        ("5-9月", "MONTH DASH MONTH"),
        ("24/7", "ALL_WEEK"),
        ("节假日正常休息", "HOLIDAY REST"),
        ("节假日正常开放", "HOLIDAY USUAL"),
        ("开放时间：每天", "EVERYDAY"),
        ("Mo-Fr", "WEEKDAY DASH WEEKDAY"),
    ],
)
def test_tokens(text: str, kinds: str) -> None:
    assert " ".join(token.type for token in tokens(spell(text), "hours")) == kinds


@pytest.mark.parametrize("text", ["周19:00-21:00", "7X25小时", "周一 8.30-17.00", "每天 0830-1730", "周一至周八"])
def test_figures_that_are_no_time(text: str) -> None:
    with pytest.raises(UnreadableTime) as refused:
        parse(text, "hours")
    assert refused.value.part in text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("每天 17：00到08:30", "17：00到08:30"),
        ("每天 １７：００－０８：３０", "１７：００－０８：３０"),
        ("週一至週五 1：30～5：30", "1：30～5：30"),
        ("每天 9:00-17:00（春节期间闭馆）", "春节期间"),
        ("周一至周五 上午；下午1:00-5:00", "上午"),
        ("8:30 至 17:00", "8:30 至 17:00"),
    ],
)
def test_a_refusal_quotes_what_was_written(text: str, part: str) -> None:
    with pytest.raises(UnreadableTime) as refused:
        read_hours(text)
    assert refused.value.part == part


@pytest.mark.parametrize(("code", "text"), AMBIGUITIES.items(), ids=list(AMBIGUITIES))
def test_each_ambiguity_is_refused(code: str, text: str) -> None:
    with pytest.raises(UnreadableTime) as refused:
        read_hours(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("第二个周六 9:00-11:00", "hours-monthly"),
        ("9:00-11:00 每月第二个周六", "hours-monthly"),
        ("每月最后一天 9:00-11:00", "hours-monthly"),
        ("隔周周六 9:00-11:00", "hours-monthly"),
        ("2026年 9:00-11:00", "hours-with-year"),
        ("2026年10月 9:00-11:00", "hours-with-year"),
        ("2026年10月1日 9:00-11:00", "hours-with-year"),
        ("2026-10-01 9:00-11:00", "hours-with-year"),
    ],
)
def test_words_of_what_is_no_weekly_hours_say_what_is_wrong(text: str, code: str) -> None:
    with pytest.raises(UnreadableTime) as refused:
        read_hours(text)
    assert refused.value.code == code


def test_the_list_of_ambiguities_is_whole() -> None:
    """Each problem of hours is one of them, but for what is no time at all, or tells two fields apart."""
    plain_faults = {"bad-hours", "bad-hours-time", "bad-season-dates", "hours-no-opening", "hours-holidays-differ"}
    assert set(AMBIGUITIES) == {code for code, row in CODES.items() if row.chapter == "hours"} - plain_faults


def test_numerals() -> None:
    assert [number(text) for text in ("八", "十", "十七", "二十", "二十三", "三十", "零五", "两", "17")] == [
        8, 10, 17, 20, 23, 30, 5, 2, 17,
    ]  # fmt: skip


def test_phrases_say_where_they_stand() -> None:
    spelling, (days, times) = parse("周一至周五 8：30～17：00", "hours")
    assert isinstance(days, Days)
    assert isinstance(times, Times)
    assert spelling.quote(days.start, days.end) == "周一至周五"
    assert spelling.quote(times.start, times.end) == "8：30～17：00"
    assert (times.first, times.last) == (510, 1020)


def test_nothing_is_read_twice() -> None:
    """Each sign of a text belongs to one token at most, in its order."""
    for text in ("周一至周五 8:30-11:30；13:30-17:00，节假日休息", "除周一外每天 上午9点半至下午5点（16:30停止入场）"):
        found = tokens(spell(text), "hours")
        places = [at for token in found for at in range(token.start_pos or 0, token.end_pos or 0)]
        assert places == sorted(set(places))
        assert Counter(token.type for token in found)["CLOCK"] == text.count(":") - text.count("：") + text.count("点")
