"""Lines, and areas stacked upon each other, over the same labels.

The rule: where a value is not known a line has a gap; where one layer is not known its sum is not either, and the whole stack
has a gap. A layer nobody knows at all is left out and told. Negative values cannot be stacked: they are drawn as nought, a note
says so, and the table keeps what was given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import ClassVar

from haitang.site.charts.parts import (
    FIGURE,
    LINE,
    STYLES,
    TYPE,
    WIDTH,
    Amount,
    Chart,
    Label,
    Rows,
    Say,
    Table,
    Tick,
    amount_of,
    ems,
    known,
    largest,
    nice_ticks,
    said,
    tenth,
    tier_of,
    unknown,
    wrapped,
)

_TOP, _FLOOR, _TALL = 14.0, 34.0, 210.0  # above the highest line of the grid, for the labels below it, between the two
_ENDS = 104.0  # the widest that names at lines' ends may be
_FEW = 4  # series whose last value is written over their name
_MARKED = 40  # points beyond which marks would make a caterpillar of the line
_TOLD = 6  # series whose way is told in the description

Values = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class End:
    """What is written where a line or layer ends: its name, the last value, and a thread to it where it had to give way."""

    x: float
    y: float
    name: str
    amount: Amount | None  # None where there are too many for a line more
    thread: str


@dataclass(frozen=True, slots=True)
class Series:
    """A line or a layer, the `place`th. `style` is its dash and shape or hatch (below STYLES); `tier` its colour, if any."""

    place: int
    style: int
    tier: str
    name: str
    path: str
    points: str
    sign: str  # its point for the legend, in the middle of 44 × 20
    end: End | None


@dataclass(frozen=True, kw_only=True)
class Lines(Chart):
    kind: ClassVar[str] = "line"
    series: tuple[Series, ...]
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    left: float
    right: float
    fine: bool  # so many values that a bold line would be a blot


@dataclass(frozen=True, kw_only=True)
class Areas(Lines):
    kind: ClassVar[str] = "area"


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values stand on the sheet."""

    left: float
    right: float
    tall: float
    count: int
    marks: tuple[float, ...]

    def x(self, index: int) -> float:
        inset = 8.0
        wide = self.right - self.left - 2 * inset
        return self.left + inset + (wide * index / (self.count - 1) if self.count > 1 else wide / 2)

    def y(self, value: float) -> float:
        low, high = self.marks[0], self.marks[-1]
        return _TOP + self.tall * (high - value) / (high - low)

    def at(self, index: int, value: float) -> str:
        return f"{tenth(self.x(index))} {tenth(self.y(value))}"

    @property
    def height(self) -> float:
        return _TOP + self.tall + _FLOOR

    def ticks(self) -> tuple[Tick, ...]:
        most = largest(self.marks)
        return tuple(Tick(tenth(self.y(mark)), amount_of(mark, most, 1e5), mark == 0) for mark in self.marks)


def _plot(count: int, values: Sequence[float], names: Sequence[str], amounts: Sequence[Amount]) -> _Plot:
    """A plot with room for the numbers of its grid on the left and for the ends' names and values on the right."""
    marks = nice_ticks(values)
    numbers = [amount_of(mark, largest(marks), 1e5).ems for mark in marks]
    wide = [min(ems(name) * TYPE, _ENDS) for name in names] + [amount.ems * FIGURE for amount in amounts]
    tall = max(_TALL, len(names) * _pitch(len(names)))
    return _Plot(max(numbers) * TYPE + 8, WIDTH - max(wide, default=0) - 10, tall, count, tuple(marks))


def _pitch(count: int) -> float:
    """How far ends must stand apart; few have their value on a line of its own."""
    return 2 * LINE + 11 if count <= _FEW else LINE


def lines(title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], unit: str = "") -> Lines:
    """One line a series, each with a dash and a shape of its own, and its name where it ends."""
    given = [(name, _filled(values, len(labels))) for name, values in series]
    there = [value for _, values in given for value in values if value is not None]
    ended = [(name, last) for name, values in given if (last := _last(values)) is not None]
    plot = _plot(len(labels), there, [n for n, _ in ended], [amount_of(v) for _, (_, v) in ended] if len(ended) <= _FEW else [])
    ends = iter(_ends(plot, [(name, index, value, value) for name, (index, value) in ended]))
    drawn = tuple(
        _series(index, "", name, _line(plot, values), _points(plot, values, index), next(ends) if _last(values) else None)
        for index, (name, values) in enumerate(given)
    )
    desc = (Say("series", {"count": len(given)}),) if len(given) > 1 else ()
    return Lines(
        title=title, unit=unit, height=tenth(plot.height), desc=(*desc, *_ways(labels, given, unit)), notes=(), empty=not there,
        table=_table(labels, given), series=drawn, ticks=plot.ticks(), labels=_below(plot, labels),
        left=tenth(plot.left), right=tenth(plot.right),
        fine=len(labels) > _MARKED,
    )  # fmt: skip


def areas(
    title: str, labels: Sequence[str], layers: Sequence[tuple[str, str, Sequence[float | None]]], unit: str = ""
) -> Areas:
    """Layers upon each other, the first at the bottom; a tier's layer has the tier's colour, and every layer a hatch."""
    given = [(tier, name, _filled(values, len(labels))) for tier, name, values in layers]
    ways = [(name, values) for _, name, values in given]
    stack = _stacked(ways)
    plot = _plot(len(labels), [sums[-1] for sums in stack.drawn_sums], stack.names, stack.amounts)
    ends, level = iter(_ends(plot, stack.ends)), iter(range(len(stack.layers)))
    drawn = tuple(
        _series(index, tier and tier_of(tier), name, _layer(plot, stack, next(level)), "", next(ends, None))
        if _last(values)
        else _series(index, tier and tier_of(tier), name, "", "", None)
        for index, (tier, name, values) in enumerate(given)
    )
    whole = [Say("total", {"label": labels[stack.last], "value": said(stack.sums[stack.last][-1], unit)})] if stack.runs else []
    return Areas(
        title=title, unit=unit, height=tenth(plot.height), desc=(*whole, *_ways(labels, ways, unit)),
        notes=_area_notes(ways), empty=not stack.runs, table=_table(labels, ways), series=drawn, ticks=plot.ticks(),
        labels=_below(plot, labels), left=tenth(plot.left), right=tenth(plot.right),
        fine=len(labels) > _MARKED,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stack:
    """The layers of which something is known; the stretches where all of them are, and their sums at every label."""

    layers: tuple[tuple[str, Values], ...]
    runs: tuple[list[int], ...]
    sums: tuple[tuple[float, ...], ...]

    @property
    def last(self) -> int:
        return self.runs[-1][-1]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.layers] if self.runs else []

    @property
    def drawn_sums(self) -> list[tuple[float, ...]]:
        return [self.sums[index] for run in self.runs for index in run]

    @property
    def amounts(self) -> list[Amount]:
        return [amount_of(value) for _, _, _, value in self.ends] if len(self.layers) <= _FEW else []

    @property
    def ends(self) -> list[tuple[str, int, float, float]]:
        """Name, index, height and value of the layers where the stack ends."""
        if not self.runs:
            return []
        at = self.sums[self.last]
        ends = zip(self.layers, at, at[1:], strict=False)
        return [(name, self.last, (low + high) / 2, values[self.last] or 0) for (name, values), low, high in ends]


def _stacked(given: Sequence[tuple[str, Values]]) -> _Stack:
    layers = tuple((name, values) for name, values in given if _last(values))
    columns = [*zip(*(values for _, values in layers), strict=True)]
    runs = tuple(run for whole, run in _runs([None not in column for column in columns]) if whole)
    sums = tuple(tuple(accumulate((max(value or 0, 0) for value in column), initial=0.0)) for column in columns)
    return _Stack(layers, runs, sums)


def _series(index: int, tier: str, name: str, path: str, points: str, end: End | None) -> Series:
    style = index % STYLES
    return Series(index, style, tier, name, path, points, shape(style, 22, 10), end)


def _filled(values: Sequence[float | None], count: int) -> Values:
    """As many values as there are labels."""
    return tuple(known(value) for value in [*values, *[None] * count][:count])


def _last(values: Values) -> tuple[int, float] | None:
    return next(((index, value) for index, value in reversed([*enumerate(values)]) if value is not None), None)


def _runs(flags: Sequence[bool]) -> Iterator[tuple[bool, list[int]]]:
    """The stretches of indices with the same flag."""
    for flag, run in groupby(range(len(flags)), key=lambda index: flags[index]):
        yield flag, list(run)


def _line(plot: _Plot, values: Values) -> str:
    runs = [run for there, run in _runs([value is not None for value in values]) if there and len(run) > 1]
    return "".join("M" + "L".join(plot.at(index, values[index] or 0) for index in run) for run in runs)


def _points(plot: _Plot, values: Values, style: int) -> str:
    """A mark on every value; where there are very many, on those that stand alone and on the last."""
    marked = {index for index, value in enumerate(values) if value is not None}
    if len(marked) > _MARKED:
        marked = {index for index in marked if not {index - 1, index + 1} & marked or index == max(marked)}
    return "".join(shape(style % STYLES, plot.x(index), plot.y(values[index] or 0)) for index in sorted(marked))


def shape(style: int, x: float, y: float) -> str:
    """A point's shape: disc, square, triangle, diamond, ring, open square (the last two are open by their class)."""
    x, y = tenth(x), tenth(y)
    if style in (0, 4):
        return f"M{tenth(x - 4.5)} {y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z"
    if style in (1, 5):
        return f"M{tenth(x - 4)} {tenth(y - 4)}h8v8h-8z"
    return f"M{x} {tenth(y - 5.5)}l5 9h-10z" if style == 2 else f"M{x} {tenth(y - 6)}l6 6-6 6-6-6z"


def _layer(plot: _Plot, stack: _Stack, level: int) -> str:
    """There along its upper edge and back along its lower one; a value between two gaps is a column."""
    path = ""
    for run in stack.runs:
        over, under = [stack.sums[index][level + 1] for index in run], [stack.sums[index][level] for index in run]
        if len(run) == 1:
            x, half = plot.x(run[0]), 14.0 if plot.count == 1 else min(6.0, (plot.x(1) - plot.x(0)) / 2)
            left, right, top, low = tenth(x - half), tenth(x + half), tenth(plot.y(over[0])), tenth(plot.y(under[0]))
            path += f"M{left} {top}H{right}V{low}H{left}z"
            continue
        there = [plot.at(index, value) for index, value in zip(run, over, strict=True)]
        back = [plot.at(index, value) for index, value in zip(run, under, strict=True)]
        path += "M" + "L".join([*there, *reversed(back)]) + "z"
    return path


def _ends(plot: _Plot, wanted: Sequence[tuple[str, int, float, float]]) -> list[End]:
    """Names beside the ends, pushed apart until none touches another. `wanted`: name, index, height, value."""
    pitch = _pitch(len(wanted))
    order = sorted(range(len(wanted)), key=lambda each: (-wanted[each][2], each))
    ys = [plot.y(wanted[each][2]) for each in order]
    for k in range(1, len(ys)):
        ys[k] = max(ys[k], ys[k - 1] + pitch)
    floor = _TOP + plot.tall + 6
    for k in range(len(ys) - 1, -1, -1):
        ys[k] = min(ys[k], floor - pitch / 2 - (len(ys) - 1 - k) * pitch)
    place = dict(zip(order, (max(y, pitch / 2) for y in ys), strict=True))
    ends = []
    for each, (name, index, height, value) in enumerate(wanted):
        x, y, to = plot.x(index), plot.y(height), place[each]
        moved = abs(to - y) > 3 or plot.right - x > 24
        thread = f"M{tenth(x + 7)} {tenth(y)}L{tenth(plot.right)} {tenth(to)}" if moved and plot.right > x + 7 else ""
        (cut,) = wrapped(name, _ENDS)
        ends.append(End(tenth(plot.right + 6), tenth(to), cut, amount_of(value) if len(wanted) <= _FEW else None, thread))
    return ends


def _below(plot: _Plot, labels: Sequence[str]) -> tuple[Label, ...]:
    """As many of the labels as stand beside each other, from the first to the last; evenly, where unevenness would show."""
    end = len(labels) - 1
    for count in range(end, 0, -1):
        if end % count == 0 or end > _MARKED / 2:
            drawn = [_under(plot, index, labels[index]) for index in (k * end // count for k in range(count + 1))]
            if all(before + 10 <= after for (_, before, _), (after, _, _) in pairwise(drawn)):
                return tuple(label for _, _, label in drawn)
    return tuple(_under(plot, 0, label)[2] for label in labels[:1])


def _under(plot: _Plot, index: int, text: str) -> tuple[float, float, Label]:
    """A label below its value, moved in where it would leave the sheet; with its two edges."""
    (cut,) = wrapped(text, WIDTH / 3)
    half = ems(cut) * TYPE / 2
    x = min(max(plot.x(index), half), WIDTH - half)
    return x - half, x + half, Label(tenth(x), tenth(plot.height - 8), cut, "middle")


def _table(labels: Sequence[str], given: Sequence[tuple[str, Values]]) -> Table:
    rows: Rows = tuple((label, *(values[index] for _, values in given)) for index, label in enumerate(labels))
    return Table((Say("name"), *(name for name, _ in given)), rows)


def _ways(labels: Sequence[str], given: Sequence[tuple[str, Values]], unit: str) -> Iterator[Say]:
    """How the first few series go, and how many values nobody knows."""
    for name, values in [(name, values) for name, values in given if _last(values)][:_TOLD]:
        yield _way(labels, name, values, unit)
    yield from unknown(sum(values.count(None) for _, values in given))


def _way(labels: Sequence[str], name: str, values: Values, unit: str) -> Say:
    """From where to where a series goes."""
    there = [(label, value) for label, value in zip(labels, values, strict=True) if value is not None]
    (first, start), (last, end) = there[0], there[-1]
    told: dict[str, str | int | Amount] = {"name": name, "first": first, "last": last}
    return Say("way" if len(there) > 1 else "way_one", {**told, "start": said(start, unit), "end": said(end, unit)})


def _area_notes(given: Sequence[tuple[str, Values]]) -> tuple[Say, ...]:
    stacked = [values for _, values in given if _last(values)]
    below = any(value is not None and value < 0 for values in stacked for value in values)
    left_out = len(given) - len(stacked)
    notes = (
        (below, Say("below_zero")),
        (any(None in values for values in stacked), Say("broken")),
        (left_out > 0, Say("left_out", {"count": left_out})),
    )
    return tuple(say for wanted, say in notes if wanted)
