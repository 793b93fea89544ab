"""Hours and times that were read before, by their texts: reading takes a grammar, whose import takes longer than a command.

The rule: a text means what its reader says; what is recalled here it said in an earlier run of this same program.
"""

import marshal
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from haitang.schedule.opening_hours import DatedHours, OpeningHours, Season
from haitang.schedule.recurrence import Rule, When

_KINDS: tuple[type[Any], ...] = (date, OpeningHours, Season, DatedHours, When, Rule)
_CODES = {kind: code for code, kind in enumerate(_KINDS)}
_FIELDS = [tuple(field.name for field in fields(kind)) if kind is not date else () for kind in _KINDS]
_MOST = 20_000  # texts of a kind
KINDS = ("hours", "when")
_TOLD: dict[str, dict[str, bytes]] = {"hours": {}, "when": {}}


@lru_cache(16384)  # most places of a city keep the same few hours
def hours(text: str) -> OpeningHours:
    """As `read_hours`."""
    if told := _TOLD["hours"].get(text):
        found: OpeningHours = _made(marshal.loads(told))
        return found
    from haitang.schedule.opening_hours_reader import read_hours

    return read_hours(text)


@lru_cache(4096)
def when(text: str) -> When:
    """As `read_when`."""
    if told := _TOLD["when"].get(text):
        found: When = _made(marshal.loads(told))
        return found
    from haitang.schedule.recurrence_parser import read_when

    return read_when(text)


def learn(kind: str, found: OpeningHours | When) -> None:
    """That a text of a kind means this, for other runs."""
    known = _TOLD[kind]
    if found.text not in known and len(known) < _MOST:
        known[found.text] = marshal.dumps(_plain(found))


def known() -> Mapping[str, Mapping[str, bytes]]:
    """What was learnt, as plain values."""
    return {kind: dict(texts) for kind, texts in _TOLD.items()}


def recall(told: Mapping[str, Mapping[str, bytes]]) -> None:
    """What `known` told at another time."""
    for kind, texts in told.items():
        _TOLD[kind].update(texts)


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is tuple:
        return tuple(map(_plain, value))
    if kind is date:
        return [0, value.toordinal()]
    return [_CODES[kind], *_values(value)] if kind in _CODES else value


def _values(value: Any) -> Iterator[Any]:
    return (_plain(getattr(value, name)) for name in _FIELDS[_CODES[type(value)]])


def _made(value: Any) -> Any:
    if type(value) is tuple:
        return tuple(map(_made, value))
    if type(value) is not list:
        return value
    code, *rest = value
    return date.fromordinal(rest[0]) if code == 0 else _KINDS[code](*map(_made, rest))
