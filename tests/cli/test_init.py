"""A directory of one's own: begun by one command, sound and built as it stands, with nothing of anybody else in it."""

import re
import shutil
import sys
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from openpyxl import Workbook

from haitang.checks.load import load
from haitang.cli.main import main
from haitang.editors.new_directory import towns_among
from haitang.model import messages
from tests.site.test_another_city import OURS, leaks

TODAY = date(2999, 1, 1)  # after whatever day the machine says it is


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO()))


def init(folder: Path, *more: str) -> int:
    return main(["init", str(folder), *more])


def listed(path: Path, rows: list[list[str]]) -> Path:
    return saved(path, [["序号", "服务点名称", "所属街道", "详细地址", "开放时间"], *rows])


def saved(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_with_nothing_said_it_is_sound_and_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "我的 名录"
    assert init(folder) == 0
    assert main(["check", "--root", str(folder)]) == 0
    assert main(["site", "--root", str(folder), "--out", str(tmp_path / "out")]) == 0
    assert leaks(tmp_path / "out" / "site") == {}
    assert not [
        path for path in folder.rglob("*") if path.is_file() and OURS.search(path.read_text("utf-8")) and path.suffix != ".md"
    ]
    page = next((tmp_path / "out" / "site" / "positions").glob("*.html")).read_text("utf-8")
    assert "这是例子，请删掉" in page
    capsys.readouterr()


def test_every_choice_that_is_explained_may_be_taken(tmp_path: Path) -> None:
    """What stands behind `#` in directory.yml, with the `#` taken away."""
    assert init(tmp_path / "d") == 0
    file = tmp_path / "d" / "directory.yml"
    lines = file.read_text("utf-8").splitlines()
    assert sum(is_choice(line) for line in lines) >= 15
    file.write_text("\n".join(line.replace("# ", "", 1) if is_choice(line) else line for line in lines), "utf-8")
    assert main(["check", "--root", str(tmp_path / "d")]) == 0


def is_choice(line: str) -> bool:
    text = line.strip().removeprefix("# ")
    return (
        line.strip().startswith("# ")
        and (text.lstrip().startswith("- ") or text.partition(":")[0].strip().replace("_", "").isascii())
        and ":" in text
    )


@pytest.mark.parametrize(
    ("title", "area", "towns"),
    [
        ("城东社区服务点", "城东区", "东镇、西镇"),
        ("甲: 乙 # 丙", "- 区", "a,b"),
        ("'引号' \"双\"", "[区]", "{镇}、*镇、&镇"),
        ("是", "yes", "1、2"),
        ("$title ${x} %s {0}", "区", "镇"),
        ("  空  格  ", "区", "新镇；老镇;东镇,西镇"),
        ("Leeds Libraries", "Leeds", "Armley,Headingley"),
    ],
)
def test_names_are_taken_as_they_are(tmp_path: Path, title: str, area: str, towns: str) -> None:
    assert init(tmp_path / "d", "--title", title, "--area", area, "--towns", towns) == 0
    settings = load(tmp_path / "d", today=TODAY).settings
    assert (settings.title, settings.areas[0].name) == (" ".join(title.split()), area)
    assert {town.name for town in settings.areas[0].towns} == set(re.split("[、；;,]", towns))


@pytest.mark.parametrize("wrong", ["", "   ", "、", "x" * 41, "a\x1b[31m", "\u202e甲"])
def test_names_that_cannot_be_shown_are_refused(tmp_path: Path, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path / "d", "--title", wrong) == 2
    assert not (tmp_path / "d").exists()
    assert "\x1b" not in capsys.readouterr().err


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").write_text("mine", "utf-8")
    assert init(tmp_path) == init(tmp_path / "x") == 2
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert str(tmp_path) in capsys.readouterr().err


def test_a_list_becomes_a_directory(tmp_path: Path) -> None:
    """1,500 places in nine towns, none of which was written anywhere."""
    towns = [f"{name}街道" for name in "江海 通江 北大街 惠山 黄巷 山北 崇安寺 上马墩 广瑞路".split()]
    rows = [
        [
            str(at),
            f"{'东西南北中'[at % 5]}{'春夏秋冬和平安康乐'[at // 5 % 9]}{'园河桥里湾坊塘'[at // 45 % 7]}{at // 315}社区服务站",
            towns[at % 9],
            f"人民路 {at + 1} 号",
            "周一至周五 9:00-17:00" if at % 3 else "",
        ]
        for at in range(1500)
    ]
    assert (
        init(
            tmp_path / "d",
            "--title",
            "社区服务点",
            "--area",
            "梁溪区",
            "--from",
            str(listed(tmp_path / "台账.xlsx", rows)),
            "--source",
            "2026年台账",
        )
        == 0
    )
    directory = load(tmp_path / "d", today=TODAY)
    assert len(directory.positions) == 1500
    assert {town.name for town in directory.settings.areas[0].towns} == set(towns)
    assert sum(position.hours is not None for position in directory.positions) == 1000


def test_a_list_that_is_wrong_leaves_a_directory_to_put_it_into(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = listed(tmp_path / "台账.xlsx", [["1", "甲社区服务站", "江海街道", "人民路 1 号", "随便什么时候"]])
    assert init(tmp_path / "d", "--from", str(sheet), "--source", "台账") == 1
    said = capsys.readouterr().out
    assert "E2" in said and "excel import" in said
    sheet = listed(sheet, [["1", "甲社区服务站", "江海街道", "人民路 1 号", "每天 9:00-17:00"]])
    assert main(["excel", "import", str(sheet), "--root", str(tmp_path / "d"), "--source", "台账"]) == 0
    assert main(["check", "--root", str(tmp_path / "d")]) == 0


def test_a_list_without_towns_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved(tmp_path / "x.xlsx", [["名称", "地址"], ["甲站", "人民路 1 号"]])
    assert init(tmp_path / "d", "--from", str(tmp_path / "x.xlsx")) == 2
    assert "--towns" in capsys.readouterr().err and not (tmp_path / "d").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff" * 100])
def test_a_list_that_cannot_be_read_says_so(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    assert init(tmp_path / "d", "--from", str(tmp_path / "x.xlsx")) in (1, 2)
    assert "x.xlsx" in "".join(capsys.readouterr()) and not (tmp_path / "d").exists()


def test_on_a_terminal_what_is_not_given_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["我的名录", "", "东镇、西镇"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    assert init(tmp_path / "d") == 0
    settings = load(tmp_path / "d", today=TODAY).settings
    assert (settings.title, settings.areas[0].name) == ("我的名录", messages.words("zh-CN").tree["init"]["usual_area"])
    assert [town.name for town in settings.areas[0].towns] == ["东镇", "西镇"]


def test_towns_of_a_list_are_each_one() -> None:
    assert towns_among(["陆家镇", "陆家", " 花桥 镇", "花桥镇", "", "x", "长" * 50]) == ("花桥镇", "陆家镇")


def test_its_own_words_are_its_own(tmp_path: Path) -> None:
    assert init(tmp_path / "d", "--title", "读书点") == 0
    words = tmp_path / "d" / "words" / "site.zh-CN.yml"
    words.write_text(words.read_text("utf-8").replace("brands_title: 品牌", "brands_title: 读书会"), "utf-8")
    shutil.copytree(
        Path("tests/golden/world/brands").resolve(), tmp_path / "d" / "brands", ignore=shutil.ignore_patterns("he-hua*")
    )
    assert main(["site", "--root", str(tmp_path / "d"), "--out", str(tmp_path / "out")]) == 0
    assert "<title>读书会" in (tmp_path / "out/site/brands/index.html").read_text("utf-8")
