"""The canonical form of a file, as nearly all files have it, read line by line: several times as fast as a parser of YAML.

The rule: this knows one form and no more. Whatever has any other line in it, the least doubt, is left to the real parser
(`source`), and where this answers at all, it answers the same.
"""

import re
from typing import Any

from haitang.source.nodes import LINE, Fields, Items, Node, Text, spot

MOST_LINES = 2_000
_MOST_FIELDS = 100
_DEEPEST = 12  # columns
# Blanks, a dash, a field's name, what is left. Matches every line.
_LINES = re.compile(r"^( *)(- )?(?:([a-z_][a-z0-9_]*):(?: (?=[^ \n])|$))?(.*)$", re.MULTILINE)
# What may not stand first in a bare text: signs of YAML, quotes, blanks of every kind.
_FIRST = frozenset("-?:,[]{}#&*!|>%@`=~<'\"“”‘’ \t\u3000\xa0.+")
_CURLY = "“”‘’"
_NOTHING = frozenset(("null", "Null", "NULL"))
Line = tuple[str, str, str, str]
# How many blanks, whether a dash, a field's name, what is left, and that as a text, where it is a usual one.
Part = tuple[int, bool, str, str, str | None]
_MOST_KNOWN, _LONGEST_KNOWN = 20_000, 60  # lines that are kept, and their characters
_MOST_HEADS = 1_000


class _Unusual(Exception):
    """This is not the form we know."""


def read(text: str) -> Fields | None:
    """What the parser would make of a text; None where only the parser can tell."""
    if (lines := _lines(text)) is None or (top := (reader := _Reader(lines, _LINES.findall(text))).top()) is None:
        return None
    top.has_blanks = reader.blanks
    return top


def values(text: str) -> dict[str, Any] | None:
    """The same as plain values, which nobody could find in the text again, in half the time; None also where a field is left
    blank, for somebody may have to be told where."""
    lines = _lines(text)
    return _Plain(lines).top() if lines else None


def _lines(text: str) -> list[str] | None:
    """None of what is surely of another form."""
    if not text.endswith("\n") or "\t" in text or "\r" in text:
        return None
    lines = text.split("\n")
    return lines if len(lines) <= MOST_LINES else None


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
            key.mark, key.style = line << LINE | indent, ""
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
        said, self.at = _block_at(self._lines, line + 1, indent)
        text = Text(said)
        name = self._parts[line][2]
        text.mark, text.style = line << LINE | (indent + len(name) + 2), "|"
        return text


class _Known(dict[str, Part]):
    """Lines as they were read before: of a directory's, most stand in many files."""

    def __missing__(self, line: str) -> Part:
        head, _, value = line.partition(": ")
        if (
            value
            and (before := _heads.get(head))
            and value[0] not in _FIRST
            and value not in _NOTHING
            and not (value[-1] in ": " or ": " in value or " #" in value)  # as `_is_bare`: this is asked a million times
        ):
            part: Part = (*before, value, value)
        else:
            part = _part(line)
            if part[2] and part[3] and len(_heads) < _MOST_HEADS:
                _heads[head] = part[:3]
        if len(line) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[line] = part
        return part


_heads: dict[str, tuple[int, bool, str]] = {}  # what stands before a value: how deep, whether behind a dash, the field's name
_known = _Known()


def _part(line: str) -> Part:
    match = _LINES.fullmatch(line)
    blanks, dash, name, value = match.groups("") if match else ("", "", "", line)
    try:
        said = _unquoted(value) if _begins_unusually(value) else value if value and _is_bare(value) else None
    except _Unusual:
        said = None
    return len(blanks), bool(dash), name, value, None if name and said in _NOTHING else said


class _Plain:
    """As `_Reader`, without places."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._parts = list(map(_known.__getitem__, lines))
        self.at = 0

    def top(self) -> dict[str, Any] | None:
        """The whole text; None where it is not the form we know, or leaves a field blank."""
        try:
            top = self._fields(0, 0)
        except _Unusual:
            return None
        return top if top and self.at == len(self._lines) - 1 else None

    def _fields(self, indent: int, first: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        parts, at, behind_dash = self._parts, self.at, first != indent
        while True:
            depth, dash, name, value, said = parts[at]
            if depth != first or dash is not behind_dash or not name or name in fields:
                break
            first, behind_dash, at = indent, False, at + 1
            if said is not None:
                fields[name] = said
                continue
            if value:
                if value != "|":
                    raise _Unusual
                fields[name], at = _block_at(self._lines, at, indent)
                continue
            self.at = at
            fields[name] = self._inside(indent)
            at = self.at
        self.at = at
        if len(fields) > _MOST_FIELDS or depth > indent or (name and depth == indent and not dash):
            raise _Unusual
        return fields

    def _inside(self, indent: int) -> Any:
        """As that of `_Reader`; what is left blank is left to it."""
        depth, dash, _, _, _ = self._parts[self.at]
        if depth != indent + 2 or depth > _DEEPEST:
            raise _Unusual
        return self._items(depth) if dash else self._fields(depth, depth)

    def _items(self, indent: int) -> list[Any]:
        items: list[Any] = []
        parts = self._parts
        while True:
            depth, dash, name, value, said = parts[self.at]
            if not dash or depth != indent:
                break
            if name:
                items.append(self._fields(indent + 2, indent))
                continue
            if said is None:
                raise _Unusual
            items.append(said)
            self.at += 1
        if depth >= indent and (value or name or dash):
            raise _Unusual
        return items


def _block_at(lines: list[str], at: int, indent: int) -> tuple[str, int]:
    """The text of a block that begins on a line, in a field at an indent; and the line behind it."""
    pad = " " * (indent + 2)
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
    return "\n".join(block).rstrip("\n") + "\n", at


def _scalar(value: str, line: int, column: int) -> Text:
    """A text on one line, bare or in double quotes with nothing in them that has a meaning."""
    if _begins_unusually(value):
        text = Text(_unquoted(value))
        text.mark, text.style = line << LINE | column, '"'
        return text
    if not _is_bare(value):
        raise _Unusual
    text = Text(value)
    text.mark, text.style = line << LINE | column, ""
    return text


def _begins_unusually(value: str) -> bool:
    """“红富士”创乐园 is a name; “红富士” alone is an editor's quoting, which only the parser tells."""
    return value[:1] in _FIRST and not (value[0] in _CURLY and value[-1] not in _CURLY)


def _is_bare(value: str) -> bool:
    return value[-1] not in ": " and ": " not in value and " #" not in value


def _unquoted(value: str) -> str:
    inside = value[1:-1]
    if value[0] != '"' or len(value) < 3 or value[-1] != '"' or '"' in inside or "\\" in inside or inside.isspace():
        raise _Unusual
    return inside
