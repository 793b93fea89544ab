"""data/*.js: the directory for the browser, as columns in classic scripts (`fetch` does not work from file://).

The rule: every script has one row a position, in the order of the directory; frontend/src/data/directory.ts says what the
columns are. Three files, because a map needs no services, a search no coordinates, and a page of text none of them. Columns
of text are packed by `columns`: a phone must not load more than it needs before it can search.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from haitang.data.directory import Directory
from haitang.model.entries import Position
from haitang.model.tiers import UNKNOWN
from haitang.model.types import Status
from haitang.site.exports import columns
from haitang.site.page import File, data_script
from haitang.site.views import Site

STATUSES: tuple[Status, ...] = get_args(Status)


def build(site: Site) -> Iterator[File]:
    brands = {brand.id: at for at, brand in enumerate(site.directory.brands)}
    told = facts(site, site.directory.positions, brands)
    told["brandNames"] = brand_names(site)
    points = _points(site) | {"verified": told.pop("verified")}  # no search asks for it
    for name, data in (("places", _places(site)), ("points", points), ("facts", told)):
        yield File(f"data/{name}.js", data_script(name, data))


def _places(site: Site) -> dict[str, object]:
    directory = site.directory
    towns = list(directory.town.values())
    index = {town.id: at for at, town in enumerate(towns)}
    return {
        "id": columns.below(
            [position.town for position in directory.positions], [position.id for position in directory.positions]
        ),
        "name": columns.texts(position.name for position in directory.positions),
        "tier": columns.numbers(tier_codes(directory, directory.positions)),
        "town": columns.numbers(index[position.town] for position in directory.positions),
        "towns": towns_of(site),
    }


def tier_codes(directory: Directory, positions: Iterable[Position]) -> Iterator[int]:
    """The tier of each by its rank, counted from 0; that which is not known comes last."""
    codes = {tier: code for code, tier in enumerate(directory.look)}
    return (codes[position.tier or UNKNOWN] for position in positions)


def towns_of(site: Site) -> list[dict[str, object]]:
    """All towns as the browser has them, in their order."""
    directory = site.directory
    return [
        {
            "id": town.id,
            "name": town.short_name or town.name,
            "area": directory.area[town.id].id,
            "lon": round(town.location.wgs84.lon, 6) if town.location else None,
            "lat": round(town.location.wgs84.lat, 6) if town.location else None,
        }
        for town in directory.town.values()
    ]


def brand_names(site: Site) -> list[dict[str, str]]:
    return [{"id": brand.id, "name": brand.name} for brand in site.directory.brands]


def _points(site: Site) -> dict[str, object]:
    spots = [site.directory.spot(position) for position in site.directory.positions]
    return {
        "lon": [round(spot.lon, 6) if spot else None for spot in spots],
        "lat": [round(spot.lat, 6) if spot else None for spot in spots],
        "precise": [int(spot is not None and spot.precision != "town") for spot in spots],
    }


def facts(site: Site, positions: Sequence[Position], brands: dict[str, int]) -> dict[str, object]:
    """What is told of these places. `brands`: the numbers of known brands, to which the others are added."""
    cards = site.cards(positions)
    hours: dict[tuple[str, str], int] = {}
    hour = [hours.setdefault((card.hours.text, card.week), len(hours)) if card.hours else -1 for card in cards]
    services, facilities = Names(), Names()
    names = [position.name for position in positions]
    aliases = [(position.name, alias) for position in positions for alias in position.aliases]
    return {
        "status": columns.numbers(status_code(each) if each.status else -1 for each in positions),  # -1: nobody said it
        "community": columns.shared_with(names, [position.community or "" for position in positions]),
        "address": columns.patterned(names, [position.address or "" for position in positions]),
        "phone": columns.calls([position.phone or "" for position in positions]),
        # How many a row has, and all of them one after the other.
        "aliases": {
            "count": columns.numbers(len(position.aliases) for position in positions),
            "all": columns.shared_with([name for name, _ in aliases], [alias for _, alias in aliases]),
        },
        "line": columns.shared_with(
            names, ["" if card.line == place_of(p) else card.line for card, p in zip(cards, positions, strict=True)]
        ),
        "hours": columns.numbers(hour),
        "hoursText": [text for text, _ in hours],
        "hoursData": [week for _, week in hours],
        "services": columns.sets([services.rows(position.services) for position in positions]),
        "serviceNames": services.names,
        "facilities": columns.sets([facilities.rows(position.facilities) for position in positions]),
        "facilityNames": facilities.names,
        "brands": columns.sets([[brands.setdefault(brand, len(brands)) for brand in each.brands] for each in positions]),
        "brandNames": list(brands),
        "verified": columns.days([position.verified.on if position.verified else None for position in positions]),
    }


def status_code(position: Position) -> int:
    return STATUSES.index(position.status or "open")


def place_of(position: Position) -> str:
    """The line of a card as the browser makes it from community and address."""
    return " · ".join(part for part in (position.community, position.address) if part)


class Names:
    """Numbers names in the order in which they first come."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}

    def rows(self, names: Iterable[str]) -> list[int]:
        return [self._index.setdefault(name, len(self._index)) for name in names]

    @property
    def names(self) -> list[str]:
        return list(self._index)
