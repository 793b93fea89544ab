"""What somebody may need, as pages and the browser show it: terms of directory.yml with a page each."""

from collections.abc import Mapping
from dataclasses import dataclass

from haitang.data.directory import Directory
from haitang.data.needs import VOCABULARIES, NeedKind, id_of, needs_in
from haitang.model.entries import Position
from haitang.model.settings import Settings, Term
from haitang.site.page import ACTIVITY_KIND, NEED

FIELDS: Mapping[NeedKind, str] = dict(VOCABULARIES)  # of a position, by the kind of the need
NO_ICON = "any"


@dataclass(frozen=True, slots=True)
class Need:
    """`also` are everyday words for it, `group` its heading, `icon` a picture of templates/styles/icons.css; `group` and `text`
    are empty where it has none."""

    kind: NeedKind
    id: str
    name: str
    group: str
    icon: str
    also: tuple[str, ...]
    text: str

    @property
    def path(self) -> str:
        """Its page below the site's root."""
        return (ACTIVITY_KIND if self.kind == "activity_kind" else NEED).path(self.id)

    @property
    def heading(self) -> str:
        """What gathers it with others: its group, else its kind."""
        return self.group or self.kind


def needs_of(settings: Settings) -> tuple[Need, ...]:
    """All that directory.yml has words for, in its order."""
    return tuple(
        Need(
            kind=kind,
            id=id_of(term),
            name=term.name,
            group=(term.group or "") if isinstance(term, Term) else "",
            icon=term.icon or NO_ICON,
            also=term.also,
            text=term.text or "",
        )
        for kind, _, term in needs_in(settings)
    )


def meeting(directory: Directory, need: Need) -> tuple[Position, ...]:
    """The places that say they have it. None for kinds of activities: those take place."""
    field = FIELDS.get(need.kind)
    return directory.having(field, need.name) if field else ()
