"""What photos cost: 210 positions with three pictures of 12 million pixels each, built cold, unchanged and with one change.

The rule: the pictures are drawn before anything is measured, and as a camera would see them: shapes, soft grounds, grain.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from benchmarks import measure
from benchmarks.report import show
from benchmarks.synthetic import write_directory

REPOSITORY = Path(__file__).resolve().parent.parent
SIZE = (4000, 3000)
_ROOM = 800  # pixels: each picture is another part of one larger ground
_TOLD = "  - file: {}\n    alt: 样例照片\n    credit: 样例\n    licence: CC BY 4.0\n"


def ground(seed: int) -> Image.Image:
    """Noise from coarse to fine, and grain over it; larger than a picture."""
    chooser = random.Random(seed)
    size = SIZE[0] + _ROOM, SIZE[1] + _ROOM
    drawn = Image.new("RGB", size)
    for cells, weight in ((6, 1.0), (24, 0.33), (96, 0.23), (400, 0.15), (1600, 0.07)):
        noise = Image.frombytes("RGB", (cells, cells), chooser.randbytes(cells * cells * 3))
        drawn = Image.blend(drawn, noise.resize(size, Image.Resampling.BICUBIC), weight)
    tile = Image.frombytes("L", (1024, 1024), bytes(round(chooser.gauss(128, 16)) for _ in range(1024 * 1024)))
    grain = Image.new("L", size)
    for x in range(0, size[0], 1024):
        for y in range(0, size[1], 1024):
            grain.paste(tile, (x, y))
    return ImageChops.add(drawn, grain.convert("RGB"), 1, -128)


def draw(whole: Image.Image, seed: int, path: Path) -> None:
    """One picture: a part of the ground with shapes on it, in a camera's quality."""
    chooser = random.Random(seed)
    left, top = chooser.randrange(_ROOM), chooser.randrange(_ROOM)
    picture = whole.crop((left, top, left + SIZE[0], top + SIZE[1]))
    pen = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = chooser.randrange(SIZE[0]), chooser.randrange(SIZE[1])
        colour = chooser.randrange(256), chooser.randrange(256), chooser.randrange(256)
        pen.rectangle((x, y, x + chooser.randrange(30, 700), y + chooser.randrange(30, 700)), fill=colour)
    picture.save(path, "JPEG", quality=80)


def write(root: Path, n: int, each: int) -> list[Path]:
    """The synthetic directory with its pictures; the files of its positions."""
    positions = write_directory(root, n).positions
    (root / "photos").mkdir()
    whole = ground(1)
    names = [f"p{number}.jpg" for number in range(n * each)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda pair: draw(whole, pair[0], root / "photos" / pair[1]), enumerate(names)))
    for number, file in enumerate(positions):
        told = "".join(map(_TOLD.format, names[number * each : (number + 1) * each]))
        file.write_text(f"{file.read_text(encoding='utf-8')}photos:\n{told}", encoding="utf-8")
    return list(positions)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.photographs", description=__doc__)
    parser.add_argument("--size", type=int, default=210)
    parser.add_argument("--each", type=int, default=3)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        print(f"drawing {options.size * options.each} pictures …", flush=True)
        positions = write(scratch / "data", options.size, options.each)
        rows = _measured(scratch, positions)
        show("Photos", ("build", "CPU s", "wall s", "peak MB"), rows)
        show("What is published", ("files", "count", "kB each", "MB"), _published(scratch / "out" / "site" / "photos"))
    return 0


def _measured(scratch: Path, positions: list[Path]) -> list[tuple[str, ...]]:
    """Cold means: nothing of these pictures is kept. What other builds kept stays: it is kept by content."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(scratch / "data"), "--out", str(scratch / "out")]
    kept = REPOSITORY / ".cache" / "photos"
    shutil.rmtree(kept, ignore_errors=True)
    rows: list[tuple[str, ...]] = []
    for name in ("cold", "unchanged", "one change"):
        if name == "one change":
            _change(positions[0])
        cost = measure.run(command, scratch / "log", scratch, {})
        if cost.code:
            raise SystemExit(f"{name} did not build: {cost.tail}")
        rows.append((name, f"{cost.cpu_s:.2f}", f"{cost.wall_s:.2f}", f"{cost.peak_mb:.0f}"))
    return rows


def _change(file: Path) -> None:
    content = file.read_text(encoding="utf-8")
    file.write_text(content.replace("story: |\n", "story: |\n  改了一句。\n", 1), encoding="utf-8")


def _published(folder: Path) -> list[tuple[str, ...]]:
    counts, sizes = Counter[str](), Counter[str]()
    for file in folder.iterdir():
        name = ".".join(file.name.rsplit(".", 2)[1:])
        counts[name] += 1
        sizes[name] += file.stat().st_size
    return [(n, f"{counts[n]}", f"{sizes[n] / counts[n] / 1000:.0f}", f"{sizes[n] / 1e6:.0f}") for n in sorted(counts)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
