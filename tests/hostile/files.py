"""What is published besides pages, each kind as its readers read it: what a text says stays in its text."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from icalendar import Calendar

from haitang.site.exports.release.collections import value_of
from haitang.site.exports.release.v1 import COLUMNS
from tests.hostile.pages import FRAGMENT, MARK, PACKED, misspoken
from tests.hostile.world import World


def strings(node: Any, *, named: bool = False) -> Iterator[str]:
    """All texts of a tree of JSON. A name is ours unless it is said to be a text, for `__proto__` would be more than a name."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for part in node:
            yield from strings(part, named=named)
    elif isinstance(node, dict):
        for name, part in node.items():
            assert named or not MARK.search(str(name)), f"a stranger's text is a name: {name}"
            yield from (str(name), *strings(part, named=named))


def of_json(content: bytes) -> Iterator[str]:
    """Of a schema the terms are names, which no browser reads."""
    tree = json.loads(content)
    return strings(tree, named="$schema" in tree)


def of_yaml(content: bytes) -> Iterator[str]:
    return strings(yaml.safe_load(content))


_HANDED_ON = re.compile(r"\s*(?:\(window\.HAITANG=window\.HAITANG\|\|\{\}\)|window|HAITANG)\.\w+=")


def of_script(content: bytes) -> Iterator[str]:
    """What a data script hands on: values, in which nothing could end the script or a line of it, and no code of theirs."""
    text = content.decode()
    at = 0
    while begun := _HANDED_ON.match(text, at):
        value, at = json.JSONDecoder().raw_decode(text, begun.end())
        assert not re.search("[<>&\u2028\u2029]", text[begun.end() : at]) or not MARK.search(text)
        at = text.index(";", at) + 1
        yield from (each for each in strings(value) if not PACKED.search(each))
    assert not MARK.search(text, at), text[at : at + 80]


_PROPERTIES = frozenset(
    "VERSION PRODID CALSCALE METHOD REFRESH-INTERVAL X-PUBLISHED-TTL X-WR-TIMEZONE NAME X-WR-CALNAME TZID DTSTART TZNAME URL "
    "TZOFFSETFROM TZOFFSETTO SUMMARY DTEND DTSTAMP UID RRULE RDATE EXDATE CATEGORIES DESCRIPTION LOCATION GEO STATUS SEQUENCE "
    "DURATION LAST-MODIFIED".split()
)

_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME")


def of_calendar(content: bytes) -> Iterator[str]:
    """Each line short, each property ours, no part of a calendar that has no business in it."""
    assert max(map(len, content.split(b"\r\n"))) <= 75 and not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
    for line in content.decode().replace("\r\n ", "").split("\r\n"):
        if line.partition(":")[0] in _TEXTS:
            assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", line.partition(":")[2]), line
    for part in Calendar.from_ical(content).walk():
        assert part.name in ("VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT"), part.name
        assert part.keys() <= _PROPERTIES, part.keys()
        for value in part.values():
            yield from (str(each) for each in getattr(value, "cats", (value,)))


def of_xml(content: bytes) -> Iterator[str]:
    for element in ET.fromstring(content).iter():
        assert not MARK.search(element.tag + " ".join(element.attrib))
        yield from (text for text in (element.text, element.tail, *element.attrib.values()) if text)


def of_table(content: bytes) -> Iterator[str]:
    """The table of the open data, as its cells are meant to be read."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert next(rows) == [column.name for column in COLUMNS]
    for row in rows:
        for cell, column in zip(row, COLUMNS, strict=True):
            said = value_of(cell, column)
            yield from said if isinstance(said, list) else (str(said),)


def of_code(content: bytes) -> Iterator[str]:
    """Nothing of the data stands in it."""
    assert not MARK.search(content.decode(errors="replace"))
    return iter(())


READERS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    ".json": of_json, ".geojson": of_json, ".webmanifest": of_json, ".yml": of_yaml, ".js": of_script, ".ics": of_calendar,
    ".xml": of_xml, ".atom": of_xml, ".svg": of_xml, ".csv": of_table,
}  # fmt: skip


def odd(world: World, site: Path, same: set[tuple[str, int]]) -> Iterator[tuple[str, str, str]]:
    """What files other than pages say otherwise than it was written. `same` keeps those that say nothing of any world, which
    the next build takes over."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix == ".html" or (name, path.stat().st_mtime_ns) in same or path.is_dir():
            continue
        content = path.read_bytes()
        said = READERS.get(path.suffix, of_code)(content)
        yield from misspoken(world, ((name, text) for text in said if not FRAGMENT.match(text)))
        if "§".encode() not in content:
            same.add((name, path.stat().st_mtime_ns))


def fragments(site: Path) -> dict[str, str]:
    """The pieces of HTML that scripts put into pages."""
    texts = of_script((site / "assets" / "words.js").read_bytes())
    return {f"piece {number}": text for number, text in enumerate(text for text in texts if FRAGMENT.match(text))}
