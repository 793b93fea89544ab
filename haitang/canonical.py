"""YAML as the house writes it: fields in the model's order, comments kept.

The rule: alone writes entries' YAML.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from haitang.fields import EntryKind, entry_spec

_BARE = re.compile(r"[^\W_][\w（）()·“”+.-]*(?: [\w（）()·“”]+)*", re.UNICODE)
_ODD = re.compile(r"(?i)[\d.+:eE-]+|y|n|yes|no|on|off|true|false|null|~")


class NotCanonical(Exception):
    """A text that cannot be read."""


def updated(text: str | None, kind: EntryKind, changes: Mapping[str, Any]) -> str:
    """The file with top-level fields set, or removed where the value is None; None for a new file."""
    blocks = dict(_blocks(text or ""))
    for name, value in changes.items():
        blocks.pop(name, None)
        if value is not None:
            blocks[name] = "".join(f"{line}\n" for line in _field(name, value))
    order = ["", *(field.name for field in entry_spec(kind).fields)]
    return "".join(blocks[name] for name in sorted(blocks, key=lambda name: order.index(name) if name in order else 99))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The fields of a file with all their lines; comments before the first under an empty name."""
    name, lines = "", ""
    for line in text.splitlines(keepends=True):
        if match := re.match(r"(\w+):", line):
            yield name, lines
            name, lines = match[1], ""
        lines += line
    yield name, lines


def _field(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if "\n" in value:
            yield f"{name}: |"
            yield from (f"  {line}" if line.strip() else "" for line in value.strip().split("\n"))
        else:
            yield f"{name}: {_scalar(value)}"
        return
    yield f"{name}:"
    if isinstance(value, Mapping):
        yield from (f"  {line}" for key, part in value.items() for line in _field(key, part))
    else:
        for item in value:
            inner = [line for key, part in item.items() for line in _field(key, part)] if isinstance(item, Mapping) else []
            yield from (f"{'  - ' if at == 0 else '    '}{line}" for at, line in enumerate(inner or [_scalar(str(item))]))


def _scalar(text: str) -> str:
    bare = _BARE.fullmatch(text) and (not _ODD.fullmatch(text) or re.fullmatch(r"[\d-]+", text))
    return text if bare else json.dumps(text, ensure_ascii=False)
