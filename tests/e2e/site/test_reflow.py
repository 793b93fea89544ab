"""Letters twice as large in a window of 320 px: nothing is cut off, nothing lies over anything, nothing scrolls sideways."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ARGUMENTS, headless
from tests.e2e.site.page_kinds import KINDS, Kind, show

# Text in boxes that hide what does not fit, and text that reaches out of the window, outside boxes that can be scrolled.
CUT = """() => {
  const found = [];
  const style = (element) => getComputedStyle(element);
  const scrolls = (element) => element && (/auto|scroll/.test(style(element).overflowX) || scrolls(element.parentElement));
  for (const element of document.querySelectorAll('main *, header *, footer *')) {
    const apart = '.unseen, .fields thead, .skip, .map, svg, option, .sprite';
    if (!element.getClientRects().length || element.closest(apart)) continue;
    const {overflowX, overflowY, visibility, textOverflow} = style(element);
    if (visibility === 'hidden') continue;
    const say = (what) => found.push(`${what}: ${element.outerHTML.slice(0, 100)}`);
    const hides = element.innerText && element.innerText.trim() && !element.querySelector('svg, img');
    if (hides && /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 2) say('cut below');
    if (hides && /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 2) say('cut aside');
    if (textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth) say('shortened');
    if (scrolls(element.parentElement)) continue;
    for (const node of element.childNodes) {
      if (node.nodeType !== 3 || !node.textContent.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const out = ({left, right, width}) => width > 1 && (left < -1 || right > innerWidth + 1);
      if ([...range.getClientRects()].some(out)) say('out of the window');
    }
  }
  return found;
}"""
# What can be tapped and lies over another such thing; what sticks to the window's edge, or was opened, does so by its nature.
# What lies folded is not shown, though Chromium has boxes for it.
OVERLAPS = """() => {
  const over = (element) => {
    if (!element) return false;
    const {position, zIndex} = getComputedStyle(element);
    return /fixed|sticky/.test(position) || (position === 'absolute' && zIndex !== 'auto') || over(element.parentElement);
  };
  const boxes = [...document.querySelectorAll('a[href], button, input, select, summary')]
    .filter((element) => element.getClientRects().length && getComputedStyle(element).visibility !== 'hidden'
      && !element.closest('.map, .unseen, .skip, details:not([open]) > :not(summary)') && !over(element))
    .map((element) => ({element, rects: [...element.getClientRects()]}));
  const found = [];
  boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other) => {
    if (one.element.contains(other.element) || other.element.contains(one.element)) return;
    for (const a of one.rects) for (const b of other.rects) {
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 2 && height > 2) {
        found.push(`${one.element.outerHTML.slice(0, 90)} over ${other.element.outerHTML.slice(0, 90)}`);
      }
    }
  }));
  return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def large_print(browser: Browser) -> Iterator[Page]:
    """A phone of 320 px whose owner has set letters to 200 %."""
    running = browser.browser_type.launch(executable_path=headless(), args=[*ARGUMENTS, "--blink-settings=defaultFontSize=32"])
    context = running.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce", service_workers="block")
    yield context.new_page()
    running.close()


@pytest.mark.requirement(44)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_twice_as_large_loses_nothing(large_print: Page, sites_over_http: str, kind: Kind) -> None:
    page = large_print
    show(page, sites_over_http, kind)
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 32
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.evaluate(CUT) == []
    assert page.evaluate(OVERLAPS) == []
