"""index.html: one question, a map, the family in one picture, how far it has grown, a brand and a story."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from haitang.core.contrast import ground
from haitang.data.directory import Directory
from haitang.model.entries import Position
from haitang.model.types import GONE
from haitang.site.charts.static_map import draw
from haitang.site.templates import Page, plain, shortened
from haitang.site.views import Card, Site
from haitang.site.views.brand import BrandView, brand_view, completeness
from haitang.site.views.statistics import progress_of

CARDS_BESIDE_MAP = 4
WANTED = 3  # what most places offer, as ways in beside the search
SHORTEST_STORY = 50  # characters; less is a caption and no story
OFFERED_BY = 2  # a service of one place is that place's and no way in


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    settings, progress = directory.settings, progress_of(directory)
    body = site.templates.render(
        "pages/home.html",
        settings=settings,
        cards=site.cards(_told_best(directory)),
        drawing=draw(directory, directory.positions),
        progress=progress,
        by_area=_by_area(directory),
        area_ids={directory.area[position.town].id for position in directory.positions},
        listed=progress.tiers,
        towns=[(town, len(directory.in_town(town.id))) for town in directory.town.values()],
        brands=[(brand, ground(brand.colour, brand.id), len(directory.with_brand(brand.id))) for brand in directory.brands],
        brand=_brand_to_show(directory),
        story=story_to_tell(site),
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


def _by_area(directory: Directory) -> list[tuple[str, int]]:
    """How many places of each area are listed, without those that have gone; areas without any are left out."""
    counts = Counter(directory.area[position.town].id for position in directory.positions if position.status not in GONE)
    return [(area.name, counts[area.id]) for area in directory.settings.areas if counts[area.id]]


@dataclass(frozen=True, slots=True)
class Story:
    """The beginning of a position's story."""

    card: Card
    text: str


def _brand_to_show(directory: Directory) -> BrandView | None:
    """The brand that has most to show."""
    best = max(directory.brands, key=lambda brand: (completeness(brand), brand.id), default=None)
    return brand_view(best) if best else None


def story_to_tell(site: Site) -> Story | None:
    """A story of the first area, another one for each day of the data: never the clock's, so that a build can be repeated."""
    directory = site.directory
    first = directory.settings.areas[0].id
    tellable = [
        position
        for position in directory.positions
        if position.status not in GONE
        and directory.area[position.town].id == first
        and len(plain((position.story or "").strip().partition("\n\n")[0])) >= SHORTEST_STORY
    ]
    if not tellable:
        return None
    chosen = tellable[(directory.updated.toordinal() if directory.updated else 0) % len(tellable)]
    first_words = (chosen.story or "").strip().partition("\n\n")[0]
    return Story(site.card(chosen), shortened(plain(first_words), 120))


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
        if directory.area[position.town].id == first and position.status not in GONE:
            held = best.get(position.town)
            if held is None or _told(position) > _told(held):
                best[position.town] = position
    return tuple(sorted(best.values(), key=lambda position: (-_told(position), position.id))[:CARDS_BESIDE_MAP])


def _told(position: Position) -> int:
    return len(position.model_fields_set) + 2 * bool(position.brands)
