"""data/edition.json: which version of the site is out. sw.js: what a phone keeps of it for when there is no network; or, where
that is switched off, what clears it away. data/pages.json: all pages of a site that is so small that phones keep it whole;
data/pictures.json: the small pictures of its places, which come after them.

The rule: a page names each of its parts by its content (`?v=`, see filler.Filler), and nobody who keeps parts gives it another.
These files are made last, from what is really published, and name every part with its digest. Whatever changes in any page, in
the shell or in the data changes the edition; what a phone keeps changes sw.js.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path

from haitang.core.digests import integrity, version_of
from haitang.site.page import ADMIN, FILES, NOT_FOUND, OFFLINE, File, kept_pages, language_folder, script_json

EDITION = "data/edition.json"
PAGES = "data/pages.json"
PICTURES = "data/pictures.json"
WHOLE = 2_000_000  # bytes of HTML that all pages may have together where a phone keeps every one: some 400 kB on their way
MOST_PICTURES, PICTURES_WHOLE = 60, 1_500_000  # how many, and bytes of all of them: some 25 kB each
_DATA = re.compile(r"\w+\.js")  # those in folders say themselves which version they are of
_ASKED_FOR = ("data/facets.js", "data/spots.js", "data/stories.js")
_PICTURE = re.compile(rb'(photos/[^"\s,]+)\.([0-9]+)\.webp')
_NEVER_SHOWN = ("assets/licences.txt", "assets/icon.png", "assets/icon-192.png", "assets/icon-maskable.png")


def files(
    bundle: Path, digests: Mapping[str, str], read: Callable[[str], bytes], folders: Sequence[str] = (), *, offline: bool
) -> Iterator[File]:
    """edition.json and sw.js for the files of a site, given their digests by path and how to read one. `folders` are those of
    further languages: of these a phone keeps what was read, and from the first visit on the page that says what is missing."""
    named = {path: integrity(read(path)) for path in sorted(filter(is_part, digests))}
    kept = {path: digest for path, digest in named.items() if is_kept(path)}
    parts = {path: digest for path, digest in named.items() if not path.endswith(".html")}
    pages = {path: digests[path] for path in sorted(digests) if path.endswith(".html")}
    yield File(EDITION, script_json({"edition": version_of(integrity(script_json([parts, pages]))), "parts": parts}))
    if not offline:
        yield File("sw.js", (bundle / "worker" / "off.js").read_bytes())
        return
    script = (bundle / "worker" / "sw.js").read_bytes()
    whole = _whole((path for path in pages if not language_folder(path)), read)
    if whole:
        yield File(PAGES, script_json({path: digest for path, digest in whole.items() if path not in kept}))
        yield File(PICTURES, script_json(_pictures(filter(_of_place, whole), digests, read)))
    told = b"self.__HAITANG_PRECACHE=%s;\nself.__HAITANG_WHOLE=%s;\n" % (script_json([*kept.items()]), script_json(bool(whole)))
    told += b"self.__HAITANG_LANGUAGES=%s;\n" % script_json(list(folders)) if folders else b""
    yield File("sw.js", told + script)


def _whole(paths: Iterable[str], read: Callable[[str], bytes]) -> dict[str, str]:
    """The `integrity` of every page that visitors have, by path; none where they are too much for a phone."""
    found, size = dict[str, str](), 0
    for path in paths:
        if path not in (ADMIN.path(), NOT_FOUND.path()):
            content = read(path)
            size += len(content)
            if size > WHOLE:
                return {}
            found[path] = integrity(content)
    return found


def _of_place(path: str) -> bool:
    return path.startswith("positions/")


def _pictures(pages: Iterable[str], there: Container[str], read: Callable[[str], bytes]) -> dict[str, str]:
    """The `integrity` of the smallest file of each picture on these pages, the first of every page before the second of any, as
    many as a phone keeps. WebP: all browsers with a service worker show it but those of iOS 13."""
    shown = []
    for page in pages:
        widths: dict[bytes, int] = {}
        for name, width in _PICTURE.findall(read(page)):
            widths[name] = min(widths.get(name, int(width)), int(width))
        shown.append([f"{name.decode()}.{width}.webp" for name, width in widths.items()])
    found, size = dict[str, str](), 0
    for path in dict.fromkeys(chain.from_iterable(zip_longest(*shown, fillvalue=""))):
        if path not in there:
            continue  # somebody's words
        content = read(path)
        size += len(content)
        if size > PICTURES_WHOLE or len(found) == MOST_PICTURES:
            break
        found[path] = integrity(content)
    return found


def is_part(path: str) -> bool:
    """Whether a file of the site is what pages are shown with, and named by what is in it."""
    folder, _, name = path[len(language_folder(path)) :].partition("/")
    return (
        path in kept_pages()
        or _is_of_further(path)
        or (folder == "assets" and path not in _NEVER_SHOWN)
        or (folder == "data" and bool(_DATA.fullmatch(name)))
    )


def is_kept(path: str) -> bool:
    """Whether phones keep it from the first visit on: of a large directory not what only filters of everything need."""
    return is_part(path) and (not language_folder(path) or _is_of_further(path)) and path not in _ASKED_FOR


def _is_of_further(path: str) -> bool:
    """What a phone has of a language of which nothing was read: how to say that, and which data there are."""
    folder = language_folder(path)
    return bool(folder) and path[len(folder) :] in (OFFLINE.path(), FILES)
