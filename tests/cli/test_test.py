"""build.py test itself: what is broken fails, what missed its moment is told and passes."""

import argparse
from pathlib import Path

import pytest

from haitang.cli.commands import test
from haitang.core.console import Console
from haitang.model.messages import words

UNSTABLE = """
from pathlib import Path
def test_unstable():
    mark = Path(__file__).with_name("been-here")
    if not mark.exists():
        mark.touch()
        raise AssertionError("missed")
"""
BROKEN = "def test_broken(): assert False\n"
SOUND = "def test_sound(): assert True\n"


@pytest.mark.parametrize(
    ("content", "code", "again"),
    [(SOUND, 0, False), (UNSTABLE, 0, True), (BROKEN, 1, True), (BROKEN + UNSTABLE, 1, True)],
    ids=["sound", "unstable", "broken", "both"],
)
def test_what_failed_runs_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], content: str, code: int, again: bool
) -> None:
    (tmp_path / "test_it.py").write_text(content, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    monkeypatch.setattr(test, "_tools", lambda *_: [])
    options = argparse.Namespace(project=tmp_path, pytest=[], words=words("en"))
    assert test.run(options, Console()) == code
    told = capfd.readouterr()
    assert ("run again" in told.err) == again
    assert ("pytest failed" in told.err) == bool(code)


def test_many_failures_are_not_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_it.py").write_text("".join(f"def test_{n}(): assert False\n" for n in range(6)), "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    monkeypatch.setattr(test, "_tools", lambda *_: [])
    assert test.run(argparse.Namespace(project=tmp_path, pytest=[], words=words("en")), Console()) == 1
    assert "run again" not in capfd.readouterr().err


def test_a_tool_that_fails_is_named_with_what_it_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said: list[str] = []
    monkeypatch.setattr("haitang.core.toolchain.node", lambda *_: ("false", ()))
    monkeypatch.setattr("sys.executable", "false")
    monkeypatch.setattr(Console, "note", lambda self, text: said.append(text))
    (tmp_path / "frontend").mkdir()
    assert test._tools(tmp_path, words("en"), Console()) == [
        "ruff format", "ruff", "mypy", "tsc", "tsc of the service worker", "eslint", "node --test",
    ]  # fmt: skip
    assert len(said) == 14
