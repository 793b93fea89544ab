"""Takes the pictures of the READMEs from out/site: `python3 build.py && .venv/bin/python docs/pictures.py`.

The rule: the browser's clock stands at ten on the data's own day, and every picture stays under LARGEST bytes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))
from haitang.core.clock import zone  # noqa: E402 - found only with the project on the path
from haitang.core.toolchain import browser_lacks, chromium, text  # noqa: E402 - found only with the project on the path

SITE = DOCS.parent / "out" / "site"
LARGEST = 250_000
PEKING = zone()


@dataclass(frozen=True)
class Picture:
    """`name`.png shows `page` in a window of this size, scrolled to the first `at`; `scale` is device pixels per CSS pixel."""

    name: str
    page: str
    width: int
    height: int
    scale: float = 1
    at: str = "body"


PICTURES = (
    Picture("home", "index.html", 1200, 760),
    Picture("map", "index.html", 1200, 760, at="section:has(.map)"),
    Picture("position", "positions/xinjiang-cun.html", 390, 844, 1.5),
    Picture("brand", "brands/hongfushi.html", 1200, 760),
)


def take(browser: Browser, picture: Picture) -> Path:
    """One picture, with the live map drawn and nothing moving."""
    window = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.scale,
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    page = SITE / picture.page
    window.goto(page.as_uri())
    if built := window.locator("html").get_attribute("data-built"):
        window.clock.set_fixed_time(datetime.fromisoformat(f"{built}T10:00").replace(tzinfo=PEKING))
        window.reload()
    if window.locator(".map").count():
        window.locator(".map").first.scroll_into_view_if_needed()  # it starts when it is about to be seen
        window.locator(".map.is-live").wait_for()
    window.locator(picture.at).first.evaluate("element => element.scrollIntoView({block: 'start', behavior: 'instant'})")
    window.evaluate("document.fonts.ready")
    window.wait_for_timeout(500)
    path = DOCS / "images" / f"{picture.name}.png"
    window.screenshot(path=path, animations="disabled")
    Image.open(path).convert("RGB").quantize(256).save(path, optimize=True)  # grounds that run from one colour to another
    window.close()
    return path


def main() -> int:
    if lacks := browser_lacks() or ("" if SITE.is_dir() else text("nothing built", folder=SITE, command="python3 build.py")):
        print(lacks, file=sys.stderr)
        return 3
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--font-render-hinting=none"])
        paths = [take(browser, picture) for picture in PICTURES]
        browser.close()
    large = [path for path in paths if path.stat().st_size > LARGEST]
    for path in paths:
        print(f"{path.relative_to(DOCS.parent)} {path.stat().st_size} bytes{' - too large' if path in large else ''}")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
