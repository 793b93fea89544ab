"""Seeded mutants of the modules that decide, against the tests that run them: how many are noticed, and which are not.

`python -m benchmarks.mutants` in .venv. What is known is kept in `out/mutants.json` and `out/mutants-tests.json`; a run that
was broken off goes on, and one after new tests asks again only about the mutants that survived.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from typing import Any

from benchmarks.mutants import child, report
from benchmarks.mutants.changes import Mutant
from benchmarks.mutants.child import Job
from benchmarks.mutants.choose import Candidate, parts, record
from benchmarks.mutants.rooms import REPOSITORY, chosen
from benchmarks.mutants.runner import Task, driven
from benchmarks.mutants.tree import Tree, snapshot

SEED, COUNT = 19, 600
KILLED = 0.85
Known = dict[str, dict[str, Any]]  # by the mutant's name


def main(argv: Sequence[str]) -> int:
    """0 as many were killed as is promised; 1 fewer."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "out")
    parser.add_argument("--record", action="store_true", help="only finds out what each test runs")
    parser.add_argument("--fresh", action="store_true", help="asks about every mutant again")
    options = parser.parse_args(argv)
    options.out.mkdir(exist_ok=True)
    kept = options.out / "mutants.json"
    known: Known = json.loads(kept.read_text("utf-8")) if kept.is_file() and not options.fresh else {}
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))  # runs and copies go with it
    with tempfile.TemporaryDirectory(prefix="haitang-mutants-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "source").mkdir()
        snapshot(REPOSITORY, folder / "source")
        trees = []
        for number in range(options.jobs):
            (folder / str(number)).mkdir()
            trees.append(Tree(folder / "source", folder / str(number), number))
        child.preload()
        tests = record(trees, options.out / "mutants-tests.json", folder / "source")
        if options.record:
            return 0
        mutants = chosen(options.seed, options.count, folder / "source")
        places = [(at / len(found), mutant) for found in mutants.values() for at, mutant in enumerate(found)]
        all_of_them = [mutant for _, mutant in sorted(places, key=itemgetter(0))]  # a part of it is a fair part of each room
        for result in _asked(trees, all_of_them, tests, known, folder / "source"):
            known[result["name"]] = result
            kept.write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")
    print(f"{(time.monotonic() - began) / 60:.0f} minutes")
    return 0 if report.show(mutants, known, options.out / "mutants.md") >= KILLED else 1


def _asked(
    trees: Sequence[Tree], mutants: Sequence[Mutant], tests: Sequence[Candidate], known: Known, source: Path
) -> Iterator[dict[str, Any]]:
    """Results of the mutants about which nothing is known that holds, twice where a killer kills the program as it is too."""
    unsteady: set[str] = set()
    for _ in range(2):
        due = [mutant for mutant in mutants if not _holds(known.get(mutant.name), mutant, tests, source)]
        steady = [test for test in tests if test.name not in unsteady]
        for at, result in enumerate(driven(trees, (_task(mutant, steady, source) for mutant in due)), 1):
            print(f"{at} of {len(due)}: {result['status']} {result['name']} {result['killer']}", flush=True)
            yield result
        killers = {result["killer"]: result for result in known.values() if "::" in result["killer"]}
        alarms = driven(trees, (_control(name, tests) for name in killers if name not in unsteady))
        unsteady |= {name for name, killer in alarms if killer}
        for name in unsteady:
            print(f"fails without any mutant: {name}", flush=True)
        for result in known.values():
            if result["killer"] in unsteady:
                result["key"] = ""


def _key(mutant: Mutant, asked: Iterable[Sequence[Candidate]], source: Path) -> str:
    """Of the module and of the tests that are asked."""
    files = sorted({test.file for part in asked for test in part})
    return " ".join(
        blake2b(b"".join(map(_read, (source / name for name in names)))).hexdigest()[:16] for names in ([mutant.file], files)
    )


_read = cache(Path.read_bytes)


def _holds(result: dict[str, Any] | None, mutant: Mutant, tests: Sequence[Candidate], source: Path) -> bool:
    """A mutant that was killed needs no new answer for new tests."""
    if result is None:
        return False
    if result["status"] == "killed":
        return bool(result["key"].partition(" ")[0] == _key(mutant, (), source).partition(" ")[0])
    return bool(result["key"] == _key(mutant, parts(mutant, tests), source))


def _task(mutant: Mutant, tests: Sequence[Candidate], source: Path) -> Task[dict[str, Any]]:
    asked = parts(mutant, tests)
    key = _key(mutant, asked, source)
    result: dict[str, Any] = {"name": mutant.name, "key": key, "status": "untested", "killer": "", "seconds": 0.0, "tests": 0}
    for part in asked:
        spent = sum(test.cpu for test in part)
        order = {test.name: at for at, test in enumerate(part)}
        ran = yield mutant, Job(tuple(dict.fromkeys(test.file for test in part)), order, 10 + 4 * spent, 45 + 10 * spent)
        result["seconds"] += ran.seconds
        result["tests"] += len(part)
        result["status"] = "killed" if ran.killer else "survived"
        result["killer"] = ran.killer
        if ran.killer:
            break
    return result


def _control(name: str, tests: Sequence[Candidate]) -> Task[tuple[str, str]]:
    """Whether a test that killed passes without a mutant, now, alone."""
    spent = sum(test.cpu for test in tests if test.name == name)
    ran = yield None, Job((name.partition("::")[0],), {name: 0}, 10 + 4 * spent, 45 + 10 * spent)
    return name, ran.killer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
