"""Bytes that outlive a power cut, on Linux and on Windows.

The rule: a file is whole on the disk before anything leads to it; a name changes in one step, and the step is on the disk
before the next one begins.
"""

import errno
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

_WINDOWS = os.name == "nt"
_TRIES, _PAUSE = 6, 0.25
_RESERVE = 64 << 20
# What a file system answers that cannot do it for folders; any other answer is a failing disk and is told.
_CANNOT = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}


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


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """A new file; its bytes are on the disk when this returns."""
    with path.open("xb") as stream:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())


def replace(old: Path, new: Path) -> None:
    """Gives a file its place in one step; where another program holds the old one for a moment, again a few times."""
    for tries in range(_TRIES):
        try:
            old.replace(new)
            break
        except PermissionError:  # on Windows a virus scanner, a player reading the file
            if not _WINDOWS or tries == _TRIES - 1:
                raise
            time.sleep(_PAUSE)
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
