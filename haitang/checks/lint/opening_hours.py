"""Opening hours that can be read but are hardly meant so.

The rule: one thing is told of a place's hours, the oddest; hours that follow from each other are not told twice.
"""

from collections.abc import Iterator, Sequence

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding
from haitang.model.types import GONE
from haitang.schedule.opening_hours import DAY_MINUTES, Span, Week, clock

LONGEST_DAY = 16 * 60
EARLIEST = 5 * 60
_HOLE = 60  # minutes: a shorter break is never odd
_OFFICE_DAY = 6 * 60

_Odd = tuple[str, dict[str, Value]]  # problem code, blanks of its sentence


def hours_are_likely(dataset: Dataset) -> Iterator[Finding]:
    known: dict[str, _Odd | None] = {}  # most places of a city keep the same few hours
    for entry in dataset.own(dataset.positions):
        hours = entry.value.hours
        if hours is None or entry.value.status in GONE:
            continue
        if hours.text not in known:
            known[hours.text] = next((odd for season in hours.seasons if (odd := _odd(season.week))), None)
        if odd := known[hours.text]:
            values: dict[str, Value] = {"field": "hours", **odd[1]}
            yield Finding(entry.file, ("hours",), odd[0], values)


def _odd(week: Week) -> _Odd | None:
    """What is oddest about a week: code and blanks of its sentence."""
    spans = (odd for day in week for start, end in day if (odd := _odd_span(start, end)))
    breaks = (odd for day in week if (odd := _odd_break(day)))
    if odd := next(spans, None) or next(breaks, None):
        return odd
    # Whole days at the end of the week and none within it: the days were left out, or meant the other way round.
    whole = all(sum(end - start for start, end in day) >= _OFFICE_DAY for day in week[5:])
    return ("hours-no-weekday", {}) if whole and not any(week[:5]) else None


def _odd_span(start: int, end: int) -> _Odd | None:
    said: dict[str, Value] = {"start": clock(start), "end": clock(end)}
    if (start, end) == (0, DAY_MINUTES) or end > DAY_MINUTES:  # past midnight is said in words
        return None
    if end - start > LONGEST_DAY:
        return "hours-very-long", {"hours": round((end - start) / 60)}
    if start < EARLIEST:
        return "hours-before-dawn", said
    return ("hours-odd-minute", said) if start % 5 or end % 5 else None


def _odd_break(day: Sequence[Span]) -> _Odd | None:
    """A break that is longer than the time around it; hours in pieces have more than one break and are meant so."""
    if len(day) != 2:
        return None
    (start, leaving), (returning, end) = day
    if returning - leaving <= max(leaving - start + end - returning, _HOLE):
        return None
    return "hours-long-break", {"start": clock(leaving), "end": clock(returning)}
