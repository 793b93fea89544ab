"""THE text of an entry's file: fields in the model's order, one spelling for every value, comments where they belong.

The rule: every door that writes a file ends here. What `reading` gets never changes, and a text that is canonical stays as it
is. Values, places and comments come from `source`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from haitang.core.decoding import decode
from haitang.core.problems import Place, Problem
from haitang.model.field_specs import FieldSpec, entry_spec
from haitang.model.file_parts.hang import hang
from haitang.model.file_parts.part import Part, inside, part_of
from haitang.model.normalize import may_be_bare, scalar, spelled
from haitang.model.paths import EntryKind
from haitang.schedule.language.spelling import on_one_line
from haitang.source.parser import MAX_BYTES, Fields, Items, Text, parse


class NotCanonical(Exception):
    """The text cannot be read, so nobody can say how it ought to be written; holds the problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


def formatted(text: str, kind: EntryKind, file: str = "") -> str:
    """The canonical text of a file. `file` is the name problems use. Raises NotCanonical."""
    return laid_out(text, kind, file)[0]


def laid_out(text: str, kind: EntryKind, file: str = "") -> tuple[str, list[int]]:
    """As `formatted`, with the number, from 1, of the line that each line comes from; 0 for comments. Raises NotCanonical."""
    top = _read(text, kind, file)
    right, tree = _checked(top, kind, file)
    return right, list(_sources(right.split("\n")[:-1], sorted(_starts(tree, top), key=lambda start: start[0])))


def updated(text: str | None, kind: EntryKind, changes: Mapping[str, Any], file: str = "") -> str:
    """The text with top-level fields set to plain values (texts, lists, dicts of texts) or, where the value is None, taken
    out; comments of what stays are kept. Without a text, a new file. Raises NotCanonical."""
    top = Part(None, []) if text is None else _read(text, kind, file)
    specs = {field.name: field for field in entry_spec(kind).fields}
    parts = {part.key: part for part in top.parts}
    for name, value in changes.items():
        if value is None:
            parts.pop(name, None)
        else:
            parts[name] = _changed(parts.get(name), name, value, specs.get(name))
    top.value = list(parts.values())
    return _checked(top, kind, file)[0]


def _read(text: str, kind: EntryKind, file: str) -> Part:
    decoded = decode(text.encode("utf-8", "surrogatepass"), file)
    tree = parse(decoded, file) if isinstance(decoded, str) else [decoded]
    if not isinstance(tree, Fields):
        raise NotCanonical(tree)
    assert isinstance(decoded, str)
    top = part_of(None, tree, None, {field.name: field for field in entry_spec(kind).fields})
    hang(top, decoded)
    return top


def _changed(old: Part | None, key: str | None, value: Any, spec: FieldSpec | None) -> Part:
    """The part with a new value. What is said again as it was keeps its comments."""
    part = Part(key, None, spec)
    if old is not None:
        part.above, part.beside, part.block = old.above, old.beside, old.block
        part.ending, part.after = old.ending, old.after
        if old.plain == value:
            return old
    if isinstance(value, Mapping):
        specs, before = inside(spec), {inner.key: inner for inner in old.parts} if old and not old.listed else {}
        inner = [_changed(before.get(name), name, item, specs.get(name)) for name, item in value.items()]
        part.value = [field for field in inner if field.value is not None]
    elif isinstance(value, list | tuple):
        part.listed = True
        part.value = list(_changed_items(old.parts if old and old.listed else [], value, spec.item if spec else None))
    elif value is not None:
        part.value = {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
    return part


def _changed_items(old: list[Part], values: Iterable[Any], spec: FieldSpec | None) -> Iterator[Part]:
    """Items that were there keep their comments, wherever they stand now; of the others, each takes the place of one that is
    no longer there."""
    left = list(old)
    kept: dict[int, Part] = {}
    values = list(values)
    for at, value in enumerate(values):
        if same := next((part for part in left if part.plain == value), None):
            left.remove(same)
            kept[at] = same
    for at, value in enumerate(values):
        beside = old[at] if at < len(old) and old[at] in left else None
        yield kept.get(at) or _changed(beside, None, value, spec)


def _checked(top: Part, kind: EntryKind, file: str) -> tuple[str, Fields]:
    """The text of a file, which says the same when it is read again, and what is read then."""
    _settle(top, [field.name for field in entry_spec(kind).fields])
    text = "".join(f"{line}\n" for line in (*top.above, *_lines(top, 0)))
    if (size := len(text.encode())) > MAX_BYTES:
        raise NotCanonical([Problem(Place(file), "file-too-large", {"kib": size // 1024 + 1, "limit": MAX_BYTES // 1024})])
    tree = parse(text, file)
    if not (isinstance(tree, Fields) and _same(tree, top)):
        raise NotCanonical(tree if isinstance(tree, list) else [Problem(Place(file), "yaml-unreadable", {"text": text[:40]})])
    return text, tree


def _starts(node: Any, part: Part) -> Iterator[tuple[int, int, int | None]]:
    """Of all that a part holds: at which line it begins, from 0, at which it did, and, where its text is line by line as it
    was, how many blank lines it lost before that."""
    if isinstance(node, Fields):
        keys: dict[Any, Any] = {str(key): key for key in (*node, *node.blank.values())}
        held = [(keys[inner.key], node.get(keys[inner.key]), inner) for inner in part.parts if inner.key in keys]
    else:
        held = [(value, value, inner) for value, inner in zip(node, part.parts, strict=True)]
    for start, value, inner in held:
        by_line = inner.block and isinstance(value, Text) and value.style == "|"
        yield start.line - 1, inner.start[0], inner.lead if by_line else None
        if isinstance(value, Fields | Items):
            yield from _starts(value, inner)


def _sources(lines: list[str], starts: list[tuple[int, int, int | None]]) -> Iterator[int]:
    at = -1
    for number, line in enumerate(lines):
        while at + 1 < len(starts) and starts[at + 1][0] <= number:
            at += 1
        start, old, lead = starts[at] if at >= 0 else (0, -1, None)
        is_comment = line.lstrip().startswith("#") and lead is None
        within = 0 if lead is None or number == start else number - start + lead
        yield 0 if is_comment else old + 1 + within


def _same(node: Any, part: Part) -> bool:
    if isinstance(node, Fields):
        parts = {inner.key: inner for inner in part.parts if inner.value is not None}
        return not part.listed and set(node) == set(parts) and all(_same(value, parts[name]) for name, value in node.items())
    if isinstance(node, Items):
        return part.listed and len(node) == len(part.parts) and all(map(_same, node, part.parts))
    return isinstance(part.value, str) and str(node).rstrip("\n") == part.value


def _settle(part: Part, order: list[str]) -> None:
    """Puts what is inside a part into order and in its spelling, and leaves out what is empty."""
    for inner in part.parts:
        if inner.kind == "hours":
            _join_rules(inner)
        if isinstance(inner.value, str):
            text = inner.value
            if inner.kind == "prose":  # without blanks at the ends of lines; but two of them are a line break in Markdown
                lines = text.strip().split("\n")
                inner.lead = text[: len(text) - len(text.lstrip())].count("\n")
                text = "\n".join(line if line.endswith("  ") and line.strip() else line.rstrip() for line in lines)
            inner.value = (spelled(text, inner.kind) if inner.spec else text.strip()) or None
        elif inner.value is not None:
            _settle(inner, [field.name for field in inner.spec.parts] if inner.spec else [])
    part.value = list(_filled(part))
    if not part.listed:
        part.value.sort(key=lambda inner: order.index(str(inner.key)) if inner.key in order else len(order))


def _join_rules(part: Part) -> None:
    """Opening hours may be a list of rules; on one line they read the same."""
    rules = [rule.value for rule in part.parts if isinstance(rule.value, str)]
    noted = part.ending or any(rule.above or rule.beside or rule.after for rule in part.parts)
    if part.listed and rules and len(rules) == len(part.parts) and not noted:
        part.value, part.listed = on_one_line(rules), False


def _filled(part: Part) -> Iterator[Part]:
    """The parts inside that hold something. The comments of those that do not go to the next, or to the one before."""
    orphans: list[str] = []
    last: Part | None = None
    for inner in part.parts:
        # Nothing is said in it: no value, an empty list, fields all left blank (an item's wait to be filled).
        holds = inner.spec is None or inner.spec.kind in ("fields", "list")  # others cannot: `{某}` is a text to be
        is_blank = inner.key is not None and all(holds and part.spec and part.value is None for part in inner.parts)
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


def _lines(part: Part, indent: int) -> Iterator[str]:
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
        if isinstance(inner.value, str) or not inner.value:
            yield from (pad + comment for comment in inner.ending)
        yield from (pad + comment for comment in inner.after)
    yield from (pad + comment for comment in part.ending)


def _item_of_fields(item: Part, indent: int) -> Iterator[str]:
    """`- name: …` with the other fields below; what stands above the first field stands above the dash."""
    pad = " " * indent
    first = item.parts[0]
    yield from (pad + comment for comment in (*item.above, *item.beside, *first.above))
    first.above = []
    lines = _lines(item, indent + 2)
    yield f"{pad}- {next(lines)[indent + 2 :]}"
    yield from lines
    yield from (pad + comment for comment in item.after)


def _value(part: Part, indent: int) -> Iterator[str]:
    """A text behind its field: prose as a block (one line of it inside a list may stay on the line), all else on one line."""
    text = str(part.value)
    if part.kind != "prose" or (indent > 2 and not part.block and may_be_bare(text)):
        yield scalar(text, part.kind)
        return
    yield "|"
    yield from (" " * indent + line if line else "" for line in text.split("\n"))
