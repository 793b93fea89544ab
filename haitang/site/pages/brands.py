"""brands/<id>.html and brands/index.html: a brand made visible, the positions that carry it, and all brands as a wall."""

from collections.abc import Iterator

from haitang.core.contrast import ground
from haitang.site.charts.static_map import draw
from haitang.site.markdown import plain, shortened
from haitang.site.page import BRAND, BRANDS, Page, sheets
from haitang.site.pages import correction_of, made
from haitang.site.views import Site
from haitang.site.views.brand import brand_view

ON_A_WALL = 60  # covers are drawn into the page, a kilobyte each


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    for path, brand in BRAND.pages(directory):
        positions = directory.with_brand(brand.id)
        about = words["brand_description"].format(brand=brand.name, count=len(positions))
        concepts = [
            (chapter, concept) for chapter in directory.chapters for concept in chapter.concepts if brand.id in concept.brands
        ]
        for sheet in sheets(site.cards(positions), path):
            yield made(
                site, Page(sheet.path, BRAND, brand.name, shortened(plain(brand.story) if brand.story else about, 120)),
                "brand", view=brand_view(brand), sheet=sheet,
                drawing=draw(directory, positions) if sheet.number == 1 else None, concepts=concepts,
                correction=correction_of(site, "brand", brand, path),
            )  # fmt: skip
    brands = [(brand, ground(brand.colour, brand.id), len(directory.with_brand(brand.id))) for brand in directory.brands]
    for wall in sheets(brands, BRANDS.path(), ON_A_WALL):
        yield made(site, Page(wall.path, BRANDS, words["brands_title"], words["brands_description"]), "brands", sheet=wall)
