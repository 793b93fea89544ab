"""data/traditional.js: the traditional forms of the directory's characters, so that 陸家 is read as 陆家; fetched only once
somebody types a character that is not in GB 2312. frontend/src/search/traditional.ts reads it."""

from collections.abc import Iterator
from functools import partial

from haitang.checks.lint.garbled.variants import traditional_forms
from haitang.site.edition.recipe import Recipe
from haitang.site.exports.search.texts import searched_texts
from haitang.site.page import File, data_script
from haitang.site.views import Site

PATH = "data/traditional.js"


def build(site: Site) -> Iterator[Recipe]:
    characters = "".join(sorted(set().union(*map(set, searched_texts(site)))))
    yield Recipe(PATH, (characters,), partial(_file, characters))


def _file(characters: str) -> File:
    """Pairs, one after the other: the traditional character and ours."""
    forms = traditional_forms(characters)
    return File(PATH, data_script("traditional", {"pairs": "".join(was + now for was, now in sorted(forms.items()))}))
