"""What is measured: a case is one command, what is cleaned up before it, and what its result must look like.

The rule: everything but the command itself is outside the clock, and a case that did not build what it should is a failure
and no figure.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.peers import PEERS, Project
from benchmarks.synthetic import SEED

REPOSITORY = Path(__file__).resolve().parent.parent
OURS = "haitang"
SIZES = (210, 2_000, 10_000, 100_000)
MOST_OF_LARGE = 5_000  # positions; above it the slow peers get one round
MOST_SEARCHED = 2_000  # positions; above it mkdocs with search is left out
MOST_COMPARED = 50_000  # positions; above it one round, and no peers but LARGE
LARGE = ("hugo",)
_LEAST_PAGE = 2_000  # bytes; a position page below that is a broken one


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure. `build` is our build.py; `limits` spares the slow peers at large sizes."""

    peers: Sequence[str] = tuple(PEERS)
    rounds: int = 3
    limits: bool = True
    seed: int = SEED
    build: Path = REPOSITORY / "build.py"


@dataclass(frozen=True, slots=True)
class Case:
    """`clean` runs before each build, outside the clock; `check` says what is wrong with what was built, "" if nothing."""

    name: str
    rounds: int
    command: Sequence[str]
    folder: Path
    out: Path
    clean: Callable[[], None]
    check: Callable[[], str]
    environment: Mapping[str, str] = field(default_factory=dict)
    is_last_there: bool = True  # no case of a round builds into the same folder afterwards


def peer_case(name: str, n: int, rounds: int, project: Project) -> Case:
    def clean() -> None:
        for folder in (project.out, *project.caches):
            shutil.rmtree(folder, ignore_errors=True)

    def check() -> str:
        return count_pages(project.out, n)

    return Case(name, rounds, project.command, project.folder, project.out, clean, check, project.environment)


def count_pages(site: Path, n: int) -> str:
    """What is wrong with the number of position pages, "" when there are `n` and none is empty."""
    if not (site / "positions").is_dir():
        return "no positions/ in what was built"
    pages = position_pages(site)
    if len(pages) != n:
        return f"{len(pages):,} position pages where there should be {n:,}"
    return "an empty position page" if any(page.stat().st_size < _LEAST_PAGE for page in pages) else ""


def position_pages(site: Path) -> list[Path]:
    """An id holds no dot: a name with one is a further page of the index."""
    return [page for page in (site / "positions").glob("*.html") if page.name != "index.html" and page.name.count(".") == 1]


def snapshot(folder: Path) -> dict[str, int]:
    """Relative path → time of change in nanoseconds, for all files below a folder that may be missing; bytecode apart."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__")
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}
