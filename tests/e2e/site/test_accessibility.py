"""axe on every kind of page: three widths, normal, large, high contrast, light and dark; and sizes axe does not ask for.

Each width has one of the modes; with `--all`, every width has every mode.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.site.conftest import RUN
from tests.e2e.site.page_kinds import KINDS, Kind, show
from tests.worlds import PROJECT

AXE = PROJECT / "frontend" / "checks" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ORDER = ["heading-order", "landmark-unique", "scrollable-region-focusable", "region", "page-has-heading-one"]
# What can be another in the dark: the rest of a page is the same there.
COLOURS = ["color-contrast", "link-in-text-block"]
GUIDES = ("fields", "problems")  # the guides of editors, for which all that axe asks takes minutes
WIDTHS = {320: 640, 390: 844, 1440: 900}
MODES: dict[str, dict[str, str]] = {"large": {"size": "large"}, "normal": {}, "contrast": {"contrast": "high"}}
ONE_EACH = [[mode] for mode in MODES]  # the smallest window has the large letters
ALL_OF_THEM = [list(MODES)] * len(WIDTHS)
# Where a mark stands is what a map tells (2.5.8, essential): a key of the map or another mark may lie over its edge.
# Begins and does not wait: the windows of all widths are at it at once.
BEGIN = """([runOnly, modes]) => {
  const look = async () => {
    const found = [];
    for (const [mode, wanted] of Object.entries(modes)) {
      for (const name of ['size', 'contrast']) delete document.documentElement.dataset[name];
      Object.assign(document.documentElement.dataset, wanted);
      const report = await axe.run(document, {runOnly, resultTypes: ['violations'], preload: false, iframes: false});
      for (const {id, nodes} of report.violations) for (const {target, failureSummary} of nodes) {
        if (id === 'target-size' && /map-mark/.test(target.join())) continue;
        found.push(`${innerWidth} px, ${mode}: ${id}: ${target.join(' ')}: ${failureSummary.replace(/\\s+/g, ' ')}`);
      }
    }
    return found;
  };
  window.looking = look();
}"""
# Everything one taps, but for links in running text and the marks of the drawn map, whose towns are listed beside it. An input
# under its label counts with the label.
SMALL = """(least) => [...document.querySelectorAll('a[href], button, input, select, summary, [role=button], [role=option]')]
  .filter((element) => {
    if (!element.getClientRects().length || element.closest('.map-picture, .unseen, .skip')) return false;
    const display = getComputedStyle(element).display;
    if (display === 'inline' && element.closest('p, li, dd, td, figcaption')) return false;
    return getComputedStyle(element).visibility !== 'hidden';
  })
  .map((element) => {
    const own = element.matches('[type=search], select') || !element.labels || !element.labels.length;
    const {width, height} = (own ? element : element.labels[0]).getBoundingClientRect();
    const over = element.matches('a') && getComputedStyle(element, '::after').position === 'absolute'; // a whole card
    const enough = over || (width >= least - 0.5 && height >= least - 0.5);
    return enough ? '' : `${element.outerHTML.slice(0, 120)} ${width}×${height}`;
  })
  .filter(Boolean)"""


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[list[Page]]:
    """A window of each width; nothing moves in it, so that no colour is measured halfway."""
    contexts = [
        browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", service_workers="block")
        for width, height in WIDTHS.items()
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


@pytest.mark.requirement(38)
@pytest.mark.parametrize(
    "modes", [pytest.param(ONE_EACH, id="each"), pytest.param(ALL_OF_THEM, id="all", marks=pytest.mark.long)]
)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name not in GUIDES], ids=lambda kind: kind.name)
def test_axe_finds_nothing(windows: list[Page], sites_over_http: str, kind: Kind, modes: list[list[str]]) -> None:
    for page in windows:
        page.emulate_media(color_scheme="light")
        show(page, sites_over_http, kind)
        page.evaluate(RUN, AXE.read_text("utf-8"))
    found = looked(windows, modes, {"type": "tag", "values": TAGS})
    for page in windows:
        page.emulate_media(color_scheme="dark")
    assert found + [f"dark, {each}" for each in looked(windows, modes, COLOURS)] == []


def looked(windows: list[Page], modes: list[list[str]], rules: object) -> list[str]:
    """What axe finds in each window, in each of its modes."""
    for page, own in zip(windows, modes, strict=True):
        page.evaluate(BEGIN, [rules, {mode: MODES[mode] for mode in own}])
    return [found for page in windows for found in page.evaluate("looking")]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name in GUIDES], ids=lambda kind: kind.name)
def test_the_guides_of_editors_are_in_order(windows: list[Page], sites_over_http: str, kind: Kind) -> None:
    """Too long for all that axe asks in all windows: how they are ordered, and that keys reach all of them."""
    page = windows[-1]
    show(page, sites_over_http, kind)
    page.evaluate(RUN, AXE.read_text("utf-8"))
    page.evaluate(BEGIN, [{"type": "rule", "values": ORDER}, {"normal": {}}])
    assert page.evaluate("looking") == []


@pytest.mark.requirement(40)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_one_taps_is_large_enough(windows: list[Page], sites_over_http: str, kind: Kind) -> None:
    page = windows[1]
    show(page, sites_over_http, kind)
    assert page.evaluate(SMALL, 44) == []
