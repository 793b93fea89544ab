"""Nothing jumps while a page comes: every kind of page on a phone with a slow line, as long as it loads and a little longer."""

import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError

from tests.e2e.site.conftest import _served
from tests.e2e.site.page_kinds import kinds
from tests.e2e.site.test_activities_at_size import LATE, MOVED, STILL

AT_ONCE = 6  # windows that load side by side
# What moves, and by how much, for whoever has to mend it.
WHICH = """window.which = []; new PerformanceObserver((list) => {
  for (const {value, hadRecentInput, sources, startTime} of list.getEntries()) {
    if (hadRecentInput || value < 0.002) continue;
    const of = ({node, previousRect, currentRect}) => {
      const element = node && (node.nodeType === 1 ? node : node.parentElement);
      return `${element ? element.outerHTML.slice(0, 70) : node} from ${previousRect.y} to ${currentRect.y}`;
    };
    window.which.push(`${value.toFixed(3)} at ${Math.round(startTime)} ms: ${sources.map(of).join('; ')}`);
  }
}).observe({type: "layout-shift", buffered: true});"""
HALT = b'<ul class="foot-links">'  # a page is painted with half its footer, as on a busy phone, before the rest comes
AT_REST = """() => document.readyState === 'complete' && performance.getEntriesByType('resource')
  .every(({responseEnd}) => performance.now() - responseEnd > 400)"""
COMING = """() => [document.readyState, performance.now(), ...[...document.images].filter((one) => !one.complete)
  .map((one) => one.currentSrc), ...performance.getEntriesByType('resource')
  .map(({name, responseEnd}) => `${name} ${responseEnd}`)]"""


class Halting(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        begun, mark, rest = file.read_bytes().partition(HALT) if file.suffix == ".html" and file.is_file() else (b"", b"", b"")
        if not mark:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(begun + mark)
        self.wfile.flush()
        time.sleep(1)
        self.wfile.write(rest)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def halting(every_kind: Path) -> Iterator[str]:
    with _served(every_kind, Halting) as origin:
        yield f"{origin}/"


@pytest.fixture
def slow_phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce", service_workers="block")
    context.add_init_script(MOVED + WHICH)
    yield context
    context.close()


def begun(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LATE)
    page.goto(address, wait_until="commit")
    return page


def at_rest(page: Page) -> None:
    """Waits until all has come; raises with what has not."""
    try:
        page.wait_for_function(AT_REST)
    except TimeoutError as late:
        raise AssertionError(f"{page.url}: {page.evaluate(COMING)}") from late


def test_nothing_jumps_on_any_kind_of_page(slow_phone: BrowserContext, halting: str) -> None:
    wrong: list[str] = []
    addresses = [*dict.fromkeys(f"{kind.site}/{kind.path}" for kind in kinds())]
    for start in range(0, len(addresses), AT_ONCE):
        pages = [(address, begun(slow_phone, halting + address)) for address in addresses[start : start + AT_ONCE]]
        for address, page in pages:
            at_rest(page)
            moved = page.evaluate("window.moved")
            if moved > STILL:
                wrong.append(f"{address}: {moved:.3f} {page.evaluate('window.which')}")
            page.close()
    assert wrong == [], "\n".join(wrong)
