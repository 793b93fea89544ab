"""What people call the things an entry points to: towns, brands, positions, kinds of activities; and the names of choices.

The rule: a cell shows a name, a file holds an id; every word that means only one thing is understood, and nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from haitang.model.field_specs import FieldSpec, Relation
from haitang.model.messages import field_words, words
from haitang.model.settings import Settings
from haitang.model.validation import closest

_WITH_ID = re.compile(r".*[（(]\s*([a-z0-9][a-z0-9-]*)\s*[)）]", re.DOTALL)


@dataclass(frozen=True)
class Book:
    """The names of one kind of things: how each is shown, and what each word means."""

    shown: Mapping[str, str]
    meant: Mapping[str, str]

    def label(self, own_id: str) -> str:
        return self.shown.get(own_id, own_id)

    def id_of(self, written: str) -> str | None:
        """The id that is meant, None where nothing certain is."""
        if written in self.shown:
            return written
        if written in self.meant:
            return self.meant[written]
        found = _WITH_ID.fullmatch(written)
        return found[1] if found else None

    def guess(self, written: str) -> str | None:
        """The name that was probably meant."""
        return closest(written, dict.fromkeys(self.shown.values(), ()))


def book(things: Iterable[tuple[str, str, Iterable[str]]], *, with_id: bool) -> Book:
    """Of (id, name, other names). A name two things share means neither; `with_id` shows the id behind the name."""
    shown: dict[str, str] = {}
    means: dict[str, set[str]] = {}
    for own_id, name, others in things:
        shown[own_id] = f"{name}（{own_id}）" if with_id and name else name or own_id
        for word in (shown[own_id], name, *others):
            means.setdefault(word, set()).add(own_id)
    return Book(shown, {word: min(ids) for word, ids in means.items() if word and len(ids) == 1})


Names = Mapping[Relation, Book]


def names_of(settings: Settings, entries: Mapping[str, Iterable[tuple[str, str, Iterable[str]]]]) -> Names:
    """All books. `entries` holds positions and brands as (id, name, other names)."""
    places = [place for area in settings.areas for place in area.places]
    return {
        "town": book(((place.id, place.name, _spoken(place.name, place.short_name)) for place in places), with_id=False),
        "activity_kind": book(((kind.id, kind.name, ()) for kind in settings.activity_kinds), with_id=False),
        "position": book(entries["position"], with_id=True),
        "brand": book(entries["brand"], with_id=True),
    }


def _spoken(name: str, short_name: str | None) -> tuple[str, ...]:
    """What people call a town: 玉山镇（昆山高新区） is 玉山镇, and 昆山高新区."""
    return (short_name or "", *(part.strip() for part in re.split("[（）()]", name)))


def choice_of(spec: FieldSpec, written: str) -> str | None:
    """The choice a word means: its label, its value, or another name of it."""
    plain = written.casefold()
    also = words("zh-CN").tree["choices"].get(spec.name, {})
    told = field_words().get("any", {}).get(spec.name, {}).get("choices", {})
    for value, label in spec.choices:
        spoken = (value, label, *str(also.get(value, "")).split(), *str(told.get(value, "")).split())
        if plain in (word.casefold() for word in spoken):
            return value
    return None
