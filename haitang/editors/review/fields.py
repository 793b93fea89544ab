"""Field by field: what differs between two versions of an entry.

The rule: driven by the description of the model (`field_specs`), nothing here knows a field by name but the location. Rows of a
list are known by what names them, so that a row put in between changes no other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from haitang.editors.review.hours import hours_changes
from haitang.editors.review.map import move, point
from haitang.editors.review.report import FieldChange
from haitang.editors.review.text_diff import pieces, shortened
from haitang.model.citations import CitedText
from haitang.model.entries import Location
from haitang.model.field_specs import FieldSpec
from haitang.model.messages import Words
from haitang.schedule.opening_hours import OpeningHours

# What names a row, the likeliest first.
_NAMING = ("id", "name", "label", "title", "post", "file", "position", "tier", "field", "at", "scope")
_SHORT = 30  # a text below this is told whole, before and after
ITEMS = 12  # of a list
LONGEST = 400  # characters of a value

Labels = tuple[str, ...]
Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class FieldText:
    """Puts values of one side into words: an id stands beside its name, for it is what a reviewer looks for in the file."""

    words: Words
    names: Names

    def of(self, spec: FieldSpec, value: Any) -> str | None:
        """A value in words; None where there is none. Of fields the first part is as it is, the others stand behind names."""
        if value is None or value == ():
            return None
        if spec.item is not None and isinstance(value, tuple):
            return str(self.words.tree["terms"]["comma"]).join(self.of(spec.item, item) or "" for item in value)
        if spec.kind != "fields":
            return self._single(spec, value)
        texts = [(part, text) for part in spec.parts if (text := self.of(part, getattr(value, part.name)))]
        pair = self.words.tree["review"]["part"]
        named = [text if at == 0 else pair.format(label=part.label, value=text) for at, (part, text) in enumerate(texts)]
        return str(self.words.tree["review"]["parts"]).join(named)

    def items(self, spec: FieldSpec, values: Iterable[Any]) -> tuple[str, ...]:
        """The first of many items of a list, each not too long; a last `…` stands for the others."""
        texts = [shortened((spec.item and self.of(spec.item, value)) or "", LONGEST) for value in values]
        return tuple(texts) if len(texts) <= ITEMS else (*texts[:ITEMS], "…")

    def _single(self, spec: FieldSpec, value: Any) -> str:
        phrases = self.words.tree["review"]
        if isinstance(value, bool):
            return str(phrases["yes"] if value else phrases["no"])
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        if isinstance(value, date):
            return value.isoformat()
        text = written(value)
        name = self.names.get((spec.relation, text)) if spec.relation else dict(spec.choices).get(text)
        return phrases["named"].format(name=name, id=text) if name and name != text else text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of the same kind of thing, with who speaks for each side."""

    old: FieldText
    new: FieldText

    def changes(self, parts: tuple[FieldSpec, ...], old: Any, new: Any, above: Labels = ()) -> Iterator[FieldChange]:
        """What differs in any of the parts, in the order of the model."""
        for spec in parts:
            before, after = (getattr(side, spec.name, None) for side in (old, new))
            before, after = (None if value == () else value for value in (before, after))
            if before != after:
                yield from self._change(spec, before, after, (*above, spec.label))

    def _change(self, spec: FieldSpec, old: Any, new: Any, label: Labels) -> Iterator[FieldChange]:
        if isinstance(old, Location) or isinstance(new, Location):
            yield self._location(spec, old, new, label)
        elif spec.is_table:
            yield from self._rows(spec, old, new, label)
        elif spec.kind == "list":
            yield self._list(spec, old, new, label)
        elif spec.kind == "fields" and old is not None and new is not None:
            yield from self.changes(spec.parts, old, new, label)
        elif spec.kind == "prose" and old and new and max(map(len, (texts := (written(old), written(new))))) > _SHORT:
            yield FieldChange(label, pieces=pieces(*texts))
        else:
            before, after = self.old.of(spec, old), self.new.of(spec, new)
            yield FieldChange(label, before and shortened(before, LONGEST), after and shortened(after, LONGEST))
            if isinstance(old, OpeningHours) and isinstance(new, OpeningHours):
                yield from hours_changes(old, new, label, self.new.words)

    def _location(self, spec: FieldSpec, old: Location | None, new: Location | None, label: Labels) -> FieldChange:
        if old is None or new is None:
            return FieldChange(label, self._place(spec, old), self._place(spec, new))
        before, after = self._given(spec, old), self._given(spec, new)
        if before == after:
            return FieldChange(label, move=move(old, new))
        return FieldChange(label, before, after, move=move(old, new))

    def _place(self, spec: FieldSpec, value: Location | None) -> str | None:
        """A point in WGS-84, with how it was given and how well it is known."""
        if value is None:
            return None
        lon, lat = point(value)
        given = self._given(spec, value)
        return self.new.words.sentence("review", "place", lon=f"{lon:.6f}", lat=f"{lat:.6f}", given=given)

    def _given(self, spec: FieldSpec, value: Location) -> str:
        choices = {part.name: dict(part.choices) for part in spec.parts}
        precision = choices["precision"].get(value.precision, value.precision)
        return self.new.words.sentence("review", "given", precision=precision, crs=value.crs)

    def _list(self, spec: FieldSpec, old: Any, new: Any, label: Labels) -> FieldChange:
        before, after = Counter(old or ()), Counter(new or ())
        gone = self.old.items(spec, (before - after).elements())
        come = self.new.items(spec, (after - before).elements())
        return FieldChange(label, gone=gone, come=come, order=not gone and not come)

    def _rows(self, spec: FieldSpec, old: Any, new: Any, label: Labels) -> Iterator[FieldChange]:
        before, after = _named(old or ()), _named(new or ())
        gone = self.old.items(spec, (row for key, row in before.items() if key not in after))
        come = self.new.items(spec, (row for key, row in after.items() if key not in before))
        stayed = [key for key in before if key in after]
        order = not gone and not come and stayed != list(after)
        if gone or come or order:
            yield FieldChange(label, gone=gone, come=come, order=order)
        for key in stayed:
            parts = spec.item.parts if spec.item else ()
            names = (getattr(after[key], name, None) for name in (*_NAMING[1:], "id"))  # by its name rather than its id
            title = next((str(name) for name in names if name is not None), "")
            yield from self.changes(parts, before[key], after[key], (*label, title))


def written(value: Any) -> str:
    """A text as an editor wrote it."""
    return value.written if isinstance(value, CitedText) else str(getattr(value, "text", value))


def _named(rows: tuple[Any, ...]) -> Mapping[tuple[str, int], Any]:
    """Rows by what names them, counted where several are called the same."""
    seen = Counter[str]()
    found = {}
    for row in rows:
        key = next((f"{name}:{value}" for name in _NAMING if (value := getattr(row, name, None)) is not None), repr(row))
        seen[key] += 1
        found[key, seen[key]] = row
    return found
