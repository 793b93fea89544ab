"""The browser's scripts: frontend/src bundled by esbuild, made anew only when a source or the lock file changed.

The rule: a bundle's folder is named by the digest of what it was made from, appears whole or not at all, and is believed only
as long as it holds what was made.
"""

import os
import shutil
import subprocess
from pathlib import Path

from haitang.core import toolchain
from haitang.core.atomic_files import cleared, write_atomic
from haitang.core.digests import Digested, FileIndex, digest, digest_of

_SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "build.mjs", "src")
_TRIES = 3


class BundleProblem(Exception):
    """The front end could not be bundled; holds what the bundler said."""


def bundle(project: Path, index: FileIndex | None = None) -> Path:
    """The folder with the finished scripts and styles."""
    parts = [(name, project / "frontend" / name) for name in _SOURCES] + [("bundling.py", Path(__file__))]
    for _ in range(_TRIES):
        read = digest(parts, index=index)
        folder = project / ".cache" / "frontend" / read.key[:24]
        if _is_whole(folder, index) or _make(project, folder, read):
            return folder
    raise BundleProblem("frontend/")  # somebody writes there all the time


def _make(project: Path, folder: Path, read: Digested) -> bool:
    """Whether the sources stayed meanwhile what they were when they were digested; else nothing is kept."""
    node, _ = toolchain.node(str(project))
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}")
    fresh.mkdir(parents=True)
    try:
        done = subprocess.run(
            [node, "build.mjs", str(fresh)],
            cwd=project / "frontend",
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise BundleProblem((done.stderr or done.stdout).strip())
        if not read.untouched():
            return False
        if folder.is_dir() and not _is_whole(folder):
            shutil.rmtree(folder)
        write_atomic(_seal_of(folder), _seal(fresh, folder.name))
        try:
            os.rename(fresh, folder)
        except OSError:
            if not folder.is_dir():  # another build made the same bundle meanwhile
                raise
        return True
    finally:
        cleared(fresh)


def _is_whole(folder: Path, index: FileIndex | None = None) -> bool:
    try:
        return folder.is_dir() and _seal_of(folder).read_text(encoding="ascii") == _seal(folder, folder.name, index)
    except (OSError, ValueError):
        return False


def _seal_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.seal")


def _seal(folder: Path, name: str, index: FileIndex | None = None) -> str:
    """Of all files of a bundle, and of what it was made from."""
    return digest_of([("bundle", folder)], [name], index)
