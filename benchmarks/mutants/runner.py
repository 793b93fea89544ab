"""Runs one after the other, in as many copies at a time as there are."""

import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import TypeVar

from benchmarks.mutants.changes import Mutant
from benchmarks.mutants.child import Job, Ran, Running
from benchmarks.mutants.tree import Tree

End = TypeVar("End")
Task = Generator[tuple[Mutant | None, Job], Ran, End]  # asks for runs, gets what came of each, and ends with a result


def driven(trees: Sequence[Tree], tasks: Iterable[Task[End]]) -> Iterator[End]:
    """The results of the tasks, in the order in which they end. The runs of one task are in one tree."""
    waiting = iter(tasks)
    at_work: dict[int, tuple[Task[End], Running]] = {}
    try:
        while True:
            for number, tree in enumerate(trees):
                if number not in at_work and (task := next(waiting, None)) is not None:
                    yield from _step(tree, number, task, None, at_work)
                elif number in at_work and (ran := at_work[number][1].ended()) is not None:
                    task, _ = at_work.pop(number)
                    yield from _step(tree, number, task, ran, at_work)
            if not at_work and (task := next(waiting, None)) is None:
                return
            if not at_work and task is not None:
                yield from _step(trees[0], 0, task, None, at_work)
            time.sleep(0.01)
    finally:
        for _, running in at_work.values():
            running.stop()


def _step(
    tree: Tree, number: int, task: Task[End], ran: Ran | None, at_work: dict[int, tuple[Task[End], Running]]
) -> Iterator[End]:
    """Lets a task go on with what came of its run; yields its result when that was the last."""
    try:
        mutant, job = next(task) if ran is None else task.send(ran)
    except StopIteration as end:
        yield end.value
        return
    tree.mend()
    if mutant is not None:
        tree.plant(mutant)
    at_work[number] = task, Running(tree, job)
