"""RFC 5545 as bytes: content lines, texts and moments as they stand in them, and a time zone in full.

The rule: no line is longer than 75 octets, and no fold parts a character or an escape: a reader that decodes before it joins
still reads whole ones. tests/site/ical_oracle.py writes the same with a library.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

Moment = date | datetime
LONGEST = 75  # octets of a line
_WEEK, _SECOND = timedelta(7), timedelta(seconds=1)  # no zone changes its clocks for less than a week
_BACKSLASH = ord("\\")


def line(content: str) -> bytes:
    """A content line, folded where it is long; no line break stands in it."""
    raw = content.encode()
    return raw + b"\r\n" if len(raw) < LONGEST else b"\r\n ".join(_pieces(raw)) + b"\r\n"


def _pieces(raw: bytes) -> Iterator[bytes]:
    start = 0
    while len(raw) - start >= LONGEST:
        end = start + LONGEST - 1  # a blank goes before all but the first
        while raw[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        slashes = end
        while slashes > start and raw[slashes - 1] == _BACKSLASH:
            slashes -= 1
        end -= (end - slashes) % 2  # the last one escapes what follows
        yield raw[start:end]
        start = end
    yield raw[start:]


def text(value: str) -> str:
    """A value of type TEXT. A line break of any system is a line break."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def moments(name: str, values: Iterable[Moment], zone: str) -> bytes:
    """A line with one or more moments, all of them days or all of them times in a zone."""
    written = [moment(value) for value in values]
    if len(written[0]) == len("20260102"):
        return line(f"{name};VALUE=DATE:{','.join(written)}")
    if zone == "UTC":
        return line(f"{name}:{','.join(f'{each}Z' for each in written)}")
    return line(f"{name};TZID={zone}:{','.join(written)}")


def moment(value: Moment) -> str:
    """`20260102`, `20260102T150405`; the Z of a time in UTC is its caller's to add."""
    return value.isoformat().replace("-", "").replace(":", "")[: 15 if isinstance(value, datetime) else 8]


def time_zone(name: str, first: date, last: date) -> bytes:
    """A VTIMEZONE that holds between two days."""
    parts: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    for onset, before, after, called, summer in _changes(ZoneInfo(name), first, last):
        parts.setdefault((before, after, called, summer), []).append(onset)
    made = [line(f"TZID:{name}")]
    for (before, after, called, summer), onsets in parts.items():
        kind = "DAYLIGHT" if summer else "STANDARD"
        made += [line(f"BEGIN:{kind}"), line(f"DTSTART:{moment(onsets[0])}")]
        made += [line(f"RDATE:{','.join(map(moment, onsets[1:]))}")] if onsets[1:] else []
        made += [line(f"TZNAME:{text(called)}"), line(f"TZOFFSETFROM:{_offset(before)}"), line(f"TZOFFSETTO:{_offset(after)}")]
        made.append(line(f"END:{kind}"))
    return b"".join((line("BEGIN:VTIMEZONE"), *made, line("END:VTIMEZONE")))


def _changes(zone: ZoneInfo, first: date, last: date) -> Iterator[tuple[datetime, timedelta, timedelta, str, bool]]:
    """When its clocks are changed: as they showed it before, and then offsets before and after, its name, whether it is
    summer time. How it stands on the first day comes first."""
    day, end = (datetime.combine(each, time(), UTC) for each in (first, last))
    now = _state(zone, day)
    yield datetime.combine(first, time()), now[0], *now
    while day < end:
        if (then := _state(zone, day + _WEEK)) != now:
            low, high = day, day + _WEEK
            while high - low > _SECOND:
                middle = low + (high - low) // 2 // _SECOND * _SECOND
                low, high = (middle, high) if _state(zone, middle) == now else (low, middle)
            yield (high + now[0]).replace(tzinfo=None), now[0], *then
        day, now = day + _WEEK, then


def _state(zone: tzinfo, when: datetime) -> tuple[timedelta, str, bool]:
    there = when.astimezone(zone)
    return there.utcoffset() or timedelta(), there.tzname() or "", bool(there.dst())


def _offset(offset: timedelta) -> str:
    """`+0800`, `-0330`."""
    seconds = abs(offset) // _SECOND
    written = f"{seconds // 3600:02}{seconds // 60 % 60:02}" + (f"{seconds % 60:02}" if seconds % 60 else "")
    return ("-" if offset < timedelta() else "+") + written
