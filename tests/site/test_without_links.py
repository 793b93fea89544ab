"""Where a file system has no links (FAT, exFAT, many network folders) the site is published all the same, old or new."""

import errno
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from haitang.cli import main
from haitang.core import digests
from haitang.core.digests import FileIndex, digest_of
from haitang.kiosk.release.install import install, lay_out, verify
from haitang.site.output_folder import Target
from haitang.site.page import File
from tests import worlds
from tests.kiosk.broken_zips import release
from tests.kiosk.test_release import packed
from tests.site.test_publish import page, put
from tests.worlds import WORLD, tree

ANSWERS = [errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP]  # vfat and hard links; exFAT; network folders


def no_links(patch: pytest.MonkeyPatch, code: int) -> None:
    """As the system answers there: no links of either kind, and no waiting for a folder."""
    sync = os.fsync

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    def synced(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").is_dir():
            raise OSError(errno.EINVAL, "")
        sync(handle)

    patch.setattr(os, "symlink", refuse)
    patch.setattr(os, "link", refuse)
    patch.setattr(os, "fsync", synced)


@pytest.fixture(params=ANSWERS, ids=lambda code: errno.errorcode[code])
def linkless(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    no_links(monkeypatch, request.param)


def edition(out: Path, number: int) -> None:
    put(Target(out, lasting=False), page("index.html", f"<p>{number}</p>"), File("same.txt", b"same"))


@pytest.mark.usefixtures("linkless")
def test_it_is_found_out_by_trying(tmp_path: Path) -> None:
    for number in range(5):
        edition(tmp_path, number)
        target = Target(tmp_path)
        assert f"<p>{number}</p>" in (target.site / "index.html").read_text(encoding="utf-8")
        assert target.is_whole(target.manifest()) and not target.site.is_symlink()
        assert len([entry for entry in target.store.iterdir() if entry.is_dir()]) <= 1


def test_links_that_are_there_stay_and_folders_stay_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition(tmp_path / "a", 1)
    assert (tmp_path / "a/site").is_symlink()
    with monkeypatch.context() as patch:
        no_links(patch, errno.EPERM)
        edition(tmp_path / "b", 1)
        with pytest.raises(OSError):  # a link that cannot be replaced stays what it was
            edition(tmp_path / "a", 2)
    assert "<p>1</p>" in (tmp_path / "a/site/index.html").read_text("utf-8")
    for name in ("a", "b"):
        edition(tmp_path / name, 3)
        assert "<p>3</p>" in (tmp_path / name / "site/index.html").read_text("utf-8")
    assert not (tmp_path / "b/site").is_symlink()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_disk_that_fails_is_not_one_without_links(code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch, pytest.raises(OSError) as failed:
        no_links(patch, code)
        edition(tmp_path, 1)
    assert failed.value.errno == code and not (tmp_path / "site").exists()
    edition(tmp_path, 1)
    assert (tmp_path / "site").is_symlink()


def steps(act: Callable[[], None], at: int, failing: Callable[[], None]) -> bool:
    """Calls `failing` before the change of a name that is the `at`th; whether there were as many."""
    done = [0]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("rename", "replace", "unlink"):
            patch.setattr(os, name, _counted(getattr(os, name), done, at, failing))
        act()
    return done[0] >= at


def _counted(step: Callable[..., Any], done: list[int], at: int, failing: Callable[[], None]) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        done[0] += 1
        if done[0] == at:
            failing()
        return step(*arguments, **named)

    return counted


def fail() -> None:
    raise OSError(errno.EIO, "")


@pytest.mark.parametrize("first", [False, True])
def test_a_rename_that_fails_leaves_the_old_site(first: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_links(monkeypatch, errno.EPERM)
    for at in range(1, 100):
        out = tmp_path / str(at)
        if not first:
            edition(out, 1)
        try:
            there = steps(lambda out=out: edition(out, 2), at, fail)  # type: ignore[misc]
        except OSError:
            there = True
        found = (out / "site/index.html").read_text("utf-8") if (out / "site").exists() else None
        assert (found is None and first) or (found and ("<p>1</p>" in found or "<p>2</p>" in found)), at
        edition(out, 3)
        assert "<p>3</p>" in (out / "site/index.html").read_text("utf-8")
        if not there:
            break
    assert at > 5


def test_whenever_it_is_killed_the_next_build_finds_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_links(monkeypatch, errno.EPERM)
    gaps = 0
    for at in range(1, 100):
        out = tmp_path / str(at)
        edition(out, 1)
        child = os.fork()
        if child == 0:
            steps(lambda out=out: edition(out, 2), at, lambda: os.kill(os.getpid(), signal.SIGKILL))  # type: ignore[misc]
            os._exit(0)
        was_killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        gaps += not (out / "site").exists()
        target = Target(out)
        with target.locked(lambda: None):
            target.prepare()
        assert set(tree(target.site)) == {"index.html", "same.txt"}
        edition(out, 3)
        assert "<p>3</p>" in (out / "site/index.html").read_text("utf-8")
        if not was_killed:
            break
    assert gaps == 1  # the one between the two renames, and no other
    assert at > 5


def test_a_rebuild_there_is_what_a_clean_build_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is as it was is copied where it cannot be linked, and only that."""
    root = Path(shutil.copytree(WORLD, tmp_path / "root"))
    with monkeypatch.context() as patch:
        no_links(patch, errno.EPERM)
        worlds.publish(root, tmp_path / "out")
        brand = root / "brands/he-hua.yml"
        brand.write_text(brand.read_text("utf-8") + "\n# 看过\n", "utf-8")
        again = worlds.publish(root, tmp_path / "out")
        assert (again.written, again.switched) == (0, False)
        brand.write_text(brand.read_text("utf-8").replace("name: ", "name: 新", 1), "utf-8")
        changed = worlds.publish(root, tmp_path / "out")
    assert changed.switched and 0 < changed.written < changed.files
    worlds.publish(root, tmp_path / "clean")
    assert tree(tmp_path / "out/site") == tree(tmp_path / "clean/site")


def test_damage_within_the_same_two_seconds_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_links(monkeypatch, errno.EPERM)
    root = Path(shutil.copytree(WORLD, tmp_path / "root"))
    worlds.publish(root, tmp_path / "out")
    right = tree(tmp_path / "out/site")
    spoilt = next(path for path in sorted((tmp_path / "out/site/positions").rglob("*.html")))
    facts = spoilt.stat()
    spoilt.write_bytes(b"x" * facts.st_size)
    os.utime(spoilt, ns=(facts.st_mtime_ns, facts.st_mtime_ns))
    (root / "directory.yml").write_text((root / "directory.yml").read_text("utf-8") + "\n# x\n", "utf-8")
    worlds.publish(root, tmp_path / "out")
    assert tree(tmp_path / "out/site") == right


def test_times_of_two_seconds_hide_no_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAT tells of a file's times no more than every second one; an editor that saves twice in those is seen."""
    told = digests._told

    def coarse(found: os.stat_result) -> bytes:
        number, mode, size, written, _ = digests._FACTS.unpack(told(found))
        second = written // 2_000_000_000 * 2_000_000_000
        return digests._FACTS.pack(number, mode, size, second, second)

    monkeypatch.setattr(digests, "_told", coarse)
    (tmp_path / "a").mkdir()
    seen = set[str]()
    for text in ("one", "two", "six"):
        with (tmp_path / "a/x.yml").open("r+" if seen else "w") as stream:
            stream.write(text)  # in place, as long as before
        index = FileIndex(tmp_path / "notes", tmp_path)
        seen.add(digest_of([("a", tmp_path / "a")], index=index))
        index.keep()
    assert len(seen) == 3


@pytest.mark.usefixtures("linkless")
def test_a_kiosk_needs_no_links(tmp_path: Path) -> None:
    for day in ("2026-11-21", "2026-11-22", "2026-11-23"):
        made = release(day)
        lay_out(made, tmp_path / "built")
        install(packed(tmp_path, made), tmp_path / "hall")
        assert verify(tmp_path / "built").id == verify(tmp_path / "hall").id == made.id


def test_data_changes_together_there_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_links(monkeypatch, errno.EPERM)
    root = Path(shutil.copytree(WORLD, tmp_path / "root"))
    assert main.main(["format", "--root", str(root)]) == 0
    files = sorted((root / "positions").rglob("*.yml"))
    texts = [path.read_text("utf-8") for path in files]
    for path, text in zip(files, texts, strict=True):
        path.write_text(text.replace("name: ", "name:   ", 1), "utf-8")
    assert main.main(["format", "--root", str(root)]) == 0
    assert [path.read_text("utf-8") for path in files] == texts


# The real thing, as far as this machine has it: the program that makes it, and the one that mounts it.
REAL = (("mkfs.vfat", ["mount", "-t", "vfat"]), ("mkfs.exfat", ["mount.exfat-fuse"]))


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A file system without links of its own, of 128 MB, in a file: the first of REAL that can be had."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    device = next(filter(None, (_mount(make, mount, tmp_path / make, folder) for make, mount in REAL)), "")
    if not device:
        pytest.fail("needs dosfstools or exfat-fuse, and the right to mount what they make")
    yield folder
    subprocess.run(["umount", folder], check=True)
    subprocess.run(["losetup", "-d", device], check=False)


def _mount(make: str, mount: list[str], image: Path, folder: Path) -> str:
    """The loop device that is mounted now, empty where this cannot be done here."""
    with image.open("wb") as stream:
        stream.truncate(128 << 20)
    if shutil.which(make) is None or subprocess.run([make, image], capture_output=True, check=False).returncode:
        return ""
    found = subprocess.run(["losetup", "-f", "--show", image], capture_output=True, text=True, check=False)
    device = found.stdout.strip()
    if device and subprocess.run([*mount, device, folder], capture_output=True, check=False).returncode:
        subprocess.run(["losetup", "-d", device], check=False)
        return ""
    return device


@pytest.mark.long
def test_a_real_file_system_without_links(mounted: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(WORLD, mounted / "root"))
    for number in range(3):
        brand = root / "brands/he-hua.yml"
        brand.write_text(brand.read_text("utf-8") + f"\n# {number}\n", "utf-8")
        if number == 2:
            brand.write_text(brand.read_text("utf-8").replace("name: ", "name: 新", 1), "utf-8")
        assert main.main(["site", "--root", str(root), "--out", str(mounted / "out")]) == 0
    assert not (mounted / "out/site").is_symlink()
    assert main.main(["site", "--root", str(root), "--out", str(tmp_path / "clean")]) == 0
    assert tree(mounted / "out/site") == tree(tmp_path / "clean/site")
    for act in (["format", "--root", str(root)], ["kiosk", "--root", str(root), "--out", str(mounted / "out")]):
        assert main.main(act) == 0
    parcel = next((mounted / "out/kiosk").glob("*.zip"))
    assert main.main(["kiosk", "install", str(parcel), str(mounted / "hall")]) == 0
    assert verify(mounted / "hall").id == verify(parcel.with_suffix("")).id
