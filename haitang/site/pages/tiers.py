"""tiers/<tier>.html: what a tier is for, and the positions of it."""

from collections.abc import Iterator

from haitang.site.charts.static_map import draw
from haitang.site.templates import Page, sheets
from haitang.site.views import Site


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    for tier in directory.settings.tiers:
        positions = directory.of_tier(tier.id)
        for sheet in sheets(site.cards(positions), f"tiers/{tier.id}"):
            drawing = draw(directory, positions) if sheet.number == 1 else None
            body = site.templates.render("pages/tier.html", tier=tier, sheet=sheet, root="../", site=site, drawing=drawing)
            description = words["tier_description"].format(tier=tier.name, count=len(positions))
            yield Page(sheet.path, "tiers", tier.name, description, body)
