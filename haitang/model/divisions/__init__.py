"""The country's provinces, cities and counties (`country.txt`), and which of them a text means.

The rule: what two units are called alone means neither; a unit is known by its name, and by those of what it belongs to
before it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("country.txt")
# What a name says of its kind, and people leave out: 昆山 is 昆山市.
_KIND = re.compile(r"(?<=..)(?:省|市|县|区|地区|盟|林区|特别行政区|(?:壮族|回族|维吾尔)?自治区)$")
_NO_NAME = frozenset("场民政集")  # 东方市场路 is no street of 东方市
_SHORTEST = 3  # characters of a name that tells a unit alone: 城区 and 东区 are everywhere


class Unit(NamedTuple):
    """A province, city, district or county: its names from the province's to its own, and its area codes."""

    chain: tuple[str, ...]
    codes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.chain[-1]

    def holds(self, other: "Unit") -> bool:
        """Whether the other is this one, or a part of it."""
        return other.chain[: len(self.chain)] == self.chain


@cache
def country() -> Mapping[str, tuple[Unit, ...]]:
    """The units that have a name, by their whole names."""
    units: dict[str, dict[Unit, None]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            for unit in _units(*line.split(" ")):
                units.setdefault(unit.name, {})[unit] = None
    return {name: tuple(found) for name, found in units.items()}


def _units(province: str, city: str, codes: str, *counties: str) -> Iterator[Unit]:
    called = () if codes == "-" else tuple(codes.split("/"))
    own = (province,) if city == province else (province, city)
    yield Unit((province,), called if city == province else ())
    yield Unit(own, called)
    yield from (Unit((*own, county), called) for county in counties)


def short(name: str) -> str:
    """昆山 of 昆山市; a name that is short already as it is."""
    return _KIND.sub("", name)


@cache
def _by_ending() -> Mapping[str, tuple[Unit, ...]]:
    """The units by their whole and short names."""
    found: dict[str, list[Unit]] = {}
    for name, units in country().items():
        for called in {name, short(name)}:
            found.setdefault(called, []).extend(units)
    return {name: tuple(units) for name, units in found.items()}


def unit_called(text: str, code: str = "") -> Unit | None:
    """The unit that a text names, alone or behind what it belongs to: 昆山, 江苏省昆山市, 苏州（昆山以外）. Of several the one
    with the area code, or the one that holds the others; None where that leaves more than one, or none."""
    bare = re.sub(r"\s+|[（(].*", "", text)
    found = list(dict.fromkeys(_named(bare)))
    found = [unit for unit in found if unit.name == bare] or found
    found = [unit for unit in found if code in unit.codes] or found if code else found
    found = [unit for unit in found if all(unit.holds(other) for other in found)] if len(found) > 1 else found
    return found[0] if found else None


def _named(text: str) -> Iterator[Unit]:
    for at in range(len(text) - 1):
        for unit in _by_ending().get(text[at:], ()):
            if text[:at] in _before(unit.chain[:-1]):
                yield unit


def _before(chain: tuple[str, ...]) -> Iterator[str]:
    """What may stand before a unit's own name: nothing, or names of what it belongs to, in order."""
    yield ""
    for at, name in enumerate(chain):
        for above in _before(chain[:at]):
            yield from (above + name, above + short(name))


def first_named(text: str, at: int = 0) -> str:
    """The whole name of a unit that a text goes on with at a place, the longest; empty where there is none."""
    for end in range(min(len(text), at + _longest()), at + _SHORTEST - 1, -1):
        if text[at:end] in country() and text[end : end + 1] not in _NO_NAME:
            return text[at:end]
    return ""


@cache
def _longest() -> int:
    return max(map(len, country()))
