"""Entries as they were read when the data was last looked at, so that a look at one file need not read all others.

The rule: a cache may be slow and never wrong. A file is believed to be as it was only while all that the system says of it, or
every byte of it, is the same; a field that was not kept is read from the file when somebody asks for it. Any doubt, a damaged
note, another version of this program: the file is read anew.
"""

import errno
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from haitang.core.atomic_files import write_atomic
from haitang.core.decoding import read_regular
from haitang.core.digests import digest_of
from haitang.core.pinyin import known_sounds, recall_sounds
from haitang.core.problems import Problem
from haitang.model.entries import Brand, Entry, Location, Position
from haitang.model.validation import read
from haitang.source.parser import MAX_BYTES, Fields, read_file

Model = TypeVar("Model", bound=Entry)
_PROGRAM = Path(__file__).resolve().parents[1]
FOLDER = Path(".cache", "check")  # below the project
# What most rules compare other entries by: it is kept where all others are not, which are ten times as many.
_KEPT = (
    "id", "name", "short_name", "aliases", "former_ids", "tier", "town", "community", "host", "address", "location", "status",
    "successor", "parent", "phone", "brands",
)  # fmt: skip
_LISTS = ("aliases", "former_ids", "brands")
_MOST_NOTES = 8  # data roots; some megabytes each, where there are thousands of entries
_SETTLED_NS = 2_000_000_000  # a file changed a moment ago may be changed again and keep its time


class ParseCache:
    """Entries by their files, as they were read a moment ago."""

    def __init__(self, entries: Iterable[tuple[str, Entry]] = ()) -> None:
        self.entries: dict[str, Entry] = dict(entries)

    def recall(self, model: type[Model], file: str, path: str) -> Model | None:  # noqa: ARG002 - others need where it lies
        """The entry in a file that is as it was (`path` is where it lies); None where it must be read."""
        entry = self.entries.get(file)
        return entry if isinstance(entry, model) else None

    def keep(self, file: str, entry: Entry) -> None:
        """What was read without a problem, or recalled."""
        self.entries[file] = entry


class ContentCache(ParseCache):
    """For two states of the data in different folders: what `earlier` has read of the same bytes is not read again."""

    def __init__(self, earlier: "ContentCache | None" = None) -> None:
        super().__init__()
        self._bytes: dict[str, bytes] = {}
        self._earlier = earlier

    def recall(self, model: type[Model], file: str, path: str) -> Model | None:
        content = read_regular(Path(path), file, MAX_BYTES)
        if isinstance(content, Problem):
            return None
        self._bytes[file] = content
        same = self._earlier is not None and self._earlier._bytes.get(file) == content
        return ParseCache.recall(self._earlier, model, file, path) if same and self._earlier else None


class StoredCache(ParseCache):
    """What is known of the files below `root` from an earlier run, all but those that are `asked` about. `folder` is where the
    notes of all data roots are kept."""

    def __init__(self, root: Path, folder: Path, asked: frozenset[str]) -> None:
        super().__init__()
        self._root, self._asked = root, asked
        self._note = folder / f"{blake2b(os.fsencode(root), digest_size=16).hexdigest()}.json"
        self._version = digest_of([("haitang", _PROGRAM), ("packages", _PROGRAM.parent / "requirements" / "site.txt")])
        self._sounds: Mapping[str, str] = {}
        self._notes: dict[str, Any] = self._read()
        self._seen: dict[str, list[int]] = {}
        self.recalled: dict[str, Any] = {}

    def recall(self, model: type[Model], file: str, path: str) -> Model | None:
        if model not in (Position, Brand) or file in self._asked:
            return None
        try:
            facts = os.lstat(path)
        except OSError:
            return None
        seen = self._seen[file] = [facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, facts.st_mode]
        with suppress(TypeError, ValueError, KeyError, AttributeError, IndexError):
            was, kept, rest = self._notes[file]
            if was == seen:
                entry = _recalled(model, kept, rest, lambda: _whole(model, file, path))
                self.recalled[file] = self._notes[file]
                return entry
        return None

    def store(self) -> None:
        """Notes what was read, for the next time. That it cannot be written down is no harm."""
        now = time.time_ns()
        notes = {
            file: self.recalled.get(file) or [seen, *_noted(entry)]
            for file, entry in self.entries.items()
            if (seen := self._seen.get(file)) and max(seen[1], seen[2]) < now - _SETTLED_NS
        }
        sounds = known_sounds()
        if notes.keys() <= self.recalled.keys() and sounds.keys() <= self._sounds.keys():
            return
        with suppress(OSError):
            write_atomic(self._note, json.dumps({"version": self._version, "files": notes, "sounds": sounds}))
            for old in sorted(self._note.parent.iterdir(), key=lambda note: note.stat().st_mtime_ns)[:-_MOST_NOTES]:
                old.unlink()

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError, AttributeError):
            note = json.loads(self._note.read_text("utf-8"))
            sounds = note["sounds"]
            if note["version"] == self._version and all(isinstance(sound, str) for sound in sounds.values()):
                recall_sounds(sounds)
                self._sounds = sounds
                return dict(note["files"])
        return {}


def _noted(entry: Entry) -> tuple[dict[str, Any], list[str]]:
    """What is kept of an entry's fields, and the names of the other fields that say something."""
    usual = _defaults(type(entry))
    given = {name: value for name, value in entry.__dict__.items() if name not in usual or value != usual[name]}
    kept = {name: given.pop(name) for name in _KEPT if name in given}
    if isinstance(place := kept.get("location"), Location):
        kept["location"] = [place.lon, place.lat, place.crs, place.precision]
    return kept, list(given)


def _whole(model: type[Model], file: str, path: str) -> Model:
    """Raises OSError where the file is not any more what it was when it was recalled."""
    tree = read_file(Path(path), file)
    entry = read(model, tree, file) if isinstance(tree, Fields) else tree
    if isinstance(entry, list):
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), path)
    return entry


def _recalled(model: type[Model], kept: dict[str, Any], rest: list[str], whole: Callable[[], Model]) -> Model:
    """An entry that knows what was kept and reads the `whole` of it when it is asked for the `rest`. Building it as pydantic
    does without checks takes ten times as long."""
    fields = {**_defaults(model), **kept}
    for name in rest:
        fields.pop(name, None)
    fields |= {name: tuple(fields[name]) for name in _LISTS if name in kept}
    if place := kept.get("location"):
        lon, lat, crs, precision = place
        fields["location"] = Location.model_construct(lon=float(lon), lat=float(lat), crs=crs, precision=precision)
    entry: Model = object.__new__(_lazy(model))
    _DICT.__set__(entry, {**fields, _WHOLE: whole} if rest else fields)
    for name in ("fields_set", "extra", "private"):
        object.__setattr__(entry, f"__pydantic_{name}__", set() if name == "fields_set" else None)
    return entry


@cache
def _defaults(model: type[Entry]) -> Mapping[str, Any]:
    fields = model.model_fields.items()
    return {name: field.get_default(call_default_factory=True) for name, field in fields if not field.is_required()}


_WHOLE = "whole"  # no field is called so
# The place of an instance's fields, past the property below.
_DICT = next(base.__dict__["__dict__"] for base in Entry.__mro__ if "__dict__" in base.__dict__)


@cache
def _lazy(model: type[Model]) -> type[Model]:
    """The model, its instances reading their file when a field is asked for that was not kept, or all of them."""

    def fields(entry: Entry) -> dict[str, Any]:
        own: dict[str, Any] = _DICT.__get__(entry)
        if whole := own.get(_WHOLE):
            own |= _DICT.__get__(whole())  # where that raises, it will again
            del own[_WHOLE]
        return own

    def asked(entry: Entry, name: str) -> Any:
        try:
            if name in model.model_fields:
                return fields(entry)[name]
        except KeyError as unknown:
            raise AttributeError(name) from unknown
        raise AttributeError(name)

    # Not by pydantic's way of making classes: that would make the schema anew.
    own_ways = {"__dict__": property(fields, _DICT.__set__), "__getattr__": asked}
    lazy: type[Model] = type.__new__(type(model), model.__name__, (model,), own_ways)
    return lazy
