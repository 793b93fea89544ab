"""The staff's sheet with a launcher that tells what a test lets it tell: everything fits, is said in words, and is checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Frame, Page

from tests.e2e.kiosk.apps import site_at, write_app
from tests.e2e.kiosk.screen import BUILT, PIN, RELEASE, data
from tests.e2e.kiosk.test_kiosk_accessibility import looked
from tests.e2e.kiosk.test_kiosk_staff import corner, type_in, wake

SIZES = ((1080, 1920), (1920, 1080), (1366, 768), (768, 1366))
PAGES = ("state", "actions", "settings", "events", "counts")
OLD = "20261101-ba9876543210"
# A page around the app, as the launcher is: with everything that it may tell, at its longest, and what a stranger may put in.
PARENT = """<!doctype html><body style="margin:0"><script>
window.told = [];
window.settings = { brightness: 999, language: '<b>', more: 1 };
window.previous = '%s';
const at = Date.parse('2026-11-25T02:00:00Z');
const codes = ['script', 'blank', 'data', 'photo', 'odd'];
window.log = codes.map((id, n) => ({ at: at + n * 6e4, what: 'error', id, n: 1 + n * 200 })).concat(
  ['start', 'shown', 'refused', 'silent', 'failed', 'errors', 'trouble', 'restart', 'back'].map((what, n) => (
    { at: at + (9 + n) * 6e4, what, id: /shown|refused|silent|failed|errors|back/.test(what) ? previous : '', n: 1 })),
  [{ at, what: 'who', id: '', n: 1 }, { at, what: 'error', id: 'a text of somebody', n: 1 }, null]);
const days = {};
for (let ago = 0; ago < 80; ago++) {
  const day = new Date(Date.now() + 288e5 - ago * 864e5).toISOString().slice(0, 10);
  days[day] = { sessions: 2222, resets: 2, errors: 1, 'no-result': 1, qr: 1 };
  for (const name of 'home search list map position brands brand today about'.split(' ')) days[day]['screens.' + name] = 9;
}
const tell = (what) => frames[0].postMessage(Object.assign({ src: 'hthh', v: 1 }, what), '*');
addEventListener('message', ({ source, data }) => {
  if (source !== frames[0]) return;
  told.push(data);
  if (data.type === 'ready') tell({ type: 'launcher', settings });
  if (data.type === 'counts') tell({ type: 'counts', days });
  if (data.type === 'staff') tell({ type: 'staff', awake: 50 * 36e5 + 61e3, previous, kept: false, log });
});
</script><iframe sandbox="allow-scripts" src="app.html" style="border:0;position:fixed;width:100%%;height:100%%"></iframe>"""
# What of the page that is shown, of the tabs and of the touch test reaches over its edge, is cut, or is too small for a finger.
FAULTS = """() => {
  const hit = 0.074 * Math.min(innerWidth, innerHeight) - 1, faults = [];
  const sheet = document.querySelector('[data-screen=staff]').getBoundingClientRect();
  const pane = document.querySelector('.s-pane:not([hidden])');
  const room = pane.getBoundingClientRect();
  const inside = (box, of) =>
    box.bottom <= of.bottom + 1 && box.right <= of.right + 1 && box.left >= of.left - 1 && box.top >= of.top - 1;
  for (const element of pane.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (!element.getClientRects().length || element.closest('svg') || element.matches('.s-again, .s-export pre')) continue;
    const name = `${element.localName} ${element.className} ${element.textContent.slice(0, 20)}`;
    if (!inside(box, room)) faults.push('over the edge: ' + name);
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth) faults.push('cut: ' + name);
  }
  for (const key of document.querySelectorAll('[data-screen=staff] button')) {
    const box = key.getBoundingClientRect();
    if (!box.width) continue;
    if (box.height < hit || box.width < hit || !inside(box, sheet)) faults.push('key: ' + key.textContent);
    if (key.scrollWidth > key.clientWidth + 1) faults.push('cut key: ' + key.textContent);
    if (innerHeight > innerWidth && box.bottom < innerHeight / 2) faults.push('out of reach: ' + key.textContent);
  }
  const codes = [...pane.querySelectorAll('svg')].map((each) => each.getBoundingClientRect());
  if (codes.some((box) => box.width < 120 || !inside(box, room))) faults.push('code');
  return faults;
}"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("staff")
    file = write_app(site_at(data(folder / "data"), BUILT), folder / "app.html", BUILT, release=RELEASE)
    (folder / "parent.html").write_text(PARENT % OLD, encoding="utf-8")
    return file


@contextmanager
def sheet(browser: Browser, app: Path, before: str = "") -> Iterator[tuple[Page, Frame]]:
    """The sheet, once it has opened. `before` runs in the page around it first."""
    page = browser.new_page(viewport={"width": 1080, "height": 1920}, has_touch=True, reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    if before:
        page.add_init_script(f"if (window === parent) addEventListener('DOMContentLoaded', () => {{ {before} }})")
    page.goto((app.parent / "parent.html").as_uri())
    page.wait_for_function("told.some(({ type }) => type === 'ready')")
    frame = page.frames[1]
    wake(page, frame)
    corner(page)
    type_in(frame, PIN)
    frame.wait_for_selector("[data-page=settings]:not([hidden])")
    yield page, frame
    assert errors == []
    page.close()


@pytest.mark.requirement(13, 16)
def test_every_page_fits_every_screen(app: Path, browser: Browser) -> None:
    found: dict[str, list[str]] = {}
    with sheet(browser, app) as (page, frame):
        for name in PAGES:
            frame.click(f"[data-page={name}]")
            page.wait_for_timeout(150)
            found[f"axe {name}"] = looked(frame)
        for size in SIZES:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            for letters in ("", "large"):
                frame.evaluate("(size) => { document.documentElement.dataset.size = size }", letters)
                for name in PAGES:
                    frame.click(f"[data-page={name}]")
                    page.wait_for_timeout(150)
                    found[f"{size} {letters} {name}"] = frame.evaluate(FAULTS)
                    if name == "counts":
                        rows = 0
                        while True:
                            rows += frame.locator(".s-counts tbody tr").count()
                            if frame.locator("[data-part=on]").is_disabled():
                                break
                            frame.click("[data-part=on]")
                            found[f"{size} {letters} {name}"] += frame.evaluate(FAULTS)
                        assert rows >= 14
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_state_is_read_without_a_network(app: Path, browser: Browser) -> None:
    with sheet(browser, app, "log = log.filter((one) => one && one.what === 'error')") as (page, frame):
        (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot())))
        assert found.text == frame.locator("[data-state-text]").text_content()
        lines = found.text.splitlines()
        assert lines[:2] == ["样例展厅（yang-li）", f"版本：{RELEASE}"]
        assert lines[2].startswith(f"数据：{BUILT}，") and lines[3] == "已经开着：50 小时 1 分"
        assert lines[4].startswith("最近一次出错：2026-11-25 10:0") and "出错" in lines[4]
        assert len(found.text.encode()) <= 300 and "://" not in found.text


def test_what_happened_is_said_newest_first_and_nothing_else(app: Path, browser: Browser) -> None:
    with sheet(browser, app) as (_, frame):
        frame.click("[data-page=events]")
        said = frame.locator(".s-events li").all_inner_texts()
        assert len(said) == 10 and "退回" in said[0] and "2026-11-25 10:17" in said[0]
        assert not any("somebody" in line or "who" in line for line in said)


def test_errands_are_told_in_words(app: Path, browser: Browser) -> None:
    with sheet(browser, app) as (page, frame):
        frame.click("[data-page=actions]")
        told = frame.locator("[data-pane=actions] [data-told]")
        assert frame.locator("[data-alone]").is_hidden() and OLD in frame.locator("[data-errand=previous]").inner_text()
        words = {
            "same": f"没有新的。现在放的 {RELEASE}", "broken": "没拷全", "unreadable": "读不出来", "busy": "正忙",
            "taken": "有新版本",
        }  # fmt: skip
        for outcome, word in words.items():
            frame.click("[data-errand=update]")
            assert "正在看" in told.inner_text() and frame.locator("[data-errand=restart]").is_disabled()
            page.evaluate("tell({ type: 'done', errand: 'update', outcome: 'boom', id: '<b>' })")
            page.evaluate("tell({ type: 'done', errand: 'dance', outcome: 'same', id: '' })")
            page.evaluate(f"tell({{ type: 'done', errand: 'update', outcome: '{outcome}', id: '{RELEASE}' }})")
            frame.wait_for_function(f"document.querySelector('[data-pane=actions] [data-told]').textContent.includes('{word}')")
        assert page.evaluate("told.filter(({ type }) => type === 'errand').length") == len(words)
        page.evaluate("previous = ''")
        frame.click("[data-page=actions]")
        frame.wait_for_selector("[data-errand=previous]", state="hidden")
        assert "没有能退回的版本" in told.inner_text()


def until_kept(page: Page, settings: dict[str, object]) -> None:
    """Until the page around it was asked to keep exactly these: messages take their time."""
    page.wait_for_function(
        """wanted => {
          const [last = {}] = told.filter(({ type }) => type === "keep").map(({ settings }) => settings).reverse();
          return JSON.stringify(Object.entries(last).sort()) === JSON.stringify(wanted);
        }""",
        arg=sorted(map(list, settings.items())),
    )


def test_what_is_set_holds_at_once_and_goes_back_to_the_hall(app: Path, browser: Browser) -> None:
    with sheet(browser, app, "settings = { brightness: 60, night: [1320, 300] }") as (page, frame):

        def row(name: str) -> str:
            return frame.locator(f"[data-setting={name}]").inner_text().replace("\n", " ").removesuffix(" − +")

        dark = "getComputedStyle(document.documentElement, '::after').opacity"
        frame.click("[data-page=settings]")
        assert frame.evaluate(dark) == "0.4"
        assert row("brightness") == "亮度 60 % 这台另定，展厅写的是 100 %" and row("volume").endswith("100 % 照展厅写的")
        assert (
            row("from") == "夜里调暗，从 22:00 这台另定，展厅写的是 21:30"
            and "不让保存" in frame.locator("[data-unkept]").inner_text()
        )
        for _ in range(5):
            frame.click("[data-set=brightness][data-step='-1']")
        assert frame.evaluate(dark) == "0.7"
        until_kept(page, {"brightness": 30, "night": [1320, 300]})
        frame.click("[data-set=volume][data-step='-1']")
        frame.click("[data-set=until][data-step='1']")
        until_kept(page, {"brightness": 30, "night": [1320, 330], "volume": 90})
        frame.click("[data-never]")
        until_kept(page, {"brightness": 30, "night": [0, 0], "volume": 90})
        assert "不调暗" in row("from")
        frame.click("[data-again]")
        until_kept(page, {})
        assert row("from") == "夜里调暗，从 21:30 照展厅写的"
        assert not frame.evaluate("document.documentElement.classList.contains('is-dimmed')")
        assert frame.locator("[data-again]").is_disabled()


def test_a_finger_finds_every_field(app: Path, browser: Browser) -> None:
    """To the corners; what is beneath gets nothing of it."""
    with sheet(browser, app) as (page, frame):
        frame.click("[data-page=actions]")
        frame.click("[data-touch]")
        assert looked(frame) == []
        left, size = frame.locator("[data-unseen]"), (1080, 1920)
        for _ in range(6):  # that corner opens nothing here
            page.touchscreen.tap(2, 2)
        assert frame.locator("[data-screen=staff-pad]").is_hidden() and "44" in left.inner_text()
        assert "2，2" in frame.locator("[data-where]").inner_text()
        for x, y in [(1078, 2), (2, 1918), (1078, 1918)]:
            page.touchscreen.tap(x, y)
        assert "41" in left.inner_text()
        for row in range(9):
            for column in range(5):
                if (row, column) != (4, 2):  # the key to end it
                    page.touchscreen.tap(int((column + 0.5) * size[0] / 5), int((row + 0.5) * size[1] / 9))
        page.touchscreen.tap(540, 960 - 95)
        assert left.inner_text() == "每一格都点到了"
        assert frame.evaluate("document.documentElement.dataset.at") == "home"
        frame.click("[data-end]")
        assert frame.locator("[data-screen=touch-test]").is_hidden() and frame.locator("[data-screen=staff]").is_visible()
