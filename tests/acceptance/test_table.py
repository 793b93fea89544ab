"""The table of requirements is whole: every row has its tests or its observation, and what fails is told as failed."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.acceptance.table import FAILED, ROWS, Outcomes, observations, requirements, states, table
from tests.worlds import PROJECT


def marked(file: Path) -> Iterator[tuple[str, int]]:
    """(test, row) for each row that a test of a file names."""
    text = file.read_text("utf-8")
    if f"mark.{ROWS}(" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            for call in node.decorator_list:
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == ROWS:
                    yield from ((node.name, int(ast.literal_eval(number))) for number in call.args)


def proofs() -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for file in sorted((PROJECT / "tests").rglob("test_*.py")):
        for name, number in marked(file):
            found[number].append(f"{file.relative_to(PROJECT)}::{name}")
    return found


def test_every_row_has_its_proof() -> None:
    rows = requirements()
    assert [row.number for row in rows] == list(range(1, 59))
    assert all(row.title and row.measure for row in rows)
    shown = {*proofs(), *(each.number for each in observations())}
    assert shown == {row.number for row in rows}


def test_an_observation_names_a_command_of_ours_its_figure_and_its_day() -> None:
    for each in observations():
        found = re.search(r"python3 -m ([a-z_.]+)|build\.py (bench)", each.command)
        assert found, each
        assert found[2] or (PROJECT / f"{found[1].replace('.', '/')}.py").is_file(), each
        assert re.search(r"\d", each.told), each
        assert date.fromisoformat(each.day) <= date.today(), each


def test_what_failed_is_told_as_failed() -> None:
    outcomes = Outcomes()
    for number in range(1, 59):
        outcomes.take(f"tests/test_a.py::test_{number}", [number], True)
    assert outcomes.whole()
    assert table(outcomes.by_row).startswith("# Acceptance: 58 of 58 rows\n")
    outcomes.take("tests/test_a.py::test_7[portrait]", [7, 8], False)
    outcomes.take("tests/test_a.py::test_7[wall]", [7, 8], True)
    assert {number for number, state in states(outcomes.by_row).items() if state == FAILED} == {7, 8}
    told = table(outcomes.by_row)
    assert told.startswith("# Acceptance: 56 of 58 rows\n")
    assert "tests/test_a.py::test_7 **failed**" in told


def test_a_part_of_the_suite_writes_no_table() -> None:
    outcomes = Outcomes()
    outcomes.take("tests/test_a.py::test_a", [1, 2], True)
    assert not outcomes.whole()
