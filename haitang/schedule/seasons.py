"""The parts of a year that opening hours name, and which clause is of which: seasons, or days that differ.

The rule: a season has dates or it is not known; what people call summer begins on another day in every town. A clause without
dates beside clauses with dates is told only where it can be of nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from haitang.schedule.language.phrases import Phrase
from haitang.schedule.month_days import YEAR, MonthDay, Stretch, days_of, stretches_of
from haitang.schedule.opening_hours import Spans
from haitang.schedule.opening_hours_clauses import Clause, Head

_ALL = frozenset(range(7))
_REST_OF_TIME = "其"  # 其他时间, 其余月份
_REST_OF_DAY = "时"  # 其他时间 and 其他时段 may be of the day as well


@dataclass(frozen=True, slots=True)
class PartsOfYear:
    """The clauses of each season, one without a head where the text knows none, and the dated days that differ from them."""

    seasons: tuple[tuple[Head | None, tuple[Clause, ...]], ...]
    exceptions: tuple[tuple[tuple[Stretch, ...], Spans], ...]


def parts_of_year(clauses: Sequence[Clause], whole: Phrase) -> PartsOfYear:
    """Raises Unclear where a clause may be of one part of the year or of another."""
    dated = [clause for clause in clauses if clause.own_head]
    undated = [clause for clause in clauses if not clause.own_head]
    for clause in dated:
        _check_head(clause)
    if not any(clause.head and clause.head.stretches for clause in dated):
        return PartsOfYear(((None, tuple(_of_the_week(clauses))),), ())
    if any(clause.spans for clause in undated) and not _belongs_to_seasons(clauses):
        return PartsOfYear(((None, tuple(undated)),), tuple(_exceptions(clauses, undated)))
    if (rest := _rest_of_closures(clauses)) is not None:
        closures = [clause for clause in dated if clause.head and clause.head.stretches]
        general = [replace(clause, own_head=False) for clause in rest]
        return PartsOfYear(((None, tuple(general)),), tuple(_exceptions([*closures, *general], general)))
    if not any(clause.spans for clause in dated):
        raise whole.unclear("no-opening")
    return _by_season(clauses)


def _rest_of_closures(clauses: Sequence[Clause]) -> list[Clause] | None:
    """`8月闭馆，其余时间每天9:00-17:00`: what is said of the rest, where all else is dated closures."""
    rest = [clause for clause in clauses if clause.head and not clause.head.stretches]
    others = [clause for clause in clauses if clause not in rest]
    whole_days = all(clause.own_head and clause.closed and clause.days is None for clause in others)
    return rest if others and whole_days and any(clause.spans for clause in rest) else None


def _of_the_week(clauses: Sequence[Clause]) -> Iterable[Clause]:
    """The clauses of a text whose only part of the year is 其他时间: other days of the week, then."""
    rest_days = any(clause.closed and clause.days is not None and not clause.own_head for clause in clauses)
    for clause in clauses:
        if not clause.own_head:
            yield clause
        elif clause.spans and clause.days is None and rest_days:
            yield clause  # 周一闭馆，其余时间9:00-17:00
        elif (clause.spans or clause.days is not None) and clause.head:
            raise clause.head.place.unclear("season-unclear")


def _check_head(clause: Clause) -> None:
    head = clause.head
    assert head is not None
    if not head.stretches and not head.name.startswith(_REST_OF_TIME):
        raise head.place.unclear("season-without-dates")
    if sum(len(days_of([stretch])) for stretch in head.stretches) > len(days_of(head.stretches)):
        raise head.place.unclear("seasons-overlap")


# --- days that differ ---


def _exceptions(clauses: Sequence[Clause], undated: Sequence[Clause]) -> Iterable[tuple[tuple[Stretch, ...], Spans]]:
    """Dated clauses beside general hours."""
    every_day = all(clause.days == _ALL for clause in undated if clause.spans)
    taken: set[MonthDay] = set()
    opened = False
    for clause in clauses:
        if not clause.own_head or clause.head is None:
            # Behind dated hours it may be of those days only, unless it cannot: every day has hours of its own there.
            if opened and not (clause.spans and clause.days == _ALL):
                raise clause.whole.unclear("season-unclear")
            continue
        days = clause.days
        if clause.closed:
            certain = days is None
        else:
            opened = True
            rest_days = any(other.closed for other in undated)
            certain = not rest_days and (days == _ALL or (days is None and every_day))
        if not certain or not clause.head.stretches or clause.workdays:
            raise clause.head.place.unclear("season-unclear")
        dates = days_of(clause.head.stretches)
        if clause.closed and len(dates) > len(YEAR) // 2 and any(last < first for first, last in clause.head.stretches):
            raise clause.head.place.unclear("bad-season-dates")  # 8月31日至8月1日 is a slip
        if taken & dates:
            raise clause.head.place.unclear("seasons-overlap")
        taken |= dates
        yield clause.head.stretches, clause.hours


# --- seasons ---


def _belongs_to_seasons(clauses: Sequence[Clause]) -> bool:
    """Clauses without dates go on with the season before them where the seasons fill the year, an earlier one than the last has
    such clauses, and none stands before all seasons: then the last one's are meant alike."""
    if not clauses[0].own_head:
        return False
    dates = days_of([stretch for clause in clauses if clause.own_head and clause.head for stretch in clause.head.stretches])
    if len(dates) < len(YEAR) and not any(clause.head and not clause.head.stretches for clause in clauses if clause.own_head):
        return False
    trailing = {id(clause.head) for clause in clauses if not clause.own_head}
    heads = [clause.head for clause in clauses if clause.own_head and clause.spans]
    return len(heads) > 1 and bool(trailing - {id(heads[-1])})


def _by_season(clauses: Sequence[Clause]) -> PartsOfYear:
    """Every clause under its season; days of rest before all seasons are of each."""
    common = []
    for clause in clauses:
        if clause.own_head:
            break
        common.append(clause)
    own = clauses[len(common) :]
    groups: dict[Head, list[Clause]] = {}
    for clause in own:
        assert clause.head is not None
        groups.setdefault(clause.head, []).append(clause)
    trailing = [clause for clause in own if not clause.own_head]
    if trailing and all(clause.closed and _is_closed_anyway(clause, own) for clause in trailing):
        return _by_season([clause for clause in clauses if clause not in trailing])
    heads = [head for head, found in groups.items() if any(clause.spans for clause in found)]
    if trailing and len(groups) > 1 and not _belongs_to_seasons(clauses):
        raise trailing[0].whole.unclear("season-unclear")
    closures = {head: found for head, found in groups.items() if head not in heads}
    exceptions = _closures(closures, heads)
    kept = {head: found for head, found in groups.items() if head not in exceptions}
    seasons = tuple((head, (*common, *found)) for head, found in zip(_settled(kept), kept.values(), strict=True))
    return PartsOfYear(seasons, tuple((head.stretches, ()) for head in exceptions))


def _is_closed_anyway(closure: Clause, clauses: Sequence[Clause]) -> bool:
    """No season opens a day of it."""
    days = closure.days or frozenset()
    return all(clause.days is not None and not clause.days & days for clause in clauses if clause.spans)


def _closures(closures: dict[Head, list[Clause]], heads: Sequence[Head]) -> list[Head]:
    """Dated closures that lie in a season are days that differ from it; the others are seasons themselves."""
    found = []
    for head, clauses in closures.items():
        if head.name.startswith(_REST_OF_TIME):
            if _REST_OF_DAY in head.name:
                raise head.place.unclear("season-unclear")  # the rest of the year, or only of the day?
            continue
        days = days_of(head.stretches)
        if any(days & days_of(other.stretches) for other in heads):
            if any(clause.days is not None for clause in clauses):
                raise head.place.unclear("season-unclear")
            if not any(days < days_of(other.stretches) for other in heads):
                raise head.place.unclear("seasons-overlap")
            found.append(head)
    return found


def _settled(heads: Iterable[Head]) -> tuple[Head, ...]:
    """The heads of one text with the days of 其他时间 filled in; days that no head names stay out of all of them."""
    heads = tuple(heads)
    taken: set[MonthDay] = set()
    for head in heads:
        days = days_of(head.stretches)
        if taken & days:
            raise head.place.unclear("seasons-overlap")
        taken |= days
    left = tuple(stretches_of([at for at, day in enumerate(YEAR) if day not in taken]))
    open_ended = [head for head in heads if not head.stretches]
    if open_ended and (not left or not taken or len(open_ended) > 1):
        raise open_ended[-1].place.unclear("season-unclear")
    return tuple(Head(head.name, head.stretches or left, head.place) for head in heads)
