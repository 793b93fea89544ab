"""A release as one zip file: written the same every time, read as hostile.

The rule: everything is known to be sound before anything is handed out. What the zip says of itself (sizes, names, how many) is
only ever used to refuse it; what is read is bounded by the manifest, byte by byte.
"""

import errno
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from haitang.core.atomic_files import replacing
from haitang.kiosk.release.manifest import (
    LARGEST_MANIFEST,
    LARGEST_RELEASE,
    LARGEST_SMALL,
    MANIFEST,
    MOST_FILES,
    POINTER,
    SIGNATURE,
    SPARE,
    Refused,
    Seal,
    check_id,
    checked,
    first_twin,
    is_safe,
    read_manifest,
    read_pointer,
)

_PIECE = 1 << 16
_LARGEST_INDEX = 8 << 20  # the list of names at a zip's end; zipfile reads it whole
_END = struct.Struct("<4s4H2LH")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_SMALL, _DENSEST = 1 << 20, 200  # pages of text shrink to a tenth, never to a two-hundredth
_DAY = (1980, 1, 1, 0, 0, 0)

# What a broken zip makes zipfile and zlib raise.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, RuntimeError)
Accept = Callable[[bytes, bytes | None], None]


class Parcel:
    """A zip that has been looked through: its release may be taken out of it."""

    def __init__(self, zipped: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], accept: Accept) -> None:
        self._zip, self._entries = zipped, entries
        pointer_text = self._small(POINTER, LARGEST_SMALL, "no-manifest")
        pointer = read_pointer(pointer_text)
        self._base = f"releases/{pointer.id}/"
        raw = self._small(self._base + MANIFEST, LARGEST_MANIFEST, "no-manifest")
        has_signature = self._base + SIGNATURE in entries
        self.signature = self._small(self._base + SIGNATURE, LARGEST_SMALL, "wrong-signature") if has_signature else None
        accept(raw, self.signature)
        self.manifest = read_manifest(raw)
        if self.manifest.id != pointer.id:
            raise Refused("wrong-id")
        expected = {**self.manifest.root, **{self._base + path: sealed for path, sealed in self.manifest.folder.items()}}
        self._check_names(expected)
        for name, sealed in expected.items():
            for _ in checked(self._read(name), sealed, name):
                pass
        check_id(self.manifest, b"".join(self.pieces("manifest.js")))
        if SPARE in entries and self._small(SPARE, LARGEST_SMALL, "no-manifest") != pointer_text:
            raise Refused("damaged", file=SPARE)

    def pieces(self, path: str) -> Iterator[bytes]:
        """A file of the release's folder."""
        return self._read(self._base + path)

    def files(self) -> dict[str, bytes]:
        """Every file by its name in the zip."""
        return {name: b"".join(self._read(name)) for name in self._entries}

    def _check_names(self, expected: Mapping[str, Seal]) -> None:
        there = set(self._entries)
        for name in sorted(set(expected) - there):
            raise Refused("missing", file=name)
        for name in sorted(there - set(expected) - {POINTER, SPARE, self._base + MANIFEST, self._base + SIGNATURE}):
            raise Refused("extra", file=name)
        for name, sealed in expected.items():
            if self._entries[name].file_size != sealed.size:
                raise Refused("wrong-size", file=name)

    def _small(self, name: str, largest: int, missing: str) -> bytes:
        if name not in self._entries:
            raise Refused(missing, file=name)
        if self._entries[name].file_size > largest:
            raise Refused("too-large")
        return b"".join(self._read(name))

    def _read(self, name: str) -> Iterator[bytes]:
        """zipfile hands out no more than the size in its index, in pieces of bounded size; the index was checked."""
        try:
            with self._zip.open(self._entries[name]) as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except _BROKEN:
            raise Refused("damaged", file=name) from None
        except OSError as error:
            raise _unreadable(name, error) from None


@contextmanager
def opened(path: Path, accept: Accept) -> Iterator[Parcel]:
    """Opens a zip and looks through all of it. `accept` gets manifest.json and its signature before anything of them is
    believed, and may refuse. Raises Refused."""
    with ExitStack() as closing:
        try:
            stream = closing.enter_context(path.open("rb"))
            _check_end(stream)
            zipped = zipfile.ZipFile(stream)
        except _BROKEN as broken:
            if isinstance(broken.__context__, OSError):  # what zipfile makes of it
                raise _unreadable(path.name, broken.__context__) from None
            raise Refused("not-a-zip", file=path.name) from None
        except OSError as error:
            raise _unreadable(path.name, error) from None
        yield Parcel(zipped, {entry.orig_filename: entry for entry in _entries(zipped)}, accept)


def _unreadable(name: str, error: OSError) -> Refused:
    return Refused("unreadable", file=name, reason=errno.errorcode.get(error.errno or 0, str(error)))


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """The same files give the same bytes: no times, no owners, sorted. What was at `path` stays whole until this is."""
    with replacing(path, durable=True) as stream, zipfile.ZipFile(stream, "w") as zipped:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, files[name], compresslevel=9)


def _check_end(stream: IO[bytes]) -> None:
    """The index at the end is of bounded size. zipfile would read millions of names before anyone could count them; a release
    needs neither a comment nor the 64-bit extension, whose locator would stand in the 20 bytes before."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _END.size - 20))
    tail = stream.read()
    mark, disk, index_disk, here, count, index, start, comment = _END.unpack(tail[-_END.size :])
    if mark != b"PK\5\6" or disk or index_disk or here != count or comment or b"PK\6\7" in tail[: -_END.size]:
        raise zipfile.BadZipFile
    if count > MOST_FILES + 100 or index > _LARGEST_INDEX or size > LARGEST_RELEASE:
        raise Refused("too-many" if count > MOST_FILES else "too-large")
    if index + start + _END.size != size:
        raise zipfile.BadZipFile
    stream.seek(0)


def _entries(zipped: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of a zip, none of which could do harm by its name or kind. Names are taken as they stand in the zip:
    zipfile's own mend what should be refused."""
    entries = zipped.infolist()
    for entry in entries:
        _check_kind(entry)
    if twin := first_twin(entry.orig_filename for entry in entries):
        raise Refused("twins", file=twin)
    if sum(entry.file_size for entry in entries) > LARGEST_RELEASE:
        raise Refused("too-large")
    return entries


def _check_kind(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if not is_safe(name):
        raise Refused("unsafe-path", file=name)
    if entry.flag_bits & _ENCRYPTED:
        raise Refused("encrypted", file=name)
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        raise Refused("not-a-file", file=name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("damaged", file=name)
    if entry.file_size > _SMALL and entry.file_size > _DENSEST * entry.compress_size:
        raise Refused("too-large")
