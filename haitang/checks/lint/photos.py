"""Pictures that show too little, or say more than they show; and words about them that help nobody who cannot see.

The rule: a picture is told where an entry names it, else as a file; what a picture must not say at all is refused elsewhere
(`photo_checks`).
"""

import re
from collections.abc import Iterator
from typing import Any

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Filed, Finding, Path
from haitang.media.metadata import REFUSED
from haitang.model.entries import Brand, Photo, Position

SMALLEST = 400  # pixels of the longer side; cards show pictures at 480
SHORTEST_ALT = 4
_KINDS = (".jpg", ".jpeg", ".png", ".webp")
_IDLE = re.compile(r"^(?:一张|这是一?张?|现场)?(?:图片|照片|图为|图片为|图中|相片|图像)")


_Named = dict[str, tuple[str, Path]]  # where an entry first names a picture


def pictures_are_likely(dataset: Dataset) -> Iterator[Finding]:
    """All that is to be said of pictures themselves."""
    named: _Named = {}
    for entry, pictures in dataset.pictured:
        for path, name in pictures:
            named.setdefault(name, (entry.file, path))
    yield from pictures_show_something(dataset, named)
    yield from pictures_are_kept_once(dataset, named)
    yield from pictures_are_used(dataset, named)


def pictures_show_something(dataset: Dataset, named: _Named) -> Iterator[Finding]:
    for name, (file, path) in named.items():
        look = dataset.photo_looks.get(name)
        if look is None:
            continue
        if max(look.width, look.height) < SMALLEST:
            size: dict[str, Value] = {"width": look.width, "height": look.height, "limit": SMALLEST}
            yield Finding(file, path, "photo-small", {"value": name, **size})
        if "video" in look.hidden:
            yield Finding(file, path, "photo-filmed", {"value": name})
        elif "maker" in look.hidden and look.hidden.isdisjoint(REFUSED):
            yield Finding(file, path, "photo-maker-notes", {"value": name})


def pictures_are_kept_once(dataset: Dataset, named: _Named) -> Iterator[Finding]:
    """By content: a copy is published twice, and when it must go, the other is forgotten."""
    first: dict[bytes, str] = {}
    for name, look in dataset.photo_looks.items():
        if look.digest and (other := first.setdefault(look.digest, name)) != name:
            file, path = named.get(name, (f"photos/{name}", ()))
            yield Finding(file, path, "photo-twice", {"value": name, "other": other})


def pictures_are_used(dataset: Dataset, named: _Named) -> Iterator[Finding]:
    """What nobody names is not published by the site, but whoever has the data has it. A file that could not be read may name
    any of them."""
    if dataset.unread:
        return
    for name in sorted(dataset.photos - named.keys()):
        look, values = dataset.photo_looks.get(name), {"value": name}
        if not name.lower().endswith(_KINDS):
            yield Finding(f"photos/{name}", (), "photo-other-kind", values)
        elif look and not look.hidden.isdisjoint(REFUSED):
            yield Finding(f"photos/{name}", (), "photo-unused-tells", values)
        else:
            yield Finding(f"photos/{name}", (), "photo-unused", values)


def pictures_are_described(dataset: Dataset) -> Iterator[Finding]:
    """What a picture shows, for those who cannot see it."""
    entries: list[Filed[Any]] = [*dataset.positions, *dataset.brands]
    for entry in dataset.own(entries):
        for path, photo in _photos(entry):
            if code := _unhelpful(photo, entry.value):
                yield Finding(entry.file, (*path, "alt"), code, {"field": "alt", "value": photo.alt})


def _photos(entry: Filed[Any]) -> Iterator[tuple[Path, Photo]]:
    if isinstance(entry.value, Brand) and entry.value.cover:
        yield ("cover",), entry.value.cover
    for index, photo in enumerate(entry.value.photos):
        yield ("photos", index), photo


def _unhelpful(photo: Photo, owner: Position | Brand) -> str:
    said = photo.alt.strip("。.！! ")
    if said in (photo.caption, photo.file, photo.file.rpartition(".")[0], owner.name, getattr(owner, "short_name", None)):
        return "alt-repeats"
    if _IDLE.match(said):
        return "alt-idle"
    return "alt-short" if len(said) < SHORTEST_ALT else ""
