"""The pictures that stand for a page where its address is sent: a name, a line or two, and flowers of the crabapple.

The rule: with images.py this is the only module that knows PIL. Letters are drawn with the slices of the typeface that
frontend/ locks, never with a font of the machine's, so that every machine makes the same picture. What was drawn is kept by all
that it was drawn of.
"""

import contextlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from math import cos, radians, sin
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haitang.core.digests import digest_of, keep_note, unsealed

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630  # as chats ask for
MOST_BYTES = 40_000
KEPT = Path(".cache", "share")  # below the project
MARGIN, COLUMN = 84, 660  # of the text: the space around it and the width of its lines
_FRONTEND = Path(__file__).parents[2] / "frontend"
_PACKAGE = "node_modules/@fontsource-variable/noto-sans-sc"
_SIZES = ((104, 2), (84, 3), (68, 3), (54, 4))  # of the name: as large as it can be in so many lines
_SMALL, _LINE_HEIGHT = 36, 1.28
_MISSING = "〓"  # what printers set for a letter they do not have
_MOST_KEPT = 6_000
_FINE = 3  # shapes are drawn so many times as large, for smooth edges
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|[A-Za-z]")
_NOT_FIRST = "，。、；：！？）》」』”’·…,.;:!?)%"
_NOT_LAST = "（《「『“‘([<"
_LATIN = r"[!-~\u00a0-\u024f]+\s*"
_WORD = re.compile(rf"{_LATIN}|[{re.escape(_NOT_LAST)}]*.[{re.escape(_NOT_FIRST)}]*")
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A path of an SVG symbol whose heart is at 0,0 (M, L, H, V, C, S and z are known). `width`: of a line; 0 is filled."""

    path: str
    colour: str
    width: float = 0


@dataclass(frozen=True, slots=True)
class Flower:
    """A symbol in its place: `size` is the width of its square of 104, `turn` in degrees."""

    shapes: tuple[Shape, ...]
    x: float
    y: float
    size: float
    turn: float = 0


@dataclass(frozen=True, slots=True)
class Motif:
    """What a picture shows. Colours are #rrggbb; `over` and `below` are lines above and under the name."""

    name: str
    over: str
    below: str
    ground: str
    ink: str
    mute: str
    flowers: tuple[Flower, ...]


def picture(project: Path, motif: Motif) -> bytes:
    """A PNG of WIDTH by HEIGHT, of at most MOST_BYTES; drawn once and then kept below the project."""
    key = blake2b(f"{_program()} {motif!r}".encode(errors="surrogatepass"), digest_size=20).hexdigest()
    note = project / KEPT / key
    if isinstance(kept := unsealed(key, note), bytes):
        return kept
    made = _drawn(motif)
    with contextlib.suppress(OSError):
        keep_note(note, key, made, _MOST_KEPT)
    return made


@cache
def _program() -> str:
    """Who draws, and with which letters."""
    lock = json.loads((_FRONTEND / "package-lock.json").read_bytes())["packages"]
    own = digest_of([("share_pictures", Path(__file__))], [version("pillow")])
    return f"{own} {lock[_PACKAGE]['integrity']}"


def _drawn(motif: Motif) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), motif.ground)
    for flower in motif.flowers:
        _plant(image, flower)
    draw, letters = ImageDraw.Draw(image), _Letters()
    size, lines = letters.fitted(motif.name)
    step = round(size * _LINE_HEIGHT)
    top = (HEIGHT - step * len(lines)) // 2
    for number, line in enumerate(lines):
        letters.write(draw, (MARGIN, top + step * number), line, size, motif.ink)
    letters.write(draw, (MARGIN, MARGIN - 12), letters.cut(motif.over, _SMALL, COLUMN), _SMALL, motif.mute)
    below = letters.cut(motif.below, _SMALL, COLUMN)
    letters.write(draw, (MARGIN, HEIGHT - MARGIN - _SMALL), below, _SMALL, motif.mute)
    return _encoded(image)


def _encoded(image: Any) -> bytes:
    """In as many colours as the bytes allow: edges need them, and there are few others."""
    from PIL import Image

    made = b""
    for colours in (64, 32, 16):
        stream = io.BytesIO()
        image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(stream, "PNG", compress_level=6)
        made = stream.getvalue()
        if len(made) <= MOST_BYTES:
            break
    return made


# --- flowers ---


def _plant(image: Any, flower: Flower) -> None:
    for shape in flower.shapes:
        mask, side = _mask(shape, flower.size, flower.turn)
        image.paste(shape.colour, (round(flower.x - side / 2), round(flower.y - side / 2)), mask)


@lru_cache(64)
def _mask(shape: Shape, size: float, turn: float) -> tuple[Any, int]:
    """Where a shape lies in its square, and the side of that."""
    from PIL import Image, ImageDraw

    side = round(size)
    scale, middle = size * _FINE / 104, side * _FINE / 2
    turned = cos(radians(turn)) * scale, sin(radians(turn)) * scale
    mask = Image.new("L", (side * _FINE, side * _FINE), 0)
    draw = ImageDraw.Draw(mask)
    for points in outlines(shape.path):
        placed = [(middle + x * turned[0] - y * turned[1], middle + x * turned[1] + y * turned[0]) for x, y in points]
        if shape.width:
            draw.line(placed, fill=255, width=max(1, round(shape.width * scale)), joint="curve")
            reach = shape.width * scale / 2
            for x, y in (placed[0], placed[-1]):
                draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
        else:
            draw.polygon(placed, fill=255)
    return mask.resize((side, side), Image.Resampling.BOX), side


def outlines(path: str) -> Iterator[list[Point]]:
    """The lines of a path, curves as points on them."""
    words = _NUMBER.findall(path)
    at, points, control, letter = 0, list[Point](), (0.0, 0.0), ""
    while at < len(words):
        if words[at].isalpha():
            letter, at = words[at], at + 1
            if letter in "zZ":
                continue
        if letter in "HV":
            x, y = points[-1]
            points.append((float(words[at]), y) if letter == "H" else (x, float(words[at])))
            control, at = points[-1], at + 1
            continue
        count = {"M": 1, "L": 1, "S": 2, "C": 3}[letter]
        given = [(float(words[at + 2 * k]), float(words[at + 2 * k + 1])) for k in range(count)]
        at += 2 * count
        if letter == "M":
            if points:
                yield points
            points, control, letter = [given[0]], given[0], "L"
            continue
        if letter == "S":
            x, y = points[-1]
            given.insert(0, (2 * x - control[0], 2 * y - control[1]))
        points += _curve(points[-1], *given) if len(given) == 3 else given
        control = given[-2] if len(given) == 3 else given[-1]
    if points:
        yield points


def _curve(start: Point, one: Point, two: Point, end: Point) -> Iterator[Point]:
    for step in range(1, 13):
        t = step / 12
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        yield (
            a * start[0] + b * one[0] + c * two[0] + d * end[0],
            a * start[1] + b * one[1] + c * two[1] + d * end[1],
        )


# --- letters ---


class _Letters:
    def __init__(self) -> None:
        self._folder = _FRONTEND / _PACKAGE

    def fitted(self, name: str) -> tuple[int, list[str]]:
        """The size of a name and its lines: the largest size in which it has as few lines as that allows."""
        main, bracket, rest = name.partition("（")
        for size, _ in _SIZES[:-1] if main and rest else ():  # what stands in brackets has a line of its own, where it can
            if self._width(name, size) > COLUMN >= max(self._width(main, size), self._width(bracket + rest, size)):
                return size, [main, bracket + rest]
        lines = list[str]()
        for size, most in _SIZES:
            lines = self._lines(name, size, COLUMN)
            if len(lines) <= most:
                return size, self._balanced(name, size, lines)
        size, most = _SIZES[-1]
        return size, [*lines[: most - 1], self.cut("".join(lines[most - 1 :]), size, COLUMN)]

    def _balanced(self, name: str, size: int, lines: list[str]) -> list[str]:
        """The same number of lines, as alike in length as they can be."""
        for width in range(COLUMN - size // 2, COLUMN // 2, -(size // 2)) if len(lines) > 1 else ():
            narrower = self._lines(name, size, width)
            if len(narrower) > len(lines) or max(self._width(line, size) for line in narrower) > width:
                break
            lines = narrower
        return lines

    def cut(self, text: str, size: int, width: float) -> str:
        """A text of one line, with an ellipsis where it is too long for it."""
        if self._width(text, size) <= width:
            return text
        while text and self._width(f"{text}…", size) > width:
            text = text[:-1]
        return f"{text.rstrip()}…"

    def write(self, draw: Any, at: tuple[float, float], text: str, size: int, colour: str) -> None:
        x, y = at
        for run, font in self._runs(text, size):
            draw.text((x, y + size), run, font=font, fill=colour, anchor="ls")
            x += font.getlength(run)

    def _width(self, text: str, size: int) -> float:
        return sum(_advance(self._folder, letter, size) for letter in text)

    def _lines(self, text: str, size: int, width: float) -> list[str]:
        lines, line = list[str](), ""
        for word in _words(text):
            if line and self._width(line + word.rstrip(), size) > width:
                lines.append(line.rstrip())
                line = ""
            for letter in word if self._width(word.rstrip(), size) > width else (word,):  # one that fills more than a line
                if line and self._width(line + letter, size) > width and letter not in _NOT_FIRST:
                    lines.append(line)
                    line = ""
                line += letter
        return [*lines, line.rstrip()] if line.strip() else lines

    def _runs(self, text: str, size: int) -> list[tuple[str, "FreeTypeFont"]]:
        """Pieces of a text with the slice of the typeface that has their letters."""
        runs = list[tuple[str, str]]()
        for letter in text:
            shown, name = _shown(self._folder, letter, size)
            if runs and runs[-1][1] == name:
                runs[-1] = (runs[-1][0] + shown, name)
            else:
                runs.append((shown, name))
        return [(run, _font(self._folder, name, size)) for run, name in runs]


def _words(text: str) -> Iterator[str]:
    """Pieces that are not parted: letters of an alphabet in a row, and of others each with the marks behind it."""
    for found in _WORD.finditer(text.replace("\n", " ")):
        yield found[0]


@cache
def _ranges(folder: Path) -> dict[int, str]:
    """The slice of each character, by its code point; of Latin letters the one that has all of them."""
    found: dict[int, str] = {}
    told = json.loads((folder / "unicode.json").read_bytes())
    for name in sorted(told, key=lambda each: each != "latin"):
        for part in told[name].split(","):
            first, _, last = part.removeprefix("U+").partition("-")
            for point in range(int(first, 16), int(last or first, 16) + 1):
                found.setdefault(point, name.strip("[]"))
    return found


def _slice_of(folder: Path, letter: str) -> str:
    return _ranges(folder).get(ord(letter), "")


@lru_cache(512)
def _font(folder: Path, name: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    font = ImageFont.truetype(
        io.BytesIO(_slice_bytes(folder, name)), size, layout_engine=ImageFont.Layout.BASIC
    )  # no other library has a say
    font.set_variation_by_axes([700 if size > _SMALL else 500])
    return font


@lru_cache(128)
def _slice_bytes(folder: Path, name: str) -> bytes:
    return (folder / "files" / f"noto-sans-sc-{name}-wght-normal.woff2").read_bytes()


@lru_cache(8192)
def _shown(folder: Path, letter: str, size: int) -> tuple[str, str]:
    """A letter and the slice that draws it, or what stands for those that none does."""
    name = _slice_of(folder, letter)
    if name and (letter.isspace() or _has(_font(folder, name, size), letter)):
        return letter, name
    return _MISSING, _slice_of(folder, _MISSING)


@lru_cache(8192)
def _advance(folder: Path, letter: str, size: int) -> float:
    shown, name = _shown(folder, letter, size)
    return _font(folder, name, size).getlength(shown)


def _has(font: "FreeTypeFont", letter: str) -> bool:
    """Whether it draws a letter, and not the box that stands for those it does not have."""
    mask, box = font.getmask(letter), font.getmask("\U0010fffd")
    return mask.size != box.size or bytes(mask) != bytes(box)
