"""build.py new: asks in Chinese, judges one answer at a time, shows what may be the same place, and writes a sound file."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from haitang.cli import main
from haitang.editors.prompts import mistake_in, names_like
from haitang.model.formatter import formatted
from haitang.model.paths import EntryKind
from tests.conftest import problems_of

Said = Callable[..., list[str]]


@pytest.fixture
def converse(monkeypatch: pytest.MonkeyPatch) -> Said:
    """A terminal on which somebody gives these answers; what was asked is returned."""

    def start(*answers: str) -> list[str]:
        asked: list[str] = []
        waiting: Iterator[str] = iter(answers)

        def answer(question: str) -> str:
            asked.append(question)
            return next(waiting)

        monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
        monkeypatch.setattr("builtins.input", answer)
        return asked

    return start


def test_a_conversation_ends_in_a_sound_canonical_file(root: Path, converse: Said, capsys: pytest.CaptureFixture[str]) -> None:
    asked = converse(
        "示例家园党群服务点", "陆家", "点", "示例路 1 号", "看情况", "每天 9:00-17:00", "13800138000", "0512-57621066",
        "现场查看", "", "2025-02-30", "2025-03", "",
    )  # fmt: skip
    assert main.main(["new", "position", "--root", str(root)]) == 0
    told = capsys.readouterr()
    assert "「hours（开放时间）」里的「看情况」说不准" in told.err
    assert "「phone（电话）」里有手机号「13800138000」" in told.err
    assert "「date（日期）」的日期「2025-02-30」读不懂或不存在" in told.err
    assert [question for question in asked if question.startswith("开放时间")] == [asked[4]] * 2
    path = root / "positions/lujia/shili-jiayuan.yml"
    text = path.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/position.json\nid: shili-jiayuan\n")
    assert formatted(text, "position") == text
    assert problems_of(root) == ()


def test_what_is_much_alike_is_shown_before_anything_is_written(
    root: Path, converse: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(root.rglob("*.yml"))
    converse("启发广场党群服务站", "")
    assert main.main(["new", "position", "--root", str(root)]) == 2
    told = capsys.readouterr().err
    assert "positions/lujia/qifa-guangchang.yml" in told
    assert "没有新建" in told
    assert sorted(root.rglob("*.yml")) == before
    converse("启发广场党群服务站", "是", "陆家", "", "", "", "", "现场查看", "", "", "")
    assert main.main(["new", "position", "--root", str(root)]) == 0
    assert (root / "positions/lujia/qifa-guangchang-zhan.yml").is_file()


def test_flags_say_it_all(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flags = {
        "name": "示例家园",
        "town": "lujia",
        "hours": "24小时",
        "phone": "0512-57621066",
        "source": "现场查看",
        "date": "2025",
    }
    given = [part for name, value in flags.items() for part in (f"--{name}", value)]
    assert main.main(["new", "position", "--root", str(root), *given]) == 0
    assert problems_of(root) == ()
    assert main.main(["new", "brand", "--root", str(root), "--name", "示例红", "--source", "报道", "--publisher", "日报"]) == 0
    assert problems_of(root) == ()


@pytest.mark.parametrize(
    ("flag", "value", "said"),
    [
        ("--hours", "早九晚五", "读不懂"),
        ("--phone", "13800138000", "手机号"),
        ("--phone", "57621055", "号码「57621055」不对"),
        ("--date", "去年", "读不懂或不存在"),
        ("--date", "2999-03-08", "2999-03-08 还没有到"),
        ("--date", "2999年", "还没有到"),
        ("--address", "甲" * 201, "太长"),
        ("--address", "甲\u202e乙", "看不见的字符"),
        ("--publisher", "某某\n日报", "只能写一行"),
    ],
)
def test_a_flag_is_judged_as_an_answer_is(
    flag: str, value: str, said: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--name", "示例家园", "--town", "lujia", "--source", "现场查看", flag, value]
    assert main.main(["new", "position", "--root", str(root), *given]) == 2
    assert said in capsys.readouterr().err
    assert not list((root / "positions").rglob("shili*"))


@pytest.mark.parametrize(
    ("kind", "field", "written", "code"),
    [
        ("position", "phone", "0512-57621055", None),
        ("position", "phone", "1", "bad-phone"),
        ("position", "area_m2", "三百", "bad-number"),
        ("position", "sources.date", "2025", None),
        ("position", "sources.date", "2026-11", None),
        ("position", "sources.date", "2026-11-24", None),
        ("position", "sources.date", "2026-11-25", "future-date"),
        ("brand", "founded", "2027", "future-date"),
        ("position", "sources.url", "javascript:x", "bad-url"),
        ("brand", "colour", "红", "bad-colour"),
        ("position", "address", 'a"\n- {x: [', "one-line"),
    ],
)
def test_one_answer_is_judged_by_the_model(kind: EntryKind, field: str, written: str, code: str | None) -> None:
    found = mistake_in(kind, field, written, date(2026, 11, 24))
    assert (found.code if found else None) == code


def test_names_alike_are_few_and_near(root: Path) -> None:
    assert [file for _, file in names_like(root, "position", "启发广场")] == ["positions/lujia/qifa-guangchang.yml"]
    assert [file for _, file in names_like(root, "position", "启发广场社区党群服务站")] == [
        "positions/lujia/qifa-guangchang.yml"
    ]
    assert list(names_like(root, "position", "完全不同的名称")) == []


def test_what_is_clear_is_taken_and_what_is_not_known_left_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = root / "directory.yml"
    settings.write_text(settings.read_text("utf-8").replace("production: 否", 'production: 否\narea_code: "0512"'), "utf-8")
    said = {"name": "示例家园党群服务点", "town": "陆家镇", "address": "待核实", "hours": "不详", "phone": "57621066（张主任）"}
    said |= {"source": "现场查看", "date": "20250308", "root": str(root)}
    flags = [each for name, value in said.items() for each in (f"--{name}", value)]
    assert main.main(["new", "position", *flags]) == 0, capsys.readouterr()
    text = (root / "positions/lujia/shili-jiayuan.yml").read_text("utf-8")
    assert "phone: 0512-57621066\n" in text
    assert "date: 2025-03-08\n" in text
    assert "address" not in text and "hours" not in text
    assert problems_of(root) == ()
