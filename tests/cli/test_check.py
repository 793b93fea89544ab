"""build.py check and format: files by name, what changed, cures, levels; and notes of an earlier look do no harm."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from haitang.checks import lint
from haitang.cli import main
from haitang.core.problem_codes import CODES, ProblemCode
from haitang.data.dataset import Dataset, Finding
from haitang.editors import autofix
from haitang.media.metadata import hidden_data
from tests.checks.test_lint import PLACE, exif, picture
from tests.data.test_git import git

QIFA, ZHEN, BRAND = "positions/lujia/qifa-guangchang.yml", "positions/lujia/lujia-zhen.yml", "brands/hongfushi.yml"


@pytest.fixture
def repository(root: Path) -> Path:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    return root


def spoil(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def check(root: Path, *arguments: str) -> int:
    return main.main(["check", "--root", str(root), *arguments])


# --- files by name, and notes of an earlier look


def test_only_the_files_that_were_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root, QIFA, "tier: point", "tier: ponit")
    spoil(root, ZHEN, "tier: centre", "tier: center")
    assert check(root, ZHEN) == 1
    said = capsys.readouterr().out
    assert ZHEN in said
    assert QIFA not in said
    assert check(root, "positions/lujia") == 1
    assert QIFA in capsys.readouterr().out
    assert check(root, BRAND) == 0
    assert "1 个文件没有问题" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["positions/lujia/没有.yml", "/etc/hostname", "../", ""])
def test_a_name_that_is_no_file_of_the_data(root: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if name:
        assert check(root, name) == 2
        assert "没有找到" in capsys.readouterr().err


# --- what changed


def test_a_file_that_lay_there_before_only_warns(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody reads it, on either side."""
    (repository / "positions/lujia/notes.doc").write_text("x", "utf-8")
    (repository / "positions/loose.yml").write_text("x", "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "strays")
    assert check(repository) == 1
    spoil(repository, BRAND, "founded: 1997", "founded: 1998")
    assert check(repository, "--changed-since", "HEAD") == 0
    (repository / "positions/lujia/more.doc").write_text("x", "utf-8")
    capsys.readouterr()
    assert check(repository, "--changed-since", "HEAD") == 1
    fresh, before = capsys.readouterr().out.split("不是这次改出来的")
    assert "more.doc" in fresh
    assert "notes.doc" in before
    assert "loose.yml" in before


def test_what_was_wrong_before_only_warns(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(repository, ZHEN, "tier: centre", "tier: center")
    git(repository, "commit", "-qam", "wrong")
    assert check(repository) == 1
    spoil(repository, BRAND, "founded: 1997", "founded: 1998")
    assert check(repository, "--changed-since", "HEAD") == 0
    said = capsys.readouterr().out
    assert "不是这次改出来的" in said
    assert "提醒：" in said.split("不是这次改出来的")[1]
    spoil(repository, BRAND, "due: 2030", "due: 明年")
    assert check(repository, "--changed-since", "HEAD") == 1
    assert check(repository, "--changed-since", "HEAD~1") == 1


def test_what_a_change_does_to_other_files_is_its_fault(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / ZHEN).unlink()
    assert check(repository, "--changed-since", "HEAD") == 1
    assert QIFA in capsys.readouterr().out.split("不是这次改出来的")[0]
    git(repository, "checkout", "-q", ".")
    twin = repository / "positions/huaqiao/lujia-zhen.yml"  # told in the later file, which nobody touched
    twin.write_text((repository / ZHEN).read_text("utf-8").replace("town: lujia", "town: huaqiao"), "utf-8")
    assert check(repository, "--changed-since", "HEAD") == 1
    assert f"{ZHEN}:1:5" in capsys.readouterr().out.split("不是这次改出来的")[0]


def test_a_change_may_leave_no_warning(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CODES, "future-date", ProblemCode("warning", "-", "fields"))
    spoil(repository, QIFA, "date: 2018-11-30", "date: 2999-11-30")
    assert check(repository) == 0
    said = capsys.readouterr().out
    assert "提醒：" in said
    assert "（说明：future-date）" in said
    assert "0 个必须改，1 个提醒" in said
    assert check(repository, "--changed-since", "main") == 1
    git(repository, "commit", "-qam", "later")
    assert check(repository, "--changed-since", "main") == 0
    spoil(repository, QIFA, "date: 2999-11-30", "date: 2999-11-30 # 电话里核对过")
    capsys.readouterr()
    assert check(repository, "--changed-since", "main") == 0
    assert "future-date" not in capsys.readouterr().out


def test_only_what_is_no_error_can_be_silenced(root: Path) -> None:
    spoil(root, QIFA, "date: 2018-11-30", "date: 2999-11-30 # 核对过")
    assert check(root) == 1


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_a_revision_that_is_not_there(repository: Path, revision: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(repository, f"--changed-since={revision}") == 2
    assert ("没有找到版本" in capsys.readouterr().err) == bool(revision)


# --- formats


def test_formats_for_programs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root, ZHEN, "tier: centre", "tier: center")
    assert check(root, "--format", "json") == 1
    assert [found["code"] for found in json.loads(capsys.readouterr().out)["problems"]] == ["bad-choice"]
    assert check(root, "--format", "gitlab") == 1
    assert [found["location"]["lines"]["begin"] for found in json.loads(capsys.readouterr().out)] == [3]
    assert check(root, "--format", "github") == 1
    assert capsys.readouterr().out.startswith(f"::error file={ZHEN},line=3,")


# --- cures


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (QIFA, "tier: point", "tier：point"),
        (QIFA, "tier: point", "tier: 点"),
        (QIFA, "tier: point", "层级: 点"),
        (QIFA, "tier: point", "tier:point"),
        (QIFA, "  - 饮水", "  -饮水"),
        (QIFA, "  - 饮水", "  －饮水"),
        (QIFA, "  - 饮水", "\u3000- 饮水"),
        (QIFA, "  - 饮水", "\t- 饮水"),
        (QIFA, "area_m2: 320", "area_m2: ３２０"),
        (QIFA, "phone: 0512-57621055", "phone: （0512）５７６２１０５５"),
        (QIFA, "08:30-11:30, ", "8:30–11:30，"),
        (QIFA, "closed_on_holidays: 是", "closed_on_holidays: on"),
        (QIFA, "opened: 2018-11", "opened: 2018年11月"),
        (QIFA, "host: 邹家角社区党委", "host: “邹家角社区党委”"),
        (QIFA, "town: lujia", "town: 陆家镇"),
        (QIFA, "parent: lujia-zhen", "parent: 陆家镇党群服务中心"),
        (QIFA, "  - hongfushi", "  - 红富士"),
        (BRAND, "status: running", "status: Running"),
        (BRAND, "founded: 1997", "创立时间：1997"),
    ],
)
def test_safe_cures(root: Path, file: str, old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    right = (root / file).read_text("utf-8")
    spoil(root, file, old, new)
    assert check(root, "--fix") == 0, capsys.readouterr().out
    assert (root / file).read_text("utf-8") == right
    assert file in capsys.readouterr().out


def test_several_slips_in_one_file(root: Path) -> None:
    right = (root / QIFA).read_text("utf-8")
    spoilt = right.replace(": ", "：", 8).replace("  - 党员学习", "\u3000- 党员学习")
    (root / QIFA).write_bytes(spoilt.replace("\n", "\r\n").encode("gb18030"))
    assert check(root, "--fix", QIFA) == 0
    assert (root / QIFA).read_text("utf-8") == right


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tier: point", "tier: pont"),
        ("parent: lujia-zhen", "parent: 陆家镇"),
        ("town: lujia", "town: lujai"),
        ("area_m2: 320", "area_m2: 约320平方米"),
        ("hours: 周一至周五 ", "hours: 看情况 "),
        ("  - 饮水", "  - 饮水机"),
        ("parent: lujia-zhen", "parent: lujia-zehn"),
        ("name: 启", "name: &a 启"),
        ("name: 启发广场", "name: '启发广场"),
        ("name: 启", "name: 启\u202e"),
    ],
)
def test_what_is_not_certain_is_left_alone(root: Path, old: str, new: str) -> None:
    spoil(root, QIFA, old, new)
    before = (root / QIFA).read_bytes()
    assert check(root, "--fix") == 1
    assert (root / QIFA).read_bytes() == before


def test_bytes_of_no_certain_encoding_are_left_alone(root: Path) -> None:
    for content in ("id: 陸家鎮\n".encode("big5"), b"id: \xff\xff\n", "id: été\n".encode("latin-1")):
        (root / QIFA).write_bytes(content)
        assert check(root, "--fix") == 1
        assert (root / QIFA).read_bytes() == content


def test_what_a_problem_says_to_write(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that is cured, with `wrong` and `guess`, whoever tells it."""

    def spelling(world: Dataset) -> Iterator[Finding]:
        for entry in world.own(world.positions):
            if "中惢" in entry.value.name:
                yield Finding(entry.file, ("name",), "same-name", {"value": "", "other": "", "wrong": "惢", "guess": "心"})

    monkeypatch.setitem(CODES, "same-name", ProblemCode("hint", "text", "between"))
    monkeypatch.setattr(lint, "OF_ENTRIES", (spelling,))
    right = (root / ZHEN).read_text("utf-8")
    spoil(root, ZHEN, "中心", "中惢")
    assert check(root, "--fix") == 0
    assert (root / ZHEN).read_text("utf-8") == right


def test_what_pictures_tell_is_taken_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every sentence that tells of it says `check --fix`."""
    photo = root / "photos/qifa-01.png"
    content = picture("PNG", exif=exif({0x013B: "某人"}, {0xA431: "1"}, PLACE))
    photo.write_bytes(content)
    photo.chmod(0o640)
    assert check(root, ZHEN, "--fix") == 0
    assert photo.read_bytes() == content  # another entry's
    assert check(root, QIFA, "--fix") == 0
    assert "photos/qifa-01.png: 已去掉照片或录像里藏着的信息" in capsys.readouterr().out
    assert hidden_data(photo.read_bytes()) == frozenset()
    assert Image.open(photo).tobytes() == Image.open(io.BytesIO(content)).tobytes()
    assert photo.stat().st_mode & 0o777 == 0o640
    (root / "photos/unused.png").write_bytes(content)
    assert check(root, "--fix") == 0
    assert hidden_data((root / "photos/unused.png").read_bytes()) == frozenset()


def test_what_is_cured_stands_in_the_table() -> None:
    assert {code for code, row in CODES.items() if row.fix == "slip"} == set(autofix.SLIPS)


# --- format


def test_format_tells_and_then_writes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = (root / QIFA).read_bytes()
    spoil(root, QIFA, "tier: point\nsite_kind: 小区", "site_kind: '小区'\ntier: point")
    (root / QIFA).chmod(0o640)
    (root / BRAND).write_bytes((root / BRAND).read_bytes().replace(b"\n", b"\r\n"))
    spoilt = (root / QIFA).read_bytes()
    assert main.main(["format", "--check", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert f"{QIFA}:6: 还不是统一的写法：现在是「site_kind: '小区'」，应写成「tier: point」" in said
    assert f"{BRAND}:1: " in said
    assert (root / QIFA).read_bytes() == spoilt
    assert main.main(["format", "--root", str(root)]) == 0
    assert (root / QIFA).read_bytes() == right
    assert (root / QIFA).stat().st_mode & 0o777 == 0o640
    assert main.main(["format", "--check", "--root", str(root)]) == 0
    assert not list(root.rglob(".*"))


def test_format_leaves_what_it_cannot_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / QIFA).write_bytes(b"id: [\n")
    (root / ZHEN).unlink()
    (root / ZHEN).symlink_to(root / BRAND)
    assert main.main(["format", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert QIFA in said
    assert ZHEN in said
    assert (root / QIFA).read_bytes() == b"id: [\n"
    assert main.main(["format", "--root", str(root), "directory.yml"]) == 2
    assert main.main(["format", "--root", str(root), "nothing.yml"]) == 2


def test_fix_says_what_it_did_where_it_now_stands(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fields that move take their comments along, and the lines that are told are those of the file in the end."""
    path = root / QIFA
    right = path.read_text("utf-8").replace("tier: point\n", "# 层级待改\ntier: point\n")
    spoilt = right.replace("# 层级待改\ntier: point\n", "").replace("  - 饮水", "\u3000- 饮水").replace("\nhours: ", "\nhours:")
    spoilt = spoilt.replace("phone: 0512-57621055", "phone：（0512） 57621055").replace("town: lujia", "town: 陆家镇")
    path.write_text("# 层级待改\ntier: point\n" + spoilt, "utf-8")
    assert check(root, "--fix", QIFA) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "已改好" in line]
    assert path.read_text("utf-8") == right
    lines = right.split("\n")
    told = [re.fullmatch(rf"{QIFA}:(\d+): 已改好(?:空格)?：「(.+)」改成了「(.+?)」(?:（· .+）)?", line) for line in said]
    assert [(found[2] != found[3], lines[int(found[1]) - 1].strip()) for found in told if found] == [
        (True, "town: lujia"),
        (True, next(line for line in lines if line.startswith("hours: "))),
        (True, "phone: 0512-57621055"),
        (True, "- 饮水"),
    ]
    assert check(root, "--fix", QIFA) == 0
    assert "改" not in capsys.readouterr().out
