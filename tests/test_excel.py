"""The Excel door: a workbook and back changes nothing; what is changed lands in its file; every mistake is told at its cell."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from haitang.commands.excel import sentence
from haitang.editing.excel_export import export
from haitang.editing.excel_import import Outcome, import_files
from haitang.editing.grids import address
from haitang.editing.trial import Draft
from haitang.editing.workbook_reading import read_workbook
from haitang.source import Fields, parse
from haitang.words import words
from tests.conftest import BASE, CHINESE, HIDDEN, TODAY
from tests.excel_mistakes import MISTAKES, TAKEN, Change

ZH = words("zh-CN")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base world, only to be read."""
    return Path(shutil.copytree(BASE, tmp_path_factory.mktemp("sound") / "data"))


@pytest.fixture(scope="module")
def texts(sound: Path) -> dict[str, list[tuple[str, str]]]:
    """What its workbook holds: sheet → cells with their texts."""
    content, _ = export(sound)
    taken = read_workbook(content, "a.xlsx")
    assert not taken.problems
    return {
        grid.title: [(address(row, at), cell.text) for row, cells in grid.rows.items() for at, cell in cells.items()]
        for grid in taken.grids
        if grid.title not in ("填写说明", "可选的词")
    }


def edited(texts: dict[str, list[tuple[str, str]]], change: Change, file: Path) -> Path:
    """A workbook of these texts, changed as an editor would, saved as another program would."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, cells in texts.items():
        sheet = book.create_sheet(title)
        for place, text in cells:
            sheet[place].value, sheet[place].data_type = text, "s"
    steps = [change] if callable(change) or isinstance(change, Mapping) else change
    for step in steps:
        if callable(step):
            step(book)
            continue
        for place, value in step.items():
            title, _, cell = place.partition("!")
            put(book[title][cell], value)
    book.save(file)
    return file


def put(cell: Any, value: Any) -> None:
    cell.value, shape = value if isinstance(value, tuple) else (value, None)
    if shape:
        cell.number_format = shape
    if shape == "@":
        cell.data_type = "s"


def spots(outcome: Outcome) -> list[str]:
    """`sheet!cell code 「guess」` of each error."""
    found = []
    for each in outcome.problems:
        if each.problem.level == "error":
            place = f"{each.spot.title}!{address(each.spot.row, each.spot.column)}"
            guess = each.problem.values.get("guess")
            found.append(f"{place} {each.problem.code}" + (f" 「{guess}」" if guess else ""))
    return found


def test_there_are_enough_mistakes() -> None:
    assert len(MISTAKES) >= 100
    assert len(TAKEN) >= 50


@pytest.mark.parametrize("title", MISTAKES)
def test_mistake(title: str, sound: Path, texts: dict[str, list[tuple[str, str]]], tmp_path: Path) -> None:
    change, expected = MISTAKES[title]
    outcome = import_files(sound, [edited(texts, change, tmp_path / "填好的.xlsx")], TODAY)
    said = [sentence(each, ZH) for each in outcome.problems]
    assert sorted(spots(outcome)) == sorted(expected), said
    for message in said:
        place, _, text = message.partition("：")
        assert re.fullmatch(r"\S+![A-Z]+\d+", place), message
        assert CHINESE.search(text) and not HIDDEN.search(message)
        assert len(text) > 8, message


def said_by(text: str, path: str) -> Any:
    """What a file says at `sources.0.date`."""
    node: Any = plain(parse(text, ""))
    for step in path.split("."):
        node = node[int(step)] if isinstance(node, list) else node.get(step)
    return node


def plain(node: Any) -> Any:
    if isinstance(node, Fields):
        return {str(name): plain(value) for name, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, list) else str(node)


@pytest.mark.parametrize("title", TAKEN)
def test_taken(title: str, sound: Path, texts: dict[str, list[tuple[str, str]]], tmp_path: Path) -> None:
    change, expected = TAKEN[title]
    outcome = import_files(sound, [edited(texts, change, tmp_path / "填好的.xlsx")], TODAY)
    assert outcome.is_sound, [sentence(each, ZH) for each in outcome.problems]
    drafts = {draft.file: draft for draft in outcome.drafts}
    assert set(drafts) == {file for file, field, _ in expected if field}
    for file, field, value in expected:
        if field:
            assert said_by(drafts[file].text, field) == value
        else:
            assert file in [draft.old_file for draft in outcome.drafts]
    for draft in outcome.drafts:
        assert_rest_is_kept(sound, draft, {field.split(".")[0] for file, field, _ in expected if file == draft.file})


def assert_rest_is_kept(root: Path, draft: Draft, changed: set[str]) -> None:
    """No other field than these says anything else than before."""
    if draft.old_file is not None:
        before, after = (plain(parse(text, "")) for text in ((root / draft.old_file).read_text("utf-8"), draft.text))
        assert {name for name in before | after if before.get(name) != after.get(name)} <= changed
