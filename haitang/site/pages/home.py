"""index.html: one question, a map, the family in one picture, how far it has grown, a brand and a story."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

from haitang.data.directory import Directory
from haitang.model.entries import Position
from haitang.model.tiers import UNKNOWN
from haitang.model.types import GONE
from haitang.site.charts.static_map import draw
from haitang.site.edition.recipe import Recipe
from haitang.site.markdown import plain, shortened
from haitang.site.page import HOME, Page
from haitang.site.pages import made, recipe
from haitang.site.views import Card, Site
from haitang.site.views.brand import brand_view, completeness
from haitang.site.views.needs import Need
from haitang.site.views.notices import all_notices

CARDS_BESIDE_MAP = 4
SHORTEST_STORY = 50  # characters; less is a caption and no story
KNOWN_BY = 3  # one in so many places must tell its hours before anybody is asked what is open now


def build(site: Site) -> Iterator[Recipe]:
    yield recipe(HOME.path(), HOME, "home", (site.prerequisites.everything,), partial(_home, site), day=True)


def _home(site: Site) -> Page:
    directory, settings, progress = site.directory, site.directory.settings, site.progress
    listed = Counter(position.tier or UNKNOWN for position in _of_first_area(directory))
    drawn = {tier.id for tier in site.family or settings.tiers}
    in_use = [position for position in directory.positions if position.status not in GONE]
    best = max(directory.brands, key=lambda brand: (completeness(brand), brand.id), default=None)
    about = settings.description or settings.subtitle or site.templates.words["home_description"]
    return made(
        site,
        Page(HOME.path(), HOME, settings.title, about),
        "home",
        settings=settings,
        notices=all_notices(site),
        cards=site.cards(_fullest(directory)),
        drawing=draw(directory, directory.positions),
        progress=progress,
        area_ids={directory.area[position.town].id for position in directory.positions},
        listed=listed,
        rest=[(tier, listed[tier]) for tier in site.tier_names if tier not in drawn and listed[tier]],
        standing=next((each for each in progress.standings if each.published.area == settings.areas[0].id), None),
        elsewhere=[(area, count) for area, count in _by_area(directory, in_use) if area != settings.areas[0].name],
        towns=[(town, len(directory.in_town(town.id))) for town in directory.town.values()],
        brand=brand_view(best) if best else None,
        story=story_to_tell(site),
        tiles=tiles_of(site),
        has_needs=any(site.need_counts.values()),
        knows_hours=sum(1 for position in in_use if position.hours) * KNOWN_BY >= len(in_use),
    )


def tiles_of(site: Site) -> list[Need]:
    """The needs that directory.yml puts on the home page, in its order: those that any place has; all of them where hotlines
    are told, which help with what no place is known for."""
    settings = site.directory.settings
    known = {need.id: need for need in site.needs if site.need_counts[need.id] or settings.hotlines}
    return [known[name] for name in settings.needs if name in known]


@dataclass(frozen=True, slots=True)
class Story:
    """The beginning of a position's story."""

    card: Card
    text: str


def _by_area(directory: Directory, positions: list[Position]) -> list[tuple[str, int]]:
    """The areas where there are places, in the order of directory.yml, each with their number."""
    counts = Counter(directory.area[position.town].id for position in positions)
    return [(area.name, counts[area.id]) for area in directory.settings.areas if counts[area.id]]


def _of_first_area(directory: Directory) -> list[Position]:
    """The front page's places: in use, of the first area."""
    first = directory.settings.areas[0].id
    return [each for each in directory.positions if each.status not in GONE and directory.area[each.town].id == first]


def story_to_tell(site: Site) -> Story | None:
    """A story of the first area, from another place on for each day of the data: never the clock's, so that a build can be
    repeated."""
    places, updated = _of_first_area(site.directory), site.directory.updated
    start = (updated.toordinal() if updated else 0) % max(len(places), 1)
    for position in chain(places[start:], places[:start]):
        text = plain(str(position.story or "").strip().partition("\n\n")[0])
        if len(text) >= SHORTEST_STORY:
            return Story(site.card(position), shortened(text, 60))
    return None


def _fullest(directory: Directory) -> tuple[Position, ...]:
    """The positions with most facts, at most one a town: the front page is not one town's."""
    best: dict[str, Position] = {}
    for position in _of_first_area(directory):
        held = best.get(position.town)
        if held is None or _facts(position) > _facts(held):
            best[position.town] = position
    return tuple(sorted(best.values(), key=lambda position: (-_facts(position), position.id))[:CARDS_BESIDE_MAP])


def _facts(position: Position) -> int:
    return position.filled + 2 * bool(position.brands)
