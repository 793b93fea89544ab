"""A directory that comes in blocks, on a slow phone and a slow line: its search and its map.

`python3 -m benchmarks.large` in .venv. A phone's screen (390 × 844), the processor slowed down four times by the browser, 1.6
Mbit/s and gzip from a server; every query and every map is that of a page just opened. Of some rounds the best one counts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.maps import BOX, FIRST, PHONE, PROJECT, SLOWED, chromium, panned
from benchmarks.synthetic import write_directory
from benchmarks.waiting import wait_for
from haitang.checks.load import load
from haitang.core import clock
from haitang.core.digests import integrity
from haitang.core.toolchain import browser_lacks
from haitang.model.messages import site_words
from haitang.site.bundles import bundle
from haitang.site.edition.recipe import Recipe
from haitang.site.exports import browser_data, browser_words
from haitang.site.exports.search import browser_pinyin
from haitang.site.page import files_index
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

SIZE = 100_000
ROUNDS = 3
BYTES_A_SECOND = 200_000  # 1.6 Mbit/s
TYPED = (
    "启明和谐",
    "绿地",
    "社区",
    "站",
    "qiming",
    "qmhx",
    "lvdi",
    "s",
    "公积金",
    "0512-001366",
    "玉兰 银杏",
    "银杏海棠社区",
)
KEY = """(text) => new Promise((done) => {
  const field = document.querySelector("#q");
  const list = document.querySelector(".search-list");
  const from = performance.now();
  new MutationObserver((_, watch) => {
    if (!list.querySelector(".search-hit") && document.querySelector(".search-none").hidden) return;
    watch.disconnect();
    document.body.offsetHeight;
    done(performance.now() - from);
  }).observe(list, {childList: true, subtree: true});
  field.value = text;
  field.dispatchEvent(new Event("input", {bubbles: true}));
})"""
READY = "!!document.querySelector('.search-list > *')"


@dataclass(frozen=True)
class Search:
    """Milliseconds from the key to the first hit, and kB of data (of 1,000 bytes, as gzip leaves them) that came until then:
    all of them, those that say where the others are included."""

    typed: str
    first: float
    kilobytes: float


@dataclass(frozen=True)
class Map:
    """Milliseconds from the start of loading to the first marks, the 95th hundredth of frames while a finger drags, kB of data
    and of all that came until the first marks."""

    first: float
    pan: float
    data: float
    everything: float


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.large", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--latency", type=int, default=0, help="milliseconds")
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    parser.add_argument("--site", type=Path, help="a folder that was prepared before, or is to be kept")
    wanted = parser.parse_args(argv)
    if lacks := browser_lacks():
        print(lacks, file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="haitang-large-") as scratch:
        folder = wanted.site or Path(scratch) / "site"
        if not (folder / "index.html").is_file():
            prepare(folder, Path(scratch) / "root", wanted.size)
        with served(folder) as address, chromium() as browser:
            slow = partial(opened, browser, address, wanted.latency)
            searches = [
                min((searched(*slow("index"), text) for _ in range(wanted.rounds)), key=lambda one: one.first) for text in TYPED
            ]
            maps = [mapped(*slow("map")) for _ in range(wanted.rounds)]
    best = Map(*(round(min(values), 1) for values in zip(*(asdict(one).values() for one in maps), strict=True)))
    wanted.out.mkdir(parents=True, exist_ok=True)
    told = {"size": wanted.size, "searches": [asdict(one) for one in searches], "map": asdict(best)}
    (wanted.out / "bench-large.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(wanted.size, searches, best)))
    return 0


def table(size: int, searches: Sequence[Search], shown: Map) -> Iterator[str]:
    """The figures as Markdown."""
    yield f"| {size:,} places, typed | first hit, ms | kB |"
    yield "|---" * 3 + "|"
    for one in searches:
        yield f"| {one.typed} | {one.first:,.0f} | {one.kilobytes:,.0f} |"
    yield f"| median | {median(one.first for one in searches):,.0f} | {median(one.kilobytes for one in searches):,.0f} |"
    yield ""
    came = f"{shown.data:,.0f} kB of data, {shown.everything:,.0f} kB in all"
    yield f"first marks {shown.first:,.0f} ms ({came}), pan p95 {shown.pan:,.0f} ms"


Opened = tuple["Page", dict[str, float]]


def opened(browser: Browser, address: str, latency: int, name: str) -> Opened:
    """A slow phone's page, and what has come: bytes by address."""
    page = browser.new_context(viewport=PHONE, reduced_motion="reduce").new_page()
    session: CDPSession = page.context.new_cdp_session(page)
    came: dict[str, float] = {}
    names: dict[str, str] = {}
    session.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.loadingFinished", lambda event: came.update({names[event["requestId"]]: event["encodedDataLength"]}))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": latency, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND,
    })  # fmt: skip
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.add_init_script(FIRST)
    page.goto(f"{address}{name}.html", timeout=180_000)
    return page, came


def searched(page: Page, came: dict[str, float], text: str) -> Search:
    wait_for(page, "document.querySelector('#q[role=combobox]')")
    page.focus("#q")
    wait_for(page, READY, timeout=60_000)
    first = float(page.evaluate(KEY, text))
    kilobytes = sum(size for address, size in came.items() if "/data/" in address) / 1000
    page.context.close()
    return Search(text, round(first), round(kilobytes))


def mapped(page: Page, came: dict[str, float]) -> Map:
    wait_for(page, "window.firstMark", timeout=60_000)
    data, everything = (sum(size for address, size in came.items() if part in address) / 1000 for part in ("/data/", "/"))
    first, pan = float(page.evaluate("window.firstMark")), panned(page)
    page.context.close()
    return Map(first, pan, data, everything)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder from a server on this machine, packed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Packed, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


class _Packed(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        content = gzip.compress(path.read_bytes(), 6, mtime=0) if path.is_file() else b""
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(ConnectionError):  # the page has gone on
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


def prepare(folder: Path, root: Path, count: int) -> None:
    """A page with a field and one with a map; their scripts; and the data of that many places in blocks."""
    write_directory(root, count)
    site = Site(load(root, today=clock.today(clock.zone())), Templates(site_words(LANGUAGE)), digests=defaultdict(bytes))
    write_data(folder, site)
    write_page(folder)
    shutil.rmtree(root)


def write_data(folder: Path, site: Site) -> None:
    """As a build makes them, whatever their number."""
    browser_data.MOST_WHOLE, most = 0, browser_data.MOST_WHOLE
    written: dict[str, Path] = {}

    def write(path: str, content: bytes) -> None:
        written[path] = folder / path
        written[path].parent.mkdir(parents=True, exist_ok=True)
        written[path].write_bytes(content)

    for output in (browser_data.build, browser_pinyin.build, browser_words.build):
        for item in output(site):
            made = item.make() if isinstance(item, Recipe) else item
            write(made.path, made.content)  # type: ignore[union-attr]
    for file in browser_data.indexes(site, bundle(PROJECT), list(written), lambda path: written[path].read_bytes()):
        write(file.path, file.content)
    index = files_index({path: integrity(there.read_bytes()) for path, there in written.items()})
    write(index.path, index.content)
    browser_data.MOST_WHOLE = most


def write_page(folder: Path) -> None:
    for file in bundle(PROJECT).iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    styles = [(PROJECT / "templates" / "styles" / f"{name}.css").read_text("utf-8") for name in ("tokens", "search")]
    (folder / "style.css").write_text("\n".join(styles), encoding="utf-8")
    tiers = ("centre", "station", "point", "other", "unknown")
    symbols = "".join(f'<symbol id="f-{tier}" viewBox="-52 -52 104 104"><circle r="40"/></symbol>' for tier in tiers)
    box = ",".join(map(str, BOX))
    head = (
        '<!doctype html><html lang="zh-CN" data-site=""><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="map.css">'
        f'<body style="margin:0"><svg width="0" height="0">{symbols}</svg>'
        '<form class="search" action="search.html" data-search><input id="q" class="search-field" name="q">'
        "<button>go</button></form>"
        f'<div id="map" class="map" data-root="" data-bounds="{box}"><figure><svg class="map-picture"></svg></figure></div>'
    )
    for name, scripts in (("index", ("assets/words", "site")), ("map", ("ahead", "assets/words", "map"))):
        named = "".join(f'<script src="{script}.js" defer></script>' for script in scripts)
        (folder / f"{name}.html").write_text(head + named, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
