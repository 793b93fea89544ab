"""What a single value may look like: numbers, dates, hours, phones, ids, addresses of pages.

The rule: limits stand here on the types and nowhere else. A value that cannot be read raises a PydanticCustomError whose type
is a problem code of ours (`ours:<code>`), so that `reading` has nothing to guess.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from haitang.core import clock
from haitang.model import known_times
from haitang.model.abroad import region
from haitang.model.abroad.region import Refused
from haitang.model.citations import CitedText
from haitang.model.written import phones
from haitang.schedule import opening_hours, recurrence
from haitang.schedule.language.spelling import UnreadableTime, on_one_line
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.partial_dates import DayRange, PartialDate, read_date, read_days
from haitang.schedule.recurrence import When as ActivityTimes

Status = Literal["planned", "upgrading", "open", "paused", "closed", "merged"]
# As in frontend/src/finder/query/filters.ts: shown only to who searches them by name.
GONE: tuple[Status, ...] = ("closed", "merged")
# Nothing takes place there now.
NOT_IN_USE: tuple[Status, ...] = (*GONE, "paused")
PLANNED: tuple[Status, ...] = ("planned", "upgrading")  # what is to open may have a day ahead
# Dates in fields of these names lie behind us; `due` and `by` look ahead.
PAST_DATES = ("date", "as_of", "at", "on", "founded", "opened", "updated")
Precision = Literal["exact", "street", "town"]
# Pictures of what one may need; templates/styles/icons.css draws them.
Icon = Literal[
    "aed", "air", "baby", "basket", "bike", "book", "building", "card", "child", "cup", "desk", "factory", "film", "fitness",
    "flag", "fridge", "glasses", "health", "heart", "home", "law", "lift", "mind", "music", "oven", "parcel", "parking",
    "people", "plug", "policy", "print", "seat", "shop", "shower", "star", "talk", "toilet", "tools", "tree", "umbrella",
    "visit", "walk", "wheelchair", "wifi", "work",
]  # fmt: skip

# Windows cannot hold files of these names, whatever their ending, and a kiosk's bundle travels on USB sticks.
WINDOWS_NAMES = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)  # fmt: skip
RESERVED_IDS = WINDOWS_NAMES | {"index", "frame", "404", "assets", "search", "main", "map"}  # these are ours

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,17})?", re.ASCII)
_WIDE_DIGIT = re.compile("[０-９]")
# http(s) to a named host, no address literal; nothing hidden (credentials, blanks), and nothing of the sentence behind it.
URL = re.compile(
    r"https?://(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+(?::\d{1,5})?(?:[/?#][^\s\\<>\"'`{}|^，。；、《》“”]*)?",
    re.ASCII | re.IGNORECASE,
)


def problem(code: str, **values: str | int | float | tuple[str, ...]) -> PydanticCustomError:
    """An error whose type is one of our problem codes. The text is never shown."""
    return PydanticCustomError(f"ours:{code}", "{code}", {"code": code, **values})


def _shaped(pattern: re.Pattern[str], code: str) -> AfterValidator:
    """Texts that a pattern fits as a whole; of others the problem is `code`."""

    def checked(text: str) -> str:
        if pattern.fullmatch(text) is None:
            raise problem(code, value=text)
        return text

    return AfterValidator(checked)


def _not_reserved(text: str) -> str:
    if text in RESERVED_IDS:
        raise problem("reserved-id", value=text)
    return text


_LONGEST_NUMBER = 40  # what is longer is a text in the wrong place


def _number(text: Any) -> Any:
    """ASCII digits only: Python's own float() would also take full-width and other digits."""
    if not isinstance(text, str):
        return text
    text = text.strip()
    if NUMBER.fullmatch(text) is None:
        raise problem(_number_mistake(text), value=text)
    return float(text)


def _number_mistake(text: str) -> str:
    if len(text) > _LONGEST_NUMBER:
        return "bad-number"
    if re.search(r"[０-９．－]|\d。\d", text):
        return "full-width-number"
    if re.fullmatch(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?", text):
        return "number-with-comma"
    # One number with words before it or a unit behind it; `1.2E3`, `3-4` and `121°2'` are something else.
    unit = re.fullmatch(r"-?([^\d.\-]*)\d+(?:\.\d+)?\s*((?![eE][+\-\d])[^\d\s.,，:/°_\-].*)?", text, re.ASCII)
    return "number-with-unit" if unit and (unit[1] or unit[2]) else "bad-number"


def _single(value: Any) -> Any:
    """pydantic would fill our dataclasses from a mapping, past everything that reads them from text."""
    if isinstance(value, dict | list):
        raise problem("needs-text")
    return value


def _day(text: Any) -> Any:
    read = _partial(text)
    if isinstance(read, PartialDate):
        if not read.day:
            raise problem("bad-day", value=str(text))
        return date(read.year, read.month, read.day)
    return read


def _partial(text: Any) -> Any:
    if not isinstance(text, str):
        return _single(text)
    if len(text) > _LONGEST_NUMBER:
        raise problem("bad-date", value=text)
    try:
        return read_date(str(text))
    except ValueError:
        raise problem("full-width-number" if _WIDE_DIGIT.search(text) else "bad-date", value=text) from None


def _clauses(read: Callable[[str], object], longest: int) -> BeforeValidator:
    """What is read from a text of at most so many characters, or from a list of its clauses."""

    def checked(value: Any) -> Any:
        if isinstance(value, list) and value and all(isinstance(clause, str) for clause in value):
            value = on_one_line(value)
        if not isinstance(value, str):
            return _single(value)
        if len(value) > longest:
            raise problem("too-long", limit=longest)
        try:
            return read(str(value))
        except UnreadableTime as mistake:
            raise problem(value=value, **vars(mistake)) from None

    return BeforeValidator(checked)


def _daily(text: str) -> OpeningHours:
    """Hours without days are those of every day."""
    try:
        return known_times.hours(text)
    except UnreadableTime as mistake:
        if mistake.code != "hours-no-days":
            raise
        return known_times.hours(f"每天 {text}")


YES_NO = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False, "on": True, "off": False}


def _yes_no(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    if text.lower() not in YES_NO:
        raise problem("bad-yes-no", value=text)
    return YES_NO[text.lower()]


def _refusing(read: Callable[[str], str]) -> AfterValidator:
    """Texts that a reader takes, which raises Refused for others."""

    def checked(text: str) -> str:
        try:
            return read(text)
        except Refused as refused:
            raise problem(refused.code, **{"value": text, **refused.values}) from None

    return AfterValidator(checked)


_OWN_PATH = re.compile(r"(?:[a-z0-9_-][a-z0-9._-]*/)+[a-z0-9_-][a-z0-9._-]*", re.ASCII | re.IGNORECASE)


def _tiles(text: str) -> str:
    """A pattern of pictures: https, or a path inside the site; a map of somebody else's that is not encrypted can be changed
    on its way."""
    if any(text.count(f"{{{name}}}") != 1 for name in "zxy"):
        raise problem("bad-tiles-url", value=text)
    filled = text.format_map(_ZEROS) if text.count("{") == text.count("}") == 3 else ""
    if not (filled.startswith("https://") and URL.fullmatch(filled)) and _OWN_PATH.fullmatch(filled) is None:
        raise problem("bad-tiles-url", value=text)
    return text


_ZEROS = dict.fromkeys("zxy", 0)


def _tiles_crs(text: Any) -> Any:
    """Baidu cuts its map in a way of its own; no point on it would lie where it should."""
    if text == "bd09":
        raise problem("tiles-bd09")
    return text


# `fingerprint` looks in that folder for changes.
_BOUNDARY_FILE = re.compile(r"map/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:geo)?json")
PHOTO_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(jpg|jpeg|png|webp)")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# Kinds of pictures that editors have and we do not take, by the end of the name.
OTHER_KINDS = {"heic": "photo-heic", "heif": "photo-heic", "svg": "photo-svg", "gif": "photo-gif"}


def _file(text: str) -> str:
    """The name of a picture in the data's photos/ folder: no path, a known raster format."""
    if PHOTO_FILE.fullmatch(text) is None:
        raise problem(OTHER_KINDS.get(text.rpartition(".")[2].lower(), "bad-photo-name"), value=text)
    return text


@dataclass(frozen=True, slots=True)
class DimHours:
    """When a hall's screen is dimmed, in minutes of the day; an `end` before the `start` is on the next morning."""

    start: int
    end: int


_NIGHT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–—~～至]\s*([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)


def _night(text: Any) -> Any:
    """`21:30-07:00`."""
    if not isinstance(text, str):
        return _single(text)
    found = _NIGHT.fullmatch(text.strip())
    hours = [int(part) for part in found.groups()] if found else [0, 0, 0, 0]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if start == end:
        raise problem("bad-night", value=text)
    return DimHours(start, end)


def _days(text: Any) -> Any:
    if not isinstance(text, str):
        return _single(text)
    try:
        return read_days(str(text))
    except ValueError:
        raise problem("bad-day-range", value=text) from None


def _year(text: Any) -> Any:
    if not isinstance(text, str):
        return _single(text)
    if re.fullmatch(r"20\d\d年?", text.strip(), re.ASCII) is None:
        raise problem("bad-year", value=text)
    return int(text.strip()[:4])


def _time_zone(text: str) -> str:
    """A name of the IANA database."""
    try:
        clock.zone(text)
    except clock.UnknownZone:
        raise problem("bad-timezone", value=text) from None
    return text


# A plain address: nothing in it can begin a header or a second address of a mail.
_EMAIL = re.compile(r"(?!.*\.\.)[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,20}", re.ASCII)
_STAFF_PIN = re.compile("[0-9]{4,8}")


def _sized(longest: int, pattern: str | None = None) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest, pattern=pattern)


# The only pattern given to pydantic: `reading` knows a mismatch as a line break or a tab inside a line.
ONE_LINE = r"^[^\n\r\t]*$"


@dataclass(frozen=True, slots=True)
class _Cited:
    """Texts whose sentences may name their sources: `citations`. The marks count as characters."""

    max_length: int
    pattern: str | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        written = core_schema.str_schema(strip_whitespace=True, min_length=1, max_length=self.max_length, pattern=self.pattern)
        as_written = core_schema.plain_serializer_function_ser_schema(attrgetter("written"))
        return core_schema.no_info_after_validator_function(CitedText.read, written, serialization=as_written)


# The same limits for doors that look at a value before it gets here: patterns of a whole value that Python and JavaScript read
# alike. They refuse nothing that is taken here, and what they let through is still told by `checks`.
_YEAR, _MONTH, _DAY = "(?:19|[2-9][0-9])[0-9]{2}", "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
SHAPES: Mapping[str, str] = {
    "id": rf"(?!(?:{'|'.join(sorted(RESERVED_IDS))})$){_ID.pattern}",
    "phone": f"(?:{phones.PHONE.pattern})",
    # Letters of either size are named: not every reader of patterns has a flag for that.
    "url": URL.pattern.replace("https?", "[Hh][Tt][Tt][Pp][Ss]?").replace("a-z", "A-Za-z"),
    "photo": PHOTO_FILE.pattern,
    "colour": COLOUR.pattern,
    "day": f"{_YEAR}[-/.年]{_MONTH}[-/.月]{_DAY}日?",
    "date": f"{_YEAR}(?:[-/.年]{_MONTH}(?:[-/.月]{_DAY}日?|月)?|年)?",
    "number": NUMBER.pattern,
}

Id = Annotated[str, _sized(64), _shaped(_ID, "bad-id"), AfterValidator(_not_reserved)]
Name = Annotated[str, _sized(60, ONE_LINE)]
Line = Annotated[str, _sized(200, ONE_LINE)]
CitedLine = Annotated[CitedText, _Cited(200, ONE_LINE)]
CitedProse = Annotated[CitedText, _Cited(4000)]
Phone = Annotated[str, _sized(30), _refusing(phones.sound)]
Url = Annotated[str, _sized(500), _shaped(URL, "bad-url")]
TilesUrl = Annotated[str, _sized(500), AfterValidator(_tiles)]
TilesCrs = Annotated[Literal["wgs84", "cgcs2000", "gcj02"], BeforeValidator(_tiles_crs)]
BoundaryFile = Annotated[str, _sized(200), _shaped(_BOUNDARY_FILE, "bad-boundary-file")]
PhotoFile = Annotated[str, _sized(100), AfterValidator(_file)]
Colour = Annotated[str, _sized(7), _shaped(COLOUR, "bad-colour"), AfterValidator(str.lower)]
# Limits stand before what reads the text: so they are the validator's own, and no function is called for them.
Number = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(_number)]
Positive = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False), BeforeValidator(_number)]
Count = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False), BeforeValidator(_number)]
Seconds = Annotated[float, Field(gt=7, le=60, allow_inf_nan=False), BeforeValidator(_number)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False), BeforeValidator(_number)]
Night = Annotated[DimHours, BeforeValidator(_night)]
AreaCode = Annotated[str, _sized(6), _refusing(phones.area_code)]
Region = Annotated[str, _sized(6), _refusing(region.sound)]
TimeZone = Annotated[str, _sized(40), AfterValidator(_time_zone)]
Email = Annotated[str, _sized(100), _shaped(_EMAIL, "bad-email")]
StaffPin = Annotated[str, _sized(20), _shaped(_STAFF_PIN, "bad-staff-pin")]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Day = Annotated[date, BeforeValidator(_day)]
Days = Annotated[DayRange, BeforeValidator(_days)]
Year = Annotated[int, BeforeValidator(_year)]
Date = Annotated[PartialDate, BeforeValidator(_partial)]
Hours = Annotated[OpeningHours, _clauses(known_times.hours, opening_hours.LONGEST_TEXT)]
DailyHours = Annotated[OpeningHours, _clauses(_daily, opening_hours.LONGEST_TEXT)]
When = Annotated[ActivityTimes, _clauses(known_times.when, recurrence.LONGEST_TEXT)]
Words = Annotated[tuple[Name, ...], Field(max_length=40)]
Ids = Annotated[tuple[Id, ...], Field(max_length=20)]
