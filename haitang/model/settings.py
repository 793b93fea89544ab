"""What directory.yml may say: the rest of THE schema, apart from `entries` only so that each can be read at one go. Another
city starts by editing that file."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from haitang.core import clock, pinyin
from haitang.geo.coordinates import Box, Crs
from haitang.geo.layers import LayerKind
from haitang.model.abroad.region import CHINA, parts_of, settle
from haitang.model.entries import Entry, Figure, Location, Notice, Pictures, Source
from haitang.model.imprint import (
    Contact,
    DataFrom,
    Hall,
    Hotline,
    Identity,
    Languages,
    Licence,
    NavPage,
    Repository,
    licence_of,
)
from haitang.model.tiers import MOST, Shapes, TierCount, TierInfo, looks_of
from haitang.model.types import (
    RESERVED_IDS,
    AreaCode,
    BoundaryFile,
    Date,
    Day,
    Days,
    Icon,
    Id,
    Ids,
    Line,
    Name,
    Number,
    Percent,
    Positive,
    Region,
    TilesCrs,
    TilesUrl,
    TimeZone,
    Url,
    Words,
    Year,
    YesNo,
    problem,
)
from haitang.schedule.holidays import ANNOUNCED, HolidayCalendar, calendar_of


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
    name_en: Name | None = None
    kind: Name | None = None
    location: Location | None = None
    bounds: Bounds | None = None
    sources: Annotated[tuple[Source, ...], Field(max_length=10)] = ()


class Area(Entry):
    """A city or a part of one. Its id also serves as the town of positions whose town is not known yet."""

    id: Id
    name: Name
    name_en: Name | None = None
    bounds: Bounds | None = None
    towns: Annotated[tuple[Town, ...], Field(max_length=1000)] = ()
    sources: Annotated[tuple[Source, ...], Field(max_length=10)] = ()

    @property
    def places(self) -> tuple[Town, ...]:
        """The towns, then the area itself for what has no known town."""
        return (*self.towns, Town(id=self.id, name=self.name, bounds=self.bounds))


class Term(Entry):
    """A word editors may use in a list field. `group` gathers words under a heading that people understand, `official` is the
    kind that the authorities count it to; `also` are everyday words for the same, by which it is found."""

    id: Id | None = None
    name: Name
    name_en: Name | None = None
    also: Words = ()
    also_en: Words = ()
    icon: Icon | None = None
    group: Name | None = None
    group_en: Name | None = None
    official: Name | None = None
    text: Line | None = None

    @property
    def slug(self) -> str:
        """What names its page: the id, else the syllables of its name. A check tells of two that are the same."""
        return self.id or _slug(self.name)


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
    name_en: Name | None = None
    also: Words = ()
    also_en: Words = ()
    icon: Icon | None = None
    text: Line | None = None


class Published(Entry):
    """Figures as the source gave them; never mixed with what is listed here. `area` is the part of the directory meant."""

    scope: Name
    area: Id | None = None
    as_of: Date
    counts: Annotated[tuple[TierCount, ...], Field(max_length=MOST)] = ()
    source: Source


class Aggregate(Entry):
    """A sum somebody published ("38 个服务点"): shown as a sum, never turned into entries."""

    name: Line
    town: Id | None = None
    brand: Id | None = None
    figures: Annotated[tuple[Figure, ...], Field(max_length=20)] = ()
    text: Line | None = None
    source: Source


class Target(Entry):
    """What somebody meant to reach. `known` is what is known of the outcome; absent means that nothing is."""

    by: Date
    text: Line
    share: Percent | None = None
    known: Line | None = None
    source: Source


class Denominator(Entry):
    """What a share could be counted against: how many places there would be one for. `note` says what is inferred."""

    label: Name
    value: Positive
    unit: Name | None = None
    as_of: Date
    tier: Name | None = None
    area: Id | None = None
    note: Line | None = None
    source: Source


class Holidays(Entry):
    """A year's public holidays as announced: days off, and days of weekends worked for them; some in the years beside it."""

    year: Year
    off: Annotated[tuple[Days, ...], Field(min_length=1, max_length=60)]
    worked: Annotated[tuple[Days, ...], Field(max_length=30)] = ()
    source: Source


class SiteNotice(Notice):
    areas: Ids = ()  # of towns and areas; none: everybody is told


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


class BaseLayer(Entry):
    """Something to find one's way by; published only with an approval number or the stated reason why it needs none."""

    kind: LayerKind
    crs: Crs
    approval_no: Name | None = None
    exemption: Line | None = None
    file: BoundaryFile
    source: Source
    licence: Line


class MapSettings(Entry):
    tiles: Tiles | None = None
    boundary: BoundaryLine | None = None
    layers: Annotated[tuple[BaseLayer, ...], Field(max_length=6)] = ()

    @property
    def approvals(self) -> tuple[str, ...]:
        """The numbers a map must carry, each once."""
        given = (layer.approval_no for layer in (self.tiles, self.boundary, *self.layers) if layer)
        return tuple(dict.fromkeys(number for number in given if number))

    @property
    def credits(self) -> tuple[str, ...]:
        """Whose the layers are and under which licence, each once."""
        return tuple(dict.fromkeys(f"{each.source.publisher or each.source.title} {each.licence}" for each in self.layers))


class Settings(Entry):
    """directory.yml: what THIS directory is. `region`: ISO 3166 (GB, GB-ENG); `area_code`: before numbers written without one;
    `updated`: the data's day where nothing else tells it; `needs`: ids of what the home page offers first (`data.needs`)."""

    title: Name
    title_en: Name | None = None
    subtitle: Line | None = None
    subtitle_en: Line | None = None
    description: Line | None = None
    production: YesNo = False
    base_url: Url | None = None
    offline: YesNo = True
    languages: Languages = ("zh-CN",)
    region: Region = CHINA
    timezone: TimeZone = clock.CHINA
    area_code: AreaCode | None = None
    updated: Day | None = None
    repository: Repository | None = None
    areas: Annotated[tuple[Area, ...], Field(min_length=1, max_length=20)]
    tiers: Annotated[tuple[TierInfo, ...], Field(min_length=1, max_length=MOST)]
    tier_look: Shapes | None = None
    vocabularies: Vocabularies = Field(default_factory=Vocabularies)
    activity_kinds: Annotated[tuple[ActivityKind, ...], Field(max_length=40)] = ()
    needs: Annotated[tuple[Name, ...], Field(max_length=12)] = ()
    nav: Annotated[tuple[NavPage, ...], Field(max_length=8)] = ()
    hotlines: Annotated[tuple[Hotline, ...], Field(max_length=10)] = ()
    notices: Annotated[tuple[SiteNotice, ...], Field(max_length=20)] = ()
    published: Annotated[tuple[Published, ...], Field(max_length=20)] = ()
    aggregates: Annotated[tuple[Aggregate, ...], Field(max_length=50)] = ()
    targets: Annotated[tuple[Target, ...], Field(max_length=20)] = ()
    denominators: Annotated[tuple[Denominator, ...], Field(max_length=20)] = ()
    halls: Annotated[tuple[Hall, ...], Field(max_length=50)] = ()
    holidays: Annotated[tuple[Holidays, ...], Field(max_length=30)] = ()
    map: MapSettings = Field(default_factory=MapSettings)
    identity: Identity = Field(default_factory=Identity)
    contact: Contact | None = None
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()
    data_from: DataFrom = "own"
    licence: Line | None = None
    licence_url: Url | None = None

    @model_validator(mode="before")
    @classmethod
    def _settled(cls, told: Any) -> Any:
        """What is said of numbers, here and in entries, is read as in its country."""
        settle(told.get("region") if isinstance(told, Mapping) else None)
        return told

    @property
    def country(self) -> str:
        return self.region[:2]

    @property
    def looks(self) -> dict[str, str]:
        """How each tier is drawn, by its id, in their order."""
        return looks_of(self.tiers, self.tier_look)

    @property
    def pictures(self) -> Pictures:
        """The pictures it names, as those of entries."""
        return ((("contact", "qr"), self.contact.qr),) if self.contact and self.contact.qr else ()

    @property
    def terms(self) -> Licence | None:
        return licence_of(self.licence, self.licence_url)

    @property
    def town_credits(self) -> tuple[str, ...]:
        """Who told where the towns lie, each once."""
        sources = (source for area in self.areas for town in area.towns if town.location for source in town.sources[:1])
        return tuple(dict.fromkeys(source.publisher or source.title for source in sources))

    @property
    def zone(self) -> ZoneInfo:
        return clock.zone(self.timezone)

    @property
    def calendar(self) -> HolidayCalendar:
        """The public holidays that are known: those of `holidays`, a whole year each, and else the region's."""
        return _calendar(self.holidays, self.region)


@lru_cache(1024)
def _slug(name: str) -> str:
    made = pinyin.slug(name)
    return made if made and made not in RESERVED_IDS else f"x{made}"


@lru_cache(16)
def _calendar(holidays: tuple[Holidays, ...], region: str) -> HolidayCalendar:
    kinds = {each.year: (each.off, each.worked) for each in holidays}
    days = {year: [frozenset(day for part in kind for day in part.days) for kind in both] for year, both in kinds.items()}
    known = ANNOUNCED if region == CHINA else calendar_of(*parts_of(region))
    return known.with_years({year: (off, worked) for year, (off, worked) in days.items()})
