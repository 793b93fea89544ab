"""The texts that are searched, for what has to know their characters."""

from collections.abc import Iterator

from haitang.site.views import Site


def searched_texts(site: Site) -> Iterator[str]:
    """Everything that can be found by how it is read."""
    directory = site.directory
    for position in directory.positions:
        yield from (position.name, *position.aliases, position.community or "", *position.services, *position.facilities)
    for town in directory.town.values():
        yield from (town.name, town.short_name or "")
    yield from (brand.name for brand in directory.brands)
    yield from (tier.name for tier in directory.settings.tiers)
    for need in site.needs:
        yield from (need.name, *need.also)
