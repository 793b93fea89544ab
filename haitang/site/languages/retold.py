"""Entries that are said in another language field by field, when somebody asks: most builds show few of thousands.

The rule: who holds one cannot tell it from a whole entry. What was said of a field is kept while the entry is among the last
that were asked; of the others only what lists and indexes ask of all.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from haitang.data.directory import Directory
from haitang.model.entries import Entry
from haitang.model.plain_values import FIELDS_OF, fill, new
from haitang.model.settings import Settings
from haitang.site.languages.entry_texts import Retelling

Model = TypeVar("Model", bound=Entry)
_TOLD = "told"  # no field is called so, nor as the next
_HELD = "held"
_MOST = 2_048  # entries whose large fields are kept
_LARGE = ("notices", "spaces", "platforms", "activities", "pledges", "photos", "story", "sources", "figures")


def retold(directory: Directory, retelling: Retelling, settings: Settings) -> Directory:
    """The directory with these settings, its entries said as the retelling has it."""
    said = Teller(retelling).all
    return replace(
        directory, settings=settings, positions=said(directory.positions), brands=said(directory.brands),
        chapters=said(directory.chapters), routes=said(directory.routes), first=directory,
    )  # fmt: skip


class Teller:
    """Says entries in a language, as a retelling has it."""

    def __init__(self, retelling: Retelling) -> None:
        self._plan = retelling.plan
        self._lately: deque[dict[str, Any]] = deque()

    def all(self, entries: Iterable[Model]) -> tuple[Model, ...]:
        return tuple(map(self._one, entries))

    def _one(self, entry: Model) -> Model:
        said: Model = new(_class_of(entry.__class__))
        FIELDS_OF.__set__(said, {_TOLD: (self, entry)})
        fill(said, _NONE)
        return said

    def said(self, entry: Entry, name: str, own: dict[str, Any]) -> Any:
        """A field of an entry, which is put among its `own`."""
        value, say = getattr(entry, name), self._plan(entry.__class__).get(name)
        own[name] = said = say(value, entry, name) if say else value
        if name in _LARGE and value and _HELD not in own:
            own[_HELD] = True
            self._lately.append(own)
            if len(self._lately) > _MOST:
                old = self._lately.popleft()
                for large in (_HELD, *_LARGE):
                    old.pop(large, None)
        return said


_NONE: set[str] = set()


class _Field:
    """A field that nobody has asked for yet: what is put into the entry itself goes before it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, entry: Entry | None, kind: Any = None) -> Any:
        if entry is None:
            raise AttributeError(self._name)  # as of all fields of a class
        own = FIELDS_OF.__get__(entry)
        teller, first = own[_TOLD]
        return teller.said(first, self._name, own)


def _whole(model: type[Entry], entry: Entry) -> dict[str, Any]:
    """All fields of an entry, for who looks at it as a whole."""
    return {name: getattr(entry, name) for name in model.model_fields}


@cache
def _class_of(model: type[Entry]) -> type[Any]:
    """The model, its instances saying each field when it is asked for."""

    def first(entry: Entry) -> Entry:
        found: Entry = FIELDS_OF.__get__(entry)[_TOLD][1]
        return found

    def copied(entry: Entry) -> Entry:
        made: Entry = new(model)
        FIELDS_OF.__set__(made, _whole(model, entry))
        fill(made, set(first(entry).model_fields_set))
        return made

    # Not by pydantic's way of making classes: that would make the schema anew. What is worked out of an entry is no text.
    known = ("pictures", "newest_source", "filled", "has_times", "model_fields_set")
    own_ways: dict[str, Any] = {
        "__dict__": property(lambda entry: _whole(model, entry), FIELDS_OF.__set__),
        "__class__": property(lambda _: model),
        **{name: _Field(name) for name in model.model_fields},
        "__copy__": copied,
        "__reduce_ex__": lambda entry, protocol: copied(entry).__reduce_ex__(protocol),
        **{name: property(_asked(first, name)) for name in known if hasattr(model, name)},
    }
    made: type[Any] = type.__new__(type(model), model.__name__, (model,), own_ways)
    return made


def _asked(first: Callable[[Entry], Entry], name: str) -> Callable[[Entry], Any]:
    return lambda entry: getattr(first(entry), name)
