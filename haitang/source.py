"""YAML text → Source: plain mappings, lists and texts that know where they stand.

The rule: this is the only module that knows yaml, and it takes nothing but the plain part of it. YAML's own types are never
resolved (`9:30` would become 570, `no` False), its cleverness (anchors, tags, merge keys) is refused at the level of parser
events, before anything is built from it, and a broken file gets a reason an editor can act on.
"""

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml._yaml import CParser

from haitang.problems import Place, Problem, Value

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
MAX_FIELDS = 200
MAX_VALUES = 5_000

# Characters that make the text a reviewer sees differ from the text we read: controls, line breaks only YAML knows,
# bidirectional controls ("Trojan Source"), zero-width and tag characters. Tab, LF and CR are judged elsewhere.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))


class Text(str):
    """A scalar as written, and where. `quoted` tells an editor's own quotes from a bare word."""

    __slots__ = ("column", "line", "quoted")
    line: int
    column: int
    quoted: bool


class Fields(dict[str, Any]):
    """A mapping; its keys are Text. `blank` holds the places of keys that were left without a value."""

    __slots__ = ("blank", "column", "line")
    line: int
    column: int
    blank: dict[str, tuple[int, int]]


class Items(list[Any]):
    """A sequence."""

    __slots__ = ("column", "line")
    line: int
    column: int


Node = Text | Fields | Items


class _Refused(Exception):
    """Stops the reading of one file; carries what to tell."""

    def __init__(self, code: str, line: int, column: int, **values: Value) -> None:
        self.code, self.line, self.column, self.values = code, line, column, values
        super().__init__(code)


def read_file(path: Path, file: str) -> Fields | list[Problem]:
    """The mapping that a YAML file holds, or why it cannot be read. `file` is the name problems use. Never raises."""
    content = read_regular(path, file, MAX_BYTES)
    if isinstance(content, Problem):
        return [content]
    text = decode(content, file)
    if isinstance(text, Problem):
        return [text]
    return parse(text, file)


def read_regular(path: Path, file: str, limit: int) -> bytes | Problem:
    """The bytes of a regular file. Links, pipes and devices are refused before they can be followed or hang the build."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if path.is_symlink():
            return Problem(Place(file), "not-regular-file")
        handle = os.open(path, flags)
    except OSError as error:
        return _cannot_open(file, error)
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            return Problem(Place(file), "not-regular-file")
        if facts.st_size > limit:
            return Problem(Place(file), "file-too-large", {"kib": facts.st_size // 1024 + 1, "limit": limit // 1024})
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read(limit + 1)
    except OSError as error:
        return _cannot_open(file, error)
    finally:
        os.close(handle)


def _cannot_open(file: str, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(Place(file), "file-missing")
    # The system's own sentence would be in the system's language; its code can be looked up in any.
    return Problem(Place(file), "cannot-open", {"reason": errno.errorcode.get(error.errno or 0, "?")})


def decode(content: bytes, file: str) -> str | Problem:
    """UTF-8 with or without BOM, NFC, LF line ends. Other encodings are recognised for the sentence, never converted."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:64]:
        return Problem(Place(file), "not-utf8", {"encoding": "UTF-16"})
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return Problem(Place(file, line, column), "not-utf8", {"encoding": _looks_like(content)})
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _looks_like(content: bytes) -> str:
    """The likelier of the two encodings Chinese Windows writes, by how many everyday characters come out."""
    scores = {}
    for name, codec, common in (
        ("GBK（GB18030）", "gb18030", "的一是在不了有和中大为党群服务站点心街道社区村镇路号活动"),
        ("Big5", "big5", "的一是在不了有和中大為黨群服務站點心街道社區村鎮路號活動"),
    ):
        decoded = content.decode(codec, errors="replace")
        scores[name] = sum(decoded.count(character) for character in common) - decoded.count("�")
    return max(scores, key=lambda name: scores[name])


def parse(text: str, file: str) -> Fields | list[Problem]:
    """One YAML document holding a mapping. All reasons why not that can be told apart come back together."""
    if hidden := [_hidden(text, match, file) for match in _HIDDEN.finditer(text)][:20]:
        return hidden
    builder = _Builder(text)
    try:
        node = builder.document()
    except _Refused as refused:
        return [Problem(Place(file, refused.line, refused.column), refused.code, refused.values)]
    except yaml.MarkedYAMLError as error:
        return list(_explain(text, error, file))
    except (yaml.YAMLError, ValueError, UnicodeError):
        # libyaml's reader errors carry no mark; nothing that passed `decode` and _HIDDEN is known to get here.
        return list(_suspects(text, file)) or [Problem(Place(file), "yaml-unreadable")]
    if not isinstance(node, Fields):
        return list(_suspects(text, file)) or [Problem(_place(node, file), "not-a-mapping")]
    slips = [Problem(_place(slip, file), code, {"text": slip}) for code, slip in builder.slips]
    if " #" in text:
        slips.extend(_swallowed(text, file))
    return slips or node


def place_of(tree: Fields, path: tuple[str | int, ...], file: str, *, key: bool = False) -> Place:
    """Where the value at `path` stands (with `key`, where its field name stands); the nearest thing above it if absent."""
    node: Any = tree
    spot = _place(tree, file)
    for depth, step in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(node, Fields) and step in node:
            if key and last:
                return _place(next(name for name in node if name == step), file)
            node = node[str(step)]
        elif isinstance(node, Fields) and str(step) in node.blank:
            return Place(file, *node.blank[str(step)])
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            break
        spot = _place(node, file)
    return spot


def _place(node: Any, file: str) -> Place:
    return Place(file, getattr(node, "line", 1), getattr(node, "column", 1))


def _hidden(text: str, match: re.Match[str], file: str) -> Problem:
    before = text[: match.start()]
    place = Place(file, before.count("\n") + 1, match.start() - before.rfind("\n"))
    return Problem(place, "hidden-character", {"code_point": f"U+{ord(match[0]):04X}"})


class _Builder:
    """Builds nodes from the parser's events, one method a kind of node."""

    def __init__(self, text: str) -> None:
        self._parser = CParser(text)
        self._depth = 0
        self._values = 0
        self.slips: list[tuple[str, Text]] = []

    def document(self) -> Node | None:
        """The only document of the stream, None when there is nothing in it."""
        self._parser.get_event()  # stream start
        event: Any = self._parser.get_event()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        if event.version or event.tags:
            self._refuse(event, "yaml-directive")
        node = self._node(self._parser.get_event())
        self._parser.get_event()  # document end
        event = self._parser.get_event()
        if not isinstance(event, yaml.StreamEndEvent):
            self._refuse(event, "two-documents")
        return node

    def _node(self, event: Any) -> Node:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "yaml-alias")
        if event.anchor is not None:
            self._refuse(event, "yaml-anchor")
        if event.tag is not None:
            self._refuse(event, "yaml-tag")
        self._values += 1
        if self._values > MAX_VALUES:
            self._refuse(event, "too-many-values", limit=MAX_VALUES)
        if isinstance(event, yaml.ScalarEvent):
            return self._text(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(event, "too-deep", limit=MAX_DEPTH)
        node = self._fields(event) if isinstance(event, yaml.MappingStartEvent) else self._items(event)
        self._depth -= 1
        return node

    def _text(self, event: Any) -> Text:
        mark = event.start_mark
        text = Text(event.value)
        text.line, text.column, text.quoted = mark.line + 1, mark.column + 1, bool(event.style)
        if not event.style and event.end_mark.line != mark.line:
            self.slips.append(("plain-over-lines", text))
        # “红富士” alone is an editor's quoting; “红富士”创乐园 is a name.
        if not event.style and text[:1] in ("“", "”") and text.find("”", 1) == len(text) - 1:
            self.slips.append(("curly-quotes", text))
        if event.style == '"' and (hidden := _HIDDEN.search(event.value)):
            self._refuse(event, "hidden-character", code_point=f"U+{ord(hidden[0]):04X}")
        return text

    def _fields(self, start: Any) -> Fields:
        fields = Fields()
        fields.line, fields.column, fields.blank = start.start_mark.line + 1, start.start_mark.column + 1, {}
        seen: dict[str, int] = {}
        while not isinstance(event := self._parser.get_event(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "yaml-alias" if isinstance(event, yaml.AliasEvent) else "complex-key")
            key = self._node(event)
            assert isinstance(key, Text)
            if key == "<<":
                self._refuse(event, "merge-key")
            if key.startswith("\u3000"):
                self._refuse(event, "wide-space-indent", text=key.strip())
            # Twins that only a machine tells apart would let a reviewer see one value and the site show the other.
            twin = unicodedata.normalize("NFKC", key).casefold()
            if twin in seen:
                self._refuse(event, "duplicate-key", key=key, first=seen[twin])
            seen[twin] = key.line
            if len(seen) > MAX_FIELDS:
                self._refuse(event, "too-many-values", limit=MAX_FIELDS)
            value = self._node(self._parser.get_event())
            if isinstance(value, Text) and (not value.strip() or (value in _NOTHING and not value.quoted)):
                fields.blank[key] = (key.line, key.column)
            else:
                fields[key] = value
        return fields

    def _items(self, start: Any) -> Items:
        items = Items()
        items.line, items.column = start.start_mark.line + 1, start.start_mark.column + 1
        while not isinstance(event := self._parser.get_event(), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return items

    def _refuse(self, event: Any, code: str, **values: Value) -> None:
        raise _Refused(code, event.start_mark.line + 1, event.start_mark.column + 1, **values)


# What libyaml says → our problem code, and whether the start of the construct (context) tells an editor more than the end.
_LIBYAML = (
    ("mapping values are not allowed", "colon-in-value", False),
    ("could not find expected ':'", "no-colon", True),
    ("cannot start any token", "bad-start", False),
    ("did not find expected key", "bad-indent", False),
    ("did not find expected '-'", "bad-list-indent", False),
    ("block sequence entries are not allowed", "bad-dash", False),
    ("unexpected end of stream", "open-quote", True),
    ("unexpected document indicator", "open-quote", True),
    ("expected ',' or", "open-bracket", True),
    ("did not find expected node content", "open-bracket", True),
    ("unknown escape character", "bad-escape", False),
    ("hexdecimal", "bad-escape", False),
    ("Unicode character code", "bad-escape", False),
    ("tab character", "tab-indent", False),
    ("document start", "after-document", False),
    ("alphabetic or numeric", "bad-start", False),
    ("directive", "yaml-directive", False),
    ("expected comment or line break", "bad-start", True),
)


def _explain(text: str, error: yaml.MarkedYAMLError, file: str) -> Iterator[Problem]:
    """The parser's complaint in our words; known slips of the hand are named on their own line instead."""
    suspects = list(_suspects(text, file))
    if suspects:
        yield from suspects
        return
    said = f"{error.problem or ''}"
    code, at_context = next(((code, back) for part, code, back in _LIBYAML if part in said), ("yaml-unreadable", False))
    mark = (error.context_mark if at_context else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    if code == "colon-in-value" and re.fullmatch(r" *(- +)?\w+", before):
        code, column = "bad-indent", len(before) - len(before.lstrip()) + 1
    if code == "bad-indent" and before.rstrip().endswith(("'", '"')):
        code = "after-quote"
    # A mark at the end of the file points behind the last line; an editor looks at the last line that has something on it.
    while line > 1 and (line > len(lines) or not lines[line - 1].strip()):
        line, column = line - 1, 1
    character = lines[line - 1][column - 1 : column]
    yield Problem(Place(file, line, column), code, {"character": character, "text": lines[line - 1].strip()[:40]})


_BLOCK_SCALAR = re.compile(r"^( *)(?:- +)*[^#'\"]*?[:\-] +[|>][-+0-9]*\s*(?:#.*)?$")
_SLIPS = (
    (re.compile(r"^( *\t[ \t]*)\S"), "tab-indent"),
    (re.compile(r"^(\s*　+)\S"), "wide-space-indent"),
    (re.compile(r"^( *(?:- +)?[\w\-]{1,20}) *："), "full-width-colon"),
    (re.compile(r"^( *)[－—–]\s*\S"), "full-width-dash"),
    (re.compile(r"^( *(?:- +)?[A-Za-z_]\w{0,20}):(?=[^\s/:])"), "no-space-after-colon"),
    (re.compile(r"^( *)-(?=[^\s\-])"), "no-space-after-dash"),
    (re.compile(r"^()(?:<{7}|={7}|>{7})(?: |$)"), "merge-conflict"),
)


_SWALLOWED = re.compile(r"^[^#'\"]*\S[^#'\"]* (#\d)")


def _swallowed(text: str, file: str) -> Iterator[Problem]:
    """`前进路 #3号楼`: YAML drops everything from the ` #` on, and the page would show half an address."""
    for number, line in _outside_blocks(text):
        if match := _SWALLOWED.match(line):
            yield Problem(Place(file, number, match.start(1) + 1), "hash-in-value", {"text": line.strip()[:40]})


def _outside_blocks(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are YAML and not prose inside a `|` block, with their numbers."""
    block_indent: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if block_indent is not None and (not line.strip() or indent > block_indent):
            continue
        block_indent = indent if _BLOCK_SCALAR.match(line) else None
        if not line.lstrip().startswith("#"):
            yield number, line


def _suspects(text: str, file: str) -> Iterator[Problem]:
    """Lines that show a slip editors make on Chinese keyboards. Asked only about files already known to be wrong."""
    for number, line in _outside_blocks(text):
        for pattern, code in _SLIPS:
            if match := pattern.match(line):
                yield Problem(Place(file, number, match.end(1) + 1), code, {"text": line.strip()[:40]})
                break
