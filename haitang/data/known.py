"""What was read of the files of a data root when it was last looked at, so that a look at one file need not read all others.

The rule: only what other entries may be compared with is kept, and it is believed only while the file is, by all that the
system says of it, the one that was read. Any doubt, a damaged note, another version of this program: the file is read anew.
"""

import json
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from haitang.core.digests import digest_of
from haitang.core.pinyin import known_sounds, recall_sounds
from haitang.data.dataset import Filed, World
from haitang.model.entries import Brand, Location, Photo, Position, photo_files

_PROGRAM = Path(__file__).resolve().parents[1]
KEPT = Path(".cache", "check")  # below the project
_KINDS = (Position, Brand)
# What entries are compared by, with each other and with what refers to them; and, as `photos`, the pictures they name.
_COMPARED = (
    "id", "name", "short_name", "aliases", "former_ids", "tier", "town", "community", "host", "address", "location", "status",
    "successor", "parent", "phone", "brands",
)  # fmt: skip
_MOST_NOTES = 8  # data roots; some megabytes each, where there are thousands of entries
_SETTLED_NS = 2_000_000_000  # a file changed a moment ago may be changed again and keep its time


class Known:
    """What is known of the files below `root`, all but those that are `asked` about. `recall` is gathering's."""

    def __init__(self, root: Path, kept: Path, asked: frozenset[str]) -> None:
        self._root, self._asked = root, asked
        self._note = kept / f"{blake2b(os.fsencode(root), digest_size=16).hexdigest()}.json"
        self._version = digest_of([("haitang", _PROGRAM), ("packages", _PROGRAM.parent / "requirements" / "site.txt")])
        self._sounds: Mapping[str, str] = {}
        self._files: dict[str, Any] = self._read()
        self._seen: dict[str, list[int]] = {}
        self._recalled: dict[str, Any] = {}

    def recall(self, model: type[Any], file: str, path: str, /) -> Any:
        """The slim entry of a file that is as it was; None where the file must be read."""
        if model not in _KINDS or file in self._asked:
            return None
        try:
            facts = os.lstat(path)
        except OSError:
            return None
        seen = self._seen[file] = [facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, facts.st_mode]
        with suppress(TypeError, ValueError, KeyError, AttributeError, IndexError):
            was, fields = self._files[file]
            if was == seen:
                entry = _grown(model, fields)
                self._recalled[file] = self._files[file]
                return entry
        return None

    def keep(self, world: World) -> None:
        """Notes what was read, for the next time. That it cannot be written down is no harm."""
        now = time.time_ns()
        entries: Iterable[Filed[Any]] = (*world.positions, *world.brands)
        notes = {
            entry.file: self._recalled.get(entry.file) or [seen, _slim(entry.value)]
            for entry in entries
            if (seen := self._seen.get(entry.file)) and max(seen[1], seen[2]) < now - _SETTLED_NS
        }
        missing = notes.keys() - self._recalled.keys()
        sounds = known_sounds()
        if not missing and sounds.keys() <= self._sounds.keys():
            return
        fresh = self._note.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._note.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps({"version": self._version, "files": notes, "sounds": sounds}), "utf-8")
            fresh.replace(self._note)
            for old in sorted(self._note.parent.iterdir(), key=lambda note: note.stat().st_mtime_ns)[:-_MOST_NOTES]:
                old.unlink()

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            note = json.loads(self._note.read_text("utf-8"))
            sounds = note["sounds"]
            if note["version"] == self._version and isinstance(note["files"], dict) and _are_sounds(sounds):
                self._sounds = sounds
                recall_sounds(sounds)
                return dict(note["files"])
        return {}


def _are_sounds(sounds: Any) -> bool:
    return isinstance(sounds, dict) and all(isinstance(said, str) for said in sounds.values())


def _slim(entry: Position | Brand) -> Mapping[str, Any]:
    slim = {name: value for name in _COMPARED if (value := getattr(entry, name, None))}
    if pictures := [name for _, name in photo_files(entry)]:
        slim["photos"] = pictures
    if isinstance(place := slim.get("location"), Location):
        slim["location"] = [place.lon, place.lat, place.crs, place.precision]
    return slim


def _grown(model: type[Position | Brand], slim: Mapping[str, Any]) -> Any:
    """The entry again: pydantic's own way of building one that need not be checked takes ten times as long."""
    entry = model.__new__(model)
    fields = {**_defaults(model), **slim}
    for name in _LISTS:
        if name in fields:
            fields[name] = tuple(fields[name])
    if place := slim.get("location"):
        lon, lat, crs, precision = place
        fields["location"] = Location.model_construct(lon=float(lon), lat=float(lat), crs=crs, precision=precision)
    fields["photos"] = tuple(_picture(str(name)) for name in slim.get("photos", ()))
    object.__setattr__(entry, "__dict__", fields)
    object.__setattr__(entry, "__pydantic_fields_set__", set())
    object.__setattr__(entry, "__pydantic_extra__", None)
    object.__setattr__(entry, "__pydantic_private__", None)
    return entry


def _picture(name: str) -> Photo:
    return Photo.model_construct(file=name, alt="", credit="", licence="")


_LISTS = ("aliases", "former_ids", "brands")


@cache
def _defaults(model: type[Position | Brand]) -> Mapping[str, Any]:
    return {name: field.get_default() for name, field in model.model_fields.items() if not field.is_required()}
