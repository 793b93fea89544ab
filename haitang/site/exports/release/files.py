"""data/v1/positions/*.json and data/v1/brands/*.json: an entry as a record, with what every file of the release says of itself.

The rule: an entry's file depends on that entry and on directory.yml alone (a brand's also on the ids of its places), and it is
dated by the last change of the entry, so that a change elsewhere leaves it as it is.
"""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from haitang import VERSION
from haitang.model.entries import Brand, Position
from haitang.model.settings import Settings
from haitang.site.edition.recipe import Recipe
from haitang.site.exports.release import v1
from haitang.site.exports.release.converted import Converter
from haitang.site.page import File
from haitang.site.views import Site

CALENDAR = v1.FOLDER + "activities.ics"
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def encoded(value: object) -> bytes:
    return _ENCODE(value).encode()


def build(site: Site) -> Iterator[Recipe]:
    directory, of = site.directory, site.prerequisites
    converter = Converter(site)
    for position in directory.positions:
        day, path = day_of(site, f"position:{position.id}"), position_path(position.id)
        make = partial(_file, converter, path, "position", v1.POSITION, position, day)
        yield Recipe(path, (of.of(position), of.brand_names, of.pictures_of(position), day), make)
    for brand in directory.brands:
        day, path = day_of(site, f"brand:{brand.id}"), brand_path(brand.id)
        ids = tuple(position.id for position in directory.with_brand(brand.id))
        make = partial(_file, converter, path, "brand", v1.BRAND, brand, day)
        yield Recipe(path, (of.of(brand), of.pictures_of(brand), day, ids), make)


def position_path(name: str) -> str:
    return f"{v1.FOLDER}positions/{name}.json"


def brand_path(name: str) -> str:
    return f"{v1.FOLDER}brands/{name}.json"


def day_of(site: Site, entry: str) -> str:
    """When an entry was last changed, as far as git tells, else the day of the data; empty where nobody knows either."""
    updated = site.directory.updated.isoformat() if site.directory.updated else ""
    return min(site.days.get(site.directory.files.get(entry, ""), updated), updated)


def head(site: Site, schema: str, day: str | None = None) -> dict[str, Any]:
    """What a file says of itself; `day` where it is not of the whole directory."""
    settings = site.directory.settings
    updated = site.directory.updated.isoformat() if site.directory.updated else ""
    date = updated if day is None else day
    return {
        "version": v1.VERSION,
        "generator": f"haitang {VERSION}",
        **licence(settings),
        "attribution": "; ".join((settings.title, *settings.town_credits)),
        **({"date": date} if date else {}),
        "datum": v1.DATUM,
        "schema": Converter(site).address(f"{v1.FOLDER}schema/{schema}.json"),
    }


def licence(settings: Settings) -> dict[str, str]:
    """On which terms the data may be used, by its SPDX id where it has one; nothing where nobody says."""
    terms = settings.terms
    return {"licence": terms.id or terms.name, **({"licence_url": terms.url} if terms.url else {})} if terms else {}


def about(site: Site) -> str:
    """The same in a line, for files that have no members of their own."""
    own = head(site, "directory")
    return " · ".join(own[name] for name in ("attribution", "licence", "licence_url", "version", "generator") if name in own)


def _file(converter: Converter, path: str, name: str, record: v1.Record, entry: Position | Brand, day: str) -> File:
    own = encoded(head(converter.site, name, day))
    return File(path, b'%s,"%s":%s}\n' % (own[:-1], name.encode(), encoded(converter.of(record, entry))))


def record_in(name: str, content: bytes) -> bytes:
    """The record as it stands in the file of its entry. No text in JSON holds a quote that is not escaped: the mark is the
    first one's."""
    mark = f',"{name}":'.encode()
    return content[content.index(mark) + len(mark) : -len(b"}\n")]
