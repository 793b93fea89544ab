"""positions/<id>.html: one page a position, and one a former id that leads on to it."""

from collections.abc import Iterator

from haitang.site.page import POSITION, POSITION_MOVED, Page
from haitang.site.pages import made
from haitang.site.views import Site
from haitang.site.views.position import position_description, position_view
from haitang.site.views.route import on_routes


def build(site: Site) -> Iterator[Page]:
    for path, position in POSITION.pages(site.directory):
        view = position_view(site, position)
        yield made(
            site, Page(path, POSITION, position.name, position_description(site, position)), "position", view=view,
            card=view.card, position=position, week=site.week(position), pictures=site.pictures,
            stops=on_routes(site, position),
        )  # fmt: skip
    for path, position in POSITION_MOVED.pages(site.directory):
        page = Page(path, POSITION_MOVED, position.name, position_description(site, position))
        yield made(site, page, "moved", card=site.card(position))
