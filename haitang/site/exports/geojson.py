"""data/positions.geojson: the directory for other programs (RFC 7946: WGS-84, longitude first, at most six decimals).

The geojson package builds the objects; it checks neither range nor finiteness, so that is done here.
"""

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

import geojson

from haitang.data.directory import Spot
from haitang.model.entries import Position
from haitang.site.page import POSITION, File
from haitang.site.views import Site

DECIMALS = 6  # about 0.1 m


def build(site: Site) -> Iterator[File]:
    lines = []
    box: list[float] = []
    for position in site.directory.positions:
        made = feature(site, position)
        if made["geometry"] is not None:
            box = widened(box, made["geometry"]["coordinates"])
        # Written down one by one: ten thousand features as objects would weigh more than all the rest.
        lines.append(json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode())
    head = json.dumps(geojson.FeatureCollection([], **({"bbox": box} if box else {})), separators=(",", ":"))
    before, _, after = head.encode().partition(b'"features":[]')
    yield File("data/positions.geojson", before + b'"features":[\n' + b",\n".join(lines) + b"\n]" + after + b"\n")


def widened(box: list[float], point: list[float]) -> list[float]:
    """A bbox (west, south, east, north: RFC 7946 §5) that also holds a point."""
    lon, lat = point
    if not box:
        return [lon, lat, lon, lat]
    return [min(box[0], lon), min(box[1], lat), max(box[2], lon), max(box[3], lat)]


def feature(site: Site, position: Position) -> Any:
    """One position as a Feature. A place known only to its town says so in `precision`; an unknown one has no geometry."""
    directory = site.directory
    spot = directory.spot(position)
    properties = {
        "name": position.name,
        "tier": position.tier,
        "town": position.town,
        "town_name": directory.town[position.town].name,
        "status": position.status,
        "address": position.address,
        "precision": spot.precision if spot else None,
        "hours": position.hours.text if position.hours else None,
        "phone": position.phone,
        "services": list(position.services),
        "facilities": list(position.facilities),
        "brands": list(position.brands),
        "verified": position.verified.on.isoformat() if position.verified else None,
        "page": POSITION.path(position.id),
    }
    known = {name: value for name, value in properties.items() if value not in (None, [])}
    return geojson.Feature(id=position.id, geometry=geojson.Point(checked(spot)) if spot else None, properties=known)


def checked(spot: Spot) -> tuple[float, float]:
    """Longitude and latitude as GeoJSON takes them. Raises ValueError where a reader would choke or look elsewhere."""
    if not (isfinite(spot.lon) and isfinite(spot.lat) and abs(spot.lon) <= 180 and abs(spot.lat) <= 90):
        raise ValueError(f"not a place on earth: {spot.lon}, {spot.lat}")
    return round(spot.lon, DECIMALS), round(spot.lat, DECIMALS)
