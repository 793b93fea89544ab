"""The kiosk: how long it takes to start, and how large a hall's folder is.

`python3 -m benchmarks.kiosk` in .venv. A hall's screen (1080 × 1920), the app from file://, the processor slowed down four
times. Milliseconds from the start of loading, the best of some rounds.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.maps import chromium
from benchmarks.synthetic import write_directory
from benchmarks.waiting import wait_for
from haitang.core import clock
from haitang.core.toolchain import browser_lacks
from haitang.kiosk import halls
from haitang.site.bundles import bundle

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROJECT = Path(__file__).resolve().parent.parent
SIZES = (210, 2_000)
SLOWED = 4
ROUNDS = 3
# The attract loop's first slide; `ready` is said to a host in the same task. The app is measured alone: what slows a page
# down does not reach a sandboxed frame, which has a process of its own.
FIRST = """new MutationObserver((_, watch) => {
  if (document.querySelector(".a-slide.is-on")) { watch.disconnect(); window.first = performance.now(); }
}).observe(document, {subtree: true, childList: true, attributes: true});"""


@dataclass(frozen=True)
class Figures:
    """kB on the disk and packed; milliseconds of the slowed processor."""

    positions: int
    folder: float
    parcel: float
    app: float
    ready_slowed: int


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.kiosk", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    wanted = parser.parse_args(argv)
    if lacks := browser_lacks():
        print(lacks, file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="haitang-kiosk-") as scratch, chromium() as browser:
        figures = [measured(browser, Path(scratch) / size, int(size), wanted.rounds) for size in wanted.sizes.split(",")]
    wanted.out.mkdir(parents=True, exist_ok=True)
    (wanted.out / "bench-kiosk.json").write_text(
        json.dumps([asdict(one) for one in figures], indent=1) + "\n", encoding="utf-8"
    )
    print("| positions | folder kB | zip kB | app.html kB | ready 4× |\n|---|---|---|---|---|")
    for one in figures:
        print(f"| {' | '.join(f'{value:,}' for value in asdict(one).values())} |")
    return 0


def measured(browser: Browser, scratch: Path, count: int, rounds: int) -> Figures:
    write_directory(scratch / "data", count)
    shop = halls.workshop(PROJECT, scratch / "data", bundle(PROJECT), clock.today(clock.zone()))
    built = halls.build(shop, halls.halls_of(shop.directory)[0], scratch / "out", lambda *_: None)
    size = sum(path.stat().st_size for path in built.folder.rglob("*") if path.is_file())
    app = (built.folder / "embed.html").stat().st_size
    ready = min(one_round(browser, built.folder / "embed.html") for _ in range(rounds))
    return Figures(count, round(size / 1000), round(built.bytes / 1000), round(app / 1000), ready)


def one_round(browser: Browser, file: Path) -> int:
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.add_init_script(FIRST)
    page.goto(file.as_uri(), timeout=120_000)
    wait_for(page, "window.first", timeout=120_000)
    found = round(float(page.evaluate("first")))
    context.close()
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
