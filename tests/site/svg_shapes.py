"""Where things stand in a drawing: enough of SVG to say what a picture of ours covers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from haitang.site.charts.parts import FIGURE, TYPE, ems

Point = tuple[float, float]
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Q": 4, "C": 6, "Z": 0}


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float
    what: str

    def meets(self, other: "Box") -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


# End tags that the HTML standard lets one leave out, as our templates do: an item ends where the next begins, or its list ends
_ENDS = (
    ("li", "li|/ul|/ol"),
    ("t[dh]", "t[dhr]|/tr|/tbody|/thead|/table"),
    ("tr", "tr|/tbody|/thead|/table"),
    ("tbody", "/table"),
)


def parsed(svg: str) -> Element:
    """The picture's tree; raises where it is not well-formed."""
    for tag, ends in _ENDS:
        svg = re.sub(rf"<({tag})(?: [^>]*)?>(?:(?!</\1>).)*?(?=<(?:{ends})\b)", r"\g<0></\1>", svg, flags=re.DOTALL)
    return ElementTree.fromstring(svg)


def walked(path: str) -> Iterator[list[Point]]:
    """The points of each part of a path; of curves their ends."""
    part: list[Point] = []
    x = y = 0.0
    for letter, rest in _STEP.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        kind, size = letter.upper(), _SIZES[letter.upper()]
        for at in range(0, len(numbers), size) if size else ():
            step = numbers[at : at + size]
            assert len(step) == size, path
            back_x, back_y = (x, y) if letter.islower() else (0.0, 0.0)
            x = x if kind == "V" else back_x + step[0 if kind == "H" else size - 2]
            y = y if kind == "H" else back_y + step[-1]
            if kind == "M" and at == 0 and part:
                yield part
                part = []
            part.append((x, y))
        if kind == "Z":
            x, y = part[0]
    if part:
        yield part


def boxes(node: Element, dx: float = 0, dy: float = 0) -> Iterator[Box]:
    """Everything drawn, but not what is only defined; flowers by their squares, texts by their estimated width."""
    for child in node:
        tag, at = child.tag, dict(child.attrib)
        moved = re.fullmatch(r"translate\((\S+) (\S+)\)(?: rotate\(-?\d+(?:\.0)?\))?", at.get("transform", "translate(0 0)"))
        assert moved, at
        x, y = dx + float(moved[1]), dy + float(moved[2])
        if tag in ("g", "a"):
            yield from boxes(child, x, y)
        elif tag == "path" and at["d"]:
            points = [point for part in walked(at["d"]) for point in part]
            yield _around(points, x, y, at.get("class", ""))
        elif tag == "circle":
            cx, cy, r = (float(at[name]) for name in ("cx", "cy", "r"))
            yield _around([(cx - r, cy - r), (cx + r, cy + r)], x, y, "circle")
        elif tag == "use" or (tag == "rect" and "%" not in at["width"]):
            left, top = float(at.get("x", 0)), float(at.get("y", 0))
            yield _around([(left, top), (left + float(at.get("width", 21)), top + float(at.get("height", 21)))], x, y, tag)
        elif tag == "text":
            yield from texts(child)


def texts(node: Element) -> Iterator[Box]:
    lines = [each for each in node if each.tag == "tspan" and "y" in each.attrib] or [node]
    size = FIGURE if "c-figure" in node.attrib["class"].split() else TYPE
    for line in lines:
        words = "".join(line.itertext())
        wide, x, y = ems(words) * size * 0.92, float(line.attrib["x"]), float(line.attrib["y"])  # ems are on the wide side
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[node.attrib.get("text-anchor", "start")]
        yield Box(left, y - size * 0.8, left + wide, y + size * 0.12, words)


def _around(points: list[Point], dx: float, dy: float, what: str) -> Box:
    xs, ys = [x + dx for x, _ in points], [y + dy for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys), what)


def steps(path: str) -> list[tuple[Point, Point]]:
    """The straight pieces of a path."""
    return [pair for part in walked(path) for pair in pairwise(part)]
