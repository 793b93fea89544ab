"""One module a kind of page, or a few that are alike; what several of them do stands here."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from haitang.model.entries import Brand, Chapter
from haitang.model.paths import EntryKind
from haitang.site.edition.recipe import Recipe
from haitang.site.linked import script
from haitang.site.page import Page, PageKind
from haitang.site.views import Site, public_address
from haitang.site.views.feedback import Correction, correction


def recipe(
    path: str, kind: PageKind[Any], template: str, made_of: tuple[Any, ...], make: Callable[[], Page], *, day: bool = False
) -> Recipe:
    """That of a page whose body is a template of templates/pages."""
    return Recipe(path, made_of, make, kind, f"pages/{template}.html", day)


def made(site: Site, page: Page, template: str, /, **values: object) -> Page:
    """A page with the body that a template of templates/pages gives, which sees `values`, `site`, and `root`, the way up to
    index.html; behind it stands what programs are told."""
    root = "../" * page.path.count("/")
    html = site.templates.render(f"pages/{template}.html", site=site, root=root, **values)
    return replace(page, body=html + script(site, page, template, html, values))


def correction_of(
    site: Site, kind: EntryKind, entry: Brand | Chapter, path: str, missing: tuple[str, ...] = ()
) -> Correction | None:
    """How somebody says what is wrong with an entry's page at `path`, or `missing` there; None where there is no way."""
    settings = site.directory.settings
    address = public_address(settings.base_url, path)
    return correction(settings, site.templates.words, kind, (entry.id, entry.name), address, missing)
