"""What to write instead of what: stretches of a text with their right readings, one round of corrections after another.

The rule: a slip's `start` and `end` count in the text as it was given, however many rounds it took to read it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# Codes whose reading is a guess that wants a reader: where such a slip meets another, its code is the one that is told.
UNSURE = ("garbled-lost", "garbled-half", "garbled-inserted", "garbled-bracket")


@dataclass(frozen=True, slots=True)
class Slip:
    """`text[start:end]` is `wrong`, and `right` is meant; `code` says why, as in `problems`."""

    start: int
    end: int
    wrong: str
    right: str
    code: str


Round = Callable[[str], Iterable[Slip]]


def corrected(text: str, slips: Iterable[Slip]) -> str:
    """The text as it should read. `slips` are in order and apart."""
    parts, at = list[str](), 0
    for slip in slips:
        parts += (text[at : slip.start], slip.right)
        at = slip.end
    return "".join((*parts, text[at:]))


def apart(slips: Iterable[Slip]) -> Iterator[Slip]:
    """In order, without those that change nothing or reach into the one before."""
    at = 0
    for slip in sorted(slips, key=lambda slip: (slip.start, -slip.end)):
        if slip.start >= at and slip.wrong != slip.right:
            yield slip
            at = slip.end


def followed(text: str, first: tuple[Slip, ...], then: tuple[Slip, ...]) -> tuple[Slip, ...]:
    """Two rounds as one: `then` counts in what `first` has left of the text."""
    between, told, grown = corrected(text, first), list[Slip](), 0
    for start, end, members in _groups(first, then):
        known, new = [slip for slip, ours in members if ours], [slip for slip, ours in members if not ours]
        first_at = start - grown
        grown += sum(map(_grown, known))
        last_at = end - grown
        moved = (Slip(slip.start - start, slip.end - start, slip.wrong, slip.right, slip.code) for slip in new)
        code = _code([slip.code for slip in (*known, *new)])
        told.append(Slip(first_at, last_at, text[first_at:last_at], corrected(between[start:end], moved), code))
    return tuple(apart(told))


def _grown(slip: Slip) -> int:
    return len(slip.right) - (slip.end - slip.start)


def _groups(first: tuple[Slip, ...], then: tuple[Slip, ...]) -> Iterator[tuple[int, int, list[tuple[Slip, bool]]]]:
    """Slips of both rounds that touch the same stretch of the text between them, with that stretch."""
    spans = [(slip.start, slip.end, slip, False) for slip in then]
    shift = 0
    for slip in first:
        spans.append((slip.start + shift, slip.start + shift + len(slip.right), slip, True))
        shift += _grown(slip)
    group: list[tuple[Slip, bool]] = []
    low = high = 0
    for start, end, slip, ours in sorted(spans, key=lambda span: span[:2]):
        if group and start >= high and not (start == high == low):
            yield low, high, group
            group = []
        low, high = (min(low, start), max(high, end)) if group else (start, end)
        group.append((slip, ours))
    if group:
        yield low, high, group


def _code(codes: list[str]) -> str:
    return next((code for code in codes if code in UNSURE), codes[0])
