"""needs/*.html: who has what somebody needs, a page a need, and all needs under their headings."""

from collections.abc import Iterator, Mapping
from functools import partial

from haitang.model.entries import Position
from haitang.site.charts.static_map import draw
from haitang.site.edition.recipe import Recipe
from haitang.site.linked.share import of_page
from haitang.site.page import NEED, NEEDS, PAGE_SIZE, Page, Sheet, sheets
from haitang.site.pages import made, recipe
from haitang.site.views import Site
from haitang.site.views.needs import Need, meeting

OTHERS = 12  # needs under the same heading that a page leads on to
# Lines on one page where so many have it that cards would fill several: a place stands in the lists of all that it has.
LINES = 480


def build(site: Site) -> Iterator[Recipe]:
    of, counts = site.prerequisites, site.need_counts
    for need in site.needs:
        if need.kind == "activity_kind":
            continue
        positions = meeting(site.directory, need)
        others = tuple((each, counts[each.id]) for each in site.needs if each.heading == need.heading and each != need)[:OTHERS]
        shown = tuple((each.id, count) for each, count in others)
        size = LINES if len(positions) > PAGE_SIZE else PAGE_SIZE
        for sheet in sheets(positions, NEED.path(need.id), size):
            drawn = positions if sheet.number == 1 else ()
            whole = (of.drawn(drawn), shown)
            make = partial(_need, site, need, sheet, drawn, others)
            yield recipe(sheet.path, NEED, "need", (*of.sheet(sheet), *whole), make)
    for path, _ in NEEDS.pages(site.directory):
        yield recipe(path, NEEDS, "needs", tuple(counts.items()), partial(_index, site, path, counts))


def _need(
    site: Site, need: Need, sheet: Sheet[Position], drawn: tuple[Position, ...], others: tuple[tuple[Need, int], ...]
) -> Page:
    words = site.templates.words["needs"]
    about = words["description"][need.kind].format(need=need.name, count=sheet.total)
    page = Page(sheet.path, NEED, need.name, about, picture=of_page(need.path))
    drawing = draw(site.directory, drawn) if drawn else None
    return made(
        site,
        page,
        "need",
        need=need,
        sheet=sheet.of(site.cards(sheet.items)),
        drawing=drawing,
        others=others,
        is_long=sheet.total > PAGE_SIZE,
    )


def _index(site: Site, path: str, counts: Mapping[str, int]) -> Page:
    words = site.templates.words["needs"]
    groups: dict[str, list[tuple[Need, int]]] = {}
    for need in site.needs:
        groups.setdefault(need.heading, []).append((need, counts[need.id]))
    page = Page(path, NEEDS, words["title"], words["index_description"])
    return made(site, page, "needs", groups=tuple(groups.items()))
