"""What is measured: a case is one command, what is cleaned up before it, and what its result must look like.

The rule: everything but the command itself is outside the clock, and a case that did not build what it should is a failure
and no figure.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.peers import PEERS, CannotRun, Project
from benchmarks.synthetic import SEED, write_directory

REPOSITORY = Path(__file__).resolve().parent.parent
OURS = "haitang"
MOST_OF_LARGE = 5_000  # positions; above it the slow peers get one round
MOST_SEARCHED = 2_000  # positions; above it mkdocs with search is left out
_SLOW = ("mkdocs", "mkdocs-search", "zensical")
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


@dataclass(frozen=True, slots=True)
class Plan:
    """The cases of one size, why others are missing, and the ids of the positions."""

    cases: tuple[Case, ...]
    left_out: tuple[str, ...]
    ids: tuple[str, ...]


def plan(n: int, wanted: Wanted, scratch: Path) -> Plan:
    """Write the data of `n` positions into `scratch` and set up every case on it."""
    data = scratch / "data"
    written = write_directory(data, n, wanted.seed)
    cases = list(_our_cases(n, wanted, scratch))
    left_out = []
    for peer in wanted.peers:
        if wanted.limits and peer == "mkdocs-search" and n > MOST_SEARCHED:
            left_out.append(f"{peer} at {n:,}: left out above {MOST_SEARCHED:,} positions (--no-limits builds it)")
            continue
        try:
            project = PEERS[peer](data, scratch / peer)
        except CannotRun as reason:
            left_out.append(f"{peer} at {n:,}: {reason}")
            continue
        rounds = 1 if wanted.limits and peer in _SLOW and n > MOST_OF_LARGE else wanted.rounds
        cases.append(_peer_case(peer, n, rounds, project))
    return Plan(tuple(cases), tuple(left_out), tuple(path.stem for path in written.positions))


def _our_cases(n: int, wanted: Wanted, scratch: Path) -> tuple[Case, ...]:
    """Full, the first on a machine, unchanged, one changed: each with an output of its own, the last also with its own data."""
    data, changing = scratch / "data", scratch / "data-changing"
    changed = _OurBuild(wanted.build, changing, scratch / "haitang-one-change")
    edit = _Edit(write_directory(changing, n, wanted.seed).positions, changed.site)
    cold = _OurBuild(wanted.build, data, scratch / "haitang")
    unchanged = _OurBuild(wanted.build, data, scratch / "haitang-unchanged")
    first = _OurBuild(wanted.build, data, scratch / "haitang-first")

    def change_one() -> None:
        changed.build_once()
        edit.make()

    return (
        cold.case(OURS, wanted.rounds, cold.remove, lambda: count_pages(cold.site, n)),
        first.case(f"{OURS}-first", wanted.rounds, first.forget, lambda: count_pages(first.site, n)),
        unchanged.case(f"{OURS}-unchanged", wanted.rounds, unchanged.build_once, lambda: count_pages(unchanged.site, n)),
        changed.case(f"{OURS}-one-change", wanted.rounds, change_one, lambda: count_pages(changed.site, n) or edit.check()),
    )


@dataclass(frozen=True, slots=True)
class _OurBuild:
    """Our command line on one data root, everything it may write in one folder."""

    build: Path
    root: Path
    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def site(self) -> Path:
        return self.out / "site"

    @property
    def command(self) -> tuple[str, ...]:
        """As a user runs it, environment check included."""
        return sys.executable, str(self.build), "--root", str(self.root), "--out", str(self.out)

    @property
    def environment(self) -> dict[str, str]:
        """Caches where a user's would be must not outlive the clean-up either."""
        return {"XDG_CACHE_HOME": str(self.folder / "caches")}

    def case(self, name: str, rounds: int, clean: Callable[[], None], check: Callable[[], str]) -> Case:
        return Case(name, rounds, self.command, self.root, self.site, clean, check, self.environment)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget(self) -> None:
        """Also what one build keeps for the next: compiled templates, the theme's frame, the entries it read and the digests of
        files. The bundled scripts stay: they are made when the project is set up."""
        self.remove()
        for name in ("templates", "frames", "entries", "digests"):
            shutil.rmtree(self.build.parent / ".cache" / name, ignore_errors=True)

    def build_once(self) -> None:
        """Off the clock, and only when nothing is built yet. What goes wrong shows in the measured build."""
        if not self.out.exists():
            subprocess.run(
                self.command, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, capture_output=True,
                check=False,
            )  # fmt: skip


class _Edit:
    """Changes one position's telephone, another position each time, and looks for it on the page."""

    def __init__(self, files: Sequence[Path], site: Path) -> None:
        self._files = files
        self._site = site
        self._times = 0
        self._id = self._phone = ""

    def make(self) -> None:
        file = self._files[(self._times * 7 + len(self._files) // 2) % len(self._files)]
        self._times += 1
        self._id, self._phone = file.stem, f"0512-0099{self._times:04d}"
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r'phone: ".*"', f'phone: "{self._phone}"', text), encoding="utf-8", newline="\n")

    def check(self) -> str:
        page = self._site / "positions" / f"{self._id}.html"
        if page.is_file() and self._phone in page.read_text(encoding="utf-8"):
            return ""
        return f"the change to {self._id} is not on its page"


def _peer_case(name: str, n: int, rounds: int, project: Project) -> Case:
    def clean() -> None:
        for folder in (project.out, *project.caches):
            shutil.rmtree(folder, ignore_errors=True)

    def check() -> str:
        return count_pages(project.out, n)

    return Case(name, rounds, project.command, project.folder, project.out, clean, check, project.environment)


def count_pages(site: Path, n: int) -> str:
    """What is wrong with the number of position pages, "" when there are `n` and none is empty. An id holds no dot: a name
    with one is a further page of the index."""
    folder = site / "positions"
    if not folder.is_dir():
        return "no positions/ in what was built"
    pages = [page for page in folder.glob("*.html") if page.name != "index.html" and page.name.count(".") == 1]
    if len(pages) != n:
        return f"{len(pages):,} position pages where there should be {n:,}"
    return "an empty position page" if any(page.stat().st_size < _LEAST_PAGE for page in pages) else ""


def snapshot(folder: Path) -> dict[str, int]:
    """Relative path → time of change in nanoseconds, for all files below a folder that may be missing; bytecode apart."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__")
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}
