"""What a position's page shows, made from the Directory once and never changed."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote

from haitang.data.directory import Spot
from haitang.model.entries import Concept, Position, Space
from haitang.model.imprint import Repository
from haitang.model.settings import Area, Town
from haitang.model.tiers import TierInfo
from haitang.model.types import GONE
from haitang.site.markdown import plain, shortened
from haitang.site.views import Card, Site, line, public_address
from haitang.site.views.events import CalendarLink, Programme, calendar_link, events_at, of_position, programme
from haitang.site.views.feedback import Correction, correction
from haitang.site.views.map_links import MapLink, map_links
from haitang.site.views.notices import NoticeView, notices_at


@dataclass(frozen=True, slots=True)
class PositionView:
    """Everything a position's page shows. `card` and `position` hold the plain facts."""

    position: Position
    card: Card
    missing: tuple[str, ...]  # what nobody has found yet, by its name in the words
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
    unknown = () if position.tier else ("tier",)
    own_name, missing = (
        (position.id, position.name),
        () if position.status in GONE else (*site.card(position).missing, *unknown),
    )
    address = public_address(settings.base_url, f"positions/{position.id}.html")
    return PositionView(
        position=position,
        card=site.card(position),
        missing=missing,
        notices=notices_at(site, position),
        tier=directory.tier[position.tier] if position.tier else None,
        town=directory.town[position.town],
        town_is_known=directory.town_is_known(position),
        area=area,
        spot=spot,
        map_links=map_links(position, spot, area, settings),
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


def edit_url(repository: Repository | None, file: str) -> str | None:
    """Where the forge's own editor opens an entry's file."""
    if repository is None:
        return None
    ways = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}
    return f"{repository.url.rstrip('/')}/{ways[repository.kind]}/{quote(repository.branch)}/{quote(file)}"
