"""A site that is built while somebody edits what it is made of, removes it, or builds another one in its place.

The rule: once nobody edits any more, the next build gives what a build from nothing gives, `serve` shows it by itself, and no
page was ever missed.
"""

import os
import random
import shutil
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from haitang.cli import main
from haitang.core import digests
from haitang.model import messages
from haitang.site import output_folder
from haitang.site.output_folder import Target
from tests.clockwork import CLOCKWORK
from tests.data.history_world import git
from tests.site.kills import reader, started
from tests.site.racing_edits import EDITS, FIRST, World, races
from tests.worlds import tree

BUILDS = 3
PAGES = ("index.html", "positions/he-cheng.html", "about.html", "towns/index.html")  # are there whoever builds what
SETTLED = 40  # seconds in which `serve` must have settled on the busiest of machines


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def building(options: list[str], stop: Path, pause: float) -> int:
    """Builds until told to stop; the exit code that nobody expected, if there was one."""
    while not stop.exists():
        messages.forget()
        if (code := main.main(options)) not in (0, 1, 3):
            return code or 98
        time.sleep(pause)
    return 0


def edited(world: World, chance: random.Random, seconds: float, pause: float) -> int:
    """How many edits there were in that time."""
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        world.flip(chance.choice(EDITS), chance.randrange(4))
        count += 1
        time.sleep(chance.uniform(0, pause))
    return count


def waited(done: Callable[[], bool]) -> bool:
    until = time.monotonic() + SETTLED
    while not done() and time.monotonic() < until:
        time.sleep(0.1)
    return done()


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("races"))


@pytest.fixture
def world(worlds: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """One of all tests, whose caches and outputs are as the tests before left them."""
    monkeypatch.setattr(messages, "_FOLDER", messages._FOLDER)
    return worlds


@pytest.mark.parametrize("count", [0, pytest.param(1_000, marks=pytest.mark.long)])
def test_edits_in_the_middle_of_builds(count: int, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was edited a moment ago is believed here, as what was edited long ago is elsewhere."""
    monkeypatch.setattr(digests, "SETTLED_NS", 0)
    found = races(world, count, 19)
    assert found.hits > (count + len(FIRST)) // 2, "most edits must fall into the build"


def test_a_commit_in_the_middle_of_a_build(world: World) -> None:
    """What git tells is a part of the state, too: taken back, the site is what it was before it."""
    root = shutil.copytree(world.base / "root", world.base / "history")
    git(root, "2026-03-03", "init", "-q", "-b", "main")
    for day, file in (("2026-03-03", "positions/hecheng/xiao-qu.yml"), ("2026-03-04", "positions/qingshan/qing-shan.yml")):
        git(root, day, "add", "-A")
        git(root, day, "commit", "-qm", "x")
        with (root / file).open("a", encoding="utf-8") as page:
            page.write("address: 样例路 9 号\n")

    def commit() -> None:
        git(root, "2026-03-04", "commit", "-qam", "y")

    with CLOCKWORK.during([(str(root / "directory.yml"), 3, commit)]) as left:
        assert world.build("site", "committed", "history") == 0
    assert left == []
    git(root, "2026-03-04", "reset", "-q", "--soft", "HEAD~1")
    assert world.build("site", "committed", "history") == 0
    assert tree(world.base / "committed" / "site") == world.anew("site", "history")


def built(world: World) -> int:
    """The exit code of a build, as the command line gives it."""
    try:
        return world.build("site", "removed")
    except OSError:
        return 3


@pytest.mark.parametrize("count", [4, pytest.param(400, marks=pytest.mark.long)])
def test_removed_under_a_build(count: int, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole or not at all, whenever `rm -rf out` falls into it; and the next build is as ever."""
    chance = random.Random(19)
    assert built(world) == 0
    out, codes = world.base / "removed", set[int]()
    whole = tree(out / "site")
    for number in range(count):
        if number % 2:
            shutil.rmtree(out)
        with CLOCKWORK.during([("", chance.randint(400, 2_400), lambda: shutil.rmtree(out))]):
            (world.base / "root" / "site_src" / "about.md").touch()
            codes.add(code := built(world))
        assert code in (0, 3)
        assert not (out / "site").exists() or tree(out / "site") == whole
        assert built(world) == 0
        assert tree(out / "site") == whole
        assert len(list((out / ".site").glob("*.new"))) == 0
    assert codes == {0, 3}
    shutil.rmtree(out)
    part_has_gone(world, monkeypatch)


def part_has_gone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """`rm -rf` was not through with the folder when the build wrote on into it."""
    switch = Target.switch

    def spoilt(self: Target, folder: Path, *rest: object) -> None:
        (folder / "about.html").unlink()
        switch(self, folder, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(output_folder.Target, "switch", spoilt)
        assert built(world) == 3
    assert not (world.base / "removed" / "site").exists()


def test_two_roots_in_turn(world: World) -> None:
    """One folder, two directories with the same names of pages: each build shows its own, whatever generation lies there."""
    right = list[dict[str, bytes]]()
    other = shutil.copytree(world.base / "root", world.base / "other")
    page = other / "positions" / "qingshan" / "qing-shan.yml"
    page.write_text(page.read_text("utf-8") + "address: 样例路 9 号\n", "utf-8")
    for root in ("root", "other"):
        assert world.build("site", f"out-{root}", root) == 0
        right.append(tree(world.base / f"out-{root}" / "site"))
    assert right[0] != right[1]
    for turn in (0, 1, 0, 1, 1):
        assert world.build("site", "shared", ("root", "other")[turn]) == 0
        assert tree(world.base / "shared" / "site") == right[turn]


@pytest.mark.parametrize(("seconds", "pause"), [(4, 0.7), pytest.param(300, 0.05, marks=pytest.mark.long)])
def test_everybody_at_once(seconds: float, pause: float, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, port = random.Random(19), free_port()
    project, stop, out = world.base / "project", tmp_path / "stop", world.base / "site"
    monkeypatch.setattr(main, "PROJECT", project)
    assert world.build("site") == 0
    root = ["--root", str(world.base / "root")]
    served = project / ".cache" / "serve" / str(port) / "site"
    builders = [started(lambda: building(["site", *root, "--out", str(out)], stop, pause)) for _ in range(BUILDS)]
    server = started(lambda: main.main(["serve", *root, "--port", str(port)]))
    try:
        assert waited(served.exists)
        with reader(out / "site", {page: [] for page in PAGES}, tmp_path, pause / 100) as seen:
            edits = edited(world, chance, seconds, pause)
            stop.touch()
            codes = [os.waitstatus_to_exitcode(os.waitpid(builder, 0)[1]) for builder in builders]
            assert world.build("site") == 0
        shown = world.fresh("serve")  # not with other caches: `serve` is at work with these
        assert waited(lambda: tree(served) == shown)
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)
    assert codes == [0] * BUILDS
    assert shown == world.anew("serve")
    assert tree(out / "site") == world.anew("site")
    assert seen["faults"] == []
    assert int(str(seen["polls"])) > 5 * seconds
    assert edits > 1
    with Target(out).locked(lambda: pytest.fail("a lock is left")):
        assert [path.name for path in (out / ".site").iterdir() if path.name.endswith(".new")] == []
