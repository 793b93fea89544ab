"""What a position's page shows, made from the Directory once and never changed."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote

from haitang.data.directory import Spot
from haitang.geo.coordinates import Coordinate
from haitang.model.entries import Concept, Position, Space
from haitang.model.imprint import Repository
from haitang.model.paths import quoted
from haitang.model.settings import Area, Town
from haitang.model.tiers import TierInfo
from haitang.model.types import GONE
from haitang.site.markdown import plain, shortened
from haitang.site.views import Card, Site, line, public_address
from haitang.site.views.events import CalendarLink, Programme, calendar_link, events_at, of_position, programme
from haitang.site.views.feedback import Correction, correction
from haitang.site.views.notices import NoticeView, notices_at


@dataclass(frozen=True, slots=True)
class MapLink:
    """A link that opens the place in a map app. `app` is the key of its name in the words."""

    app: str
    url: str


@dataclass(frozen=True, slots=True)
class PositionView:
    """Everything a position's page shows. `card` and `position` hold the plain facts."""

    position: Position
    card: Card
    notices: tuple[NoticeView, ...]
    tier: TierInfo | None
    town: Town
    town_is_known: bool
    area: Area
    spot: Spot | None
    map_links: tuple[MapLink, ...]
    parent: Card | None
    children: tuple[Card, ...]
    nearby: tuple[tuple[Card, float], ...]
    successor: Card | None
    concepts: tuple[tuple[str, Concept], ...]  # with the chapters they stand in, by id
    services: tuple[tuple[str, tuple[str, ...]], ...]
    layout: tuple[tuple[str, tuple[Space, ...]], ...]
    edit_url: str | None
    correction: Correction | None
    file: str
    programme: Programme
    calendar: CalendarLink | None  # of what lies ahead
    address: str | None  # of this page in public, where that is known


def position_view(site: Site, position: Position) -> PositionView:
    directory = site.directory
    settings, area, spot = directory.settings, directory.area[position.town], directory.spot(position)
    file = directory.files[f"position:{position.id}"]
    parent, successor = (directory.position[name] if name else None for name in (position.parent, position.successor))
    services = defaultdict[str, list[str]](list)  # under the headings of the vocabulary, in the order the entry names them
    for service in position.services:
        services[site.service_groups.get(service, "")].append(service)
    own = programme(events_at(directory, position))
    own_name, missing = (position.id, position.name), () if position.status in GONE else site.card(position).missing
    address = public_address(settings.base_url, f"positions/{position.id}.html")
    return PositionView(
        position=position,
        card=site.card(position),
        notices=notices_at(site, position),
        tier=directory.tier[position.tier] if position.tier else None,
        town=directory.town[position.town],
        town_is_known=directory.town_is_known(position),
        area=area,
        spot=spot,
        map_links=map_links(position, spot, area),
        parent=site.card(parent) if parent else None,
        children=site.cards(directory.children(position.id)),
        nearby=tuple((site.card(other), metres) for other, metres in directory.nearby(position)),
        successor=site.card(successor) if successor else None,
        concepts=tuple((chapter.id, concept) for chapter, concept in directory.concepts_of(position.id)),
        services=tuple((group, tuple(names)) for group, names in services.items()),
        layout=tuple((n, s) for n, s in (("spaces", position.spaces), ("platforms", position.platforms)) if s),
        edit_url=edit_url(settings.repository, file),
        correction=correction(settings, site.templates.words, "position", own_name, address, missing),
        file=file,
        programme=own,
        calendar=calendar_link(directory, of_position(position.id)) if own.ahead else None,
        address=address,
    )


def position_description(site: Site, position: Position) -> str:
    """For search engines and shared links: plain text of 60 to 120 characters where the facts carry it."""
    about = plain(position.story.text) if position.story else line(position)
    named = site.clauses((position.name, site.directory.town[position.town].name))
    return shortened(site.sentences((named, position.address or "", about)), 120)


def map_links(position: Position, spot: Spot | None, area: Area) -> tuple[MapLink, ...]:
    """Links into map apps, each in the coordinate system it expects. A place known only to its town gets a search by name,
    for a pin would claim what nobody knows. The way is asked for on foot where an app takes that: who stands at a bus stop with
    a phone walks. URL forms: the services' public URI documents, read 2025–2026."""
    name, source = quoted(position.name), "haitanghonghua"
    if spot is None or spot.precision == "town":
        return (
            MapLink(
                "amap_search",
                f"https://uri.amap.com/search?keyword={name}&city={quoted(area.name)}&src={source}",
            ),
        )
    wgs = Coordinate(spot.lon, spot.lat)
    gcj = wgs.to("gcj02")
    lon, lat = f"{gcj.lon:.6f}", f"{gcj.lat:.6f}"
    return (
        MapLink("amap", f"https://uri.amap.com/navigation?to={lon},{lat},{name}&mode=walk&src={source}&callnative=1"),
        MapLink(
            "baidu",
            f"https://api.map.baidu.com/marker?location={lat},{lon}&title={name}&content={name}"
            f"&output=html&coord_type=gcj02&src=webapp.{source}.site",
        ),
        MapLink(
            "tencent",
            f"https://apis.map.qq.com/uri/v1/routeplan?type=walk&to={name}&tocoord={lat},{lon}&coord_type=2&referer={source}",
        ),
        MapLink("apple", f"https://maps.apple.com/?daddr={lat},{lon}&dirflg=w"),
        MapLink("geo", f"geo:{wgs.lat:.6f},{wgs.lon:.6f}"),
    )


def edit_url(repository: Repository | None, file: str) -> str | None:
    """Where the forge's own editor opens an entry's file."""
    if repository is None:
        return None
    ways = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}
    return f"{repository.url.rstrip('/')}/{ways[repository.kind]}/{quote(repository.branch)}/{quote(file)}"
