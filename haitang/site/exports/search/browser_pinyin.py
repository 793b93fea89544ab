"""data/readings.js: how the directory's characters are read, for the search; frontend/src/search/engine/pinyin.ts reads it.

The rule: one entry a character and not one a name, because a thousand names are made of a few hundred characters; and none
where the browser would guess the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b

from haitang.core.pinyin import COMMON, Readings, common_sounds, keep, reading_of, readings
from haitang.site.edition.recipe import Recipe
from haitang.site.exports.browser_data import is_split
from haitang.site.exports.search.texts import compared, searched_texts
from haitang.site.page import File, data_script
from haitang.site.views import Site

PATH = "data/readings.js"


def build(site: Site) -> Iterator[Recipe]:
    texts, own = list(searched_texts(site)), _own(site)
    whole = blake2b("\n".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    yield Recipe(PATH, (whole, repr(own), is_split(site.directory)), partial(_file, site, texts, own))


def _own(site: Site) -> dict[str, dict[int, str]]:
    """How names are read of which somebody has said it."""
    return {
        compared(site, position.name): reading
        for position in site.directory.positions
        if position.pinyin and (reading := reading_of(position.name, position.short_name, position.pinyin))
    }


def _file(site: Site, texts: Iterable[str], own: Mapping[str, dict[int, str]]) -> File:
    directory = site.directory
    towns = list(directory.town.values())
    data = {
        **_packed(readings(texts, own), {} if is_split(directory) else _common()),
        # What a town is called in full, where that is not what lists call it.
        "towns": [town.name if town.short_name else "" for town in towns],
        "tiers": [tier.name for tier in directory.settings.tiers],
        "common": "".join(f"{syllable}{count}" for syllable, count in common_sounds()),
    }
    keep(let_go=not (site.translations or site.folder))  # names in Latin letters are found in the same tables
    return File(PATH, data_script("readings", data))


def _common() -> dict[str, str]:
    """How the browser reads common characters that nobody tells it."""
    every = (syllable for syllable, count in common_sounds() for _ in range(count))
    return dict(zip(COMMON, every, strict=True))


def _packed(found: Readings, common: Mapping[str, str]) -> dict[str, object]:
    """`usual`: a syllable and all characters usually read so, without those that the browser knows anyway; `others`: a
    character and its other readings; `phrases`: a place, a reading and the stretch in which the character at that place is
    read so. A line each. Over blocks all are told, for there the syllables are keys."""
    groups: dict[str, str] = {}
    for character, syllable in found.usual.items():
        if common.get(character) == syllable:
            continue
        groups[syllable] = groups.get(syllable, "") + character
    return {
        "usual": "\n".join(f"{syllable}{characters}" for syllable, characters in sorted(groups.items())),
        "others": "\n".join(character + " ".join(others) for character, others in found.others.items()),
        "phrases": "\n".join(f"{place} {syllable} {stretch}" for (stretch, place), syllable in sorted(found.phrases.items())),
    }
