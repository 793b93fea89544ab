"""Likely the same place twice, or a number and a point that were copied from another place.

The rule: the later file (by its path) is told and the earlier one named; places that say themselves how they belong together
(above and below, follower and followed) are left alone, and so is what has gone.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import product
from math import floor

from haitang.checks.lint.similar_names import MANY, Likeness, alike, heart_of, plain
from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Filed, Finding
from haitang.geo.coordinates import distance_m
from haitang.model.divisions.home import Usual, home_of
from haitang.model.entries import Position
from haitang.model.types import GONE

NEAR_M = 30  # two doors of one house
APART_M = 1_000.0  # who stands so far apart, both to the door, is hardly one place
_CELL = 0.0003  # degrees: about 30 metres
_ROW = 1 << 24  # more cells than there are from pole to pole
_AROUND = tuple(column * _ROW + row for column, row in product((-1, 0, 1), repeat=2))
_ALIKE = 80  # of 100
_SHORT_LINE = 6  # digits: 110 and 12345 are everybody's

Entry = Filed[Position]


def places_are_told_once(dataset: Dataset) -> Iterator[Finding]:
    """By name, else by nearness and likeness; of what a place is like, the first is named."""
    told = set[str]()
    for earlier, later, level in _same_names(dataset):
        if later.file not in told:
            told.add(later.file)
            yield _twice(level, earlier, later)
    usual = home_of(dataset.settings).usual
    for earlier, later, metres in _neighbours(dataset):
        if later.file not in told and _names_alike(earlier.value, later.value, usual):
            told.add(later.file)
            yield _twice("near-twice", earlier, later, metres=metres)


def _twice(code: str, earlier: Entry, later: Entry, **values: Value) -> Finding:
    said: dict[str, Value] = {"value": later.value.name, "name": earlier.value.name, "other": earlier.file, **values}
    return Finding(later.file, ("name",), code, said)


def _same_names(dataset: Dataset) -> Iterator[tuple[Entry, Entry, str]]:
    area_of = {place.id: area.id for area in dataset.settings.areas for place in area.places}
    here: dict[str, list[Entry]] = defaultdict(list)
    for entry in _standing(dataset):
        if entry.value.town in area_of:
            here[area_of[entry.value.town]].append(entry)
    for area, entries in here.items():
        for earlier, later, likeness, full in alike(area, entries, dataset.asked, home_of(dataset.settings).usual):
            one, other = earlier.value, later.value
            level = "" if _known_apart(one, other) else _level(one, other, likeness, full)
            if level:
                yield earlier, later, level


def _level(one: Position, other: Position, likeness: Likeness, full: bool) -> str:
    """How likely it is that two are one: a warning, a hint, or nothing."""
    tiers = {one.tier, other.tier} - {None}
    if len(tiers) > 1:
        return "maybe-twice" if full and likeness in ("same", "sound") else ""
    if likeness == "unit" or _apart(one, other) or not (full or one.tier == other.tier is not None):
        return "maybe-twice"
    return "likely-twice"


def _apart(one: Position, other: Position) -> bool:
    there = [place.location for place in (one, other) if place.location and place.location.precision == "exact"]
    return len(there) == 2 and distance_m(there[0].wgs84, there[1].wgs84) > APART_M


def _belong_together(one: Position, other: Position) -> bool:
    """They say so themselves."""
    return one.id in (other.parent, other.successor) or other.id in (one.parent, one.successor)


def _known_apart(one: Position, other: Position) -> bool:
    """They belong together, or have one name in one town and are refused as such."""
    return _belong_together(one, other) or (one.town == other.town and plain(one.name) == plain(other.name))


def _standing(dataset: Dataset) -> Iterable[Entry]:
    return [entry for entry in dataset.positions if entry.value.status not in GONE]


def _exact(dataset: Dataset) -> Iterator[Entry]:
    return (entry for entry in _standing(dataset) if entry.value.location and entry.value.location.precision == "exact")


def _neighbours(dataset: Dataset) -> Iterator[tuple[Entry, Entry, int]]:
    """Pairs known to the door that stand within NEAR_M, with whole metres. Where a crowd stands in one spot, nobody is
    compared: that is a point that was copied."""
    cells: dict[int, list[Entry]] = defaultdict(list)
    for entry in sorted(_near_asked(dataset, list(_exact(dataset))), key=lambda entry: entry.file):
        if location := entry.value.location:
            point = location.wgs84
            cell = floor(point.lon / _CELL) * _ROW + floor(point.lat / _CELL)
            for step in _AROUND:
                for other in cells[cell + step][:MANY] if cell + step in cells else ():
                    there = other.value.location
                    if there and dataset.is_asked(entry) and (metres := distance_m(point, there.wgs84)) < NEAR_M:
                        yield other, entry, round(metres)
            cells[cell].append(entry)


def _near_asked(dataset: Dataset, exact: list[Entry]) -> list[Entry]:
    """Of some files only what may be near them: all other points need not even be made WGS-84."""
    if dataset.asked is None:
        return exact
    spots = [spot for entry in dataset.own(exact) if (spot := entry.value.location)]
    return [entry for entry in exact if (spot := entry.value.location) and any(spot.is_about(other) for other in spots)]


def _names_alike(one: Position, other: Position, usual: Usual) -> bool:
    tiers = {one.tier, other.tier} - {None}
    hearts = heart_of(one.name, usual), heart_of(other.name, usual)
    from rapidfuzz.fuzz import partial_ratio  # most looks compare nobody

    return (
        len(tiers) < 2
        and all(hearts)
        and not _known_apart(one, other)
        and partial_ratio(*hearts, score_cutoff=_ALIKE) >= _ALIKE
    )


def phones_are_their_own(dataset: Dataset) -> Iterator[Finding]:
    """One host may run several places with one number; two hosts hardly share one."""
    numbered = ((entry.value.phone, entry) for entry in _standing(dataset) if entry.value.phone)
    lines = ((digits, entry) for phone, entry in numbered if len(digits := _digits(phone)) >= _SHORT_LINE)
    for earlier, later in _sharing(lines):
        one, other = earlier.value, later.value
        if not (_one_house(one, other) or (one.parent and one.parent == other.parent)):
            values: dict[str, Value] = {"value": other.phone or "", "name": one.name, "other": earlier.file}
            yield Finding(later.file, ("phone",), "phone-shared", values)


def _digits(phone: str) -> str:
    return "" if phone.startswith(("400", "800")) else phone.replace("-", "")


def points_are_their_own(dataset: Dataset) -> Iterator[Finding]:
    """The very same numbers at another address were copied along with the file."""
    points = ((entry.value.location, entry) for entry in _exact(dataset))
    spots = (((spot.lon, spot.lat, spot.crs), entry) for spot, entry in points if spot)
    usual = home_of(dataset.settings).usual
    for earlier, later in _sharing(spots):
        if not _one_house(earlier.value, later.value) and not _names_alike(earlier.value, later.value, usual):
            values: dict[str, Value] = {"name": earlier.value.name, "other": earlier.file}
            yield Finding(later.file, ("location", "lon"), "point-copied", values)


def _one_house(one: Position, other: Position) -> bool:
    """They may share what a house has: by address, by host, because one is above the other, or as one place under one name."""
    same_address = one.address is not None and one.address == other.address
    return same_address or (one.host is not None and one.host == other.host) or _known_apart(one, other)


def _sharing(keyed: Iterable[tuple[Hashable, Entry]]) -> Iterator[tuple[Entry, Entry]]:
    """The first that has a key, by file, with each other one that has it."""
    first: dict[Hashable, Entry] = {}
    for key, entry in sorted(keyed, key=lambda pair: pair[1].file):
        if first.setdefault(key, entry) is not entry:
            yield first[key], entry
