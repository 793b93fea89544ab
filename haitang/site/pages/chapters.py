"""about/index.html and about/<chapter>.html: how the system is built, each idea with the positions that show it."""

from collections.abc import Iterator

from haitang.model.entries import Chapter
from haitang.site.templates import Page, markdown, shortened
from haitang.site.views import Site, public_address
from haitang.site.views.feedback import Correction, correction


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    if not directory.chapters:
        return
    body = site.templates.render("pages/chapters.html", chapters=directory.chapters, root="../", site=site)
    yield Page("about/index.html", "concepts", words["concepts"]["title"], words["concepts"]["description"], body)
    for chapter in directory.chapters:
        told = [
            (concept, markdown(concept.text) if concept.text else None, site.cards(directory.showing(concept.id)))
            for concept in chapter.concepts
        ]
        body = site.templates.render(
            "pages/chapter.html", chapter=chapter, chapters=directory.chapters, told=told, root="../", site=site,
            correction=_correction(site, chapter),
        )  # fmt: skip
        description = chapter.lead or words["concepts"]["description"]
        yield Page(f"about/{chapter.id}.html", "concepts", chapter.name, shortened(description, 120), body)


def _correction(site: Site, chapter: Chapter) -> Correction | None:
    settings = site.directory.settings
    address = public_address(settings.base_url, f"about/{chapter.id}.html")
    return correction(settings, site.templates.words, "chapter", (chapter.id, chapter.name), address)
