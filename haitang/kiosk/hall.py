"""One hall's kiosk: its app and the photos beside it, from the same Site as the website.

The rule: what differs from hall to hall is a few values in HAITANG.kiosk; screens, data and pages are the same for all.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from haitang.colours import ground
from haitang.kiosk.app import App, Ingredients, assemble
from haitang.kiosk.written import written
from haitang.outputs import activity_data, boundary, browser_words, places, readings, route_data
from haitang.rendering import File
from haitang.settings import Hall
from haitang.views import Site

STYLES = ("tokens", "contrast", "flowers", "charts")  # shared with the website; then map.css and templates/kiosk/*.css
DATA = (places, activity_data, boundary, readings, route_data, browser_words)


@dataclass(frozen=True, slots=True)
class Stock:
    """What all halls of a directory share: made once a build."""

    site: Site
    bundle: Path
    styles: Path
    fonts: Mapping[str, bytes]
    photos: Mapping[str, bytes]  # by the path of the published file

    @property
    def data(self) -> tuple[bytes, ...]:
        return tuple(file.content for output in DATA for file in output.build(self.site) if isinstance(file, File))


def photo_parts(site: Site, photos: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """The part's name of each original, and the text of each part: a data: URL of the one file that a kiosk carries."""
    names, texts = {}, {}
    for original, picture in site.pictures.items():
        chosen = picture.for_kiosk().largest
        name = f"photo-{chosen.digest[:24]}"
        names[original] = name
        texts[name] = f"data:image/{chosen.kind};base64,{b64encode(photos[chosen.path]).decode()}"
    return names, texts


def app_of(hall: Hall, stock: Stock, names: Mapping[str, str], release: str, built: str) -> App:
    """The hall's app.html. `release` is the id it calls itself by."""
    site = stock.site
    public = hall.public_url or site.directory.settings.base_url
    kiosk = {
        "id": release,
        "built": built,
        "hall": described(hall, site),
        "written": written(site, public, names),
        "fonts": {weight: b64encode(font).decode() for weight, font in stock.fonts.items()},
    }
    grounds = {brand.id: ground(brand.colour, brand.id) for brand in site.directory.brands}
    shell = site.templates.render(
        "kiosk/shell.html", hall=hall, site=site, built=built, parts=names, pictures=site.pictures, public=public, grounds=grounds
    )
    scripts = (*stock.data, (stock.bundle / "kiosk" / "kiosk.js").read_bytes())
    return assemble(site.templates, Ingredients(hall.title, shell, style(stock), kiosk, scripts))


def described(hall: Hall, site: Site) -> dict[str, Any]:
    """HAITANG.kiosk.hall."""
    directory = site.directory
    rows = {position.id: row for row, position in enumerate(directory.positions)}
    spot = directory.spot(directory.position[hall.home]) if hall.home else None
    public = hall.public_url or directory.settings.base_url
    return {
        "id": hall.id,
        "title": hall.title,
        "orientation": hall.orientation,
        "home": rows[hall.home] if hall.home else -1,
        "spot": {"lon": spot.lon, "lat": spot.lat} if spot else None,
        "brand": hall.brand or "",
        "publicUrl": f"{public.rstrip('/')}/" if public else "",
        "night": list(hall.night) if hall.night else None,
        "staffPin": hall.staff_pin or "",
    }


def style(stock: Stock) -> bytes:
    parts = [(stock.styles / f"{name}.css").read_bytes() for name in STYLES]
    parts.append((stock.bundle / "map.css").read_bytes())
    parts += [path.read_bytes() for path in sorted((stock.styles.parent / "kiosk").glob("*.css")) if path.name != "launcher.css"]
    return b"\n".join(parts)


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
