"""What all charts are made of: sentences, amounts, labels, tables; and how numbers and names are laid out.

The rule: a value nobody knows stays None from the table to the drawing. A place's `tier` is, in drawings,
how that looks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, isfinite, log10
from typing import ClassVar
from unicodedata import east_asian_width

from haitang.model.tiers import LOOKS, UNKNOWN
from haitang.site.templates import number

WIDTH = 360.0  # of every viewBox: a phone's column, so that 16 units of type are 15 px there
TYPE = 16.0  # units: charts.css sets text in this size, and figures in FIGURE
FIGURE = 19.0
LINE = 20.0  # from line to line of text
STYLES = 6  # dashes, point shapes and hatches that charts.css tells apart; more series share them in turn
_SCALES = ((1e12, "wan_yi"), (1e8, "yi"), (1e4, "wan"))


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence of `words.chart.say` and what fills its blanks."""

    is_link: ClassVar[bool] = False
    key: str
    values: "dict[str, str | int | Amount]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is drawn. `scale` is a key of `words.chart.scale`: 万, 亿, 万亿; empty for plain digits."""

    digits: str
    scale: str = ""
    unit: str = ""  # only in sentences

    @property
    def ems(self) -> float:
        return ems(self.digits) + {"": 0, "wan_yi": 2}.get(self.scale, 1)


@dataclass(frozen=True, slots=True)
class Link:
    """A name in a table that leads somewhere; `href` as it stands in the page, empty where there is nothing to see."""

    is_link: ClassVar[bool] = True
    text: str
    href: str


Cell = str | float | None | Say | Link
Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The data behind a chart; None is a value nobody knows."""

    header: tuple[str | Say, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Label:
    """Text at a place; None stands for 待核实."""

    x: float
    y: float
    text: str | Amount | None
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid across the axis, with its number beside it."""

    at: float
    amount: Amount
    zero: bool


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What every kind has. `desc` says what is to be seen, `notes` what one must know to read it."""

    kind: ClassVar[str]
    title: str
    unit: str
    height: float
    desc: tuple[Say, ...]
    notes: tuple[Say, ...]
    table: Table
    width: float = WIDTH
    empty: bool = False


def tenth(value: float) -> float:
    """A coordinate: a tenth of a unit, without the tail of zeros."""
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def amount_of(value: float, largest: float | None = None, least: float = 1e6, unit: str = "") -> Amount:
    """A value in digits, or in 万 and 亿 where `largest` (of all that stand beside it) reaches `least`."""
    if not value:
        return Amount("0", unit=unit)
    largest = abs(value) if largest is None else largest
    size, scale = next(((size, scale) for size, scale in _SCALES if largest >= max(size, least)), (1.0, ""))
    value /= size
    digits = f"{value:.4f}".rstrip("0").rstrip(".") if 0 < abs(value) < 1 else number(value)
    return Amount(digits.replace("-", "−"), scale, unit)


def tier_of(look: str) -> str:
    """A look that there is."""
    return look if look in LOOKS else UNKNOWN


def nice_ticks(values: Sequence[float], most: int = 6) -> list[float]:
    """At most six numbers in steps of 1, 2 or 5, with the nought and all values between the first and the last."""
    low, high = min([0.0, *values]), max([0.0, *values])
    high = high if high > low else 1.0
    size = 10.0 ** floor(log10((high - low) / most))
    whole = all(value == int(value) for value in values)
    steps = [size * factor for factor in (1, 2, 5, 10, 20) if size * factor >= 1 or not whole]
    step = next(step for step in steps if ceil(high / step) - floor(low / step) < most)
    return [index * step for index in range(floor(low / step), ceil(high / step) + 1)]


def axis(marks: Sequence[float], place: Callable[[float], float]) -> tuple[Tick, ...]:
    """The lines of a grid, each with its number, all on one scale."""
    largest = max(map(abs, marks))
    return tuple(Tick(tenth(place(mark)), amount_of(mark, largest, 1e5), mark == 0) for mark in marks)


def ems(text: str) -> float:
    """About how wide a text is, on the wide side."""
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.74 if letter.isupper() else 0.6 for letter in text)


def wrapped(text: str, width: float, most: int = 1) -> tuple[str, ...]:
    """A text in at most so many lines of that width; what does not fit is cut with an ellipsis."""
    room, lines, line = width / TYPE, [], ""
    for letter in text:
        if line and ems(line + letter) > room:
            lines.append(line)
            line = ""
        line += letter
    lines = [*lines, line]
    if len(lines) > most:
        last = lines[most - 1]
        while last and ems(last) + 1 > room:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return tuple(each.strip() for each in lines)


def value_head(unit: str) -> Say:
    return Say("value_unit", {"unit": unit}) if unit else Say("value")


def unknown(count: int) -> tuple[Say, ...]:
    return (Say("missing", {"count": count}),) if count else ()
