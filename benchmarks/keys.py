"""The search while somebody types: how long each key takes, and what a phone loads before the first one.

`python3 -m benchmarks.keys` in .venv. A phone's screen (390 × 844), from file://, the processor slowed down six times by the
browser where a figure says so; beside other work that slows down more than it says, so look at both. A key is what the page's
own thread works from the change of the field to a page laid out anew; of some rounds the best one counts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.maps import chromium
from benchmarks.synthetic import write_directory
from benchmarks.waiting import wait_for
from haitang.checks.load import load
from haitang.core import clock
from haitang.core.toolchain import browser_lacks
from haitang.model.messages import site_words
from haitang.site.build import STYLES
from haitang.site.bundles import bundle
from haitang.site.edition.recipe import made_files
from haitang.site.exports import browser_activities as activities
from haitang.site.exports import browser_needs as needs
from haitang.site.exports import browser_places as places
from haitang.site.exports import browser_words
from haitang.site.exports.search import browser_pinyin as readings
from haitang.site.exports.search import browser_stories as stories
from haitang.site.page import data_script
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PROJECT = Path(__file__).resolve().parent.parent
SIZES = (2_000, 10_000)
PHONE: ViewportSize = {"width": 390, "height": 844}
SLOWED = 6
ROUNDS = 5
INDEX = ("places", "facts", "readings", "needs")
# Each is typed letter by letter: names, syllables, first letters, slips, sounds, numbers, several words, and nonsense.
TYPED = (
    "启明和谐社区", "qimingshequ", "qmhx", "yulan", "yulna", "luqioa", "langangshequ", "0512-00123", "健康义诊", "jkyz", "路桥",
    "社区服务站", "玉兰义诊", "玉兰 助餐 驿站", "离我近的卫生间", "我要找工作", "zhongfuyicheng", "党群服务赞", "红富土",
    "xyzwqk", "嫑嘦巭",
)  # fmt: skip
# One key: the field changes, its list is made anew, and the page is laid out.
KEY = """(text) => {
  const field = document.querySelector("#q");
  field.value = text;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  document.body.offsetHeight;
}"""
NOTHING = "(text) => { document.body.offsetHeight; }"


@dataclass(frozen=True)
class Figures:
    """Sizes in kB of 1,000 bytes as gzip leaves them; times in milliseconds at SLOWED. `ready` is from the first touch of the
    field to its first list."""

    positions: int
    places: float
    facts: float
    readings: float
    needs: float
    index: float
    ready: float
    key_slowed: float
    p95_slowed: float
    worst_slowed: float
    key: float
    worst: float
    which: str


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.keys", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    wanted = parser.parse_args(argv)
    if lacks := browser_lacks():
        print(lacks, file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="haitang-keys-") as scratch, chromium() as browser:
        figures = [measured(browser, Path(scratch) / size, int(size), wanted.rounds) for size in wanted.sizes.split(",")]
    wanted.out.mkdir(parents=True, exist_ok=True)
    (wanted.out / "bench-keys.json").write_text(
        json.dumps([asdict(one) for one in figures], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    print("\n".join(table(figures)))
    return 0


def table(figures: Sequence[Figures]) -> Iterator[str]:
    """The figures as Markdown."""
    names = [
        "positions",
        *(f"{name}.js kB" for name in INDEX),
        "all kB",
        "ready 6×",
        "key 6×",
        "p95 6×",
        "worst 6×",
        "key",
        "worst",
        "which",
    ]
    yield f"| {' | '.join(names)} |"
    yield "|---" * len(names) + "|"
    for one in figures:
        positions, *rest = asdict(one).values()
        yield f"| {positions:,} | {' | '.join(map(str, rest))} |"


def measured(browser: Browser, folder: Path, count: int, rounds: int) -> Figures:
    sizes = prepare(folder, count)
    slowed: dict[str, float] = {}
    plain: dict[str, float] = {}
    ready = float("inf")
    for _ in range(rounds):
        thread, took = opened(browser, folder / "index.html")
        ready = min(ready, took)
        type_all(thread, slowed)
        thread.slow_down(1)
        type_all(thread, plain)
        thread.page.context.close()
    times, which = sorted(slowed.values()), max(plain, key=lambda key: plain[key])
    kb = [round(size / 1000, 1) for size in (*sizes, sum(sizes))]
    key = [median(times), times[int(len(times) * 0.95)], times[-1], median(plain.values()), plain[which]]
    key = [round(time, 1) for time in key]
    return Figures(count, kb[0], kb[1], kb[2], kb[3], kb[4], round(ready), key[0], key[1], key[2], key[3], key[4], which)


def type_all(thread: Thread, best: dict[str, float]) -> None:
    """Types everything letter by letter and keeps the best time of each beginning."""
    for text in TYPED:
        for typed in (text[:length] for length in range(1, len(text) + 1)):
            time = thread.worked(KEY, typed) - thread.worked(NOTHING, typed)
            best[typed] = min(time, best.get(typed, time))


class Thread:
    """A page and how long its main thread has worked, however busy the machine is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.slow_down(SLOWED)

    def slow_down(self, rate: int) -> None:
        self._session.send("Emulation.setCPUThrottlingRate", {"rate": rate})

    def _ticks(self) -> float:
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return 1000 * float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))

    def worked(self, script: str, argument: str) -> float:
        return self.timed(script, argument)[0]

    def timed(self, script: str, argument: str) -> tuple[float, float]:
        """What it worked, and what the script answers."""
        before = self._ticks()
        answer: float = self.page.evaluate(script, argument) or 0.0
        return self._ticks() - before, answer


def opened(browser: Browser, file: Path) -> tuple[Thread, float]:
    """A page whose search has everything, and how long that took."""
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(file.as_uri())
    wait_for(page, "document.querySelector('#q[role=combobox]')")
    thread = Thread(page)
    took: float = page.evaluate(
        """() => new Promise((done) => {
          const from = performance.now();
          new MutationObserver((_, watch) => {
            if (!document.querySelector(".search-list > *")) return;
            watch.disconnect();
            done(performance.now() - from);
          }).observe(document.querySelector("form"), {childList: true, subtree: true});
          document.querySelector("#q").focus();
        })"""
    )
    page.wait_for_timeout(3000)  # what is made ready between two keys is ready before the first one of anybody
    return thread, took


def prepare(folder: Path, count: int) -> list[int]:
    """A page with the field and its data; gives the sizes of INDEX after gzip. What one may need is that of the real directory,
    with all words for it: made-up places have nearly none."""
    write_directory(folder / "root", count)
    site = Site(load(folder / "root", today=clock.today(clock.zone())), Templates(site_words(LANGUAGE)))
    (folder / "data").mkdir()
    sizes = {}
    real = Site(load(PROJECT, today=clock.today(clock.zone())), site.templates)
    for output, of in ((places, site), (readings, site), (needs, real), (activities, site), (stories, site)):
        for file in made_files(output.build(of)):
            (folder / file.path).write_bytes(file.content)
            sizes[Path(file.path).stem] = len(gzip.compress(file.content, 9, mtime=0))
    (folder / "data" / "files.js").write_bytes(data_script("files", dict.fromkeys(sizes, "")))
    shutil.copytree(bundle(PROJECT), folder, dirs_exist_ok=True)
    (words,) = browser_words.build(site)
    (folder / "words.js").write_bytes(words.content)
    styles = [(PROJECT / "templates" / "styles" / f"{name}.css").read_bytes() for name in STYLES]
    (folder / "style.css").write_bytes(b"".join(styles))
    (folder / "index.html").write_text(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="style.css"><header class="top"><div class="wrap top-row"><form class="search" '
        'action="search.html" data-search><input id="q" class="search-field" name="q"><button>go</button></form></div></header>'
        '<script src="words.js" defer></script><script src="site.js" defer></script>',
        encoding="utf-8",
    )
    return [sizes[name] for name in INDEX]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
