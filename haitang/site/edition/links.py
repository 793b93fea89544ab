"""Whether a site holds together: every link and anchor leads somewhere, and no page asks another host for anything.

The rule: parts that all pages share are checked once, in their shell; a page that was taken over was checked when it was made,
and is looked at again only where something that was there has gone.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from haitang.site import third_parties
from haitang.site.page import NOT_FOUND, language_folder

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_OUTSIDE = ("http", "tel:", "geo:", "data:")


class Fault(NamedTuple):
    """What is broken: in which file of the site; a key of the words' `unsound`; the address or name it is about."""

    page: str
    code: str
    about: str = ""


@dataclass
class Links:
    """The links of pages, each as long as nobody knows whether it leads somewhere. `shell_ids` stand in every page."""

    shell_ids: frozenset[str] = frozenset()
    seen: dict[str, dict[str, str]] = field(default_factory=dict)  # by folder: each link, and a page that has it
    anchors: dict[str, dict[str, str]] = field(default_factory=dict)  # the same, of those with an anchor in another page

    def of_css(self, path: str, content: bytes) -> Iterator[Fault]:
        return (Fault(path, "foreign", address) for address in third_parties.in_css(content.decode(errors="replace")))

    def of_page(self, path: str, html: str, *, whole: bool) -> list[Fault]:
        """Notes the links of a page (or a part of one); what can be told of it alone is told."""
        own = map(_meant, {link for link in _links(html) if not link.startswith(_OUTSIDE)})
        found = {link for link in own if not link.startswith(_OUTSIDE) and link not in self.shell_ids}
        folder, ids = posixpath.dirname(path), None
        known, apart = self.seen.setdefault(folder, {}), self.anchors.setdefault(folder, {})
        faults = [Fault(path, "foreign", address) for address in third_parties.in_html(html)]
        absolute = []
        for link in found:
            if link.startswith("#"):
                ids = ids_in(html) if ids is None else ids
                if len(link) > 1 and link[1:] not in ids:
                    faults.append(Fault(path, "no-anchor", link))
                continue
            (apart if "#" in link else known).setdefault(link, path)
            if link[:1] == "/" and link[:2] != "//":
                absolute.append(link)
        # A page must work in any folder, from USB and from file://; only the one a server shows anywhere starts at the root.
        if absolute and path != language_folder(path) + NOT_FOUND.path():
            faults.append(Fault(path, "absolute", min(absolute)))
        if whole and "<title" not in html:
            faults.append(Fault(path, "untitled"))
        return faults

    def add(self, other: "Links") -> None:
        """Takes those of another part of the site."""
        for mine, theirs in ((self.seen, other.seen), (self.anchors, other.anchors)):
            for folder, links in theirs.items():
                known = mine.setdefault(folder, {})
                for link, page in links.items():
                    known.setdefault(link, page)

    def targets(self) -> Iterator[tuple[str, str, str]]:
        """Of each link into the site: a page that has it, the link, and the path it leads to."""
        yield from _targets(self.seen)
        yield from _targets(self.anchors)

    def broken(self, files: Mapping[str, object], read: Callable[[str], str]) -> Iterator[Fault]:
        """The links that lead nowhere, given the files of the site and how to read a page."""
        ids: dict[str, frozenset[str]] = {}
        for page, link, path in self.targets():
            anchor = link.partition("#")[2]
            if path not in files:
                yield Fault(page, "missing", link)
            elif anchor and f"#{anchor}" not in self.shell_ids:
                if path not in ids:
                    ids[path] = ids_in(read(path))
                if anchor not in ids[path]:
                    yield Fault(page, "no-anchor", link)


def _targets(links: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    for folder, known in sorted(links.items()):
        for link, page in sorted(known.items()):
            if (path := inside(folder, link)) is not None:
                yield page, link, path


def ids_in(html: str) -> frozenset[str]:
    """The anchors of a page. A pattern takes three times as long as to split, on each page."""
    pieces = html.split('id="')
    return frozenset(piece.partition('"')[0] for before, piece in pairwise(pieces) if before[-1:].isspace())


def shell_ids(shells: Iterable[str]) -> frozenset[str]:
    """Links to the anchors that every page has."""
    return frozenset(f"#{name}" for shell in shells for name in ids_in(shell))


def _links(html: str) -> Iterator[str]:
    """Addresses in href, src, data-src, poster and srcset. Splitting is several times as fast as a pattern."""
    for attribute in (' href="', ' src="', ' data-src="', ' poster="'):
        for piece in html.split(attribute)[1:]:
            yield piece[: piece.index('"')]
    for piece in html.split(' srcset="')[1:]:
        yield from (source.split()[0] for source in piece[: piece.index('"')].split(",") if source.strip())


def _meant(link: str) -> str:
    """As a browser takes it: handwritten pages have addresses with entities in them."""
    return unescape(link) if "&" in link else link


def inside(folder: str, link: str) -> str | None:
    """The path in the site a link leads to; None for links that lead out of it or only to an anchor."""
    target = unquote(link.partition("#")[0].partition("?")[0])
    if not target or target.startswith("/") or _SCHEME.match(target):
        return None
    return posixpath.normpath(f"{folder}/{target}" if folder else target)
