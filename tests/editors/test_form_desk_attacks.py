"""The desk of the form, asked in every way: whatever comes, it answers, and nothing but entries and pictures has changed."""

import json
import random
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from haitang.editors.form_server import Desk
from tests.editors.test_form_server import everything

SEED = 20261130
ACTIONS = (
    "entriesByFolder", "entriesByFiles", "getEntry", "persistEntry", "getMedia", "getMediaFile", "persistMedia", "deleteFiles",
    "getDeployPreview", "explain", "deleteFile", "info", "unpublishedEntries", "publishUnpublishedEntry", "__class__",
    "constructor",
)  # fmt: skip
NAMES = (
    "path",
    "folder",
    "files",
    "dataFiles",
    "assets",
    "asset",
    "paths",
    "mediaFolder",
    "raw",
    "content",
    "newPath",
    "field",
    "text",
)
ASKED = ("kind", "file", "fields", "text", "pictures")
TEXTS = (
    "", "positions", "brands", "photos", "concepts", "routes", "positions/lujia/lujia-zhen.yml", "brands/hongfushi.yml",
    "brands/xin.yml", "photos/qifa-01.png", "photos/x.jpg", "directory.yml", "../x.yml", "/etc/passwd", "brands/\ud800.yml",
    "photos/\ud800.jpg", "brands/x.yml\0", "position", "brand", "hours", "when", "__proto__",
    "id: xin\nname: 新牌\nsources:\n  - title: 报道\n", "a: &a [*a, *a]", "!!python/object:os.system x",
    "<script>alert(1)</script>", "{{7*7}}", "\u202e", "x" * 70_000, "[" * 5_000, "1e999", b64encode(b"x").decode(),
    "9" * 5_000, "每天 9:00-17:00",
)  # fmt: skip
ODD: tuple[Any, ...] = (None, True, False, 0, -1, 2**70, 1e308, float("nan"), float("inf"), [], {}, [[]], [None], {"a": None})


def value(dice: random.Random, depth: int = 0) -> Any:
    """A text, mostly; else something odd, a list or a group."""
    turn = dice.random()
    if turn < 0.5 or depth > 3:
        return dice.choice(TEXTS)
    if turn < 0.7:
        return dice.choice(ODD)
    if turn < 0.85:
        return [value(dice, depth + 1) for _ in range(dice.randrange(3))]
    return {dice.choice((*NAMES, *ASKED)): value(dice, depth + 1) for _ in range(dice.randrange(4))}


def request(dice: random.Random) -> tuple[str, bytes]:
    """For which of the two addresses, and a body."""
    if dice.random() < 0.3:
        return "checked", json.dumps({name: value(dice) for name in dice.sample(ASKED, dice.randrange(1, 6))}).encode()
    params = {name: value(dice) for name in dice.sample(NAMES, dice.randrange(len(NAMES)))}
    action = value(dice) if dice.random() < 0.05 else dice.choice(ACTIONS)
    return "answer", json.dumps({"action": action, "params": params if dice.random() < 0.95 else value(dice)}).encode()


def elsewhere(root: Path) -> dict[str, bytes | str]:
    """All that no form may change."""
    ours = ("data/positions/", "data/brands/", "data/routes/", "data/concepts/", "data/photos/")
    found = everything(root.parent)
    return {file: content for file, content in found.items() if not file.startswith(ours) and f"{file}/" not in ours}


def entries(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*.yml")}


@pytest.mark.parametrize("rounds", [2_000, pytest.param(20_000, marks=pytest.mark.long)])
def test_whatever_is_asked_it_answers_and_stays_in_its_folders(rounds: int, root: Path) -> None:
    desk, dice = Desk(root), random.Random(SEED)
    before, had = elsewhere(root), entries(root)
    for _ in range(rounds):
        address, body = request(dice)
        status, answer = getattr(desk, address)(body)
        assert status in (200, 400, 403, 404, 409, 413, 422), (address, body[:300], status)
        json.loads(answer)
    assert elsewhere(root) == before
    assert had <= entries(root)


@pytest.mark.parametrize("pictures", [5, True, "a.jpg", {"a": 1}, [5], [None], [["x"]], {}, None, 0])
def test_pictures_that_are_no_list_of_names_are_none(root: Path, pictures: object) -> None:
    asked = {"kind": "brand", "text": "id: xin\nname: 新牌\n", "pictures": pictures}
    assert Desk(root).checked(json.dumps(asked).encode())[0] in (200, 422)


def test_a_picture_that_an_entry_shows_is_not_taken_away(root: Path) -> None:
    """Then nothing could be published any more, and why is said."""
    shown = "qifa-01.png"
    desk, before = Desk(root), everything(root)
    (root / "photos/free.png").write_bytes(b"x")
    body = {"action": "deleteFiles", "params": {"paths": ["photos/free.png", f"photos/{shown}"]}}
    status, answer = desk.answer(json.dumps(body).encode())
    assert status == 422
    assert shown in json.loads(answer)["error"] and "qifa-guangchang.yml" in json.loads(answer)["error"]
    assert (root / "photos/free.png").is_file()
    alone = {"action": "deleteFiles", "params": {"paths": ["photos/free.png"]}}
    assert desk.answer(json.dumps(alone).encode())[0] == 200
    assert everything(root) == before
