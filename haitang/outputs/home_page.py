"""index.html: one question, a map, the three tiers, and how far the family has grown."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from haitang.directory import GONE, Directory
from haitang.model import Position
from haitang.rendering import Page
from haitang.schematic import draw
from haitang.views import Site

CARDS_BESIDE_MAP = 4
WANTED = 3  # what most places offer, as ways in beside the search
OFFERED_BY = 2  # a service of one place is that place's and no way in


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
        wanted=_wanted(directory),
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


def _wanted(directory: Directory) -> list[tuple[str, str, str]]:
    """The services and facilities that most places have: which of both, the name, and the name as part of an address."""
    counts = Counter(
        (kind, name)
        for position in directory.positions
        if position.status not in GONE
        for kind, names in (("service", position.services), ("facility", position.facilities))
        for name in names
    )
    found = [(kind, name, quote(name, safe="")) for (kind, name), count in counts.most_common() if count >= OFFERED_BY]
    return found[:WANTED]


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
