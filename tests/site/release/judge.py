"""What is wrong with a release (a folder data/v1), as programs of others and strict readers of our own see it."""

import csv
import json
import math
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import frictionless
import icalendar
import vobject
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from haitang.core.toolchain import node
from haitang.site.exports.release import v1
from haitang.site.exports.release.collections import value_of
from tests.worlds import PROJECT

# RFC 7946 §7.1: members of other kinds of objects, which a collection may not have.
_STRANGE = {"coordinates", "geometries", "geometry", "properties", "crs"}


def faults(folder: Path) -> list[str]:
    """All of it; none where it is right."""
    found = [*_of_schemas(folder), *_of_sums(folder), *_of_calendar(folder), *_of_table(folder), *_of_package(folder)]
    for path in sorted(folder.rglob("*.geojson")):
        found += [f"{path.relative_to(folder)}: {each}" for each in of_geojson(path.read_bytes())]
    return found + [f"{path.name}: is empty" for path in folder.rglob("*") if path.is_file() and not path.stat().st_size]


def schemas_of(folder: Path) -> dict[Path, list[Path]]:
    """Each schema and the files that are held against it."""
    own = folder / "schema"
    return {
        own / "directory.json": [folder / "directory.json"],
        own / "position.json": sorted(folder.glob("positions/*.json")),
        own / "brand.json": sorted(folder.glob("brands/*.json")),
        own / "positions.json": sorted(folder.rglob("*.geojson")),
    }


def in_ajv(schemas: Mapping[Path, Sequence[Path]]) -> list[str]:
    """What ajv says in its strict mode of schemas, and of the files of each."""
    told = json.dumps({str(schema): [*map(str, files)] for schema, files in schemas.items()})
    command = [node()[0], str(PROJECT / "frontend" / "checks" / "schemas.mjs")]
    said = subprocess.run(command, input=told, capture_output=True, text=True, check=True).stdout
    return [f"{Path(path).name}: ajv: {error}" for path, error in json.loads(said)]


def _of_schemas(folder: Path) -> Iterator[str]:
    schemas = schemas_of(folder)
    missing = set(folder.glob("schema/*")) ^ set(schemas)
    yield from (f"schema/{path.name}: no file is held against it, or it is not there" for path in missing)
    yield from in_ajv(schemas)
    for path, files in schemas.items():
        schema = json.loads(path.read_bytes())
        Draft202012Validator.check_schema(schema)
        check = Draft202012Validator(schema, format_checker=FormatChecker())
        for file in files[:3]:  # ajv has seen all
            yield from (f"{file.name}: {error.message}" for error in check.iter_errors(json.loads(file.read_bytes())))


def _of_sums(folder: Path) -> Iterator[str]:
    listed = {line[66:] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    yield from (f"SHA256SUMS: {name}" for name in listed ^ there)
    program = shutil.which("sha256sum")
    assert program, "coreutils"
    said = subprocess.run([program, "-c", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    yield from (said.stdout + said.stderr).splitlines()


def of_geojson(content: bytes) -> Iterator[str]:
    """RFC 7946, every sentence that is about points; as strict as it can be read."""
    told = json.loads(
        content.decode("utf-8"), parse_constant=partial(_refuse, "a number that is none"), object_pairs_hook=_once
    )
    if told["type"] != "FeatureCollection" or not isinstance(told["features"], list):
        yield "no FeatureCollection"
    yield from (f"a collection may not have {name!r}" for name in _STRANGE & told.keys())
    points, ids = [], list[str]()
    for feature in told["features"]:
        if feature.keys() != {"type", "id", "geometry", "properties"} or feature["type"] != "Feature":
            yield f"no feature: {sorted(feature)}"
        ids.append(feature["id"])
        if not isinstance(feature["properties"], dict):
            yield f"{feature['id']}: no properties"
        if (geometry := feature["geometry"]) is not None:
            yield from _of_point(geometry)
            points.append(geometry["coordinates"])
    if len(set(ids)) < len(ids):
        yield "ids come twice"
    if told.get("bbox") != ([*map(min, zip(*points, strict=True)), *map(max, zip(*points, strict=True))] if points else None):
        yield f"bbox {told.get('bbox')}"


def _of_point(geometry: Mapping[str, Any]) -> Iterator[str]:
    if geometry.keys() != {"type", "coordinates"} or geometry["type"] != "Point":
        yield f"no point: {geometry}"
    position = geometry["coordinates"]
    if len(position) != 2 or not all(isinstance(each, int | float) and math.isfinite(each) for each in position):
        yield f"no position: {position}"
    elif abs(position[0]) > 180 or abs(position[1]) > 90:
        yield f"not on earth: {position}"
    elif any(round(each, 6) != each for each in position):
        yield f"more exact than anything is known (§11.2): {position}"


def _refuse(why: str, value: str) -> None:
    raise ValueError(f"{why}: {value}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """RFC 7493, which RFC 7946 leans on: no name twice in one object."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError(f"twice: {[name for name, _ in pairs]}")
    return made


def _of_calendar(folder: Path) -> Iterator[str]:
    content = (folder / "activities.ics").read_bytes()
    if any(len(line) > 75 for line in content.split(b"\r\n")) or content.replace(b"\r\n", b"").count(b"\n"):
        yield "activities.ics: lines"
    calendar = icalendar.Calendar.from_ical(content)
    yield from (f"activities.ics: {part.name}: {part.errors}" for part in calendar.walk() if part.errors)
    yield from (f"activities.ics: no {name}" for name in ("VERSION", "PRODID", "DESCRIPTION") if name not in calendar)
    events = list(calendar.walk("VEVENT"))
    keys = [(event["UID"], str(event.get("RECURRENCE-ID") and event["RECURRENCE-ID"].to_ical())) for event in events]
    if len(set(keys)) < len(keys):
        yield "activities.ics: a UID comes twice"
    read = vobject.readOne(content.decode("utf-8"))
    if len(read.contents.get("vevent", [])) != len(events):
        yield "activities.ics: vobject sees other events"


def _of_table(folder: Path) -> Iterator[str]:
    """Read back as anybody would, it says what the records say."""
    text = (folder / "positions.csv").read_bytes().decode("utf-8")
    if text[0] != "\ufeff":
        yield "positions.csv: no BOM"
    rows = list(csv.reader(text[1:].splitlines(keepends=True)))
    names = [field.name for field in v1.COLUMNS]
    if rows[0] != names:
        yield f"positions.csv: {rows[0]}"
    told = json.loads((folder / "directory.json").read_bytes())["positions"]
    if len(told) != len(rows) - 1:
        yield f"positions.csv: {len(rows)} rows"
    for record, row in zip(told, rows[1:], strict=False):
        cells = {field.name: value_of(written, field) for field, written in zip(v1.COLUMNS, row, strict=True)}
        for name in names:
            if cells[name] != record.get(name):
                yield f"positions.csv: {record['id']}.{name}: {cells[name]!r} instead of {record.get(name)!r}"
        yield from (f"positions.csv: runs: {cell!r}" for cell in row if cell.lstrip().startswith(("=", "+", "@", "|", "%")))


def _of_package(folder: Path) -> Iterator[str]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    yield from (f"datapackage.json: {error}" for error in report.flatten(["title", "type", "note", "message"]))
    tables = [task for task in report.tasks if task.type == "table"]
    if len(tables) != 1 or len(report.tasks) < 4:
        yield f"datapackage.json: {[task.name for task in report.tasks]}"
