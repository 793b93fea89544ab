"""Which cases one size has: ours, and those of the peers that can run, as often as their time allows."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import cases
from benchmarks.cases import Case, Wanted, peer_case
from benchmarks.ours import our_cases
from benchmarks.peers import PEERS, CannotRun
from benchmarks.synthetic import write_directory

_SLOW = ("mkdocs", "mkdocs-search", "zensical")


@dataclass(frozen=True, slots=True)
class Plan:
    """The cases of one size, why others are missing, the ids of the positions, and what to say of caches afterwards."""

    cases: tuple[Case, ...]
    left_out: tuple[str, ...]
    ids: tuple[str, ...]
    told: Callable[[], str]


def plan(n: int, wanted: Wanted, scratch: Path) -> Plan:
    """Write the data of `n` positions into `scratch` and set up every case on it."""
    data = scratch / "data"
    written = write_directory(data, n, wanted.seed)
    is_huge = wanted.limits and n > cases.MOST_COMPARED
    ours, project = our_cases(n, 1 if is_huge else wanted.rounds, wanted.build, scratch, written.positions)
    planned, left_out = list(ours), []
    for peer in wanted.peers:
        if limit := wanted.limits and _limit(peer, n):
            left_out.append(f"{peer} at {n:,}: left out above {limit:,} positions (--no-limits builds it)")
            continue
        try:
            set_up = PEERS[peer](data, scratch / peer)
        except CannotRun as reason:
            left_out.append(f"{peer} at {n:,}: {reason}")
            continue
        once = is_huge or (wanted.limits and peer in _SLOW and n > cases.MOST_OF_LARGE)
        planned.append(peer_case(peer, n, 1 if once else wanted.rounds, set_up))
    return Plan(tuple(planned), tuple(left_out), tuple(path.stem for path in written.positions), project.told)


def _limit(peer: str, n: int) -> int:
    """The most positions a peer is built with, where `n` is more than that; else 0."""
    if n > cases.MOST_COMPARED and peer not in cases.LARGE:
        return cases.MOST_COMPARED
    return cases.MOST_SEARCHED if peer == "mkdocs-search" and n > cases.MOST_SEARCHED else 0
