"""What opening hours say, clause by clause: days, their times or their rest, the part of the year they are of.

The rule: a clause holds what was written; who wins where two speak of one day is told later.
"""

from dataclasses import dataclass, field
from typing import Literal

from haitang.schedule.language.phrases import AllDay, Note, Phrase, Times, Usual
from haitang.schedule.month_days import Stretch
from haitang.schedule.opening_hours import Span


@dataclass(frozen=True, slots=True)
class Head:
    """The part of the year a clause is of. No stretches: the days that no other head names."""

    name: str
    stretches: tuple[Stretch, ...]
    place: Phrase = field(compare=False)


@dataclass(slots=True)
class Clause:
    """`days` is None where none are written. `closed` and `usual` are the phrases that say so. `own_head`: the clause names its
    part of the year itself."""

    place: Phrase
    group: int = 0  # the brackets it begins in
    head: Head | None = None
    own_head: bool = False
    days: frozenset[int] | None = None
    workdays: bool = False
    holidays: bool = False
    spans: list[Times] = field(default_factory=list)
    closed: Phrase | None = None
    usual: Usual | None = None
    as_usual: bool = False  # a word of the usual stood before its times

    @property
    def complete(self) -> bool:
        """It says what holds on its days."""
        return bool(self.spans or self.closed or self.usual)

    @property
    def of_days(self) -> bool:
        return self.days is not None or self.holidays

    @property
    def hours(self) -> tuple[Span, ...]:
        return tuple((one.first, one.last) for one in self.spans if one.last is not None)

    @property
    def whole(self) -> Phrase:
        """From its first phrase to its last."""
        ends = [self.place.end, *(one.end for one in self.spans), *(one.end for one in (self.closed, self.usual) if one)]
        return Phrase(self.place.start, max(ends))


@dataclass(frozen=True, slots=True)
class HolidayMark:
    """节假日除外, 含节假日. `host`: the clause it is written into, else None; `after`: the clause before it."""

    kind: Literal["except", "with"]
    place: Phrase
    host: Clause | None
    after: Clause | None


@dataclass(slots=True)
class Clauses:
    """What a text says, before anybody tells which clause wins."""

    clauses: list[Clause] = field(default_factory=list)
    marks: list[HolidayMark] = field(default_factory=list)
    never_shut: Phrase | None = None
    all_day: AllDay | None = None  # 全天, said without its hours
    notes: list[Note] = field(default_factory=list)
