"""The table of what visitors and halls ask for: which tests prove each row, and how they ended.

`requirements.tsv` holds the rows. A test names its own: `@pytest.mark.requirement(7, 8)`. What no test may assert, because it
is a speed or another program's mark, stands in `observations.tsv` with the command that tells it and what that told. A run of
the whole suite writes the table, a line a row, to `out/acceptance.md`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
TABLE = HERE.parent.parent / "out" / "acceptance.md"
ROWS = "requirement"
PASSED, FAILED, OBSERVED, MISSING = "passed", "FAILED", "observed", "NOT SHOWN"


class Requirement(NamedTuple):
    number: int
    title: str
    measure: str


class Observation(NamedTuple):
    """`told` is what the command printed that day, as far as it is about the row."""

    number: int
    command: str
    told: str
    day: str


def _lines(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def requirements() -> tuple[Requirement, ...]:
    return tuple(Requirement(int(number), title, measure) for number, title, measure in _lines("requirements.tsv"))


def observations() -> tuple[Observation, ...]:
    return tuple(Observation(int(number), *rest) for number, *rest in _lines("observations.tsv"))


class Outcomes:
    """How the tests of a run ended, by row: {number: {test: whether every part of it passed}}."""

    def __init__(self) -> None:
        self.by_row: dict[int, dict[str, bool]] = defaultdict(dict)

    def take(self, test: str, numbers: Iterable[int], passed: bool) -> None:
        name = test.partition("[")[0]
        for number in numbers:
            self.by_row[number][name] = passed and self.by_row[number].get(name, True)

    def whole(self) -> bool:
        """Whether every row was tried or observed, as in a run of the whole suite."""
        return {row.number for row in requirements()} <= set(self.by_row) | {each.number for each in observations()}


def states(by_row: Mapping[int, Mapping[str, bool]]) -> dict[int, str]:
    """What can be said of each row: a failed test weighs more than an observation."""
    observed = {each.number for each in observations()}
    found = {}
    for row in requirements():
        tests = by_row.get(row.number, {})
        found[row.number] = (
            FAILED if not all(tests.values()) else PASSED if tests else OBSERVED if row.number in observed else MISSING
        )
    return found


def table(by_row: Mapping[int, Mapping[str, bool]]) -> str:
    """The table in Markdown."""
    found = states(by_row)
    shown = sum(state in (PASSED, OBSERVED) for state in found.values())
    told = defaultdict(list)
    for each in observations():
        told[each.number].append(f"`{each.command}`: {each.told} ({each.day})")
    lines = [f"# Acceptance: {shown} of {len(found)} rows", "", "| # | asked | measure | | shown by |", "|---|---|---|---|---|"]
    for row in requirements():
        tests = [f"{name}{'' if passed else ' **failed**'}" for name, passed in sorted(by_row.get(row.number, {}).items())]
        proofs = "<br>".join([*tests, *told[row.number]])
        lines.append(f"| {row.number} | {row.title} | {row.measure} | {found[row.number]} | {proofs} |")
    return "\n".join(lines) + "\n"


class Plugin:
    """Notes in each process which rows a test is of, and writes the table where all reports come together."""

    def __init__(self) -> None:
        self.outcomes = Outcomes()

    @pytest.hookimpl
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        item.user_properties += [(ROWS, number) for mark in item.iter_markers(ROWS) for number in mark.args]

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        numbers = [number for name, number in report.user_properties if name == ROWS and isinstance(number, int)]
        if report.when == "call" or report.failed:
            self.outcomes.take(report.nodeid, numbers, report.passed)

    @pytest.hookimpl
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not hasattr(session.config, "workerinput") and self.outcomes.whole():
            TABLE.parent.mkdir(exist_ok=True)
            TABLE.write_text(table(self.outcomes.by_row), encoding="utf-8")
