"""A whole directory of made-up positions, every field filled as in a full real entry.

The rule: seeded and byte for byte the same on every machine and Python: the only chance used is `random.random()`, whose
sequence Python promises for a seed, and files are written with LF ends in a fixed order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

from benchmarks import word_lists as words
from benchmarks.synthetic_entries import Facts, brand_yaml, directory_yaml, position_yaml

SEED = 2018
POSITIONS_A_BRAND = 50
# The box every point lies in, WGS-84 degrees: west, south, east, north.
BOX = (120.8058, 31.1094, 121.1511, 31.5433)
MOST = len(words.TOWNS) * len(words.PLACES) ** 2 * len(words.QUARTERS)  # positions that can be named differently
_SPREAD = 0.035  # degrees; about 3.5 km around the town's centre

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the position files in order of writing, and the ids of brands and towns."""

    positions: tuple[Path, ...]
    brands: tuple[str, ...]
    towns: tuple[str, ...]


class Dice:
    """Choices drawn from `random.random()` alone: `choice` and `sample` may change between Python versions."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random

    def below(self, limit: int) -> int:
        """0 … limit - 1."""
        return int(self._random() * limit)

    def one(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def some(self, items: Sequence[T], least: int, most: int) -> tuple[T, ...]:
        """Between `least` and `most` different items, in a drawn order."""
        left = list(items)
        return tuple(left.pop(self.below(len(left))) for _ in range(least + self.below(most - least + 1)))

    def between(self, low: float, high: float) -> float:
        return low + self._random() * (high - low)


def write_directory(folder: Path, n: int, seed: int = SEED) -> Written:
    """Write `n` positions, n/50 brands (at least one) and directory.yml into `folder`, which is made where it is missing.

    The first position of each town is its centre, and the rest are spread evenly over the towns. Raises ValueError for
    `n` below 1 or above MOST.
    """
    if not 1 <= n <= MOST:
        raise ValueError(f"n must be between 1 and {MOST:,}, not {n}")
    dice = Dice(seed)
    brands = tuple(f"brand-{number:03d}" for number in range(1, max(1, n // POSITIONS_A_BRAND) + 1))
    _write(folder / "directory.yml", directory_yaml(BOX))
    for number, brand in enumerate(brands):
        _write(folder / "brands" / f"{brand}.yml", brand_yaml(dice, brand, number))
    positions: list[Path] = []
    parents: dict[str, list[str]] = {}
    for number in range(n):
        facts = _facts(dice, number, brands, parents)
        path = folder / "positions" / facts.town / f"{facts.id}.yml"
        _write(path, position_yaml(dice, facts))
        positions.append(path)
    return Written(tuple(positions), brands, tuple(town[0] for town in words.TOWNS))


def _facts(dice: Dice, number: int, brands: Sequence[str], parents: dict[str, list[str]]) -> Facts:
    """What hangs together in one entry: its place in the hierarchy, its name and its point.

    `parents` holds the ids of a town's centre and first stations so far; a station's parent is the centre, and so on
    upwards, so that no cycle can arise.
    """
    order, which = divmod(number, len(words.TOWNS))
    town, town_name, lon, lat = words.TOWNS[which]
    first, second = _place_pair(order, which)
    tier = _tier(dice, order)
    known = parents.setdefault(town, [])
    parent = None if tier == "centre" else known[0] if tier == "station" else dice.one(known)
    quarter = words.QUARTERS[order // len(words.PLACES) ** 2]
    id_ = f"{town}-{first[1]}-{second[1]}{quarter[1]}"
    if tier in ("centre", "station") and len(known) < 200:
        known.append(id_)
    return Facts(
        id=id_,
        town=town,
        town_name=town_name,
        place=f"{first[0]}{second[0]}{quarter[0]}",
        tier=tier,
        parent=parent,
        brands=dice.some(brands, 1, min(2, len(brands))),
        lon=_within(lon + dice.between(-_SPREAD, _SPREAD), BOX[0], BOX[2]),
        lat=_within(lat + dice.between(-_SPREAD, _SPREAD), BOX[1], BOX[3]),
    )


def _place_pair(order: int, which_town: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """The order-th pair of place words of a town. The second word walks with the first, so that neighbours do not look
    alike, and from another start in each town; a pair comes once in 3,600, which makes names unique within a town."""
    count = len(words.PLACES)
    return words.PLACES[order % count], words.PLACES[(order * 7 + order // count + which_town * 4 + 11) % count]


def _tier(dice: Dice, order: int) -> str:
    """One centre a town, then about 74 % stations, 23 % points and a few others: the published 4/158/48."""
    if order == 0:
        return "centre"
    drawn = dice.below(100)
    return "station" if drawn < 74 else "point" if drawn < 97 else "other"


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low + 0.001), high - 0.001)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
