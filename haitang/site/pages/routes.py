"""routes/<id>.html and routes/index.html: places to visit one after the other. Nothing where there is no route."""

from collections.abc import Iterator
from functools import partial

from haitang.model.entries import Route
from haitang.site.edition.recipe import Recipe
from haitang.site.page import ROUTE, ROUTE_MOVED, ROUTES, Page, Sheet, sheets
from haitang.site.pages import made, recipe
from haitang.site.views import Site
from haitang.site.views.route import route_card, route_description, route_view
from haitang.site.views.sources import resting


def build(site: Site) -> Iterator[Recipe]:
    directory = site.directory
    for path, route in ROUTE.pages(directory):
        yield recipe(path, ROUTE, "route", _made_of(site, route), partial(_route, site, path, route))
    for path, route in ROUTE_MOVED.pages(directory):
        yield recipe(path, ROUTE_MOVED, "route_moved", _made_of(site, route), partial(_moved, site, path, route))
    for path, _ in ROUTES.pages(directory):
        for sheet in sheets(directory.routes, path):
            made_of = (sheet.count, tuple(_made_of(site, route) for route in sheet.items))
            yield recipe(sheet.path, ROUTES, "routes", made_of, partial(_list, site, sheet))


def _made_of(site: Site, route: Route) -> tuple[bytes, ...]:
    """A route's own text, and the places it leads to."""
    of, directory = site.prerequisites, site.directory
    return of.of(route), of.all_of(directory.position[stop.position] for stop in route.stops), of.brand_names


def _route(site: Site, path: str, route: Route) -> Page:
    view = route_view(site, route)
    page = Page(path, ROUTE, route.name, route_description(site, route))
    return made(site, page, "route", view=view, card=view.card, route=route, resting=resting(route))


def _moved(site: Site, path: str, route: Route) -> Page:
    return made(site, Page(path, ROUTE_MOVED, route.name, route_description(site, route)), "route_moved", route=route)


def _list(site: Site, sheet: Sheet[Route]) -> Page:
    words, cards = site.templates.words, [route_card(site, route) for route in sheet.items]
    page = Page(sheet.path, ROUTES, words["routes_title"], words["routes_description"])
    return made(site, page, "routes", sheet=sheet.of(cards))
