"""What a kiosk shows while nobody is there: figures, the map in bloom, brands, a story.

The rule: nothing here is made up for the show. A slide that the data cannot fill is left out, never filled.
"""

from dataclasses import dataclass
from math import hypot

from haitang.core.contrast import ground
from haitang.data.directory import Directory
from haitang.model.entries import Brand
from haitang.model.imprint import Hall
from haitang.model.types import GONE
from haitang.site.charts.static_map import Schematic, TownLabel, draw
from haitang.site.pages.home import Story, story_to_tell
from haitang.site.views import Site
from haitang.site.views.brand import completeness
from haitang.site.views.notices import NoticeView, all_notices, notices_at
from haitang.site.views.statistics import Progress

NOTICES = 3  # are read in the seconds a slide stands
LEAST_TOWNS = 3  # fewer are rings on a blank sheet
BRANDS = 12  # one is shown in each round of some minutes: more would not be seen in a day's visit


@dataclass(frozen=True, slots=True)
class TownFlower:
    """A town on the map of a slide: `r` is its flower's radius, 0 where nothing is listed; `above` says where its name goes."""

    x: float
    y: float
    r: float
    name: str
    count: int
    above: bool


@dataclass(frozen=True, slots=True)
class TownMap:
    """The first area's towns; `undrawn` places of it are known to no town."""

    width: float
    height: float
    boundary: str
    base: tuple[tuple[str, str, str], ...]  # the kind, the form and the path of each layer
    flowers: tuple[TownFlower, ...]
    listed: int
    undrawn: int
    area: str


@dataclass(frozen=True, slots=True)
class Slides:
    """What the template needs beside `site`. `brands` come with the colour they stand on."""

    progress: Progress
    map: TownMap | None
    brands: tuple[tuple[Brand, str], ...]
    story: Story | None
    notices: tuple[NoticeView, ...]  # of the hall's own place, else those for everybody


def slides_of(hall: Hall, site: Site) -> Slides:
    """The hall's own brand comes first, then those that have most to show."""
    directory = site.directory
    ranked = sorted(directory.brands, key=lambda brand: (brand.id != hall.brand, -completeness(brand), brand.id))
    brands = tuple((brand, ground(brand.colour, brand.id)) for brand in ranked[:BRANDS])
    notices = notices_at(site, directory.position[hall.home]) if hall.home else all_notices(site)
    return Slides(site.progress, town_map(directory), brands, story_to_tell(site), notices[:NOTICES])


def town_map(directory: Directory) -> TownMap | None:
    """The towns of the first area with a flower where places are listed; None where too few can be drawn to be a map."""
    area = directory.settings.areas[0]
    here = [p for p in directory.positions if p.status not in GONE and directory.area[p.town].id == area.id]
    drawing = draw(directory, here, by_town=True)
    if not drawing or not (drawing.base or drawing.boundary or len(drawing.labels) >= LEAST_TOWNS):
        return None
    flowers = tuple(_flower(drawing, label) for label in drawing.labels)
    undrawn = len(here) - sum(flower.count for flower in flowers)
    return TownMap(drawing.width, drawing.height, drawing.boundary, drawing.base, flowers, len(here), undrawn, area.name)


def _flower(drawing: Schematic, label: TownLabel) -> TownFlower:
    """Its area grows with what it stands for, as far as the neighbours leave room; its name goes above it where another town's
    flower stands just below."""
    radius = 0.0
    if label.count:
        nearest = min(
            (hypot(o.x - label.x, o.y - label.y) for o in drawing.labels if o is not label and o.count), default=200.0
        )
        radius = float(round(max(min(38 + 4.5 * label.count**0.5, 60, nearest * 0.56), 26), 1))
    is_crowded = any(0 < other.y - label.y < 96 and abs(other.x - label.x) < 84 for other in drawing.labels)
    return TownFlower(label.x, label.y, radius, label.name, label.count, is_crowded)
