"""Whatever the machine fails at, what was there stays whole, it is told in a sentence, and the next run is like any other."""

import errno
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.judge import Judge
from tests.faults.scenes import SCENES, World, worlds
from tests.faults.shim import CALLS, ERRORS, Fault

MOST = 50  # the calls of a kind that fail, one after the other
# How many of the faults of each scene are tried each time: 40 in all.
SOME = {"site-cold": 1, "site-again": 3, "excel": 6, "fix": 5, "format": 7, "issue": 4, "kiosk": 2, "install": 7, "pull": 5}
NOBODY = 65534


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where also other users may go, which is not so below pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def faults(most: dict[str, int]) -> list[Fault]:
    """Every call that a scene makes, up to the limit, failing once and from then on; the errors take turns."""
    return [
        Fault(call, at, ERRORS[(at + number + 2 * lasting + at // 5) % len(ERRORS)], lasting)
        for lasting in (False, True)
        for number, call in enumerate(CALLS)
        for at in range(1, min(MOST, most.get(call, 0)) + 1)
    ]


def some(name: str, tried: list[Fault]) -> list[Fault]:
    """A few of them, of all kinds of calls: there are many more openings than renames."""
    chooser = random.Random(f"19 {name}")
    kinds = {call: [fault for fault in tried if fault.call == call] for call in CALLS}
    calls = [call for call in CALLS if kinds[call]]
    return [chooser.choice(kinds[calls[(number + len(name)) % len(calls)]]) for number in range(SOME[name])]


@pytest.mark.parametrize("name", SCENES)
def test_some_faults(name: str, folder: Path) -> None:
    with worlds(folder, (name,)) as prepared:
        judge = Judge(prepared[name])
        wrong = [line for fault in some(name, faults(judge.most)) for line in judge.wrong(fault)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
@pytest.mark.parametrize("name", SCENES)
def test_all_faults(name: str, folder: Path) -> None:
    with worlds(folder, (name,)) as prepared:
        judge = Judge(prepared[name])
        tried = faults(judge.most)
        wrong = [line for fault in tried for line in judge.wrong(fault)]
    assert len(tried) > MOST / 2
    assert not wrong, f"{len(wrong)} of {len(tried)}\n" + "\n".join(wrong)


def closed(world: World, folder: str) -> None:
    """Everything belongs to somebody who may do nothing in one of its folders, and all elsewhere."""
    for base, _, files in os.walk(world.folder):
        for path in (base, *(f"{base}/{name}" for name in files)):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    for path in (world.folder / folder, *(world.folder / folder).rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o500)


def told(world: World, folder: str) -> str:
    """What the scene's command says to a user who may not write in a folder of it. Nothing of that is changed."""
    world.begin()
    closed(world, folder)
    before = world.visible()
    outcome = world.run(user=NOBODY)
    assert outcome.code == 3, outcome
    assert "Traceback" not in outcome.told and "Errno" not in outcome.told
    assert world.visible() == before
    return outcome.told


@pytest.mark.skipif("os.getuid() != 0", reason="only root can become nobody")
@pytest.mark.parametrize(
    ("name", "closed_one"),
    [("excel", "data"), ("format", "data"), ("fix", "data"), ("install", "hall"), ("site-again", "out"), ("kiosk", "out")],
)
def test_who_may_not_write_is_told(name: str, closed_one: str, folder: Path) -> None:
    with worlds(folder, (name,)) as prepared:
        said = told(prepared[name], closed_one)
    assert f"{closed_one}/" in said and "没有权限" in said, said


def test_the_shim_reaches_every_way_to_a_file(folder: Path) -> None:
    """One call of each kind, by whatever way Python has: else the tests above would find nothing."""
    with worlds(folder, ("excel", "install")) as prepared:
        for world in prepared.values():
            world.begin()
            counts = world.run().counts
            for call in CALLS:
                if call == "symlink" or (call == "link" and world.scene.name == "install"):
                    continue  # which these need none of
                world.begin()
                outcome = world.run(Fault(call, counts[call], errno.EIO))
                assert outcome.fired, (world.scene.name, call, counts)
