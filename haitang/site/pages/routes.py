"""routes/<id>.html and routes/index.html: places to visit one after the other. Nothing where there is no route."""

from collections.abc import Iterator

from haitang.site.templates import Page, sheets
from haitang.site.views import Site
from haitang.site.views.route import route_card, route_description, route_view


def build(site: Site) -> Iterator[Page]:
    directory, words, render = site.directory, site.templates.words, site.templates.render
    if not directory.routes:
        return
    for route in directory.routes:
        view = route_view(site, route)
        code = site.code(view.address)
        body = render("pages/route.html", view=view, card=view.card, route=route, code=code, root="../", site=site)
        description = route_description(site, route)
        yield Page(f"routes/{route.id}.html", "routes", route.name, description, body)
        for former in route.former_ids:
            moved = render("pages/route_moved.html", route=route)
            yield Page(f"routes/{former}.html", "routes", route.name, description, moved)
    for sheet in sheets([route_card(site, route) for route in directory.routes], "routes/index"):
        body = render("pages/routes.html", sheet=sheet, root="../", site=site)
        yield Page(sheet.path, "routes", words["routes_title"], words["routes_description"], body)
