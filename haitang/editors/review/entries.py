"""Which entries came, changed, closed, merged, moved, were renamed or went.

The rule: an entry is known by its id. One that went and one that came are the same where the new one says so (`former_ids`),
or where it plainly is the same place under another id: then its printed codes are at stake, and that is told.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from haitang.data.dataset import SETTINGS_FILE
from haitang.editors.review.fields import Comparison
from haitang.editors.review.moves import point
from haitang.editors.review.report import EntryChange, FieldChange, Kind, What
from haitang.editors.review.revisions import Side
from haitang.editors.review.values import Speaker
from haitang.model.field_specs import FOLDERS, EntryKind, FieldSpec, entry_spec, settings_spec
from haitang.model.messages import Words
from haitang.model.types import GONE

FIELDS = 30  # of an entry
# (kind and what), old id, new id, and what tells it: only what is shown is compared field by field
Found = tuple[tuple[Kind, What], str, str, Callable[[], EntryChange]]
_MOST_PAIRS = 20_000
_ALIKE = 0.6  # of the fields both have
_ORDER: tuple[What, ...] = ("deleted", "renamed", "merged", "closed", "reopened", "moved", "new", "changed")


def entry_changes(base: Side, head: Side, words: Words) -> Iterator[Found]:
    """Every changed entry, by kind, then by what happened, then by file."""
    teller = _Teller(base, head, words)
    for kind in FOLDERS:
        yield from sorted(teller.changes(kind), key=lambda found: (_ORDER.index(found[0][1]), found[2] or found[1]))
    if base.settings != head.settings or SETTINGS_FILE in head.unread:
        yield ("settings", "changed"), "", "", teller.settings


class _Teller:
    def __init__(self, base: Side, head: Side, words: Words) -> None:
        self.base, self.head, self.words = base, head, words
        self.code = {(type(entry), entry.id): path for path, entry in base.codes.items()}  # that of its last id
        self.comparison = Comparison(Speaker(words, base.names), Speaker(words, head.names))

    def changes(self, kind: EntryKind) -> Iterator[Found]:
        before, after = dict(_by_id(self.base, kind)), dict(_by_id(self.head, kind))
        unread = {_stem(file): file for file in (*self.head.unread, *self.base.unread) if file.startswith(f"{FOLDERS[kind]}/")}
        gone = {name: pair for name, pair in before.items() if name not in after and name not in unread}
        new = {name: pair for name, pair in after.items() if name not in before and name not in unread}
        renamed = _renamed(gone, new)
        for old, own in renamed.items():
            yield (kind, "renamed"), old, own, self._entry(kind, "renamed", gone[old], new[own])
        for name in gone.keys() - renamed.keys():
            yield (kind, "deleted"), name, "", self._entry(kind, "deleted", gone[name], None)
        for name in new.keys() - set(renamed.values()):
            yield (kind, "new"), "", name, self._entry(kind, "new", None, new[name])
        for name in (before.keys() & after.keys()) - unread.keys():
            if before[name][1] != after[name][1] or self.head.flawed.get(after[name][0]):
                what = _what(before[name][1], after[name][1])
                yield (kind, what), name, name, self._entry(kind, what, before[name], after[name])
        for name, file in unread.items():
            if file in self.head.unread or name in after:
                yield (kind, "changed"), name, name, self._unread(kind, name, file, before.get(name) or after.get(name))

    def _entry(self, kind: EntryKind, what: What, old: Any, new: Any) -> Callable[[], EntryChange]:
        return lambda: self._told(kind, what, old, new)

    def _told(self, kind: EntryKind, what: What, old: Any, new: Any) -> EntryChange:
        file, entry = new or old
        side = self.head if new else self.base
        parts = tuple(spec for spec in entry_spec(kind, self.words.language).fields if _is_told(spec, what))
        fields = tuple(self.comparison.changes(parts, old and old[1], new[1])) if new else ()
        fields += tuple(
            FieldChange((spec.label,), unread=True) for spec in parts if spec.name in self.head.flawed.get(file, ())
        )
        renamed = what == "renamed"
        code = self.code.get((type(old[1]), old[1].id)) if renamed else None
        successor = getattr(entry, "successor", None) if what in ("closed", "merged") else None
        return EntryChange(
            kind, what, entry.id, entry.name, file[:200],
            town=side.names.get(("town", getattr(entry, "town", None) or ""), ""),
            fields=fields[:FIELDS], more=max(0, len(fields) - FIELDS),
            old_id=old[1].id if renamed else None,
            kept=code is None or self.head.codes.get(code) is entry,
            successor=side.names.get(("position", successor), successor) if successor else None,
            point=point(entry.location) if getattr(entry, "location", None) else None,
        )  # fmt: skip

    def _unread(self, kind: EntryKind, name: str, file: str, known: Any) -> Callable[[], EntryChange]:
        return lambda: EntryChange(kind, "changed", name[:64], known[1].name if known else name[:64], file[:200], unread=True)

    def settings(self) -> EntryChange:
        old, new = self.base.settings, self.head.settings
        parts = settings_spec(self.words.language)
        fields: tuple[FieldChange, ...] = ()
        if old is not None and new is not None:
            fields = tuple(self.comparison.changes(parts, old, new))
        known = new or old
        return EntryChange(
            "settings", "changed", SETTINGS_FILE, known.title if known else SETTINGS_FILE, SETTINGS_FILE,
            fields=fields[:FIELDS], more=max(0, len(fields) - FIELDS), unread=old is None or new is None,
        )  # fmt: skip


def _by_id(side: Side, kind: EntryKind) -> Iterator[tuple[str, tuple[str, Any]]]:
    return ((entry.id, (file, entry)) for file, entry in side.of(kind))


def _stem(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".yml")


def _is_told(spec: FieldSpec, what: What) -> bool:
    """What the heading says is not said again."""
    return spec.name != "id" and not (what == "new" and spec.name == "name")


def _what(old: Any, new: Any) -> What:
    before, after = getattr(old, "status", None), getattr(new, "status", None)
    if after != before and after in GONE:
        return "merged" if after == "merged" else "closed"
    if before in GONE and after not in GONE:
        return "reopened"
    return "moved" if getattr(old, "town", None) != getattr(new, "town", None) else "changed"


def _renamed(gone: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Old id → new id."""
    found: dict[str, str] = {}
    for own, (_, entry) in new.items():
        found.update({former: own for former in getattr(entry, "former_ids", ()) if former in gone})
    names = {entry.name: own for own, (_, entry) in new.items()}
    for old, (_, entry) in gone.items():
        if old not in found and entry.name in names and names[entry.name] not in found.values():
            found[old] = names[entry.name]
    left = [old for old in gone if old not in found], [own for own in new if own not in found.values()]
    if len(left[0]) * len(left[1]) <= _MOST_PAIRS:
        for old in left[0]:
            alike = {own: _alike(gone[old][1], new[own][1]) for own in left[1] if own not in found.values()}
            if alike and (best := max(alike, key=lambda own: (alike[own], own))) and alike[best] >= _ALIKE:
                found[old] = best
    return found


def _alike(old: Any, new: Any) -> float:
    """How many of the fields that either has are the same in both. What everybody has tells nothing."""
    names = [name for name in type(old).model_fields if name not in ("id", "town", "tier", "status", "former_ids")]
    pairs = [(getattr(old, name), getattr(new, name)) for name in names]
    written = [(one, other) for one, other in pairs if one or other]
    return sum(one == other for one, other in written) / len(written) if len(written) > 2 else 0.0
