"""data/v1/directory.json, *.geojson and positions.csv: all entries, put together from the files of each.

The rule: what is said of an entry is the very bytes of its own file, so that no two files can differ; a feature is a line, and
has a geometry only where the place itself is known (RFC 7946: WGS 84, longitude first, null where there is none).
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

from haitang.model.entries import Position
from haitang.site.edition.recipe import Recipe
from haitang.site.exports.geojson import widened
from haitang.site.exports.release import v1
from haitang.site.exports.release.converted import Converter
from haitang.site.exports.release.files import brand_path, encoded, head, position_path, record_in
from haitang.site.page import BRAND, TIER, TOWN, File
from haitang.site.views import Site
from haitang.site.views.needs import meeting

Read = Callable[[str], bytes]
_KEPT = 4096  # records; each stands in a dozen collections
_NAMES = [field.name for field in v1.COLUMNS]
BOM = "\ufeff"  # without it spreadsheet programs take UTF-8 for something else
# As in frontend/src/finder/export/download.ts: spreadsheet programs run what begins so, or lose its first character.
_RUNS = re.compile(r"'*(?:[\s\x00-\x1f]*[=+\-@＝＋－＠|%]|[\t\r\n])")
_PARTED = re.compile(r"[\\;]")


@dataclass(frozen=True, slots=True)
class Subset:
    """The places that a file is of: a kind of v1.SUBJECT, and what is of it."""

    kind: str
    id: str
    name: str
    positions: Sequence[Position]

    @property
    def path(self) -> str:
        return f"{v1.SUBSETS[self.kind]}{self.id}.geojson"


def subsets(site: Site) -> Iterator[Subset]:
    """Of each town, tier, brand and need that has a page."""
    directory = site.directory
    for _, town in TOWN.pages(directory):
        yield Subset("town", town.id, town.short_name or town.name, directory.in_town(town.id))
    for _, tier in TIER.pages(directory):
        yield Subset("tier", tier.id, tier.name, directory.of_tier(tier.id))
    for _, brand in BRAND.pages(directory):
        yield Subset("brand", brand.id, brand.name, directory.with_brand(brand.id))
    for need in site.needs:
        if need.kind != "activity_kind":
            yield Subset("need", need.id, need.name, meeting(directory, need))


def build(site: Site, digests: Mapping[str, str], read: Read) -> Iterator[Recipe]:
    """All of them, given the digests of the files that are in the site by path, and how to read one."""
    directory, records = site.directory, Records(read)

    def of(positions: Iterable[Position]) -> tuple[str, ...]:
        return tuple([digests[position_path(each.id)] for each in positions])

    if not all(position_path(each.id) in digests for each in directory.positions):
        return  # nothing of entries was published
    everywhere = of(directory.positions)
    brands = tuple(digests[brand_path(brand.id)] for brand in directory.brands)
    entries = (everywhere, brands, site.prerequisites.routes, site.prerequisites.chapters)
    pictures = site.prerequisites.pictures(name for _, name in directory.settings.pictures)
    yield _recipe("directory.json", (entries, pictures), partial(_directory, site, records))
    yield _recipe("positions.geojson", everywhere, partial(_features, site, records, None))
    yield _recipe("positions.csv", everywhere, partial(_table, site, records))
    for subset in subsets(site):
        made_of = (subset.name, of(subset.positions))
        yield Recipe(subset.path, made_of, partial(_subset, site, records, subset), day=True)


def _recipe(name: str, made_of: tuple[Any, ...], make: Callable[[], bytes]) -> Recipe:
    path = v1.FOLDER + name
    return Recipe(path, made_of, lambda: File(path, make()), day=True)


class Told(NamedTuple):
    """A position: its record, the same at a glance, where it is (an empty tuple where nobody knows), its row of the table."""

    record: bytes
    glance: bytes
    point: tuple[float, ...]
    row: tuple[str, ...]


class Records:
    """The records as they stand in the files of their entries, and what is made of them."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.position = lru_cache(_KEPT)(self._position)

    def _position(self, name: str) -> Told:
        record = record_in("position", self._read(position_path(name)))
        told = json.loads(record)
        glance = encoded({name: told[name] for name in v1.GLANCE if name in told})
        point = (told["lon"], told["lat"]) if "lon" in told else ()
        return Told(record, glance, point, tuple([cell(told[name]) if name in told else "" for name in _NAMES]))

    def positions(self, positions: Iterable[Position]) -> Iterator[Told]:
        return (self.position(position.id) for position in positions)

    def brand(self, name: str) -> bytes:
        return record_in("brand", self._read(brand_path(name)))


def _directory(site: Site, records: Records) -> bytes:
    directory, converter = site.directory, Converter(site)
    own = {**head(site, "directory"), "directory": converter.of(v1.DIRECTORY, directory.settings)}
    parts = {
        "positions": (told.record for told in records.positions(directory.positions)),
        "brands": map(records.brand, (brand.id for brand in directory.brands)),
        "routes": (encoded(converter.of(v1.ROUTE, route)) for route in directory.routes),
        "chapters": (encoded(converter.of(v1.CHAPTER, chapter)) for chapter in directory.chapters),
    }
    lists = (b'"%s":[\n%s\n]' % (name.encode(), b",\n".join(each)) for name, each in parts.items())
    return encoded(own)[:-1] + b",\n" + b",\n".join(lists) + b"}\n"


def _subset(site: Site, records: Records, subset: Subset) -> File:
    return File(subset.path, _features(site, records, subset))


def _features(site: Site, records: Records, subset: Subset | None) -> bytes:
    """A FeatureCollection, with what every file says of itself as foreign members (RFC 7946 §6.1)."""
    box, made = list[float](), list[bytes]()
    for position in subset.positions if subset else site.directory.positions:
        told, point = records.position(position.id), b"null"
        if told.point:
            point = b'{"type":"Point","coordinates":%s}' % encoded(told.point)
            box = widened(box, told.point)
        said = told.glance if subset else told.record
        made.append(b'{"type":"Feature","id":"%s","geometry":%s,"properties":%s}' % (position.id.encode(), point, said))
    about = {"subject": {"kind": subset.kind, "id": subset.id, "name": subset.name}} if subset else {}
    own = {"type": "FeatureCollection", **({"bbox": box} if box else {}), **head(site, "positions"), **about}
    return encoded(own)[:-1] + b',"features":[\n' + b",\n".join(made) + b"\n]}\n"


def _table(site: Site, records: Records) -> bytes:
    """CSV (RFC 4180) that opens in spreadsheet programs and runs nothing there."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(_NAMES)
    table.writerows(told.row for told in records.positions(site.directory.positions))
    return (BOM + written.getvalue()).encode()


def cell(value: Any) -> str:
    """A value of a record as it stands in a cell: lists with `;` between their items, in which a backslash stands before `;`
    and itself; what could run gets an apostrophe before it. `value_of` reads it back."""
    if value.__class__ is not str:
        if value.__class__ is not list:
            return json.dumps(value)
        items, value = value, ";".join(value)
        if value.count(";") >= len(items) or "\\" in value:
            value = ";".join(_PARTED.sub(r"\\\g<0>", item) for item in items)
    return value if value[:1].isalnum() or not _RUNS.match(value) else f"'{value}"


def value_of(written: str, field: v1.Field) -> Any:
    """What a cell of a column says; None where it says nothing."""
    if not written:
        return None
    if field.kind in ("number", "boolean"):
        return json.loads(written)
    text = written[1:] if written[0] == "'" and _RUNS.match(written) else written
    if not field.many:
        return text
    return [re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in re.findall(r"((?:[^\\;]|\\.)+)(?:;|$)", text, re.DOTALL)]
