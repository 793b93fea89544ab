"""What chapters about the system may refer to: entries that exist, words that are in the vocabularies, each concept once.

The rule: as in `checks`, whose list names these too; a chapter explains the directory, so what it points at must be in it.
"""

from collections.abc import Iterator, Mapping

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Filed, Finding
from haitang.model.cures.model_types import choices
from haitang.model.entries import Chapter, Showing
from haitang.model.settings import Settings
from haitang.model.validation import Guesses


def concepts_are_told_once(dataset: Dataset) -> Iterator[Finding]:
    """Positions link to a concept by its id, whichever chapter it stands in."""
    seen: dict[str, str] = {}
    for chapter in dataset.chapters:
        for index, concept in enumerate(chapter.value.concepts):
            if concept.id in seen:
                values: dict[str, Value] = {"value": concept.id, "other": seen[concept.id]}
                yield Finding(chapter.file, ("concepts", index, "id"), "concept-repeated", values)
            seen.setdefault(concept.id, chapter.file)


def concepts_refer_to_entries(dataset: Dataset) -> Iterator[Finding]:
    """The positions and brands that a chapter names exist."""
    kinds = (
        ("positions", dataset.position_by_id, "unknown-position"),
        ("brands", dataset.brand_by_id, "unknown-brand"),
    )
    for name, entries, code in kinds if dataset.chapters else ():
        known = {*entries, *dataset.named_elsewhere}
        guess = Guesses(sorted(known))
        for chapter in dataset.chapters:
            for index, concept in enumerate(chapter.value.concepts):
                for place, value in enumerate(getattr(concept, name)):
                    if value not in known:
                        values = {"value": value, **guess(value)}
                        yield Finding(chapter.file, ("concepts", index, name, place), code, values)


def concepts_name_known_terms(dataset: Dataset) -> Iterator[Finding]:
    """Words of a vocabulary are in it; a field without one may hold any words."""
    known = {field: _known(dataset.settings, field) for field in choices(Showing.model_fields["field"].annotation)}
    guesses = {field: Guesses(sorted(words or ())) for field, words in known.items()}
    for chapter in dataset.chapters:
        yield from _unknown_terms(chapter, known, guesses)


def _unknown_terms(
    chapter: Filed[Chapter], known: Mapping[str, set[str] | None], guesses: Mapping[str, Guesses]
) -> Iterator[Finding]:
    for index, concept in enumerate(chapter.value.concepts):
        for step, showing in enumerate(concept.shown_by):
            words = known[showing.field]
            for place, term in enumerate(showing.terms):
                if words is not None and term not in words:
                    values: dict[str, Value] = {"field": showing.field, "value": term, **guesses[showing.field](term)}
                    path = ("concepts", index, "shown_by", step, "terms", place)
                    yield Finding(chapter.file, path, "unknown-term", values)


def _known(settings: Settings, field: str) -> set[str] | None:
    """The words a field may hold; None where any will do. Groups of services stand for all words in them."""
    if field == "tier":
        return {tier.id for tier in settings.tiers}
    terms = getattr(settings.vocabularies, field, None)
    return None if terms is None else {name for term in terms for name in (term.name, term.group, term.official) if name}
