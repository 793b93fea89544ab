"""data/v1/datapackage.json (Frictionless Data Package) and SHA256SUMS: what the release holds, and whether it is whole.

The rule: both are made from the files that are published, whoever made these, so they come when everything else is there.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from haitang.model.settings import Settings
from haitang.site.edition.fragments import fragments
from haitang.site.edition.recipe import Recipe
from haitang.site.exports.release import v1
from haitang.site.exports.release.files import head
from haitang.site.page import File
from haitang.site.views import Site

PACKAGE, SUMS = v1.FOLDER + "datapackage.json", v1.FOLDER + "SHA256SUMS"
# The files that hold everything of their sort, and what each is; those of single entries, towns and the like are parts of them.
_RESOURCES: Mapping[str, tuple[str, str]] = {
    "directory.json": ("json", "application/json"),
    "positions.geojson": ("geojson", "application/geo+json"),
    "positions.csv": ("csv", "text/csv"),
    "activities.ics": ("ics", "text/calendar"),
    "changes.atom": ("atom", "application/atom+xml"),
}
_TYPES: Mapping[str, str] = {"number": "number", "boolean": "boolean", "day": "date"}


def package(site: Site, digests: Mapping[str, str], read: Callable[[str], bytes]) -> Iterator[Recipe]:
    """The package, given the digests of the files that are in the site by path, and how to read one."""
    found = {name: digests[v1.FOLDER + name] for name in _RESOURCES if v1.FOLDER + name in digests}
    yield Recipe(PACKAGE, tuple(found.items()), partial(_package, site, tuple(found), read), day=True)


def sums(site: Site, digests: Mapping[str, str], read: Callable[[str], bytes]) -> Iterator[Recipe]:
    """The sums of every other file of the release, as `sha256sum -c` takes them there."""
    paths = [path for path in sorted(digests) if path.startswith(v1.FOLDER)]
    yield Recipe(SUMS, tuple((path, digests[path]) for path in paths), partial(_sums, site, paths, digests, read))


def _sums(site: Site, paths: list[str], digests: Mapping[str, str], read: Callable[[str], bytes]) -> File:
    """Those of files that are as they were are not computed again."""
    marks = [bytes.fromhex(digests[path]) for path in paths]
    found = fragments(site, "sums", marks, lambda at: sha256(read(paths[at])).hexdigest())
    lines = (f"{each}  {path.removeprefix(v1.FOLDER)}\n" for each, path in zip(found, paths, strict=True))
    return File(SUMS, "".join(lines).encode())


def _package(site: Site, names: tuple[str, ...], read: Callable[[str], bytes]) -> File:
    settings, own = site.directory.settings, head(site, "directory")
    made: dict[str, Any] = {
        "profile": "data-package",
        "name": "directory",
        "title": settings.title,
        **({"description": settings.description} if settings.description else {}),
        **({"homepage": settings.base_url} if settings.base_url else {}),
        "version": own["version"],
        **({"created": f"{own['date']}T00:00:00Z"} if "date" in own else {}),
        **_licences(settings),
        "contributors": [{"title": settings.title, "role": "publisher"}],
        **{name: own[name] for name in ("generator", "attribution", "date", "datum") if name in own},
        "resources": [_resource(name, read(v1.FOLDER + name)) for name in names],
    }
    return File(PACKAGE, json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n")


def _licences(settings: Settings) -> dict[str, Any]:
    """As the standard has them: a name is one of SPDX or Open Definition."""
    terms = settings.terms
    if terms is None:
        return {}
    told = {"name": terms.id, "path": terms.url, "title": terms.name}
    return {"licenses": [{key: value for key, value in told.items() if value}]} if terms.id or terms.url else {}


def _resource(name: str, content: bytes) -> dict[str, Any]:
    form, media = _RESOURCES[name]
    made: dict[str, Any] = {
        "name": name.replace(".", "-"), "path": name, "format": form, "mediatype": media, "encoding": "utf-8",
        "bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}",
    }  # fmt: skip
    if form != "csv":
        return made
    fields = [_column(field) for field in v1.COLUMNS]
    schema = {"fields": fields, "primaryKey": ["id"], "missingValues": [""]}
    return made | {"profile": "tabular-data-resource", "dialect": {"delimiter": ",", "header": True}, "schema": schema}


def _column(field: v1.Field) -> dict[str, Any]:
    """A list is a text of its items with `;` between them: see data/index.html."""
    made: dict[str, Any] = {"name": field.name, "type": "string" if field.many else _TYPES.get(field.kind, "string")}
    limits: dict[str, Any] = {"required": True} if field.required else {}
    limits |= {"enum": list(field.choices)} if field.choices else {}
    return made | ({"constraints": limits} if limits else {})
