"""Where comments stand in a YAML text that was parsed without a problem.

The rule: the parser tells where values end; a comment is what begins with `#` at the start of a line or behind a blank, outside
of every value.
"""

import re
from collections.abc import Iterator

import yaml
from yaml._yaml import CParser

from haitang.source.syntax_hints import indent

_DEPTH = re.compile(r"[1-9]")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*")


def comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Line and column (from 0) and the text of every comment."""
    lines = text.split("\n")
    inside: set[int] = set()  # lines that end inside a value
    ends: dict[int, int] = {}
    before = (0, 0)
    parser = CParser(text)
    while (token := parser.get_token()) is not None:
        if not isinstance(token, yaml.ScalarToken):
            continue
        start, end = token.start_mark, token.end_mark
        if token.style in ("|", ">"):
            column = before[1] if before[0] == start.line else indent(lines[start.line])
            inside.update(_block(lines, start.line, column, lines[start.line][start.column :].partition("#")[0]))
            ends[start.line] = start.column
        else:
            inside.update(range(start.line, end.line))
            ends[end.line] = max(end.column, ends.get(end.line, 0))
        before = (start.line, start.column)
    for number, line in enumerate(lines):
        if number not in inside and (found := _COMMENT.search(line, ends.get(number, 0))):
            yield number, found.start(), found[0].rstrip()


def _block(lines: list[str], start: int, column: int, header: str) -> Iterator[int]:
    """The lines of a block's text whose field begins in a column of line `start`. They are as deep as the first, or as the
    header says; a comment below may be deeper than the field."""
    said = _DEPTH.search(header)
    number, depth = start + 1, column + int(said[0]) if said else 0
    while number < len(lines):
        text = lines[number]
        if text.strip():
            depth = depth or max(indent(text), column + 1)
            if indent(text) < depth:
                return
        yield number
        number += 1
