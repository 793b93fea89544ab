"""The check: what it costs to look at all positions, and at one that has changed: by name, `--changed-since`, as a review.

`python3 -m benchmarks.checking` in .venv. Processor seconds, user and system, of the whole command; the best of some rounds.
Before the first of all, nothing is remembered; before each of the others one file is changed.
"""

import argparse
import json
import shutil
import subprocess
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
_SETTLED = 2.5  # seconds, until the files just written may be believed (`haitang.core.digests`)


@dataclass(frozen=True)
class Figures:
    """Processor seconds: of all files at first, and with notes of them; and of one that has changed."""

    positions: int
    first: float
    all_files: float
    one_file: float
    changed_since: float
    review: float


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
    print("| positions | all at first, CPU s | all | one file | changed since | review |\n|---|---|---|---|---|---|")
    for one in figures:
        costs = (one.first, one.all_files, one.one_file, one.changed_since, one.review)
        print(f"| {one.positions:,} | {' | '.join(f'{cost:.2f}' for cost in costs)} |")
    return 0


def measured(folder: Path, count: int, rounds: int) -> Figures:
    """What each costs for `count` positions written below `folder`."""
    root = folder / "data"
    changed = write_directory(root, count).positions[count // 2]
    for command in (("init", "-q"), ("add", "."), ("-c", "user.name=x", "-c", "user.email=x@invalid", "commit", "-qm", "one")):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    time.sleep(_SETTLED)

    def forget() -> None:
        for name in ("entries", "digests"):
            shutil.rmtree(PROJECT / ".cache" / name, ignore_errors=True)

    def change() -> None:
        changed.write_bytes(changed.read_bytes() + b"# looked at\n")

    def cost(*command: str) -> float:
        return best(rounds, change, lambda: ran(folder, root, *command))

    first = best(rounds, forget, lambda: ran(folder, root, "check"))
    looks = (("check",), ("check", str(changed)), ("check", "--changed-since", "HEAD"), ("review", "HEAD"))
    return Figures(count, first, *(cost(*look) for look in looks))


def best(rounds: int, before: Callable[[], None], run: Callable[[], float]) -> float:
    costs = []
    for _ in range(rounds):
        before()
        costs.append(run())
    return round(min(costs), 2)


def ran(folder: Path, root: Path, *command: str) -> float:
    """One run of a command, which must find nothing wrong."""
    cost = measure.run([sys.executable, str(PROJECT / "build.py"), *command, "--root", str(root)], folder / "log", PROJECT, {})
    if cost.code != 0:
        raise SystemExit(cost.tail)
    return cost.cpu_s


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
