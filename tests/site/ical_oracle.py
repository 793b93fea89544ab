"""The calendars of a directory as the library icalendar writes them: its own lines, escapes, folds, order and time zones.

What is told (which days, which series) is `haitang.site.exports.icalendar`'s here too; how it is written is not.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b
from typing import Any

from icalendar import Calendar, Component, Timezone, TimezoneStandard
from icalendar import Event as Entry
from icalendar.prop import vText

from haitang.core.clock import CHINA
from haitang.schedule.recurrence import Time
from haitang.site.exports import icalendar as ours
from haitang.site.page import POSITION
from haitang.site.views import Site, public_address
from haitang.site.views.events import ALL, Event, of_position, of_town


def calendars(site: Site) -> dict[str, bytes]:
    """Every calendar by its path."""
    made: dict[str, Calendar] = {}
    for event in site.events:
        if event.when:
            entries = list(_entries(site, event))
            for path, name in (
                (ALL, site.directory.settings.title),
                (of_town(event.town.id), event.town.name),
                (of_position(event.position.id), event.position.name),
            ):
                calendar = made.setdefault(path, head(site, name))
                for entry in entries:
                    calendar.add_component(entry)
    return {path: calendar.to_ical() for path, calendar in made.items()}


def head(site: Site, name: str) -> Calendar:
    zone, title = site.directory.settings.timezone, site.templates.words["calendar"]["name"].format(name=name)
    calendar = Calendar()
    for key, value in {
        "prodid": "-//haitang//haitang//ZH", "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH",
        "x-published-ttl": vText("PT12H"), "x-wr-timezone": vText(zone), "name": vText(title), "x-wr-calname": vText(title),
    }.items():  # fmt: skip
        calendar.add(key, value)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add_component(china() if zone == CHINA else Timezone.from_tzid(zone, first_date=ours.EARLIEST))
    return calendar


def china() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", CHINA)
    standard.add("dtstart", datetime(1991, 9, 15))
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _entries(site: Site, event: Event) -> Iterator[Component]:
    assert event.when is not None
    day, known = site.directory.updated or ours.EARLIEST, site.directory.settings.calendar
    rules = sorted(event.when.rules, key=lambda rule: {"dates": 1, "workdays": 2}.get(rule.kind, 0))
    pairs = [(rule, span) for rule in rules for span in rule.times or (None,)]
    for number, (rule, span) in enumerate(pairs):
        covered = [other for other, same in pairs[:number] if same == span]
        mark = blake2b(replace(rule, times=() if span is None else (span,)).data.encode(), digest_size=4).hexdigest()
        days = ours._days(rule, event.when, day, known, covered)
        if days:
            yield from _series(site, event, days, span, f"{event.uid}.{mark}" if len(pairs) > 1 else event.uid)


def _series(site: Site, event: Event, days: Any, span: Time | None, uid: str) -> Iterator[Component]:
    zone, whole = site.directory.settings.zone, span in (None, (0, 1440))
    entry = _entry(site, event, uid)
    _put_time(site, entry, days.first, span, days.last_of_one)
    if days.recurrence:
        until = days.until
        if until and not whole:
            until = datetime.combine(until, time(23, 59, 59), zone).astimezone(UTC)
        entry.add("rrule", days.recurrence | ({"until": until} if until else {}))
    for name, some in (("rdate", days.more), ("exdate", days.without)):
        if some:
            entry.add(name, [ours._start(one, span, zone) for one in some])
    if days.once and days.cancelled:
        _cancel(site, entry, event)
    yield entry
    for one in () if days.once else days.cancelled:
        off = _entry(site, event, uid)
        off.add("recurrence-id", ours._start(one, span, zone))
        _put_time(site, off, one, span)
        _cancel(site, off, event)
        yield off


def _put_time(site: Site, entry: Entry, day: Any, span: Time | None, last: Any = None) -> None:
    zone = site.directory.settings.zone
    entry.add("dtstart", ours._start(day, span, zone))
    if span in (None, (0, 1440)):
        entry.add("dtend", (last or day) + timedelta(1))
    elif span[1] is not None:
        entry.add("dtend", ours._moment(day, span[1], zone))


def _entry(site: Site, event: Event, uid: str) -> Entry:
    assert event.when is not None
    activity, position = event.activity, event.position
    entry = Entry()
    entry.add("uid", f"{uid}@haitang")
    entry.add("dtstamp", datetime.combine(site.directory.updated or ours.EARLIEST, time(), UTC))
    entry.add("summary", activity.name)
    entry.add("location", "，".join(part for part in (activity.place, position.name, position.address) if part))
    entry.add("description", "\n".join(ours._description(site, event, event.when)))
    if event.kind:
        entry.add("categories", [event.kind.name])
    if url := public_address(site.directory.settings.base_url, POSITION.path(position.id)):
        entry.add("url", url)
    return entry


def _cancel(site: Site, entry: Entry, event: Event) -> None:
    entry.add("status", "CANCELLED")
    entry["summary"] = vText(site.templates.words["calendar"]["cancelled"].format(name=event.activity.name))
