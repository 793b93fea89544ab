"""A directory that is edited while it is built: at a place in it and not at a time, so that what failed once fails again.

The build runs in this process. Before each thing that it asks of the disk somebody may edit a file, as editing programs do it:
in place, or beside and then renamed, or away and written anew; with the size, and as often with the time, that it had before.
"""

import os
import random
import shutil
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from PIL import Image

from haitang.cli import main
from haitang.cli.commands import site
from haitang.cli.commands.serve import Rebuilding
from haitang.core.console import Console
from haitang.model import messages
from haitang.site.build import Inputs
from haitang.site.bundles import bundle
from haitang.site.output_folder import Target
from tests.clockwork import CLOCKWORK
from tests.worlds import PROJECT, WORLD, tree

TICK = 0.012  # seconds: two edits have two times, as far as the system tells times apart
NEW = "root/positions/hecheng/xin.yml"  # comes and goes
PHOTO = "root/photos/he-hua.png"  # becomes another that nobody has seen before
# What is edited: a file, what stands in it, and as many other bytes for that.
TEXTS = (
    ("root/positions/hecheng/he-cheng.yml", "禾城之家", "禾城人家"),
    ("root/positions/hecheng/he-cheng.yml", "121.0101", "121.0202"),
    ("root/positions/hecheng/he-cheng.yml", "第二行", "第三行"),
    ("root/directory.yml", "title: 样例阵地", "title: 样板阵地"),
    ("root/directory.yml", "禾城镇\n", "和城镇\n"),
    ("root/brands/he-hua.yml", "出于", "生于"),
    ("root/concepts/san-ji.yml", "三级", "四级"),
    ("root/routes/he-xian.yml", "荷香线", "荷花线"),
    ("root/map/water.geojson", "120.97, 31.352", "120.98, 31.352"),
    ("root/map/water.geojson", "样例湖", "样板湖"),
    ("root/site_src/about.md", "一段话", "两段话"),
    ("project/templates/pages/position.html", '<i class="spray ', '<i class="sprax '),
    ("project/templates/parts/card.html", 'class="tag t-', 'class="tug t-'),
    ("project/templates/parts/footer.html", 'class="foot"', 'class="fuot"'),
    ("project/templates/words/site.zh-CN.yml", "看全部地方", "看所有地方"),
    ("project/templates/words/fields.zh-CN.yml", "牌子上的全称", "牌子上的名称"),
    ("project/templates/styles/base.css", "button { margin: 0;", "button { margin: 1;"),
    ("project/templates/theme/main.html", 'class="page"', 'class="pagf"'),
    ("project/templates/assets/favicon.svg", 'r="16"', 'r="17"'),
)
KINDS = ("site", "serve")
LATER, BACK = 40, 0  # things asked of the disk; in the place of a time: and back again, so much later
# What failed once: how it was built, the end of what was edited, and before it was opened for the how manieth time.
FIRST: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("serve", "pages/position.html", (3, BACK)),
    ("site", "water.geojson", (2,)),
    ("site", "he-cheng.yml", (2, 3)),
    ("serve", "site.zh-CN.yml", (4, BACK)),
    ("site", "he-hua.png", (2, 3)),
    ("serve", "xin.yml", (2,)),
)


@dataclass(frozen=True)
class Edit:
    """One of `TEXTS`, or of the files that come and go, there and back again."""

    file: str
    before: bytes = b""
    after: bytes = b""

    def of(self, content: bytes | None, base: Path) -> bytes | None:
        """The other state of the file's content."""
        if self.file == NEW:
            return None if content is not None else "id: xin\nname: 新\ntown: hecheng\nsources:\n  - title: 虚构\n".encode()
        if self.file == PHOTO:
            return _other(content or b"")
        assert content is not None
        assert (self.before in content) != (self.after in content), self
        old, new = (self.before, self.after) if self.before in content else (self.after, self.before)
        return content.replace(old, new, 1)


def _other(content: bytes) -> bytes:
    """A picture with another first pixel."""
    made = BytesIO()
    with Image.open(BytesIO(content)) as picture:
        shown = picture.convert("RGB")
    shade = sha256(content).digest()
    shown.putpixel((0, 0), (shade[0], shade[1], shade[2]))
    shown.save(made, "PNG")
    return made.getvalue()


EDITS = (Edit(NEW), Edit(PHOTO), *(Edit(file, before.encode(), after.encode()) for file, before, after in TEXTS))


def write(path: Path, content: bytes | None, how: int) -> None:
    """As an editor does it, in one of four ways."""
    time.sleep(TICK)
    facts = path.stat() if path.exists() else None
    if content is None:
        path.unlink()
    elif how == 0 and facts:  # in place, at the same size, as `sed -i` of some and Notepad do
        with path.open("r+b") as stream:
            stream.write(content)
            stream.truncate()
    elif how == 1 and facts:  # vim: away, written anew, the old one removed
        path.rename(path.with_name(f"{path.name}~"))
        path.write_bytes(content)
        path.with_name(f"{path.name}~").unlink()
    else:  # Excel, most others: beside, then renamed
        path.with_name(f".{path.name}.tmp").write_bytes(content)
        path.with_name(f".{path.name}.tmp").rename(path)
    if facts and content is not None and how != 2:  # and with the time it had before
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    time.sleep(TICK)


@dataclass
class World:
    """A data root and a project of its own, with its caches and what is out."""

    base: Path
    serving: Rebuilding | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        project = self.base / "project"
        for name in ("templates", "requirements"):
            shutil.copytree(PROJECT / name, project / name)
        shutil.copy(PROJECT / "mkdocs.yml", project)
        for name in ("haitang", "frontend"):
            (project / name).symlink_to(PROJECT / name)
        for cache in (project / ".cache", project / ".clean"):
            shutil.copytree(PROJECT / ".cache" / "frontend", cache / "frontend")
            (project / "compiled").mkdir(exist_ok=True)  # takes seconds, and is kept by what is in them
            (cache / "templates").symlink_to(project / "compiled")
        shutil.copytree(WORLD, self.base / "root")
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            assert self.build("site", "first") == 0
        for name in ("photos", "frames"):  # so do these
            shutil.copytree(project / ".cache" / name, project / ".clean" / name)

    def anew(self, kind: str, root: str = "root") -> dict[str, bytes]:
        """A build into an empty folder, with the caches of such builds."""
        project = self.base / "project"
        self._swap(project)
        found = self.fresh(kind, root)
        self._swap(project)
        return found

    def fresh(self, kind: str, root: str = "root") -> dict[str, bytes]:
        """A build into an empty folder."""
        assert self.build(kind, "fresh", root) == 0
        found = tree(self.base / "fresh" / "site")
        shutil.rmtree(self.base / "fresh")
        return found

    @staticmethod
    def _swap(project: Path) -> None:
        (project / ".cache").rename(project / ".kept")
        (project / ".clean").rename(project / ".cache")
        (project / ".kept").rename(project / ".clean")

    def options(self, out: str, root_name: str = "root") -> Any:
        root, tongue = self.base / root_name, messages.words("zh-CN")
        options = main._parsed(["site", "--root", str(root), "--out", str(self.base / out)], tongue)
        options.words, options.project, options.root, options.out = tongue, self.base / "project", root, self.base / out
        options.site_src = root / "site_src"
        return options

    def build(self, kind: str, out: str = "", root: str = "root") -> int:
        """One build as `site` or `serve` do it; the exit code."""
        messages._FOLDER = self.base / "project" / "templates" / "words"
        options = self.options(out or kind, root)
        if kind == "site":  # a process of its own
            messages.forget()
            return site.run(options, Console())
        if self.serving is None or out:
            scripts = bundle(options.project)
            inputs = Inputs(options.project, options.root, options.site_src, scripts, offline=False)
            rebuilding = Rebuilding(inputs, Target(options.out, lasting=False), options, Console())
            if out:
                return bool(rebuilding.again())
            self.serving = rebuilding
        return bool(self.serving.again())

    def content(self, edit: Edit) -> bytes | None:
        path = self.base / edit.file
        return path.read_bytes() if path.exists() else None

    def flip(self, edit: Edit, how: int) -> None:
        write(self.base / edit.file, edit.of(self.content(edit), self.base), how)

    def state(self) -> tuple[bytes | None, ...]:
        return tuple(self.content(edit) for edit in EDITS)


class Races:
    """Builds of a world that is edited meanwhile, compared with builds from nothing."""

    def __init__(self, world: World, number: int) -> None:
        self.raced = world
        self.chance = random.Random(number)
        self.known: dict[object, dict[str, bytes]] = {}
        self.hits = 0
        self.told: list[object] = []

    def right(self, kind: str) -> dict[str, bytes]:
        """What is right now."""
        state = (kind, *self.raced.state())
        if state not in self.known:
            self.known[state] = self.raced.anew(kind)
        return self.known[state]

    def compare(self, kind: str) -> None:
        ours, theirs = tree(self.raced.base / kind / "site"), self.right(kind)
        wrong = sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
        assert wrong == [], (wrong[:6], self.told[-3:])

    def settle(self, kind: str) -> None:
        """Builds once more; `serve`, which nobody tells of an edit here, as long as it finds that it is behind."""
        if kind == "site":
            assert self.raced.build(kind) == 0, self.told[-3:]
        elif self.raced.serving:
            builds = 0
            while self.raced.serving.is_behind():
                assert self.raced.build(kind) == 0, self.told[-3:]
                builds += 1
            assert builds < 3, self.told[-3:]

    def steps(self, edit: Edit, times: tuple[int, ...], how: int) -> list[tuple[str, int, Callable[[], None]]]:
        """Edits before the file is opened for the nth time, there and back; by chance, also before the nth thing at all."""

        def flip() -> None:
            self.raced.flip(edit, how)

        def flip_twice() -> None:
            flip()
            CLOCKWORK.later(LATER, flip)

        path, by_path = str(self.raced.base / edit.file), times or self.chance.random() < 0.75
        own = times or self.chance.choice(((1,), (2,), (3,), (2, 3), (1, BACK), (2, BACK), (3, BACK), (4, BACK)))
        act = flip_twice if own[-1] == BACK else flip
        return [(path, time, act) for time in own if time] if by_path else [("", self.chance.randint(1, 1500), act)]

    def race(self, kind: str, edit: Edit, times: tuple[int, ...] = ()) -> None:
        """Edited in a build, perhaps there and back; once nobody edits any more, the next build is right. So is the one after
        what was edited is as it was: what a build notes is never noted as of something else."""
        self.raced.flip(edit, 3)  # so that there is something to build, and the file is read
        if self.raced.content(edit) is None:
            self.raced.flip(edit, 3)
        how = self.chance.randrange(4)
        steps = self.steps(edit, times, how)
        with CLOCKWORK.during(steps) as left:
            code = self.raced.build(kind)
        self.told.append((kind, edit, how, [step[:2] for step in steps], code, len(left)))
        self.hits += len(left) < len(steps)
        self.settle(kind)
        self.compare(kind)
        self.raced.flip(edit, 3)
        self.settle(kind)
        self.compare(kind)


def races(world: World, count: int, number: int) -> Races:
    """So many of them, through all kinds of edits and of builds in turn, and before them those that failed once."""
    found = Races(world, number)
    for kind in KINDS:
        world.build(kind)
    for kind, end, times in FIRST:
        found.race(kind, next(edit for edit in EDITS if edit.file.endswith(end)), times)
    order = [(kind, edit) for kind in KINDS for edit in EDITS]
    found.chance.shuffle(order)
    for at in range(count):
        found.race(*order[at % len(order)])
    return found
