"""The types of the release: which fields each record of data/v1 has, how they are called and what they hold.

The rule: nothing here follows from the model, so that the model may change and v1 does not; a field, once published, keeps its
name and type (tests/site/release/v1.tsv is the list of all). What is not known is left out: no field is ever null or empty.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

VERSION = "v1"
FOLDER = f"data/{VERSION}/"
DATUM = "WGS84"
# Where the places of one town and the like are, by what they are of.
SUBSETS = {
    kind: f"{FOLDER}{name}/" for kind, name in (("town", "towns"), ("tier", "tiers"), ("brand", "brands"), ("need", "needs"))
}
# `date` is as exact as it is known (2018, 2018-11, 2018-11-30), a `day` is always one. `prose` and `cited` may name sources
# behind their sentences: `[^2]` is the second of the record's own. An `address` is absolute where the directory tells where it
# is published, else it begins at the site's root. `osm-hours` are written as OpenStreetMap's opening_hours.
Kind = Literal[
    "text", "prose", "cited", "id", "choice", "date", "day", "number", "boolean", "url", "address", "phone", "colour",
    "osm-hours", "record",
]  # fmt: skip
Unit = Literal["m2", "m", "min", "percent", "degree"]


@dataclass(frozen=True, slots=True)
class Field:
    """One published field; `many`: a list of such values. `record` is what a record holds."""

    name: str
    kind: Kind = "text"
    many: bool = False
    required: bool = False
    unit: Unit | None = None
    choices: tuple[str, ...] = ()
    record: "Record | None" = None

    @property
    def type(self) -> str:
        """As the list of all fields writes it."""
        kind = self.record.name if self.record else self.kind
        return f"{kind}[]" if self.many else kind


@dataclass(frozen=True, slots=True)
class Record:
    """What belongs together, by the name that schemas give it."""

    name: str
    fields: tuple[Field, ...]


need = partial(Field, required=True)
texts = partial(Field, many=True)
prose, cited = partial(Field, kind="prose"), partial(Field, kind="cited")
id_, ids = partial(Field, kind="id"), partial(Field, kind="id", many=True)
date, day, url = partial(Field, kind="date"), partial(Field, kind="day"), partial(Field, kind="url")
number = partial(Field, kind="number")
degree = partial(Field, kind="number", unit="degree")


def records(name: str, record: Record) -> Field:
    """A list of records."""
    return Field(name, "record", many=True, record=record)


def choice(name: str, *choices: str) -> Field:
    return Field(name, "choice", choices=choices)


def named(name: str, label: str) -> tuple[Field, Field]:
    """Words of a vocabulary: their ids, and beside them what they are called."""
    return ids(name), texts(label)


_TOWN_OF = (id_("town"), Field("town_name"), id_("area"), Field("area_name"))
_POINT = (
    degree("lon"), degree("lat"), choice("precision", "exact", "street", "town"),
    degree("given_lon"), degree("given_lat"), choice("given_crs", "wgs84", "gcj02", "bd09"),
)  # fmt: skip
_VERIFIED = (day("verified"), Field("verified_by"))
_PAGE = Field("page", "address", required=True)

SOURCE = Record("Source", (need("title"), Field("publisher"), date("date"), url("url"), Field("note")))
SOURCES = records("sources", SOURCE)
ONE_SOURCE = Field("source", "record", record=SOURCE)
FIGURE = Record("Figure", (need("label"), number("value", required=True), Field("unit"), date("as_of"), Field("source")))
NOTICE = Record("Notice", (need("text"), date("from", required=True), date("until", required=True)))
SPACE = Record("Space", (need("name"), cited("text"), number("area_m2", unit="m2"), Field("photo", "address")))
ACTIVITY = Record(
    "Activity",
    (id_("id"), need("name"), id_("kind"), Field("kind_name"), Field("when"), Field("place"), cited("text")),
)
PLEDGE = Record("Pledge", (need("post"), cited("text", required=True)))
PHOTO = Record("Photo", (Field("url", "address"), need("alt"), Field("caption"), need("credit"), need("licence"), need("file")))

POSITION = Record(
    "Position",
    (
        id_("id", required=True), need("name"), Field("name_en"), Field("short_name"), texts("aliases"), Field("pinyin"),
        ids("former_ids"), id_("tier"), Field("tier_name"), id_("site_kind"), Field("site_kind_name"), *_TOWN_OF,
        Field("community"), Field("host"), Field("address"), *_POINT,
        choice("status", "planned", "upgrading", "open", "paused", "closed", "merged"), Field("status_name"),
        records("notices", NOTICE), date("opened"), id_("successor"), id_("parent"), number("area_m2", unit="m2"),
        records("figures", FIGURE), Field("hours"), Field("opening_hours", "osm-hours"),
        Field("closed_on_holidays", "boolean"), Field("phone", "phone"), *named("services", "service_names"),
        *named("facilities", "facility_names"), *named("functions", "function_names"), *named("chains", "chain_names"),
        *named("organisations", "organisation_names"), records("spaces", SPACE), records("platforms", SPACE),
        records("activities", ACTIVITY), records("pledges", PLEDGE), *named("brands", "brand_names"),
        records("photos", PHOTO), prose("story"), SOURCES, *_VERIFIED, _PAGE,
    ),
)  # fmt: skip

GOAL = Record(
    "Goal",
    (
        need("title"), cited("text"), date("due"), choice("status", "planned", "running", "done"),
        number("progress", unit="percent"), date("as_of"),
    ),
)  # fmt: skip
PERSON = Record("Person", (need("post"), cited("text"), cited("honour")))
ACTION = Record("Action", (date("on"), need("title"), cited("text"), Field("photo", "address")))
MEASURE = Record("Measure", (date("at", required=True), number("value", required=True)))
RESULT = Record("Result", (need("label"), Field("unit"), records("series", MEASURE), Field("source")))
BRAND = Record(
    "Brand",
    (
        id_("id", required=True), need("name"), Field("name_en"), Field("slogan"), Field("host"), date("founded"),
        Field("colour", "colour"), Field("cover", "record", record=PHOTO), records("photos", PHOTO), prose("story"),
        records("goals", GOAL), records("people", PERSON), records("actions", ACTION), records("results", RESULT), SOURCES,
        ids("positions"), _PAGE,
    ),
)  # fmt: skip

STOP = Record("Stop", (id_("position", required=True), Field("position_name"), cited("text"), number("metres", unit="m")))
ROUTE = Record(
    "Route",
    (
        id_("id", required=True), need("name"), Field("name_en"), ids("former_ids"), Field("slogan"), id_("town"),
        Field("town_name"), choice("mode", "walk", "bike", "bus"), number("minutes", unit="min"), prose("text"),
        records("stops", STOP), *named("brands", "brand_names"), SOURCES, *_VERIFIED, _PAGE,
    ),
)  # fmt: skip
SHOWING = Record("Showing", (Field("field", required=True), texts("terms")))
CONCEPT = Record(
    "Concept",
    (
        id_("id", required=True), need("name"), Field("name_en"), prose("text"), Field("missing"),
        records("shown_by", SHOWING), ids("positions"), ids("brands"),
    ),
)  # fmt: skip
CHAPTER = Record(
    "Chapter",
    (
        id_("id", required=True), need("name"), Field("name_en"), number("order"), cited("lead"),
        records("concepts", CONCEPT), SOURCES, _PAGE,
    ),
)  # fmt: skip

BOUNDS = Record("Bounds", tuple(degree(name, required=True) for name in ("west", "south", "east", "north")))
_BOUNDS = Field("bounds", "record", record=BOUNDS)
TOWN = Record(
    "Town",
    (
        id_("id", required=True), need("name"), Field("short_name"), Field("name_en"), Field("kind"), *_POINT, _BOUNDS, SOURCES,
    ),
)  # fmt: skip
AREA = Record("Area", (id_("id", required=True), need("name"), Field("name_en"), _BOUNDS, records("towns", TOWN), SOURCES))
TIER = Record(
    "Tier",
    (
        id_("id", required=True), need("name"), need("short_name"), Field("name_en"), Field("short_name_en"),
        Field("keyword"), Field("siting"), texts("functions"), Field("text"), SOURCES,
    ),
)  # fmt: skip
TERM = Record(
    "Term",
    (
        id_("id", required=True), need("name"), Field("name_en"), texts("also"), texts("also_en"), Field("group"),
        Field("group_en"),
        Field("official"), Field("text"),
    ),
)  # fmt: skip
_VOCABULARIES = ("site_kind", "services", "facilities", "functions", "chains", "organisations")
VOCABULARIES = Record("Vocabularies", tuple(records(name, TERM) for name in _VOCABULARIES))
ACTIVITY_KIND = Record(
    "ActivityKind", (id_("id", required=True), need("name"), Field("name_en"), texts("also"), texts("also_en"), Field("text"))
)
HOTLINE = Record("Hotline", (need("name"), Field("phone", "phone", required=True), Field("text"), ONE_SOURCE))
SITE_NOTICE = Record("SiteNotice", (*NOTICE.fields, ids("areas")))
TIER_COUNT = Record("TierCount", (id_("tier", required=True), number("value", required=True), Field("unit")))
PUBLISHED = Record(
    "Published", (need("scope"), id_("area"), date("as_of", required=True), records("counts", TIER_COUNT), ONE_SOURCE)
)
AGGREGATE = Record(
    "Aggregate", (need("name"), id_("town"), id_("brand"), records("figures", FIGURE), Field("text"), ONE_SOURCE)
)
TARGET = Record(
    "Target", (date("by", required=True), need("text"), number("share", unit="percent"), Field("known"), ONE_SOURCE)
)
DENOMINATOR = Record(
    "Denominator",
    (
        need("label"), number("value", required=True), Field("unit"), date("as_of", required=True), id_("tier"), id_("area"),
        Field("note"), ONE_SOURCE,
    ),
)  # fmt: skip
DAYS = Record("Days", (day("first", required=True), day("last", required=True)))
HOLIDAYS = Record("Holidays", (number("year", required=True), records("off", DAYS), records("worked", DAYS), ONE_SOURCE))
IDENTITY = Record(
    "Identity",
    (Field("organiser"), Field("phone", "phone"), Field("email"), Field("icp"), Field("police"), Field("site_code")),
)
CONTACT = Record("Contact", (Field("mail"), Field("phone", "phone"), Field("wechat"), Field("qr", "address"), url("form")))
DIRECTORY = Record(
    "Directory",
    (
        need("title"), Field("title_en"), Field("subtitle"), Field("subtitle_en"), Field("description"), url("base_url"),
        texts("languages"), Field("region"), Field("timezone"), Field("area_code"), choice("data_from", "own", "public"),
        Field("identity", "record", record=IDENTITY), Field("contact", "record", record=CONTACT), records("areas", AREA),
        records("tiers", TIER), Field("vocabularies", "record", record=VOCABULARIES),
        records("activity_kinds", ACTIVITY_KIND), records("hotlines", HOTLINE), records("notices", SITE_NOTICE),
        records("published", PUBLISHED), records("aggregates", AGGREGATE), records("targets", TARGET),
        records("denominators", DENOMINATOR), records("holidays", HOLIDAYS), SOURCES,
    ),
)  # fmt: skip

# What every file says of itself; a file about one entry has under `date` when that was last changed.
HEAD = Record(
    "Head",
    (
        need("version"), need("generator"), Field("licence"), url("licence_url"), need("attribution"),
        day("date"), need("datum"), Field("schema", "address", required=True),
    ),
)  # fmt: skip
# What a collection of some positions says it is of.
SUBJECT = Record("Subject", (choice("kind", "town", "tier", "brand", "need"), id_("id", required=True), need("name")))

# What the files of towns, tiers, brands and needs tell of a place, which stands in a dozen of them.
GLANCE = (
    "id", "name", "tier", "tier_name", "town", "town_name", "address", "lon", "lat", "status", "status_name", "hours", "phone",
    "page",
)  # fmt: skip
# The columns of positions.csv: the fields of a position that are one value or a list of words, in their order.
COLUMNS = tuple(field for field in POSITION.fields if field.record is None)
ENTRIES: Mapping[str, Record] = {"positions": POSITION, "brands": BRAND, "routes": ROUTE, "chapters": CHAPTER}


def all_records() -> Iterator[Record]:
    """Each once, those inside others behind them."""
    waiting, seen = [HEAD, SUBJECT, DIRECTORY, *ENTRIES.values()], set[str]()
    while waiting:
        record = waiting.pop(0)
        if record.name not in seen:
            seen.add(record.name)
            yield record
            waiting += [field.record for field in record.fields if field.record]


def listed() -> list[str]:
    """Every field with its type, a line each, as tests/site/release/v1.tsv keeps them."""
    return sorted(f"{record.name}.{field.name}\t{field.type}" for record in all_records() for field in record.fields)
