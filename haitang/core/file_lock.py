"""One at a time: a file that only one process holds, on Linux, macOS and Windows.

The rule: the system lets go of the lock when its holder dies, however it dies; no file has to be cleared away by hand. Only the
standard library (no `filelock`): the environment is locked by it before anything is installed, and a build without a change
must not pay for an import of 100 ms. Who waited for a file that somebody has removed holds nothing: it is asked for again.
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
_TRIES = 20


@contextmanager
def locked(path: Path, waiting: Callable[[], None], *, inherited: bool = False) -> Iterator[Callable[[], bool]]:
    """Holds the lock file `path`; where another process has it, calls `waiting` once and waits. With `inherited` the programs
    that are started meanwhile hold it too, should they outlive us. Gives who tells whether it is still held: not once somebody
    has removed the file."""
    told = False
    for left in reversed(range(_TRIES)):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as handle:
            os.set_inheritable(handle.fileno(), inherited)
            while not _try_lock(handle):
                if not told:
                    waiting()
                told = True
                time.sleep(_PAUSE)
            # On a file system that tells no file from another it never is: better to go on than never to start.
            if _is_at(handle, path) or not left:
                yield lambda: _is_at(handle, path)
                return


def _is_at(handle: IO[bytes], path: Path) -> bool:
    """Whether this is the file that others will ask for."""
    try:
        return os.path.samestat(os.fstat(handle.fileno()), path.stat())
    except OSError:
        return False


@contextmanager
def held_by_nobody(path: Path) -> Iterator[bool]:
    """Whether nobody else has the lock file `path`, for certain; then it is ours meanwhile. Raises OSError."""
    with path.open("r+b") as handle:
        yield _try_lock(handle, unsure=False) and _is_at(handle, path)


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
