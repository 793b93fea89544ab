"""Whatever is killed when: the data and what is published are the old or the new, and the next run ends as if nothing had been.

Of several files that one command writes each is the old one or the new one, and the same command, run again, writes the rest. A
site, a kiosk that is built and one that is installed are whole, the old one or the new one.
"""

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.request import urlopen

import pytest

from haitang.cli import main
from haitang.core.leftovers import is_leftover
from haitang.kiosk.release.install import install, lay_out, pack, sign, verify
from tests.conftest import BASE
from tests.editors.test_issue_parser import CORRECT, NEW, body
from tests.kiosk.broken_zips import SECRET, release
from tests.site.kills import killed, killed_at, measured, reader
from tests.worlds import tree

Tree = dict[str, bytes]
ROWS = [
    "编号,名称,区镇,层级,地址,资料来源",
    "qifa-guangchang,启发广场党群服务点,花桥镇,点,新的路 1 号,虚构的报道",  # moves to another folder
    "lujia-zhen,陆家镇党群服务中心,陆家镇,中心,新的路 2 号,虚构的报道",
    *(f",样例{name}党群服务点,陆家镇,点,样例路 {name} 号,虚构的报道" for name in "甲乙丙丁"),
]


@dataclass
class Job:
    """A command that is killed again and again. `begin` makes everything as it was before it, else it goes there and back
    again, as `ways` say; `shows` is what is to be the old or the new: files by their paths, each by itself unless all
    `at_once`. `codes` are those of a run after a kill, `left` is what lies there afterwards and should not."""

    name: str
    ways: tuple[list[str], ...]
    shows: Callable[[], Tree]
    left: Callable[[], list[str]]
    begin: Callable[[], object] = lambda: None
    at_once: bool = False
    codes: tuple[int, ...] = (0,)
    shown: list[Tree] = field(default_factory=list)  # before each of the ways, in their order
    steps: int = 0
    seconds: float = 0.0
    turn: int = 0
    last: object = None
    ends: set[str] = field(default_factory=set)

    def measure(self) -> None:
        self.begin()
        for way in self.ways:
            self.shown.append(self.shows())
            code, self.steps, self.seconds = measured(way)
            assert code == 0, self.name
        if len(self.ways) == 1:
            self.shown.append(self.shows())
        assert self.shown[0] != self.shown[1], self.name
        assert self.steps > 3, self.name

    def kill(self, chance: random.Random, times: int) -> None:
        """At a place in it, or at a moment; then it is run to its end."""
        self.begin()
        way, self.turn = self.ways[self.turn], (self.turn + 1) % len(self.ways)
        old, new = self.shown if self.turn or len(self.ways) == 1 else self.shown[::-1]
        for _ in range(times):
            step, after = chance.randint(1, self.steps), chance.uniform(0, self.seconds)
            by_step = chance.random() < 0.7
            was_killed = killed_at(way, step) if by_step else killed(way, after)
            self._look(old, new, was_killed=was_killed, told=step if by_step else after)
        self._finish(way, new)

    def kill_at(self, step: int) -> None:
        """Of a command of one way."""
        self.begin()
        was_killed = killed_at(self.ways[0], step)
        self._look(*self.shown, was_killed=was_killed, told=step)
        self._finish(self.ways[0], self.shown[1])

    def _look(self, old: Tree, new: Tree, *, was_killed: bool, told: object) -> None:
        now, told = self.shows(), (self.name, told, was_killed)
        if self.at_once:
            assert now in (old, new), told
        wrong = [path for path in {*now, *old, *new} if now.get(path) not in (old.get(path), new.get(path))]
        assert wrong == [], told
        assert was_killed or now == new, told
        self.ends.add("old" if now == old else "new" if now == new else "some of each")
        self.last = told

    def _finish(self, way: list[str], new: Tree) -> None:
        code, _, _ = measured(way)
        assert code in self.codes, self.last
        assert self.shows() == new, self.last
        assert self.left() == [], self.last


def kept(folder: Path) -> Tree:
    """Files that are somebody's."""
    return {path: content for path, content in tree(folder).items() if not any(map(is_leftover, Path(path).parts))}


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if is_leftover(path.name)]


class Jobs:
    """All of them, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.roots = [folder / "甲", folder / "乙"]
        for root, name in zip(self.roots, ("甲", "乙"), strict=True):
            shutil.copytree(BASE, root)
            settings = root / "directory.yml"  # every page has its title
            settings.write_text(re.sub("(?m)^title: .*", f"title: {name}", settings.read_text("utf-8")), "utf-8")

    def all(self, url: str) -> Iterator[Job]:
        yield from (self._site(cold=True), self._site(cold=False), self._kiosk())
        yield from (self._import(), self._mend("check", "--fix"), self._mend("format"), *self._issues())
        yield from (self._install("install", str(self.folder / "new.zip")), self._install("pull", url))

    def _ways(self, command: str, out: Path) -> tuple[list[str], list[str]]:
        """From the one directory to the other and back."""
        back, there = ([command, "--root", str(root), "--out", str(out)] for root in self.roots)
        assert main.main(back) == 0
        return there, back

    def _site(self, *, cold: bool) -> Job:
        out = self.folder / "cold" if cold else self.folder / "out"

        def left() -> list[str]:
            names = [path.name for path in (out / ".site").iterdir()]
            return [name for name in names if name.endswith(".new")] + [name for name in names if name.isdigit()][2:]

        def shows() -> Tree:
            return tree(out / "site")

        if cold:
            way = ["site", "--root", str(self.roots[0]), "--out", str(out)]
            return Job("site, cold", (way,), shows, left, lambda: shutil.rmtree(out, ignore_errors=True), at_once=True)
        return Job("site", self._ways("site", out), shows, left, at_once=True)

    def _kiosk(self) -> Job:
        out = self.folder / "kiosks"
        ways = self._ways("kiosk", out)
        (hall,) = (path for path in (out / "kiosk").iterdir() if path.is_dir())

        def shows() -> Tree:
            return {"shown": verify(hall).id.encode(), "zip": hall.with_suffix(".zip").read_bytes()}

        def left() -> list[str]:
            return [
                path.name for path in hall.parent.rglob("*") if path.suffix in (".tmp", ".old", ".new") or path.name == ".new"
            ]

        return Job("kiosk", ways, shows, left)

    def _on_data(self, name: str, arguments: list[str], begun: Callable[[Path], None], codes: tuple[int, ...] = (0,)) -> Job:
        root = self.folder / name

        def begin() -> None:
            shutil.rmtree(root, ignore_errors=True)
            shutil.copytree(BASE, root)
            begun(root)

        return Job(name, ([*arguments, "--root", str(root)],), lambda: kept(root), lambda: hidden(root), begin, codes=codes)

    def _import(self) -> Job:
        sheet = self.folder / "台账.csv"
        sheet.write_text("\n".join(ROWS), encoding="utf-8")
        return self._on_data("import", ["excel", "import", str(sheet)], lambda _: None)

    def _mend(self, *command: str) -> Job:
        def begun(root: Path) -> None:
            for path in root.glob("positions/*/*.yml"):
                path.write_text(path.read_text("utf-8").replace("\nname: ", "\nname:   "), "utf-8")

        return self._on_data(command[0], list(command), begun)

    def _issues(self) -> Iterator[Job]:
        for name, answers in (("new", NEW), ("correct", CORRECT)):
            filled = self.folder / f"{name}.md"
            filled.write_text(body(BASE, name, answers), "utf-8")  # type: ignore[arg-type]
            # Told once more of a place that is there already, or of what stands there so, it says so.
            yield self._on_data(f"issue-{name}", ["issue", str(filled)], lambda _: None, (0, 1))

    def _install(self, action: str, source: str) -> Job:
        dest, start = self.folder / f"dest-{action}", self.folder / "start"

        def begin() -> None:
            shutil.rmtree(dest, ignore_errors=True)
            shutil.copytree(start, dest)

        def left() -> list[str]:
            return [path.name for path in dest.rglob("*") if path.suffix in (".tmp", ".old") or path.name == ".new"]

        def shows() -> Tree:
            return {"shown": verify(dest).id.encode()}

        return Job(action, (["kiosk", action, source, str(dest)],), shows, left, begin, at_once=True)


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[list[Job]]:
    """With the old and the new of each, and a server that has the new kiosk."""
    found = Jobs(tmp_path)
    for name, day in (("old", "2026-11-23"), ("new", "2026-11-24")):
        lay_out(release(day), tmp_path / name)
        pack(tmp_path / name, tmp_path / f"{name}.zip")
        sign(tmp_path / f"{name}.zip", SECRET)
        sign(tmp_path / name, SECRET)
    install(tmp_path / "old.zip", tmp_path / "start", SECRET.public)
    command = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(tmp_path / "new"), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            url = server.stdout.readline().rpartition("(")[2].partition(")")[0]
            urlopen(url, timeout=10).close()
            everything = list(found.all(url))
            for job in everything:
                job.measure()
            yield everything
        finally:
            server.terminate()


@pytest.mark.parametrize(("kills", "polls"), [(20, 500), pytest.param(1_000, 50_000, marks=pytest.mark.long)])
def test_kills(kills: int, polls: int, tmp_path: Path, jobs: list[Job], capsys: pytest.CaptureFixture[str]) -> None:
    known: dict[str, list[str]] = {}
    site = next(job for job in jobs if job.name == "site")
    for shown in site.shown:
        for path, content in shown.items():
            known.setdefault(path, []).append(sha256(content).hexdigest())
    chance = random.Random(19)
    with reader(tmp_path / "out" / "site", known, tmp_path, 0.002 if kills > 100 else 0.005) as seen:
        for number in range(kills // 2):
            jobs[number % len(jobs)].kill(chance, 2)
    capsys.readouterr()
    assert seen["faults"] == []
    assert int(str(seen["polls"])) >= polls
    ends = {job.name: sorted(job.ends) for job in jobs}
    assert {end for those in ends.values() for end in those} >= {"old", "new"}
    if kills > len(jobs) * 10:
        assert all("old" in those for those in ends.values()), ends
        assert "some of each" in ends["import"], ends


@pytest.mark.long
def test_killed_before_each_of_the_last_steps(jobs: list[Job], capsys: pytest.CaptureFixture[str]) -> None:
    """Where data are written; what chance may miss."""
    for job in (job for job in jobs if len(job.ways) == 1):
        for step in range(max(1, job.steps - 50), job.steps + 1):
            job.kill_at(step)
    capsys.readouterr()
    assert {"old", "some of each"} <= next(job.ends for job in jobs if job.name == "import")
