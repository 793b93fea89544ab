"""Whatever the machine fails at, what was there stays whole, it is told in a sentence, and the next run is like any other."""

import errno
import random
from pathlib import Path

import pytest

from tests.faults.judge import Judge
from tests.faults.scenes import SCENES, worlds
from tests.faults.shim import CALLS, ERRORS, Fault

MOST = 50  # the calls of a kind that fail, one after the other
# How many of the faults of each scene are tried each time: 40 in all.
SOME = {"site-cold": 1, "site-again": 2, "excel": 4, "fix": 3, "format": 11, "issue": 2, "kiosk": 1, "install": 10, "pull": 6}


# What nobody may take for a mistake in the data, or for a file that is not there.
AIMED = {
    "excel": [Fault("open", 1, errno.EIO, True, "photos/qifa-01.png")],
    "format": [Fault("open", 1, errno.EMFILE, on="qifa-guangchang.yml")],
    "install": [Fault("read", 1, errno.EIO, on="new.zip"), Fault("read", 1, errno.EACCES, True, "hall/current.js")],
    "pull": [Fault("read", 1, errno.EIO, True, ".part")],
}


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
def test_some_faults(name: str, tmp_path: Path) -> None:
    with worlds(tmp_path, (name,)) as prepared:
        judge = Judge(prepared[name])
        wrong = [line for fault in [*some(name, faults(judge.most)), *AIMED.get(name, [])] for line in judge.wrong(fault)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
@pytest.mark.parametrize("name", SCENES)
def test_all_faults(name: str, tmp_path: Path) -> None:
    with worlds(tmp_path, (name,)) as prepared:
        judge = Judge(prepared[name])
        tried = faults(judge.most)
        wrong = [line for fault in tried for line in judge.wrong(fault)]
    assert len(tried) > MOST / 2
    assert not wrong, f"{len(wrong)} of {len(tried)}\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("name", "closed"),
    [("excel", "data"), ("format", "data"), ("fix", "data"), ("install", "hall"), ("site-again", "out"), ("kiosk", "out")],
)
def test_who_may_not_write_is_told(name: str, closed: str, tmp_path: Path) -> None:
    with worlds(tmp_path, (name,)) as prepared:
        world = prepared[name]
    world.begin()
    before = world.visible()
    folders = [path for path in (world.folder / closed).rglob("*") if path.is_dir() and not path.is_symlink()]
    for path in (world.folder / closed, *folders):
        path.chmod(0o500)
    outcome = world.run(ordinary=True)
    for path in (world.folder / closed, *folders):
        path.chmod(0o755)
    assert outcome.code == 3 and world.visible() == before, outcome
    assert "Traceback" not in outcome.told and "Errno" not in outcome.told
    assert f"/{closed}/" in outcome.told and "没有权限" in outcome.told, outcome.told


def test_the_shim_reaches_every_way_to_a_file(tmp_path: Path) -> None:
    """One call of each kind, by whatever way Python has: else the tests above would find nothing."""
    with worlds(tmp_path, ("excel", "install")) as prepared:
        for world in prepared.values():
            world.begin()
            counts = world.run().counts
            for call in CALLS:
                if call == "symlink" or (call == "link" and world.scene.name == "install"):
                    continue  # which these need none of
                world.begin()
                outcome = world.run(Fault(call, counts[call], errno.EIO))
                assert outcome.fired, (world.scene.name, call, counts)
