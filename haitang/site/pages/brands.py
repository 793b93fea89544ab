"""brands/<id>.html and brands/index.html: a brand made visible, the positions that carry it, and all brands as a wall."""

from collections.abc import Iterator

from haitang.core.contrast import ground
from haitang.model.entries import Brand
from haitang.site.charts.static_map import draw
from haitang.site.templates import Page, plain, sheets, shortened
from haitang.site.views import Site, public_address
from haitang.site.views.brand import brand_view
from haitang.site.views.feedback import correction

ON_A_WALL = 60  # covers are drawn into the page, a kilobyte each


def build(site: Site) -> Iterator[Page]:
    for brand in site.directory.brands:
        yield from _showcase(site, brand)
    directory, words = site.directory, site.templates.words
    brands = [(brand, ground(brand.colour, brand.id), len(directory.with_brand(brand.id))) for brand in directory.brands]
    for wall in sheets(brands, "brands/index", ON_A_WALL):
        body = site.templates.render("pages/brands.html", sheet=wall, root="../", site=site)
        yield Page(wall.path, "brands", words["brands_title"], words["brands_description"], body)


def _showcase(site: Site, brand: Brand) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    positions = directory.with_brand(brand.id)
    view = brand_view(brand)
    address = public_address(directory.settings.base_url, f"brands/{brand.id}.html")
    correct = correction(directory.settings, words, "brand", (brand.id, brand.name), address)
    concepts = [
        (chapter, concept) for chapter in directory.chapters for concept in chapter.concepts if brand.id in concept.brands
    ]
    told = plain(brand.story) if brand.story else words["brand_description"].format(brand=brand.name, count=len(positions))
    for sheet in sheets(site.cards(positions), f"brands/{brand.id}"):
        drawing = draw(directory, positions) if sheet.number == 1 else None
        body = site.templates.render(
            "pages/brand.html",
            view=view,
            sheet=sheet,
            root="../",
            site=site,
            drawing=drawing, concepts=concepts,
            correction=correct,
        )  # fmt: skip
        yield Page(sheet.path, "brands", brand.name, shortened(told, 120), body)
