"""All we publish, one small module each. OUTPUTS is the whole list; outputs never import each other."""

from collections.abc import Callable, Iterator

from haitang.outputs import (
    activity_data,
    activity_pages,
    boundary,
    brand_pages,
    browser_words,
    calendars,
    changes_pages,
    concept_pages,
    editor_pages,
    exchange,
    field_guide,
    find_pages,
    home_page,
    listings,
    not_found,
    offline_page,
    places,
    position_pages,
    progress_page,
    readings,
    route_data,
    route_pages,
    sitemap,
    tier_pages,
    town_pages,
    unverified_pages,
    web_manifest,
)
from haitang.rendering import File, Page
from haitang.views import Site

Output = Callable[[Site], Iterator[Page | File]]

# What pages are shown with, made before them: they name it by its content.
SHARED: tuple[Callable[[Site], Iterator[File]], ...] = (
    # The whole directory in one file comes first: later, what is kept of the pages would stand beside it in memory.
    exchange.build,
    places.build,
    activity_data.build,
    boundary.build,
    readings.build,
    route_data.build,
    browser_words.build,
)
OUTPUTS: tuple[Output, ...] = (
    sitemap.build,
    not_found.build,
    offline_page.build,
    web_manifest.build,
    home_page.build,
    find_pages.build,
    listings.build,
    route_pages.build,  # before the positions, which keep all codes for the next build
    position_pages.build,
    town_pages.build,
    tier_pages.build,
    activity_pages.build,
    calendars.build,
    brand_pages.build,
    concept_pages.build,
    progress_page.build,
    field_guide.build,
    editor_pages.build,
    unverified_pages.build,
    changes_pages.build,
)


def shared(site: Site) -> Iterator[File]:
    for output in SHARED:
        yield from output(site)


def everything_else(site: Site) -> Iterator[Page | File]:
    for output in OUTPUTS:
        yield from output(site)
