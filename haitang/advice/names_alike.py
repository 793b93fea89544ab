"""Which places have names that are the same, sound the same, or differ by a slip of the hand.

The rule: every name is filed under what it could be mistaken for, and only names filed together are compared, so that ten
thousand places cost little more than ten thousand looks. What tells neighbours apart (numbers, 南 and 北, 新 and 老) is no
slip.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import Literal

from rapidfuzz.distance import OSA

from haitang.model import Position
from haitang.pinyin import sounds
from haitang.world import Filed

# same: nothing differs but what many names share. sound: typed the same. near: one character more, less, exchanged.
# unit: only 村, 社区 and the like differ.
Likeness = Literal["same", "sound", "near", "unit"]
LIKENESSES: tuple[Likeness, ...] = ("same", "sound", "near", "unit")
MANY = 12  # as many share something: that is a pattern of names, and says nothing about two of them
_SHORTEST = 4  # characters of a heart of which one may be a slip
# What names of such places end with, whatever they are.
_TAIL = re.compile(r"(?:海棠花红|先锋|红色|党群|党员|党建|服务|中心|矩阵|阵地|驿站|站|点)+$")
_UNIT = re.compile(r"(?:社区|居委会|小区|行政村|自然村|村)$")
_CITY = re.compile(r"^(?:江苏省?)?(?:苏州市?)?(?:昆山市)?")
_NUMERALS = str.maketrans("〇一二三四五六七八九两", "01234567892")
_TELLING = frozenset("东南西北中前后上下左右内外新老大小甲乙丙丁第期区幢栋号楼弄十百0123456789")


@lru_cache(50_000)
def heart_of(name: str) -> str:
    """What tells a name from others: 昆山市邹家角社区党群服务站 → 邹家角社区. Empty where too little is left."""
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name).casefold()).translate(_NUMERALS)
    heart = _TAIL.sub("", _CITY.sub("", plain))
    return heart if len(heart) >= 2 else ""


def hearts_of(position: Position) -> tuple[str, ...]:
    """The hearts of all its names, its full name's first (which may be empty)."""
    others = (position.short_name, *position.aliases)
    return heart_of(position.name), *(heart for name in others if name and (heart := heart_of(name)))


def alike(places: Mapping[str, list[Filed[Position]]]) -> Iterator[tuple[Filed[Position], Filed[Position], Likeness, bool]]:
    """Pairs of places of one area (by its id) with names alike, the likeliest first: both, how, and whether by full names."""
    told = set[tuple[str, str]]()
    for likeness in LIKENESSES:
        for first, second, full in _pairs(places, likeness):
            if (first.file, second.file) not in told:
                told.add((first.file, second.file))
                yield first, second, likeness, full


def _pairs(
    places: Mapping[str, list[Filed[Position]]], likeness: Likeness
) -> Iterator[tuple[Filed[Position], Filed[Position], bool]]:
    groups: dict[Hashable, dict[str, tuple[Filed[Position], str, bool]]] = defaultdict(dict)
    for area, entries in places.items():
        for entry in entries:
            for at, heart in enumerate(hearts_of(entry.value)):
                for key in _keys(heart, likeness) if heart else ():
                    groups[area, key].setdefault(entry.file, (entry, heart, at == 0))
    for group in groups.values():
        if 1 < len(group) <= MANY:
            for (first, one, full), (second, other, too) in combinations(group.values(), 2):
                if likeness != "near" or _a_slip(one, other):
                    earlier, later = sorted((first, second), key=lambda entry: entry.file)
                    yield earlier, later, full and too


def _keys(heart: str, likeness: Likeness) -> Iterator[str]:
    """What a heart is filed under: with another that has a key in common it is compared."""
    if likeness == "same":
        yield heart
    elif likeness == "sound" and len(heart) > 2:
        yield sounds(heart)
    elif likeness == "near" and len(heart) >= _SHORTEST:
        yield heart
        yield from {heart[:at] + heart[at + 1 :] for at in range(len(heart))}
    elif likeness == "unit" and (base := _UNIT.sub("", heart)) != heart and len(base) > 1:
        yield base


def _a_slip(one: str, other: str) -> bool:
    """One character too many, or two exchanged; none that tells neighbours apart, and no character for another: that is as
    often another name."""
    if OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    if len(one) == len(other):
        return sorted(one) == sorted(other) and not _TELLING & {a for a, b in zip(one, other, strict=True) if a != b}
    longer, shorter = sorted((one, other), key=len, reverse=True)
    at = next((place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter))
    return longer[at] not in _TELLING
