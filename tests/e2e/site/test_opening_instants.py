"""Open or closed on real pages, at twelve instants of two years for ten kinds of hours and more: of data of these days, of data
500 days older, and of data of which nobody knows the day."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from haitang.site.build import Builder
from tests.worlds import inputs, position, publish

# The order of the letters below.
HOURS = {
    "office": "周一至周五 08:30-11:30, 13:30-17:00",
    "workdays": "工作日 08:30-17:00",
    "off": "每天 09:00-17:00；节假日休息",
    "never-off": "全年无休 09:00-21:00",
    "museum": "周二至周日 09:00-17:00；节假日照常开放",
    "nights": "每天 晚上20:00-次日02:00",
    "always": "24小时",
    "seasons": "夏季（5月1日至9月30日）每天 08:30-17:30；冬季（10月1日至次年4月30日）每天 09:00-17:00",
    "six-days": "周一至周五 08:30-17:00；周六 09:00-12:00；节假日休息",
    "weekends": "周末 09:00-16:00",
    "both": "工作日 08:30-17:00；周末 09:00-12:00",
    "holiday-hours": "每天 09:00-17:00；节假日 10:30-16:00",
    "february": "每天 09:00-17:00；2月1日至2月28日休息",
    "holiday-mondays": "周二至周日 09:00-17:00；周一闭馆（法定节假日除外）",
}
# Made up, but that 6 February 2027 is the first day of a year of the moon.
SETTINGS = """
title: 样例名录
areas:
  - id: yuntai
    name: 云台市
    towns: [{id: hecheng, name: 河城镇}]
tiers:
  - {id: centre, name: 党群服务中心, short_name: 中心}
  - {id: station, name: 党群服务站, short_name: 站}
  - {id: point, name: 党群服务点, short_name: 点}
  - {id: other, name: 其他阵地, short_name: 其他}
holidays:
  - year: 2027
    off:
      - 2027-01-01 至 2027-01-03
      - 2027-02-05 至 2027-02-11
    worked:
      - 2027-02-20
    source:
      title: 虚构的通知
"""
# o open, n nearly over, c closed, u not to be told. 23 November 2026 is a Monday.
INSTANTS = {
    "2026-11-23T00:30": "ccccc ooccc cccc",
    "2026-11-23T10:00": "ooooc coooc oooc",
    "2026-11-23T12:00": "coooc coooc oooc",
    "2026-11-23T14:00": "ooooc coooc oooc",
    "2026-11-28T10:00": "ccooo coooo oooo",
    "2026-11-29T10:00": "ccooo cooco oooo",
    "2027-01-01T10:00": "uccoo uoucu ccuo",
    "2027-02-06T10:00": "uccoo uoucu ucco",
    "2027-02-07T01:00": "ucccc uoucu uccc",
    "2027-02-08T10:00": "uccoc uoucu ccco",
    "2027-02-12T01:00": "ccccc uoccc cccc",
    "2027-02-20T10:00": "uoooo coouu ooco",
    "2027-03-03T16:45": "nnnon connc nnnn",
}
CLASSES = {"o": "is-open", "n": "is-closing", "c": "is-closed", "u": "is-unsure"}
WORDS = {"o": "开放", "n": "快关门了", "c": "休息中", "u": "以现场为准"}
KNOWN = "法定节假日哪几天放假，只知道到 2027年12月31日。"
# The day of the data, and what every page then says of it.
DATA = {
    "new": ("2026-11-20", ""),
    "old": ("2025-07-08", "这些资料是 2025年7月8日 的，开放时间、活动和节假日安排可能变了。" + KNOWN),
    "undated": ("", "不知道这些资料是哪一天的，开放时间、活动和节假日安排可能变了。" + KNOWN),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site for each day of the data, of the same places."""
    folder = tmp_path_factory.mktemp("时刻")
    root = folder / "data"
    (root / "positions" / "hecheng").mkdir(parents=True)
    (root / "directory.yml").write_text(SETTINGS, encoding="utf-8")
    for name, hours in HOURS.items():
        (root / "positions" / "hecheng" / f"{name}.yml").write_text(position(name, hours=hours), encoding="utf-8")
    builder = Builder(inputs(root))
    for name, (day, _) in DATA.items():
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("SOURCE_DATE_EPOCH", raising=False)
            if day:
                patch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{day}T04:00:00+00:00").timestamp())))
            publish(root, folder / name, builder=builder)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(timezone_id="America/New_York")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("data", DATA)
def test_every_kind_of_hours_at_every_instant(data: str, sites: Path, page: Page) -> None:
    page.clock.install(time="2026-11-23T08:00:00+08:00")
    page.goto((sites / data / "site" / "towns" / "hecheng.html").as_uri())
    for now, letters in INSTANTS.items():
        page.clock.set_fixed_time(f"{now}:00+08:00")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        told = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.card')].map((card) =>
            [card.querySelector('a').getAttribute('href').match(/([\\w-]+)\\.html/)[1],
             [card.querySelector('.state').className, card.querySelector('.state').textContent]]))""")
        for name, letter in zip(HOURS, letters.replace(" ", ""), strict=True):
            cls, text = told[name]
            assert CLASSES[letter] in cls.split() and WORDS[letter] in text, (now, name, cls, text)
    age = page.locator(".data-age")
    assert (age.inner_text() if age.is_visible() else "") == DATA[data][1]


@pytest.mark.parametrize("data", DATA)
def test_the_finder_finds_what_is_open(data: str, sites: Path, page: Page) -> None:
    now = "2027-02-20T10:00"
    page.clock.install(time=f"{now}:00+08:00")
    page.goto((sites / data / "site" / "search.html").as_uri() + "?open=1")
    opened = [name for name, letter in zip(HOURS, INSTANTS[now].replace(" ", ""), strict=True) if letter == "o"]
    expect(page.locator("[data-finder] .card")).to_have_count(len(opened))


# What a place's own page says of the day, and of days behind the last one whose holidays are known.
DAYS = [
    ("off", "2027-02-06T10:00", "今天是节假日，不开放。"),
    ("never-off", "2027-02-06T10:00", "今天是节假日，照常开放。"),
    ("workdays", "2027-02-20T10:00", "今天调休上班，按工作日的时间开放：08:30–17:00。"),
    ("holiday-hours", "2027-02-06T10:00", "今天是节假日，按节假日的时间开放：10:30–16:00。"),
    ("february", "2027-02-20T10:00", "这几天休息，今天不开放。"),
    ("office", "2027-03-03T10:00", ""),
    ("office", "2028-03-01T10:00", "今年的节假日安排还没有收进来，节假日以现场为准。"),
]


@pytest.mark.parametrize("data", ["old", "undated"])
def test_a_place_says_what_holds_today(data: str, sites: Path, page: Page) -> None:
    page.clock.install(time="2027-02-06T10:00:00+08:00")
    for name, now, today in DAYS:
        page.clock.set_fixed_time(f"{now}:00+08:00")
        page.goto((sites / data / "site" / "positions" / f"{name}.html").as_uri())
        assert page.locator("[data-today]").inner_text() == today
        assert page.locator(".data-age").inner_text() == DATA[data][1]


def test_data_grow_old_on_a_page_by_the_clock(sites: Path, page: Page) -> None:
    for now, shown in (("2027-12-25", False), ("2027-12-26", True), ("2036-01-01", True), ("2026-11-19", False)):
        page.clock.set_fixed_time(f"{now}T10:00:00+08:00")
        page.goto((sites / "new" / "site" / "positions" / "office.html").as_uri())
        assert page.locator(".data-age").is_visible() == shown
