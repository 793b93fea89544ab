"""directory.yml: at one with itself and with the entries it names."""

from collections.abc import Container, Iterable, Iterator
from datetime import date

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding, Path
from haitang.data.needs import NeedKind, id_of, needs_in
from haitang.model.abroad.region import CHINA
from haitang.model.paths import SETTINGS_FILE
from haitang.model.settings import ActivityKind, Holidays, Settings, Term
from haitang.model.tiers import FLOWERS
from haitang.model.validation import Guesses, KnownTiers, closest


def settings_agree(dataset: Dataset) -> Iterator[Finding]:
    """directory.yml with itself: no id, tier or term twice, no two tiers drawn alike, references that exist."""
    settings = dataset.settings
    yield from _repeated(_town_ids(settings), "town-repeated")
    tiers = [tier.id for tier in settings.tiers]
    yield from _repeated(((("tiers", index, "id"), tier) for index, tier in enumerate(tiers)), "tier-repeated")
    yield from _drawn_alike(settings)
    kinds = enumerate(settings.activity_kinds)
    yield from _repeated(((("activity_kinds", index, "id"), kind.id) for index, kind in kinds), "kind-repeated")
    yield from _unknown_tiers(settings)
    for at, said in enumerate(settings.published):
        counts = enumerate(said.counts)
        yield from _repeated(((("published", at, "counts", i, "tier"), count.tier) for i, count in counts), "tier-repeated")
    halls = enumerate(settings.halls)
    yield from _repeated(((("halls", index, "id"), hall.id) for index, hall in halls), "hall-repeated")
    yield from _unspoken(settings)
    for name in type(settings.vocabularies).model_fields:
        terms = enumerate(getattr(settings.vocabularies, name))
        paths = ((("vocabularies", name, index, "name"), term.name) for index, term in terms)
        yield from _repeated(paths, "term-repeated", field=name)
    years = enumerate(settings.holidays)
    yield from _repeated(((("holidays", index, "year"), str(each.year)) for index, each in years), "holiday-year-repeated")
    for at, layer in enumerate(settings.map.layers):
        if not (layer.approval_no or layer.exemption):
            yield Finding(SETTINGS_FILE, ("map", "layers", at, "kind"), "layer-unapproved", {"value": layer.kind})
    layers = enumerate(settings.map.layers)
    yield from _repeated(((("map", "layers", index, "kind"), layer.kind) for index, layer in layers), "layer-repeated")
    yield from _impossible_days(settings)
    yield from _unclear_needs(settings)


def _unknown_tiers(settings: Settings) -> Iterator[Finding]:
    published = (
        (("published", at, "counts", i, "tier"), count.tier)
        for at, said in enumerate(settings.published)
        for i, count in enumerate(said.counts)
    )
    denominators = ((("denominators", at, "tier"), base.tier) for at, base in enumerate(settings.denominators))
    known = KnownTiers(settings)
    for path, tier in (*published, *denominators):
        if values := known.mistake_in(tier):
            yield Finding(SETTINGS_FILE, path, "bad-choice", values)


def _unspoken(settings: Settings) -> Iterator[Finding]:
    """Languages of a hall that the directory is not in."""
    for index, hall in enumerate(settings.halls):
        for at, language in enumerate(hall.languages):
            if language not in settings.languages:
                values: dict[str, Value] = {"field": "languages", "value": language, "choices": settings.languages}
                yield Finding(SETTINGS_FILE, ("halls", index, "languages", at), "bad-choice", values)


def _drawn_alike(settings: Settings) -> Iterator[Finding]:
    """Tiers that ask for the flower of one before them."""
    taken = set[str]()
    for index, tier in enumerate(settings.tiers):
        if tier.look in taken:
            free = (*(shape for shape in FLOWERS if shape not in {each.look for each in settings.tiers}), "circle")
            values: dict[str, Value] = {"field": "look", "value": str(tier.look), "choices": free}
            yield Finding(SETTINGS_FILE, ("tiers", index, "look"), "bad-choice", values)
        elif tier.look and tier.look in FLOWERS:
            taken.add(tier.look)


def _unclear_needs(settings: Settings) -> Iterator[Finding]:
    """Two needs whose pages would be one, and the home page's that are none, or one of them twice."""
    found: dict[str, tuple[NeedKind, Term | ActivityKind]] = {}
    for kind, path, term in needs_in(settings):
        before, other = found.setdefault(id_of(term), (kind, term))
        # Whatever is written twice in one list is told of by itself.
        if other is not term and (kind != before or not (kind == "activity_kind" or term.name == other.name)):
            values: dict[str, Value] = {"value": id_of(term), "name": term.name, "other": other.name}
            yield Finding(SETTINGS_FILE, (*path, "id" if term.id else "name"), "need-id-repeated", values)
    yield from _repeated(((("needs", at), need) for at, need in enumerate(settings.needs)), "need-repeated")
    spoken = {need: (term.name, *term.also) for need, (_, term) in found.items()}
    for at, need in enumerate(settings.needs):
        if need not in found:
            guess = closest(need, spoken)
            yield Finding(SETTINGS_FILE, ("needs", at), "unknown-need", {"value": need} | ({"guess": guess} if guess else {}))


def _impossible_days(settings: Settings) -> Iterator[Finding]:
    """Holidays far from their year, said already, or worked on a day that is worked anyway."""
    said: set[tuple[int, date]] = set()
    for index, each in enumerate(settings.holidays):
        for name, ranges in (("off", each.off), ("worked", each.worked)):
            for place, days in enumerate(ranges):
                code = next((code for day in days.days if (code := _mistake(day, each, name, said))), "")
                if code:
                    values: dict[str, Value] = {"field": name, "value": str(days), "year": str(each.year)}
                    yield Finding(SETTINGS_FILE, ("holidays", index, name, place), code, values)
                said.update((each.year, day) for day in days.days)


def _mistake(day: date, holidays: Holidays, name: str, said: Container[tuple[int, date]]) -> str:
    """What the State Council announces for a year may reach into the December before it and the January after."""
    year = holidays.year
    if not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31):
        return "holiday-other-year"
    if (year, day) in said:
        return "holiday-day-repeated"
    return "holiday-not-weekend" if name == "worked" and day.weekday() < 5 else ""


def _repeated(names: Iterable[tuple[Path, str]], code: str, **values: Value) -> Iterator[Finding]:
    seen = set[str]()
    for path, name in names:
        if name in seen:
            yield Finding(SETTINGS_FILE, path, code, {"value": name, **values})
        seen.add(name)


def _town_ids(settings: Settings) -> Iterator[tuple[Path, str]]:
    for area_index, area in enumerate(settings.areas):
        yield ("areas", area_index, "id"), area.id
        for town_index, town in enumerate(area.towns):
            yield ("areas", area_index, "towns", town_index, "id"), town.id


def settings_refer_to_entries(dataset: Dataset) -> Iterator[Finding]:
    positions, brands = map(dataset.named_elsewhere.union, (dataset.position_by_id, dataset.brand_by_id))
    areas = {area.id for area in dataset.settings.areas}
    known = {"town": town_ids(dataset.settings), "brand": brands, "home": positions, "area": areas}
    codes = {"town": "unknown-town", "brand": "unknown-brand", "home": "unknown-position", "area": "unknown-area"}
    for group in ("aggregates", "halls", "published", "denominators"):
        for index, item in enumerate(getattr(dataset.settings, group)):
            for name, ids in known.items():
                value = getattr(item, name, None)
                if value is not None and value not in ids:
                    yield Finding(SETTINGS_FILE, (group, index, name), codes[name], {"value": value, **Guesses(ids)(value)})


def production_is_signed(dataset: Dataset) -> Iterator[Finding]:
    """A public site must say who answers for it before it goes out, in China with its number too."""
    if dataset.settings.production:
        for name in ("organiser", "icp") if dataset.settings.country == CHINA else ("organiser",):
            if getattr(dataset.settings.identity, name) is None:
                yield Finding(SETTINGS_FILE, ("identity",), "production-identity", {"field": name}, key=True)


def town_ids(settings: Settings) -> frozenset[str]:
    return frozenset(place_id for _, place_id in _town_ids(settings))
