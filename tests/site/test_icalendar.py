"""Calendars as another program reads them: strictly, and expanded to the very occurrences that pages show; UIDs last."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from haitang.checks.load import load
from haitang.core.digests import published_digest
from haitang.model.citations import CitedText
from haitang.model.entries import Activity, Source
from haitang.model.messages import site_words
from haitang.model.settings import Holidays
from haitang.schedule.holidays import ANNOUNCED
from haitang.schedule.partial_dates import DayRange
from haitang.schedule.recurrence_parser import read_when
from haitang.site import views
from haitang.site.edition.recipe import Recipe
from haitang.site.exports import icalendar
from haitang.site.page import File
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.schedule.test_recurrence import FIRST, LAST, TEXTS
from tests.worlds import WORLD

ZONE = ZoneInfo("Asia/Shanghai")
OWNER = "he-cheng"
Told = tuple[date, int | None, int | None, bool]
DAY = FIRST


def made(
    *activities: Activity, day: date | None = DAY, holidays: tuple[Holidays, ...] = (), **position: Any
) -> dict[str, bytes]:
    """The calendars of the golden world when one of its positions holds these activities, and no other any."""
    directory = load(WORLD, today=date(2026, 1, 2), updated=day)
    directory = replace(directory, settings=directory.settings.model_copy(update={"holidays": holidays}))
    positions = tuple(
        each.model_copy(update={"activities": activities if each.id == OWNER else (), **(position if each.id == OWNER else {})})
        for each in directory.positions
    )
    changed = replace(directory, positions=positions)
    return calendars(Site(changed, Templates(site_words(LANGUAGE))))


def calendars(site: Site) -> dict[str, bytes]:
    """All calendars of a site, as a build makes them."""
    files = {recipe.path: content_of(recipe) for recipe in icalendar.build(site)}
    digests = {path: published_digest(content) for path, content in files.items()}
    for recipe in icalendar.lists(site, digests, files.__getitem__):
        files[recipe.path] = content_of(recipe)
    return files


def content_of(recipe: Recipe) -> bytes:
    made = recipe.make()
    assert isinstance(made, File) and made.path == recipe.path
    return made.content


def activity(when: str | None, name: str = "百家宴", **more: Any) -> Activity:
    return Activity.model_validate({"name": name, **({"when": when} if when else {}), **more})


def entries(content: bytes) -> list[Any]:
    """The VEVENTs of a calendar that a strict parser accepts."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    calendar = vobject.readOne(content.decode())
    assert calendar.validate(raiseException=True)
    return list(getattr(calendar, "vevent_list", []))


def minutes(moment: Any, day: date) -> int:
    local = moment.astimezone(ZONE)
    return int((local.date() - day).days * 1440 + local.hour * 60 + local.minute)


def expanded(events: list[Any]) -> Iterator[Told]:
    """Day, start, end and whether it is off, of two years."""
    overrides = {(event.uid.value, event.recurrence_id.value): event for event in events if hasattr(event, "recurrence_id")}
    for event in events:
        start = event.dtstart.value
        end = event.dtend.value if hasattr(event, "dtend") else None
        repeated = any(hasattr(event, name) for name in ("rrule", "rdate", "exdate")) and not hasattr(event, "recurrence_id")
        for moment in starts(event) if repeated else [start]:
            if repeated and (event.uid.value, moment) in overrides:
                continue
            off = hasattr(event, "status") and event.status.value == "CANCELLED"
            if isinstance(moment, datetime):
                day = moment.astimezone(ZONE).date()
                length = None if end is None else end - start
                yield day, minutes(moment, day), None if length is None else minutes(moment + length, day), off
            else:
                for step in range((end - start).days):
                    yield moment + timedelta(step), None, None, off


def starts(event: Any) -> Iterator[Any]:
    dated = not isinstance(event.dtstart.value, datetime)
    for moment in event.getrruleset(addRDate=True):
        local = moment if dated else moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
        if (local.date() if isinstance(local, datetime) else local) > LAST:
            return
        yield local.date() if dated else local


def expected(text: str) -> set[Told]:
    found = read_when(text).between(FIRST, LAST)
    whole = {(0, 1440), (None, None)}
    return {
        (one.day, *((None, None) if (one.start, one.end) in whole else (one.start, one.end)), one.cancelled)
        for one in found
        if one.doubt != "calendar"
    }


@pytest.mark.parametrize("text", TEXTS)
def test_a_calendar_holds_what_the_page_shows(text: str) -> None:
    told = [one for one in expanded(entries(made(activity(text))["calendars/all.ics"])) if FIRST <= one[0] <= LAST]
    assert Counter(told) == Counter(expected(text))  # nothing twice


def test_the_expansion_would_notice() -> None:
    """The table above compares something: a calendar of another rule does not hold the same days."""
    wednesdays = set(expanded(entries(made(activity("每周三 9:00"))["calendars/all.ics"])))
    assert len({one for one in wednesdays if FIRST <= one[0] <= LAST}) == len(expected("每周三 9:00")) == 104
    assert wednesdays.isdisjoint(expected("每周四 9:00"))


def uids(*activities: Activity, **position: Any) -> list[str]:
    return [event.uid.value for event in entries(made(*activities, **position)["calendars/all.ics"])]


def test_a_uid_outlives_every_edit_but_that_of_its_name() -> None:
    (first,) = uids(activity("每周三 14:00-16:00"))
    assert first.startswith("he-cheng-old.")  # the position's first id
    for edited in (
        activity("每周四 09:00"),
        activity("2026-12-05"),
        activity("每月最后一个工作日 9:00"),
        activity("每周三 14:00-16:00", place="广场", text="带凳子", kind="linli"),
    ):
        assert uids(edited) == [first]
    other = activity("每周五 9:00", "电影")
    assert uids(other, activity("每周四 9:00"))[1] == first == uids(activity("每周四 9:00"), other)[0]
    assert uids(activity("每周三 14:00-16:00"), name="改名了的中心", town="qingshan") == [first]
    assert uids(activity("每周三 14:00-16:00"), id="he-cheng-new", former_ids=("he-cheng-old", "he-cheng")) == [first]
    assert uids(activity("每周三 14:00-16:00", "换了名字")) != [first]
    assert uids(activity("每周三 14:00-16:00", id="yan")) != [first]  # so the guide says: from the first day, or not at all
    assert uids(activity("每周三 9:00", "甲", id="yan")) == uids(activity("每周四 9:00", "乙", id="yan"))


def test_uids_are_different_and_a_cancelled_day_carries_its_own() -> None:
    found = entries(made(activity("每周三 9:00、14:00；每周五 9:00；2026-10-14 取消"))["calendars/all.ics"])
    plain = [event.uid.value for event in found if not hasattr(event, "recurrence_id")]
    assert len(set(plain)) == len(plain) == 3
    off = [event for event in found if hasattr(event, "recurrence_id")]
    assert [event.uid.value for event in off] == plain[:2]
    assert all(event.status.value == "CANCELLED" and event.summary.value == "取消：百家宴" for event in off)


def test_the_uid_of_a_series_goes_with_what_it_says() -> None:
    both = uids(activity("每周三 9:00；每周五 9:00"))
    assert uids(activity("每周五 9:00；每周三 9:00")) == both[::-1]
    assert set(both) < set(uids(activity("每周一 8:00；每周三 9:00；每周五 9:00")))


def test_long_texts_make_no_long_calendars() -> None:
    hours = "、".join(f"{hour}:00" for hour in range(6, 24))
    content = made(activity(f"工作日 {hours}；2000-01-01 起"))["calendars/all.ics"]
    (first, *_) = entries(content)
    assert first.dtstart.value.date() == date(2026, 1, 4)  # not from 2000 on
    assert len(content) < 200_000
    off = made(activity("每天 8:00、9:00、10:00、11:00、12:00、13:00；2026-01-02 至 2026-12-31 取消"))["calendars/all.ics"]
    assert len(entries(off)) == 6
    told = [one for one in expanded(entries(off)) if one[0] <= LAST]
    assert {day for day, *_ in told if day.year == 2026} == {date(2026, 1, 1)}
    assert len(off) < 100_000


HOSTILE = [
    "a;b,c\\d:e", "X\\nEND:VEVENT\\nBEGIN:VEVENT", "BEGIN:VEVENT", "每" * 60, "😀" * 15, '"引号" = ^n', "{name} {{ 7*7 }} %s",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    (event,) = entries(made(activity("每周三 9:00", text, place=text, text=text), address=text)["calendars/all.ics"])
    assert event.summary.value == text
    assert event.location.value.startswith(f"{text}，")
    assert text in event.description.value


def test_a_line_break_from_anywhere_is_no_new_line() -> None:
    """Line breaks are refused long before; a calendar does not count on that."""
    smuggled = Activity.model_construct(
        id=None,
        kind=None,
        name="甲\r\nATTENDEE:mailto:a@b.c",
        when=read_when("每周三"),
        place="乙\nX:y",
        text=CitedText("丙\r"),
    )
    content = made(smuggled)["calendars/all.ics"]
    assert b"\r\nATTENDEE" not in content and b"\nX:y" not in content
    assert b"\r" not in content.replace(b"\r\n", b"")
    (event,) = entries(content)
    assert event.summary.value.splitlines()[0] == "甲"


def test_what_kinds_of_days_are_said_how() -> None:
    content = made(
        activity("每月最后一个周五 15:00-16:00", "甲"),
        activity("每月最后一天", "乙"),
        activity("7月至8月每周三 9:00", "丙"),
        activity("隔周周三 9:00（2026-03-04 起）", "丁"),
        activity("2026-12-05 至 2026-12-08", "戊"),
        activity("每周三 14:00-16:00（2026-03-01 至 2026-06-30）", "己"),
    )["calendars/all.ics"].decode()
    lines = content.replace("\r\n ", "").split("\r\n")
    assert "RRULE:FREQ=MONTHLY;BYDAY=-1FR" in lines
    assert "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1" in lines
    assert "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=WE;BYMONTH=7,8;WKST=MO" in lines
    assert "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;WKST=MO" in lines
    assert "DTSTART;VALUE=DATE:20261205" in lines and "DTEND;VALUE=DATE:20261209" in lines
    assert "RRULE:FREQ=WEEKLY;UNTIL=20260630T155959Z;INTERVAL=1;BYDAY=WE;WKST=MO" in lines
    assert "DTSTART;TZID=Asia/Shanghai:20260304T140000" in lines
    assert {"BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "X-WR-CALNAME:样例阵地 · 活动"} <= set(lines)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines


def test_working_days_are_told_only_as_far_as_they_are_known() -> None:
    (event,) = entries(made(activity("每月最后一个工作日 14:00"))["calendars/all.ics"])
    days = [day for day, *_ in expanded([event])]
    assert max(days) == date(2026, 12, 31) and date(2026, 2, 28) in days
    assert "2026 年底" in event.description.value


def test_one_state_of_the_data_gives_the_same_bytes() -> None:
    one, other = (made(activity("每周三 9:00", kind="linli"), activity("工作日 9:00", "乙")) for _ in range(2))
    assert one == other
    (stamped,) = entries(made(activity("每周三 9:00"), day=None)["calendars/all.ics"])
    assert stamped.dtstamp.value.date() == icalendar.EARLIEST


def test_calendars_are_there_where_there_is_a_time() -> None:
    assert made(activity(None)) == {}
    assert set(made(activity("2020-01-01"))) == {
        "calendars/all.ics", "calendars/positions/he-cheng.ics", "calendars/towns/hecheng.ics",
    }  # fmt: skip
    assert made(activity("每周三"), status="closed") == {}
    assert made(activity("每周三"), status="paused") == {}


def test_what_is_too_much_for_a_phone_has_no_calendar_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_IN_ONE", 1)
    assert "calendars/all.ics" in made(activity("每周三"), activity(None, "乙"))
    assert set(made(activity("每周三"), activity("每周四", "乙"))) == {
        "calendars/positions/he-cheng.ics", "calendars/towns/hecheng.ics",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (f"{ANNOUNCED.last_year + 1}-03-01 起 每月最后一个工作日", DAY),
        (f"{ANNOUNCED.last_year + 1}-01-04 起 工作日 9:00", DAY),
        ("每周三 14:00，节假日除外", date(ANNOUNCED.last_year + 1, 1, 5)),
        ("工作日 9:00", date(ANNOUNCED.last_year + 1, 1, 5)),
    ],
)
def test_a_calendar_that_pages_link_is_there(when: str, day: date) -> None:
    """Nothing is certain once the announced holidays end, but the activity is still ahead: an empty calendar, no dead link."""
    files = made(activity(when), day=day)
    assert len(files) == 3
    assert all(entries(content) == [] for content in files.values())


def test_an_endless_rule_begins_with_the_data() -> None:
    (event,) = entries(made(activity("每周三 9:00"), day=date(2026, 11, 20))["calendars/all.ics"])
    assert event.dtstart.value == datetime(2026, 11, 25, 9, tzinfo=event.dtstart.value.tzinfo)


def test_a_calendar_follows_the_holidays_of_directory_yml() -> None:
    year = ANNOUNCED.last_year + 1
    off, worked = DayRange(date(year, 10, 1), date(year, 10, 7)), DayRange(date(year, 10, 9), date(year, 10, 10))
    own = Holidays(year=year, off=(off,), worked=(worked,), source=Source(title="虚构的通知"))
    files = made(activity("工作日 9:00"), day=date(year, 9, 1), holidays=(own,))
    days = {entry.dtstart.value.date() for entry in entries(files["calendars/all.ics"])}
    days |= {one[0] for one in expanded(entries(files["calendars/all.ics"])) if one[0].year == year}
    assert {date(year, 9, 30), *worked.days} <= days and days.isdisjoint(off.days)
    assert f"算到 {year} 年底".encode() in files["calendars/all.ics"].replace(b"\r\n ", b"")
