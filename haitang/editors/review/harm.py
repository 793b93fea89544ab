"""What could hurt those who rely on an entry: its point, its hours, its telephone, and what many entries lose at once."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from haitang.editors.review.fields import LONGEST, written
from haitang.editors.review.map import move
from haitang.editors.review.report import Listed, Stakes, Wiped
from haitang.editors.review.revisions import Side
from haitang.editors.review.text_diff import shortened
from haitang.model.citations import CitedText
from haitang.model.field_specs import entry_spec
from haitang.model.messages import Words
from haitang.model.paths import FOLDERS

MANY = 3  # entries that lose the same field
_WIPED = 4  # a long text of which less than one part in so many is left
_LONG = 40  # characters
NAMED = 10
_OWN = ("name", "address", "phone", "hours", "story")  # what hardly two entries have alike


def weight(old: Any, new: Any) -> tuple[int, float]:
    """For sorting: the farthest moves first, then hours, then telephones, then the rest."""
    if metres := moved(old, new):
        return 0, -metres
    return next((at for at, name in enumerate(("hours", "phone"), 1) if _differ(old, new, name)), 3), 0.0


def moved(old: Any, new: Any) -> float:
    """How many metres the point of an entry moved."""
    start, end = getattr(old, "location", None), getattr(new, "location", None)
    way = move(start, end) if start and end and start != end else None
    return way.metres if way and way.direction else 0.0


def _differ(old: Any, new: Any, name: str) -> bool:
    return bool(getattr(old, name, None) != getattr(new, name, None))


def stakes(before: Side, after: Side) -> Stakes:
    pairs = [(old, new) for old, new in _pairs(before, after, "position") if old != new]
    ways = [way for old, new in pairs if (way := moved(old, new))]
    hours, phones = (sum(_differ(old, new, name) for old, new in pairs) for name in ("hours", "phone"))
    return Stakes(len(ways), max(ways, default=0.0), hours, phones)


def wiped(before: Side, after: Side, words: Words) -> Iterator[Wiped]:
    """The fields that many entries lost, wholly or nearly, or that became the same in all, the most first."""
    for kind in FOLDERS:
        names = defaultdict[tuple[str, str], list[str]](list)
        specs = [(spec.name, spec.label) for spec in entry_spec(kind, words.language).fields]
        for old, new in _pairs(before, after, kind):
            for name, label in specs:
                was, now = getattr(old, name), getattr(new, name)
                if _is_lost(was, now):
                    names[label, ""].append(old.name)
                elif name in _OWN and was and now and was != now:
                    names[label, written(now)].append(old.name)
        for (label, text), some in sorted(names.items(), key=lambda found: -len(found[1])):
            if len(some) >= MANY:
                yield Wiped(kind, label, Listed(len(some), tuple(some[:NAMED])), shortened(text, LONGEST))


def _pairs(before: Side, after: Side, kind: Any) -> Iterator[tuple[Any, Any]]:
    """The same entries on both sides, of those that somebody touched."""
    now = after.by_id(kind)
    for name, old in before.by_id(kind).items():
        if (new := now.get(name)) is not None and new is not old:
            yield old, new


def _is_lost(old: Any, new: Any) -> bool:
    if new is None or new == ():
        return not (old is None or old == ())
    if isinstance(old, CitedText) and isinstance(new, CitedText):
        return len(old.text) >= _LONG and len(new.text) * _WIPED < len(old.text)
    return False
