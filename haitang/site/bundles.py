"""The browser's scripts: frontend/src bundled by esbuild, made anew only when a source or the lock file changed.

The rule: a bundle's folder is named by the digest of what it was made from, and appears whole or not at all.
"""

import os
import shutil
import subprocess
from pathlib import Path

from haitang.core import toolchain
from haitang.core.digests import Digested, FileIndex, digest

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
        if folder.is_dir() or _make(project, folder, read):
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
        try:
            os.rename(fresh, folder)
        except OSError:
            if not folder.is_dir():  # another build made the same bundle meanwhile
                raise
        return True
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
