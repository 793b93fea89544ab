"""data/stories.js: what is told of places at length, and what their figures count, for words that are found nowhere else.

The rule: nobody loads it before a search has found nothing (frontend/src/search/further.ts). Above MOST_WHOLE places there is
none: what a phone may load for one query does not hold the stories of so many.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from haitang.model.entries import Position
from haitang.site.edition.fragments import by_town
from haitang.site.edition.recipe import Recipe
from haitang.site.exports import columns
from haitang.site.exports.browser_data import is_split
from haitang.site.markdown import plain
from haitang.site.page import File, data_script
from haitang.site.views import Site

PATH = "data/stories.js"


def build(site: Site) -> Iterator[Recipe]:
    if is_split(site.directory):
        return
    kept = by_town(site, "stories", lambda positions: list(map(_told, positions)))
    made = partial(_file, [(row, text) for row, text in enumerate(chain.from_iterable(kept)) if text])
    yield Recipe(PATH, (site.prerequisites.of_places(site.directory.positions),), made)


def _file(told: Sequence[tuple[int, str]]) -> File:
    data = {"row": columns.sets([[row for row, _ in told]]), "text": columns.texts(text for _, text in told)}
    return File(PATH, data_script("stories", data))


def _told(position: Position) -> str:
    """One line: the story, then each figure's label."""
    parts = (plain(str(position.story or "")), *(figure.label for figure in position.figures))
    return " ".join(" ".join(parts).split())
