"""What a field takes that is chosen and not typed: from the model, or from directory.yml."""

from haitang.model.field_specs import FieldSpec, with_own
from haitang.model.messages import field_words
from haitang.model.settings import Settings

Options = list[tuple[str, str]]


def choices(field: FieldSpec, settings: Settings) -> Options:
    """Each value with its label; none where anything is taken, where it is chosen among entries, or there is nothing yet."""
    if field.relation == "town":
        return [(place.id, place.name) for area in settings.areas for place in area.places]
    if field.relation == "activity_kind":
        return [(kind.id, kind.name) for kind in settings.activity_kinds]
    if field.vocabulary:
        return [(term.name, term.name) for term in getattr(settings.vocabularies, field.vocabulary)]
    if field.kind == "yes-no":
        return [(word, word) for word in (field_words()["admin"][key] for key in ("yes", "no"))]
    return list(with_own(field, settings).choices)
