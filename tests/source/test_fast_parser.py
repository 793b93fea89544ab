"""Where the swift reader answers, it answers as the parser does: values, places, blanks; where it must not, it does not."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from haitang.core.decoding import unseen
from haitang.source import fast_parser, yaml_reader
from haitang.source.nodes import Fields, Items, Text
from tests.test_mistakes import MISTAKES

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("positions", "brands", "concepts", "routes", "tests/golden/world", "tests/mistakes/base")
REAL = [
    path.read_text("utf-8")
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*.yml"))
    if path.parent.name != "words"
]
# Parted by blanks; `_` stands for a blank inside one, `/` for a line end.
BITS = [
    bit.replace("_", " ").replace("/", "\n")
    for bit in r"""
    #_注 __#_注 _#_x / // -_ __ '' "" [] {} ~ | > [a,_b] {a:_1} 'a_#_b' on 9:30 … “甲” - -_-_a/ :_ : #a |2/ |-/ >/____a/ /#_c/
    /____#_d/ ---/ .../ __/ '/__b' "a/___b" a:/ a:_/ /__a:_b/ /__-_c/ /-_c/ _ null NULL id:_x/ "x" " /____ /__ é ? ! * & % @ ` =
    <<:_a/ on:_a/ 2:/ /// |/ x:_|/ __|/ /___z/ \ ++ .5 +1 -1
    """.split()
] + ["\t", "\u3000", "\r\n"]
DAMAGED = 6_000


def shape(node: Any) -> Any:
    if isinstance(node, Text):
        return str(node), node.line, node.column, node.style or ""
    if isinstance(node, Fields):
        fields = [(shape(key), shape(value)) for key, value in node.items()]
        return node.line, node.column, fields, [(str(name), shape(key)) for name, key in node.blank.items()]
    assert isinstance(node, Items)
    return node.line, node.column, [shape(item) for item in node]


def bare(node: Any) -> Any:
    """The values alone, in their order, with what kind of thing they are."""
    if isinstance(node, dict):
        return [(str(name), bare(value)) for name, value in node.items()]
    return [bare(item) for item in node] if isinstance(node, list) else str(node)


def agrees(text: str) -> bool:
    """Whether the swift reader answers; where it does, it must be right."""
    if unseen(text, "f"):
        return False  # nobody asks it about these
    found = fast_parser.read(text)
    if found is None:
        assert fast_parser.values(text) is None, text
        return False
    parsed = yaml_reader.read(text, "f")
    assert isinstance(parsed, Fields), (text, parsed)
    assert (fast_parser.values(text) is None) == found.has_blanks, text
    assert found.has_blanks or bare(fast_parser.values(text)) == bare(found), text
    assert (shape(found), found.has_blanks) == (shape(parsed), parsed.has_blanks), text
    return True


@pytest.mark.parametrize("name", ["“红富士”创乐园", "“红富士", "”红富士", "‘红’富士", "“红”“富”士", "“红: 富”士", "“红” #富士"])
def test_a_name_that_begins_with_a_curly_quote(name: str) -> None:
    assert agrees(f"id: a\nname: {name}\n") == (": " not in name and " #" not in name)


@pytest.mark.parametrize("name", ["“红富士”", "‘红富士’", "“红富士’", "“红”富士”", "”"])
def test_what_may_be_an_editors_quoting_is_left_to_the_parser(name: str) -> None:
    assert not agrees(f"id: a\nname: {name}\n")


def test_real_files_are_read_swiftly() -> None:
    assert sum(map(agrees, REAL)) >= 0.9 * len(REAL)


def test_the_mistakes_of_editors_read_the_same() -> None:
    texts = {"".join(f"{line}\n" for line in lines) for mistake in MISTAKES for lines in mistake.files.values()}
    assert sum(map(agrees, sorted(texts))) > 100


def test_damaged_files_read_the_same() -> None:
    dice = Random(6)
    small = [text for text in REAL if len(text) < 4_000]
    assert sum(agrees(damaged(dice, dice.choice(small))) for _ in range(DAMAGED)) > DAMAGED / 10


def damaged(dice: Random, text: str) -> str:
    if dice.random() < 0.4:
        lines = text.split("\n")
        first = dice.randrange(len(lines))
        text = "\n".join(lines[first : first + dice.randint(1, 14)]) + dice.choice(["", "\n"])
    for _ in range(dice.randint(0, 4)):
        near = dice.randrange(len(text) + 1)
        at = max(0, dice.choice([near, text.find("\n", near), text.find("\n", near) + 1, text.find(": ", near) + 2]))
        text = text[:at] + dice.choice(BITS) + text[at + dice.choice([0, 0, 0, 1, 2, 3]) :]
    return text


@pytest.mark.parametrize(
    "text",
    ["", "\n", "a\n", "a: b", "a: b\r\n", "a: 'b'\n", "a: b # c\n", "a: ~\n", "a: b\na: c\n", "a:\n- b\n", "a: [b]\n",
     "a: >\n  b\n", "a: b\n  c\n", 'a: "b\\n"\n', "a: &b c\n", "- a\n", "a: b: c\n", "a: 2018-01-01 #c\n", "a: |\n\n  b\n",
     "a: |+\n  b\n"],
)  # fmt: skip
def test_other_forms_are_left_to_the_parser(text: str) -> None:
    assert fast_parser.read(text) is None


def test_lines_that_were_seen_before_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are remembered, and whatever stood around them."""
    texts = ["a: null\n", "a:\n  - null\n", "a:\n  - b: c\n    d: e\n", "a:\n  b: c\n", "b: c\n", "a: |\n  b: c\n  - x\n"]
    texts += REAL[:20]
    right = [fast_parser.values(text) for text in texts]
    for most in (0, 1, 30):
        monkeypatch.setattr(fast_parser, "_MOST_KNOWN", most)
        monkeypatch.setattr(fast_parser, "_heads", {})
        fast_parser._known.clear()
        dice = Random(most)
        for at in dice.choices(range(len(texts)), k=200):
            assert fast_parser.values(texts[at]) == right[at], texts[at]
    assert right[:2] == [None, {"a": ["null"]}]
