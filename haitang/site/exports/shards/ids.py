"""data/ids/*.js: in which block each place is, by its id, for lists that know nothing but ids (a visitor's own, or one that was
handed on); data/ids.js: how many of these files there are, and their versions.

The rule: the number of a place's file is a digest of its id, modulo how many files there are, so that a list of ten places asks
for ten small files at most; frontend/src/data/ids.ts reckons the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from haitang.core.digests import plain_bytes
from haitang.site.edition.recipe import Recipe
from haitang.site.exports import columns
from haitang.site.exports.shards.blocks import Block, shard, version_in
from haitang.site.page import File, data_script

MOST = 256  # ids of a file, about

Told = tuple[str, str]  # an id and its block's name


def build(found: Sequence[Block]) -> Iterator[Recipe]:
    told = sorted((position.id, block.name) for block in found for position in block.positions)
    files: list[list[Told]] = [[] for _ in range(_count(len(told)))]
    for each in told:
        files[file_of(each[0], len(files))].append(each)
    for number, own in enumerate(files):
        yield Recipe(f"data/ids/{number}.js", (plain_bytes(own),), partial(id_file, number, own))


def _count(ids: int) -> int:
    """A power of two, so that a directory that grows keeps its files for long."""
    return 1 << ((ids - 1) // MOST).bit_length()


def file_of(own_id: str, files: int) -> int:
    """FNV-1a, 32 bits."""
    digest = 0x811C9DC5
    for byte in own_id.encode("ascii"):
        digest = (digest ^ byte) * 0x01000193 % (1 << 32)
    return digest % files


def id_file(number: int, told: Sequence[Told]) -> File:
    names = {name: at for at, name in enumerate(dict.fromkeys(name for _, name in told))}
    return shard(
        f"ids/{number}",
        {
            "id": columns.texts(own_id for own_id, _ in told),
            "block": columns.numbers(names[name] for _, name in told),
            "blocks": list(names),
        },
    )


def index(paths: Iterable[str], read: Callable[[str], bytes]) -> File:
    """`paths`: of the site's files."""
    count = sum(path.startswith("data/ids/") for path in paths)
    versions = "".join(version_in(read(f"data/ids/{number}.js")) for number in range(count))
    return File("data/ids.js", data_script("ids", {"version": versions}))
