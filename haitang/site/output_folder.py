"""The output folder: one site that is out, the generations behind it, and the one step between them.

The rule: what visitors see is changed by a single rename and by nothing else. `out/site` is a link to one of the folders under
`out/.site/`; each of those, once named, is never written again. Whatever is killed when, the link leads to a whole site.
Where there are no links (FAT, exFAT, many network folders), or none that can be replaced (Windows), `out/site` is the folder
itself: two renames stand in, visitors find nothing for a moment between them, and the next run mends a torn pair.
"""

import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from haitang.core.atomic_files import cleared, write_atomic
from haitang.core.file_lock import locked

FORM = 2  # of the manifests
# What file systems say that have no links, or do not let us make any.
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
# Of a file that is out: its digest, its size, its number and the moment it was written (ns); `edition.writer` adds more.
DIGEST, SIZE, INODE, MOMENT = range(4)


class NotOurs(Exception):
    """The output folder holds a `site` this program did not make; it is left alone."""


class Target:
    """An `out` folder. `links` is False where a link cannot be replaced in one step; whether there are any is tried.
    `lasting`: what is out must outlive a power cut; that waits for the disk."""

    def __init__(self, out: Path, *, links: bool = os.name != "nt", lasting: bool = True) -> None:
        self.site = out / "site"
        self.store = out / ".site"
        self._links = links
        self._lasting = lasting and hasattr(os, "sync")
        self._is_held: Callable[[], bool] = lambda: True

    def current_name(self) -> str | None:
        """The name of the generation that is out."""
        if self.site.is_symlink():
            store, name = os.path.split(os.readlink(self.site))
            return name if store == self.store.name and name.isdigit() else None  # else it is somebody's own link
        return _read(self.store / "out") if self.site.is_dir() else None

    def current(self) -> Path | None:
        """The folder of the generation that is out."""
        name = self.current_name()
        folder = (self.store / name if self.site.is_symlink() else self.site) if name else None
        return folder if folder is not None and folder.is_dir() else None

    def manifest(self) -> dict[str, Any]:
        """What is known of the site that is out: `fingerprint`, and `files` as {path: record} (`edition.writer`), whose first
        fields are the file's digest and its size; empty if nothing is."""
        return self._manifest_of(self.current_name() or "") if self.current() is not None else {}

    def _manifest_of(self, name: str) -> dict[str, Any]:
        try:
            manifest = json.loads((self.store / f"{name}.json").read_bytes())
            return manifest if manifest["form"] == FORM else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def is_whole(self, manifest: dict[str, Any]) -> bool:
        """Every file of the manifest is there, the very one that was written: nobody took or changed a part of the site."""
        current = self.current()
        if current is None or not manifest:
            return False
        base = str(current)
        try:
            return all(is_file(f"{base}/{path}", record) for path, record in manifest["files"].items())
        except (KeyError, TypeError, ValueError, IndexError):
            return False

    @contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Only one build at a time works here; a second one calls `waiting` and waits."""
        with locked(self.store / "lock", waiting) as self._is_held:
            yield

    def prepare(self) -> None:
        """Refuses a foreign `site`, and clears what a killed build left. Call it under the lock."""
        self._mend()
        if os.path.lexists(self.site) and self.current_name() is None:
            raise NotOurs(str(self.site))
        for entry in list(self.store.iterdir()):
            if entry.name.endswith(".new"):
                _remove(entry)
        # Of the generations before the one that is out, only the last may still be of use; see `start`.
        keep = {self.current_name(), self._spare()}
        for entry in list(self.store.iterdir()):
            if entry.stem.isdigit() and entry.stem not in keep:
                _remove(entry)

    def start(self) -> tuple[str, Path, dict[str, Any]]:
        """A name no generation has had, a folder to write it into, and the records of the files that lie there already.
        Numbers only grow, so a reader never finds another site behind an old name.

        What is out now becomes the generation before: kept for readers in the middle of it. The one that was kept until now
        becomes the new folder: nearly all of its files are those of the new site too, and need not be linked one by one.
        """
        numbers = [int(entry.stem) for entry in self.store.iterdir() if entry.stem.isdigit()]
        name = f"{max(numbers, default=0) + 1:08d}"
        folder = self.store / f"{name}.{os.getpid()}.new"  # nobody else's, even where somebody removed all this under a build
        spare = self._spare()
        files = self._manifest_of(spare).get("files", {}) if spare else {}
        if not (spare and files):
            folder.mkdir()
            return name, folder, {}
        os.rename(self.store / spare, folder)
        _remove(self.store / f"{spare}.json")
        found = swept(folder, files)
        return name, folder, {path: record for path, record in files.items() if path in found}

    def _spare(self) -> str | None:
        """The generation before the one that is out."""
        current = self.current_name()
        folders = (entry.name for entry in self.store.iterdir() if entry.name.isdigit() and entry.is_dir())
        return max((name for name in folders if name != current), default=None)

    def keep(self, folder: Path, name: str, manifest: dict[str, Any], out: dict[str, Any]) -> None:
        """The written folder holds just what is out, of which `out` is the manifest: it becomes the generation before."""
        self.note(self.current_name() or "", out)
        self.note(name, manifest)
        os.rename(folder, self.store / name)

    def note(self, name: str, manifest: dict[str, Any]) -> None:
        """Keeps what is known of a generation."""
        write_atomic(self.store / f"{name}.json", json.dumps({**manifest, "form": FORM}, ensure_ascii=False))

    def switch(self, folder: Path, name: str, manifest: dict[str, Any]) -> None:
        """Names the written folder and makes it the site that is out. Raises FileNotFoundError where somebody has removed a
        part of it meanwhile."""
        self._check_whole(folder, manifest)
        if self._lasting:
            os.sync()  # a rename orders names, not contents: a power cut must not leave the new name with empty files
        self.note(name, manifest)
        os.rename(folder, self.store / name)
        if not (self._links and self._is_linked(name)):
            self._swap_in(name)

    def _check_whole(self, folder: Path, manifest: dict[str, Any]) -> None:
        gone = next((path for path, record in manifest["files"].items() if not is_file(f"{folder}/{path}", record)), None)
        if gone is not None or not self._is_held():
            raise FileNotFoundError(
                errno.ENOENT, os.strerror(errno.ENOENT), str(self.store / "lock" if gone is None else folder / gone)
            )

    def _is_linked(self, name: str) -> bool:
        """Points the link to a generation, where there is a link or can be one."""
        if self.site.is_dir() and not self.site.is_symlink():
            return False
        fresh = self.store / "link.new"
        _remove(fresh)
        try:
            # Relative, so that the whole out folder can be moved or served from elsewhere.
            os.symlink(os.path.join(".site", name), fresh, target_is_directory=True)
        except OSError as error:
            if error.errno not in _NO_LINKS or self.site.is_symlink():
                raise
            return False
        try:
            os.replace(fresh, self.site)
        except OSError:
            _remove(fresh)
            raise
        return True

    def _swap_in(self, name: str) -> None:
        """`pending` tells the next run which of the two renames was reached."""
        write_atomic(self.store / "pending", name)
        old = self.current_name()
        if self.site.is_symlink():  # to a generation, which stays where it is
            self.site.unlink()
        elif old is not None:
            os.rename(self.site, self.store / old)
        try:
            os.rename(self.store / name, self.site)
        except OSError:
            if old is not None:
                os.rename(self.store / old, self.site)
            raise
        write_atomic(self.store / "out", name)
        _remove(self.store / "pending")

    def _mend(self) -> None:
        pending = _read(self.store / "pending")
        if pending is None:
            return
        if (self.store / pending).is_dir() and not self.site.exists():
            os.rename(self.store / pending, self.site)
        if not (self.store / pending).exists() and self.site.is_dir():
            write_atomic(self.store / "out", pending)
        _remove(self.store / "pending")


def is_file(path: str, record: list[Any]) -> bool:
    """Whether a file is the very one that was written: whatever changes it changes its number, its size or its moment."""
    try:
        facts = os.lstat(path)
    except OSError:
        return False
    return [facts.st_size, facts.st_ino, facts.st_mtime_ns] == record[SIZE : MOMENT + 1]


def swept(folder: Path, files: Mapping[str, Any]) -> set[str]:
    """The files of a generation that are there; all else below its folder is removed."""
    found: set[str] = set()
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif path in files and entry.is_file(follow_symlinks=False):
                    found.add(path)
                else:
                    os.unlink(entry.path)
    return found


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        cleared(path)
    else:
        with suppress(FileNotFoundError):
            path.unlink()
