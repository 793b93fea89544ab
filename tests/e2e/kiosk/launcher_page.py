"""What the launcher's tests ask of its page, and how they let time pass in it."""

import io
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Frame, Page

from tests.e2e.kiosk.releases import Kiosk
from tests.e2e.site.conftest import Watched

STEP = 2_000  # the launcher, which lets nothing happen for longer than an app may be silent


def opened(watched: Watched, hall: Kiosk, until: str = "") -> Page:
    """The launcher, once it shows something; its clock can be moved."""
    page = watched.page
    page.clock.install()
    page.goto(hall.url)
    assert f"/{until}/" in live(page).url or not until
    page.wait_for_selector("#splash", state="hidden")
    return page


def live(page: Page) -> Frame:
    """The app on the screen."""
    for _ in range(5):  # it may be exchanged between two questions
        element = page.wait_for_selector("iframe.is-live", state="attached")
        frame = element.content_frame() if element else None
        if frame:
            return frame
    raise AssertionError("no app")


def frames(page: Page) -> int:
    return page.locator("iframe.frame").count()  # of apps: the text edition has one, too


def shown(page: Page) -> str:
    """The id of the release on the screen."""
    return page.locator("iframe.is-live").last.get_attribute("src", timeout=5_000).split("/")[1]  # type: ignore[union-attr]


def seen(page: Page) -> list[str]:
    """What the app on the screen was told."""
    return str(live(page).evaluate("document.documentElement.getAttribute('data-seen')")).split()


def pass_time(page: Page, seconds: float, each: Callable[[], None] = lambda: None, pause: float = 30) -> None:
    """`pause`: milliseconds of real time to a step; a real app must be able to load before its time is over."""
    for _ in range(round(seconds * 1_000 / STEP)):
        page.clock.run_for(STEP)
        page.wait_for_timeout(pause)
        each()


def pass_until(page: Page, true: Callable[[], bool], seconds: float = 40, pause: float = 30) -> None:
    """Lets time pass until it is so."""
    for _ in range(round(seconds * 1_000 / STEP)):
        if true():
            return
        pass_time(page, STEP / 1_000, pause=pause)
    raise AssertionError("it did not happen")


def wait_for(page: Page, true: Callable[[], bool], seconds: float = 20) -> None:
    """Waits in real time; what it waits for is asked again and again."""
    for _ in range(round(seconds * 20)):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen")


def not_blank(page: Page) -> None:
    """The screen is never of one colour."""
    with Image.open(io.BytesIO(page.screenshot(type="jpeg"))) as picture:  # a quarter of the work of a PNG
        colours = picture.convert("RGB").getcolors(1 << 24)
    assert colours and len(colours) > 1
