"""The folder of a kiosk, on a hall's machine or in `out/kiosk`: what is shown, what is kept, and the one step between them.

The rule: what visitors see is changed by replacing `current.js` and by nothing else. A release's folder, once named, is never
written again; whatever is killed when, the pointer leads to a whole release. What this program did not make is never removed.
Windows is the measure: no links, no renaming over a folder.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from haitang.core.atomic_files import replace, sync_folder, write
from haitang.core.file_lock import locked
from haitang.kiosk.release.manifest import (
    LARGEST_MANIFEST,
    LARGEST_SMALL,
    MANIFEST,
    POINTER,
    RELEASE_ID,
    SIGNATURE,
    SPARE,
    Manifest,
    Pointer,
    Refused,
    Seal,
    check_id,
    checked,
    is_release_file,
    read_manifest,
    read_pointer,
)

KEPT = 3
KEY = "kiosk.pub"
_WITHDRAWN = ".withdrawn"
_LEFTOVER = re.compile(rf"{RELEASE_ID.pattern}(?:\.[0-9]+)?\.(?:tmp|old)")
_PLACES = ("", "parts/", "root/")
_PIECE = 1 << 18


@dataclass(frozen=True)
class Source:
    """Where a release comes from: a zip, the build, another machine. `pieces` hands out a file of the release's folder."""

    manifest: Manifest
    signature: bytes | None
    pieces: Callable[[str], Iterable[bytes]]


class HallFolder:
    """Everything that changes it is called under `held`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.releases = path / "releases"
        self._new = path / ".new"

    @contextmanager
    def held(self, waiting: Callable[[], None]) -> Iterator[None]:
        """One installation at a time; what a killed one left is cleared away first."""
        with locked(self.path / ".lock", waiting):
            self._sweep()
            try:
                yield
            except BaseException:
                with suppress(OSError):  # else the next one does
                    self._sweep()
                raise

    def pointer(self) -> Pointer | None:
        """What is shown; None where nothing is, or nothing that says so. Raises OSError where nobody can know."""
        try:
            return read_pointer(read_small(self.path / POINTER))
        except (FileNotFoundError, NotADirectoryError, Refused):
            return None

    def release(self, release: str) -> Path:
        return self.releases / release

    def manifest(self, release: str) -> Manifest | None:
        """What a kept release says of itself; None where it is no release of ours."""
        folder = self.release(release)
        try:
            manifest = read_manifest(read_small(folder / MANIFEST, LARGEST_MANIFEST))
        except (OSError, Refused):
            return None
        return manifest if manifest.id == release and not folder.is_symlink() else None

    def shown(self) -> Manifest | None:
        """What the release says of itself that the pointer leads to."""
        pointer = self.pointer()
        return self.manifest(pointer.id) if pointer else None

    def signature(self, release: str) -> bytes | None:
        try:
            return read_small(self.release(release) / SIGNATURE)
        except (OSError, Refused):
            return None

    def whole(self, release: str) -> Manifest | None:
        """The manifest of a kept release, every byte of which is as it was."""
        manifest = self.manifest(release)
        return manifest if manifest is not None and self._spoilt(manifest) is None else None

    def ids(self) -> list[str]:
        """The kept releases of ours, the one that is shown first, then as the pointer says, then the newest."""
        pointer = self.pointer()
        listed = pointer.ids if pointer else ()
        there = sorted((path.name for path in self._entries() if RELEASE_ID.fullmatch(path.name)), reverse=True)
        return [each for each in dict.fromkeys((*listed, *there)) if self.manifest(each) is not None]

    def spoilt_file(self, manifest: Manifest) -> str | None:
        """The first file of an installed release that is not as it was, below this folder. A root file may also be one of
        another whole release: root files come before the pointer."""
        if spoilt := self._spoilt(manifest):
            return f"releases/{manifest.id}/{spoilt}"
        for name, sealed in manifest.root.items():
            if not is_whole(self.path / name, sealed):
                wholes = (whole for each in self.ids() if (whole := self.whole(each)) is not None and name in whole.root)
                if not any(is_whole(self.path / name, whole.root[name]) for whole in wholes):
                    return name
        return None

    def has_roots(self, manifest: Manifest) -> bool:
        return all(is_whole(self.path / name, sealed) for name, sealed in manifest.root.items())

    def check_ours(self, manifest: Manifest) -> None:
        """The folder is a kiosk's of this hall, or nobody's: somebody's own with an index.html of its own is left alone."""
        shown = self.shown()
        if self.pointer() is None and not self.ids():
            for name in (POINTER, *manifest.root):
                if os.path.lexists(self.path / name):
                    raise Refused("not-ours", file=name, folder=str(self.path))
        if shown is not None and shown.hall != manifest.hall:
            raise Refused("other-hall", brought=manifest.hall, shown=shown.hall)

    def shelve(self, source: Source) -> None:
        """Puts a release beside the others: written under another name, then named."""
        manifest = source.manifest
        if self.release(manifest.id).exists():
            self._mend(source)
            return
        staged, named = self.releases / f"{manifest.id}.tmp", self.release(manifest.id)
        folders = {(staged / path).parent for path in manifest.folder} | {staged}
        for folder in sorted(folders):
            folder.mkdir(parents=True)
        write(staged / MANIFEST, (manifest.raw,))
        if source.signature is not None:
            write(staged / SIGNATURE, (source.signature,))
        for path, sealed in manifest.folder.items():
            write(staged / path, checked(source.pieces(path), sealed, path))
        for folder in folders:
            sync_folder(folder)
        staged.rename(named)
        sync_folder(self.releases)
        sync_folder(self.path)

    def _mend(self, source: Source) -> None:
        """Gives a spoilt release its files again, one by one in its place: it is shown, perhaps, and must not be away."""
        folder = f"releases/{source.manifest.id}"
        for path, sealed in source.manifest.folder.items():
            if not is_whole(self.path / folder / path, sealed):
                (self.path / folder / path).parent.mkdir(exist_ok=True)
                self.place(f"{folder}/{path}", checked(source.pieces(path), sealed, path))
        self.place(f"{folder}/{MANIFEST}", (source.manifest.raw,))
        if source.signature is not None:
            self.place(f"{folder}/{SIGNATURE}", (source.signature,))

    def place_roots(self, manifest: Manifest) -> None:
        """Gives the files beside the pointer the bytes of a kept release; those that have them are not touched."""
        for name, sealed in sorted(manifest.root.items()):
            if not is_whole(self.path / name, sealed):
                kept = self.release(manifest.id) / manifest.kept_root(name)
                self.place(name, checked(pieces_of(kept), sealed, name))

    def place(self, path: str, pieces: Iterable[bytes]) -> None:
        """A file below this folder, whole or not at all."""
        fresh = self._new / Path(path).name
        self._new.mkdir(exist_ok=True)
        write(fresh, pieces)
        replace(fresh, self.path / path)
        with suppress(OSError):  # something of somebody else's in it
            self._new.rmdir()

    def point_to(self, release: str, previous: Iterable[str]) -> None:
        """THE step, the last one. The spare is written before it: it is asked only where the pointer cannot be read."""
        text = Pointer(release, tuple(previous)[: KEPT - 1]).text()
        self.place(SPARE, (text,))
        self.place(POINTER, (text,))

    def prune(self) -> None:
        """Releases the pointer does not know go: also those a killed installation had no time for."""
        pointer = self.pointer()
        for name in set(self.ids()) - set(pointer.ids) if pointer else ():
            with suppress(OSError):  # still open on Windows: the next installation tries again
                self._retire(self.release(name))

    def withdrawn(self) -> set[str]:
        """Releases the hall went back from; nothing brings them again by itself."""
        try:
            return set(RELEASE_ID.findall(read_small(self.path / _WITHDRAWN).decode("ascii", "replace")))
        except (OSError, Refused):
            return set()

    def set_withdrawn(self, ids: set[str]) -> None:
        if ids != self.withdrawn():
            self.place(_WITHDRAWN, ("".join(f"{release}\n" for release in sorted(ids)[-20:]).encode(),))

    def _spoilt(self, manifest: Manifest) -> str | None:
        folder = self.release(manifest.id)
        for path, sealed in manifest.folder.items():
            if not is_whole(folder / path, sealed):
                return path
        try:
            check_id(manifest, (folder / "manifest.js").read_bytes())
        except Refused:
            return "manifest.js"
        return None

    def _retire(self, folder: Path) -> None:
        """First the name goes, then the files: a release that has its name is whole."""
        if not folder.is_dir() or folder.is_symlink():
            return
        names = (f"{folder.name}{middle}.old" for middle in ("", *(f".{number}" for number in range(1, 100))))
        old = next(path for name in names if not (path := self.releases / name).exists())
        folder.rename(old)
        _clear(old)

    def _sweep(self) -> None:
        for path in self._entries():
            if _LEFTOVER.fullmatch(path.name):
                _clear(path)
        for path in list(self._new.iterdir()) if self._new.is_dir() else ():
            if path.name in (POINTER, SPARE.rpartition("/")[2], KEY, _WITHDRAWN) or any(
                is_release_file(f"{at}{path.name}") for at in _PLACES
            ):
                path.unlink()
        with suppress(OSError):
            self._new.rmdir()

    def _entries(self) -> list[Path]:
        return list(self.releases.iterdir()) if self.releases.is_dir() else []


def read_small(path: Path, largest: int = LARGEST_SMALL) -> bytes:
    """A file of bounded size."""
    with path.open("rb") as stream:
        data = stream.read(largest + 1)
    if len(data) > largest:
        raise Refused("too-large")
    return data


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def is_whole(path: Path, sealed: Seal) -> bool:
    """Whether a file is the one that was meant, and can be read."""
    try:
        return is_meant(path, sealed)
    except OSError:
        return False


def is_meant(path: Path, sealed: Seal) -> bool:
    """Whether a file is the one that was meant. Raises OSError."""
    try:
        if path.stat().st_size != sealed.size:
            return False
        for _ in checked(pieces_of(path), sealed, path.name):
            pass
    except Refused:
        return False
    return True


def _clear(folder: Path) -> None:
    """Removes what a release's folder holds of ours, and the folder if that was all."""
    if folder.is_symlink():
        return
    for path in sorted(folder.rglob("*"), reverse=True):  # what is in a folder before the folder
        if path.is_dir() and not path.is_symlink():
            with suppress(OSError):
                path.rmdir()
        elif is_release_file(path.relative_to(folder).as_posix()):
            path.unlink()
    with suppress(OSError):
        folder.rmdir()
