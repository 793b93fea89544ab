"""`build.py bench`: builds all cases side by side and says what each cost.

The rule: cases of one size take turns (A B C A B C …), so that whatever else the machine does meets all of them.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from benchmarks import cases, content, measure, report, results
from benchmarks.peers import PEERS, versions
from benchmarks.plan import plan
from benchmarks.synthetic import MOST, SEED

WARM_UP = 30  # positions; built once and not counted: bytecode, file caches, the bundled front end
# Bytes one position takes on tmpfs, whose files are whole pages: ours with the site before it, the data, and what a peer makes.
_SPACE_OURS, _SPACE_PEER = 80_000, 40_000
_SPACE_FIXED = 200_000_000
_TMPFS = Path("/dev/shm")


class WrongCommandLine(Exception):
    """argparse would exit; who calls `main` wants a code."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongCommandLine(message)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one size: figures, what the pages held, and what to say about it."""

    measured: tuple[report.Measured, ...] = ()
    contents: dict[str, content.Content] = field(default_factory=dict)
    weights: tuple[content.Weight, ...] = ()
    remarks: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


def main(argv: Sequence[str]) -> int:
    """Measure and print. 0 measured, 1 a case did not build, 2 wrong command line, 3 this system cannot measure."""
    try:
        options = parse(argv)
    except WrongCommandLine as mistake:
        print(f"build.py bench: {mistake}", file=sys.stderr)
        return 2
    if not measure.supported():
        print("build.py bench: this system cannot say what a child process cost (no wait4)", file=sys.stderr)
        return 3
    wanted = cases.Wanted(options.peers, options.rounds, not options.no_limits, options.seed)
    machine = describe_machine()
    print(machine, flush=True)
    in_scratch(WARM_UP, cases.Wanted(wanted.peers, 1), quiet=True)
    sources = _our_sources()
    outcomes = [in_scratch(n, wanted) for n in options.sizes]
    remarks = []
    if sources != _our_sources():
        remarks.append("the project's own files changed during the run: the sizes were not built by the same program")
    publish(outcomes, machine, remarks, options.out)
    return 1 if any(outcome.failures for outcome in outcomes) else 0


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command line; raises WrongCommandLine."""
    parser = _Parser(prog="build.py bench", description="Compare the build with other generators on synthetic directories.")
    known = ",".join(PEERS)
    parser.add_argument(
        "--sizes", type=_sizes, default=cases.SIZES, help="positions, e.g. 210,2000 (default 210,2000,10000,100000)"
    )
    parser.add_argument("--peers", type=_peers, default=tuple(PEERS), help=f"{known} (default), some of them, or none")
    parser.add_argument("--rounds", type=_count, default=3, help="builds of each case; medians are shown (default 3)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the synthetic data")
    parser.add_argument("--out", type=Path, default=Path("out"), help="the folder that gets bench.json (default out)")
    parser.add_argument("--no-limits", action="store_true", help="all rounds of the slow peers at large sizes too")
    return parser.parse_args(argv)


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(dict.fromkeys(_count(part) for part in text.split(",")))
    if max(sizes) > MOST:
        raise argparse.ArgumentTypeError(f"at most {MOST:,} positions can be named")
    return sizes


def _count(text: str) -> int:
    if not text.strip().isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)


def _peers(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip() not in ("", "none")))
    for name in names:
        if name not in PEERS:
            raise argparse.ArgumentTypeError(f"{name!r} is not one of {', '.join(PEERS)}, none")
    return names


def in_scratch(n: int, wanted: cases.Wanted, *, quiet: bool = False) -> Outcome:
    """One size, in a folder that is removed afterwards."""
    scratch = Path(tempfile.mkdtemp(prefix="haitang-bench-", dir=roomy_folder(n, wanted)))
    try:
        return measure_size(n, wanted, scratch, quiet=quiet)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def roomy_folder(n: int, wanted: cases.Wanted) -> Path:
    """Memory where there is enough of it: on a disk the neighbours' writing is measured as well."""
    # Above it there is one round, and what one case built is removed before the next.
    together = 1 if wanted.limits and n > cases.MOST_COMPARED else len(wanted.peers)
    needed = n * (_SPACE_OURS + _SPACE_PEER * together) + _SPACE_FIXED
    if _TMPFS.is_dir() and os.access(_TMPFS, os.W_OK) and shutil.disk_usage(_TMPFS).free > needed:
        return _TMPFS
    print(f"note: not enough room on tmpfs for {n:,} positions; building on disk, slower and noisier", flush=True)
    return Path(tempfile.gettempdir())


def measure_size(n: int, wanted: cases.Wanted, scratch: Path, *, quiet: bool = False) -> Outcome:
    """All rounds of all cases at one size, in turn. A case that failed once is not built again."""
    planned = plan(n, wanted, scratch)
    run = _Rounds(n, planned.ids)
    for turn in range(wanted.rounds):
        for case in planned.cases:
            if turn >= case.rounds or case.name in run.wrong:
                continue
            cost = run.build(case, scratch)
            if cost and not quiet:
                print(f"{n:>7,}  round {turn + 1}  {case.name:<20} {cost.cpu_s:8.3f} CPU s", flush=True)
            if cost and turn + 1 == case.rounds:
                run.finish(case)
    told = f"{n:,} positions: {planned.told()}"
    order = [case.name for case in planned.cases]  # who has fewer rounds is done before the others
    run.measured.sort(key=lambda each: order.index(each.case))
    return Outcome(
        tuple(run.measured), run.contents, tuple(run.weights), (*planned.left_out, told), tuple(run.wrong.values())
    )  # fmt: skip


class _Rounds:
    """What comes together, build by build, at one size."""

    def __init__(self, n: int, ids: Sequence[str]) -> None:
        self.n = n
        self.ids = ids
        self.costs: dict[str, list[measure.Cost]] = {}
        self.wrong: dict[str, str] = {}
        self.measured: list[report.Measured] = []
        self.contents: dict[str, content.Content] = {}
        self.weights: list[content.Weight] = []

    def build(self, case: cases.Case, scratch: Path) -> measure.Cost | None:
        """None where it went wrong."""
        cost, mistake = build_once(case, scratch)
        if mistake:
            self.wrong[case.name] = f"{case.name} at {self.n:,} did not build: {mistake}"
            return None
        self.costs.setdefault(case.name, []).append(cost)
        return cost

    def finish(self, case: cases.Case) -> None:
        """Look at what was built, and where the next case needs the room and builds elsewhere, remove it."""
        self.measured.append(report.Measured(case.name, self.n, tuple(self.costs[case.name]), *measure.tree_size(case.out)))
        if not case.name.startswith(f"{cases.OURS}-"):
            self.contents[case.name] = content.sample(case.out, self.ids)
            self.weights.append(content.weigh(case.name, case.out, self.ids))
        if self.n > cases.MOST_COMPARED and case.is_last_there:
            case.clean()


def build_once(case: cases.Case, scratch: Path) -> tuple[measure.Cost, str]:
    """Clean, build on the clock, check: the cost, and what went wrong if anything did."""
    case.clean()
    cost = measure.run(case.command, scratch / "log", case.folder, case.environment)
    if cost.code:
        return cost, f"exit code {cost.code}\n{cost.tail}"
    return cost, case.check()


def describe_machine() -> str:
    """What the figures hang on: processors, load, versions. Names of machines and people stay out."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    peers = ", ".join(f"{name} {version}" for name, version in versions().items())
    return f"{os.cpu_count()} processors{_model()}{load}; {python}; {peers}"


def _model() -> str:
    """Which processor, and how much memory, as far as the system tells (Linux)."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    except (OSError, ValueError):
        return ""
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f" ({model or 'unnamed'}), {memory:.0f} GB"


def _our_sources() -> list[dict[str, int]]:
    """What a build without a change compares beside the data."""
    return [cases.snapshot(cases.REPOSITORY / folder) for folder in ("haitang", "templates", "frontend/src", "site_src")]


def publish(outcomes: Sequence[Outcome], machine: str, remarks: Sequence[str], out: Path) -> None:
    """Tables and remarks to the screen, figures to bench.json, what else the results are written from to bench-run.json."""
    measured = [each for outcome in outcomes for each in outcome.measured]
    figures = [each.figures for each in measured]
    report.show("Medians, cases in turn", report.HEAD, report.rows(measured, cases.OURS))
    if steps := report.growth_rows(figures):
        report.show("What each further position costs", report.GROWTH_HEAD, steps)
    for outcome in outcomes[:1]:
        report.show("What a position's page holds", content.HEAD, content.rows(outcome.contents))
    weights = [weight for outcome in outcomes for weight in outcome.weights]
    report.show("What a position's page weighs", content.WEIGHT_HEAD, content.weight_rows(weights))
    notes = [note for outcome in outcomes for note in (*outcome.remarks, *outcome.failures)]
    for note in (*notes, *remarks):
        print(f"note: {note}", flush=True)
    report.write_json(out / "bench.json", figures)
    results.keep(out, machine, measured, weights, (*notes, *remarks))
    print(f"\nwritten: {out / 'bench.json'}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
