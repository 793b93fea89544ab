"""Parts of large files, kept from build to build: a file that holds something of every place is put together from them anew.

The rule: a fragment is believed only under the mark of all it is made of, and by the program that made it; a note that is gone
or damaged costs time and nothing else. One that was made while somebody wrote into what it is made of is not kept: whoever
builds calls `Site.notes` only when it is known that nobody did.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from haitang.core.digests import keep_note, unsealed
from haitang.model.entries import Position
from haitang.site.views import Site

Part = TypeVar("Part")
_MOST_NOTES = 4  # of a kind; some megabytes each


def fragments(
    site: Site, kind: str, marks: Sequence[bytes], make: Callable[[int], Part], made_of: tuple[Any, ...] = ()
) -> list[Part]:
    """One for each mark, made anew where the mark is new: plain values, as marshal takes them. A mark tells all that goes into
    its fragment but what all outputs are made of, and `made_of`, which goes into all."""
    folder, whose = site.directory.notes, f"{kind} {site.made_by} {made_of!r}"
    name = blake2b(whose.encode(), digest_size=16).hexdigest()
    note = folder.with_name(kind) / name if folder and site.made_by else None
    kept = unsealed(whose, note) if note else None
    kept = kept if isinstance(kept, dict) else {}
    found = [kept[mark] if mark in kept else make(at) for at, mark in enumerate(marks)]
    if note and kept.keys() != set(marks):
        site.notes.append(partial(_keep, note, whose, dict(zip(marks, found, strict=True))))
    return found


def _keep(note: Path, whose: str, found: Mapping[bytes, Any]) -> None:
    with suppress(OSError):
        keep_note(note, whose, found, _MOST_NOTES)


def by_town(site: Site, kind: str, make: Callable[[Sequence[Position]], Part]) -> list[Part]:
    """One for the positions of each town, in the order of the directory; what is made of them depends on nothing else."""
    towns = [tuple(those) for _, those in groupby(site.directory.positions, key=attrgetter("town"))]
    marks = list(map(site.prerequisites.of_places, towns))
    return fragments(site, kind, marks, lambda at: make(towns[at]))
