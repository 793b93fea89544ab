"""install.sh says what is wrong before it changes anything. A whole install: tests/e2e/kiosk/test_linux_install.py."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.kiosk.test_halls import FILES, ROOT, guide

SCRIPT = ROOT / "deploy" / "kiosk" / "linux" / "install.sh"


def run(tmp_path: Path, *words: str, root: bool = True, does: dict[str, str] | None = None) -> tuple[int, str]:
    """Its exit code and what it says last. What it might do to this machine it only writes down."""
    stubs = dict.fromkeys(("apt-get", "useradd", "install", "systemctl", "mkdir", "chmod", "unzip"), "exit 0")
    for name, what in {**stubs, "id": f"echo {0 if root else 1000}", **(does or {})}.items():
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >>"{tmp_path}/told"\n{what}\n', encoding="ascii")
        program.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(["sh", SCRIPT, *words], env={"PATH": path}, capture_output=True, text=True, check=False)
    return done.returncode, (done.stderr or done.stdout).strip().splitlines()[-1]


@pytest.fixture
def hall(tmp_path: Path) -> str:
    (tmp_path / "lujia-hall.zip").write_bytes(b"PK")
    return str(tmp_path / "lujia-hall.zip")


def test_it_is_plain() -> None:
    assert subprocess.run(["sh", "-n", SCRIPT], check=False).returncode == 0
    assert os.access(SCRIPT, os.X_OK)


@pytest.mark.parametrize(
    ("words", "root", "said"),
    [
        (["x.zip"], False, "run it as root"),
        ([], True, "name the zip of the hall"),
        (["nowhere.zip"], True, "there is no file 'nowhere.zip'"),
    ],
)
def test_what_cannot_be_is_told_first(tmp_path: Path, words: list[str], root: bool, said: str) -> None:
    code, told = run(tmp_path, *words, root=root)
    assert code == 1 and told.startswith("NOT INSTALLED: ") and said in told
    assert not re.search("^(?!id )", (tmp_path / "told").read_text("ascii").strip()), "nothing was changed"


def test_no_way_to_turn(tmp_path: Path, hall: str) -> None:
    assert run(tmp_path, hall, "upside-down")[1].startswith("NOT INSTALLED: 'upside-down' is no way to turn the picture")


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ({"apt-get": "exit 100"}, "is the network there?"),
        ({"apt-get": '[ "$1" = update ]'}, "see what apt-get says above"),
        ({"unzip": "exit 9"}, "the zip is not whole"),
        ({"unzip": '[ "$1" != -l ]'}, "there is no index.html in it"),
    ],
)
def test_what_goes_wrong_is_told(tmp_path: Path, hall: str, does: dict[str, str], said: str) -> None:
    code, told = run(tmp_path, hall, does=does)
    assert code == 1 and told.startswith("NOT INSTALLED: ") and said in told
    assert "useradd" not in (tmp_path / "told").read_text("ascii")


def test_a_whole_install_says_so_and_the_pointer_comes_last(tmp_path: Path, hall: str) -> None:
    assert run(tmp_path, hall) == (0, "Installed. The page comes in about a minute; if not: journalctl -u haitang-kiosk -n 50")
    told = (tmp_path / "told").read_text("ascii").splitlines()
    out = [line for line in told if line.startswith("unzip -o")]
    assert [line.split(hall)[1].strip() for line in out] == ["-x current.js -d /srv/haitang", "current.js -d /srv/haitang"]
    installed = " ".join(line for line in told if line.startswith("install "))
    assert all(path.name in installed for path in FILES if path.parent == SCRIPT.parent and path != SCRIPT)


def test_the_guide_says_these_words() -> None:
    """The one command of the guide, and what the script says when it stops or is done."""
    assert "sh /mnt/deploy/kiosk/linux/install.sh /mnt/lujia-hall.zip\n" in guide()
    assert "`NOT INSTALLED`" in guide() and "`Installed`" in guide()
