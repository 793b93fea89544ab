"""The check: what it costs to look at all positions, and at one that has changed.

`python3 -m benchmarks.checking` in .venv. Processor seconds, user and system, of the whole command; the best of some rounds.
The file that is looked at alone is touched before each round; the first round, not counted, notes what the others say.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import measure
from benchmarks.synthetic import write_directory

PROJECT = Path(__file__).resolve().parent.parent
SIZES = (2_000, 10_000)
ROUNDS = 3
_SETTLED = 2.5  # seconds, until the files just written may be believed (`haitang.data.parse_cache`)


@dataclass(frozen=True)
class Figures:
    """Processor seconds."""

    positions: int
    all_files: float
    one_file: float


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.checking", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    wanted = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="haitang-checking-") as scratch:
        figures = [measured(Path(scratch) / size, int(size), wanted.rounds) for size in wanted.sizes.split(",")]
    wanted.out.mkdir(parents=True, exist_ok=True)
    told = json.dumps([asdict(one) for one in figures], indent=1)
    (wanted.out / "bench-checking.json").write_text(told + "\n", encoding="utf-8")
    print("| positions | all, CPU s | one file, CPU s |\n|---|---|---|")
    for one in figures:
        print(f"| {one.positions:,} | {one.all_files:.2f} | {one.one_file:.2f} |")
    return 0


def measured(folder: Path, count: int, rounds: int) -> Figures:
    """What both cost for `count` positions written below `folder`."""
    root = folder / "data"
    changed = write_directory(root, count).positions[count // 2]
    time.sleep(_SETTLED)
    checked(folder, root, str(changed))

    def touch() -> None:
        changed.write_bytes(changed.read_bytes())

    everything = best(rounds, lambda: None, lambda: checked(folder, root))
    return Figures(count, everything, best(rounds, touch, lambda: checked(folder, root, str(changed))))


def best(rounds: int, before: Callable[[], None], run: Callable[[], float]) -> float:
    costs = []
    for _ in range(rounds):
        before()
        costs.append(run())
    return round(min(costs), 2)


def checked(folder: Path, root: Path, *files: str) -> float:
    """One run of the command, which must find nothing."""
    command = [sys.executable, str(PROJECT / "build.py"), "check", *files, "--root", str(root)]
    cost = measure.run(command, folder / "log", PROJECT, {})
    if cost.code != 0:
        raise SystemExit(cost.tail)
    return cost.cpu_s


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
