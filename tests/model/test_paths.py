"""One place knows where a file lies in the data."""

import re
from pathlib import Path

import pytest

import haitang
from haitang.model.paths import FOLDERS, EntryKind, entry_file, entry_files, id_of, is_in_place, kind_of

PACKAGE = Path(haitang.__file__).parent


@pytest.mark.parametrize("kind", FOLDERS)
def test_an_address_tells_what_it_was_made_of(kind: EntryKind, tmp_path: Path) -> None:
    file = entry_file(kind, "qifa-guangchang", "hecheng" if kind == "position" else "")
    assert (kind_of(file), id_of(file), is_in_place(file)) == (kind, "qifa-guangchang", True)
    assert not is_in_place(file.replace("/qifa", "/deeper/qifa"))
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).touch()
    assert list(entry_files(tmp_path)) == [file]
    assert [list(entry_files(tmp_path, [other])) for other in FOLDERS if other != kind] == [[], [], []]


@pytest.mark.parametrize("file", ["directory.yml", "positions/a/b.yaml", "photos/a.yml", "brands", "x/brands/a.yml"])
def test_other_files_are_of_no_entry(file: str) -> None:
    assert kind_of(file) is None


def test_nobody_else_makes_up_addresses() -> None:
    """Neither a folder by a plural, nor a file by its name; `core`, which knows no entry, lists what a build depends on,
    and `source`, which reads all files alike, that one of them may be larger."""
    made_up = re.compile(r"\{[\w.]*kind\w*\}s\b|positions/\{[^}]*\}/|\"directory\.yml\"")
    sources = {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert {name for name, text in sources.items() if made_up.search(text)} == {
        "core/digests.py",
        "model/paths.py",
        "source/nodes.py",
    }
