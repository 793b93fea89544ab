"""Where in an entry the texts stand whose sentences may name their sources."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from haitang.model.citations import CitedText
from haitang.model.cures.model_types import field_type
from haitang.model.entries import Entry

Path = tuple[str | int, ...]


def cited_texts(entry: Entry, above: Path = ()) -> Iterator[tuple[Path, CitedText]]:
    """All of an entry, in the order of the model."""
    for name in _holding(type(entry)):
        value: Any = getattr(entry, name)
        if isinstance(value, CitedText):
            yield (*above, name), value
        elif isinstance(value, Entry):
            yield from cited_texts(value, (*above, name))
        elif value:
            for index, item in enumerate(value):
                yield from cited_texts(item, (*above, name, index))


@cache
def _holding(kind: type[Entry]) -> tuple[str, ...]:
    """The fields of a kind of entry that are such texts, or hold some."""
    fields = {name: field_type(kind, (name,)) for name in kind.model_fields}
    return tuple(
        name
        for name, inner in fields.items()
        if inner is CitedText or (isinstance(inner, type) and issubclass(inner, Entry) and _holding(inner))
    )
