"""positions/<id>.html: one page a position, and one a former id that leads on to it."""

from collections.abc import Iterator

from markupsafe import Markup

from haitang.rendering import Page
from haitang.views import Site, week_days


def build(site: Site) -> Iterator[Page]:
    render, views = site.templates.render, site.views
    weeks: dict[str, Markup] = {}  # most places of a city keep the same few hours
    for position in site.directory.positions:
        view = views.page(position)
        week = weeks.get(view.card.week)
        if week is None and position.hours:
            week = render("parts/week.html", data=view.card.week, days=week_days(position.hours), week=position.hours.week)
            weeks[view.card.week] = week
        body = render("pages/position.html", view=view, card=view.card, position=position, week=week, root="../")
        yield Page(f"positions/{position.id}.html", "positions", position.name, views.description(position), body)
        for former in position.former_ids:
            moved = render("pages/moved.html", card=view.card, root="../")
            yield Page(f"positions/{former}.html", "positions", position.name, views.description(position), moved)
