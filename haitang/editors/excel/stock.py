"""The entries as their files say them, in plain values: what a sheet shows and what a change is compared with.

The rule: nothing is read into the model here, so that a value that is wrong today can be seen and mended.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from haitang.core.problems import Problem
from haitang.editors.excel.names import Names, names_of
from haitang.model.paths import EntryKind, entry_files, id_of, is_in_place
from haitang.model.settings import Settings
from haitang.model.types import TIERS
from haitang.source.parser import Fields, Items, read_file


@dataclass(frozen=True, slots=True)
class Stored:
    """One entry: its file relative to the root, and its values as texts, lists and dicts."""

    kind: EntryKind
    file: str
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        return id_of(self.file)

    @property
    def name(self) -> str:
        return self.text("name")

    @property
    def town(self) -> str:
        return self.text("town")

    def text(self, field: str) -> str:
        """A field's text, empty where it has none."""
        value = self.values.get(field)
        return value if isinstance(value, str) else ""


def stock(root: Path, kinds: Iterable[EntryKind]) -> tuple[list[Stored], list[Problem]]:
    """All entries of these kinds, sorted by file, and what is wrong with the files that cannot be read."""
    entries, problems = [], []
    for kind in kinds:
        for file in filter(is_in_place, entry_files(root, [kind])):
            tree = read_file(root / file, file)
            if isinstance(tree, Fields):
                entries.append(Stored(kind, file, _plain(tree)))
            else:
                problems.extend(tree)
    return entries, problems


def _plain(node: Any) -> Any:
    if isinstance(node, Fields):
        return {str(name): _plain(value) for name, value in node.items()}
    return [_plain(item) for item in node] if isinstance(node, Items) else str(node)


def in_order(entries: Iterable[Stored], settings: Settings) -> list[Stored]:
    """Positions by town and tier as everywhere, the others by id."""
    towns = [place.id for area in settings.areas for place in area.places]
    rank = {town: at for at, town in enumerate(towns)}
    tiers = {str(tier): at for at, tier in enumerate(TIERS)}

    def place(entry: Stored) -> tuple[int, int, str]:
        if entry.kind != "position":
            return 0, 0, entry.id
        return rank.get(entry.town, len(rank)), tiers.get(entry.text("tier"), len(tiers)), entry.id

    return sorted(entries, key=place)


def names(settings: Settings, entries: Iterable[Stored]) -> Names:
    """What these entries and the towns are called."""
    found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {"position": [], "brand": []}
    for entry in entries:
        if entry.kind in found:
            found[entry.kind].append((entry.id, entry.name, (entry.text("short_name"),)))
    return names_of(settings, found)
