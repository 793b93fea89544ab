"""Links into map apps: those that people have where the directory lies.

The rule: links only, nothing of theirs is ever loaded. A place known only to its town gets a search
by name, for a pin would claim what nobody knows. frontend/src/data/navigation.ts writes the first one for cards.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from haitang.core import pinyin
from haitang.data.directory import Spot
from haitang.geo.coordinates import Coordinate
from haitang.model.abroad.region import CHINA
from haitang.model.entries import Position
from haitang.model.paths import quoted
from haitang.model.settings import Area, Settings


@dataclass(frozen=True, slots=True)
class MapLink:
    """A link that opens the place in a map app. `app` is the key of its name in the words."""

    app: str
    url: str


def map_links(position: Position, spot: Spot | None, area: Area, settings: Settings) -> tuple[MapLink, ...]:
    """The way is asked for on foot where an app takes that: who stands at a bus stop with a phone walks."""
    known = spot if spot and spot.precision != "town" else None
    if settings.region != CHINA:
        return _abroad(position, known, area)
    return _in_china(position, known, area, _source(settings))


def _in_china(position: Position, spot: Spot | None, area: Area, source: str) -> tuple[MapLink, ...]:
    """Each in the coordinate system it expects. URL forms: the services' public URI documents, read 2025–2026. `source` is who
    asks, which two of them want to be told."""
    name = quoted(position.name)
    if spot is None:
        search = f"https://uri.amap.com/search?keyword={name}&city={quoted(area.name)}"
        return (MapLink("amap_search", search),)
    wgs = Coordinate(spot.lon, spot.lat)
    gcj = wgs.to("gcj02")
    lon, lat = f"{gcj.lon:.6f}", f"{gcj.lat:.6f}"
    return (
        MapLink("amap", f"https://uri.amap.com/navigation?to={lon},{lat},{name}&mode=walk&callnative=1"),
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
        _on_phone(spot),
    )


def _abroad(position: Position, spot: Spot | None, area: Area) -> tuple[MapLink, ...]:
    """All in WGS-84. URL forms: the public documents of the services, read 2026."""
    if spot is None:
        asked = quoted(f"{position.name}, {area.name}")
        return (
            MapLink("osm_search", f"https://www.openstreetmap.org/search?query={asked}"),
            MapLink("google_search", f"https://www.google.com/maps/search/?api=1&query={asked}"),
        )
    at = f"{spot.lat:.6f}%2C{spot.lon:.6f}"
    return (
        MapLink("osm", f"https://www.openstreetmap.org/directions?engine=fossgis_osrm_foot&route=%3B{at}"),
        MapLink("google", f"https://www.google.com/maps/dir/?api=1&destination={at}&travelmode=walking"),
        MapLink("apple", f"https://maps.apple.com/?daddr={at}&dirflg=w"),
        _on_phone(spot),
    )


def _on_phone(spot: Spot) -> MapLink:
    return MapLink("geo", f"geo:{spot.lat:.6f},{spot.lon:.6f}")


def _source(settings: Settings) -> str:
    """The site's host, or its title in letters where nobody knows that."""
    host = urlsplit(settings.base_url).hostname if settings.base_url else ""
    return quoted(host or pinyin.slug(settings.title) or "site")
