"""Nodes of the source → parts, which know their field, where they begin and what is said beside them."""

from collections.abc import Iterator, Mapping
from typing import Any

from haitang.model.field_specs import FieldSpec, Kind
from haitang.source.parser import Fields, Items, Text

Specs = Mapping[str, FieldSpec]


class Part:
    """A field, an item of a list or a whole file, with its comments: on the lines `above` it, `beside` it, at the `ending` of
    all it holds, and `after` it.

    `value` is a text, a list of parts, or None where a field was left without one; `start` is where it begins, from 0; `block`
    says that a text was written on lines of its own.
    """

    __slots__ = ("above", "after", "beside", "block", "ending", "key", "lead", "listed", "parent", "spec", "start", "value")

    def __init__(self, key: str | None, value: "str | list[Part] | None", spec: FieldSpec | None = None) -> None:
        self.key, self.value, self.spec = key, value, spec
        self.listed = self.block = False
        self.start = (0, 0)
        self.lead = 0  # blank lines that stood before a text
        self.parent: Part | None = None
        self.above: list[str] = []
        self.beside: list[str] = []
        self.ending: list[str] = []
        self.after: list[str] = []

    @property
    def kind(self) -> Kind:
        return self.spec.kind if self.spec else "line"

    @property
    def parts(self) -> "list[Part]":
        return self.value if isinstance(self.value, list) else []

    @property
    def required(self) -> bool:
        """What was left blank and must be filled stays, as the place to fill it in; so does what nobody knows."""
        return self.key is not None and (self.spec is None or self.spec.required)

    @property
    def comments(self) -> list[str]:
        """All comments on it and in it, in the order of the file."""
        inside = [comment for part in self.parts for comment in part.comments]
        return [*self.above, *self.beside, *inside, *self.ending, *self.after]

    @property
    def plain(self) -> Any:
        """The value without comments: texts, lists, dicts."""
        if not isinstance(self.value, list):
            return self.value
        if self.listed:
            return [part.plain for part in self.value]
        return {part.key: part.plain for part in self.value if part.value is not None}

    @property
    def all(self) -> "Iterator[Part]":
        """All parts inside, in the order of the file."""
        for part in self.parts:
            yield part
            yield from part.all


def part_of(key: Text | None, node: Any, spec: FieldSpec | None, specs: Specs) -> Part:
    """The part that a node of the source is. `specs` describe what stands inside it."""
    start = node if key is None else key
    part = Part(None if key is None else str(key), None, spec)
    part.start = (start.line - 1, start.column - 1)
    if isinstance(node, Items):
        item = spec.item if spec and spec.item else None
        part.listed = True
        part.value = [part_of(None, value, item, inside(item)) for value in node]
    elif isinstance(node, Fields):
        names = sorted([*node, *node.blank.values()], key=lambda name: (name.line, name.column))
        part.value = [part_of(name, node.get(name), specs.get(name), inside(specs.get(name))) for name in names]
    elif node is not None:
        part.value, part.block = str(node), node.style in ("|", ">")
    for inner in part.parts:
        inner.parent = part
    return part


def inside(spec: FieldSpec | None) -> Specs:
    return {field.name: field for field in spec.parts} if spec else {}
