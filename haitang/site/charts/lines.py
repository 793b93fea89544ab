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
    Say,
    Table,
    Tick,
    amount_of,
    axis,
    ems,
    finite,
    nice_ticks,
    tenth,
    tier_of,
    unknown,
    wrapped,
)

_TOP, _FLOOR, _TALL = 14.0, 34.0, 210.0  # above the highest line of the grid, for the labels below it, between the two
_ENDS = 104.0  # the widest that names at lines' ends may be
_FEW = 4  # series whose last value is written over their name
_MARKED = 40  # points beyond which marks would make a caterpillar of the line
_DESCRIBED = 6  # series whose way stands in the description

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
class _Ending:
    """Where a line or layer ends: the index and height there, and the last value."""

    name: str
    index: int
    height: float
    value: float


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values stand on the sheet."""

    left: float
    right: float
    tall: float
    count: int
    marks: Sequence[float]

    @classmethod
    def of(cls, count: int, values: Sequence[float], endings: Sequence[_Ending]) -> "_Plot":
        """With room for the numbers of its grid on the left and for the endings' names and values on the right."""
        marks = nice_ticks(values)
        wide = [min(ems(ending.name) * TYPE, _ENDS) for ending in endings]
        wide += [amount_of(ending.value).ems * FIGURE for ending in endings] if len(endings) <= _FEW else []
        numbers = max(tick.amount.ems for tick in axis(marks, float))
        tall = max(_TALL, len(endings) * _pitch(len(endings)))
        return cls(numbers * TYPE + 8, WIDTH - max(wide, default=0) - 10, tall, count, marks)

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


def _pitch(count: int) -> float:
    """How far endings must stand apart; few have their value on a line of its own."""
    return 2 * LINE + 11 if count <= _FEW else LINE


def lines(title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], unit: str = "") -> Lines:
    """One line a series, each with a dash and a shape of its own, and its name where it ends."""
    given = [(name, _filled(values, len(labels))) for name, values in series]
    there = [value for _, values in given for value in values if value is not None]
    endings = [_Ending(name, last[0], last[1], last[1]) for name, values in given if (last := _last(values))]
    plot = _Plot.of(len(labels), there, endings)
    ends = iter(_ends(plot, endings))
    drawn = tuple(
        _series(index, "", name, _line(plot, values), _points(plot, values, index), next(ends) if _last(values) else None)
        for index, (name, values) in enumerate(given)
    )
    desc = (Say("series", {"count": len(given)}),) if len(given) > 1 else ()
    return Lines(
        title=title, unit=unit, height=tenth(plot.height), desc=(*desc, *_ways(labels, given, unit)), notes=(), empty=not there,
        table=_table(labels, given), series=drawn, ticks=axis(plot.marks, plot.y), labels=_below(plot, labels),
        left=tenth(plot.left), right=tenth(plot.right), fine=len(labels) > _MARKED,
    )  # fmt: skip


def areas(
    title: str, labels: Sequence[str], layers: Sequence[tuple[str, str, Sequence[float | None]]], unit: str = ""
) -> Areas:
    """Layers upon each other, the first at the bottom; a tier's layer has the tier's colour, and every layer a hatch."""
    given = [(name, _filled(values, len(labels))) for _, name, values in layers]
    stacked = [(name, values) for name, values in given if _last(values)]
    columns = [*zip(*(values for _, values in stacked), strict=True)]
    # The stretches where all of them are known, and their sums at every label.
    runs = [run for whole, run in _runs([None not in column for column in columns]) if whole]
    sums = [[*accumulate((max(value or 0, 0) for value in column), initial=0.0)] for column in columns]
    endings, total = list[_Ending](), list[Say]()
    if runs:
        last = runs[-1][-1]
        total = [Say("total", {"label": labels[last], "value": amount_of(sums[last][-1], unit=unit)})]
        for (name, values), (low, high) in zip(stacked, pairwise(sums[last]), strict=True):
            endings.append(_Ending(name, last, (low + high) / 2, values[last] or 0))
    plot = _Plot.of(len(labels), [sums[index][-1] for run in runs for index in run], endings)
    ends, level = iter(_ends(plot, endings)), iter(range(len(stacked)))
    drawn = tuple(
        _series(index, tier and tier_of(tier), name, _layer(plot, runs, sums, next(level)), "", next(ends, None))
        if _last(given[index][1])
        else _series(index, tier and tier_of(tier), name, "", "", None)
        for index, (tier, name, _) in enumerate(layers)
    )
    return Areas(
        title=title, unit=unit, height=tenth(plot.height), desc=(*total, *_ways(labels, given, unit)),
        notes=_area_notes([values for _, values in stacked], len(given)), empty=not runs, table=_table(labels, given),
        series=drawn, ticks=axis(plot.marks, plot.y), labels=_below(plot, labels),
        left=tenth(plot.left), right=tenth(plot.right), fine=len(labels) > _MARKED,
    )  # fmt: skip


def _series(index: int, tier: str, name: str, path: str, points: str, end: End | None) -> Series:
    style = index % STYLES
    return Series(index, style, tier, name, path, points, shape(style, 22, 10), end)


def _filled(values: Sequence[float | None], count: int) -> Values:
    """As many values as there are labels."""
    return tuple(finite(value) for value in [*values, *[None] * count][:count])


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


def _layer(plot: _Plot, runs: Sequence[list[int]], sums: Sequence[Sequence[float]], level: int) -> str:
    """There along its upper edge and back along its lower one; a value between two gaps is a column."""
    path = ""
    for run in runs:
        over, under = [sums[index][level + 1] for index in run], [sums[index][level] for index in run]
        if len(run) == 1:
            x, half = plot.x(run[0]), 14.0 if plot.count == 1 else min(6.0, (plot.x(1) - plot.x(0)) / 2)
            left, right, top, low = tenth(x - half), tenth(x + half), tenth(plot.y(over[0])), tenth(plot.y(under[0]))
            path += f"M{left} {top}H{right}V{low}H{left}z"
            continue
        there = [plot.at(index, value) for index, value in zip(run, over, strict=True)]
        back = [plot.at(index, value) for index, value in zip(run, under, strict=True)]
        path += "M" + "L".join([*there, *reversed(back)]) + "z"
    return path


def _ends(plot: _Plot, endings: Sequence[_Ending]) -> list[End]:
    """Names beside the ends, pushed apart until none touches another."""
    pitch = _pitch(len(endings))
    order = sorted(range(len(endings)), key=lambda each: (-endings[each].height, each))
    ys = [plot.y(endings[each].height) for each in order]
    for k in range(1, len(ys)):
        ys[k] = max(ys[k], ys[k - 1] + pitch)
    floor = _TOP + plot.tall + 6
    for k in range(len(ys) - 1, -1, -1):
        ys[k] = min(ys[k], floor - pitch / 2 - (len(ys) - 1 - k) * pitch)
    place = dict(zip(order, (max(y, pitch / 2) for y in ys), strict=True))
    ends = []
    for each, ending in enumerate(endings):
        x, y, to = plot.x(ending.index), plot.y(ending.height), place[each]
        moved = abs(to - y) > 3 or plot.right - x > 24
        thread = f"M{tenth(x + 7)} {tenth(y)}L{tenth(plot.right)} {tenth(to)}" if moved and plot.right > x + 7 else ""
        (cut,) = wrapped(ending.name, _ENDS)
        amount = amount_of(ending.value) if len(endings) <= _FEW else None
        ends.append(End(tenth(plot.right + 6), tenth(to), cut, amount, thread))
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
    rows = ((label, *(values[index] for _, values in given)) for index, label in enumerate(labels))
    return Table((Say("name"), *(name for name, _ in given)), tuple(rows))


def _ways(labels: Sequence[str], given: Sequence[tuple[str, Values]], unit: str) -> Iterator[Say]:
    """From where to where the first few series go, and how many values nobody knows."""
    for name, values in [(name, values) for name, values in given if _last(values)][:_DESCRIBED]:
        there = [(label, value) for label, value in zip(labels, values, strict=True) if value is not None]
        (first, start), (last, end) = there[0], there[-1]
        amounts = {"start": amount_of(start, unit=unit), "end": amount_of(end, unit=unit)}
        yield Say("way" if len(there) > 1 else "way_one", {"name": name, "first": first, "last": last, **amounts})
    yield from unknown(sum(values.count(None) for _, values in given))


def _area_notes(stacked: Sequence[Values], count: int) -> tuple[Say, ...]:
    """What one must know of a stack of these out of `count` layers."""
    notes = (
        (any(value is not None and value < 0 for values in stacked for value in values), Say("below_zero")),
        (any(None in values for values in stacked), Say("broken")),
        (len(stacked) < count, Say("left_out", {"count": count - len(stacked)})),
    )
    return tuple(note for applies, note in notes if applies)
