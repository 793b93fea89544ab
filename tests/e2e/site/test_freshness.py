"""The badge that ages, in a real Chromium: what it says on which day, and that nothing moves when it does."""

import pytest
from playwright.sync_api import Browser, Page

from tests.worlds import WORLD, publish

# The golden world was verified on the day of its data.
DAYS = [
    ("2020-06-30", "is-fresh", "2020-01-02 核实"),
    ("2020-09-10", "is-ageing", "8 个月前核实"),
    ("2021-03-01", "is-stale", "一年多没核实了"),
    ("2023-03-01", "is-stale", "3 年多没核实了"),
    ("1970-01-01", "", "2020-01-02 核实"),
    ("2099-01-01", "", "2020-01-02 核实"),
]
# How far anything moved that the visitor did not move.
WATCH = """window.moved = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value; }))
  .observe({ type: "layout-shift", buffered: true });"""
CLASSES = {"is-fresh", "is-ageing", "is-stale"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1577923200")  # 2020-01-02
        out = tmp_path_factory.mktemp("freshness")
        publish(WORLD, out)
    return (out / "site" / "positions" / "he-cheng.html").resolve().as_uri()


def seal(page: Page) -> tuple[str, set[str], float]:
    """Its text, its classes, and how wide it is."""
    badge = page.locator(".head .seal")
    box = badge.bounding_box()
    assert box
    return badge.inner_text(), set((badge.get_attribute("class") or "").split()), box["width"]


def test_the_badge_ages_and_nothing_moves(browser: Browser, address: str) -> None:
    without = browser.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    without.goto(address)
    plain, _, width = seal(without)
    assert plain == "2020-01-02 核实"
    without.close()
    for today, cls, text in DAYS:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.clock.set_fixed_time(f"{today}T12:00:00+08:00")
        page.add_init_script(WATCH)
        page.goto(address)
        page.wait_for_function("!document.documentElement.classList.contains('no-js')")
        said, classes, wide = seal(page)
        assert (said, classes & CLASSES) == (text, {cls} - {""}), today
        assert wide == pytest.approx(width, abs=0.5), today
        assert page.locator(".head .seal").get_attribute("datetime") == "2020-01-02"
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("window.moved") == 0, today
        page.close()
