"""One at a time: a file that only one process holds, on Linux, macOS and Windows.

The rule: the system lets go of the lock when its holder dies, however it dies; no file has to be cleared away by hand. Only the
standard library (no `filelock`): the environment is locked by it before anything is installed, and a build without a change
must not pay for an import of 100 ms.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.1


@contextmanager
def locked(path: Path, waiting: Callable[[], None], *, inherited: bool = False) -> Iterator[int]:
    """Holds the lock file `path` and gives its handle; where another process has it, calls `waiting` once and waits. With
    `inherited` the programs that are started meanwhile hold it too, should they outlive us."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        os.set_inheritable(handle.fileno(), inherited)
        if not _try_lock(handle):
            waiting()
            while not _try_lock(handle):
                time.sleep(_PAUSE)
        yield handle.fileno()


@contextmanager
def held_by_nobody(path: Path) -> Iterator[bool]:
    """Whether nobody else has the lock file `path`, for certain; then it is ours meanwhile. Raises OSError."""
    with path.open("r+b") as handle:
        yield _try_lock(handle, unsure=False) and is_same(path, handle.fileno())


def is_same(path: Path, handle: int) -> bool:
    """Whether a file that is open is still the one at `path`."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _try_lock(handle: IO[bytes], *, unsure: bool = True) -> bool:
    """Whether we hold it now. On a file system without locks everybody does: better to go on than never to start."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return unsure and not isinstance(error, BlockingIOError | PermissionError)
    return True
