"""data/routes.js: the routes for the live map (frontend/src/map/core/route.ts), where there are any.

The rule: a stop is a row of data/places.js, so a name or a point stands in one file only.
"""

from collections.abc import Iterator, Mapping

from haitang.site.page import File, data_script
from haitang.site.views import Site


def build(site: Site, rows: Mapping[str, int] | None = None) -> Iterator[File]:
    """`rows`: the browser's row of each place by its id, where it is not its place in the directory."""
    directory = site.directory
    if not directory.routes:
        return
    row = rows or {position.id: at for at, position in enumerate(directory.positions)}
    routes = [
        {
            "id": route.id,
            "name": route.name,
            "slogan": route.slogan or "",
            "mode": route.mode or "",
            "minutes": route.minutes,
            "stops": [row[stop.position] for stop in route.stops],
            # To the next stop; measured as the crow flies where `straight`, null where nobody knows.
            "metres": [None if leg.metres is None else round(leg.metres) for leg in directory.legs(route)],
            "straight": [int(leg.straight) for leg in directory.legs(route)],
        }
        for route in directory.routes
    ]
    yield File("data/routes.js", data_script("routes", {"routes": routes}))
