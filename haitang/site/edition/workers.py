"""Making outputs on several processors: processes of this machine, or those of a cluster.

The rule: what is made is the same whatever the number of workers; every worker writes its own files into the edition's folder
and gives back only what is to be known of them. Any `concurrent.futures.Executor` will do; who runs what, and again where a
worker was lost, is its business.
"""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

from haitang.site.edition.links import Links
from haitang.site.edition.writer import Due, Part, Writer

FEWEST = 600  # outputs; of fewer, starting a process costs more than it spares
_CHUNKS = 12  # a worker: the last to end does not keep the others waiting
_SMALLEST, _LARGEST = 20, 500


@dataclass(frozen=True)
class Job:
    """All outputs of an edition as a worker sees them: how each is made, by its path, and where it is written."""

    writer: Writer
    due: Mapping[str, Due]


Loader = Callable[[], Job]  # for a worker that was not there when the job was set up: it must be able to travel
_JOBS: dict[str, Job] = {}  # in this process, by the edition's folder


@dataclass(frozen=True)
class Workers:
    """`count` processes in all, this one among them. `executor` makes one that is asked instead of processes of ours, and
    raises one of `lost` where a worker was lost for good."""

    count: int
    executor: Callable[[], Executor] | None = None
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def make(self, writer: Writer, due: Mapping[str, Due], loader: Loader) -> Iterator[Part]:
        """All outputs that are due, in parts."""
        key = writer.folder
        # Others' workers may go on writing when they are taken for lost: nothing of theirs must ever be half.
        job = _JOBS[key] = Job(replace(writer, seed={}, old={}, old_folder="", is_shared=self.executor is not None), due)
        waiting = deque(_chunks(list(due), self.count))
        running: dict[Future[Part], Sequence[str]] = {}
        with ExitStack() as stack:
            stack.callback(_JOBS.pop, key, None)
            executor = stack.enter_context(self.executor() if self.executor else _processes(self.count - 1))
            while waiting or running:
                # Each worker finds another chunk when it has made one; this process makes some itself meanwhile.
                while waiting and len(running) < 2 * (self.count - 1):
                    chunk = waiting.pop()
                    running[self._submitted(executor, key, loader, chunk)] = chunk
                if waiting:
                    yield _made_here(job, waiting.popleft())
                else:
                    wait(running, return_when=FIRST_COMPLETED)
                for future in [future for future in running if future.done()]:
                    yield self._result(future, job, running.pop(future))

    def _submitted(self, executor: Executor, key: str, loader: Loader, chunk: Sequence[str]) -> "Future[Part]":
        try:
            return executor.submit(_made, key, loader, chunk)
        except self.lost as lost:
            failed = Future[Part]()
            failed.set_exception(lost)
            return failed

    def _result(self, future: "Future[Part]", job: Job, chunk: Sequence[str]) -> Part:
        """What a worker made; where it was lost, it is made here."""
        try:
            return future.result()
        except self.lost:
            return _made_here(job, chunk)


def _chunks(paths: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    size = min(max(len(paths) // (count * _CHUNKS), _SMALLEST), _LARGEST)
    for at in range(0, len(paths), size):
        yield paths[at : at + size]


def _processes(count: int) -> Executor:
    """Where the system can, children that have all of this process's memory, and so need not be told anything."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    can_fork = sys.platform.startswith("linux")
    return ProcessPoolExecutor(max(count, 1), multiprocessing.get_context("fork" if can_fork else "spawn"))


def _made(key: str, loader: Loader, chunk: Sequence[str]) -> Part:
    if key not in _JOBS:
        _JOBS.clear()  # a worker of a cluster outlives many editions
        _JOBS[key] = loader()
    return _made_here(_JOBS[key], chunk)


def _made_here(job: Job, chunk: Sequence[str]) -> Part:
    writer = replace(job.writer, part=Part(links=Links(job.writer.part.links.shell_ids)))
    for path in chunk:
        writer.make(job.due[path])
    return writer.part


def count_for(outputs: int) -> int:
    """How many processes pay for so many outputs."""
    most: Any = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return 1 if outputs < FEWEST else min(most or 1, 8)
