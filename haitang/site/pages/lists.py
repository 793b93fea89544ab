"""positions/index.html, towns/*.html and tiers/*.html: the positions, all of them, of a town, of a tier."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from haitang.model.entries import Position
from haitang.site.charts.static_map import draw
from haitang.site.edition.recipe import Recipe
from haitang.site.linked.share import of_page
from haitang.site.page import POSITIONS, TIER, TOWN, TOWNS, Page, Sheet, sheets
from haitang.site.pages import made, recipe
from haitang.site.views import Site, town_title
from haitang.site.views.notices import notices_of_town


def build(site: Site) -> Iterator[Recipe]:
    directory, words, of = site.directory, site.templates.words, site.prerequisites
    about = words["positions_description"]
    head = Page(POSITIONS.path(), POSITIONS, words["positions_title"], about)
    counts = tuple(len(directory.of_tier(tier.id)) for tier in directory.settings.tiers)
    yield from _list(site, head, directory.positions, (counts, len(directory.routes)), drawn=False)
    for path, town in TOWN.pages(directory):
        positions, area, title = directory.in_town(town.id), directory.area[town.id], town_title(site, town)
        about = words["town_description"].format(town=title, count=len(positions))
        values = {"town": town, "area": area, "known": town.id != area.id, "title": title}
        values["notices"] = notices_of_town(site, town.id)
        made_of = (of.routes, repr(values["notices"]))
        head = Page(path, TOWN, title, about, picture=of_page(path))
        yield from _list(site, head, positions, made_of, drawn=bool(positions), **values)
    yield recipe(TOWNS.path(), TOWNS, "towns", (of.drawn(directory.positions),), partial(_towns, site))
    for path, tier in TIER.pages(directory):
        positions = directory.of_tier(tier.id)
        about = words["tier_description"].format(tier=tier.name, count=len(positions))
        yield from _list(site, Page(path, TIER, tier.name, about), positions, (), drawn=True, tier=tier)


def _towns(site: Site) -> Page:
    directory, words = site.directory, site.templates.words
    groups = [(area, [(town, directory.in_town(town.id)) for town in area.places]) for area in directory.settings.areas]
    return made(site, Page(TOWNS.path(), TOWNS, words["towns_title"], words["towns_description"]), "towns", groups=groups)


def _list(
    site: Site, head: Page, positions: tuple[Position, ...], made_of: tuple[Any, ...], *, drawn: bool, **values: object
) -> Iterator[Recipe]:
    """Cards of positions, on the first page also as a drawn map. `made_of`: what all pages of the list show besides."""
    of = site.prerequisites
    for sheet in sheets(positions, head.path):
        whole = (of.drawn(positions),) if drawn and sheet.number == 1 else ()
        make = partial(_sheet, site, replace(head, path=sheet.path), sheet, positions if whole else (), values)
        yield recipe(sheet.path, head.kind, head.kind.name, (*of.sheet(sheet), *whole, *made_of), make)


def _sheet(site: Site, page: Page, sheet: Sheet[Position], drawn: tuple[Position, ...], values: dict[str, Any]) -> Page:
    drawing = draw(site.directory, drawn) if drawn else None
    return made(site, page, page.kind.name, sheet=sheet.of(site.cards(sheet.items)), drawing=drawing, **values)
