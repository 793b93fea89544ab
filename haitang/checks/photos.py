"""Pictures that entries name: they are there, they can be published, and it is said whose they are.

The rule: as in `checks`, whose list names these too.
"""

from collections.abc import Iterator

from haitang.data.dataset import Dataset, Finding


def photos_are_there(dataset: Dataset) -> Iterator[Finding]:
    for entry, pictures in dataset.pictured:
        for path, name in pictures if dataset.is_asked(entry) else ():
            if name not in dataset.photos:
                yield Finding(entry.file, path, "photo-missing", {"value": name})
            elif fault := dataset.photo_faults.get(name):
                yield Finding(entry.file, path, fault, {"value": name})


def photos_are_credited(dataset: Dataset) -> Iterator[Finding]:
    """A room or an action names only a file: who took it and what one may do with it stands under `photos` (or `cover`). Where
    a file is missing there or here, that is told, and is the likelier slip."""
    for entry, pictures in dataset.pictured:
        lists = [(path, name) for path, name in pictures if path[-1] == "photo"]
        if not lists or not dataset.is_asked(entry):
            continue
        cover = getattr(entry.value, "cover", None)
        known = frozenset(photo.file for photo in (*getattr(entry.value, "photos", ()), *([cover] if cover else [])))
        for path, name in lists:
            if name in dataset.photos and name not in known and known <= dataset.photos:
                yield Finding(entry.file, path, "photo-no-credit", {"value": name})
