"""Commands in a small world of their own, to be run where the machine fails: what each begins with, and what it leaves."""

import ctypes
import io
import os
import pickle
import shutil
import struct
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook

from haitang.cli import main
from haitang.editors.excel.export import export
from haitang.kiosk.release.install import install, lay_out, pack, sign, verify
from haitang.kiosk.release.manifest import Refused
from tests.conftest import BASE
from tests.editors.test_issue_parser import NEW, body
from tests.faults.shim import NONE, Fault, Shim
from tests.kiosk.broken_zips import SECRET, release
from tests.kiosk.test_release_download import Hall, published, serving
from tests.worlds import PROJECT, tree

ENTRIES = ("positions/lujia/qifa-guangchang.yml", "positions/lujia/lujia-zhen.yml", "brands/hongfushi.yml")
LIMIT = 300  # seconds that a command may take, where others use the machine too
CRASHED = 99
KEPT_CACHES = ("fonts",)  # of a cold project: nothing else takes seconds to make


@dataclass(frozen=True)
class Outcome:
    """What a command ended with and said, how often it asked the machine for what, and the path that failed, if one did."""

    code: int
    told: str
    counts: Counter[str]
    fired: str


@dataclass(frozen=True)
class Scene:
    """A command line in which `@` is the world's folder; `prepare` lays out what it begins with. `visible` is what people see
    of it: the data, and what is published, each of which is whole by itself."""

    name: str
    line: str
    prepare: Callable[["World"], None]
    visible: Callable[["World"], tuple[object, ...]]
    environment: Mapping[str, str] = field(default_factory=dict)
    cold: bool = False


class World:
    """A folder with `data`, a `project` whose caches are its own, `out` and `tmp`. `begin` puts it back to where the scene
    begins."""

    def __init__(self, folder: Path, scene: Scene, server: str = "") -> None:
        self.folder, self.scene, self.server = folder / "world", scene, server
        self._start = folder / f"start-{scene.name}"
        self._lay_out()
        scene.prepare(self)
        if scene.cold:
            for path in (self.folder / "project/.cache").iterdir():
                if path.name not in (*KEPT_CACHES, "frontend"):
                    shutil.rmtree(path, ignore_errors=True)
        self.folder.rename(self._start)

    def _lay_out(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(BASE, self.folder / "data")
        (self.folder / "tmp").mkdir()
        cache = self.folder / "project/.cache"
        cache.mkdir(parents=True)
        for path in PROJECT.iterdir():
            if path.name not in (".cache", ".git", "out"):
                (self.folder / "project" / path.name).symlink_to(path)
        (cache / "frontend").symlink_to(PROJECT / ".cache/frontend")
        for name in ("fonts", "frames"):
            if (PROJECT / ".cache" / name).is_dir():
                shutil.copytree(PROJECT / ".cache" / name, cache / name)

    def begin(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._start, self.folder, symlinks=True, copy_function=_copied)

    def run(self, fault: Fault = NONE, line: str = "", *, ordinary: bool = False) -> Outcome:
        """The scene's command, or another one, in a child process on a machine with this fault."""
        arguments = (line or self.scene.line).replace("@", str(self.folder)).replace("SERVER", self.server).split()
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as noted:
            child = os.fork()
            if child == 0:
                self._child(arguments, fault, said.fileno(), noted.fileno(), ordinary)
            code = _waited(child)
            said.seek(0)
            noted.seek(0)
            content = noted.read()
            counts, fired = pickle.loads(content) if content else (Counter(), "")
            return Outcome(code, said.read().decode(errors="replace"), counts, fired)

    def _child(self, arguments: list[str], fault: Fault, said: int, noted: int, ordinary: bool) -> None:
        code = CRASHED
        try:
            for number in (1, 2):
                os.dup2(said, number)
            sys.stdout, sys.stderr = (io.TextIOWrapper(io.FileIO(said, "w", closefd=False), "utf-8") for _ in range(2))
            os.environ.update({"TMPDIR": str(self.folder / "tmp"), "HAITANG_LANG": "zh-CN"})
            os.environ.update({name: value.replace("@", str(self.folder)) for name, value in self.scene.environment.items()})
            tempfile.tempdir = None
            os.chdir(self.folder)
            main.PROJECT = self.folder / "project"
            if ordinary:
                obey_permissions()
            shim = Shim(fault, str(self.folder))
            shim.install()
            code = main.main(arguments)
            os.write(noted, pickle.dumps((shim.counts, shim.fired)))
        except BaseException:  # what must not be: told with its traceback
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def visible(self) -> tuple[object, ...]:
        return self.scene.visible(self)

    def litter(self) -> list[str]:
        """What lies about for nobody: below the folder, without what the project is made of."""
        found = []
        for base, folders, files in os.walk(self.folder):
            inside = base == str(self.folder / "tmp")
            names = (name for name in (*folders, *files) if inside or _is_litter(name))
            found += [f"{base}/{name}" for name in names if name != "tmp"]
        return sorted(os.path.relpath(path, self.folder) for path in found)


def obey_permissions() -> None:
    """From here on root is held to the permissions of files as their owner is. (As another user it could no longer import.)"""
    header, none = struct.pack("<Ii", 0x20080522, 0), bytes(24)  # version 3 of capabilities, of this process
    if os.getuid() == 0 and ctypes.CDLL(None, use_errno=True).capset(header, none) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _copied(source: str, target: str, *, follow_symlinks: bool = True) -> str:
    """What is out stays the very file: a build takes over only those."""
    if "/out/.site/" in source and not source.endswith(".json"):
        os.link(source, target, follow_symlinks=False)
        return target
    return str(shutil.copy2(source, target, follow_symlinks=follow_symlinks))


def _is_litter(name: str) -> bool:
    return name.endswith((".new", ".tmp", ".old", ".as-before", "~")) or name.startswith((".#", "haitang-", "tmp"))


def _waited(child: int) -> int:
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return -99


def _data(world: World) -> tuple[object, ...]:
    return (tree(world.folder / "data"),)


def _site(world: World) -> tuple[object, ...]:
    return *_data(world), tree(world.folder / "out/site")


def _halls(folder: Path) -> object:
    """Which release is shown, every byte of which is there."""
    try:
        return verify(folder).id
    except Refused as refused:
        return refused.code


def _kiosk(world: World) -> tuple[object, ...]:
    parcel = world.folder / "out/kiosk/kunshan-hall.zip"
    return *_data(world), _halls(world.folder / "out/kiosk/kunshan-hall"), parcel.read_bytes() if parcel.exists() else b""


def _hall(world: World) -> tuple[object, ...]:
    return (_halls(world.folder / "hall"),)


def rewrite(world: World, old: str, new: str, files: tuple[str, ...] = ENTRIES) -> None:
    for file in files:
        path = world.folder / "data" / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def _built(world: World) -> None:
    assert world.run(line="site --root @/data --out @/out").code == 0
    rewrite(world, "启发广场", "启发大广场")


def _kiosk_built(world: World) -> None:
    assert world.run(line="kiosk --root @/data --out @/out").code == 0
    rewrite(world, "启发广场", "启发大广场")


def _sheet(world: World) -> None:
    book = load_workbook(io.BytesIO(export(world.folder / "data")[0]))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if sheet.title != "填写说明" and cell.value in ("启发广场", "陆家镇党群服务中心"):
                cell.value = f"{cell.value}甲"
    book.save(world.folder / "sheet.xlsx")


def _asked(world: World) -> None:
    (world.folder / "body.md").write_text(body(world.folder / "data", "new", NEW), "utf-8")


def _stick(world: World) -> None:
    """A kiosk with the old release and a zip with the new one."""
    for day, name in (("2026-11-23", "old"), ("2026-11-24", "new")):
        lay_out(release(day), world.folder / name)
        pack(world.folder / name, world.folder / f"{name}.zip")
        sign(world.folder / f"{name}.zip", SECRET)
        shutil.rmtree(world.folder / name)
    install(world.folder / "old.zip", world.folder / "hall", SECRET.public)


def _nothing(_: World) -> None:
    """The data as it is."""


SCENES = {
    scene.name: scene
    for scene in (
        Scene("site-cold", "site --root @/data --out @/out", _nothing, _site, cold=True),
        Scene("site-again", "site --root @/data --out @/out", _built, _site),
        Scene("excel", "excel import @/sheet.xlsx --root @/data", _sheet, _data),
        Scene("fix", "check --fix --root @/data", lambda world: rewrite(world, "name: ", "name："), _data),
        Scene("format", "format --root @/data", lambda world: rewrite(world, "name: ", "name:   "), _data),
        Scene("issue", "issue @/body.md --root @/data", _asked, _data, {"HAITANG_ISSUE_COMMENT": "@/comment.md"}),
        Scene("kiosk", "kiosk --root @/data --out @/out", _kiosk_built, _kiosk),
        Scene("install", "kiosk install @/new.zip @/hall", _stick, _hall),
        Scene("pull", "kiosk pull SERVER @/hall", _stick, _hall),
    )
}


@contextmanager
def worlds(folder: Path, names: tuple[str, ...] = tuple(SCENES)) -> Iterator[dict[str, World]]:
    """The worlds of these scenes; the kiosk's server runs meanwhile."""
    with ExitStack() as running:
        url = ""
        if "pull" in names:
            files = published(folder / "published", release("2026-11-24"))
            url = running.enter_context(serving(Hall(files))).url
        yield {name: World(folder, SCENES[name], url) for name in names}
