"""A machine that fails: the Nth call of one kind on files below a folder ends in an OSError, once or for ever.

All of Python's doors to files lead through here: `os`, `open` in each of its places with every read and write of what it
opened, and whatever stands on those (`pathlib`, `shutil`, `tempfile`, `zipfile`, openpyxl, Pillow, MkDocs). Nothing is ever
put back: install it in a child process that ends.
"""

import builtins
import errno
import io
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CALLS = ("open", "read", "write", "rename", "link", "symlink", "fsync", "mkdir")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE, errno.EROFS)


@dataclass(frozen=True)
class Fault:
    """The call that fails, from 1 (0: none does), how, and whether all after it fail too; `on`: of those on such paths only."""

    call: str
    at: int
    error: int = errno.EIO
    lasting: bool = False
    on: str = ""

    def __str__(self) -> str:
        return f"{self.call}-{self.at}-{errno.errorcode[self.error]}{'-lasting' if self.lasting else ''} {self.on}"


NONE = Fault("", 0)


class Shim:
    """`counts` are the calls so far by kind, `fired` says which path was the first that failed."""

    def __init__(self, fault: Fault, below: str) -> None:
        self.fault, self.below = fault, os.path.realpath(below) + "/"
        self.counts: Counter[str] = Counter()
        self.fired, self.met = "", 0

    def step(self, call: str, *paths: Any) -> None:
        """Counts a call on these paths (of which an open file's is its number), and fails where it is due."""
        path = next((path for each in paths if (path := _path(each)).startswith(self.below)), None)
        if path is None:
            return
        self.counts[call] += 1
        if call != self.fault.call or self.fault.on not in path:
            return
        self.met += 1
        count = self.met
        if count == self.fault.at or (self.fault.lasting and count > self.fault.at):
            self.fired = self.fired or path
            raise OSError(self.fault.error, os.strerror(self.fault.error), path)

    def install(self) -> None:
        """From here on, to the end of this process."""
        _patch(self, os, "open", "open", takes_folder=True)
        for name in ("rename", "replace"):
            _patch(self, os, name, "rename", paths=2)
        _patch(self, os, "link", "link", paths=2)
        _patch(self, os, "symlink", "symlink", paths=2)
        for name in ("mkdir", "fsync"):
            _patch(self, os, name, name)
        for name in ("read", "pread"):
            _patch(self, os, name, "read")
        for name in ("write", "pwrite", "sendfile"):
            _patch(self, os, name, "write")
        opened = _open(_raw(self))
        builtins.open = io.open = opened


def _path(named: Any) -> str:
    """The absolute path of a file by its name or its number."""
    if isinstance(named, int):
        try:
            return str(Path(f"/proc/self/fd/{named}").readlink())
        except OSError:
            return ""
    return os.path.abspath(os.fsdecode(named))  # noqa: PTH100 - links are not followed


def _patch(shim: Shim, module: Any, name: str, call: str, *, paths: int = 1, takes_folder: bool = False) -> None:
    act: Callable[..., Any] = getattr(module, name)

    def acted(*arguments: Any, **named: Any) -> Any:
        about = arguments[:paths]
        if takes_folder and named.get("dir_fd") is not None:
            about = (Path(_path(named["dir_fd"]), os.fsdecode(about[0])),)
        shim.step(call, *about)
        return act(*arguments, **named)

    setattr(module, name, acted)


def _raw(shim: Shim) -> type[io.FileIO]:
    class Raw(io.FileIO):
        def __init__(self, file: Any, *arguments: Any, **named: Any) -> None:
            if not isinstance(file, int) and named.get("opener") is None:
                shim.step("open", file)
            super().__init__(file, *arguments, **named)

        def readinto(self, buffer: Any) -> int:
            shim.step("read", self.fileno())
            return super().readinto(buffer)

        def read(self, size: int | None = -1) -> bytes:
            shim.step("read", self.fileno())
            return super().read(-1 if size is None else size)

        def readall(self) -> bytes:
            shim.step("read", self.fileno())
            return super().readall()

        def write(self, content: Any) -> int:
            shim.step("write", self.fileno())
            return super().write(content)

    return Raw


def _open(raw_file: type[io.FileIO]) -> Callable[..., Any]:
    def opened(
        file: Any, mode: str = "r", buffering: int = -1, encoding: str | None = None, errors: str | None = None,
        newline: str | None = None, closefd: bool = True, opener: Any = None,
    ) -> Any:  # fmt: skip
        raw = raw_file(file, mode.replace("b", "").replace("t", ""), closefd=closefd, opener=opener)
        if buffering == 0 and "b" in mode:
            return raw
        kind = io.BufferedRandom if "+" in mode else io.BufferedReader if "r" in mode else io.BufferedWriter
        buffer: Any = kind(raw, buffering if buffering > 1 else io.DEFAULT_BUFFER_SIZE)
        if "b" in mode:
            return buffer
        text = io.TextIOWrapper(buffer, encoding, errors, newline, line_buffering=buffering == 1)
        text.mode = mode  # type: ignore[misc]
        return text

    return opened
