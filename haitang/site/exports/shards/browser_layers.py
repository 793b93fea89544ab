"""data/base.js and data/base/*.js: what the map is drawn on, where directory.yml names layers; data/layers.js draws it.

The map is cut into tiles, squares of some kilometres whose names say which; `base/all` holds all of it coarsely, for views from
further away. Both are as columns.py packs numbers, and are read by frontend/src/map/base/tile.ts. No tile is larger than a
phone can wait for: where more is drawn, it is drawn more coarsely.
"""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from haitang.geo.coordinates import Box
from haitang.geo.layers import COARSE_M, KINDS, MAIN, MINOR, Drawn, Layer, Line
from haitang.site.edition.fragments import fragments
from haitang.site.exports import columns
from haitang.site.exports.shards.blocks import shard, version_in
from haitang.site.languages.translation import name_in
from haitang.site.page import File, data_script
from haitang.site.views import Site

if TYPE_CHECKING:
    from haitang.geo.layer_cutting import Cutter

MOST_BYTES = 60_000  # of a tile after gzip
FORMS = ("area", "line", "spot")
_SIZE = 0.1  # degrees of a tile, or a double of it where there would be more than _MOST_TILES
_MOST_TILES = 400
_FINE, _COARSE = (8.0, 1e-5), (COARSE_M, 5e-5)  # metres that a line may be moved, and degrees that numbers are rounded to
_COARSER = (1, 2, 4, 16)  # times; where that is not enough, only some of what there is is drawn
_EMPTY = b'"layers":[]'


def build(site: Site) -> Iterator[File]:
    """They are kept from build to build: nearly no edit touches them."""
    if site.directory.layers:
        (made,) = fragments(site, "base", [b"tiles"], lambda _: list(files_of(site.directory.layers)))
        yield from (File(path, content) for path, content in made)


def names(site: Site) -> Iterator[File]:
    """data/map_names.js of a further language: how it says what is written on the base, which all languages share."""
    if not site.folder:
        return
    shapes = [shape for layer in site.directory.layers for shape in layer.shapes if shape.name]
    own = {shape.name: shape.name_en for shape in shapes if shape.name_en} if site.language == "en" else {}
    said = name_in(site.written, site.language)
    named = {name: own.get(name) or said(name) for name in sorted({shape.name for shape in shapes})}
    other = {name: called for name, called in named.items() if called != name}
    if other:
        told = {"name": columns.texts(other), "said": columns.texts(other.values())}
        yield File("data/map_names.js", data_script("map_names", told))


def in_hall(site: Site) -> Iterator[File]:
    """What `build` makes without its tiles: all of it coarsely, for a page that can ask for no further file."""
    if not site.directory.layers:
        return
    from haitang.geo.layer_cutting import Cutter  # nobody else waits for what it loads

    def made(_: int) -> list[tuple[str, bytes]]:
        cutter = Cutter(site.directory.layers)
        path, content = _whole(cutter)
        told = {"size": _size(cutter.bounds), "tiles": "", "versions": "", "all": version_in(content)}
        return [(f"data/{path}.js", content), ("data/base.js", data_script("base", told))]

    (files,) = fragments(site, "base", [b"in a hall"], made)
    yield from (File(path, content) for path, content in files)


def program(site: Site, bundle: Path) -> Iterator[File]:
    """What draws them, which no other directory's visitors need to load."""
    if site.directory.layers:
        yield File("data/layers.js", (bundle / "data" / "layers.js").read_bytes())


def files_of(layers: Sequence[Layer]) -> Iterator[tuple[str, bytes]]:
    """The path and the content of each file; there must be a layer."""
    from haitang.geo.layer_cutting import Cutter  # nobody else waits for what it loads

    cutter = Cutter(layers)
    bounds = cutter.bounds
    size = _size(bounds)
    whole = _whole(cutter)
    yield f"data/{whole[0]}.js", whole[1]
    names, versions = [], []
    for x in range(floor((bounds.west + 180) / size), floor((bounds.east + 180) / size) + 1):
        for y in range(floor((bounds.south + 90) / size), floor((bounds.north + 90) / size) + 1):
            west, south = x * size - 180, y * size - 90
            box = Box(west, south, west + size, south + size)
            path, content = _tile(cutter, f"{x}-{y}", box, MINOR, *_FINE)
            if _EMPTY not in content:
                yield f"data/{path}.js", content
                names.append(f"{x}-{y}")
                versions.append(version_in(content))
    told = {"size": size, "tiles": columns.texts(names), "versions": "".join(versions), "all": version_in(whole[1])}
    yield "data/base.js", data_script("base", told)


def _whole(cutter: "Cutter") -> tuple[str, bytes]:
    return _tile(cutter, "all", cutter.bounds, MAIN, *_COARSE)


def _size(bounds: Box) -> float:
    size = _SIZE
    while (bounds.east - bounds.west + 2 * size) * (bounds.north - bounds.south + 2 * size) > _MOST_TILES * size * size:
        size *= 2
    return size


def _tile(cutter: "Cutter", name: str, box: Box, most_rank: int, metres: float, step: float) -> tuple[str, bytes]:
    for coarser in _COARSER:
        drawn = cutter.cut(box, metres * coarser, most_rank)
        content = _packed(name, box, step, drawn)
        if len(gzip.compress(content, 6)) <= MOST_BYTES:
            return f"base/{name}", content
    while len(gzip.compress(content, 6)) > MOST_BYTES:
        drawn = [replace(one, lines=one.lines[::2], names=one.names[::2]) for one in drawn]
        content = _packed(name, box, step, drawn)
    return f"base/{name}", content


def _packed(name: str, box: Box, step: float, drawn: Sequence[Drawn]) -> bytes:
    layers = [_layer(one, box, step) for one in drawn]
    return shard(f"base/{name}", {"west": box.west, "south": box.south, "step": step, "layers": layers}).content


def _layer(drawn: Drawn, box: Box, step: float) -> dict[str, object]:
    """Points are steps from the one before, of the first line from the tile's south-west, east and north in turns."""
    counts, steps, names = [], list[int](), list[str]()
    last = (0, 0)
    for line, name in zip(drawn.lines, drawn.names, strict=True):
        points = _rounded(line, box, step)
        counts.append(len(points))
        names.append(name)
        for point in points:
            steps += (_unsigned(point[0] - last[0]), _unsigned(point[1] - last[1]))
            last = point
    told: dict[str, object] = {
        "kind": KINDS.index(drawn.kind), "form": FORMS.index(drawn.form), "rank": drawn.rank,
        "count": columns.numbers(counts), "steps": columns.numbers(steps),
    }  # fmt: skip
    return {**told, "names": columns.texts(names)} if any(names) else told


def _rounded(line: Line, box: Box, step: float) -> list[tuple[int, int]]:
    points = [(round((lon - box.west) / step), round((lat - box.south) / step)) for lon, lat in line]
    return [point for at, point in enumerate(points) if not at or point != points[at - 1]]


def _unsigned(number: int) -> int:
    """0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …"""
    return number * 2 if number >= 0 else -number * 2 - 1
