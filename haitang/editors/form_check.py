"""What is wrong with an entry as somebody is about to save it in the form: all that `check` would tell, with the fields it is
told of.

The rule: nothing is written but in a folder of its own, beside the data; what was wrong in other files before is not told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from haitang.checks.load import inspect
from haitang.core.disk.scratch import scratch
from haitang.core.problems import Problem
from haitang.data.loader import Snapshot
from haitang.data.parse_cache import ContentCache, ParseCache
from haitang.editors.baseline import link_pictures
from haitang.editors.dry_run import Places
from haitang.media.image_store import FOLDER as PICTURES
from haitang.media.image_store import Album
from haitang.model.messages import LANGUAGES, words


@dataclass(frozen=True, slots=True)
class Remark:
    """One problem: `path` leads to the field, from the entry's own down; empty where it is told of another file."""

    path: tuple[str | int, ...]
    code: str
    level: str
    message: str

    @property
    def data(self) -> dict[str, Any]:
        return {"path": list(self.path), "code": self.code, "level": self.level, "message": self.message}


class Checking:
    """Checks entries of a root, one after the other; what was read of files that stay as they are is kept between them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = ParseCache()
        self._turn = Lock()

    def remarks(
        self, texts: Mapping[str, str], today: date, pictures: Mapping[str, bytes] | None = None, coming: Iterable[str] = ()
    ) -> dict[str, list[Remark]]:
        """What is told of each of these files, when they and these pictures are as given. Of pictures that are `coming`
        nothing is known but their names."""
        changed = frozenset([*texts, *(pictures or ())])
        with self._turn, scratch("form") as other:
            for name, content in {**{file: text.encode() for file, text in texts.items()}, **(pictures or {})}.items():
                (other / name).parent.mkdir(parents=True, exist_ok=True)
                (other / name).write_bytes(content)
            if pictures:
                link_pictures(self._root, other, changed)
            found = self._found(today, other, changed)
            elsewhere = [problem for problem in found if problem.place.file not in texts and problem.level == "error"]
            before = {_key(problem) for problem in self._found(today)} if elsewhere else set()
        files = {f"{PICTURES}/{name}" for name in coming}
        told = {file: [_remark(problem, text) for problem in found if problem.place.file == file and not _waits(problem, files)]
                for file, text in texts.items()}  # fmt: skip
        brought = [_elsewhere(problem) for problem in elsewhere if _key(problem) not in before]
        return {file: [*remarks, *brought] for file, remarks in told.items()}

    def _found(self, today: date, other: Path | None = None, changed: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
        cache = ContentCache(self._known)
        snapshot = Snapshot(self._root, None, other, changed, cache)
        problems = inspect(snapshot, today, Album(snapshot.pictures, only_looking=True)).problems
        self._known = ParseCache(cache)
        return problems


# Told at an entry's first line: there is no other.
_FIELDS: Mapping[str, tuple[str, ...]] = {"no-sources": ("sources",)}


def _remark(problem: Problem, text: str) -> Remark:
    path = _FIELDS.get(problem.code) or Places(text).path(problem)
    return Remark(path, problem.code, problem.level, words(LANGUAGES[0]).message(problem))


def _elsewhere(problem: Problem) -> Remark:
    return Remark((), problem.code, problem.level, words(LANGUAGES[0]).problem(problem))


def _waits(problem: Problem, coming: Iterable[str]) -> bool:
    return problem.code == "photo-missing" and f"{PICTURES}/{problem.values.get('value')}" in coming


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.place.file, problem.code, repr(sorted(problem.values.items()))
