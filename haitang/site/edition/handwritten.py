"""The handwritten pages before there is a site: what a build would refuse in them, told by `check` with file and line.

The rule: the engine is asked as a build asks it, and its answer is kept for that build. What only the finished site can tell,
whether a page of ours has such an anchor, is left to the build.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from haitang.core.digests import Digested, digest, digest_of
from haitang.core.problems import InvalidDirectory, Place, Problem
from haitang.data.directory import Directory
from haitang.model.paths import SETTINGS_FILE
from haitang.model.settings import Settings
from haitang.site import theme, third_parties
from haitang.site.edition.links import Fault, Links, ids_in
from haitang.site.page import ABOUT, ADMIN, CHANGES, addresses
from haitang.site.views.changelog import changes

PACKAGE = Path(__file__).parents[2]
LOCKS = ("requirements/site.txt", "requirements/zensical.txt")  # stand for the engines' versions
# What makes frames, and looks at the pages that go into them.
FRAMERS = ("site/theme.py", "site/edition/as_is.py", "site/templates.py", "site/page.py", "core/decoding.py")
# As they were when they were loaded: who goes on building after an update must not leave old frames under the new one's name.
_FRAMED_BY = digest_of([(name, PACKAGE / name) for name in FRAMERS])
_FURTHER = re.compile(r"\.\d+\.html$")  # a further page of a long list
_OURS = ("assets/", "data/", "photos/")
_MADE = (".ics", ".atom", ".xml", ".json", ".csv", ".js", ".txt", ".geojson", ".webmanifest", ".svg")  # made with the site
_CODES = {"foreign": "page-foreign", "stopped": "page-stopped", "twice": "page-taken"}


def sources(engine: theme.Engine, project: Path, site_src: Path) -> Digested:
    """What a frame is made of."""
    parts = [("theme", project / "templates" / "theme"), ("pages", site_src)]
    parts += [(name, project / name) for name in ("mkdocs.yml", *LOCKS)]
    return digest(parts, [engine, _FRAMED_BY])


def problems(engine: theme.Engine, project: Path, site_src: Path, directory: Directory, root: Path) -> list[Problem]:
    """What is wrong with the pages in `site_src` of the data in `root`. Raises FrameProblem where the engine fails."""
    try:
        frame = theme.kept(engine, project, site_src, sources(engine, project, site_src))
    except InvalidDirectory as invalid:
        return list(invalid.problems)
    ours = {*addresses(directory), ADMIN.path()} - {ABOUT.path()}
    known = {*ours, *frame.handwritten, *(file.path for file in frame.assets)}
    taken = {path.lower() for path in ours}
    links, found = Links(), [Fault(path, "twice", path) for path in frame.handwritten if path.lower() in taken]
    for path, html in frame.handwritten.items():
        found += links.of_page(path, html, whole=True)
        found += (Fault(path, "stopped", written) for written in third_parties.stopped(html))
    if any(target == CHANGES.path() for _, _, target in links.targets()) and changes(root, directory):
        known.add(CHANGES.path())
    found += _leading_nowhere(links, known, frame)
    told = [_told(fault, site_src) for fault in sorted(set(found)) if source_of(fault.page, site_src)]
    return told + not_there(frame.handwritten, directory.settings, root)


def not_there(pages: Iterable[str], settings: Settings, root: Path) -> list[Problem]:
    """Those of `nav` that nobody has written; `pages` are the paths of those that somebody has."""
    known, found = set(pages), list[Problem]()
    lines = (root / SETTINGS_FILE).read_text("utf-8", "replace").splitlines() if settings.nav else []
    for each in settings.nav:
        if each.path not in known:
            wanted = re.compile(rf"""\bpage:\s*["']?{re.escape(each.page)}["']?\s*(?:#|$)""")
            line = next((number for number, text in enumerate(lines, 1) if wanted.search(text)), 1)
            found.append(Problem(Place(SETTINGS_FILE, line), "page-no-target", {"text": each.path}))
    return found


def _leading_nowhere(links: Links, known: set[str], frame: theme.Frame) -> Iterator[Fault]:
    for page, link, target in links.targets():
        anchor = link.partition("#")[2]
        is_there = (_FURTHER.sub(".html", target) if target.endswith(".html") else target) in known
        if not (is_there or target.endswith(_MADE) or target.startswith(_OURS)):
            yield Fault(page, "missing", link)
        elif anchor and target in frame.handwritten and anchor not in ids_in(frame.handwritten[target]):
            yield Fault(page, "no-anchor", link)


def _told(fault: Fault, site_src: Path) -> Problem:
    source = source_of(fault.page, site_src)
    assert source is not None
    place = Place(f"{site_src.name}/{source.relative_to(site_src).as_posix()}", line_of(fault.about, source) or 1)
    return Problem(place, _CODES.get(fault.code, "page-no-target"), {"text": fault.about})


def source_of(page: str, site_src: Path) -> Path | None:
    """What a handwritten page was made from."""
    stem = page.removesuffix(".html")
    names = [stem, stem.removesuffix("index") + "README"] if stem.rpartition("/")[2] == "index" else [stem]
    return next((path for name in names if (path := site_src / f"{name}.md").is_file()), None)


def line_of(address: str, source: Path) -> int:
    """Where it is written, counted from 1; 0 where it stands nowhere as it does in the page."""
    wanted = whole(unescape(address))
    lines = source.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if wanted.search(unescape(line))), 0)


def whole(address: str) -> re.Pattern[str]:
    """Finds an address that is not a part of a longer one."""
    return re.compile(rf"(?<![\w/.:%@#?&+-]){re.escape(address)}(?![\w/%@#?&=+-])", re.ASCII)
