"""Which tests may notice a mutant: those that ran its statement, the mirrored ones first, quick ones before slow ones.

The rule: nothing is guessed. Each test file was run once and watched; a test that failed so, or took longer than MOST,
is asked about no mutant.
"""

import ast
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from benchmarks.mutants.changes import Mutant
from benchmarks.mutants.child import Job, Ran
from benchmarks.mutants.rooms import ROOMS, files_of
from benchmarks.mutants.runner import Task, driven
from benchmarks.mutants.tree import Tree

MOST = 8.0  # seconds of processor of one test, watched
WHOLE = 8.0  # of all tests for one mutant, a part at a time
_STINT = 6.0  # of one run that records
_FILE = 0.15  # what one more test file costs
_WHOLE = ("source", "model", "schedule", "checks")
_ROOMS = (*_WHOLE, "kiosk", "core", "site")
_EVERYWHERE = {"haitang/site/templates.py"}  # every page is made with it; its own tests import others too
_OF_DATA = ("tests/test_mistakes.py", "tests/test_facts.py")
_OF_FORMS = ("tests/editors/test_questions.py", "tests/editors/test_issue_templates.py", "tests/editors/test_issue_parser.py")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`hits`: the lines it ran, its fixtures' with them; `names` the mutated modules that its file imports."""

    name: str
    file: str
    cpu: float
    hits: Mapping[str, int]
    shared: Mapping[str, int]
    names: frozenset[str]

    def ran(self, file: str, lines: int) -> bool:
        return bool((self.hits.get(file, 0) | self.shared.get(file, 0)) & lines)


def pool(top: Path) -> list[str]:
    """The test files of the mutated rooms, those beside that import a mutated module of their room, those of data
    and those of the issue forms, whose questions stand in `model`."""
    mutated = {file for room in ROOMS for file in files_of(room, top)}
    found = ((room, path) for room in _ROOMS for path in sorted((top / "tests" / room).glob("test_*.py")))
    near = [path.relative_to(top).as_posix() for room, path in found if room in _WHOLE or _imports(path, room, mutated)]
    return sorted([*_OF_DATA, *_OF_FORMS, *near], key=lambda file: file.startswith("tests/site/"))


def _imports(path: Path, room: str, mutated: Iterable[str]) -> bool:
    return any(file.startswith(f"haitang/{room}/") for file in (imported(path) & frozenset(mutated)) - _EVERYWHERE)


@cache
def imported(path: Path) -> frozenset[str]:
    """The files of the package that a test file imports, as paths."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    paths = (name.replace(".", "/") for name in names if name.startswith("haitang"))
    return frozenset(each for path in paths for each in (f"{path}.py", f"{path}/__init__.py"))


def record(trees: Sequence[Tree], kept: Path, source: Path) -> list[Candidate]:
    """What each test runs; what is known of a file and the program as they are now is taken from `kept`."""
    known: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    mutated = tuple(file for room in ROOMS for file in files_of(room, source))
    program = b"".join(_digest(path) for path in sorted((source / "haitang").rglob("*.py")))
    keys = {file: blake2b(program + _digest(source / file)).hexdigest() for file in pool(source)}
    for file, key in keys.items():
        if known.get(file, {}).get("key") != key:
            known[file] = {"key": key, "tests": {}, "shared": {}, "left": None}
    while due := [file for file in keys if known[file]["left"] != []]:
        for file, ran in driven(trees, (_recorded(file, known[file]["left"], mutated) for file in due)):
            known[file] = {
                "key": keys[file], "tests": known[file]["tests"] | ran.tests,
                "shared": _both(known[file]["shared"], ran.shared), "left": ran.left,
            }  # fmt: skip
            print(f"recorded {file}: {len(known[file]['tests'])} tests, {len(ran.left)} to come", flush=True)
            kept.write_text(json.dumps(known), "utf-8")
    return [test for file in keys for test in _tests(file, known[file], imported(source / file))]


def _recorded(file: str, left: Sequence[str] | None, mutated: tuple[str, ...]) -> Task[tuple[str, Ran]]:
    order = None if left is None else {name: at for at, name in enumerate(left)}
    ran = yield None, Job((file,), order, 120, 900, each=MOST, traced=mutated, stint=_STINT)
    return file, ran


def _tests(file: str, told: Mapping[str, Any], names: frozenset[str]) -> Iterator[Candidate]:
    shared = _read(told["shared"])
    for name, test in told["tests"].items():
        yield Candidate(name, file, test["cpu"], _read(test["hits"]), shared, names)


def _both(hits: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    return {file: f"{int(hits.get(file, '0'), 16) | int(more.get(file, '0'), 16):x}" for file in hits.keys() | more.keys()}


def _read(hits: Mapping[str, str]) -> dict[str, int]:
    return {file: int(lines, 16) for file, lines in hits.items()}


def mirrored(file: str) -> str:
    """How the test files of a module begin: its room's folder; of a room that is not mutated whole also the module's name."""
    _, room, *inner = Path(file).with_suffix("").parts
    return f"tests/{room}/" if room in (*_WHOLE, "kiosk") else f"tests/{room}/test_{inner[-1]}"


def parts(mutant: Mutant, tests: Iterable[Candidate]) -> list[list[Candidate]]:
    """The tests to run one after the other: of the mirrored ones that ran it those of one file, then the rest, then others
    that did. Where there is none, as for what runs when a module is imported or in another process: those whose files import
    the module, then the mirrored ones that ran any of it, then the others, and others that did."""
    lines = sum(1 << line for line in range(mutant.first, mutant.last + 1))
    near, far, fallback = list[Candidate](), list[Candidate](), [list[Candidate]() for _ in range(3)]
    for test in tests:
        is_near = test.file.startswith(mirrored(mutant.file))
        if test.ran(mutant.file, lines):
            (near if is_near else far).append(test)
        elif is_near or (not mutant.inside and (mutant.file in test.names or mutant.file in test.hits)):
            fallback[0 if mutant.file in test.names else 1 if is_near and mutant.file in test.hits else 2].append(test)
    first = _first(mutant, near)
    asked = [[test for test in near if test.file == first], [test for test in near if test.file != first], far]
    return [part for part in map(_quickest, asked if near or far else fallback) if part]


def _first(mutant: Mutant, tests: Iterable[Candidate]) -> str:
    """The file that bears the name of the module or of a folder it is in; without one that with most of the tests."""
    names = Path(mutant.file).with_suffix("").parts[2:]
    counts = Counter(test.file for test in tests)
    return max(counts, key=lambda file: (Path(file).stem.removeprefix("test_") in names, counts[file], file), default="")


def _quickest(tests: Iterable[Candidate]) -> list[Candidate]:
    """As many as the time allows, in the order of their files' first."""
    taken: dict[str, list[Candidate]] = {}
    spent = 0.0
    for test in sorted(tests, key=lambda test: (test.cpu, test.name)):
        cost = test.cpu + (0 if test.file in taken else _FILE)
        if spent + cost <= WHOLE or not taken:
            spent += cost
            taken.setdefault(test.file, []).append(test)
    return [test for file in taken.values() for test in file]


def _digest(path: Path) -> bytes:
    return blake2b(path.read_bytes()).digest()
