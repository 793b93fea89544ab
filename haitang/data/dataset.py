"""Everything that was read, before it is known to agree with itself, and what a check finds in it.

The rule: a finding names a field by its path; where that stands in the file is looked up only when there is something to tell.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from haitang.core.problems import Value
from haitang.model.citations import CitedText
from haitang.model.cures.model_types import choices, field_type, is_list
from haitang.model.entries import Brand, Chapter, Entry, Pictures, Position, Route
from haitang.model.paths import SETTINGS_FILE, id_of
from haitang.model.settings import Settings

if TYPE_CHECKING:
    from haitang.media.features import Look

Path = tuple[str | int, ...]
Model = TypeVar("Model", bound=Entry)


@dataclass(frozen=True, slots=True)
class Filed(Generic[Model]):
    """A model and the file it came from (relative to the data root, with `/`)."""

    file: str
    value: Model

    @property
    def stem(self) -> str:
        return id_of(self.file)

    @property
    def folder(self) -> str:
        return self.file.split("/")[1]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem whose place is still a path into the file's fields; `key` points at the field's name, not its value, and
    `below` at a line of a long text."""

    file: str
    path: Path
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    key: bool = False
    below: int = 0

    @property
    def plain(self) -> tuple[Any, ...]:
        """For notes: all of it, its file first."""
        values = tuple((name, str(value) if isinstance(value, str) else value) for name, value in self.values.items())
        return self.file, self.path, self.code, values, self.key, self.below

    @staticmethod
    def of(file: str, path: Path, code: str, values: Iterable[tuple[str, Value]], key: bool, below: int) -> "Finding":
        return Finding(file, path, code, dict(values), key, below)


@dataclass(frozen=True)
class Dataset:
    """Everything that was read, not yet known to agree with itself."""

    settings: Settings
    positions: tuple[Filed[Position], ...]
    brands: tuple[Filed[Brand], ...]
    photos: frozenset[str]
    today: date
    unread: frozenset[str] = frozenset()  # stems of files with problems of their own: named elsewhere, they do exist
    photo_faults: Mapping[str, str] = field(default_factory=dict)  # file → problem code
    chapters: tuple[Filed[Chapter], ...] = ()
    routes: tuple[Filed[Route], ...] = ()
    photo_looks: "Mapping[str, Look]" = field(default_factory=dict)  # only where advice is asked for
    asked: frozenset[str] | None = None  # the files whose problems are wanted, None for all; of others only what tells them

    told: tuple[Finding, ...] = ()  # of entries by themselves, where somebody was asked
    has_settings: bool = True  # whether what is told of directory.yml by itself is wanted, as that of the entries that are here

    def wants(self, file: str) -> bool:
        """Whether what is told of a file is wanted."""
        return self.asked is None or file in self.asked

    def holding(self, entries: Iterable[Filed[Any]]) -> "Dataset":
        """With these entries, and nothing else to tell of."""
        kinds: dict[type[Entry], list[Filed[Any]]] = {Position: [], Brand: [], Chapter: [], Route: []}
        for entry in entries:
            kinds[entry.value.__class__].append(entry)
        positions, brands, chapters, routes = map(tuple, kinds.values())
        return replace(self, positions=positions, brands=brands, chapters=chapters, routes=routes, has_settings=False)

    def own(self, entries: Iterable[Filed[Any]]) -> Iterator[Filed[Any]]:
        """Those whose problems are wanted: what a check tells of an entry by itself, it need not ask of the others."""
        return iter(entries) if self.asked is None else (entry for entry in entries if entry.file in self.asked)

    def is_asked(self, entry: Filed[Any]) -> bool:
        """Whether what is told of it is wanted."""
        return self.asked is None or entry.file in self.asked

    def text_of(self, entry: Filed[Any]) -> str:
        """All texts of an entry but addresses of pages, a line each: to see whether any is worth a closer look."""
        if entry.file not in self._texts:
            self._texts[entry.file] = "\n".join(map(str, filter(None, _texts(entry.value))))
        return self._texts[entry.file]

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {}

    @cached_property
    def pictured(self) -> tuple[tuple[Filed[Any], Pictures], ...]:
        """The entries that name pictures, and directory.yml where it does, with those."""
        settings = [Filed(SETTINGS_FILE, self.settings)] if self.has_settings else []
        entries: tuple[Filed[Any], ...] = (*self.positions, *self.brands, *settings)
        return tuple((entry, pictures) for entry in entries if (pictures := entry.value.pictures))

    @cached_property
    def position_by_id(self) -> Mapping[str, Filed[Position]]:
        return {entry.value.id: entry for entry in self.positions}

    @cached_property
    def brand_by_id(self) -> Mapping[str, Filed[Brand]]:
        return {entry.value.id: entry for entry in self.brands}

    @cached_property
    def named_elsewhere(self) -> frozenset[str]:
        """Names of files that exist but are not called so inside: whoever refers to them is not the one to mend it."""
        return self.unread.union(entry.stem for entry in self.entries if not entry.file.endswith(f"/{entry.value.id}.yml"))

    @property
    def kinds(self) -> tuple[tuple[Filed[Any], ...], ...]:
        """Positions, brands, chapters and routes apart: their ids live in different folders."""
        return self.positions, self.brands, self.chapters, self.routes

    @property
    def entries(self) -> Iterator[Filed[Any]]:
        """All files of all kinds, positions first."""
        for entries in self.kinds:
            yield from entries

    @property
    def files(self) -> Iterator[Filed[Any]]:
        """The entries and directory.yml."""
        yield from self.entries
        if self.has_settings:
            yield Filed(SETTINGS_FILE, self.settings)


class _Texts(NamedTuple):
    """Where texts stand in entries of a kind: in these fields, in lists, in other entries, and in lists of those."""

    plain: Callable[[dict[str, Any]], tuple[str | CitedText | None, ...]]
    lists: tuple[str, ...]
    inner: tuple[str, ...]
    inner_lists: tuple[str, ...]


@cache
def _texts_of(kind: type[Entry]) -> _Texts:
    names = [name for name in kind.model_fields if not name.endswith("url")]
    types = {name: field_type(kind, (name,)) for name in names}
    many = {name for name in names if is_list(kind.model_fields[name].annotation)}
    texts = {name for name in names if types[name] in (str, CitedText) or choices(types[name])}
    inner = {name for name in names if isinstance(types[name], type) and issubclass(types[name], Entry)}
    plain = [name for name in names if name in texts - many]
    getter = itemgetter(*plain) if len(plain) > 1 else lambda own: tuple(map(own.__getitem__, plain))
    return _Texts(getter, *(tuple(sorted(found)) for found in (texts & many, inner - many, inner & many)))


def _texts(value: Entry) -> list[str | CitedText | None]:
    own = value.__dict__
    plain, lists, inner, inner_lists = _texts_of(value.__class__)
    found: list[str | CitedText | None] = [*plain(own)]
    for name in lists:
        found += own[name]
    for name in inner:
        if own[name]:
            found += _texts(own[name])
    for name in inner_lists:
        for part in own[name]:
            found += _texts(part)
    return found
