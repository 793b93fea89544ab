"""about/index.html and about/<chapter>.html: how the system is built, each idea with the positions that show it."""

from collections.abc import Iterator
from functools import partial

from haitang.model.entries import Chapter
from haitang.site.edition.recipe import Recipe
from haitang.site.markdown import shortened
from haitang.site.page import CHAPTER, CHAPTERS, Page
from haitang.site.pages import correction_of, made, recipe
from haitang.site.views import Site
from haitang.site.views.sources import resting


def build(site: Site) -> Iterator[Recipe]:
    directory, of = site.directory, site.prerequisites
    for path, _ in CHAPTERS.pages(directory):
        yield recipe(path, CHAPTERS, "chapters", (of.chapters,), partial(_chapters, site, path))
    for path, chapter in CHAPTER.pages(directory):
        yield recipe(path, CHAPTER, "chapter", (of.everything,), partial(_chapter, site, path, chapter))


def _chapters(site: Site, path: str) -> Page:
    words = site.templates.words["concepts"]
    page = Page(path, CHAPTERS, words["title"], words["description"])
    return made(site, page, "chapters", chapters=site.directory.chapters)


def _chapter(site: Site, path: str, chapter: Chapter) -> Page:
    directory, words = site.directory, site.templates.words["concepts"]
    concepts = [(concept, site.cards(directory.showing(concept.id))) for concept in chapter.concepts]
    about = chapter.lead.text if chapter.lead else words["description"]
    return made(
        site, Page(path, CHAPTER, chapter.name, shortened(about, 120)), "chapter",
        chapter=chapter, chapters=directory.chapters, concepts=concepts,
        correction=correction_of(site, "chapter", chapter, path), resting=resting(chapter),
    )  # fmt: skip
