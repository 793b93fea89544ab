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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from haitang.core.decoding import decode, unseen
from haitang.core.digests import Digested, keep_note, unsealed
from haitang.core.disk.scratch import copied, scratch
from haitang.core.leftovers import is_leftover
from haitang.core.problems import InvalidDirectory, Place, Problem
from haitang.site.edition import as_is
from haitang.site.page import NOT_FOUND, SCRIPTS, File, frames
from haitang.site.templates import compact

Engine = Literal["mkdocs", "zensical"]
_MOST_FRAMES = 12  # some kilobytes each
_STRAY = re.compile(r"HAITANG_[A-Z]+")
CORRECTIONS = "HAITANG_CORRECTIONS"  # on a line of its own in a handwritten page


class FrameProblem(Exception):
    """The engine did not build the frame; holds what it said."""


@dataclass(frozen=True)
class Frame:
    """What the engine made: a shell a section, the handwritten pages by their paths, and the files they need."""

    shells: Mapping[str, str]
    handwritten: Mapping[str, str]
    assets: tuple[File, ...]


def kept(engine: Engine, project: Path, site_src: Path, read: Digested) -> Frame:
    """The frame, built only when the folder `.cache/frames` holds none made from the same sources (`read`). One that was made
    while somebody wrote there may be of something else, and is not kept.

    The theme's templates are the same from build to build, as compiled templates are; half of a small build would be spent on
    them. Raises FrameProblem when the engine fails.
    """
    note, whose = project / ".cache" / "frames" / read.key, f"frame {read.key}"
    if kept := unsealed(whose, note):
        shells, handwritten, assets = kept
        return Frame(shells, handwritten, tuple(File(path, content) for path, content in assets))
    frame = build(engine, project, site_src)
    if read.untouched():
        assets = [(file.path, file.content) for file in frame.assets]
        with contextlib.suppress(OSError):
            keep_note(note, whose, (dict(frame.shells), dict(frame.handwritten), assets), _MOST_FRAMES)
    return frame


def build(engine: Engine, project: Path, site_src: Path) -> Frame:
    """The frame from `project`'s mkdocs.yml and theme and the handwritten pages in `site_src`.

    Raises FrameProblem when the engine fails.
    """
    with scratch("frame") as tree:
        _lay_out(tree, project, site_src)
        if engine == "mkdocs":
            _run_mkdocs(tree)
        else:
            done = subprocess.run(
                [sys.executable, "-m", "zensical", "build", "--config-file", "mkdocs.yml", "--clean"],
                cwd=tree, capture_output=True, text=True, check=False, encoding="utf-8", errors="replace",
            )  # fmt: skip
            if done.returncode != 0:
                raise FrameProblem((done.stderr or done.stdout).strip())
        return _collect(tree / "site")


def _lay_out(tree: Path, project: Path, site_src: Path) -> None:
    """A small project of its own: nothing an engine writes or caches ever touches the real one."""
    shutil.copy(project / "mkdocs.yml", tree / "mkdocs.yml")
    (tree / "templates").mkdir()
    copied(project / "templates" / "theme", tree / "templates" / "theme")
    docs = tree / "site_src"
    docs.mkdir()
    problems: list[Problem] = []
    for source in sorted(site_src.rglob("*")):
        # Links are not followed: they could publish any file of this machine.
        name = source.relative_to(site_src)
        if source.is_file() and not source.is_symlink() and not any(map(is_leftover, name.parts)):
            target = docs / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.suffix == ".md":
                page = _handwritten(source.read_bytes(), f"site_src/{name.as_posix()}")
                problems.extend(page if isinstance(page, list) else ())
                target.write_text(page if isinstance(page, str) else "", encoding="utf-8", newline="\n")
            elif source.suffix.lower() not in as_is.MEANT:
                shutil.copy(source, target)
    problems.extend(as_is.problems(site_src))
    if problems:
        raise InvalidDirectory(problems)
    for section, stem in frames().items():
        path = docs / f"{stem}.md"
        path.parent.mkdir(exist_ok=True)
        script = f"script: {SCRIPTS[section]}\n" if section in SCRIPTS else ""
        path.write_text(f"---\ntitle: {section}\nframe: {section}\n{script}---\n\nHAITANG_BODY\n", encoding="utf-8")


def _handwritten(content: bytes, file: str) -> str | list[Problem]:
    """A handwritten page for an engine, or what is wrong with it: engines end in a traceback, or let it through."""
    text = decode(content, file)
    if isinstance(text, Problem):
        return [text]
    lines = [f"\n{CORRECTIONS}\n" if line.strip() == CORRECTIONS else line for line in text.split("\n")]
    strays = (
        (number, found[0])
        for number, line in enumerate(lines, 1)
        if line.strip() != CORRECTIONS
        for found in _STRAY.finditer(line)
    )
    problems = [Problem(Place(file, number), "page-placeholder", {"text": word}) for number, word in strays]
    return unseen(text, file) + problems or "\n".join(lines)


def _run_mkdocs(tree: Path) -> None:
    """In this process: starting another one would cost as much as the frame itself."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    logger = logging.getLogger("mkdocs")
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setLevel(logging.WARNING)
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        with contextlib.redirect_stderr(output):
            config = load_config(str(tree / "mkdocs.yml"), site_dir=str(tree / "site"))
            mkdocs_build(config)
    except (MkDocsException, SystemExit) as error:
        raise FrameProblem(output.getvalue().strip() or str(error)) from error
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


def _collect(output: Path) -> Frame:
    """The shells and handwritten pages, and of the theme's files only those that a page asks for."""
    shells, handwritten = {}, {}
    sections = {f"{stem}.html": section for section, stem in frames().items()}
    for path in sorted(output.rglob("*.html")):
        name = path.relative_to(output).as_posix()
        text = path.read_text(encoding="utf-8")
        if name in sections:
            shells[sections[name]] = _compact(text)
        elif name != NOT_FOUND.path():
            handwritten[name] = _compact(text)
    missing = set(sections.values()) - set(shells)
    if missing or any("HAITANG_BODY" not in shell for shell in shells.values()):
        raise FrameProblem(f"no frame for {', '.join(sorted(missing)) or 'a section'}")
    wanted = {name for shell in shells.values() for name in re.findall(r'(?:href|src)="(?:\.\./)*(assets/[^"]+)"', shell)}
    assets = [File(name, (output / name).read_bytes()) for name in sorted(wanted) if (output / name).is_file()]
    pictures = [
        File(path.relative_to(output).as_posix(), path.read_bytes())
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.suffix.lower() in (".png", ".jpg", ".jpeg", ".webp") and "assets" not in path.parts
    ]
    return Frame(shells, handwritten, tuple(assets + pictures))


# The theme's drawer, search toggle, dialog and skip link: without its script they are dead weight on every page.
_FURNITURE = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>'
    r'|<div data-md-component="(?:skip|announce)">(?:\s*<a href="#[^"]*"[^>]*>[^<]*</a>)?\s*</div>'
    r'|<div class="md-dialog"[^>]*>\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>'
    r'| data-md-component="\w+"| dir="ltr"(?=>)'
)
# Its four boxes around a page's own, which take only that one's place.
_BOXES = re.compile(
    r'<div class="md-container">\s*<main class="md-main">\s*<div class="md-main__inner md-grid">\s*<div (id="main".*)</div>\s*'
    r"</div>\s*</main>(.*)</div>(?=\s*<script)",
    re.DOTALL,
)


def _compact(html: str) -> str:
    """Without the blank lines and indentation a theme's control blocks leave behind; text inside `<pre>` stays as it is."""
    pieces = re.split(r"(<pre.*?</pre>)", _BOXES.sub(r"<main \1</main>\2", _FURNITURE.sub("", html)), flags=re.DOTALL)
    plain = (piece if piece.startswith("<pre") else compact(re.sub(r"\s*\n\s*", "\n", piece)) for piece in pieces)
    return "".join(plain).lstrip()
