"""Tokens in, what a grammar's rules make of them out: a parser that does what its tables say.

The rule: the tables are made of grammar.lark by Lark, and kept beside it, for making them takes longer than most commands run;
tests/schedule/test_grammar_tables.py makes them, and holds the parser to Lark's own.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLES = Path(__file__).with_name("grammar.tables.json")
END = "$END"


class Token(str):
    """A piece of a text: its kind, and where it stands."""

    __slots__ = ("end_pos", "start_pos", "type")
    type: str
    start_pos: int
    end_pos: int

    def __new__(cls, kind: str, value: str, start: int, end: int) -> "Token":
        made = super().__new__(cls, value)
        made.type, made.start_pos, made.end_pos = kind, start, end
        return made

    def of_kind(self, kind: str) -> "Token":
        """The same piece as another kind."""
        return Token(kind, self, self.start_pos, self.end_pos)


class Misfit(ValueError):
    """The token at `place`, or the end behind the last one, goes on with nothing that may stand before it."""

    def __init__(self, place: int) -> None:
        self.place = place
        super().__init__(place)


@dataclass(frozen=True, slots=True)
class _Tables:
    """`states`: for each symbol where to go, or −1 − the rule that ends before it; `rules`: what each makes, of how many."""

    starts: dict[str, tuple[int, int]]
    rules: list[tuple[str, int]]
    states: list[dict[str, int]]


@cache
def _tables() -> _Tables:
    read = json.loads(TABLES.read_bytes())
    states = [{name: int(to) for to, names in state.items() for name in names.split()} for state in read["states"]]
    return _Tables(read["starts"], read["rules"], states)


def parse(tokens: Sequence[Token], start: str, makers: Callable[[str], Callable[[list[Any]], Any]]) -> list[Any]:
    """The parts of a whole text. `makers` gives for a rule what makes one thing of its parts; the parts of a rule that begins
    with `_` are those of the rule around it. Raises Misfit."""
    tables = _tables()
    first, last = tables.starts[start]
    states: list[int] = [first]
    values: list[Any] = []
    for place, token in enumerate([*tokens, None]):
        kind = END if token is None else token.type
        while (to := tables.states[states[-1]].get(kind)) is None or to < 0:
            if to is None:
                raise Misfit(place)
            name, size = tables.rules[-1 - to]
            parts: list[Any] = []
            for inner in values[len(values) - size :]:
                parts.extend(inner) if isinstance(inner, _Parts) else parts.append(inner)
            del values[len(values) - size :], states[len(states) - size :]
            values.append(_Parts(parts) if name.startswith("_") or name == start else makers(name)(parts))
            states.append(tables.states[states[-1]][name])
            if token is None and states[-1] == last:
                return list(values[-1])
        states.append(to)
        values.append(token)
    raise AssertionError("the end is no token")  # pragma: no cover


class _Parts(list[Any]):
    """What belongs to the rule around."""
