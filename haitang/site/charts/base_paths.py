"""The layers of the base as paths of a drawn map: a few thousand bytes, whatever was brought."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from haitang.geo.layers import Drawn

MOST = 12_000  # characters of all paths of one picture
_GRIDS = (1, 2, 3, 5, 8)  # units of the picture that points are rounded to
Projection = Callable[[float, float], tuple[float, float]]
Point = tuple[int, int]
Path = tuple[str, str, str]


def base_paths(base: Iterable[Drawn], projection: Projection, width: float, height: float) -> tuple[Path, ...]:
    """The kind, form and SVG path of each layer, the lowest first; what lies outside of the picture is left out. Where even the
    coarsest would be too much, the last of the layers are."""
    base = list(base)
    found: list[Path] = []
    for grid in _GRIDS:
        made = (_path(one, projection, width, height, grid) for one in base)
        found = [(one.kind, one.form, path) for one, path in zip(base, made, strict=True) if path]
        if sum(len(path) for *_, path in found) <= MOST:
            break
    while sum(len(path) for *_, path in found) > MOST:
        found.pop()
    return tuple(found)


def _path(drawn: Drawn, projection: Projection, width: float, height: float, grid: int) -> str:
    close = "z" if drawn.form == "area" else "h0" if drawn.form == "spot" else ""
    least = {"area": 4, "line": 2, "spot": 1}[drawn.form]
    pieces = []
    for line in drawn.lines:
        places = [projection(*point) for point in line]
        xs, ys = [x for x, _ in places], [y for _, y in places]
        if max(xs) < -width or min(xs) > 2 * width or max(ys) < -height or min(ys) > 2 * height:  # a wide screen shows more
            continue
        points = list(_rounded(places, grid))
        if len(points) >= least:
            pieces.append(_piece(points) + close)
    return "".join(pieces)


def _rounded(places: Iterable[tuple[float, float]], grid: int) -> Iterator[Point]:
    last = None
    for x, y in places:
        point = (round(x / grid) * grid, round(y / grid) * grid)
        if point != last:
            yield point
        last = point


def _piece(points: list[Point]) -> str:
    """Steps from the point before are shorter than places; a minus parts numbers as well as a blank."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    numbers = [str(part) for step in steps for part in step]
    return f"M{points[0][0]} {points[0][1]}" + ("l" + " ".join(numbers).replace(" -", "-") if numbers else "")
