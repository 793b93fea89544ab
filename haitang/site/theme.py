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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from html import escape, unescape
from pathlib import Path
from typing import Literal

from haitang.core.decoding import decode, unseen
from haitang.core.digests import Digested, integrity, keep_note, unsealed, version_of
from haitang.core.disk.scratch import copied, scratch
from haitang.core.leftovers import is_leftover
from haitang.core.problems import InvalidDirectory, Place, Problem
from haitang.site.page import ABOUT, FILES, HANDWRITTEN, HOME, NAMING, NOT_FOUND, SCRIPTS, WORDS, File, Page, frames
from haitang.site.templates import compact

Engine = Literal["mkdocs", "zensical"]
_MOST_FRAMES = 12  # some kilobytes each
# Where an address stands, and nowhere else: a text may look like one.
_ASSET = re.compile(
    r'(?:(?<=\ssrc=")|(?<=\shref=")|(?<=\sdata-map=")|(?<=\sdata-activities="))'
    r'((?:\.\./)*|/(?:[^"/:?#]+/)*)(assets/[\w.-]+)(?=")'
)
_SITE = b' data-site="'  # first stands in a page's opening tag
_CORRECTIONS = "HAITANG_CORRECTIONS"  # on a line of its own in a handwritten page
_STRAY = re.compile(r"HAITANG_[A-Z]+")
_WORD = re.compile(rf"HAITANG_(?:TITLE|HEADER|HEAD|BODY|FOOTER|SITE)\b|<p>{_CORRECTIONS}</p>")


class FrameProblem(Exception):
    """The engine did not build the frame; holds what it said."""


@dataclass(frozen=True)
class Frame:
    """What the engine made: a shell a section, the handwritten pages by their paths, and the files they need."""

    shells: Mapping[str, str]
    handwritten: Mapping[str, str]
    assets: tuple[File, ...]


@dataclass(frozen=True)
class Dressing:
    """The parts of a page that depend on the directory and not on the engine, as functions of section and root."""

    site_title: str
    language: str
    updated: str  # the data's day as YYYY-MM-DD, or empty
    head: Callable[[str], str]  # root → the head's own elements, with TITLE, DESCRIPTION and PATH where a page's own go
    around: Callable[[str, str], tuple[str, str]]  # section, root → header and footer
    offline: bool = False  # phones may keep the site
    corrections: Callable[[str], str] = lambda _: ""  # root → how a mistake is told; empty where there is no way to tell it
    folder: str = ""  # of a further language
    folders: tuple[str, ...] = ()  # of all further ones
    words: str = WORDS  # where what scripts say in this language lies
    lifted: Callable[[str], str] = lambda html: html  # its links to what is shared led out of that folder
    handwritten: Callable[[str], str] = lambda html: html  # a page that nobody wrote in this language, as it shows it
    # A page's path without the folder, and its way to what is shared → what it says of itself in the other languages, in its
    # head and in its header, where LINKS and LANGUAGES stand.
    alternates: Callable[[str, str], tuple[str, str]] = lambda *_: ("", "")


def blank(name: str) -> str:
    """Where something of a page's own goes. NUL stands in no data (`source` refuses it), so none can pose as a blank."""
    return f"\0{name}\0"


class Filler:
    """Hangs pages into a frame. A shell is filled and cut once: texts at even places, names of blanks at odd ones.

    `parts` are the `integrity` of what pages are shown with, by path: styles, scripts and data. A page asks for each by what is
    in it (`?v=`), so that neither a cache on the way nor a phone can give it that of another version.
    """

    def __init__(self, frame: Frame, dressing: Dressing, parts: Mapping[str, str], further: "Sequence[Filler]" = ()) -> None:
        self.assets = frame.assets
        self.folder: str = dressing.folder
        self._further = {filler.folder: filler for filler in further}
        self._handwritten = _handwritten_in(frame.handwritten, dressing)
        self._dressing = dressing
        own = {file.path: integrity(file.content) for file in frame.assets}
        self._versions = {path: version_of(digest) for path, digest in {**own, **parts}.items()}
        self._data = f' data-files="{parts[files]}"' if (files := self.folder + FILES) in parts else ""
        self._stems = frames()
        roots = {section: "../" * stem.count("/") for section, stem in self._stems.items()}
        lifted = dressing.lifted
        self._cut = {section: self._cut_up(section, roots[section], lifted(shell)) for section, shell in frame.shells.items()}

    def of(self, folder: str) -> "Filler":
        """That of the language of a folder."""
        return self if folder == self.folder else self._further[folder]

    def digests(self) -> dict[str, str]:
        """Of what a page of each section carries besides its own; of one without a section, what it may name."""
        versions = repr(sorted((path, version) for path, version in self._versions.items() if path.startswith("assets/")))
        versions += "".join(self._dressing.alternates("", ""))
        cut = {"": [], **self._cut}
        return {section: blake2b("\0".join([versions, *cut[section]]).encode(), digest_size=16).hexdigest() for section in cut}

    def _cut_up(self, section: str, root: str, shell: str) -> list[str]:
        dressing = self._dressing
        header, footer = map(dressing.lifted, dressing.around(section, root))
        known = {
            "HAITANG_HEADER": header,
            "HAITANG_FOOTER": footer,
            "HAITANG_SITE": escape(dressing.site_title),
            "HAITANG_HEAD": dressing.lifted(dressing.head(root)),
            "HAITANG_TITLE": blank("TITLE"),
            "HAITANG_BODY": blank("BODY"),
            f"<p>{_CORRECTIONS}</p>": dressing.corrections(root),
        }
        offline = " data-offline" if dressing.offline else ""
        data = self._data if section in NAMING else ""
        top = f' data-top="../{root}"' if dressing.folder else ""
        attributes = f'data-built="{escape(dressing.updated)}" data-site="{root}"{top}{offline}{data}'
        # An item of microdata: chats that know no Open Graph take a page's picture from `itemprop` (parts/head.html).
        opening = f'<html lang="{escape(dressing.language)}" {attributes} itemscope class="no-js">'
        filled = _WORD.sub(lambda match: known[match[0]], re.sub(r"<html[^>]*>", opening, shell, count=1))
        return re.split("\0([A-Z]+)\0", self.versioned(filled))

    def versioned(self, html: str) -> str:
        """The same with every address of a style, a script or an icon in it naming the content that is meant."""

        def named(found: re.Match[str]) -> str:
            version = self._versions.get(found[2])
            return f"{found[0]}?v={version}" if version else found[0]

        return _ASSET.sub(named, html) if "assets/" in html else html

    def _fill(self, pieces: list[str], path: str, title: str, description: str, body: str, *, once: bool = False) -> bytes:
        """The page, and in its opening tag `data-version`: that of all the rest of it. `path` is its whole path."""
        blanks = {"TITLE": escape(title), "DESCRIPTION": escape(description), "PATH": escape(path), "BODY": body}
        links = ("", "") if once else self._dressing.alternates(path[len(self.folder) :], "../" * path.count("/"))
        blanks["LINKS"], blanks["LANGUAGES"] = links
        content = "".join([blanks[piece] if place & 1 else piece for place, piece in enumerate(pieces)]).encode()
        # A page that is open or kept compares itself with the one that is out.
        return content.replace(_SITE, b' data-version="%s"%s' % (version_of(integrity(content)).encode(), _SITE), 1)

    def page(self, page: Page) -> bytes:
        """The whole HTML of a page."""
        if page.folder != self.folder:
            return self.of(page.folder).page(page)
        title = page.title if page.kind is HOME else f"{page.title} · {self._dressing.site_title}"
        pieces, body = self._cut[page.kind.section], self.versioned(page.body)
        return self._fill(pieces, page.path, title, page.description, body, once=page.kind.once)

    def shells(self) -> Iterator[tuple[str, str]]:
        """Each shell, as every page of its section carries it and its blanks empty, and the path of such a page: what a
        checker reads once."""
        for section, pieces in self._cut.items():
            yield self.folder + self._stems[section], "".join(pieces[::2])
        for filler in self._further.values():
            yield from filler.shells()

    def handwritten(self) -> Iterator[Page]:
        """The handwritten pages, whole; the engine gave them title and body."""
        for path, text in self._handwritten.items():
            found = re.search(r"<title[^>]*>(.*?) · HAITANG_SITE</title>", text, re.DOTALL)
            own = unescape(found[1]) if found else ""
            title = f"{own} · {self._dressing.site_title}" if found else self._dressing.site_title
            whole = self.folder + path
            html = self._fill(self._cut_up("about", "../" * path.count("/"), text), whole, title, title, "").decode()
            yield Page(whole, ABOUT if path == ABOUT.path() else HANDWRITTEN, own or title, title, html, self.folder)
        for filler in self._further.values():
            yield from filler.handwritten()


def _handwritten_in(pages: Mapping[str, str], dressing: Dressing) -> dict[str, str]:
    """The handwritten pages of a language by their paths in its folder: those that somebody wrote in it, and as it shows them
    those of the first language that nobody did."""
    first = {path: html for path, html in pages.items() if not path.startswith(dressing.folders)}
    if not (folder := dressing.folder):
        return first
    own = {path[len(folder) :]: html.replace(WORDS, dressing.words) for path, html in pages.items() if path.startswith(folder)}
    return {path: own.get(path) or dressing.handwritten(dressing.lifted(html)) for path, html in first.items()}


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
            else:
                shutil.copy(source, target)
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
    lines = [f"\n{_CORRECTIONS}\n" if line.strip() == _CORRECTIONS else line for line in text.split("\n")]
    strays = (
        (number, found[0])
        for number, line in enumerate(lines, 1)
        if line.strip() != _CORRECTIONS
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
