"""brands/<id>.html and brands/index.html: a brand made visible, the positions that carry it, and all brands as a wall."""

from collections.abc import Iterator
from functools import partial

from haitang.core.contrast import ground
from haitang.model.entries import Brand, Position
from haitang.site.charts.static_map import draw
from haitang.site.edition.recipe import Recipe
from haitang.site.linked.share import of_page
from haitang.site.markdown import plain, shortened
from haitang.site.page import BRAND, BRANDS, Page, Sheet, sheets
from haitang.site.pages import correction_of, made, recipe
from haitang.site.views import Site
from haitang.site.views.brand import brand_view
from haitang.site.views.sources import resting

ON_A_WALL = 60  # covers are drawn into the page, a kilobyte each


def build(site: Site) -> Iterator[Recipe]:
    directory, of = site.directory, site.prerequisites
    for path, brand in BRAND.pages(directory):
        positions = directory.with_brand(brand.id)
        for sheet in sheets(positions, path):
            whole = (of.drawn(positions),) if sheet.number == 1 else ()
            made_of = (of.of(brand), of.pictures_of(brand), *of.sheet(sheet), of.chapters, *whole)
            yield recipe(sheet.path, BRAND, "brand", made_of, partial(_brand, site, path, brand, sheet), day=True)
    counts = tuple(len(directory.with_brand(brand.id)) for brand in directory.brands)
    pictures = tuple(map(of.pictures_of, directory.brands))
    for wall in sheets(directory.brands, BRANDS.path(), ON_A_WALL):
        made_of = (of.all_of(directory.brands), counts, pictures)
        yield recipe(wall.path, BRANDS, "brands", made_of, partial(_wall, site, wall))


def _brand(site: Site, first: str, brand: Brand, sheet: Sheet[Position]) -> Page:
    directory, positions = site.directory, site.directory.with_brand(brand.id)
    about = site.templates.words["brand_description"].format(brand=brand.name, count=len(positions))
    concepts = [
        (chapter, concept) for chapter in directory.chapters for concept in chapter.concepts if brand.id in concept.brands
    ]
    told = shortened(plain(brand.story.text) if brand.story else about, 120)
    page, view = Page(sheet.path, BRAND, brand.name, told, picture=of_page(first)), brand_view(brand)
    return made(
        site, page, "brand", view=view, sheet=sheet.of(site.cards(sheet.items)),
        drawing=draw(directory, positions) if sheet.number == 1 else None, concepts=concepts,
        correction=correction_of(site, "brand", brand, first, view.missing), resting=resting(brand),
    )  # fmt: skip


def _wall(site: Site, wall: Sheet[Brand]) -> Page:
    words, directory = site.templates.words, site.directory
    brands = [(brand, ground(brand.colour, brand.id), len(directory.with_brand(brand.id))) for brand in wall.items]
    page = Page(wall.path, BRANDS, words["brands_title"], words["brands_description"])
    return made(site, page, "brands", sheet=wall.of(brands))
