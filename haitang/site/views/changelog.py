"""What has changed in the directory, day by day, as far as git's history tells.

The rule: only what was committed counts, up to the day of the data; a change is what a day did to an entry, however many
commits it took. Old files are not read as entries, for what was right then may not be now: the fields of their first level are
compared, and a text that is not plainly there is not told.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from haitang.core.decoding import HIDDEN
from haitang.data.directory import Directory
from haitang.data.git import Commit, NoSuchRevision, Touched, commits, contents, is_partial
from haitang.model.field_specs import entry_spec
from haitang.model.paths import FOLDERS, EntryKind

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

    @property
    def page(self) -> str | None:
        return f"{FOLDERS[self.entry]}/{self.id}.html" if self.entry and self.is_here else None


@dataclass
class _Net:
    """What a day did to an entry: the oldest text before, the newest text after; None for no file."""

    before: str | None = None
    after: str | None = None


@dataclass
class _Day:
    nets: dict[tuple[EntryKind, str], _Net] = field(default_factory=dict)
    many: dict[Kind, int] = field(default_factory=lambda: defaultdict(int))


def changes(root: Path, directory: Directory) -> tuple[Change, ...]:
    """The changes of the last two years, latest first. None where there is no history, or only a part of it: the oldest commit
    of a part looks as if it had made everything, and what an entry was before is not told from half of what it was."""
    told = _told(commits(root, [FOLDERS[kind] for kind in _ENTRIES], COMMITS, directory.settings.zone), directory)
    if not told or is_partial(root):
        return ()
    days = _days(told)
    names = (name for day in days.values() for net in day.nets.values() for name in (net.before, net.after) if name)
    try:
        texts = {name: _Text.of(content) for name, content in contents(root, names, LARGEST).items()}
    except NoSuchRevision:
        return ()
    found = [change for name in sorted(days, reverse=True) for change in _of_day(name, days[name], texts, directory)]
    return tuple(found[:MOST])


def _told(told: Iterable[Commit], directory: Directory) -> list[Commit]:
    """The commits that count: none after the day of the data, none too long before, and no more than can be told."""
    last = directory.updated.isoformat() if directory.updated else "9999"
    found: list[Commit] = []
    count = 0
    for commit in told:
        if commit.day > last or count > MOST:
            continue
        first = _months_before(found[0].day if found else commit.day)
        files = tuple(each for each in commit.files if _FILE.fullmatch(each.file))
        if files and commit.day >= first:
            found.append(Commit(commit.id, commit.day, files))
            count += len(files) if len(files) <= MANY else 1
    return found


def _months_before(day: str) -> str:
    year, month, rest = int(day[:4]), int(day[5:7]), day[7:]
    months = year * 12 + month - 1 - MONTHS
    return f"{months // 12:04}-{months % 12 + 1:02}{rest}"


def _days(told: list[Commit]) -> dict[str, _Day]:
    days: dict[str, _Day] = defaultdict(_Day)
    for commit in reversed(told):  # the oldest first
        day = days[commit.day]
        if len(commit.files) > MANY:
            for each in commit.files:
                kind: Kind = "many-added" if each.status == "A" else "many-removed" if each.status == "D" else "tidied"
                day.many[kind] += 1
            continue
        for entry, files in _by_entry(commit.files).items():
            # An entry that moves to another folder goes here and comes there.
            before = next((each.before for each in files if each.before.strip("0")), None)
            after = next((each.after for each in files if each.after.strip("0")), None)
            net = day.nets.setdefault(entry, _Net(before))
            net.after = after
    return days


def _by_entry(files: Iterable[Touched]) -> dict[tuple[EntryKind, str], list[Touched]]:
    found: dict[tuple[EntryKind, str], list[Touched]] = defaultdict(list)
    for each in files:
        if match := _FILE.fullmatch(each.file):
            found[next(kind for kind in _ENTRIES if FOLDERS[kind] in match.groups()), match[4]].append(each)
    return found


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
        if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
            text = text[1:-1]
        if not text or "\n" in text or len(text) > _LONGEST_NAME or text[0] in "&*!|>{[\\'\"" or HIDDEN.search(text):
            return None
        return text

    def compared(self, key: str) -> str:
        return _WRITING.sub("", _COMMENT.sub("", self.fields.get(key, "")))


_NOTHING = _Text({})


def _of_day(name: str, day: _Day, texts: Mapping[str, _Text], directory: Directory) -> Iterator[Change]:
    """A day's changes, kind by kind; an entry that got a new id is one change and not two."""
    gone = {key for key, net in day.nets.items() if net.after is None and net.before}
    found: list[Change] = []
    taken: set[tuple[EntryKind, str]] = set()
    tidied = day.many.pop("tidied", 0)
    for (entry, own_id), net in sorted(day.nets.items()):
        before, after = (texts.get(each, _NOTHING) if each else None for each in (net.before, net.after))
        if before is None and after is not None:
            former = set(re.findall(r"[a-z0-9][a-z0-9-]*", after.fields.get("former_ids", "")))
            old = next((key for key in sorted(gone) if key[0] == entry and key[1] in former), None)
            if old:
                taken.add(old)
                before = texts.get(str(day.nets[old].before), _NOTHING)
        told = _classified(entry, before, after)
        if told == ("tidied", ()):
            tidied += 1
        elif told:
            found.append(_change(name, told, (entry, own_id), (before, after), directory))
    many = [Change(name, kind, count=count) for kind, count in day.many.items()]
    many += [Change(name, "tidied", count=tidied)] if tidied else []
    kept = [change for change in found if change.entry is None or (change.entry, change.id) not in taken]
    yield from sorted([*kept, *many], key=lambda change: (KINDS.index(change.kind), change.entry or "", change.id))


def _classified(entry: EntryKind, before: _Text | None, after: _Text | None) -> tuple[Kind, tuple[str, ...]] | None:
    if before is None or after is None:
        return None if before is after else ("added" if before is None else "removed", ())
    known = [each.name for each in entry_spec(entry).fields]
    fields = tuple(key for key in known if before.compared(key) != after.compared(key))
    status = after.plain("status")
    if "status" in fields and status in ("merged", "closed"):
        return ("merged" if status == "merged" else "closed"), fields
    if "name" in fields or "id" in fields:
        return "renamed", fields
    if not fields:
        return "tidied", ()
    return ("verified" if fields == ("verified",) else "updated"), fields


def _change(
    day: str,
    told: tuple[Kind, tuple[str, ...]],
    key: tuple[EntryKind, str],
    texts: tuple[_Text | None, _Text | None],
    directory: Directory,
) -> Change:
    kind, fields = told
    entry, own_id = key
    before, after = texts
    here = _name_today(directory, entry, own_id)
    last = (after.plain("name") if after else None) or (before.plain("name") if before else None)
    former = before.plain("name") if before and kind == "renamed" else None
    name = here or last or own_id
    return Change(day, kind, entry, own_id, name, here is not None, former if former != name else None, fields)


def _name_today(directory: Directory, entry: EntryKind, own_id: str) -> str | None:
    if entry == "position":
        return directory.position[own_id].name if own_id in directory.position else None
    if entry == "brand":
        return directory.brand[own_id].name if own_id in directory.brand else None
    return next((route.name for route in directory.routes if route.id == own_id), None)
