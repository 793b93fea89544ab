"""Values that say that nothing is known: 待核实, 不详, 无, `/`.

The rule: what is not known is left out of a file, whatever the field; a word that says something in its field stays.
"""

from collections.abc import Iterator
from typing import Any

from haitang.core.problems import Value
from haitang.model.cures.model_types import Path, declared
from haitang.model.types import Id, Ids, YesNo
from haitang.model.written.unknown import is_unknown, may_be_unknown


def may_hold_unknown(node: Any) -> bool:
    """Whether some text says that nothing is known, in one field or another: asked of every file."""
    for value in node.values() if isinstance(node, dict) else node:
        if isinstance(value, str):
            if may_be_unknown(value) and is_unknown(value):
                return True
        elif may_hold_unknown(value):
            return True
    return False


def unknown_values(model: Any, node: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Value]]]:
    """The values that say that nothing is known, each with the blanks of its sentence. What may be left out is to be replaced
    by nothing."""
    for step, value in node.items() if isinstance(node, dict) else enumerate(node):
        here = (*path, step)
        if not isinstance(value, str):
            yield from unknown_values(model, value, here)
        elif is_unknown(value) and (spec := declared(model, here)) is not None and not _says_more(spec[0], step, value):
            name = next(str(each) for each in reversed(here) if isinstance(each, str))
            told: dict[str, Value] = {"field": name, "value": value.strip()}
            yield here, told if spec[1] else {**told, "wrong": str(value).strip(), "guess": ""}


def _says_more(annotation: Any, step: str | int, value: str) -> bool:
    """Whether such a word is a value after all: an id, syllables, a no."""
    if annotation in (Id, Ids) or step == "pinyin":
        return value.isascii() and value.isalnum()
    return annotation == YesNo and value.strip().casefold() in _NO


_NO = frozenset(["无", "没有", "没", "×", "x"])
