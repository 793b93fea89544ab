"""The browser's data of all places: whole up to MOST_WHOLE, else as shards, which `indexes` lists once they are there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from haitang.data.directory import Directory
from haitang.site.edition.recipe import Recipe
from haitang.site.exports import browser_activities, browser_places, browser_routes
from haitang.site.exports.shards import ids, overview, search_keys
from haitang.site.exports.shards.blocks import Block, block_file, blocks
from haitang.site.page import File
from haitang.site.views import Site

# Code that pages ask for when it is needed, as they ask for data; and `embed`, for which other sites ask.
LAZY = ("embed", "engine", "offline", "qr", "speech")
MOST_WHOLE = 5_000  # places; up to there the data are few files, each of which holds all


def is_split(directory: Directory) -> bool:
    return len(directory.positions) > MOST_WHOLE


def build(site: Site) -> Iterator[File | Recipe]:
    if not is_split(site.directory):
        yield from browser_places.build(site)
        yield from browser_activities.build(site)
        yield from browser_routes.build(site)
        return
    found = blocks(site.directory)
    for block in found:
        made_of = (site.prerequisites.of_places(block.positions),)
        yield Recipe(f"data/{block.name}.js", made_of, partial(block_file, site, block))
    yield from overview.facet_files(site, found)
    yield from ids.build(found)
    rows = rows_of(found)
    yield from browser_activities.build(site, rows)
    yield from browser_routes.build(site, rows)
    yield from search_keys.build(site, found)


def indexes(site: Site, bundle: Path, paths: Iterable[str], read: Callable[[str], bytes]) -> Iterator[File]:
    """Code that comes when it is needed, and what says where all shards are, made of them. `paths`: those of the site's
    files; `read` gives what is in one."""
    for name in () if site.folder else LAZY:
        yield File(f"data/{name}.js", (bundle / "data" / f"{name}.js").read_bytes())
    if is_split(site.directory):
        if not site.folder:
            yield File("data/split.js", (bundle / "data" / "split.js").read_bytes())
        yield overview.overview(site, blocks(site.directory), read)
        yield overview.choices(site)
        paths = list(paths)
        yield ids.index(paths, read)
        keys = (path[len("data/keys/") : -len(".js")] for path in paths if path.startswith("data/keys/"))
        yield search_keys.index(keys, read)


def rows_of(found: list[Block]) -> Mapping[str, int]:
    """The browser's row of each place, by its id."""
    return {position.id: row for row, position in enumerate(each for block in found for each in block.positions)}
