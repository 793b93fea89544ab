"""data/positions.geojson: places in brief, at the address that programs had before there was data/v1, and as they knew it
(RFC 7946: WGS-84, longitude first, at most six decimals).

The rule: a line a feature, and a feature depends on its own entry alone, so that whoever keeps lines need not make them again.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from math import isfinite

from haitang.data.directory import Spot
from haitang.model.entries import Position
from haitang.site.edition.fragments import by_town
from haitang.site.page import POSITION, File
from haitang.site.views import Site

DECIMALS = 6  # about 0.1 m
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def build(site: Site) -> Iterator[File]:
    """Written down town by town: a hundred thousand features as objects would weigh more than all the rest."""
    parts = by_town(site, "features", partial(_features, site))
    boxes = [own for _, own in parts if own]
    wests, souths, easts, norths = zip(*boxes, strict=True) if boxes else ((), (), (), ())
    box = [min(wests), min(souths), max(easts), max(norths)] if boxes else []
    head = {"type": "FeatureCollection", **({"bbox": box} if box else {}), "features": []}
    before, _, after = _ENCODE(head).encode().partition(b'"features":[]')
    told = list(chain.from_iterable((b",\n", lines) for lines, _ in parts))[1:]
    yield File("data/positions.geojson", b"".join((before, b'"features":[\n', *told, b"\n]", after, b"\n")))


def _features(site: Site, positions: Iterable[Position]) -> tuple[bytes, list[float]]:
    """Lines of features and their bbox, which is empty where nobody knows where any is."""
    box = list[float]()
    for position in positions:
        if spot := site.directory.spot(position):
            box = widened(box, checked(spot))
    return b",\n".join([feature(site, position) for position in positions]), box


def widened(box: list[float], point: Sequence[float]) -> list[float]:
    """A bbox (west, south, east, north: RFC 7946 §5) that also holds a point."""
    lon, lat = point
    if not box:
        return [lon, lat, lon, lat]
    return [min(box[0], lon), min(box[1], lat), max(box[2], lon), max(box[3], lat)]


def feature(site: Site, position: Position) -> bytes:
    """One position as a Feature in JSON, without a line end. A place known only to its town says so in `precision`; one whose
    place nobody knows has no geometry. Raises ValueError for a point that is not on earth."""
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
    point = {"type": "Point", "coordinates": checked(spot)} if spot else None
    return _ENCODE({"type": "Feature", "id": position.id, "geometry": point, "properties": known}).encode()


def checked(spot: Spot) -> tuple[float, float]:
    """Longitude and latitude as GeoJSON takes them. Raises ValueError where a reader would choke or look elsewhere."""
    if not (isfinite(spot.lon) and isfinite(spot.lat) and abs(spot.lon) <= 180 and abs(spot.lat) <= 90):
        raise ValueError(f"not a place on earth: {spot.lon}, {spot.lat}")
    return round(spot.lon, DECIMALS), round(spot.lat, DECIMALS)
