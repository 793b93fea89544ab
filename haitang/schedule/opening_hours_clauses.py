"""The phrases of opening hours gathered into clauses: days, their times or their rest, the part of the year they are of.

The rule: what stands together is told from what the phrases are, not from the signs between them; what could belong to two is
refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from haitang.schedule.language.phrases import (
    AllDay,
    Days,
    Except,
    Group,
    NeverShut,
    NoBreak,
    Note,
    Phrase,
    Rest,
    RestOfTime,
    SeasonName,
    Separator,
    Times,
    Unclear,
    Usual,
    With,
    Without,
    YearDays,
)
from haitang.schedule.month_days import Stretch
from haitang.schedule.opening_hours import DAY_MINUTES, Span

_WEEK = frozenset(range(7))


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
    never_shut: NeverShut | None = None
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A phrase, whether a separator stands before it, and the brackets it is in, 0 for none."""

    phrase: Phrase
    parted: bool
    group: int


def gather(phrases: Sequence[Phrase]) -> Clauses:
    """Raises Unclear with the piece that could belong to two clauses, or to none."""
    pieces = list(_pieces(phrases))
    gatherer = _Gatherer()
    while pieces:
        gatherer.take(pieces)
    return gatherer.finished()


def _pieces(phrases: Sequence[Phrase]) -> Iterator[_Piece]:
    parted = False
    for at, phrase in enumerate(phrases, 1):
        if isinstance(phrase, Separator):
            parted = True
            continue
        inner = phrase.items if isinstance(phrase, Group) else (phrase,)
        for one in inner:
            if isinstance(one, Separator):
                parted = True
            else:
                yield _Piece(one, parted, at if isinstance(phrase, Group) else 0)
                parted = False


class _Gatherer:
    def __init__(self) -> None:
        self.told = Clauses()
        self.current: Clause | None = None
        self.lead: Clause | None = None  # days before the first of several seasons hold for all of them
        self.marked = False  # the phrase before was a word of holidays on its own

    def take(self, pieces: list[_Piece]) -> None:
        """Takes the first piece, and those that only say something together with it."""
        piece = pieces.pop(0)
        phrase = piece.phrase
        following = pieces[0] if pieces else None
        marked, self.marked = self.marked, False
        if isinstance(phrase, Days):
            if following is not None and isinstance(following.phrase, Except) and not following.parted:
                pieces.pop(0)
                self._without(phrase, Phrase(phrase.start, following.phrase.end), piece)
            else:
                self._days(phrase, piece, following)
        elif isinstance(phrase, YearDays | SeasonName | RestOfTime):
            self._head(phrase, piece, following)
        elif isinstance(phrase, Times | AllDay):
            if marked:
                raise phrase.unclear("holiday-unclear")
            self._times(phrase, piece)
        elif isinstance(phrase, Rest):
            self._rest(phrase)
        elif isinstance(phrase, Usual):
            self._usual(phrase)
        elif isinstance(phrase, Without):
            self._without(phrase.days, phrase, piece)
        elif isinstance(phrase, With):
            self._with(phrase, piece)
        else:
            self._aside(phrase)

    def finished(self) -> Clauses:
        for clause in self.told.clauses:
            if not clause.complete:
                raise clause.whole.unclear("no-hour")
        return self.told

    def _begin(self, piece: _Piece) -> Clause:
        head = self.current.head if self.current else None
        self.current = Clause(piece.phrase, piece.group, head)
        self.told.clauses.append(self.current)
        return self.current

    # --- who a clause is about ---

    def _days(self, days: Days, piece: _Piece, following: _Piece | None) -> None:
        current = self.current
        says_itself = following is not None and not following.parted and following.group == piece.group
        says_itself = says_itself and isinstance(following.phrase, Rest | Usual | Times | AllDay)  # type: ignore[union-attr]
        if current is None or (current.complete and (says_itself or not self._is_behind_times(current, piece))):
            self._name(self._begin(piece), days)
        elif current.complete:
            self._name(current, days)  # 8:30-17:30（周一至周五）
        elif not current.of_days:
            self._name(current, days)  # 5月-9月 每天
        elif piece.group and not says_itself and (current.days, current.holidays) == (days.weekdays, days.holidays):
            return  # 周末（周六、周日）
        elif piece.parted or piece.group or not current.days or days.weekdays & current.days:
            raise (current.whole if piece.parted else days).unclear("no-hour" if piece.parted else "two-days")
        else:
            self._name(current, days)  # 周末 节假日

    @staticmethod
    def _is_behind_times(current: Clause, piece: _Piece) -> bool:
        """Days right behind times that have none, or in brackets behind them."""
        return bool(current.spans) and not current.of_days and (piece.group > 0 or not piece.parted)

    @staticmethod
    def _name(clause: Clause, days: Days) -> None:
        if days.weekdays:
            clause.days = (clause.days or frozenset()) | days.weekdays
        clause.workdays = clause.workdays or days.workdays
        clause.holidays = clause.holidays or days.holidays

    def _head(self, phrase: YearDays | SeasonName | RestOfTime, piece: _Piece, following: _Piece | None) -> None:
        current = self.current
        alone = piece.group > 0 and (following is None or following.group != piece.group)
        behind = alone and current is not None and current.spans and not current.own_head  # 9:00-17:00（5月-9月）
        if current is None or (current.complete and not behind):
            current = self._begin(piece)
            if self.lead is not None:
                current.days, current.workdays = self.lead.days, self.lead.workdays
        elif current.days is not None and not current.complete:
            self.lead = current
        stretches = phrase.stretches if isinstance(phrase, YearDays) else ()
        name = phrase.name if isinstance(phrase, SeasonName | RestOfTime) else ""
        if isinstance(phrase, SeasonName) and phrase.feast and not _is_solar(name):
            raise phrase.unclear("lunar")
        if current.own_head and current.head is not None:
            if (current.head.stretches and stretches) or (current.head.name and name):
                raise phrase.unclear("season-unclear")
            head = Head(current.head.name or name, current.head.stretches or stretches, current.head.place)
            current.head = Head(head.name, head.stretches, Phrase(head.place.start, phrase.end))
        else:
            current.head, current.own_head = Head(name, stretches, phrase), True

    # --- what it says ---

    def _times(self, phrase: Times | AllDay, piece: _Piece) -> None:
        times = phrase if isinstance(phrase, Times) else Times(phrase.start, phrase.end, 0, DAY_MINUTES)
        current = self.current
        if current is not None and (current.closed or current.usual):
            opened = current.usual is not None and (current.usual.bare or current.holidays)  # 节假日正常开放 9:00-16:00
            if not (piece.parted or piece.group or opened):
                raise phrase.unclear("rest-unclear")
            if piece.parted or current.closed:
                if any(one.spans and not one.own_head for one in self.told.clauses):
                    raise phrase.unclear("no-days")  # of the days before the rest, or of all that are left?
                current = self._begin(piece)
            else:
                current.usual = None
        if current is None:
            current = self._begin(piece)
        if isinstance(phrase, AllDay) and phrase.all_week:
            if current.days not in (None, _WEEK):
                raise phrase.unclear("two-days")
            current.days = _WEEK
        current.spans.append(times)

    def _rest(self, phrase: Rest) -> None:
        current = self.current
        if current is None or current.complete or not (current.of_days or current.own_head):
            raise phrase.unclear("rest-unclear")
        current.closed = phrase

    def _usual(self, phrase: Usual) -> None:
        current = self.current
        if current is not None and not current.complete and current.of_days:
            current.usual = phrase
        elif phrase.bare:
            return
        elif current is not None and not current.complete and current.head is not None and current.own_head:
            raise current.head.place.unclear("season-unclear" if current.head.stretches else "season-without-dates")
        else:
            raise phrase.unclear("bad")

    # --- what is said beside it ---

    def _without(self, days: Days, place: Phrase, piece: _Piece) -> None:
        """除周一外, 周一除外, 节假日除外: days are closed, holidays wait for `opening_hours_reader`."""
        if days.weekdays:
            head = self.current.head if self.current else None
            self.told.clauses.append(Clause(place, piece.group, head, days=days.weekdays, closed=place))
        if days.holidays:
            self._mark("except", place, piece)

    def _with(self, phrase: With, piece: _Piece) -> None:
        current = self.current
        if phrase.days.weekdays and (current is None or not phrase.days.weekdays <= (current.days or frozenset())):
            raise phrase.unclear("two-days")
        if phrase.days.holidays:
            self._mark("with", phrase, piece)

    def _mark(self, kind: Literal["except", "with"], place: Phrase, piece: _Piece) -> None:
        current = self.current
        # （周一闭馆，节假日除外） says as little of which it means as it does without brackets.
        inside = piece.group > 0 and current is not None and not (piece.parted and current.group == piece.group)
        hosted = current is not None and (inside or not current.complete)
        self.marked = not hosted
        self.told.marks.append(HolidayMark(kind, place, current if hosted else None, current))

    def _aside(self, phrase: Phrase) -> None:
        if isinstance(phrase, NeverShut):
            self.told.never_shut = phrase
        elif isinstance(phrase, Note):
            self.told.notes.append(phrase)
        elif isinstance(phrase, NoBreak):
            times = next((clause.spans for clause in reversed(self.told.clauses) if clause.spans), ())
            if any(left.last is not None and left.last < right.first for left, right in pairwise(times)):
                raise phrase.unclear("break-unclear")
        else:
            raise phrase.unclear("bad")


def _is_solar(feast: str) -> bool:
    """Feasts that fall on the same days of every year, so that dates may stand beside them."""
    return feast.startswith(("元旦", "劳动", "五一", "国庆", "十一"))


__all__ = ["Clause", "Clauses", "Head", "HolidayMark", "Unclear", "gather"]
