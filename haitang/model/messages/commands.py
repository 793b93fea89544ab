"""Command lines that sentences name: `{run:check --fix}` is the whole line as whoever reads it has to type it.

The rule: no sentence writes one out. What a command was called with (`--root`, `--out`, `--lang`) goes with every command that
it names; without that, what is named would look at other data.
"""

import re
import shlex
from collections.abc import Callable, Iterable

NAME = "run"  # of the blank
_PLAIN = re.compile(r"[^\w\-./\\:=,，、（）]")
_EXPANDED = re.compile(r'["$`!]')  # what a shell reads between double quotes too


def quoted(text: str) -> str:
    """A word of a command line that is to be copied."""
    if _EXPANDED.search(text):
        return shlex.quote(text)
    return f'"{text}"' if _PLAIN.search(text) or not text else text


def plainly(command: str, words: Iterable[str] = ()) -> str:
    """The line of a command that was called with nothing."""
    return " ".join(filter(None, ("python3 build.py", command, *map(quoted, words))))


class _Calling:
    """How the commands are called that sentences name."""

    line: Callable[[str], str] = staticmethod(plainly)


def call_with(line: Callable[[str], str]) -> None:
    """From now on sentences of this process name command lines as `line` makes them of `check --fix`."""
    _Calling.line = staticmethod(line)


class Commands:
    """What fills the blank; `is_plain` where it is not known who reads it, as on a page."""

    def __init__(self, *, is_plain: bool = False) -> None:
        self._is_plain = is_plain

    def __format__(self, command: str) -> str:
        return plainly(command) if self._is_plain else _Calling.line(command)


HERE, ANYWHERE = Commands(), Commands(is_plain=True)
