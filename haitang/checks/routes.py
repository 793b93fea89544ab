"""Rules for routes: what no route can know about itself.

The rule: as in `checks`, where CHECKS lists these too; every check is a function from Dataset to Findings.
"""

from collections.abc import Iterator
from itertools import pairwise

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding
from haitang.geo.coordinates import distance_m
from haitang.model.types import GONE
from haitang.model.validation import Guesses

# A stated distance is often rounded down; only what is clearly shorter than the straight line is a mistake.
_ROUNDED = 0.9


def routes_name_what_exists(dataset: Dataset) -> Iterator[Finding]:
    """Positions, brands and the town."""
    towns = {place.id for area in dataset.settings.areas for place in area.places}
    ids = dataset.position_by_id, dataset.brand_by_id
    guess_town, guess_position, guess_brand = Guesses(towns), Guesses(ids[0]), Guesses(ids[1])
    positions, brands = (dataset.named_elsewhere.union(known) for known in ids)
    for entry in dataset.routes:
        route = entry.value
        if route.town is not None and route.town not in towns:
            yield Finding(entry.file, ("town",), "unknown-town", {"value": route.town, **guess_town(route.town)})
        for index, brand in enumerate(route.brands):
            if brand not in brands:
                yield Finding(entry.file, ("brands", index), "unknown-brand", {"value": brand, **guess_brand(brand)})
        for index, stop in enumerate(route.stops):
            if stop.position not in positions:
                values = {"value": stop.position, **guess_position(stop.position)}
                yield Finding(entry.file, ("stops", index, "position"), "unknown-position", values)


def stops_are_open(dataset: Dataset) -> Iterator[Finding]:
    """A route must not lead to a closed door; where another place took over, it is offered."""
    for entry in dataset.routes:
        for index, stop in enumerate(entry.value.stops):
            found = dataset.position_by_id.get(stop.position)
            if found is not None and (position := found.value).status in GONE:
                guess = {"guess": position.successor} if position.successor else {}
                values = {"value": position.id, "name": position.name, **guess}
                yield Finding(entry.file, ("stops", index, "position"), "closed-stop", values)


def stops_move_on(dataset: Dataset) -> Iterator[Finding]:
    """Coming back later is a round trip; staying where one is, is a line too many."""
    for entry in dataset.routes:
        stops = entry.value.stops
        if stops and stops[0].metres is not None:
            yield Finding(entry.file, ("stops", 0, "metres"), "metres-before-first", {"field": "metres"})
        for index, (here, there) in enumerate(pairwise(stops)):
            if here.position == there.position:
                yield Finding(entry.file, ("stops", index + 1, "position"), "stop-repeated", {"value": there.position})


def distances_are_possible(dataset: Dataset) -> Iterator[Finding]:
    """No way is shorter than the straight line, where both ends are known to the door."""
    on_the_way = {stop.position for route in dataset.routes for stop in route.value.stops}
    positions = (dataset.position_by_id[name].value for name in on_the_way & dataset.position_by_id.keys())
    doors = {position.id: place.wgs84 for position in positions if (place := position.location) and place.precision == "exact"}
    for entry in dataset.routes:
        stops = entry.value.stops
        for index, (here, there) in enumerate(pairwise(stops)):
            one, other = doors.get(here.position), doors.get(there.position)
            if there.metres is None or one is None or other is None:
                continue
            straight = distance_m(one, other)
            if there.metres < straight * _ROUNDED:
                values: dict[str, Value] = {"field": "metres", "value": there.metres, "limit": round(straight)}
                yield Finding(entry.file, ("stops", index + 1, "metres"), "shorter-than-straight", values)
