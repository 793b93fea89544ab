"""Another network than the one this program was made for: nothing of that one is left in what it publishes."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from haitang.checks.load import load
from haitang.cli.main import main
from haitang.editors.excel.import_ import import_files
from haitang.model import messages
from haitang.model.entries import Source
from tests.worlds import WORLD, publish

# Of the golden world, which was written for the first directory, a network of libraries.
MADE = (
    *(("党群服务中心", "图书馆"), ("党群服务站", "分馆"), ("党群服务点", "书房"), ("党建", "阅读"), ("党群", "图书")),
    *(("党员", "读者"), ("党委", "馆委"), ("党", "读"), ("先锋", "读者"), ("阵地", "书房"), ("dangqun", "tushu")),
    *(("zhendi", "shufang"), ("0512-", "010-")),
)
OURS = re.compile(
    "lujia|hongfushi|qifa-guang|dangqun|kunshan|suzhou|5125762"
    "|海棠|昆山|苏州|江苏|陆家镇|党|先锋|阵地|富士|0512-|GeoNames|Kunshan|Suzhou|Haitang Red"
)
# What speaks of the language, whoever speaks it: characters in their traditional forms, how characters are read.
OF_THE_LANGUAGE = re.compile(
    r"data/search/(?:traditional|pinyin)|assets/.*\.(?:woff2|png|webp|ico)$|\.(?:jpg|png|webp|woff2|zip)$"
)


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("libraries") / "root"
    shutil.copytree(WORLD, root, ignore=shutil.ignore_patterns("words", "site_src"))
    for path in root.rglob("*.yml"):
        text = path.read_text("utf-8")
        for theirs, own in MADE:
            text = text.replace(theirs, own)
        path.write_text(text, "utf-8")
    return root


def leaks(folder: Path) -> dict[str, set[str]]:
    """What of ours stands in which files below a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not OF_THE_LANGUAGE.search(name):
            words = set(OURS.findall(path.read_text("utf-8", "replace")))
            if words:
                found[name] = words
    return found


def test_nothing_of_ours_is_in_their_site(libraries: Path, tmp_path: Path) -> None:
    messages.use(None)
    publish(libraries, tmp_path / "out")
    assert leaks(tmp_path / "out" / "site") == {}


def test_nothing_of_ours_is_in_their_halls(libraries: Path, tmp_path: Path) -> None:
    assert main(["kiosk", "--root", str(libraries), "--out", str(tmp_path)]) == 0
    assert leaks(tmp_path / "kiosk") == {}


COMMANDS = ["check", "reminders", "new", "forms", "excel", "review", "site", "kiosk", "init", "issue", "format", "links"]


def test_nothing_of_ours_is_said_to_their_editors(libraries: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messages.use(None)
    own = ["--root", str(libraries)]
    helps = [["--help"], *([command, "--help"] for command in COMMANDS)]
    told = ["check"], ["check", "--lang", "en"], ["reminders", "--out", str(tmp_path)], ["setup-forge", "gitea"]
    for command in (*helps, *([*command, *own] for command in told), ["explain", "hours", "周一至周五 9:00-17:00", *own]):
        main(command)
        said = "".join(capsys.readouterr())
        assert said and not OURS.findall(said), command
    assert leaks(tmp_path) == {}
    assert [name for path in tmp_path.glob("*.xlsx") for name in OURS.findall(cells(path))] == []


def cells(path: Path) -> str:
    """All that stands in a workbook."""
    book = load_workbook(path)
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    said = (text for cell in found for text in (cell.value, cell.comment and cell.comment.text) if text)
    return "\n".join((*book.sheetnames, *map(str, said)))


def test_nothing_of_ours_is_in_their_forms_and_sheets(libraries: Path, tmp_path: Path) -> None:
    root, sheets = tmp_path / "root", tmp_path / "all.xlsx"
    root.mkdir()
    shutil.copy(libraries / "directory.yml", root)
    assert main(["forms", "--root", str(root)]) == 0
    assert leaks(root) == {}
    assert [path for path in root.rglob("*") if OURS.search(path.name)] == []
    assert main(["excel", "export", str(sheets), "--root", str(libraries)]) == 0
    assert OURS.findall(cells(sheets)) == []
    assert "服务点" in load_workbook(sheets).sheetnames


def test_nothing_of_ours_is_in_their_reviews(libraries: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = Path(shutil.copytree(libraries, tmp_path / "root"))
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *command], cwd=root, check=True)
    first, *_, last = sorted((root / "positions").rglob("*.yml"))
    first.write_text(first.read_text("utf-8").replace("name: ", "name: 新", 1), "utf-8")
    last.unlink()
    for form in ("markdown", "json", "github", "gitlab"):
        main(["review", "main", "--root", str(root), "--format", form])
        said = "".join(capsys.readouterr())
        assert said and not OURS.findall(said), form


def test_nothing_of_ours_is_in_any_sentence_for_editors() -> None:
    messages.use(None)
    fields = {name: words for name, words in messages.field_words().items() if name != "own_sheet"}  # which is only read
    said = (messages.words("zh-CN").tree, messages.words("en").tree, messages.code_words(), fields)
    assert OURS.findall(str(said)) == []


def test_a_new_directory_holds_nothing_of_ours(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "own"), "--title", "无锡书房", "--area", "无锡", "--towns", "滨湖区,梁溪区"]) == 0
    assert leaks(tmp_path / "own") == {}


def test_their_own_noun_is_what_their_editors_read(libraries: Path, tmp_path: Path) -> None:
    """The sheets are called by it, and those of before, by another one, go on being read."""
    root = Path(shutil.copytree(libraries, tmp_path / "root"))
    (root / "words").mkdir()
    (root / "words" / "fields.zh-CN.yml").write_text("kinds:\n  position: 图书馆\n", "utf-8")
    ours, theirs = tmp_path / "ours.xlsx", tmp_path / "theirs.xlsx"
    assert main(["excel", "export", str(ours), "--root", str(libraries)]) == 0
    assert main(["excel", "export", str(theirs), "--root", str(root)]) == 0
    said = cells(theirs)
    assert "接替图书馆" in said and "图书馆编号" in said
    assert "服务点" not in said
    for noun in ("服务点", "阵地"):
        book = load_workbook(ours)
        for sheet in book:
            sheet.title = sheet.title.replace("服务点", noun)
            for cell in sheet[1]:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("服务点", noun)
        assert {f"上级{noun}", f"接替{noun}"} <= {cell.value for cell in book[noun][1]}
        book.save(old := tmp_path / "old.xlsx")
        told = import_files(root, [old], date(2026, 1, 2))
        assert (told.problems, told.notes, told.changes) == ((), (), ()), noun


def test_who_told_where_the_towns_lie_is_named(libraries: Path) -> None:
    settings = load(libraries, today=date(2026, 1, 2)).settings
    assert settings.town_credits == ()
    (area, *_) = settings.areas
    told = [
        town.model_copy(update={"sources": (Source(title=title, publisher=publisher),)})
        for town, title, publisher in zip(area.towns, ("甲", "乙", "丙"), ("某地图", None, "没有点"), strict=True)
    ]
    named = settings.model_copy(update={"areas": (area.model_copy(update={"towns": tuple(told)}),)})
    assert named.town_credits == ("某地图", "乙"), "of towns without a point there is nothing to credit"
