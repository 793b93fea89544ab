"""What came of the mutants: a table of rooms, and every one that was not noticed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.mutants.changes import Mutant

_HEAD = (
    "| room | mutants | killed | of these by time | survived | run by no test | killed % |",
    "|---|--:|--:|--:|--:|--:|--:|",
)


def show(mutants: Mapping[str, Sequence[Mutant]], known: Mapping[str, Mapping[str, Any]], path: Path) -> float:
    """Prints the table and writes it with the survivors to `path`; gives the share that was killed."""
    table = [*_HEAD, *(_row(room, [known[mutant.name] for mutant in found]) for room, found in mutants.items())]
    everything = [known[mutant.name] for found in mutants.values() for mutant in found]
    table.append(_row("all", everything))
    print("\n".join(table))
    path.write_text("\n".join([*table, "", *_survivors(mutants, known)]) + "\n", "utf-8")
    return len([result for result in everything if result["status"] == "killed"]) / max(1, len(everything))


def _row(room: str, results: Sequence[Mapping[str, Any]]) -> str:
    count = Counter(result["status"] for result in results)
    late = sum(result["killer"] == "too long" for result in results)
    share = 100 * count["killed"] / max(1, len(results))
    cells = (room, len(results), count["killed"], late, count["survived"], count["untested"], f"{share:.1f}")
    return f"| {' | '.join(map(str, cells))} |"


def _survivors(mutants: Mapping[str, Sequence[Mutant]], known: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for mutant in (mutant for found in mutants.values() for mutant in found):
        if (result := known[mutant.name])["status"] != "killed":
            old, new = (text if len(text) < 200 else f"{text[:200]}…" for text in (mutant.old, mutant.new))
            yield f"- {mutant.file}:{mutant.line} {mutant.kind}, {result['status']} {result['tests']} tests: `{old}` → `{new}`"
