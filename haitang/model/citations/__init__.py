"""Texts whose sentences name the sources they rest on: `一句话。[^2]` rests on the second of the entry's own sources.

The rule: marks are read here and nowhere else. Who asks such a text for nothing but what it says gets it without them; what is
wrong with how they are written tells `slips`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARK = re.compile(r"\[\^([1-9][0-9]{0,2})\]")
STOPS = "。！？；…!?;."
CLOSERS = "”’」』）》〉】)\"'*_"  # behind what ends a sentence and before its marks
_SENTENCE_END = re.compile(rf"[。！？…!?]+[{re.escape(CLOSERS)}]*|\n")
_BETWEEN = re.compile(r"(\n[ \t]*\n(?!\s*(?:[-+*]|[0-9]+[.)])[ \t])\s*)")  # paragraphs
_ORNAMENT = re.compile(r"^(?:[-+*]|[0-9]+[.)])[ \t]+|[*_\\]")


@dataclass(frozen=True, slots=True)
class CitedText:
    """What a text says, and its marks: behind how many characters of it each stands, and the number of its source."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    @staticmethod
    def read(written: str) -> "CitedText":
        """Of a text as an editor writes it."""
        if "[^" not in written:
            return CitedText(written)
        said, marks, at = [], list[tuple[int, int]](), 0
        length = 0
        for mark in MARK.finditer(written):
            said.append(written[at : mark.start()])
            length += mark.start() - at
            marks.append((length, int(mark[1])))
            at = mark.end()
        return CitedText("".join((*said, written[at:])), tuple(marks))

    def __str__(self) -> str:
        return self.text

    @property
    def written(self) -> str:
        """As an editor writes it."""
        return "".join(f"{piece}[^{number}]" if number else piece for piece, number in self.pieces)

    @property
    def pieces(self) -> Iterator[tuple[str, int]]:
        """The text cut at its marks: each piece with the number behind it; 0 behind the last."""
        at = 0
        for place, number in self.marks:
            yield self.text[at:place], number
            at = place
        yield self.text[at:], 0

    def sentence(self, at: int) -> str:
        """The sentence that ends behind so many characters, or all since the mark before it."""
        starts = [0, *(end.end() for end in _SENTENCE_END.finditer(self.text, 0, at) if end.end() < at)]
        starts += [place for place, _ in self.marks if place < at]
        return _ORNAMENT.sub("", self.text[max(starts) : at].strip()).strip()

    @property
    def unmarked(self) -> Iterator[tuple[int, str]]:
        """The paragraphs without a mark, and the line each begins on, from 0; a list belongs to what introduces it."""
        end = 0
        for paragraph in _BETWEEN.split(self.text):
            start, end = end, end + len(paragraph)
            if paragraph.strip() and not any(start < place <= end for place, _ in self.marks):
                yield self.text.count("\n", 0, start), _ORNAMENT.sub("", paragraph.strip())
