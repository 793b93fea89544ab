"""Blocks: the places of a town that stand near each other, with all that a map, a card or a search asks of them.

The rule: a block is what lies in one square of a quadtree (squares of the web Mercator map, as the tiles of maps are), which is
quartered while it holds more than MOST places. A row of the browser's is a place of a block: frontend/src/data/blocks.ts.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import asinh, pi, radians, tan

from haitang.data.directory import Directory
from haitang.model.entries import Position
from haitang.model.types import GONE
from haitang.site.exports import browser_places, columns
from haitang.site.page import File, script_json
from haitang.site.views import Site

MOST = 256  # places of a block
DEEPEST = 22  # level of the smallest squares, some metres wide
SHORT = 16  # levels that are enough to tell where a block lies: half a kilometre
NOWHERE = "n"  # the square of places of which nobody knows where they are
PAST = "g"  # before the square of places that are gone: they are shown only to who asks for them
VERSION = 6  # characters; 36 bits tell two versions of one file apart


@dataclass(frozen=True, slots=True)
class Block:
    """`square`: a digit 0 to 3 a level, from the whole world down to the square that holds all of them and no others of their
    town; then a dash and a number where they share it. Places that are gone have squares of their own."""

    town: str
    square: str
    positions: tuple[Position, ...]

    @property
    def name(self) -> str:
        return f"places/{self.town}/{self.square or 'w'}"


def blocks(directory: Directory) -> list[Block]:
    """All blocks: towns in their order, then by their squares; what stands nowhere, and then what is gone, comes last."""
    found = []
    for town in directory.town:
        own = directory.in_town(town)
        for past in (False, True):
            chosen = [position for position in own if (position.status in GONE) is past]
            found += [Block(town, PAST * past + square, tuple(those)) for square, those in _squares(directory, chosen)]
    return found


def _squares(directory: Directory, positions: list[Position]) -> Iterator[tuple[str, list[Position]]]:
    placed, nowhere = list[tuple[int, Position]](), list[Position]()
    for position in positions:
        if spot := directory.spot(position):
            placed.append((_square(spot.lon, spot.lat), position))
        else:
            nowhere.append(position)
    yield from _quartered(placed, 0)
    yield from _runs(NOWHERE, nowhere)


def _square(lon: float, lat: float) -> int:
    """The smallest square around a point: two bits a level."""
    cells = 1 << DEEPEST
    x = min(max(int((lon + 180) / 360 * cells), 0), cells - 1)
    y = min(max(int((1 - asinh(tan(radians(lat))) / pi) / 2 * cells), 0), cells - 1)
    return int(f"{x:b}", 4) + 2 * int(f"{y:b}", 4)  # the bits of both in turns


def _quartered(placed: list[tuple[int, Position]], level: int) -> Iterator[tuple[str, list[Position]]]:
    if not placed:
        return
    if len(placed) <= MOST or level == DEEPEST:
        squares = [square for square, _ in placed]
        common = DEEPEST - ((min(squares) ^ max(squares)).bit_length() + 1) // 2
        yield from _runs(_digits(squares[0], max(level, min(common, SHORT))), [position for _, position in placed])
        return
    quarters: list[list[tuple[int, Position]]] = [[], [], [], []]
    for square, position in placed:
        quarters[square >> 2 * (DEEPEST - level - 1) & 3].append((square, position))
    for quarter in quarters:
        yield from _quartered(quarter, level + 1)


def _digits(square: int, level: int) -> str:
    return "".join(str(square >> 2 * (DEEPEST - at - 1) & 3) for at in range(level))


def _runs(square: str, positions: list[Position]) -> Iterator[tuple[str, list[Position]]]:
    """At most MOST at a time: many may stand on the very same spot."""
    for at in range(0, len(positions), MOST):
        yield f"{square}-{at // MOST}" if at else square, positions[at : at + MOST]


def shard(name: str, data: dict[str, object]) -> File:
    """A classic script that hands `data` over as `HAITANG[name]`, with its version as the first of it."""
    version = urlsafe_b64encode(sha256(script_json(data)).digest()).decode()[:VERSION]
    told = script_json({"v": version, **data})
    return File(f"data/{name}.js", b'(window.HAITANG=window.HAITANG||{})["%s"]=%s;\n' % (name.encode(), told))


def version_in(content: bytes) -> str:
    """Of a shard."""
    start = content.index(b'{"v":"') + 6
    return content[start : start + VERSION].decode()


def block_file(site: Site, block: Block) -> File:
    """The block's places as browser_places has them, but with lists of names of its own."""
    positions = block.positions
    spots = [site.directory.spot(position) for position in positions]
    data: dict[str, object] = {
        "id": columns.below([block.town] * len(positions), [position.id for position in positions]),
        "name": columns.texts(position.name for position in positions),
        "tier": columns.numbers(browser_places.tier_codes(site.directory, positions)),
        "lon": columns.fixed([round(spot.lon * 1e6) if spot else None for spot in spots]),
        "lat": columns.fixed([round(spot.lat * 1e6) if spot else None for spot in spots]),
        "precise": columns.numbers(int(spot is not None and spot.precision != "town") for spot in spots),
        **browser_places.facts(site, positions, brands={}),
    }
    return shard(block.name, data)
