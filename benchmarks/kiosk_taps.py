"""A hall's screen under the hands of children: taps without a pause in the browser's own time, and what the screen holds.

`python3 -m benchmarks.kiosk_taps` in .venv: half an hour, by the browser's own touches, on keys and anywhere, in all languages,
within the launcher, from file://. Then nobody touches anything until the first slide stands again. The heap is JavaScript's own
after its garbage was collected; with `--plain` nothing is compiled, so that it holds only what the page keeps.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.keys import PROJECT
from benchmarks.kiosk_keys import prepare
from benchmarks.maps import chromium
from haitang.core.toolchain import browser_lacks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page, ViewportSize

HALL: ViewportSize = {"width": 540, "height": 960}
POSITIONS = 210
MINUTES = 30.0
RATE = 25.0  # taps a second at most
TARGET = 15.0  # of them, at least
SEED = 22
AT_ONCE = 10  # taps until it is asked again which keys there are
SILENT_S = 200  # after large print the first slide comes back in 150
PLAIN = "--js-flags=--no-opt --no-maglev --no-sparkplug"
LANGUAGES = "languages:\n  - zh-CN\n  - zh-TW\n  - en\n"
KEYS = """() => Array.from(document.querySelectorAll("button:not([disabled]), [data-go]"), (key) => key.getBoundingClientRect())
  .filter((box) => box.width && box.bottom > 0 && box.top < innerHeight)
  .map((box) => [box.left + box.width / 2, box.top + box.height / 2])"""
IS_REST = "!!document.querySelector('.k-attract:not([hidden])')"  # in another language it is not there at all
COUNTED = "() => Object.values(localStorage).flatMap((text) => Object.values(JSON.parse(text))).map((day) => day.errors || 0)"


@dataclass
class Figures:
    """Heap in bytes: each minute, then with the first slide back. `errors`: of the console, of the page, and counted ones."""

    minutes: float
    taps: int = 0
    per_second: float = 0.0
    errors: list[str] = field(default_factory=list)
    heap: list[int] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    listeners: list[int] = field(default_factory=list)


def main(argv: Sequence[str]) -> int:
    """1: an error, or fewer taps than TARGET."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.kiosk_taps", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--positions", type=int, default=POSITIONS)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    wanted = parser.parse_args(argv)
    if lacks := browser_lacks():
        print(lacks, file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="haitang-kiosk-taps-") as scratch, chromium(*([PLAIN] * wanted.plain)) as browser:
        hall = prepare(Path(scratch), wanted.positions, LANGUAGES).parents[2]
        figures = measured(browser, hall / "index.html", wanted.minutes)
    wanted.out.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(figures), ensure_ascii=False)
    (wanted.out / "bench-kiosk-taps.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0 if not figures.errors and figures.per_second >= TARGET else 1


def measured(browser: Browser, index: Path, minutes: float) -> Figures:
    page = browser.new_context(viewport=HALL, has_touch=True).new_page()
    figures = Figures(minutes)
    page.on("console", lambda message: figures.errors.append(message.text))
    page.on("pageerror", lambda error: figures.errors.append(str(error)))
    page.on("crash", lambda _: figures.errors.append("crash"))
    page.goto(index.as_uri())
    page.wait_for_selector("iframe.is-live")
    screen = Screen(page, figures)
    page.wait_for_timeout(5_000)
    begun = time.monotonic()
    while time.monotonic() - begun < minutes * 60:
        if (time.monotonic() - begun) / 60 > len(figures.heap):
            screen.size()
        screen.tap_some()
    figures.per_second = round(figures.taps / (time.monotonic() - begun), 2)
    screen.size()
    screen.wait_for_rest()
    screen.size()
    figures.errors += [f"counted: {count}" for count in page.evaluate(COUNTED) if count]
    return figures


class Screen:
    def __init__(self, page: Page, figures: Figures) -> None:
        self.page, self.figures = page, figures
        self.session = page.context.new_cdp_session(page)
        self.dice = random.Random(SEED)

    def tap_some(self) -> None:
        keys = self.frame().evaluate(KEYS)
        for _ in range(AT_ONCE):
            begun = time.monotonic()
            on_key = keys and self.dice.random() < 0.7
            x, y = self.dice.choice(keys) if on_key else (self.dice.uniform(1, 539), self.dice.uniform(1, 959))
            for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
                self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            self.figures.taps += 1
            time.sleep(max(0.0, 1 / RATE - (time.monotonic() - begun)))

    def size(self) -> None:
        app = self.page.context.new_cdp_session(self.frame())  # in a process of its own
        for _ in range(2):
            app.send("HeapProfiler.collectGarbage")
        counters: dict[str, Any] = app.send("Memory.getDOMCounters")
        self.figures.heap.append(int(app.send("Runtime.getHeapUsage")["usedSize"]))
        self.figures.nodes.append(counters["nodes"])
        self.figures.listeners.append(counters["jsEventListeners"])
        app.detach()
        print(f"{self.figures.taps} taps, heap {self.figures.heap[-1]}, {self.figures.errors}", file=sys.stderr, flush=True)

    def wait_for_rest(self) -> None:
        until = time.monotonic() + SILENT_S
        while not self.frame().evaluate(IS_REST):
            if time.monotonic() > until:
                self.figures.errors.append("the first slide did not come back")
                return
            self.page.wait_for_timeout(1_000)

    def frame(self) -> Frame:
        element = self.page.wait_for_selector("iframe.is-live")
        frame = element.content_frame() if element else None
        assert frame
        return frame


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
