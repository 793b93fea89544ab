"""All we publish, one small module each. OUTPUTS is the whole list; outputs never import each other."""

from collections.abc import Callable, Iterator

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
from haitang.site.exports.search import browser_pinyin, browser_stories, browser_traditional
from haitang.site.exports.shards import browser_layers
from haitang.site.page import File, Page
from haitang.site.pages import (
    activities,
    brands,
    chapters,
    finder,
    home,
    lists,
    needs,
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
ONCE = (geojson.build, browser_boundary.build, browser_layers.build)  # for all languages
OUTPUTS: tuple[Output, ...] = (
    web_manifest.build,
    home.build,
    finder.build,
    routes.build,
    positions.build,
    lists.build,
    needs.build,
    activities.build,
    icalendar.build,
    brands.build,
    chapters.build,
    statistics.build,
    reference.build,
)


def shared(site: Site) -> Iterator[File | Recipe]:
    for output in SHARED:
        if not (site.folder and output in ONCE):
            yield from output(site)


def everything_else(site: Site) -> Iterator[Page | File | Recipe]:
    for output in OUTPUTS:
        yield from output(site)
