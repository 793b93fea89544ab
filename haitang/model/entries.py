"""What a position, a brand, a route and the directory file may say: THE schema.

The rule: which fields there are stands here alone; what a value may look like in `values`, every sentence in `templates/words`.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from haitang.geo.coordinates import Coordinate, Crs
from haitang.model.types import (
    CitedLine,
    CitedProse,
    Colour,
    Date,
    Day,
    Hours,
    Id,
    Ids,
    Line,
    Name,
    Number,
    Percent,
    Phone,
    PhotoFile,
    Positive,
    Precision,
    Status,
    Url,
    When,
    Words,
    YesNo,
    problem,
)


class Entry(BaseModel):
    """Frozen and closed: a field not listed is a mistake. What checks values is made with the first: some runs need none."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


_SHIFTED = 0.05  # degrees: more than numberings shift a point there and back
Pictures = tuple[tuple[tuple[str | int, ...], str], ...]


def _photos(entry: "Position | Brand") -> Pictures:
    return tuple((("photos", index, "file"), photo.file) for index, photo in enumerate(entry.photos))


def _pictures_in(name: str, items: "Iterable[Space | Action]") -> Pictures:
    return tuple(((name, index, "photo"), item.photo) for index, item in enumerate(items) if item.photo)


class Location(Entry):
    """A point as it was pasted, in its own system; `wgs84` is what we publish."""

    lon: Number
    lat: Number
    crs: Crs
    precision: Precision

    @model_validator(mode="after")
    def _on_earth(self) -> "Location":
        if 180 >= abs(self.lat) > 90 >= abs(self.lon):  # else they would be no point the other way round either
            raise problem("swapped", lon=self.lon, lat=self.lat)
        if abs(self.lon) > 180 or abs(self.lat) > 90:
            raise problem("off-earth", lon=self.lon, lat=self.lat)
        return self

    @property
    def wgs84(self) -> Coordinate:
        return _in_wgs84(self.lon, self.lat, self.crs)

    def is_about(self, other: "Location") -> bool:
        """Whether two may lie close together, whatever numbering either is of or should be."""
        return abs(self.lon - other.lon) < _SHIFTED and abs(self.lat - other.lat) < _SHIFTED


@lru_cache(20_000)  # every stage asks again, and turning other numberings back takes rounds
def _in_wgs84(lon: float, lat: float, crs: Crs) -> Coordinate:
    return Coordinate(lon, lat, crs).to("wgs84")


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


class Space(Entry):  # a room or a platform of the functional layout (七大空间, 七大平台)
    name: Name
    text: CitedLine | None = None
    area_m2: Positive | None = None
    photo: PhotoFile | None = None


class Activity(Entry):
    """`id`, there from the first day, keeps a calendar's entry the same through a renaming; `kind` is of `activity_kinds`."""

    id: Id | None = None
    name: Name
    kind: Id | None = None
    when: When | None = None
    place: Line | None = None
    text: CitedLine | None = None

    @property
    def key(self) -> str:
        """What tells it from the other activities of its position, for good."""
        return self.id or self.name


class Pledge(Entry):
    """A post and what it promises; posts, never private persons."""

    post: Name
    text: CitedLine


class Photo(Entry):
    file: PhotoFile
    alt: Line
    caption: Line | None = None
    credit: Line
    licence: Line


if TYPE_CHECKING:
    _From = Entry
else:  # a word of Python's: no class statement can name a field so
    _From = create_model("_From", __base__=Entry, text=(Line, ...), **{"from": (Date, ...)})


class Notice(_From):
    """What people must know for some days, `from` and `until` among them."""

    text: Line
    until: Date
    since = property(lambda self: self.__dict__["from"])


class Position(Entry):
    """One position, one file. Absent means not known, and is shown as 待核实."""

    id: Id
    name: Name
    name_en: Name | None = None
    short_name: Name | None = None
    aliases: Words = ()
    pinyin: Line | None = None
    former_ids: Ids = ()
    tier: Name | None = None
    site_kind: Name | None = None
    town: Id
    community: Name | None = None
    host: Line | None = None
    address: Line | None = None
    location: Location | None = None
    status: Status | None = None
    notices: Annotated[tuple[Notice, ...], Field(max_length=5)] = ()
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
    story: CitedProse | None = None
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()
    verified: Verified | None = None

    @property
    def pictures(self) -> Pictures:
        return *_photos(self), *_pictures_in("spaces", self.spaces), *_pictures_in("platforms", self.platforms)

    @property
    def filled(self) -> int:
        """How many fields say something."""
        return len(self.model_fields_set)

    @property
    def has_times(self) -> bool:
        """Some activity has its time."""
        return any(activity.when for activity in self.activities)

    @property
    def newest_source(self) -> int:
        """The year of the newest dated source; 0 where none is dated."""
        return max((source.date.year for source in self.sources if source.date), default=0)


class Goal(Entry):
    """`progress` is in per cent, as somebody reported it on `as_of`; nobody works it out."""

    title: Name
    text: CitedLine | None = None
    due: Date | None = None
    status: Literal["planned", "running", "done"] | None = None
    progress: Percent | None = None
    as_of: Date | None = None


class Person(Entry):
    """A post and its honour; no names of private persons."""

    post: Name
    text: CitedLine | None = None
    honour: CitedLine | None = None


class Action(Entry):
    on: Date | None = None
    title: Name
    text: CitedLine | None = None
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
    name_en: Name | None = None
    slogan: Line | None = None
    host: Line | None = None
    founded: Date | None = None
    colour: Colour | None = None
    cover: Photo | None = None
    photos: Annotated[tuple[Photo, ...], Field(max_length=30)] = ()
    story: CitedProse | None = None
    goals: Annotated[tuple[Goal, ...], Field(max_length=20)] = ()
    people: Annotated[tuple[Person, ...], Field(max_length=40)] = ()
    actions: Annotated[tuple[Action, ...], Field(max_length=100)] = ()
    results: Annotated[tuple[Result, ...], Field(max_length=20)] = ()
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()

    @property
    def pictures(self) -> Pictures:
        cover: Pictures = ((("cover", "file"), self.cover.file),) if self.cover else ()
        return *cover, *_photos(self), *_pictures_in("actions", self.actions)


class Showing(Entry):
    """What makes a position an example of a concept: one of these words in this field; without words, anything in it."""

    field: Literal[
        "tier", "site_kind", "services", "facilities", "functions", "chains", "organisations", "spaces", "platforms",
        "activities", "pledges",
    ]  # fmt: skip
    terms: Words = ()


class Concept(Entry):
    """One idea of the system. `missing` is what exists and is not told; `positions` are those the source itself names."""

    id: Id
    name: Name
    name_en: Name | None = None
    text: CitedProse | None = None
    missing: Line | None = None
    shown_by: Annotated[tuple[Showing, ...], Field(max_length=10)] = ()
    positions: Ids = ()
    brands: Ids = ()


class Chapter(Entry):
    """One page that explains a part of the system; one file. `order` is its place among the others, smallest first."""

    id: Id
    name: Name
    name_en: Name | None = None
    order: Positive | None = None
    lead: CitedLine | None = None
    concepts: Annotated[tuple[Concept, ...], Field(min_length=1, max_length=40)]
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()


class Stop(Entry):
    """`metres` is how far it is from the stop before, where somebody stated it."""

    position: Id
    text: CitedLine | None = None
    metres: Positive | None = None


class Route(Entry):
    """Places to visit one after the other; one route, one file. `minutes` is a stated duration."""

    id: Id
    name: Name
    name_en: Name | None = None
    former_ids: Ids = ()
    slogan: Line | None = None
    town: Id | None = None
    mode: Literal["walk", "bike", "bus"] | None = None
    minutes: Positive | None = None
    text: CitedProse | None = None
    stops: Annotated[tuple[Stop, ...], Field(min_length=2, max_length=40)]
    brands: Ids = ()
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()
    verified: Verified | None = None


def photo_files(entry: Entry) -> Pictures:
    """Every picture an entry names, with the path of the field; routes and chapters name none."""
    return entry.pictures if isinstance(entry, Position | Brand) else ()
