"""YAML text → Source: plain mappings, lists and texts that know where they stand.

The rule: this is the only module that knows yaml, and it takes nothing but the plain part of it. YAML's own types are never
resolved (`9:30` would become 570, `no` False), its cleverness (anchors, tags, merge keys) is refused at the level of parser
events, before anything is built from it, and a broken file gets a reason an editor can act on.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml._yaml import CParser

from haitang.core.decoding import HIDDEN, decode, read_regular, unseen
from haitang.core.problems import Place, Problem, Value
from haitang.source import fast_parser
from haitang.source.nodes import Fields, Items, Node, Text
from haitang.source.syntax_hints import explain, suspects

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_FIELDS", "MAX_VALUES", "Fields", "Flawed", "Items", "Node", "Text"]
__all__ += ["parse", "parse_bytes", "place_of", "read_file"]

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
MAX_FIELDS = 500
MAX_VALUES = 5_000

_CURLY = ("“", "”", "‘", "’")
_WIDE = ("\u3000", "\xa0")
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_LONGER = 5  # than any of these


class Flawed(list[Problem]):
    """The problems of a file that could be read all the same: `tree` is for finding the others, never for publishing."""

    def __init__(self, problems: Iterable[Problem], tree: Fields) -> None:
        super().__init__(problems)
        self.tree = tree


class _Refused(Exception):
    """Stops the reading of one file; carries what to tell."""

    def __init__(self, code: str, line: int, column: int, **values: Value) -> None:
        self.code, self.line, self.column, self.values = code, line, column, values
        super().__init__(code)


def read_file(path: Path, file: str, most: int = MAX_BYTES) -> Fields | list[Problem]:
    """The mapping that a YAML file of at most so many bytes holds, or why it cannot be read. `file` is the name problems use.
    Never raises."""
    content = read_regular(path, file, most)
    return [content] if isinstance(content, Problem) else parse_bytes(content, file)


def parse_bytes(content: bytes, file: str) -> Fields | list[Problem]:
    """As `read_file`, of what a file holds."""
    text = decode(content, file)
    return [text] if isinstance(text, Problem) else parse(text, file)


def parse(text: str, file: str) -> Fields | list[Problem]:
    """One YAML document holding a mapping. All reasons why not that can be told apart come back together."""
    if hidden := unseen(text, file):
        return hidden
    if (tree := fast_parser.read(text)) is not None:
        return tree
    return _parsed(text, file)


def _parsed(text: str, file: str) -> Fields | list[Problem]:
    builder = _Builder(text)
    try:
        node = builder.document()
    except _Refused as refused:
        return [Problem(Place(file, refused.line, refused.column), refused.code, refused.values)]
    except yaml.MarkedYAMLError as error:
        return explain(text, error, file)
    except (yaml.YAMLError, ValueError, UnicodeError):
        # libyaml's reader errors carry no mark; nothing that passed `decode` and HIDDEN is known to get here.
        return list(suspects(text, file)) or [Problem(Place(file), "yaml-unreadable", {"text": text.strip()[:40]})]
    if not isinstance(node, Fields):
        return list(suspects(text, file)) or [Problem(_place(node, file), "not-a-mapping")]
    node.has_blanks = builder.blanks > 0
    return Flawed(_slips(builder, text, file), node) if builder.slips else node


def place_of(tree: Fields, path: tuple[str | int, ...], file: str, *, key: bool = False, below: int = 0) -> Place:
    """Where the value at `path` stands (with `key`, where its field name stands); the nearest thing above it if absent.
    `below`: the line of a block's text that is meant, counted from its first that is not blank."""
    node: Any = tree
    spot = _place(tree, file)
    for depth, step in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(node, Fields) and step in node:
            if key and last:
                return _place(next(name for name in node if name == step), file)
            node = node[str(step)]
        elif isinstance(node, Fields) and str(step) in node.blank:
            return _place(node.blank[str(step)], file)
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            break
        spot = _place(node, file)
    if isinstance(node, Text) and node.style == "|":
        leading = node[: len(node) - len(node.lstrip())].count("\n")
        return Place(file, node.line + 1 + leading + below)
    return spot


def _place(node: Any, file: str) -> Place:
    return Place(file, getattr(node, "line", 1), getattr(node, "column", 1))


class _Builder:
    """Builds nodes from the parser's events. Half of a build's reading is spent here: the common case comes first."""

    def __init__(self, text: str) -> None:
        self._next: Callable[[], Any] = CParser(text).get_event
        self._depth = 0
        self._values = 0
        self.blanks = 0
        self._lines = f"{text}\n".split("\n") if "#" in text else []  # the end of a text may count as a line of its own
        self.slips: list[tuple[str, Text, dict[str, Value]]] = []

    def document(self) -> Node | None:
        """The only document of the stream, None when there is nothing in it."""
        self._next()  # stream start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        if event.version or event.tags:
            self._refuse(event, "yaml-directive")
        node = self._node(self._next())
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._refuse(event, "two-documents")
        return node

    def _node(self, event: Any) -> Node:
        if type(event) is yaml.ScalarEvent:
            return self._text(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "yaml-alias")
        self._refuse_decorated(event)
        self._values += 1
        if self._values > MAX_VALUES:
            self._refuse(event, "too-many-values", limit=MAX_VALUES)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(event, "too-deep", limit=MAX_DEPTH)
        node = self._fields(event) if isinstance(event, yaml.MappingStartEvent) else self._items(event)
        self._depth -= 1
        return node

    def _text(self, event: Any) -> Text:
        self._values += 1
        if event.anchor is not None or event.tag is not None or self._values > MAX_VALUES:
            self._refuse_decorated(event)
            self._refuse(event, "too-many-values", limit=MAX_VALUES)
        text = Text(event.value)
        text.mark, text.style = event.start_mark, event.style
        if not event.style:
            # A folded line break reads as a blank. “红富士” alone is an editor's quoting; “红富士”创乐园 is a name.
            if (" " in text or "\n" in text) and event.end_mark.line != text.mark.line:
                self.slips.append(("plain-over-lines", text, {"last": event.end_mark.line + 1}))
            if text[:1] in _CURLY and (text.find("”", 1) == len(text) - 1 or text.find("’", 1) == len(text) - 1):
                self.slips.append(("curly-quotes", text, {"text": text}))
            if self._lines and (rest := self._lines[event.end_mark.line][event.end_mark.column :].lstrip(" \t")):
                self._swallowed(text, rest, event.end_mark)
        elif event.style == '"' and (hidden := HIDDEN.search(text)):
            self._refuse(event, "hidden-character", code_point=f"U+{ord(hidden[0]):04X}")
        return text

    def _swallowed(self, text: Text, rest: str, end: Any) -> None:
        """`前进路 #3号楼`: YAML drops everything from the ` #` on, and the page would show half an address. Our own
        comments have a blank behind the `#`."""
        if rest[0] == "#" and rest[1:2].strip("# \t"):
            spot = Text(text)
            spot.mark, spot.style = yaml.Mark("", 0, end.line, len(self._lines[end.line]) - len(rest), None, 0), ""
            self.slips.append(("hash-in-value", spot, {"text": rest[:40]}))

    def _fields(self, start: Any) -> Fields:
        fields = Fields()
        fields.mark, fields.blank, fields.has_blanks = start.start_mark, {}, False
        seen: dict[str, Text] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._key(event, seen)
            event = self._next()
            value = self._text(event) if type(event) is yaml.ScalarEvent else self._node(event)
            # Left blank, or one of YAML's words for that; in quotes those are words.
            if (
                type(value) is Text
                and (len(value) < _LONGER or value.isspace())
                and (not value or (not value.style and (value in _NOTHING or not value.strip())))
            ):
                fields.blank[key] = key
                self.blanks += 1
            else:
                fields[key] = value
        return fields

    def _key(self, event: Any, seen: dict[str, Text]) -> Text:
        if type(event) is yaml.ScalarEvent and event.value.isidentifier() and not event.style and event.anchor is None:
            if event.tag is not None:
                self._refuse(event, "yaml-tag")
            key = Text(event.value)  # a plain name, as nearly all are: nothing more to look at
            key.mark, key.style = event.start_mark, ""
            self._values += 1
        else:
            key = self._unusual_key(event)
        twin = _twin(str(key))
        if twin in seen:
            self.slips.append(("duplicate-key", key, {"key": key, "first": seen[twin].line}))
        seen[twin] = key
        if len(seen) > MAX_FIELDS:
            self._refuse(event, "too-many-values", limit=MAX_FIELDS)
        return key

    def _unusual_key(self, event: Any) -> Text:
        if type(event) is not yaml.ScalarEvent:
            self._refuse(event, "yaml-alias" if isinstance(event, yaml.AliasEvent) else "complex-key")
        key = self._text(event)
        if _twin(str(key)) == "<<":
            self._refuse(event, "merge-key")
        if key.startswith(_WIDE):
            self._refuse(event, "wide-space-indent", text=key.strip())
        return key

    def _items(self, start: Any) -> Items:
        items = Items()
        items.mark = start.start_mark
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._text(event) if type(event) is yaml.ScalarEvent else self._node(event))
        return items

    def _refuse_decorated(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, "yaml-anchor")
        if event.tag is not None:
            self._refuse(event, "yaml-tag")

    def _refuse(self, event: Any, code: str, **values: Value) -> NoReturn:
        raise _Refused(code, event.start_mark.line + 1, event.start_mark.column + 1, **values)


@lru_cache(4096)  # nearly all keys are field names
def _twin(key: str) -> str:
    """Keys with one twin are told apart by machines only: a reviewer would see one value, the site another."""
    return unicodedata.normalize("NFKC", key).casefold()


def _slips(builder: _Builder, text: str, file: str) -> Iterator[Problem]:
    """What an editor certainly did not mean, though YAML takes it. A value over several lines is often one that swallowed
    a line with a slip: then that line is told."""
    suspected = list(suspects(text, file))
    lines = text.split("\n")
    for code, slip, values in builder.slips:
        last = int(str(values.pop("last", 0)))
        inside = [problem for problem in suspected if slip.line <= problem.place.line <= last]
        for number in range(slip.line + 1, last + 1):
            if not inside and lines[number - 1].lstrip().startswith("- "):
                inside.append(Problem(Place(file, number), "bad-indent"))
        yield from inside or [Problem(_place(slip, file), code, values)]
