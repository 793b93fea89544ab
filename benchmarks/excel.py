"""The Excel door: how long a workbook there and back takes.

`python3 -m benchmarks.excel` in .venv. Synthetic positions are exported, imported without a change and exported again; the
two workbooks must be the same. Seconds of processor, the best of some rounds.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.synthetic import write_directory
from haitang.core import clock
from haitang.editors.excel.export import export
from haitang.editors.excel.import_ import import_files

PROJECT = Path(__file__).resolve().parent.parent
SIZES = (210, 2_000)
ROUNDS = 3


@dataclass(frozen=True)
class Figures:
    """Seconds; `kb` is the workbook's size."""

    positions: int
    kb: int
    export: float
    import_: float
    there_and_back: float


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.excel", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    wanted = parser.parse_args(argv)
    figures = []
    for size in wanted.sizes.split(","):
        with tempfile.TemporaryDirectory(prefix="haitang-excel-") as scratch:
            write_directory(Path(scratch) / "data", int(size))
            rounds = [measured(Path(scratch), int(size)) for _ in range(wanted.rounds)]
            figures.append(min(rounds, key=lambda one: one.there_and_back))
    wanted.out.mkdir(parents=True, exist_ok=True)
    (wanted.out / "bench-excel.json").write_text(json.dumps([asdict(one) for one in figures], indent=1) + "\n", "utf-8")
    print("| positions | workbook kB | export s | import s | there and back s |\n|---|---|---|---|---|")
    for one in figures:
        print(f"| {' | '.join(f'{value:,}' for value in asdict(one).values())} |")
    return 0


def measured(scratch: Path, count: int) -> Figures:
    start = time.process_time()
    first, _ = export(scratch / "data")
    (scratch / "a.xlsx").write_bytes(first)
    exported = time.process_time()
    outcome = import_files(scratch / "data", [scratch / "a.xlsx"], clock.today(clock.zone()))
    imported = time.process_time()
    again, _ = export(scratch / "data")
    end = time.process_time()
    if outcome.changes or outcome.problems or again != first:
        raise SystemExit("the workbook did not come back as it went")
    seconds = (exported - start, imported - exported, end - start)
    return Figures(count, round(len(first) / 1000), *(round(each, 1) for each in seconds))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
