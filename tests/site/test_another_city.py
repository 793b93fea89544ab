"""Another network than the one this program was made for: nothing of that one is left in what it publishes."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.cli.main import main
from haitang.model import messages
from haitang.model.entries import Source
from tests.worlds import WORLD, publish

# Of the golden world, which was written for the first directory, a network of libraries.
MADE = (
    *(("党群服务中心", "图书馆"), ("党群服务站", "分馆"), ("党群服务点", "书房"), ("党建", "阅读"), ("党群", "图书")),
    *(("党员", "读者"), ("党委", "馆委"), ("党", "读"), ("先锋", "读者"), ("阵地", "书房"), ("dangqun", "tushu")),
    *(("zhendi", "shufang"), ("0512-", "010-")),
)
OURS = re.compile("海棠|昆山|苏州|江苏|陆家镇|党|先锋|阵地|富士|0512-|GeoNames|Kunshan|Suzhou|Haitang Red")
FOR_EDITORS = re.compile(r"editors/|schema/|admin/")  # who call a place's entry 阵地, wherever they are
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
            words -= {"阵地"} if FOR_EDITORS.match(name) else set()
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


def test_nothing_of_ours_is_said_to_their_editors(libraries: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["check"], ["reminders"], ["explain", "hours", "周一至周五 9:00-17:00"], ["--help"], ["new", "--help"]):
        main([*command, *([] if "--help" in command else ["--root", str(libraries)])])
        said = "".join(capsys.readouterr())
        assert said and set(OURS.findall(said)) <= {"阵地"}, command


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
