"""The model, described once for every door: which fields an entry has, what kind of value each takes, how it is called in
Chinese, how to write it, with an example.

The rule: structure and limits are read off `model` and `values`, words off `templates/words/fields.*.yml`; forms, sheets,
schemas and reference pages are made from this and nothing else, so that they cannot disagree with what `reading` takes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from haitang.model import types
from haitang.model.abroad.phones import own
from haitang.model.entries import Brand, Chapter, Entry, Position, Route
from haitang.model.messages import field_words, made_of_words, words
from haitang.model.paths import FOLDERS, EntryKind
from haitang.model.settings import Settings, Vocabularies

Kind = Literal[
    "id", "text", "line", "prose", "phone", "url", "photo", "colour", "number", "yes-no", "day", "date", "hours", "when",
    "choice", "fields", "list",
]  # fmt: skip
Relation = Literal["town", "tier", "position", "brand", "activity_kind"]
MODELS: Mapping[EntryKind, type[Entry]] = {"position": Position, "brand": Brand, "route": Route, "chapter": Chapter}

# The types of `values` → kinds. Compared by equality: an annotation keeps no name of its own.
_KINDS: tuple[tuple[Any, Kind], ...] = (
    (types.Id, "id"),
    (types.Name, "text"),
    (types.Line, "line"),
    (types.CitedLine, "line"),
    (types.CitedProse, "prose"),
    (types.Phone, "phone"),
    (types.Url, "url"),
    (types.PhotoFile, "photo"),
    (types.Colour, "colour"),
    (types.Number, "number"),
    (types.Positive, "number"),
    (types.Count, "number"),
    (types.Percent, "number"),
    (types.YesNo, "yes-no"),
    (types.Day, "day"),
    (types.Date, "date"),
    (types.Hours, "hours"),
    (types.When, "when"),
)
_RELATIONS: Mapping[tuple[str, str], Relation] = {
    ("Position", "town"): "town",
    ("Position", "tier"): "tier",
    ("TierCount", "tier"): "tier",
    ("Denominator", "tier"): "tier",
    ("Position", "parent"): "position",
    ("Position", "successor"): "position",
    ("Position", "brands"): "brand",
    ("Activity", "kind"): "activity_kind",
    ("Route", "town"): "town",
    ("SiteNotice", "areas"): "town",
    ("Route", "brands"): "brand",
    ("Stop", "position"): "position",
    ("Concept", "positions"): "position",
    ("Concept", "brands"): "brand",
}
# The model can do without them, the checks cannot (`checks.sources_are_given`).
_WANTED = ("sources",)


_DEGREES = {"location.lon": ("west", "east"), "location.lat": ("south", "north")}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. `path` is where it stands (`photos.alt`), without the list's numbers.

    `choices` are the values a `choice` may have; `vocabulary` names the list of directory.yml its words are taken from,
    `relation` what its ids belong to. A `list` has an `item`, `fields` have `parts`. `low` and `high` are limits of a number:
    `above` where the low one itself is not allowed. `longest` counts characters, `most` and `least` items.
    """

    name: str
    path: str
    kind: Kind
    label: str
    hint: str
    example: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    vocabulary: str | None = None
    relation: Relation | None = None
    item: "FieldSpec | None" = None
    parts: tuple["FieldSpec", ...] = ()
    longest: int | None = None
    low: float | None = None
    high: float | None = None
    above: bool = False
    least: int = 0
    most: int | None = None

    @property
    def is_table(self) -> bool:
        """A list of fields: rows of a sheet of its own."""
        return self.item is not None and self.item.kind == "fields"


@dataclass(frozen=True, slots=True)
class EntrySpec:
    """One kind of file: its folder and its fields in canonical order."""

    kind: EntryKind
    label: str
    folder: str
    fields: tuple[FieldSpec, ...]

    def field(self, path: str) -> FieldSpec:
        """By its path, `photos.alt`. Raises KeyError."""
        return {field.path: field for field in self.all}[path]

    @property
    def all(self) -> Iterator[FieldSpec]:
        """All fields, those inside lists and groups after the one they stand in."""
        for field in self.fields:
            yield from with_parts(field)


def with_own(field: FieldSpec, settings: Settings) -> FieldSpec:
    """A field as a directory has it: a tier as a choice of those there are, a telephone and a point that lie there."""
    if field.kind == "phone" and field.example:
        return replace(field, example=own(field.example, settings.country, settings.area_code))
    bounds = next((area.bounds for area in settings.areas if area.bounds), None)
    if field.path in _DEGREES and bounds:
        low, high = (getattr(bounds, side) for side in _DEGREES[field.path])
        is_elsewhere = re.fullmatch(r"-?\d+\.\d+", field.example, re.ASCII) and not low <= float(field.example) <= high
        return replace(field, example=f"{(low + high) / 2:.4f}") if is_elsewhere else field
    if field.relation != "tier":
        return field
    choices = tuple((tier.id, tier.short_name) for tier in settings.tiers)
    known = field.example in dict(choices)
    return replace(field, kind="choice", choices=choices, example=field.example if known else choices[-1][0])


def with_parts(field: FieldSpec) -> Iterator[FieldSpec]:
    """A field, then what it holds."""
    yield field
    for part in field.item.parts if field.item else field.parts:
        yield from with_parts(part)


@made_of_words
def entry_spec(kind: EntryKind, language: str = "zh-CN") -> EntrySpec:
    """The description of a kind of file in a language of `words.LANGUAGES`."""
    label = field_words(language)["kinds"][kind]
    return EntrySpec(kind, label, FOLDERS[kind], tuple(_fields(MODELS[kind], kind, "", language)))


@made_of_words
def settings_spec(language: str = "zh-CN") -> tuple[FieldSpec, ...]:
    """The description of directory.yml."""
    return tuple(_fields(Settings, "settings", "", language))


def _fields(model: type[BaseModel], kind: str, above: str, language: str) -> Iterator[FieldSpec]:
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        path = f"{above}{name}"
        texts = _texts(kind, path, name, language)
        label = texts.get("label") or words(language).tree["fields"].get(name, name)
        required = info.is_required() or (path in _WANTED and model in MODELS.values())
        base = FieldSpec(name, path, "fields", label, texts.get("hint", ""), texts.get("example", ""), required)
        relation = _RELATIONS.get((model.__name__, name))
        vocabulary = name if model is Position and name in Vocabularies.model_fields else None
        base = replace(base, relation=relation, vocabulary=vocabulary)
        # What a tier's id may be is told with which there are.
        yield replace(base, kind="id") if relation == "tier" else _typed(base, _without_none(hints[name]), kind, language)


def _texts(kind: str, path: str, name: str, language: str) -> Mapping[str, Any]:
    """The words for a field: for this place, else for the name wherever it stands."""
    words_of = field_words(language)
    return {**words_of.get("any", {}).get(name, {}), **words_of.get(kind, {}).get(path, {})}


def _typed(base: FieldSpec, hint: Any, kind: str, language: str) -> FieldSpec:
    """`base` with what its type says of it."""
    kind_of_value = next((name for alias, name in _KINDS if alias == hint), None)
    bare, limits = _bare(hint)
    if kind_of_value:
        return replace(base, kind=kind_of_value, **limits)
    if get_origin(bare) is tuple:
        item = replace(base, required=True, example="")
        return replace(base, kind="list", item=_typed(item, get_args(bare)[0], kind, language), **limits)
    if get_origin(bare) is Literal:
        # Of the names that `choices` gives a value, the first.
        named = {
            value: str(names).split(" ", 1)[0] for value, names in words(language).tree["choices"].get(base.name, {}).items()
        }
        named |= _texts(kind, base.path, base.name, language).get("choices", {})
        choices = tuple((value, str(named.get(value, value))) for value in map(str, get_args(bare)))
        return replace(base, kind="choice", choices=choices)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return replace(base, kind="fields", parts=tuple(_fields(bare, kind, f"{base.path}.", language)))
    return replace(base, kind="line", **limits)  # texts of a shape of their own: tiles, pins; only directory.yml has them


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint


def _bare(hint: Any) -> tuple[Any, dict[str, Any]]:
    """A type without its annotations, and the limits those set."""
    limits: dict[str, Any] = {}
    while get_origin(hint) is Annotated:
        hint, *metadata = get_args(hint)
        for limit in metadata:
            for part in getattr(limit, "metadata", None) or (limit,):
                limits.update(_limit(part, hint))
    return _without_none(hint), limits


def _limit(part: Any, hint: Any) -> Iterator[tuple[str, Any]]:
    lengths = {"max_length": "most", "min_length": "least"} if get_origin(hint) is tuple else {"max_length": "longest"}
    for attribute, name in {**lengths, "gt": "low", "ge": "low", "le": "high", "lt": "high"}.items():
        if (value := getattr(part, attribute, None)) is not None:
            yield name, value if attribute in lengths else float(value)
            if attribute == "gt":
                yield "above", True
