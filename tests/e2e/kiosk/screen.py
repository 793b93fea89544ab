"""A hall's app as one file with activities, a night and a number for staff; and how a test opens it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.apps import site_at, with_halls, write_app
from tests.e2e.site.programme_world import OWNER, WEDNESDAYS
from tests.worlds import WORLD

BUILT = "2026-11-20"
RELEASE = "20261120-0123456789ab"
PIN = "2468"
WEDNESDAY = "2026-11-25T10:00:05+08:00"  # between two mirrored stretches of ten minutes; 老人理发 is at 14:00
SIZES = [(1080, 1920), (1920, 1080), (3840, 2160), (768, 1366)]


def app(root: Path, into: Path) -> Path:
    """The app of a hall in the golden world."""
    return write_app(site_at(data(root), BUILT), into / "app.html", BUILT, release=RELEASE)


def data(root: Path) -> Path:
    """The golden world with a hall and activities in it."""
    shutil.copytree(WORLD, root)
    own = (root / OWNER).read_text(encoding="utf-8")
    before, rest = own.split("activities:\n")
    (root / OWNER).write_text(before + WEDNESDAYS + rest[rest.index("pledges:") :], encoding="utf-8")
    hall = '  - id: yang-li\n    title: 样例展厅\n    home: he-cheng\n    night: "21:30-07:00"\n'
    with_halls(root, f'{hall}    staff_pin: "{PIN}"\n')
    return root


@contextmanager
def opened(
    browser: Browser,
    path: Path,
    moment: str = WEDNESDAY,
    size: tuple[int, int] = (1080, 1920),
    still: bool = True,
    first: str = "",
) -> Iterator[Page]:
    """The page at that moment; its time stands still until a test lets it run. `first` runs before the page's own scripts."""
    width, height = size
    page = browser.new_page(
        viewport={"width": width, "height": height}, has_touch=True, reduced_motion="reduce" if still else "no-preference"
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.install(time=moment)
    if first:
        page.add_init_script(first)
    page.goto(path.as_uri())
    page.wait_for_selector(".a-slide.is-on", state="attached")
    yield page
    assert not errors
    page.close()


def begin(page: Page) -> None:
    """As a visitor does."""
    size = page.viewport_size
    assert size
    page.touchscreen.tap(size["width"] // 2, size["height"] // 2)
    page.clock.run_for(500)


def at(page: Page) -> str:
    """The slide that is shown, or `session`."""
    return str(
        page.evaluate(
            "() => document.querySelector('.k-attract').hidden ? 'session' "
            ": document.querySelector('.a-slide.is-on').dataset.slide"
        )
    )
