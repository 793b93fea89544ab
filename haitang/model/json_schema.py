"""The model as JSON Schema (draft 2020-12), so that editors' programs complete, explain and check YAML as it is typed.

The rule: made from `fields` and directory.yml; a schema refuses nothing that `reading` takes. YAML programs resolve values that
our reader leaves as texts (`2019`, `9:30`, `true`), so wherever such a value may stand, numbers and booleans pass too. Only
what the draft knows stands in it, and one type a value, so that strict readers (ajv) compile it.
"""

import json
from collections.abc import Iterable
from typing import Any, Literal

from haitang.model.abroad.phones import SHAPE as PHONE_ABROAD
from haitang.model.abroad.region import CHINA
from haitang.model.field_specs import MODELS, FieldSpec, entry_spec, settings_spec, with_own
from haitang.model.messages import field_words
from haitang.model.paths import EntryKind
from haitang.model.settings import Settings
from haitang.model.types import SHAPES, YES_NO

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schemas"
Schema = dict[str, Any]
SchemaKind = EntryKind | Literal["directory"]
KINDS: tuple[SchemaKind, ...] = (*MODELS, "directory")

_NUMBER: Schema = {"type": "number"}
_DIGITS: Schema = {"anyOf": [{"type": "string"}, _NUMBER]}
# `values.ONE_LINE` with something in it.
_ONE_LINE = r"^[^\n\r\t]*[^\s][^\n\r\t]*$"
_BLANKS = r"[ \t]*"
_YES_NO = "|".join("".join(f"[{letter}{letter.upper()}]" if letter.isascii() else letter for letter in word) for word in YES_NO)


def schema(kind: SchemaKind, settings: Settings, language: str = "zh-CN") -> Schema:
    """The schema of one kind of file, with the words and towns of one directory."""
    title = field_words(language)["kinds"][kind]
    fields = settings_spec(language) if kind == "directory" else entry_spec(kind, language).fields
    return {"$schema": DRAFT, "$id": f"urn:haitang:schema:{kind}", "title": title} | _fields(fields, settings)


def schemas(settings: Settings) -> dict[str, str]:
    """All schemas as texts, by the name of their file."""
    language = "en" if settings.languages[0] == "en" else "zh-CN"
    return {f"{kind}.json": schema_text(kind, settings, language) for kind in KINDS}


def schema_text(kind: SchemaKind, settings: Settings, language: str = "zh-CN") -> str:
    return json.dumps(schema(kind, settings, language), ensure_ascii=False, indent=1) + "\n"


def schema_line(file: str, kind: EntryKind) -> str:
    """The comment that tells an editor's program which schema a file follows, as its first line."""
    return f"# yaml-language-server: $schema={'../' * file.count('/')}{FOLDER}/{kind}.json\n"


def _fields(fields: Iterable[FieldSpec], settings: Settings) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": False, "properties": {}}
    for field in (with_own(each, settings) for each in fields):
        made["properties"][field.name] = _words(field, settings) | _optional(field, _field(field, settings))
        if field.required:
            made.setdefault("required", []).append(field.name)
    return made


def _optional(field: FieldSpec, schema: Schema) -> Schema:
    """What is left blank counts as not written, where it may be left out."""
    if field.required:
        return schema
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    if "anyOf" in schema:
        return {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    return schema | {"type": [schema["type"], "null"]}


def _words(field: FieldSpec, settings: Settings) -> Schema:
    """What people read, with what the values are called that can be listed; editing programs show it as Markdown."""
    made: Schema = {"title": field.label}
    named = () if field.vocabulary else _choices(field.item or field, settings)
    lines = "\n".join(f"- `{value}` {label}" for value, label in named if label != value)
    if told := "\n\n".join(filter(None, (field.hint, lines))):
        made["description"] = told
    if field.example:
        made["examples"] = [[field.example]] if field.kind == "list" else [field.example]
    return made


def _field(field: FieldSpec, settings: Settings) -> Schema:
    if field.kind == "fields":
        return _fields(field.parts, settings)
    if field.item is not None:
        limits = {"minItems": field.least or None, "maxItems": field.most}
        made: Schema = {"type": "array", "items": _field(field.item, settings)}
        return made | {name: limit for name, limit in limits.items() if limit}
    if choices := _choices(field, settings):
        return {"enum": [value for value, _ in choices]}
    return _value(field, settings)


def _choices(field: FieldSpec, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Values that can be listed, with what they mean: choices of the model, and what directory.yml lists."""
    if field.vocabulary:
        terms = getattr(settings.vocabularies, field.vocabulary)
        return tuple((term.name, term.text or term.group or term.name) for term in terms)
    if field.relation == "town":
        return tuple((place.id, place.name) for area in settings.areas for place in area.places)
    if field.relation == "activity_kind":
        return tuple((kind.id, kind.name) for kind in settings.activity_kinds)
    return field.choices


def _value(field: FieldSpec, settings: Settings) -> Schema:
    """One value that is written as a text."""
    kind = field.kind
    if kind == "number":
        limits = {"exclusiveMinimum" if field.above else "minimum": field.low, "maximum": field.high}
        given = {name: limit for name, limit in limits.items() if limit is not None}
        return {"anyOf": [_NUMBER | given, {"type": "string", "pattern": _whole(SHAPES["number"])}]}
    if kind == "yes-no":
        return {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": f"^(?:{_YES_NO})$"}]}
    if kind in ("hours", "when"):
        return {"anyOf": [*_DIGITS["anyOf"], {"type": "array", "items": _DIGITS, "minItems": 1}]}
    longest = {"maxLength": field.longest} if field.longest else {}
    if kind in SHAPES:  # hours and the times of activities have a grammar, not a shape
        shape = SHAPES[kind] if kind != "phone" or settings.country == CHINA else PHONE_ABROAD
        return {"anyOf": [{"type": "string", "pattern": _whole(shape)} | longest, _NUMBER]}
    # `name: 1949` and `name: 是` are texts to us, whatever a YAML program makes of them.
    text = {"type": "string", "minLength": 1} | longest | ({} if kind == "prose" else {"pattern": _ONE_LINE})
    return {"anyOf": [text, _NUMBER, {"type": "boolean"}]}


def _whole(pattern: str) -> str:
    """A pattern for the whole value; blanks around it do not count. Digits are those of ASCII, whoever reads the pattern."""
    digits = pattern.replace(r"\d", "[0-9]").replace(r"\"", '"')  # no sign that needs no escape has one: ajv reads with /u
    return f"^{_BLANKS}(?:{digits}){_BLANKS}$"
