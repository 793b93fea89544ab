"""Files that cannot be read or written, ports that cannot be had: which and why, in one line; never a traceback."""

import argparse
import errno
import os
import shutil
import socket
from pathlib import Path

import pytest

from haitang.cli import main
from haitang.cli.commands import serve
from haitang.core.console import Console
from haitang.model.messages import words
from haitang.site.output_folder import Target
from tests.worlds import WORLD, inputs

CHINESE = words("zh-CN")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(WORLD, tmp_path / "root")
    return tmp_path / "root"


def block(path: Path) -> None:
    """A file where a folder is wanted."""
    if path.is_dir():
        shutil.rmtree(path)
    path.write_text("", "utf-8")


# A command line, what is blocked by a file, and what has to be named. `@` is the root.
NEW = "new brand --name 甲"
BLOCKED = {
    NEW: ("brands", "@/brands"),
    "forms": ("schemas", "@/schemas"),
    "issue": ("", "@/none"),
    "reminders --out @/out": ("out", "@/out"),
    "excel export @/none/x.xlsx": ("", "@/none"),
    "excel export @/x.xlsx": ("@x.xlsx", "@/x.xlsx"),
    "site --out @/out": ("out", "@/out"),
    "check --root /" + "x" * 300: ("", "/" + "x" * 300),
}


@pytest.mark.parametrize(("line", "language"), [*((line, "zh-CN") for line in BLOCKED), ("forms", "en")])
def test_the_file_and_the_reason_are_told(
    line: str, language: str, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way, named = BLOCKED[line]
    if in_the_way.startswith("@"):
        (root / in_the_way[1:]).mkdir()  # a folder where a file is wanted
    elif in_the_way:
        block(root / in_the_way)
    monkeypatch.setenv("HAITANG_ISSUE_BODY", "nothing")
    monkeypatch.setenv("HAITANG_ISSUE_COMMENT", str(root / "none/comment.md"))
    argv = line.replace("@", str(root)).split()
    code = main.main([*argv, *(() if "--root" in argv else ("--root", str(root))), "--lang", language])
    assert code == 3, [(path.name, path.lstat()) for path in sorted(root.iterdir())]
    told = capsys.readouterr().err.strip().splitlines()
    beginning = "Cannot read or write " if language == "en" else "/"
    assert len(told) == 1 and told[0].startswith(beginning), told
    assert named.replace("@", str(root)) in told[0]
    assert "Errno" not in told[0] and "Excel" not in told[0] and told[0].isascii() == (language == "en")


@pytest.mark.parametrize("command", [["check"], ["format"], ["format", "--check"], ["links"]])
@pytest.mark.parametrize("folder", ["", "none"])
def test_a_root_without_data_is_refused_alike(
    command: list[str], folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main([*command, "--root", str(tmp_path / folder)]) == 1
    told = [line.split(": ")[0] for line in capsys.readouterr().out.splitlines() if ":1:1: " in line]
    assert told == ["directory.yml:1:1", "positions:1:1"]


def test_a_reason_of_the_systems_is_told_in_words() -> None:
    for number in (errno.EACCES, errno.ENOSPC, errno.EROFS):
        said = CHINESE.trouble(OSError(number, os.strerror(number), "/a/b.yml"))
        assert said.startswith("/a/b.yml 读写不了：") and os.strerror(number) not in said
    assert "磁盘满了" in CHINESE.trouble(OSError(errno.ENOSPC, "No space left on device"))
    assert CHINESE.trouble(OSError(errno.EXDEV, "x", "/a/.b.new", None, "/a/b")).startswith("/a/b 读写不了：")
    assert CHINESE.trouble(OSError("odd")).endswith("odd")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose .cache/serve is this test's own; nothing is ever served."""
    monkeypatch.setattr("haitang.cli.commands.serve.Server.run", lambda server, *_: server.close())
    monkeypatch.setattr("haitang.cli.commands.serve.folder", lambda project, port: tmp_path / "serve")
    return tmp_path


@pytest.mark.parametrize("foreign", [False, True])
def test_where_serve_cannot_write_it_says_so_and_ends(
    foreign: bool, root: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if foreign:
        (project / "serve/site").mkdir(parents=True)
        (project / "serve/site/mine.txt").write_text("", "utf-8")
    else:
        block(project / "serve")
    assert main.main(["serve", "--root", str(root), "--port", "0"]) == 3
    told = capsys.readouterr()
    assert str(project / "serve") in told.err and ("--port" in told.err) == foreign
    assert "http://" not in told.out
    assert foreign == (project / "serve/site/mine.txt").is_file()


def test_what_comes_between_while_serving_is_told_and_shown(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = argparse.Namespace(words=CHINESE)
    rebuilding = serve.Rebuilding(inputs(root), Target(tmp_path / "out"), options, Console())
    assert rebuilding.again() == ()
    kept = tmp_path / "out/.site"
    kept.rename(tmp_path / "aside")
    block(kept)
    (shown,) = rebuilding.again()
    assert shown in capsys.readouterr().err and str(kept) in shown
    kept.unlink()
    (tmp_path / "aside").rename(kept)
    assert rebuilding.again() == () and not rebuilding.is_blocked


@pytest.mark.parametrize("port", ["-1", "65536", "99999999"])
def test_a_port_that_is_none_is_not_called_taken(
    port: str, root: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["serve", "--root", str(root), "--port", port]) == 2
    told = capsys.readouterr().err
    assert "65535" in told and "占用" not in told


@pytest.mark.parametrize(("number", "key"), [(errno.EACCES, "port_denied"), (errno.EMFILE, "port_failed")])
def test_why_a_port_cannot_be_had(
    number: int, key: str, root: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "")

    with monkeypatch.context() as patch:
        patch.setattr("haitang.cli.commands.serve.Server.__init__", refuse)
        assert main.main(["serve", "--root", str(root), "--port", "80"]) == 2
    assert capsys.readouterr().err == CHINESE.sentence("commands", key, port="80") + "\n"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main.main(["serve", "--root", str(root), "--port", port]) == 2
    assert capsys.readouterr().err == CHINESE.sentence("commands", "port_taken", port=port) + "\n"
