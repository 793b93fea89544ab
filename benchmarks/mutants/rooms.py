"""What is mutated, and how many mutants each part gets."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import sqrt
from pathlib import Path
from random import Random

from benchmarks.mutants.changes import Mutant, is_another, mutants_of

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS: Mapping[str, tuple[str, ...]] = {
    "source": ("haitang/source",),
    "model": ("haitang/model",),
    "schedule": ("haitang/schedule",),
    "checks": ("haitang/checks",),
    "escaping": ("haitang/site/markdown.py", "haitang/site/templates.py", "haitang/site/policy.py", "haitang/core/sanitize.py"),
    "publish": ("haitang/site/publish.py", "haitang/core/atomic_files.py"),
    "kiosk/release": ("haitang/kiosk/release",),
}


def files_of(room: str, top: Path = REPOSITORY) -> list[str]:
    """The Python files of a room, from the repository's top."""
    found = (top / place for place in ROOMS[room])
    files = (path for place in found for path in ([place] if place.suffix else place.rglob("*.py")))
    return sorted(path.relative_to(top).as_posix() for path in files)


def shares(weights: Mapping[str, int], total: int) -> dict[str, int]:
    """`total` shared out by the square roots of the weights, so that a small room has enough to tell something."""
    whole = sum(map(sqrt, weights.values()))
    ends = [round(total * sum(map(sqrt, list(weights.values())[: at + 1])) / whole) for at in range(len(weights))]
    return {room: end - begin for room, begin, end in zip(weights, [0, *ends], ends, strict=False)}


def chosen(seed: int, total: int, top: Path = REPOSITORY) -> dict[str, list[Mutant]]:
    """The mutants of each room. No line has two: a line by chance, then a kind of change that it allows, then one of these.
    The first of a larger number are those of a smaller one."""
    sources = {file: (top / file).read_bytes() for room in ROOMS for file in files_of(room, top)}
    lines = {room: by_line({file: sources[file] for file in files_of(room, top)}) for room in ROOMS}
    counts = shares({room: len(found) for room, found in lines.items()}, total)
    return {room: list(islice(some(found, sources, f"{seed} {room}"), counts[room])) for room, found in lines.items()}


def by_line(sources: Mapping[str, bytes]) -> dict[tuple[str, int], list[Mutant]]:
    lines: dict[tuple[str, int], list[Mutant]] = {}
    for file, source in sources.items():
        for mutant in mutants_of(file, source):
            lines.setdefault((file, mutant.line), []).append(mutant)
    return lines


def some(lines: Mapping[tuple[str, int], Sequence[Mutant]], sources: Mapping[str, bytes], seed: str) -> Iterator[Mutant]:
    """One mutant of each line, the lines in the seed's order."""
    order = sorted(lines)
    Random(seed).shuffle(order)
    for place in order:
        yield from islice(_of_line(lines[place], sources[place[0]], Random(f"{seed} {place}")), 1)


def _of_line(mutants: Sequence[Mutant], source: bytes, chance: Random) -> Iterator[Mutant]:
    kinds = sorted({mutant.kind for mutant in mutants})
    chance.shuffle(kinds)
    for kind in kinds:
        same = [mutant for mutant in mutants if mutant.kind == kind]
        chance.shuffle(same)
        yield from (mutant for mutant in same if is_another(mutant, source))
