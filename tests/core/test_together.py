"""Files that change together, or not at all: whoever fails or is killed between the first and the last."""

import errno
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from haitang.core.disk.scratch import copied, scratch
from haitang.core.disk.together import recover, together
from haitang.core.leftovers import is_leftover
from tests.worlds import tree

OLD = {"positions/a/one.yml": b"old one", "positions/a/two.yml": b"old two", "brands/x.yml": b"old x"}
NEW = {"positions/a/one.yml": b"new one", "brands/x.yml": b"new x", "positions/b/three.yml": b"new three"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for file, content in OLD.items():
        (tmp_path / "root" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / file).write_bytes(content)
    return tmp_path / "root"


def change(root: Path) -> None:
    with together(root) as files:
        files.put("positions/a/one.yml", b"half one")  # twice: what is put back is what was there before the first time
        for file, content in NEW.items():
            files.write(file, content.decode())
        files.place()
        files.remove("positions/a/two.yml")


def test_all_of_them_change_and_nothing_stays_beside(root: Path) -> None:
    (root / "brands/x.yml").chmod(0o640)
    change(root)
    assert tree(root) == NEW
    assert (root / "brands/x.yml").stat().st_mode & 0o777 == 0o640


def test_nothing_is_touched_where_nothing_changes(root: Path) -> None:
    with together(root):
        assert [path for path in root.iterdir() if is_leftover(path.name)] == []
    assert tree(root) == OLD


def test_what_raises_puts_everything_back(root: Path) -> None:
    with pytest.raises(RuntimeError), together(root) as files:
        for file, content in NEW.items():
            files.put(file, content)
        files.remove("positions/a/two.yml")
        assert all(is_leftover(path.name) for path in root.iterdir() if path.name.startswith("."))
        raise RuntimeError
    assert tree(root) == OLD
    assert not (root / "positions/b").exists()


@pytest.mark.parametrize("lasting", [False, True])
def test_without_links_and_renames_all_is_put_back_too(root: Path, lasting: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    renames = [0]
    rename = os.replace

    def linked(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "")

    def replaced(old: str, new: str) -> None:
        renames[0] += 1
        if ("fresh" in str(old) and renames[0] > 4) or (lasting and "old" in Path(old).parts):
            raise OSError(errno.EIO, "")
        rename(old, new)

    monkeypatch.setattr(os, "link", linked)
    monkeypatch.setattr(Path, "replace", lambda self, target: replaced(str(self), str(target)))
    with pytest.raises(OSError):
        change(root)
    assert tree(root) == OLD


STEPS = ("mkdir", "open", "link", "replace", "rename", "unlink", "rmdir")


def killed_at(root: Path, step: int) -> bool:
    """Whether a change was killed before one of its steps, and not done before."""
    child = os.fork()
    if child == 0:
        done = [0]

        def watched(name: str) -> object:
            act = getattr(os, name)

            def acted(*arguments: object, **named: object) -> object:
                done[0] += 1
                if done[0] == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return act(*arguments, **named)

            return acted

        for name in STEPS:
            setattr(os, name, watched(name))
        change(root)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_whenever_it_is_killed_the_next_one_finds_all_old_or_all_new(root: Path, tmp_path: Path) -> None:
    seen = []
    for step in range(1, 500):
        trial = Path(shutil.copytree(root, tmp_path / "trial"))
        was_killed = killed_at(trial, step)
        recover(trial)
        found = tree(trial)
        assert found in (OLD, NEW), step
        seen.append(found == NEW)
        if found == OLD:
            change(trial)
        assert tree(trial) == NEW
        shutil.rmtree(trial)
        if not was_killed:
            break
    assert seen == sorted(seen) and seen[0] is False and seen[-1] is True and len(seen) > 30


def test_a_reader_waits_for_a_change_that_is_under_way(root: Path) -> None:
    reading, writing = os.pipe()
    child = os.fork()  # before anything is held: a child would hold it too
    if child == 0:
        os.read(reading, 1)
        recover(root)
        os._exit(tree(root) != NEW)
    with together(root) as files:
        files.put("positions/a/one.yml", b"half")
        os.write(writing, b"x")
        time.sleep(0.05)
        assert os.waitpid(child, os.WNOHANG) == (0, 0)
        for file, content in NEW.items():
            files.write(file, content)
        files.place()
        files.remove("positions/a/two.yml")
    assert os.waitpid(child, 0)[1] == 0


def test_a_folder_for_a_while_goes_whoever_was_killed_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    child = os.fork()
    if child == 0:
        with scratch("trial") as folder:
            (folder / "below").mkdir()
            (folder / "below/a").write_bytes(b"a")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert len(list(tmp_path.iterdir())) == 2
    (tmp_path / "haitang-mine").mkdir()  # somebody's own
    with scratch("check") as outer, scratch("check") as inner:
        assert outer != inner and outer.is_dir()  # whose maker lives, that one stays
        assert len(list(tmp_path.iterdir())) == 5
    assert [path.name for path in tmp_path.iterdir()] == ["haitang-mine"]


def test_a_copied_folder_says_what_cannot_be_copied(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c").write_bytes(b"c")
    (tmp_path / "a/link").symlink_to("b")
    copied(tmp_path / "a", tmp_path / "to")
    assert (tmp_path / "to/b/c").read_bytes() == b"c"
    assert (tmp_path / "to/link").readlink() == Path("b")

    def refuse(source: str, target: str) -> None:
        raise OSError(errno.ENOSPC, "full", target)

    with pytest.raises(OSError) as failed:
        copied(tmp_path / "a", tmp_path / "again", refuse)
    assert failed.value.errno == errno.ENOSPC


def test_what_a_proposal_brings_is_never_put_back(root: Path) -> None:
    """Whoever may propose files could bring a change that looks half done, and with it what no reviewer has seen."""
    assert subprocess.run(["git", "init", "-q", root.parent], check=False).returncode == 0
    for place in (root, root.parent):
        for kind in ("old", "new", "fresh"):
            (place / ".haitang-before" / kind / "positions/a").mkdir(parents=True)
            (place / ".haitang-before" / kind / "positions/a/one.yml").write_text("theirs", "utf-8")
        (place / ".haitang-done").mkdir()
    before = tree(root)
    recover(root)
    assert tree(root) == before
    change(root)
    assert {file: (root / file).read_bytes() for file in NEW} == NEW
    assert (root / ".haitang-before/old/positions/a/one.yml").read_text("utf-8") == "theirs"


@pytest.mark.parametrize("is_second_tree", [False, True])
def test_in_git_all_is_kept_in_its_own_folder(root: Path, is_second_tree: bool) -> None:
    own = root.parent / ".git"
    if is_second_tree:
        (root.parent / "elsewhere").mkdir()
        own.write_text("gitdir: elsewhere\n", "utf-8")
    else:
        own.mkdir()
    child = os.fork()
    if child == 0:
        with together(root) as files:
            files.put("positions/a/one.yml", b"half")
            os._exit(0)
    os.waitpid(child, 0)
    assert tree(root) == {**OLD, "positions/a/one.yml": b"half"}
    recover(root)
    assert tree(root) == OLD
    change(root)
    assert tree(root) == NEW
