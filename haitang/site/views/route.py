"""What templates see of a route: its stops with their cards, how far and how long, and where a position lies on it.

The rule: as in `views`: everything is ready to be shown, and nothing is known here that the Directory does not say.
"""

from dataclasses import dataclass

from haitang.data.route_distances import Duration, Leg, Length, duration, length
from haitang.model.citations import CitedText
from haitang.model.entries import Position, Route, Stop
from haitang.model.settings import Town
from haitang.site.charts.static_map import Schematic, draw_route
from haitang.site.markdown import plain, shortened
from haitang.site.views import Card, Site, public_address
from haitang.site.views.feedback import Correction, correction
from haitang.site.views.map_links import MapLink, map_links
from haitang.site.views.position import edit_url


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop. `leg` leads to the next one; the last has none."""

    number: int
    position: Position
    card: Card
    text: CitedText | None
    map_link: MapLink
    leg: Leg | None


@dataclass(frozen=True, slots=True)
class RouteCard:
    """A route at a glance."""

    id: str
    name: str
    slogan: str | None
    mode: str | None
    stops: int
    length: Length | None
    duration: Duration | None
    town: Town | None


@dataclass(frozen=True, slots=True)
class RouteView:
    """Everything a route's page shows."""

    route: Route
    card: RouteCard
    stops: tuple[StopView, ...]
    drawing: Schematic | None
    address: str | None
    edit_url: str | None
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class OnRoute:
    """Where a position lies on a route."""

    route: Route
    number: int
    before: Card | None
    after: Card | None


def route_card(site: Site, route: Route) -> RouteCard:
    directory = site.directory
    whole = length(directory.legs(route))
    return RouteCard(
        id=route.id,
        name=route.name,
        slogan=route.slogan,
        mode=route.mode,
        stops=len(route.stops),
        length=whole,
        duration=duration(route, whole),
        town=directory.town[route.town] if route.town else None,
    )


def route_view(site: Site, route: Route) -> RouteView:
    directory = site.directory
    settings = directory.settings
    address = public_address(settings.base_url, f"routes/{route.id}.html")
    return RouteView(
        route=route,
        card=route_card(site, route),
        stops=tuple(
            _stop(site, number, stop, leg)
            for number, (stop, leg) in enumerate(zip(route.stops, (*directory.legs(route), None), strict=True), 1)
        ),
        drawing=draw_route(directory, [directory.position[stop.position] for stop in route.stops]),
        address=address,
        edit_url=edit_url(settings.repository, directory.files[f"route:{route.id}"]),
        correction=correction(settings, site.templates.words, "route", (route.id, route.name), address),
    )


def _stop(site: Site, number: int, stop: Stop, leg: Leg | None) -> StopView:
    directory = site.directory
    position = directory.position[stop.position]
    link = map_links(position, directory.spot(position), directory.area[position.town], directory.settings)[0]
    return StopView(number, position, site.card(position), stop.text, link, leg)


def route_description(site: Site, route: Route) -> str:
    """For search engines and shared links."""
    names = site.templates.words["list_comma"].join(site.directory.position[stop.position].name for stop in route.stops)
    parts = [route.name, route.slogan or "", plain(route.text.text) if route.text else "", names]
    return shortened(site.sentences(parts), 120)


def on_routes(site: Site, position: Position) -> tuple[OnRoute, ...]:
    """Every time a position is a stop; a round trip meets it twice."""

    def card(route: Route, index: int) -> Card | None:
        inside = 0 <= index < len(route.stops)
        return site.card(site.directory.position[route.stops[index].position]) if inside else None

    return tuple(
        OnRoute(route, index + 1, card(route, index - 1), card(route, index + 1))
        for route, index in site.directory.routes_through(position.id)
    )
