"""Calendars are those that the library icalendar writes, whatever stands in them, and made of no more than they need."""

import re
import tracemalloc
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.prop import vText

from haitang.checks.load import load
from haitang.core.clock import CHINA, zone
from haitang.model.citations import CitedText
from haitang.model.entries import Activity, Position
from haitang.model.messages import site_words
from haitang.schedule.recurrence_parser import read_when
from haitang.site.exports import icalendar
from haitang.site.exports.ical_text import LONGEST, line, text, time_zone
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from haitang.site.views.events import ALL
from tests.schedule.test_recurrence import FIRST, TEXTS
from tests.site import ical_oracle
from tests.site.test_icalendar import activity, calendars, content_of
from tests.worlds import WORLD

TODAY = date(2026, 1, 2)
# Texts that are hard to write: what is escaped, what breaks lines, and characters of one to four bytes where a line is folded.
HARD = st.text(st.sampled_from(',;:\\\n\r"^=N nabé汉字，😀👨‍👩‍👧\u0301\u2028\x85'), max_size=150)


@cache
def world() -> Site:
    return Site(load(WORLD, today=TODAY, updated=FIRST), Templates(site_words(LANGUAGE)))


def holding(*activities: Activity, zone: str = CHINA, **changed: Any) -> Site:
    """The golden world when one of its positions holds these activities, and no other any."""
    directory = world().directory
    positions = tuple(
        each.model_copy(update={"activities": activities, **changed} if each.id == "he-cheng" else {"activities": ()})
        for each in directory.positions
    )
    settings = directory.settings.model_copy(update={"timezone": zone})
    return Site(replace(directory, positions=positions, settings=settings), world().templates)


def made(site: Site) -> dict[str, bytes]:
    return calendars(site)


def same(ours: dict[str, bytes], oracle: dict[str, bytes]) -> None:
    """The same files, of the same components in the same order, with the same lines; and a reader finds the same in both."""
    assert ours.keys() == oracle.keys()
    for path, content in ours.items():
        assert [unfolded(part) for part in parts(content)] == [unfolded(part) for part in parts(oracle[path])]
        assert Calendar.from_ical(content) == Calendar.from_ical(oracle[path])


def parts(content: bytes) -> tuple[bytes, bytes]:
    """The calendar's own properties, in any order, and its components."""
    own, begin, components = content.partition(b"BEGIN:VTIMEZONE")
    return b"\r\n".join(sorted(own.split(b"\r\n"))), begin + components


def unfolded(content: bytes) -> bytes:
    return content.replace(b"\r\n ", b"")


def test_the_golden_world_is_written_as_the_library_does() -> None:
    ours, oracle = made(world()), ical_oracle.calendars(world())
    same(ours, oracle)
    assert {path: parts(content) for path, content in ours.items()} == {path: parts(each) for path, each in oracle.items()}


@pytest.mark.parametrize("name", ["Asia/Shanghai", "UTC", "Asia/Kathmandu"])
def test_every_kind_of_time_is_written_as_the_library_does(name: str) -> None:
    chosen = TEXTS if name == CHINA else ["每周三 14:00-16:00；2026-10-14 取消", "2026-12-05 至 2026-12-08", "工作日 9:00"]
    there = holding(*(activity(when, f"第{number}项") for number, when in enumerate(chosen)), zone=name)
    ours, oracle = made(there), ical_oracle.calendars(there)
    events = {path: content[content.index(b"BEGIN:VEVENT") :] for path, content in ours.items()}
    assert events == {path: content[content.index(b"BEGIN:VEVENT") :] for path, content in oracle.items()}
    assert len(Calendar.from_ical(ours[ALL]).walk("VEVENT")) >= len(chosen)


@settings(max_examples=150, deadline=None)
@given(HARD)
def test_any_text_comes_back(value: str) -> None:
    content = line(f"SUMMARY:{text(value)}")
    assert content.endswith(b"\r\n") and max(map(len, content.split(b"\r\n"))) <= LONGEST
    pieces = content[:-2].split(b"\r\n ")
    for piece in pieces:  # a whole number of characters and of escapes: each can be read by itself
        written = piece.decode()
        assert "\n" not in written and "\r" not in written
        assert len(written) - len(written.rstrip("\\")) in range(0, 200, 2)
    assert len(pieces) == 1 or all(len(piece) > LONGEST - 6 for piece in pieces[:-1])  # folds only what is long
    component = Calendar.from_ical(b"BEGIN:VEVENT\r\n" + content + b"END:VEVENT\r\n")
    assert str(component["SUMMARY"]) == re.sub("\r\n?", "\n", value)
    if "\\N" not in value:  # which the library takes for a line break
        assert b"".join(pieces).decode() == "SUMMARY:" + vText(value).to_ical().decode()


@settings(max_examples=40, deadline=None)
@given(st.lists(HARD.map(lambda text: text.replace("\\N", "")), min_size=5, max_size=5), st.sampled_from(TEXTS))
def test_any_activity_is_written_as_the_library_does(texts: list[str], when: str) -> None:
    name, place, about, address, owner = texts
    told = Activity.model_construct(id=None, kind="linli", name=name, when=read_when(when), place=place, text=CitedText(about))
    there = holding(told, address=address, name=owner)
    same(made(there), ical_oracle.calendars(there))


ZONES = ["America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "America/St_Johns", "Asia/Urumqi", "Europe/Dublin"]


@pytest.mark.parametrize("name", ZONES)
def test_a_zone_says_what_the_clocks_show(name: str) -> None:
    """To the second of each change, read as RFC 5545 has it; the library writes those in spring an hour late."""
    where, onsets = zone(name), sorted(_onsets(time_zone(name, date(2018, 1, 1), date(2100, 12, 31))))
    moments = [datetime(2018, 1, 1, tzinfo=UTC) + timedelta(days) for days in range(0, 80 * 365, 5)]
    moments += [when + step for when, _ in onsets[1:] for step in (timedelta(seconds=-1), timedelta())]
    said = [onsets[bisect(onsets, when, key=itemgetter(0)) - 1][1] for when in moments]
    assert said == [when.astimezone(where).utcoffset() for when in moments]


def _onsets(written: bytes) -> Iterator[tuple[datetime, timedelta]]:
    parts: list[Any] = list(Calendar.from_ical(written).subcomponents)
    for part in parts:
        rdate = part.get("RDATE")
        for local in [part["DTSTART"].dt, *(each.dt for each in (rdate.dts if rdate else ()))]:
            yield (local - part["TZOFFSETFROM"].td).replace(tzinfo=UTC), part["TZOFFSETTO"].td


class _Nobody(Sequence[Position]):
    """Positions that nobody may ask for."""

    def __getitem__(self, at: Any) -> Any:
        raise AssertionError("asked for")

    def __len__(self) -> int:
        raise AssertionError("asked how many")


def test_the_calendar_of_a_position_needs_no_other() -> None:
    alone = Site(replace(world().directory, positions=_Nobody()), world().templates)  # type: ignore[arg-type]
    timed = [position for position in world().directory.positions if icalendar.is_timed(position)]
    found = [icalendar.position_calendar(alone, position) for position in timed]
    expected = made(world())
    assert {file.path: file.content for file in found} == {
        path: content for path, content in expected.items() if path.startswith("calendars/positions/")
    }
    assert len(timed) < len(world().directory.positions) and len(expected) >= 3


def test_the_calendar_of_a_list_is_made_of_calendars_that_are_there() -> None:
    there = holding(activity("每周三 9:00", "END:VTIMEZONE", text="END:VCALENDAR"), name="\r\nEND:VTIMEZONE\r\n")
    kept = {path: content for path, content in made(there).items() if path.startswith("calendars/positions/")}
    assert not list(icalendar.lists(there, {}, kept.__getitem__))
    whole = put_together(there, kept)
    assert whole[ALL].count(b"BEGIN:VEVENT") == sum(content.count(b"BEGIN:VEVENT") for content in kept.values())
    assert whole == made(there)


def put_together(site: Site, kept: dict[str, bytes]) -> dict[str, bytes]:
    """The calendars of positions, and those of lists as they are made of these, one after the other."""
    files = dict(kept)
    for recipe in icalendar.lists(site, dict.fromkeys(kept, "x"), files.__getitem__):
        files[recipe.path] = content_of(recipe)
    return files


def test_what_all_hold_is_held_once() -> None:
    many = [activity("每周三 9:00", f"第{number}项") for number in range(60)]
    positions = tuple(
        world().directory.positions[0].model_copy(update={"id": f"p-{number}", "activities": tuple(many), "status": "open"})
        for number in range(60)
    )
    crowd = Site(replace(world().directory, positions=positions), world().templates)
    assert crowd.directory.in_town(positions[0].town)
    tracemalloc.start()
    own = {recipe.path: content_of(recipe) for recipe in icalendar.build(crowd)}
    largest = max(map(len, put_together(crowd, own).values()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # All positions are of one town, whose calendar is as large as that of all.
    assert largest > 1_000_000 and peak < 3.6 * largest
