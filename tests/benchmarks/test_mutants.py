"""The mutants are what they say they are, and a run tells a mutant that is noticed from one that is not."""

import ast
import time
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.mutants import report
from benchmarks.mutants.changes import Mutant, is_another, mutants_of
from benchmarks.mutants.child import TOO_LONG, Job, Ran, Running
from benchmarks.mutants.choose import Candidate, parts
from benchmarks.mutants.lines import Lines
from benchmarks.mutants.rooms import ROOMS, by_line, files_of, shares, some
from benchmarks.mutants.runner import Task, driven
from benchmarks.mutants.tree import Tree

FILE = "haitang/one.py"


def changes(source: str) -> set[str]:
    """The lines of a module that mutants change, as they are then, each with its kind."""
    found = set()
    for mutant in mutants_of(FILE, source.encode()):
        before, after = source.splitlines(), mutant.applied(source.encode()).decode().splitlines()
        found |= {f"{mutant.kind}: {new.strip()}" for old, new in zip(before, after, strict=True) if old != new}
    return found


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("a = b < c", {"compare: a = (b <= c)", "compare: a = (b >= c)"}),
        ("a = b and c", {"boolean: a = (b or c)"}),
        ("a = not b", {"not: a = (b)"}),
        ("a = b + 2", {"arithmetic: a = (b - 2)", "constant: a = b + (3)", "constant: a = b + (1)"}),
        ("a = '海' + b", {"string: a = ('') + b"}),
        ("a = b[1:]", {"slice: a = b[:]", "constant: a = b[(2):]", "constant: a = b[(0):]"}),
        ("if a:\n    b()", {"condition: if (not a):", "statement: pass"}),
        ("for a in b:\n    break", {"loop: continue"}),
        ("def a(b=True):\n    return b", {"default: def a(b=(False)):", "return: return None"}),
        ("a = [b for b in c if b]", {"condition: a = [b for b in c if (not b)]"}),
        ("a = f'{b + c}海'", {'string: a = ""', "arithmetic: a = (f'{b - c}海')"}),
        ("a: 'int' = b", set()),
        ("def a():\n    '''Says what.'''\n    assert b", set()),
        ("if TYPE_CHECKING:\n    a = 1", set()),
        ("__all__ = ['a']", set()),
        ("@cache(2)\ndef a() -> 'int': ...", set()),
        ("a = zip(b, c, strict=True)", set()),
        ("Kind = Literal['b']", set()),
        ("a = words.sentence('group', 'key', b=c)", set()),
        ("raise ValueError('text')", {"statement: pass"}),
    ],
)
def test_kinds_of_change_and_what_is_left_alone(source: str, mutants: set[str]) -> None:
    assert changes(source) == mutants


@pytest.mark.parametrize("file", ["haitang/kiosk/release/signing.py", "haitang/core/sanitize.py"])
def test_a_mutant_is_one_change_that_compiles(file: str) -> None:
    """Of the program's own modules: some tokens at one place, and the rest as it was, byte for byte."""
    source = Path(file).read_bytes()
    mutants = mutants_of(file, source)
    assert len(mutants) > 20
    for mutant in mutants[::9]:
        changed = mutant.applied(source)
        assert is_another(mutant, source), mutant
        assert changed.startswith(source[: mutant.start])
        assert changed.endswith(source[mutant.end :])
        assert mutant.first <= mutant.line <= mutant.last
    assert not is_another(Mutant(file, 1, "none", 0, 0, "", "", 1, 1, False), source)
    assert not is_another(Mutant(file, 1, "none", 0, 0, "", "(", 1, 1, False), source)


def test_a_seed_gives_the_same_mutants_and_no_line_two() -> None:
    sources = {file: Path(file).read_bytes() for file in files_of("publish")}
    lines = by_line(sources)
    first, again, other = (list(islice(some(lines, sources, seed), 12)) for seed in ("19", "19", "20"))
    assert first == again
    assert first != other
    places = [(mutant.file, mutant.line) for mutant in first]
    assert len(places) == len(set(places)) == 12


def test_shares_are_whole() -> None:
    assert shares({"a": 400, "b": 100, "c": 100}, 10) == {"a": 5, "b": 3, "c": 2}
    assert all(files_of(room) for room in ROOMS)


def test_lines_that_ran_are_seen(tmp_path: Path) -> None:
    module = tmp_path / FILE
    module.parent.mkdir()
    module.write_text("def one(a):\n    if a:\n        return 1\n    return 2\n", "utf-8")
    space: dict[str, object] = {}
    exec(compile(ast.parse(module.read_bytes()), str(module), "exec"), space)
    lines = Lines(tmp_path, [FILE])
    lines.start()
    space["one"](True)  # type: ignore[operator]
    assert lines.stop() == {FILE: 1 << 2 | 1 << 3}


def test_who_ran_the_line_is_asked_first_the_mirrored_file_before_others() -> None:
    mutant = Mutant("haitang/model/one.py", 3, "return", 0, 0, "", "", 3, 3, True)

    def made(file: str, cpu: float, lines: int) -> Candidate:
        return Candidate(f"{file}::test", file, cpu, {mutant.file: lines}, {}, frozenset())

    near, second = made("tests/model/test_one.py", 0.1, 1 << 3), made("tests/model/test_two.py", 0.1, 1 << 3)
    far, never = made("tests/test_all.py", 0.01, 1 << 3), made("tests/test_none.py", 0.01, 1 << 2)
    missed = made("tests/model/test_one_other.py", 0.1, 1 << 2)
    assert parts(mutant, [far, second, missed, near, never]) == [[near], [second], [far]]
    assert parts(mutant, [missed, never]) == [[missed]]


TESTS = """
import time
from haitang.one import larger
def test_one():
    assert larger(2, 1) == 2
def test_two():
    open("left_behind", "w").close()
"""


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    source = tmp_path / "source"
    for name, text in {
        FILE: "def larger(a, b):\n    while a < b:\n        a += 1\n    return a\n", "haitang/__init__.py": "",
        "tests/test_one.py": TESTS, "tests/__init__.py": "",
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\n',
    }.items():  # fmt: skip
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    (tmp_path / "0").mkdir()
    return Tree(source, tmp_path / "0", 0)


def mutated(tree: Tree, kind: str, new: str) -> Mutant:
    found = mutants_of(FILE, (tree.top / FILE).read_bytes())
    return next(mutant for mutant in found if (mutant.kind, mutant.new) == (kind, new))


def test_killed_survived_and_never_ending(tree: Tree) -> None:
    job = Job(("tests/test_one.py",), None, 1, 30)

    def task(mutant: Mutant | None) -> Task[tuple[str, Ran]]:
        ran = yield mutant, job
        return mutant.new if mutant else "", ran

    mutants = (
        None,
        mutated(tree, "return", "return None"),
        mutated(tree, "compare", "(a <= b)"),
        mutated(tree, "statement", "pass"),
    )
    ends = {new: ran.killer for new, ran in driven([tree], map(task, mutants))}
    assert ends == {"": "", "return None": "tests/test_one.py::test_one", "(a <= b)": "", "pass": ""}
    endless = mutated(tree, "compare", "(a >= b)")
    tree.mend()
    tree.plant(endless)
    assert not (tree.top / "left_behind").exists()
    running = Running(tree, job)
    while (ran := running.ended()) is None:
        time.sleep(0.02)
    assert ran.killer == TOO_LONG
    tree.mend()
    assert (tree.top / FILE).read_text("utf-8").startswith("def larger")


def test_the_table_and_the_survivors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = mutants_of(FILE, b"a = b < c")
    known = {
        found[0].name: {"status": "killed", "killer": TOO_LONG, "tests": 3},
        found[1].name: {"status": "survived", "killer": "", "tests": 4},
    }
    assert report.show({"model": found}, known, tmp_path / "mutants.md") == 0.5
    assert "| model | 2 | 1 | 1 | 1 | 0 | 50.0 |" in capsys.readouterr().out
    assert "- haitang/one.py:1 compare, survived 4 tests: `b < c` → `(b >= c)`" in (tmp_path / "mutants.md").read_text("utf-8")
