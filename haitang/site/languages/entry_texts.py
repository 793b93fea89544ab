"""Which fields of an entry hold what people read, and of what kind it is; and the one walk over them, for every language.

The rule: kinds follow from the schema. A language says what becomes of the kinds it rewords; all else stays the very same.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal

from haitang.model.citations import CitedText
from haitang.model.cures.model_types import field_type
from haitang.model.entries import Entry
from haitang.model.settings import Vocabularies
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.recurrence import When

# What people call something, words of the directory's lists, opening hours and times of activities, measure words, numbers to
# dial, and all other texts.
Kind = Literal["name", "term", "time", "unit", "phone", "prose"]
Say = Callable[[Any, Any, str], Any]  # the value of a field, its entry, the field's name → the value as it is said

# What names something for programs, or is looked up as it was written.
_KEPT = frozenset(
    ("id", "former_ids", "file", "photo", "qr", "url", "icon", "town", "parent", "successor", "area", "position",
     "colour", "timezone", "languages", "repository", "mail", "email", "form", "night", "staff_pin", "tier_look", "look")
)  # fmt: skip
_NAMES = frozenset(("short_name", "aliases", "also", "pinyin", "community", "scope"))
_TERMS = frozenset((*Vocabularies.model_fields, "terms"))
_OTHERS: Mapping[Any, Kind] = {CitedText: "prose", OpeningHours: "time", When: "time"}


@cache
def kind_of(model: type[Entry], name: str) -> Kind | None:
    """What a field of an entry holds; None for what nobody reads, and for entries inside it."""
    value = field_type(model, (name,))
    if name in _KEPT:
        return None
    if value is not str:
        return _OTHERS.get(value)
    if name in _NAMES or name.endswith("_en") or f"{name}_en" in model.model_fields:
        return "name"
    if name == "unit":
        return "unit" if "value" in model.model_fields else "prose"  # that of a chart has no number beside it
    return "term" if name in _TERMS else "phone" if name == "phone" else "prose"


class Retelling:
    """Entries as a language says them: `said` has what becomes of each kind that it says otherwise."""

    def __init__(self, said: Mapping[Kind, Say]) -> None:
        self._said = said
        self._plans: dict[type[Entry], dict[str, Say]] = {}
        self._times: dict[tuple[type[Any], str], Any] = {}

    def plan(self, model: type[Entry]) -> dict[str, Say]:
        """The fields of an entry in which anything may change, and how."""
        if model not in self._plans:
            ways = ((name, self._way(model, name)) for name in model.model_fields)
            self._plans[model] = {name: say for name, say in ways if say}
        return self._plans[model]

    def _way(self, model: type[Entry], name: str) -> Say | None:
        inside = field_type(model, (name,))
        if isinstance(inside, type) and issubclass(inside, Entry):
            return self._inside if self.plan(inside) else None
        kind = kind_of(model, name)
        return self._time if kind == "time" and kind in self._said else self._said.get(kind) if kind else None

    def _time(self, value: Any, owner: Any, name: str) -> Any:
        """What is written alike means the same, and most places keep the same few hours."""
        if value is None:
            return None
        key = (value.__class__, value.text)
        if key not in self._times:
            self._times[key] = self._said["time"](value, owner, name)
        return self._times[key]

    def _inside(self, value: Any, *_: Any) -> Any:
        if value.__class__ is not tuple:
            return value and self.of(value)
        made = tuple(map(self.of, value))
        return made if any(new is not old for new, old in zip(made, value, strict=True)) else value

    def of(self, entry: Any) -> Any:
        """The same entry as it is said; the very same where nothing changes."""
        changed = {}
        for name, say in self.plan(entry.__class__).items():
            old = getattr(entry, name)
            new = say(old, entry, name)
            if new is not old and new != old:
                changed[name] = new
        return entry.model_copy(update=changed) if changed else entry
