"""A file is read again unless the system says that nobody has touched it; whatever becomes of the note of that, digests are
those of the bytes."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from haitang.core import digests
from haitang.core.digests import SETTLED_NS, FileIndex, digest, keep_note, sealed, unsealed


def parts(root: Path) -> list[tuple[str, Path]]:
    return [("data/positions", root / "positions"), ("data/photos", root / "photos"), ("one", root / "one.yml")]


def filled(root: Path) -> Path:
    for name in ("positions/a/x.yml", "positions/a/y.yml", "positions/b/z.yml", "photos/p.jpg", "photos/q.jpg", "one.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, "utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return filled(tmp_path / "root")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files were touched long ago."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 2 * SETTLED_NS)


def tick(root: Path) -> None:
    """Until the clock of the file system has moved on."""
    probe = root.parent / "probe"
    probe.touch()
    before = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns == before:
        probe.touch()


def same_size(path: Path) -> None:
    path.write_bytes(path.read_bytes()[::-1])


def backdated(path: Path) -> None:
    """Another content under the old time."""
    facts = path.stat()
    same_size(path)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def replaced(path: Path) -> None:
    fresh = path.with_name("fresh.yml")
    fresh.write_bytes(path.read_bytes()[::-1])
    shutil.copystat(path, fresh)
    fresh.replace(path)


def linked(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.yml")


def swapped(path: Path) -> None:
    others = [other for other in path.parent.iterdir() if other != path and other.is_file()]
    if others:
        path.rename(path.with_name("third.yml"))
        others[0].rename(path)
        path.with_name("third.yml").rename(others[0])


def added(path: Path) -> None:
    path.with_name("more.yml").write_bytes(b"x")


EDITS: tuple[Callable[[Path], object], ...] = (
    same_size, backdated, replaced, linked, swapped, added, Path.unlink, Path.touch, lambda path: path.chmod(0o600),
    lambda path: path.write_text("longer than before", "utf-8"),
)  # fmt: skip


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read."""
    read, real = list[str](), digests._digest

    def digested(file: str) -> bytes:
        read.append(file)
        return real(file)

    monkeypatch.setattr(digests, "_digest", digested)
    return read


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("seed", range(4))
def test_an_index_changes_no_digest(seed: int, root: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for _ in range(30):
        index = FileIndex(tmp_path / "notes", root)
        read, quick = digest(parts(root), ["x"]), digest(parts(root), ["x"], index)
        assert quick == read
        index.keep()
        tick(root)
        files = [path for path in sorted(root.rglob("*")) if path.is_file()]
        chance.choice(EDITS)(chance.choice(files or [filled(root) / "one.yml"]))
        assert quick.untouched() == (digest(parts(root), ["x"]).facts == quick.facts)


@pytest.fixture
def coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that tells one second from another only (FAT, old servers), and no file from another."""

    def told(found: os.stat_result) -> bytes:
        moments = (int(moment // 1e9) * 1_000_000_000 for moment in (found.st_mtime_ns, found.st_ctime_ns))
        return digests._FACTS.pack(0, found.st_mode, found.st_size, *moments)

    monkeypatch.setattr(digests, "_told", told)


@pytest.mark.usefixtures("coarse")
@pytest.mark.parametrize("edit", [same_size, backdated, replaced, swapped])
def test_written_twice_in_one_second(edit: Callable[[Path], object], root: Path, tmp_path: Path) -> None:
    """Once before it was digested, and once while it was used: that is seen, though all that the system says is the same."""
    index = FileIndex(tmp_path / "notes", root)
    for path in root.rglob("*.yml"):
        path.touch()
    read = digest(parts(root), index=index)
    assert read.untouched()
    edit(root / "positions" / "a" / "x.yml")
    assert not read.untouched()
    index.keep()
    assert digest(parts(root), index=FileIndex(tmp_path / "notes", root)).key != read.key


@pytest.mark.usefixtures("coarse")
def test_a_clock_that_was_set_back(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What seems to be written in an hour is not believed to be as it was."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() - 3_600_000_000_000)
    index = FileIndex(tmp_path / "notes", root)
    read = digest(parts(root), index=index)
    index.keep()
    backdated(root / "one.yml")
    assert not read.untouched()
    assert digest(parts(root), index=FileIndex(tmp_path / "notes", root)).key != read.key


def test_what_else_the_key_is_of(root: Path) -> None:
    read = digest(parts(root))
    assert replace(read, stands=lambda: True).untouched()
    assert not replace(read, stands=lambda: False).untouched()


@pytest.mark.usefixtures("later")
def test_what_nobody_touched_is_not_read_again(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = FileIndex(tmp_path / "notes", root)
    first = digest(parts(root), index=index)
    index.keep()
    read = counted(monkeypatch)
    again = FileIndex(tmp_path / "notes", root)
    assert digest(parts(root), index=again) == first
    assert read == []
    (root / "one.yml").write_text("another", "utf-8")
    assert digest(parts(root), index=FileIndex(tmp_path / "notes", root)).key != first.key
    assert read == [str(root / "one.yml")]
    assert again.of(str(root / "photos" / "p.jpg")) == first.contents["data/photos/p.jpg"]
    assert first.below("data/") == {
        name.removeprefix("data/"): content for name, content in first.contents.items() if name != "one"
    }


@pytest.mark.parametrize("system", ["posix", "nt"])
def test_what_was_touched_a_moment_ago_is_read(
    system: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "_IS_TOLD", system != "nt")
    if system == "nt":
        now = time.time_ns
        monkeypatch.setattr(time, "time_ns", lambda: now() + 2 * SETTLED_NS)
    index = FileIndex(tmp_path / "notes", root)
    digest(parts(root), index=index)
    index.keep()
    read = counted(monkeypatch)
    digest(parts(root), index=FileIndex(tmp_path / "notes", root))
    assert len(read) == 6


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("harm", ["cut", "bit", "swapped", "another's", "gone", "a folder"])
def test_a_damaged_note_is_no_note(harm: str, root: Path, tmp_path: Path) -> None:
    index = FileIndex(tmp_path / "notes", root)
    read = digest(parts(root), index=index)
    index.keep()
    note = next((tmp_path / "notes").iterdir())
    content = note.read_bytes()
    for at in range(0, len(content), 7) if harm in ("cut", "bit") else (0,):
        if harm == "another's":
            shutil.copytree(root, tmp_path / "other", dirs_exist_ok=True)
            same_size(tmp_path / "other" / "one.yml")
            foreign = FileIndex(tmp_path / "notes", tmp_path / "other")
            digest(parts(tmp_path / "other"), index=foreign)
            foreign.keep()
            next(path for path in (tmp_path / "notes").iterdir() if path != note).replace(note)
        elif harm in ("gone", "a folder"):
            note.unlink()
            if harm == "a folder":
                note.mkdir()
        else:
            harmed = {"cut": content[:at], "bit": content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :]}
            note.write_bytes(harmed.get(harm, sealed(f"digests of {root}x", {str(root / "one.yml"): ((1,), b"x")})))
        again = FileIndex(tmp_path / "notes", root)
        assert digest(parts(root), index=again) == read
        assert not again._files
        again.keep()


def test_what_killed_runs_left_beside_notes_goes(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    (tmp_path / f".abc.{gone.pid}-1.new").touch()
    keep_note(tmp_path / "note", "whose", {}, 3)
    assert [path.name for path in tmp_path.iterdir()] == ["note"]


def test_a_note_tells_whose_it_is(tmp_path: Path) -> None:
    note = tmp_path / "note"
    note.write_bytes(sealed("one", {"a": (1, b"x")}))
    assert unsealed("one", note) == {"a": (1, b"x")}
    assert unsealed("other", note) is None
    assert unsealed("one", tmp_path / "none") is None
