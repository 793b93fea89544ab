"""The data root as plain dicts, for the peers that need Markdown written for them.

The rule: reads only what the synthetic generator writes; it is no second reader of the schema.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]

STATUS_NAMES = {
    "planned": "筹建",
    "upgrading": "提升改造",
    "open": "开放",
    "paused": "暂停开放",
    "closed": "已撤销",
    "merged": "已合并",
}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_DAYS = {"周一至周五": range(5), "周六": (5,), "周日": (6,), "周末": (5, 6), "每天": range(7), "24小时": range(7)}


@dataclass(frozen=True, slots=True)
class Entries:
    """Everything in a data root, and who belongs to whom. Keys are ids, lists are in file order."""

    directory: Entry
    positions: dict[str, Entry]
    brands: dict[str, Entry]
    towns: dict[str, Entry]
    tiers: dict[str, Entry]
    in_town: dict[str, list[Entry]] = field(default_factory=dict)
    in_tier: dict[str, list[Entry]] = field(default_factory=dict)
    of_brand: dict[str, list[Entry]] = field(default_factory=dict)
    children: dict[str, list[Entry]] = field(default_factory=dict)


def read_entries(root: Path) -> Entries:
    """All entries of the data root, every scalar a text."""
    directory = _read(root / "directory.yml")
    positions = {path.stem: _read(path) for path in sorted(root.glob("positions/*/*.yml"))}
    everything = positions.values()
    return Entries(
        directory=directory,
        positions=positions,
        brands={path.stem: _read(path) for path in sorted(root.glob("brands/*.yml"))},
        towns={town["id"]: town for area in directory["areas"] for town in area["towns"]},
        tiers={tier["id"]: tier for tier in directory["tiers"]},
        in_town=_grouped((position["town"], position) for position in everything),
        in_tier=_grouped((position["tier"], position) for position in everything),
        of_brand=_grouped((brand, position) for position in everything for brand in position["brands"]),
        children=_grouped((position["parent"], position) for position in everything if "parent" in position),
    )


def week(hours: str) -> list[tuple[str, list[str]]]:
    """`周一至周五 08:30-11:30, 13:30-17:00；周六 …` → seven (day, spans); no spans means closed."""
    spans: list[list[str]] = [[] for _ in WEEKDAYS]
    for rule in hours.split("；"):
        days, _, times = rule.partition(" ")
        for day in _DAYS[days]:
            spans[day] = [span.replace("-", "–") for span in re.split(r", *", times)] if times else ["00:00–24:00"]
    return list(zip(WEEKDAYS, spans, strict=True))


def grouped_services(directory: Entry, services: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Services under the headings of the vocabulary."""
    group = {term["name"]: term["group"] for term in directory["vocabularies"]["services"]}
    headings: dict[str, list[str]] = defaultdict(list)
    for service in services:
        headings[group[service]].append(service)
    return list(headings.items())


def _read(path: Path) -> Entry:
    entry: Entry = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # a BaseLoader makes nothing but texts
    return entry


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        groups[key].append(entry)
    return dict(groups)
