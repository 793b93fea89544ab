"""calendars/*.ics: what people subscribe to (RFC 5545), for every position and town with a timed activity, and for all.

The rule: a calendar never says more than the page. What repeats exactly is an RRULE; what follows the state's working days is
told day by day as far as those are announced, and no further. A UID says the same activity for good: see `programme.Event`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache, partial
from hashlib import blake2b
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from haitang.core.clock import CHINA
from haitang.model.entries import Position
from haitang.model.types import NOT_IN_USE
from haitang.schedule.holidays import HolidayCalendar
from haitang.schedule.recurrence import WHOLE_DAY, Rule, Time, When, happens, repeats
from haitang.schedule.written.recurrence_text import recurrence_of
from haitang.site.edition.recipe import Recipe
from haitang.site.exports.ical_text import Moment, line, moment, moments, text, time_zone
from haitang.site.page import POSITION, File
from haitang.site.views import Site, public_address
from haitang.site.views.events import ALL, Event, events_at, of_position, of_town

EARLIEST = date(2018, 1, 1)  # for data whose day nobody knows
MOST_CANCELLED = 31  # days of one series that are shown as called off; of more, a calendar says only that they are not
_TOLD_BY_DAY = {"dates": 1, "workdays": 2}  # they leave out what others tell, and what is only expected tells nothing
_NEVER = date(2100, 12, 31)
_LONGEST_SEARCH = 8 * 366  # 29 February comes only so often
_ZONE_ENDS, _END = b"\r\nEND:VTIMEZONE\r\n", b"END:VCALENDAR\r\n"
_PARTS = ("freq", "until", "interval", "byday", "bymonthday", "bymonth", "wkst")  # of an RRULE, in the usual order


def build(site: Site) -> Iterator[Recipe]:
    """One for every position with a timed activity, be there nothing certain to put into it: pages link it."""
    for position in site.directory.positions:
        if is_timed(position):
            made_of = (site.prerequisites.of(position),)
            yield Recipe(of_position(position.id), made_of, partial(position_calendar, site, position), day=True)


def is_timed(position: Position) -> bool:
    return position.status not in NOT_IN_USE and position.has_times


def lists(site: Site, digests: Mapping[str, str], read: Callable[[str], bytes]) -> Iterator[Recipe]:
    """Those of the towns with such positions, and that of all: put together from the calendars that are in the site already,
    given their digests by path and how to read one."""
    directory = site.directory
    towns, everywhere = list[str](), list[str]()
    for town in directory.town.values():
        members = [path for each in directory.in_town(town.id) if (path := of_position(each.id)) in digests]
        if members:
            path = of_town(town.id)
            towns.append(path)
            everywhere += [digests[member] for member in members]
            made_of = (town.name, *(digests[member] for member in members))
            yield Recipe(path, made_of, partial(_joined, site, path, town.name, members, read))
    if towns and site.calendar_of_all:  # of theirs: they are in the site by now, and few
        title = directory.settings.title
        yield Recipe(ALL, (title, *everywhere), partial(_joined, site, ALL, title, towns, read))


def position_calendar(site: Site, position: Position) -> File:
    """The calendar of a position. It is made of the position's id, former ids, name, address, status and activities, of the
    settings' title, base_url, zone, holidays and kinds of activities, of the words under `calendar` and of the directory's
    day."""
    events = (event for event in events_at(site.directory, position) if event.when)
    content = b"".join((_head(site, position.name), *(entries(site, event) for event in events), _END))
    return File(of_position(position.id), content)


def _joined(site: Site, path: str, name: str, members: Iterable[str], read: Callable[[str], bytes]) -> File:
    return File(path, joined(_head(site, name), members, read))


def joined(head: bytes, members: Iterable[str], read: Callable[[str], bytes]) -> bytes:
    """What calendars hold, in one, behind a head. It is kept once: that of a whole directory is as large as all others
    together."""
    content = BytesIO()
    content.write(head)
    for member in members:
        calendar = read(member)
        start = calendar.index(_ZONE_ENDS) + len(_ZONE_ENDS)
        content.write(memoryview(calendar)[start : -len(_END)])
    content.write(_END)
    return content.getvalue()


def release(site: Site, path: str, about: str, digests: Mapping[str, str], read: Callable[[str], bytes]) -> Recipe:
    """All activities, however many, with a text about the file (RFC 7986): put together as `lists` does."""
    towns = [town for each in site.directory.town if (town := of_town(each)) in digests]
    day = site.directory.updated
    more = line("DESCRIPTION:" + text(about))
    more += line(f"LAST-MODIFIED:{moment(datetime.combine(day, time()))}Z") if day else b""

    def make() -> File:
        return File(path, joined(_head(site, site.directory.settings.title, more), towns, read))

    return Recipe(path, (about, *(digests[town] for town in towns)), make, day=True)


def entries(site: Site, event: Event) -> bytes:
    """One VEVENT for each time of each rule, and one more for each cancelled day of those that repeat."""
    assert event.when is not None
    activity, position, settings = event.activity, event.position, site.directory.settings
    summary = line(f"SUMMARY:{text(activity.name)}")
    about = line(f"CATEGORIES:{text(event.kind.name)}") if event.kind else b""
    about += line("DESCRIPTION:" + text("\n".join(_description(site, event, event.when))))
    about += line("LOCATION:" + text(site.clauses((activity.place, position.name, position.address))))
    url = public_address(settings.base_url, POSITION.path(position.id))
    end = (line(f"URL:{url}") if url else b"") + b"END:VEVENT\r\n"
    made: list[bytes] = []
    for times in _times(event.when, site.directory.updated or EARLIEST, settings.zone, settings.calendar):
        title, status = summary, b""
        if times.off:
            called_off = site.templates.words["calendar"]["cancelled"].format(name=activity.name)
            title, status = line(f"SUMMARY:{text(called_off)}"), b"STATUS:CANCELLED\r\n"
        uid = line(f"UID:{text(event.uid)}{times.mark}@haitang")
        made += (b"BEGIN:VEVENT\r\n", title, times.start, uid, times.repetition, about, status, end)
    return b"".join(made)


def _description(site: Site, event: Event, when: When) -> Iterator[str]:
    words, settings = site.templates.words["calendar"], site.directory.settings
    yield when.text
    if event.activity.text:
        yield event.activity.text.text
    if any(not rule.named and not rule.holidays and not rule.follows_calendar for rule in when.rules):
        yield words["holidays_unsure"]
    if any(rule.follows_calendar and not rule.named for rule in when.rules):
        yield words["known_until"].format(year=settings.calendar.last_year)
    yield words["source"].format(title=settings.title)


@dataclass(frozen=True, slots=True)
class _Times:
    """What a VEVENT says of its time: the lines before its UID, its UID's end, the lines behind it. `off`: it is cancelled."""

    start: bytes
    mark: str
    repetition: bytes
    off: bool


@lru_cache(4096)  # thousands of places keep the same few
def _times(when: When, day: date, zone: ZoneInfo, known: HolidayCalendar) -> tuple[_Times, ...]:
    rules = sorted(when.rules, key=lambda rule: _TOLD_BY_DAY.get(rule.kind, 0))
    pairs = [(rule, span) for rule in rules for span in rule.times or (None,)]
    made: list[_Times] = []
    for number, (rule, span) in enumerate(pairs):
        days = _days(rule, when, day, known, [other for other, same in pairs[:number] if same == span])
        # What tells a series from the others of its activity: its days and hours, wherever it stands among them.
        series = replace(rule, times=() if span is None else (span,)).data
        mark = "." + blake2b(series.encode(), digest_size=4).hexdigest() if len(pairs) > 1 else ""
        if days:
            stamp = line(f"DTSTAMP:{moment(datetime.combine(day, time()))}Z")
            made += _series(days, span, zone, mark, stamp)
    return tuple(made)


def _series(days: "_Days", span: Time | None, zone: ZoneInfo, mark: str, stamp: bytes) -> Iterator[_Times]:
    def at(name: str, some: Sequence[date]) -> bytes:
        return moments(name, [_start(day, span, zone) for day in some], zone.key) if some else b""

    repetition = _rrule(days, span, zone) + at("RDATE", days.more) + at("EXDATE", days.without)
    yield _Times(_span(days.first, span, zone, days.last_of_one) + stamp, mark, repetition, days.once and bool(days.cancelled))
    for day in () if days.once else days.cancelled:
        yield _Times(_span(day, span, zone) + stamp, mark, at("RECURRENCE-ID", [day]), True)


def _rrule(days: "_Days", span: Time | None, zone: ZoneInfo) -> bytes:
    if not days.recurrence:
        return b""
    parts = dict(days.recurrence)
    if days.until and _whole(span):
        parts["until"] = moment(days.until)
    elif days.until:
        last = datetime.combine(days.until, time(23, 59, 59), zone).astimezone(UTC)
        parts["until"] = f"{moment(last)}Z"
    said = {name: parts[name] for name in _PARTS if name in parts}
    written = {name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in said.items()}
    return line("RRULE:" + ";".join(f"{name.upper()}={value}" for name, value in written.items()))


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


def _span(day: date, span: Time | None, zone: ZoneInfo, last: date | None = None) -> bytes:
    """A day without hours is a whole day; one whose end nobody knows has none."""
    start = moments("DTSTART", [_start(day, span, zone)], zone.key)
    if span is None or _whole(span):
        return start + moments("DTEND", [(last or day) + timedelta(1)], zone.key)
    return start + moments("DTEND", [_moment(day, span[1], zone)], zone.key) if span[1] is not None else start


def _head(site: Site, name: str, more: bytes = b"") -> bytes:
    title = text(site.templates.words["calendar"]["name"].format(name=name))
    first, zone = _frame(site.directory.settings.timezone)
    return b"".join((first, line(f"NAME:{title}"), line(f"X-WR-CALNAME:{title}"), more, zone))


@cache
def _frame(zone: str) -> tuple[bytes, bytes]:
    """What all calendars begin with, before their names and after them."""
    first = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//haitang//haitang//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H", f"X-WR-TIMEZONE:{text(zone)}",
    )  # fmt: skip
    china = (
        "BEGIN:VTIMEZONE", f"TZID:{CHINA}", "BEGIN:STANDARD", "DTSTART:19910915T000000",  # no summer time since then
        "TZNAME:CST", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE",
    )  # fmt: skip
    return b"".join(map(line, first)), b"".join(map(line, china)) if zone == CHINA else time_zone(zone, EARLIEST, _NEVER)
