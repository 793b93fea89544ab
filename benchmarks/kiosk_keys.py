"""The kiosk's search while somebody taps letters: how long each tap works the page's thread.

`python3 -m benchmarks.kiosk_keys` in .venv. A hall's screen (1080 × 1920), from file://, the processor slowed down six times by
the browser. A tap is all that the thread works from the press of the key until nothing is left to do but the map, which follows
later; `shown` is how long the answer takes to stand on the screen. Of some rounds the best one counts.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.keys import PROJECT, SLOWED, Thread
from benchmarks.maps import chromium
from benchmarks.synthetic import write_directory
from haitang.core import clock
from haitang.core.toolchain import browser_lacks
from haitang.kiosk import halls
from haitang.site.bundles import bundle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

POSITIONS = 2_000
ROUNDS = 3
HALL: ViewportSize = {"width": 1080, "height": 1920}
TYPED = ("qmhx", "yulan", "lu", "jkyz", "qimingshequ", "dqfw", "s", "zhong", "h", "xyzwqk")
READY = 16_000  # milliseconds: the engine is made, and every text's spelling is known
# One tap: the key is pressed, its answer is made in a task of its own, and the page is laid out.
TAP = """(name) => new Promise((done) => {
  const from = performance.now();
  document.querySelector(`[data-screen=search] [data-key="${name}"]`).click();
  setTimeout(() => setTimeout(() => { document.body.offsetHeight; done(performance.now() - from); }));
})"""
NOTHING = "() => new Promise((done) => setTimeout(() => setTimeout(() => { document.body.offsetHeight; done(0); })))"


@dataclass(frozen=True)
class Figures:
    """Milliseconds at SLOWED: of the thread's work a tap, of first letters alone, and until an answer stands."""

    positions: int
    key: float
    p95: float
    worst: float
    first: float
    first_worst: float
    shown: float
    shown_worst: float
    which: str


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.kiosk_keys", description=__doc__)
    parser.add_argument("--positions", type=int, default=POSITIONS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    wanted = parser.parse_args(argv)
    if lacks := browser_lacks():
        print(lacks, file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="haitang-kiosk-keys-") as scratch, chromium() as browser:
        app = prepare(Path(scratch), wanted.positions)
        figures = measured(browser, app, wanted.positions, wanted.rounds)
    wanted.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(figures), ensure_ascii=False, indent=1)
    (wanted.out / "bench-kiosk-keys.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def prepare(folder: Path, count: int, more: str = "") -> Path:
    """The app of a hall that stands at one of that many positions: what is in its town comes first; with `more` settings."""
    home = write_directory(folder / "root", count).positions[0].stem
    settings = folder / "root" / "directory.yml"
    hall = f"\nhalls:\n  - id: hall\n    title: Hall\n    home: {home}\n"
    settings.write_text(settings.read_text("utf-8").rstrip("\n") + hall + more, "utf-8")
    shop = halls.workshop(PROJECT, folder / "root", bundle(PROJECT), clock.today(clock.zone()))
    made = halls.build(shop, halls.halls_of(shop.directory)[0], folder / "kiosk", lambda *_: None)
    return next((made.folder / "releases").glob("*/app.html"))


def measured(browser: Browser, app: Path, count: int, rounds: int) -> Figures:
    worked: dict[str, float] = {}
    shown: dict[str, float] = {}
    for _ in range(rounds):
        thread = opened(browser, app)
        for text in TYPED:
            type_by_taps(thread, text, worked, shown)
        thread.page.context.close()
    times, waits = sorted(worked.values()), sorted(shown.values())
    first = sorted(time for typed, time in worked.items() if len(typed) == 1)
    p95 = times[int(len(times) * 0.95)]
    numbers = [round(time, 1) for time in (median(times), p95, times[-1], median(first), first[-1], median(waits), waits[-1])]
    key, p95, worst, one, one_worst, wait, wait_worst = numbers
    return Figures(count, key, p95, worst, one, one_worst, wait, wait_worst, max(worked, key=lambda typed: worked[typed]))


def type_by_taps(thread: Thread, text: str, worked: dict[str, float], shown: dict[str, float]) -> None:
    """Letter by letter; keeps the best of each beginning."""
    tapped(thread, "clear")
    for length in range(1, len(text) + 1):
        typed = text[:length]
        work, wait = tapped(thread, typed[-1])
        worked[typed] = min(work, worked.get(typed, work))
        shown[typed] = min(wait, shown.get(typed, wait))
    thread.page.wait_for_timeout(1500)  # the map has followed


def tapped(thread: Thread, key: str) -> tuple[float, float]:
    nothing, _ = thread.timed(NOTHING, "")
    work, wait = thread.timed(TAP, key)
    return work - nothing, wait


def opened(browser: Browser, app: Path) -> Thread:
    page: Page = browser.new_context(viewport=HALL, has_touch=True).new_page()
    page.goto(app.as_uri())
    page.tap(".k-attract")
    page.tap(".k-bar [data-go=search]")
    page.wait_for_selector("[data-screen=search][data-found]")
    page.wait_for_timeout(READY / SLOWED)
    return Thread(page)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
