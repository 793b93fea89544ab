"""Text that is taken to be fine at a glance is what a close look takes it to be."""

import unicodedata

import pytest

from haitang.core.decoding import EVERYDAY, decode, everyday, unseen


def test_everyday_characters_are_those_that_need_no_look() -> None:
    known = [character for character in map(chr, range(0x11_0000)) if EVERYDAY.fullmatch(character)]
    assert len(known) > 20_000
    text = "".join(known)
    assert decode(text.encode(), "f") == text
    assert unseen(text, "f") == []
    # None of them becomes another one, whatever stands beside it.
    assert not any(map(unicodedata.combining, known))
    assert {unicodedata.decomposition(character)[:1] for character in known} <= {"", "<"}  # at most of another look
    assert unicodedata.is_normalized("NFC", text)
    assert "锟" not in known


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbfa", b"a\r\n", b"a\tb", b"\xff\xfea\x00", b"a\x00b", "e\u0301".encode(), "锟斤拷".encode(), "\u200b".encode(),
     "数".encode("gb18030"), "\u2028".encode(), b"a\x7f", b"\xed\xa0\x80", "\uf900".encode()],
)  # fmt: skip
def test_all_else_is_looked_at(content: bytes) -> None:
    assert everyday(content) is None


def test_everyday_text_is_told_as_it_stands() -> None:
    text = "name: 昆山（陆家）——“甲”、乙\n\n  - x: 1\n"
    assert everyday(text.encode()) == text == decode(text.encode(), "f")
