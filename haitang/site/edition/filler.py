"""The theme's frame filled: what is the same in a section's pages once, what is a page's own for each of them.

The rule: no engine is known here. A blank is a HAITANG_ word of the frame, and nothing that somebody wrote is taken for one.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from html import escape, unescape

from haitang.core.digests import integrity, version_of
from haitang.core.pinyin import han
from haitang.site.page import ABOUT, CHANGES, FILES, HANDWRITTEN, HOME, NAMING, WORDS, Page, frames
from haitang.site.theme import CORRECTIONS, Frame

# Where an address stands, and nowhere else: a text may look like one.
_ASSET = re.compile(
    r'(?:(?<=\ssrc=")|(?<=\shref=")|(?<=\sdata-map=")|(?<=\sdata-activities="))'
    r'((?:\.\./)*|/(?:[^"/:?#]+/)*)(assets/[\w.-]+)(?=")'
)
_SHARED = 30  # Chinese characters of a title that WeChat shows where a page is sent; of Latin letters twice as many
_SITE = b' data-site="'  # first stands in a page's opening tag
_NEWS = (HOME, CHANGES)  # the pages that tell readers of news of the feed
_WORD = re.compile(rf"HAITANG_(?:TITLE|HEADER|HEAD|BODY|FOOTER|SITE)\b|<p>{CORRECTIONS}</p>")


@dataclass(frozen=True)
class Dressing:
    """The parts of a page that depend on the directory and not on the engine, as functions of section and root."""

    site_title: str
    language: str
    updated: str  # the data's day as YYYY-MM-DD, or empty
    head: Callable[[str, str], str]  # section, root → the head's own elements, with blanks where a page's own go
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
    picture: str = ""  # which stands for a page that has none of its own where its address is sent
    feed: str = ""  # the head's element that leads readers of news to the feed; empty where there is none


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
            "HAITANG_HEAD": dressing.lifted(dressing.head(section, root)),
            "HAITANG_TITLE": blank("TITLE"),
            "HAITANG_BODY": blank("BODY"),
            f"<p>{CORRECTIONS}</p>": dressing.lifted(dressing.corrections(root)),
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

    def _fill(self, pieces: list[str], page: Page, title: str, body: str) -> bytes:
        """The page, and in its opening tag `data-version`: that of all the rest of it. Its path is the whole one."""
        path, dressing = page.path, self._dressing
        blanks = {"TITLE": escape(title), "DESCRIPTION": escape(page.description), "PATH": escape(path), "BODY": body}
        links = ("", "") if page.kind.once else dressing.alternates(path[len(self.folder) :], "../" * path.count("/"))
        blanks["LINKS"], blanks["LANGUAGES"] = links
        blanks["PICTURE"] = escape(page.picture or dressing.picture)
        blanks["FEED"] = dressing.feed if page.kind in _NEWS else ""
        content = "".join([blanks[piece] if place & 1 else piece for place, piece in enumerate(pieces)]).encode()
        # A page that is open or kept compares itself with the one that is out.
        return content.replace(_SITE, b' data-version="%s"%s' % (version_of(integrity(content)).encode(), _SITE), 1)

    def page(self, page: Page) -> bytes:
        """The whole HTML of a page."""
        if page.folder != self.folder:
            return self.of(page.folder).page(page)
        title = page.title if page.kind is HOME else self._window_title(page.title)
        told = self._dressing.language.startswith("zh") or not han(page.description)  # which cannot be marked as Chinese
        shown = page if told else replace(page, description=title)
        return self._fill(self._cut[page.kind.section], shown, title, self.versioned(page.body))

    def _window_title(self, own: str) -> str:
        """A page's name and the site's, where a chat that is told of the page shows both; else its own, whole."""
        both = f"{own} · {self._dressing.site_title}"
        return both if len(both) <= (_SHARED if self._dressing.language.startswith("zh") else 2 * _SHARED) else own

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
            title = self._window_title(own) if found else self._dressing.site_title
            whole = self.folder + path
            page = Page(whole, ABOUT if path == ABOUT.path() else HANDWRITTEN, own or title, title, folder=self.folder)
            html = self._fill(self._cut_up("about", "../" * path.count("/"), text), page, title, "").decode()
            yield replace(page, body=html)
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
