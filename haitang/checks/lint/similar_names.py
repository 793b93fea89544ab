"""Which places have names that are the same, sound the same, or differ by a slip of the hand.

The rule: a name is looked up in each way it could have been mistaken, and nobody is compared with everybody. What tells
neighbours apart (numbers, 南 and 北, 新 and 老) is no slip.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, product
from operator import is_not
from typing import Literal, NamedTuple

from haitang.core.pinyin import sounds
from haitang.data.dataset import Filed
from haitang.model.divisions.home import NO_USUAL, Usual
from haitang.model.entries import Position

# same: nothing differs but what many names share. sound: typed the same. near: one character more, less, exchanged.
# unit: only 村, 社区 and the like differ.
Likeness = Literal["same", "sound", "near", "unit"]
MANY = 12  # as many share something: that is a pattern of names, and says nothing about two of them
_SHORTEST = 4  # characters of a heart of which one may be a slip
# What names of such places end with, whatever they are; and what they may begin with.
_TAILS = ("先锋", "红色", "党群", "党员", "党建", "服务", "中心", "矩阵", "阵地", "驿站", "站", "点")
_UNIT = re.compile(r"(?:社区|居委会|小区|行政村|自然村|村)$")
_NUMERALS = str.maketrans("〇一二三四五六七八九两", "01234567892")
_TELLING = frozenset("东南西北中前后上下左右内外新老大小甲乙丙丁第期区幢栋号楼弄十百0123456789")


@lru_cache(50_000)
def heart_of(name: str, usual: Usual = NO_USUAL) -> str:
    """What tells a name from others: 昆山市邹家角社区党群服务站 → 邹家角社区, where the city is a usual one. Empty where too
    little is left."""
    heart = plain(name).translate(_NUMERALS)
    while heart.startswith(usual.cities):
        heart = heart.removeprefix(next(city for city in usual.cities if heart.startswith(city)))
    if heart.endswith((*usual.ends, *_TAILS)):
        heart = _tail(usual.ends).sub("", heart)
    return heart if len(heart) >= 2 else ""


@lru_cache(16)
def _tail(ends: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join((*map(re.escape, ends), *_TAILS))})+$")


def plain(name: str) -> str:
    """A name without marks and blanks."""
    name = unicodedata.normalize("NFKC", name).casefold()
    return name if name.isalnum() else "".join(filter(str.isalnum, name))


class Alike(NamedTuple):
    """Two places with names alike, by file: how, and whether it is their full names that are."""

    earlier: Filed[Position]
    later: Filed[Position]
    likeness: Likeness
    full: bool


# A place that has the name, and whether it is its full one.
_Bearer = tuple[Filed[Position], bool]
_Names = dict[str, list[_Bearer]]


def alike(
    area: str, entries: Iterable[Filed[Position]], asked: frozenset[str] | None = None, usual: Usual = NO_USUAL
) -> Iterator[Alike]:
    """Pairs of places in one town of an area, or with an unknown one, the likeliest first; no pair twice. Where files are
    `asked` about, only pairs with them."""
    towns: dict[str, list[Filed[Position]]] = defaultdict(list)
    for entry in entries:
        towns[entry.value.town].append(entry)
    wanted = {town for town, there in towns.items() if asked is None or any(entry.file in asked for entry in there)}
    if area in towns and wanted:  # those of no known town may be in any
        unknown = towns.pop(area)
        some = towns if area in wanted else towns.keys() & wanted
        pairs = _alike(area, [*unknown, *(entry for town in some for entry in towns[town])], usual)
    else:
        pairs = (pair for town in towns if town in wanted for pair in _in_town(town, towns[town], usual))
    for pair in pairs:
        if asked is None or not asked.isdisjoint((pair.earlier.file, pair.later.file)):
            yield pair


# What was found in a town before, and between whom: the two sides of a change differ in few of them.
_FOUND: dict[tuple[str, Usual], tuple[list[Position], list[str], list[tuple[int, int, Likeness, bool]]]] = {}


def _in_town(town: str, entries: list[Filed[Position]], usual: Usual) -> Iterator[Alike]:
    values, files = [entry.value for entry in entries], [entry.file for entry in entries]
    before = _FOUND.get((town, usual))
    if before is None or before[1] != files or any(map(is_not, before[0], values)):
        places = {entry.file: at for at, entry in enumerate(entries)}
        found = [(places[pair.earlier.file], places[pair.later.file], *pair[2:]) for pair in _alike(town, entries, usual)]
        _FOUND[town, usual] = before = values, files, found
    for earlier, later, likeness, full in before[2]:
        yield Alike(entries[earlier], entries[later], likeness, full)


def _alike(area: str, entries: Iterable[Filed[Position]], usual: Usual) -> Iterator[Alike]:
    """Pairs of places in one town, or with one of the area's own."""
    told = set[tuple[str, str]]()
    for likeness, bearers in _groups(_names(entries, usual)):
        for (one, full), (other, too) in _pairs(area, bearers):
            earlier, later = (one, other) if one.file < other.file else (other, one)
            if earlier is not later and (earlier.file, later.file) not in told:
                told.add((earlier.file, later.file))
                yield Alike(earlier, later, likeness, full and too)


def _names(entries: Iterable[Filed[Position]], usual: Usual) -> _Names:
    """Who has which name, by the names: whoever else is there changes nothing about their order."""
    names: _Names = defaultdict(list)
    for entry in entries:
        written = (entry.value.name, entry.value.short_name, *entry.value.aliases)
        # The full name's comes first, and may be empty.
        for at, heart in enumerate(dict.fromkeys(heart_of(name, usual) for name in written if name)):
            if heart:
                names[heart].append((entry, at == 0))
    return dict(sorted(names.items()))


def _groups(names: _Names) -> Iterator[tuple[Likeness, list[_Bearer]]]:
    """Those whose names are alike, with how."""
    yield from (("same", bearers) for bearers in names.values() if len(bearers) > 1)
    sounding, bases = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for heart in names:
        if len(heart) > 2:
            sounding[sounds(heart)].append(heart)
        base = _UNIT.sub("", heart)
        if 1 < len(base) < len(heart):
            bases[base].append(heart)
    yield from (("sound", _together(names, hearts)) for _, hearts in sorted(sounding.items()) if len(hearts) > 1)
    for heart in names:
        yield from (("near", _together(names, (heart, other))) for other in _slips(heart) if other in names)
    yield from (("unit", _together(names, hearts)) for _, hearts in sorted(bases.items()) if len(hearts) > 1)


def _together(names: _Names, hearts: Iterable[str]) -> list[_Bearer]:
    return [bearer for heart in hearts for bearer in names[heart]]


def _slips(heart: str) -> Iterator[str]:
    """What is left when one character too many goes, or when two are exchanged; none that tells neighbours apart. A character
    for another is as often another name."""
    if len(heart) < _SHORTEST:
        return
    for at, letter in enumerate(heart):
        if letter not in _TELLING:
            if len(heart) > _SHORTEST:
                yield heart[:at] + heart[at + 1 :]
            following = heart[at + 1 : at + 2]
            if letter < following not in _TELLING:  # each exchange is found from one of the two
                yield heart[:at] + following + letter + heart[at + 2 :]


def _pairs(area: str, bearers: list[_Bearer]) -> Iterator[tuple[_Bearer, _Bearer]]:
    """Of one town; and each of no known town with each of the others."""
    towns: dict[str, list[_Bearer]] = defaultdict(list)
    for bearer in bearers:
        towns[bearer[0].value.town].append(bearer)
    for town, there in towns.items():
        if 1 < len(there) <= MANY:
            yield from combinations(there, 2)
        if town != area and area in towns and len(towns[area]) <= MANY:
            yield from product(towns[area], there)
