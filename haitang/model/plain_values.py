"""An entry as plain values, and the entry of plain values: for notes of what was read, and read well.

The rule: what stands where follows from the schema alone, so nothing is written beside the values, and nothing is checked
again: values come from `written` only. Times are their texts; what those mean is recalled, or read anew.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, cast

from pydantic import BaseModel

from haitang.model import known_times
from haitang.model.citations import CitedText
from haitang.model.cures.model_types import field_type, is_list
from haitang.model.entries import Entry
from haitang.model.types import DimHours
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.partial_dates import DayRange, PartialDate
from haitang.schedule.recurrence import When

Model = TypeVar("Model", bound=Entry)
_Way = Callable[[Any], Any]
_GIVEN: set[str] = set()  # of what stands inside entries nobody asks which fields it was given


class Form(NamedTuple):
    """How the entries of a kind are written: the names of their fields, and of those that are not plain, where they stand,
    how they are written and how they are made again."""

    names: tuple[str, ...]
    ways: tuple[tuple[int, _Way, _Way], ...]

    def written(self, values: Iterable[Any]) -> list[Any]:
        found = list(values)
        for at, write, _ in self.ways:
            if found[at] is not None:
                found[at] = write(found[at])
        return found

    def made(self, values: Iterable[Any]) -> list[Any]:
        values = list(values)
        for at, _, make in self.ways:
            if values[at] is not None:
                values[at] = make(values[at])
        return values


@cache
def form_of(model: type[Entry], names: tuple[str, ...] = ()) -> Form:
    """Of these fields, else of all."""
    names = names or tuple(model.model_fields)
    ways = (
        (at, _way(field_type(model, (name,))), is_list(model.model_fields[name].annotation)) for at, name in enumerate(names)
    )
    return Form(names, tuple((at, *(_each(way) if many else way)) for at, way, many in ways if way))


def values_of(entry: Entry) -> list[Any]:
    """All of an entry's fields."""
    form = form_of(type(entry))
    return [sorted(entry.model_fields_set), *form.written(map(entry.__dict__.__getitem__, form.names))]


def entry_of(model: type[Model], values: list[Any]) -> Model:
    """The entry that `values_of` told."""
    form = form_of(model)
    entry: Model = new(model)
    _fields(entry, dict(zip(form.names, form.made(values[1:]), strict=True)))
    fill(entry, set(values[0]))
    return entry


def _each(way: tuple[_Way, _Way]) -> tuple[_Way, _Way]:
    write, make = way
    return lambda items: tuple(map(write, items)), lambda items: tuple(map(make, items))


def _way(kind: Any) -> tuple[_Way, _Way] | None:
    """How values of a kind are written and made; None where they are plain."""
    if not (isinstance(kind, type) and issubclass(kind, Entry)):
        return _WAYS.get(kind)
    form = form_of(kind)
    names, ways = form.names, form.ways
    fields = itemgetter(*names) if len(names) > 1 else lambda own: (own[names[0]],)

    def write(entry: Entry) -> list[Any]:  # as `form.written`
        found = list(fields(entry.__dict__))
        for at, way, _ in ways:
            if found[at] is not None:
                found[at] = way(found[at])
        return found

    def make(values: list[Any]) -> Entry:  # twenty of them are in an entry
        if ways:
            values = values.copy()
            for at, _, way in ways:
                if values[at] is not None:
                    values[at] = way(values[at])
        entry: Entry = new(kind)
        _fields(entry, dict(zip(names, values)))  # noqa: B905 - of `write`
        _SET(entry, _GIVEN)
        _EXTRA(entry, None)
        _PRIVATE(entry, None)
        return entry

    return write, make


def fill(entry: Entry, given: set[str]) -> None:
    """What pydantic wants of an entry beside its fields."""
    _SET(entry, given)
    _EXTRA(entry, None)
    _PRIVATE(entry, None)


new = object.__new__
FIELDS_OF: Any = next(base.__dict__["__dict__"] for base in Entry.__mro__ if "__dict__" in base.__dict__)  # past any property
_fields = FIELDS_OF.__set__
_SET, _EXTRA, _PRIVATE = (
    cast(Any, BaseModel.__dict__[f"__pydantic_{name}__"]).__set__ for name in ("fields_set", "extra", "private")
)


def _hours(found: OpeningHours) -> str:
    known_times.learn("hours", found)
    return found.text


def _when(found: When) -> str:
    known_times.learn("when", found)
    return found.text


@lru_cache(1024)
def _partial(number: int) -> PartialDate:
    return PartialDate(number // 10000, number // 100 % 100, number % 100)


def _cited(told: Any) -> CitedText:
    return CitedText(told) if type(told) is str else CitedText(told[0], told[1:])


_WAYS: dict[Any, tuple[_Way, _Way]] = {
    date: (date.toordinal, date.fromordinal),
    PartialDate: (lambda day: day.year * 10000 + day.month * 100 + day.day, _partial),
    DayRange: (
        lambda days: (days.first.toordinal(), days.last.toordinal()),
        lambda ends: DayRange(*map(date.fromordinal, ends)),
    ),
    DimHours: (lambda hours: (hours.start, hours.end), lambda ends: DimHours(*ends)),
    CitedText: (lambda cited: (cited.text, *cited.marks) if cited.marks else cited.text, _cited),
    OpeningHours: (_hours, known_times.hours),
    When: (_when, known_times.when),
}
