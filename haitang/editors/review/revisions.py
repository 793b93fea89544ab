"""Both sides of a change: as folders, what git has of the base and the head as it lies there or as git has it; and each read as
far as it can be.

The rule: nothing in a working tree is touched. A fault never hides the rest: what is sound comes from `load`; a changed file
that is not sound is read once more for what can be made out, and what cannot be read at all is named.
"""

import os
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from haitang.checks.load import load
from haitang.core.problems import InvalidDirectory, Problem, ordered
from haitang.data.directory import Directory
from haitang.data.git import changed_since, difference, parting, snapshot
from haitang.data.parse_cache import ContentCache
from haitang.media.image_store import FOLDER, Album
from haitang.model.entries import Entry, Position
from haitang.model.field_specs import MODELS
from haitang.model.paths import FOLDERS, SETTINGS_FILE, EntryKind, kind_of
from haitang.model.settings import Settings
from haitang.model.types import GONE
from haitang.model.validation import read
from haitang.site.page import addresses, printed
from haitang.source.parser import Fields, Flawed, read_file

# What a review looks at; whatever else a change touches is only named.
PARTS = (*FOLDERS.values(), FOLDER, "map", SETTINGS_FILE)
_ONE_BY_ONE = 500  # files that git is asked for; of more, everything is written


@dataclass(frozen=True)
class Folders:
    """`others` are changed files that are no data."""

    base: Path
    head: Path
    others: tuple[str, ...]


@contextmanager
def folders(root: Path, base: str, head: str | None) -> Iterator[Folders]:
    """The sides of what happened to `root` since it left `base`, as long as they are needed. Raises NoSuchRevision."""
    start = parting(root, base, head or "HEAD")
    changed = difference(root, start, head) if head else changed_since(root, base)
    data = {file for file in changed if file.split("/", 1)[0] in PARTS}
    others = tuple(sorted(changed - data))
    with TemporaryDirectory(prefix="haitang-review-") as folder:
        before, after = Path(folder) / "base", Path(folder) / "head" if head else root
        if head:
            snapshot(root, head, after, PARTS)
        before.mkdir()
        if len(data) > _ONE_BY_ONE:
            snapshot(root, start, before, PARTS)
        else:
            _link(after, before, data)
            if data:
                snapshot(root, start, before, sorted(data))
        yield Folders(before, after, others)


def _link(source: Path, target: Path, without: Container[str]) -> None:
    """The files of the data in another folder, without some: linked where that can be, and not copied."""
    for part in PARTS:
        found = [source / part] if (source / part).is_file() else []
        found += [Path(folder, name) for folder, _, names in os.walk(source / part) for name in names]
        for path in found:
            file = path.relative_to(source).as_posix()
            if file in without or path.is_symlink() or not path.is_file():
                continue
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            try:
                (target / file).hardlink_to(path)
            except OSError:  # another disk, or one without links
                shutil.copyfile(path, target / file)


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


def read_side(root: Path, changed: Iterable[str], today: date, cache: ContentCache, pictures: Path | None = None) -> Side:
    """The data below `root`. `changed` names the files that are looked at closely; `pictures` is where those are remembered."""
    sound = True
    try:
        problems = load(root, today=today, album=Album(root, pictures, only_looking=True), advised=True, cache=cache).remarks
    except InvalidDirectory as invalid:
        problems, sound = ordered(invalid.problems), False
    read_well = dict(cache.entries)
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
    entries = dict(sorted(read_well.items()))
    own = settings if isinstance(settings, Settings) else None
    return Side(root, own, entries, frozenset(unread), problems, sound, flawed)


def completed(side: Side, other: Side) -> Side:
    """What cannot be read on a side is taken to be as it is on the other: a slip of the hand closes no place and moves no
    figure."""
    entries = {**side.entries, **{file: other.entries[file] for file in side.unread if file in other.entries}}
    for file, names in side.flawed.items():
        if file in side.entries and (whole := other.entries.get(file)) and type(whole) is type(side.entries[file]):
            entries[file] = side.entries[file].model_copy(update={name: getattr(whole, name) for name in names})
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
    """The top fields in whose lines a problem lies."""
    keys: list[Any] = [*tree, *tree.blank.values()]
    starts = sorted({int(key.line) for key in keys})
    lines = {next((start for start in reversed(starts) if start <= problem.place.line), 0) for problem in problems}
    return {str(name) for name in keys if name in tree and int(name.line) in lines}
