"""Folders for a while, in the system's place for such: gone when nobody needs them, whoever was killed over them.

The rule: beside each lies a file that is locked as long as its maker lives. What lies beside one that nobody holds is cleared
away by the next one who makes a folder.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from haitang.core.atomic_files import cleared
from haitang.core.file_lock import held_by_nobody, locked

_BEGINNING, _LOCK = "haitang-", ".lock"


@contextmanager
def scratch(purpose: str) -> Iterator[Path]:
    """An empty folder, to the end of the block. Raises OSError."""
    _sweep()
    while True:
        handle, name = tempfile.mkstemp(_LOCK, f"{_BEGINNING}{purpose}-")
        os.close(handle)
        lock, folder = Path(name), Path(name.removesuffix(_LOCK))
        try:
            with locked(lock, lambda: None) as is_held:
                if not is_held():
                    continue  # swept in this very moment
                folder.mkdir(mode=0o700)
                yield folder
                return
        finally:
            cleared(folder)
            with suppress(OSError):  # a name that the system keeps is swept
                lock.unlink()


def _sweep() -> None:
    for lock in Path(tempfile.gettempdir()).glob(f"{_BEGINNING}*{_LOCK}"):
        with suppress(OSError), held_by_nobody(lock) as is_ours:  # another user's
            if is_ours:
                cleared(lock.with_suffix(""))
                lock.unlink()


def copied(source: Path, target: Path, copy: Callable[[str, str], object] = shutil.copy2) -> None:
    """A folder with all that is in it; links stay links. Raises the first OSError, which says what failed and why."""
    target.mkdir(exist_ok=True)
    with os.scandir(source) as entries:
        for entry in entries:
            to = target / entry.name
            if entry.is_symlink():
                to.symlink_to(Path(entry.path).readlink())
            elif entry.is_dir():
                copied(Path(entry.path), to, copy)
            else:
                copy(entry.path, str(to))
