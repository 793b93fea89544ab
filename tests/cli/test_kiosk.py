"""build.py kiosk: what a hall keeper types, reads and gets; nothing reaches a person as a traceback."""

import os
import re
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.cli import main
from haitang.cli.bootstrap import groups_for
from haitang.cli.commands import kiosk
from haitang.core import atomic_files
from haitang.kiosk.release.install import install, lay_out, pack, verify
from haitang.model.messages import LANGUAGES, words
from tests.kiosk.broken_zips import release
from tests.worlds import WORLD

OLD, NEW = release("2026-11-23"), release("2026-11-24")


@pytest.fixture
def zips(tmp_path: Path) -> tuple[str, str]:
    for made in (OLD, NEW):
        lay_out(made, tmp_path / made.id)
        pack(tmp_path / made.id, tmp_path / f"{made.id}.zip")
    return str(tmp_path / f"{OLD.id}.zip"), str(tmp_path / f"{NEW.id}.zip")


def told(capsys: pytest.CaptureFixture[str], status: int, *arguments: str) -> str:
    capsys.readouterr()
    assert main.main(["kiosk", *arguments]) == status
    captured = capsys.readouterr()
    assert (captured.out == "") == (status != 0)
    return (captured.out + captured.err).strip()


def sentence(key: str, **values: str | Path) -> str:
    return words("zh-CN").sentence("kiosk", key, **values)


def test_from_a_stick_and_back(tmp_path: Path, zips: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    dest = str(tmp_path / "hall")
    assert told(capsys, 0, "install", zips[0], dest) == sentence("installed", built=OLD.built, id=OLD.id)
    assert told(capsys, 0, "install", zips[1], dest) == sentence("installed", built=NEW.built, id=NEW.id)
    assert told(capsys, 0, "install", zips[1], dest) == sentence("already", id=NEW.id)
    assert told(capsys, 0, "rollback", dest) == sentence("rolled-back", built=OLD.built, id=OLD.id)
    assert told(capsys, 1, "rollback", dest) == sentence("nothing-older") + "\n" + sentence("kept")
    assert verify(Path(dest)).id == OLD.id


def test_keys_from_making_to_refusing(tmp_path: Path, zips: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    dest, secret, public = str(tmp_path / "hall"), str(tmp_path / "k"), str(tmp_path / "k.pub")
    told(capsys, 0, "key", secret)
    assert os.name == "nt" or stat.S_IMODE(Path(secret).stat().st_mode) == 0o600
    assert told(capsys, 2, "key", secret) == sentence("key-there", file=Path(secret))
    assert told(capsys, 1, "install", zips[0], dest, "--key", public).startswith(sentence("unsigned"))
    assert told(capsys, 0, "sign", zips[0], "--secret", secret) == sentence("signed", file=zips[0], id=OLD.id)
    told(capsys, 0, "install", zips[0], dest, "--key", public)
    assert told(capsys, 1, "install", zips[1], dest).startswith(sentence("unsigned"))
    told(capsys, 0, "sign", str(tmp_path / NEW.id), "--secret", secret)
    assert told(capsys, 1, "install", zips[0], dest, "--key", secret) == sentence(
        "bad-public-key", file=secret
    ) + "\n" + sentence("kept")
    assert told(capsys, 1, "sign", zips[0], "--secret", public) == sentence("bad-secret-key", file=public)
    assert told(capsys, 1, "pull", "https://example.org/?x", dest).startswith(sentence("bad-url", url="https://example.org/?x"))


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["install"], "usage-install"),
        (["install", "a.zip"], "usage-install"),
        (["install", "a.zip", "b", "c"], "usage-install"),
        (["rollback"], "usage-rollback"),
        (["pull", "https://example.org/"], "usage-pull"),
        (["sign", "a.zip"], "usage-sign"),
        (["key"], "usage-key"),
        (["status"], "usage-status"),
        (["key", "k", "--secret", "s"], "usage-key"),
    ],
)
def test_a_wrong_command_line(arguments: list[str], key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, 2, *arguments) == sentence(key)


def test_an_unknown_action(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, 2, "instal", "a", "b").startswith("命令写得不对：")


def test_no_such_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (("install", "none.zip", str(tmp_path)), ("sign", "none.zip", "--secret", "x")):
        assert told(capsys, 2, *arguments) == sentence("no-file", file="none.zip")


def test_what_the_machine_cannot_do(
    tmp_path: Path, zips: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert told(capsys, 3, "install", zips[0], str(tmp_path / "file" / "hall")).startswith(str(tmp_path / "file"))
    monkeypatch.setattr(atomic_files, "_RESERVE", 1 << 60)
    assert told(capsys, 3, "install", zips[0], str(tmp_path / "hall")).startswith("磁盘快满了：")


def test_without_an_action_the_halls_are_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that runs and a zip that can be installed, for each hall; the same again changes nothing."""
    command = ["kiosk", "--root", str(WORLD), "--out", str(tmp_path)]
    assert main.main(command) == 0
    for hall in load(WORLD, today=date(2026, 11, 24)).settings.halls:
        folder, parcel = tmp_path / "kiosk" / hall.id, tmp_path / "kiosk" / f"{hall.id}.zip"
        built = verify(folder)
        assert (built.hall, built.title) == (hall.id, hall.title)
        assert install(parcel, tmp_path / "usb" / hall.id).manifest == built
        before = parcel.read_bytes()
        capsys.readouterr()
        assert main.main(command) == 0
        assert built.id in capsys.readouterr().out
        assert parcel.read_bytes() == before


def test_a_directory_without_halls_gets_one_for_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "root"
    shutil.copytree(WORLD, root)
    settings = re.sub(r"\nhalls:\n(?:[ -].*\n)*", "\n", (root / "directory.yml").read_text("utf-8"))
    (root / "directory.yml").write_text(settings, "utf-8")
    assert main.main(["kiosk", "--root", str(root), "--out", str(tmp_path)]) == 0
    assert words("zh-CN").tree["kiosk"]["no-halls"] in capsys.readouterr().err
    assert verify(tmp_path / "kiosk" / "kiosk").hall == "kiosk"


@pytest.mark.parametrize(("base_url", "public_url", "told_so"), [(None, None, True), ("a", None, False), (None, "b", False)])
def test_a_hall_that_gives_nothing_to_take_home_is_told(
    base_url: str | None, public_url: str | None, told_so: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a code nor an address to type: who builds it learns what to write, before a visitor stands there."""
    root = tmp_path / "root"
    shutil.copytree(WORLD, root)
    settings = re.sub(r"\nhalls:\n(?:[ -].*\n)*", "\n", (root / "directory.yml").read_text("utf-8"))
    settings = re.sub(r"\nbase_url:.*", "", settings).rstrip()
    settings += f"\nbase_url: https://{base_url}.example.org/" if base_url else ""
    settings += "\nhalls:\n  - id: hall\n    title: 一号厅\n    orientation: portrait\n"
    settings += f"    public_url: https://{public_url}.example.org/\n" if public_url else ""
    (root / "directory.yml").write_text(settings, "utf-8")
    assert main.main(["kiosk", "--root", str(root), "--out", str(tmp_path)]) == 0
    said = words("zh-CN").tree["kiosk"]["no-public"].format(hall="一号厅")
    assert (said in capsys.readouterr().err) == told_so
    assert ("example.org/activities/" in (tmp_path / "kiosk" / "hall" / "embed.html").read_text("utf-8")) != told_so


def test_values_are_not_taken_for_commands() -> None:
    assert groups_for(["--key", "test", "kiosk", "install", "a", "b"]) == ("site",)
    assert groups_for(["--secret", "bench", "kiosk", "sign", "a"]) == ("site",)


def test_every_action_is_known_to_the_command_line() -> None:
    for language in LANGUAGES:
        usage = words(language).tree["commands"]["kiosk_usage"]
        assert all(action in usage for action in kiosk._ACTIONS)
