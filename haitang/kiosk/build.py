"""One hall's kiosk: its app and the photos beside it, from the same Site as the website.

The rule: what differs from hall to hall is a few values in HAITANG.kiosk; screens, data and pages are the same for all.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from haitang.core.contrast import ground
from haitang.data.directory import Directory
from haitang.kiosk import needs
from haitang.kiosk.app import App, assemble
from haitang.kiosk.attract import slides_of
from haitang.kiosk.pages import Written, packed, written
from haitang.kiosk.slides import OwnSlide
from haitang.kiosk.text_fallback import edition_of
from haitang.model.imprint import Hall
from haitang.site.edition.recipe import made_files
from haitang.site.exports import (
    browser_activities,
    browser_boundary,
    browser_needs,
    browser_places,
    browser_routes,
    browser_words,
)
from haitang.site.exports.search import browser_pinyin
from haitang.site.exports.shards import browser_layers
from haitang.site.page import data_of, script_json
from haitang.site.templates import Markup
from haitang.site.views import Site, public_address
from haitang.site.views.events import gatherings

STYLES = (
    "tokens",
    "contrast",
    "flowers",
    "icons",
    "charts",
    "circles",
    "no-flowers",
)  # shared with the website; then map.css and templates/kiosk/*.css
OWN_PAGES = ("launcher", "embed-sample")  # styles of pages beside the app
# Activities on the screen of today where the clock cannot be right, and those whose time nobody knows.
MOST_REGULAR, MOST_UNDATED = 60, 30
DATA = (browser_places, browser_activities, browser_boundary, browser_needs, browser_pinyin, browser_routes)


@dataclass(frozen=True)
class Stock:
    """What all halls of a directory share, in one language."""

    site: Site
    bundle: Path
    styles: Path

    @cached_property
    def data(self) -> tuple[bytes, ...]:
        files = (made_files(output.build(self.site)) for output in DATA)
        base = (browser_layers.in_hall(self.site), browser_layers.names(self.site))
        made = (file.content for each in (*files, *base) for file in each)
        return (*made, browser_words.in_hall(self.site).content)

    @cached_property
    def programs(self) -> tuple[bytes, ...]:
        drawing = (file.content for file in browser_layers.program(self.site, self.bundle))
        return (*drawing, (self.bundle / "kiosk" / "kiosk.js").read_bytes())

    @cached_property
    def style(self) -> bytes:
        own = (path for path in sorted((self.styles.parent / "kiosk").glob("*.css")) if path.stem not in OWN_PAGES)
        left_out = self.site.directory.styles_left_out
        parts = (
            *(self.styles / f"{name}.css" for name in STYLES if name not in left_out),
            self.bundle / "map.css",
            *own,
        )
        return b"\n".join(path.read_bytes() for path in parts)


@dataclass(frozen=True)
class Made:
    """A hall's app before it has its letters: which ones it needs is known only from what it says."""

    hall: Hall
    stock: Stock
    built: str
    shell: Markup
    written: Written
    own: tuple[OwnSlide, ...] = ()  # the slides that the hall shows of itself

    @property
    def texts(self) -> dict[str, str]:
        """Everything that may be shown, by the file it comes from."""
        slides = {f"halls/{self.hall.id}/slides": "".join(each.title + each.text + each.alt for each in self.own)}
        return {**slides, "templates": str(self.shell), **self.written.texts, "data": b"".join(self.stock.data).decode()}

    @cached_property
    def characters(self) -> set[str]:
        return set().union(*self.texts.values())

    def app(self, letters: Mapping[str, bytes]) -> App:
        """`letters`: WOFF2 by weight."""
        first = b"(window.HAITANG=window.HAITANG||{}).kiosk=" + script_json(self._kiosk(letters)) + b";\n"
        script = first + b"\n".join((*self.stock.data, *self.stock.programs))
        return assemble(self.stock.site, self.hall, self.built, self.shell, self.stock.style, script)

    def further(self, first: "Made", letters: Mapping[str, bytes]) -> str:
        """What the app asks for when a visitor wants this language (core/languages.ts), packed: its screens, its data where
        they are not those of the first one, and letters for characters that the first one has not."""
        data, known = data_of(b"".join(self.stock.data)), data_of(b"".join(first.stock.data))
        own = {name: json.loads(text) for name, text in data.items() if text != known.get(name)}
        new = ",".join(f"U+{ord(character):X}" for character in sorted(self.characters - first.characters))
        told = {"shell": str(self.shell), "data": {**own, "kiosk": self._kiosk(letters)}, "characters": new}
        return packed({"title": self.hall.title, **told})

    def _kiosk(self, letters: Mapping[str, bytes]) -> dict[str, Any]:
        fonts = {weight: b64encode(font).decode() for weight, font in letters.items()}
        site = self.stock.site
        return {
            "hall": described(self.hall, site), "needs": needs.described(site), "written": self.written.packed, "fonts": fonts,
        }  # fmt: skip


def made_of(
    hall: Hall,
    stock: Stock,
    names: Mapping[str, str],
    built: str,
    languages: Sequence[Site] = (),
    own: Sequence[OwnSlide] = (),
) -> Made:
    """`built` is the day of the data; `names` the part of each photo; `languages` are all that the hall offers, its first one
    first: that of `stock` may be any of them; `own` are the slides that the hall shows of itself."""
    site = stock.site
    others = [each for each in languages if each.language != site.language]
    is_further = bool(languages) and site.language != languages[0].language
    public = public_site(hall, site.directory)
    grounds = {brand.id: ground(brand.colour, brand.id) for brand in site.directory.brands}
    shell = site.templates.render(
        "kiosk/shell.html", hall=hall, site=site, built=built, parts=names, pictures=site.pictures, public=public,
        slides=slides_of(hall, site), edition=edition_of(site, hall), others=others, is_further=is_further, grounds=grounds,
        own=own,
        regular=gatherings(event for event in site.programme.ahead if event.when and event.when.repeated)[:MOST_REGULAR],
        undated=gatherings(site.programme.undated)[:MOST_UNDATED],
        staff_said=json.dumps(site.templates.words["kiosk"]["staff"]["said"], ensure_ascii=False),
    )  # fmt: skip
    return Made(hall, stock, built, shell, written(site, public, names), tuple(own))


def language_part(made: Made) -> str:
    """The part of the release that a further language is."""
    return f"language-{made.stock.site.language.lower()}"


def public_site(hall: Hall, directory: Directory) -> str | None:
    """Where a visitor's phone finds the website: without it a hall shows no code and no address."""
    return hall.public_url or directory.settings.base_url


def photo_parts(site: Site, photos: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """The part's name of each original, and the text of each part: a data: URL of the one file that a kiosk carries."""
    names, texts = {}, {}
    for original, picture in site.pictures.items():
        chosen = picture.for_kiosk().largest
        names[original] = name = f"photo-{chosen.digest[:24]}"
        texts[name] = f"data:image/{chosen.kind};base64,{b64encode(photos[chosen.path]).decode()}"
    return names, texts


def described(hall: Hall, site: Site) -> dict[str, Any]:
    """HAITANG.kiosk.hall."""
    directory = site.directory
    rows = {position.id: row for row, position in enumerate(directory.positions)}
    spot = directory.spot(directory.position[hall.home]) if hall.home else None
    return {
        "id": hall.id,
        "title": hall.title,
        "home": rows[hall.home] if hall.home else -1,
        "spot": {"lon": spot.lon, "lat": spot.lat} if spot and spot.precision != "town" else None,
        "night": [hall.night.start, hall.night.end] if hall.night else None,
        "staffPin": hall.staff_pin or "",
        "public": public_address(public_site(hall, directory), site.folder) or "",
    }
