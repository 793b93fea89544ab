"""What templates see of a position: a card and a full page, made from the Directory once and never changed.

The rule: a view holds texts, numbers and addresses ready to be shown; it decides nothing about HTML.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from haitang.data.directory import Directory, Spot, missing_facts
from haitang.geo.coordinates import Coordinate
from haitang.media.image_store import Picture
from haitang.media.qr import Code, Codes
from haitang.model.entries import Brand, Concept, Position, Space
from haitang.model.settings import Area, Repository, TierInfo, Town
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.opening_hours_data import holiday_policy, seasons_of, week_data
from haitang.site.markdown import markdown, plain, shortened
from haitang.site.templates import Templates
from haitang.site.views.changelog import Change
from haitang.site.views.events import CalendarLink, Event, Programme, calendar_link, events, of_position, programme
from haitang.site.views.feedback import Correction, addition, correction, report


@dataclass(frozen=True, slots=True)
class Card:
    """A position at a glance. `tier` is a tier id or `unknown`; `week` is the data the browser tells the open state from, empty
    where nothing can be told; `always` says it is open now whenever now is."""

    id: str
    name: str
    line: str
    tier: str
    tier_name: str
    town: str
    town_name: str
    status: str | None
    hours: OpeningHours | None
    week: str
    always: bool
    closed_on_holidays: bool | None
    brands: tuple[Brand, ...]
    verified: bool
    missing: tuple[str, ...]


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
    story: Markup | None
    edit_url: str | None
    correction: Correction | None
    file: str
    programme: Programme
    calendar: CalendarLink | None  # of what lies ahead
    address: str | None  # of this page in public, where that is known


class Views:
    """Makes views of one Directory; cards are made once a position."""

    def __init__(self, directory: Directory, words: Mapping[str, Any]) -> None:
        self.directory = directory
        self._words = words
        self._cards: dict[str, Card] = {}
        groups = {term.name: term.group or "" for term in directory.settings.vocabularies.services}
        self._service_group = groups

    def card(self, position: Position) -> Card:
        card = self._cards.get(position.id)
        if card is None:
            card = self._cards[position.id] = self._new_card(position)
        return card

    def cards(self, positions: tuple[Position, ...]) -> tuple[Card, ...]:
        return tuple(self.card(position) for position in positions)

    def _new_card(self, position: Position) -> Card:
        directory = self.directory
        town = directory.town[position.town]
        known = directory.town_is_known(position)
        hours, closed = position.hours, position.closed_on_holidays
        # Hours are of a place in use: one that is paused or being rebuilt is neither open nor closed by them.
        in_use = position.status in (None, "open")
        return Card(
            id=position.id,
            name=position.name,
            line=self.line(position),
            tier=position.tier or "unknown",
            tier_name=directory.tier[position.tier].short_name if position.tier else self._words["tier_unknown"],
            town=town.id,
            town_name=(town.short_name or town.name) if known else self._words["town_unknown"],
            status=None if position.status == "open" else position.status,
            hours=hours,
            week=week_data(hours, closed) if in_use else "",
            always=bool(hours and hours.always and in_use and not closed),
            closed_on_holidays=holiday_policy(hours, closed),
            brands=tuple(directory.brand[brand] for brand in position.brands),
            verified=position.verified is not None,
            missing=missing_facts(position),
        )

    def line(self, position: Position) -> str:
        """One line that tells this place from others: where it is, else what happens there, else what it is."""
        place = " · ".join(part for part in (position.community, position.address) if part)
        doing = " · ".join([*position.services, *(activity.name for activity in position.activities)][:3])
        story = plain(position.story).partition("。")[0] if position.story else ""
        return shortened(place or doing or story or position.site_kind or "", 48)

    def description(self, position: Position) -> str:
        """For search engines and shared links: plain text of 60 to 120 characters where the facts carry it."""
        town = self.directory.town[position.town].name
        parts = [
            f"{position.name}，{town}",
            position.address or "",
            plain(position.story) if position.story else self.line(position),
        ]
        return shortened("。".join(part.rstrip("。") for part in parts if part), 120)

    def page(self, position: Position) -> PositionView:
        directory = self.directory
        spot = directory.spot(position)
        file = directory.files[f"position:{position.id}"]
        repository = directory.settings.repository
        parent = directory.position[position.parent] if position.parent else None
        successor = directory.position[position.successor] if position.successor else None
        address = public_address(directory.settings.base_url, f"positions/{position.id}.html")
        return PositionView(
            position=position,
            card=self.card(position),
            tier=directory.tier[position.tier] if position.tier else None,
            town=directory.town[position.town],
            town_is_known=directory.town_is_known(position),
            area=directory.area[position.town],
            spot=spot,
            map_links=map_links(position, spot, directory.area[position.town]),
            parent=self.card(parent) if parent else None,
            children=self.cards(directory.children(position.id)),
            nearby=tuple((self.card(other), metres) for other, metres in directory.nearby(position)),
            successor=self.card(successor) if successor else None,
            concepts=tuple((chapter.id, concept) for chapter, concept in directory.concepts_of(position.id)),
            services=self._grouped_services(position),
            layout=tuple((n, s) for n, s in (("spaces", position.spaces), ("platforms", position.platforms)) if s),
            story=markdown(position.story) if position.story else None,
            edit_url=edit_url(repository, file),
            correction=correction(directory.settings, self._words, "position", (position.id, position.name), address),
            file=file,
            programme=(own := programme(self._events.get(position.id, ()))),
            calendar=calendar_link(directory, of_position(position.id)) if own.ahead else None,
            address=address,
        )

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All activities, in the order of the directory."""
        return tuple(events(self.directory))

    @cached_property
    def programme(self) -> Programme:
        return programme(self.events)

    @cached_property
    def _events(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.events:
            found.setdefault(event.position.id, []).append(event)
        return found

    def _grouped_services(self, position: Position) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Services under the headings of the vocabulary, in the order the entry names them."""
        groups: dict[str, list[str]] = {}
        for service in position.services:
            groups.setdefault(self._service_group.get(service, ""), []).append(service)
        return tuple((group, tuple(names)) for group, names in groups.items())


def map_links(position: Position, spot: Spot | None, area: Area) -> tuple[MapLink, ...]:
    """Links into map apps, each in the coordinate system it expects. A place known only to its town gets a search by name,
    for a pin would claim what nobody knows. URL forms: the services' public URI documents, read 2025–2026."""
    name, source = quote(position.name, safe=""), "haitanghonghua"
    if spot is None or spot.precision == "town":
        return (
            MapLink(
                "amap_search",
                f"https://uri.amap.com/search?keyword={name}&city={quote(area.name, safe='')}&src={source}",
            ),
        )
    wgs = Coordinate(spot.lon, spot.lat)
    gcj = wgs.to("gcj02")
    lon, lat = f"{gcj.lon:.6f}", f"{gcj.lat:.6f}"
    return (
        MapLink("amap", f"https://uri.amap.com/navigation?to={lon},{lat},{name}&mode=car&src={source}&callnative=1"),
        MapLink(
            "baidu",
            f"https://api.map.baidu.com/marker?location={lat},{lon}&title={name}&content={name}"
            f"&output=html&coord_type=gcj02&src=webapp.{source}.site",
        ),
        MapLink(
            "tencent",
            f"https://apis.map.qq.com/uri/v1/routeplan?type=drive&to={name}&tocoord={lat},{lon}&coord_type=2&referer={source}",
        ),
        MapLink("apple", f"https://maps.apple.com/?daddr={lat},{lon}&dirflg=d"),
        MapLink("geo", f"geo:{wgs.lat:.6f},{wgs.lon:.6f}"),
    )


def public_address(base_url: str | None, path: str) -> str | None:
    """Where a page can be reached by everybody; None where the directory does not say where it is published."""
    return f"{base_url.rstrip('/')}/{path}" if base_url else None


def edit_url(repository: Repository | None, file: str) -> str | None:
    """Where the forge's own editor opens an entry's file."""
    if repository is None:
        return None
    ways = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}
    return f"{repository.url.rstrip('/')}/{ways[repository.kind]}/{quote(repository.branch)}/{quote(file)}"


@dataclass(frozen=True)
class Site:
    """What an output works with."""

    directory: Directory
    templates: Templates
    views: Views
    codes: Codes
    pictures: Mapping[str, Picture]  # by the name of the original
    changes: tuple[Change, ...] = ()  # what git tells of the last two years

    @cached_property
    def tell_us(self) -> Correction | None:
        """How somebody says what no page is about; None where there is no way."""
        return report(self.directory.settings, self.templates.words)

    @cached_property
    def tell_missing(self) -> Correction | None:
        """How somebody says that a place is missing; None where there is no way."""
        return addition(self.directory.settings, self.templates.words)

    def code(self, address: str | None) -> Code | None:
        """The QR code of an address."""
        return self.codes.of(address) if address else None

    def card_list(self, cards: Sequence[Card], root: str) -> Markup:
        """Cards as HTML; each is rendered once and used in every list at the same depth."""
        return Markup("\n").join(self.card_html(card, root) for card in cards)

    def card_html(self, card: Card, root: str) -> Markup:
        key = root + card.id
        html = self._cards.get(key)
        if html is None:
            html = self._cards[key] = self.templates.render("parts/card.html", card=card, root=root)
        return html

    def week(self, view: PositionView) -> Markup | None:
        """A position's opening hours as a week; most places of a city keep the same few, and each is rendered once."""
        hours = view.position.hours
        if hours is None:
            return None
        key = hours.text, view.card.week
        if key not in self._weeks:
            self._weeks[key] = self.templates.render("parts/week.html", data=view.card.week, seasons=seasons_of(hours))
        return self._weeks[key]

    @cached_property
    def _cards(self) -> dict[str, Markup]:
        return {}

    @cached_property
    def _weeks(self) -> dict[tuple[str, str], Markup]:
        return {}


def site_of(
    directory: Directory,
    templates: Templates,
    codes: Codes | None = None,
    pictures: Mapping[str, Picture] | None = None,
    changes: tuple[Change, ...] = (),
) -> Site:
    return Site(directory, templates, Views(directory, templates.words), codes or Codes(), pictures or {}, changes)
