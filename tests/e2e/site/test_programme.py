"""Activities in a real Chromium from file://, at chosen moments in Beijing: the site was built on 20 November 2026."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.site.conftest import Watched
from tests.e2e.site.programme_world import publish_programme

TODAY = "[data-agenda=today]"
IN_WECHAT = "微信里点不开日历"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_programme(tmp_path_factory.mktemp("活动 们"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    # A visitor on the other side of the world: what counts is Beijing's day.
    context = browser.new_context(timezone_id="America/Los_Angeles")
    yield context
    context.close()


def opened(context: BrowserContext, site: Path, path: str, now: str) -> Page:
    context.clock.install(time=f"{now}:00+08:00")
    watched = Watched(context.new_page())
    watched.page.goto((site / path).as_uri())
    watched.page.wait_for_load_state("load")
    assert watched.console == []
    assert watched.foreign == []
    return watched.page


def lines(page: Page, part: str) -> list[str]:
    """Name, hours and tags of each line of an agenda, once it stands and all of its days are open."""
    expect(page.locator(part)).to_be_visible()
    for folded in page.locator(f"{part} details.agenda-day > summary").all():
        folded.click()
    page.wait_for_function(f"[...document.querySelectorAll('{part} ol')].every((list) => list.firstChild)")
    return [told(item) for item in page.locator(f"{part} .agenda > li").all()]


def told(item: Locator) -> str:
    hours, tags = item.locator(".hours").inner_text().split(), item.locator(".tag").all_inner_texts()
    return " ".join([item.locator("h3").inner_text(), *hours, *tags])


def test_today_in_order_with_what_is_running_and_what_is_past(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/index.html", "2026-12-02T14:30")  # a Wednesday
    assert lines(page, TODAY) == [
        "老人理发 14:00 到 16:00 正在进行 · 16:00 止 邻里 <b>聚会</b>",
        "早读会 09:00 到 10:30 已结束 学习",
        "值班议事 12:00 到 13:00 已结束",
    ]
    assert page.locator(f"{TODAY} [data-date]").inner_text() == "12月2日 周三"
    link = page.locator(f"{TODAY} a").first.get_attribute("href")
    assert link == "../positions/he-cheng.html#activities"


def test_a_minute_turns_and_the_page_with_it(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/index.html", "2026-12-02T15:59")
    assert lines(page, TODAY)[0].endswith("正在进行 · 16:00 止 邻里 <b>聚会</b>")
    context.clock.run_for(61_000)
    assert all("正在进行" not in line for line in lines(page, TODAY))


def test_the_next_days(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/index.html", "2026-12-02T14:30")
    expect(page.locator("[data-agenda=next]")).to_be_visible()
    heads = page.locator("[data-agenda=next] .agenda-day h3").all_inner_texts()
    assert [head.replace("\n", "") for head in heads] == [
        "明天12月3日 周四",
        "12月4日 周五",
        "12月5日 周六",
        "12月7日 周一",
        "12月8日 周二",
        "12月9日 周三",
    ]
    assert "夜跑 22:30 到次日 01:00" in lines(page, "[data-agenda=next]")


def test_what_began_last_night_still_runs(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/index.html", "2026-12-06T00:30")  # a Sunday
    assert lines(page, TODAY) == ["夜跑 22:30 到次日 01:00 正在进行 · 01:00 止"]


def test_a_cancelled_one_is_said(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/index.html", "2026-12-23T08:00")
    assert "早读会 09:00 到 10:30 取消 学习" in lines(page, TODAY)
    next_time = page.locator(".event", has_text="早读会").locator("[data-next]")
    assert next_time.text_content() == "今天那次取消。下一次：12月30日 周三 09:00"


def test_the_week_day_by_day(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/week.html", "2026-12-02T14:30")
    expect(page.locator("[data-agenda=week]")).to_be_visible()
    expect(page.locator("[data-static]")).to_be_hidden()
    days = page.locator("[data-days] > .agenda-day > h3").all_inner_texts()
    assert [day.split("\n")[0] for day in days] == [
        "今天12月2日 周三",
        "明天12月3日 周四",
        "12月4日 周五",
        "12月5日 周六",
        "12月6日 周日",
        "12月7日 周一",
        "12月8日 周二",
    ]
    assert page.locator(".agenda-day.is-bare").all_inner_texts() == ["12月6日 周日\n\n没有查到"]


def test_past_ones_leave_though_the_site_was_built_a_month_ago(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/index.html", "2026-12-22T10:00")
    expect(page.locator("[data-agenda=today]")).to_be_visible()
    over = page.locator("[data-over]")
    assert over.locator("summary").inner_text() == "已经结束的 3 项"
    assert over.locator("h3").all_text_contents() == ["去年的重阳糕", "家长课堂", "年货市集"]
    assert page.locator(".run:visible > h2").all_inner_texts() == [
        "今天 12月22日 周二", "接下来七天", "再往后", "时间待核实", "放进手机日历", "按区镇看",
    ]  # fmt: skip


def test_a_days_event_is_running_till_its_last_night(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/index.html", "2026-12-21T23:59")
    assert "年货市集 几点待核实" in lines(page, TODAY)


def test_on_a_holiday_nothing_is_promised(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/index.html", "2027-01-01T08:00")
    expect(page.locator(f"{TODAY} [data-note]")).to_have_text("2027 年的节假日安排还没有收进来，遇到节假日以现场为准。")
    assert "值班议事 12:00 到 13:00 节假日安排还没有公布，以现场为准" in lines(page, TODAY)


@pytest.mark.parametrize("now", ["2026-11-01T10:00", "2028-06-01T10:00", "1970-01-01T10:00"])
def test_a_clock_that_cannot_be_right_changes_nothing(context: BrowserContext, site: Path, now: str) -> None:
    page = opened(context, site, "activities/index.html", now)
    page.wait_for_function("!!document.querySelector('script[src$=\"data/activities.js\"]')")
    page.wait_for_function("window.HAITANG.activities && window.HAITANG.places")
    context.clock.run_for(61_000)
    assert page.locator("[data-agenda]:visible").count() == 0
    assert page.locator("[data-next]:visible").count() == 0
    assert page.locator(".run:visible > h2").all_inner_texts() == [
        "定期的", "定了日子的", "时间待核实", "放进手机日历", "按区镇看",
    ]  # fmt: skip


def test_without_a_script_it_is_a_timetable(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "activities/index.html").as_uri())
    assert page.locator("[data-agenda]:visible").count() == 0
    assert page.locator(".event:visible .when").all_inner_texts()[:2] == [
        "每周三 14:00-16:00",
        "每周三 09:00-10:30；2026-12-23 取消",
    ]
    assert page.locator("[data-over] summary").inner_text() == "已经结束的 1 项"
    assert page.locator("[data-over] [data-when]").count() == 0
    context.close()


def test_once_nothing_is_left_that_is_said_kindly(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "activities/index.html", "2026-12-22T10:00")
    expect(page.locator("[data-agenda=today]")).to_be_visible()
    expect(page.locator("[data-none]")).to_be_hidden()
    page.evaluate("document.querySelectorAll('.run [data-when]').forEach((line) => (line.dataset.when = 'D20261205,t840'))")
    context.clock.run_for(61_000)
    expect(page.locator("[data-none]")).to_be_visible()
    assert page.locator("[data-agenda]:visible").count() == 0


def test_a_positions_page_says_the_next_time(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "positions/he-cheng.html", "2026-12-08T10:00")
    expect(page.locator("#activities [data-next]").first).to_have_text("下一次：明天 14:00")
    names = page.locator("#activities h3").all_inner_texts()
    assert names == ["老人理发", "早读会", "露天电影", "年货市集", "百家宴", "去年的重阳糕", "家长课堂"]
    assert page.locator("#activities .is-over .tag").all_inner_texts() == ["已结束", "已结束"]
    assert page.locator("#activities a.is-way").first.get_attribute("href") == "../activities/kind-linli.html"


def test_calendar_links_lead_to_files(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "positions/he-cheng.html", "2026-12-08T10:00")
    links = [link.get_attribute("href") or "" for link in page.locator(".calendar a").all()]
    assert links == ["webcal://example.org/yangli/calendars/positions/he-cheng.ics", "../calendars/positions/he-cheng.ics"]
    assert (site / "positions" / links[1]).resolve().read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert page.get_by_text(IN_WECHAT).count() == 0


def test_wechat_is_told_to_open_a_browser(browser: Browser, site: Path) -> None:
    context = browser.new_context(user_agent="Mozilla/5.0 MicroMessenger/8.0")
    page = context.new_page()
    page.goto((site / "activities/index.html").as_uri())
    expect(page.get_by_text(IN_WECHAT)).to_be_visible()
    context.close()


def test_the_block_for_the_home_page_says_today(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "index.html", "2026-12-02T13:30")
    assert lines(page, "[data-agenda=home]") == ["老人理发 14:00 到 16:00 邻里 <b>聚会</b>"]
    expect(page.locator("[data-static]")).to_be_hidden()
    assert page.locator("[data-agenda=home] a").first.get_attribute("href") == "positions/he-cheng.html#activities"


def test_the_block_names_the_soonest_where_nothing_is_today(context: BrowserContext, site: Path) -> None:
    page = opened(context, site, "index.html", "2026-12-06T13:30")  # a Sunday
    expect(page.locator("[data-soonest]")).to_have_text("今天没有，最近的是")
    assert lines(page, "[data-agenda=home]") == [
        "值班议事 明天 12:00",
        "早读会 12月9日 周三 09:00 学习",
    ]


def test_the_block_without_a_script_is_a_timetable(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator(".programme .event:visible h3").all_inner_texts() == ["老人理发", "早读会"]
    context.close()
