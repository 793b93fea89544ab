"""The canonical form of a file, as nearly all files have it, read line by line: several times as fast as a parser of YAML.

The rule: this knows one form and no more. Whatever has any other line in it, the least doubt, is left to the real parser
(`source`), and where this answers at all, it answers the same.
"""

import re
from typing import Any, TypeVar

from haitang.source.nodes import Fields, Items, Node, Text, spot

MOST_LINES = 2_000
_MOST_FIELDS = 100
_DEEPEST = 12  # columns
# Blanks, a dash, a field's name, what is left. Matches every line.
_LINES = re.compile(r"^( *)(- )?(?:([a-z_][a-z0-9_]*):(?: (?=[^ \n])|$))?(.*)$", re.MULTILINE)
# What may not stand first in a bare text: signs of YAML, quotes, blanks of every kind.
_FIRST = frozenset("-?:,[]{}#&*!|>%@`=~<'\"“”‘’ \t\u3000\xa0.+")
_NOTHING = frozenset(("null", "Null", "NULL"))
Line = tuple[str, str, str, str]


Reader = TypeVar("Reader", bound="_Reader")


class _Unusual(Exception):
    """This is not the form we know."""


def read(text: str) -> Fields | None:
    """What the parser would make of a text; None where only the parser can tell."""
    if (reader := _reader(_Reader, text)) is None or (top := reader.top()) is None:
        return None
    top.has_blanks = reader.blanks
    return top


def values(text: str) -> dict[str, Any] | None:
    """The same as plain values, which nobody could find in the text again, in half the time; None also where a field is left
    blank, for somebody may have to be told where."""
    reader = _reader(_Plain, text)
    return reader.top() if reader else None


def _reader(kind: type[Reader], text: str) -> Reader | None:
    if not text.endswith("\n") or "\t" in text or "\r" in text:
        return None
    lines = text.split("\n")
    return kind(lines, _LINES.findall(text)) if len(lines) <= MOST_LINES else None


class _Reader:
    """Where we are, and what is inside the place we are at."""

    def __init__(self, lines: list[str], parts: list[Line]) -> None:
        self._lines = lines
        self._parts = parts
        self.at = 0
        self.blanks = False

    def top(self) -> Fields | None:
        """The whole text; None where it is not the form we know."""
        try:
            top = self.fields(0, 0)
        except _Unusual:
            return None
        return top if top and self.at == len(self._lines) - 1 else None

    def fields(self, indent: int, first: int) -> Fields:
        """The fields at an indent, from here on; the first of them may stand behind a dash, which ends at `first`."""
        fields = Fields()
        fields.mark, fields.blank, fields.has_blanks = spot(self.at, indent), {}, False
        parts = self._parts
        while True:
            blanks, dash, name, value = parts[self.at]
            if len(blanks) != first or bool(dash) != (first != indent) or not name or name in fields:
                break
            if name in fields.blank:
                raise _Unusual
            line, first = self.at, indent
            key = Text(name)
            key.mark, key.style = line << 16 | indent, ""
            self.at = line + 1
            if value == "|":
                fields[key] = self._block(line, indent)
            elif value:
                fields[key] = found = _scalar(value, line, indent + len(name) + 2)
                if found in _NOTHING:
                    raise _Unusual
            elif (node := self._inside(indent)) is not None:
                fields[key] = node
            else:
                fields.blank[key] = key
                self.blanks = True
        if len(fields) > _MOST_FIELDS or len(blanks) > indent or (name and len(blanks) == indent and not dash):
            raise _Unusual
        return fields

    def _inside(self, indent: int) -> Node | None:
        """What a field without a value on its line holds, None when that is nothing."""
        blanks, dash, name, value = self._parts[self.at]
        depth = len(blanks)
        if depth <= indent:
            if dash or (not name and value):
                raise _Unusual  # a list may stand where its field does
            return None
        if depth != indent + 2 or depth > _DEEPEST:
            raise _Unusual
        return self._items(depth) if dash else self.fields(depth, depth)

    def _items(self, indent: int) -> Items:
        items = Items()
        items.mark = spot(self.at, indent)
        parts = self._parts
        while True:
            blanks, dash, name, value = parts[self.at]
            if not dash or len(blanks) != indent:
                break
            if name:
                items.append(self.fields(indent + 2, indent))
            elif value:
                items.append(_scalar(value, self.at, indent + 2))
                self.at += 1
            else:
                raise _Unusual
        if len(blanks) >= indent and (value or name or dash):
            raise _Unusual
        return items

    def _block(self, line: int, indent: int) -> Text:
        """The text of a block, all lines of it at least as deep as the first."""
        lines, at, pad = self._lines, line + 1, " " * (indent + 2)
        if not lines[at].startswith(pad) or lines[at][len(pad) : len(pad) + 1] in ("", " "):
            raise _Unusual
        block = []
        while lines[at].startswith(pad) or not lines[at]:
            if at == len(lines) - 1:
                break
            block.append(lines[at][len(pad) :])
            at += 1
        if not lines[at].strip(" ") and at != len(lines) - 1:
            raise _Unusual
        self.at = at
        text = Text("\n".join(block).rstrip("\n") + "\n")
        name = self._parts[line][2]
        text.mark, text.style = line << 16 | (indent + len(name) + 2), "|"
        return text


class _Plain(_Reader):
    """The same without places."""

    def fields(self, indent: int, first: int) -> Any:
        fields: dict[str, Any] = {}
        parts, at = self._parts, self.at
        while True:
            blanks, dash, name, value = parts[at]
            if len(blanks) != first or bool(dash) != (first != indent) or not name or name in fields:
                break
            first, at = indent, at + 1
            if value and value != "|":
                if value[0] in _FIRST:
                    value = _unquoted(value)
                elif value[-1] in ": " or ": " in value or " #" in value:  # as `_is_bare`: this is asked a million times
                    raise _Unusual
                if value in _NOTHING:
                    raise _Unusual
                fields[name] = value
                continue
            self.at = at
            fields[name] = str(self._block(at - 1, indent)) if value else self._inside(indent)
            if fields[name] is None:
                raise _Unusual  # left blank
            at = self.at
        self.at = at
        if len(fields) > _MOST_FIELDS or len(blanks) > indent or (name and len(blanks) == indent and not dash):
            raise _Unusual
        return fields

    def _items(self, indent: int) -> Any:
        items: list[Any] = []
        parts = self._parts
        while True:
            blanks, dash, name, value = parts[self.at]
            if not dash or len(blanks) != indent:
                break
            if name:
                items.append(self.fields(indent + 2, indent))
                continue
            if not value:
                raise _Unusual
            items.append(value if value[0] not in _FIRST and _is_bare(value) else _unquoted(value))
            self.at += 1
        if len(blanks) >= indent and (value or name or dash):
            raise _Unusual
        return items


def _scalar(value: str, line: int, column: int) -> Text:
    """A text on one line, bare or in double quotes with nothing in them that has a meaning."""
    if value[0] in _FIRST:
        text = Text(_unquoted(value))
        text.mark, text.style = line << 16 | column, '"'
        return text
    if not _is_bare(value):
        raise _Unusual
    text = Text(value)
    text.mark, text.style = line << 16 | column, ""
    return text


def _is_bare(value: str) -> bool:
    return value[-1] not in ": " and ": " not in value and " #" not in value


def _unquoted(value: str) -> str:
    inside = value[1:-1]
    if value[0] != '"' or len(value) < 3 or value[-1] != '"' or '"' in inside or "\\" in inside or inside.isspace():
        raise _Unusual
    return inside
