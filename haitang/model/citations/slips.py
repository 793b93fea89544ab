"""What is wrong with the marks of a text, and what was meant where that is clear.

The rule: what has two readings is asked about. A number in square brackets at the head of a line numbers the line; then those
in the text may do so too, and nothing is said of them.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from haitang.model.citations import CLOSERS, MARK, STOPS

_OPEN, _CLOSE, _CARET = r"[\[［【〔]", r"[\]］】〕]", r"[\^＾ˆ]"
_BLANKS = "[ \t\u3000]*"
_NUMERALS = {name: number for number, name in enumerate("一二三四五六七八九十", 1)}
_CANDIDATE = re.compile(
    rf"(?P<runs>{MARK.pattern}(?:{_BLANKS}{MARK.pattern})*)"
    rf"|(?P<caret>{_OPEN}\s?{_CARET}(?P<inner>[^\[［【〔\]］】〕()（）\n]{{0,16}})[\]］】〕)）])"
    rf"|(?P<before>{_CARET}{_OPEN}\s?(?P<number>\d{{1,2}})\s?{_CLOSE})"
    rf"|(?P<bare>{_OPEN}(?:来源|出处|注)?\s?(?P<plain>\d{{1,2}})\s?{_CLOSE})"
    rf"|(?P<open>{_OPEN}\s?{_CARET}\s?(?P<digits>\d{{0,3}}))"
)
_HINTED = re.compile(rf"{_OPEN}|{_CARET}")
_LINE_HEAD = re.compile(rf"^{_BLANKS}(?:[-*+][ \t]+)?{_OPEN}\d{{1,2}}{_CLOSE}", re.MULTILINE)
_BEHIND = re.compile(rf"[{re.escape(STOPS)}]+[{re.escape(CLOSERS)}]*")
_LINE_END = re.compile(rf"[{re.escape(CLOSERS)}]*[ \t]*(?:\n|\Z)")
_OTHER_MARK = re.compile(
    rf"(?:(?:{_CARET}{_OPEN}|{_OPEN}\s?{_CARET})[^\[［【〔\n]{{0,17}}|{_OPEN}\d{{1,2}}{_CLOSE}){_BLANKS}\Z"
)
_MOST = 20


class Slip(NamedTuple):
    """Where in the text as it is written, what stands there, and what to write: None where a person must say."""

    code: str
    at: int
    wrong: str
    right: str | None = None


def slips(written: str, sources: int) -> Iterator[Slip]:
    """Everything that is wrong with the marks of a text of an entry that has so many sources."""
    if not _HINTED.search(written):
        return
    numbered = bool(_LINE_HEAD.search(written))
    for found in _CANDIDATE.finditer(written):
        if found["runs"]:
            yield from _of_marks(written, found, sources)
        elif found["bare"]:
            if not numbered:
                right = _bare(written, found, sources)
                yield Slip("mark-form" if right else "mark-unreadable", found.start(), found[0], right)
        elif found["open"]:
            yield _of_open(written, found)
        else:
            numbers = _numbers(found["inner"] if found["caret"] else found["number"])
            yield Slip("mark-form", found.start(), found[0], _marks(numbers)) if numbers else _unreadable(found)


def _of_marks(written: str, found: re.Match[str], sources: int) -> Iterator[Slip]:
    """Of marks that are written well: whether each has a source and stands there once, and all stand where they may."""
    marks = list(dict.fromkeys(MARK.findall(found[0])))
    for mark in marks:
        if int(mark) > sources > 0:  # that there are none is told by itself
            yield Slip("mark-no-source", written.index(f"[^{mark}]", found.start()), f"[^{mark}]")
    if (once := "".join(f"[^{mark}]" for mark in marks)) != found[0]:
        yield Slip("mark-form", found.start(), found[0], once)
    # Until another mark before it is written well, nobody can say where this one stands.
    if not _OTHER_MARK.search(written[: found.start()]) and (misplaced := _misplaced(written, found)):
        yield misplaced


def _misplaced(written: str, found: re.Match[str]) -> Slip | None:
    """What is wrong with where marks stand: right behind what ends a sentence, or a line."""
    before = written[: found.start()]
    bare = before.rstrip(" \t\u3000")
    follows_sentence = _ends_sentence(bare)
    if bare and not bare.endswith("\n"):
        if not follows_sentence and (stop := _BEHIND.match(written, found.end())):
            return Slip("mark-place", found.start(), found[0] + stop[0], stop[0] + found[0])
        if follows_sentence or _LINE_END.match(written, found.end()):
            apart = before[len(bare) :]
            return Slip("mark-form", len(bare), apart + found[0], found[0]) if apart else None
    return Slip("mark-place", found.start(), found[0])


def _ends_sentence(before: str) -> bool:
    bare = before.rstrip(CLOSERS)
    return bool(bare) and bare[-1] in STOPS


def _bare(written: str, found: re.Match[str], sources: int) -> str | None:
    """A number in brackets is a mark where one may stand and has a source; elsewhere it may be anything."""
    before, number = written[: found.start()].rstrip(" \t\u3000"), int(found["plain"])
    follows = _BEHIND.match(written, found.end()) or written[found.end() : found.end() + 1] in ("", "\n")
    is_mark = 1 <= number <= sources and (_ends_sentence(before) or follows)
    return f"[^{number}]" if is_mark else None


def _of_open(written: str, found: re.Match[str]) -> Slip:
    digits = found["digits"]
    numbers = _numbers(digits) if len(digits) < 3 else ()
    after = written[found.end() : found.end() + 1]
    # `[^1年` may be the beginning of a longer text in brackets; `[^1` before a sentence, a mark or the end is a mark.
    return Slip("mark-form", found.start(), found[0], _marks(numbers)) if numbers and after != "-" else _unreadable(found)


def _unreadable(found: re.Match[str]) -> Slip:
    return Slip("mark-unreadable", found.start(), found[0])


def _numbers(inner: str) -> tuple[int, ...]:
    """The numbers that are meant between brackets; none where that is not clear."""
    plain = re.sub(r"来源|出处|注|第|条|[\s^]", "", unicodedata.normalize("NFKC", inner))
    found = tuple(_number(part) for part in re.split(r"[、,;]", plain))
    return found if all(1 <= number <= _MOST for number in found) else ()


def _number(text: str) -> int:
    """1 to 20 in figures or in Chinese; 0 for anything else."""
    if re.fullmatch(r"[1-9][0-9]?", text):
        return int(text)
    if text == "二十":
        return 20
    if len(text) == 2 and text[0] == "十":
        return 10 + _NUMERALS.get(text[1], -10) if text[1] != "十" else 0
    return _NUMERALS.get(text, 0)


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f"[^{number}]" for number in numbers)


def stray(text: str) -> str | None:
    """What looks like a mark in a text that takes none, whose numbers in brackets are its own."""
    return next((found[0] for found in _CANDIDATE.finditer(text) if not found["bare"]), None)
