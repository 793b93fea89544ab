"""The canonical text of an entry's file."""

import json
import re
from collections.abc import Mapping
from typing import Any

from haitang.fields import EntryKind, entry_spec
from haitang.source import Fields, parse

_BARE = re.compile(r"[\w（）()·“”][\w（）()·“”、，。./-]*", re.UNICODE)


class NotCanonical(Exception):
    """The text cannot be read."""


def updated(text: str | None, kind: EntryKind, changes: Mapping[str, Any]) -> str:
    """The file with fields set, or removed where their value is None. `text` None makes a new one."""
    tree = parse(text, "") if text is not None else Fields()
    if not isinstance(tree, Fields):
        raise NotCanonical
    values: dict[str, Any] = {**tree, **changes}
    order = [field.name for field in entry_spec(kind).fields]
    names = sorted(values, key=lambda name: order.index(name) if name in order else len(order))
    return "".join(_lines(name, values[name], "") for name in names if values[name] is not None)


def _lines(name: str, value: Any, indent: str) -> str:
    if isinstance(value, Mapping):
        return f"{indent}{name}:\n" + "".join(_lines(key, part, indent + "  ") for key, part in value.items())
    if isinstance(value, list):
        return f"{indent}{name}:\n" + "".join(_item(item, indent + "  ") for item in value)
    if "\n" in value:
        block = "\n".join(f"{indent}  {line}".rstrip() for line in value.rstrip("\n").split("\n"))
        return f"{indent}{name}: |\n{block}\n"
    return f"{indent}{name}: {_scalar(value)}\n"


def _item(item: Any, indent: str) -> str:
    if isinstance(item, Mapping):
        lines = "".join(_lines(key, part, indent + "  ") for key, part in item.items())
        return f"{indent}- {lines[len(indent) + 2 :]}"
    return f"{indent}- {_scalar(item)}\n"


def _scalar(text: str) -> str:
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
