"""A copy of the repository in which one thing is changed at a time and tests run. Nothing is ever changed in the original.

The rule: before each run the copy is what it was, whatever the run before it did to it; a mutant may delete and write what it
likes. As root, tests run as a user that owns nothing else, so that it can do so nowhere else either.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.mutants.changes import Mutant

_USER = 61_000  # nobody's; each copy has one of its own
_ROOMY = ("__pycache__", ".hypothesis")  # Python sees by itself whether what it compiled is of this file
_BEFORE = 1_000_000_000  # mtime of the first mutant, in seconds: never that of a real file, so nothing compiled is taken for it


class Tree:
    """`top` is the copy, `home` where its tests write; both stand in `folder`."""

    def __init__(self, source: Path, folder: Path, number: int) -> None:
        self.top, self.home = folder / "tree", folder / "home"
        self.user = _USER + number if os.geteuid() == 0 else None
        self._source = source
        self._planted = 0
        shutil.copytree(source, self.top, symlinks=True)
        self.home.mkdir()
        for path in (folder, self.home, self.top, *_inside(self.top)):
            self._own(path)
        self._known = {path: _facts(path) for path in _inside(self.top)}

    def plant(self, mutant: Mutant) -> None:
        path = self.top / mutant.file
        path.write_bytes(mutant.applied(path.read_bytes()))
        self._planted += 1
        os.utime(path, (_BEFORE + self._planted,) * 2)

    def mend(self) -> None:
        """Makes it again what it was."""
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(exist_ok=True)
        self._own(self.home)
        here = {path: _facts(path) for path in _inside(self.top)}
        for path in sorted(here.keys() - self._known.keys(), reverse=True):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        for path in sorted(path for path, facts in self._known.items() if here.get(path) != facts):
            original = self._source / path.relative_to(self.top)
            if original.is_dir() and not original.is_symlink():
                path.mkdir(exist_ok=True)
            else:
                path.unlink(missing_ok=True)
                shutil.copy2(original, path, follow_symlinks=False)
            self._own(path)

    def _own(self, path: Path) -> None:
        if self.user is not None:
            os.chown(path, self.user, self.user, follow_symlinks=False)


def snapshot(repository: Path, folder: Path) -> None:
    """Copies what git knows or would take, and what builds keep, into `folder`; what is installed is linked."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=repository, check=True, capture_output=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (repository / name).is_file() or (repository / name).is_symlink():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(repository / name, folder / name, follow_symlinks=False)
    for path in (repository / ".venv", *_installed(repository)):
        (folder / path.relative_to(repository)).symlink_to(path)
    if (repository / ".cache").is_dir():
        shutil.copytree(repository / ".cache", folder / ".cache", symlinks=True)
    (folder / "out").mkdir()


def _installed(repository: Path) -> Iterator[Path]:
    for below in ("frontend", "frontend/checks"):
        if (repository / below / "node_modules").is_dir():
            yield repository / below / "node_modules"


def _inside(top: Path) -> Iterator[Path]:
    """All files and folders below, but for the roomy ones; links are not followed."""
    with os.scandir(top) as entries:
        for entry in entries:
            if entry.name in _ROOMY:
                continue
            yield Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                yield from _inside(Path(entry.path))


def _facts(path: Path) -> tuple[int, ...]:
    """What tells whether it was changed; a folder is only there or not."""
    facts = path.lstat()
    is_folder = path.is_dir() and not path.is_symlink()
    return (facts.st_mode,) if is_folder else (facts.st_mode, facts.st_size, facts.st_mtime_ns)
