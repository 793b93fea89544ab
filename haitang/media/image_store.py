"""The pictures of one data root, as pages show them: each is developed once and then kept by its content.

The rule: what was kept is asked for by the digest of the original and of the settings, never by name or time, and is believed
only as far as its own digest agrees; what is missing or damaged is made again.
"""

import json
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from haitang.core.atomic_files import write_atomic
from haitang.core.decoding import raise_trouble, read_regular
from haitang.core.digests import content_digest, digest_of, published_digest
from haitang.core.problems import InvalidDirectory, Place, Problem
from haitang.media.images import KIOSK_KIND, KIOSK_SIDE, MOST_BYTES, BadPhoto, Kind, develop, examine, settings
from haitang.media.metadata import REFUSED, hidden_data

FOLDER = "photos"  # below the data root, and below the site
KEPT = Path(".cache", "photos")  # below the project
_ENDINGS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
_SPARE = 2_000  # kept though the last build did not need them, some 1 GB: other data roots, pictures that come back
_PROCESSORS = os.cpu_count() or 1  # PIL and hashlib let other threads work meanwhile


@dataclass(frozen=True, slots=True)
class Variant:
    """One published file of a picture; `path` is from the site's root."""

    path: str
    kind: str
    width: int
    height: int
    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as templates see it: the size of its largest file, its average colour as #rrggbb, its files."""

    width: int
    height: int
    colour: str
    variants: tuple[Variant, ...]

    def srcset(self, kind: str, root: str) -> str:
        """The files of a kind, for a `srcset`; empty where there is none."""
        return ", ".join(f"{root}{variant.path} {variant.width}w" for variant in self.variants if variant.kind == kind)

    @property
    def fallback(self) -> Variant:
        """What every browser can show; in a kiosk's picture, what every kiosk can."""
        return next((variant for variant in self.variants if variant.kind == "jpeg"), self.variants[-1])

    @property
    def largest(self) -> Variant:
        return max(self.variants, key=lambda variant: variant.width)

    def for_kiosk(self) -> "Picture":
        """With the files that a kiosk's bundle carries and no others: at most `images.KIOSK_BYTES`."""
        carried = tuple(v for v in self.variants if v.kind == KIOSK_KIND and max(v.width, v.height) <= KIOSK_SIDE)
        return _of(self.colour, carried)


def _of(colour: str, variants: tuple[Variant, ...]) -> Picture:
    largest = max(variants, key=lambda variant: variant.width)
    return Picture(largest.width, largest.height, colour, variants)


class Album:
    """The pictures below `root`/photos. `kept` is where developed ones lie, None for nowhere; `seen` are digests of originals
    by name that somebody has just computed; `developing` is told how many must be made, before that is done. `path` says where
    an original lies, if it is not there."""

    def __init__(
        self,
        root: Path,
        kept: Path | None = None,
        seen: Mapping[str, bytes] | None = None,
        developing: Callable[[int], None] = lambda _: None,
        only_looking: bool = False,
        path: Callable[[str], Path] | None = None,
    ) -> None:
        self._path = path or (lambda name: root / FOLDER / name)
        self._kept = kept
        self._seen = seen or {}
        self._developing = developing
        self._only_looking = only_looking
        self._entries: dict[str, Path] = {}
        self._read: tuple[str, list[bytes]] = "", []
        self.pictures: dict[str, Picture] = {}

    def faults(self, names: Iterable[str], *, making: bool) -> dict[str, str]:
        """What is wrong with these pictures: file → problem code. Those that are sound are in `pictures` afterwards, if
        `making`; else they are only looked at."""
        making = making and not self._only_looking
        names = sorted(names)
        if not names:
            return {}
        from concurrent.futures import ThreadPoolExecutor  # most runs look at no picture

        with warnings.catch_warnings(), ThreadPoolExecutor(_PROCESSORS) as pool:
            warnings.simplefilter("ignore")  # PIL's, about notes of cameras that we do not publish anyway
            found = dict(zip(names, pool.map(_or_fault(self._find), names), strict=True))
            missing = [name for name in names if found[name] is None]
            if making and missing:
                self._developing(len(missing))
            step = self._make if making else lambda name: examine(self._original(name))
            found.update(zip(missing, pool.map(_or_fault(step), missing), strict=True))
        self.pictures = {name: picture for name, picture in found.items() if isinstance(picture, Picture)}
        return {name: fault for name, fault in found.items() if isinstance(fault, str)}

    def files(self) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """Everything that is published of `pictures`: path, digest and a way to the bytes of each file. Those of one picture
        are read together, and forgotten with the next picture's."""
        # Two names may lead to the same picture.
        for name in {picture.variants[0].path: name for name, picture in self.pictures.items()}.values():
            for number, variant in enumerate(self.pictures[name].variants):
                yield variant.path, variant.digest, partial(self._content, name, number)

    def _content(self, name: str, number: int) -> bytes:
        if self._read[0] != name:
            self._read = name, self._contents(name)
        return self._read[1][number]

    def prune(self) -> None:
        """Forgets what these pictures do not need, once that is too much."""
        if self._kept is None or not self._kept.is_dir():
            return
        used = {path.name for path in self._entries.values()}
        unused = [entry.path for entry in os.scandir(self._kept) if entry.name not in used and "." not in entry.name]
        if len(unused) > _SPARE:
            for path in unused:
                with suppress(OSError):  # somebody else's build may be at it
                    Path(path).unlink()

    def _find(self, name: str) -> Picture | None:
        """What was kept of a picture; None where it must be made. Raises BadPhoto."""
        digest = self._seen.get(name) or content_digest(self._original(name))
        head = _head(self._entry(name, digest)) if self._kept else None
        return self._picture(name, *head) if head else None

    def _make(self, name: str) -> Picture:
        """Raises BadPhoto."""
        content = self._original(name)
        developed = develop(content)
        entry = self._entry(name, content_digest(content))
        versions = [Facts(v.kind, v.width, v.height, len(v.content), published_digest(v.content)) for v in developed.versions]
        if self._kept:
            _write(entry, (developed.colour, versions), b"".join(version.content for version in developed.versions))
        return self._picture(name, developed.colour, versions)

    def _original(self, name: str) -> bytes:
        """The bytes of a picture. Raises OSError; BadPhoto where there is none, or it says what it must not: the site would
        leave that out, but whoever has the data would have it too."""
        content = read_regular(self._path(name), f"{FOLDER}/{name}", MOST_BYTES)
        if isinstance(content, Problem):
            raise_trouble(content, self._path(name))
            raise BadPhoto("photo-too-large" if content.code == "file-too-large" else "photo-missing")
        hidden = hidden_data(content)
        if code := next((_REVEALING[name] for name in REFUSED if name in hidden), None):
            raise BadPhoto(code)
        return content

    def _picture(self, name: str, colour: str, versions: list["Facts"]) -> Picture:
        # Small letters: `A.jpg` and `a.png` are two names, but on a stick `A.…` and `a.…` would be one file.
        stem = f"{FOLDER}/{name.rpartition('.')[0].lower()}.{self._entries[name].name[:8]}"
        variants = tuple(Variant(f"{stem}.{facts.width}.{_ENDINGS[facts.kind]}", *facts) for facts in versions)
        return _of(colour, variants)

    def _contents(self, name: str) -> list[bytes]:
        """The bytes of a picture's files, made again where what was kept is not what it was."""
        entry, variants = self._entries[name], self.pictures[name].variants
        digests = [variant.digest for variant in variants]
        contents: list[bytes] = []
        if self._kept:
            with suppress(OSError):
                kept = entry.read_bytes()
                sizes = [variant.bytes for variant in variants]
                ends = accumulate(sizes, initial=len(kept) - sum(sizes))
                contents = [kept[start:end] for start, end in pairwise(ends)]
        if [published_digest(content) for content in contents] != digests:
            entry.unlink(missing_ok=True)
            with suppress(BadPhoto):  # the original has gone, or become another, since it was looked at
                contents = [version.content for version in develop(self._original(name)).versions]
            if [published_digest(content) for content in contents] != digests:
                raise InvalidDirectory([Problem(Place(f"{FOLDER}/{name}"), "photo-missing", {"value": name})])
        return contents

    def _entry(self, name: str, digest: bytes) -> Path:
        """Where a picture is kept; the name's beginning is also part of the names that are published."""
        made = blake2b(digest + settings().encode(), digest_size=20).hexdigest()
        entry = (self._kept or Path()) / f"{made[:24]}{_program()}"  # the name's beginning does not change with the program
        self._entries[name] = entry
        return entry


def _or_fault(step: Callable[[str], Picture | None]) -> Callable[[str], Picture | str | None]:
    """A step that returns the code of what is wrong with a picture instead of raising BadPhoto."""

    def attempt(name: str) -> Picture | str | None:
        try:
            return step(name)
        except BadPhoto as bad:
            return bad.code

    return attempt


@cache
def _program() -> str:
    """Who made what is kept, and looked at the original before."""
    return digest_of([(name, Path(__file__).with_name(name)) for name in ("image_store.py", "images.py", "metadata.py")])[:16]


_REVEALING = {"place": "photo-tells-place", "serial": "photo-tells-serial", "person": "photo-tells-person"}


class Facts(NamedTuple):
    """What is kept of a version beside its bytes."""

    kind: Kind
    width: int
    height: int
    bytes: int
    digest: str


# An entry is three parts: a digest of its name and the second, a line of JSON about the versions, and their bytes one after the
# other.
_DIGEST = 64  # hexadecimal digits, and a line's end behind them
_MOST_HEAD = 4096


def _head(entry: Path) -> tuple[str, list[Facts]] | None:
    """Colour and versions of a picture that was kept; None where it was not, was cut short, or is another's. Its bytes are not
    looked at."""
    try:
        with entry.open("rb") as stream:
            digest, line, *_ = stream.read(_MOST_HEAD).split(b"\n", 2)
            size = os.fstat(stream.fileno()).st_size
    except (OSError, ValueError):
        return None
    if _seal(entry, line) != digest:
        return None
    colour, versions = json.loads(line)
    facts = [Facts(*version) for version in versions]
    whole = size == _DIGEST + 1 + len(line) + 1 + sum(version.bytes for version in facts)
    return (colour, facts) if whole else None


def _write(entry: Path, head: tuple[str, list[Facts]], contents: bytes) -> None:
    """Whole or not at all."""
    line = json.dumps(head).encode()
    write_atomic(entry, b"\n".join((_seal(entry, line), line, contents)))


def _seal(entry: Path, line: bytes) -> bytes:
    """Also of the name, which tells the original: what was kept of another picture is not this one's."""
    return content_digest(os.fsencode(entry.name) + line).hex().encode()
