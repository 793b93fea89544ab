"""What a change has to answer for: the problems of the files it touches, and those it causes in others.

The rule: what was told before the change was made is not its fault. Files are compared as git knows them; a problem in a file
that nobody touched is new when the data as it was does not have it.
"""

import shutil
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from haitang.checks.load import Report, inspect
from haitang.core.digests import DATA_PARTS
from haitang.core.disk.scratch import scratch
from haitang.core.problems import Problem
from haitang.data.git import changed_from, parting, snapshot
from haitang.data.loader import Snapshot
from haitang.data.parse_cache import ParseCache
from haitang.media.image_store import FOLDER, Album

_MOST_NAMED = 200  # files of a change that git is asked for one by one
_UNSTEADY = ("guess", "choices", "called", "known")  # values that other files have a say in


@dataclass(frozen=True)
class Since:
    """The files that changed, the problems of the change, and those that were there before, errors among them eased."""

    changed: frozenset[str]
    fresh: tuple[Problem, ...]
    before: tuple[Problem, ...]


def since(root: Path, revision: str, report: Report, today: date) -> Since:
    """Parts what was found by what changed since a revision. Raises history.NoSuchRevision."""
    commit = parting(root, revision)
    changed = changed_from(root, commit)
    elsewhere = [problem for problem in report.problems if problem.place.file not in changed]
    old = _known_at(root, commit, changed, report, today) if elsewhere and changed else set()
    before = [problem for problem in elsewhere if not changed or _key(problem) in old]
    left = {id(problem) for problem in before}
    eased = (replace(problem, eased="warning") if problem.level == "error" else problem for problem in before)
    return Since(changed, tuple(problem for problem in report.problems if id(problem) not in left), tuple(eased))


def _known_at(root: Path, commit: str, changed: frozenset[str], report: Report, today: date) -> set[Any]:
    """The problems of files that are as they were, with the others as they were at a commit."""
    files = sorted(file for file in changed if file.split("/")[0] in DATA_PARTS)
    with scratch("since") as folder:
        snapshot(root, commit, folder, files if len(files) <= _MOST_NAMED else DATA_PARTS)
        for path in folder.rglob("*"):  # only the files that differ are left
            if path.is_file() and path.relative_to(folder).as_posix() not in changed:
                path.unlink()
        if any(file.startswith(f"{FOLDER}/") for file in files):
            link_pictures(root, folder, changed)
        side = Snapshot(root, None, folder, changed, ParseCache(report.cache, without=changed))
        # What no rule tells now, nobody asks about.
        found = inspect(side, today, Album(side.pictures, only_looking=True), rules=report.telling, slides=True)
        return {_key(problem) for problem in found.problems}


def link_pictures(root: Path, folder: Path, changed: Container[str]) -> None:
    """Puts the pictures of `root` that are not among what changed beside those that are: linked where that can be."""
    if (root / FOLDER).is_dir() and not (root / FOLDER).is_symlink():
        for path in (root / FOLDER).iterdir():
            target = folder / FOLDER / path.name
            if f"{FOLDER}/{path.name}" in changed or path.is_symlink() or not path.is_file():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                target.hardlink_to(path)
            except OSError:  # another disk, or one without links
                shutil.copyfile(path, target)


def _key(problem: Problem) -> Any:
    values = {name: value for name, value in problem.values.items() if name not in _UNSTEADY}
    return problem.place, problem.code, repr(sorted(values.items()))
