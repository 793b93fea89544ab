"""A server that files are fetched from, until a deadline.

The rule: every answer has a bounded size, every silence a bounded length, and so has all of it together. A line may be slow,
but not as slow as a server that gives a byte now and then. It stays the same host: nothing leads elsewhere.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from haitang.core.atomic_files import check_room
from haitang.core.http_client import Deadline, HTTPError, Response
from haitang.kiosk.release.installation import is_meant
from haitang.kiosk.release.manifest import Refused, Seal

Result = TypeVar("Result")
_PIECE = 4096  # bytes that are kept at once: of a line that breaks often little is lost
_REST = re.compile(r"bytes ([0-9]{1,12})-([0-9]{1,12})/([0-9]{1,12})")


@dataclass(frozen=True)
class Patience:
    """How long a server is waited for: seconds to connect and between two pieces, pauses before each further try, seconds for
    everything, and seconds for each `share` bytes of a file (or the last of them) with all tries and pauses that they take.
    Half a kilobyte a second is enough; in four hours a line of 3 kB/s brings 43 MB, and the next night the rest."""

    connect: float = 10
    read: float = 30
    pauses: tuple[float, ...] = (1, 2, 4, 8, 16)
    whole: float = 4 * 3600
    step: float = 120
    share: int = 1 << 16


class _Broken(Exception):
    """The connection broke or the answer made no sense; worth another try."""


@dataclass
class Server:
    """What lies below `url` (it ends with a slash), asked until the deadline."""

    url: str
    patience: Patience
    deadline: Deadline

    def __post_init__(self) -> None:
        self._client = self.deadline.client(self.patience.connect, self.patience.read)
        self._of_share = 0

    def small(self, path: str, largest: int) -> bytes:
        """A whole small file. Raises Refused where the server has none."""

        def whole() -> bytes:
            with self._answer(path) as answer:
                return b"".join(self._pieces(answer, largest))

        return self._tried(path, whole, lambda: 0)

    def fetch(self, path: str, sealed: Seal, part: Path) -> None:
        """Brings a file into `part`, going on from what is there. Raises Refused when it does not become the one meant."""
        for _ in range(2):  # what an earlier try left may be what is wrong: once more from the beginning
            self._tried(path, lambda: self._go_on(path, sealed, part), lambda: size_of(part))
            if is_meant(part, sealed):
                return
            part.unlink()
        raise Refused("damaged", file=path)

    def fetch_unsealed(self, path: str, part: Path, largest: int, known: str = "") -> str | None:
        """Brings a file into `part` that nobody told the digest of, and gives the server's own mark of it (empty where it has
        none), by which the rest of it is asked for after a break. None where it is still the one of the mark `known`."""
        return self._tried(path, lambda: self._rest_of(path, part, largest, known), lambda: size_of(part))

    def _rest_of(self, path: str, part: Path, largest: int, known: str) -> str | None:
        marked = part.with_suffix(".mark")
        mark = marked.read_text(encoding="latin-1") if marked.exists() else ""
        had = size_of(part) if mark else 0
        with self._answer(path, had, {"If-Range": mark} if had else {"If-None-Match": known} if known else {}) as answer:
            if answer.status == 304:
                return None
            rest = _REST.fullmatch(answer.headers.get("Content-Range", ""))
            start, end, total = map(int, rest.groups()) if rest else (0, -1, int(answer.headers.get("Content-Length", -1)))
            if answer.status == 416 or (answer.status == 206 and (start != had or end != total - 1)):
                part.unlink()
                raise _Broken("not the rest that was asked for")
            if total > largest:
                raise Refused("too-much", url=self.url + path)
            check_room(part.parent, max(0, total - start))
            mark = _mark(answer)
            if not start:
                marked.write_text(mark, encoding="latin-1")
            with part.open("ab" if start else "wb") as stream:
                stream.writelines(self._pieces(answer, largest - start))
        if size_of(part) < total:
            raise _Broken("too short")
        return mark

    def _tried(self, path: str, act: Callable[[], Result], progress: Callable[[], int]) -> Result:
        """Again and again with longer pauses, from the shortest where the last try brought something."""
        pauses, had = list(self.patience.pauses), progress()
        self._next_share()
        while True:
            try:
                return act()
            except (_Broken, HTTPError, ValueError) as error:  # urllib3 takes a length of -5
                if progress() > had:
                    pauses, had = list(self.patience.pauses), progress()
                if not self.deadline.left:
                    raise Refused("too-slow", url=self.url + path) from None
                if not pauses:
                    raise Refused("cannot-reach", url=self.url + path, reason=str(error)) from None
            time.sleep(min(pauses.pop(0), self.deadline.left))

    def _go_on(self, path: str, sealed: Seal, part: Path) -> None:
        had = size_of(part)
        if had >= sealed.size and part.exists():
            return
        with self._answer(path, had) as answer:
            # Only an answer that goes on from here to the end is of use.
            rest = f"bytes {had}-{sealed.size - 1}/{sealed.size}"
            if answer.status == 416 or (answer.status == 206 and answer.headers.get("Content-Range") != rest):
                part.unlink()
                raise _Broken("not the rest that was asked for")
            if answer.status == 200:
                had = 0  # the whole file again
            with part.open("ab" if had else "wb") as stream:
                stream.writelines(self._pieces(answer, sealed.size - had))
        if size_of(part) < sealed.size:
            raise _Broken("too short")

    @contextmanager
    def _answer(self, path: str, had: int = 0, more: Mapping[str, str] | None = None) -> Iterator[Response]:
        """`had` bytes are there already; `more` are conditions of the request."""
        headers = {"Accept-Encoding": "identity", "User-Agent": "haitang-kiosk", **(more or {})}
        headers |= {"Range": f"bytes={had}-"} if had else {}
        answer = self._client.request("GET", self.url + path, headers=headers, redirect=False, preload_content=False)
        try:
            self._check_time()
            if answer.status == 304 and more:
                yield answer
                return
            if 300 <= answer.status < 400:
                raise Refused("redirected", url=self.url + path, there=answer.headers.get("Location", ""))
            if answer.status >= 500 or answer.status in (408, 429) or "Content-Encoding" in answer.headers:
                raise _Broken(f"HTTP {answer.status}")
            if answer.status not in ((200, 206, 416) if had else (200,)):
                raise Refused("not-there", url=self.url + path, status=answer.status)
            yield answer
        finally:
            answer.close()  # what was not read is not wanted

    def _pieces(self, answer: Response, most: int) -> Iterator[bytes]:
        got = 0
        for piece in answer.stream(_PIECE, decode_content=False):
            got += len(piece)
            if got > most:
                raise Refused("too-much", url=self.url)
            self._check_time()
            yield piece
            self._of_share += len(piece)
            if self._of_share >= self.patience.share:
                self._next_share()
        self._check_time()

    def _next_share(self) -> None:
        self._of_share = 0
        self.deadline.allow(self.patience.step)

    def _check_time(self) -> None:
        """What was cut off may look whole: the end of a connection ends a head, and a body of unknown size."""
        if not self.deadline.left:
            raise _Broken("too slow")


def size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _mark(answer: Response) -> str:
    """By which a server knows a file again: its strong ETag, else the day it was changed."""
    etag = answer.headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else answer.headers.get("Last-Modified", "")
