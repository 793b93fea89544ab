"""From runs to figures: medians, ratios, growth, the table and bench.json.

The rule: ratios are made within one size and one run of the bench, never across.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Cost

HEAD = ("case", "positions", "runs", "CPU s", "min–max", "× ours", "wall s", "peak MB", "files", "MB")
GROWTH_HEAD = ("case", "positions", "CPU ms a position")


@dataclass(frozen=True, slots=True)
class Figures:
    """The medians of one case at one size; seconds, 10^6 bytes, bytes. The fields of bench.json."""

    case: str
    n: int
    cpu_s: float
    wall_s: float
    peak_mb: float
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Measured:
    """The runs of one case at one size, and the size of what it built."""

    case: str
    n: int
    costs: tuple[Cost, ...]
    files: int
    bytes: int

    @property
    def figures(self) -> Figures:
        cpu = median(cost.cpu_s for cost in self.costs)
        wall = median(cost.wall_s for cost in self.costs)
        peak = median(cost.peak_mb for cost in self.costs)
        return Figures(self.case, self.n, round(cpu, 3), round(wall, 3), round(peak, 1), self.files, self.bytes)


def ratio(case: Figures, ours: Figures | None) -> float | None:
    """How many times our CPU seconds a case takes; None where there is nothing to compare with."""
    return case.cpu_s / ours.cpu_s if ours is not None and ours.cpu_s else None


def growth(figures: Sequence[Figures]) -> list[tuple[str, int, int, float]]:
    """(case, from n, to n, milliseconds of CPU each further position costs), between neighbouring sizes of a case."""
    steps = []
    for case in dict.fromkeys(figure.case for figure in figures):
        sizes = sorted((figure for figure in figures if figure.case == case), key=lambda figure: figure.n)
        for small, large in pairwise(sizes):
            steps.append((case, small.n, large.n, (large.cpu_s - small.cpu_s) / (large.n - small.n) * 1000))
    return steps


def rows(measured: Sequence[Measured], ours: str) -> list[tuple[str, ...]]:
    """The table's lines, in the order measured; HEAD names the columns."""
    bases = {each.n: each.figures for each in measured if each.case == ours}
    lines: list[tuple[str, ...]] = []
    for each in measured:
        figures, times = each.figures, [cost.cpu_s for cost in each.costs]
        against = ratio(figures, bases.get(each.n))
        lines.append(
            (
                figures.case,
                f"{figures.n:,}",
                str(len(times)),
                f"{figures.cpu_s:.3f}",
                f"{min(times):.3f}–{max(times):.3f}",
                "" if against is None else f"{against:.2f}",
                f"{figures.wall_s:.3f}",
                f"{figures.peak_mb:.0f}",
                f"{figures.files:,}",
                f"{figures.bytes / 1_000_000:.1f}",
            )
        )
    return lines


def growth_rows(figures: Sequence[Figures]) -> list[tuple[str, ...]]:
    return [(case, f"{small:,} → {large:,}", f"{ms:.3f}") for case, small, large, ms in growth(figures)]


def plain_table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Columns padded with blanks, the first flush left, the others right."""
    table = [tuple(head), *map(tuple, lines)]
    widths = [max(len(line[column]) for line in table) for column in range(len(head))]
    return "\n".join(_padded(line, widths) for line in table)


def _padded(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if column else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    )
    return "  ".join((first, *others)).rstrip()


def show(title: str, head: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """Print a table: drawn with rich on a terminal, plain elsewhere."""
    console = Console()
    if not console.is_terminal:
        print(f"\n{title}\n{plain_table(head, lines)}", flush=True)
        return
    table = Table(title=title, title_justify="left")
    for column, name in enumerate(head):
        table.add_column(name, justify="right" if column else "left", no_wrap=True)
    for line in lines:
        table.add_row(*line)
    console.print(table)


def write_json(path: Path, figures: Iterable[Figures]) -> None:
    """`[{case, n, cpu_s, wall_s, peak_mb, files, bytes}]`, one line a case."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(f"  {json.dumps(asdict(figure))}" for figure in figures)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")
