"""What day it is, and the day of a moment: in the directory's time zone, whatever zone this machine is set to.

The rule: alone asks the machine what day it is. A forge's machine counts in UTC, where it is still yesterday until eight in the
morning; what was dated today by who wrote it must not lie ahead there.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

CHINA = "Asia/Shanghai"
_NAME = re.compile(r"UTC|(?!posix/|right/)[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){1,2}", re.ASCII)

_DAY, _STEP, _MINUTE = timedelta(days=1), timedelta(minutes=15), timedelta(minutes=1)


class UnknownZone(ValueError):
    """No time zone has this name."""


def zone(name: str = CHINA) -> ZoneInfo:
    """A time zone by its name in the IANA database. Raises UnknownZone."""
    if _NAME.fullmatch(name) is None:  # others are names of this machine's own: `localtime`
        raise UnknownZone(name)
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):  # a folder of zones; not a zone; there is none
        raise UnknownZone(name) from None


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today(where: tzinfo) -> date:
    return now().astimezone(where).date()


def day_of(seconds: int, where: tzinfo) -> date:
    """The day of a moment in seconds since 1970, UTC. Raises ValueError for one outside the years that a date can have."""
    try:
        return datetime.fromtimestamp(seconds, where).date()
    except (OSError, OverflowError) as error:
        raise ValueError(seconds) from error


def offsets(where: tzinfo, first: date, last: date) -> list[tuple[int, int]]:
    """How a zone stands to UTC on these days, for browsers, which may know no zones: from a moment, in milliseconds since 1970,
    on so many minutes before it. Nobody changes the clock to less than a quarter of an hour's accuracy."""
    moment, end = (datetime.combine(day, time(), UTC) for day in (first - _DAY, last))
    found: list[tuple[int, int]] = []
    while moment <= end:
        minutes = (moment.astimezone(where).utcoffset() or timedelta()) // _MINUTE
        if not found or found[-1][1] != minutes:
            found.append((int(moment.timestamp()) * 1000, minutes))
        moment += _STEP
    return found
