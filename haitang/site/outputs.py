"""All we publish, one small module each. OUTPUTS is the whole list; outputs never import each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest

from haitang.site.edition.recipe import Recipe
from haitang.site.exports import (
    browser_boundary,
    browser_data,
    browser_needs,
    browser_words,
    geojson,
    icalendar,
    web_manifest,
)
from haitang.site.exports.release import collections, files, package, schemas
from haitang.site.exports.search import browser_pinyin, browser_stories, browser_traditional
from haitang.site.exports.shards import browser_layers
from haitang.site.page import File, Page
from haitang.site.pages import (
    activities,
    brands,
    chapters,
    embed,
    finder,
    home,
    lists,
    needs,
    open_data,
    positions,
    reference,
    routes,
    statistics,
)
from haitang.site.views import Site

Output = Callable[[Site], Iterator[Page | File | Recipe]]

# What pages are shown with, made before them: they name it by its content.
SHARED: tuple[Callable[[Site], Iterator[File | Recipe]], ...] = (
    # The whole directory in one file comes first: later, what is kept of the pages would stand beside it in memory.
    geojson.build,
    browser_data.build,
    browser_boundary.build,
    browser_layers.build,
    browser_layers.names,
    browser_needs.build,
    browser_pinyin.build,
    browser_traditional.build,
    browser_stories.build,
    browser_words.build,
)
# For all languages.
ONCE: tuple[Output, ...] = (
    geojson.build, browser_boundary.build, browser_layers.build, schemas.build,
)  # fmt: skip
OUTPUTS: tuple[Output, ...] = (
    web_manifest.build,
    home.build,
    finder.build,
    embed.build,
    routes.build,
    lambda site: _in_turns(positions.build(site), () if site.folder else files.build(site)),
    lists.build,
    needs.build,
    activities.build,
    icalendar.build,
    brands.build,
    chapters.build,
    statistics.build,
    reference.build,
    open_data.build,
    schemas.build,
)


def _in_turns(*outputs: Iterable[Page | File | Recipe]) -> Iterator[Page | File | Recipe]:
    """One of each after the other, so that all that is made of an entry is made while the entry is at hand (`data.folded`)."""
    return (item for items in zip_longest(*outputs) for item in items if item is not None)


def shared(site: Site) -> Iterator[File | Recipe]:
    for output in SHARED:
        if not (site.folder and output in ONCE):
            yield from output(site)


def everything_else(site: Site) -> Iterator[Page | File | Recipe]:
    for output in OUTPUTS:
        if not (site.folder and output in ONCE):
            yield from output(site)


def collected(site: Site, digests: Mapping[str, str], read: Callable[[str], bytes]) -> Iterator[Recipe]:
    """What the release puts together from files that are in the site, given their digests by path and how to read one."""
    yield from collections.build(site, digests, read)
    yield icalendar.release(site, files.CALENDAR, files.about(site), digests, read)


def sealed(site: Site, digests: Callable[[], Mapping[str, str]], read: Callable[[str], bytes]) -> Iterator[Recipe]:
    """The very last: what lists all that the release holds by now."""
    yield from package.package(site, digests(), read)
    yield from package.sums(site, digests(), read)
