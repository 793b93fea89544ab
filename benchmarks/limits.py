"""The largest directory that is promised: 10,000 entries, each as large as a file may be, checked and built.

`python3 -m benchmarks.limits` in .venv. Each entry is a synthetic one with the longest story there may be, filled up with
remarks of editors to the limit; the swift reader does not know these, so all go through the whole parser. Photos by the
thousand: `python3 -m benchmarks.photographs --size 334 --each 3`.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import measure
from benchmarks.report import show
from benchmarks.synthetic import write_directory
from haitang.source.parser import MAX_BYTES

REPOSITORY = Path(__file__).resolve().parent.parent
ENTRIES = 10_000
CHECK_S, BUILD_S, PEAK_MB = 150, 300, 1500  # processor seconds and 10^6 bytes, for ENTRIES of them
_STORY = 3_990  # characters
_SENTENCE = "样例中的一句话，讲这里每天做什么、谁来、几点开门。"
_REMARK = "# 编辑的话：样例，打过电话，对方说照旧。\n"


def large(text: str) -> str:
    """An entry with as long a story as may be, filled up with remarks to the largest file there may be."""
    head, _, rest = text.partition("\nstory: |\n")
    story = (_SENTENCE * (_STORY // len(_SENTENCE) + 1))[:_STORY]
    whole = f"{head}\nstory: |\n  {story}\n{_behind(rest)}"
    left = MAX_BYTES - len(whole.encode())
    return whole + _REMARK * (left // len(_REMARK.encode()))


def _behind(rest: str) -> str:
    """What follows the story."""
    lines = rest.splitlines(keepends=True)
    at = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith(" ")), len(lines))
    return "".join(lines[at:])


def main(argv: Sequence[str]) -> int:
    """0 measured and within what is promised; 1 not within; anything that does not build stops it."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.limits", description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--check-only", action="store_true", help="no build")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="haitang-limits-") as folder:
        scratch = Path(folder)
        for path in write_directory(scratch / "data", options.entries).positions:
            path.write_text(large(path.read_text("utf-8")), "utf-8")
        size = measure.tree_size(scratch / "data" / "positions")[1] / 1e6
        rows, good = _measured(scratch, options.entries / ENTRIES, build=not options.check_only)
        show(f"{options.entries} entries, {size:.0f} MB", ("command", "CPU s", "wall s", "peak MB", "promised CPU s, MB"), rows)
    return 0 if good else 1


def _measured(scratch: Path, share: float, *, build: bool) -> tuple[list[tuple[str, ...]], bool]:
    rows, good = list[tuple[str, ...]](), True
    where = ["--root", str(scratch / "data")]
    runs = [("check", ["check", *where], CHECK_S), ("check again", ["check", *where], CHECK_S)]
    runs += [("build", [*where, "--out", str(scratch / "out")], BUILD_S)] if build else []
    kept = REPOSITORY / ".cache"
    for name, command, seconds in runs:
        if name == "check":
            shutil.rmtree(kept / "entries", ignore_errors=True)
        cost = measure.run([sys.executable, str(REPOSITORY / "build.py"), *command], scratch / "log", scratch, {})
        if cost.code:
            raise SystemExit(f"{name}: {cost.tail}")
        good &= cost.cpu_s <= max(60, seconds * share) and cost.peak_mb <= PEAK_MB
        rows.append((name, f"{cost.cpu_s:.1f}", f"{cost.wall_s:.1f}", f"{cost.peak_mb:.0f}", f"{seconds}, {PEAK_MB}"))
    return rows, good


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
