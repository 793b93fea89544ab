"""Reads what pages tell programs as such a program does, by schema.org's own terms, and what they say of opening hours."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

Node = dict[str, Any]
Spans = tuple[tuple[int, int], ...]
TERMS = Path(__file__).with_name("schema_terms.tsv")
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What a text must be to be a value of a type that is no node.
LEXICAL: Mapping[str, str] = {
    "Text": r".+", "URL": r"(?:https://|\.\./|[\w.-]+).*", "Time": r"(?:[01]\d|2[0-3]):[0-5]\d", "Date": r"\d{4}-\d\d-\d\d",
    "DateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d", "Duration": r"P(?:\d+[DWM]|T(?:\d+H)?(?:\d+M)?)",
    "DayOfWeek": f"{'|'.join(DAYS)}|PublicHolidays", "ByDay": r"-?[1-5](?:MO|TU|WE|TH|FR|SA|SU)",
    "Language": r"[a-z]{2}(?:-[A-Z]{2})?", "EventStatusType": r"https://schema\.org/EventCancelled",
}  # fmt: skip


@cache
def terms() -> tuple[dict[str, list[str]], dict[str, tuple[set[str], set[str]]]]:
    """The types with those above them; the properties with the types that have them and those of their values."""
    types, properties = {}, {}
    for line in TERMS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, name, first, second = line.split("\t")
            if kind == "type":
                types[name] = first.split()
            else:
                properties[name] = set(first.split()), set(second.split())
    return types, properties


def above(name: str) -> set[str]:
    return {name}.union(*map(above, terms()[0][name]))


def blocks(html: str) -> list[Node]:
    return [json.loads(text) for text in BLOCK.findall(html)]


def nodes(value: Any) -> Iterator[Node]:
    """A node and all within it."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


def misspelt(node: Node) -> Iterator[str]:
    """What in a node, and in those within it, is not of schema.org."""
    types, properties = terms()
    for each in nodes(node):
        kind = each.get("@type")
        if kind is None:
            if set(each) != {"@id"}:
                yield f"no type: {sorted(each)}"
            continue
        if kind not in types:
            yield f"no such type: {kind}"
            continue
        for name, value in each.items():
            if name.startswith("@"):
                continue
            if name not in properties:
                yield f"no such property: {name}"
            elif not properties[name][0] & above(kind):
                yield f"{kind} has no {name}"
            else:
                yield from (f"{kind}.{name}: {one!r}" for one in _each(value) if not _fits(one, properties[name][1]))


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _fits(value: Any, wanted: set[str]) -> bool:
    if isinstance(value, dict):
        return set(value) == {"@id"} or bool(wanted & above(value["@type"]))
    if isinstance(value, str):
        return any(name in wanted and re.fullmatch(pattern, value, re.DOTALL) for name, pattern in LEXICAL.items())
    return ("Integer" in wanted and isinstance(value, int)) or ("Number" in wanted and isinstance(value, int | float))


def open_on(place: Node, day: date, *, off: bool) -> Spans:
    """When a place is open on a day, by what its node says: dates go before public holidays (`off`), these before the week."""
    special = _each(place.get("specialOpeningHoursSpecification", []))
    dated = [each for each in special if "dayOfWeek" not in each and _covers(each, day)]
    holidays = [each for each in special if each.get("dayOfWeek") == "PublicHolidays"]
    week = [
        each
        for each in _each(place.get("openingHoursSpecification", []))
        if DAYS[day.weekday()] in _each(each["dayOfWeek"]) and _covers(each, day)
    ]
    found = dated or (holidays if off else []) or week
    return tuple(sorted(span for each in found for span in _span(each)))


def _covers(node: Node, day: date) -> bool:
    return bool(node.get("validFrom", "") <= day.isoformat() <= node.get("validThrough", "9999"))


def _span(node: Node) -> Iterator[tuple[int, int]]:
    opens, closes = (int(node[name][:2]) * 60 + int(node[name][3:]) for name in ("opens", "closes"))
    if (opens, closes) == (0, 1439):
        yield 0, 1440
    elif opens != closes:
        yield opens, closes if closes > opens else closes + 1440
