"""Changed entries, tried in a copy of the data: every check that a build makes, before anything is written.

The rule: a change answers for its own files, and for what it breaks in others; what was wrong before is not its fault.
"""

import os
import shutil
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

from haitang.checks.load import load
from haitang.core.digests import DATA_PARTS
from haitang.core.disk.scratch import copied, scratch
from haitang.core.disk.together import together
from haitang.core.problems import InvalidDirectory, Problem
from haitang.source.parser import Fields, Items, Text, parse

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it would be; `old_file` is where the entry was before, `before` what was written there."""

    file: str
    old_file: str | None
    text: str
    before: str | None = None


class EditedMeanwhile(Exception):
    """Somebody has saved this file since it was read; nothing was written."""


def problems_of(root: Path, drafts: Iterable[Draft], today: date, *, levels: Container[str] = ("error",)) -> list[Problem]:
    """What is wrong, likely wrong or worth a look in the drafts, and what of these levels they bring about elsewhere."""
    drafts = list(drafts)
    own = {draft.file for draft in drafts}
    with scratch("trial") as copy:
        for name in DATA_PARTS:
            if (root / name).is_dir() and not (root / name).is_symlink():
                copied(root / name, copy / name, _link)
            elif (root / name).is_file():
                _link(str(root / name), str(copy / name))
        for draft in drafts:
            for file in {draft.file, draft.old_file or draft.file}:
                (copy / file).unlink(missing_ok=True)  # it may share its bytes with the original
            (copy / draft.file).parent.mkdir(parents=True, exist_ok=True)
            (copy / draft.file).write_text(draft.text, encoding="utf-8", newline="\n")
        found = _found(copy, today)
    elsewhere = [problem for problem in found if problem.place.file not in own and problem.level in levels]
    before = {_key(problem) for problem in _found(root, today)} if elsewhere else set()
    broken = [problem for problem in elsewhere if _key(problem) not in before]
    return [*(problem for problem in found if problem.place.file in own), *broken]


def _found(root: Path, today: date) -> tuple[Problem, ...]:
    try:
        return load(root, today=today, advised=True).remarks
    except InvalidDirectory as invalid:
        return invalid.problems


def _key(problem: Problem) -> tuple[str, int, str, str]:
    return problem.place.file, problem.place.line, problem.code, repr(sorted(problem.values.items()))


def _link(source: str, target: str) -> None:
    """A file sharing its bytes where the file system can: nothing in the copy is written in place."""
    with suppress(OSError):
        os.link(source, target, follow_symlinks=False)
        return
    shutil.copy2(source, target, follow_symlinks=False)


class Places:
    """The lines of a text → the places in the entry they hold."""

    def __init__(self, text: str) -> None:
        tree = parse(text, "")
        self._places = sorted(_places(tree, ()), key=itemgetter(0)) if isinstance(tree, Fields) else []

    def path(self, problem: Problem) -> Steps:
        """The place a problem names, the one that begins last before it."""
        at = bisect_right(self._places, (problem.place.line, problem.place.column), key=itemgetter(0)) - 1
        path = self._places[at][1] if at >= 0 else ()
        if problem.code == "missing-field":  # reported at what it is missing from
            return (*path[:-1], str(problem.values["field"]))
        return path

    def at_line(self, line: int) -> Steps:
        """The place that begins last on a line or before it."""
        at = bisect_right(self._places, (line, 1 << 30), key=itemgetter(0)) - 1
        return self._places[at][1] if at >= 0 else ()


def _places(node: Any, path: Steps) -> Iterator[tuple[tuple[int, int], Steps]]:
    pairs: Iterable[tuple[Any, Any]] = node.items() if isinstance(node, Fields) else enumerate(node)
    for key, value in pairs:
        here = (*path, str(key) if isinstance(key, str) else key)
        if isinstance(key, Text):
            yield (key.line, key.column), here
        yield (value.line, value.column), here
        if isinstance(value, Fields | Items):
            yield from _places(value, here)


def write(root: Path, drafts: Iterable[Draft]) -> None:
    """Writes the drafts, all or none of them. Raises EditedMeanwhile: a save of somebody else's is not lost."""
    drafts = list(drafts)
    for draft in drafts:
        there = root / (draft.old_file or draft.file)
        if (there.read_text("utf-8-sig") if there.exists() else None) != draft.before:
            raise EditedMeanwhile(draft.old_file or draft.file)
    with together(root) as files:
        for draft in drafts:
            files.write(draft.file, draft.text)
        files.place()
        for draft in drafts:
            if draft.old_file and draft.old_file != draft.file:
                files.remove(draft.old_file)
