"""data/overview.js: which blocks there are and how many of what stand where, for a first map; data/choices.js: the ways to
choose, how many places each leads to, and so the names of what a block's places offer;
data/facets.js and data/spots.js: of every row what a filter asks and where it stands, for who asks for more than is shown.

Rows are in the order of the blocks; frontend/src/data/blocks.ts, overview.ts and choices.ts read these.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import chain
from math import asinh, pi, radians, tan
from typing import Any

from haitang.core.digests import plain_bytes
from haitang.model.entries import Position
from haitang.model.tiers import UNKNOWN
from haitang.model.types import GONE
from haitang.site.edition.recipe import Recipe
from haitang.site.exports import browser_places, columns
from haitang.site.exports.browser_places import tier_codes
from haitang.site.exports.shards.blocks import NOWHERE, PAST, Block, version_in
from haitang.site.page import File, data_script
from haitang.site.views import Site

PARTS = 1296  # two digits to the base of 36: where in its square a block's centre lies


def overview(site: Site, blocks: Sequence[Block], read: Callable[[str], bytes]) -> File:
    """`read` gives the content of a file of the site by its path: the blocks must be there."""
    data: dict[str, object] = {
        "towns": browser_places.towns_of(site),
        "boxes": _boxes(site),
        **_columns(site, blocks),
        "version": "".join(version_in(read(f"data/{block.name}.js")) for block in blocks),
    }
    return File("data/overview.js", data_script("overview", data))


def choices(site: Site) -> File:
    """A file of its own: hundreds of brands' names weigh more than where all blocks are, and a first map names none."""
    return File("data/choices.js", data_script("choices", _groups(site)))


def facet_files(site: Site, blocks: Sequence[Block]) -> Iterator[Recipe]:
    """What filters and nearness ask of all places at once."""
    rows = [position for block in blocks for position in block.positions]
    whole = blake2b(digest_size=16)
    for each in rows:
        hours = each.hours.text if each.hours else None
        told = (each.tier, each.status, hours, each.closed_on_holidays, each.verified is None)
        whole.update(plain_bytes((told, each.services, each.facilities, each.brands)))
    of = site.prerequisites
    yield Recipe("data/facets.js", (whole.digest(), of.brand_names), partial(facets, site, blocks))
    yield Recipe("data/spots.js", (of.drawn(rows),), partial(spots, site, blocks))


def facets(site: Site, blocks: Sequence[Block]) -> File:
    rows = [position for block in blocks for position in block.positions]
    cards = site.cards(rows)
    hours: dict[tuple[str, str], int] = {}
    hour = [hours.setdefault((card.hours.text, card.week), len(hours)) if card.hours else -1 for card in cards]
    names = {group: _numbers(names) for group, names in _names(site).items()}
    data = {
        "tier": columns.numbers(tier_codes(site.directory, rows)),
        "status": columns.numbers(map(browser_places.status_code, rows)),
        "hours": columns.numbers(hour),
        "hoursText": [text for text, _ in hours],
        "hoursData": [week for _, week in hours],
        "verified": columns.numbers(int(position.verified is not None) for position in rows),
        "services": columns.sets([names["service"][name] for name in position.services] for position in rows),
        "facilities": columns.sets([names["facility"][name] for name in position.facilities] for position in rows),
        "brands": columns.sets([names["brand"][name] for name in position.brands] for position in rows),
    }
    return File("data/facets.js", data_script("facets", data))


def spots(site: Site, blocks: Sequence[Block]) -> File:
    found = [site.directory.spot(position) for block in blocks for position in block.positions]
    data = {
        "lon": columns.fixed([round(spot.lon * 1e6) if spot else None for spot in found]),
        "lat": columns.fixed([round(spot.lat * 1e6) if spot else None for spot in found]),
        "precise": columns.numbers(int(spot is not None and spot.precision != "town") for spot in found),
    }
    return File("data/spots.js", data_script("spots", data))


def _numbers(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


# The groups of the finder: the values that a place has in each, every one once.
_VALUES: Mapping[str, Callable[[Position], Iterable[str]]] = {
    "service": lambda each: dict.fromkeys(each.services),
    "facility": lambda each: dict.fromkeys(each.facilities),
    "brand": lambda each: dict.fromkeys(each.brands),
    "town": lambda each: (each.town,),
    "tier": lambda each: (each.tier or UNKNOWN,),
}


def _counted(group: str, positions: Iterable[Position]) -> Counter[str]:
    """In the order in which the values first come."""
    return Counter(chain.from_iterable(map(_VALUES[group], positions)))


def _names(site: Site) -> dict[str, list[str]]:
    """All values of the groups that have names of their own, in the order in which they first come; brands as ids."""
    service, facility = (list(_counted(group, site.directory.positions)) for group in ("service", "facility"))
    return {"service": service, "facility": facility, "brand": [brand.id for brand in site.directory.brands]}


def _groups(site: Site) -> dict[str, dict[str, Any]]:
    """Of each group of the finder how many places each value has: of all, and of those that are shown unasked."""
    directory, found = site.directory, dict[str, dict[str, Any]]()
    gone = [position for position in directory.positions if position.status in GONE]
    known = {"brand": [brand.id for brand in directory.brands], "town": list(directory.town), "tier": list(directory.look)}
    for group in _VALUES:
        everything, past = _counted(group, directory.positions), _counted(group, gone)
        names = known[group] if group in known else list(everything)
        found[group] = {
            "all": columns.numbers(everything[name] for name in names),
            "shown": columns.numbers(everything[name] - past[name] for name in names),
        }
        if group not in known:
            found[group]["names"] = names
    found["brand"]["names"] = browser_places.brand_names(site)
    return found


def _boxes(site: Site) -> list[list[float] | None]:
    """West, south, east, north of each town's places; null where nobody knows of any where it is."""
    found: list[list[float] | None] = []
    for town in site.directory.town:
        own = [spot for position in site.directory.in_town(town) if (spot := site.directory.spot(position))]
        lons, lats = [round(spot.lon, 6) for spot in own], [round(spot.lat, 6) for spot in own]
        found.append([min(lons), min(lats), max(lons), max(lats)] if own else None)
    return found


def _columns(site: Site, blocks: Sequence[Block]) -> dict[str, str]:
    """One row a block: town, square, how many of each tier, how many known only to their town, the middle of all."""
    towns = _numbers(site.directory.town)
    tiers, rough, centre = list[int](), list[int](), list[str]()
    for block in blocks:
        counts = Counter(tier_codes(site.directory, block.positions))
        tiers += [counts[code] for code in range(len(site.directory.look))]
        spots = [spot for position in block.positions if (spot := site.directory.spot(position))]
        rough.append(sum(1 for spot in spots if spot.precision == "town"))
        lon = sum(spot.lon for spot in spots) / len(spots) if spots else 0.0
        lat = sum(spot.lat for spot in spots) / len(spots) if spots else 0.0
        centre.append(_centre(block.square, lon, lat))
    return {
        "town": columns.numbers(towns[block.town] for block in blocks),
        "square": columns.texts(block.square for block in blocks),
        "tiers": columns.numbers(tiers),
        "rough": columns.numbers(rough),
        "centre": "".join(centre),
    }


def _centre(square: str, lon: float, lat: float) -> str:
    """Where in a square a point lies: two digits from its west, two from its north."""
    digits = square.removeprefix(PAST).partition("-")[0]
    level = 0 if digits == NOWHERE else len(digits)
    x, y = (lon + 180) / 360, (1 - asinh(tan(radians(lat))) / pi) / 2
    parts = (int(at * 2**level % 1 * PARTS) for at in (x, y))
    return "".join(columns.digits(part, 2) for part in parts)
