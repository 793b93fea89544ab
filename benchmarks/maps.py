"""The live map, with and without a base beneath it, beside Leaflet.markercluster: the same places, the same browser, in turns.

`python3 -m benchmarks.maps` in .venv. A phone's screen (390 × 844), from file://, the processor slowed down four times by the
browser where a figure says so; every figure is the best of some rounds, because other work on a machine only adds time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from math import cos, pi, sin
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.waiting import wait_for
from haitang.cli import bootstrap
from haitang.core import toolchain
from haitang.core.toolchain import browser_lacks, text
from haitang.geo.geojson_input import Point
from haitang.geo.layers import Layer, Shape
from haitang.model.messages import site_words
from haitang.site.bundles import bundle
from haitang.site.exports import columns
from haitang.site.exports.shards.browser_layers import files_of
from haitang.site.page import script_json
from haitang.site.templates import LANGUAGE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

PROJECT = Path(__file__).resolve().parent.parent
PEER = PROJECT / "benchmarks" / "markercluster"
SIZES = (210, 10_000, 100_000)
PHONE: ViewportSize = {"width": 390, "height": 844}
SLOWED = 4
LOOKS = ("centre", "station", "point", "other", "unknown")
BOX = (120.8058, 31.1094, 121.1511, 31.5433)  # west, south, east, north
TOWNS = 11
ROUNDS = 5
CASES = ("ours", "ours with a base", "markercluster")
MANY = 50_000
# When the first flower, or the peer's first circle, stands in the page.
FIRST = """new MutationObserver((_, watch) => {
  if (document.querySelector(".map-mark, .marker-cluster")) { window.firstMark = performance.now(); watch.disconnect(); }
}).observe(document, {subtree: true, childList: true});"""
FRAMES = """() => new Promise((done) => {
  const times = [];
  let last = performance.now();
  window.stopFrames = () => { window.stopFrames = null; };
  const step = (now) => {
    times.push(now - last);
    last = now;
    if (window.stopFrames) requestAnimationFrame(step);
    else done(times);
  };
  requestAnimationFrame(step);
})"""
SELECT = """(every) => {
  const mask = new Uint8Array(window.HAITANG.points.lon.length);
  for (let row = 0; row < mask.length; row += every) mask[row] = 1;
  const times = [];
  for (const wanted of [mask, null, mask]) {
    const from = performance.now();
    window.bench.select(wanted);
    document.body.offsetHeight;
    times.push(performance.now() - from);
  }
  return Math.min(times[0], times[2]);
}"""


@dataclass(frozen=True)
class Figures:
    """Milliseconds. `first` is the clock from the start of loading to the first mark, `main` what the page's own thread worked
    until then; `pan` is the 95th of 100 frames while a finger drags."""

    case: str
    places: int
    first_slowed: float
    main_slowed: float
    pan: float
    pan_slowed: float
    filter: float
    filter_slowed: float


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.maps", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    wanted = parser.parse_args(argv)
    lacks = browser_lacks() or ("" if (PEER / "node_modules").is_dir() else text("no bench packages"))
    if lacks:
        print(lacks, file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="haitang-maps-") as scratch, chromium() as browser:
        figures = list(measured(browser, Path(scratch), [int(size) for size in wanted.sizes.split(",")], wanted.rounds))
    wanted.out.mkdir(parents=True, exist_ok=True)
    (wanted.out / "bench-maps.json").write_text(json.dumps([asdict(one) for one in figures], indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(figures)))
    return 0


def table(figures: Sequence[Figures]) -> Iterator[str]:
    """The figures as Markdown."""
    names = ["map", "places", "first marks 4×", "main thread 4×", "pan p95", "pan p95 4×", "filter", "filter 4×"]
    yield f"| {' | '.join(names)} |"
    yield "|---" * len(names) + "|"
    for one in figures:
        case, places, *times = asdict(one).values()
        yield f"| {case} | {places:,} | {' | '.join(f'{time:,.0f}' for time in times)} |"


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # only here: without the tests' packages `main` says what is missing

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=toolchain.chromium(), args=[*arguments, *more])
        yield browser
        browser.close()


def measured(browser: Browser, scratch: Path, sizes: Sequence[int], rounds: int) -> Iterator[Figures]:
    for count in sizes:
        folder = scratch / str(count)
        prepare(folder, count)
        best: dict[str, list[float]] = {}
        for _ in range(rounds if count < MANY else min(rounds, 2)):  # the peer needs minutes there
            for case in CASES:
                times = one_round(browser, folder / f"{case}.html")
                best[case] = [min(pair) for pair in zip(best.get(case, times), times, strict=True)]
        for case, times in best.items():
            yield Figures(case, count, *(round(time, 1) for time in times))


def one_round(browser: Browser, page_file: Path) -> list[float]:
    slowed = opened(browser, page_file, SLOWED)
    first = float(slowed[0].evaluate("window.firstMark"))
    working = main_thread(slowed[1])
    pan_slowed, filter_slowed = panned(slowed[0]), float(slowed[0].evaluate(SELECT, 3))
    slowed[0].context.close()
    page, _ = opened(browser, page_file, 1)
    times = [first, working, panned(page), pan_slowed, float(page.evaluate(SELECT, 3)), filter_slowed]
    page.context.close()
    return times


def opened(browser: Browser, file: Path, rate: int) -> tuple[Page, CDPSession]:
    page = browser.new_context(viewport=PHONE, reduced_motion="reduce").new_page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    page.add_init_script(FIRST)
    page.goto(file.as_uri(), timeout=180_000)
    wait_for(page, "window.firstMark && window.bench", timeout=180_000)
    return page, session


def main_thread(session: CDPSession) -> float:
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def panned(page: Page) -> float:
    """Drags to and fro and gives the 95th hundredth of all frames."""
    page.wait_for_timeout(600)
    page.evaluate(f"() => {{ window.frames_ = ({FRAMES})(); }}")
    page.mouse.move(195, 300)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(195 + 90 * (step % 30 - 15) / 15, 300 + step)
        page.wait_for_timeout(12)
    page.mouse.up()
    page.wait_for_timeout(200)
    frames = sorted(page.evaluate("() => { window.stopFrames(); return window.frames_; }"))
    return float(frames[int(len(frames) * 0.95)])


def prepare(folder: Path, count: int) -> None:
    """Both pages, their scripts and the same data."""
    folder.mkdir(parents=True)
    for file in bundle(PROJECT).iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    for name in ("peer", "ours"):
        subprocess.run(
            [bootstrap.esbuild(), str(PEER / f"{name}.js"), "--bundle", "--minify", "--target=es2015",
             "--loader:.png=dataurl", f"--outfile={folder / name}-bench.js"],
            check=True, capture_output=True,
        )  # fmt: skip
    for path, name, data in scripts(count):
        (folder / path).parent.mkdir(exist_ok=True)
        with (folder / path).open("ab") as written:
            written.write(b"(window.HAITANG=window.HAITANG||{})." + name.encode() + b"=" + script_json(data) + b";\n")
    box = ",".join(map(str, BOX))
    ours = f'<div id="map" class="map" data-root="" data-bounds="{box}"><figure><svg class="map-picture"></svg></figure></div>'
    names = ["ours-bench.js", "assets/words.js", "map.js"]
    write_page(folder / "ours.html", "map.css", ours, names)
    write_page(folder / "ours with a base.html", "map.css", ours.replace(" data-root", ' data-base="1" data-root'), names)
    for path, content in files_of(made_up_layers()):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "data" / "layers.js").write_bytes((bundle(PROJECT) / "data" / "layers.js").read_bytes())
    peer = '<div id="map" style="height:590px"></div>'
    write_page(folder / "markercluster.html", "peer-bench.css", peer, ["data/places.js", "data/points.js", "peer-bench.js"])


def write_page(path: Path, style: str, body: str, names: Sequence[str]) -> None:
    tags = "".join(f'<script src="{name}" defer></script>' for name in names)
    symbols = "".join(f'<symbol id="f-{look}" viewBox="-52 -52 104 104"><circle r="40"/></symbol>' for look in LOOKS)
    path.write_text(
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{style}"><body style="margin:0"><svg width="0" height="0">{symbols}</svg>{body}{tags}',
        encoding="utf-8",
    )


def scripts(count: int) -> Iterator[tuple[str, str, object]]:
    """Three quarters stand around towns, one quarter anywhere, three in a hundred on one another's spot."""
    dice = Random(2018)
    west, south, east, north = BOX
    centres = [(dice.uniform(west, east), dice.uniform(south, north)) for _ in range(TOWNS)]
    spots: list[tuple[float, float]] = []
    for row in range(count):
        lon, lat = centres[row % TOWNS]
        spot = (
            (lon + dice.gauss(0, 0.015), lat + dice.gauss(0, 0.015))
            if row % 4
            else (dice.uniform(west, east), dice.uniform(south, north))
        )
        spots.append(spots[-1] if spots and dice.random() < 0.03 else (round(spot[0], 6), round(spot[1], 6)))
    towns = [
        {"id": f"t{at}", "name": f"样例镇{at}", "area": "a", "lon": lon, "lat": lat} for at, (lon, lat) in enumerate(centres)
    ]
    yield "assets/words.js", "words", site_words(LANGUAGE)["live"]
    yield "assets/words.js", "tiers", {"id": LOOKS, "look": LOOKS, "name": ["中心", "站", "点", "其他", "层级待核实"]}
    yield "data/files.js", "files", {}
    yield "data/places.js", "places", {
        "id": columns.texts(f"yangli-zhendi-{row}" for row in range(count)),
        "name": columns.texts(f"样例第{row}社区党群服务站" for row in range(count)),
        "tier": columns.numbers(dice.choice((0, 1, 1, 1, 2, 2, 3)) for _ in range(count)),
        "town": columns.numbers(row % TOWNS for row in range(count)),
        "towns": towns,
    }  # fmt: skip
    yield "data/points.js", "points", {
        "lon": [lon for lon, _ in spots],
        "lat": [lat for _, lat in spots],
        "precise": [int(row % 7 > 0) for row in range(count)],
        "verified": columns.days([None] * count),
    }  # fmt: skip


def made_up_layers() -> list[Layer]:
    """A city's worth: some thousands of roads and canals, lakes, parks, stations, landmarks."""
    dice = Random(2018)
    west, south, east, north = BOX

    def spot() -> Point:
        return dice.uniform(west, east), dice.uniform(south, north)

    def walk(steps: int, length: float) -> tuple[Point, ...]:
        lon, lat = spot()
        points, angle = [(lon, lat)], dice.choice((0.0, pi / 2)) + dice.gauss(0, 0.15)
        for _ in range(steps):
            angle += dice.gauss(0, 0.06)
            lon, lat = lon + length * cos(angle), lat + length * sin(angle)
            points.append((lon, lat))
        return tuple(points)

    def around(radius: float) -> tuple[Point, ...]:
        lon, lat = spot()
        ring = [(lon + radius * cos(at / 6), lat + radius * dice.uniform(0.7, 1) * sin(at / 6)) for at in range(38)]
        return (*ring, ring[0])

    roads = [Shape("line", (walk(12, 0.002),), f"样例路{at}", rank) for at, rank in enumerate([0] * 60 + [1] * 150 + [2] * 500)]
    roads += [Shape("line", (walk(4, 0.001),), "", 3) for _ in range(5000)]
    water = [Shape("line", (walk(20, 0.0015),)) for _ in range(500)]
    return [
        Layer("green", tuple(Shape("area", (around(0.003),)) for _ in range(200))),
        Layer("water", tuple(Shape("area", (around(0.006),)) for _ in range(60)) + tuple(water)),
        Layer("roads", tuple(roads)),
        Layer("rails", tuple(Shape("line", (walk(40, 0.004),)) for _ in range(4))),
        Layer("stations", tuple(Shape("spot", ((spot(),),), f"样例站{at}") for at in range(40))),
        Layer("landmarks", tuple(Shape("spot", ((spot(),),), f"样例地标{at}") for at in range(200))),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
