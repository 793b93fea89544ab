"""One side of a change: a folder of data, read as far as it can be.

The rule: a fault never hides the rest. What is sound comes from `directory.load`; a changed file that is not sound is read once
more for what can be made out, and what cannot be read at all is named.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from haitang.checks.load import load
from haitang.core.problems import InvalidDirectory, Problem, ordered
from haitang.data.dataset import SETTINGS_FILE
from haitang.data.directory import Directory
from haitang.data.memory import Memory
from haitang.media.image_store import FOLDER, Album
from haitang.model.entries import Entry, Position
from haitang.model.field_specs import FOLDERS, MODELS, EntryKind
from haitang.model.settings import Settings
from haitang.model.types import GONE
from haitang.model.validation import read
from haitang.site.page import addresses, printed
from haitang.source.parser import Fields, Flawed, read_file

# What a review looks at; whatever else a change touches is only named.
PARTS = (*FOLDERS.values(), FOLDER, "map", SETTINGS_FILE)


@dataclass(frozen=True)
class Side:
    """`entries` are by file; `unread` are changed files nothing could be made of, `flawed` the fields of others that cannot be
    read."""

    root: Path
    settings: Settings | None
    entries: Mapping[str, Entry]
    unread: frozenset[str]
    problems: tuple[Problem, ...]
    sound: bool
    flawed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, kind: EntryKind) -> Iterator[tuple[str, Any]]:
        """Files and entries of a kind."""
        model = MODELS[kind]
        return ((file, entry) for file, entry in self.entries.items() if type(entry) is model)

    def by_id(self, kind: EntryKind) -> dict[str, Any]:
        return {entry.id: entry for _, entry in self.of(kind)}

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """What ids are called: by relation and id."""
        found: dict[tuple[str, str], str] = {(kind, entry.id): entry.name for kind in FOLDERS for _, entry in self.of(kind)}
        if self.settings:
            found.update({("town", place.id): place.name for area in self.settings.areas for place in area.places})
            found.update({("activity_kind", kind.id): kind.name for kind in self.settings.activity_kinds})
            found.update({("tier", tier.id): tier.short_name for tier in self.settings.tiers})
        return found

    @cached_property
    def _directory(self) -> Directory:
        """As far as addresses need one, whether the side is sound or not. Without settings there are no towns and no tiers."""
        settings = self.settings or Settings.model_construct(title="", areas=(), tiers=())
        positions, brands, routes, chapters = (
            tuple(entry for _, entry in self.of(kind)) for kind in ("position", "brand", "route", "chapter")
        )
        return Directory(settings, positions, brands, {}, chapters=chapters, routes=routes)

    @cached_property
    def pages(self) -> frozenset[str]:
        """The addresses of its pages; further pages of long lists are not among them."""
        return frozenset(addresses(self._directory))

    @cached_property
    def codes(self) -> dict[str, Any]:
        """As `page.printed`."""
        return printed(self._directory)

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """In use, as they are counted on the site."""
        return tuple(entry for _, entry in self.of("position") if entry.status not in GONE)


def kind_of(file: str) -> EntryKind | None:
    """The kind of entry a file holds, by its folder."""
    folder, _, name = file.partition("/")
    return next((kind for kind, own in FOLDERS.items() if folder == own and name.endswith(".yml")), None)


def read_side(root: Path, changed: Iterable[str], today: date, memory: Memory, kept: Path | None = None) -> Side:
    """The data below `root`. `changed` names the files that are looked at closely; `kept` is where pictures are remembered."""
    sound = True
    try:
        problems = load(root, today=today, album=Album(root, kept, only_looking=True), advised=True, memory=memory).remarks
    except InvalidDirectory as invalid:
        problems, sound = ordered(invalid.problems), False
    read_well = dict(memory.values)
    unread, flawed = set(), {}
    for file in sorted(set(changed) - set(read_well)):
        model = Settings if file == SETTINGS_FILE else MODELS[kind] if (kind := kind_of(file)) else None
        if model and (root / file).is_file():
            value, flawed[file] = _made_out(model, root, file)
            if value is None:
                unread.add(file)
            else:
                read_well[file] = value
    settings = read_well.pop(SETTINGS_FILE, None)
    entries = {file: entry for file, entry in sorted(read_well.items()) if isinstance(entry, Entry)}
    own = settings if isinstance(settings, Settings) else None
    return Side(root, own, entries, frozenset(unread), problems, sound, flawed)


def completed(side: Side, other: Side) -> Side:
    """What cannot be read on a side is taken to be as it is on the other: a slip of the hand closes no place and moves no
    figure."""
    entries = {**side.entries, **{file: other.entries[file] for file in side.unread if file in other.entries}}
    for file, names in side.flawed.items():
        if file in side.entries and (known := other.entries.get(file)) and type(known) is type(side.entries[file]):
            entries[file] = side.entries[file].model_copy(update={name: getattr(known, name) for name in names})
    return replace(side, entries=dict(sorted(entries.items())))


def _made_out(model: type[Any], root: Path, file: str) -> tuple[Any, frozenset[str]]:
    """What can be made out of a file with faults: the top fields that are sound, and which are not. None where it is not
    clear which entry it is."""
    tree = read_file(root / file, file)
    left_out: set[str] = set()
    if isinstance(tree, Flawed):
        left_out.update(_fields_at(tree, tree.tree))
        tree = tree.tree
    if not isinstance(tree, Fields):
        return None, frozenset()
    value = read(model, tree, file)
    while isinstance(value, list):
        bad = _fields_at(value, tree)
        if not bad:
            return None, frozenset()
        for name in bad:
            del tree[name]
        left_out.update(bad)
        value = read(model, tree, file)
    return value, frozenset(left_out & set(model.model_fields))


def _fields_at(problems: Iterable[Problem], tree: Fields) -> set[str]:
    return {str(name) for name in tree if any(_stands_at(problem, tree, str(name)) for problem in problems)}


def _stands_at(problem: Problem, tree: Fields, name: str) -> bool:
    """Whether a problem lies in the lines of a top field."""
    keys: list[Any] = [*tree, *tree.blank.values()]
    lines = sorted(int(key.line) for key in keys)
    first = next(int(key.line) for key in keys if key == name)
    last = next((line for line in lines if line > first), 1 << 30)
    return first <= problem.place.line < last
