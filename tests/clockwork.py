"""Acts at places in what is run, as they come, and not at times: what failed once fails again."""

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

_EVENTS = {"open", "os.scandir", "os.listdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.symlink"}


class Clockwork:
    """Acts at places in what is run `during` it: before a file is opened for the nth time, or before the nth thing at all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[tuple[str, int, Callable[[], None]]] = []
        self._counts: dict[str, int] = {}
        self._is_on = False
        sys.addaudithook(self._heard)  # which nobody can take away again

    @contextmanager
    def during(self, waiting: Iterable[tuple[str, int, Callable[[], None]]]) -> Iterator[list[object]]:
        """What did not come to pass is left in the list afterwards."""
        self._waiting, self._counts, left = list(waiting), {}, list[object]()
        self._is_on = True
        try:
            yield left
        finally:
            self._is_on = False
            left.extend(self._waiting)

    def later(self, steps: int, act: Callable[[], None]) -> None:
        """Once more, so many things after this one."""
        self._waiting.append(("", self.steps + steps, act))

    @property
    def steps(self) -> int:
        """How many things were asked of the disk."""
        return self._counts.get("", 0)

    def _heard(self, event: str, values: tuple[Any, ...]) -> None:
        if not self._is_on or event not in _EVENTS:
            return
        with self._lock:
            if not self._is_on:
                return
            name = os.fsdecode(values[0]) if values and isinstance(values[0], str | bytes | os.PathLike) else ""
            self._counts[""] = self._counts.get("", 0) + 1
            if event == "open" and name:
                self._counts[name] = self._counts.get(name, 0) + 1
            due = [each for each in self._waiting if self._counts.get(each[0]) == each[1]]
            if due:
                self._is_on = False  # what it does itself is no step
                for each in due:
                    self._waiting.remove(each)
                    each[2]()
                self._is_on = True


CLOCKWORK = Clockwork()
