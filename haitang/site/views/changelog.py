"""What has changed in the directory, day by day, as far as git's history tells.

The rule: only what was committed counts, up to the day of the data; a change is what a day did to an entry, however many
commits it took. Old files are not read as entries, for what was right then may not be now: the fields of their first level are
compared, and a text that is not plainly there is not told.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from haitang.core.decoding import HIDDEN
from haitang.data.directory import Directory
from haitang.data.git import Commit, NoSuchRevision, Touched, commits, contents, is_partial
from haitang.model.field_specs import entry_spec
from haitang.model.paths import FOLDERS, EntryKind
from haitang.model.written.personal import personal_number

Kind = Literal["added", "renamed", "merged", "closed", "removed", "verified", "updated", "many-added", "many-removed", "tidied"]
KINDS: tuple[Kind, ...] = (
    "added", "renamed", "merged", "closed", "removed", "verified", "updated", "many-added", "many-removed", "tidied",
)  # fmt: skip
MOST, MONTHS, COMMITS = 500, 24, 600
MANY = 60  # entries in one commit: more are counted, not named
LARGEST = 64 * 1024
_ENTRIES: tuple[EntryKind, ...] = ("position", "brand", "route")
_FILE = re.compile(r"(?:(positions)/[a-z0-9-]+|(brands)|(routes))/([a-z0-9][a-z0-9-]{0,63})\.yml", re.ASCII)
_KEY = re.compile(r"([a-z][a-z0-9_]{0,39}):(?:\s+(.*))?", re.ASCII)
_COMMENT, _WRITING = re.compile(r"\s#.*"), re.compile(r"[\s'\"]+")  # ways of writing, which are no change
_LONGEST_NAME = 60
TOLD = ("name", "tier", "town", "address", "status", "hours", "phone")  # fields whose values are told


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an entry on a day. `name` is its name today, else its last one; `former` what it was called before;
    `is_here` says it still has a page. A change of many entries has no id, only a `count`."""

    day: str
    kind: Kind
    entry: EntryKind | None = None
    id: str = ""
    name: str = ""
    is_here: bool = False
    former: str | None = None
    fields: tuple[str, ...] = ()
    count: int = 1
    values: tuple[tuple[str, str | None, str | None], ...] = ()  # of TOLD: a field, its text before and after

    @property
    def page(self) -> str | None:
        return f"{FOLDERS[self.entry]}/{self.id}.html" if self.entry and self.is_here else None


_Key = tuple[EntryKind, str]  # an entry by kind and id


@dataclass
class _Net:
    """What a day did to an entry: the oldest text before, the newest text after; None for no file."""

    before: str | None = None
    after: str | None = None


@dataclass
class _Day:
    nets: dict[_Key, _Net] = field(default_factory=dict)
    many: Counter[Kind] = field(default_factory=Counter)


def changes(root: Path, directory: Directory) -> tuple[Change, ...]:
    """The changes of the last two years, latest first. None where there is no history, or only a part of it: the oldest commit
    of a part looks as if it had made everything, and what an entry was before is not told from half of what it was."""
    recent = _recent(commits(root, [FOLDERS[kind] for kind in _ENTRIES], COMMITS, directory.settings.zone), directory.updated)
    if not recent or is_partial(root):
        return ()
    days = _days(recent)
    blobs = (name for day in days.values() for net in day.nets.values() for name in (net.before, net.after) if name)
    try:
        texts = {name: _Text.of(content) for name, content in contents(root, blobs, LARGEST).items()}
    except NoSuchRevision:
        return ()
    names: dict[_Key, str] = {("position", position.id): position.name for position in directory.positions}
    names |= {("brand", brand.id): brand.name for brand in directory.brands}
    names |= {("route", route.id): route.name for route in directory.routes}
    found = [change for day in sorted(days, reverse=True) for change in _of_day(day, days[day], texts, names)]
    return tuple(found[:MOST])


def _recent(found: Iterable[Commit], updated: date | None) -> list[Commit]:
    """The commits that count: none after the day of the data, none too long before, and no more than can be shown."""
    last = updated.isoformat() if updated else "9999"
    recent: list[Commit] = []
    count = 0
    for commit in found:
        if commit.day > last or count > MOST:
            continue
        latest = recent[0].day if recent else commit.day
        month = int(latest[:4]) * 12 + int(latest[5:7]) - 1 - MONTHS
        files = tuple(each for each in commit.files if _FILE.fullmatch(each.file))
        if files and commit.day >= f"{month // 12:04}-{month % 12 + 1:02}{latest[7:]}":
            recent.append(Commit(commit.id, commit.day, files))
            count += len(files) if len(files) <= MANY else 1
    return recent


def _days(recent: list[Commit]) -> dict[str, _Day]:
    days: dict[str, _Day] = defaultdict(_Day)
    for commit in reversed(recent):  # the oldest first
        day = days[commit.day]
        if len(commit.files) > MANY:
            kinds: dict[str, Kind] = {"A": "many-added", "D": "many-removed"}
            day.many.update(kinds.get(each.status, "tidied") for each in commit.files)
            continue
        entries: dict[_Key, list[Touched]] = defaultdict(list)
        for each in commit.files:
            if match := _FILE.fullmatch(each.file):
                entries[next(kind for kind in _ENTRIES if FOLDERS[kind] in match.groups()), match[4]].append(each)
        for key, files in entries.items():
            # An entry that moves to another folder goes here and comes there.
            before = next((each.before for each in files if each.before.strip("0")), None)
            day.nets.setdefault(key, _Net(before)).after = next((each.after for each in files if each.after.strip("0")), None)
    return days


@dataclass(frozen=True, slots=True)
class _Text:
    """An entry's text as the fields of its first level."""

    fields: Mapping[str, str]

    @classmethod
    def of(cls, content: bytes) -> "_Text":
        fields: dict[str, str] = {}
        key = ""
        for line in content.decode("utf-8", "replace").splitlines():
            match = _KEY.fullmatch(line)
            if match:
                key = match[1]
                fields[key] = match[2] or ""
            elif key and line.strip() and not line.lstrip().startswith("#"):
                fields[key] += f"\n{line}"
        return cls(fields)

    def plain(self, key: str) -> str | None:
        """A field's text, where it is a plain one."""
        text = _COMMENT.sub("", self.fields.get(key, "")).strip()
        if len(text) > 1 and text[0] == text[-1] and (quote := text[0]) in "'\"":
            text = text[1:-1].replace("''", "'") if quote == "'" else text[1:-1]
            if quote == '"' and "\\" in text:
                return None
        if not text or "\n" in text or len(text) > _LONGEST_NAME or text[0] in "&*!|>{[\\'\"" or HIDDEN.search(text):
            return None
        return text

    def compared(self, key: str) -> str:
        return _WRITING.sub("", _COMMENT.sub("", self.fields.get(key, "")))


_NOTHING = _Text({})


def _of_day(name: str, day: _Day, texts: Mapping[str, _Text], names: Mapping[_Key, str]) -> Iterator[Change]:
    """A day's changes, kind by kind; an entry that got a new id is one change and not two. `names` are today's."""
    gone = {key for key, net in day.nets.items() if net.after is None and net.before}
    found: dict[_Key, Change] = {}
    renamed = set[_Key]()
    for key, net in sorted(day.nets.items()):
        before, after = (texts.get(each, _NOTHING) if each else None for each in (net.before, net.after))
        if before is None and after is not None:
            former = set(re.findall(r"[a-z0-9][a-z0-9-]*", after.fields.get("former_ids", "")))
            if old := next((each for each in sorted(gone) if each[0] == key[0] and each[1] in former), None):
                renamed.add(old)
                before = texts.get(str(day.nets[old].before), _NOTHING)
        if before is not None or after is not None:
            found[key] = _change(name, key, before, after, names.get(key))
    tidied = [key for key, change in found.items() if change.kind == "tidied"]
    counts = day.many + Counter[Kind]({"tidied": len(tidied)})  # a sum leaves out what is nought
    shown = [change for key, change in found.items() if key not in renamed and key not in tidied]
    shown += [Change(name, kind, count=count) for kind, count in counts.items()]
    yield from sorted(shown, key=lambda change: (KINDS.index(change.kind), change.entry or "", change.id))


def _change(day: str, key: _Key, before: _Text | None, after: _Text | None, today: str | None) -> Change:
    """What a day did to an entry that is called so `today`, where it is still there."""
    entry, entry_id = key
    fields: tuple[str, ...] = ()
    kind: Kind = "added" if before is None else "removed"
    if before is not None and after is not None:
        names = [each.name for each in entry_spec(entry).fields]
        fields = tuple(name for name in names if before.compared(name) != after.compared(name))
        status = after.plain("status") if "status" in fields else None
        kind = "updated" if fields else "tidied"
        if status in ("merged", "closed"):
            kind = "merged" if status == "merged" else "closed"
        elif "name" in fields or "id" in fields:
            kind = "renamed"
        elif fields == ("verified",):
            kind = "verified"
    last, former = (text.plain("name") if text else None for text in (after, before))
    name = today or last or former or entry_id
    is_other = kind == "renamed" and former != name
    values = tuple(_values(before, after, fields)) if before and after else ()
    here = today is not None
    return Change(day, kind, entry, entry_id, name, here, former if is_other else None, fields, values=values)


def _values(before: _Text, after: _Text, fields: Iterable[str]) -> Iterator[tuple[str, str | None, str | None]]:
    """What became of plain fields. A text that is not plainly there, or holds a number of a person's, as old ones may, is not
    told, and neither is what it became."""
    for name in fields:
        old, new = before.plain(name), after.plain(name)
        whole = all(text or not side.fields.get(name, "").strip() for text, side in ((old, before), (new, after)))
        if name in TOLD and whole and not any(personal_number(text) for text in (old, new) if text):
            yield name, old, new
