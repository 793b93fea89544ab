"""Whether anything a build depends on has changed since the site that is out was built.

The rule: contents are compared, never times, and only the standard library is used: a build without a change must not pay for
importing what it will not use. What the system says of a file (when it was touched) only ever casts doubt: what was made
meanwhile may have been made of something else, and is not taken for what was digested.
"""

import os
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b, file_digest, sha256
from pathlib import Path

from haitang.core.leftovers import without_leftovers

# What the published bytes depend on, relative to the project. A lock file stands for every installed package.
PROJECT_PARTS = (
    "mkdocs.yml",
    "templates",
    "haitang",
    "requirements/site.txt",
    "requirements/zensical.txt",
    "frontend/admin/package-lock.json",
)
DATA_PARTS = ("directory.yml", "positions", "brands", "concepts", "routes", "photos", "map")
LARGE = "photos"  # gigabytes, where there are many: read on all processors


def fingerprint(
    project: Path, root: Path, site_src: Path, bundle: Path, options: Iterable[str], seen: dict[str, bytes] | None = None
) -> "Digested":
    """A digest of every input: names and contents of all files, and the options that change the output. `seen` takes the
    digests of the pictures by their names, so that nobody has to read them twice."""
    parts = [(f"project/{part}", project / part) for part in PROJECT_PARTS]
    parts += [(f"data/{part}", root / part) for part in DATA_PARTS]
    parts += [("site_src", site_src), ("bundle", bundle)]
    return digest(parts, options, seen)


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


Facts = dict[str, tuple[int, ...]]  # of a file or folder, what the system says of it: these change whenever it is touched


@dataclass(frozen=True)
class Digested:
    """Files and folders as they were when `key` was made of them."""

    key: str
    parts: tuple[tuple[str, Path], ...]
    facts: Facts

    def untouched(self) -> bool:
        """Whether nobody has written there since: not even what is now as it was."""
        return self.facts == {file: facts for _, path in self.parts for file, facts in _facts_below(str(path))}


def digest_of(parts: Iterable[tuple[str, Path]], options: Iterable[str] = (), seen: dict[str, bytes] | None = None) -> str:
    """One digest of options and of named files or folders: names below each part, and contents."""
    return digest(parts, options, seen).key


def digest(parts: Iterable[tuple[str, Path]], options: Iterable[str] = (), seen: dict[str, bytes] | None = None) -> Digested:
    """`digest_of`, and how to tell afterwards whether it still holds."""
    parts, facts = tuple(parts), Facts()
    whole = blake2b(digest_size=20)
    for option in options:
        whole.update(f"option {option}\n".encode())
    for name, path in parts:
        facts.update(_facts_below(str(path)))  # before anything is read
        if path.is_symlink():
            whole.update(f"link {name}\n".encode())  # which a build may refuse, whatever it leads to
        files = list(_files(str(path)))
        contents = _large_digests(files) if path.name == LARGE and len(files) > 1 else map(_digest, files)
        for file, content in zip(files, contents, strict=True):
            whole.update(f"{name} {os.path.relpath(file, path)}\n".encode(errors="surrogateescape"))
            whole.update(content)
            if seen is not None and path.name == LARGE:
                seen[os.path.relpath(file, path)] = content
            elif seen is not None:
                seen[name.removeprefix("data/") + file.removeprefix(str(path)).replace(os.sep, "/")] = content
    return Digested(whole.hexdigest(), parts, facts)


def _large_digests(files: list[str]) -> list[bytes]:
    """Of many large files; hashing lets other threads work."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_digest, files))


def _files(path: str) -> Iterator[str]:
    if os.path.isfile(path):
        yield path
    for folder, names in _folders(path):
        yield from (os.path.join(folder, name) for name in names)


def _folders(path: str) -> Iterator[tuple[str, list[str]]]:
    """A folder and all below it, each with the names of its files that count, in order."""
    if os.path.isdir(path):
        for folder, folders, names in os.walk(path):
            folders[:] = without_leftovers(folders)
            yield folder, without_leftovers(names)


def _facts_below(path: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Of a part: its files, and its folders, which show what came and went. Not folders of programs, into which Python writes
    what it has compiled."""
    if os.path.isfile(path):
        yield path, _facts(path)
    for folder, names in _folders(path):
        yield from ((file, _facts(file)) for name in names if (file := os.path.join(folder, name)))
        if not any(name.endswith(".py") for name in names):
            yield folder, _facts(folder)


def _facts(path: str) -> tuple[int, ...]:
    try:
        found = os.lstat(path)
    except OSError:
        return ()
    return found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns


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
