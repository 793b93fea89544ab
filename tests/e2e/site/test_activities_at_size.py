"""Many activities in a real Chromium on a phone: short pages, a line for what is the same, near ones first, nothing jumps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.site.conftest import RUN, Watched, _served
from tests.e2e.site.crowd_world import AT_BARBER, BARBER, publish_crowd, spot
from tests.e2e.site.test_accessibility import AXE, BEGIN, SMALL, TAGS

WIDTH, HEIGHT = 390, 844
SCREENS = 6
STILL = 0.02  # of what may move, as browsers count it
LISTS = ("index", "week", "kind-linli", "kind-xuexi", "town-hecheng")
WEDNESDAY, SUNDAY = "2026-12-02T13:30:00+08:00", "2026-12-06T13:30:00+08:00"
TODAY, NEXT, LATER, WEEK = (f"[data-agenda={name}]" for name in ("today", "next", "later", "week"))
STANDS = "[data-agenda]:not([hidden]) li, [data-agenda]:not([hidden]) details"
MOVED = """window.moved = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({type: "layout-shift", buffered: true});"""
LATE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_crowd(tmp_path_factory.mktemp("很多 活动"))


@pytest.fixture(scope="module")
def origin(crowd: Path) -> Iterator[str]:
    with _served(crowd) as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
    yield context
    context.close()


def opened(context: BrowserContext, site: Path, path: str, now: str = WEDNESDAY) -> Page:
    watched = Watched(context.new_page())
    watched.page.clock.set_fixed_time(now)
    watched.page.goto((site / path).as_uri())
    watched.page.locator(STANDS).first.wait_for()
    assert watched.console == []
    return watched.page


def screens(page: Page) -> float:
    height = page.evaluate("document.documentElement.scrollHeight")
    assert isinstance(height, int)
    return height / HEIGHT


@pytest.mark.parametrize("name", LISTS)
def test_a_list_stays_short(phone: BrowserContext, browser: Browser, crowd: Path, name: str) -> None:
    assert screens(opened(phone, crowd, f"activities/{name}.html")) <= SCREENS
    plain = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, java_script_enabled=False)
    plain.goto((crowd / f"activities/{name}.html").as_uri())
    assert plain.locator(".event:visible").count() > 3
    assert screens(plain) <= SCREENS
    plain.close()


def test_the_same_at_many_places_is_one_line(phone: BrowserContext, crowd: Path) -> None:
    page = opened(phone, crowd, "activities/index.html")
    line = page.locator(f"{TODAY} .agenda > li", has_text=BARBER)
    expect(line).to_have_count(1)
    folded = line.locator("summary")
    assert folded.inner_text().startswith(f"在 {AT_BARBER} 处：") and folded.inner_text().endswith("等")
    assert line.locator("a").count() == 0
    folded.click()
    expect(line.locator("li a")).to_have_count(AT_BARBER)
    link = line.locator("li a").first
    assert (link.get_attribute("href") or "").endswith(".html#activities") and link.is_visible()
    page.locator(".timetable > summary").click()
    expect(page.locator(".timetable .event", has_text=BARBER)).to_have_count(1)


def test_axe_finds_nothing_where_all_is_open(phone: BrowserContext, crowd: Path) -> None:
    page = opened(phone, crowd, "activities/index.html")
    page.evaluate("document.querySelectorAll('.programme details').forEach((each) => (each.open = true))")
    page.wait_for_function("[...document.querySelectorAll('.agenda-day > ol')].every((list) => list.firstChild)")
    page.evaluate("document.querySelectorAll('.programme .places').forEach((each) => (each.open = true))")
    page.wait_for_function("[...document.querySelectorAll('.agenda .places > ul')].every((list) => list.firstChild)")
    page.evaluate(RUN, AXE.read_text("utf-8"))
    page.evaluate(BEGIN, [{"type": "tag", "values": TAGS}, {"normal": {}}])
    assert page.evaluate("looking") == []
    assert page.evaluate(SMALL, 44) == []


def test_each_stands_where_it_comes_next(phone: BrowserContext, crowd: Path) -> None:
    """Today, on the next seven days or later; the times that nobody knows by themselves, what is over folded."""
    page = opened(phone, crowd, "activities/index.html")
    heads = page.locator(".programme .run:visible > h2").all_inner_texts()
    assert [head.split()[0] for head in heads[:4]] == ["今天", "接下来七天", "再往后", "时间待核实"]
    days = page.locator(f"{NEXT} .agenda-day")
    assert [day.split("\n")[0] for day in days.locator("h3").all_inner_texts()][:2] == ["明天12月3日 周四", "12月4日 周五"]
    assert days.count() == 7 and "四点半课堂" in days.last.inner_text()  # Wednesday of the next week
    days.nth(1).locator("summary").first.click()
    expect(days.nth(1).locator("ol > li", has_text="红色电影放映")).to_have_count(1)
    later = page.locator(f"{LATER} .agenda > li")
    assert "12月10日" in later.first.inner_text() and page.locator(f"{LATER} li", has_text=BARBER).count() == 0
    expect(page.locator(".events-over > summary")).to_have_text("已经结束的 1 项")
    expect(page.locator(".events-over")).not_to_have_attribute("open", "")


def test_the_seven_days_roll_on_a_sunday(phone: BrowserContext, crowd: Path) -> None:
    page = opened(phone, crowd, "activities/week.html", SUNDAY)
    days = [day.split("\n")[0] for day in page.locator(f"{WEEK} .agenda-day > h3").all_inner_texts()]
    assert days == ["今天12月6日 周日", "明天12月7日 周一", *(f"12月{8 + at}日 周{'二三四五六'[at]}" for at in range(5))]
    assert page.locator(f"{WEEK} .agenda-day").nth(3).locator(".agenda > li", has_text=BARBER).count() == 1


def test_more_of_a_day_comes_when_asked_for(phone: BrowserContext, crowd: Path) -> None:
    page = opened(phone, crowd, "activities/index.html", "2026-12-19T08:00:00+08:00")  # a Saturday
    lines = page.locator(f"{TODAY} .agenda > li")
    first, more = lines.count(), page.locator(f"{TODAY} .agenda-more")
    rest = int("".join(filter(str.isdigit, more.inner_text())))
    more.click()
    expect(lines).to_have_count(first + rest)
    expect(more).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('li') !== null")


def test_a_kind_and_a_town_have_their_own_days(phone: BrowserContext, crowd: Path) -> None:
    page = opened(phone, crowd, "activities/kind-linli.html")
    told = page.locator(f"{TODAY} h3, {NEXT} summary > span").all_inner_texts()
    assert BARBER in told and not any("四点半课堂" in each for each in told)
    page = opened(phone, crowd, "activities/town-hecheng.html")
    line = page.locator(f"{TODAY} .agenda > li", has_text=BARBER)
    line.locator("summary").click()
    line.locator("li a").first.wait_for()
    hrefs = [link.get_attribute("href") or "" for link in line.locator("li a").all()]
    assert hrefs and all(int(href.partition("p-")[2][:2]) % 4 == 0 for href in hrefs)


def test_near_ones_come_first_where_the_visitor_said_where_she_is(phone: BrowserContext, crowd: Path) -> None:
    """Earlier in her visit, without being asked again; those whose place nobody knows come last."""
    lon, lat = spot(40)  # behind the last of them
    phone.add_init_script(f"sessionStorage.setItem('haitang-here', '{lon},{lat}')")
    page = opened(phone, crowd, "activities/index.html")
    line = page.locator(f"{TODAY} .agenda > li", has_text=BARBER)
    line.locator("summary").click()
    expect(line.locator("li a")).to_have_count(AT_BARBER)
    order = [int((link.get_attribute("href") or "").partition("p-")[2][:2]) for link in line.locator("li a").all()]
    known = [number for number in order if number % 5]
    assert order == sorted(known, reverse=True) + [number for number in order if number % 5 == 0]
    nearest = line.locator("li").first.locator(".distance").inner_text().strip()
    assert line.locator(".event-head .distance").inner_text() == nearest
    assert line.locator("li").first.locator(".distance").inner_text().strip().startswith("约 ")
    assert line.locator("li").last.locator(".distance").count() == 0
    expect(page.locator("[data-near] [aria-pressed=true]")).to_be_visible()
    assert "直线估计" in page.locator(".near-said").inner_text()


def test_the_place_is_chosen_as_in_lists(phone: BrowserContext, crowd: Path) -> None:
    page = opened(phone, crowd, "activities/week.html")
    assert page.locator(".distance").count() == 0
    page.locator("[data-near] > button").click()  # from file:// no browser tells: a town does as well
    page.locator(".near-towns").select_option("qingshan")
    expect(page.locator(f"{WEEK} .agenda > li > div .distance").first).to_be_visible()
    page.locator("[data-near] > button").click()
    expect(page.locator(".distance")).to_have_count(0)


@pytest.mark.parametrize("path", ["index.html", *(f"activities/{name}.html" for name in LISTS)])
def test_nothing_jumps_when_the_days_come(phone: BrowserContext, origin: str, path: str) -> None:
    assert moved(phone, f"{origin}/{path}") <= STILL


@pytest.mark.parametrize("path", ["index.html", "activities/index.html", "activities/week.html", "activities/kind-xuexi.html"])
def test_nothing_jumps_where_there_is_little(phone: BrowserContext, sites_over_http: str, path: str) -> None:
    assert moved(phone, f"{sites_over_http}programme/{path}") <= STILL


def moved(phone: BrowserContext, address: str) -> float:
    """How far anything moves on a slow phone with a slow line until the days stand."""
    page = phone.new_page()
    page.clock.set_fixed_time(WEDNESDAY)
    page.add_init_script(MOVED)
    session = phone.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LATE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address)
    page.locator(STANDS).first.wait_for()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found = page.evaluate("window.moved")
    assert isinstance(found, int | float)
    return found
