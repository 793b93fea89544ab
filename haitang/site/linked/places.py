"""A place, and the town it lies in, in the words of schema.org."""

from functools import cache
from pathlib import Path
from typing import Any

from haitang.model.entries import Brand, Position
from haitang.model.settings import Town
from haitang.site.linked.addresses import Addresses, Node, one, said
from haitang.site.linked.hours import hours_of
from haitang.site.markdown import plain, shortened
from haitang.site.page import BRAND, POSITION, TOWN
from haitang.site.views import Site

_TYPES = Path(__file__).with_name("types.tsv")


def place(site: Site, at: Addresses, position: Position) -> Node:
    """A position as its page tells it. Of one that is not in use it says so, and when it would be open is not told."""
    directory, settings = site.directory, site.directory.settings
    in_use = position.status in (None, "open")
    spot = directory.spot(position)
    names = [name for name in (*position.aliases, position.name_en) if name and name != position.name]
    pictures = [site.pictures[photo.file].fallback.path for photo in position.photos[:1] if photo.file in site.pictures]
    return {
        "@type": type_of(position.name, directory.tier[position.tier].name if position.tier else ""),
        **said(
            **{"@id": at.of(POSITION.path(position.id))},
            name=position.name,
            alternateName=one(list(dict.fromkeys(names))) if names else None,
            description=None if in_use else site.templates.words["status"][position.status],
            address=position.address,
            telephone=position.phone,
            geo=_point(spot.lon, spot.lat) if spot and spot.precision != "town" else None,
            image=at.shared(pictures[0]) if pictures else None,
            amenityFeature=_amenities(site, position),
            containedInPlace=area(at, directory.town[position.town]) if directory.town_is_known(position) else None,
            **(hours_of(position.hours, position.closed_on_holidays, directory.updated, settings.calendar))
            if position.hours and in_use
            else {},
        ),
    }


def type_of(*names: str) -> str:
    """What a place of these names is, the one that says most first."""
    for name in map(str.lower, names):
        if name.endswith(tuple(_types())):  # few are, and this is asked of thousands
            return next(kind for ending, kind in _types().items() if name.endswith(ending))
    return "CivicStructure"


@cache
def _types() -> dict[str, str]:
    lines = _TYPES.read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def _point(lon: float, lat: float) -> Node:
    return {"@type": "GeoCoordinates", "latitude": _degrees(lat), "longitude": _degrees(lon)}


def _degrees(value: float) -> float:
    """Ten centimetres are enough. A whole one has no point: some readers take it for one kind of number, some for another."""
    short = round(value, 6)
    return int(short) if short == int(short) else short


def _amenities(site: Site, position: Position) -> Any:
    words = site.templates.words["position"]
    kinds = ((words["services"], position.services), (words["facilities"], position.facilities))
    return one([{"@type": "LocationFeatureSpecification", "name": name, "value": one(list(has))} for name, has in kinds if has])


def area(at: Addresses, town: Town) -> Node:
    """A town, by its own page."""
    return {"@type": "AdministrativeArea", "@id": at.of(TOWN.path(town.id)), "name": town.name}


def brand_node(site: Site, at: Addresses, brand: Brand) -> Node:
    cover = brand.cover.file if brand.cover else next((photo.file for photo in brand.photos), "")
    picture = site.pictures.get(cover)
    story = shortened(plain(brand.story.text), 120) if brand.story else None
    return {
        "@type": "Brand",
        **said(
            **{"@id": at.of(BRAND.path(brand.id))},
            name=brand.name,
            alternateName=brand.name_en if brand.name_en != brand.name else None,
            slogan=brand.slogan,
            description=story,
            image=at.shared(picture.fallback.path) if picture else None,
        ),
    }
