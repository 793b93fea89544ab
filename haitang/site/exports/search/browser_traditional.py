"""data/traditional.js: the traditional forms of the directory's characters, so that 陸家 is read as 陆家; fetched only once
somebody types a character that is not in GB 2312. frontend/src/search/traditional.ts reads it.

The rule: the table beside this module is that of the checks; a build of a site in one language asks nothing of OpenCC.
tests/site/test_traditional.py holds the two together.
"""

from collections.abc import Iterator
from functools import partial

from haitang.site.edition.recipe import Recipe
from haitang.site.exports.search.texts import forms, searched_texts
from haitang.site.page import File, data_script
from haitang.site.views import Site

PATH = "data/traditional.js"


def build(site: Site) -> Iterator[Recipe]:
    characters = "".join(sorted(set().union(*map(set, searched_texts(site)))))
    yield Recipe(PATH, (characters,), partial(_file, characters))


def _file(characters: str) -> File:
    """Pairs, one after the other: the traditional character and ours."""
    pairs = "".join(was + now for was, now in forms().items() if now in characters)
    return File(PATH, data_script("traditional", {"pairs": pairs}))
