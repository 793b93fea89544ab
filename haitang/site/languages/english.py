"""A directory as it is said in English: its names by `name_en` or in Latin letters, hours and times from what was read of them.

The rule: nothing is translated but what directory.yml and the entries translate themselves. What stays Chinese is texts, which
pages mark as such (`marks`), and the Chinese name of a place, by which people there know it: it becomes an alias.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from haitang.core import pinyin
from haitang.data.directory import Directory
from haitang.model.abroad.romanised import in_letters, romanised
from haitang.model.entries import Position
from haitang.model.settings import Settings, Term, Vocabularies
from haitang.model.tiers import TierInfo
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.recurrence import When
from haitang.schedule.written.opening_hours_text import in_english as hours_in_english
from haitang.schedule.written.recurrence_english import when_in_english
from haitang.schedule.written.tongues import ENGLISH
from haitang.site.languages.chinese import Script
from haitang.site.languages.entry_texts import Kind, Retelling, Say
from haitang.site.languages.retold import retold

_MEASURES = frozenset("家个处所座间项件")  # words that only go with a number: English has none


def in_english(directory: Directory, phrases: Mapping[str, str] | None = None) -> Directory:
    """The directory as visitors read it in English; ids, links, files and the order of everything stay. `phrases`: what names
    are called in English, by what they are called here, where neither entry nor settings say it."""
    english = _English(directory.settings, phrases or {})
    script = Script(in_letters, phrases)

    def then(say: Say) -> Say:
        """And what is left of it in Chinese by the phrases, the marks of what is in letters as such: GeoNames（CC BY）."""
        return lambda value, owner, field: script.of(say(value, owner, field))

    ways: dict[Kind, Say] = {
        "name": english.name, "term": english.term, "time": _time, "unit": _unit, "phone": _as_it_is,
        "prose": _as_it_is,
    }  # fmt: skip
    retelling = Retelling({kind: then(say) for kind, say in ways.items()})
    prose = Retelling({"prose": then(_as_it_is)})  # of words: what they are called was said with their lists
    terms = {name: tuple(map(prose.of, getattr(english.vocabularies, name))) for name in Vocabularies.model_fields}
    vocabularies = english.vocabularies.model_copy(update=terms)
    settings = retelling.of(directory.settings).model_copy(update={"vocabularies": vocabularies})
    return retold(directory, retelling, settings)


class _English:
    """What things of one directory are called."""

    def __init__(self, settings: Settings, phrases: Mapping[str, str]) -> None:
        self._phrases = phrases
        self._given = settings.vocabularies
        self._terms = {each: self._of_terms(getattr(self._given, each)) for each in Vocabularies.model_fields}
        self._lists: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}  # most entries have one of a few

    def _of_terms(self, terms: Iterable[Term]) -> dict[str, str]:
        """What each term is called, no two alike: a term is known by its name."""
        found = dict[str, str]()
        for term in terms:
            said = self._called(term)
            found[term.name] = said if said not in found.values() else f"{said} ({romanised(term.name)})"
        return found

    def name(self, value: Any, owner: Any, field: str) -> Any:
        """What names an entry, or a part of it."""
        if field.endswith("_en"):
            return value or self._phrases.get(getattr(owner, field[:-3], None) or "")
        if own := _OWN_WAYS.get(field):
            return own(self, value, owner)
        return self._said(owner, field) or (value and romanised(value))

    def _aliases(self, value: tuple[str, ...], owner: Any) -> tuple[str, ...]:
        return value if self._called(owner) == owner.name else (owner.name, *value)

    def _group(self, value: str | None, owner: Any) -> str | None:
        return self._said(owner, "group") or value

    def _subtitle(self, value: str | None, owner: Any) -> str | None:
        return self._said(owner, "subtitle") or (None if value and pinyin.han(value) else value)

    def _said(self, owner: Any, field: str) -> str | None:
        """How the entry or a phrase says a field in English."""
        return getattr(owner, f"{field}_en", None) or self._phrases.get(getattr(owner, field) or "")

    def _name(self, _: Any, owner: Any) -> str:
        return self._called(owner)

    def _called(self, owner: Any) -> str:
        said = owner.name_en or self._phrases.get(owner.name)
        if isinstance(owner, Position):
            return said or romanised(owner.name, owner.pinyin, owner.short_name)
        return said or romanised(owner.name)

    def _short(self, value: str | None, owner: Any) -> str | None:
        if isinstance(owner, TierInfo):
            return self._said(owner, "short_name") or self._said(owner, "name") or romanised(owner.short_name)
        # Of a place or a town; the one in English is as short as it gets.
        return romanised(value, getattr(owner, "pinyin", None)) if value and not self._said(owner, "name") else None

    def term(self, value: Any, owner: Any, field: str) -> Any:
        """Words of a list, and what `shown_by` has of them."""
        names = self._terms.get(owner.field if field == "terms" else field)
        if not value or names is None:
            return value
        if isinstance(value, str):
            return names.get(value) or romanised(value)
        known = self._lists.get((field, value))
        if known is None:
            known = self._lists[field, value] = tuple(names.get(word) or romanised(word) for word in value)
        return known

    @property
    def vocabularies(self) -> Vocabularies:
        ways = {each: tuple(map(self._term, getattr(self._given, each), self._terms[each].values())) for each in self._terms}
        return self._given.model_copy(update=ways)

    def _term(self, term: Term, called: str) -> Term:
        """Under its old address; found by its Chinese name too."""
        own = {name: self.name(getattr(term, name), term, name) for name in ("name_en", "group_en", "group")}
        return term.model_copy(update={"id": term.slug, "name": called, "also": _also(term, called), **own})


_OWN_WAYS: Mapping[str, Callable[[_English, Any, Any], Any]] = {
    "name": _English._name,
    "aliases": _English._aliases,
    "also": lambda english, _, owner: _also(owner, english._called(owner)),
    "short_name": _English._short,
    "group": _English._group,
    "subtitle": _English._subtitle,
    "pinyin": lambda *_: None,  # of the Chinese name
}


def _also(term: Any, called: str) -> tuple[str, ...]:
    """Everyday words; the name here comes last, for whoever types it."""
    words = (*term.also_en, *(word for word in term.also if not pinyin.han(word)), term.name)
    found = {word.casefold(): word for word in reversed(words) if word.casefold() != called.casefold()}
    return tuple(reversed(found.values()))


def _as_it_is(value: Any, *_: Any) -> Any:
    return value


def _time(value: Any, *_: Any) -> Any:
    """Opening hours with the names of their seasons, and when something takes place; notes stay as they were written."""
    if isinstance(value, OpeningHours):
        seasons = tuple(replace(season, name=ENGLISH.season(season.name)) for season in value.seasons)
        return replace(value, text=hours_in_english(value), seasons=seasons)
    return replace(value, text=when_in_english(value)) if isinstance(value, When) else value


def _unit(value: Any, *_: Any) -> Any:
    return None if value in _MEASURES else value
