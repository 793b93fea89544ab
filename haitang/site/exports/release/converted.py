"""The model's entries as the release's records: the one place that knows both.

The rule: a published field is the model's of the same name, or `_FROM` says which one it is, or `_MADE` how it is made. What is
absent in an entry is absent in its record. What is not published stands in `WITHHELD` with the reason.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from haitang.data.needs import id_of
from haitang.model.citations import CitedText
from haitang.model.entries import Brand, Location, Position, Stop
from haitang.model.settings import Area, Vocabularies
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.written.opening_hours_formats import to_osm
from haitang.site.exports.geojson import DECIMALS
from haitang.site.exports.release import v1
from haitang.site.page import BRAND, CHAPTER, POSITION, ROUTE
from haitang.site.views import Site, public_address

Made = Callable[["Converter", Any], Any]

# Which field of the model a published one is, where that has another name or lies deeper; by the name of the record.
_LOCATION = {
    "precision": "location.precision", "given_lon": "location.lon", "given_lat": "location.lat", "given_crs": "location.crs",
}  # fmt: skip
# The words of vocabularies: where their ids stand, and where what they are called.
_LISTS = {
    "services": "service_names", "facilities": "facility_names", "functions": "function_names", "chains": "chain_names",
    "organisations": "organisation_names",
}  # fmt: skip
_VERIFIED = {"verified": "verified.on", "verified_by": "verified.by"}
_FROM: Mapping[str, Mapping[str, str]] = {
    "Position": {**_LOCATION, **_VERIFIED, "hours": "hours.text", "site_kind_name": "site_kind"}
    | {label: name for name, label in _LISTS.items()},
    "Town": _LOCATION,
    "Route": _VERIFIED,
    "Activity": {"when": "when.text"},
}
# What directory.yml says and the release does not, and why.
_DRAWING = "how this site draws it, nothing about the places"
_RUNNING = "how this site is made and served"
WITHHELD: Mapping[str, str] = {
    "settings.production": _RUNNING,
    "settings.offline": _RUNNING,
    "settings.updated": "every file has it as its date",
    "settings.licence": "every file says it",
    "settings.licence_url": "every file says it",
    "settings.repository": _RUNNING,
    "settings.tier_look": _DRAWING,
    "settings.tiers.look": _DRAWING,
    "settings.vocabularies.*.icon": _DRAWING,
    "settings.activity_kinds.icon": _DRAWING,
    "settings.nav": _RUNNING,
    "settings.needs": "what the home page offers first",
    "settings.halls": "the machines in halls, with the number that their staff type in",
    "settings.map": "somebody else's maps, under licences of their own",
}


class Converter:
    """Records of one site's directory."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.directory = site.directory
        self._hours: dict[tuple[str, bool | None], str] = {}
        self._terms: dict[tuple[str, tuple[str, ...]], tuple[Sequence[str], Sequence[str]]] = {}

    def of(self, record: v1.Record, entry: Any) -> dict[str, Any]:
        """What an entry says, as a record: no field of it is empty."""
        own, found = getattr(entry, "__dict__", {}), {}
        for name, field, make in _compiled(record):
            value = own[field] if field else entry
            if not value and value != 0:  # most fields of most entries; no and nought say something
                continue
            if make is not None:
                value = make(self, value)
            if value or value == 0:
                found[name] = value
        return found

    @cached_property
    def slugs(self) -> Mapping[str, Mapping[str, str]]:
        """The id of each word, by the field it stands in."""
        terms = self.directory.settings.vocabularies
        return {name: {term.name: term.slug for term in getattr(terms, name)} for name in Vocabularies.model_fields}

    @cached_property
    def _ranks(self) -> Mapping[str, Mapping[str, int]]:
        return {name: {word: at for at, word in enumerate(slugs)} for name, slugs in self.slugs.items()}

    def terms(self, field: str, words: tuple[str, ...]) -> tuple[Sequence[str], Sequence[str]]:
        """The ids of words, and the words, in the order of the vocabulary, whatever the entry's: the browser knows them so."""
        if not words:
            return (), ()
        if (field, words) not in self._terms:
            slugs = self.slugs[field]
            wanted = sorted(words, key=self._ranks[field].__getitem__)
            self._terms[field, words] = [slugs[word] for word in wanted], wanted
        return self._terms[field, words]

    @cached_property
    def statuses(self) -> Mapping[str, str]:
        words = self.site.templates.words.live["find"]["statuses"]
        choices = next(field.choices for field in v1.POSITION.fields if field.name == "status")
        return dict(zip(choices, words, strict=True))

    def address(self, path: str) -> str:
        """Absolute where it is known where the site is published, else from its root."""
        return public_address(self.directory.settings.base_url, path) or path

    def picture(self, name: str | None) -> str | None:
        """The address of the largest file of a picture."""
        picture = self.site.pictures.get(name) if name else None
        return self.address(picture.largest.path) if picture else None

    def osm_hours(self, position: Position) -> str | None:
        hours, closed = position.hours, position.closed_on_holidays
        if hours is None:
            return None
        key = hours.text, closed
        if key not in self._hours:  # most places keep the same few
            self._hours[key] = _osm(hours, closed)
        return self._hours[key]


def _osm(hours: OpeningHours, closed: bool | None) -> str:
    said = to_osm(hours)
    return f"{said}; PH off" if closed and hours.holidays == "unsaid" and "PH" not in said else said


def _point(axis: str, converter: Converter, entry: Any) -> float | None:
    """A degree in WGS 84 of a place that is known better than to its town; of a town, whose point is its name's place."""
    location: Location | None = entry.location
    if location is None or (location.precision == "town" and isinstance(entry, Position)):
        return None
    return _number(converter, round(getattr(location.wgs84, axis), DECIMALS))


def _slugs(field: str, converter: Converter, position: Position) -> Sequence[str]:
    return converter.terms(field, getattr(position, field))[0]


def _words(field: str, converter: Converter, position: Position) -> Sequence[str]:
    return converter.terms(field, getattr(position, field))[1]


def _site_kind(converter: Converter, position: Position) -> str | None:
    return converter.slugs["site_kind"][position.site_kind] if position.site_kind else None


def _town_name(converter: Converter, entry: Any) -> str | None:
    """As short as pages call it."""
    town = converter.directory.town.get(entry.town or "")
    return (town.short_name or town.name) if town else None


def _area(converter: Converter, position: Position) -> Area:
    return converter.directory.area[position.town]


def _own_town(converter: Converter, position: Position) -> str | None:
    """Places whose town nobody knows name their area in its stead."""
    return position.town if converter.directory.town_is_known(position) else None


def _kind_name(converter: Converter, activity: Any) -> str | None:
    kind = converter.directory.activity_kind.get(activity.kind or "")
    return kind.name if kind else None


def _brands(_: Converter, entry: Any) -> list[str]:
    return sorted(entry.brands)


def _brand_names(converter: Converter, entry: Any) -> list[str]:
    return [converter.directory.brand[brand].name for brand in sorted(entry.brands)]


def _page(kind: Any, converter: Converter, entry: Any) -> str:
    return converter.address(kind.path(entry.id))


def _tier_name(converter: Converter, position: Position) -> str | None:
    return converter.site.tier_names[position.tier] if position.tier else None


def _status_name(converter: Converter, position: Position) -> str | None:
    return converter.statuses[position.status] if position.status else None


def _with_brand(converter: Converter, brand: Brand) -> list[str]:
    return [position.id for position in converter.directory.with_brand(brand.id)]


def _stop_name(converter: Converter, stop: Stop) -> str:
    return converter.directory.position[stop.position].name


def _photo(converter: Converter, entry: Any) -> str | None:
    return converter.picture(entry.photo)


_LON_LAT: Mapping[str, Made] = {axis: partial(_point, axis) for axis in ("lon", "lat")}
# How a published field is made that is none of the model's own.
_MADE: Mapping[str, Mapping[str, Made]] = {
    "Position": {
        **_LON_LAT, **{name: partial(_slugs, name) for name in _LISTS},
        **{label: partial(_words, name) for name, label in _LISTS.items()},
        "site_kind": _site_kind, "tier_name": _tier_name, "town": _own_town,
        "town_name": lambda converter, position: _own_town(converter, position) and _town_name(converter, position),
        "area": lambda converter, position: _area(converter, position).id,
        "area_name": lambda converter, position: _area(converter, position).name,
        "status_name": _status_name, "opening_hours": lambda converter, position: converter.osm_hours(position),
        "brands": _brands, "brand_names": _brand_names, "page": partial(_page, POSITION),
    },
    "Space": {"photo": _photo},
    "Activity": {"kind_name": _kind_name},
    "Photo": {"url": lambda converter, photo: converter.picture(photo.file)},
    "Brand": {"positions": _with_brand, "page": partial(_page, BRAND)},
    "Action": {"photo": _photo},
    "Stop": {"position_name": _stop_name},
    "Route": {"town_name": _town_name, "brands": _brands, "brand_names": _brand_names, "page": partial(_page, ROUTE)},
    "Chapter": {"page": partial(_page, CHAPTER)},
    "Town": _LON_LAT,
    "Term": {"id": lambda _, term: id_of(term)},
    "Days": {end: partial(lambda end, _, days: str(getattr(days, end)), end) for end in ("first", "last")},
    "Contact": {"qr": lambda converter, contact: converter.picture(contact.qr)},
}  # fmt: skip
# What a published field is called, which field of the model is asked for it (none: the whole entry), and what is made of that.
_Step = tuple[str, str, Made | None]
_COMPILED: dict[str, tuple[_Step, ...]] = {}


def tells(record: v1.Record, field: v1.Field) -> str:
    """The path of the model's field that a published one tells; that of a made one is its own name."""
    return _FROM.get(record.name, {}).get(field.name, field.name)


def _compiled(record: v1.Record) -> tuple[_Step, ...]:
    if record.name not in _COMPILED:
        own = _MADE.get(record.name, {})
        _COMPILED[record.name] = tuple(
            (each.name, "", made) if (made := own.get(each.name)) else (each.name, *_taken(record, each))
            for each in record.fields
        )
    return _COMPILED[record.name]


def _taken(record: v1.Record, field: v1.Field) -> tuple[str, Made | None]:
    """Which field of the model is asked, and how its value is turned into what JSON has."""
    first, *further = tells(record, field).split(".")
    one = _VALUES.get(field.kind)
    if inner := field.record:
        if field.many:
            return first, lambda converter, values: [converter.of(inner, each) for each in values]
        return first, lambda converter, value: converter.of(inner, value)
    if further:
        step = attrgetter(further[0])
        return first, lambda converter, value: one(converter, step(value)) if one else step(value)
    return first, one


def _cited(_: Converter, value: CitedText) -> str:
    return value.written if value.marks else value.text


def _date(_: Converter, value: Any) -> str:
    return str(value)


def _number(_: Converter, value: float) -> float | int:
    return int(value) if value == int(value) else value


# Texts, and lists of texts, are in the model what they are in JSON.
_VALUES: Mapping[str, Made] = {"number": _number, "date": _date, "day": _date, "cited": _cited, "prose": _cited}
