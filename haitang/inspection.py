"""Everything there is to tell of a state of the data: errors, warnings and hints, of all files or of some.

The rule: nothing is built and nothing is changed; what is told is what `directory.load` would tell, and what advice adds.
"""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from haitang.advice import remarks
from haitang.album import Album
from haitang.checks import findings
from haitang.gathering import Side, boundary_of, gather, without_collecting
from haitang.problems import Problem, ordered
from haitang.world import World


@dataclass(frozen=True)
class Report:
    """All problems, sorted, and what could be read (None without directory.yml)."""

    problems: tuple[Problem, ...]
    world: World | None


def inspect(side: Side, today: date, album: Album) -> Report:
    """What there is to tell of the files that were asked about."""
    with without_collecting():
        return _report(side, today, album)


def _report(side: Side, today: date, album: Album) -> Report:
    only = side.asked
    problems: list[Problem] = []
    world = gather(side, today, problems, album)
    if world is not None:
        found = chain(findings(world), remarks(world))
        problems.extend(side.located(finding for finding in found if only is None or finding.file in only))
        boundary_of(side.root, world.settings, problems)
    return Report(ordered(problem for problem in problems if only is None or problem.place.file in only), world)
