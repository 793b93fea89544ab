"""Which entries came, changed, closed, merged, moved, were renamed or went.

The rule: an entry is known by its id. One that went and one that came are the same where the new one says so (`former_ids`),
or where it plainly is the same place under another id: then its printed codes are at stake, and that is told.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from typing import Any

from haitang.editors.review.fields import Comparison, FieldText
from haitang.editors.review.harm import weight
from haitang.editors.review.map import point
from haitang.editors.review.report import EntryChange, FieldChange, Kind, What
from haitang.editors.review.revisions import Side
from haitang.model.field_specs import entry_spec, settings_spec
from haitang.model.messages import Words
from haitang.model.paths import FOLDERS, SETTINGS_FILE, EntryKind, id_of
from haitang.model.types import GONE

FIELDS = 30  # of an entry
# (kind and what), old id, new id, and what tells it: only what is shown is compared field by field
Pairs = dict[str, tuple[str, Any]]  # id → file and entry
Found = tuple[tuple[Kind, What], str, str, Callable[[], EntryChange]]
_MOST_PAIRS = 20_000
_ALIKE = 0.6  # of the fields both have
_ORDER: tuple[What, ...] = ("deleted", "renamed", "merged", "closed", "reopened", "moved", "changed", "new")


def entry_changes(base: Side, head: Side, words: Words) -> Iterator[Found]:
    """Every changed entry, by kind, then by what happened, then by what could hurt most, then by file."""
    comparer = _Comparer(base, head, words)
    for kind in FOLDERS:
        yield from sorted(
            comparer.changes(kind), key=partial(_place, base.by_id(kind), head.by_id(kind), set(map(id_of, head.unread)))
        )
    if is_other(base.settings, head.settings) or SETTINGS_FILE in head.unread:
        yield ("settings", "changed"), "", "", comparer.settings


def _place(before: Mapping[str, Any], after: Mapping[str, Any], unread: Container[str], found: Found) -> tuple[Any, ...]:
    (_, what), old, new, _ = found
    return _ORDER.index(what), new not in unread, weight(before.get(old), after.get(new)), new or old


class _Comparer:
    def __init__(self, base: Side, head: Side, words: Words) -> None:
        self.base, self.head, self.words = base, head, words
        self.code = {(entry.__class__, entry.id): path for path, entry in base.codes.items()}  # that of its last id
        self.comparison = Comparison(FieldText(words, base.names), FieldText(words, head.names))

    def changes(self, kind: EntryKind) -> Iterator[Found]:
        before, after = dict(_by_id(self.base, kind)), dict(_by_id(self.head, kind))
        yield from self._twins(kind, before, after)
        files = (file for file in (*self.head.unread, *self.base.unread) if file.startswith(f"{FOLDERS[kind]}/"))
        unread = {id_of(file): file for file in files}
        gone = {name: pair for name, pair in before.items() if name not in after and name not in unread}
        new = {name: pair for name, pair in after.items() if name not in before and name not in unread}
        renamed = renamed_among(gone, new)
        for old, now in renamed.items():
            yield (kind, "renamed"), old, now, partial(self._entry, kind, "renamed", gone[old], new[now])
        for name in gone.keys() - renamed.keys():
            yield (kind, "deleted"), name, "", partial(self._entry, kind, "deleted", gone[name], None)
        for name in new.keys() - set(renamed.values()):
            yield (kind, "new"), "", name, partial(self._entry, kind, "new", None, new[name])
        for name in (before.keys() & after.keys()) - unread.keys():
            if is_other(before[name][1], after[name][1]) or self.head.flawed.get(after[name][0]):
                what = _what(before[name][1], after[name][1])
                yield (kind, what), name, name, partial(self._entry, kind, what, before[name], after[name])
        for name, file in unread.items():
            if file in self.head.unread or name in after:
                yield self._unread(kind, name, file, (before.get(name) or after.get(name) or ("", None))[1])

    def _twins(self, kind: EntryKind, before: Pairs, after: Pairs) -> Iterator[Found]:
        """Entries that have the id of another. In `after` that one stays which had the id before."""
        pairs = list(self.head.of(kind))
        after.update((pair[1].id, pair) for pair in pairs if before.get(pair[1].id, ("",))[0] == pair[0])
        for file, entry in pairs:
            first = after[entry.id][0]
            if first != file and is_other(self.base.entries.get(file), entry):
                yield (kind, "new"), "", entry.id, partial(self._entry, kind, "new", None, (file, entry), first[:200])

    def _unread(self, kind: EntryKind, name: str, file: str, entry: Any) -> Found:
        """What a file is of which nothing can be made."""
        what: What = "new" if entry is None and file not in self.base.unread else "changed"
        told = partial(EntryChange, kind, what, name[:64], entry.name if entry else name[:64], file[:200], unread=True)
        return (kind, what), name, name, told

    def _entry(self, kind: EntryKind, what: What, old: Any, new: Any, twin: str | None = None) -> EntryChange:
        file, entry = new or old
        side = self.head if new else self.base
        # What the heading says is not said again.
        unsaid = ("id", "name") if what == "new" else ("id",)
        parts = tuple(spec for spec in entry_spec(kind, self.words.language).fields if spec.name not in unsaid)
        fields = tuple(self.comparison.changes(parts, old and old[1], new[1])) if new else ()
        flawed = self.head.flawed.get(file, ())
        fields += tuple(FieldChange((spec.label,), unread=True) for spec in parts if spec.name in flawed)
        old_id = old[1].id if what == "renamed" else None
        code = self.code.get((old[1].__class__, old_id)) if old_id else None
        successor = getattr(entry, "successor", None) if what in ("closed", "merged") else None
        return EntryChange(
            kind, what, entry.id, entry.name, file[:200],
            town=side.names.get(("town", getattr(entry, "town", None) or ""), ""),
            fields=fields[:FIELDS], more=max(0, len(fields) - FIELDS), old_id=old_id,
            kept=code is None or self.head.codes.get(code) is entry,
            successor=side.names.get(("position", successor), successor) if successor else None,
            point=point(entry.location) if getattr(entry, "location", None) else None, twin=twin,
        )  # fmt: skip

    def settings(self) -> EntryChange:
        old, new = self.base.settings, self.head.settings
        fields: tuple[FieldChange, ...] = ()
        if old is not None and new is not None:
            fields = tuple(self.comparison.changes(settings_spec(self.words.language), old, new))
        either = new or old
        return EntryChange(
            "settings", "changed", SETTINGS_FILE, either.title if either else SETTINGS_FILE, SETTINGS_FILE,
            fields=fields[:FIELDS], more=max(0, len(fields) - FIELDS), unread=old is None or new is None,
        )  # fmt: skip


def is_other(old: Any, new: Any) -> bool:
    """Whether two entries differ: of thousands that nobody touched no field is asked for."""
    return old is not new and bool(old != new)


def _by_id(side: Side, kind: EntryKind) -> Iterator[tuple[str, tuple[str, Any]]]:
    return ((entry.id, (file, entry)) for file, entry in side.of(kind))


def _what(old: Any, new: Any) -> What:
    before, after = getattr(old, "status", None), getattr(new, "status", None)
    if after != before and after in GONE:
        return "merged" if after == "merged" else "closed"
    if before in GONE and after not in GONE:
        return "reopened"
    return "moved" if getattr(old, "town", None) != getattr(new, "town", None) else "changed"


def renamed_among(gone: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Old id → new id."""
    found = {former: name for name, (_, entry) in new.items() for former in getattr(entry, "former_ids", ()) if former in gone}
    names = {entry.name: name for name, (_, entry) in new.items()}
    for old, (_, entry) in gone.items():
        if old not in found and names.get(entry.name, old) not in (old, *found.values()):
            found[old] = names[entry.name]
    left = [old for old in gone if old not in found], [name for name in new if name not in found.values()]
    if len(left[0]) * len(left[1]) <= _MOST_PAIRS:
        for old in left[0]:
            alike = {name: _alike(gone[old][1], new[name][1]) for name in left[1] if name not in found.values()}
            if alike and (best := max(alike, key=lambda name: (alike[name], name))) and alike[best] >= _ALIKE:
                found[old] = best
    return found


def _alike(old: Any, new: Any) -> float:
    """How many of the fields that either has are the same in both. What everybody has tells nothing."""
    names = [name for name in type(old).model_fields if name not in ("id", "town", "tier", "status", "former_ids")]
    pairs = [(getattr(old, name), getattr(new, name)) for name in names]
    written = [(one, other) for one, other in pairs if one or other]
    return sum(one == other for one, other in written) / len(written) if len(written) > 2 else 0.0
