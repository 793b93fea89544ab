"""What is missing of places, and how long ago somebody asked there.

The rule: only the four facts a visitor needs are missed here, places that have gone miss nothing, and how long ago a visit was
is told against a day that is given, never against the clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from haitang.data.directory import Directory, missing_facts
from haitang.model.entries import Position
from haitang.model.settings import Town
from haitang.model.types import GONE

AGEING_AFTER, STALE_AFTER = timedelta(days=180), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place that needs somebody to ask: what is missing, and when it was last verified, None where never."""

    position: Position
    missing: tuple[str, ...]
    verified: date | None

    @property
    def urgency(self) -> tuple[bool, int, date, str]:
        """The most urgent first: never asked before asked long ago, much missing before little."""
        return self.verified is not None, -len(self.missing), self.verified or date.min, self.position.id


@dataclass(frozen=True, slots=True)
class TownWanted:
    """A town's places that need somebody to ask, the most urgent first."""

    town: Town
    known: bool
    wanted: tuple[Wanted, ...]


def wanted(directory: Directory, today: date | None, after: timedelta = STALE_AFTER) -> tuple[TownWanted, ...]:
    """By town, in the order of directory.yml, towns that want nothing left out. A place is wanted where a fact is missing, or
    it was never verified, or longer ago than `after`; where `today` is None nobody knows how long ago."""
    return tuple(
        TownWanted(town, directory.area[town.id].id != town.id, found)
        for town in directory.town.values()
        if (found := tuple(sorted(_of_town(directory, town.id, today, after), key=lambda each: each.urgency)))
    )


def _of_town(directory: Directory, town: str, today: date | None, after: timedelta) -> Iterator[Wanted]:
    for position in directory.in_town(town):
        if position.status in GONE:
            continue
        missing, verified = missing_facts(position), position.verified.on if position.verified else None
        if missing or verified is None or (today is not None and today - verified > after):
            yield Wanted(position, missing, verified)
