"""Rules across entries: for each check a world that breaks it and one that keeps it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from time import process_time

import pytest

from haitang.checks import CHECKS, findings
from haitang.checks.load import load
from haitang.data.dataset import Dataset, Filed
from haitang.model.citations import CitedText
from haitang.model.entries import Activity, Brand, Chapter, Concept, Notice, Position, Route, Showing, Source, Stop
from haitang.model.paths import SETTINGS_FILE
from haitang.model.settings import Settings
from haitang.model.validation import read
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.partial_dates import PartialDate
from haitang.source.parser import Fields, parse
from tests.conftest import BASE, TODAY


def told(since: str, until: str) -> Notice:
    return Notice.model_validate({"text": "装修", "from": since, "until": until})


@dataclass(frozen=True)
class Row:
    """What is changed in the sound world, and what the check then finds: file stem, path, code."""

    check: str
    positions: dict[str, dict[str, object]] = field(default_factory=dict)
    brands: dict[str, dict[str, object]] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    concepts: tuple[Concept, ...] = ()
    route: dict[str, object] = field(default_factory=dict)
    found: tuple[tuple[str, str, str], ...] = ()


@cache
def sound() -> Dataset:
    directory = load(BASE, today=TODAY)
    positions = tuple(Filed(directory.files[f"position:{value.id}"], value) for value in directory.positions)
    brands = tuple(Filed(directory.files[f"brand:{value.id}"], value) for value in directory.brands)
    routes = tuple(Filed(directory.files[f"route:{value.id}"], value) for value in directory.routes)
    return Dataset(directory.settings, positions, brands, frozenset(["qifa-01.png", "hongfushi.png"]), TODAY, routes=routes)


def position(text: str) -> Position:
    tree = parse(text, "x")
    assert isinstance(tree, Fields), tree
    value = read(Position, tree, "x")
    assert isinstance(value, Position), value
    return value


def world(row: Row) -> Dataset:
    """The sound world as a row changes it. A position `town/stem` that is not there is added as a copy of the first."""
    positions = {entry.file.removeprefix("positions/").removesuffix(".yml"): entry.value for entry in sound().positions}
    for name, change in row.positions.items():
        town, _, stem = name.partition("/")
        basis = positions.get(name) or position(f"id: {stem.lower()}\nname: {name}\ntown: {town}\nsources: [{{title: 报道}}]")
        positions[name] = basis.model_copy(update=change)
    brands = {entry.stem: entry.value for entry in sound().brands}
    for name, change in row.brands.items():
        brands[name] = brands[name].model_copy(update=change)
    return replace(
        sound(),
        settings=sound().settings.model_copy(update=row.settings),
        chapters=(Filed("concepts/chapter.yml", CHAPTER.model_copy(update={"concepts": row.concepts})),)
        if row.concepts
        else (),
        positions=tuple(Filed(f"positions/{name}.yml", value) for name, value in sorted(positions.items())),
        brands=tuple(Filed(f"brands/{name}.yml", value) for name, value in sorted(brands.items())),
        routes=tuple(Filed(entry.file, entry.value.model_copy(update=row.route)) for entry in sound().routes),
    )


def part(name: str, **change: object) -> object:
    """A changed copy of something inside the sound settings or the first position: of each item, where it is a list."""
    value = getattr(SETTINGS if hasattr(SETTINGS, name) else QIFA, name)
    if isinstance(value, tuple):
        return tuple(item.model_copy(update=change) for item in value)
    return value.model_copy(update=change)


SETTINGS: Settings = sound().settings
CHAPTER = Chapter(id="chapter", name="一章", concepts=(Concept(id="one", name="一"),), sources=(Source(title="报道"),))
QIFA = next(entry.value for entry in sound().positions if entry.value.id == "qifa-guangchang")
ROUTE: Route = sound().routes[0].value
BRAND: Brand = sound().brands[0].value
FIRST = "lujia/qifa-guangchang"
LOCATION = QIFA.location
BOUNDS = SETTINGS.areas[0].bounds
assert LOCATION is not None
assert BOUNDS is not None
assert QIFA.verified is not None
assert BRAND.cover is not None
TOMORROW = PartialDate(2026, 11, 24)


def stops(*ids: str, metres: float | None = None) -> tuple[Stop, ...]:
    """Stops in this order; the stated distance is of the last."""
    return tuple(Stop(position=name, metres=metres if name is ids[-1] else None) for name in ids)


NORTH = LOCATION.model_copy(update={"lat": LOCATION.lat + 0.01})  # 1112 m
NEAR: dict[str, dict[str, object]] = {"lujia/lujia-zhen": {"location": NORTH}}
ROWS = (
    Row("routes_name_what_exists", route={"town": "lujai"}, found=(("lujia-xian", "town", "unknown-town"),)),
    Row("routes_name_what_exists", route={"brands": ("hongfusi",)}, found=(("lujia-xian", "brands.0", "unknown-brand"),)),
    Row(
        "routes_name_what_exists",
        route={"stops": stops("lujia-zhen", "qifa")},
        found=(("lujia-xian", "stops.1.position", "unknown-position"),),
    ),
    Row("routes_name_what_exists", {FIRST: {"id": "other"}}),  # the file is there, and its id told elsewhere
    Row(
        "stops_are_open",
        route={"stops": stops("lujia-zhen", "huaqiao-zhan", "qifa-guangchang")},
        found=(("lujia-xian", "stops.1.position", "closed-stop"),),
    ),
    Row("stops_are_open", {FIRST: {"status": "closed"}}, found=(("lujia-xian", "stops.1.position", "closed-stop"),)),
    Row("stops_are_open", {FIRST: {"status": "paused"}}),
    Row(
        "stops_move_on",
        route={"stops": stops("lujia-zhen", "lujia-zhen", "qifa-guangchang")},
        found=(("lujia-xian", "stops.1.position", "stop-repeated"),),
    ),
    Row("stops_move_on", route={"stops": stops("lujia-zhen", "qifa-guangchang", "lujia-zhen")}),
    Row(
        "stops_move_on",
        route={"stops": (Stop(position="lujia-zhen", metres=5), Stop(position="qifa-guangchang"))},
        found=(("lujia-xian", "stops.0.metres", "metres-before-first"),),
    ),
    Row("distances_are_possible", NEAR, found=(("lujia-xian", "stops.1.metres", "shorter-than-straight"),)),
    Row("distances_are_possible", NEAR, route={"stops": stops("lujia-zhen", "qifa-guangchang", metres=1050)}),  # rounded
    Row(
        "distances_are_possible",
        {"lujia/lujia-zhen": {"location": NORTH.model_copy(update={"precision": "street"})}},
    ),
    Row("sources_are_given", route={"sources": ()}, found=(("lujia-xian", "sources", "no-sources"),)),
    Row("ids_match_files", route={"id": "other"}, found=(("lujia-xian", "id", "id-not-file"),)),
    Row(
        "settings_agree",
        settings={"tiers": SETTINGS.tiers[1:]},
        found=(("directory", "published.0.counts.0.tier", "bad-choice"),),
    ),
    Row(
        "settings_agree",
        settings={"tiers": tuple(tier.model_copy(update={"look": "bud"}) for tier in SETTINGS.tiers)},
        found=tuple(("directory", f"tiers.{at}.look", "bad-choice") for at in (1, 2, 3)),
    ),
    Row("settings_agree", settings={"tiers": tuple(tier.model_copy(update={"look": "circle"}) for tier in SETTINGS.tiers)}),
    Row(
        "tiers_are_known",
        {"lujia/a": {"tier": "站"}, "lujia/b": {"tier": "xyz"}},
        found=(("lujia/a", "tier", "bad-choice"), ("lujia/b", "tier", "bad-choice")),
    ),
    Row(
        "tiers_are_known",
        {"lujia/a": {"tier": "other"}},
        settings={"tiers": SETTINGS.tiers[:3]},
        found=(("lujia/a", "tier", "bad-choice"),),
    ),
    Row(
        "settings_agree",
        settings={"tiers": (*SETTINGS.tiers, SETTINGS.tiers[0])},
        found=(("directory", "tiers.4.id", "tier-repeated"),),
    ),
    Row(
        "settings_agree",
        settings={"areas": SETTINGS.areas * 2},
        found=(
            ("directory", "areas.1.id", "town-repeated"),
            ("directory", "areas.1.towns.0.id", "town-repeated"),
            ("directory", "areas.1.towns.1.id", "town-repeated"),
        ),
    ),
    Row("settings_agree", settings={"halls": SETTINGS.halls * 2}, found=(("directory", "halls.1.id", "hall-repeated"),)),
    Row(
        "settings_agree",
        settings={
            "vocabularies": SETTINGS.vocabularies.model_copy(update={"services": SETTINGS.vocabularies.services[:1] * 2})
        },
        found=(("directory", "vocabularies.services.1.name", "term-repeated"),),
    ),
    Row(
        "settings_refer_to_entries",
        settings={"halls": part("halls", home="nowhere")},
        found=(("directory", "halls.0.home", "unknown-position"),),
    ),
    Row(
        "settings_refer_to_entries",
        settings={"halls": part("halls", brand="nobrand")},
        found=(("directory", "halls.0.brand", "unknown-brand"),),
    ),
    Row(
        "settings_refer_to_entries",
        settings={"aggregates": part("aggregates", town="notown")},
        found=(("directory", "aggregates.0.town", "unknown-town"),),
    ),
    Row("settings_refer_to_entries", settings={"aggregates": part("aggregates", town="kunshan")}),
    Row("production_is_signed", settings={"production": True}, found=(("directory", "identity", "production-identity"),)),
    Row("production_is_signed", settings={"production": True, "identity": part("identity", icp="苏ICP备1号")}),
    Row("ids_match_files", {FIRST: {"id": "other"}}, found=((FIRST, "id", "id-not-file"),)),
    Row("ids_match_files", brands={"hongfushi": {"id": "other"}}, found=(("hongfushi", "id", "id-not-file"),)),
    Row("ids_are_unique", {"huaqiao/lujia-zhen": {}}, found=(("lujia/lujia-zhen", "id", "id-taken"),)),
    Row(
        "ids_are_unique",
        {"huaqiao/huaqiao-zhan": {"former_ids": ("lujia-zhen",)}},
        found=(("lujia/lujia-zhen", "id", "id-taken"),),
    ),
    Row(
        "ids_are_unique",
        {"lujia/a": {"former_ids": ("alt",)}, "lujia/b": {"former_ids": ("neu", "alt")}},
        found=(("lujia/b", "former_ids.1", "id-taken"),),
    ),
    Row("ids_are_unique", {"lujia/a": {"id": "lujia-zhen"}}),  # told by ids_match_files
    Row("ids_are_unique", {"lujia/hongfushi": {}}),  # a position and a brand may share a name
    Row("files_do_not_collide", {"huaqiao/Lujia-Zhen": {}}, found=(("lujia/lujia-zhen", "id", "id-collides"),)),
    Row("files_do_not_collide", {"huaqiao/lujia-zhan": {}}),
    Row("towns_match_folders", {FIRST: {"town": "huaqiao"}}, found=((FIRST, "town", "town-not-folder"),)),
    Row("towns_match_folders", {FIRST: {"town": "nowhere"}}, found=((FIRST, "town", "unknown-town"),)),
    Row("towns_match_folders", {"kunshan/x": {}}),
    Row("references_exist", {FIRST: {"parent": "nowhere"}}, found=((FIRST, "parent", "unknown-position"),)),
    Row("references_exist", {FIRST: {"successor": "hongfushi"}}, found=((FIRST, "successor", "unknown-position"),)),
    Row("references_exist", {FIRST: {"brands": ("hongfushi", "nowhere")}}, found=((FIRST, "brands.1", "unknown-brand"),)),
    Row("references_exist", {"lujia/lujia-zhen": {"id": "other"}}),  # the file is there, and its id told elsewhere
    Row("no_cycles", {FIRST: {"parent": "qifa-guangchang"}}, found=((FIRST, "parent", "own-parent"),)),
    Row("no_cycles", {"lujia/lujia-zhen": {"parent": "qifa-guangchang"}}, found=(("lujia/lujia-zhen", "parent", "cycle"),)),
    Row(
        "no_cycles",
        {
            "lujia/a": {"successor": "b"},
            "lujia/b": {"successor": "c"},
            "lujia/c": {"successor": "a"},
            "lujia/d": {"successor": "a"},
        },
        found=(("lujia/a", "successor", "cycle"),),
    ),
    Row("no_cycles", {"lujia/a": {"parent": "b"}, "lujia/b": {"parent": "nowhere"}}),
    Row(
        "parents_are_higher",
        {"lujia/a": {"tier": "point", "parent": "qifa-guangchang"}},
        found=(("lujia/a", "parent", "parent-not-higher"),),
    ),
    Row(
        "parents_are_higher",
        {"lujia/a": {"tier": "point", "parent": "b"}, "lujia/b": {"tier": "other"}},
        found=(("lujia/a", "parent", "parent-not-higher"),),
    ),
    Row(
        "parents_are_higher",
        {"lujia/a": {"tier": "other", "parent": "b"}, "lujia/b": {"tier": "other"}},
        settings={"tiers": SETTINGS.tiers[:3]},
    ),  # a tier that directory.yml lacks must not break the check
    Row(
        "parents_are_higher",
        {"lujia/a": {"tier": "centre", "parent": "b"}, "lujia/b": {"tier": "point"}},
        settings={"tiers": SETTINGS.tiers[::-1]},
        found=(("lujia/qifa-guangchang", "parent", "parent-not-higher"),),
    ),  # the order of directory.yml is the rank
    Row(
        "parents_are_higher",
        {"lujia/a": {"tier": "other", "parent": "qifa-guangchang"}, "lujia/b": {"parent": "qifa-guangchang"}},
    ),
    Row("names_are_unique_in_town", {"lujia/a": {"name": QIFA.name}}, found=((FIRST, "name", "same-name"),)),
    Row("names_are_unique_in_town", {"lujia/a": {"name": "启发广场（党群 服务点）"}}, found=((FIRST, "name", "same-name"),)),
    Row("names_are_unique_in_town", {"huaqiao/a": {"name": QIFA.name}}),
    Row(
        "locations_are_in_town",
        {FIRST: {"location": LOCATION.model_copy(update={"lon": 121.6})}},
        found=((FIRST, "location.lon", "outside-town"),),
    ),
    Row(
        "locations_are_in_town",
        {FIRST: {"location": LOCATION.model_copy(update={"lon": 80.0, "lat": 30.0})}},
        settings={
            "areas": part(
                "areas",
                bounds=BOUNDS.model_copy(update={"west": 29.0, "east": 31.0, "south": 79.0, "north": 81.0}),
                towns=(SETTINGS.areas[0].towns[0].model_copy(update={"location": None}),),
            )
        },
        found=((FIRST, "location.lon", "outside-swapped"),),
    ),
    Row(
        "locations_are_in_town",
        {FIRST: {"location": LOCATION.model_copy(update={"lon": 90.0, "lat": 40.0, "crs": "gcj02"})}},
        found=((FIRST, "location.lon", "outside-town"),),
    ),
    Row(
        "locations_are_in_town", {FIRST: {"location": LOCATION.model_copy(update={"lon": 121.1550, "crs": "gcj02"})}}
    ),  # inside, once in WGS-84
    Row(
        "locations_are_in_town",
        {FIRST: {"location": LOCATION.model_copy(update={"lon": 2.0})}},
        settings={"areas": part("areas", bounds=None, towns=SETTINGS.areas[0].towns)},
    ),  # nothing to check against
    Row(
        "numberings_are_of_the_country",
        {FIRST: {"location": LOCATION.model_copy(update={"crs": "gcj02"})}},
        settings={"region": "GB-ENG"},
        found=((FIRST, "location.crs", "crs-abroad"),),
    ),
    Row("numberings_are_of_the_country", {FIRST: {"location": LOCATION.model_copy(update={"crs": "gcj02"})}}),
    Row("numberings_are_of_the_country", settings={"region": "GB"}),
    Row(
        "addresses_are_words",
        {FIRST: {"address": "121.0435, 31.3159"}},
        found=((FIRST, "address", "point-unsplit"),),
    ),
    Row("addresses_are_words", {FIRST: {"address": "https://surl.amap.com/x"}}, found=((FIRST, "address", "point-unread"),)),
    Row("addresses_are_words", {FIRST: {"address": "312 国道 121.5 公里处"}}),
    Row("readings_fit_names", {FIRST: {"pinyin": "qifa guangchang"}}, found=((FIRST, "pinyin", "reading-misfit"),)),
    Row("readings_fit_names", {FIRST: {"pinyin": "Qǐ fā guǎng-chǎng"}}),
    Row("readings_fit_names", {FIRST: {"pinyin": "qi fa guang chang dang qun fu wu dian"}}),
    Row("terms_are_known", {FIRST: {"services": ("党员学习", "理发")}}, found=((FIRST, "services.1", "unknown-term"),)),
    Row("terms_are_known", {FIRST: {"site_kind": "公园"}}, found=((FIRST, "site_kind", "unknown-term"),)),
    Row("terms_are_known", {FIRST: {"chains": ("服务链",)}}, found=((FIRST, "chains.0", "unknown-term"),)),
    Row("terms_are_known", {FIRST: {"services": (), "site_kind": None}}),
    Row(
        "activities_are_told_apart",
        {
            FIRST: {
                "activities": (
                    Activity(name="百家宴", kind="yanhu"),
                    Activity(name="百家宴"),
                    Activity(name="百家宴", id="yan"),
                )
            }
        },
        found=((FIRST, "activities.0.kind", "unknown-activity-kind"), (FIRST, "activities.1.name", "activity-repeated")),
    ),
    Row("activities_are_told_apart", {FIRST: {"activities": (Activity(name="百家宴", kind="yanhui"), Activity(name="电影"))}}),
    Row("no_personal_numbers", {FIRST: {"phone": "13862612345"}}, found=((FIRST, "phone", "mobile-number"),)),
    Row(
        "no_personal_numbers",
        {FIRST: {"phone": "0512-57621055", "story": "0512-57621055\n请打\n13862612345"}},
        found=((FIRST, "story", "mobile-number"),),
    ),
    Row("no_personal_numbers", {FIRST: {"phone": "0512-57621055", "story": "0512-57621055\n请打"}}, found=()),
    # What is a digit only once it was normalised is found where a number that is one at once leads to it.
    Row(
        "no_personal_numbers",
        {FIRST: {"phone": "0512-57621055", "story": "0512-57621055\n①③⑧⑥②⑥①②③④⑤"}},
        found=((FIRST, "story", "mobile-number"),),
    ),
    Row("no_personal_numbers", {FIRST: {"story": "一\n二\n请打 138-6261-2345"}}, found=((FIRST, "story", "mobile-number"),)),
    Row(
        "no_personal_numbers",
        {FIRST: {"aliases": ("a", "１３８６２６１２３４５")}},
        found=((FIRST, "aliases.1", "mobile-number"),),
    ),
    Row("no_personal_numbers", {FIRST: {"address": "＋86 138 6261 2345 号"}}, found=((FIRST, "address", "mobile-number"),)),
    Row("no_personal_numbers", {FIRST: {"host": "32058319900101123X"}}, found=((FIRST, "host", "identity-number"),)),
    Row(
        "no_personal_numbers", brands={"hongfushi": {"story": "13862612345"}}, found=(("hongfushi", "story", "mobile-number"),)
    ),
    Row(
        "no_personal_numbers",
        settings={"identity": part("identity", phone="13862612345")},
        found=(("directory", "identity.phone", "mobile-number"),),
    ),
    Row(
        "no_personal_numbers",
        {FIRST: {"phone": "0512-57621055", "address": "12345 热线，统一社会信用代码 123205830142345678，400-138-6261"}},
    ),
    Row("no_personal_numbers", {FIRST: {"sources": (QIFA.sources[0].model_copy(update={"url": "https://a.cn/13862612345"}),)}}),
    Row("sources_are_given", {FIRST: {"sources": ()}}, found=((FIRST, "sources", "no-sources"),)),
    Row("sources_are_given", brands={"hongfushi": {"sources": ()}}, found=(("hongfushi", "sources", "no-sources"),)),
    Row(
        "photos_are_there",
        {FIRST: {"photos": part("photos", file="a.png"), "spaces": part("spaces", photo="b.png")}},
        found=((FIRST, "photos.0.file", "photo-missing"), (FIRST, "spaces.0.photo", "photo-missing")),
    ),
    Row(
        "photos_are_there",
        {FIRST: {"platforms": part("spaces", photo="b.png")}},
        found=((FIRST, "platforms.0.photo", "photo-missing"),),
    ),
    Row(
        "photos_are_there",
        brands={"hongfushi": {"cover": BRAND.cover.model_copy(update={"file": "c.png"})}},
        found=(("hongfushi", "cover.file", "photo-missing"),),
    ),
    Row(
        "photos_are_there",
        brands={"hongfushi": {"actions": (BRAND.actions[0].model_copy(update={"photo": "d.png"}),)}},
        found=(("hongfushi", "actions.0.photo", "photo-missing"),),
    ),
    Row("photos_are_there", {FIRST: {"photos": (), "spaces": ()}}),
    Row("dates_are_past", {FIRST: {"opened": TOMORROW}}, found=((FIRST, "opened", "future-date"),)),
    Row("dates_are_past", {FIRST: {"opened": PartialDate(2027)}}, found=((FIRST, "opened", "future-date"),)),
    Row("dates_are_past", {FIRST: {"opened": PartialDate(2026)}}),
    Row("dates_are_past", {FIRST: {"opened": TOMORROW, "status": "planned"}}),
    Row(
        "dates_are_past",
        {FIRST: {"verified": QIFA.verified.model_copy(update={"on": date(2026, 11, 24)})}},
        found=((FIRST, "verified.on", "future-date"),),
    ),
    Row(
        "dates_are_past",
        {FIRST: {"figures": part("figures", as_of=TOMORROW)}},
        found=((FIRST, "figures.0.as_of", "future-date"),),
    ),
    Row("dates_are_past", brands={"hongfushi": {"founded": TOMORROW}}, found=(("hongfushi", "founded", "future-date"),)),
    Row(
        "dates_are_past",
        settings={"published": part("published", as_of=TOMORROW)},
        found=(("directory", "published.0.as_of", "future-date"),),
    ),
    Row("dates_are_past", settings={"targets": part("targets", by=PartialDate(2030))}),
    Row("successors_fit", {FIRST: {"status": "merged"}}, found=((FIRST, "status", "missing-successor"),)),
    Row("successors_fit", {FIRST: {"successor": "lujia-zhen"}}, found=((FIRST, "successor", "successor-of-open"),)),
    Row(
        "successors_fit",
        {FIRST: {"successor": "lujia-zhen", "status": None}},
        found=((FIRST, "successor", "successor-of-open"),),
    ),
    Row("successors_fit", {FIRST: {"status": "closed"}}),
    Row(
        "holidays_are_told_once",
        {FIRST: {"hours": read_hours("每天 9:00-17:00，全年无休"), "closed_on_holidays": True}},
        found=((FIRST, "closed_on_holidays", "hours-holidays-differ"),),
    ),
    Row(
        "holidays_are_told_once",
        {FIRST: {"hours": read_hours("工作日 9:00-17:00"), "closed_on_holidays": False}},
        found=((FIRST, "closed_on_holidays", "hours-holidays-differ"),),
    ),
    Row("holidays_are_told_once", {FIRST: {"hours": read_hours("工作日 9:00-17:00"), "closed_on_holidays": True}}),
    Row("holidays_are_told_once", {FIRST: {"hours": read_hours("全年无休 9:00-17:00"), "closed_on_holidays": None}}),
    Row("holidays_are_told_once", {FIRST: {"hours": None, "closed_on_holidays": True}}),
    Row("notices_are_possible", {FIRST: {"notices": (told("2026-12-01", "2026-12-01"),)}}),
    Row(
        "notices_are_possible",
        {FIRST: {"notices": (told("2026-12-05", "2026-12-01"), told("2026", "2027-01"))}},
        found=((FIRST, "notices.0.until", "notice-reversed"), (FIRST, "notices.1.until", "notice-long")),
    ),
    Row(
        "photos_are_credited",
        {FIRST: {"photos": ()}},
        found=((FIRST, "spaces.0.photo", "photo-no-credit"),),
    ),
    Row(
        "photos_are_credited",
        brands={"hongfushi": {"cover": None}},
        found=(("hongfushi", "actions.0.photo", "photo-no-credit"),),
    ),
    Row("photos_are_credited"),
    Row(
        "concepts_are_told_once",
        concepts=(Concept(id="one", name="一"), Concept(id="two", name="二"), Concept(id="one", name="三")),
        found=(("chapter", "concepts.2.id", "concept-repeated"),),
    ),
    Row("concepts_are_told_once", concepts=(Concept(id="one", name="一"), Concept(id="two", name="一"))),
    Row(
        "concepts_refer_to_entries",
        concepts=(Concept(id="one", name="一", positions=("lujia-zhen", "nowhere"), brands=("nothing",)),),
        found=(
            ("chapter", "concepts.0.positions.1", "unknown-position"),
            ("chapter", "concepts.0.brands.0", "unknown-brand"),
        ),
    ),
    Row("concepts_refer_to_entries", concepts=(Concept(id="one", name="一", brands=("hongfushi",)),)),
    Row(
        "marks_are_sound",
        {FIRST: {"story": CitedText.read("一。[^1]\n\n二。[^4]"), "address": "三[^1]", "host": "四 [1]"}},
        found=((FIRST, "story", "mark-no-source"), (FIRST, "address", "mark-elsewhere")),
    ),
    Row("marks_are_sound", {FIRST: {"story": CitedText.read("一。[^4]"), "sources": ()}}),
    Row(
        "concepts_name_known_terms",
        concepts=(
            Concept(
                id="one",
                name="一",
                shown_by=(Showing(field="services", terms=("便民服务", "飞行服务")), Showing(field="tier", terms=("中心",))),
            ),
        ),
        found=(
            ("chapter", "concepts.0.shown_by.0.terms.1", "unknown-term"),
            ("chapter", "concepts.0.shown_by.1.terms.0", "unknown-term"),
        ),
    ),
    Row(
        "marks_are_sound",
        {FIRST: {"story": CitedText.read("一。[^1]\n\n二。[^4]"), "address": "三[^1]", "host": "四 [1]"}},
        found=((FIRST, "story", "mark-no-source"), (FIRST, "address", "mark-elsewhere")),
    ),
    Row("marks_are_sound", {FIRST: {"story": CitedText.read("一。[^4]"), "sources": ()}}),
    Row(
        "concepts_name_known_terms",
        concepts=(
            Concept(id="one", name="一", shown_by=(Showing(field="spaces", terms=("什么都行",)), Showing(field="chains"))),
        ),
    ),
    Row(
        "settings_refer_to_entries",
        settings={"published": part("published", area="nowhere")},
        found=((SETTINGS_FILE.removesuffix(".yml"), "published.0.area", "unknown-area"),),
    ),
)
BY_NAME: dict[str, Callable[[Dataset], object]] = {check.__name__: check for check in CHECKS}


def test_every_check_has_a_row_that_fails() -> None:
    assert {row.check for row in ROWS if row.found} == set(BY_NAME)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_sound_world_keeps_every_rule(check: Callable[[Dataset], object]) -> None:
    assert list(check(sound())) == []  # type: ignore[call-overload]


@pytest.mark.requirement(50)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.check}-{'-'.join(code for _, _, code in row.found) or 'sound'}")
def test_check(row: Row) -> None:
    found = list(BY_NAME[row.check](world(row)))  # type: ignore[call-overload]
    told = tuple(
        (
            re.sub(r"^(?:positions|brands|concepts|routes)/|\.yml$", "", finding.file),
            ".".join(map(str, finding.path)),
            finding.code,
        )
        for finding in found
    )
    assert told == row.found


def test_a_row_breaks_only_its_own_rule_where_rules_are_apart() -> None:
    row = Row("", {FIRST: {"sources": (), "opened": TOMORROW}}, settings={"production": True})
    assert [finding.code for finding in findings(world(row))] == ["no-sources", "future-date", "production-identity"]


def test_ten_thousand_positions_with_one_wrong_parent_take_no_time() -> None:
    many = tuple(
        Filed(f"positions/lujia/p{n}.yml", QIFA.model_copy(update={"id": f"p{n}", "name": f"第{n}处", "parent": "p-none"}))
        for n in range(10_000)
    )
    start = process_time()
    found = list(BY_NAME["references_exist"](replace(sound(), positions=many)))  # type: ignore[call-overload]
    assert len(found) == 10_000
    assert process_time() - start < 10


def test_files_know_their_folder_and_stem() -> None:
    entry = Filed("positions/lujia/a.b.yml", QIFA)
    assert (entry.folder, entry.stem) == ("lujia", "a.b")
    assert SETTINGS_FILE == "directory.yml"
