"""The texts that are searched, for what has to know their characters, in the script in which they are compared: where pages
are in traditional characters the browser takes texts and queries for simplified ones (frontend/src/search/traditional.ts).
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from haitang.site.views import Site

TABLE = Path(__file__).with_name("traditional.txt")  # a line one of ours: it, then its traditional forms


@cache
def forms() -> dict[str, str]:
    """Each traditional character with ours."""
    lines = TABLE.read_text("utf-8").splitlines()
    return {was: line[0] for line in lines for was in line[1:]}


def compared(site: Site, text: str) -> str:
    """A text of the site in the characters in which it is compared with what is typed, as many as before."""
    return text.translate(_to_ours()) if site.language == "zh-TW" else text


@cache
def _to_ours() -> dict[int, str]:
    return {ord(was): now for was, now in forms().items()}


def searched_texts(site: Site) -> Iterator[str]:
    """Everything that can be found by how it is read."""
    return (compared(site, text) for text in _texts(site))


def _texts(site: Site) -> Iterator[str]:
    directory = site.directory
    for position in directory.positions:
        yield from (position.name, *position.aliases, position.community or "", *position.services, *position.facilities)
    for town in directory.town.values():
        yield from (town.name, town.short_name or "")
    yield from (brand.name for brand in directory.brands)
    yield from (tier.name for tier in directory.settings.tiers)
    for need in site.needs:
        yield from (need.name, *need.also)
