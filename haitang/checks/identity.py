"""Ids, files and names: an entry is found under one name, and nobody else has it."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from haitang.checks.settings import town_ids
from haitang.core.pinyin import han, reading_of, syllables
from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Filed, Finding, Path
from haitang.model.validation import Guesses


def ids_match_files(dataset: Dataset) -> Iterator[Finding]:
    for entry in dataset.own(dataset.entries):
        if entry.value.id != entry.stem:
            yield Finding(entry.file, ("id",), "id-not-file", {"value": entry.value.id, "stem": entry.stem})


def ids_are_unique(dataset: Dataset) -> Iterator[Finding]:
    """Also against former ids: printed QR codes still point at those."""
    for entries in dataset.kinds:
        taken: dict[str, str] = {}
        for entry in entries:
            for path, name in _own_ids(entry):
                if name in taken and (taken[name] != entry.file or (name == entry.value.id and path != ("id",))):
                    yield Finding(entry.file, path, "id-taken", {"value": name, "other": taken[name]})
                taken.setdefault(name, entry.file)


def _own_ids(entry: Filed[Any]) -> Iterator[tuple[Path, str]]:
    if entry.value.id == entry.stem:  # else it is the wrong one, and told by `ids_match_files`
        yield ("id",), entry.value.id
    for index, name in enumerate(getattr(entry.value, "former_ids", ())):
        yield ("former_ids", index), name


def files_do_not_collide(dataset: Dataset) -> Iterator[Finding]:
    """Files that differ only by case or normal form are one file on Windows, macOS and USB sticks."""
    for entries in dataset.kinds:
        seen: dict[str, Filed[Any]] = {}
        for entry in entries:
            name = unicodedata.normalize("NFKC", entry.stem).casefold()
            if name in seen and seen[name].stem != entry.stem:
                yield Finding(entry.file, ("id",), "id-collides", {"value": entry.stem, "other": seen[name].file})
            seen.setdefault(name, entry)


def towns_match_folders(dataset: Dataset) -> Iterator[Finding]:
    known = town_ids(dataset.settings)
    guess = Guesses(known)
    for entry in dataset.own(dataset.positions):
        town = entry.value.town
        if town not in known:
            yield Finding(entry.file, ("town",), "unknown-town", {"value": town, **(guess(town) or {"new_town": town})})
        elif town != entry.folder:
            yield Finding(entry.file, ("town",), "town-not-folder", {"value": town, "folder": entry.folder})


def names_are_unique_in_town(dataset: Dataset) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    towns = {entry.value.town for entry in dataset.own(dataset.positions)}
    for entry in (entry for entry in dataset.positions if entry.value.town in towns):
        name = unicodedata.normalize("NFKC", entry.value.name).casefold()
        name = name if name.isalnum() else re.sub(r"\W", "", name)
        other = seen.setdefault((entry.value.town, name), entry.file)
        if other != entry.file:
            yield Finding(entry.file, ("name",), "same-name", {"value": entry.value.name, "other": other})


def readings_fit_names(dataset: Dataset) -> Iterator[Finding]:
    """A syllable a character, or nobody can say which is which."""
    for entry in dataset.own(dataset.positions):
        name, written = entry.value.name, entry.value.pinyin
        if written and reading_of(name, entry.value.short_name, written) is None:
            values: dict[str, Value] = {
                "field": "pinyin",
                "value": name,
                "said": len(syllables(written)),
                "count": len(han(name)),
            }
            yield Finding(entry.file, ("pinyin",), "reading-misfit", values)


def activities_are_told_apart(dataset: Dataset) -> Iterator[Finding]:
    """A calendar people subscribed to knows an activity by its position and key; its kind is one that has a page."""
    kinds = [kind.id for kind in dataset.settings.activity_kinds]
    guess = Guesses(kinds)
    for entry in dataset.own(dataset.positions):
        seen = set[str]()
        for index, activity in enumerate(entry.value.activities):
            if activity.kind is not None and activity.kind not in kinds:
                values = {"value": activity.kind, **guess(activity.kind)}
                yield Finding(entry.file, ("activities", index, "kind"), "unknown-activity-kind", values)
            if activity.key in seen:
                field = "id" if activity.id else "name"
                path: Path = ("activities", index, field)
                yield Finding(entry.file, path, "activity-repeated", {"field": field, "value": activity.key})
            seen.add(activity.key)
