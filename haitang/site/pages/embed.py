"""embed.html: the map with its list, for other sites to show in a frame. data/embed.html: what they write for it.

The rule: what stands in embed.html leads out of the frame, for only this one page may be framed; and it is what a page with a
map is without its header, so that it costs its visitors no more.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from haitang.model.types import GONE
from haitang.site.charts.static_map import draw
from haitang.site.edition.recipe import Recipe
from haitang.site.page import EMBED, SNIPPET, Page
from haitang.site.pages import made, recipe
from haitang.site.templates import Markup
from haitang.site.views import Site, public_address, town_title

# As directory.yml calls a kind of need that a finder can ask for, which others are only pages.
_ASKED = ("service", "facility")
_OUT = Markup('<a target="_blank" rel="noopener" ')  # nothing else may be shown in the frame
_PLACEHOLDER = "https://example.com"  # where nobody knows the site's own address


def build(site: Site) -> Iterator[Recipe]:
    towns = _towns(site)
    told = tuple(towns)
    yield recipe(
        EMBED.path(), EMBED, "embed", (told, site.prerequisites.drawn(site.directory.positions)), partial(_embed, site)
    )
    brands = tuple((brand.id, brand.name) for brand in site.directory.brands)
    yield recipe(SNIPPET.path(), SNIPPET, "snippet", (told, brands), partial(_snippet, site))


def _embed(site: Site) -> Page:
    words = site.templates.words["embed"]
    page = Page(EMBED.path(), EMBED, words["title"], words["description"])
    page = made(site, page, "embed", drawing=draw(site.directory, site.directory.positions), towns=_towns(site))
    return replace(page, body=page.body.replace("<a ", _OUT))


def _snippet(site: Site) -> Page:
    words, directory = site.templates.words["snippet"], site.directory
    page = Page(SNIPPET.path(), SNIPPET, words["title"], words["description"])
    base = directory.settings.base_url
    choices = {
        "town": [(id_, name) for id_, name, _ in _towns(site)],
        "tier": [(tier.id, tier.name) for tier in directory.settings.tiers],
        "brand": [(brand.id, brand.name) for brand in directory.brands],
        "need": [(need.id, need.name) for need in site.needs if need.kind in _ASKED],
    }
    return made(
        site, page, "snippet", choices=choices, base=base, settings=directory.settings,
        address=public_address(base or _PLACEHOLDER, f"{site.folder}{EMBED.path()}"),
        script=public_address(base or _PLACEHOLDER, "data/embed.js"),
    )  # fmt: skip


def _towns(site: Site) -> list[tuple[str, str, int]]:
    """Id, name and number of places in use of each town that has one."""
    found: list[tuple[str, str, int]] = []
    for town in site.directory.town.values():
        count = sum(1 for each in site.directory.in_town(town.id) if each.status not in GONE)
        if count:
            found.append((town.id, town_title(site, town), count))
    return found
