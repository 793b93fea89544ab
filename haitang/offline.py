"""sw.js: what a phone keeps of the site for when there is no network; or, where that is switched off, what clears it away.

The rule: it is made last, from the files that are really published, and names each with its digest: whatever changes in the
shell or the data changes this file, and a phone never keeps half of one site and half of another.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from haitang.rendering import File, script_json

PAGE = "offline.html"
# Kept from the first visit on; other pages once they were read. Not all of ten thousand pages: a phone pays for each.
PAGES = ("index.html", "search.html", "map.html", "about.html", PAGE)
_NEVER_SHOWN = ("assets/licences.txt", "assets/icon.png", "assets/icon-192.png", "assets/icon-maskable.png")

Closing = Callable[[Iterable[str], Callable[[str], bytes]], Iterator[File]]


def closing(bundle: Path, *, wanted: bool) -> Closing:
    """Makes sw.js for the files of a site, given their paths and how to read one."""

    def worker(paths: Iterable[str], read: Callable[[str], bytes]) -> Iterator[File]:
        if not wanted:
            yield File("sw.js", (bundle / "worker" / "off.js").read_bytes())
            return
        kept = [[path, b64encode(sha256(read(path)).digest()).decode()] for path in sorted(filter(is_kept, paths))]
        script = (bundle / "worker" / "sw.js").read_bytes()
        yield File("sw.js", b"self.__HAITANG_PRECACHE=" + script_json(kept) + b";\n" + script)

    return worker


def is_kept(path: str) -> bool:
    """Whether a file of the site is kept from the first visit on."""
    folder = path.partition("/")[0]
    return path in PAGES or (folder == "assets" and path not in _NEVER_SHOWN) or (folder == "data" and path.endswith(".js"))
