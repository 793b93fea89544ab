"""Several files of a data root that change all together or not at all, whatever fails or is killed in the middle.

The rule: what a change will replace is first kept in a folder of its own, and what it brings is written there whole. One
rename of that folder says that all is done; until then whoever comes next finds it and puts everything back. It lies where no
proposal can bring files into: in git's own folder, where the data have one.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from haitang.core.atomic_files import cleared, replace, sync_folder, write
from haitang.core.file_lock import locked

# While something is changed; hidden, so that nobody takes them for data where there is no git.
_LOCK, _BEFORE, _DONE = ".haitang-lock", ".haitang-before", ".haitang-done"
_OLD, _NEW, _FRESH = "old", "new", "fresh"  # what was there; what was not there, by its name; what is to take its place


class Together:
    """A change of the files below `root`, by their paths in it. It begins with the first of them."""

    def __init__(self, root: Path, begin: Callable[[], None]) -> None:
        self.root, self._home = root, _home(root)
        self._kept = self._home / _BEFORE
        self._begin = begin
        self._due: list[str] = []
        self._folders: set[Path] = set()

    def write(self, file: str, content: bytes | str) -> None:
        """A file as it is to be; it takes its place with `place`, or at the end."""
        self._begin()
        fresh = _made(self._kept / _FRESH / file)
        fresh.unlink(missing_ok=True)
        write(fresh, (content.encode() if isinstance(content, str) else content,))
        with suppress(FileNotFoundError):
            fresh.chmod(stat.S_IMODE((self.root / file).stat().st_mode))
        self._due.append(file)

    def put(self, file: str, content: bytes | str) -> None:
        """As `write`, and takes its place at once."""
        self.write(file, content)
        self.place()

    def place(self) -> None:
        """What was written so far takes its place."""
        for file in self._due:
            self._keep(file)
        for file in self._due:
            replace(self._kept / _FRESH / file, self.root / file, durable=False)
        self._due.clear()

    def remove(self, file: str) -> None:
        self._begin()
        self._keep(file)
        (self.root / file).unlink()

    def _keep(self, file: str) -> None:
        """Makes sure that the file can be put back as it was."""
        path, old, new = self.root / file, self._kept / _OLD / file, self._kept / _NEW / file
        self._folders.add(path.parent)
        if old.exists() or new.exists():
            return
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _made(new).touch()
            return
        _made(old)
        try:
            os.link(path, old)
        except OSError:  # a file system without links
            copy = self._kept / "copy"
            shutil.copy2(path, copy)
            copy.replace(old)

    def finish(self) -> None:
        """All is in its place; the one step after which nothing is put back."""
        self.place()
        for folder in self._folders:
            sync_folder(folder)
        if self._kept.exists():
            self._kept.rename(self._home / _DONE)
            cleared(self._home / _DONE)


@contextmanager
def together(root: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[Together]:
    """What is written and removed in the block is there when it ends; when it raises, all is as it was. Raises OSError."""
    with ExitStack() as held:

        @cache
        def begin() -> None:
            held.enter_context(_held(root, waiting))
            (_home(root) / _BEFORE).mkdir()

        change = Together(root, begin)
        try:
            yield change
            change.finish()
        except BaseException:
            if begin.cache_info().currsize:
                _put_back(root)
            raise


def recover(root: Path) -> None:
    """Puts back what a killed change has left half done; waits for one that is under way. Raises OSError."""
    if any(os.path.lexists(_home(root) / name) for name in (_LOCK, _BEFORE, _DONE)):
        with _held(root, lambda: None):
            pass


@contextmanager
def _held(root: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One at a time, in a root where nothing is half done."""
    home = _home(root)
    lock = home / _LOCK
    while True:
        with locked(lock, waiting) as is_held:
            if not is_held():
                continue  # who held it before has taken it away
            try:
                _put_back(root)
                cleared(home / _DONE)
                yield
            finally:
                with suppress(OSError):  # Windows leaves what is open
                    lock.unlink()
            return


def _home(root: Path) -> Path:
    """Where what is half done lies: in a folder of the root's own below git's, where that is of the same file system; else in
    the root."""
    for folder in (root, *root.parents) if root.is_dir() else ():
        if (git := _git(folder / ".git")) is not None:
            own = git / "haitang" / sha256(os.fsencode(root.relative_to(folder))).hexdigest()[:16]
            return own if git.stat().st_dev == root.stat().st_dev else root
    return root


def _git(named: Path) -> Path | None:
    """Git's own folder; that of a second work tree is named in a file."""
    if named.is_file():
        named = named.parent / named.read_text("utf-8", "surrogateescape").removeprefix("gitdir:").strip()
    return named if named.is_dir() else None


def _put_back(root: Path) -> None:
    """Every file that was kept gets its place again, and what is new goes; what fails is left to the next one who comes."""
    kept, is_back = _home(root) / _BEFORE, True
    for file in _files(kept / _NEW):
        (root / file).unlink(missing_ok=True)
        with suppress(OSError):  # others live there
            (root / file).parent.rmdir()
    for file in _files(kept / _OLD):
        try:
            (kept / _OLD / file).replace(root / file)
        except OSError:  # names cannot be changed now: then what is under them
            is_back &= _is_copied(kept / _OLD / file, root / file)
    if is_back:
        cleared(kept)


def _is_copied(old: Path, to: Path) -> bool:
    """Whether a file is what the old one is, now at the latest."""
    try:
        if not to.exists() or not old.samefile(to):
            shutil.copyfile(old, to)
    except OSError:
        return False
    return True


def _files(folder: Path) -> list[Path]:
    return [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
