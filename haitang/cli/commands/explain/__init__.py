"""build.py explain: what is understood of opening hours or of an activity's times, and what a problem code means."""

import argparse
import sys
from collections.abc import Iterable, Iterator

from haitang.cli.commands.explain import codes
from haitang.cli.reporting import PROBLEMS, SOUND, Stop
from haitang.core.console import Console
from haitang.core.sanitize import as_json
from haitang.data.revision import today
from haitang.editors.readings import Reading, read
from haitang.model.messages import Whole, Words
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.written.opening_hours_formats import to_osm, to_schema_org

_STANDARDS = ("osm", "schema-org")


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    if not options.texts:
        raise Stop(words.sentence("explain", f"nothing_{'code' if options.what == 'code' else 'text'}"))
    if options.what != "hours" and options.format in _STANDARDS:
        raise Stop(words.sentence("explain", "only_hours", format=options.format))
    texts = _texts(options.texts)
    if options.what == "code":
        return codes.run(texts, options, console)
    now = today(options.root)
    found = SOUND
    for number, text in enumerate(texts):
        reading = read(options.what, text, now, words)
        if options.format == "plain":
            console.say("\n" * bool(number) + words.sentence("explain", "text", text=Whole(text.strip())))
            for line in reading.lines:
                console.say(f"  {line}")
        else:
            console.say(_line(reading, now.year, options.format))
        if reading.value is None:
            found = PROBLEMS
            if options.format in _STANDARDS:
                console.error(reading.lines[0])
    return found


def _texts(given: Iterable[str]) -> Iterator[str]:
    """`-` stands for the lines of standard input."""
    for text in given:
        if text != "-":
            yield text
            continue
        for line in sys.stdin.buffer:
            yield line.decode("utf-8-sig", "replace").rstrip("\r\n")


def _line(reading: Reading, year: int, form: str) -> str:
    """One line for a program. A standard has no place for why a text was refused: its line is empty."""
    if form == "json":
        return as_json(reading.data)
    if not isinstance(reading.value, OpeningHours):
        return ""
    return to_osm(reading.value) if form == "osm" else as_json(to_schema_org(reading.value, year))
