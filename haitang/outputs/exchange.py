"""data/positions.geojson: the directory for other programs (RFC 7946: WGS-84, longitude first, at most six decimals).

The geojson package builds the objects; it checks neither range nor finiteness, so that is done here.
"""

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

import geojson

from haitang.directory import Spot
from haitang.model import Position
from haitang.rendering import File
from haitang.views import Site

DECIMALS = 6  # about 0.1 m


def build(site: Site) -> Iterator[File]:
    features = [feature(site, position) for position in site.directory.positions]
    points = [f["geometry"]["coordinates"] for f in features if f["geometry"] is not None]
    collection = geojson.FeatureCollection(features)
    if points:
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        collection["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    text = json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=None, separators=(",", ":"))
    yield File("data/positions.geojson", text.replace('{"type":"Feature"', '\n{"type":"Feature"').encode() + b"\n")


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
        "page": f"positions/{position.id}.html",
    }
    known = {name: value for name, value in properties.items() if value not in (None, [])}
    return geojson.Feature(id=position.id, geometry=geojson.Point(checked(spot)) if spot else None, properties=known)


def checked(spot: Spot) -> tuple[float, float]:
    """Longitude and latitude as GeoJSON takes them. Raises ValueError where a reader would choke or look elsewhere."""
    if not (isfinite(spot.lon) and isfinite(spot.lat) and abs(spot.lon) <= 180 and abs(spot.lat) <= 90):
        raise ValueError(f"not a place on earth: {spot.lon}, {spot.lat}")
    return round(spot.lon, DECIMALS), round(spot.lat, DECIMALS)
