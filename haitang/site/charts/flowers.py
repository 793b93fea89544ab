"""Flowers that count: a row a value, filled as far as it goes, outlined as far as it might.

The rule: what one flower stands for is one of 1, 2, 5, 10 … for the whole drawing, and is said; the number stands beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count as counting
from math import ceil
from typing import ClassVar

from haitang.site.charts.parts import (
    LINE,
    WIDTH,
    Amount,
    Chart,
    Label,
    Say,
    Table,
    amount_of,
    finite,
    tenth,
    tier_of,
    unknown,
    value_head,
    wrapped,
)

_IN_ROW, _IN_ALL, _BEDS = 60, 400, 24  # flowers of a row and of the whole drawing, and its rows
_PITCH = 22.5
_A_LINE = int(WIDTH // _PITCH)


@dataclass(frozen=True, slots=True)
class Bed:
    """A row: its name and value, flowers at `full` and outlines at `open` (left upper corners)."""

    y: float
    tier: str
    names: tuple[Label, ...]
    value: float | None
    amount: Amount | None
    of: Amount | None
    full: tuple[tuple[float, float], ...]
    open: tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Pictogram(Chart):
    kind: ClassVar[str] = "pictogram"
    beds: tuple[Bed, ...]
    one: Amount  # what one flower stands for, with the unit
    scale: float  # the same as a number


_Row = tuple[str, str, float | None, float | None]


def pictogram(title: str, rows: Sequence[_Row], unit: str = "", scale: float = 1) -> Pictogram:
    """Rows are (tier, name, value, out of how many). `scale` is that of a drawing this one stands beside: a flower must not
    mean less here."""
    given = [(tier_of(tier), name, finite(value), finite(of)) for tier, name, value, of in rows]
    shown = given[:_BEDS]
    one = max(scale, _scale([(value or 0, max(of or 0, value or 0)) for _, _, value, of in shown]))
    beds, y = list[Bed](), 0.0
    for row in shown:
        bed, y = _bed(row, one, y)
        beds.append(bed)
    compared = any(of is not None for _, _, _, of in given)
    notes = (
        (compared, Say("outlined")),
        (any(of is None and (value or 0) > 0 and (value or 0) % one for _, _, value, of in shown), Say("part")),
        (any((value or 0) < 0 for _, _, value, _ in shown), Say("no_flowers")),
        (len(given) > len(shown), Say("beds", {"count": len(given) - len(shown)})),
    )
    desc = list[Say]()
    for _, name, value, of in given[:6]:
        if value is not None:
            values: dict[str, str | int | Amount] = {"name": name, "value": amount_of(value, unit=unit)}
            desc.append(Say("bed", values) if of is None else Say("bed_of", {**values, "of": amount_of(of, unit=unit)}))
    columns = (Say("name"), value_head(unit), Say("out_of"))[: 3 if compared else 2]
    return Pictogram(
        title=title, unit=unit, height=tenth(max(y - 14, 1)), empty=not given, beds=tuple(beds),
        notes=tuple(note for applies, note in notes if applies), one=amount_of(one, unit=unit), scale=one,
        desc=(*desc, *unknown(sum(value is None for _, _, value, _ in given))),
        table=Table(columns, tuple(row[1 : 1 + len(columns)] for row in given)),
    )  # fmt: skip


def _scale(values: Sequence[tuple[float, float]]) -> float:
    """The smallest of 1, 2, 5, 10 … with which no row and no drawing has too many flowers."""
    for power in counting():
        for factor in (1, 2, 5):
            one = float(factor * 10**power)
            flowers = [max(_flowers(value, one), ceil(of / one)) for value, of in values]
            if max(flowers, default=0) <= _IN_ROW and sum(flowers) <= _IN_ALL:
                return one
    raise AssertionError


def _flowers(value: float, one: float) -> int:
    """The nearest whole number of flowers, but none only for nothing."""
    return max(int(value / one + 0.5), 1) if value > 0 else 0


def _bed(row: _Row, one: float, top: float) -> tuple[Bed, float]:
    """A row that begins at `top`, and where the next one does."""
    tier, name, value, of = row
    names = [Label(0, tenth(top + LINE * (k + 1) - 3), line) for k, line in enumerate(wrapped(name, WIDTH * 0.6, 2))]
    y = top + LINE * len(names) + 6
    # Without a whole to fill, what is left over is one outline more, or 2 would look like 5.
    full = _flowers(value or 0, one) if of is not None else int(max(value or 0, 0) // one)
    count = max(full, ceil((of or 0) / one), ceil(max(value or 0, 0) / one))
    places = [(tenth(k % _A_LINE * _PITCH), tenth(k // _A_LINE * _PITCH)) for k in range(count)]
    amounts = [None if number is None else amount_of(number) for number in (value, of)]
    rows = max(ceil(count / _A_LINE), value is None)  # 待核实 needs a line too
    bed = Bed(tenth(y), tier, tuple(names), value, amounts[0], amounts[1], tuple(places[:full]), tuple(places[full:]))
    return bed, y + rows * _PITCH + 16
