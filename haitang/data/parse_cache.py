"""Entries as they were read before, and what was told of each by itself, so that who looks again need not read them all.

The rule: a cache may be slow and never wrong. A file is believed to hold what it held only by the digest of its bytes, and what
was told of it only under the same directory.yml and program; what was not kept is fetched, or read from the file, when somebody
asks for it. Any doubt, a damaged note, another version of this program: the file is read anew.
"""

import errno
import os
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from struct import error as StructError
from typing import Any, NamedTuple, TypeVar

from haitang.core.decoding import read_regular
from haitang.core.digests import FileIndex, content_digest, digest_of, facts_of
from haitang.core.pinyin import known_sounds, recall_sounds
from haitang.core.problems import Problem
from haitang.data.blobs import Blobs
from haitang.data.comparing import basis, compared
from haitang.data.dataset import Dataset, Filed, Finding
from haitang.data.folded import PLAIN, Folder, fold_later, folded, parts_of
from haitang.data.notes import Notes
from haitang.model import known_times
from haitang.model.abroad.region import written_in
from haitang.model.entries import Brand, Chapter, Entry, Position, Route
from haitang.model.paths import FOLDERS, SETTINGS_FILE
from haitang.model.plain_values import entry_of, values_of
from haitang.model.settings import Settings
from haitang.model.validation import read
from haitang.source.parser import MAX_BYTES, Fields, parse_bytes

Model = TypeVar("Model", bound=Entry)
Value = TypeVar("Value")
_Told = dict[str, tuple[tuple[Any, ...], ...]]  # findings as plain values, by rule
_PROGRAM = Path(__file__).resolve().parents[1]
FOLDER = Path(".cache", "entries")  # below the project
_KINDS: tuple[type[Entry], ...] = (Position, Brand, Chapter, Route, Settings)


class Terms(NamedTuple):
    """Under what an entry is judged by itself: the digest of directory.yml, the day, and whether advice is wanted too."""

    settings: bytes
    day: date
    advised: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What rules of single entries told of one. `dated`: some of it goes with the day, and may not be told on a later one."""

    settings: bytes
    day: date
    dated: bool
    found: tuple[Finding, ...]
    advice: tuple[Finding, ...] | None  # None: nobody wanted any

    def holds(self, terms: Terms) -> bool:
        is_same_day = self.day == terms.day or (self.day < terms.day and not self.dated)
        return self.settings == terms.settings and is_same_day and not (terms.advised and self.advice is None)

    @property
    def plain(self) -> tuple[Any, ...]:
        found, advice = (None if told is None else tuple(each.plain[1:] for each in told) for told in (self.found, self.advice))
        return self.settings, self.day.toordinal(), self.dated, found, advice

    @staticmethod
    def of(file: str, plain: tuple[Any, ...]) -> "Verdict":
        settings, day, dated, found, advice = plain
        told, advised = (None if each is None else tuple(Finding.of(file, *one) for one in each) for each in (found, advice))
        return Verdict(settings, date.fromordinal(day), dated, told or (), advised)

    def told(self, terms: Terms) -> tuple[Finding, ...]:
        return (*self.found, *(self.advice or ())) if terms.advised else self.found


class ParseCache:
    """Entries by their files, as they were read a moment ago."""

    def __init__(self, earlier: "ParseCache | None" = None, without: Container[str] = ()) -> None:
        """With what `earlier` has, but for some files."""

        def kept(known: Mapping[str, Value]) -> dict[str, Value]:
            return {file: value for file, value in known.items() if file not in without}

        self.entries: dict[str, Entry] = kept(earlier.entries) if earlier else {}
        self.digests: dict[str, bytes] = kept(earlier.digests) if earlier else {}  # of the bytes they were read of
        self.verdicts: dict[str, Verdict] = kept(earlier.verdicts) if earlier else {}
        self._compared: dict[str, bytes] = kept(earlier._compared) if earlier else {}
        self._among: dict[str, _Told] = earlier._among if earlier else {}

    def recall(self, model: type[Model], file: str, path: str) -> Model | None:  # noqa: ARG002 - others need where it lies
        """The entry in a file that is as it was (`path` is where it lies); None where it must be read."""
        entry = self.entries.get(file)
        return entry if isinstance(entry, model) else None

    def keep(self, file: str, entry: Entry, digest: bytes) -> None:
        """What was read without a problem, of bytes with this digest."""
        self.entries[file], self.digests[file] = entry, digest
        self._compared.pop(file, None)

    def judged(self, file: str, terms: Terms) -> Verdict | None:
        """What is told of an entry that was kept or recalled; None where it must be judged."""
        verdict = self.verdicts.get(file)
        return verdict if verdict and verdict.holds(terms) else None

    def judge(self, file: str, verdict: Verdict) -> None:
        self.verdicts[file] = verdict

    def basis(self, dataset: Dataset) -> str:
        """Tells apart all that entries are compared by; empty where rules that compare them look at some files only."""
        if dataset.asked is not None or SETTINGS_FILE not in self.digests:
            return ""
        return basis(dataset, self.digests[SETTINGS_FILE], self._compared_by)

    def _compared_by(self, entry: Filed[Any]) -> bytes:
        if (found := self._compared.get(entry.file)) is None:
            self._compared[entry.file] = found = compared(entry.value)
        return found

    def told_among(self, basis: str, rule: str) -> Sequence[Finding] | None:
        """What a rule told that compares entries, when all that these are compared by was the same; None where nobody knows."""
        told = self._among.get(basis, {}).get(rule)
        return None if told is None else [Finding.of(*plain) for plain in told]

    def tell_among(self, basis: str, rule: str, found: Iterable[Finding]) -> None:
        self._among.setdefault(basis, {})[rule] = tuple(finding.plain for finding in found)

    def settle(self) -> None:
        """All entries that were kept have been judged: who needs room may take theirs."""


class ContentCache(ParseCache):
    """For two states of the data in different folders: what `earlier` has read of the same bytes is not read again."""

    def __init__(self, earlier: "ParseCache | None" = None) -> None:
        super().__init__()
        self._earlier = earlier

    def recall(self, model: type[Model], file: str, path: str) -> Model | None:
        if self._earlier is None or file not in self._earlier.digests:
            return None
        content = read_regular(Path(path), file, MAX_BYTES)
        if isinstance(content, Problem) or content_digest(content) != self._earlier.digests[file]:
            return None
        if (entry := self._earlier.entries.get(file)) is None or not isinstance(entry, model):
            return None
        self.keep(file, entry, self._earlier.digests[file])
        if (by := self._earlier._compared.get(file)) is not None:
            self._compared[file] = by
        if verdict := self._earlier.verdicts.get(file):
            self.verdicts[file] = verdict
        return entry


class StoredCache(ParseCache):
    """What is known of the files below `root` from earlier runs, all but those that are `asked` about. `folder` is where the
    notes of all data roots are kept, `index` tells the digests of files."""

    def __init__(self, root: Path, folder: Path, index: FileIndex, asked: frozenset[str] = frozenset()) -> None:
        super().__init__()
        name = blake2b(os.fsencode(root), digest_size=16).hexdigest()
        self._root, self._asked, self._index = root, asked, index
        self._blobs, self.folder = Blobs(folder, name), Folder()
        self._waiting: list[tuple[str, Entry, Sequence[Any]]] = []
        self._changed, self._is_stored = set[str](), False
        self._missed: dict[str, tuple[str, bytes]] = {}  # what is to be read: where it lies, and what is said of it
        self.recalled = set[str]()
        self._notes = Notes(folder / name, f"entries of {os.fsdecode(root)} in {_country(root)} {_program(index)}", _SECTIONS)
        if not self._blobs.open(*self._notes.sections["blobs"].get("file", ("", 0))):
            self._notes.forget()
        sections = self._notes.sections
        self._among = {basis: dict(told) for basis, told in sections["among"].items()}
        self._records, self._spots, self._verdicts = sections["records"], sections["spots"], sections["verdicts"]
        self._learnt = {"sounds": set(sections["sounds"]), **{kind: set(sections[kind]) for kind in known_times.KINDS}}
        # Nearly all tell nothing, under the same terms: these are one.
        self._alike: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        self._shared: dict[int, Verdict] = {}
        recall_sounds(sections["sounds"])
        known_times.recall({kind: sections[kind] for kind in known_times.KINDS})

    def recall(self, model: type[Model], file: str, path: str) -> Model | None:
        record = self._records.get(file)
        if record is None or record[0] != self._index.of(path) or file in self._asked or _KINDS[record[1]] is not model:
            self._missed[file] = path, facts_of(path)
            return None
        entry = folded(model, record[3:], self, file) if model in PLAIN else entry_of(model, record[3])
        self._compared[file] = record[2]
        self.recalled.add(file)
        self.entries[file], self.digests[file] = entry, record[0]
        return entry

    def keep(self, file: str, entry: Entry, digest: bytes) -> None:
        super().keep(file, entry, digest)
        if missed := self._missed.pop(file, None):
            self._index.learn(*missed, digest)
        self._changed.add(file)
        for known in (self._verdicts, self._spots, self._records):
            known.pop(file, None)
        with suppress(OSError, ValueError):  # no room, or what cannot be written down: it stays as it is
            self._compared[file] = by = compared(entry)
            self._records[file] = (digest, _KINDS.index(type(entry)), by, *self._written(file, entry))

    def _written(self, file: str, entry: Entry) -> Sequence[Any]:
        if type(entry) not in PLAIN:
            return [values_of(entry)]
        kept, apart, rest = parts_of(entry)
        self._spots[file] = self._blobs.add(apart, rest)
        self._waiting.append((file, entry, kept))
        return kept

    def judged(self, file: str, terms: Terms) -> Verdict | None:
        if file not in self.verdicts and file in self.recalled and (told := self._verdicts.get(file)):
            verdict = self._shared.get(id(told)) or Verdict.of(file, told)
            if not verdict.found and not verdict.advice:
                self._shared[id(told)] = verdict
            self.verdicts[file] = verdict
        return super().judged(file, terms)

    def judge(self, file: str, verdict: Verdict) -> None:
        super().judge(file, verdict)
        plain = verdict.plain
        self._verdicts[file] = self._alike.setdefault(plain, plain)
        self._changed.add(file)

    def settle(self) -> None:
        for file, entry, kept in self._waiting:
            fold_later(entry, kept, self, file)
        self._waiting.clear()

    def fetch(self, key: str, *, apart: bool) -> Sequence[Any]:
        with suppress(OSError, ValueError, EOFError, TypeError, KeyError, StructError):
            return self._blobs.fetch(self._spots[key], apart=apart)
        model = Position if key.startswith(FOLDERS["position"]) else Brand
        content = read_regular(self._root / key, key, MAX_BYTES)
        if isinstance(content, bytes) and content_digest(content) == self.digests.get(key):
            tree = parse_bytes(content, key)
            entry = read(model, tree, key) if isinstance(tree, Fields) else None
            if isinstance(entry, model):
                _, first, rest = parts_of(entry)
                with suppress(OSError, ValueError):
                    self._spots[key] = self._blobs.add(first, rest)
                self._changed.add(key)
                return first if apart else (first, rest)
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(self._root / key))

    def store(self) -> None:
        """Notes what was read, for the next time, and lets go of what was only for that. That it cannot be written down is no
        harm. What is read after this is not noted any more."""
        if not self._is_stored:
            self._is_stored = True
            with suppress(OSError, ValueError):
                self._store()
            self._notes.forget()
            self._records, self._verdicts = {}, {}

    def _store(self) -> None:
        sections, gone = self._notes.sections, self._records.keys() - self.entries.keys()
        sections["sounds"].update(known_sounds())
        for kind, texts in known_times.known().items():
            sections[kind].update(texts)
        new = {name: sections[name].keys() - before for name, before in self._learnt.items()}
        new["among"] = {basis for basis, told in self._among.items() if sections["among"].get(basis) != told}
        if not self._changed and not gone and not any(new.values()):
            return
        sections["among"] = dict([*self._among.items()][-_MOST_TOLD:])
        gone |= self._among.keys() - sections["among"].keys()
        for known in (self._records, self._spots, self._verdicts):  # what else is gone they do not know
            for file in gone & known.keys():
                del known[file]
        spots = self._blobs.kept(self._spots)
        sections["blobs"] = {"file": (self._blobs.name, self._blobs.size)}
        changed = dict.fromkeys(("records", "verdicts"), self._changed)
        self._notes.write({**changed, **new, "spots": spots, "blobs": ["file"]}, gone)
        self._blobs.forget_others()


_SECTIONS = ("records", "spots", "verdicts", "among", "blobs", "sounds", *known_times.KINDS)
_MOST_TOLD = 4  # states of the data of which is known what rules told that compare entries


def _country(root: Path) -> str:
    """What a telephone number was read as depends on it."""
    content = read_regular(root / SETTINGS_FILE, SETTINGS_FILE, MAX_BYTES)
    return written_in(content) if isinstance(content, bytes) else ""


def _program(index: FileIndex) -> str:
    return digest_of([("haitang", _PROGRAM), ("packages", _PROGRAM.parent / "requirements" / "site.txt")], index=index)
