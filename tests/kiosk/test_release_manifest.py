"""Each value of a kiosk's manifest has one permitted form; whatever else stands there is refused."""

import json
from typing import Any

import pytest

from haitang.kiosk.release.manifest import (
    LARGEST_FILE,
    LARGEST_SMALL,
    MOST_FILES,
    Pointer,
    Refused,
    manifest_json,
    read_manifest,
    read_pointer,
    release_id,
)
from tests.kiosk.broken_zips import release

GOOD: dict[str, Any] = json.loads(manifest_json(release("2026-11-24")))
SEAL = ["0" * 64, 1]
ID = GOOD["id"]


def read(**changed: object) -> str:
    """The code for which a manifest with other values is refused; "" if it is taken."""
    try:
        read_manifest(json.dumps({**GOOD, **changed}).encode())
    except Refused as refused:
        return refused.code
    return ""


def test_what_we_write_is_read() -> None:
    manifest = read_manifest(manifest_json(release("2026-11-24")))
    assert (manifest.id, manifest.built, manifest.hall) == (ID, "2026-11-24", GOOD["hall"])
    assert {name: [seal.digest, seal.size] for name, seal in manifest.files.items()} == GOOD["files"]
    assert {name: [seal.digest, seal.size] for name, seal in manifest.root.items()} == GOOD["root"]


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "20261124-00000000000"},
        {"id": "20261123" + ID[8:]},
        {"id": ID.upper() + "A"},
        {"id": 20261124},
        {"hall": "a/b"},
        {"hall": ""},
        {"hall": None},
        {"title": ["x"]},
        {"title": "海" * 201},
        {"built": "2026-11-31", "id": "20261131" + ID[8:]},
        {"built": "2026-1-24", "id": "2026124-" + ID[8:]},
        {"built": "20261124"},
        {"built": "２０２６-11-24"},
        {"built": "", "id": ID},
        {"files": []},
        {"files": {"app.html": SEAL}},
        {"files": {"manifest.js": SEAL}},
        {"root": {}},
        {"root": {"app.js": SEAL}},
        {"files": {**GOOD["files"], "app.html": ["0" * 63, 1]}},
        {"files": {**GOOD["files"], "app.html": ["0" * 64]}},
        {"files": {**GOOD["files"], "app.html": ["0" * 64, 1, 1]}},
        {"files": {**GOOD["files"], "app.html": ["0" * 64, True]}},
        {"files": {**GOOD["files"], "app.html": [1, 1]}},
        {"files": {**GOOD["files"], "parts/a/b.js": SEAL}},
        {"more": 1},
    ],
    ids=str,
)
def test_another_value_is_refused(changed: dict[str, object]) -> None:
    assert read(**changed) == "bad-manifest"


def test_a_field_less_is_refused() -> None:
    for field in GOOD.keys() - {"format", "launcher"}:
        raw = json.dumps({name: value for name, value in GOOD.items() if name != field}).encode()
        with pytest.raises(Refused, match="bad-manifest"):
            read_manifest(raw)


def test_what_is_just_allowed_and_one_more() -> None:
    """The day may be unknown; titles, files and their number go as far as it is said, and no further."""
    assert read(built="", id="00000000" + ID[8:]) == ""
    assert read(title="海" * 200) == ""
    assert read(files={**GOOD["files"], "app.html": ["0" * 64, LARGEST_FILE]}) == ""
    assert read(files={**GOOD["files"], "app.html": ["0" * 64, LARGEST_FILE + 1]}) == "too-large"
    assert read(files={**GOOD["files"], "app.html": ["0" * 64, 0]}) == ""
    many = {f"parts/x-{number}.js": SEAL for number in range(MOST_FILES - len(GOOD["files"]) - len(GOOD["root"]))}
    assert read(files={**GOOD["files"], **many}) == ""
    assert read(files={**GOOD["files"], **many, "parts/y.js": SEAL}) == "too-large"
    assert (LARGEST_SMALL, LARGEST_FILE > 1 << 20) == (4096, True)


def test_newer_formats_are_told_as_such() -> None:
    assert [read(format=value) for value in (0, 2, "1")] == ["new-format"] * 3
    assert [read(launcher=value) for value in (0, 2)] == ["new-format"] * 2


def test_the_day_is_part_of_an_id() -> None:
    content = {"id": "whatever", "format": 1}
    assert release_id("2026-11-24", content).startswith("20261124-")
    assert release_id("", content).startswith("00000000-")
    assert release_id("2026-11-24", content) == release_id("2026-11-24", {"format": 1})
    with pytest.raises(Refused, match="bad-manifest"):
        release_id("2026-02-30", content)


@pytest.mark.parametrize(
    "content",
    [
        {"id": ID, "previous": [ID] * 11},
        {"id": ID, "previous": [ID, "x"]},
        {"id": ID, "previous": "x"},
        {"id": ID, "previous": [], "more": 1},
        {"id": ID},
        {"id": "x", "previous": []},
        {"id": 1, "previous": []},
    ],
    ids=lambda content: json.dumps(content)[:60],
)
def test_a_pointer_of_another_form_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(Refused, match="bad-pointer"):
        read_pointer(f"HAITANG_CURRENT({json.dumps(content)});\n".encode())


@pytest.mark.parametrize("content", ["[]", "1", "null", '"x"', "{", '{"id": 1, "id": 1}'])
def test_what_is_no_object_is_no_pointer(content: str) -> None:
    with pytest.raises(Refused, match="bad-pointer"):
        read_pointer(f"HAITANG_CURRENT({content});\n".encode())


def test_a_pointer_is_read_as_it_was_written() -> None:
    pointer = Pointer(ID, (ID,) * 10)
    assert read_pointer(pointer.text()) == pointer
