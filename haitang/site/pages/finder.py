"""search.html and map.html: the finder, as a list and as a map. Without a script both lead to the lists made at build time.
own.html: the same over the places that the visitor has kept on the phone."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from haitang.model.types import GONE
from haitang.site.charts.static_map import draw
from haitang.site.edition.recipe import Recipe
from haitang.site.page import MAP, OWN, SEARCH, Page
from haitang.site.pages import made, recipe
from haitang.site.views import Site
from haitang.site.views.notices import all_notices

SERVICES_SHOWN = 8  # what most places offer, as first ways in


def build(site: Site) -> Iterator[Recipe]:
    ways = _ways(site)
    counts = tuple(count for kind in ("towns", "tiers") for _, count in ways[kind])
    told = (counts, tuple(ways["services"]), repr(ways["notices"]))
    yield recipe(SEARCH.path(), SEARCH, "search", told, partial(_search, site, ways))
    drawn = site.prerequisites.drawn(site.directory.positions)
    yield recipe(MAP.path(), MAP, "map", (*told, drawn), partial(_map, site, ways))
    yield recipe(OWN.path(), OWN, "own", (), partial(_own, site))


def _search(site: Site, ways: dict[str, Any]) -> Page:
    words = site.templates.words
    return made(site, Page(SEARCH.path(), SEARCH, words["find_title"], words["find_description"]), "search", **ways)


def _map(site: Site, ways: dict[str, Any]) -> Page:
    words, drawing = site.templates.words, draw(site.directory, site.directory.positions)
    page = Page(MAP.path(), MAP, words["map_title"], words["map_description"])
    return made(site, page, "map", drawing=drawing, **ways)


def _own(site: Site) -> Page:
    words = site.templates.words["own"]
    return made(site, Page(OWN.path(), OWN, words["title"], words["description"]), "own")


def _ways(site: Site) -> dict[str, Any]:
    directory = site.directory
    # Towns, tiers and services with how many places each leads to, as the finder counts them.
    shown = [position for position in directory.positions if position.status not in GONE]
    towns = Counter(position.town for position in shown)
    tiers = Counter(position.tier for position in shown)
    services = Counter(service for position in shown for service in position.services)
    return {
        "towns": [(town, towns[town.id]) for town in directory.town.values()],
        "tiers": [(tier, tiers[tier.id]) for tier in directory.settings.tiers],
        "notices": all_notices(site),
        "services": [(name, site.need_pages["service", name], count) for name, count in services.most_common(SERVICES_SHOWN)],
    }
