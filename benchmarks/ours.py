"""Our own cases: cold, unchanged, one position edited, one template edited, and the first build on a machine.

The rule: they run in a copy of the project, made for the bench. So templates may be edited and everything in `.cache` removed
without anybody's work being touched, and what a cold build finds there is known: what a build of other positions left of the
program's own. All cases share one output: in each round the cold build makes it, the others go on from it.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cases import OURS, Case, count_pages, position_pages, snapshot
from benchmarks.synthetic import write_directory

SETTLING = 2.5  # seconds between what was built and the next edit; a file younger than 2 is read again, as git does
PARTS = ("build.py", "mkdocs.yml", "haitang", "templates", "site_src", "requirements", "frontend")
LINKED = (".venv", "frontend/node_modules")
TEMPLATE = Path("templates", "pages", "position.html")
# What of .cache belongs to the program and not to the data: the bundled scripts, made when the project is set up, and what the
# first build makes of templates and words.
BUNDLED, FROM_TEMPLATES = "frontend", ("templates", "frames", "words")
_OTHERS = 30  # positions of the build that sets the copy up


def our_cases(n: int, rounds: int, build: Path, scratch: Path, files: Sequence[Path]) -> tuple[tuple[Case, ...], "Copy"]:
    """The cases on `scratch/data`, whose position files are `files`, in the order of a round; and the project they run in.
    `build` is the build.py of the project that is copied."""
    project = Copy(build.parent, scratch / "project")
    ours = _OurBuild(project, scratch / "data", scratch / OURS)
    project.set_up(ours, scratch)
    entry, template = EntryEdit(files, ours.site), TemplateEdit(project.folder / TEMPLATE, ours.site)

    def case(name: str, clean: Callable[[], None], check: Callable[[], str] = lambda: "") -> Case:
        def all_there() -> str:
            return count_pages(ours.site, n) or check()

        return Case(
            name, rounds, ours.command, ours.root, ours.site, lambda: _settled(clean), all_there, ours.environment,
            is_last_there=name.endswith("-first"),
        )  # fmt: skip

    def edited(edit: Callable[[], None]) -> Callable[[], None]:
        def clean() -> None:
            ours.build_once()
            edit()

        return clean

    def cold() -> None:
        template.undo()
        ours.forget()

    def first() -> None:
        cold()
        project.forget(*FROM_TEMPLATES)

    return (
        case(OURS, cold),
        case(f"{OURS}-unchanged", ours.build_once),
        case(f"{OURS}-one-change", edited(entry.make), entry.check),
        case(f"{OURS}-one-template", edited(template.make), template.check),
        case(f"{OURS}-first", first),
    ), project


def _settled(clean: Callable[[], None]) -> None:
    time.sleep(SETTLING)
    clean()


class Copy:
    """A copy of the project that shares only what is installed."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / ".cache"
        self._program: frozenset[str] = frozenset()
        folder.mkdir(parents=True)
        for part in PARTS:
            if (source / part).is_dir():
                shutil.copytree(source / part, folder / part, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
            elif (source / part).is_file():
                shutil.copy2(source / part, folder / part)
        for part in LINKED:
            if (source / part).is_dir():
                (folder / part).symlink_to(source / part, target_is_directory=True)

    def set_up(self, ours: "_OurBuild", scratch: Path) -> None:
        """As somebody's project is who has built before, but never these positions."""
        others = _OurBuild(self, scratch / "others", scratch / "others-out")
        write_directory(others.root, _OTHERS)
        others.build_once()
        for folder in (others.root, others.folder):
            shutil.rmtree(folder, ignore_errors=True)
        theirs = (path for path in snapshot(self.cache) if path.partition("/")[0] in (BUNDLED, *FROM_TEMPLATES))
        self._program = frozenset(theirs)
        ours.forget()

    def forget(self, *folders: str) -> None:
        """Remove from `.cache` what a build of these positions could profit from, and these folders."""
        for path in self.kept():
            (self.cache / path).unlink()
        for folder in folders:
            shutil.rmtree(self.cache / folder, ignore_errors=True)

    def kept(self) -> list[str]:
        """The files in `.cache` that are there because of the measured builds."""
        return sorted(snapshot(self.cache).keys() - self._program)

    def told(self) -> str:
        """What our builds keep for the next one, and what a cold one finds of it."""
        kept = self.kept()
        names = ", ".join(sorted({path.partition("/")[0] for path in kept})) or "nothing"
        found = ", ".join(sorted({path.partition("/")[0] for path in self._program})) or "nothing"
        return f"our builds keep {names} in .cache ({len(kept):,} files), removed before each cold one, which finds {found}"


@dataclass(frozen=True, slots=True)
class _OurBuild:
    """Our command line on one data root, everything it may write outside the project in one folder."""

    project: Copy
    root: Path
    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def site(self) -> Path:
        return self.out / "site"

    @property
    def command(self) -> tuple[str, ...]:
        """As a user runs it, environment check included."""
        return sys.executable, str(self.project.folder / "build.py"), "--root", str(self.root), "--out", str(self.out)

    @property
    def environment(self) -> dict[str, str]:
        """Caches where a user's would be must not outlive the clean-up either; bytecode is kept as build.py has it kept."""
        return {"XDG_CACHE_HOME": str(self.folder / "caches"), "PYTHONDONTWRITEBYTECODE": ""}

    def forget(self) -> None:
        """The site that was built and all that was kept of these positions."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.project.forget()

    def build_once(self) -> None:
        """Off the clock, and only when nothing is built yet. What goes wrong shows in the measured build."""
        if not self.out.exists():
            subprocess.run(
                self.command, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, capture_output=True,
                check=False,
            )  # fmt: skip
            time.sleep(SETTLING)


class EntryEdit:
    """Changes one position's telephone, another position each time, and looks for it on the page."""

    def __init__(self, files: Sequence[Path], site: Path) -> None:
        self._files = files
        self._site = site
        self._times = 0
        self._id = self._phone = ""

    def make(self) -> None:
        file = self._files[(self._times * 7 + len(self._files) // 2) % len(self._files)]
        self._times += 1
        self._id, self._phone = file.stem, f"0512-0099{self._times:04d}"
        text = file.read_text(encoding="utf-8")
        without = re.sub("^phone: .*\n", "", text, flags=re.MULTILINE)
        file.write_text(f'{without}phone: "{self._phone}"\n', encoding="utf-8", newline="\n")

    def check(self) -> str:
        page = self._site / "positions" / f"{self._id}.html"
        if page.is_file() and self._phone in page.read_text(encoding="utf-8"):
            return ""
        return f"the change to {self._id} is not on its page"


class TemplateEdit:
    """Appends a comment to the template of a position's page, another one each time, and looks for it on all those pages."""

    def __init__(self, template: Path, site: Path) -> None:
        self._template = template
        self._site = site
        self._original = template.read_bytes() if template.is_file() else b""
        self._times = 0

    @property
    def _comment(self) -> bytes:
        return f"<!-- edit {self._times} -->".encode()

    def make(self) -> None:
        self._times += 1
        self._template.write_bytes(self._original + self._comment + b"\n")

    def undo(self) -> None:
        if self._times:
            self._template.write_bytes(self._original)

    def check(self) -> str:
        without = sum(self._comment not in page.read_bytes() for page in position_pages(self._site))
        return f"the change to the template is not on {without:,} pages" if without else ""
