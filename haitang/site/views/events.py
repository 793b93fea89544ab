"""All activities of a Directory, as lists, calendars and the browser's data take them.

The rule: what an activity's time means is settled in `recurrence`; what is past is past on the day of the data, never by the
clock. Places that are closed, merged or paused hold none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from haitang.data.directory import Directory
from haitang.model.entries import Activity, Position
from haitang.model.settings import ActivityKind, Town
from haitang.model.types import NOT_IN_USE
from haitang.schedule.recurrence import When

ALL = "calendars/all.ics"
MOST_IN_ONE = 5_000  # activities of one calendar; a phone chokes on more, and has no use for them
PLACES_SHOWN = 60  # of one line; where more do the same, the pages of towns tell all of them
NAMED_LENGTH = 18  # characters of names that fit a line of a phone; as in frontend/src/events/agenda.ts


class Event(NamedTuple):
    """An activity and where it belongs. `row` is its position's in the directory; `over`: certainly past on the data's day."""

    activity: Activity
    position: Position
    town: Town
    town_known: bool
    kind: ActivityKind | None
    row: int
    over: bool

    @property
    def when(self) -> When | None:
        return self.activity.when

    @property
    def data(self) -> str:
        """For the browser; empty where the time is not known."""
        return self.activity.when.data if self.activity.when else ""

    @property
    def uid(self) -> str:
        """The same for good: neither another time, place, text or order changes it, nor another id of the position, as long
        as its first id stands first among the former ones."""
        first = (*self.position.former_ids, self.position.id)[0]
        name = self.activity.id or blake2b(self.activity.name.encode(), digest_size=8).hexdigest()
        return f"{first}.{name}"


class Gathering(NamedTuple):
    """The same at one place or at many: events that differ in nothing but where they are, in the order of the directory."""

    events: tuple[Event, ...]

    @property
    def first(self) -> Event:
        return self.events[0]

    @property
    def group(self) -> str:
        """The heading it stands under."""
        when = self.first.when
        return "undated" if when is None else "regular" if when.repeated else "dated"

    @property
    def shown(self) -> int:
        """How many of its events a list names."""
        return min(len(self.events), PLACES_SHOWN)

    @property
    def positions(self) -> tuple[Position, ...]:
        """Each place once."""
        return tuple({event.position.id: event.position for event in self.events}.values())

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of these places, each once."""
        return tuple(dict.fromkeys(event.row for event in self.events))

    @property
    def rooms(self) -> tuple[str, ...]:
        """Where in these places, each once."""
        return tuple(dict.fromkeys(event.activity.place for event in self.events if event.activity.place))

    @property
    def named(self) -> tuple[str, ...]:
        """The places that are named for all: two where their names fit a line, else one."""
        names = tuple(position.name for position in self.positions[:2])
        return names if sum(map(len, names)) <= NAMED_LENGTH else names[:1]


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """Where a calendar lies in the site, and its address for subscribing where the site's own is known."""

    path: str
    subscribe: str | None


@dataclass(frozen=True, slots=True)
class Programme:
    """`ahead`: with a time, regular ones first, then by day; `undated`: the time is not known; `over`: the latest first."""

    ahead: tuple[Event, ...] = ()
    undated: tuple[Event, ...] = ()
    over: tuple[Event, ...] = ()

    @property
    def shown(self) -> tuple[Event, ...]:
        """What a visitor may still find useful."""
        return (*self.ahead, *self.undated)

    @property
    def all(self) -> tuple[Event, ...]:
        return (*self.ahead, *self.undated, *self.over)


def events_of(directory: Directory) -> Iterator[Event]:
    """In the order of the directory and of each entry."""
    for row, position in enumerate(directory.positions):
        yield from events_at(directory, position, row)


def events_at(directory: Directory, position: Position, row: int = -1) -> Iterator[Event]:
    """Of one position, in the order of its entry."""
    activities = () if position.status in NOT_IN_USE else position.activities  # looked up once
    if not activities:
        return
    kinds, town, town_known = directory.activity_kind, directory.town[position.town], directory.town_is_known(position)
    for activity in activities:
        yield Event(
            activity=activity,
            position=position,
            town=town,
            town_known=town_known,
            kind=kinds.get(activity.kind or ""),
            row=row,
            over=bool(activity.when and directory.updated and activity.when.over(directory.updated)),
        )


def programme(found: Iterable[Event]) -> Programme:
    ahead, over = list[tuple[date, Event]](), list[tuple[date, Event]]()
    undated: list[Event] = []
    for event in found:
        if event.when is None:
            undated.append(event)
        elif event.over:
            over.append((event.when.last_day or date.min, event))
        else:
            ahead.append((date.min if event.when.repeated else event.when.rules[0].dates[0], event))
    day = itemgetter(0)
    shown = (event for _, event in sorted(ahead, key=day))
    return Programme(tuple(shown), tuple(undated), tuple(event for _, event in sorted(over, key=day, reverse=True)))


def gatherings(events: Iterable[Event]) -> tuple[Gathering, ...]:
    """Each where the first of its events stood. What has another name, time, kind or text, or is over, is another one; so is
    what says more than the other says: nobody has said it of both."""
    alike: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        activity = event.activity
        alike.setdefault((activity.name, event.data, activity.kind, str(activity.text), event.over), []).append(event)
    return tuple(Gathering(tuple(each)) for each in alike.values())


def of_position(position: str) -> str:
    return f"calendars/positions/{position}.ics"


def of_town(town: str) -> str:
    return f"calendars/towns/{town}.ics"


def calendar_link(directory: Directory, path: str) -> CalendarLink:
    base = directory.settings.base_url
    return CalendarLink(path, f"webcal://{base.partition('://')[2].rstrip('/')}/{path}" if base else None)
