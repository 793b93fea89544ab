"""How the files in photos/ look, for advice about them: size, shape, what they hide, which of them are the same.

The rule: nothing is decoded, and a file that is no picture has no look.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
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
    sizes, found = dict[str, int](), dict[str, Look]()
    for name in sorted(names):
        with suppress(OSError):
            sizes[name] = (folder / name).lstat().st_size
    as_large = Counter(sizes.values())
    for name, size in sizes.items():
        content = read_regular(folder / name, name, MOST_BYTES)
        if not isinstance(content, Problem):
            with suppress(BadPhoto):
                digest = content_digest(content) if as_large[size] > 1 else b""
                found[name] = Look(*measured(content), hidden_data(content), digest)
    return found
