"""Our words files, each read once and kept: to read one as YAML takes some hundredths of a second, and a check needs several.

The rule: a note is believed only for the very bytes of the file, and only by the program that read them.
"""

from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from haitang.core.digests import digest_of, keep_note, unsealed
from haitang.core.problems import InvalidDirectory
from haitang.core.toolchain import ROOT
from haitang.model.messages.counted import Counted, text_of
from haitang.source.parser import Fields, read_file

_NOTES = Path(ROOT, ".cache", "words")
_MOST_NOTES = 24
_HAITANG = Path(__file__).parents[2]


def read(path: Path, file: str, most_bytes: int) -> dict[str, Any]:
    """A words file as nested dicts and lists of texts; `file` is what a problem calls it. Raises InvalidDirectory when the file
    is broken."""
    content = _bytes(path)
    note, whose = _NOTES / blake2b(content, digest_size=16).hexdigest(), f"words {_program()}"
    if content and isinstance(kept := unsealed(whose, note), dict):
        return {key: _recalled(value) for key, value in kept.items()}
    tree = read_file(path, file, most_bytes)
    if not isinstance(tree, Fields):
        raise InvalidDirectory(tree)
    found = {str(key): _plain(value) for key, value in tree.items()}
    if _bytes(path) == content:  # nobody wrote there meanwhile
        with suppress(OSError):
            keep_note(note, whose, {key: _noted(value) for key, value in found.items()}, _MOST_NOTES)
    return found


def _bytes(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""


@cache
def _program() -> str:
    parts = [(name, _HAITANG / name) for name in ("source", "model/messages")]
    return digest_of([*parts, ("packages", _HAITANG.parent / "requirements" / "site.txt")])


def _plain(node: Any) -> Any:
    if isinstance(node, Fields):
        return {str(key): _plain(value) for key, value in node.items()}
    return [_plain(item) for item in node] if isinstance(node, list) else text_of(str(node))


def _noted(node: Any) -> Any:
    """A text with forms of numbers in it stands alone in a tuple: a note holds plain values."""
    if isinstance(node, dict):
        return {key: _noted(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_noted(item) for item in node]
    return (str(node),) if isinstance(node, Counted) else node


def _recalled(node: Any) -> Any:
    kind = node.__class__
    if kind is dict:
        return {key: _recalled(value) for key, value in node.items()}
    if kind is list:
        return [_recalled(item) for item in node]
    return Counted(node[0]) if kind is tuple else node
