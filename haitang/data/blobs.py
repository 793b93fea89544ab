"""What entries need not hold, in one file of plain values that is read at the places where they stand.

The rule: each place has a digest of what stands there; whatever else is found is an error, and the caller has another way. What
is added lies in a file of nobody's name until it is kept, and a file that others may be reading is only written to at its end.
"""

import marshal
import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from tempfile import TemporaryFile
from threading import Lock
from typing import Any

from haitang.core.atomic_files import replacing

_CHECK = 16
_BINARY = getattr(os, "O_BINARY", 0)
_AT_ONCE = 1 << 18  # of what is added, written at once
_ROOM = 1 << 20  # what may lie there unused beside what is used


# Where the values of an entry stand: from where on, how long what is apart is, which comes first, how long all is, whether it
# is among what was added, and its digest. In bytes, since there are thousands.
Spot = bytes
_SPOT = Struct("<QII?16s")


class Blobs:
    """The file of a data root. Its `name` tells its states apart, so that a note never means another one."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.size = "", 0
        self._folder, self._stem = folder, name
        self._written, self._waiting = 0, bytearray()  # of what was added: how much lies in its file, and what is to go there
        self._file, self._spool = -1, -1  # handles: the system's own, as entries may want them to the very end
        self._reading = Lock()

    def __del__(self) -> None:
        for handle in (self._file, self._spool):
            if handle >= 0:
                os.close(handle)

    def open(self, name: str, size: int) -> bool:
        """Whether the file of a note is there, as large as the note says."""
        with suppress(OSError, ValueError):
            handle = os.open(self._folder / Path(name).name, os.O_RDONLY | _BINARY)
            if os.fstat(handle).st_size >= size:
                if self._file >= 0:
                    os.close(self._file)
                self._file, self.name, self.size = handle, name, size
                return True
            os.close(handle)
        return False

    def add(self, apart: list[Any], rest: list[Any]) -> Spot:
        """Raises OSError where there is no room."""
        first = marshal.dumps(apart)
        content = first + marshal.dumps(rest)
        with self._reading:
            if len(self._waiting) > _AT_ONCE:
                self._write_waiting()
            at = self._written + len(self._waiting)
            self._waiting += content
        return _SPOT.pack(at, len(first), len(content), True, _check(content))

    def _write_waiting(self) -> None:
        if self._spool < 0:
            self._folder.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=self._folder, buffering=0) as spool:
                self._spool = os.dup(spool.fileno())
        os.lseek(self._spool, self._written, os.SEEK_SET)
        _write(self._spool, self._waiting)
        self._written += len(self._waiting)
        self._waiting = bytearray()

    def fetch(self, spot: Spot, *, apart: bool) -> Sequence[Any]:
        """What is apart, or that and the rest. Raises OSError or ValueError where it is not there as it was added."""
        content = self._content(spot)
        _, end, _, _, check = _SPOT.unpack(spot)
        if _check(content) != check:
            raise ValueError
        first: list[Any] = marshal.loads(content)  # as much as is one value
        return first if apart else (first, marshal.loads(memoryview(content)[end:]))

    def _content(self, spot: Spot) -> bytes:
        at, _, size, fresh, _ = _SPOT.unpack(spot)
        with self._reading:
            if fresh and at >= self._written:
                return bytes(self._waiting[at - self._written : at - self._written + size])
        handle = self._spool if fresh else self._file
        if hasattr(os, "pread"):
            return os.pread(handle, size, at)
        with self._reading:
            os.lseek(handle, at, os.SEEK_SET)
            return os.read(handle, size)

    def kept(self, spots: dict[str, Spot]) -> Sequence[str]:
        """Puts what was added beside what was there, and tells its places in `spots`; says which are others now. Raises
        OSError, and ValueError where something cannot be found."""
        told = {key: _SPOT.unpack(spot) for key, spot in spots.items()}
        fresh = [key for key, spot in told.items() if spot[3]]
        used, new = (sum(told[key][2] for key in keys) for keys in (told, fresh))
        if self.name and self.size + new <= 2 * used + _ROOM:
            at = self._appended(b"".join([self._content(spots[key]) for key in fresh]))
            return self._moved(spots, fresh, at)
        name = f"{self._stem}.{os.urandom(8).hex()}"
        with replacing(self._folder / name) as stream:
            for spot in spots.values():
                stream.write(self._content(spot))
        self.open(name, used)
        return self._moved(spots, list(spots), 0)

    def _appended(self, content: bytes) -> int:
        """Where it stands now."""
        if content:
            handle = os.open(self._folder / self.name, os.O_WRONLY | os.O_APPEND | _BINARY)
            try:
                _write(handle, content)
                self.size = os.lseek(handle, 0, os.SEEK_CUR)
            finally:
                os.close(handle)
        return self.size - len(content)

    def _moved(self, spots: dict[str, Spot], keys: Sequence[str], at: int) -> Sequence[str]:
        for key in keys:
            _, first, size, _, check = _SPOT.unpack(spots[key])
            spots[key] = _SPOT.pack(at, first, size, False, check)
            at += size
        return keys

    def forget_others(self) -> None:
        """Removes the files of earlier states; whoever reads one goes on reading it."""
        for path in self._folder.glob(f"{self._stem}.*"):
            if path.name != self.name and len(path.suffix) > 2 * 8:
                path.unlink(missing_ok=True)


def _write(handle: int, content: bytes | bytearray) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def _check(content: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECK).digest()
