"""Which lines of the mutated modules a test runs."""

import sys
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

_ENOUGH = 300  # lines; whoever ran so many of one function in one test is taken to have run all of it


class Lines:
    """Watches between `start` and `stop`. A function of which every line was seen is not watched any longer."""

    def __init__(self, top: Path, files: Iterable[str]) -> None:
        self._names = {str(top / file): file for file in files}
        self._all: dict[int, tuple[CodeType, frozenset[int]]] = {}
        self._left: dict[int, set[int]] = {}
        self._seen: Counter[int] = Counter()

    def start(self) -> None:
        threading.settrace(self._called)
        sys.settrace(self._called)

    def stop(self) -> dict[str, int]:
        """The lines since `start`: for each file a number of which the nth bit says that line n ran."""
        sys.settrace(None)
        threading.settrace(None)
        found: dict[str, int] = {}
        for number, left in self._left.items():
            code, lines = self._all[number]
            file = self._names[code.co_filename]
            found[file] = found.get(file, 0) | sum(1 << line for line in lines - left)
        self._left = {}
        self._seen.clear()
        return found

    def _called(self, frame: FrameType, _event: str, _argument: object) -> Any:
        code = frame.f_code
        number = id(code)
        if number not in self._all:  # it holds the code, so no other gets its number
            self._all[number] = code, self._lines_of(code)
        left = self._left.get(number)
        if left is None:
            if not self._all[number][1]:
                return None
            left = self._left[number] = set(self._all[number][1])
        if not left:
            return None
        seen = self._seen

        def line(frame: FrameType, event: str, _argument: object) -> Any:
            if event == "line":
                left.discard(frame.f_lineno)
                seen[number] += 1
                if seen[number] > _ENOUGH:
                    left.clear()
                if not left:
                    frame.f_trace_lines = False
            return line if left else None

        return line

    def _lines_of(self, code: CodeType) -> frozenset[int]:
        if code.co_filename not in self._names or code.co_name == "<module>":
            return frozenset()
        lines = {line for _, _, line in code.co_lines() if line}
        return frozenset(lines if code.co_name.startswith("<") else (lines - {code.co_firstlineno} or lines))
