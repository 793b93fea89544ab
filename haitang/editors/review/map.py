"""How far a point moved, and a small map of what did: an arrow from the old point to the new one, a dot for what is new, a
cross for what went.

The rule: points are WGS-84, whatever systems the files used, so that a change of the system alone moves nothing. A drawing and
no map: nothing but the points themselves, drawn to one scale. Names are escaped, nothing in it is a
script, a style or an address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from math import atan2, cos, degrees, hypot, radians

from haitang.core.sanitize import plain
from haitang.editors.review.report import Direction, Move, Point, Review
from haitang.geo.coordinates import distance_m
from haitang.model.entries import Location
from haitang.model.messages import Words

WIDTH, HEIGHT, MARGIN = 640, 420, 60
MOST = 40  # marks
_LEAST = 0.002  # degrees: about two hundred metres, so that a small move does not fill the sheet
_SHORT = 6  # units below which an arrow could not be seen
_NAME = 14  # characters
_EM, _LINE = 12, 15  # units a character is wide, and a line high
_WAYS: tuple[Direction, ...] = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
STILL = 0.5  # metres: the formulas of the systems agree no better


@dataclass(frozen=True, slots=True)
class _Mark:
    name: str
    old: Point | None
    new: Point | None
    move: Move | None = None


def move(old: Location, new: Location) -> Move:
    """From one place to the other; no direction where it stayed."""
    start, end = old.wgs84, new.wgs84
    metres = distance_m(start, end)
    east = (end.lon - start.lon) * cos(radians((start.lat + end.lat) / 2))
    way = _WAYS[round(degrees(atan2(east, end.lat - start.lat)) / 45) % 8]
    return Move(round(metres, 1), "" if metres < STILL else way, point(old), point(new))


def point(location: Location) -> Point:
    """Degrees to about a decimetre."""
    place = location.wgs84
    return round(place.lon, 6), round(place.lat, 6)


def moves_map(review: Review, words: Words) -> str:
    """The drawing, or one that says that nothing moved."""
    marks = list(_marks(review))
    phrases = words.tree["review"]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13">',
        f"<title>{escape(phrases['map_title'])}</title>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#b8263f"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    if marks:
        sheet = _Sheet(marks[:MOST])
        for mark in marks[:MOST]:
            lines += sheet.draw(mark, words)
    note = words.sentence("review", "map_more", count=len(marks) - MOST) if len(marks) > MOST else phrases["map_note"]
    lines.append(_text(MARGIN / 4, HEIGHT - 12, note if marks else phrases["map_none"], "#555"))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _marks(review: Review) -> Iterator[_Mark]:
    for entry in review.entries:
        moves = [change.move for change in entry.fields if change.move and change.move.direction]
        if moves:
            yield _Mark(entry.name, moves[0].old, moves[0].new, moves[0])
        elif entry.point and entry.what == "new":
            yield _Mark(entry.name, None, entry.point)
        elif entry.point and entry.what in ("deleted", "closed", "merged"):
            yield _Mark(entry.name, entry.point, None)


class _Sheet:
    """Where degrees lie on the sheet."""

    def __init__(self, marks: list[_Mark]) -> None:
        points = [point for mark in marks for point in (mark.old, mark.new) if point]
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        self._shrink = max(cos(radians(sum(lats) / len(lats))), 0.01)
        self._middle = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        wide, high = (max(lons) - min(lons)) * self._shrink, max(lats) - min(lats)
        self._taken: list[tuple[float, float, float]] = []  # of names: left, right, line
        self._scale = min((WIDTH - 2 * MARGIN) / max(wide, _LEAST), (HEIGHT - 2 * MARGIN) / max(high, _LEAST))

    def at(self, point: Point) -> tuple[float, float]:
        x = WIDTH / 2 + (point[0] - self._middle[0]) * self._shrink * self._scale
        return x, HEIGHT / 2 - (point[1] - self._middle[1]) * self._scale

    def draw(self, mark: _Mark, words: Words) -> Iterator[str]:
        if mark.old and mark.new and mark.move:
            yield from self._arrow(self.at(mark.old), self.at(mark.new))
            length = words.sentence("review", "map_metres", metres=round(mark.move.metres))
            yield self._name(self.at(mark.new), f"{plain(mark.name, _NAME)} {length}", "#222")
        elif mark.new:
            x, y = self.at(mark.new)
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#1b7f3b"/>'
            yield self._name((x, y), f"+ {plain(mark.name, _NAME)}", "#1b7f3b")
        elif mark.old:
            x, y = self.at(mark.old)
            yield f'<path d="M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8" stroke="#555" stroke-width="2"/>'
            yield self._name((x, y), f"− {plain(mark.name, _NAME)}", "#555")

    def _arrow(self, start: tuple[float, float], end: tuple[float, float]) -> Iterator[str]:
        yield f'<circle cx="{start[0]:.1f}" cy="{start[1]:.1f}" r="4" fill="none" stroke="#555"/>'
        if hypot(end[0] - start[0], end[1] - start[1]) >= _SHORT:
            yield (
                f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" stroke="#b8263f" '
                'stroke-width="2" marker-end="url(#head)"/>'
            )
        else:
            yield f'<circle cx="{end[0]:.1f}" cy="{end[1]:.1f}" r="3" fill="#b8263f"/>'

    def _name(self, at: tuple[float, float], name: str, colour: str) -> str:
        """Beside the point, lower where another name stands."""
        end = at[0] > WIDTH / 2
        x, y = at[0] + (-9 if end else 9), at[1] - 7
        left, right = (x - _EM * len(name), x) if end else (x, x + _EM * len(name))
        while y < HEIGHT - 2 * _LINE and any(a < right and left < b and abs(y - line) < _LINE for a, b, line in self._taken):
            y += _LINE
        self._taken.append((left, right, y))
        return _text(x, y, name, colour, "end" if end else "start")


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
