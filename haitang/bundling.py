"""The browser's scripts: frontend/src bundled by esbuild, made anew only when a source or the lock file changed.

The rule: a bundle's folder is named by the digest of what it was made from, and appears whole or not at all.
"""

import os
import shutil
import subprocess
from hashlib import blake2b
from pathlib import Path

from haitang import environment


class BundleProblem(Exception):
    """The front end could not be bundled; holds what the bundler said."""


def bundle(project: Path) -> Path:
    """The folder with the finished scripts and styles."""
    digest = blake2b(digest_size=12)
    frontend = project / "frontend"
    for path in [frontend / "package-lock.json", frontend / "build.mjs", *sorted((frontend / "src").rglob("*"))]:
        if path.is_file():
            digest.update(path.relative_to(frontend).as_posix().encode() + b"\0" + path.read_bytes())
    folder = project / ".cache" / "frontend" / digest.hexdigest()
    if not folder.is_dir():
        _make(project, folder)
    return folder


def _make(project: Path, folder: Path) -> None:
    node, _ = environment.node(str(project))
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
        try:
            os.rename(fresh, folder)
        except OSError:
            if not folder.is_dir():  # another build made the same bundle meanwhile
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
