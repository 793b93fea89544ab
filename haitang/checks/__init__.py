"""Rules across entries: what no single file can know about itself.

The rule: a check is one function from World to Findings, and CHECKS is the whole list. A finding names a field by its path;
where that stands in the file is looked up only when there is something to tell (`directory`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from haitang.checks.chapters import concepts_are_told_once, concepts_name_known_terms, concepts_refer_to_entries
from haitang.checks.photos import photos_are_credited, photos_are_there
from haitang.checks.routes import distances_are_possible, routes_name_what_exists, stops_are_open, stops_move_on
from haitang.core.problems import Value
from haitang.core.syllables import han, reading_of, syllables
from haitang.data.dataset import SETTINGS_FILE, Filed, Finding, Path, World
from haitang.geo.coordinates import Box, Coordinate, Crs
from haitang.model.entries import Brand, Location, Position
from haitang.model.settings import Settings
from haitang.model.types import GONE, TIERS
from haitang.model.validation import Guesses, field_type
from haitang.schedule.partial_dates import PartialDate, read_date

EntryModel = TypeVar("EntryModel", Position, Brand)


Check = Callable[[World], Iterator[Finding]]


def ids_match_files(world: World) -> Iterator[Finding]:
    for entry in world.own(world.entries):
        if entry.value.id != entry.stem:
            yield Finding(entry.file, ("id",), "id-not-file", {"value": entry.value.id, "stem": entry.stem})


def ids_are_unique(world: World) -> Iterator[Finding]:
    """Also against former ids: printed QR codes still point at those."""
    for entries in world.kinds:
        taken: dict[str, str] = {}
        for entry in entries:
            for path, name in _own_ids(entry):
                if name in taken and taken[name] != entry.file:
                    yield Finding(entry.file, path, "id-taken", {"value": name, "other": taken[name]})
                taken.setdefault(name, entry.file)


def _own_ids(entry: Filed[Any]) -> Iterator[tuple[Path, str]]:
    if entry.value.id == entry.stem:  # else it is the wrong one, and told by `ids_match_files`
        yield ("id",), entry.value.id
    for index, name in enumerate(getattr(entry.value, "former_ids", ())):
        yield ("former_ids", index), name


def files_do_not_collide(world: World) -> Iterator[Finding]:
    """Files that differ only by case or normal form are one file on Windows, macOS and USB sticks."""
    for entries in world.kinds:
        seen: dict[str, Filed[Any]] = {}
        for entry in entries:
            name = unicodedata.normalize("NFKC", entry.stem).casefold()
            if name in seen and seen[name].stem != entry.stem:
                yield Finding(entry.file, ("id",), "id-collides", {"value": entry.stem, "other": seen[name].file})
            seen.setdefault(name, entry)


def towns_match_folders(world: World) -> Iterator[Finding]:
    known = _towns(world.settings)
    guess = Guesses(known)
    for entry in world.own(world.positions):
        town = entry.value.town
        if town not in known:
            yield Finding(entry.file, ("town",), "unknown-town", {"value": town, **guess(town)})
        elif town != entry.folder:
            yield Finding(entry.file, ("town",), "town-not-folder", {"value": town, "folder": entry.folder})


def references_exist(world: World) -> Iterator[Finding]:
    positions, brands = _by_id(world.positions), _by_id(world.brands)
    guess_position, guess_brand = Guesses(positions), Guesses(brands)
    for entry in world.own(world.positions):
        for index, brand in enumerate(entry.value.brands):
            if brand not in brands and brand not in world.named_elsewhere:
                yield Finding(entry.file, ("brands", index), "unknown-brand", {"value": brand, **guess_brand(brand)})
        for name in ("parent", "successor"):
            target = getattr(entry.value, name)
            if target is not None and target not in positions and target not in world.named_elsewhere:
                yield Finding(entry.file, (name,), "unknown-position", {"value": target, **guess_position(target)})


def no_cycles(world: World) -> Iterator[Finding]:
    positions = _by_id(world.positions)
    for name in ("parent", "successor"):
        settled: set[str] = set()
        for entry in world.positions:
            chain = _chain(entry.value.id, name, positions, settled)
            settled.update(chain)
            if chain and getattr(positions[chain[-1]].value, name) in chain:
                yield from _cycle(chain, name, positions)


def _chain(start: str, name: str, positions: Mapping[str, Filed[Position]], settled: set[str]) -> list[str]:
    chain: list[str] = []
    step: str | None = start
    while step in positions and step not in chain and step not in settled:
        chain.append(str(step))
        step = getattr(positions[str(step)].value, name)
    return chain


def _cycle(chain: list[str], name: str, positions: Mapping[str, Filed[Position]]) -> Iterator[Finding]:
    start = chain.index(getattr(positions[chain[-1]].value, name))
    ring = chain[start:]
    first = min(ring)
    file = positions[first].file
    if len(ring) == 1:
        yield Finding(file, (name,), "own-parent", {"field": name})
    else:
        turned = ring[ring.index(first) :] + ring[: ring.index(first)]
        yield Finding(file, (name,), "cycle", {"field": name, "chain": " → ".join([*turned, first])})


def parents_are_higher(world: World) -> Iterator[Finding]:
    positions = _by_id(world.positions)
    names: dict[str, str] = {tier.id: tier.short_name for tier in world.settings.tiers}
    for entry in world.own(world.positions):
        parent = positions.get(entry.value.parent or "")
        if parent is None or entry.value.tier is None or parent.value.tier is None or parent is entry:
            continue
        ours, theirs = entry.value.tier, parent.value.tier
        if TIERS.index(theirs) >= TIERS.index(ours):
            values = {"value": parent.value.id, "ours": names.get(ours, ours), "theirs": names.get(theirs, theirs)}
            yield Finding(entry.file, ("parent",), "parent-not-higher", values)


def names_are_unique_in_town(world: World) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    towns = {entry.value.town for entry in world.own(world.positions)}
    for entry in (entry for entry in world.positions if entry.value.town in towns):
        name = re.sub(r"\W", "", unicodedata.normalize("NFKC", entry.value.name).casefold())
        other = seen.setdefault((entry.value.town, name), entry.file)
        if other != entry.file:
            yield Finding(entry.file, ("name",), "same-name", {"value": entry.value.name, "other": other})


def locations_are_in_town(world: World) -> Iterator[Finding]:
    """Against the town's box, else the area's; towns and areas without one cannot be checked."""
    areas = _boxes(world.settings)
    for entry in world.own(world.positions):
        if entry.value.location is not None and entry.value.town in areas:
            yield from _outside(entry.file, ("location", "lon"), entry.value.location, *areas[entry.value.town])
    for area_index, area in enumerate(world.settings.areas):
        for town_index, town in enumerate(area.towns):
            if town.location is not None and town.id in areas:
                path = ("areas", area_index, "towns", town_index, "location", "lon")
                yield from _outside(SETTINGS_FILE, path, town.location, *areas[town.id])


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


def readings_fit_names(world: World) -> Iterator[Finding]:
    """A syllable a character, or nobody can say which is which."""
    for entry in world.own(world.positions):
        name, written = entry.value.name, entry.value.pinyin
        if written and reading_of(name, entry.value.short_name, written) is None:
            values: dict[str, Value] = {
                "field": "pinyin",
                "value": name,
                "said": len(syllables(written)),
                "count": len(han(name)),
            }
            yield Finding(entry.file, ("pinyin",), "reading-misfit", values)


def terms_are_known(world: World) -> Iterator[Finding]:
    vocabularies = {name: _terms(world.settings, name) for name in type(world.settings.vocabularies).model_fields}
    guess = {name: Guesses(known) for name, known in vocabularies.items()}
    for entry in world.own(world.positions):
        for name, known in vocabularies.items():
            said = getattr(entry.value, name)
            if isinstance(said, str) and said not in known:
                yield Finding(entry.file, (name,), "unknown-term", {"field": name, "value": said, **guess[name](said)})
            elif isinstance(said, tuple) and not known.issuperset(said):
                for index, term in enumerate(said):
                    if term not in known:
                        values: dict[str, Value] = {"field": name, "value": term, **guess[name](term)}
                        yield Finding(entry.file, (name, index), "unknown-term", values)


def _terms(settings: Settings, name: str) -> frozenset[str]:
    return frozenset(term.name for term in getattr(settings.vocabularies, name))


def activities_are_told_apart(world: World) -> Iterator[Finding]:
    """A calendar people subscribed to knows an activity by its position and key; its kind is one that has a page."""
    kinds = [kind.id for kind in world.settings.activity_kinds]
    guess = Guesses(kinds)
    for entry in world.own(world.positions):
        seen = set[str]()
        for index, activity in enumerate(entry.value.activities):
            if activity.kind is not None and activity.kind not in kinds:
                values = {"value": activity.kind, **guess(activity.kind)}
                yield Finding(entry.file, ("activities", index, "kind"), "unknown-activity-kind", values)
            if activity.key in seen:
                field = "id" if activity.id else "name"
                path: Path = ("activities", index, field)
                yield Finding(entry.file, path, "activity-repeated", {"field": field, "value": activity.key})
            seen.add(activity.key)


_MOBILE = re.compile(r"(?<![\d-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")


def no_personal_numbers(world: World) -> Iterator[Finding]:
    """Mobile and identity numbers anywhere in what we would publish."""
    for entry in world.own(world.files):
        for path, text in _texts(entry.value, ()):
            if path[-1] != "url" and (found := personal_number(text)):
                code, match = found
                name = next(str(step) for step in reversed(path) if isinstance(step, str))
                below = match.string.count("\n", 0, match.start())
                yield Finding(entry.file, path, code, {"field": name, "value": match[0]}, below=below)


def personal_number(text: str) -> tuple[str, re.Match[str]] | None:
    """A mobile or identity number in a text: the problem's code, and where it stands."""
    plain = unicodedata.normalize("NFKC", text)
    for pattern, code in ((_IDENTITY, "identity-number"), (_MOBILE, "mobile-number")):
        if match := pattern.search(plain):
            return code, match
    return None


_LONG_NUMBER = re.compile(r"\d(?:[- －]?\d){10}")


def _texts(value: BaseModel, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in a model that holds a long number, with its path. Asked of every entry, so the short texts go first."""
    for name, item in value.__dict__.items():
        if type(item) is str:
            if len(item) > 10 and _LONG_NUMBER.search(item):
                yield (*path, name), item
        elif type(item) is tuple:
            for index, part in enumerate(item):
                if isinstance(part, BaseModel):
                    yield from _texts(part, (*path, name, index))
                elif type(part) is str and len(part) > 10 and _LONG_NUMBER.search(part):
                    yield (*path, name, index), part
        elif isinstance(item, BaseModel):
            yield from _texts(item, (*path, name))


def sources_are_given(world: World) -> Iterator[Finding]:
    for entry in world.own(world.entries):
        if not entry.value.sources:
            yield Finding(entry.file, ("sources",), "no-sources")


# What has happened lies behind us; `due` and `by` look ahead.
_DATES = (PartialDate, date)
_PAST_DATES = ("date", "as_of", "at", "on", "founded", "opened", "updated")


def is_ahead(name: str, written: str, today: date) -> bool:
    """Whether a text holds a date that has not come, for a field of this name whose dates lie behind us."""
    try:
        return name in _PAST_DATES and read_date(written).after(today)
    except ValueError:
        return False


def dates_are_past(world: World) -> Iterator[Finding]:
    for entry in world.own(world.files):
        planned = getattr(entry.value, "status", None) in ("planned", "upgrading")
        for path, name, when in _dates(entry.value, ()):
            later = when.after(world.today) if isinstance(when, PartialDate) else when > world.today
            if later and not (planned and name == "opened"):
                yield Finding(entry.file, path, "future-date", {"field": name, "value": str(when)})


@cache
def _holds_dates(kind: type[BaseModel]) -> bool:
    """Whether entries of a kind, or anything in them, can hold one of these dates: most kinds of list items cannot."""
    fields = {name: field_type(kind, (name,)) for name in kind.model_fields}
    return any(
        name in _PAST_DATES or (isinstance(inner, type) and issubclass(inner, BaseModel) and _holds_dates(inner))
        for name, inner in fields.items()
    )


def _dates(value: BaseModel, path: Path) -> Iterator[tuple[Path, str, PartialDate | date]]:
    for name, item in value.__dict__.items():
        if item is None or type(item) is str:
            continue
        if isinstance(item, _DATES):
            if name in _PAST_DATES:
                yield (*path, name), name, item
        elif isinstance(item, BaseModel):
            yield from _dates(item, (*path, name))
        elif type(item) is tuple and item and isinstance(item[0], BaseModel) and _holds_dates(type(item[0])):
            for index, part in enumerate(item):
                yield from _dates(part, (*path, name, index))


def successors_fit(world: World) -> Iterator[Finding]:
    for entry in world.own(world.positions):
        status, successor = entry.value.status, entry.value.successor
        if status == "merged" and successor is None:
            yield Finding(entry.file, ("status",), "missing-successor", {"value": status})
        if successor is not None and status not in GONE:
            yield Finding(entry.file, ("successor",), "successor-of-open", {"value": status or ""})


def holidays_are_told_once(world: World) -> Iterator[Finding]:
    """Hours that speak of public holidays, in so many words or by 工作日, must agree with the field that does."""
    for entry in world.own(world.positions):
        hours, closed = entry.value.hours, entry.value.closed_on_holidays
        if hours and closed is not None and (said := hours.against(closed)):
            values: dict[str, Value] = {"field": "closed_on_holidays", "said": said}
            yield Finding(entry.file, ("closed_on_holidays",), "hours-holidays-differ", values)


def settings_agree(world: World) -> Iterator[Finding]:
    """directory.yml with itself: no id, tier or term twice, all tiers told, references that exist."""
    settings = world.settings
    yield from _repeated(_town_ids(settings), "town-repeated")
    tiers = [tier.id for tier in settings.tiers]
    yield from _repeated(((("tiers", index, "id"), tier) for index, tier in enumerate(tiers)), "tier-repeated")
    for tier in TIERS:
        if tier not in tiers:
            yield Finding(SETTINGS_FILE, ("tiers",), "tier-missing", {"value": tier}, key=True)
    kinds = enumerate(settings.activity_kinds)
    yield from _repeated(((("activity_kinds", index, "id"), kind.id) for index, kind in kinds), "kind-repeated")
    for at, said in enumerate(settings.published):
        counts = enumerate(said.counts)
        yield from _repeated(((("published", at, "counts", i, "tier"), count.tier) for i, count in counts), "tier-repeated")
    halls = enumerate(settings.halls)
    yield from _repeated(((("halls", index, "id"), hall.id) for index, hall in halls), "hall-repeated")
    for name in type(settings.vocabularies).model_fields:
        terms = enumerate(getattr(settings.vocabularies, name))
        paths = ((("vocabularies", name, index, "name"), term.name) for index, term in terms)
        yield from _repeated(paths, "term-repeated", field=name)


def _repeated(names: Iterable[tuple[Path, str]], code: str, **values: Value) -> Iterator[Finding]:
    seen = set[str]()
    for path, name in names:
        if name in seen:
            yield Finding(SETTINGS_FILE, path, code, {"value": name, **values})
        seen.add(name)


def _town_ids(settings: Settings) -> Iterator[tuple[Path, str]]:
    for area_index, area in enumerate(settings.areas):
        yield ("areas", area_index, "id"), area.id
        for town_index, town in enumerate(area.towns):
            yield ("areas", area_index, "towns", town_index, "id"), town.id


def settings_refer_to_entries(world: World) -> Iterator[Finding]:
    positions, brands = (
        world.named_elsewhere.union(entry.value.id for entry in entries) for entries in (world.positions, world.brands)
    )
    areas = {area.id for area in world.settings.areas}
    known = {"town": _towns(world.settings), "brand": brands, "home": positions, "area": areas}
    codes = {"town": "unknown-town", "brand": "unknown-brand", "home": "unknown-position", "area": "unknown-area"}
    for group in ("aggregates", "halls", "published", "denominators"):
        for index, item in enumerate(getattr(world.settings, group)):
            for name, ids in known.items():
                value = getattr(item, name, None)
                if value is not None and value not in ids:
                    yield Finding(SETTINGS_FILE, (group, index, name), codes[name], {"value": value, **Guesses(ids)(value)})


def production_is_signed(world: World) -> Iterator[Finding]:
    """A public site in China must say who answers for it before it goes out."""
    if world.settings.production:
        for name in ("organiser", "icp"):
            if getattr(world.settings.identity, name) is None:
                yield Finding(SETTINGS_FILE, ("identity",), "production-identity", {"field": name}, key=True)


CHECKS: tuple[Check, ...] = (
    settings_agree,
    settings_refer_to_entries,
    production_is_signed,
    ids_match_files,
    ids_are_unique,
    files_do_not_collide,
    towns_match_folders,
    references_exist,
    no_cycles,
    parents_are_higher,
    names_are_unique_in_town,
    locations_are_in_town,
    readings_fit_names,
    terms_are_known,
    activities_are_told_apart,
    no_personal_numbers,
    sources_are_given,
    photos_are_there,
    photos_are_credited,
    dates_are_past,
    successors_fit,
    holidays_are_told_once,
    concepts_are_told_once,
    concepts_refer_to_entries,
    concepts_name_known_terms,
    routes_name_what_exists,
    stops_are_open,
    stops_move_on,
    distances_are_possible,
)


def findings(world: World) -> Iterator[Finding]:
    for check in CHECKS:
        yield from check(world)


def _towns(settings: Settings) -> frozenset[str]:
    return frozenset(place_id for _, place_id in _town_ids(settings))


def _by_id(entries: Iterable[Filed[EntryModel]]) -> dict[str, Filed[EntryModel]]:
    return {entry.value.id: entry for entry in entries}
