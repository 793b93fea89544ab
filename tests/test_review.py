"""A review says what a change does, the same for the same change, and nothing in the data can make it say or do something else.

After a wanted change of the words: `build.py test tests/test_review.py --bless`.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from haitang.annotations import github
from haitang.inert import code, plain
from haitang.review.compare import Compared, compare
from haitang.review.markdown import LONGEST, markdown
from haitang.review.moves_map import moves_map
from haitang.review.told import as_json, from_json
from haitang.words import words
from tests.conftest import HIDDEN, TODAY
from tests.review_cases import NAMES, Case, prepared

CHINESE = words("zh-CN")
# What a comment of ours is made of.
OURS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close",
    "list_item_open", "list_item_close", "blockquote_open", "blockquote_close", "inline", "text", "softbreak", "code_inline",
    "strong_open", "strong_close", "s_open", "s_close",
}  # fmt: skip
HOSTILE = (
    "::error::x %0A::set-output name=a::b ##[add-mask]y",
    "](https://evil.example) ![x](//evil.example/x.png) <img src=x onerror=alert(1)> <details>",
    "`` ` ``` **b** ~~s~~ | a | b | @all #1 :x: $m$ [^1] www.evil.example a@evil.example &lt;i&gt;",
    "*** --- === \\` ](x) <!-- --> <b>",
)
_VALUE = re.compile(
    r"^(\s*(?:- )?(?:name|text|address|host|community|alt|title|slogan|post|publisher|by|credit|licence|short_name): )(.+)$",
    re.M,
)


def reviewed(case: Case) -> Compared:
    return compare(case.base, case.head, CHINESE, TODAY)


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    return prepared(request.param, tmp_path)


def test_a_prepared_change_reads_as_it_should(case: Case, bless: bool) -> None:
    found = reviewed(case)
    said = markdown(found.review, CHINESE)
    if bless:
        case.expected.write_text(said, "utf-8")
    assert said == case.expected.read_text("utf-8"), "if that is meant: --bless"
    assert from_json(as_json(found.review).encode()) == found.review
    assert_inert(found, said)


def test_there_are_enough_changes() -> None:
    assert len(NAMES) >= 20


def test_hostile_text_is_only_text(case: Case) -> None:
    """Every name and text of every entry says something evil on top of what it says, on each side something else."""
    for side, evil in ((case.base, cycle(HOSTILE)), (case.head, cycle(HOSTILE[1:]))):
        for path in sorted(side.rglob("*.yml")):
            written = path.read_text("utf-8")
            path.write_text(_VALUE.sub(lambda found, evil=evil: spoilt(found, next(evil)), written), "utf-8")  # type: ignore[misc]
    found = reviewed(case)
    assert found.review.entries
    said = markdown(found.review, CHINESE)
    assert_inert(found, said)
    assert from_json(as_json(found.review).encode()) == found.review


def spoilt(found: re.Match[str], hostile: str) -> str:
    """The value with as much of the evil as it may have."""
    value = found[2].strip("'\"")[:8] + hostile[: 50 if re.search("name|post|label", found[1]) else 180]
    return found[1] + "'" + value.replace("'", "''") + "'"


def assert_inert(found: Compared, said: str) -> None:
    """In a terminal, in the log of a workflow, in Markdown, as a drawing."""
    assert_plain_lines(said)
    lines = list(github(found.problems, CHINESE, found.changed))
    for line in lines:
        assert re.fullmatch(r"::(error|warning|notice) file=[^,]+,line=\d+,col=\d+::[^\n]*", line) or not line.startswith(":")
    assert_plain_lines("\n".join(line for line in lines if not line.startswith("::")))
    kinds = list(tokens(said))
    assert {token.type for token in kinds} <= OURS
    prose = "".join(token.content for token in kinds if token.type == "text")
    assert not re.search(r"[@$|<>`\\]|#\w|https?:|www\.|:[a-z]+:|evil|error", prose), prose
    drawing = ET.fromstring(moves_map(found.review, CHINESE))
    known = {"svg", "title", "defs", "marker", "path", "rect", "circle", "line", "text"}
    assert {element.tag.rpartition("}")[2] for element in drawing.iter()} <= known
    assert not [name for element in drawing.iter() for name in element.attrib if name.startswith("on") or "href" in name]


def assert_plain_lines(said: str) -> None:
    for line in said.split("\n"):
        assert not HIDDEN.search(line), ascii(line)
        assert not line.lstrip().startswith("::"), line
        assert not re.search(r"##\w*\[", line), line


def tokens(said: str) -> Iterator[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for token in parser.parse(said):
        yield token
        yield from token.children or ()
