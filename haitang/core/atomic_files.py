"""Files that are the old ones or the new ones, whole, on Linux and on Windows; where asked for, also after a power cut.

The rule: alone writes beside a file and puts the new one in its place. A name changes in one step; what is durable is on the
disk before anything leads to it, and the step before the next one begins. Only the standard library, since the environment is
recorded by it before anything is installed.
"""

import errno
import os
import re
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import BinaryIO

_WINDOWS = os.name == "nt"
_TRIES, _PAUSE = 6, 0.25
_RESERVE = 64 << 20
_LEFT = re.compile(r"\..+\.([1-9][0-9]{0,9})-[0-9]+\.new")
# What a file system answers that cannot do it for folders; any other answer is a failing disk and is told.
_CANNOT = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF}


class NoRoom(Exception):
    """The disk is too full; holds how many bytes there should be and how many there are."""

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(f"{needed} bytes needed, {free} free")
        self.needed, self.free = needed, free


def check_room(folder: Path, size: int) -> None:
    """There is room for `size` bytes below the folder and for the machine to live on."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    needed, free = size + _RESERVE, shutil.disk_usage(folder).free
    if free < needed:
        raise NoRoom(needed, free)


def write_given(path: Path, content: bytes | str) -> None:
    """As `write_atomic`, to a place that somebody named: a folder that is not there is a slip. Raises FileNotFoundError."""
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    write_atomic(path, content)


def write_atomic(path: Path, content: bytes | str, *, durable: bool = False) -> None:
    """A file in one step, in a folder that is made where there is none; a text is UTF-8. `durable` waits for the disk."""
    with replacing(path, durable=durable) as stream:
        stream.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path, *, durable: bool = False) -> Iterator[BinaryIO]:
    """A stream whose file takes the place of `path`, with its permissions, when the block ends; not when that raises. Who is
    killed leaves what stands beside: the next to write there for good removes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if durable:
        sweep(path.parent)
    # A name with a dot in front is nobody's data, should we be stopped here; two threads may make the same file.
    fresh = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.new")
    fresh.unlink(missing_ok=True)
    try:
        with fresh.open("xb") as stream:
            yield stream
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        with suppress(FileNotFoundError):
            fresh.chmod(stat.S_IMODE(path.stat().st_mode))
        replace(fresh, path, durable=durable)
    finally:
        fresh.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Removes what processes that are no more have left in a folder."""
    with suppress(OSError):
        for path in folder.iterdir():
            if (left := _LEFT.fullmatch(path.name)) and not _is_alive(int(left[1])):
                path.unlink()


def _is_alive(process: int) -> bool:
    if _WINDOWS:  # which takes the question for a signal
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """A new file; its bytes are on the disk when this returns."""
    with path.open("xb") as stream:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())


def replace(old: Path, new: Path, *, durable: bool = True) -> None:
    """Gives a file its place in one step; where another program holds the old one for a moment, again a few times."""
    for tries in range(_TRIES):
        try:
            old.replace(new)
            break
        except PermissionError:  # on Windows a virus scanner, a player reading the file
            if not _WINDOWS or tries == _TRIES - 1:
                raise
            time.sleep(_PAUSE)
    if durable:
        sync_folder(new.parent)


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
    finally:
        os.close(handle)


def cleared(folder: Path) -> None:
    """Removes a folder with all that is in it, as far as that can be done: what is left is for the next one who comes."""
    for base, folders, files in os.walk(folder, topdown=False):
        for path in (Path(base, name) for name in (*files, *folders)):
            with suppress(OSError):
                if path.is_dir() and not path.is_symlink():
                    path.rmdir()
                else:
                    path.unlink()
    with suppress(OSError):
        folder.rmdir()
