"""What is missing of places, and how long ago somebody asked there.

The rule: only the four facts a visitor needs are missed here, places that have gone miss nothing, and how long ago a visit was
is told against a day that is given, never against the clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from haitang.data.directory import Directory, missing_facts
from haitang.model.entries import Position
from haitang.model.settings import Town
from haitang.model.types import GONE

AGEING_AFTER, STALE_AFTER = timedelta(days=180), timedelta(days=365)  # a visit or a call tells about a year


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place that needs somebody to ask: what is missing, and when it was last verified, None where never."""

    position: Position
    missing: tuple[str, ...]
    verified: date | None


@dataclass(frozen=True, slots=True)
class TownWanted:
    """A town's places that need somebody to ask: those never asked before those asked long ago, much missing before little."""

    town: Town
    known: bool
    wanted: tuple[Wanted, ...]


def wanted(directory: Directory, today: date | None, after: timedelta = STALE_AFTER) -> tuple[TownWanted, ...]:
    """By town, in the order of directory.yml, towns that want nothing left out. A place is wanted where a fact is missing, or
    it was never verified, or longer ago than `after`; where `today` is None nobody knows how long ago."""
    return tuple(
        TownWanted(town, directory.area[town.id].id != town.id, found)
        for town in directory.town.values()
        if (found := _wanted(directory.in_town(town.id), today, after))
    )


def _wanted(positions: Iterable[Position], today: date | None, after: timedelta) -> tuple[Wanted, ...]:
    found = []
    for position in positions:
        missing, verified = missing_facts(position), position.verified.on if position.verified else None
        aged = verified is None or (today is not None and today - verified > after)
        if position.status not in GONE and (missing or aged):
            key = verified is not None, -len(missing), verified or date.min, position.id
            found.append((key, Wanted(position, missing, verified)))
    return tuple(wanted for _, wanted in sorted(found, key=itemgetter(0)))
