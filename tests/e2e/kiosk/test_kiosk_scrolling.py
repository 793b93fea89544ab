"""What can be scrolled on the written pages of rich entries is reached by keys, in every format and way of reading."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.kiosk.pages_world import app_at, small_world
from tests.e2e.kiosk.test_kiosk_pages import WEDNESDAY, go
from tests.e2e.site.conftest import Watched
from tests.e2e.site.test_accessibility import AXE

SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080), "4k": (3840, 2160), "small": (1366, 768)}
WAYS = ("", "large", "low", "large low")
ADDRESSES = ("position:chang", "position:he-cheng", "position:xiao-qu", "brand:he-hua", "about")
SET = """(ways) => {
  const { dataset } = document.documentElement;
  if (ways.includes('large')) dataset.size = 'large'; else delete dataset.size;
  if (ways.includes('low')) dataset.reach = 'low'; else delete dataset.reach;
  document.dispatchEvent(new CustomEvent('haitang:display'));
}"""
# Also what a browser would scroll without asking axe: text beyond the edge of a box that keys do not come to.
LOOK = """async () => {
  const { violations } = await axe.run(document, { runOnly: { type: 'rule', values: ['scrollable-region-focusable'] },
    resultTypes: ['violations'], preload: false, iframes: false });
  const found = violations.flatMap(({ nodes }) => nodes.map(({ target }) => target.join(' ')));
  for (const box of document.querySelectorAll('.k-screen:not([hidden]) *')) {
    if (!/auto|scroll/.test(getComputedStyle(box).overflowY) || box.scrollHeight <= box.clientHeight + 1) continue;
    if (box.tabIndex < 0 && !box.querySelector('button')) found.push(`no key reaches ${box.className}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Entries with long stories, one of them at an address that is told at length."""
    folder = tmp_path_factory.mktemp("rich")
    root = small_world(folder / "data")
    file = root / "positions" / "hecheng" / "chang.yml"
    file.write_text(file.read_text("utf-8") + f"address: 样例路{'很长很长的弄堂' * 12}1 号\n", "utf-8")
    return app_at(root, folder / "app.html")


@pytest.mark.parametrize(
    "size", ["portrait", "landscape", *(pytest.param(size, marks=pytest.mark.long) for size in ("4k", "small"))]
)
def test_keys_reach_whatever_scrolls(rich: Path, browser: Browser, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True, reduced_motion="reduce")
    context.clock.set_fixed_time(WEDNESDAY)
    page = Watched(context.new_page()).page
    page.goto(rich.as_uri())
    page.locator("[data-screen=home] .k-card").first.wait_for(state="attached")
    page.locator("[data-screen=attract]").tap()
    page.evaluate("script => { (0, eval)(script); }", AXE.read_text("utf-8"))
    found: list[str] = []
    for ways in WAYS:
        page.evaluate(SET, ways)
        for address in ADDRESSES:
            go(page, address)
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))")
            found += [f"{ways} {address}: {one}" for one in page.evaluate(LOOK)]
    # Both sorts were there, and what no key reaches would be seen.
    page.evaluate("document.querySelector('.k-screen:not([hidden]) .k-read').removeAttribute('tabindex')")
    assert any("k-read" in one or "see" in one for one in page.evaluate(LOOK))
    context.close()
    assert not found, "\n".join(found)
