"""positions/<id>.html: one page a position, and one a former id that leads on to it."""

from collections.abc import Iterator

from haitang.site.templates import Page
from haitang.site.views import Site
from haitang.site.views.position import position_description, position_view
from haitang.site.views.route import on_routes


def build(site: Site) -> Iterator[Page]:
    render = site.templates.render
    for position in site.directory.positions:
        view, description = position_view(site, position), position_description(site, position)
        code = site.code(view.address)
        body = render(
            "pages/position.html", view=view, card=view.card, position=position, week=site.week(position), code=code,
            pictures=site.pictures, root="../", stops=on_routes(site, position),
        )  # fmt: skip
        yield Page(f"positions/{position.id}.html", "positions", position.name, description, body)
        for former in position.former_ids:
            moved = render("pages/moved.html", card=view.card, root="../")
            yield Page(f"positions/{former}.html", "positions", position.name, description, moved)
    site.codes.keep()
