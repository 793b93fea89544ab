"""A file is the old one or the new one, whole; nothing else is ever seen, and nothing stays beside it."""

import errno
import os
import re
import stat
from pathlib import Path

import pytest

import haitang
from haitang.core.atomic_files import NoRoom, check_room, replace, replacing, sync_folder, write_atomic
from haitang.core.leftovers import is_leftover

PACKAGE = Path(haitang.__file__).parent


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_takes_the_place_of_another_and_keeps_its_permissions(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "folder" / "a.yml"
    write_atomic(path, "一\n", durable=durable)
    path.chmod(0o640)
    write_atomic(path, b"two", durable=durable)
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(path.parent) == ["a.yml"]


def test_texts_are_utf8_with_their_own_line_ends(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a", "一\n二\r\n")
    assert (tmp_path / "a").read_bytes() == "一\n二\r\n".encode()


def test_what_breaks_off_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a", "old")
    with pytest.raises(RuntimeError), replacing(tmp_path / "a") as stream:
        stream.write(b"half")
        assert [is_leftover(name) for name in names(tmp_path)] == [True, False]  # nobody takes it for data meanwhile
        raise RuntimeError
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"


def test_what_a_killed_process_of_the_same_number_left_is_no_hindrance(tmp_path: Path) -> None:
    with replacing(tmp_path / "a") as stream:
        left = next(tmp_path.iterdir())
        stream.write(b"new")
    (tmp_path / "foreign").write_bytes(b"foreign")
    left.symlink_to(tmp_path / "foreign")
    write_atomic(tmp_path / "a", b"newer")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"newer", "foreign": b"foreign"}


def test_who_writes_for_good_removes_what_the_killed_left(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        with replacing(tmp_path / "a"):
            os._exit(0)
    os.waitpid(child, 0)
    (tmp_path / f".b.{os.getpid()}-1.new").touch()  # somebody writes it now
    assert len(names(tmp_path)) == 2
    write_atomic(tmp_path / "c", "x", durable=True)
    assert names(tmp_path) == [f".b.{os.getpid()}-1.new", "c"]


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.fail("needs /dev/full, which Linux has")
    write_atomic(tmp_path / "a", "old")
    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda self, mode: opened(Path("/dev/full"), "wb"))
    with pytest.raises(OSError) as failed:
        write_atomic(tmp_path / "a", "new")
    assert failed.value.errno == errno.ENOSPC
    monkeypatch.undo()
    assert names(tmp_path) == ["a"] and (tmp_path / "a").read_bytes() == b"old"


def test_only_what_has_to_outlive_a_power_cut_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda handle: waited.append(stat.S_ISDIR(os.fstat(handle).st_mode)))
    write_atomic(tmp_path / "a", "new")
    assert waited == []
    write_atomic(tmp_path / "a", "new", durable=True)
    assert waited == [False, True]  # the file, then its name


# Here a whole folder, or a link, takes its place in one step.
FOLDERS = {"core/disk/together.py", "kiosk/release/installation.py", "site/bundles.py", "site/output_folder.py"}


def test_nobody_else_writes_beside_and_renames() -> None:
    by_hand = re.compile(r"os\.re(?:name|place)\(|\.rename\(|getpid|\.new\"\)")
    sources = {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    found = {name for name, text in sources.items() if by_hand.search(text)}
    assert found == {"core/atomic_files.py", *FOLDERS}


def test_a_disk_that_cannot_is_let_off_and_one_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handles, said = list[int](), [errno.EINVAL]

    def synced(handle: int) -> None:
        handles.append(handle)
        raise OSError(said[-1], os.strerror(said[-1]))

    monkeypatch.setattr(os, "fsync", synced)
    for error in (errno.EINVAL, errno.ENOTSUP):
        said.append(error)
        sync_folder(tmp_path)
    for error in (errno.EIO, errno.ENOSPC):
        said.append(error)
        with pytest.raises(OSError) as failed:
            sync_folder(tmp_path)
        assert failed.value.errno == error
    for handle in set(handles):  # none is left open
        with pytest.raises(OSError):
            os.fstat(handle)


def test_what_may_not_be_replaced_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = list[Path]()

    def refused(self: Path, target: Path) -> None:
        tries.append(target)
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PermissionError):
        replace(tmp_path / "a", tmp_path / "b")
    assert tries == [tmp_path / "b"]


def test_room_is_asked_of_the_nearest_folder_there_is(tmp_path: Path) -> None:
    check_room(tmp_path / "a/b/c", 1)
    with pytest.raises(NoRoom):
        check_room(tmp_path / "a/b/c", 1 << 60)
