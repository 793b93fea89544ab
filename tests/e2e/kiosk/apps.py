"""The kiosk of a data root: the app as one file, or a hall's whole folder as `build.py kiosk` lays it out."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from haitang.checks.load import load
from haitang.kiosk import halls
from haitang.kiosk.build import Made, Stock, made_of
from haitang.media.image_store import Album
from haitang.model.imprint import Hall
from haitang.model.messages import site_words
from haitang.site.bundles import bundle
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.worlds import PROJECT

RELEASE = "20200101-000000000000"
SIZES = ((1080, 1920), (1920, 1080), (3840, 2160), (768, 1366))


def with_halls(root: Path, text: str) -> None:
    """Writes the halls of a directory.yml anew; empty: none."""
    file = root / "directory.yml"
    others = re.sub(r"(?m)^halls:\n(?:[ -].*\n)*", "", file.read_text("utf-8"))
    file.write_text(others + (f"halls:\n{text}" if text else ""), "utf-8")


def in_languages(root: Path, *languages: str) -> Path:
    """The directory in these languages, the first one first."""
    with (root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write("languages:\n" + "".join(f"  - {language}\n" for language in languages))
    return root


def site_at(root: Path, updated: str = "") -> Site:
    album = Album(root, None)
    day = date.fromisoformat(updated) if updated else None
    directory = load(root, today=date.today(), updated=day, album=album)
    return Site(directory, Templates(site_words(LANGUAGE)), pictures=album.pictures)


def hall_of(site: Site) -> Hall:
    return halls.halls_of(site.directory)[0]


def made_for(site: Site, built: str, names: Mapping[str, str]) -> Made:
    return made_of(hall_of(site), Stock(site, bundle(PROJECT), PROJECT / "templates" / "styles"), names, built)


def write_app(site: Site, into: Path, built: str, names: Mapping[str, str] | None = None, release: str = RELEASE) -> Path:
    """app.html of the first hall, without letters of its own. `names` is the part of each photo."""
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_bytes(made_for(site, built, names or {}).app({}).of_release(release))
    return into


def kiosk_of(root: Path, out: Path) -> Path:
    """The folder of the first hall, letters and launcher and all."""
    shop = halls.workshop(PROJECT, root, bundle(PROJECT), date.today())
    told: list[str] = []
    return halls.build(
        shop, halls.halls_of(shop.directory)[0], out, lambda character, file: told.append(character + file)
    ).folder
