"""brands/<id>.html and brands/index.html: a brand and the positions that carry it."""

from collections.abc import Iterator

from haitang.rendering import Page, markdown, plain, sheets, shortened
from haitang.schematic import draw
from haitang.views import Site


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    for brand in directory.brands:
        positions = directory.with_brand(brand.id)
        story = markdown(brand.story) if brand.story else None
        for sheet in sheets(site.views.cards(positions), f"brands/{brand.id}"):
            drawing = draw(directory, positions) if sheet.number == 1 else None
            body = site.templates.render(
                "pages/brand.html", brand=brand, story=story, sheet=sheet, root="../", site=site, drawing=drawing
            )
            told = (
                plain(brand.story) if brand.story else words["brand_description"].format(brand=brand.name, count=len(positions))
            )
            yield Page(sheet.path, "brands", brand.name, shortened(told, 120), body)
    brands = [(brand, len(directory.with_brand(brand.id))) for brand in directory.brands]
    for wall in sheets(brands, "brands/index"):
        body = site.templates.render("pages/brands.html", sheet=wall, root="../", site=site)
        yield Page(wall.path, "brands", words["brands_title"], words["brands_description"], body)
