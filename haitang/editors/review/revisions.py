"""Both sides of a change: as folders, what git has of the base and the head as it lies there or as git has it; and each read as
far as it can be.

The rule: nothing in a working tree is touched. A fault never hides the rest: what is sound comes from `load`; a changed file
that is not sound is read once more for what can be made out, and what cannot be read at all is named.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from haitang.checks.load import inspect
from haitang.core.disk.scratch import scratch
from haitang.core.leftovers import is_leftover
from haitang.core.problems import Problem
from haitang.data.directory import Directory
from haitang.data.git import changed_from, parting, snapshot
from haitang.data.loader import Snapshot
from haitang.data.parse_cache import ParseCache
from haitang.editors.baseline import link_pictures
from haitang.editors.review.git_changes import Altered, altered, messages
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
class State:
    """The data below `root`, but the `changed` files as they are below `other`, as `Snapshot` has them."""

    root: Path
    other: Path | None = None
    changed: frozenset[str] = frozenset()

    def snapshot(self, cache: ParseCache) -> Snapshot:
        return Snapshot(self.root, None, self.other, self.changed, cache)


@dataclass(frozen=True)
class Sides:
    """`changed` are the files of the data that are not the same on both sides, `others` those that are no data; `altered` is
    what git has of all of them, `said` what the commits between the two say."""

    base: State
    head: State
    changed: frozenset[str]
    others: tuple[str, ...]
    altered: Mapping[str, Altered] = field(default_factory=dict)
    said: str = ""


@contextmanager
def sides(root: Path, base: str, head: str | None) -> Iterator[Sides]:
    """The sides of what happened to `root` since it left `base`, as long as they are needed. Of files that are as they lie
    there, nothing is written. Raises NoSuchRevision."""
    start = parting(root, base, head or "HEAD")
    changed = altered(root, start, head)
    data = frozenset(filter(_is_data, changed))
    # What lies there is neither side's where it is not as `head` has it.
    moved = frozenset(filter(_is_data, changed_from(root, head, ignored=True))) if head else frozenset[str]()
    with scratch("review") as folder:
        before, after = folder / "base", folder / "head"
        states = State(root, before, data | moved), State(root, after, moved) if moved else State(root)
        for state, revision in zip(states, (start, head or start), strict=True):
            if state.other:
                write_files(root, revision, state.other, state.changed)
        yield Sides(*states, data, tuple(sorted(changed.keys() - data)), changed, messages(root, start, head or "HEAD"))


def _is_data(file: str) -> bool:
    parts = file.split("/")
    return parts[0] in PARTS and not any(map(is_leftover, parts))


def write_files(root: Path, revision: str, folder: Path, files: frozenset[str]) -> None:
    """Some files as they were at a revision, and all pictures where one is among them."""
    folder.mkdir()
    if files:
        snapshot(root, revision, folder, sorted(files) if len(files) <= _ONE_BY_ONE else PARTS)
    if len(files) > _ONE_BY_ONE:
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            if path.relative_to(folder).as_posix() not in files:
                path.unlink()
    if any(file.startswith(f"{FOLDER}/") for file in files):
        link_pictures(root, folder, files)


@dataclass(frozen=True)
class Side:
    """`entries` are by file; `unread` are changed files nothing could be made of, `flawed` the fields of others that cannot be
    read."""

    state: State
    settings: Settings | None
    entries: Mapping[str, Entry]
    unread: frozenset[str]
    problems: tuple[Problem, ...]
    sound: bool
    flawed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, kind: EntryKind) -> Iterator[tuple[str, Any]]:
        """Files and entries of a kind."""
        return iter(self._kinds.get(FOLDERS[kind], ()))

    @cached_property
    def _kinds(self) -> Mapping[str, list[tuple[str, Any]]]:
        kinds: dict[str, list[tuple[str, Any]]] = {}
        for file, entry in self.entries.items():
            kinds.setdefault(file.partition("/")[0], []).append((file, entry))
        return kinds

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


def read_side(state: State, changed: Iterable[str], today: date, cache: ParseCache, pictures: Path | None = None) -> Side:
    """The data of a state. `changed` names the files that are looked at closely; `pictures` is where those are remembered."""
    side = state.snapshot(cache)
    report = inspect(side, today, Album(side.pictures, pictures, only_looking=True))
    sound = report.dataset is not None and not any(problem.level == "error" for problem in report.problems)
    read_well = dict(cache.entries)
    unread, flawed = set(), {}
    for file in sorted(set(changed) - set(read_well)):
        model = Settings if file == SETTINGS_FILE else MODELS[kind] if (kind := kind_of(file)) else None
        if model and side.path(file).is_file() and not side.path(file).is_symlink():
            value, flawed[file] = made_out(model, side.below(file), file)
            if value is None:
                unread.add(file)
            else:
                read_well[file] = value
    settings = read_well.pop(SETTINGS_FILE, None)
    entries = dict(sorted(read_well.items()))
    own = settings if isinstance(settings, Settings) else None
    return Side(state, own, entries, frozenset(unread), report.problems, sound, flawed)


def completed(side: Side, other: Side) -> Side:
    """What cannot be read on a side is taken to be as it is on the other: a slip of the hand closes no place and moves no
    figure."""
    entries = {**side.entries, **{file: other.entries[file] for file in side.unread if file in other.entries}}
    for file, names in side.flawed.items():
        if file in side.entries and (whole := other.entries.get(file)) and whole.__class__ is side.entries[file].__class__:
            entries[file] = side.entries[file].model_copy(update={name: getattr(whole, name) for name in names})
    return replace(side, entries=dict(sorted(entries.items())))


def made_out(model: type[Any], root: Path, file: str) -> tuple[Any, frozenset[str]]:
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
