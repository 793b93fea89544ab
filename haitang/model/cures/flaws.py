"""What is told of a file that could be read with slips of the hand in it.

The rule: what is wrong with a line is told once; its other problems may well go with the first.
"""

from collections.abc import Iterable
from dataclasses import replace

from haitang.core.problems import Problem
from haitang.model.cures.meanings import told_as_list
from haitang.model.written.lists import items


def told_once(slips: Iterable[Problem], others: Iterable[Problem], content: bytes) -> list[Problem]:
    """The slips, and what the model found besides. Lines where a list belongs want dashes, and not what a long text wants."""
    lists = {problem.place.line for problem in others if problem.code == "needs-list"}
    folded = {slip.place.line: slip for slip in slips if slip.code == "plain-over-lines" and slip.place.line in lists}
    kept = [slip for slip in slips if slip not in folded.values()]
    told = {slip.place.line for slip in kept}
    found = [problem for problem in others if problem.place.line not in told]
    return kept + [_of_lines(each, folded[each.place.line], content) if each.place.line in folded else each for each in found]


def _of_lines(problem: Problem, slip: Problem, content: bytes) -> Problem:
    """The list that was meant by lines without dashes, which YAML reads as one text. Where they are parted otherwise too, one
    thing may go on from line to line."""
    lines = content.decode().splitlines()[problem.place.line - 1 : int(str(slip.values["last"]))]
    lines[0] = lines[0][problem.place.column - 1 :]
    lines = [line.strip() for line in lines]
    values = {name: value for name, value in problem.values.items() if name not in ("guess", "wrong")}
    values |= told_as_list("\n".join(lines))
    goes_on = [len(items(line) or ()) != 1 and line[-1] not in "、，,；;" for line in lines[:-1]]
    return replace(problem, values=values if any(goes_on) else {**values, "wrong": " ".join(lines)})
