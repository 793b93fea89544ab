"""Where in the data the file of an entry lies, and what a file there is of; how a text stands in the address of a link.

The rule: alone knows how addresses in the data are made up. They are relative to the data root, with `/`; nothing but the
standard library is needed, since a build without a change asks here too.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from haitang.core.leftovers import without_leftovers

EntryKind = Literal["position", "brand", "route", "chapter"]
FOLDERS: Mapping[EntryKind, str] = {"position": "positions", "brand": "brands", "route": "routes", "chapter": "concepts"}
SETTINGS_FILE = "directory.yml"
# In an address's query: of ASCII all but what is never anything else there.
_ESCAPED = re.compile(r"[\x00-\x20!-,/:-@\[-^`{-}\x7f]+")


def entry_file(kind: EntryKind, entry_id: str, town: str = "") -> str:
    """`positions/<town>/<id>.yml`, `brands/<id>.yml`."""
    return "/".join((FOLDERS[kind], *([town] if kind == "position" else []), f"{entry_id}.yml"))


def kind_of(file: str) -> EntryKind | None:
    """The kind of entry a file holds, by its folder; None for directory.yml and others."""
    folder = file.partition("/")[0]
    return next((kind for kind, name in FOLDERS.items() if name == folder and file.endswith(".yml")), None)


def id_of(file: str) -> str:
    """What the entry of a file must be called."""
    return file.rpartition("/")[2].removesuffix(".yml")


def is_in_place(file: str) -> bool:
    """Whether an entry's file lies as deep as those of its kind."""
    return file.count("/") == (2 if kind_of(file) == "position" else 1)


def entry_files(root: Path, kinds: Iterable[EntryKind] = tuple(FOLDERS)) -> Iterator[str]:
    """The files below the folders of these kinds, sorted within each, wherever in them they lie; leftovers are passed over."""
    for kind in kinds:
        found = []
        for place, folders, names in os.walk(root / FOLDERS[kind]):
            folders[:] = without_leftovers(folders)
            found += [Path(place, name) for name in without_leftovers(names) if name.endswith(".yml")]
        yield from (path.relative_to(root).as_posix() for path in sorted(found))


def quoted(text: str) -> str:
    """A text as a value in an address's query. Letters beyond ASCII stand as they are, three bytes and not nine: the URL
    standard has browsers escape them when the link is followed, and it is read on the way."""
    return _ESCAPED.sub(lambda found: quote(found[0], safe="/"), text)
