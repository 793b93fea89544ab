"""calendars/*.ics: what people subscribe to (RFC 5545), for every position and town with a timed activity, and for all.

The rule: a calendar never says more than the page. What repeats exactly is an RRULE; what follows the state's working days is
told day by day as far as those are announced, and no further. A UID says the same activity for good: see `programme.Event`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Timezone, TimezoneStandard
from icalendar import Event as Entry
from icalendar.prop import vText

from haitang.core.clock import CHINA
from haitang.model.entries import Position
from haitang.model.settings import Town
from haitang.schedule.holidays import HolidayCalendar
from haitang.schedule.recurrence import WHOLE_DAY, Rule, Time, When, happens, repeats
from haitang.schedule.written.recurrence_text import recurrence_of
from haitang.site.page import POSITION, File
from haitang.site.views import Site, public_address
from haitang.site.views.events import ALL, Event, of_position, of_town

EARLIEST = date(2018, 1, 1)  # for data whose day nobody knows
REFRESHED = timedelta(hours=12)
MOST_CANCELLED = 31  # days of one series that are shown as called off; of more, a calendar says only that they are not
_TOLD_BY_DAY = {"dates": 1, "workdays": 2}  # they leave out what others tell, and what is only expected tells nothing
_NEVER = date(2100, 12, 31)
_LONGEST_SEARCH = 8 * 366  # 29 February comes only so often
_BEGIN, _END = b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n"

Moment = date | datetime


def build(site: Site) -> Iterator[File]:
    """One for every owner of an activity with a time, be there nothing certain to put into it: pages link it."""
    maker = _Maker(site, site.directory.updated or EARLIEST)
    blocks = [(event, maker.entries(event)) for event in site.events if event.when]
    if not blocks:
        return
    yield maker.calendar(ALL, site.directory.settings.title, (block for _, block in blocks))
    yield from maker.each(of_town, [(event.town, block) for event, block in blocks])
    yield from maker.each(of_position, [(event.position, block) for event, block in blocks])


@dataclass(frozen=True)
class _Maker:
    """Writes calendars as of a day."""

    site: Site
    day: date

    @property
    def zone(self) -> ZoneInfo:
        return self.site.directory.settings.zone

    @property
    def known(self) -> HolidayCalendar:
        return self.site.directory.settings.calendar

    def each(self, path_of: Callable[[str], str], owned: Iterable[tuple[Town | Position, bytes]]) -> Iterator[File]:
        """A calendar for each owner of entries."""
        groups: dict[str, tuple[str, list[bytes]]] = {}
        for owner, block in owned:
            groups.setdefault(owner.id, (owner.name, []))[1].append(block)
        for key, (name, own) in groups.items():
            yield self.calendar(path_of(key), name, own)

    def calendar(self, path: str, name: str, blocks: Iterable[bytes]) -> File:
        named = Calendar()
        title = vText(self.site.templates.words["calendar"]["name"].format(name=name))
        named.add("name", title)
        named.add("x-wr-calname", title)
        lines = named.to_ical().removeprefix(_BEGIN).removesuffix(_END)
        properties, zone, rest = _head(self.zone.key).partition(b"BEGIN:VTIMEZONE")
        return File(path, _BEGIN + properties + lines + zone + rest + b"".join(blocks) + _END)

    def entries(self, event: Event) -> bytes:
        """One VEVENT for each time of each rule, and one more for each cancelled day of those that repeat."""
        assert event.when is not None
        rules = sorted(event.when.rules, key=lambda rule: _TOLD_BY_DAY.get(rule.kind, 0))
        pairs = [(rule, span) for rule in rules for span in rule.times or (None,)]
        made: list[bytes] = []
        for number, (rule, span) in enumerate(pairs):
            days = _days(rule, event.when, self.day, self.known, [other for other, same in pairs[:number] if same == span])
            # What tells a series from the others of its activity: its days and hours, wherever it stands among them.
            series = replace(rule, times=() if span is None else (span,)).data
            mark = blake2b(series.encode(), digest_size=4).hexdigest()
            uid = f"{event.uid}.{mark}" if len(pairs) > 1 else event.uid
            made.extend(entry.to_ical() for entry in (self._series(event, days, span, uid) if days else ()))
        return b"".join(made)

    def _series(self, event: Event, days: "_Days", span: Time | None, uid: str) -> Iterator[Component]:
        entry = self._entry(event, uid)
        _put_time(entry, days.first, span, self.zone, days.last_of_one)
        if days.recurrence:
            end: Moment | None = days.until
            if days.until and not _whole(span):
                end = datetime.combine(days.until, time(23, 59, 59), self.zone).astimezone(UTC)
            entry.add("rrule", days.recurrence | ({"until": end} if end else {}))
        if days.more:
            entry.add("rdate", [_start(day, span, self.zone) for day in days.more])
        if days.without:
            entry.add("exdate", [_start(day, span, self.zone) for day in days.without])
        if days.once:
            if days.cancelled:
                self._cancel(entry, event)
            yield entry
            return
        yield entry
        for day in days.cancelled:
            off = self._entry(event, uid)
            off.add("recurrence-id", _start(day, span, self.zone))
            _put_time(off, day, span, self.zone)
            self._cancel(off, event)
            yield off

    def _entry(self, event: Event, uid: str) -> Entry:
        activity, position = event.activity, event.position
        entry = Entry()
        entry.add("uid", f"{uid}@haitang")
        entry.add("dtstamp", datetime.combine(self.day, time(), UTC))
        entry.add("summary", activity.name)
        entry.add("location", "，".join(part for part in (activity.place, position.name, position.address) if part))
        entry.add("description", "\n".join(self._description(event)))
        if event.kind:
            entry.add("categories", [event.kind.name])
        if url := public_address(self.site.directory.settings.base_url, POSITION.path(position.id)):
            entry.add("url", url)
        return entry

    def _description(self, event: Event) -> Iterator[str]:
        words = self.site.templates.words["calendar"]
        assert event.when is not None
        yield event.when.text
        if event.activity.text:
            yield event.activity.text
        if any(not rule.named and not rule.holidays and not rule.follows_calendar for rule in event.when.rules):
            yield words["holidays_unsure"]
        if any(rule.follows_calendar and not rule.named for rule in event.when.rules):
            yield words["known_until"].format(year=self.known.last_year)
        yield words["source"].format(title=self.site.directory.settings.title)

    def _cancel(self, entry: Entry, event: Event) -> None:
        entry.add("status", "CANCELLED")
        entry["summary"] = vText(self.site.templates.words["calendar"]["cancelled"].format(name=event.activity.name))


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a rule as a calendar says them. `last_of_one`: the last day of a single entry that goes over several."""

    first: date
    recurrence: dict[str, Any]
    until: date | None = None
    more: tuple[date, ...] = ()
    without: tuple[date, ...] = ()
    cancelled: tuple[date, ...] = ()
    last_of_one: date | None = None

    @property
    def once(self) -> bool:
        return not self.recurrence and not self.more


def _days(rule: Rule, when: When, since: date, known: HolidayCalendar, covered: Sequence[Rule]) -> _Days | None:
    """None where nothing certain is left. `covered`: rules whose days stand there already, at the same hours."""
    start, until = _start_of(rule, since), _until(rule, known)
    first = next(_meeting(rule, known, start, min(until, start + timedelta(_LONGEST_SEARCH))), None)
    if first is None:
        return None
    off = (*when.skipped, *when.cancelled)
    if rule.kind == "range" and not (rule.times or covered or any(True for _ in _stretched(off, *rule.dates))):
        return _Days(first, {}, last_of_one=rule.dates[1])

    def is_covered(day: date) -> bool:
        return any(_start_of(other, since) <= day <= _until(other, known) and happens(other, day, known) for other in covered)

    cancelled = tuple(
        day
        for day in _stretched(when.cancelled, first, until)
        if happens(rule, day, known) and not when.is_skipped(day) and not is_covered(day)
    )
    without = set(cancelled) if len(cancelled) > MOST_CANCELLED else set()
    cancelled = () if without else cancelled
    if rule.kind in _TOLD_BY_DAY:
        meeting = _meeting(rule, known, first, until)
        days = tuple(day for day in meeting if not (when.is_skipped(day) or day in without or is_covered(day)))
        return _Days(days[0], {}, more=days[1:], cancelled=cancelled) if days else None
    without |= {day for day in _stretched(when.skipped, first, until) if repeats(rule, day, known)}
    if rule.holidays == "off":
        without |= {day for day in _meeting(rule, known, first, until) if day in known.off}
    if covered:
        end = min(until, since + timedelta(_LONGEST_SEARCH))
        without |= {day for day in _meeting(rule, known, first, end) if is_covered(day)}
    ends = until if until < _NEVER else None
    return _Days(first, recurrence_of(rule), ends, without=tuple(sorted(without)), cancelled=cancelled)


def _start_of(rule: Rule, since: date) -> date:
    if rule.named:
        return rule.dates[0]
    return max(rule.first or since, since) if rule.kind == "workdays" else rule.first or since


def _until(rule: Rule, known: HolidayCalendar) -> date:
    last = rule.last_day or _NEVER
    return min(last, known.last_day) if rule.follows_calendar and not rule.named else last


def _meeting(rule: Rule, known: HolidayCalendar, first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days + 1):
        day = first + timedelta(step)
        if repeats(rule, day, known):
            yield day


def _stretched(stretches: Iterable[tuple[date, date]], first: date, last: date) -> Iterator[date]:
    """The days of stretches as far as they lie between two days."""
    for begin, end in stretches:
        for step in range((end - begin).days + 1):
            if first <= begin + timedelta(step) <= last:
                yield begin + timedelta(step)


def _whole(span: Time | None) -> bool:
    return span is None or span == (0, WHOLE_DAY)


def _start(day: date, span: Time | None, zone: ZoneInfo) -> Moment:
    return day if span is None or _whole(span) else _moment(day, span[0], zone)


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(minutes // WHOLE_DAY), time(minutes % WHOLE_DAY // 60, minutes % 60), zone)


def _put_time(entry: Entry, day: date, span: Time | None, zone: ZoneInfo, last: date | None = None) -> None:
    """A day without hours is a whole day; one whose end nobody knows has none."""
    entry.add("dtstart", _start(day, span, zone))
    if span is None or _whole(span):
        entry.add("dtend", (last or day) + timedelta(1))
    elif span[1] is not None:
        entry.add("dtend", _moment(day, span[1], zone))


@cache
def _head(zone: str) -> bytes:
    """What all calendars begin with, but for their names: thousands of places have one."""
    calendar = Calendar()
    calendar.add("prodid", "-//Haitang Red//haitang//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", vText(zone))
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("PT12H"))
    calendar.add_component(_china() if zone == CHINA else Timezone.from_tzid(zone, first_date=EARLIEST, last_date=_NEVER))
    made: bytes = calendar.to_ical()
    return made.removeprefix(_BEGIN).removesuffix(_END)


def _china() -> Timezone:
    """China's one zone; it has had no summer time since 1991."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", CHINA)
    standard.add("dtstart", datetime(1991, 9, 15))
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone
