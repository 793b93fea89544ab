"""positions/<id>.html: one page a position, and one a former id that leads on to it."""

from collections.abc import Iterator

from markupsafe import Markup

from haitang.rendering import Page
from haitang.route_views import on_routes
from haitang.timetable import seasons_of
from haitang.views import Site


def build(site: Site) -> Iterator[Page]:
    render, views = site.templates.render, site.views
    weeks: dict[tuple[str, str], Markup] = {}  # most places of a city keep the same few hours
    for position in site.directory.positions:
        view = views.page(position)
        week = None
        if position.hours:
            key = position.hours.text, view.card.week
            if key not in weeks:
                weeks[key] = render("parts/week.html", data=view.card.week, seasons=seasons_of(position.hours))
            week = weeks[key]
        code = site.code(view.address)
        body = render(
            "pages/position.html", view=view, card=view.card, position=position, week=week, code=code, pictures=site.pictures,
            root="../", stops=on_routes(site, position),
        )  # fmt: skip
        yield Page(f"positions/{position.id}.html", "positions", position.name, views.description(position), body)
        for former in position.former_ids:
            moved = render("pages/moved.html", card=view.card, root="../")
            yield Page(f"positions/{former}.html", "positions", position.name, views.description(position), moved)
    site.codes.keep()
