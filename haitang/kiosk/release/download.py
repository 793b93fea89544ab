"""A release fetched from a published hall folder.

The rule: nobody on the way is believed. The address is https and stays the same host; the signature is checked before the
manifest is read, and every file by its hash; every answer has a bounded size, every silence a bounded length, and so has all
of it together. A line may be slow, but not as slow as a server that gives a byte now and then. What was fetched before a
break is kept in `.pull` and the next try goes on from there.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from haitang.core.atomic_files import check_room
from haitang.core.file_lock import locked
from haitang.core.http_client import Deadline, HTTPError, Response
from haitang.kiosk.release.install import Outcome, acceptance, put, trusted_key
from haitang.kiosk.release.installation import HallFolder, Source, is_meant, is_whole, pieces_of
from haitang.kiosk.release.manifest import (
    LARGEST_MANIFEST,
    LARGEST_SMALL,
    MANIFEST,
    POINTER,
    SIGNATURE,
    Manifest,
    Refused,
    Seal,
    check_id,
    read_manifest,
    read_pointer,
)
from haitang.kiosk.release.signing import PublicKey

Result = TypeVar("Result")
_LOCAL = ("localhost", "127.0.0.1")
_PIECE = 4096  # bytes that are kept at once: of a line that breaks often little is lost
_PART = re.compile(r"[0-9a-f]{64}\.part")


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
class Site:
    """A published hall folder, asked until the deadline."""

    url: str
    patience: Patience
    deadline: Deadline

    def __post_init__(self) -> None:
        self.url = self.url.removesuffix("index.html").rstrip("/") + "/"
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
            self._tried(path, lambda: self._go_on(path, sealed, part), lambda: _size(part))
            if is_meant(part, sealed):
                return
            part.unlink()
        raise Refused("damaged", file=path)

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
        had = _size(part)
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
        if _size(part) < sealed.size:
            raise _Broken("too short")

    @contextmanager
    def _answer(self, path: str, had: int = 0) -> Iterator[Response]:
        headers = {"Accept-Encoding": "identity", "User-Agent": "haitang-kiosk", **({"Range": f"bytes={had}-"} if had else {})}
        answer = self._client.request("GET", self.url + path, headers=headers, redirect=False, preload_content=False)
        try:
            self._check_time()
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


def pull(
    url: str,
    dest: Path,
    key: PublicKey | None = None,
    waiting: Callable[[], None] = lambda: None,
    patience: Patience | None = None,
) -> Outcome:
    """Brings the published release in, if it is signed and not older. Raises Refused with the folder as it was."""
    patience = patience or Patience()
    _check_url(url)
    key = trusted_key(dest, key)
    if key is None:
        raise Refused("needs-key", folder=str(dest))
    folder, parts = HallFolder(dest), dest / ".pull"
    with locked(parts / "lock", waiting), Deadline(patience.whole) as deadline:
        site = Site(url, patience, deadline)
        manifest, signature = _published(site, key)
        _check_wanted(folder, manifest)
        there = folder.whole(manifest.id)
        paths = {} if there is not None else _gather(site, folder, manifest, parts)
        outcome = put(Source(manifest, signature, lambda path: pieces_of(paths[path])), dest, key, waiting)
        _clear(parts, set())
    return outcome


def _published(site: Site, key: PublicKey) -> tuple[Manifest, bytes]:
    """The manifest that the server offers and its signature, once it is known whose it is."""
    pointer = read_pointer(site.small(POINTER, LARGEST_SMALL))
    base = f"releases/{pointer.id}/"
    raw = site.small(base + MANIFEST, LARGEST_MANIFEST)
    try:
        signature = site.small(base + SIGNATURE, LARGEST_SMALL)
    except Refused as refused:
        raise Refused("unsigned") if refused.code == "not-there" else refused from None
    acceptance(key)(raw, signature)
    manifest = read_manifest(raw)
    if manifest.id != pointer.id:
        raise Refused("wrong-id")
    return manifest, signature


def _check_wanted(folder: HallFolder, manifest: Manifest) -> None:
    folder.check_ours(manifest)
    shown = folder.shown()
    if shown is not None and manifest.built < shown.built:
        raise Refused("older", brought=manifest.built, shown=shown.built)
    if manifest.id in folder.withdrawn():
        raise Refused("withdrawn", id=manifest.id)


def _gather(site: Site, folder: HallFolder, manifest: Manifest, parts: Path) -> dict[str, Path]:
    """Every file of the release, from what is kept here where it can be."""
    manifests = [kept for each in folder.ids() if (kept := folder.manifest(each)) is not None]
    kept_files = {sealed: folder.release(each.id) / path for each in manifests for path, sealed in each.folder.items()}
    paths: dict[str, Path] = {}
    missing: dict[str, Seal] = {}
    for path, sealed in manifest.folder.items():
        if sealed in kept_files and is_whole(kept_files[sealed], sealed):
            paths[path] = kept_files[sealed]
        else:
            missing[path] = sealed
            paths[path] = parts / f"{sealed.digest}.part"
    _clear(parts, {paths[path].name for path in missing})
    check_room(folder.path, manifest.size + sum(sealed.size - _size(paths[path]) for path, sealed in missing.items()))
    for path, sealed in missing.items():
        site.fetch(f"releases/{manifest.id}/{path}", sealed, paths[path])
    check_id(manifest, paths["manifest.js"].read_bytes())
    return paths


def _clear(parts: Path, needed: set[str]) -> None:
    """What was fetched for a release that is no longer offered, or is in."""
    for path in parts.iterdir():
        if _PART.fullmatch(path.name) and path.name not in needed:
            path.unlink()


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        sound = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
        sound &= parts.username is None and not parts.query and not parts.fragment and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or not parts.hostname or not url.isascii() or not url.isprintable() or " " in url:
        raise Refused("bad-url", url=url)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
