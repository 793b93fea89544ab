"""Takes the pictures of the hall keeper's guide: `python3 build.py kiosk && .venv/bin/python docs/kiosk_pictures.py`.

The rule: as in pictures.py, the clock stands at ten on the data's own day; what is shown is what a visitor reaches by tapping.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))
from haitang.core.clock import zone  # noqa: E402 - found only with the project on the path
from haitang.core.toolchain import browser_lacks, chromium, text  # noqa: E402 - found only with the project on the path

KIOSKS = DOCS.parent / "out" / "kiosk"
LARGEST = 120_000
SHOWN = 540  # pixels across, half of what a portrait screen has
PEKING = zone()


@dataclass(frozen=True)
class Picture:
    """halls/`name`.webp is what stands there after taps on these elements of the app, one after the other."""

    name: str
    taps: tuple[str, ...] = ()


PICTURES = (
    Picture("attract"),
    Picture("home", (".k-attract",)),
    Picture("search", (".k-attract", ".k-bar [data-go=search]")),
)


def take(browser: Browser, hall: Path, picture: Picture) -> Path:
    """One picture of a hall's first screen or of what lies behind it."""
    window = browser.new_page(viewport={"width": 1080, "height": 1920}, has_touch=True, reduced_motion="reduce")
    built = datetime.strptime(max((hall / "releases").iterdir()).name[:8], "%Y%m%d")
    window.clock.set_fixed_time(built.replace(hour=10, tzinfo=PEKING))
    window.goto((hall / "index.html").as_uri())
    app = window.frame_locator("iframe")
    for tap in picture.taps:
        app.locator(tap).first.tap()
    app.locator("body").evaluate("() => document.fonts.ready")
    shot = Image.open(BytesIO(window.screenshot()))
    window.close()
    target = DOCS / "halls" / f"{picture.name}.webp"
    shot.resize((SHOWN, SHOWN * shot.height // shot.width)).save(target, quality=80)
    assert target.stat().st_size <= LARGEST, f"{target.name} is too large"
    return target


def main() -> int:
    there = sorted(folder for folder in KIOSKS.glob("*") if folder.is_dir())
    lacks = "" if there else text("nothing built", folder=KIOSKS, command="python3 build.py kiosk")
    if lacks := browser_lacks() or lacks:
        print(lacks, file=sys.stderr)
        return 3
    from playwright.sync_api import sync_playwright

    hall = there[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for picture in PICTURES:
            print(take(browser, hall, picture))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
