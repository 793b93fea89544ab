"""positions/index.html: all positions, in the order of areas, towns and tiers."""

from collections.abc import Iterator

from haitang.site.templates import Page, sheets
from haitang.site.views import Site


def build(site: Site) -> Iterator[Page]:
    words = site.templates.words
    for sheet in sheets(site.cards(site.directory.positions), "positions/index"):
        body = site.templates.render("pages/positions.html", sheet=sheet, root="../", site=site)
        yield Page(sheet.path, "positions", words["positions_title"], words["positions_description"], body)
