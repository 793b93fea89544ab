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
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

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
    "\ufff9-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# What is left of text that was once saved in the wrong encoding: its marks, marks that sit on no letter, marks in heaps.
_GARBLED = re.compile(
    "\ufffd|锟斤拷|(?<![A-Za-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff])[\u0300-\u036f]"
    "|[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5}"
)
# Any of the characters the pattern above is about: nearly no file has one, and this is found out much faster.
_MARKS = re.compile("[\ufffd锟\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_MOST_SUSPECTS = 200  # lines of a file told one by one
_MOST_MARKS = 30  # on one letter; normalising a heap of them takes time that grows with its square
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))


class _Marked:
    """Where a node starts. Only the parser's own mark is kept: most places are never asked for."""

    __slots__ = ()
    mark: Any

    @property
    def line(self) -> int:
        return int(self.mark.line) + 1

    @property
    def column(self) -> int:
        return int(self.mark.column) + 1


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
    # Without its mark UTF-16 still shows: every ASCII character has a NUL beside it.
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:64].count(0) > 8:
        return Problem(Place(file), "not-utf8", {"encoding": "UTF-16"})
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return Problem(Place(file, line, column), "not-utf8", {"encoding": _looks_like(content)})
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    if (heap := _heap_of_marks(text)) is not None:
        return _spotted(text, heap, file, "garbled")
    return unicodedata.normalize("NFC", text)


def _heap_of_marks(text: str) -> int | None:
    """Where more marks than any script needs begin to pile up on one letter."""
    heap = 0
    for at, character in enumerate(text):
        heap = heap + 1 if unicodedata.combining(character) else 0
        if heap > _MOST_MARKS:
            return at - heap + 1
    return None


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
    # What Python calls printable holds nothing hidden; other text may still be fine (a wide space is).
    if not text.replace("\n", "").isprintable() and (
        hidden := [_hidden(text, match, file) for match in islice(_HIDDEN.finditer(text), 20)]
    ):
        return _first_of_lines(hidden)
    if _MARKS.search(text) and (garbled := list(islice(_GARBLED.finditer(text), 20))):
        return _first_of_lines(_spotted(text, match.start(), file, "garbled") for match in garbled)
    builder = _Builder(text)
    try:
        node = builder.document()
    except _Refused as refused:
        return [Problem(Place(file, refused.line, refused.column), refused.code, refused.values)]
    except yaml.MarkedYAMLError as error:
        return _explain(text, error, file)
    except (yaml.YAMLError, ValueError, UnicodeError):
        # libyaml's reader errors carry no mark; nothing that passed `decode` and _HIDDEN is known to get here.
        return list(_suspects(text, file)) or [Problem(Place(file), "yaml-unreadable", {"text": text.strip()[:40]})]
    if not isinstance(node, Fields):
        return list(_suspects(text, file)) or [Problem(_place(node, file), "not-a-mapping")]
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


def _first_of_lines(problems: Iterable[Problem]) -> list[Problem]:
    return list({problem.place.line: problem for problem in reversed(list(problems))}.values())[::-1]


def _hidden(text: str, match: re.Match[str], file: str) -> Problem:
    return _spotted(text, match.start(), file, "hidden-character", code_point=f"U+{ord(match[0]):04X}")


def _spotted(text: str, at: int, file: str, code: str, **values: Value) -> Problem:
    """A problem with the character at `at`."""
    line = text.count("\n", 0, at) + 1
    return Problem(Place(file, line, at - text.rfind("\n", 0, at)), code, values)


class _Builder:
    """Builds nodes from the parser's events. Half of a build's reading is spent here: the common case comes first."""

    def __init__(self, text: str) -> None:
        self._next: Callable[[], Any] = CParser(text).get_event
        self._depth = 0
        self._values = 0
        self.blanks = 0
        self._lines = text.split("\n") if "#" in text else []
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
        self._count(event)
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
        elif event.style == '"' and (hidden := _HIDDEN.search(text)):
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
            value = self._node(self._next())
            if type(value) is Text and (value in _NOTHING or not value.strip()) and not (value and value.style):
                fields.blank[key] = key
                self.blanks += 1
            else:
                fields[key] = value
        return fields

    def _key(self, event: Any, seen: dict[str, Text]) -> Text:
        if type(event) is not yaml.ScalarEvent:
            self._refuse(event, "yaml-alias" if isinstance(event, yaml.AliasEvent) else "complex-key")
        if event.anchor is None and event.tag is None and not event.style and event.value.isidentifier():
            key = Text(event.value)  # a plain name, as nearly all are: nothing more to look at
            key.mark, key.style = event.start_mark, event.style
            self._values += 1
        else:
            key = self._text(event)
        twin = _TWINS[key]
        if twin in seen:
            self.slips.append(("duplicate-key", key, {"key": key, "first": seen[twin].line}))
        if twin == "<<":
            self._refuse(event, "merge-key")
        if key.startswith(_WIDE):
            self._refuse(event, "wide-space-indent", text=key.strip())
        seen[twin] = key
        if len(seen) > MAX_FIELDS:
            self._refuse(event, "too-many-values", limit=MAX_FIELDS)
        return key

    def _items(self, start: Any) -> Items:
        items = Items()
        items.mark = start.start_mark
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event))
        return items

    def _count(self, event: Any) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            self._refuse(event, "too-many-values", limit=MAX_VALUES)

    def _refuse_decorated(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, "yaml-anchor")
        if event.tag is not None:
            self._refuse(event, "yaml-tag")

    def _refuse(self, event: Any, code: str, **values: Value) -> NoReturn:
        raise _Refused(code, event.start_mark.line + 1, event.start_mark.column + 1, **values)


class _Twins(dict[str, str]):
    """Key → its twin. Keys with one twin are told apart by machines only: a reviewer would see one value, the site another.

    Nearly all keys are field names, so what was once folded is kept; nonsense is not allowed to fill the memory.
    """

    def __missing__(self, key: str) -> str:
        plain = str(key)
        twin = unicodedata.normalize("NFKC", plain).casefold()
        if len(self) < 4096:
            self[plain] = twin
        return twin


_TWINS = _Twins()


# What libyaml says → our problem code, and whether the start of the construct (context) tells an editor more than the end.
_LIBYAML = (
    ("scanning an alias", "yaml-alias", True),
    ("scanning an anchor", "yaml-anchor", True),
    ("a tag", "yaml-tag", True),
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
    ("Unicode character escape", "bad-escape", False),
    ("tab character", "tab-indent", False),
    ("document start", "after-document", False),
    ("alphabetic or numeric", "bad-start", False),
    ("directive", "yaml-directive", False),
    ("expected comment or line break", "bad-start", True),
)


def _explain(text: str, error: yaml.MarkedYAMLError, file: str) -> list[Problem]:
    """The parser's complaint in our words; known slips of the hand are named on their own line instead."""
    said = f"{error.context or ''}, {error.problem or ''}"
    code, at_context = next(((code, back) for part, code, back in _LIBYAML if part in said), ("yaml-unreadable", False))
    mark = (error.context_mark if at_context else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    likely = [problem for problem in _suspects(text, file, _LIKELY) if problem.place.line <= line]
    if suspects := list(_suspects(text, file)) or likely:
        return suspects
    lines = text.split("\n")
    # A mark at the end of the file points behind the last line; an editor looks at the last line that has something on it.
    while line > 1 and (line > len(lines) or not lines[line - 1].strip()):
        line, column = line - 1, 1
    before = lines[line - 1][: column - 1]
    if code == "colon-in-value" and re.fullmatch(r" *(- +)?\w+", before):
        code, line = _misaligned(lines, line)
        column = _indent(lines[line - 1]) + 1
    if code == "bad-indent" and before.rstrip().endswith(("'", '"')):
        code = "after-quote"
    character = lines[line - 1][column - 1 : column]
    return [Problem(Place(file, line, column), code, {"character": character, "text": lines[line - 1].strip()[:40]})]


def _misaligned(lines: list[str], line: int) -> tuple[str, int]:
    """What is wrong where a field seems to continue the value above it, and on which line: there a colon is missing, or one
    of the two stands at another depth than its neighbours."""
    told = [number for number, text in enumerate(lines, 1) if text.strip() and not text.lstrip().startswith("#")]
    at = told.index(line)
    if at == 0:
        return "bad-indent", line
    above = told[at - 1]
    if ":" not in lines[above - 1]:
        return "no-colon", above
    here = _indent(lines[line - 1])
    around = [_indent(lines[number - 1]) for number in (*told[max(at - 2, 0) : at - 1], *told[at + 1 : at + 2])]
    return "bad-indent", above if _indent(lines[above - 1]) < here and here in around else line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_CURLY = ("“", "”", "‘", "’")
_WIDE = ("\u3000", "\xa0")
_SLIPS = (
    (re.compile(r"^( *\t[ \t]*)\S"), "tab-indent"),
    (re.compile(r"^( *[\u3000\xa0\u2002-\u200a\u202f][\u3000\xa0\u2002-\u200a\u202f ]*)\S"), "wide-space-indent"),
    (re.compile(r"^( *(?:- +)?[A-Za-z_][\w\-]{0,20}) *："), "full-width-colon"),
    (re.compile(r"^( *)[－—–•·●]\s*\S"), "full-width-dash"),
    (re.compile(r"^( *(?:- +)?[A-Za-z_]\w{0,20}):(?=[^ \t/:])"), "no-space-after-colon"),
    (re.compile(r"^( *)-(?=[^ \t\-])"), "no-space-after-dash"),
    (re.compile(r"^()(?:<{7}|={7}|>{7})(?: |$)"), "merge-conflict"),
)


# Slips where the field has a Chinese name; but so may begin a line of prose that lost its indentation.
_LIKELY = (
    (re.compile(r"^( *[^\W\d]\w{0,20}) *："), "full-width-colon"),
    (re.compile(r"^( *[^\W\d]\w{0,20}):(?=[^ \t/:])"), "no-space-after-colon"),
)


def slip_in(line: str, patterns: Iterable[tuple[re.Pattern[str], str]] = _SLIPS) -> tuple[str, int] | None:
    """The slip of the hand that a line shows, and at which character; None for a line without one."""
    for pattern, code in patterns:
        if match := pattern.match(line):
            return code, match.end(1)
    return None


def _slips(builder: _Builder, text: str, file: str) -> Iterator[Problem]:
    """What an editor certainly did not mean, though YAML takes it. A value over several lines is often one that swallowed
    a line with a slip: then that line is told."""
    suspects = list(_suspects(text, file))
    lines = text.split("\n")
    for code, slip, values in builder.slips:
        last = int(str(values.pop("last", 0)))
        inside = [problem for problem in suspects if slip.line <= problem.place.line <= last]
        for number in range(slip.line + 1, last + 1):
            if not inside and lines[number - 1].lstrip().startswith("- "):
                inside.append(Problem(Place(file, number), "bad-indent"))
        yield from inside or [Problem(_place(slip, file), code, values)]


def _outside_blocks(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are YAML and not prose inside a `|` block, with their numbers."""
    block_indent: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if block_indent is not None and (not line.strip() or indent > block_indent):
            continue
        block_indent = indent if _opens_block(line) else None
        if not line.lstrip().startswith("#"):
            yield number, line


def _opens_block(line: str) -> bool:
    """Whether a line ends in a block's `|` or `>` (no pattern over the whole line: those can take forever)."""
    head, sign, tail = line.partition(" #")[0].rstrip().rpartition(" ")
    return bool(sign) and tail[:1] in ("|", ">") and len(tail) <= 3 and head.rstrip().endswith((":", "-"))


def _suspects(text: str, file: str, patterns: Iterable[tuple[re.Pattern[str], str]] = _SLIPS) -> Iterator[Problem]:
    """Lines that show a slip editors make on Chinese keyboards. Asked only about files already known to be wrong."""
    told = 0
    for number, line in _outside_blocks(text):
        if told < _MOST_SUSPECTS and (found := slip_in(line, patterns)):
            told += 1
            yield Problem(Place(file, number, found[1] + 1), found[0], {"text": line.strip()[:40]})
