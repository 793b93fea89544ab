"""data/readings.js: how the directory's characters are read, for the search; frontend/src/search/engine/pinyin.ts reads it.

The rule: one entry a character and not one a name, because a thousand names are made of a few hundred characters.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b

from haitang.core.pinyin import Readings, common_sounds, keep, reading_of, readings
from haitang.model.types import TIERS
from haitang.site.edition.recipe import Recipe
from haitang.site.page import File, data_script
from haitang.site.views import Site

PATH = "data/readings.js"


def build(site: Site) -> Iterator[Recipe]:
    texts, own = list(_texts(site)), _own(site)
    whole = blake2b("\n".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    yield Recipe(PATH, (whole, repr(own)), partial(_file, site, texts, own))


def _own(site: Site) -> dict[str, dict[int, str]]:
    """How names are read of which somebody has said it."""
    return {
        position.name: reading
        for position in site.directory.positions
        if position.pinyin and (reading := reading_of(position.name, position.short_name, position.pinyin))
    }


def _file(site: Site, texts: Iterable[str], own: Mapping[str, dict[int, str]]) -> File:
    directory = site.directory
    towns = list(directory.town.values())
    data = {
        **_packed(readings(texts, own)),
        # What a town is called in full, where that is not what lists call it.
        "towns": [town.name if town.short_name else "" for town in towns],
        "tiers": [directory.tier[tier].name if tier in directory.tier else "" for tier in TIERS],
        "common": "".join(f"{syllable}{count}" for syllable, count in common_sounds()),
    }
    keep()
    return File(PATH, data_script("readings", data))


def _texts(site: Site) -> Iterator[str]:
    """Everything that can be found by how it is read."""
    directory = site.directory
    for position in directory.positions:
        yield from (position.name, *position.aliases, position.community or "", *position.services, *position.facilities)
    for town in directory.town.values():
        yield from (town.name, town.short_name or "")
    yield from (brand.name for brand in directory.brands)
    yield from (tier.name for tier in directory.settings.tiers)


def _packed(found: Readings) -> dict[str, object]:
    """`usual`: a syllable and all characters usually read so; `others`: a character and its other readings; `phrases`: a place,
    a reading and the stretch in which the character at that place is read so. A line each."""
    groups: dict[str, str] = {}
    for character, syllable in found.usual.items():
        groups[syllable] = groups.get(syllable, "") + character
    return {
        "usual": "\n".join(f"{syllable}{characters}" for syllable, characters in sorted(groups.items())),
        "others": "\n".join(character + " ".join(others) for character, others in found.others.items()),
        "phrases": "\n".join(f"{place} {syllable} {stretch}" for (stretch, place), syllable in sorted(found.phrases.items())),
    }
