"""Entries that hold what most questions need and fetch the rest when somebody asks, to let it go again before long.

The rule: a folded entry says what the whole one says, whatever is asked; of thousands only the last few are whole at a time. No
entry ever changes: folding and unfolding are nobody's business but this module's.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from sys import intern
from typing import Any, NamedTuple, Protocol, TypeVar

from haitang.model.entries import Brand, Entry, Position
from haitang.model.plain_values import FIELDS_OF, Form, fill, form_of, new

Model = TypeVar("Model", bound=Entry)
# What rules compare other entries by, and what is asked of all for lists, maps and figures.
PLAIN: Mapping[type[Entry], tuple[str, ...]] = {
    Position: (
        "id", "name", "name_en", "short_name", "aliases", "pinyin", "former_ids", "tier", "site_kind", "town", "community",
        "host", "address", "status", "successor", "parent", "closed_on_holidays", "phone", "services", "facilities",
        "functions", "chains", "organisations", "brands",
    ),
    Brand: ("id", "name", "name_en", "slogan", "host", "colour"),
}  # fmt: skip
# The same, where values must be made of plain ones: that is done for who asks.
MADE: Mapping[type[Entry], tuple[str, ...]] = {Position: ("location", "opened", "hours", "verified"), Brand: ("founded",)}
WORKED_OUT: Mapping[type[Entry], tuple[str, ...]] = {
    Position: ("pictures", "newest_source", "filled", "has_times"),
    Brand: ("pictures",),
}
# Asked of all positions too, but large: fetched without the rest.
APART = ("activities",)
# Words that many share are kept once.
_SHARED_TEXTS = frozenset(("id", "tier", "site_kind", "town", "community", "host", "status", "successor", "parent"))
_SHARED_LISTS = frozenset(("services", "facilities", "functions", "chains", "organisations", "brands"))
_MOST_WHOLE = 512
_HELD = "held"  # no field is called so


def _once(value: Any) -> Any:
    return intern(value) if type(value) is str else value


class Source(Protocol):
    """Where the rest of entries is fetched."""

    folder: "Folder"

    def fetch(self, key: str, *, apart: bool) -> Sequence[Any]:
        """What is `apart` of an entry, or that and its rest, as `parts_of` told them. Raises OSError."""


class Held:
    """What a folded entry has beside its plain fields: where the rest is, which fields were given, and the values of MADE and
    WORKED_OUT."""

    __slots__ = ("given", "key", "made", "source")

    def __init__(self, source: Source, key: str, given: int, made: list[Any]) -> None:
        self.source, self.key, self.given, self.made = source, key, given, made


class Shape(NamedTuple):
    """How entries of a kind are folded. `bits`: of `given`, by field."""

    plain: tuple[str, ...]
    made: Form
    worked_out: tuple[str, ...]
    apart: Form
    rest: Form
    bits: Mapping[str, int]
    absent: Mapping[str, Any]
    folded: type[Any]


@cache
def shape_of(model: Any) -> Shape:
    names = tuple(model.model_fields)
    plain, made = PLAIN[model], MADE[model]
    apart = tuple(name for name in APART if name in names)
    rest = tuple(name for name in names if name not in {*plain, *made, *apart})
    apart_form = form_of(model, apart) if apart else Form((), ())
    fields = ((name, model.model_fields[name]) for name in plain)
    absent = {name: field.get_default(call_default_factory=True) for name, field in fields if not field.is_required()}
    return Shape(
        plain, form_of(model, made), WORKED_OUT[model], apart_form, form_of(model, rest),
        {name: 1 << at for at, name in enumerate(names)}, absent, _folded(model, absent),
    )  # fmt: skip


def parts_of(entry: Entry) -> tuple[tuple[int, dict[str, Any], list[Any]], list[Any], list[Any]]:
    """A whole entry as plain values: what is at hand while it is folded (as `folded` takes it), what is apart, and the rest."""
    shape, own = shape_of(type(entry)), entry.__dict__
    given = sum(map(shape.bits.__getitem__, entry.model_fields_set))
    # What is absent is the class's: a dictionary of twenty fields takes half the room of one of thirty.
    plain: dict[str, Any] = {name: value for name in shape.plain if (value := own[name]) or value is False}
    for name in _SHARED_TEXTS & plain.keys():
        plain[name] = intern(plain[name])
    for name in _SHARED_LISTS & plain.keys():
        plain[name] = tuple(map(intern, plain[name]))
    made = shape.made.written(map(own.__getitem__, shape.made.names))
    made = [list(map(_once, each)) if type(each) is list else _once(each) for each in made]
    made += [getattr(entry, name) for name in shape.worked_out]
    apart, rest = (form.written(map(own.__getitem__, form.names)) for form in (shape.apart, shape.rest))
    return (given, plain, made), apart, rest


class Folder:
    """Folds again what was unfolded, the longest ago first."""

    def __init__(self) -> None:
        self._whole: deque[tuple[Any, dict[str, Any]]] = deque()

    def note(self, entry: Entry, own: dict[str, Any]) -> None:
        """That an entry is whole, and its fields when it is not."""
        self._whole.append((entry, own))
        if len(self._whole) > _MOST_WHOLE:
            old, fields = self._whole.popleft()
            _CLASS.__set__(old, shape_of(old.__class__).folded)  # first, so that whoever asks meanwhile fetches
            FIELDS_OF.__set__(old, fields)
            fill(old, _NONE_GIVEN)


def folded(model: type[Model], kept: Sequence[Any], source: Source, key: str) -> Model:
    """An entry of what `parts_of` says is at hand; that is the entry's from now on."""
    entry: Model = new(shape_of(model).folded)
    FIELDS_OF.__set__(entry, _at_hand(kept, source, key))
    fill(entry, _NONE_GIVEN)
    return entry


def fold_later(entry: Entry, kept: Sequence[Any], source: Source, key: str) -> None:
    """Lets a whole entry go of what it need not hold, once others were asked for theirs."""
    source.folder.note(entry, _at_hand(kept, source, key))


def _at_hand(kept: Sequence[Any], source: Source, key: str) -> dict[str, Any]:
    given, fields, made = kept
    own: dict[str, Any] = {**fields, _HELD: Held(source, key, given, made)}
    return own


def _unfolded(model: type[Entry], entry: Entry) -> dict[str, Any]:
    """All fields of an entry. Raises OSError where they can be found nowhere any more."""
    own: dict[str, Any] = FIELDS_OF.__get__(entry)
    if (held := own.get(_HELD)) is None:
        return own
    shape = shape_of(model)
    whole = _all(shape, own, held)
    FIELDS_OF.__set__(entry, whole)
    fill(entry, _given(shape, held))
    _CLASS.__set__(entry, model)
    held.source.folder.note(entry, own)
    return whole


_NONE_GIVEN: set[str] = set()
_CLASS: Any = object.__dict__["__class__"]


def _given(shape: Shape, held: Held) -> set[str]:
    return {name for name, bit in shape.bits.items() if held.given & bit}


def _all(shape: Shape, own: dict[str, Any], held: Held) -> dict[str, Any]:
    apart, rest = held.source.fetch(held.key, apart=False)
    values = dict(zip(shape.rest.names, shape.rest.made(rest), strict=True))
    values |= zip(shape.apart.names, shape.apart.made(apart), strict=True)
    values |= zip(shape.made.names, shape.made.made(held.made[: len(shape.made.names)]), strict=True)
    return {name: own[name] if name in own else values.get(name, shape.absent.get(name)) for name in shape.bits}


class _Field:
    """A field that a folded entry does not hold: what is put into the entry itself goes before it."""

    def __init__(self, model: type[Entry], name: str) -> None:
        self._model, self._name = model, name

    def __get__(self, entry: Entry | None, kind: Any = None) -> Any:
        if entry is None:
            raise AttributeError(self._name)  # as of all fields of a class
        own: dict[str, Any] = FIELDS_OF.__get__(entry)
        if (held := own.get(_HELD)) is None:
            return own[self._name]  # somebody unfolded it meanwhile
        bit, absent, at, make, is_apart = self._way
        if not held.given & bit:
            return absent
        if is_apart:
            value = held.source.fetch(held.key, apart=True)[at]
            return make(value) if make and value is not None else value
        if at < 0:
            return _unfolded(self._model, entry)[self._name]
        value = held.made[at]
        own[self._name] = found = make(value) if make and value is not None else value
        return found

    @cached_property
    def _way(self) -> tuple[int, Any, int, Any, bool]:
        """Its bit, what it is where it is absent, where it stands among the made ones, or those apart, and how it is made."""
        shape, name = shape_of(self._model), self._name
        absent = self._model.model_fields[name].get_default(call_default_factory=True)
        is_apart = name in shape.apart.names
        form = shape.apart if is_apart else shape.made
        at = form.names.index(name) if name in form.names else -1
        make = next((make for place, _, make in form.ways if place == at), None)
        return shape.bits[name], absent, at, make, is_apart


def _folded(model: type[Entry], absent: Mapping[str, Any]) -> type[Any]:
    """The model, its instances fetching what they do not hold when it is asked for."""

    def given(entry: Entry) -> set[str]:
        held = FIELDS_OF.__get__(entry).get(_HELD)
        return _given(shape_of(model), held) if held else entry.__pydantic_fields_set__

    def reduced(entry: Entry, protocol: Any) -> Any:
        _unfolded(model, entry)
        return model.__reduce_ex__(entry, protocol)

    # Not by pydantic's way of making classes: that would make the schema anew.
    own_ways: dict[str, Any] = {
        **absent,
        "__dict__": property(lambda entry: _unfolded(model, entry), FIELDS_OF.__set__),
        "__class__": property(lambda _: model),
        **{name: _Field(model, name) for name in model.model_fields if name not in PLAIN[model]},
        "__reduce_ex__": reduced,
        "model_fields_set": property(given),
        **{name: _worked_out(model, name) for name in WORKED_OUT[model]},
    }
    made: type[Any] = type.__new__(type(model), model.__name__, (model,), own_ways)
    return made


def _worked_out(model: type[Entry], name: str) -> property:
    at = len(MADE[model]) + WORKED_OUT[model].index(name)

    def found(entry: Entry) -> Any:
        held = FIELDS_OF.__get__(entry).get(_HELD)
        return held.made[at] if held else model.__dict__[name].fget(entry)

    return property(found)
