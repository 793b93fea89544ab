"""How pages name each other across the languages of a site: for search engines in the head, for people in the header.

The rule: a page has the same path in every language's folder, so nothing is looked up; `once` pages are not named.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import escape

from haitang.site.edition.filler import Dressing, blank
from haitang.site.languages.folders import lifted, words_path
from haitang.site.languages.marks import marked
from haitang.site.languages.translation import text_in
from haitang.site.views import Site

_PATH, _TOP = blank("PATH"), blank("TOP")


class Alternates:
    """What a page says of itself in the other languages: links for search engines, and the switcher for people. `base` is the
    site's public address, without which a search engine is told where a page lies from here; `names` are those of the
    languages."""

    def __init__(self, site: Site, base: str | None, names: Mapping[str, str]) -> None:
        self._folders = {language: f"{language}/" if at else "" for at, language in enumerate(names)}
        start, first = f"{base}/" if base else _TOP, next(iter(names))
        found = {language: f"{start}{folder}{_PATH}" for language, folder in self._folders.items()}
        render = site.templates.render
        self._links = str(render("parts/alternates.html", pages=[*found.items(), ("x-default", found[first])]))
        pages = [(language, name, f"{_TOP}{self._folders[language]}{_PATH}") for language, name in names.items()]
        self._switcher = str(render("parts/languages.html", pages=pages, language=site.language))

    def of(self, path: str, top: str) -> tuple[str, str]:
        """Elements of the head, and the switcher, of the page `path` of any language, from which `top` leads to what is
        shared."""
        return _filled(self._links, path, top), _filled(self._switcher, path, top)

    @property
    def folders(self) -> tuple[str, ...]:
        """Those of the further languages."""
        return tuple(filter(None, self._folders.values()))


def spoken(dressing: Dressing, site: Site, others: Alternates) -> Dressing:
    """The dressing of a site in several languages, of one of them."""
    return replace(
        dressing, folder=site.folder, folders=others.folders, words=words_path(site), lifted=partial(_lifted, site),
        handwritten=partial(_handwritten, site),
        alternates=others.of,
    )  # fmt: skip


def _handwritten(site: Site, html: str) -> str:
    """No template has made it: what stays Chinese is not marked yet."""
    said = text_in(site.written, site.language)(html)
    return marked(said, site.written) if site.language == "en" else said


def _lifted(site: Site, html: str) -> str:
    return lifted(html, site)


def _filled(html: str, path: str, top: str) -> str:
    return html.replace(_TOP, top).replace(_PATH, escape(path))
