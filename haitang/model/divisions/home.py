"""Where a directory is at home: the units its areas are, how its numbers begin, and what it calls another place.

The rule: all of it comes from the areas in directory.yml and their names; of an area whose name is no unit's nothing is said
but that name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from haitang.model.divisions import Unit, country, first_named, short, unit_called
from haitang.model.settings import Settings, Town

_ZONE = re.compile(
    r"(?:国家)?(?:级)?(?:经济|高新|技术|产业|科技|工业|旅游|度假|开发|保税|新)"
)  # what stands behind a unit's short name


class Usual(NamedTuple):
    """What names of here begin and end with, and which therefore tells none apart."""

    cities: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


NO_USUAL = Usual()


@dataclass(frozen=True)
class Home:
    """The areas of a directory: what each is called, and the unit it is, by its id; and the words of its title."""

    areas: Mapping[str, str]
    units: Mapping[str, Unit]
    area_code: str | None
    title: tuple[str, ...]

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """The whole names that may stand before any name here, the longest first: 江苏省, 苏州市, 昆山市."""
        known = (name for unit in self.units.values() for name in unit.chain)
        unknown = (f"{short(name)}市" for area, name in self.areas.items() if area not in self.units)
        return tuple(sorted({*known, *unknown}, key=lambda name: (-len(name), name)))

    @cached_property
    def usual(self) -> Usual:
        return Usual(self.cities, self.title)

    @cached_property
    def _before(self) -> re.Pattern[str]:
        """The same and their short forms."""
        names = {*self.cities, *map(short, self.cities)}
        if len(self.units) < len(self.areas):  # whose province nobody knows
            names |= {unit.chain[0] for units in country().values() for unit in units}
        return re.compile(rf"(?:{'|'.join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))}|\s)+(?=..)")

    def without_city(self, text: str) -> str:
        """千灯镇 of 江苏省昆山市千灯镇; a text that begins with no city of ours as it is."""
        found = self._before.match(text)
        return text[found.end() :] if found else text

    def city(self, area: str) -> str:
        """An area as an address has it: 昆山市."""
        return self.units[area].name if area in self.units else f"{short(self.areas[area])}市"

    def code(self, area: str) -> str | None:
        """How the numbers of an area begin: as its unit's do, or as directory.yml says of its only one."""
        unit = self.units.get(area)
        if unit and len(unit.codes) == 1:
            return unit.codes[0]
        return self.area_code if len(self.areas) == 1 else None

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """How numbers of here begin, each once."""
        found = (self.area_code, *(code for unit in self.units.values() for code in unit.codes))
        return tuple(dict.fromkeys(code for code in found if code))

    def unit_of(self, area: str, town: Town) -> Unit | None:
        """The unit a town is or lies in, as far as its name tells: 苏州市姑苏区 of 姑苏区虎丘街道."""
        unit = self.units.get(area)
        inner = [each for each in _inner(unit) if _begins(town.name, each)] if unit else []
        return max(inner, key=lambda each: len(each.chain), default=unit)

    def is_elsewhere(self, name: str, area: str, town: Town) -> bool:
        """Whether the whole name of a unit says that a place is not in the town of an area it is filed under. Districts and
        counties of other provinces are told by their city's name before them: many a place calls a part of itself 新城区."""
        own = self.unit_of(area, town)
        if own is None:
            return False
        if name.endswith(("区", "县")) and not any(_is_near(unit, own) for unit in country().get(name, ())):
            return False
        others = [unit for unit in self.units.values() if not unit.holds(own)]
        return not any(
            (unit.holds(own) or own.holds(unit)) and not any(other.holds(unit) for other in others)
            for unit in country().get(name, ())
        )


@lru_cache(64)
def _inner(unit: Unit) -> tuple[Unit, ...]:
    return tuple(each for units in country().values() for each in units if unit.holds(each))


def _is_near(unit: Unit, own: Unit) -> bool:
    return unit.chain[0] == own.chain[0] or unit.chain[0].endswith("市")


def _begins(name: str, unit: Unit) -> bool:
    called = short(unit.name)
    return name.startswith(unit.name) or (name.startswith(called) and bool(_ZONE.match(name, len(called))))


def cities_named(text: str) -> Iterator[str]:
    """The provinces and cities that a text begins with, one after the other."""
    at = 0
    while name := first_named(text, at):
        if not name.endswith(("省", "市", "自治区")):
            return
        yield name
        at += len(name)


def home_of(settings: Settings) -> Home:
    return _home(tuple((area.id, area.name) for area in settings.areas), settings.area_code, settings.title)


@lru_cache(16)
def _home(areas: Sequence[tuple[str, str]], area_code: str | None, title: str) -> Home:
    found = {own: unit_called(name, area_code or "") for own, name in areas}
    return Home(dict(areas), {own: unit for own, unit in found.items() if unit}, area_code, tuple(title.split()))
