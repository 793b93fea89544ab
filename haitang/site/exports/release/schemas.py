"""data/v1/schema/*.json: what each file of the release looks like, as JSON Schema (draft 2020-12).

The rule: made from `v1` alone; every schema is whole in itself, and compiles in the strict mode of ajv.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from haitang.model.json_schema import DRAFT
from haitang.site.edition.recipe import Recipe
from haitang.site.exports.release import v1
from haitang.site.page import File
from haitang.site.views import Site

Schema = dict[str, Any]
_ID = "^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"
_DATE = "^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$"
_TEXT: Schema = {"type": "string", "minLength": 1}
_VALUES: Mapping[str, Schema] = {
    "id": {"type": "string", "pattern": _ID},
    "date": {"type": "string", "pattern": _DATE},
    "day": {"type": "string", "format": "date"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "url": {"type": "string", "format": "uri"},
    "address": {"type": "string", "format": "uri-reference", "minLength": 1},
    "colour": {"type": "string", "pattern": "^#[0-9a-f]{6}$"},
}
_BOX: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
_DEGREES: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}


def build(_: Site) -> Iterator[Recipe]:
    for name, made in SCHEMAS.items():
        path = f"{v1.FOLDER}schema/{name}.json"
        yield Recipe(path, (), partial(_file, path, name, made))


def _file(path: str, name: str, made: Callable[[], Schema]) -> File:
    return File(path, json.dumps(whole(name, made()), ensure_ascii=False, indent=1).encode() + b"\n")


def whole(name: str, made: Schema) -> Schema:
    """A schema with the records that it names, and those that they name."""
    return {
        "$schema": DRAFT, "$id": f"urn:haitang:{v1.VERSION}:{name}", **made,
        "$defs": {record.name: _record(record) for record in v1.all_records()},
    }  # fmt: skip


def _record(record: v1.Record) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": False}
    made["properties"] = {field.name: _field(field) for field in record.fields}
    required = [field.name for field in record.fields if field.required]
    return made | ({"required": required} if required else {})


def _field(field: v1.Field) -> Schema:
    if field.record:
        one: Schema = {"$ref": f"#/$defs/{field.record.name}"}
    elif field.choices:
        one = {"type": "string", "enum": list(field.choices)}
    else:
        one = _VALUES.get(field.kind, _TEXT)
    return {"type": "array", "items": one, "minItems": 1} if field.many else one


def _with_head(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    """A file: what it says of itself, and these."""
    head = {field.name: _field(field) for field in v1.HEAD.fields}
    required = [field.name for field in v1.HEAD.fields if field.required] + [
        each for each in properties if each not in optional
    ]
    return {"type": "object", "additionalProperties": False, "properties": {**head, **properties}, "required": required}


def _one(name: str, record: v1.Record) -> Schema:
    return _with_head({name: {"$ref": f"#/$defs/{record.name}"}})


def _directory() -> Schema:
    lists = {name: {"type": "array", "items": {"$ref": f"#/$defs/{record.name}"}} for name, record in v1.ENTRIES.items()}
    return _with_head({"directory": {"$ref": "#/$defs/Directory"}, **lists})


def _positions() -> Schema:
    """GeoJSON, of all places or of some."""
    point = _closed({"type": {"const": "Point"}, "coordinates": _DEGREES})
    feature = _closed(
        {
            "type": {"const": "Feature"}, "id": _VALUES["id"], "geometry": {"anyOf": [{"type": "null"}, point]},
            "properties": {"$ref": "#/$defs/Position"},
        }
    )  # fmt: skip
    own = {
        "type": {"const": "FeatureCollection"}, "bbox": _BOX, "subject": {"$ref": "#/$defs/Subject"},
        "features": {"type": "array", "items": feature},
    }  # fmt: skip
    return _with_head(own, ("bbox", "subject"))


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": list(properties)}


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "directory": _directory,
    "position": partial(_one, "position", v1.POSITION),
    "brand": partial(_one, "brand", v1.BRAND),
    "positions": _positions,
}
