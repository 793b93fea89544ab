"""Two builds of the same files are the same bytes: pages, pictures, fonts, kiosks and their zips, SBOM and provenance.

A machine that is another one in every respect is compared with a plain one; neither may ask a network for anything. With
`--all` each respect stands alone, which tells the one that counts; and faults are planted, each of which must be seen.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.data.history_world import git
from tests.reproducible.machine import Machine
from tests.worlds import PROJECT, WORLD, tree

PLAIN = {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
RUNNER = Path(__file__).with_name("machine.py")
# In a user namespace of its own a process is nobody, and may do what it might before.
NOBODY = ("unshare", "--user")


@dataclass(frozen=True)
class Varied:
    """What is otherwise on a machine. `times`: when the files were last changed; `backwards`: in which order they were written;
    `warm`: what was built before is still there."""

    environment: Mapping[str, str | None] = field(default_factory=dict)
    machine: Mapping[str, Any] = field(default_factory=dict)
    python: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    folder: str = "root"
    cwd: str = "."
    times: int = 0
    mode: int = 0o644
    backwards: bool = False
    warm: bool = False
    processors: int = 0


def may(command: tuple[str, ...]) -> bool:
    """Whether this machine lets us."""
    return (
        shutil.which(command[0]) is not None
        and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    )


EVERYTHING = Varied(
    environment={
        "TZ": "America/Los_Angeles", "LANG": "C", "LC_ALL": None, "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0",
        "HOME": "/nonexistent", "USER": "somebody", "TERM": "dumb", "COLUMNS": "40",
    },
    machine={"clock": 200, "order": 7, "umask": "077", "workers": "3"},
    python=("-O",),
    folder="根 目录 #1 50%",
    cwd="/",
    times=500_000_000,
    mode=0o700,
    backwards=True,
)  # fmt: skip
ALONE = {
    "zone of Los Angeles": Varied({"TZ": "America/Los_Angeles"}),
    "zone of Kiritimati": Varied({"TZ": "Pacific/Kiritimati"}),
    "no language": Varied({"LANG": "C", "LC_ALL": None}),
    "language of Turkey": Varied({"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}),
    "narrow umask": Varied(machine={"umask": "077"}),
    "another user": Varied({"USER": "nobody", "LOGNAME": "nobody"}, before=NOBODY),
    "no home": Varied({"HOME": "/nonexistent", "XDG_CACHE_HOME": None}),
    "hash seed 1": Varied({"PYTHONHASHSEED": "1"}),
    "hash seed 4294967295": Varied({"PYTHONHASHSEED": "4294967295"}),
    "another path": Varied(folder="根 目录 #1 50%"),
    "told in another order": Varied(machine={"order": 1}, backwards=True),
    "files of 1985": Varied(times=500_000_000, mode=0o755),
    "half a year later": Varied(machine={"clock": 200}),
    "a year later": Varied(machine={"clock": 366}),
    "half a year before": Varied(machine={"clock": -200}),
    "four workers": Varied(machine={"workers": "4"}),
    "another folder to be in": Varied(cwd="/"),
    "without asserts": Varied(python=("-O",)),
    "one processor": Varied(processors=1),
    "built before": Varied(warm=True),
}
# With all the letters of the kiosks, which cost more than all the rest.
WITH_FONTS = ("hash seed 1", "told in another order", "half a year later")


@dataclass(frozen=True)
class Builder:
    """Builds in `folder`; all in one `project`, with what is kept there, or each in one of its own."""

    folder: Path
    machine: Mapping[str, Any]
    project: Path | None = None

    def __call__(self, name: str, varied: Varied, *, history: bool = False, epoch: str = "") -> dict[str, bytes]:
        """What a machine that is so makes of the world."""
        here = self.folder / name
        root = here / varied.folder
        project = self.project or here / ("another project" if varied.folder != "root" else "project")
        copy(varied, root)
        if history:
            begin(root)
        if not project.is_dir():
            shown(project)
        machine = Machine(
            **{"project": str(project), "root": str(root), "out": str(here / "out"), **self.machine, **varied.machine}
        )
        changed = {**PLAIN, **varied.environment, "SOURCE_DATE_EPOCH": epoch or None}
        environment = {key: value for key, value in {**os.environ, **changed}.items() if value is not None}
        line = [
            *(varied.before if may(varied.before or ("true",)) else ()),
            sys.executable,
            *varied.python,
            str(RUNNER),
            machine.text(),
        ]
        if varied.processors and hasattr(os, "sched_setaffinity"):
            line = ["taskset", "-c", "0", *line]
        for _ in range(1 + varied.warm):
            done = subprocess.run(
                line,
                cwd=here if varied.cwd == "." else varied.cwd,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr[-3000:]
        return {
            f"{top}/{path}": content
            for top in ("site", "kiosk", "provenance")
            for path, content in tree(here / "out" / top).items()
            if not path.startswith(".")
        }


def copy(varied: Varied, root: Path) -> None:
    """The world, on a disk that is so."""
    for path in sorted((path for path in WORLD.rglob("*") if path.is_file()), reverse=varied.backwards):
        target = root / path.relative_to(WORLD)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        target.chmod(varied.mode)
        if varied.times:
            os.utime(target, (varied.times, varied.times))


def begin(root: Path) -> None:
    git(root, "2026-02-03", "init", "-q", "-b", "main")
    git(root, "2026-02-03", "-c", "core.fileMode=false", "add", ".")  # else another mode is another commit
    git(root, "2026-02-03", "commit", "-q", "-m", "x")


def shown(project: Path) -> None:
    """The program elsewhere, with caches of its own."""
    project.mkdir(parents=True)
    for path in (*(path for path in PROJECT.iterdir() if not path.name.startswith(".")), PROJECT / ".venv", PROJECT / ".github",
                 PROJECT / ".gitea", PROJECT / ".gitlab-ci.yml"):  # fmt: skip
        (project / path.name).symlink_to(path)


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """With few letters."""
    return Builder(tmp_path_factory.mktemp("short"), {"fonts": False})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return Builder(tmp_path_factory.mktemp("whole"), {})


@pytest.fixture(scope="module")
def plain(builder: Builder) -> dict[str, bytes]:
    return builder("plain", Varied())


@pytest.fixture(scope="module")
def plain_with_fonts(whole: Builder) -> dict[str, bytes]:
    return whole("plain", Varied())


def test_another_machine_makes_the_same_release(builder: Builder, plain: dict[str, bytes]) -> None:
    kinds = {Path(path).suffix for path in plain}
    assert {".html", ".js", ".css", ".zip", ".json", ".xml", ".ics", ".webp", ".avif", ".jpg"} <= kinds, kinds
    assert differing(plain, builder("other", EVERYTHING)) == []


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in ALONE if name not in WITH_FONTS])
def test_each_respect_alone_makes_the_same_release(name: str, builder: Builder, plain: dict[str, bytes]) -> None:
    assert differing(plain, builder(name, ALONE[name])) == []


@pytest.mark.long
@pytest.mark.parametrize("name", WITH_FONTS)
def test_with_all_letters_it_is_the_same_too(name: str, whole: Builder, plain_with_fonts: dict[str, bytes]) -> None:
    assert differing(plain_with_fonts, whole(name, ALONE[name])) == []


@pytest.mark.long
def test_with_a_history_it_is_the_same_too(builder: Builder) -> None:
    one = builder("history", Varied(), history=True)
    assert differing(one, builder("history, another machine", EVERYTHING, history=True)) == []
    named = builder("history, named", Varied(machine={"clock": 100}), history=True, epoch="1770127200")  # 2026-02-03 14:00 UTC
    assert differing(one, named) == []


FAULTS: Mapping[str, Varied] = {
    "today in a zip": Varied(machine={"clock": 200}),
    "today as the day of the data": Varied(machine={"clock": 200}),
    "the order of a folder": Varied(machine={"order": 1}),
    "the order of a set": Varied({"PYTHONHASHSEED": "1"}),
    "the zone": Varied({"TZ": "Pacific/Kiritimati"}),
    "the time of a file": Varied(times=500_000_000),
    "the path": Varied(folder="another"),
    "the user": Varied({"USER": "nobody"}),
    "an assert": Varied(python=("-O",)),
    "the umask": Varied(machine={"umask": "077"}),
}


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    planted = Builder(tmp_path, {"fonts": False, "fault": fault}, tmp_path_factory.getbasetemp() / "planted")
    found = differing(planted("plain", Varied()), planted("other", FAULTS[fault]))
    assert found


@pytest.mark.long
def test_a_build_that_asks_the_network_is_seen(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="asked the network: socket"):
        Builder(tmp_path, {"fonts": False, "fault": "the network"})("asks", Varied())
