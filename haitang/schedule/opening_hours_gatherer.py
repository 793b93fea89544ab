"""The phrases of opening hours gathered into clauses.

The rule: what stands together is told from what the phrases are, not from the signs between them; what could belong to two is
refused.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    Usual,
    With,
    Without,
    YearDays,
)
from haitang.schedule.opening_hours import DAY_MINUTES
from haitang.schedule.opening_hours_clauses import Clause, Clauses, Head, HolidayMark

_WEEK = frozenset(range(7))


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
        self.marked: Phrase | None = None  # the phrase before, where it was a word of holidays on its own

    def take(self, pieces: list[_Piece]) -> None:
        """Takes the first piece, and those that only say something together with it."""
        piece = pieces.pop(0)
        marked, self.marked = self.marked, None
        if marked and isinstance(piece.phrase, Times | AllDay):
            raise Phrase(marked.start, piece.phrase.end).unclear("holiday-unclear")
        _TAKE[type(piece.phrase)](self, piece, pieces)

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

    def days(self, piece: _Piece, pieces: list[_Piece]) -> None:
        following = pieces[0] if pieces else None
        if following is not None and isinstance(following.phrase, Except) and not following.parted:
            self._days_without(piece, pieces.pop(0))
        else:
            self._days(piece, following)

    def _days_without(self, piece: _Piece, excepted: _Piece) -> None:
        days, current = piece.phrase, self.current
        assert isinstance(days, Days)
        many = len(days.weekdays) > len(_WEEK) // 2
        if days.holidays and many and current and current.spans and not current.of_days:
            raise days.unclear("holiday-unclear")  # 9:00-17:00（周一至周五、节假日除外）
        self._without(days, Phrase(days.start, excepted.phrase.end), piece)

    def _days(self, piece: _Piece, following: _Piece | None) -> None:
        days, current = piece.phrase, self.current
        assert isinstance(days, Days)
        says_itself = following is not None and _says_of(piece, following)
        open_days = current is not None and current.days and not (current.complete or piece.parted)
        if open_days and days.each and days.weekdays == _WEEK:
            return  # 周一至周五每天
        if current is None or (current.complete and (says_itself or not self._is_behind_times(current, piece, following))):
            self._name(self._begin(piece), days)
        elif current.complete:
            if following is not None and _is_of_holidays(following) and len(days.weekdays) <= len(_WEEK) // 2:
                raise days.unclear("two-days")  # 9:00-17:00，周一，节假日休息
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
    def _is_behind_times(current: Clause, piece: _Piece, following: _Piece | None) -> bool:
        """Days right behind times that have none, or in brackets behind them, or with a word of holidays behind them."""
        of_holidays = following is None or _is_of_holidays(following)
        return bool(current.spans) and not current.of_days and (piece.group > 0 or not piece.parted or of_holidays)

    @staticmethod
    def _name(clause: Clause, days: Days) -> None:
        if days.weekdays:
            clause.days = (clause.days or frozenset()) | days.weekdays
        clause.workdays = clause.workdays or days.workdays
        clause.holidays = clause.holidays or days.holidays

    def head(self, piece: _Piece, pieces: list[_Piece]) -> None:
        phrase, current, following = piece.phrase, self.current, pieces[0] if pieces else None
        alone = piece.group > 0 and (following is None or following.group != piece.group)
        behind = alone and current is not None and current.spans and not current.own_head  # 9:00-17:00（5月-9月）
        if behind and current and len(current.spans) > 1:
            raise phrase.unclear("season-unclear")  # of all these times, or of the last?
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

    def times(self, piece: _Piece, pieces: list[_Piece]) -> None:
        phrase = piece.phrase
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
                current.usual, current.as_usual = None, True
        if current is None or (current.of_days and current.spans and piece.parted and _has_days_behind(pieces)):
            current = self._begin(piece)
        if isinstance(phrase, AllDay) and not phrase.certain:
            self.told.all_day = phrase
        if isinstance(phrase, AllDay) and phrase.all_week:
            if current.days not in (None, _WEEK):
                raise phrase.unclear("two-days")
            current.days = _WEEK
        current.spans.append(times)

    def rest(self, piece: _Piece, pieces: list[_Piece]) -> None:
        phrase = piece.phrase
        if isinstance(phrase, Rest) and phrase.label and pieces and isinstance(pieces[0].phrase, Days):
            days = pieces[0].phrase  # 闭馆日：周一
            self._name(self._begin(pieces.pop(0)), days)
        current = self.current
        if current is None or current.complete or not (current.of_days or current.own_head):
            raise phrase.unclear("rest-unclear")
        current.closed = phrase

    def usual(self, piece: _Piece, _pieces: list[_Piece]) -> None:
        phrase, current = piece.phrase, self.current
        assert isinstance(phrase, Usual)
        if current is not None and not current.complete and current.of_days:
            current.usual = phrase
        elif phrase.bare:
            return
        elif current is not None and not current.complete and current.head is not None and current.own_head:
            raise current.head.place.unclear("season-unclear" if current.head.stretches else "season-without-dates")
        else:
            raise phrase.unclear("bad")

    # --- what is said beside it ---

    def excluding(self, piece: _Piece, _pieces: list[_Piece]) -> None:
        assert isinstance(piece.phrase, Without)
        self._without(piece.phrase.days, piece.phrase, piece)

    def _without(self, days: Days, place: Phrase, piece: _Piece) -> None:
        """除周一外, 周一除外, 节假日除外: days are closed, holidays wait for `opening_hours_reader`."""
        if days.weekdays:
            head = self.current.head if self.current else None
            self.told.clauses.append(Clause(place, piece.group, head, days=days.weekdays, closed=place))
        if days.holidays:
            self._mark("except", place, piece)

    def including(self, piece: _Piece, _pieces: list[_Piece]) -> None:
        phrase, current = piece.phrase, self.current
        assert isinstance(phrase, With)
        if phrase.days.weekdays and (current is None or not phrase.days.weekdays <= (current.days or frozenset())):
            raise phrase.unclear("two-days")
        if phrase.days.holidays:
            self._mark("with", phrase, piece)

    def _mark(self, kind: Literal["except", "with"], place: Phrase, piece: _Piece) -> None:
        current = self.current
        # （周一闭馆，节假日除外） says as little of which it means as it does without brackets.
        inside = piece.group > 0 and current is not None and not (piece.parted and current.group == piece.group)
        hosted = current is not None and (inside or not current.complete)
        self.marked = None if hosted or (kind == "with" and self.told.never_shut) else place
        self.told.marks.append(HolidayMark(kind, place, current if hosted else None, current))

    def never_shut(self, piece: _Piece, _pieces: list[_Piece]) -> None:
        self.told.never_shut = piece.phrase

    def note(self, piece: _Piece, _pieces: list[_Piece]) -> None:
        assert isinstance(piece.phrase, Note)
        if piece.phrase.aside and not (piece.parted or piece.group):
            raise piece.phrase.unclear("aside")
        self.told.notes.append(piece.phrase)

    def no_break(self, piece: _Piece, _pieces: list[_Piece]) -> None:
        times = next((clause.spans for clause in reversed(self.told.clauses) if clause.spans), [])
        if any(left.last is not None and left.last < right.first for left, right in pairwise(times)):
            raise piece.phrase.unclear("break-unclear")

    def alone(self, piece: _Piece, _pieces: list[_Piece]) -> None:
        raise piece.phrase.unclear("bad")


_TAKE: Mapping[type[Phrase], Callable[[_Gatherer, _Piece, list[_Piece]], None]] = {
    Days: _Gatherer.days,
    Without: _Gatherer.excluding,
    With: _Gatherer.including,
    Except: _Gatherer.alone,
    YearDays: _Gatherer.head,
    SeasonName: _Gatherer.head,
    RestOfTime: _Gatherer.head,
    Times: _Gatherer.times,
    AllDay: _Gatherer.times,
    Rest: _Gatherer.rest,
    Usual: _Gatherer.usual,
    NeverShut: _Gatherer.never_shut,
    NoBreak: _Gatherer.no_break,
    Note: _Gatherer.note,
}


def _says_of(piece: _Piece, following: _Piece) -> bool:
    """What follows says what holds on the days of a piece."""
    return not following.parted and following.group == piece.group and _is_predicate(following.phrase)


def _is_predicate(phrase: Phrase) -> bool:
    """It says what holds on the days before it."""
    return isinstance(phrase, Rest | Times | AllDay) or (isinstance(phrase, Usual) and not phrase.bare)


def _is_of_holidays(piece: _Piece) -> bool:
    return isinstance(piece.phrase, Days) and piece.phrase.only_holidays


def _has_days_behind(pieces: Sequence[_Piece]) -> bool:
    """`…；9:00-16:00（周六、周日）`: times whose own days stand in brackets behind them."""
    if not pieces or pieces[0].parted or not pieces[0].group or not isinstance(pieces[0].phrase, Days):
        return False
    after = pieces[1] if len(pieces) > 1 else None
    return bool(pieces[0].phrase.weekdays) and (after is None or after.group != pieces[0].group)


def _is_solar(feast: str) -> bool:
    """Feasts that fall on the same days of every year, so that dates may stand beside them."""
    return feast.startswith(("元旦", "劳动", "五一", "国庆", "十一"))
