"""RESULTS.md and its drawing, written from what the last run left in its output folder.

The rule: every ratio is made within one size of one run. What was measured with all sizes and peers goes into `benchmarks/`,
to be committed; anything less stays in the output folder.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import chart, content, report
from benchmarks.cases import OURS, REPOSITORY, SIZES
from benchmarks.content import Weight
from benchmarks.peers import PEERS
from benchmarks.report import Figures, Measured
from haitang.core import clock

PEER = "hugo"
ROUNDS = 3
PAGE, PICTURE = "RESULTS.md", "results.svg"
_HEAD = ("case", "runs", "CPU s", "× Hugo", "wall s", "× Hugo", "peak MB", "files", "MB")
_TITLE = "CPU seconds of a build, each size on its own scale"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the bench measured. `runs` is how often a case was built: (case, n) → number; `large` what
    `benchmarks.large` wrote after it, if it was asked."""

    machine: str
    day: str
    figures: tuple[Figures, ...]
    runs: Mapping[tuple[str, int], int]
    weights: tuple[Weight, ...]
    notes: tuple[str, ...]
    large: Mapping[str, Any] | None = None

    @property
    def is_whole(self) -> bool:
        """All sizes were built, and at the second of them every peer, often enough for a median."""
        wanted = {(OURS, n) for n in SIZES} | {(peer, 2_000) for peer in PEERS}
        often = all(self.runs.get((case, 2_000), 0) >= ROUNDS for case in (OURS, *PEERS))
        return often and wanted <= {(figure.case, figure.n) for figure in self.figures}


def keep(out: Path, machine: str, measured: Sequence[Measured], weights: Sequence[Weight], notes: Sequence[str]) -> None:
    """Beside bench.json: what the results say of a run and its pages."""
    told = {
        "machine": machine,
        "day": clock.today(clock.zone()).isoformat(),
        "runs": [[each.case, each.n, len(each.costs)] for each in measured],
        "weights": [asdict(weight) for weight in weights],
        "notes": list(notes),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (out / "bench-run.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")


def read(out: Path) -> Run:
    """The last run in `out`; what `benchmarks.large` left there counts only when it is younger. Raises OSError."""
    told = json.loads((out / "bench-run.json").read_text(encoding="utf-8"))
    figures = json.loads((out / "bench.json").read_text(encoding="utf-8"))
    large = out / "bench-large.json"
    is_younger = large.is_file() and large.stat().st_mtime_ns >= (out / "bench-run.json").stat().st_mtime_ns
    return Run(
        told["machine"],
        told["day"],
        tuple(Figures(**figure) for figure in figures),
        {(case, n): count for case, n, count in told["runs"]},
        tuple(Weight(**weight) for weight in told["weights"]),
        tuple(told["notes"]),
        json.loads(large.read_text(encoding="utf-8")) if is_younger else None,
    )


def write(out: Path, published: Path = REPOSITORY / "benchmarks") -> Path:
    """Write page and drawing, and tell where: `published` for a whole run, else `out`."""
    run = read(out)
    folder = published if run.is_whole else out
    panels = {
        f"{n:,} positions": [(figure.case, figure.cpu_s) for figure in run.figures if figure.n == n]
        for n in dict.fromkeys(figure.n for figure in run.figures)
    }
    (folder / PICTURE).write_text(chart.bars(_TITLE, panels, OURS), encoding="utf-8", newline="\n")
    (folder / PAGE).write_text("\n".join(page(run)) + "\n", encoding="utf-8", newline="\n")
    return folder / PAGE


def page(run: Run) -> Iterator[str]:
    """The lines of RESULTS.md."""
    yield "# Results"
    yield ""
    yield "Written by `python3 build.py bench`; what the cases are stands in [README.md](README.md). Medians of one run, in"
    yield "which the cases took turns. CPU seconds are of whole processes and their children. Below × 1 is less than Hugo's."
    yield ""
    yield f"{run.day}: {run.machine}."
    yield ""
    yield f"![{_TITLE}]({PICTURE})"
    for n in dict.fromkeys(figure.n for figure in run.figures):
        yield from _section(f"{n:,} positions", _HEAD, _rows(run, n))
    if steps := report.growth_rows(run.figures):
        yield from _section("What each further position costs", report.GROWTH_HEAD, steps)
    yield from _section("What a position's page weighs", content.WEIGHT_HEAD, content.weight_rows(run.weights))
    if run.large:
        yield from _searched(run.large)
    if run.notes:
        yield from ("", "## Notes", "", *(f"- {note}" for note in run.notes))


def _rows(run: Run, n: int) -> list[tuple[str, ...]]:
    here = [figure for figure in run.figures if figure.n == n]
    peer = next((figure for figure in here if figure.case == PEER), None)
    return [
        (
            f"`{each.case}`",
            str(run.runs.get((each.case, n), "")),
            f"{each.cpu_s:.2f}",
            f"{each.cpu_s / peer.cpu_s:.2f}" if peer and peer.cpu_s else "",
            f"{each.wall_s:.2f}",
            f"{each.wall_s / peer.wall_s:.2f}" if peer and peer.wall_s else "",
            f"{each.peak_mb:.0f}",
            f"{each.files:,}",
            f"{each.bytes / 1_000_000:.1f}",
        )
        for each in here
    ]


def _searched(large: Mapping[str, Any]) -> Iterator[str]:
    shown, searches = large["map"], large["searches"]
    rows = [(f"`{each['typed']}`", f"{each['first']:,.0f}", f"{each['kilobytes']:,.0f}") for each in searches]
    middle = [median(each[name] for each in searches) for name in ("first", "kilobytes")]
    heading = f"Search and map of {large['size']:,} positions"
    yield from _section(heading, ("typed", "first hit, ms", "kB"), [*rows, ("median", *(f"{each:,.0f}" for each in middle))])
    yield ""
    yield f"Map: first marks after {shown['first']:,.0f} ms with {shown['data']:,.0f} kB of data and"
    yield f"{shown['everything']:,.0f} kB in all; 95 of 100 frames while a finger drags take up to {shown['pan']:,.0f} ms."
    yield "A phone's screen, the processor slowed down four times, 1.6 Mbit/s, everything packed (`large.py`)."


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield from ("", f"## {title}", "", f"| {' | '.join(head)} |", "|---" + "|--:" * (len(head) - 1) + "|")
    yield from (f"| {' | '.join(row)} |" for row in rows)


def main(argv: Sequence[str]) -> int:
    """0 written, 2 there is no run to write about."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.results", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out"), help="the folder with bench.json")
    try:
        path = write(parser.parse_args(argv).out)
    except OSError as error:
        print(f"no run to write about: {error}", file=sys.stderr)
        return 2
    print(f"written: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
