"""Both sides of a change as folders: what git has of the base, and the head as it lies there or as git has it.

The rule: what did not change is linked, not copied; nothing in a working tree is touched.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from haitang.data.git import changed_since, difference, parting, snapshot
from haitang.editors.review.revisions import PARTS

_ONE_BY_ONE = 500  # files; of more, everything is written


@dataclass(frozen=True)
class Folders:
    """`others` are changed files that are no data."""

    base: Path
    head: Path
    others: tuple[str, ...]


@contextmanager
def folders(root: Path, base: str, head: str | None) -> Iterator[Folders]:
    """The sides of what happened to `root` since it left `base`, as long as they are needed. Raises NoSuchRevision."""
    start = parting(root, base, head or "HEAD")
    changed = difference(root, start, head) if head else changed_since(root, base)
    data = {file for file in changed if _is_data(file)}
    others = tuple(sorted(changed - data))
    with TemporaryDirectory(prefix="haitang-review-") as kept:
        before, after = Path(kept) / "base", Path(kept) / "head" if head else root
        if head:
            snapshot(root, head, after, PARTS)
        before.mkdir()
        if len(data) > _ONE_BY_ONE:
            snapshot(root, start, before, PARTS)
        else:
            _link(after, before, data)
            if data:
                snapshot(root, start, before, sorted(data))
        yield Folders(before, after, others)


def _is_data(file: str) -> bool:
    return file.split("/", 1)[0] in PARTS


def _link(source: Path, target: Path, without: Iterable[str]) -> None:
    """The files of the data in another folder, without some."""
    left_out = set(without)
    for part in PARTS:
        found = [part] if (source / part).is_file() else []
        for folder, _, names in os.walk(source / part):
            found += [f"{Path(folder).relative_to(source).as_posix()}/{name}" for name in names]
        for file in found:
            if file not in left_out and not (source / file).is_symlink() and (source / file).is_file():
                (target / file).parent.mkdir(parents=True, exist_ok=True)
                _same_file(source / file, target / file)


def _same_file(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # another disk, or one without links
        shutil.copyfile(source, target)
