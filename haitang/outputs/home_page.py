"""index.html: one question, a map, the three tiers, and how far the family has grown."""

from collections.abc import Iterator

from haitang.directory import Directory
from haitang.model import Position
from haitang.rendering import Page
from haitang.schematic import draw
from haitang.views import Site

CARDS_BESIDE_MAP = 4


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    settings = directory.settings
    body = site.templates.render(
        "pages/home.html",
        settings=settings,
        cards=site.views.cards(_told_best(directory)),
        drawing=draw(directory, directory.positions),
        verified=sum(1 for position in directory.positions if position.verified),
        tiers=[(tier, len(directory.of_tier(tier.id))) for tier in settings.tiers],
        towns=[(town, len(directory.in_town(town.id))) for town in directory.town.values()],
        brands=[(brand, len(directory.with_brand(brand.id))) for brand in directory.brands],
        root="",
        site=site,
    )
    yield Page(
        "index.html",
        "home",
        settings.title,
        settings.description or settings.subtitle or words["home_description"],
        body,
    )


def _told_best(directory: Directory) -> tuple[Position, ...]:
    """The positions of the first area that tell a visitor most, at most one a town: the front page is not one town's."""
    first = directory.settings.areas[0].id
    best: dict[str, Position] = {}
    for position in directory.positions:
        if directory.area[position.town].id == first:
            held = best.get(position.town)
            if held is None or _told(position) > _told(held):
                best[position.town] = position
    return tuple(sorted(best.values(), key=lambda position: (-_told(position), position.id))[:CARDS_BESIDE_MAP])


def _told(position: Position) -> int:
    return len(position.model_fields_set) + 2 * bool(position.brands)
