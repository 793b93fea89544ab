"""Entries as they lie on the disk, and what of them cannot be read: haitang.editors.entry_files."""

import errno
import os
from pathlib import Path

import pytest

from haitang.editors.entry_files import stored_entries


def test_an_entry_that_the_disk_does_not_give_is_not_one_that_is_not_there(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an import would make it anew."""
    opened = os.open

    def failing(path: str | Path, *how: int) -> int:
        if str(path).endswith("qifa-guangchang.yml"):
            raise OSError(number, os.strerror(number), str(path))
        return opened(path, *how)

    there = {entry.file for entry in stored_entries(root)}
    monkeypatch.setattr(os, "open", failing)
    for number in (errno.EIO, errno.EACCES, errno.EMFILE):
        with pytest.raises(OSError) as failed:
            list(stored_entries(root))
        assert failed.value.errno == number and str(failed.value.filename).endswith("qifa-guangchang.yml")
    monkeypatch.undo()
    (root / "positions/lujia/qifa-guangchang.yml").write_text("name: [", "utf-8")  # a mistake of its author is none of the disk
    assert {entry.file for entry in stored_entries(root)} == there
