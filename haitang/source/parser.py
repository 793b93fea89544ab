"""YAML text → Source: plain mappings, lists and texts that know where they stand.

The rule: nothing but the plain part of YAML is taken. Its own types are never
resolved (`9:30` would become 570, `no` False), its cleverness (anchors, tags, merge keys) is refused at the level of parser
events, before anything is built from it, and a broken file gets a reason an editor can act on.
"""

from pathlib import Path
from typing import Any

from haitang.core.decoding import decode, everyday, read_regular, unseen
from haitang.core.problems import Place, Problem
from haitang.source import fast_parser
from haitang.source.nodes import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_FIELDS,
    MAX_VALUES,
    Fields,
    Flawed,
    Items,
    Node,
    Text,
    most_bytes,
    place,
)

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_FIELDS", "MAX_VALUES", "Fields", "Flawed", "Items", "Node", "Text"]
__all__ += ["most_bytes", "parse", "parse_bytes", "place_of", "read_file", "values"]


def read_file(path: Path, file: str, most: int = 0) -> Fields | list[Problem]:
    """The mapping that a YAML file holds, of at most so many bytes where that is said, or why it cannot be read. `file` is the
    name problems use. Never raises."""
    content = read_regular(path, file, most or most_bytes(file))
    return [content] if isinstance(content, Problem) else parse_bytes(content, file)


def parse_bytes(content: bytes, file: str) -> Fields | list[Problem]:
    """As `read_file`, of what a file holds."""
    text = decode(content, file)
    return [text] if isinstance(text, Problem) else parse(text, file)


def values(content: bytes, file: str) -> dict[str, Any] | None:
    """What a file holds as plain values, where nothing in it is unusual: nearly always, and much faster."""
    if (text := everyday(content)) is not None:
        return fast_parser.values(text)
    decoded = decode(content, file)
    return None if isinstance(decoded, Problem) or unseen(decoded, file) else fast_parser.values(decoded)


def parse(text: str, file: str) -> Fields | list[Problem]:
    """One YAML document holding a mapping. All reasons why not that can be told apart come back together."""
    if hidden := unseen(text, file):
        return hidden
    if (tree := fast_parser.read(text)) is not None:
        return tree
    from haitang.source import yaml_reader  # its import takes longer than many a command, and nearly no file needs it

    return yaml_reader.read(text, file)


def place_of(tree: Fields, path: tuple[str | int, ...], file: str, *, key: bool = False, below: int = 0) -> Place:
    """Where the value at `path` stands (with `key`, where its field name stands); the nearest thing above it if absent.
    `below`: the line of a block's text that is meant, counted from its first that is not blank."""
    node: Any = tree
    spot = place(tree, file)
    for depth, step in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(node, Fields) and step in node:
            if key and last:
                return place(next(name for name in node if name == step), file)
            node = node[str(step)]
        elif isinstance(node, Fields) and str(step) in node.blank:
            return place(node.blank[str(step)], file)
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            break
        spot = place(node, file)
    if isinstance(node, Text) and node.style == "|":
        leading = node[: len(node) - len(node.lstrip())].count("\n")
        return Place(file, node.line + 1 + leading + below)
    return spot
