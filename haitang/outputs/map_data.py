"""data/map.js: what the map in the browser needs, as columns in a classic script: `fetch` does not work from file://."""

import json
from collections.abc import Iterator

from haitang.rendering import File
from haitang.values import TIERS
from haitang.views import Site

TIER_CODES = (*TIERS, "unknown")


def build(site: Site) -> Iterator[File]:
    directory = site.directory
    drawn = [(position, spot) for position in directory.positions if (spot := directory.spot(position))]
    towns = list(directory.town.values())
    town_index = {town.id: index for index, town in enumerate(towns)}
    data = {
        "id": [position.id for position, _ in drawn],
        "name": [position.name for position, _ in drawn],
        "lon": [round(spot.lon, 6) for _, spot in drawn],
        "lat": [round(spot.lat, 6) for _, spot in drawn],
        "tier": [TIER_CODES.index(position.tier or "unknown") for position, _ in drawn],
        "town": [town_index[position.town] for position, _ in drawn],
        "precise": [int(spot.precision != "town") for _, spot in drawn],
        "towns": [
            {
                "id": town.id,
                "name": town.short_name or town.name,
                "lon": round(town.location.wgs84.lon, 6) if town.location else None,
                "lat": round(town.location.wgs84.lat, 6) if town.location else None,
            }
            for town in towns
        ],
        "undrawn": len(directory.positions) - len(drawn),
    }
    yield File("data/map.js", b"window.HAITANG_MAP=" + script_json(data) + b";\n")


def script_json(data: object) -> bytes:
    """JSON that is also safe inside a script: no `<`, no line separators that old engines take for line ends."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode()
