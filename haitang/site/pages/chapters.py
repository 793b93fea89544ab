"""about/index.html and about/<chapter>.html: how the system is built, each idea with the positions that show it."""

from collections.abc import Iterator

from haitang.site.markdown import markdown, shortened
from haitang.site.page import CHAPTER, CHAPTERS, Page
from haitang.site.pages import correction_of, made
from haitang.site.views import Site


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words["concepts"]
    for path, _ in CHAPTERS.pages(directory):
        yield made(site, Page(path, CHAPTERS, words["title"], words["description"]), "chapters", chapters=directory.chapters)
    for path, chapter in CHAPTER.pages(directory):
        concepts = [
            (concept, markdown(concept.text) if concept.text else None, site.cards(directory.showing(concept.id)))
            for concept in chapter.concepts
        ]
        yield made(
            site, Page(path, CHAPTER, chapter.name, shortened(chapter.lead or words["description"], 120)), "chapter",
            chapter=chapter, chapters=directory.chapters, concepts=concepts,
            correction=correction_of(site, "chapter", chapter, path),
        )  # fmt: skip
