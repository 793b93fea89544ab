"""The words of the language of time, from vocabulary.txt."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

_FILE = Path(__file__).with_name("vocabulary.txt")
_PART = re.compile(r"\(([^()\s]*)\)|([^()\s]+|[()])")


def words() -> dict[str, str]:
    """Each word and the kind of its token; a line's end parts as `;` does."""
    found = {"\n": "SEP"}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind and kind != "#":
            for pattern in rest.split():
                found.update(dict.fromkeys(_each(pattern), kind))
    return found


def _each(pattern: str) -> Iterator[str]:
    """`(a|b)c` → ac, bc."""
    choices = [part[1].split("|") if part[1] is not None else [part[2]] for part in _PART.finditer(pattern)]
    return map("".join, product(*choices))
