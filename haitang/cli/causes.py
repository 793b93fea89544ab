"""One mistake, one remark: what has one cause is told once, with all its places.

The rule: only what is told is put together. Formats for machines, and the marks in a workbook, keep every place.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from haitang.core.problems import Problem
from haitang.editors.excel.headers import CellProblem
from haitang.editors.excel.tables import address
from haitang.model.messages import Words, shown

_Told = TypeVar("_Told")
_MANY = 4  # different values in one column, of which a list is easier to read than as many sentences
_LISTED = 12


def together(problems: Iterable[_Told], cause: Callable[[_Told], Hashable]) -> Iterator[list[_Told]]:
    """Problems of one cause, where the first of them stands."""
    causes: dict[Hashable, list[_Told]] = {}
    for problem in problems:
        causes.setdefault(cause(problem), []).append(problem)
    yield from causes.values()


def spans(numbers: Iterable[int], words: Words) -> tuple[str, ...]:
    """3, 4, 5, 9 → 3～5, 9."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return tuple(
        str(first) if first == last else words.sentence("terms", "span", first=first, last=last) for first, last in found
    )


def cells_told(problems: Sequence[CellProblem], words: Words, *, several: bool = False) -> Iterator[str]:
    """A line for each cause in a workbook: `阵地!F12：what is wrong, and what to write`; with the level where it is no error.
    `several`: with the file too."""

    def cause(each: CellProblem) -> Hashable:
        return each.spot.file, each.spot.title, each.spot.column, each.problem.level, words.message(each.problem)

    def column(group: list[CellProblem]) -> Hashable:
        first = group[0]
        told = first.spot.file, first.spot.title, first.spot.column, first.problem.level, first.problem.code
        return told if first.spot.title else id(group)

    for groups in together(together(problems, cause), column):
        if len(groups) < _MANY:
            for group in groups:
                yield _line(group, words.message(group[0].problem), words, several=several)
            continue
        values = [shown(value, words) for group in groups[1:] if (value := group[0].problem.values.get("value")) is not None]
        if len(values) > _LISTED:
            values = [*values[:_LISTED], "…"]
        more = words.sentence("excel", "like_it_said" if values else "like_it", values=tuple(values))
        members = [each for group in groups for each in group]
        yield _line(members, words.message(members[0].problem) + more, words, several=several)


def _line(group: list[CellProblem], text: str, words: Words, *, several: bool) -> str:
    first = group[0]
    spot, level = first.spot, first.problem.level
    if not spot.title:
        place = f"{spot.file}:{first.problem.place.line}" if first.problem.place.line > 1 else spot.file
    elif len(group) == 1:
        place = f"{spot.title}!{address(spot.row, spot.column)}"
    else:
        letters = address(1, spot.column)[:-1]
        rows = spans((each.spot.row for each in group), words)
        listed = (*rows[:_LISTED], *(("…",) if len(rows) > _LISTED else ()))
        place = words.sentence("excel", "places", title=spot.title, column=letters, rows=listed, count=len(group))
    place = f"{spot.file} {place}" if several and spot.title else place
    before = words.sentence("excel", level) if level != "error" else ""
    return words.sentence("terms", "at_cell", place=place) + before + text


def files_told(problems: Iterable[Problem], words: Words, line_of: Callable[[Problem, Words], str]) -> Iterator[str]:
    """A line for each cause in the data, and one with its other places where there are more."""
    for group in together(problems, lambda problem: (problem.code, problem.level, words.message(problem))):
        yield line_of(group[0], words)
        if len(group) > 1:
            files = together(group[1:], lambda problem: problem.place.file)
            comma = str(words.tree["terms"]["comma"])
            places = [f"{each[0].place.file}:{comma.join(spans((one.place.line for one in each), words))}" for each in files]
            rest = max(len(places) - _LISTED, 0)
            told = words.sentence("check", "also_at", count=len(group) - 1, places=tuple(places[:_LISTED]))
            yield told + (words.sentence("check", "also_in", count=rest) if rest else "")
