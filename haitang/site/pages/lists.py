"""positions/index.html, towns/*.html and tiers/*.html: the positions, all of them, of a town, of a tier."""

from collections.abc import Iterator
from dataclasses import replace

from haitang.model.entries import Position
from haitang.site.charts.static_map import draw
from haitang.site.page import POSITIONS, TIER, TOWN, TOWNS, Page, sheets
from haitang.site.pages import made, town_title
from haitang.site.views import Site


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    about = words["positions_description"]
    head = Page(POSITIONS.path(), POSITIONS, words["positions_title"], about)
    yield from _list(site, head, directory.positions, drawn=False)
    for path, town in TOWN.pages(directory):
        positions, area, title = directory.in_town(town.id), directory.area[town.id], town_title(site, town)
        about = words["town_description"].format(town=title, count=len(positions))
        values = {"town": town, "area": area, "known": town.id != area.id, "title": title}
        yield from _list(site, Page(path, TOWN, title, about), positions, drawn=bool(positions), **values)
    groups = [(area, [(town, directory.in_town(town.id)) for town in area.places]) for area in directory.settings.areas]
    yield made(site, Page(TOWNS.path(), TOWNS, words["towns_title"], words["towns_description"]), "towns", groups=groups)
    for path, tier in TIER.pages(directory):
        positions = directory.of_tier(tier.id)
        about = words["tier_description"].format(tier=tier.name, count=len(positions))
        yield from _list(site, Page(path, TIER, tier.name, about), positions, drawn=True, tier=tier)


def _list(site: Site, head: Page, positions: tuple[Position, ...], *, drawn: bool, **values: object) -> Iterator[Page]:
    """Cards of positions, on the first page also as a drawn map."""
    for sheet in sheets(site.cards(positions), head.path):
        drawing = draw(site.directory, positions) if drawn and sheet.number == 1 else None
        yield made(site, replace(head, path=sheet.path), head.kind.name, sheet=sheet, drawing=drawing, **values)
