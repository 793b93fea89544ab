"""What people call the things an entry points to: towns, brands, positions, kinds of activities; and the names of choices.

The rule: a cell shows a name, a file holds an id; every word that means only one thing is understood, and nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from haitang.editors.entry_files import StoredEntry
from haitang.editors.excel.layout import in_any_language, language
from haitang.model.divisions.home import Home, home_of
from haitang.model.field_specs import FieldSpec, Relation
from haitang.model.messages import LANGUAGES, field_words, made_of_words, words
from haitang.model.settings import Settings
from haitang.model.validation import closest, meant, plainly, tier_names
from haitang.model.written.places import town_names

_WITH_ID = re.compile(r".*[（(]\s*([a-z0-9][a-z0-9-]*)\s*[)）]", re.DOTALL)


@dataclass(frozen=True)
class Book:
    """The names of one kind of things: how each is shown, and what each word means."""

    shown: Mapping[str, str]
    meant: Mapping[str, str]
    home: Home | None = None  # whose cities may stand before a name
    plain: bool = False  # whether a name may be written otherwise: in wide letters, with blanks

    def label(self, entry_id: str) -> str:
        return self.shown.get(entry_id, entry_id)

    def id_of(self, written: str) -> str | None:
        """The id that is meant, None where nothing certain is."""
        if written in self.shown:
            return written
        if written not in self.meant and (known := self.meant.get(_folded(written))):
            return known
        written = plainly(written) if self.plain else written
        found = _WITH_ID.fullmatch(written)
        bare = self.home.without_city(written) if self.home else ""  # the city's name before a town's, where both are no one's
        return self.meant.get(written) or (found[1] if found else None) or self.meant.get(bare)

    def guess(self, written: str) -> str | None:
        """The name that was probably meant."""
        return closest(written, dict.fromkeys(self.shown.values(), ()))


def book(
    things: Iterable[tuple[str, str, Iterable[str]]], *, with_id: bool, home: Home | None = None, plain: bool = False
) -> Book:
    """Of (id, name, other names). A name two things share means neither; `with_id` shows the id behind the name."""
    shown: dict[str, str] = {}
    means: dict[str, set[str]] = {}
    form = str(field_words(language())["workbook"]["with_id"])
    for entry_id, name, others in things:
        shown[entry_id] = form.format(name=name, id=entry_id) if with_id and name else name or entry_id
        for word in {each for called in (shown[entry_id], name, *others) for each in (called, _folded(called))}:
            means.setdefault(plainly(word) if plain else word, set()).add(entry_id)
    return Book(shown, {word: min(ids) for word, ids in means.items() if word and len(ids) == 1}, home, plain)


def _folded(name: str) -> str:
    """A name in small letters, with one blank where there are some: CHAPEL  ALLERTON is Chapel Allerton."""
    return " ".join(name.casefold().split())


Names = Mapping[Relation, Book]


def names_of(settings: Settings, entries: Iterable[StoredEntry]) -> Names:
    """All books: what the towns, these positions and brands are called."""
    places = [place for area in settings.areas for place in area.places]
    things: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {"position": [], "brand": []}
    for entry in entries:
        if entry.kind in things:
            things[entry.kind].append((entry.id, entry.name, entry.other_names))
    called = tier_names(settings)
    return {
        "town": book(
            ((place.id, place.name, town_names(place.name, place.short_name or "")) for place in places),
            with_id=False,
            home=home_of(settings),
        ),
        "tier": book(
            ((tier.id, tier.short_name, (tier.id, *called[tier.id])) for tier in settings.tiers), with_id=False, plain=True
        ),
        "activity_kind": book(((kind.id, kind.name, ()) for kind in settings.activity_kinds), with_id=False),
        "position": book(things["position"], with_id=True),
        "brand": book(things["brand"], with_id=True),
    }


def choice_of(spec: FieldSpec, written: str) -> str | None:
    """The choice a word means: its label in any language, its value, or another name of it."""
    plain = plainly(written)
    for value, names in _called(spec.path).items():
        if plain and plain in names and value in dict(spec.choices):
            return value
    return meant(spec.name, written, dict(spec.choices))


@made_of_words
def _called(path: str) -> Mapping[str, frozenset[str]]:
    """What each choice of a field is called, without what keyboards vary. `path` is the field's, in an entry of any kind."""
    found: dict[str, set[str]] = {}
    for spoken in (words(each).tree["choices"].get(path.rpartition(".")[2], {}) for each in LANGUAGES):
        for value, names in spoken.items():
            found.setdefault(value, set()).update(str(names).split())
    specs = (column.spec for alike in in_any_language(LANGUAGES[0]).values() for sheet in alike for column in sheet.columns)
    for value, label in (choice for spec in specs if spec.path == path for choice in spec.choices):
        found.setdefault(value, set()).update((label, *re.split("、| or ", label)))
    return {value: frozenset(map(plainly, names)) for value, names in found.items()}
