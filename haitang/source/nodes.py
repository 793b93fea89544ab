"""What a YAML file holds once it was read: texts, fields and items that know where they stand.

The rule: a place is kept as whoever read the file found it, and worked out only when somebody asks: most never are.
"""

from collections.abc import Iterable
from typing import Any

from haitang.core.problems import Place, Problem

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
MAX_FIELDS = 500
MAX_VALUES = 5_000
# What holds many things: bytes, values. Of towns with a point and where it comes from there is room for more than a thousand.
_ROOMY = {"directory.yml": (1024 * 1024, 80_000)}

LINE = 20  # bits a line is shifted by, to stand beside its column in one number
_COLUMN = (1 << LINE) - 1


def most_bytes(file: str) -> int:
    """How large a file of the data may be."""
    return _ROOMY[file][0] if file in _ROOMY else MAX_BYTES


def most_values(file: str) -> int:
    """How many fields, items and texts a file of the data may hold."""
    return _ROOMY[file][1] if file in _ROOMY else MAX_VALUES


class _Marked:
    """Where a node starts: the parser's own mark, or line and column, from 0, in one number (`spot`)."""

    __slots__ = ()
    mark: Any

    @property
    def line(self) -> int:
        mark = self.mark
        return (mark >> LINE) + 1 if type(mark) is int else int(mark.line) + 1

    @property
    def column(self) -> int:
        mark = self.mark
        return (mark & _COLUMN) + 1 if type(mark) is int else int(mark.column) + 1


def spot(line: int, column: int) -> int:
    """A place as one number; columns are below 2**20, as no file is longer."""
    return line << LINE | column


class Text(_Marked, str):
    """A scalar as written, and where. `quoted` tells an editor's own quotes from a bare word."""

    __slots__ = ("mark", "style")
    style: str

    @property
    def quoted(self) -> bool:
        return bool(self.style)


class Fields(_Marked, dict[str, Any]):
    """A mapping; its keys are Text. `blank` holds the keys that were left without a value; `has_blanks`, set on the top of a
    file, says whether any mapping in it has some."""

    __slots__ = ("blank", "has_blanks", "mark")
    blank: dict[str, Text]
    has_blanks: bool


class Items(_Marked, list[Any]):
    """A sequence."""

    __slots__ = ("mark",)


Node = Text | Fields | Items


class Flawed(list[Problem]):
    """The problems of a file that could be read all the same: `tree` is for finding the others, never for publishing."""

    def __init__(self, problems: Iterable[Problem], tree: Fields) -> None:
        super().__init__(problems)
        self.tree = tree


def place(node: Any, file: str) -> Place:
    """Where a node starts."""
    return Place(file, getattr(node, "line", 1), getattr(node, "column", 1))
