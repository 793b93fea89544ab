"""search.html and map.html: the finder, as a list and as a map. Without a script both lead to the lists made at build time."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from haitang.data.directory import Directory
from haitang.model.entries import Position
from haitang.model.types import GONE
from haitang.site.charts.static_map import draw
from haitang.site.templates import Page
from haitang.site.views import Site

SERVICES_SHOWN = 8  # what most places offer, as first ways in


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    shown = [position for position in directory.positions if position.status not in GONE]
    values = {"site": site, "root": "", **_ways_in(directory, shown)}
    body = site.templates.render("pages/search.html", **values)
    yield Page("search.html", "find", words["find_title"], words["find_description"], body)
    drawing = draw(directory, directory.positions)
    body = site.templates.render("pages/map.html", drawing=drawing, **values)
    yield Page("map.html", "map", words["map_title"], words["map_description"], body)


def _ways_in(directory: Directory, shown: list[Position]) -> dict[str, object]:
    """Towns, tiers and services with how many places each leads to, as the finder counts them."""
    towns = Counter(position.town for position in shown)
    tiers = Counter(position.tier for position in shown)
    services = Counter(service for position in shown for service in position.services)
    return {
        "towns": [(town, towns[town.id]) for town in directory.town.values()],
        "tiers": [(tier, tiers[tier.id]) for tier in directory.settings.tiers],
        "services": [(name, quote(name, safe=""), count) for name, count in services.most_common(SERVICES_SHOWN)],
    }
