"""A file's lines while they are mended: what each was at first, so that a change is told as before → after, at the line where
it now stands.

The rule: taking a line out takes out what hung on it alone: the text below it, the dash of an item, the key of a list that has
no item left. Comments stay.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from haitang.source.syntax_hints import indent

_DASH = re.compile(r"^( *)(- +)(?=\S)")
_KEY = re.compile(r"^ *(?:- +)?[^\s#:][^#:]*:(?: *[|>][-+0-9]*)? *(?:#.*)?$")  # that holds what stands below it
_BLOCK = re.compile(r": *[|>][-+0-9]* *$")
_COMMENT = re.compile(r"(?:^|\s)#.*")


class Line(NamedTuple):
    """A line, and the number it had at first, from 1; 0 for one that came with a new layout."""

    origin: int
    text: str


class Change(NamedTuple):
    """What became of a line, or of lines below each other that were taken out: at which line of the file as it is now. `after`
    is empty where they went, and may be several lines."""

    line: int
    before: str
    after: str


def numbered(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def joined(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def edited(lines: list[Line], right: Mapping[int, str]) -> list[Line]:
    """The lines with others in the place of some: by number from 1; the empty text takes a line out, one with line breaks makes
    several of it."""
    texts = [line.text for line in lines]
    written = {number - 1 for number, text in right.items() if text}  # a key that got its value on its own line stays
    gone = _taken_out(texts, {number - 1 for number, text in right.items() if not text}) - written
    found = list[Line]()
    dash = ""
    for at, line in enumerate(lines):
        if at in gone:
            field = _DASH.match(line.text)
            if field and _is_field(line.text) and not dash:
                dash = field[0]
            if comment := _COMMENT.search(line.text):
                found.append(Line(line.origin, " " * indent(line.text) + comment[0].strip()))
            continue
        text = right.get(at + 1, line.text)
        if dash and text.strip() and not text.lstrip().startswith("#"):
            # The next field of an item that lost its first stands behind the dash; another item has its own.
            text = dash + text[len(dash) :] if indent(text) == len(dash) else text
            dash = ""
        found += [Line(line.origin, part) for part in text.split("\n")]
    return found


def changes(before: str, after: list[Line], touched: Iterable[int]) -> Iterator[Change]:
    """What became of the lines of a text that were `touched`, by the number they had. Lines that went into the one above, as
    one list or one text, are told with it."""
    old = before.split("\n")
    now: dict[int, list[int]] = {}
    for number, line in enumerate(after, 1):
        now.setdefault(line.origin, []).append(number)
    lost: list[int] = []
    whole: tuple[int, Change] | None = None  # which the lines that follow may have gone into
    for origin in [*sorted(set(touched)), len(old) + 2]:
        if whole and (origin in now or origin != (lost or [whole[0]])[-1] + 1):
            yield whole[1]._replace(before="\n".join(old[number - 1] for number in (whole[0], *lost)))
            whole, lost = None, []
        if lost and (origin in now or origin != lost[-1] + 1):
            following = next((now[number][0] for number in range(lost[-1] + 1, len(old) + 1) if number in now), len(after))
            yield Change(following, "\n".join(old[number - 1] for number in lost), "")
            lost = []
        if origin in now:
            change = Change(now[origin][0], old[origin - 1], "\n".join(after[number - 1].text for number in now[origin]))
            if "\n" in change.after or _BLOCK.search(change.before):
                whole = origin, change
            else:
                yield change
        elif origin <= len(old):
            lost.append(origin)


def _is_field(text: str) -> bool:
    return re.match(r"^ *- +[^\s#:\"']+:(?: |$)", text) is not None


def _taken_out(texts: list[str], wanted: set[int]) -> set[int]:
    """The lines that go with some: what is written below them, and keys that hold nothing any more."""
    gone: set[int] = set()
    for at in sorted(wanted):
        gone.add(at)
        is_item = texts[at].lstrip().startswith("-") and not _is_field(texts[at])
        column = indent(texts[at]) if is_item else _column(texts[at])
        gone.update(below for below in _below(texts, at, column) if not texts[below].lstrip().startswith("#"))
    for at in range(len(texts) - 1, -1, -1):
        if at not in gone and _KEY.match(texts[at]) and any(number in gone for number in _holds(texts, at)):
            left = [number for number in _holds(texts, at) if number not in gone and texts[number].strip()]
            if all(texts[number].lstrip().startswith("#") for number in left):
                gone.add(at)
    return gone


def _column(text: str) -> int:
    """Where a field begins, behind the dash of its item."""
    dash = _DASH.match(text)
    return len(dash[0]) if dash else indent(text)


def _below(texts: list[str], at: int, column: int) -> Iterator[int]:
    """The lines that stand deeper than a column, up to the first that does not."""
    waiting = list[int]()  # blank lines, which belong to it where more follows
    for number in range(at + 1, len(texts)):
        if not texts[number].strip():
            waiting.append(number)
        elif indent(texts[number]) > column:
            yield from (*waiting, number)
            waiting = []
        else:
            return


def _holds(texts: list[str], at: int) -> list[int]:
    """The lines inside the value of a key: deeper ones, or the items of a list as deep as the key."""
    column = _column(texts[at])
    deeper = list(_below(texts, at, column))
    if deeper and not all(texts[number].lstrip().startswith("#") for number in deeper):
        return deeper
    found = list[int]()
    for number in range(at + 1, len(texts)):
        text = texts[number]
        is_item = indent(text) == column and text.lstrip().startswith(("- ", "#"))
        if text.strip() and not is_item and indent(text) <= column:
            break
        found.append(number)
    return found
