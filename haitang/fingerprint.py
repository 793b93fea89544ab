"""Whether anything a build depends on has changed since the site that is out was built.

The rule: contents are compared, never times, and only the standard library is used: a build without a change must not pay for
importing what it will not use.
"""

import os
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

# What the published bytes depend on, relative to the project. The lock file stands for every installed package.
PROJECT_PARTS = ("mkdocs.yml", "templates", "haitang", "requirements/site.txt", "requirements/zensical.txt")
DATA_PARTS = ("directory.yml", "positions", "brands", "concepts", "routes", "photos", "map")
_IGNORED = ("__pycache__", ".")


def fingerprint(project: Path, root: Path, site_src: Path, bundle: Path, options: Iterable[str]) -> str:
    """A digest of every input: names and contents of all files, and the options that change the output."""
    parts = [(f"project/{part}", project / part) for part in PROJECT_PARTS]
    parts += [(f"data/{part}", root / part) for part in DATA_PARTS]
    parts += [("site_src", site_src), ("bundle", bundle)]
    return digest_of(parts, options)


def digest_of(parts: Iterable[tuple[str, Path]], options: Iterable[str] = ()) -> str:
    """One digest of options and of named files or folders: names below each part, and contents."""
    digest = blake2b(digest_size=20)
    for option in options:
        digest.update(f"option {option}\n".encode())
    for name, path in parts:
        for file in _files(str(path)):
            digest.update(f"{name} {os.path.relpath(file, path)}\n".encode(errors="surrogateescape"))
            digest.update(_content_digest(file))
    return digest.hexdigest()


def _files(path: str) -> Iterator[str]:
    if os.path.isfile(path):
        yield path
    elif os.path.isdir(path):
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith(_IGNORED))
            for name in sorted(names):
                if not name.startswith(_IGNORED):
                    yield os.path.join(folder, name)


def _content_digest(file: str) -> bytes:
    """Of a file's bytes; what is no regular file or cannot be read counts as changed each time it changes its kind."""
    try:
        if os.path.islink(file) or not os.path.isfile(file):
            return b"not a regular file"
        with open(file, "rb", buffering=0) as stream:
            return blake2b(stream.read(), digest_size=20).digest()
    except OSError:
        return b"unreadable"
