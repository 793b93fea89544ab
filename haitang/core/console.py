"""Talking to the person at the terminal: the only module that prints.

The rule: results and problems go to standard output, everything about the work in progress to standard error; a terminal gets
a moving bar, a log gets plain lines, and a closed pipe is no crash. Nothing that is printed drives a terminal or the runner of
a workflow, whoever forgot to make it plain; only what is meant as a command to a runner is one.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from haitang.core.sanitize import command, lines

Item = TypeVar("Item")


class Console:
    """`quiet` leaves out the progress, never the results."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        for stream in (sys.stdout, sys.stderr):
            # A console of another code page (cp936) shows what it can instead of stopping the build.
            with suppress(AttributeError, ValueError, OSError):
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]

    def say(self, text: str) -> None:
        """A result."""
        _write(sys.stdout, text)

    def command(self, text: str) -> None:
        """A result in one line that may be a command to the runner of a workflow."""
        _write(sys.stdout, text, command)

    def note(self, text: str) -> None:
        """Something about the work in progress."""
        if not self._quiet:
            _write(sys.stderr, text)

    def error(self, text: str) -> None:
        """Why it did not work."""
        _write(sys.stderr, text)

    def track(self, items: Iterable[Item], label: str, total: int | None = None) -> Iterator[Item]:
        """Passes items on and shows how far they are: a bar on a terminal, one line elsewhere."""
        if self._quiet or sys.stderr is None or not sys.stderr.isatty():
            self.note(label)
            yield from items
            return
        import rich.console  # only where its bar is seen: importing it takes longer than a small build
        import rich.progress

        shown = rich.console.Console(stderr=True)
        yield from rich.progress.track(items, description=label, total=total, console=shown, transient=True)


def _write(stream: object, text: str, harmless: Callable[[str], str] = lines) -> None:
    if stream is None:  # closed before we began
        return
    try:
        print(harmless(text), file=stream, flush=True)  # type: ignore[call-overload]
    except OSError:
        # Whoever read us has gone (`build.py check | head`); Python would complain once more at exit.
        sys.stdout = sys.__stdout__ = open(  # type: ignore[misc] # noqa: SIM115
            "/dev/null" if sys.platform != "win32" else "NUL", "w", encoding="utf-8"
        )
