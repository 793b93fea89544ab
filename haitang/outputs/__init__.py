"""All we publish, one small module each. OUTPUTS is the whole list; outputs never import each other."""

from collections.abc import Callable, Iterator

from haitang.outputs import (
    brand_pages,
    exchange,
    home_page,
    listings,
    map_data,
    not_found,
    position_pages,
    sitemap,
    tier_pages,
    town_pages,
)
from haitang.rendering import File, Page
from haitang.views import Site

Output = Callable[[Site], Iterator[Page | File]]

OUTPUTS: tuple[Output, ...] = (
    # The whole directory in one file comes first: later, what is kept of the pages would stand beside it in memory.
    exchange.build,
    map_data.build,
    sitemap.build,
    not_found.build,
    home_page.build,
    listings.build,
    position_pages.build,
    town_pages.build,
    tier_pages.build,
    brand_pages.build,
)


def everything(site: Site) -> Iterator[Page | File]:
    for output in OUTPUTS:
        yield from output(site)
