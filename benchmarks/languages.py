"""What a further language costs: builds in one language and in two, in turns.

`python3 -m benchmarks.languages` in .venv (`--sizes`, `--rounds`, `--real FOLDER`). Processor seconds, user and system, of
whole commands and their children; medians of the rounds. A language's ratio is what it adds to a build, to what the pages of
the first one cost in the same build: all that comes after its data are read and checked.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks import measure
from benchmarks.ours import BUNDLED, FROM_TEMPLATES, SETTLING, Copy, EntryEdit
from benchmarks.synthetic import write_directory

PROJECT = Path(__file__).resolve().parent.parent
SIZES = "46,210,2000"
ROUNDS = 5
FIRST, FURTHER = "zh-CN", ("zh-TW", "en")
BUILDS = ("cold", "unchanged", "one change")
_READ = re.compile(r"^read: ([0-9.]+)$", re.MULTILINE)
# A build that says what it has cost when its data were read; in the folder of the project.
_DRIVER = """
import os, sys
sys.path.insert(0, os.getcwd())
from haitang.cli.main import main
from haitang.site.build import Builder
site = Builder.site
def said(*given, **named):
    made = site(*given, **named)
    print(f"read: {sum(os.times()[:4]):.3f}", flush=True)
    return made
Builder.site = said
sys.exit(main(sys.argv[1:]))
"""
_DATA = ("directory.yml", "positions", "brands", "concepts", "routes", "photos", "map", "words", "site_src")


@dataclass(frozen=True)
class Added:
    """Processor seconds of builds of one kind: in the first language, of its pages alone (0 where nothing is made), and what a
    further language adds."""

    data: str
    build: str
    language: str
    first: float
    pages: float
    added: float

    @property
    def row(self) -> str:
        ratios = [f"{self.added / whole:.2f}" if whole else "" for whole in (self.first, self.pages)]
        figures = (f"{self.first:.2f}", f"{self.pages:.2f}", f"{self.added:.2f}", *ratios)
        return f"| {' | '.join((self.data, self.build, self.language, *figures))} |"


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.languages", description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help="positions of synthetic directories, with commas between")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--real", type=Path, help="a directory's root to measure too")
    parser.add_argument("--out", type=Path, default=PROJECT / "out")
    wanted = parser.parse_args(argv)
    figures = list[Added]()
    print("| data | build | language | first, CPU s | its pages | added | ÷ first | ÷ its pages |\n" + "|---" * 8 + "|")
    for source in filter(None, (*wanted.sizes.split(","), wanted.real)):
        with tempfile.TemporaryDirectory(prefix="haitang-languages-") as scratch:
            for one in measured(source, Path(scratch), wanted.rounds):
                print(one.row, flush=True)
                figures.append(one)
    wanted.out.mkdir(parents=True, exist_ok=True)
    told = json.dumps([asdict(one) for one in figures], indent=1)
    (wanted.out / "bench-languages.json").write_text(told + "\n", encoding="utf-8")
    return 0


def measured(source: str | Path, scratch: Path, rounds: int) -> Iterator[Added]:
    """What languages add to builds of so many synthetic positions, or of a copy of the directory in a folder."""
    name = source.resolve().name if isinstance(source, Path) else f"{int(source):,}"
    sites = [_Site(source, scratch / (more or FIRST), more) for more in ("", *FURTHER)]
    costs = list[dict[tuple[str, str], tuple[float, float]]]()
    for _ in range(rounds):
        costs.append({})
        for build in BUILDS:
            if build != BUILDS[0]:
                time.sleep(SETTLING)
            for site in sites:
                site.prepare(build)
                costs[-1][build, site.more] = site.cost(build)
    for build in BUILDS:
        first, pages = (median(one[build, ""][at] for one in costs) for at in (0, 1))
        for more in FURTHER:
            added = median(one[build, more][0] - one[build, ""][0] for one in costs)
            yield Added(name, build, more, first, pages, added)


class _Site:
    """A directory in the first language, and in one more if one is named, with a copy of the project of its own."""

    def __init__(self, source: str | Path, folder: Path, more: str) -> None:
        self.more = more
        self._root, self._out, self._log = folder / "data", folder / "out", folder / "log"
        self._project = Copy(PROJECT, folder / "project")
        _write(source, self._root)
        with (self._root / "directory.yml").open("a", encoding="utf-8") as settings:
            settings.write("".join(("languages:\n", *(f"  - {each}\n" for each in (FIRST, more) if each))))
        self._edit = EntryEdit(sorted(self._root.glob("positions/*/*.yml")), self._out / "site")
        self.cost(BUILDS[0])
        self._program = {path for path in self._files if path.parts[0] in (BUNDLED, *FROM_TEMPLATES)}

    @property
    def _files(self) -> set[Path]:
        cache = self._project.cache
        return {path.relative_to(cache) for path in cache.rglob("*") if path.is_file()}

    def prepare(self, build: str) -> None:
        """What is done before a build of a kind, off the clock."""
        if build == BUILDS[0]:
            self.forget()
            shutil.rmtree(self._out)
        elif build == BUILDS[2]:
            self._edit.make()

    def forget(self) -> None:
        """All that is kept of the data."""
        for path in self._files - self._program:
            (self._project.cache / path).unlink()

    def cost(self, build: str) -> tuple[float, float]:
        """Of a build: in all, and after its data were read and checked (0 where it looked at none)."""
        door = ("build.py",) if build == "unchanged" else ("-c", _DRIVER)  # which loads the program only where anything changed
        line = [sys.executable, *door, "--root", str(self._root), "--out", str(self._out)]
        cost = measure.run(line, self._log, self._project.folder, {"PYTHONDONTWRITEBYTECODE": ""})
        if cost.code:
            raise SystemExit(cost.tail)
        read = _READ.search(self._log.read_text("utf-8"))
        return cost.cpu_s, cost.cpu_s - float(read[1]) if read else 0


def _write(source: str | Path, root: Path) -> None:
    if not isinstance(source, Path):
        write_directory(root, int(source))
        return
    root.mkdir(parents=True)
    for part in _DATA:
        if (source / part).is_dir():
            shutil.copytree(source / part, root / part)
        elif (source / part).is_file():
            shutil.copyfile(source / part, root / part)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
