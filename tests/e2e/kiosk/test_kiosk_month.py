"""A month in a hall: thousands of real visits, and the screen is no larger after them than after the first ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import ARGUMENTS, Shared, headless
from tests.e2e.kiosk.pages_world import three_languages
from tests.e2e.kiosk.soaking import PLAIN, SCRIPTS, Held, Ours, held, visits
from tests.e2e.site.conftest import Watched

FEW = 8  # visits, each of another kind


@pytest.fixture(scope="module")
def hall(shared: Shared) -> Path:
    return three_languages(shared)


@pytest.fixture
def plain(browser: Browser) -> Iterator[Watched]:
    """A browser that only interprets."""
    own = browser.browser_type.launch(executable_path=headless(), args=[*ARGUMENTS, PLAIN])
    yield Watched(own.new_page(viewport={"width": 540, "height": 960}, has_touch=True))
    own.close()


def opened(watched: Watched, hall: Path) -> Ours:
    watched.page.add_init_script(SCRIPTS)
    watched.page.goto((hall / "index.html").as_uri())
    screen = Ours(watched.page)
    screen.launcher("VISITOR.started()")
    return screen


def told(label: str, early: Held, late: Held) -> None:
    print(f"\n{label}: {early} -> {late}, heap {late.grown(early):+.2%}")  # with -s


def test_a_visit_leaves_nothing(hall: Path, plain: Watched) -> None:
    """Issue 22: what one visit leaves behind, thousands would. Some hundred bytes a visit are seen."""
    screen = opened(plain, hall)
    visits(screen, 1, FEW)  # whatever is made once has been made
    early = held(screen)
    visits(screen, 1, FEW)
    late = held(screen)
    told(f"{FEW} visits", early, late)
    assert (plain.console, plain.foreign) == ([], [])
    assert late.heap - early.heap < FEW * 400
    assert late.timers == early.timers
    # What was seen last in each language is let go of when the next is shown.
    assert late.documents < early.documents + FEW / 2
    assert late.nodes < early.nodes + 10 * FEW and late.listeners < early.listeners + FEW
