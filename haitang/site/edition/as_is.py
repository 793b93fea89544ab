"""Files in site_src that are published as they are, byte for byte: by them WeChat and search engines see whose a site is.

The rule: only what can do no harm whatever stands in it. A text is plain; a page holds no tag, but for the one shape that is
known by heart. All else of such a kind is told, for whoever put it there waits for it to be seen.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from haitang.core.leftovers import is_leftover
from haitang.core.problems import Place, Problem
from haitang.site.page import VERIFICATION, File, Page

MEANT = (".txt", ".xml", ".html", ".htm")  # what somebody puts there to be seen under its own address
_MOST = 4096  # bytes; they hold a line
_MADE = ("robots.txt", "sitemap.xml", "feed.xml")  # by the site itself
_TEXT = re.compile(rb"[\t\n\r\x20-;=?-~]+")  # no tag could begin in it
_WORDS = re.compile(rb"[\w .:=+/-]+\s*", re.ASCII)
_SHAPES = (
    (re.compile(r"[A-Za-z0-9][\w.-]{0,99}\.txt", re.ASCII), _TEXT),
    (re.compile(r"(?:google|baidu_verify_|naver|360_|ByteDanceVerify)[\w-]{0,99}\.html", re.ASCII), _WORDS),
    (
        re.compile(r"yandex_[0-9a-f]{8,64}\.html"),
        re.compile(
            rb"<html>\s*<head>\s*<meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\">\s*</head>\s*"
            rb"<body>Verification: [0-9a-f]{8,64}</body>\s*</html>\s*"
        ),
    ),
    (
        re.compile(r"BingSiteAuth\.xml"),
        re.compile(rb"<\?xml version=\"1\.0\"\?>\s*<users>\s*<user>[0-9A-Fa-f]{8,64}</user>\s*</users>\s*"),
    ),
)


def published(site_src: Path) -> Iterator[Page | File]:
    """Those that are safe. A page is ASCII: what it holds is what was written."""
    for name, content in _files(site_src):
        if content is not None and _is_known(name, content) and name.lower() not in _MADE:
            if name.endswith(".html"):
                yield Page(name, VERIFICATION, name, name, content.decode("ascii"))
            else:
                yield File(name, content)


def problems(site_src: Path) -> Iterator[Problem]:
    """What is told of the others."""
    for name, content in _files(site_src):
        place = Place(f"{site_src.name}/{name}")
        if name.lower() in _MADE:
            yield Problem(place, "page-taken", {"text": name})
        elif content is None or not _is_known(name, content):
            yield Problem(place, "stray-file", {"name": name})


def _files(site_src: Path) -> Iterator[tuple[str, bytes | None]]:
    """Paths below the folder; without what is in it where that is too much or cannot be read."""
    for path in sorted(site_src.rglob("*")):
        name = path.relative_to(site_src)
        if path.suffix.lower() not in MEANT or any(map(is_leftover, name.parts)) or path.is_symlink() or not path.is_file():
            continue
        try:
            content = path.read_bytes() if path.stat().st_size <= _MOST else None
        except OSError:
            content = None
        yield name.as_posix(), content


def _is_known(name: str, content: bytes) -> bool:
    return any(named.fullmatch(name) and holds.fullmatch(content) for named, holds in _SHAPES)
