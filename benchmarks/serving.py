"""From a saved file to the page that shows it, while `build.py serve` runs.

`python3 -m benchmarks.serving` in .venv. A browser shows the page of one place of a made-up directory; its telephone number is
written into its file, and the clock runs until the page, loaded anew by itself, shows it.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.maps import PROJECT, chromium
from benchmarks.synthetic import write_directory
from benchmarks.waiting import wait_for
from haitang.core.toolchain import browser_lacks

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = (210, 2_000)
ROUNDS = 7
_PHONE = re.compile(r"(?m)^phone: .*$")


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.serving", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    wanted = parser.parse_args(argv)
    if lacks := browser_lacks():
        print(lacks, file=sys.stderr)
        return 3
    times = {size: shown(size, wanted.rounds) for size in wanted.sizes}
    wanted.out.mkdir(parents=True, exist_ok=True)
    (wanted.out / "bench-serving.json").write_text(json.dumps(times, indent=1) + "\n", encoding="utf-8")
    print("| places | saved to shown, ms (median) | best | worst |\n|---|---|---|---|")
    for size, each in times.items():
        print(f"| {size:,} | {median(each):,.0f} | {min(each):,.0f} | {max(each):,.0f} |")
    return 0


def shown(size: int, rounds: int) -> list[float]:
    """Milliseconds from each save to its number on the page; the first save, after which all is warm, is not counted."""
    with tempfile.TemporaryDirectory(prefix="haitang-serving-") as scratch:
        root = Path(scratch) / "root"
        write_directory(root, size)
        file = next(path for path in sorted(root.glob("positions/*/*.yml")) if _PHONE.search(path.read_text(encoding="utf-8")))
        with _served(root) as address, chromium() as browser:
            page = browser.new_page()
            page.goto(f"{address}positions/{file.stem}.html")
            return [_saved(page, file, number) for number in range(rounds + 1)][1:]


def _saved(page: Page, file: Path, number: int) -> float:
    phone = f"0512-6677{number:04}"
    text = _PHONE.sub(f'phone: "{phone}"', file.read_text(encoding="utf-8"), count=1)
    start = time.perf_counter()
    file.write_text(text, encoding="utf-8")
    # Every ten milliseconds: a locator is asked again in steps of up to half a second.
    wait_for(page, "(phone) => document.body && document.body.textContent.includes(phone)", arg=phone)
    return (time.perf_counter() - start) * 1000


@contextmanager
def _served(root: Path) -> Iterator[str]:
    """`build.py serve` on a port of the system's choice; gives its address."""
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--root", str(root), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            yield next(found[0] for line in server.stdout if (found := re.search(r"http://\S+/", line)))
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
