"""What a position, a brand and the directory file may say: THE schema.

The rule: which fields there are stands here and nowhere else; what a single value may look like stands in `values`, and labels,
hints and every sentence about a field stand in `templates/words` under the same name.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from haitang.coordinates import Box, Coordinate, Crs
from haitang.values import (
    BoundaryFile,
    Colour,
    Date,
    Day,
    Hours,
    Id,
    Ids,
    Line,
    Name,
    Number,
    Phone,
    PhotoFile,
    Positive,
    Precision,
    Prose,
    Status,
    Tier,
    TilesCrs,
    TilesUrl,
    Url,
    When,
    Words,
    YesNo,
    problem,
)


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
    """`id` keeps a calendar's entry the same through a renaming; `kind` is one of directory.yml's `activity_kinds`."""

    id: Id | None = None
    name: Name
    kind: Id | None = None
    when: When | None = None
    place: Line | None = None
    text: Line | None = None

    @property
    def key(self) -> str:
        """What tells it from the other activities of its position, for good."""
        return self.id or self.name


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


class ActivityKind(Entry):
    """A kind of activity; its page is named by the id."""

    id: Id
    name: Name
    text: Line | None = None


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


class Tiles(Entry):
    """Somebody's map as pictures under our marks, with its map approval number (审图号)."""

    crs: TilesCrs
    approval_no: Name
    url: TilesUrl


class BoundaryLine(Entry):
    """A boundary that is drawn, with the approval number of the map it comes from; `file` is below the data root."""

    crs: Crs
    approval_no: Name
    file: BoundaryFile


class MapSettings(Entry):
    tiles: Tiles | None = None
    boundary: BoundaryLine | None = None

    @property
    def approvals(self) -> tuple[str, ...]:
        """The numbers a map must carry, each once."""
        return tuple(dict.fromkeys(layer.approval_no for layer in (self.tiles, self.boundary) if layer))


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
    offline: YesNo = True
    repository: Repository | None = None
    areas: Annotated[tuple[Area, ...], Field(min_length=1, max_length=20)]
    tiers: Annotated[tuple[TierInfo, ...], Field(min_length=1, max_length=4)]
    vocabularies: Vocabularies = Vocabularies()
    activity_kinds: Annotated[tuple[ActivityKind, ...], Field(max_length=40)] = ()
    published: Annotated[tuple[Published, ...], Field(max_length=20)] = ()
    aggregates: Annotated[tuple[Aggregate, ...], Field(max_length=50)] = ()
    targets: Annotated[tuple[Target, ...], Field(max_length=20)] = ()
    halls: Annotated[tuple[Hall, ...], Field(max_length=50)] = ()
    map: MapSettings = MapSettings()
    identity: Identity = Identity()
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()
