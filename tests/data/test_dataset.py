"""All texts of an entry, for a first look: none is left out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from haitang.data.loader import Snapshot, gather
from haitang.media.image_store import Album
from haitang.model.citations import CitedText
from haitang.model.entries import Entry
from tests.conftest import BASE, TODAY
from tests.worlds import PROJECT, WORLD


def texts(name: str, value: Any) -> Iterator[str]:
    """Every text in a value, but addresses of pages."""
    if isinstance(value, Entry):
        for inner, item in value.__dict__.items():
            yield from texts(inner, item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(name, item)
    elif isinstance(value, str | CitedText) and str(value) and not name.endswith("url"):
        yield str(value)


@pytest.mark.parametrize("root", [BASE, WORLD, PROJECT])
def test_text_of_an_entry(root: Path) -> None:
    found = gather(Snapshot(root), TODAY, [], Album(root, only_looking=True))
    assert found
    for entry in found.files:
        all_of_them = "\n".join(texts("", entry.value)).split("\n")
        assert sorted(found.text_of(entry).split("\n")) == sorted(all_of_them), entry.file
