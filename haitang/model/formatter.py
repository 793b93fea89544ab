"""THE text of an entry's file: fields in the model's order, one spelling for every value, comments where they belong.

The rule: every door that writes a file ends here. What `reading` gets never changes, and a text that is canonical stays as it
is. Values, places and comments come from `source`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from haitang.core.decoding import decode
from haitang.core.problems import Place, Problem
from haitang.model.field_specs import FieldSpec, Kind, entry_spec
from haitang.model.normalize import may_be_bare, scalar, spelled
from haitang.model.paths import EntryKind
from haitang.source.comments import comments
from haitang.source.parser import MAX_BYTES, Fields, Items, Text, parse

Specs = Mapping[str, FieldSpec]


class NotCanonical(Exception):
    """The text cannot be read, so nobody can say how it ought to be written; holds the problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


def formatted(text: str, kind: EntryKind, file: str = "") -> str:
    """The canonical text of a file. `file` is the name problems use. Raises NotCanonical."""
    return _checked(_read(text, kind, file), kind, file)


def updated(text: str | None, kind: EntryKind, changes: Mapping[str, Any], file: str = "") -> str:
    """The text with top-level fields set to plain values (texts, lists, dicts of texts) or, where the value is None, taken
    out; comments of what stays are kept. Without a text, a new file. Raises NotCanonical."""
    top = _Part(None, []) if text is None else _read(text, kind, file)
    specs = {field.name: field for field in entry_spec(kind).fields}
    parts = {part.key: part for part in top.parts}
    for name, value in changes.items():
        if value is None:
            parts.pop(name, None)
        else:
            parts[name] = _changed(parts.get(name), name, value, specs.get(name))
    top.value = list(parts.values())
    return _checked(top, kind, file)


class _Part:
    """A field, an item of a list or a whole file, with its comments: on the lines `above` it, `beside` it, and `after` all it
    holds.

    `value` is a text, a list of parts, or None where a field was left without one; `start` is where it begins, from 0; `block`
    says that a text was written on lines of its own.
    """

    __slots__ = ("above", "after", "beside", "block", "key", "listed", "parent", "spec", "start", "value")

    def __init__(self, key: str | None, value: "str | list[_Part] | None", spec: FieldSpec | None = None) -> None:
        self.key, self.value, self.spec = key, value, spec
        self.listed = self.block = False
        self.start = (0, 0)
        self.parent: _Part | None = None
        self.above: list[str] = []
        self.beside: list[str] = []
        self.after: list[str] = []

    @property
    def kind(self) -> Kind:
        return self.spec.kind if self.spec else "line"

    @property
    def parts(self) -> "list[_Part]":
        return self.value if isinstance(self.value, list) else []

    @property
    def required(self) -> bool:
        """What was left blank and must be filled stays, as the place to fill it in; so does what nobody knows."""
        return self.key is not None and (self.spec is None or self.spec.required)

    @property
    def comments(self) -> list[str]:
        """All comments on it and in it, in the order of the file."""
        inside = [comment for part in self.parts for comment in part.comments]
        return [*self.above, *self.beside, *inside, *self.after]

    @property
    def plain(self) -> Any:
        """The value without comments: texts, lists, dicts."""
        if not isinstance(self.value, list):
            return self.value
        if self.listed:
            return [part.plain for part in self.value]
        return {part.key: part.plain for part in self.value if part.value is not None}

    @property
    def all(self) -> "Iterator[_Part]":
        """All parts inside, in the order of the file."""
        for part in self.parts:
            yield part
            yield from part.all


def _read(text: str, kind: EntryKind, file: str) -> _Part:
    decoded = decode(text.encode("utf-8", "surrogatepass"), file)
    tree = parse(decoded, file) if isinstance(decoded, str) else [decoded]
    if not isinstance(tree, Fields):
        raise NotCanonical(tree)
    assert isinstance(decoded, str)
    top = _part(None, tree, None, {field.name: field for field in entry_spec(kind).fields})
    _hang(top, decoded)
    return top


def _part(key: Text | None, node: Any, spec: FieldSpec | None, specs: Specs) -> _Part:
    """The part that a node of the source is. `specs` describe what stands inside it."""
    start = node if key is None else key
    part = _Part(None if key is None else str(key), None, spec)
    part.start = (start.line - 1, start.column - 1)
    if isinstance(node, Items):
        item = spec.item if spec and spec.item else None
        part.listed = True
        part.value = [_part(None, value, item, _inside(item)) for value in node]
    elif isinstance(node, Fields):
        names = sorted([*node, *node.blank.values()], key=lambda name: (name.line, name.column))
        part.value = [_part(name, node.get(name), specs.get(name), _inside(specs.get(name))) for name in names]
    elif node is not None:
        part.value, part.block = str(node), node.style in ("|", ">")
    for inner in part.parts:
        inner.parent = part
    return part


def _inside(spec: FieldSpec | None) -> Specs:
    return {field.name: field for field in spec.parts} if spec else {}


def _changed(old: _Part | None, key: str | None, value: Any, spec: FieldSpec | None) -> _Part:
    """The part with a new value. What is said again as it was keeps its comments."""
    part = _Part(key, None, spec)
    if old is not None:
        part.above, part.beside, part.after, part.block = old.above, old.beside, old.after, old.block
        if old.plain == value:
            return old
    if isinstance(value, Mapping):
        specs, before = _inside(spec), {inner.key: inner for inner in old.parts} if old and not old.listed else {}
        inner = [_changed(before.get(name), name, item, specs.get(name)) for name, item in value.items()]
        part.value = [field for field in inner if field.value is not None]
    elif isinstance(value, list | tuple):
        part.listed = True
        part.value = list(_changed_items(old.parts if old and old.listed else [], value, spec.item if spec else None))
    elif value is not None:
        part.value = {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
    return part


def _changed_items(old: list[_Part], values: Iterable[Any], spec: FieldSpec | None) -> Iterator[_Part]:
    """Items that were there keep their comments, wherever they stand now; of the others, each takes the place of one that is
    no longer there."""
    left = list(old)
    kept: dict[int, _Part] = {}
    values = list(values)
    for at, value in enumerate(values):
        if same := next((part for part in left if part.plain == value), None):
            left.remove(same)
            kept[at] = same
    for at, value in enumerate(values):
        beside = old[at] if at < len(old) and old[at] in left else None
        yield kept.get(at) or _changed(beside, None, value, spec)


def _hang(top: _Part, text: str) -> None:
    """Gives every comment to the part it speaks of."""
    if "#" not in text:
        return
    lines, parts = text.split("\n"), list(top.all)
    columns = {id(part): _column(part, lines) for part in parts}
    starts = [part.start for part in parts]
    for line, column, comment in comments(text):
        at = bisect_left(starts, (line, column))
        before, behind = parts[at - 1] if at else None, parts[at] if at < len(parts) else None
        code = lines[line][:column].strip(" \t-")
        if before is None:
            top.above.append(comment)
        elif code:
            _outermost_on_line(before, line).beside.append(comment)
        elif behind is not None and column <= columns[id(behind)]:
            behind.above.append(comment)
        elif behind is None and column == 0:
            top.after.append(comment)
        else:
            while columns[id(before)] > column and before.parent is not top and before.parent:
                before = before.parent
            before.after.append(comment)


def _column(part: _Part, lines: list[str]) -> int:
    """Where a part begins: an item at its dash."""
    line, column = part.start
    dash = lines[line].rfind("-", 0, column)
    return dash if part.key is None and dash >= 0 and not lines[line][dash + 1 : column].strip() else column


def _outermost_on_line(part: _Part, line: int) -> _Part:
    """What a comment at the end of a line speaks of, when `part` is the last that begins there: `a: [b, c] # of a`."""
    while (above := part.parent) and above.parent and above.start[0] == line:
        if above.key is None and above.parts[0] is part:
            break
        part = above
    return part


def _checked(top: _Part, kind: EntryKind, file: str) -> str:
    """The text of a file, which says the same when it is read again."""
    _settle(top, [field.name for field in entry_spec(kind).fields])
    text = "".join(f"{line}\n" for line in (*top.above, *_lines(top, 0), *top.after))
    if (size := len(text.encode())) > MAX_BYTES:
        raise NotCanonical([Problem(Place(file), "file-too-large", {"kib": size // 1024 + 1, "limit": MAX_BYTES // 1024})])
    tree = parse(text, file)
    if not (isinstance(tree, Fields) and _same(tree, top)):
        raise NotCanonical(tree if isinstance(tree, list) else [Problem(Place(file), "yaml-unreadable", {"text": text[:40]})])
    return text


def _same(node: Any, part: _Part) -> bool:
    if isinstance(node, Fields):
        parts = {inner.key: inner for inner in part.parts if inner.value is not None}
        return not part.listed and set(node) == set(parts) and all(_same(value, parts[name]) for name, value in node.items())
    if isinstance(node, Items):
        return part.listed and len(node) == len(part.parts) and all(map(_same, node, part.parts))
    return isinstance(part.value, str) and str(node).rstrip("\n") == part.value


def _settle(part: _Part, order: list[str]) -> None:
    """Puts what is inside a part into order and in its spelling, and leaves out what is empty."""
    for inner in part.parts:
        if inner.kind == "hours":
            _join_rules(inner)
        if isinstance(inner.value, str):
            text = inner.value
            if inner.kind == "prose":  # without blanks at the ends of lines; but two of them are a line break in Markdown
                lines = text.strip().split("\n")
                text = "\n".join(line if line.endswith("  ") and line.strip() else line.rstrip() for line in lines)
            inner.value = (spelled(text, inner.kind) if inner.spec else text.strip()) or None
        elif inner.value is not None:
            _settle(inner, [field.name for field in inner.spec.parts] if inner.spec else [])
    part.value = list(_filled(part))
    if not part.listed:
        part.value.sort(key=lambda inner: order.index(str(inner.key)) if inner.key in order else len(order))


def _join_rules(part: _Part) -> None:
    """Opening hours may be a list of rules; on one line they read the same."""
    rules = [rule.value for rule in part.parts if isinstance(rule.value, str)]
    noted = any(rule.above or rule.beside or rule.after for rule in part.parts)
    if part.listed and rules and len(rules) == len(part.parts) and not noted:
        part.value, part.listed = "；".join(rules), False


def _filled(part: _Part) -> Iterator[_Part]:
    """The parts inside that hold something. The comments of those that do not go to the next, or to the one before."""
    orphans: list[str] = []
    last: _Part | None = None
    for inner in part.parts:
        # Nothing is said in it: no value, an empty list, fields all left blank (an item's wait to be filled).
        holds = inner.spec is None or inner.spec.kind in ("fields", "list")  # others cannot: `{某}` is a text to be
        is_blank = inner.key is not None and all(holds and part.value is None for part in inner.parts)
        if not inner.required and not isinstance(inner.value, str) and (is_blank or not inner.value):
            orphans += inner.comments
            continue
        inner.above = orphans + inner.above
        orphans = []
        last = inner
        yield inner
    if last is not None:
        last.after += orphans
    else:
        part.above += orphans


def _lines(part: _Part, indent: int) -> Iterator[str]:
    """The lines of all that is inside a part."""
    pad = " " * indent
    for inner in part.parts:
        if inner.key is None and isinstance(inner.value, list) and inner.value:
            yield from _item_of_fields(inner, indent)
            continue
        yield from (pad + comment for comment in inner.above)
        head = pad + ("-" if inner.key is None else f"{inner.key if inner.spec else scalar(inner.key)}:")
        note = "".join(f" {comment}" for comment in inner.beside)
        if isinstance(inner.value, str):
            first, *rest = _value(inner, indent + 2)
            yield f"{head} {first}{note}"
            yield from rest
        elif inner.value:
            yield head + note
            yield from _lines(inner, indent + 2)
        else:
            yield head + ("" if inner.value is None else " []" if inner.listed else " {}") + note
        yield from (pad + comment for comment in inner.after)


def _item_of_fields(item: _Part, indent: int) -> Iterator[str]:
    """`- name: …` with the other fields below; what stands above the first field stands above the dash."""
    pad = " " * indent
    first = item.parts[0]
    yield from (pad + comment for comment in (*item.above, *item.beside, *first.above))
    first.above = []
    lines = _lines(item, indent + 2)
    yield f"{pad}- {next(lines)[indent + 2 :]}"
    yield from lines
    yield from (pad + comment for comment in item.after)


def _value(part: _Part, indent: int) -> Iterator[str]:
    """A text behind its field: prose as a block (one line of it inside a list may stay on the line), all else on one line."""
    text = str(part.value)
    if part.kind != "prose" or (indent > 2 and not part.block and may_be_bare(text)):
        yield scalar(text, part.kind)
        return
    yield "|"
    yield from (" " * indent + line if line else "" for line in text.split("\n"))
