"""A directory as it is said in English: its names by `name_en` or in Latin letters, hours and times from what was read of them.

The rule: nothing is translated but what directory.yml and the entries translate themselves. What stays Chinese is texts, which
pages mark as such (`marks`), and the Chinese name of a place, by which people there know it: it becomes an alias.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from haitang.core import pinyin
from haitang.data.directory import Directory
from haitang.model.abroad.romanised import romanised
from haitang.model.entries import Activity, Chapter, Concept, Figure, Position
from haitang.model.settings import ActivityKind, Aggregate, Area, Published, Settings, Term, Town, Vocabularies
from haitang.model.tiers import TierInfo
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.written.opening_hours_text import in_english as hours_in_english
from haitang.schedule.written.recurrence_english import when_in_english
from haitang.schedule.written.tongues import ENGLISH

_MEASURES = frozenset("家个处所座间项件")  # words that only go with a number: English has none
_LISTS = ("services", "facilities", "functions", "chains", "organisations")

Names = Mapping[str, Mapping[str, str]]  # by the vocabulary, each term's name in English


def in_english(directory: Directory, phrases: Mapping[str, str] | None = None) -> Directory:
    """The directory as visitors read it in English; ids, links, files and the order of everything stay. `phrases`: what names
    are called in English, by what they are called here, where neither entry nor settings say it."""
    known = directory if phrases is None else _with_phrases(directory, phrases)
    return _said(known)


def _with_phrases(directory: Directory, phrases: Mapping[str, str]) -> Directory:
    """The same with what the phrases say as the English names of whatever has none."""
    settings = directory.settings
    vocabularies = {
        each: tuple(_phrased(term, phrases) for term in getattr(settings.vocabularies, each))
        for each in Vocabularies.model_fields
    }
    areas = tuple(
        _phrased(area, phrases).model_copy(update={"towns": tuple(_phrased(town, phrases) for town in area.towns)})
        for area in settings.areas
    )
    return replace(
        directory,
        settings=settings.model_copy(
            update={
                "title_en": settings.title_en or phrases.get(settings.title),
                "subtitle_en": settings.subtitle_en or phrases.get(settings.subtitle or ""),
                "areas": areas,
                "tiers": tuple(_phrased(each, phrases) for each in settings.tiers),
                "vocabularies": settings.vocabularies.model_copy(update=vocabularies),
                "activity_kinds": tuple(_phrased(each, phrases) for each in settings.activity_kinds),
            }
        ),
        positions=tuple(_phrased(each, phrases) for each in directory.positions),
        brands=tuple(_phrased(each, phrases) for each in directory.brands),
        chapters=tuple(_phrased(each, phrases) for each in directory.chapters),
        routes=tuple(_phrased(each, phrases) for each in directory.routes),
    )


def _phrased(entry: Any, phrases: Mapping[str, str]) -> Any:
    own = {"name_en": phrases.get(entry.name), "short_name_en": phrases.get(getattr(entry, "short_name", None) or "")}
    own["group_en"] = phrases.get(getattr(entry, "group", None) or "")
    known = entry.__class__.model_fields
    changed = {name: said for name, said in own.items() if said and name in known and not getattr(entry, name)}
    return entry.model_copy(update=changed) if changed else entry


def _said(directory: Directory) -> Directory:
    names = {each: _names_of(getattr(directory.settings.vocabularies, each)) for each in Vocabularies.model_fields}
    return replace(
        directory,
        settings=_settings(directory.settings, names),
        positions=tuple(_position(each, names) for each in directory.positions),
        brands=tuple(_named(each) for each in directory.brands),
        chapters=tuple(_chapter(each, names) for each in directory.chapters),
        routes=tuple(_named(each) for each in directory.routes),
    )


def _names_of(terms: Iterable[Term]) -> dict[str, str]:
    """What each term is called, no two alike: a term is known by its name."""
    found = dict[str, str]()
    for term in terms:
        said = term.name_en or romanised(term.name)
        found[term.name] = said if said not in found.values() else f"{said} ({romanised(term.name)})"
    return found


def _called(entry: Any) -> str:
    return str(entry.name_en or romanised(entry.name))


def _named(entry: Any) -> Any:
    """A brand, a route, a concept: only its name changes."""
    return entry.model_copy(update={"name": _called(entry)})


def _position(position: Position, names: Names) -> Position:
    english = position.name_en or romanised(position.name, position.pinyin, position.short_name)
    changed: dict[str, Any] = {
        "name": english,
        "short_name": romanised(position.short_name, position.pinyin) if position.short_name and not position.name_en else None,
        "pinyin": None,
        "aliases": position.aliases if english == position.name else (position.name, *position.aliases),
        "community": position.community and romanised(position.community),
        "site_kind": position.site_kind and names["site_kind"].get(position.site_kind, romanised(position.site_kind)),
        **{each: _terms(getattr(position, each), names[each]) for each in _LISTS},
    }
    if position.hours:
        changed["hours"] = _hours(position.hours)
    if position.activities:
        changed["activities"] = tuple(map(_activity, position.activities))
    if position.figures:
        changed["figures"] = _figures(position.figures)
    return position.model_copy(update=changed)


@lru_cache(4096)  # most places of a city keep the same few hours
def _hours(hours: OpeningHours) -> OpeningHours:
    """Its text and the names of its seasons; its notes stay as they were written."""
    seasons = tuple(replace(season, name=ENGLISH.season(season.name)) for season in hours.seasons)
    return replace(hours, text=hours_in_english(hours), seasons=seasons)


def _terms(words: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(word) or romanised(word) for word in words)


def _activity(activity: Activity) -> Activity:
    if not activity.when:
        return activity
    return activity.model_copy(update={"when": replace(activity.when, text=when_in_english(activity.when))})


def _figures(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(each.model_copy(update={"unit": _unit(each.unit)}) for each in figures)


def _unit(unit: str | None) -> str | None:
    return None if unit in _MEASURES else unit


def _chapter(chapter: Chapter, names: Names) -> Chapter:
    concepts = tuple(_concept(each, names) for each in chapter.concepts)
    return chapter.model_copy(update={"name": _called(chapter), "concepts": concepts})


def _concept(concept: Concept, names: Names) -> Concept:
    shown_by = tuple(
        each.model_copy(update={"terms": _terms(each.terms, names[each.field])}) if each.field in names else each
        for each in concept.shown_by
    )
    return concept.model_copy(update={"name": _called(concept), "shown_by": shown_by})


def _settings(settings: Settings, names: Names) -> Settings:
    subtitle = settings.subtitle_en or (None if settings.subtitle and pinyin.han(settings.subtitle) else settings.subtitle)
    return settings.model_copy(
        update={
            "title": settings.title_en or romanised(settings.title),
            "subtitle": subtitle,
            "areas": tuple(map(_area, settings.areas)),
            "tiers": tuple(_tier(each, names["functions"]) for each in settings.tiers),
            "vocabularies": settings.vocabularies.model_copy(
                update={
                    each: tuple(_term(term, names[each]) for term in getattr(settings.vocabularies, each))
                    for each in Vocabularies.model_fields
                }
            ),
            "activity_kinds": tuple(map(_kind, settings.activity_kinds)),
            "published": tuple(map(_published, settings.published)),
            "aggregates": tuple(map(_aggregate, settings.aggregates)),
            "denominators": tuple(each.model_copy(update={"unit": _unit(each.unit)}) for each in settings.denominators),
        }
    )


def _area(area: Area) -> Area:
    return area.model_copy(update={"name": _called(area), "towns": tuple(map(_town, area.towns))})


def _town(town: Town) -> Town:
    short = romanised(town.short_name) if town.short_name and not town.name_en else None
    return town.model_copy(update={"name": _called(town), "short_name": short})


def _tier(tier: TierInfo, functions: Mapping[str, str]) -> TierInfo:
    return tier.model_copy(
        update={
            "name": _called(tier),
            "short_name": tier.short_name_en or tier.name_en or romanised(tier.short_name),
            "functions": _terms(tier.functions, functions),
        }
    )


def _term(term: Term, names: Mapping[str, str]) -> Term:
    """Under its old address; found by its Chinese name too."""
    return term.model_copy(
        update={
            "id": term.slug,
            "name": names[term.name],
            "also": _also(term, names[term.name]),
            "group": term.group_en or term.group,
        }
    )


def _kind(kind: ActivityKind) -> ActivityKind:
    return kind.model_copy(update={"name": _called(kind), "also": _also(kind, _called(kind))})


def _also(term: Term | ActivityKind, called: str) -> tuple[str, ...]:
    """Everyday words; the name here comes last, for whoever types it."""
    words = (*term.also_en, *(word for word in term.also if not pinyin.han(word)), term.name)
    found = {word.casefold(): word for word in reversed(words) if word.casefold() != called.casefold()}
    return tuple(reversed(found.values()))


def _published(published: Published) -> Published:
    counts = tuple(each.model_copy(update={"unit": _unit(each.unit)}) for each in published.counts)
    return published.model_copy(update={"scope": romanised(published.scope), "counts": counts})


def _aggregate(aggregate: Aggregate) -> Aggregate:
    return aggregate.model_copy(update={"figures": _figures(aggregate.figures)})
