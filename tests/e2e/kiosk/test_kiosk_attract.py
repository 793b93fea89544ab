"""What a kiosk shows while nobody is there: slides, the touch that ends them, burn-in, motion, night and wrong clocks."""

import itertools
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.apps import site_at, write_app
from tests.e2e.kiosk.screen import BUILT, SIZES, WEDNESDAY, at, begin, data, opened
from tests.e2e.kiosk.screen import app as app_file


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("kiosk")
    yield app_file(folder / "data", folder / "样例 展厅")


def a_round(page: Page, slides: int = 8) -> list[str]:
    seen = [at(page)]
    for _ in range(slides - 1):
        page.clock.run_for(10_000)
        seen.append(at(page))
    return seen


@pytest.mark.requirement(7, 30)
def test_one_change_in_ten_seconds_and_all_slides_in_a_round(app: Path, browser: Browser) -> None:
    with opened(browser, app) as page:
        page.clock.run_for(7_000)  # the clock goes on by itself too, longer where the machine has much to do
        assert at(page) == "family"
        page.clock.run_for(3_500)
        assert at(page) != "family"
        seen = a_round(page)
        assert {"family", "figures", "map", "today", "brand"} <= set(seen)
        assert all(one != other for one, other in itertools.pairwise(seen))


def test_today_is_told_by_the_clock_and_left_out_where_it_cannot_be_right(app: Path, browser: Browser) -> None:
    with opened(browser, app) as page:
        while at(page) != "today":
            page.clock.run_for(10_000)
        told = page.locator(".a-today").inner_text()
        assert "老人理发" in told and "14:00" in told and "家长课堂" not in told
    for moment in ("1970-01-02T10:00:00+08:00", "2036-11-25T10:00:00+08:00"):
        with opened(browser, app, moment) as page:
            assert "today" not in a_round(page, 10)
            assert "2026-11-20" in page.locator(".a-date").inner_text()
            assert not page.locator("[data-stale]:visible").count() and not page.locator("[data-veil]:visible").count()
            begin(page)
            assert "开放中" not in page.locator("main").inner_text()


@pytest.mark.requirement(7)
@pytest.mark.parametrize("spot", [(0.5, 0.5), (0.002, 0.001), (0.998, 0.001), (0.002, 0.999), (0.998, 0.999)])
def test_any_touch_begins_and_touches_nothing_else(app: Path, browser: Browser, spot: tuple[float, float]) -> None:
    with opened(browser, app) as page:
        page.touchscreen.tap(int(spot[0] * 1080), int(spot[1] * 1920))
        assert "is-leaving" in (page.locator(".k-attract").get_attribute("class") or "")
        page.clock.run_for(500)
        assert at(page) == "session"
        assert page.evaluate("document.documentElement.dataset.at") == "home"
        assert page.locator("[data-screen=display]").is_hidden()
        page.clock.run_for(125_000)
        assert at(page) == "family"


@pytest.mark.parametrize("size", SIZES)
def test_every_slide_fits_and_says_touch(app: Path, browser: Browser, size: tuple[int, int]) -> None:
    with opened(browser, app, size=size) as page:
        for _ in range(8):
            inside = page.evaluate(
                """() => [...document.querySelectorAll('.a-touch, .a-date, .a-slide.is-on .a-say *')].filter((element) => {
                  const { left, top, right, bottom, width } = element.getBoundingClientRect();
                  return width && (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight);
                }).map((element) => element.textContent)"""
            )
            assert inside == []
            assert page.locator(".a-touch").is_visible()
            small = page.evaluate(
                """() => [...document.querySelectorAll(
            '.a-touch, .a-date, .a-slide.is-on p, .a-slide.is-on dd, .a-slide.is-on li')]
                .map((element) => parseFloat(getComputedStyle(element).fontSize))
        .filter((size) => size < 0.0259 * Math.min(innerWidth, innerHeight))"""
            )
            assert small == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            page.clock.run_for(10_000)


def picture(page: Page, selector: str) -> tuple[Image.Image, dict[str, float]]:
    box = page.locator(selector).bounding_box()
    assert box
    return Image.open(BytesIO(page.screenshot())).convert("RGB"), {
        "x": box["x"],
        "y": box["y"],
        "width": box["width"],
        "height": box["height"],
    }


@pytest.mark.requirement(29)
@pytest.mark.parametrize("size", SIZES[:2])
def test_what_is_fixed_changes_sides_every_ten_minutes(app: Path, browser: Browser, size: tuple[int, int]) -> None:
    """On the words that every slide carries: the pixels of either place that stand out from the ground are others."""
    with opened(browser, app, size=size) as page:
        before, box = picture(page, ".a-touch")
        page.clock.run_for(600_000)
        while at(page) != "family":
            page.clock.run_for(10_000)
        after, other = picture(page, ".a-touch")
        assert abs(box["x"] - other["x"]) > box["width"]
        left, top = int(box["x"]) + 8, int(box["y"]) + 8
        spot = (left, top, left + int(box["width"]) - 16, top + int(box["height"]) - 16)
        first, second = before.crop(spot), after.crop(spot)
        changed, shown = ImageChops.difference(first, second).convert("L").tobytes(), first.getchannel("G").tobytes()
        strong = [pixel != 0 for pixel, green in zip(changed, shown, strict=True) if green < 160]
        assert len(strong) > 500 and sum(strong) >= 0.95 * len(strong)


@pytest.mark.requirement(29)
def test_the_root_moves_each_minute_also_in_a_session(app: Path, browser: Browser) -> None:
    with opened(browser, app) as page:
        begin(page)
        places = set()
        for _ in range(3):
            box = page.locator(".kiosk").bounding_box()
            assert box and abs(box["x"]) <= 4 and abs(box["y"]) <= 4
            places.add((box["x"], box["y"]))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            page.clock.run_for(25_000)
            page.touchscreen.tap(540, 30)
            page.clock.run_for(35_000)
        assert len(places) == 3


@pytest.mark.requirement(30)
def test_reduced_motion_is_plain_cuts(app: Path, browser: Browser) -> None:
    seconds = "getComputedStyle(document.querySelector('.a-slide')).transitionDuration"
    with opened(browser, app) as page:
        assert page.evaluate(seconds) == "0s"
        page.clock.run_for(10_500)
        assert page.locator(".a-slide:visible").count() == 1
    with opened(browser, app, still=False) as page:
        assert page.evaluate(seconds) == "0.6s"


def test_the_night_is_dark_and_a_touch_lifts_it(app: Path, browser: Browser) -> None:
    with opened(browser, app, "2026-11-25T21:29:30+08:00") as page:
        assert page.locator("[data-veil]").is_hidden()
        page.clock.run_for(60_000)
        assert page.locator("[data-veil]").is_visible()
        begin(page)
        assert at(page) == "session" and page.locator("[data-veil]").is_hidden()


def test_old_data_say_so(app: Path, browser: Browser) -> None:
    with opened(browser, app, "2027-02-18T10:00:05+08:00") as page:
        assert page.locator("[data-stale]:visible").count() == 0
    with opened(browser, app, "2027-02-19T10:00:05+08:00") as page:
        assert "资料可能变了，去之前请打电话问一问" in page.locator(".a-date").inner_text()
        begin(page)
        assert "资料可能变了，去之前请打电话问一问" in page.locator(".k-head").inner_text()


NOTICES = """notices:
  - {text: 台风天下午关门, from: 2026-11-24, until: 2026-11-26}
  - {text: 十二月调时间, from: 2026-12-01, until: 2026-12-31, areas: [hecheng]}
  - {text: 青山停水, from: 2026-11-01, until: 2026-12-31, areas: [qingshan]}
"""


def test_notices_are_a_slide_on_their_days(tmp_path: Path, browser: Browser) -> None:
    root = data(tmp_path / "data")
    with (root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(NOTICES)
    with (root / "positions" / "hecheng" / "xiao-qu.yml").open("a", encoding="utf-8") as file:
        file.write("notices:\n  - {text: 内部装修, from: 2026-11-24, until: 2026-11-26}\n")
    hall = write_app(site_at(root, BUILT), tmp_path / "hall" / "app.html", BUILT)
    for moment, told in ((WEDNESDAY, ["台风天下午关门"]), ("2026-12-02T10:00:05+08:00", ["十二月调时间"])):
        with opened(browser, hall, moment) as page:
            while at(page) != "notices":
                page.clock.run_for(10_000)
            lines = page.locator(".a-notices .notice-line:visible")
            assert [line.split("2026年")[0].strip().rpartition("：")[2] for line in lines.all_inner_texts()] == told
            begin(page)
            page.evaluate(
                """() => {
                  const key = document.querySelector('.k-stage').appendChild(document.createElement('button'));
                  key.dataset.go = 'position:xiao-qu';
                  key.click();
                }"""
            )
            assert page.locator(".k-read", has_text="内部装修").is_visible()
            assert page.get_by_text("内部装修").is_visible() == (moment == WEDNESDAY)
    with opened(browser, hall, "2026-11-29T10:00:05+08:00") as page:
        assert "notices" not in a_round(page, 10)
