"""How the files in photos/ look, for advice about them: size, shape, what they hide, which of them are the same.

The rule: nothing is decoded, and a file that is no picture has no look.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from haitang.core.decoding import read_regular
from haitang.core.digests import content_digest
from haitang.core.problems import Problem
from haitang.media.images import MOST_BYTES, BadPhoto, measured
from haitang.media.metadata import Hidden, hidden_data


@dataclass(frozen=True, slots=True)
class Look:
    """`digest` is empty where no other file has as many bytes."""

    width: int
    height: int
    hidden: frozenset[Hidden]
    digest: bytes = b""


def looks(folder: Path, names: Iterable[str]) -> dict[str, Look]:
    """How these files look, by name, in order."""
    return dict(_looks(folder, sorted(names)))


def _looks(folder: Path, names: list[str]) -> Iterator[tuple[str, Look]]:
    sizes = {name: _size(folder / name) for name in names}
    as_large = Counter(sizes.values())
    for name, size in sizes.items():
        content = read_regular(folder / name, name, MOST_BYTES)
        if isinstance(content, Problem):
            continue
        try:
            width, height = measured(content)
        except BadPhoto:
            continue
        yield name, Look(width, height, hidden_data(content), content_digest(content) if as_large[size] > 1 else b"")


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return -1
