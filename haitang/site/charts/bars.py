"""Horizontal bars.

The rule: lengths are proportional to values, however small; what nobody knows is a hatched stub.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from haitang.site.charts.parts import (
    FIGURE,
    LINE,
    TYPE,
    WIDTH,
    Chart,
    Label,
    Say,
    Table,
    Tick,
    amount_of,
    axis,
    finite,
    nice_ticks,
    tenth,
    unknown,
    value_head,
    wrapped,
)

_DENSE = 40  # bars beyond which not each has room for its own name
_STUB = 36.0


@dataclass(frozen=True, slots=True)
class Bar:
    """From `x` on, `width` wide; a negative one ends at the zero line."""

    x: float
    y: float
    width: float
    height: float
    state: str  # above, below, missing

    @property
    def path(self) -> str:
        """A bar with a round outer end."""
        radius = tenth(min(self.height / 2, self.width))
        flat, side = tenth(self.width - min(self.height / 2, self.width)), tenth(self.height - 2 * radius)
        start, to, sweep = (self.x + self.width, -1, 0) if self.state == "below" else (self.x, 1, 1)
        arcs = [f"a{radius} {radius} 0 0 {sweep} {across} {radius}" for across in (to * radius, -to * radius)]
        return f"M{tenth(start)} {tenth(self.y)}h{to * flat}{arcs[0]}v{side}{arcs[1]}h{-to * flat}z"


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    kind: ClassVar[str] = "bar"
    bars: tuple[Bar, ...]
    names: tuple[Label, ...]
    values: tuple[Label, ...]
    ticks: tuple[Tick, ...]  # only where bars have no room for their own values
    zero: float

    def path(self, state: str) -> str:
        return "".join(bar.path for bar in self.bars if bar.state == state and bar.width)

    @property
    def zero_line(self) -> str:
        """Beside every bar where names stand between them, else from the top to the bottom."""
        if self.ticks:
            return f"M{self.zero} {self.bars[0].y - 4}V{self.height}"
        return "".join(f"M{self.zero} {tenth(bar.y - 3)}v{tenth(bar.height + 6)}" for bar in self.bars)


def bars(title: str, items: Sequence[tuple[str, float | None]], unit: str = "") -> Bars:
    """Horizontal bars, for names are long: the name above its bar, the value at its end. More than _DENSE stand close
    together on an axis, and every fourth has its name."""
    rows = [(name, finite(value)) for name, value in items]
    there = [value for _, value in rows if value is not None]
    drawn, names, values, ticks, zero, height = (_dense if len(rows) > _DENSE else _roomy)(rows, there)
    return Bars(
        title=title, unit=unit, height=tenth(height), desc=_ranking(rows, unit), notes=(), empty=not rows,
        table=Table((Say("name"), value_head(unit)), tuple(rows)),
        bars=tuple(drawn), names=tuple(names), values=tuple(values), ticks=ticks, zero=tenth(zero),
    )  # fmt: skip


_Layout = tuple[list[Bar], list[Label], list[Label], tuple[Tick, ...], float, float]


def _bar(value: float | None, zero: float, scale: float, y: float, height: float) -> Bar:
    if value is None:
        return Bar(zero, y, _STUB, height, "missing")
    return Bar(zero + min(value, 0) * scale, y, abs(value) * scale, height, "below" if value < 0 else "above")


def _roomy(rows: Sequence[tuple[str, float | None]], there: Sequence[float]) -> _Layout:
    low, high = min([0.0, *there]), max([0.0, *there])
    wide = {sign: [amount_of(v).ems * FIGURE + 8 for v in there if (v < 0) == sign] for sign in (True, False)}
    stub = _STUB + 10 + 3 * TYPE if len(there) < len(rows) and low < 0 else 0.0
    left, right = max(wide[True], default=0.0), max([stub, *wide[False]], default=0.0)
    scale = (WIDTH - left - right) / ((high - low) or 1)
    zero, y = left - low * scale, 0.0
    drawn, names, values = list[Bar](), list[Label](), list[Label]()
    for name, value in rows:
        for line in wrapped(name, WIDTH, 2):
            y += LINE
            names.append(Label(0, tenth(y - 4), line))
        bar = _bar(value, zero, scale, y + 5, 16)
        at, anchor = (bar.x - 8, "end") if bar.state == "below" else (bar.x + bar.width + 8, "start")
        drawn.append(bar)
        values.append(Label(tenth(at), tenth(y + 19.5), None if value is None else amount_of(value), anchor))
        y += 40
    return drawn, names, values, (), zero, max(y - 16, 1)


def _dense(rows: Sequence[tuple[str, float | None]], there: Sequence[float]) -> _Layout:
    marks = nice_ticks(there)
    left, top, pitch = 8.5 * TYPE, 26.0, 6.0
    scale = (WIDTH - left - 24) / (marks[-1] - marks[0])
    zero = left - marks[0] * scale
    tops = [top + index * pitch for index in range(len(rows))]
    drawn = [_bar(value, zero, scale, y, 4) for y, (_, value) in zip(tops, rows, strict=True)]
    names = [Label(0, tenth(y + 8), *wrapped(name, left - 12)) for y, (name, _) in zip(tops[::4], rows[::4], strict=True)]
    ticks = axis(marks, lambda mark: zero + mark * scale)
    if any(b.at - a.at < (a.amount.ems + b.amount.ems) / 2 * TYPE + 6 for a, b in pairwise(ticks)):
        ticks = ticks[marks.index(0) % 2 :: 2]  # their numbers would touch
    return drawn, names, [], ticks, zero, top + len(rows) * pitch + 8


def _ranking(rows: Sequence[tuple[str, float | None]], unit: str) -> tuple[Say, ...]:
    """How many, the most, the least, and how many nobody knows."""
    there = [(value, name) for name, value in rows if value is not None]
    ends = {"most": max(there)[0], "least": min(there)[0]} if there else {}
    if len(there) < 3 or ends["most"] == ends["least"]:
        ends.pop("least", None)
    desc = [Say("items", {"count": len(rows)})] if len(rows) > 1 else []
    for way, end in ends.items():
        names = [name for value, name in there if value == end]
        key = "only" if len(rows) == 1 else way if len(names) == 1 else f"{way}_tied"
        desc.append(Say(key, {"name": names[0], "count": len(names), "value": amount_of(end, unit=unit)}))
    return (*desc, *unknown(len(rows) - len(there)))
