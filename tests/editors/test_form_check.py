"""The form's own `check`: what is told of an entry before it is saved, and at which field; and that nothing else is kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from haitang.editors.form_server import Desk
from tests.conftest import CHINESE
from tests.editors.test_form_server import OPTIONS, ask, everything, persist


@pytest.fixture
def desk(root: Path) -> Desk:
    return Desk(root)


def looked_at(desk: Desk, **asked: Any) -> tuple[int, list[tuple[Any, str]]]:
    status, body = desk.checked(json.dumps(asked).encode())
    told = json.loads(body)
    assert all(CHINESE.search(problem["message"]) for problem in told.get("problems", ()))
    return status, [(problem["path"], problem["code"]) for problem in told.get("problems", ())]


NEW = {"id": "xin-dian", "name": "新点", "town": "lujia", "sources": [{"title": "报道"}]}
PHOTO = {"file": "lai.jpg", "alt": "议事厅里的长桌", "credit": "社区", "licence": "CC BY 4.0"}
FIRST = "positions/lujia/qifa-guangchang.yml"
TOLD: tuple[tuple[dict[str, Any], list[tuple[Any, str]]], ...] = (
    (NEW, []),
    ({**NEW, "phone": "13862612345"}, [(["phone"], "mobile-number")]),
    ({**NEW, "hours": "周一至周五 9:00-12:00；周三 14:00-16:00"}, [(["hours"], "hours-two-rules")]),
    ({**NEW, "area_m2": 320, "closed_on_holidays": True, "opened": 2019, "story": None}, []),
    ({**NEW, "area_m2": "3亩"}, [(["area_m2"], "number-with-unit")]),
    ({**NEW, "sources": [{"title": "报道"}, {"title": "又一篇", "date": "2999"}]}, [(["sources", 1, "date"], "future-date")]),
    ({**NEW, "sources": []}, [(["sources"], "no-sources")]),
    ({**NEW, "name": "启发广场党群服务点"}, [(["name"], "same-name")]),
    ({**NEW, "id": "qifa-guangchang"}, [(["id"], "id-taken")]),
    ({**NEW, "id": "huaqiao-jiu-zhan"}, [(["id"], "id-taken")]),
    ({**NEW, "photos": [PHOTO]}, [(["photos", 0, "file"], "photo-missing")]),
    ({**NEW, "parent": "wu-ci-chu"}, [(["parent"], "unknown-position")]),
    ({"name": "新点"}, []),
)  # fmt: skip


@pytest.mark.parametrize(("fields", "told"), TOLD)
def test_an_entry_is_checked_before_it_is_saved(
    fields: dict[str, Any], told: list[tuple[Any, str]], desk: Desk, root: Path
) -> None:
    before = everything(root)
    assert looked_at(desk, kind="position", fields=fields) == (200, told)
    assert everything(root) == before
    text = json.dumps({name: value for name, value in fields.items() if value is not None}, ensure_ascii=False)
    assert looked_at(desk, kind="position", text=text) == (200, told)


def test_it_is_checked_as_the_file_that_it_is(desk: Desk, root: Path) -> None:
    text = (root / FIRST).read_text("utf-8")
    assert looked_at(desk, kind="position", file=FIRST, text=text) == (200, [])
    moved = text.replace("town: lujia", "town: huaqiao").replace("id: qifa-", "id: bifa-")
    told = [(["id"], "id-not-file"), (["town"], "town-not-folder")]
    assert looked_at(desk, kind="position", file=FIRST, text=moved) == (200, told)
    assert looked_at(desk, kind="position", file=FIRST, text=text) == (200, [])  # nothing of it was kept in mind
    assert looked_at(desk, kind="position", fields={**NEW, "photos": [PHOTO]}, pictures=["lai.jpg"]) == (200, [])


def test_what_a_change_breaks_elsewhere_is_told(desk: Desk, root: Path) -> None:
    """Whose parent it is stands higher no more."""
    path = root / "positions/lujia/lujia-zhen.yml"
    text = path.read_text("utf-8").replace("tier: centre\n", "tier: point\n")
    status, told = looked_at(desk, kind="position", file="positions/lujia/lujia-zhen.yml", text=text)
    assert status == 200
    assert told


@pytest.mark.parametrize("asked", [{}, {"kind": "x"}, {"kind": "position", "text": 7}, {"kind": "position", "text": "a: ["}])
def test_what_is_no_entry_is_not_checked(asked: dict[str, Any], desk: Desk) -> None:
    status, told = looked_at(desk, **asked)
    assert told == []
    assert status == (200 if asked.get("text") == "a: [" else 422)


@pytest.mark.parametrize("file", ["directory.yml", "../x.yml", "positions/lujia/../x.yml", "/etc/passwd", "photos/x.yml"])
def test_only_entries_are_checked(file: str, desk: Desk) -> None:
    assert looked_at(desk, kind="position", file=file, fields=NEW) == (200, [])


@pytest.mark.parametrize(
    "change",
    [{"phone": "13862612345"}, {"hours": "周一至周五 9:00-12:00；周三 14:00-16:00"}, {"town": "huaqiao"}, {"id": "bie-de"},
     {"name": "启发广场党群服务点"}, {"successor": "wu-ci-chu"}],
)  # fmt: skip
def test_what_check_refuses_is_not_kept(change: dict[str, str], desk: Desk, root: Path) -> None:
    """Whoever sends it: the rules of `check` are asked once more where it is written."""
    before = everything(root)
    file, raw = "positions/lujia/xin-dian.yml", json.dumps({**NEW, **change}, ensure_ascii=False)
    told = {"path": file, "slug": "xin-dian", "raw": raw}
    status, answer = ask(desk, "persistEntry", dataFiles=[told], assets=[], options=OPTIONS)
    assert status == 422
    assert CHINESE.search(answer["error"])
    assert everything(root) == before
    assert persist(desk, file, json.dumps(NEW, ensure_ascii=False)) == 200
