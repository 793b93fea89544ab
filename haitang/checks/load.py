"""A folder of data → everything there is to tell of it, and where nothing is wrong its Directory.

The rule: one way of reading and checking, whoever asks: `check` wants the report, `load` a Directory or every problem.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from haitang.checks import findings
from haitang.checks.lint import remarks
from haitang.core.problems import InvalidDirectory, Problem, ordered
from haitang.data.dataset import Dataset
from haitang.data.directory import Directory, indexed
from haitang.data.loader import Snapshot, boundary_of, gather, without_collecting
from haitang.data.parse_cache import ParseCache
from haitang.geo.boundary import Boundary
from haitang.media.image_store import Album


@dataclass(frozen=True)
class Report:
    """All problems, sorted, and what could be read (no dataset without directory.yml)."""

    problems: tuple[Problem, ...]
    dataset: Dataset | None
    boundary: Boundary | None = None


def inspect(snapshot: Snapshot, today: date, album: Album, *, advised: bool = True) -> Report:
    """What there is to tell of the files that were asked about; warnings and hints only where they are wanted (`advised`)."""
    with without_collecting():
        problems: list[Problem] = []
        dataset, boundary, only = gather(snapshot, today, problems, album), None, snapshot.asked
        if dataset is not None:
            found = chain(findings(dataset), remarks(snapshot.looked_at(dataset)) if advised else ())
            problems.extend(snapshot.located(finding for finding in found if only is None or finding.file in only))
            boundary = boundary_of(snapshot.root, dataset.settings, problems)
        told = ordered(problem for problem in problems if only is None or problem.place.file in only)
        return Report(told, dataset, boundary)


def load(
    root: Path,
    *,
    today: date,
    updated: date | None = None,
    album: Album | None = None,
    advised: bool = False,
    cache: ParseCache | None = None,
) -> Directory:
    """The directory under `root` (the folder that holds positions/, brands/, concepts/, routes/, directory.yml).

    Raises InvalidDirectory with every problem of every file. `today` decides which dates lie ahead. With an `album`, the
    pictures that entries name are in it afterwards; without, they are only looked at. `advised` asks for warnings and hints
    too: they are the Directory's `remarks`, or stand among the problems. `cache` holds what could be read, either way.
    """
    report = inspect(Snapshot(root, cache=cache), today, album or Album(root, only_looking=True), advised=advised)
    if report.dataset is None or any(problem.level == "error" for problem in report.problems):
        raise InvalidDirectory(report.problems)
    return replace(indexed(report.dataset, updated), boundary=report.boundary, remarks=report.problems)
