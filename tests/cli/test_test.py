"""build.py test itself: what failed fails and is not run again; what is long runs only when all is asked for."""

import argparse
from pathlib import Path

import pytest

from haitang.cli.commands import test
from haitang.core.console import Console
from haitang.model.messages import words

COUNTED = """
from pathlib import Path
def test_unstable():
    mark = Path(__file__).with_name("been-here")
    if not mark.exists():
        mark.touch()
        raise AssertionError("missed")
"""
SOUND = "def test_sound(): assert True\n"
LONG = "import pytest\n@pytest.mark.long\ndef test_long(): assert False\n"


@pytest.mark.parametrize(
    ("content", "all_", "code"),
    [(SOUND, False, 0), (COUNTED, False, 1), (SOUND + LONG, False, 0), (SOUND + LONG, True, 1)],
    ids=["sound", "unstable", "long", "all"],
)
def test_what_fails_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], content: str, all_: bool, code: int
) -> None:
    (tmp_path / "test_it.py").write_text(content, "utf-8")
    (tmp_path / "conftest.py").write_text(
        "from tests.conftest import pytest_addoption, pytest_collection_modifyitems\n", "utf-8"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = long\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setattr(test, "_tools", lambda *_: [])
    options = argparse.Namespace(project=tmp_path, pytest=["test_it.py"], all=all_, words=words("en"))
    assert test.run(options, Console()) == code
    assert ("pytest failed" in capfd.readouterr().err) == bool(code)


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
