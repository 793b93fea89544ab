"""Writing and checking a complete new site beside the one that is out; `generations` then switches.

The rule: nothing is switched that was not checked: every internal link and anchor leads somewhere, no page is empty, no page
asks another host for anything. Parts that all pages share are checked once, in their shell.
"""

import os
import posixpath
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import chain
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import unquote

from haitang.core.digests import Digested, published_digest
from haitang.core.problems import Place
from haitang.model.messages import Words, words
from haitang.site import third_parties
from haitang.site.output_folder import Target
from haitang.site.page import NOT_FOUND, File, Page
from haitang.site.theme import Filler

_ID = re.compile(r'\sid="([^"]*)"')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Fault(NamedTuple):
    """What is broken: in which file of the site; a key of the words' `unsound`; the address or name it is about."""

    page: str
    code: str
    about: str = ""


class Unsound(Exception):
    """The new site is broken; nothing was switched. `places` says, as far as somebody has found out, where the text of a fault
    comes from: the line and the field's name in the data, or the line of a handwritten page and no name. The latter is for
    its author to mend; all others are faults of ours."""

    def __init__(self, faults: Iterable[Fault], places: Mapping[Fault, tuple[Place, str]] | None = None) -> None:
        self.faults = tuple(sorted(set(faults)))
        self.places = places or {}
        super().__init__("\n".join(self.lines(words("en"))))

    def lines(self, words: Words) -> list[str]:
        """One a fault, in a language."""
        return [self._line(fault, words) for fault in self.faults]

    def _line(self, fault: Fault, words: Words) -> str:
        text = words.sentence("unsound", fault.code, page=fault.page, about=fault.about)
        if fault not in self.places:
            return text
        place, field = self.places[fault]
        if not field:
            return text + words.sentence("unsound", "from-page", file=place.file, line=place.line)
        return text + words.sentence("unsound", "from", file=place.file, line=place.line, field=words.label(field))

    @property
    def heading(self) -> str:
        """A key of the words' `commands`: who is to mend it."""
        is_authors = all(fault in self.places and not self.places[fault][1] for fault in self.faults)
        return "unsound_pages" if is_authors else "unsound"


@dataclass(frozen=True, slots=True)
class Report:
    """What a publication did: counts of files, and of those that were written and not merely kept."""

    files: int
    written: int
    book: tuple[Page, ...]  # every page that is out, without its HTML
    bytes: int
    switched: bool

    @property
    def pages(self) -> int:
        return len(self.book)


@dataclass
class Edition:
    """A new site being written beside the old one. Use as a context; leaving it without `switch` leaves no trace."""

    target: Target
    filler: Filler
    inputs: Digested | None = None  # as they were digested
    _files: dict[str, list[Any]] = field(default_factory=dict)
    _faults: list[Fault] = field(default_factory=list)
    _links: dict[str, dict[str, str]] = field(default_factory=dict)  # by folder: each link, and a page that has it
    _anchors: list[tuple[str, str, str]] = field(default_factory=list)
    _lower: dict[str, str] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)
    _written: int = 0
    book: list[Page] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.target.prepare()
        self._name, self._folder = self.target.start()
        self._base = str(self._folder)
        self._old = self.target.manifest().get("files", {})
        current = self.target.current()
        self._old_base = str(current) if current else ""
        shells = list(self.filler.shells())
        self._shell_ids = {f"#{name}" for _, shell in shells for name in _ID.findall(shell)}
        for path, shell in shells:
            self._check_html(path, shell, whole=False)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, item: Page | File) -> None:
        """Takes a page or a file into the new site; faults are gathered until `switch`."""
        if isinstance(item, Page):
            self.book.append(replace(item, body=""))
            if not item.body.strip():
                self._faults.append(Fault(item.path, "empty"))
            # As a plain text: every cut into a Markup would make, and check, another Markup.
            whole, html = not item.kind.section, str(item.body)
            html = self.filler.versioned(html) if whole else html
            self._check_html(item.path, html, whole=whole)
            self._write(item.path, html.encode() if whole else self.filler.page(item))
        else:
            if item.path.endswith(".css"):
                addresses = third_parties.in_css(item.content.decode(errors="replace"))
                self._faults += (Fault(item.path, "foreign", address) for address in addresses)
            self._write(item.path, item.content, item.digest)

    def digests(self) -> dict[str, str]:
        """Of every file so far, by its path from the site's root."""
        return {path: digest for path, (digest, _) in self._files.items()}

    def read(self, path: str) -> bytes:
        return (self._folder / path).read_bytes()

    def _write(self, path: str, content: bytes, digest: str = "") -> None:
        if path in self._files or self._lower.setdefault(path.lower(), path) != path:
            self._faults.append(Fault(path, "twice"))
            return
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in path:
            self._faults.append(Fault(path, "outside"))
            return
        digest = digest or published_digest(content)
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self._base}/{folder}", exist_ok=True)
            self._folders.add(folder)
        if not (self._old.get(path, ("",))[0] == digest and self._keep(path, content)):
            with open(f"{self._base}/{path}", "xb") as stream:
                stream.write(content)
            self._written += 1
        self._files[path] = [digest, len(content)]

    def _keep(self, path: str, content: bytes) -> bool:
        """The same file in both generations, where the file system can. What somebody damaged in place is not handed on."""
        try:
            with open(f"{self._old_base}/{path}", "rb") as old:
                if old.read() != content:
                    return False
            os.link(f"{self._old_base}/{path}", f"{self._base}/{path}")
        except OSError:
            return False
        return True

    def _check_html(self, path: str, html: str, *, whole: bool) -> None:
        """Notes the links of a page (or a part of one); they are resolved when all files are known."""
        distinct = {
            link
            for link in map(_meant, _links(html))
            if not link.startswith(("http", "tel:", "geo:", "data:")) and link not in self._shell_ids
        }
        for link in distinct:
            if "#" in link:
                self._anchors.append((path, link, html if link.startswith("#") else ""))
        known = self._links.setdefault(posixpath.dirname(path), {})
        for link in distinct:
            known.setdefault(link, path)
        self._faults += (Fault(path, "foreign", address) for address in third_parties.in_html(html))
        # A page must work in any folder, from USB and from file://; only the one a server shows anywhere starts at the root.
        absolute = [link for link in distinct if link.startswith("/") and not link.startswith("//")]
        if absolute and path != NOT_FOUND.path():
            self._faults.append(Fault(path, "absolute", min(absolute)))
        if whole and "<title>" not in html:
            self._faults.append(Fault(path, "untitled"))

    def verify(self) -> None:
        """Every internal link and anchor leads somewhere. Raises Unsound with all faults."""
        for folder, links in sorted(self._links.items()):
            for link, page in sorted(links.items()):
                if (path := _inside(folder, link)) is not None and path not in self._files:
                    self._faults.append(Fault(page, "missing", link))
        for path, link, own in self._anchors:
            self._check_anchor(path, link, own)
        if self._faults:
            raise Unsound(self._faults)

    def _check_anchor(self, path: str, link: str, own: str) -> None:
        target, _, anchor = link.partition("#")
        if _SCHEME.match(link) or not anchor:
            return
        if target:
            there = _inside(posixpath.dirname(path), target)
            if there not in self._files:
                return  # told as a missing link
            own = (self._folder / there).read_text(encoding="utf-8")
        if anchor not in _ID.findall(own) and f"#{anchor}" not in self._shell_ids:
            self._faults.append(Fault(path, "no-anchor", link))

    def switch(self) -> Report:
        """Verifies, then makes this edition the one that is out. A site equal to the one that is out is not switched."""
        self.verify()
        size = sum(length for _, length in self._files.values())
        same = not self._written and self._files == self._old and self.target.is_whole({"files": self._old})
        # What was read while somebody wrote there need not be what was digested: the next build does not trust it.
        is_known = self.inputs is not None and self.inputs.untouched()
        manifest = {"fingerprint": self.inputs.key if self.inputs and is_known else "", "files": self._files}
        if same:
            self.target.note(self.target.current_name() or "", manifest)
        else:
            self.target.switch(self._folder, self._name, manifest)
        return Report(len(self._files), self._written, tuple(self.book), size, not same)


def _links(html: str) -> Iterator[str]:
    """Every address in our own HTML, which always stands in double quotes; splitting is several times as fast as a pattern."""
    for attribute in (' href="', ' src="', ' data-src="', ' poster="'):
        for piece in html.split(attribute)[1:]:
            yield piece[: piece.index('"')]
    for piece in html.split(' srcset="')[1:]:
        yield from (source.split()[0] for source in piece[: piece.index('"')].split(",") if source.strip())


def _meant(link: str) -> str:
    """As a browser takes it: handwritten pages have addresses with entities in them."""
    return unescape(link) if "&" in link else link


def _inside(folder: str, link: str) -> str | None:
    """The path in the site a link leads to; None for links that lead out of it or only to an anchor."""
    target = unquote(link.partition("#")[0].partition("?")[0])
    if not target or target.startswith("/") or _SCHEME.match(target):
        return None
    return posixpath.normpath(f"{folder}/{target}" if folder else target)


Last = Callable[[Edition], Iterable[File]]


def publish(
    target: Target, filler: Filler, items: Iterable[Page | File], read: Digested | None = None, last: Last = lambda _: ()
) -> Report:
    """Writes, checks and switches. `last` makes files from all the others.

    The caller holds the lock. Raises Unsound or NotOurs with the old site untouched.
    """
    with Edition(target, filler, read) as edition:
        for item in chain(items, filler.handwritten(), filler.assets):
            edition.add(item)
        for file in last(edition):
            edition.add(file)
        return edition.switch()
