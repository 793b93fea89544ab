"""What we publish, and the address book: which kinds of pages there are, where they lie, what there is one each of.

The rule: an address is made here and nowhere else. What lists pages (the sitemap, the frames, what a phone keeps, the review of
a change, the tests in a browser) asks PAGE_KINDS, or the book of a built site (`Report.book`).
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from haitang.data.directory import Directory
from haitang.data.needs import id_of, needs_in
from haitang.model.entries import Brand, Chapter, Position, Route
from haitang.model.messages import SITE_LANGUAGES
from haitang.model.settings import ActivityKind, Term, Town
from haitang.model.tiers import TierInfo
from haitang.model.types import NOT_IN_USE

Item = TypeVar("Item")
Other = TypeVar("Other")
Subject = TypeVar("Subject")
Subjects = Iterable[tuple[str, Subject]]
PAGE_SIZE = 120  # cards on one page of a list; more are paged


def _one(_: Directory) -> Subjects[Any]:
    return (("", None),)


@dataclass(frozen=True, slots=True)
class PageKind(Generic[Subject]):
    """A kind of page. `section` decides its frame; without one a page brings all of its HTML. `address` is its path below the
    site, with `{}` where an id goes, and `subjects` are those ids with what each page is about (None where only a build knows).
    Search engines are told of it where it is `listed`; phones keep it from the first visit on where it is `kept`, other pages
    once they were read: a phone pays for each. `printed`: its address stands on walls as a QR code. `once`: it is for editors,
    and there is but one for all languages."""

    name: str
    section: str
    address: str
    subjects: Callable[[Directory], Subjects[Subject]] | None = _one
    listed: bool = True
    kept: bool = False
    printed: bool = False
    once: bool = False

    def __reduce__(self) -> tuple[Callable[[str], "PageKind[Any]"], tuple[str]]:
        """Another process knows it by its name."""
        return _named, (self.name,)

    def path(self, name: str = "") -> str:
        """The address of one page of the kind."""
        return self.address.format(name)

    def pages(self, directory: Directory) -> Iterator[tuple[str, Subject]]:
        """The address of each page and what it is about. Of a paged list this is the first page."""
        for name, subject in self.subjects(directory) if self.subjects else ():
            yield self.address.format(name), subject


def _towns(directory: Directory) -> Iterator[tuple[str, Town]]:
    """An area's own page holds those whose town is not known, and is there only for them."""
    for town in directory.town.values():
        if town.id != directory.area[town.id].id or directory.in_town(town.id):
            yield town.id, town


def _lively_towns(directory: Directory) -> Iterator[tuple[str, Town]]:
    held = set[str]()
    for each in directory.positions:  # thousands: their activities are looked up only where that tells something
        if each.town not in held and each.status not in NOT_IN_USE and each.activities:
            held.add(each.town)
    return ((town.id, town) for town in directory.town.values() if town.id in held)


def _needs(directory: Directory) -> Iterator[tuple[str, Term]]:
    """A kind of activities has a page of its own."""
    return ((id_of(term), term) for _, _, term in needs_in(directory.settings) if isinstance(term, Term))


def _by_id(items: Iterable[Any]) -> Subjects[Any]:
    return ((item.id, item) for item in items)


def _by_former_id(items: Iterable[Any]) -> Subjects[Any]:
    return ((former, item) for item in items for former in item.former_ids)


def _if(condition: object) -> Subjects[Any]:
    return (("", None),) if condition else ()


# Where a server shows a page under any address, its links start at the site's root, which only the public address tells.
NOT_FOUND: PageKind[None] = PageKind("not-found", "", "404.html", lambda data: _if(data.settings.base_url), listed=False)
OFFLINE: PageKind[None] = PageKind(
    "offline", "offline", "offline.html", lambda data: _if(data.settings.offline), listed=False, kept=True
)
HOME: PageKind[None] = PageKind("home", "home", "index.html", kept=True)
SEARCH: PageKind[None] = PageKind("search", "find", "search.html", kept=True)
MAP: PageKind[None] = PageKind("map", "map", "map.html", kept=True)
# What other sites show in a frame, and the page that writes the line for them.
EMBED: PageKind[None] = PageKind("embed", "embed", "embed.html", listed=False)
SNIPPET: PageKind[None] = PageKind("snippet", "snippet", "data/embed.html")
OWN: PageKind[None] = PageKind("own", "own", "own.html", listed=False, kept=True)
POSITIONS: PageKind[None] = PageKind("positions", "positions", "positions/index.html")
ROUTE: PageKind[Route] = PageKind("route", "routes", "routes/{}.html", lambda data: _by_id(data.routes), printed=True)
ROUTE_MOVED: PageKind[Route] = PageKind(
    "route-moved", "routes", "routes/{}.html", lambda data: _by_former_id(data.routes), listed=False, printed=True
)
ROUTES: PageKind[None] = PageKind("routes", "routes", "routes/index.html", lambda data: _if(data.routes))
POSITION: PageKind[Position] = PageKind(
    "position", "positions", "positions/{}.html", lambda data: _by_id(data.positions), printed=True
)
POSITION_MOVED: PageKind[Position] = PageKind(
    "position-moved", "positions", "positions/{}.html", lambda data: _by_former_id(data.positions), listed=False, printed=True
)
TOWN: PageKind[Town] = PageKind("town", "towns", "towns/{}.html", _towns)
TOWNS: PageKind[None] = PageKind("towns", "towns", "towns/index.html")
TIER: PageKind[TierInfo] = PageKind("tier", "tiers", "tiers/{}.html", lambda data: _by_id(data.settings.tiers))
NEED: PageKind[Term] = PageKind("need", "needs", "needs/{}.html", _needs)
NEEDS: PageKind[None] = PageKind("needs", "needs", "needs/index.html", lambda data: _if([*needs_in(data.settings)]))
ACTIVITIES: PageKind[None] = PageKind("activities", "activities", "activities/index.html")
WEEK: PageKind[None] = PageKind("week", "activities", "activities/week.html")
ACTIVITY_KIND: PageKind[ActivityKind] = PageKind(
    "activity-kind", "activities", "activities/kind-{}.html", lambda data: _by_id(data.settings.activity_kinds)
)
ACTIVITY_TOWN: PageKind[Town] = PageKind("activity-town", "activities", "activities/town-{}.html", _lively_towns)
BRAND: PageKind[Brand] = PageKind("brand", "brands", "brands/{}.html", lambda data: _by_id(data.brands))
BRANDS: PageKind[None] = PageKind("brands", "brands", "brands/index.html")
CHAPTERS: PageKind[None] = PageKind("chapters", "concepts", "about/index.html", lambda data: _if(data.chapters))
CHAPTER: PageKind[Chapter] = PageKind("chapter", "concepts", "about/{}.html", lambda data: _by_id(data.chapters))
PROGRESS: PageKind[None] = PageKind("progress", "progress", "progress.html")
UNVERIFIED: PageKind[None] = PageKind("unverified", "progress", "unverified.html")
CHANGES: PageKind[None] = PageKind("changes", "progress", "changes.html", None)  # where there is a history
FIELDS: PageKind[None] = PageKind("fields", "concepts", "editors/fields.html", once=True)
PROBLEMS: PageKind[None] = PageKind("problems", "editors", "editors/problems.html", once=True)
LICENCES: PageKind[None] = PageKind("licences", "progress", "licences.html")
OPEN_DATA: PageKind[None] = PageKind("open-data", "data", "data/index.html")
ABOUT: PageKind[None] = PageKind("about", "", "about.html", kept=True)
HANDWRITTEN: PageKind[None] = PageKind("handwritten", "", "{}", None)  # all others in site_src/
VERIFICATION: PageKind[None] = PageKind("verification", "", "{}.html", None, listed=False, once=True)  # as it lies in site_src/
ADMIN: PageKind[None] = PageKind("admin", "", "admin/index.html", None, listed=False, once=True)

PAGE_KINDS: tuple[PageKind[Any], ...] = (
    HOME, SEARCH, MAP, EMBED, SNIPPET, OWN, POSITIONS, POSITION_MOVED, POSITION, TOWNS, TOWN, TIER, BRANDS, BRAND, ROUTES,
    ROUTE_MOVED, ROUTE,
    NEEDS, NEED, ACTIVITIES, WEEK, ACTIVITY_KIND, ACTIVITY_TOWN, CHAPTERS, CHAPTER, PROGRESS, UNVERIFIED, CHANGES, FIELDS,
    PROBLEMS, LICENCES, OPEN_DATA, ABOUT, HANDWRITTEN, VERIFICATION, OFFLINE, NOT_FOUND, ADMIN,
)  # fmt: skip


def _named(name: str) -> PageKind[Any]:
    return next(kind for kind in PAGE_KINDS if kind.name == name)


# The script that a section's pages load besides those of every page.
SCRIPTS: Mapping[str, str] = {
    "home": "map",
    "find": "find",
    "map": "explore",
    "towns": "map",
    "tiers": "map",
    "brands": "map",
    "routes": "map",
    "needs": "find",
    "own": "find",
    "embed": "embed",
    "snippet": "snippet",
}
# The sections whose pages change with every change of the data anyway: they name the very data they were made with. All others
# ask for the index that is out, or each of them would be another page whenever any entry changes.
NAMING = frozenset(("home", "find", "map", "embed"))
# Which all languages share; of a further language all else lies in its own folder.
SHARED = ("assets/", "photos/", "schema/", "admin/", "editors/", "data/positions.geojson", "data/base/", "data/v1/")
WORDS = "assets/words.js"  # what the browser's scripts say, in the first language
FILES = "data/files.js"  # the index of the data: the digest of each file by its name
_FOLDERS = frozenset(f"{language}/" for language in SITE_LANGUAGES)
_HANDED = re.compile(r"^\(window\.HAITANG=window\.HAITANG\|\|\{\}\)\.(\w+)=(.*);$", re.MULTILINE)
_DATA = re.compile(r"data/(\w+)\.js")


def addresses(directory: Directory) -> dict[str, PageKind[Any]]:
    """The address of every page that a directory has, without making one; further pages of long lists are not in it."""
    return {path: kind for kind in PAGE_KINDS for path, _ in kind.pages(directory)}


def printed(directory: Directory) -> dict[str, Any]:
    """The addresses of printed QR codes, also those of former ids, with the entry each leads to."""
    return {path: entry for kind in PAGE_KINDS if kind.printed for path, entry in kind.pages(directory)}


def kept_pages() -> set[str]:
    """The pages that phones keep from the first visit on."""
    return {kind.path() for kind in PAGE_KINDS if kind.kept}


def language_folder(path: str) -> str:
    """The folder of the further language that a path belongs to; empty for the first one's."""
    folder = path[: path.find("/") + 1]
    return folder if folder in _FOLDERS else ""


def frames() -> dict[str, str]:
    """Each section with the path of an empty page of it, less its `.html`: the folder's depth decides how a page reaches the
    style sheets."""
    folders = {kind.section: kind.address.rpartition("/")[0] for kind in PAGE_KINDS if kind.section}
    return {section: f"{folder}/{section}-frame".lstrip("/") for section, folder in folders.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page. `path` is relative to the site; `body` is finished HTML, without the frame where its kind has a section;
    the rest is plain text. In a book of pages and before it is made it has none. `folder` is that of its language (`en/`) and
    begins the path; it is empty for the first language, whose pages lie at the root. `picture` is the path of what stands for
    it where its address is sent; without one the home page's does."""

    path: str
    kind: PageKind[Any]
    title: str
    description: str
    body: str = ""
    folder: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """Any other file of the site. `digest` is its `published_digest` where somebody has just made sure of it."""

    path: str
    content: bytes
    digest: str = ""

    def __post_init__(self) -> None:
        if self.path.endswith(".html"):
            raise ValueError(f"{self.path} is a Page: no list of pages would know of it")


def script_json(data: object) -> bytes:
    """JSON that is also safe inside a script: no `<`, no line separators that old engines take for line ends."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode()


def files_index(digests: Mapping[str, str], folder: str = "") -> File:
    """FILES for all data files among these `integrity` digests by path; read by frontend/src/data/loader.ts. That of a further
    language, in its folder, also has those that it shares with the first one, by name in a list of their own."""
    own, first = _data_files(digests, folder), _data_files(digests, "")
    shared = sorted(first.keys() - own.keys()) if folder else []
    listed = {name: own.get(name) or first[name] for name in sorted({*own, *shared})}
    content = data_script("files", listed) + (data_script("shared", shared) if folder else b"")
    return File(folder + FILES, content)


def _data_files(digests: Mapping[str, str], folder: str) -> dict[str, str]:
    inside = ((path[len(folder) :], digest) for path, digest in digests.items() if path.startswith(folder))
    return {found[1]: digest for path, digest in inside if (found := _DATA.fullmatch(path))}


def data_script(name: str, data: object) -> bytes:
    """A classic script that hands `data` to ours as `HAITANG.<name>`: `fetch` does not work from file://."""
    return b"(window.HAITANG=window.HAITANG||{})." + name.encode() + b"=" + script_json(data) + b";\n"


def data_of(scripts: bytes) -> dict[str, str]:
    """The JSON that such scripts, one after the other, hand over, by name."""
    return {found[1]: found[2] for found in _HANDED.finditer(scripts.decode())}


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """One page of a paged list; `first` is the path of the first."""

    items: Sequence[Item]
    number: int
    count: int
    total: int
    first: str

    @property
    def path(self) -> str:
        return sheet_path(self.first, self.number)

    def of(self, items: "Sequence[Other]") -> "Sheet[Other]":
        """The same page with other things in the places of its own."""
        return Sheet(items, self.number, self.count, self.total, self.first)

    def link(self, number: int) -> str:
        """The address of another page of the list, from this one."""
        return sheet_path(self.first, number).rpartition("/")[2]


def sheet_path(first: str, number: int) -> str:
    """`towns/lujia.html`, then `towns/lujia.2.html`: ids hold no dot, so nothing collides."""
    return first if number == 1 else f"{first.removesuffix('.html')}.{number}.html"


def sheets(items: Sequence[Item], first: str, size: int = PAGE_SIZE) -> Iterator[Sheet[Item]]:
    """A list as pages of at most `size` items; an empty list still has its page."""
    count = max(1, -(-len(items) // size))
    for index in range(count):
        yield Sheet(items[index * size : (index + 1) * size], index + 1, count, len(items), first)
