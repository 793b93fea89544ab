"""What nobody is there to mend: a screen without a word, a page that leads nowhere, a visit that nobody began."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.kiosk.apps import kiosk_of
from tests.e2e.kiosk.screen import app as app_file
from tests.e2e.kiosk.screen import at, begin, opened
from tests.worlds import WORLD


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("kiosk")
    yield app_file(folder / "data", folder / "样例 展厅")


def test_a_screen_without_a_word_goes_back_to_the_beginning(app: Path, browser: Browser) -> None:
    """The bar and the head are always there: they are no sign that something is told."""
    with opened(browser, app) as page:
        begin(page)
        assert at(page) == "session"
        page.click(".k-bar [data-go=search]")
        page.evaluate("document.querySelector('.k-screen:not([hidden])').style.opacity = 1")
        page.clock.run_for(20_000)
        assert at(page) == "session"
        page.evaluate("[...document.querySelector('.k-screen:not([hidden])').children].forEach((part) => (part.hidden = true))")
        page.clock.run_for(6_000)
        assert at(page) != "session"


def test_what_moves_by_itself_begins_no_visit(app: Path, browser: Browser) -> None:
    with opened(browser, app) as page:
        page.evaluate("""() => {
            const box = document.body.appendChild(document.createElement('div'));
            box.style.cssText = 'position: fixed; top: 0; width: 50px; height: 50px; overflow: scroll';
            box.appendChild(document.createElement('p')).style.height = '500px';
            box.scrollTop = 100;
            return new Promise((done) => box.addEventListener('scroll', done, { once: true }));
        }""")
        assert at(page) != "session"


def test_the_text_edition_leads_back_by_itself(tmp_path: Path, browser: Browser) -> None:
    """Who was sent there from a screen that did not start leaves it behind: the next one must find the screen again."""
    folder = kiosk_of(WORLD, tmp_path)
    text = (folder / "plain.html").read_text("utf-8")
    refresh = re.search(r'<meta http-equiv="refresh" content="(\d+); url=index.html">', text)
    assert refresh and 60 <= int(refresh[1]) <= 600
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "plain.html").as_uri())
    page.locator("a[href='index.html']").first.click()
    page.wait_for_url("**/index.html")
    context.close()
