"""The corner for staff: the number, what is shown behind it, and the codes that carry the counts away."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Frame, Page

from tests.e2e.kiosk.screen import PIN, RELEASE, WEDNESDAY, opened
from tests.e2e.kiosk.screen import app as app_file

# A page around the app that answers as the launcher does, with what a stranger might have put between the counts.
PARENT = """<!doctype html><body style="margin:0"><script>
window.told = [];
const tell = (what) => frames[0].postMessage(Object.assign({ src: 'hthh', v: 1 }, what), '*');
addEventListener('message', ({ source, data }) => {
  if (source !== frames[0]) return;
  told.push(data);
  if (data.type === 'ready') tell({ type: 'launcher' });
  if (data.type !== 'counts') return;
  const days = { bad: { sessions: 9 } };
  for (let ago = 0; ago < 80; ago++) {
    const day = new Date(Date.now() + 288e5 - ago * 864e5).toISOString().slice(0, 10);
    days[day] = { sessions: 2, resets: 2, 'screens.home': 3, '<b>': 1, qr: 'x' };
  }
  tell({ type: 'counts', days });
});
</script><iframe sandbox="allow-scripts" src="app.html" style="border:0;position:fixed;width:100%;height:100%"></iframe>"""


DAYS = "told.filter(({ type }) => type === 'count' || type === 'counts').map(({ day }) => day)"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("kiosk")
    file = app_file(folder / "data", folder / "样例 展厅")
    (file.parent / "parent.html").write_text(PARENT, encoding="utf-8")
    yield file


@contextmanager
def framed(browser: Browser, app: Path) -> Iterator[tuple[Page, Frame]]:
    page = browser.new_page(viewport={"width": 1080, "height": 1920}, has_touch=True, reduced_motion="reduce")
    page.goto((app.parent / "parent.html").as_uri())
    page.wait_for_function("told.some(({ type }) => type === 'ready')")
    frame = page.frames[1]
    wake(page, frame)
    yield page, frame
    page.close()


def wake(page: Page, app: Frame) -> None:
    """Begins a visit: a frame in a process of its own takes touches a moment after it was painted."""
    for _ in range(20):
        page.touchscreen.tap(270, 480)
        page.wait_for_timeout(300)
        if app.locator(".k-attract").is_hidden():
            break


def corner(page: Page, taps: int = 5) -> None:
    for _ in range(taps):
        page.touchscreen.tap(30, 30)


def type_in(page: Page | Frame, digits: str) -> None:
    for digit in digits:
        page.click(f"[data-digit='{digit}']")
    page.click("[data-enter]")


@pytest.mark.requirement(35)
def test_counts_by_name_and_days(app: Path, browser: Browser) -> None:
    with framed(browser, app) as (page, frame):
        corner(page)
        type_in(frame, PIN)
        frame.click("[data-page=counts]")
        frame.wait_for_selector(".s-counts tbody tr")
        rows = [row.split() for row in frame.locator(".s-counts tbody tr").all_inner_texts()]
        assert rows == [["有人来用", "14", "60", "160"], ["用完回到开头", "14", "60", "160"], ["打开“首页”", "21", "90", "240"]]
        counted = page.evaluate("told.filter(({ type }) => type === 'count').map(({ what }) => what)")
        assert counted[:2] == ["sessions", "screens.home"]
        here = page.evaluate("new Date(Date.now() + 288e5).toISOString().slice(0, 10)")
        assert set(page.evaluate(DAYS)) == {here}
        # Where the directory is, it is three days later: four of its last seven days have been counted.
        frame.evaluate("HAITANG.zone = [[0, 480 + 3 * 1440]]")
        frame.click("[data-screen=staff] [data-close]")
        corner(page)
        type_in(frame, PIN)
        frame.click("[data-page=counts]")
        frame.wait_for_selector(".s-counts tbody tr")
        assert frame.locator(".s-counts tbody tr").first.inner_text().split()[1] == "8"
        assert page.evaluate(DAYS)[-1] > here


def test_each_code_can_be_read_from_the_screen(app: Path, browser: Browser) -> None:
    with framed(browser, app) as (page, frame):
        corner(page)
        type_in(frame, PIN)
        frame.click("[data-page=counts]")
        frame.wait_for_selector(".s-export svg")
        lines: list[str] = []
        while True:
            (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot())))
            assert found.text == frame.locator("[data-text]").text_content()
            assert found.text.splitlines()[1] == "day sessions resets s.home"
            lines += found.text.splitlines()[2:]
            if frame.locator("[data-part=on]").is_disabled():
                break
            frame.click("[data-part=on]")
        assert len(lines) == 80 and {line.split(" ", 1)[1] for line in lines} == {"2 2 3"}


def test_without_a_launcher_it_says_so_and_leaves_by_itself(app: Path, browser: Browser) -> None:
    with opened(browser, app) as page:
        corner(page)
        page.clock.run_for(500)
        assert page.locator("[data-screen=staff-pad]").is_visible()
        type_in(page, PIN)
        facts = page.locator(".s-facts").inner_text()
        assert RELEASE in facts and "2026-11-20" in facts and "5 天前" in facts
        page.click("[data-page=actions]")
        assert page.locator("[data-alone]").is_visible() and page.locator(".s-way:visible").count() == 1
        assert page.locator(".s-tabs button:visible").all_inner_texts() == ["状态", "操作", "计数", "关闭"]
        page.click("[data-page=counts]")
        page.locator("[data-none]", has_text="index.html").wait_for()
        assert page.locator(".s-export").is_hidden()
        page.click("[data-page=actions]")
        page.click("[data-touch]")
        assert page.locator("[data-screen=touch-test]").is_visible()
        page.clock.run_for(61_000)
        assert page.locator("[data-screen=touch-test]").is_hidden()
        assert page.locator("[data-screen=staff]").is_hidden()


def test_five_taps_in_three_seconds_and_no_fewer(app: Path, browser: Browser) -> None:
    with opened(browser, app) as page:
        corner(page, 4)
        page.clock.run_for(3_500)
        corner(page, 4)
        assert page.locator("[data-screen=staff-pad]").is_hidden()


def test_three_wrong_numbers_close_it_for_a_minute(app: Path, browser: Browser) -> None:
    with opened(browser, app, WEDNESDAY) as page:
        corner(page)
        page.clock.run_for(500)
        for _ in range(3):
            type_in(page, "1111")
        type_in(page, PIN)
        assert page.locator("[data-screen=staff]").is_hidden() and "1 分钟" in page.locator("[data-typed]").inner_text()
        page.clock.run_for(61_000)
        type_in(page, PIN)
        assert page.locator("[data-screen=staff]").is_visible()
        page.click(".k-bar [data-home]")
        assert page.locator("[data-screen=staff]").is_hidden()
