"""Marks that name the sources of sentences: each has its source, and stands where it may."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Filed, Finding, Path
from haitang.model.citations import MARK
from haitang.model.citations.places import cited_texts
from haitang.model.citations.slips import slips, stray
from haitang.model.entries import Entry

_MOST_SLIPS = 20  # told of one text
_CARET = re.compile(r"[\^＾ˆ]")


def marks_are_sound(dataset: Dataset) -> Iterator[Finding]:
    for entry in dataset.own(dataset.files):
        sources = len(getattr(entry.value, "sources", ()))
        for path, text in cited_texts(entry.value):
            written = text.written
            for slip in islice(slips(written, sources), _MOST_SLIPS):
                number = MARK.match(slip.wrong)
                values: dict[str, Value] = {"field": str(path[-1]), "wrong": slip.wrong}
                if slip.code == "mark-no-source" and number:
                    values |= {"said": int(number[1]), "count": sources}
                if slip.right is not None:
                    values["guess"] = slip.right
                yield Finding(entry.file, path, slip.code, values, below=written.count("\n", 0, slip.at))
        yield from _elsewhere(dataset, entry)


def _elsewhere(dataset: Dataset, entry: Filed[Any]) -> Iterator[Finding]:
    """In a field that takes no marks."""
    if _CARET.search(dataset.text_of(entry)):  # next to no text has one
        for path, text in _others(entry.value, ()):
            if wrong := stray(text):
                yield Finding(entry.file, path, "mark-elsewhere", {"field": _named(path), "wrong": wrong})


def _named(path: Path) -> str:
    return next(str(step) for step in reversed(path) if isinstance(step, str))


def _others(value: Entry, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text that takes no marks."""
    for name, item in value.__dict__.items():
        for step, part in enumerate(item) if type(item) is tuple else ((None, item),):
            at = (*path, name) if step is None else (*path, name, step)
            if type(part) is str:
                yield at, part
            elif isinstance(part, Entry):
                yield from _others(part, at)
