"""routes/<id>.html and routes/index.html: places to visit one after the other. Nothing where there is no route."""

from collections.abc import Iterator

from haitang.site.page import ROUTE, ROUTE_MOVED, ROUTES, Page, sheets
from haitang.site.pages import made
from haitang.site.views import Site
from haitang.site.views.route import route_card, route_description, route_view


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    for path, route in ROUTE.pages(directory):
        view = route_view(site, route)
        yield made(
            site, Page(path, ROUTE, route.name, route_description(site, route)), "route", view=view, card=view.card,
            route=route,
        )  # fmt: skip
    for path, route in ROUTE_MOVED.pages(directory):
        yield made(site, Page(path, ROUTE_MOVED, route.name, route_description(site, route)), "route_moved", route=route)
    for path, _ in ROUTES.pages(directory):
        for sheet in sheets([route_card(site, route) for route in directory.routes], path):
            yield made(
                site, Page(sheet.path, ROUTES, words["routes_title"], words["routes_description"]), "routes", sheet=sheet
            )
