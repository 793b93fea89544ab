"""What one may need: whatever directory.yml has words for that somebody looks for a place by.

The rule: the order is that of directory.yml, and every list of needs follows it; an id names a page, so it is one need's only.
"""

from collections.abc import Iterator
from typing import Literal

from haitang.model.settings import ActivityKind, Settings, Term

NeedKind = Literal["service", "facility", "site_kind", "activity_kind"]
# By the vocabulary their words stand in, in the order of frontend/src/data/needs.ts.
VOCABULARIES: tuple[tuple[NeedKind, str], ...] = (
    ("service", "services"), ("facility", "facilities"), ("site_kind", "site_kind"),
)  # fmt: skip


def needs_in(settings: Settings) -> Iterator[tuple[NeedKind, tuple[str | int, ...], Term | ActivityKind]]:
    """Each with where it stands in directory.yml."""
    for kind, vocabulary in VOCABULARIES:
        for at, term in enumerate(getattr(settings.vocabularies, vocabulary)):
            yield kind, ("vocabularies", vocabulary, at), term
    for at, each in enumerate(settings.activity_kinds):
        yield "activity_kind", ("activity_kinds", at), each


def id_of(term: Term | ActivityKind) -> str:
    """What names its page."""
    return term.slug if isinstance(term, Term) else term.id
