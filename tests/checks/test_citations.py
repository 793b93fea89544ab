"""Of one text so many slips of marks are told, and no more: a pasted one would fill the screen."""

from pathlib import Path

import pytest

from tests.conftest import problems_of


@pytest.mark.parametrize(("written", "told"), [(1, 1), (20, 20), (21, 20), (300, 20)])
def test_twenty_slips_of_one_text_are_told(root: Path, written: int, told: int) -> None:
    path = next(path for path in sorted((root / "positions").rglob("*.yml")) if "story:" not in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8") + "story: |\n" + "  样例一句。[^99]\n" * written, "utf-8")
    assert [problem.code for problem in problems_of(root)].count("mark-no-source") == told


def test_a_slip_is_told_on_its_own_line(root: Path) -> None:
    path = next(path for path in sorted((root / "positions").rglob("*.yml")) if "story:" not in path.read_text("utf-8"))
    text = path.read_text("utf-8") + "story: |\n  一句。\n\n  又一句。\n  样例一句。[^99]\n"
    path.write_text(text, "utf-8")
    (line,) = (problem.place.line for problem in problems_of(root) if problem.code == "mark-no-source")
    assert "[^99]" in text.splitlines()[line - 1]
