"""Any YAML text → nodes, by libyaml: what the canonical form is too narrow for.

The rule: as in `parser`, which asks here. This is the only module that imports yaml, and who does not need it does not wait.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NoReturn

import yaml
from yaml._yaml import CParser

from haitang.core.decoding import HIDDEN
from haitang.core.problems import Place, Problem, Value
from haitang.source.nodes import MAX_DEPTH, MAX_FIELDS, Fields, Flawed, Items, Node, Text, most_values, place
from haitang.source.syntax_hints import LIKELY, explain, suspects

_CURLY = ("“", "”", "‘", "’")
_WIDE = ("\u3000", "\xa0")
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_LONGER = 5  # than any of these


class _Refused(Exception):
    """Stops the reading of one file; carries what to tell."""

    def __init__(self, code: str, line: int, column: int, **values: Value) -> None:
        self.code, self.line, self.column, self.values = code, line, column, values
        super().__init__(code)


def read(text: str, file: str) -> Fields | list[Problem]:
    builder = _Builder(text, most_values(file))
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
        slips = list(suspects(text, file)) or list(suspects(text, file, LIKELY))
        return slips or [Problem(place(node, file), "not-a-mapping")]
    node.has_blanks = builder.blanks > 0
    return Flawed(_slips(builder, text, file), node) if builder.slips else node


class _Builder:
    """Builds nodes from the parser's events. Half of a build's reading is spent here: the common case comes first."""

    def __init__(self, text: str, most: int) -> None:
        self._most = most
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
        if self._values > self._most:
            self._refuse(event, "too-many-values", limit=self._most)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(event, "too-deep", limit=MAX_DEPTH)
        node = self._fields(event) if isinstance(event, yaml.MappingStartEvent) else self._items(event)
        self._depth -= 1
        return node

    def _text(self, event: Any) -> Text:
        self._values += 1
        if event.anchor is not None or event.tag is not None or self._values > self._most:
            self._refuse_decorated(event)
            self._refuse(event, "too-many-values", limit=self._most)
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
        last = int(str(values.get("last", 0)))
        inside = [problem for problem in suspected if slip.line <= problem.place.line <= last]
        for number in range(slip.line + 1, last + 1):
            if not inside and lines[number - 1].lstrip().startswith("- "):
                inside.append(Problem(Place(file, number), "bad-indent"))
        yield from inside or [Problem(place(slip, file), code, values)]
