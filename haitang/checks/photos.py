"""Pictures that entries name: they are there, they can be published, and it is said whose they are.

The rule: as in `checks`, whose list names these too.
"""

from collections.abc import Iterator
from typing import Any

from haitang.data.dataset import Finding, World
from haitang.model.entries import photo_files


def photos_are_there(world: World) -> Iterator[Finding]:
    for entry in world.own(world.entries):
        for path, name in photo_files(entry.value):
            if name not in world.photos:
                yield Finding(entry.file, path, "photo-missing", {"value": name})
            elif fault := world.photo_faults.get(name):
                yield Finding(entry.file, path, fault, {"value": name})


def photos_are_credited(world: World) -> Iterator[Finding]:
    """A room or an action names only a file: who took it and what one may do with it stands under `photos` (or `cover`). Where
    a file is missing there or here, that is told, and is the likelier slip."""
    for entry in world.own(world.entries):
        known = credited(entry.value)
        for path, name in photo_files(entry.value):
            if path[-1] == "photo" and name in world.photos and name not in known and known <= world.photos:
                yield Finding(entry.file, path, "photo-no-credit", {"value": name})


def credited(value: Any) -> frozenset[str]:
    """The pictures of an entry that are told with credit and licence."""
    cover = getattr(value, "cover", None)
    return frozenset(photo.file for photo in (*getattr(value, "photos", ()), *([cover] if cover else [])))
