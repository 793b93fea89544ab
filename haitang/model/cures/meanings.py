"""What a value that was refused means, in the spelling its field takes.

The rule: what has two readings means nothing; what leaves out a part of what was said is no more than a guess, for a
person to follow.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from haitang.core.problems import Value
from haitang.model import types
from haitang.model.cures.model_types import is_list
from haitang.model.written.dates import date_of
from haitang.model.written.lists import items
from haitang.model.written.numbers import measured, number
from haitang.model.written.phones import phone, phone_with_remark
from haitang.model.written.urls import url_of, url_within


@dataclass(frozen=True, slots=True)
class Meaning:
    """What to write. `steps` is the arithmetic, where there was some."""

    text: str
    certain: bool = True
    steps: str = ""


_DEGREES = ("lon", "lat", "west", "east", "south", "north")  # 121,043 is no thousand of them


def _number(text: str, field: str, _: str) -> Meaning | None:
    if field in _DEGREES and any(sign in text for sign in ",，万"):
        return None
    if plain := number(text):
        return Meaning(plain)
    found = measured(text, field) if field not in _DEGREES else None
    return Meaning(found[0], found[2], found[1]) if found else None


def _date(text: str, _: str, __: str) -> Meaning | None:
    found = date_of(text)
    return Meaning(found) if found else None


def _day(text: str, field: str, _: str) -> Meaning | None:
    found = _date(text, field, _)
    return found if found and len(found.text) == len("2024-03-08") else None


def _phone(text: str, _: str, area_code: str) -> Meaning | None:
    found = phone(text, area_code)
    number = found or phone_with_remark(text, area_code)
    return Meaning(number, found is not None) if number else None


def _url(text: str, _: str, __: str) -> Meaning | None:
    found = url_of(text)
    address = found or url_within(text)
    return Meaning(address, found is not None) if address and types.URL.fullmatch(address) else None


_OF_KIND: Mapping[str, Callable[[str, str, str], Meaning | None]] = {
    "number": _number,
    "day": _day,
    "date": _date,
    "phone": _phone,
    "url": _url,
}
_KINDS: tuple[tuple[Any, str], ...] = (
    (types.Phone, "phone"),
    (types.Url, "url"),
    (types.Day, "day"),
    (types.Date, "date"),
    *((kind, "number") for kind in (types.Number, types.Positive, types.Count, types.Percent)),
)


def meaning(text: str, kind: str, field: str, area_code: str = "") -> Meaning | None:
    """What a text in a field of a kind (`field_specs.Kind`) means; None where that is not clear, or where it is only a text."""
    return _OF_KIND[kind](text, field, area_code) if kind in _OF_KIND else None


def meant(text: str, kind: str, field: str, area_code: str = "") -> str:
    """The same for doors that take what is certain at once: what is not stays as it is."""
    found = meaning(text, kind, field, area_code)
    return found.text if found and found.certain else text


def told_with(annotation: Any, field: str, text: str) -> Iterator[tuple[str, Value]]:
    """What a problem with a value tells beside it: what to write (`guess`), for certain (`wrong`), by what arithmetic."""
    if is_list(annotation):
        if annotation in (types.Words, types.Ids) and (listed := told_as_list(text)):
            yield from listed.items()
            yield "wrong", text.strip()
        return
    kind = next((kind for alias, kind in _KINDS if alias == annotation), "")
    if (found := meaning(text, kind, field)) is None or found.text == text.strip():
        return
    yield "guess", found.text
    if found.certain:
        yield "wrong", text.strip()
    if found.steps:
        yield "steps", found.steps


def told_as_list(text: str) -> dict[str, Value]:
    """The list that is meant by a text, on one line."""
    parts = items(text)
    return {"guess": f"[{', '.join(map(_in_brackets, parts))}]"} if parts else {}


def _in_brackets(item: str) -> str:
    """An item of a list on one line."""
    bare = item[0] not in "-?:!&*%@`'\"|>#~" and not any(sign in item for sign in ",[]{}:#'\"")
    return item if bare and not item[0].isdigit() else '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"'
