"""The open state on a page, in a real Chromium from file://: the words of the real site, the calendar that is shipped."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from haitang.core import toolchain
from haitang.model.messages import site_words
from haitang.schedule.holidays import special_days
from haitang.schedule.opening_hours import DatedHours, HolidayPolicy, OpeningHours, Season, Spans
from haitang.schedule.opening_hours_data import exceptions_of, seasons_of, week_data
from haitang.schedule.opening_hours_reader import read_hours
from haitang.site.build import STYLES
from haitang.site.templates import LANGUAGE, Templates

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "frontend"
OFFICE = "周一至周五 08:30-11:30, 13:30-17:00"
NIGHTS = "每天 20:00-次日02:00"
SEASONS = "夏季（5月1日至9月30日）每天 08:30-17:30；冬季（10月1日至次年4月30日）每天 09:00-17:00"
BUILT = "2026-08-20"

# Times are Shanghai's; 2026-11-23 is a Monday, 1 to 7 October are off, Saturday 10 October is worked.
STATES = [
    ("2026-11-23T08:29", OFFICE, None, "is-closed", "休息中 · 今日 08:30 开放"),
    ("2026-11-23T08:30", OFFICE, None, "is-open", "开放中 · 11:30 止"),
    ("2026-11-23T11:00", OFFICE, None, "is-closing", "快关门了 · 11:30 止"),
    ("2026-11-23T11:30", OFFICE, None, "is-closed", "休息中 · 今日 13:30 开放"),
    ("2026-11-23T17:00", OFFICE, None, "is-closed", "休息中 · 明日 08:30 开放"),
    ("2026-11-27T17:00", OFFICE, None, "is-closed", "休息中 · 周一 08:30 开放"),
    ("2026-09-30T18:00", OFFICE, True, "is-closed", "休息中 · 10月8日 08:30 开放"),
    ("2026-09-30T18:00", OFFICE, None, "is-closed", "休息中"),
    ("2026-10-01T10:00", OFFICE, None, "is-unsure", "今天是节假日，以现场为准"),
    ("2026-10-10T10:00", OFFICE, None, "is-unsure", "今天调休上班，以现场为准"),
    ("2026-10-10T10:00", "工作日 09:00-17:00", None, "is-open", "开放中 · 17:00 止"),
    ("2026-11-23T01:15", NIGHTS, None, "is-open", "开放中 · 02:00 止"),
    ("2026-10-08T01:00", NIGHTS, None, "is-unsure", "夜间以现场为准"),
    ("2026-11-23T03:00", "24小时", None, "is-open", "全天开放"),
    ("2026-10-08T12:00", "24小时", True, "is-open", "全天开放"),
    ("2026-09-28T12:00", "24小时", True, "is-open", "开放中"),
    ("2026-10-08T09:30", SEASONS, None, "is-open", "开放中 · 17:00 止"),
    ("2026-11-23T10:00", "5月-9月 每天 08:30-17:30", None, "is-unsure", "今天的时间待核实"),
    ("2027-01-01T10:00", OFFICE, True, "is-open", "开放中 · 11:30 止（节假日以现场为准）"),
    ("2027-01-01T10:00", "全年无休 08:30-17:30", None, "is-open", "开放中 · 17:30 止"),
]
# What cannot be read leaves the text that is there.
UNREADABLE = ["", "510-690|510-690", "690-510||||||", "x-y||||||"]
TODAY = [
    ("2026-11-23T09:00", OFFICE, None, ""),
    ("2026-10-01T09:00", OFFICE, None, "今天是节假日，是否开放以现场为准。"),
    ("2026-10-01T09:00", OFFICE, True, "今天是节假日，不开放。"),
    ("2026-10-01T09:00", OFFICE, False, "今天是节假日，照常开放。"),
    ("2026-10-10T09:00", OFFICE, None, "今天调休上班，是否开放以现场为准。"),
    ("2026-10-10T09:00", "工作日 09:00-17:00", None, "今天调休上班，按工作日的时间开放：09:00–17:00。"),
    ("2026-10-10T09:00", "每天 09:00-17:00", None, ""),
    ("2026-11-23T09:00", "5月-9月 每天 08:30-17:30", None, "今天不在上面的时段里，时间待核实。"),
    ("2027-03-01T09:00", OFFICE, None, "今年的节假日安排还没有收进来，节假日以现场为准。"),
    ("2027-03-01T09:00", OFFICE, False, ""),
]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    node, _ = toolchain.node()
    subprocess.run([node, "build.mjs", str(folder)], cwd=FRONTEND, check=True)
    parts = {"words": site_words(LANGUAGE)["live"], "days": special_days(2026)}
    texts = [f"(window.HAITANG=window.HAITANG||{{}}).{name}={json.dumps(data)};" for name, data in parts.items()]
    styles = (ROOT / "templates" / "styles" / f"{name}.css" for name in STYLES)
    (folder / "haitang.css").write_bytes(b"".join(style.read_bytes() for style in styles))
    (folder / "words.js").write_text("\n".join(texts), encoding="utf-8")
    return folder


@dataclass
class Desk:
    """Opens pages with hours on them; what they complain of is collected."""

    folder: Path
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def open(self, now: str, data: str, body: str = "", built: str = BUILT) -> Page:
        self.context.clock.install(time=f"{now}:00+08:00")
        (self.folder / "index.html").write_text(
            f'<!doctype html><html lang="zh-CN" data-built="{built}" class="no-js"><head><meta charset="utf-8"><title>t</title>'
            '<script src="start.js"></script><link rel="stylesheet" href="haitang.css"></head>'
            f'<body><span id="plain" data-hours="{data}">原文</span><p id="rich" data-hours="{data}"><b>时间</b>'
            f'<i data-state>原文</i></p>{body}<script src="words.js" defer></script><script src="site.js" defer></script>'
            "</body></html>",
            encoding="utf-8",
        )
        page = self.context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto((self.folder / "index.html").as_uri())
        return page

    def week(self, now: str, text: str, closed: bool | None = None, built: str = BUILT) -> Page:
        """A page with the week of these hours as a position's page has it."""
        return self.of_hours(now, read_hours(text), closed, built)

    def of_hours(self, now: str, hours: OpeningHours, closed: bool | None = None, built: str = BUILT) -> Page:
        data, more = week_data(hours, closed), {"exceptions": exceptions_of(hours), "notes": hours.notes}
        body = Templates(site_words(LANGUAGE)).render("parts/week.html", data=data, seasons=seasons_of(hours), **more)
        return self.open(now, data, body, built)


@pytest.fixture
def desks(bundle: Path, browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes desks; in the end none of their pages may have complained."""
    made: list[Desk] = []

    def make(**options: Any) -> Desk:
        folder = tmp_path / f"海棠 花红 {len(made)}"
        folder.mkdir()
        for name in ("start.js", "site.js", "words.js", "haitang.css"):
            (folder / name).write_bytes((bundle / name).read_bytes())
        made.append(Desk(folder, browser.new_context(**options)))
        return made[-1]

    yield make
    for desk in made:
        desk.context.close()
        assert desk.complaints == []


@pytest.mark.requirement(47)
@pytest.mark.parametrize(("now", "text", "closed", "cls", "state"), STATES)
def test_open_state(desks: Callable[..., Desk], now: str, text: str, closed: bool | None, cls: str, state: str) -> None:
    page = desks(timezone_id="America/New_York").open(now, week_data(read_hours(text), closed))
    assert page.locator("#plain").inner_text() == state
    assert page.locator("#plain").get_attribute("class") == cls
    assert page.locator("#rich").inner_text() == f"时间{state}"


@pytest.mark.parametrize("data", UNREADABLE)
def test_hours_that_are_not_known_claim_nothing(desks: Callable[..., Desk], data: str) -> None:
    page = desks().open("2026-11-23T09:00", data)
    assert page.locator("#plain").inner_text() == "原文"
    assert not page.locator("#plain").get_attribute("class")


@pytest.mark.parametrize(("now", "text", "closed", "said"), TODAY)
def test_what_is_special_today_stands_beside_the_week(
    desks: Callable[..., Desk], now: str, text: str, closed: bool | None, said: str
) -> None:
    line = desks(timezone_id="America/New_York").week(now, text, closed).locator("[data-today]")
    assert line.inner_text() == said
    assert line.is_visible() == bool(said)


def test_today_is_marked_in_the_week(desks: Callable[..., Desk]) -> None:
    # In London it is still Monday.
    page = desks(timezone_id="Europe/London").week("2026-11-24T00:10", OFFICE)
    assert page.locator(".is-today th").all_inner_texts() == ["周二"]
    assert page.locator("[aria-current=date]").count() == 1


@pytest.mark.parametrize(
    ("now", "text", "marked"),
    [
        ("2026-10-01T09:00", OFFICE, 0),
        ("2026-10-03T09:00", f"{OFFICE}；节假日照常开放", 1),
        ("2026-10-10T09:00", "工作日 09:00-17:00", 0),
        ("2026-10-10T09:00", "每天 09:00-17:00", 1),
        ("2026-11-23T09:00", "5月-9月 每天 08:30-17:30", 0),
    ],
)
def test_today_is_marked_only_where_its_hours_hold(desks: Callable[..., Desk], now: str, text: str, marked: int) -> None:
    assert desks().week(now, text).locator(".is-today").count() == marked


@pytest.mark.parametrize(("now", "names"), [("2026-11-23T09:00", ["冬季", "夏季"]), ("2026-09-30T23:59", ["夏季", "冬季"])])
def test_the_season_of_today_comes_first(desks: Callable[..., Desk], now: str, names: list[str]) -> None:
    page = desks().week(now, SEASONS)
    assert page.locator("caption b").all_inner_texts() == names
    assert [mark.is_visible() for mark in page.locator("[data-now]").all()] == [True, False]
    assert page.locator(".is-today").count() == 1
    assert page.locator(".week").first.locator(".is-today").count() == 1


def test_seasons_read_well_without_javascript(desks: Callable[..., Desk]) -> None:
    page = desks(java_script_enabled=False).week("2026-11-23T09:00", SEASONS)
    captions = [" ".join(text.split()) for text in page.locator("caption").all_inner_texts()]
    assert captions == ["夏季 5月1日至9月30日", "冬季 10月1日至次年4月30日"]
    assert not any(part.is_visible() for part in page.locator("[data-today], [data-now]").all())


@pytest.mark.parametrize(
    ("now", "built"),
    [("2026-11-23", "2026-11-24"), ("1970-01-01", ""), ("2025-12-31", ""), ("2101-01-02", ""), ("2033-01-02", "2026-11-20")],
)
def test_a_clock_that_cannot_be_right_changes_nothing(desks: Callable[..., Desk], now: str, built: str) -> None:
    page = desks().week(f"{now}T09:00", SEASONS, built=built)
    assert page.locator("#plain").inner_text() == "原文"
    assert page.locator(".is-open, .is-today, .is-now").count() == 0


@pytest.mark.parametrize("built", ["", "2025-10-18", "gestern"])
def test_data_that_are_old_or_of_no_known_day_still_tell_the_state(desks: Callable[..., Desk], built: str) -> None:
    page = desks().week("2026-11-23T09:00", OFFICE, built=built)
    assert page.locator("#plain").inner_text() == "开放中 · 11:30 止"
    assert page.locator(".is-today th").inner_text() == "周一"


# Hours that are more than a week, whatever their text would be: the model, the data and the words beside the week.
DAY, SHORT = ((540, 1020),), ((600, 780),)
MORE = [
    ("holiday hours", "2026-10-01T10:30", "开放中 · 13:00 止", "今天是节假日，按节假日的时间开放：10:00–13:00。"),
    ("holiday hours", "2026-10-08T10:30", "开放中 · 17:00 止", ""),
    ("closed in August", "2026-08-21T10:00", "休息中 · 9月1日 09:00 开放", "这几天休息，今天不开放。"),
    ("closed in August", "2026-08-31T10:00", "休息中 · 明日 09:00 开放", "这几天休息，今天不开放。"),
    ("closed in August", "2026-09-01T10:00", "开放中 · 17:00 止", ""),
    ("short at New Year", "2026-12-31T10:30", "开放中 · 13:00 止", "这几天的时间和平常不一样，今天开放：10:00–13:00。"),
    (
        "short at New Year",
        "2027-01-02T12:45",
        "快关门了 · 13:00 止（节假日以现场为准）",
        "这几天的时间和平常不一样，今天开放：10:00–13:00。",
    ),
    ("holiday Mondays", "2026-10-05T10:00", "开放中 · 17:00 止", "今天是节假日，按节假日的时间开放：09:00–17:00。"),
    ("holiday Mondays", "2026-10-12T10:00", "休息中 · 明日 09:00 开放", ""),
]


def made(name: str) -> OpeningHours:
    week = [() if name == "holiday Mondays" else DAY, *[DAY] * 6]
    days: dict[str, tuple[Spans | None, HolidayPolicy, tuple[DatedHours, ...]]] = {
        "holiday hours": (SHORT, "hours", ()),
        "closed in August": (None, "unsaid", (DatedHours(801, 831, ()),)),
        "short at New Year": ((), "closed", (DatedHours(1230, 102, SHORT),)),
        "holiday Mondays": (DAY, "open", ()),
    }
    said, policy, exceptions = days[name]
    season = Season("", (), tuple(week), (said,) * 7, None, (True, True))
    return OpeningHours(name, (season,), exceptions, policy, notes=("16:30停止入场",))


@pytest.mark.parametrize(("name", "now", "state", "said"), MORE)
def test_days_that_differ(desks: Callable[..., Desk], name: str, now: str, state: str, said: str) -> None:
    page = desks().of_hours(now, made(name))
    assert page.locator("#plain").inner_text() == state
    assert page.locator("[data-today]").inner_text() == said
    assert page.locator(".is-today").count() == (not said)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("holiday hours", "法定节假日 10:00–13:00"),
        ("closed in August", "8月1日至8月31日 不开放"),
        ("short at New Year", "12月30日至次年1月2日 10:00–13:00"),
        ("holiday Mondays", "周一逢法定节假日 09:00–17:00"),
    ],
)
def test_what_differs_stands_below_the_week(desks: Callable[..., Desk], name: str, line: str) -> None:
    page = desks(java_script_enabled=False, viewport={"width": 360, "height": 800}).of_hours("2026-11-23T09:00", made(name))
    assert line in [" ".join(row.split()) for row in page.locator(".week tr").all_inner_texts()]
    assert page.get_by_text("16:30停止入场").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_state_keeps_up_with_the_clock(desks: Callable[..., Desk]) -> None:
    page = desks().week("2026-11-23T10:59", OFFICE)
    assert page.locator("#plain").inner_text() == "开放中 · 11:30 止"
    page.clock.run_for(61_000)
    assert page.locator("#plain").inner_text() == "快关门了 · 11:30 止"
    page.clock.run_for(31 * 60_000)
    assert page.locator("#plain").get_attribute("class") == "is-closed"
    page.clock.run_for(13 * 3600_000)
    assert page.locator(".is-today th").inner_text() == "周二"
