"""positions/<id>.html: one page a position, and one a former id that leads on to it."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from haitang.model.entries import Position
from haitang.site.charts.small_map import small_map
from haitang.site.edition.recipe import Recipe
from haitang.site.linked.share import of_position
from haitang.site.page import POSITION, POSITION_MOVED, Page, Sheet, sheets
from haitang.site.pages import made, recipe
from haitang.site.views import Site
from haitang.site.views.position import position_description, position_view
from haitang.site.views.route import on_routes
from haitang.site.views.sources import resting


def build(site: Site) -> Iterator[Recipe]:
    of = site.prerequisites
    for path, position in POSITION.pages(site.directory):
        yield recipe(path, POSITION, "position", of.page_of(position), partial(_page, site, path, position), day=True)
        # Below a centre there may be thousands: its own page has the first of them.
        for sheet in islice(sheets(site.directory.children(position.id), path), 1, None):
            made_of = (*of.sheet(sheet), of.of(position))
            yield recipe(sheet.path, POSITION, "children", made_of, partial(_children, site, position, sheet))
    for path, position in POSITION_MOVED.pages(site.directory):
        yield recipe(path, POSITION_MOVED, "moved", (of.of(position), of.brand_names), partial(_moved, site, path, position))


def _page(site: Site, path: str, position: Position) -> Page:
    view, about, picture = position_view(site, position), position_description(site, position), of_position(site, position)
    return made(
        site, Page(path, POSITION, position.name, about, picture=picture), "position", view=view, card=view.card,
        position=position, week=site.week(position), pictures=site.pictures, stops=on_routes(site, position),
        family=next(sheets(site.directory.children(position.id), path)), small=small_map(site.directory, position),
        resting=resting(position),
    )  # fmt: skip


def _children(site: Site, position: Position, sheet: Sheet[Position]) -> Page:
    title = site.templates.words["position"]["children_of"].format(name=position.name)
    page = Page(sheet.path, POSITION, title, title)
    return made(site, page, "children", card=site.card(position), sheet=sheet.of(site.cards(sheet.items)))


def _moved(site: Site, path: str, position: Position) -> Page:
    page = Page(path, POSITION_MOVED, position.name, position_description(site, position))
    return made(site, page, "moved", card=site.card(position))
