"""Further languages of a site: each has its own folder (`zh-TW/`, `en/`) with every page, its data and its calendars, and
shares with the first one what is the same in all of them (`page.SHARED`).

The rule: an output is made as if its language were the only one; here it is put into the folder of its language, and its links
to what is shared are led out of there. No template knows of that.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from haitang.site.edition.recipe import Recipe
from haitang.site.page import SHARED, WORDS, File, Page
from haitang.site.views import Site

Item = Page | File | Recipe
_SINGLE = "|".join(rf'(?<=\s{name}=")' for name in ("src", "href", "data-map", "data-activities"))
# What begins with the same signs everywhere is found soon.
_TO_SHARED = re.compile(rf"""="(?:{_SINGLE})((?:\.\./)*+)(?={"|".join(map(re.escape, SHARED))})""")
_IN_SET = re.compile(r'(?:(?<=\ssrcset=")|(?<=, ))((?:\.\./)*)(?=photos/[^"\s,]+ [0-9]+w)')


def words_path(site: Site) -> str:
    """Where what the browser's scripts say lies."""
    return f"assets/words.{site.language}.js" if site.folder else WORDS


def lifted(html: str, site: Site) -> str:
    """A page or a piece of one with its links to what is shared led out of the folder of the language."""
    if not site.folder:
        return html
    html = _IN_SET.sub(r"../\1", html) if "srcset" in html else html
    html = _TO_SHARED.sub(r'="../\1', str(html))  # a Markup would escape what is put in
    return html.replace(WORDS, words_path(site)) if WORDS in html else html


def moved(items: Iterable[Item], site: Site, shells: Mapping[str, str]) -> Iterator[Item]:
    """Outputs of a site where they belong. `shells` are the digests of what its pages are hung into, by section."""
    if not site.folder:
        yield from items
        return
    for item in items:
        if item.path == words_path(site):
            yield item
        elif not (item.path.startswith(SHARED) or (not isinstance(item, File) and item.kind and item.kind.once)):
            yield _moved(item, site, shells)


def _moved(item: Item, site: Site, shells: Mapping[str, str]) -> Item:
    path = f"{site.folder}{item.path}"
    if isinstance(item, Recipe):
        around = shells[item.kind.section] if item.kind else ""
        made_of = (site.made_by, around, item.made_of)
        return replace(item, path=path, made_of=made_of, make=partial(_made, item.make, site))
    if isinstance(item, Page):
        picture = item.picture if not item.picture or item.picture.startswith(SHARED) else f"{site.folder}{item.picture}"
        return replace(item, path=path, folder=site.folder, body=lifted(str(item.body), site), picture=picture)
    return replace(item, path=path)


def _made(make: Callable[[], Page | File], site: Site) -> Page | File:
    made = _moved(make(), site, {})
    assert not isinstance(made, Recipe)
    return made


def below(folder: str, paths: Iterable[str]) -> list[str]:
    """Those of the site's files that lie in a language's folder, as that language calls them."""
    return [path[len(folder) :] for path in paths if path.startswith(folder)]
