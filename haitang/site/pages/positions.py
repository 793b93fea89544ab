"""positions/<id>.html: one page a position, and one a former id that leads on to it."""

from collections.abc import Iterator

from haitang.site.page import POSITION, POSITION_MOVED, Page
from haitang.site.pages import made
from haitang.site.views.position import Site
from haitang.site.views.route import on_routes


def build(site: Site) -> Iterator[Page]:
    views = site.views
    for path, position in POSITION.pages(site.directory):
        view = views.page(position)
        yield made(
            site, Page(path, POSITION, position.name, views.description(position)), "position", view=view, card=view.card,
            position=position, week=site.week(view), code=site.code(view.address), pictures=site.pictures,
            stops=on_routes(site, position),
        )  # fmt: skip
    for path, position in POSITION_MOVED.pages(site.directory):
        card = views.card(position)
        yield made(site, Page(path, POSITION_MOVED, position.name, views.description(position)), "moved", card=card)
    site.codes.keep()
