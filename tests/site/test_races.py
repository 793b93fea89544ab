"""Three builds, `serve`, an editor and a visitor at once: in the end all show the last state; no page was ever missed."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from haitang.cli import main
from haitang.model import messages
from haitang.model.field_specs import forget
from haitang.site.output_folder import Target
from tests.site.kills import started
from tests.site.racing_edits import EDITS, World
from tests.worlds import PROJECT, tree

BUILDS = 3
SETTLED = 40  # seconds in which `serve` must have settled on the busiest of machines


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def visitor(site: Path, folder: Path, pause: float) -> Iterator[dict[str, object]]:
    """Reads pages that are there all the time; each must be whole, whichever state it shows."""
    told: dict[str, object] = {}
    pages = ("index.html", "positions/he-cheng.html", "about.html", "towns/index.html")
    (folder / "known.json").write_text(json.dumps({page: [] for page in pages}), encoding="utf-8")
    script = PROJECT / "tests" / "site" / "polling_reader.py"
    arguments = [str(site), str(folder / "known.json"), str(folder / "result.json"), str(pause)]
    with subprocess.Popen([sys.executable, str(script), *arguments]) as process:
        time.sleep(0.3)
        try:
            yield told
        finally:
            process.terminate()
    told.update(json.loads((folder / "result.json").read_text(encoding="utf-8")))


def building(options: list[str], stop: Path, pause: float) -> int:
    """Builds until told to stop; the exit code that nobody expected, if there was one."""
    while not stop.exists():
        messages.forget()
        forget()
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


@pytest.mark.parametrize(("seconds", "pause"), [(4, 0.7), pytest.param(300, 0.05, marks=pytest.mark.long)])
def test_everybody_at_once(seconds: float, pause: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world, chance, port = World(tmp_path), random.Random(19), free_port()
    project, stop, out = tmp_path / "project", tmp_path / "stop", tmp_path / "site"
    monkeypatch.setattr(main, "PROJECT", project)
    monkeypatch.setattr(messages, "_FOLDER", messages._FOLDER)
    assert world.build("site") == 0
    root = ["--root", str(tmp_path / "root")]
    served = project / ".cache" / "serve" / str(port) / "site"
    builders = [started(lambda: building(["site", *root, "--out", str(out)], stop, pause)) for _ in range(BUILDS)]
    server = started(lambda: main.main(["serve", *root, "--port", str(port)]))
    try:
        assert waited(served.exists)
        with visitor(out / "site", tmp_path, pause / 100) as seen:
            edits = edited(world, chance, seconds, pause)
            stop.touch()
            codes = [os.waitstatus_to_exitcode(os.waitpid(builder, 0)[1]) for builder in builders]
            assert world.build("site") == 0
        assert waited(lambda: tree(served) == world.anew("serve"))
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)
    assert codes == [0] * BUILDS
    assert tree(out / "site") == world.anew("site")
    assert seen["faults"] == []
    assert int(str(seen["polls"])) > 20 * seconds
    assert edits > 1
    with Target(out).locked(lambda: pytest.fail("a lock is left")):
        assert [path.name for path in (out / ".site").iterdir() if path.name.endswith(".new")] == []
