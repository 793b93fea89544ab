"""What the changed files are, rather than what they say: links, other repositories, programs, pictures that are none.

The rule: looked at from outside only; nothing is followed, taken for what it claims to be, or read beyond its first bytes.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from haitang.editors.review.git_changes import Altered
from haitang.media.image_store import FOLDER
from haitang.media.metadata import is_webp

LARGE = 5_000_000  # bytes
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
# What runs on a forge or makes the site, the most dangerous first; then all that nobody knows; then what is only read.
_RUNS = (
    ".github/", ".gitea/", ".gitlab", ".git", "build.py", "haitang/", "deploy/", "templates/", "frontend/", "requirements/",
    "mkdocs.yml", "pyproject.toml",
)  # fmt: skip
_READ = ("tests/", "docs/", "README", "CONTRIBUTING", "CHANGELOG", "LICENSE", "ARCHITECTURE")


def by_harm(files: Iterable[str]) -> list[str]:
    """Files that are no data, those that could do the most harm first."""

    def rank(file: str) -> int:
        found = next((at for at, start in enumerate(_RUNS) if file.startswith(start)), len(_RUNS))
        return found + file.startswith(_READ)

    return sorted(files, key=lambda file: (rank(file), file))


def no_pictures(root: Path, altered: Mapping[str, Altered]) -> list[str]:
    """Changed files of photos/ that are called pictures and begin as none."""
    named = [file for file in altered if file.startswith(f"{FOLDER}/") and file.lower().endswith(_PICTURES)]
    return [file for file in named if not _begins_as_picture(root / file)]


def _begins_as_picture(path: Path) -> bool:
    """Also what is no file, which is told as that."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return True
    try:
        start = os.read(handle, 12) if stat.S_ISREG(os.fstat(handle).st_mode) else _JPEG
    finally:
        os.close(handle)
    return start.startswith((_JPEG, _PNG)) or is_webp(start)
