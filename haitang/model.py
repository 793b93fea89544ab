"""What a position, a brand and the directory file may say: THE schema.

The rule: limits stand here on the fields and nowhere else; labels, hints and every sentence about a field stand in
`templates/words` under the same name. A value that cannot be read raises a PydanticCustomError whose type is a problem code
of ours (`ours:<code>`), so that `reading` has nothing to guess.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from haitang.calendar_dates import PartialDate, read_date
from haitang.coordinates import Box, Coordinate, Crs
from haitang.hours import OpeningHours, UnreadableHours, read_hours

Tier = Literal["centre", "station", "point", "other"]
TIERS: tuple[Tier, ...] = ("centre", "station", "point", "other")
Status = Literal["planned", "upgrading", "open", "paused", "closed", "merged"]
Precision = Literal["exact", "street", "town"]

# Windows cannot hold files of these names, and a kiosk's bundle travels on USB sticks; `index` and `frame` are ours.
RESERVED_IDS = frozenset(
    ["con", "prn", "aux", "nul", "index", "frame", "404", "assets", "search"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)


def problem(code: str, **values: str | int | float) -> PydanticCustomError:
    """An error whose type is one of our problem codes. The text is never shown."""
    return PydanticCustomError(f"ours:{code}", "{code}", {"code": code, **values})


def _id(text: str) -> str:
    if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", text) is None or text.endswith("-"):
        raise problem("bad-id", value=text)
    if text in RESERVED_IDS:
        raise problem("reserved-id", value=text)
    return text


_LONGEST_NUMBER = 40  # what is longer is a text in the wrong place
_LONGEST_HOURS = 300


def _number(text: Any) -> Any:
    """ASCII digits only: Python's own float() would also take full-width and other digits."""
    if not isinstance(text, str):
        return text
    text = text.strip()
    if re.fullmatch(r"-?\d{1,9}(\.\d{1,17})?", text, re.ASCII) is None:
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
    if re.search(r"[０-９]", text):
        raise problem("full-width-number", value=text)
    try:
        return read_date(str(text))
    except ValueError:
        raise problem("bad-date", value=text) from None


def _hours(value: Any) -> Any:
    if isinstance(value, list) and value and all(isinstance(rule, str) for rule in value):
        value = "；".join(value)
    if not isinstance(value, str):
        return _single(value)
    if len(value) > _LONGEST_HOURS:
        raise problem("too-long", limit=_LONGEST_HOURS)
    try:
        return read_hours(str(value))
    except UnreadableHours as mistake:
        raise problem("bad-hours", value=value, part=mistake.part) from None


def _yes_no(text: Any) -> Any:
    known = {"是": True, "yes": True, "true": True, "on": True, "否": False, "no": False, "false": False, "off": False}
    if not isinstance(text, str):
        return text
    if text.lower() not in known:
        raise problem("bad-yes-no", value=text)
    return known[text.lower()]


_PHONE = re.compile(
    r"0\d{2,3}-\d{7,8}(-\d{1,6})?|[48]00-?\d{3}-?\d{4}|1[0-2]\d{1,3}|9\d{4,5}"
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}",
    re.ASCII,
)


def _phone(text: str) -> str:
    """Institution numbers: landline with area code, 400/800 line, or a short public line. Mobiles pass here and are
    refused by `checks`, which has a kinder sentence for them."""
    if re.search(r"[０-９－（）]", text):
        raise problem("full-width-number", value=text)
    if _PHONE.fullmatch(text) is None:
        raise problem("bad-phone", value=text)
    return text


def _url(text: str) -> str:
    """http(s) to a named host, nothing hidden: no credentials, no address literal, no blank, no backslash."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise problem("bad-url", value=text) from None
    if parts.scheme not in ("http", "https") or re.search(r"[\s\\<>\"'`{}|^]", text) or parts.username is not None:
        raise problem("bad-url", value=text)
    if not re.fullmatch(r"([a-z0-9_-]+\.)+[a-z][a-z0-9-]+", host):
        raise problem("bad-url", value=text)
    return text


def _file(text: str) -> str:
    """The name of a picture in the data's photos/ folder: no path, a known raster format."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(jpg|jpeg|png|webp)", text) is None:
        raise problem("bad-photo-name", value=text)
    return text


def _colour(text: str) -> str:
    if re.fullmatch(r"#[0-9a-fA-F]{6}", text) is None:
        raise problem("bad-colour", value=text)
    return text.lower()


def _sized(longest: int, pattern: str | None = None) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest, pattern=pattern)


# The only pattern given to pydantic: `reading` knows a mismatch as a line break or a tab inside a line.
ONE_LINE = r"^[^\n\r\t]*$"


Id = Annotated[str, _sized(64), AfterValidator(_id)]
Name = Annotated[str, _sized(60, ONE_LINE)]
Line = Annotated[str, _sized(200, ONE_LINE)]
Prose = Annotated[str, _sized(4000)]
Phone = Annotated[str, _sized(30), AfterValidator(_phone)]
Url = Annotated[str, _sized(500), AfterValidator(_url)]
PhotoFile = Annotated[str, _sized(100), AfterValidator(_file)]
Colour = Annotated[str, _sized(7), AfterValidator(_colour)]
Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
Positive = Annotated[float, BeforeValidator(_number), Field(gt=0, le=1_000_000, allow_inf_nan=False)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Day = Annotated[date, BeforeValidator(_day)]
Date = Annotated[PartialDate, BeforeValidator(_partial)]
Hours = Annotated[OpeningHours, BeforeValidator(_hours)]
Words = Annotated[tuple[Name, ...], Field(max_length=40)]
Ids = Annotated[tuple[Id, ...], Field(max_length=20)]


class Entry(BaseModel):
    """Frozen, and closed: a field that is not listed is a mistake an editor wants to hear of."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Location(Entry):
    """A point as it was pasted, in its own system; `wgs84` is what we publish."""

    lon: Number
    lat: Number
    crs: Crs
    precision: Precision

    @model_validator(mode="after")
    def _on_earth(self) -> "Location":
        if abs(self.lat) > 90 >= abs(self.lon):
            raise problem("swapped", lon=self.lon, lat=self.lat)
        if abs(self.lon) > 180 or abs(self.lat) > 90:
            raise problem("off-earth", lon=self.lon, lat=self.lat)
        return self

    @property
    def wgs84(self) -> Coordinate:
        return Coordinate(self.lon, self.lat, self.crs).to("wgs84")


class Source(Entry):
    """Where a fact comes from. `url` only where it may be linked; `note` says what is inferred or unclear."""

    title: Line
    publisher: Line | None = None
    date: Date | None = None
    url: Url | None = None
    note: Line | None = None


class Figure(Entry):
    label: Name
    value: Number
    unit: Name | None = None
    as_of: Date | None = None
    source: Line | None = None


class Verified(Entry):
    on: Day
    by: Line


class Space(Entry):
    """A room or a platform of the functional layout (七大空间, 七大平台)."""

    name: Name
    text: Line | None = None
    area_m2: Positive | None = None
    photo: PhotoFile | None = None


class Activity(Entry):
    name: Name
    when: Line | None = None
    place: Line | None = None
    text: Line | None = None


class Pledge(Entry):
    """A post and what it promises; posts, never private persons."""

    post: Name
    text: Line


class Photo(Entry):
    file: PhotoFile
    alt: Line
    caption: Line | None = None
    credit: Line
    licence: Line


class Position(Entry):
    """One position, one file. Absent means not known, and is shown as 待核实."""

    id: Id
    name: Name
    short_name: Name | None = None
    aliases: Words = ()
    pinyin: Line | None = None
    former_ids: Ids = ()
    tier: Tier | None = None
    site_kind: Name | None = None
    town: Id
    community: Name | None = None
    host: Line | None = None
    address: Line | None = None
    location: Location | None = None
    status: Status | None = None
    opened: Date | None = None
    successor: Id | None = None
    parent: Id | None = None
    area_m2: Positive | None = None
    figures: Annotated[tuple[Figure, ...], Field(max_length=20)] = ()
    hours: Hours | None = None
    closed_on_holidays: YesNo | None = None
    phone: Phone | None = None
    services: Words = ()
    facilities: Words = ()
    functions: Words = ()
    chains: Words = ()
    organisations: Words = ()
    spaces: Annotated[tuple[Space, ...], Field(max_length=20)] = ()
    platforms: Annotated[tuple[Space, ...], Field(max_length=20)] = ()
    activities: Annotated[tuple[Activity, ...], Field(max_length=60)] = ()
    pledges: Annotated[tuple[Pledge, ...], Field(max_length=40)] = ()
    brands: Ids = ()
    photos: Annotated[tuple[Photo, ...], Field(max_length=30)] = ()
    story: Prose | None = None
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()
    verified: Verified | None = None


class Goal(Entry):
    title: Name
    text: Line | None = None
    due: Date | None = None
    status: Literal["planned", "running", "done"] | None = None


class Person(Entry):
    """A post and its honour; no names of private persons."""

    post: Name
    text: Line | None = None
    honour: Line | None = None


class Action(Entry):
    on: Date | None = None
    title: Name
    text: Line | None = None
    photo: PhotoFile | None = None


class Measure(Entry):
    at: Date
    value: Number


class Result(Entry):
    label: Name
    unit: Name | None = None
    series: Annotated[tuple[Measure, ...], Field(min_length=1, max_length=60)]
    source: Line | None = None


class Brand(Entry):
    """One brand, one file; its positions name it, it does not name them."""

    id: Id
    name: Name
    slogan: Line | None = None
    host: Line | None = None
    founded: Date | None = None
    colour: Colour | None = None
    cover: Photo | None = None
    story: Prose | None = None
    goals: Annotated[tuple[Goal, ...], Field(max_length=20)] = ()
    people: Annotated[tuple[Person, ...], Field(max_length=40)] = ()
    actions: Annotated[tuple[Action, ...], Field(max_length=100)] = ()
    results: Annotated[tuple[Result, ...], Field(max_length=20)] = ()
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()


class Bounds(Entry):
    """A bounding box in WGS-84 degrees."""

    west: Number
    south: Number
    east: Number
    north: Number

    @model_validator(mode="after")
    def _ordered(self) -> "Bounds":
        if not (-180 <= self.west < self.east <= 180 and -90 <= self.south < self.north <= 90):
            raise problem("bad-bounds")
        return self

    @property
    def box(self) -> Box:
        return Box(self.west, self.south, self.east, self.north)


class Town(Entry):
    """A unit that runs positions: a town, a development zone, a subdistrict. Its point is a label's place, not a border."""

    id: Id
    name: Name
    short_name: Name | None = None
    kind: Name | None = None
    location: Location | None = None
    bounds: Bounds | None = None
    sources: Annotated[tuple[Source, ...], Field(max_length=10)] = ()


class Area(Entry):
    """A city or a part of one. Its id also serves as the town of positions whose town is not known yet."""

    id: Id
    name: Name
    bounds: Bounds | None = None
    towns: Annotated[tuple[Town, ...], Field(max_length=200)] = ()
    sources: Annotated[tuple[Source, ...], Field(max_length=10)] = ()

    @property
    def places(self) -> tuple[Town, ...]:
        """The towns, then the area itself for what has no known town."""
        return (*self.towns, Town(id=self.id, name=self.name, bounds=self.bounds))


class TierInfo(Entry):
    """What a tier is: by siting rule, not by the name on the plate."""

    id: Tier
    name: Name
    short_name: Name
    keyword: Name | None = None
    siting: Line | None = None
    functions: Words = ()
    text: Line | None = None


class Term(Entry):
    """A word editors may use in a list field; `group` gathers words under one heading."""

    name: Name
    group: Name | None = None
    text: Line | None = None


class Vocabularies(Entry):
    site_kind: Annotated[tuple[Term, ...], Field(max_length=100)] = ()
    services: Annotated[tuple[Term, ...], Field(max_length=300)] = ()
    facilities: Annotated[tuple[Term, ...], Field(max_length=100)] = ()
    functions: Annotated[tuple[Term, ...], Field(max_length=100)] = ()
    chains: Annotated[tuple[Term, ...], Field(max_length=20)] = ()
    organisations: Annotated[tuple[Term, ...], Field(max_length=50)] = ()


class TierCount(Entry):
    tier: Tier
    value: Number


class Published(Entry):
    """Figures as the source gave them; never mixed with what is listed here."""

    scope: Name
    as_of: Date
    counts: Annotated[tuple[TierCount, ...], Field(max_length=4)] = ()
    source: Source


class Aggregate(Entry):
    """A sum somebody published ("38 个阵地"): shown as a sum, never turned into entries."""

    name: Line
    town: Id | None = None
    brand: Id | None = None
    figures: Annotated[tuple[Figure, ...], Field(max_length=20)] = ()
    text: Line | None = None
    source: Source


class Target(Entry):
    by: Date
    text: Line
    share: Positive | None = None
    source: Source


class Hall(Entry):
    """An exhibition hall with a kiosk."""

    id: Id
    title: Name
    home: Id | None = None
    orientation: Literal["portrait", "landscape"] = "portrait"
    brand: Id | None = None
    public_url: Url | None = None


class Layer(Entry):
    """A drawn layer that needs a map approval number (审图号)."""

    crs: Crs
    approval_no: Name
    url: Line | None = None
    file: Line | None = None


class MapSettings(Entry):
    tiles: Layer | None = None
    boundary: Layer | None = None


class Identity(Entry):
    """Who answers for the site: 主办单位, phone, ICP, 公安备案, 网站标识码."""

    organiser: Line | None = None
    phone: Phone | None = None
    icp: Name | None = None
    police: Name | None = None
    site_code: Name | None = None


class Repository(Entry):
    """Where editors send changes: the forge's page of this repository."""

    url: Url
    kind: Literal["github", "gitlab", "gitea"] = "github"
    branch: Name = "main"


class Settings(Entry):
    """directory.yml: what THIS directory is."""

    title: Name
    subtitle: Line | None = None
    description: Line | None = None
    production: YesNo = False
    base_url: Url | None = None
    repository: Repository | None = None
    areas: Annotated[tuple[Area, ...], Field(min_length=1, max_length=20)]
    tiers: Annotated[tuple[TierInfo, ...], Field(min_length=1, max_length=4)]
    vocabularies: Vocabularies = Vocabularies()
    published: Annotated[tuple[Published, ...], Field(max_length=20)] = ()
    aggregates: Annotated[tuple[Aggregate, ...], Field(max_length=50)] = ()
    targets: Annotated[tuple[Target, ...], Field(max_length=20)] = ()
    halls: Annotated[tuple[Hall, ...], Field(max_length=50)] = ()
    map: MapSettings = MapSettings()
    identity: Identity = Identity()
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()
