"""What entries are compared by, in a few bytes each: where that is as it was, rules that ask no more tell what they told.

The rule: a rule is only believed to ask no more where its room says so (`COMPARING` in `checks` and in `checks.lint`), and
tests let those see nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from haitang.core.digests import plain_bytes
from haitang.data.dataset import Dataset, Filed
from haitang.model.entries import Brand, Chapter, Entry, Position, Route

COMPARED: Mapping[type[Entry], tuple[str, ...]] = {
    Position: (
        "id", "location", "name", "short_name", "aliases", "former_ids", "tier", "town", "community", "host", "address",
        "status", "successor", "parent", "phone", "brands",
    ),
    Brand: ("id", "name"),
    Chapter: ("id", "name"),
    Route: ("id", "former_ids"),
}  # fmt: skip
_ASKED: Mapping[type[Entry], Callable[[Any], tuple[Any, ...]]] = {kind: attrgetter(*names) for kind, names in COMPARED.items()}
_SIZE = 16


def compared(entry: Entry) -> bytes:
    """Of all that rules compare an entry by; the same for entries that say the same there. Empty of what is not compared."""
    if (asked := _ASKED.get(entry.__class__)) is None:
        return b""
    said = asked(entry)
    if entry.__class__ is Position and (spot := said[1]):
        said = (said[0], (spot.lon, spot.lat, spot.crs, spot.precision), *said[2:])
    return blake2b(plain_bytes(said), digest_size=_SIZE).digest()


def basis(dataset: Dataset, settings: bytes, compared_of: Callable[[Filed[Any]], bytes]) -> str:
    """Of all that rules compare entries by, and directory.yml (`settings` is the digest of that)."""
    whole = blake2b(settings, digest_size=_SIZE)
    whole.update(plain_bytes(sorted(dataset.unread)))
    whole.update(b"\0".join(_told(dataset.entries, compared_of)))
    return whole.hexdigest()


def _told(entries: Iterable[Filed[Any]], compared_of: Callable[[Filed[Any]], bytes]) -> Iterable[bytes]:
    for entry in entries:
        yield entry.file.encode(errors="surrogateescape")
        yield compared_of(entry)
