"""Whether anything a build depends on has changed since the site that is out was built.

The rule: what is compared are contents. A file is taken to hold what it held, without being read, only while all that the
system says of it is the same (size, both times to the nanosecond, inode, mode: as git's index does), and was so two seconds
after it was last touched, since a clock may stand still between two edits; on Windows, which says less, each is read. What was
written meanwhile is told by the same facts, and is not taken for what was digested. Only the standard library is used: a
build without a change must not pay for importing what it will not use.
"""

import gc
import marshal
import os
import stat
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b, file_digest, sha256
from pathlib import Path
from struct import Struct
from typing import Any

from haitang.core.leftovers import is_leftover

# What the published bytes depend on, relative to the project. A lock file stands for every installed package.
PROJECT_PARTS = (
    "mkdocs.yml",
    "templates",
    "haitang",
    "requirements/site.txt",
    "requirements/zensical.txt",
    "frontend/admin/package-lock.json",
)
DATA_PARTS = ("directory.yml", "positions", "brands", "concepts", "routes", "photos", "map", "words", "halls")
DATA = "data/"  # before the names of the data's parts
LARGE = "photos"  # gigabytes, where there are many: read on all processors
DIGESTS = Path(".cache", "digests")  # below the project
_IS_TOLD = os.name != "nt"
SETTLED_NS = 2_000_000_000  # a file changed a moment ago may be changed again and keep its time
_MOST_NOTES = 8  # data roots; a megabyte each, where there are thousands of entries


def fingerprint(
    project: Path,
    root: Path,
    site_src: Path,
    bundle: Path,
    options: Iterable[str],
    index: "FileIndex | None" = None,
) -> "Digested":
    """A digest of every input: names and contents of all files, and the options that change the output."""
    parts = [(f"project/{part}", project / part) for part in PROJECT_PARTS]
    parts += [(f"{DATA}{part}", root / part) for part in DATA_PARTS]
    parts += [("site_src", site_src), ("bundle", bundle)]
    return digest(parts, options, index)


def data_digest(root: Path, index: "FileIndex | None" = None) -> "Digested":
    """A digest of the data alone."""
    return digest([(f"{DATA}{part}", root / part) for part in DATA_PARTS], (), index)


def content_digest(content: bytes) -> bytes:
    """Of a file's bytes. SHA-256 because processors have it built in: gigabytes of pictures are read at each build."""
    return sha256(content).digest()


def published_digest(content: bytes) -> str:
    """Of a file of the site, as its manifest names it."""
    return blake2b(content, digest_size=16).hexdigest()


def integrity(content: bytes) -> str:
    """SHA-256 of a file of the site in base64, as browsers take it behind `sha256-`."""
    return b64encode(content_digest(content)).decode()


def version_of(digest: str) -> str:
    """The part of an `integrity` that stands behind `?v=` in addresses: 96 bits, in letters that are safe there."""
    return digest[:16].replace("+", "-").replace("/", "_")


# Of a file or folder, what the system says of it, which changes whenever it is touched: inode, mode, size, when it was written
# and when anything of it was changed; in bytes, since there are thousands. Empty where there is nothing.
Facts = dict[str, bytes]
_FACTS = Struct("<QIQqq")
_INODE = (1 << 64) - 1  # as much of it as all systems have


@dataclass(frozen=True)
class Digested:
    """Files and folders as they were when `key` was made of them. `contents`: the digest of each file, by the name of its part
    and its path in that: `data/positions/<town>/<id>.yml`; `fresh`: those that had just been written, by their paths. `stands`
    tells whether what else went into the key is as it was."""

    key: str
    parts: tuple[tuple[str, Path], ...]
    facts: Facts
    contents: Mapping[str, bytes] = field(default_factory=dict)
    fresh: Mapping[str, bytes] = field(default_factory=dict, compare=False)
    stands: Callable[[], bool] = field(default=lambda: True, compare=False)

    def untouched(self) -> bool:
        """Whether nobody has written there since: not even what is now as it was. What was written just before may have been
        written again with the same time."""
        facts = Facts()
        for _, path in self.parts:
            files, folders = _below(str(path))
            facts |= files | folders
        return self.facts == facts and all(_digest(file) == was for file, was in self.fresh.items()) and self.stands()

    def below(self, prefix: str) -> dict[str, bytes]:
        """The digests of the files whose names begin so, by the rest of those: `data/` tells entries by their files."""
        return {name[len(prefix) :]: digest for name, digest in self.contents.items() if name.startswith(prefix)}


def digest_of(parts: Iterable[tuple[str, Path]], options: Iterable[str] = (), index: "FileIndex | None" = None) -> str:
    """One digest of options and of named files or folders: names below each part, and contents."""
    return digest(parts, options, index).key


def digest(parts: Iterable[tuple[str, Path]], options: Iterable[str] = (), index: "FileIndex | None" = None) -> Digested:
    """`digest_of`, and how to tell afterwards whether it still holds."""
    parts, facts, contents, fresh = tuple(parts), Facts(), dict[str, bytes](), dict[str, bytes]()
    settled = time.time_ns() - SETTLED_NS
    whole = blake2b(digest_size=20)
    for option in options:
        whole.update(f"option {option}\n".encode())
    for name, path in parts:
        files, folders = _below(str(path))  # before anything is read
        facts |= files | folders
        if path.is_symlink():
            whole.update(f"link {name}\n".encode())  # which a build may refuse, whatever it leads to
        inside, found = len(str(path)) + 1, digests(files, index, large=path.name == LARGE)
        for file, content in found.items():
            own = f"{name}/{file[inside:].replace(os.sep, '/')}" if len(file) >= inside else name
            contents[own] = content
            if not _is_settled(files[file], settled):
                fresh[file] = content
            whole.update(f"{own}\n".encode(errors="surrogateescape") + content)
    return Digested(whole.hexdigest(), parts, facts, contents, fresh)


def digests(files: Facts, index: "FileIndex | None" = None, *, large: bool = False) -> dict[str, bytes]:
    """The digests of files of which the system says this; those are read that the index does not know."""
    found = {file: index.known(file, facts) if index else None for file, facts in files.items()}
    unknown = [file for file, content in found.items() if content is None]
    if large and len(unknown) > 1:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(os.cpu_count()) as pool:  # hashing lets other threads work
            read = list(pool.map(_digest, unknown))
    else:
        read = [_digest(file) for file in unknown]
    for file, content in zip(unknown, read, strict=True):
        found[file] = content
        if index:
            index.learn(file, files[file], content)
    return {file: content or b"" for file, content in found.items()}


class FileIndex:
    """What the files of a data root and of the program were found to hold, by what the system said of them: kept in `folder`
    from run to run, so that what nobody has touched need not be read again."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._note = folder / blake2b(os.fsencode(root), digest_size=16).hexdigest()
        self._whose = f"digests of {os.fsdecode(root)}"
        self._settled = time.time_ns() - SETTLED_NS
        found = unsealed(self._whose, self._note) if _IS_TOLD else None
        self._files: dict[str, tuple[bytes, bytes]] = found if isinstance(found, dict) else {}
        self._learnt: dict[str, tuple[bytes, bytes]] = {}

    def known(self, file: str, facts: bytes) -> bytes | None:
        """The digest of a file that is as it was; None where it must be read."""
        was = self._learnt.get(file) or self._files.get(file)
        return was[1] if was and facts and was[0] == facts else None

    def learn(self, file: str, facts: bytes, content: bytes) -> None:
        if _IS_TOLD and _is_settled(facts, self._settled):
            self._learnt[file] = facts, content

    def of(self, file: str) -> bytes:
        """The digest of one file."""
        facts = facts_of(file)
        return self.known(file, facts) or digests({file: facts}, self)[file]

    def keep(self) -> None:
        """Notes what was read, for the next time. That it cannot be written down is no harm."""
        if not self._learnt:
            return
        kept = {file: was for file, was in self._files.items() if os.path.lexists(file)}
        self._files, self._learnt = kept | self._learnt, {}
        with suppress(OSError):
            keep_note(self._note, self._whose, self._files, _MOST_NOTES)


_FORM = f"{sys.implementation.cache_tag} {marshal.version}"  # how plain values are written down


def plain_bytes(values: Any) -> bytes:
    """The same bytes for the same plain values (None, numbers, texts, bytes, lists, tuples, dictionaries), whoever else holds
    them, to be digested. Raises ValueError for anything else: it could hide something."""
    return marshal.dumps(values, _NO_REFERENCES)


_NO_REFERENCES = 2  # the form of marshal; later ones write what is in use elsewhere in another way


def sealed(whose: str, values: Any) -> bytes:
    """Plain values as a note that tells whose it is and whether it is whole."""
    return _seal(whose, content := marshal.dumps(values)) + content


def unsealed(whose: str, note: Path) -> Any:
    """The values of a note that is whole and of the one who asks; else None."""
    collecting = gc.isenabled()
    with suppress(OSError, ValueError, EOFError, TypeError):
        found = note.read_bytes()
        content = memoryview(found)[_SEAL:]
        if found[:_SEAL] == _seal(whose, content):
            gc.disable()  # none of the thousands of values that are made can be thrown away: looking doubles the time
            try:
                return marshal.loads(content)
            finally:
                if collecting:
                    gc.enable()
    return None


_SEAL = 32


def _seal(whose: str, content: bytes | memoryview) -> bytes:
    return sha256(f"{_FORM} {whose} ".encode(errors="surrogateescape") + sha256(content).digest()).digest()


def keep_note(note: Path, whose: str, values: Any, most: int) -> None:
    """Writes a note; of those of others in its folder the latest stay. Raises OSError."""
    from haitang.core.atomic_files import replacing, sweep

    content = marshal.dumps(values)
    sweep(note.parent)
    with replacing(note) as stream:  # not put together first: it may be as large as all that it tells of
        stream.write(_seal(whose, content))
        stream.write(content)
    found = [(each.stat().st_mtime_ns, each) for each in note.parent.iterdir() if each.is_file() and not each.suffix]
    for _, old in sorted(found)[:-most]:
        for path in (old, *note.parent.glob(f"{old.name}.*")):  # with what belongs to it
            path.unlink()


def _below(path: str) -> tuple[Facts, Facts]:
    """Of a part: its files, and its folders, which show what came and went. Not folders of programs, into which Python writes
    what it has compiled."""
    files, folders = Facts(), Facts()
    if os.path.isfile(path):
        files[path] = facts_of(path)
    elif os.path.isdir(path):
        _look(path, facts_of(path), files, folders)
    return files, folders


def _look(folder: str, own: bytes, files: Facts, folders: Facts) -> None:
    try:
        with os.scandir(folder) as listed:
            entries = sorted((entry for entry in listed if not is_leftover(entry.name)), key=lambda entry: entry.name)
    except OSError:
        entries = []
    for entry in entries:
        try:
            found = entry.stat(follow_symlinks=False)
            facts, is_folder = _told(found), stat.S_ISDIR(found.st_mode)
        except OSError:
            facts, is_folder = b"", False
        if is_folder:
            _look(entry.path, facts, files, folders)
        else:
            files[entry.path] = facts
    if not any(entry.name.endswith(".py") for entry in entries):
        folders[folder] = own


def _is_settled(facts: bytes, moment: int) -> bool:
    """Whether a file was last touched before a moment, in nanoseconds."""
    return bool(facts) and max(_FACTS.unpack(facts)[3:]) < moment


def _told(found: os.stat_result) -> bytes:
    return _FACTS.pack(found.st_ino & _INODE, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def facts_of(path: str) -> bytes:
    """What the system says of a file; nothing where there is none."""
    try:
        return _told(os.lstat(path))
    except OSError:
        return b""


def _digest(file: str) -> bytes:
    """Of a file's bytes; what is no regular file or cannot be read counts as changed each time it changes its kind."""
    try:
        if os.path.islink(file) or not os.path.isfile(file):
            return b"not a regular file"
        with open(file, "rb", buffering=0) as stream:
            if os.fstat(stream.fileno()).st_size > 1 << 18:
                return file_digest(stream, "sha256").digest()  # piece by piece, each while it is still in the processor
            return content_digest(stream.read())
    except OSError:
        return b"unreadable"
