"""share/: the picture of the home page, of each town, brand and need, which stands for a page where its address is sent.

The rule: they are made where it is known where the site is published, for only whole addresses lead to them from elsewhere. A
place shows its first photo, else its town's picture.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from haitang.core.contrast import ground, mixed
from haitang.media.share_pictures import Flower, Motif, Shape, picture
from haitang.model.entries import Position
from haitang.model.types import GONE
from haitang.site.edition.recipe import Recipe
from haitang.site.page import BRAND, TOWN, File
from haitang.site.templates import TEMPLATES
from haitang.site.views import Site, town_title
from haitang.site.views.needs import meeting

FOLDER = "share/"
# Of LOOK.md: haitang-8 to haitang-1, paper, mute, leaf, and what hearts are drawn with.
_DEEP, _RED, _ROSE, _PINK, _TINT = "#7d1128", "#9e1b32", "#db5a6b", "#f3c3cb", "#fbe9ec"
_PAPER, _MUTE, _LEAF, _HEART, _TWIG = "#fffbf8", "#6f6266", "#3f6f4f", "#f8dfc0", "#8a6a5c"
_SYMBOL = r'<symbol id="f-{}" [^>]*>(.*?)</symbol>'
_SHAPE = re.compile(r'<path(?: class="f-(\w+)")? d="([^"]+)"/>|<circle(?: class="f-(\w+)")? r="(\d+)"/>')
_BOUGH = "M52-46C30-40 12-26 4-6-2 10-8 28-30 46M4-6C-4-12-16-16-30-14M14-24C8-34 6-40 8-50"


def pictures(site: Site, project: Path) -> Iterator[Recipe]:
    """One recipe a picture, in the words of the site's language."""
    if not site.directory.settings.base_url:
        return
    for path, motif in _motifs(site):
        yield Recipe(path, (repr(motif),), partial(_file, project, path, motif))


def _file(project: Path, path: str, motif: Motif) -> File:
    return File(path, picture(project, motif))


def _motifs(site: Site) -> Iterator[tuple[str, Motif]]:
    """Each picture by its path below the folder of the language."""
    directory, words, title = site.directory, site.templates.words["share"], site.directory.settings.title

    def told(kind: str, count: int) -> str:
        """Where there is none yet, that is no news to send."""
        return str(words[kind].format(count=count)) if count else ""

    in_use = [each for each in directory.positions if each.status not in GONE]
    looks = _looks(site, in_use)
    yield (
        f"{FOLDER}index.png",
        Motif(title, "", told("home", len(in_use)), _DEEP, "#ffffff", _PINK, _spray(looks, (_ROSE, _PINK))),
    )
    for path, town in TOWN.pages(directory):
        places = directory.in_town(town.id)
        flowers = _spray(_looks(site, places), (_RED, _ROSE))
        yield of_page(path), Motif(town_title(site, town), title, told("town", len(places)), _PAPER, _DEEP, _MUTE, flowers)
    for path, brand in BRAND.pages(directory):
        places, own = directory.with_brand(brand.id), ground(brand.colour, brand.id)
        light, lighter = mixed(own, "#ffffff", 0.78), mixed(own, "#ffffff", 0.45)
        flowers = _spray(["station", "point"], (light, lighter), lighter, (own, mixed(own, "#ffffff", 0.3)))
        yield (
            of_page(path),
            Motif(brand.name, title, told("brand", len(places)), own, "#ffffff", mixed(own, "#ffffff", 0.85), flowers),
        )
    for need in site.needs:
        if need.kind != "activity_kind":
            places = meeting(directory, need)
            flowers = _spray(["point", "station"], (_ROSE, _RED))
            yield of_page(need.path), Motif(need.name, title, told("need", len(places)), _TINT, _DEEP, _MUTE, flowers)


def _looks(site: Site, positions: Iterable[Position]) -> list[str]:
    """How the tiers of these places are drawn, the highest first; of none, an open flower."""
    held = {each.tier for each in positions}
    return [site.directory.look[tier.id] for tier in site.directory.settings.tiers if tier.id in held] or ["station"]


def _spray(
    looks: Sequence[str], petals: tuple[str, str], twig: str = _TWIG, others: tuple[str, str] = (_HEART, _LEAF)
) -> tuple[Flower, ...]:
    """A bough with one large flower and a few small ones: the first look and colour are the large one's. `others`: of hearts
    and leaves."""
    main, second = looks[0], looks[min(1, len(looks) - 1)]
    third = looks[min(2, len(looks) - 1)]
    return (
        Flower((Shape(_BOUGH, twig, 1.3),), 985, 330, 760),
        Flower(_symbol(second, petals[1], *others), 1128, 118, 190, 24),
        Flower(_symbol(third, petals[1], *others), 838, 120, 118, -22),
        Flower(_symbol(second, petals[1], *others), 1120, 540, 168, -34),
        Flower(_symbol(third, petals[1], *others), 812, 548, 104, 18),
        Flower(_symbol(main, petals[0], *others), 975, 322, 410, 12),
    )


@cache
def _symbol(look: str, petals: str, heart: str, leaf: str) -> tuple[Shape, ...]:
    """The shapes of a tier's mark in these colours."""
    if look.startswith("circle"):
        rank = int(look[-2:])
        radius = 40 - 2 * rank
        return (Shape(_ring(radius), petals), *((Shape(_ring(radius * 0.55), heart),) if rank % 2 == 0 else ()))
    source = re.search(_SYMBOL.format(look), (TEMPLATES / "parts" / "flower.html").read_text("utf-8"))
    assert source
    colours = {"": petals, "heart": heart, "stem": leaf, "leaf": leaf, "vein": mixed(leaf, _PAPER, 0.25), "line": petals}
    shapes = [Shape(_ring(11), petals)] if look == "station" else []  # behind its heart the bough would be seen
    for on_path, path, on_circle, radius in _SHAPE.findall(source[1]):
        role = on_path or on_circle
        if radius:
            shapes.append(Shape(_ring(float(radius) + (2.5 if role else 0)), colours[role]))
        else:
            width = {"heart": 5.0, "stem": 6.0, "vein": 6.0, "line": 5.5}.get(role, 0)
            shapes.append(Shape(path, colours[role], width))
    return tuple(shapes)


def _ring(r: float) -> str:
    k = r * 0.5523
    return (
        f"M{r} 0C{r} {k:.2f} {k:.2f} {r} 0 {r}C{-k:.2f} {r} {-r} {k:.2f} {-r} 0C{-r} {-k:.2f} {-k:.2f} {-r} 0 {-r}"
        f"C{k:.2f} {-r} {r} {-k:.2f} {r} 0z"
    )


def of_home(site: Site) -> str:
    """The path of the home page's picture."""
    return f"{site.folder}{FOLDER}index.png"


def of_page(path: str) -> str:
    """That of the first page of a list, or of a brand: `brands/x.html` → `share/brands/x.png`. A town's is named by every page
    of its places, and shortly: `share/lujia.png`."""
    return f"{FOLDER}{path.removesuffix('.html').removeprefix('towns/')}.png"


def of_position(site: Site, position: Position) -> str:
    photo = next((site.pictures[each.file] for each in position.photos if each.file in site.pictures), None)
    return photo.fallback.path if photo else of_page(TOWN.path(position.town))
