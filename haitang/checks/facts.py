"""What an entry says of its place: possible, past where it must be, sourced, and of no person."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import get_args

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding, Path
from haitang.geo.coordinates import Box, Coordinate, Crs
from haitang.model.abroad.region import CHINA
from haitang.model.citations import CitedText
from haitang.model.cures.model_types import field_type
from haitang.model.entries import Entry, Location
from haitang.model.paths import SETTINGS_FILE
from haitang.model.settings import Settings
from haitang.model.types import PAST_DATES, PLANNED
from haitang.model.validation import Guesses, KnownTiers
from haitang.model.written.lists import known_items
from haitang.model.written.pasted_points import of_address
from haitang.model.written.personal import SPOKEN, personal_number
from haitang.schedule.partial_dates import PartialDate, read_date


def locations_are_in_town(dataset: Dataset) -> Iterator[Finding]:
    """Against the town's box, else the area's; towns and areas without one cannot be checked."""
    areas = _boxes(dataset.settings)
    for entry in dataset.own(dataset.positions):
        if entry.value.location is not None and entry.value.town in areas:
            yield from _outside(entry.file, ("location", "lon"), entry.value.location, *areas[entry.value.town])
    for area_index, area in enumerate(dataset.settings.areas if dataset.has_settings else ()):
        for town_index, town in enumerate(area.towns):
            if town.location is not None and town.id in areas:
                path = ("areas", area_index, "towns", town_index, "location", "lon")
                yield from _outside(SETTINGS_FILE, path, town.location, *areas[town.id])


def numberings_are_of_the_country(dataset: Dataset) -> Iterator[Finding]:
    """Maps of China alone number points in ways of their own."""
    for entry in dataset.own(dataset.positions) if dataset.settings.country != CHINA else ():
        if (spot := entry.value.location) and spot.crs != "wgs84":
            values: dict[str, Value] = {"crs": spot.crs, "region": dataset.settings.country}
            yield Finding(entry.file, ("location", "crs"), "crs-abroad", values)


def _boxes(settings: Settings) -> dict[str, tuple[str, Box]]:
    boxes = {}
    for area in settings.areas:
        for place in area.places:
            if bounds := place.bounds or area.bounds:
                boxes[place.id] = ((place if place.bounds else area).name, bounds.box)
    return boxes


def _outside(file: str, path: Path, location: Location, area: str, box: Box) -> Iterator[Finding]:
    point = location.wgs84
    if box.holds(point.lon, point.lat):
        return
    swapped = abs(location.lon) <= 90 and box.holds(*_lon_lat(Coordinate(location.lat, location.lon, location.crs)))
    values: dict[str, Value] = {"lon": location.lon, "lat": location.lat, "area": area}
    readings = [crs for crs in get_args(Crs) if box.holds(*_lon_lat(Coordinate(location.lon, location.lat, crs)))]
    if readings and not swapped:
        yield Finding(file, (*path[:-1], "crs"), "outside-crs", {**values, "crs": location.crs, "likely": tuple(readings)})
    else:
        yield Finding(file, path, "outside-swapped" if swapped else "outside-town", values)


def _lon_lat(point: Coordinate) -> tuple[float, float]:
    there = point.to("wgs84")
    return there.lon, there.lat


def addresses_are_words(dataset: Dataset) -> Iterator[Finding]:
    """A point's numbers, or the link of a map, belong into the location."""
    for entry in dataset.own(dataset.positions):
        address = entry.value.address
        if address and _POINTED.search(address) and (told := of_address(address)):
            values = {name: value for name, value in told[1].items() if name != "written" or entry.value.location is None}
            yield Finding(entry.file, ("address",), told[0], {"field": "address", **values})


_POINTED = re.compile(r"\d[.。．]\d|[°º度]|/")


def tiers_are_known(dataset: Dataset) -> Iterator[Finding]:
    known = KnownTiers(dataset.settings)
    for entry in dataset.own(dataset.positions):
        if values := known.mistake_in(entry.value.tier):
            yield Finding(entry.file, ("tier",), "bad-choice", values)


def terms_are_known(dataset: Dataset) -> Iterator[Finding]:
    vocabularies = {name: _terms(dataset.settings, name) for name in type(dataset.settings.vocabularies).model_fields}
    guess = {name: Guesses(known) for name, known in vocabularies.items()}
    for entry in dataset.own(dataset.positions):
        for name, known in vocabularies.items():
            said = getattr(entry.value, name)
            if isinstance(said, str) and said not in known:
                yield Finding(entry.file, (name,), "unknown-term", {"field": name, "value": said, **guess[name](said)})
            elif isinstance(said, tuple) and not known.issuperset(said):
                for index, term in enumerate(said):
                    if term not in known and (parts := known_items(term, known)):
                        yield Finding(entry.file, (name, index), "needs-list", {"field": name, "wrong": term, "items": parts})
                    elif term not in known:
                        values: dict[str, Value] = {"field": name, "value": term, **guess[name](term)}
                        yield Finding(entry.file, (name, index), "unknown-term", values)


def _terms(settings: Settings, name: str) -> frozenset[str]:
    return frozenset(term.name for term in getattr(settings.vocabularies, name))


def no_personal_numbers(dataset: Dataset) -> Iterator[Finding]:
    """Mobile and identity numbers anywhere in what we would publish."""
    for entry in dataset.own(dataset.files):
        if entry.file != SETTINGS_FILE and not _holds_number(dataset.text_of(entry), getattr(entry.value, "phone", None)):
            continue
        for path, text in _texts(entry.value, ()):
            if path[-1] != "url" and (found := personal_number(text)):
                code, match = found
                name = next(str(step) for step in reversed(path) if isinstance(step, str))
                below = match.string.count("\n", 0, match.start())
                yield Finding(entry.file, path, code, {"field": name, "value": match[0]}, below=below)


_DIGIT = rf"[\d{''.join(SPOKEN)}]"
_LONG_NUMBER = re.compile(rf"{_DIGIT}(?:[- －]?{_DIGIT}){{10}}")


def _holds_number(text: str, phone: str | None) -> bool:
    """Whether a long number stands in a text of many lines beside the phone's, which has a line of its own and is nobody's."""
    found = _LONG_NUMBER.finditer(text)
    if (first := next(found, None)) is None:
        return False
    line = text[text.rfind("\n", 0, first.start()) + 1 :].partition("\n")[0]
    return line != phone or personal_number(line) is not None or next(found, None) is not None


def _texts(value: Entry, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in a model that holds a long number, with its path. Asked of every entry, so the short texts go first."""
    for name, item in value.__dict__.items():
        if type(item) is CitedText:
            item = item.text  # noqa: PLW2901
        if type(item) is str:
            if len(item) > 10 and _LONG_NUMBER.search(item):
                yield (*path, name), item
        elif type(item) is tuple:
            for index, part in enumerate(item):
                if isinstance(part, Entry):
                    yield from _texts(part, (*path, name, index))
                elif type(part) is str and len(part) > 10 and _LONG_NUMBER.search(part):
                    yield (*path, name, index), part
        elif isinstance(item, Entry):
            yield from _texts(item, (*path, name))


def sources_are_given(dataset: Dataset) -> Iterator[Finding]:
    for entry in dataset.own(dataset.entries):
        if not entry.value.sources:
            yield Finding(entry.file, ("sources",), "no-sources")


_DATES = (PartialDate, date)


def is_ahead(name: str, written: str, today: date) -> bool:
    """Whether a text holds a date that has not come, for a field of this name whose dates lie behind us."""
    try:
        return name in PAST_DATES and read_date(written).after(today)
    except ValueError:
        return False


def dates_are_past(dataset: Dataset) -> Iterator[Finding]:
    for entry in dataset.own(dataset.files):
        planned = getattr(entry.value, "status", None) in PLANNED
        for path, name, when in _dates(entry.value, ()):
            later = when.after(dataset.today) if isinstance(when, PartialDate) else when > dataset.today
            if later and not (planned and name == "opened"):
                yield Finding(entry.file, path, "future-date", {"field": name, "value": str(when)})


@cache
def _date_fields(kind: type[Entry]) -> tuple[str, ...]:
    """The fields of a kind of entry that hold one of these dates, themselves or in anything below them."""
    fields = {name: field_type(kind, (name,)) for name in kind.model_fields}
    return tuple(
        name
        for name, inner in fields.items()
        if name in PAST_DATES or (isinstance(inner, type) and issubclass(inner, Entry) and _date_fields(inner))
    )


def _dates(value: Entry, path: Path) -> Iterator[tuple[Path, str, PartialDate | date]]:
    for name in _date_fields(value.__class__):
        item = getattr(value, name)
        if isinstance(item, _DATES):
            yield (*path, name), name, item
        elif isinstance(item, Entry):
            yield from _dates(item, (*path, name))
        elif item and type(item) is tuple:
            for index, part in enumerate(item):
                yield from _dates(part, (*path, name, index))


def newest_day(values: Iterable[Entry]) -> date | None:
    """The last whole day that these speak of as past, None where they speak of none: before it the data cannot be."""
    days = set[date]()
    for value in values:
        planned = getattr(value, "status", None) in PLANNED
        for _, name, when in _dates(value, ()):
            if not (planned and name == "opened") and (isinstance(when, date) or when.day):
                days.add(when if isinstance(when, date) else when.first)
    return max(days, default=None)


def holidays_are_told_once(dataset: Dataset) -> Iterator[Finding]:
    """Hours that speak of public holidays, in so many words or by 工作日, must agree with the field that does."""
    for entry in dataset.own(dataset.positions):
        hours, closed = entry.value.hours, entry.value.closed_on_holidays
        if hours and closed is not None and (said := hours.against(closed)):
            values: dict[str, Value] = {"field": "closed_on_holidays", "said": said}
            yield Finding(entry.file, ("closed_on_holidays",), "hours-holidays-differ", values)
