"""The theme's frame: rendered once for every section and depth by a site engine, then filled once for every page.

The rule: this is the only module that knows mkdocs or zensical. The engine sees a small tree (the handwritten pages and one
empty page per frame) and neither plugins nor hooks; what it gives back is HTML with HAITANG_ words in it.
"""

import contextlib
import io
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Literal

from haitang.rendering import File, Page

Engine = Literal["mkdocs", "zensical"]
# Every frame we fill: the folder depth decides how a page reaches the stylesheets.
FRAMES: Mapping[str, str] = {
    "home": "index",
    "positions": "positions/frame",
    "towns": "towns/frame",
    "tiers": "tiers/frame",
    "brands": "brands/frame",
}
WITH_MAP = ("home", "towns", "tiers", "brands")
_WORD = re.compile(r"HAITANG_(?:TITLE|HEADER|HEAD|BODY|FOOTER|SITE|HANDWRITTEN_HEAD)\b")


class FrameProblem(Exception):
    """The engine did not build the frame; holds what it said."""


@dataclass(frozen=True)
class Frame:
    """What the engine made: a shell a section, the handwritten pages and the files they need."""

    shells: Mapping[str, str]
    handwritten: tuple[File, ...]
    assets: tuple[File, ...]


@dataclass(frozen=True)
class Dressing:
    """The parts of a page that depend on the directory and not on the engine."""

    site_title: str
    language: str
    updated: str  # the data's day as YYYY-MM-DD, or empty
    head: Callable[[str, str, str], str]  # path, title, description → the head's own elements
    around: Callable[[str, str], tuple[str, str]]  # section, root → header and footer


class Filler:
    """Hangs pages into a frame. A shell is cut once into the text between its blanks."""

    def __init__(self, frame: Frame, dressing: Dressing) -> None:
        self._frame = frame
        self._dressing = dressing
        self._cut = {section: self._prepare(section, shell) for section, shell in frame.shells.items()}

    def _prepare(self, section: str, shell: str) -> list[str]:
        """The shell as [text, blank, text, blank, …] with all but the page's own blanks filled."""
        header, footer = self._dressing.around(section, "" if section == "home" else "../")
        known = {"HAITANG_HEADER": header, "HAITANG_FOOTER": footer}
        return re.split(r"(HAITANG_(?:TITLE|HEAD|BODY)\b)", self._fill(shell, known))

    def _fill(self, shell: str, known: Mapping[str, str]) -> str:
        dressing = self._dressing
        known = {**known, "HAITANG_SITE": escape(dressing.site_title)}
        opening = f'<html lang="{escape(dressing.language)}" data-built="{escape(dressing.updated)}" class="no-js">'
        return _WORD.sub(lambda match: known.get(match[0], match[0]), re.sub(r"<html[^>]*>", opening, shell, count=1))

    def page(self, page: Page) -> bytes:
        """The whole HTML of a page."""
        title = page.title if page.section == "home" else f"{page.title} · {self._dressing.site_title}"
        blanks = {
            "HAITANG_TITLE": escape(title),
            "HAITANG_HEAD": self._dressing.head(page.path, title, page.description),
            "HAITANG_BODY": page.body,
        }
        return "".join([blanks.get(piece, piece) for piece in self._cut[page.section]]).encode()

    def shells(self) -> Iterator[tuple[str, str]]:
        """Each section with its shell as every page of it carries it, page blanks empty: what a checker reads once."""
        for section, pieces in self._cut.items():
            yield section, "".join(piece for piece in pieces if not piece.startswith("HAITANG_"))

    def handwritten(self) -> Iterator[File]:
        for file in self._frame.handwritten:
            depth = file.path.count("/")
            text = file.content.decode()
            title = re.search(r"<title>(.*?) · HAITANG_SITE</title>", text, re.DOTALL)
            header, footer = self._dressing.around("about", "../" * depth)
            head = self._dressing.head(file.path, unescape(title[1]) if title else self._dressing.site_title, "")
            known = {"HAITANG_HEADER": header, "HAITANG_FOOTER": footer, "HAITANG_HANDWRITTEN_HEAD": head}
            yield File(file.path, self._fill(text, known).encode())

    def assets(self) -> Iterable[File]:
        return self._frame.assets


def build(engine: Engine, project: Path, site_src: Path) -> Frame:
    """The frame from `project`'s mkdocs.yml and theme and the handwritten pages in `site_src`.

    Raises FrameProblem when the engine fails.
    """
    with tempfile.TemporaryDirectory(prefix="haitang-frame-") as scratch:
        tree = Path(scratch)
        _lay_out(tree, project, site_src)
        output = tree / "site"
        (_run_mkdocs if engine == "mkdocs" else _run_zensical)(tree)
        return _collect(output)


def _lay_out(tree: Path, project: Path, site_src: Path) -> None:
    """A small project of its own: nothing an engine writes or caches ever touches the real one."""
    shutil.copy(project / "mkdocs.yml", tree / "mkdocs.yml")
    shutil.copytree(project / "templates" / "theme", tree / "templates" / "theme")
    docs = tree / "site_src"
    docs.mkdir()
    for source in sorted(site_src.rglob("*")):
        # Links are not followed: they could publish any file of this machine.
        if source.is_file() and not source.is_symlink() and not source.name.startswith("."):
            target = docs / source.relative_to(site_src)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for section, stem in FRAMES.items():
        path = docs / f"{stem}.md"
        path.parent.mkdir(exist_ok=True)
        with_map = "map: true\n" if section in WITH_MAP else ""
        path.write_text(f"---\ntitle: {section}\nframe: {section}\n{with_map}---\n\nHAITANG_BODY\n", encoding="utf-8")


def _run_mkdocs(tree: Path) -> None:
    """In this process: starting another one would cost as much as the frame itself."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    logger = logging.getLogger("mkdocs")
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setLevel(logging.WARNING)
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        with contextlib.redirect_stderr(said):
            config = load_config(str(tree / "mkdocs.yml"), site_dir=str(tree / "site"))
            mkdocs_build(config)
    except (MkDocsException, SystemExit) as error:
        raise FrameProblem(said.getvalue().strip() or str(error)) from error
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


def _run_zensical(tree: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--config-file", "mkdocs.yml", "--clean"],
        cwd=tree, capture_output=True, text=True, check=False, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if done.returncode != 0:
        raise FrameProblem((done.stderr or done.stdout).strip())


def _collect(output: Path) -> Frame:
    """The shells and handwritten pages, and of the theme's files only those that a page asks for."""
    shells, handwritten = {}, []
    frames = {f"{stem}.html": section for section, stem in FRAMES.items()}
    for path in sorted(output.rglob("*.html")):
        name = path.relative_to(output).as_posix()
        text = path.read_text(encoding="utf-8")
        if name in frames:
            shells[frames[name]] = _compact(text)
        elif name != "404.html":
            handwritten.append(File(name, _compact(text).encode()))
    missing = set(FRAMES) - set(shells)
    if missing or any("HAITANG_BODY" not in shell for shell in shells.values()):
        raise FrameProblem(f"no frame for {', '.join(sorted(missing)) or 'a section'}")
    wanted = {name for shell in shells.values() for name in re.findall(r'(?:href|src)="(?:\.\./)*(assets/[^"]+)"', shell)}
    assets = [File(name, (output / name).read_bytes()) for name in sorted(wanted) if (output / name).is_file()]
    pictures = [
        File(path.relative_to(output).as_posix(), path.read_bytes())
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.suffix.lower() in (".png", ".jpg", ".jpeg", ".webp") and "assets" not in path.parts
    ]
    return Frame(shells, tuple(handwritten), tuple(assets + pictures))


# The theme's drawer, search toggle, dialog and skip link: without its script they are dead weight on every page.
_FURNITURE = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">(?:\s*<a href="#__skip"[^>]*>[^<]*</a>)?\s*</div>'
    r'|<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>'
)


def _compact(html: str) -> str:
    """Without the blank lines and indentation a theme's control blocks leave behind; text inside `<pre>` stays as it is."""
    pieces = re.split(r"(<pre.*?</pre>)", _FURNITURE.sub("", html), flags=re.DOTALL)
    return "".join(piece if piece.startswith("<pre") else re.sub(r"\s*\n\s*", "\n", piece) for piece in pieces).lstrip()
