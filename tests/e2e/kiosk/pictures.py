"""Pictures of every kiosk screen, in every format and way of reading, of a thin and of a rich directory: for people to look at.

`python3 -m tests.e2e.kiosk.pictures` in .venv writes one sheet for each directory, format and way into `out/kiosk-looks/`. Thin
is the project's own data, rich a synthetic directory of 210 positions.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Frame, Page, sync_playwright

from benchmarks.synthetic import write_directory
from tests.conftest import ARGUMENTS, headless
from tests.e2e.kiosk.apps import kiosk_of, with_halls
from tests.e2e.kiosk.screen import PIN
from tests.e2e.kiosk.test_kiosk_rows import go
from tests.e2e.kiosk.test_kiosk_staff import corner, type_in
from tests.worlds import PROJECT

FORMATS = {"portrait": (1080, 1920), "landscape": (1920, 1080), "wall": (3840, 2160), "small": (1366, 768)}
WAYS = {"normal": {}, "large": {"size": "large"}, "low": {"reach": "low"}, "both": {"size": "large", "reach": "low"}}
SHARE = 480  # pixels of the longer side of a screen on a sheet
ACROSS = 6
DATA = ("positions", "brands", "routes", "concepts", "photos", "words", "site_src")
# One address of each kind of screen that this directory has.
ADDRESSES = """() => {
  const first = (kind) => (document.querySelector(`[data-go^="${kind}:"]`) || {dataset: {}}).dataset.go;
  return {town: first('list'), position: first('position'), brand: first('brand'), need: first('need')};
}"""


def screens(app: Frame) -> Iterator[str]:
    """Goes from screen to screen and tells its address, or what lies over it."""
    known: dict[str, str] = {}
    for address in ("about", "home", "search", "need", "map", "today", "brands"):  # home is on already
        go(app, address)
        app.page.wait_for_timeout(500)
        known = {**{kind: found for kind, found in app.evaluate(ADDRESSES).items() if found}, **known}
        yield address
    for address in known.values():
        go(app, address)
        app.page.wait_for_timeout(700)
        yield address
    yield from over(app)


def over(app: Frame) -> Iterator[str]:
    """What lies over the screens: the display's panel, the number of staff and their sheet, page by page."""
    go(app, "home")
    app.click("[data-display]")
    yield "display"
    app.click("[data-display]")
    corner(app.page)
    app.wait_for_selector("[data-screen=staff-pad]")
    yield "number"
    type_in(app, PIN)
    app.wait_for_selector("[data-screen=staff]")
    for name in app.locator("[data-page]").evaluate_all("keys => keys.map((key) => key.dataset.page)"):
        if app.is_enabled(f"[data-page={name}]"):
            app.click(f"[data-page={name}]")
            app.page.wait_for_timeout(300)
            yield name
    app.click("[data-screen=staff] [data-close]")


def sheet(shots: Sequence[bytes], size: tuple[int, int], file: Path) -> None:
    """All screens on one picture, smaller."""
    scale = SHARE / max(size)
    width, height = (round(side * scale) for side in size)
    rows = -(-len(shots) // ACROSS)
    whole = Image.new("RGB", (ACROSS * (width + 8), rows * (height + 8)), "#888")
    for at, shot in enumerate(shots):
        with Image.open(BytesIO(shot)) as one:
            whole.paste(one.convert("RGB").resize((width, height)), (at % ACROSS * (width + 8), at // ACROSS * (height + 8)))
    whole.save(file)


def taken(page: Page, folder: Path, ways: Sequence[str]) -> Iterator[tuple[str, list[bytes]]]:
    """The attract loop and every screen, way by way."""
    page.goto((folder / "index.html").as_uri())
    page.wait_for_timeout(4_000)
    app = next(frame for frame in page.frames if "releases" in frame.url)
    attract = page.screenshot()
    app.click("body")
    for way in ways:
        app.evaluate(
            "(d) => { const s = document.documentElement.dataset; delete s.size; delete s.reach; Object.assign(s, d); }",
            WAYS[way],
        )
        yield way, [attract, *(page.screenshot() for _ in screens(app))]


def own_data(root: Path) -> None:
    """The project's own directory, where it may be given a hall."""
    root.mkdir()
    for name in DATA:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "directory.yml", root)


def shoot(browser: Browser, name: str, folder: Path, out: Path, formats: Sequence[str], ways: Sequence[str]) -> None:
    for format_ in formats:
        width, height = FORMATS[format_]
        page = browser.new_page(viewport={"width": width, "height": height}, has_touch=True, reduced_motion="reduce")
        for way, shots in taken(page, folder, ways):
            sheet(shots, FORMATS[format_], out / f"{name}-{format_}-{way}.png")
        page.close()


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python3 -m tests.e2e.kiosk.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=PROJECT / "out" / "kiosk-looks")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--ways", default=",".join(WAYS))
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        own_data(Path(made, "thin"))
        write_directory(Path(made, "rich"), 210)
        browser = playwright.chromium.launch(executable_path=headless(), args=ARGUMENTS)
        for name in ("thin", "rich"):
            with_halls(Path(made, name), f'  - id: hall\n    title: 一楼展厅\n    staff_pin: "{PIN}"\n')
            folder = kiosk_of(Path(made, name), Path(made, f"{name}-kiosk"))
            shoot(browser, name, folder, options.out, options.formats.split(","), options.ways.split(","))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
