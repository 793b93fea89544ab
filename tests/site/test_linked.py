"""What pages tell programs: in schema.org's words, read by two others' readers, and no more than what was read of the data."""

import json
import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import opening_hours
import pytest
from pyld import jsonld
from rdflib import Graph
from rdflib.compare import isomorphic

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.model.entries import Activity
from haitang.model.messages import site_words
from haitang.schedule.holidays import ANNOUNCED
from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.opening_hours import OpeningHours, Spans
from haitang.schedule.opening_hours_data import week_data
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.recurrence import When, happens
from haitang.schedule.recurrence_parser import read_when
from haitang.site.linked import script
from haitang.site.linked.addresses import Addresses
from haitang.site.linked.events import event
from haitang.site.linked.hours import hours_of
from haitang.site.linked.places import type_of
from haitang.site.page import ACTIVITIES, HOME, Page
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from haitang.site.views.events import gatherings
from tests.hostile.strings import visible
from tests.hostile.world import Deck, begin
from tests.schedule.test_opening_hours_table import ROWS
from tests.schedule.test_recurrence import TEXTS
from tests.site.linked_reader import DAYS, Node, above, blocks, misspelt, nodes, open_on, terms
from tests.worlds import PROJECT, TODAY, WORLD, publish, tree

VOCABULARY = {"@vocab": "https://schema.org/"}
SINCE = date(2026, 1, 2)
YEAR = [date(2026, 1, 1) + timedelta(step) for step in range(365)]
# The days on which hours change, and every weekday of every month.
SOME = [day for day in YEAR if day.day in (1, 2, 9, 15, 16, 23, 30, 31) or day in ANNOUNCED.off or day in ANNOUNCED.worked]


def data_of(root: Path, out: Path, today: date = TODAY) -> dict[str, Node]:
    """What each page of a site says, by its path."""
    publish(root, out, today=today)
    pages = {path: html.decode() for path, html in tree((out / "site").resolve()).items() if path.endswith(".html")}
    found = {path: blocks(html) for path, html in pages.items()}
    assert all(len(each) < 2 for each in found.values())
    return {path: each[0] for path, each in found.items() if each}


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Node]:
    return data_of(WORLD, tmp_path_factory.mktemp("golden"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Node]:
    folder = tmp_path_factory.mktemp("hostile")
    return data_of(begin(folder / "data", Deck(visible())).root, folder / "out")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Node]:
    return data_of(PROJECT, tmp_path_factory.mktemp("real"), date.today())


def context(url: str, options: object) -> dict[str, Any]:
    assert url == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": VOCABULARY}}


@pytest.mark.parametrize("world", ["golden", "hostile", pytest.param("real", marks=pytest.mark.live)])
def test_every_word_is_one_of_schema_org(world: str, request: pytest.FixtureRequest) -> None:
    found: dict[str, Node] = request.getfixturevalue(world)
    assert {path: wrong for path, node in found.items() if (wrong := [*misspelt(node)])} == {}
    assert len(found) > 12


def test_a_misspelt_word_is_found() -> None:
    node = {"@type": "Place", "name": "x", "openingHours": "Mo", "geo": {"@type": "Brand"}, "breadcrumb": "x"}
    assert [*misspelt(node)] == ["no such property: openingHours", "Place.geo: {'@type': 'Brand'}", "Place has no breadcrumb"]
    assert [*misspelt({"@type": "CivicStructur"})] == ["no such type: CivicStructur"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own
@pytest.mark.parametrize("world", ["golden", "hostile"])
def test_two_readers_read_the_same_of_it(world: str, request: pytest.FixtureRequest) -> None:
    for path, node in request.getfixturevalue(world).items():
        base = f"https://page.example/{path}"
        expanded = jsonld.expand(node, {"documentLoader": context, "base": base})
        spoken = json.dumps(expanded, ensure_ascii=False)
        assert all(f"https://schema.org/{name}" in spoken for each in nodes(node) for name in each if name[0] != "@"), path
        quads = jsonld.to_rdf(node, {"documentLoader": context, "base": base, "format": "application/n-quads"})
        theirs, other = Graph(), Graph()
        theirs.parse(data=quads, format="nt")  # which quads of one graph are
        plain = {**node, "@context": VOCABULARY}
        other.parse(data=json.dumps(plain, ensure_ascii=False), format="json-ld", publicID=base)
        assert len(theirs) == len(other) > 2, path
        if len(theirs) < 60:
            assert isomorphic(theirs, other), path


def test_each_kind_of_page_says_what_it_is(golden: dict[str, Node]) -> None:
    about = {path: {each.get("@type") for each in nodes(node)} for path, node in golden.items()}
    assert about["index.html"] == {"WebSite", "SearchAction"}
    assert about["positions/he-cheng.html"] >= {
        "CivicStructure",
        "GeoCoordinates",
        "OpeningHoursSpecification",
        "BreadcrumbList",
    }
    assert "Park" in about["positions/gong-yuan.html"]
    assert "Brand" in about["brands/he-hua.html"]
    assert about["activities/index.html"] >= {"ItemList", "Event", "Schedule", "Place"}
    for path in ("towns/hecheng.html", "tiers/centre.html", "towns/index.html", "brands/index.html", "routes/he-xian.html"):
        assert "ItemList" in about[path], path
    assert all("BreadcrumbList" in kinds for path, kinds in about.items() if path != "index.html")
    assert not {"404.html", "offline.html", "editors/fields.html", "positions/he-cheng-old.html"} & set(golden)


def test_addresses_are_whole_ones_where_the_site_is_published(golden: dict[str, Node], hostile: dict[str, Node]) -> None:
    for found in (golden, hostile):
        for path, node in found.items():
            told = [each["@id"] for each in nodes(node) if "@id" in each]
            told += [each["item"] for each in nodes(node) if isinstance(each.get("item"), str)]
            assert all(address.startswith("https://example.org") for address in told), path


def test_without_an_address_they_lead_on_from_the_page(tmp_path: Path) -> None:
    directory = load(WORLD, today=SINCE)
    settings = directory.settings.model_copy(update={"base_url": None})
    site = Site(directory.__class__(**{**_fields(directory), "settings": settings}), Templates(site_words(LANGUAGE)))
    at = Addresses(site, "positions/a.html")
    assert (at.of("towns/b.html"), at.of("positions/a.html"), at.shared("photos/x.jpg")) == (
        "../towns/b.html", "../positions/a.html", "../photos/x.jpg",
    )  # fmt: skip
    at = Addresses(Site(site.directory, site.templates, folder="en/"), "positions/a.html")
    assert (at.of("towns/b.html"), at.shared("photos/x.jpg")) == ("../towns/b.html", "../../photos/x.jpg")
    told = blocks(script(site, Page(HOME.path(), HOME, "x", "x"), "home", "", {}))[0]
    assert told["@id"] == "index.html" and "potentialAction" not in told


def _fields(directory: Any) -> dict[str, Any]:
    return {
        name: getattr(directory, name) for name in directory.__dataclass_fields__ if directory.__dataclass_fields__[name].init
    }


def test_no_text_ends_the_block(tmp_path: Path) -> None:
    publish(begin(tmp_path / "data", "</script><!--<script>&amp;").root, tmp_path / "out")
    for path in (tmp_path / "out/site").resolve().rglob("*.html"):
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script', path.read_text("utf-8"), re.DOTALL):
            assert not set(text) & set("<>&") and json.loads(text), path


def test_what_a_place_is_follows_its_name_then_its_tier() -> None:
    assert type_of("样例图书馆", "分馆") == "Library"
    assert type_of("Seacroft", "Branch library") == "Library"
    assert type_of("样例图书馆党群服务站", "党群服务站") == "CivicStructure"
    table = PROJECT / "haitang/site/linked/types.tsv"
    kinds = {line.split("\t")[1] for line in table.read_text("utf-8").splitlines() if line[0] != "#"}
    assert all(kind in terms()[0] and "Place" in above(kind) for kind in kinds)


# --- hours ---


@cache
def readable() -> tuple[OpeningHours, ...]:
    """One of each meaning."""
    found = dict[str, OpeningHours]()
    for text, _ in ROWS:
        with suppress(UnreadableTime):
            hours = read_hours(text)
            found.setdefault(week_data(hours, None) + week_data(hours, closed_on_holidays=True), hours)
    return tuple(found.values())


def known(data: str, day: date) -> tuple[bool, Spans]:
    """Whether a day is known, and its hours, by what the browser is given, as its opening-hours.ts reads it."""
    parts = data.split("/")
    at = day.month * 100 + day.day
    exception = next((part for part in parts if part[0:1] == "x" and _holds(part[1:10], at)), None)
    spans = _spans(exception[11:]) if exception else None
    if spans == ():
        return True, ()
    season = next(
        (p for p in parts if p[0:1] != "x" and ("@" not in p or any(_holds(s, at) for s in p.split("@")[0].split(",")))), None
    )
    if season is None:
        return False, ()
    head, _, week = season.rpartition("!")
    letters = head.rpartition("@")[2]
    holidays, worked = re.fullmatch(r"([couh]{7}|[couh]?)([swx]{0,2})", letters).groups()  # type: ignore[union-attr]
    days = _days((week if head else season).rpartition("@")[2])
    usual = days[day.weekday()] if spans is None else spans
    if day in ANNOUNCED.off:
        letter = (holidays or "u")[day.weekday() if len(holidays) == 7 else 0]
        return letter != "u", {"c": (), "h": days[-1], "o": usual, "u": ()}[letter]
    if day in ANNOUNCED.worked and day.weekday() > 4 and spans is None:
        letter = (worked or "x")[day.weekday() - 5 if len(worked) == 2 else 0]
        return letter != "x", days[7] if letter == "w" else usual
    return True, usual


def _holds(stretch: str, at: int) -> bool:
    first, last = map(int, stretch.split("-"))
    return first <= at <= last if first <= last else at >= first or at <= last


def _spans(text: str) -> Spans:
    return tuple((int(a), int(b)) for a, b in (span.split("-") for span in text.split("+"))) if text else ()


def _days(text: str) -> list[Spans]:
    found: list[Spans] = []
    for day in text.split("|"):
        found.append(found[-1] if day == "=" else _spans(day))
    return found


@pytest.mark.parametrize("closed", [None, True, False])
@pytest.mark.parametrize("days", [SOME, pytest.param(YEAR, marks=pytest.mark.long)], ids=["some", "year"])
def test_the_hours_read_back_are_those_that_were_read(closed: bool | None, days: list[date]) -> None:
    told = 0
    for hours in readable():
        node = hours_of(hours, closed, SINCE, ANNOUNCED)
        told += bool(node)
        data = week_data(hours, closed)
        for day in days if node else ():
            sure, spans = known(data, day)
            if sure:
                assert open_on(node, day, off=day in ANNOUNCED.off) == tuple(sorted(spans)), (hours.text, day, data, node)
    assert told > 100


def test_others_open_at_the_same_minutes() -> None:
    """A library that reads OpenStreetMap's notation, given what the node says of the week."""
    short = dict(zip(DAYS, ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), strict=True))
    seen = 0
    for hours in readable():
        node = hours_of(hours, None, SINCE, ANNOUNCED)
        week = node.get("openingHoursSpecification", [])
        if hours.seasonal or hours.exceptions or not week or seen == 60:
            continue
        seen += 1
        weeks: list[Node] = week if isinstance(week, list) else [week]
        rules = []
        for each in weeks:
            names = each["dayOfWeek"] if isinstance(each["dayOfWeek"], list) else [each["dayOfWeek"]]
            closes = "24:00" if each["closes"] in ("23:59", "00:00") else each["closes"]
            rules.append(f"{','.join(short[name] for name in names)} {each['opens']}-{closes}")
        theirs = opening_hours.OpeningHours(", ".join(rules))
        for step in range(0, 7 * 1440, 30):
            moment = datetime.combine(date(2026, 7, 6), time()) + timedelta(minutes=step)
            minute, weekday = moment.hour * 60 + moment.minute, moment.weekday()
            ours = any(start <= minute < end for start, end in hours.week[weekday])
            ours = ours or any(minute + 1440 < end for _, end in hours.week[weekday - 1])
            assert theirs.is_open(moment) == ours, (hours.text, rules, moment)
    assert seen == 60


def test_without_a_day_nothing_is_said_of_a_year() -> None:
    assert (
        hours_of(
            read_hours("夏季（5月1日至9月30日）每天 9:00-18:00；冬季（10月1日至4月30日）每天 9:00-17:00"), None, None, ANNOUNCED
        )
        == {}
    )
    assert "openingHoursSpecification" in hours_of(read_hours("周一至周五 9:00-17:00"), None, None, ANNOUNCED)


# --- activities ---


def node_of(directory: Directory, when: When) -> Node | None:
    activity = Activity.model_construct(name="x", when=when)
    positions = tuple(
        each.model_copy(update={"activities": (activity,) if each.id == "he-cheng" else ()}) for each in directory.positions
    )
    site = Site(directory.__class__(**{**_fields(directory), "positions": positions}), Templates(site_words(LANGUAGE)))
    (gathering,) = gatherings(site.events)
    return event(site, Addresses(site, ACTIVITIES.path()), gathering)


def days_told(node: Node) -> set[date]:
    """The days on which an Event takes place in the year, by its schedules."""
    if "startDate" in node:
        return {date.fromisoformat(node["startDate"][:10])}
    schedules = node["eventSchedule"] if isinstance(node["eventSchedule"], list) else [node["eventSchedule"]]
    return {day for each in schedules for day in YEAR if _meets(each, day)}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _meets(schedule: Node, day: date) -> bool:
    if not schedule.get("startDate", "") <= day.isoformat() <= schedule.get("endDate", "9999"):
        return False
    if day.isoformat() in schedule.get("exceptDate", []) or day.month not in _listed(schedule.get("byMonth", day.month)):
        return False
    if "byMonthDay" in schedule:
        return day.day in _listed(schedule["byMonthDay"])
    frequency = schedule.get("repeatFrequency", "P1D")
    for name in _listed(schedule.get("byDay", DAYS[day.weekday()])):
        if name == DAYS[day.weekday()]:
            since = date.fromisoformat(schedule.get("startDate", day.isoformat()))
            weeks = ((day - timedelta(day.weekday())) - (since - timedelta(since.weekday()))).days // 7
            return not frequency.endswith("W") or weeks % int(frequency[1:-1]) == 0
        if name[-2:] == DAYS[day.weekday()][:2].upper():
            place, ahead = int(name[:-2]), (day + timedelta(7 * step) for step in range(1, 6))
            later = sum(other.month == day.month for other in ahead)
            if place in ((day.day + 6) // 7, -later - 1):
                return True
    return False


def test_activities_take_place_on_the_days_that_were_read() -> None:
    directory, told = load(WORLD, today=SINCE, updated=SINCE), 0
    for text in TEXTS:
        when = read_when(text)
        node = node_of(directory, when)
        if node is None:
            continue
        told += 1
        right = {
            day
            for day in YEAR
            for rule in when.rules
            if happens(rule, day, ANNOUNCED) and not when.is_skipped(day) and not any(a <= day <= b for a, b in when.cancelled)
        }
        ahead = {day for day in days_told(node) if day >= SINCE}
        if "eventStatus" not in node:
            assert ahead == {day for day in right if day >= SINCE}, (text, node)
        assert [*misspelt(node)] == []
    assert told > 20
