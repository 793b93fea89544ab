"""A kiosk's folder is always a whole kiosk: whatever is brought, whatever breaks, whoever is killed when."""

import errno
import json
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from haitang.cli import main
from haitang.core import atomic_files
from haitang.core.atomic_files import NoRoom
from haitang.kiosk.release.install import install, lay_out, pack, rollback, sign, verify
from haitang.kiosk.release.installation import HallFolder
from haitang.kiosk.release.manifest import (
    Manifest,
    Refused,
    Release,
    first_twin,
    is_safe,
    manifest_json,
    read_manifest,
    read_pointer,
    release_id,
)
from haitang.model.messages import words
from tests.kiosk.broken_zips import SECRET, STRANGER, broken_zips, entries, needs_key, release, zip_of
from tests.site.kills import killed
from tests.worlds import PROJECT, tree

KILLS = [20, pytest.param(100, marks=pytest.mark.long)]
DAYS = ("2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24")
RELEASES = {day: release(day) for day in DAYS}


def packed(folder: Path, made: Release, *, signed: bool = False) -> Path:
    """The zip of a release, as the build makes it."""
    path = folder / f"{made.id}.zip"
    lay_out(made, folder / f"hall-{made.id}")
    pack(folder / f"hall-{made.id}", path)
    if signed:
        sign(path, SECRET)
    return path


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A signed zip a day."""
    folder = tmp_path_factory.mktemp("zips")
    return {day: packed(folder, made, signed=True) for day, made in RELEASES.items()}


@pytest.fixture
def dest(tmp_path: Path, zips: dict[str, Path]) -> Path:
    """A kiosk that has had two releases and shows the second."""
    folder = tmp_path / "一体机 #1 50%"
    install(zips[DAYS[0]], folder)
    install(zips[DAYS[1]], folder)
    return folder


def shown(dest: Path) -> Manifest:
    """What a kiosk shows; a whole release, and the files beside it are those of a whole one."""
    manifest = verify(dest)
    pointer = read_pointer((dest / "current.js").read_bytes())
    assert manifest.id == pointer.id
    assert all(HallFolder(dest).whole(own_id) for own_id in pointer.previous)
    return manifest


def bytes_of(dest: Path) -> dict[str, bytes]:
    """All but what only this program reads."""
    return {path: data for path, data in tree(dest).items() if not path.startswith(".")} if dest.exists() else {}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_release_is_laid_out_as_agreed(tmp_path: Path) -> None:
    made = RELEASES[DAYS[3]]
    assert lay_out(made, tmp_path / "hall").changed
    there = bytes_of(tmp_path / "hall")
    base = f"releases/{made.id}/"
    roots = {"index.html", "plain.html", "embed.html", "embed-sample.html"}
    kept = {f"{base}root/{name}" for name in roots - {"embed.html"}}  # embed.html is app.html, kept once
    files = {base + name for name in ("app.html", "manifest.js", "manifest.json", "parts/photo-0.js", "parts/photo-1.js")}
    assert set(there) == roots | kept | files | {"current.js", "releases/newest.js"}
    assert there["releases/newest.js"] == there["current.js"]
    assert there["current.js"] == f'HAITANG_CURRENT({{"id":"{made.id}","previous":[]}});\n'.encode()
    told = json.loads(there[base + "manifest.json"])
    assert (told["format"], told["launcher"], told["hall"], told["title"]) == (1, 1, "kiosk", "样例展厅")
    assert told["files"]["app.html"][1] == len(made.files["app.html"])
    assert not lay_out(made, tmp_path / "hall").changed
    assert bytes_of(tmp_path / "hall") == there


def test_the_zip_is_the_folder_and_always_the_same_bytes(tmp_path: Path) -> None:
    made = RELEASES[DAYS[3]]
    hall = tmp_path / "hall"
    lay_out(RELEASES[DAYS[2]], hall)
    lay_out(made, hall)
    pack(hall, tmp_path / "one.zip")
    time.sleep(0.01)
    pack(hall, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    files = entries((tmp_path / "one.zip").read_bytes())
    assert list(files) == sorted(files)
    assert all(name.isascii() for name in files)
    there = {name: data for name, data in bytes_of(hall).items() if RELEASES[DAYS[2]].id not in name}
    pointer = f'HAITANG_CURRENT({{"id":"{made.id}","previous":[]}});\n'.encode()  # only the newest is in it
    there |= {"current.js": pointer, "releases/newest.js": pointer}
    assert files == there
    assert names(tmp_path) == {"hall", "one.zip", "two.zip"}


def test_the_id_is_the_day_and_what_is_in_it() -> None:
    one, other = release(salt="x"), release(salt="y")
    assert one.id == release(salt="x").id != other.id
    assert one.id.startswith("20261124-")
    assert release_id("", {"a": 1}).startswith("00000000-")
    assert release_id("2026-11-24", {"id": "x", "a": 1, "b": 2}) == release_id("2026-11-24", {"a": 1, "b": 2})


def test_installing_keeps_the_last_three(tmp_path: Path, zips: dict[str, Path]) -> None:
    dest = tmp_path / "new" / "kiosk"
    for number, day in enumerate(DAYS):
        outcome = install(zips[day], dest)
        assert outcome.changed
        assert shown(dest).id == outcome.manifest.id == RELEASES[day].id
        previous = [RELEASES[earlier].id for earlier in reversed(DAYS[max(0, number - 2) : number])]
        assert list(read_pointer((dest / "current.js").read_bytes()).previous) == previous
        assert names(dest / "releases") == {RELEASES[day].id, *previous, "newest.js"}
        assert (dest / "plain.html").read_bytes() == RELEASES[day].root["plain.html"]


def test_what_is_shown_is_not_installed_again(dest: Path, zips: dict[str, Path]) -> None:
    before = {path: path.stat().st_mtime_ns for path in dest.rglob("*.*") if path.is_file()}
    outcome = install(zips[DAYS[1]], dest)
    assert not outcome.changed
    assert {path: path.stat().st_mtime_ns for path in dest.rglob("*.*") if path.is_file()} == before


def test_the_launcher_is_written_only_when_it_changed(dest: Path, zips: dict[str, Path]) -> None:
    before = (dest / "index.html").stat()
    install(zips[DAYS[2]], dest)
    after = (dest / "index.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_installing_again_mends_what_was_spoilt(dest: Path, zips: dict[str, Path]) -> None:
    whole = bytes_of(dest)
    base = f"releases/{RELEASES[DAYS[1]].id}"
    for name in ("app.html", "manifest.json", "parts/photo-0.js", "root/plain.html"):
        (dest / base / name).write_bytes(b"x")
        with pytest.raises(Refused, match="spoilt"):
            verify(dest)
        assert install(zips[DAYS[1]], dest).changed
        assert bytes_of(dest) == whole
    shutil.rmtree(dest / base / "parts")
    (dest / "index.html").unlink()
    assert install(zips[DAYS[1]], dest).changed
    assert bytes_of(dest) == whole
    (dest / "current.js").write_bytes(b"\0" * 70)
    install(zips[DAYS[1]], dest)
    assert bytes_of(dest) == whole


def test_rollback_goes_back_one_whole_release_at_a_time(dest: Path, zips: dict[str, Path]) -> None:
    install(zips[DAYS[2]], dest)
    assert rollback(dest).id == RELEASES[DAYS[1]].id == shown(dest).id
    assert (dest / "plain.html").read_bytes() == RELEASES[DAYS[1]].root["plain.html"]
    assert rollback(dest).id == RELEASES[DAYS[0]].id == shown(dest).id
    before = bytes_of(dest)
    with pytest.raises(Refused, match="nothing-older"):
        rollback(dest)
    assert bytes_of(dest) == before
    assert install(zips[DAYS[3]], dest).changed  # and forward again
    assert read_pointer((dest / "current.js").read_bytes()).previous == (RELEASES[DAYS[0]].id,)


def test_rollback_passes_over_a_spoilt_release(dest: Path, zips: dict[str, Path]) -> None:
    install(zips[DAYS[2]], dest)
    path = dest / "releases" / RELEASES[DAYS[1]].id / "parts" / "photo-0.js"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert rollback(dest).id == RELEASES[DAYS[0]].id == shown(dest).id


def test_rollback_finds_its_way_without_a_pointer(dest: Path) -> None:
    (dest / "current.js").write_bytes(b"")
    assert rollback(dest).id == RELEASES[DAYS[1]].id == shown(dest).id


def test_nothing_to_go_back_in(tmp_path: Path) -> None:
    for act in (rollback, verify):
        with pytest.raises(Refused, match="no-kiosk"):
            act(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_stays(dest: Path, zips: dict[str, Path]) -> None:
    mine = (
        "note.txt",
        "releases/readme.txt",
        "releases/20200101-0123456789ab/own.txt",
        "releases/old/app.html",
        ".new/own.txt",
    )
    for name in (*mine, f"releases/{RELEASES[DAYS[0]].id}/note.txt"):
        (dest / name).parent.mkdir(parents=True, exist_ok=True)
        (dest / name).write_text("mine", encoding="utf-8")
    for day in (DAYS[2], DAYS[3]):
        install(zips[day], dest)
    assert [name for name in mine if not (dest / name).is_file()] == []
    assert [path.name for path in dest.rglob("note.txt")] == ["note.txt", "note.txt"]
    shown(dest)


@pytest.mark.parametrize("name", ["index.html", "plain.html", "current.js"])
def test_somebodys_own_folder_is_left_alone(name: str, tmp_path: Path, zips: dict[str, Path]) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="not-ours"):
        install(zips[DAYS[0]], tmp_path)
    assert bytes_of(tmp_path) == {name: b"mine"}


def test_a_release_of_another_hall_or_with_a_known_number_is_refused(dest: Path, tmp_path: Path) -> None:
    before = bytes_of(dest)
    made = RELEASES[DAYS[1]]
    twin = Release(made.id, made.hall, "别的名字", made.built, made.files, made.root)
    for other, code in ((release(hall="lujia"), "other-hall"), (twin, "same-id")):
        with pytest.raises(Refused, match=code):
            install(packed(tmp_path, other), dest)
        assert bytes_of(dest) == before


def test_a_full_disk_is_told_before_anything_is_written(
    dest: Path, zips: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_of(dest)
    size = read_manifest(manifest_json(RELEASES[DAYS[2]])).size
    free = [size + (64 << 20) - 1]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1 << 40, 0, free[0]))
    with pytest.raises(NoRoom):
        install(zips[DAYS[2]], dest)
    assert bytes_of(dest) == before
    free[0] += 1
    assert install(zips[DAYS[2]], dest).changed


# Keys.


def test_the_first_key_stays_and_decides(tmp_path: Path, zips: dict[str, Path]) -> None:
    dest = tmp_path / "kiosk"
    plain = packed(tmp_path, RELEASES[DAYS[2]])
    with pytest.raises(Refused, match="unsigned"):
        install(plain, dest, SECRET.public)
    with pytest.raises(Refused, match="wrong-signature"):
        install(zips[DAYS[0]], dest, STRANGER.public)
    assert not dest.exists()
    install(zips[DAYS[0]], dest, SECRET.public)
    assert (dest / "kiosk.pub").read_bytes() == SECRET.public.text()
    assert install(zips[DAYS[1]], dest).changed
    before = bytes_of(dest)
    for path, key, code in ((plain, None, "unsigned"), (zips[DAYS[3]], STRANGER.public, "other-key")):
        with pytest.raises(Refused, match=code):
            install(path, dest, key)
        assert bytes_of(dest) == before
    (dest / "kiosk.pub").write_bytes(b"")
    with pytest.raises(Refused, match="spoilt-key"):  # a door without a lock is not an open door
        install(zips[DAYS[3]], dest)


def test_a_folder_is_signed_as_its_zip_is(tmp_path: Path) -> None:
    made = RELEASES[DAYS[3]]
    path = packed(tmp_path, made)
    hall = tmp_path / f"hall-{made.id}"
    assert sign(hall, SECRET).id == sign(path, SECRET).id == made.id
    pack(hall, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()
    assert not lay_out(made, hall).changed  # building again leaves the signature
    pack(hall, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()


def test_what_is_broken_is_not_signed(dest: Path, tmp_path: Path) -> None:
    (dest / "releases" / RELEASES[DAYS[1]].id / "app.html").write_bytes(b"x")
    with pytest.raises(Refused, match="spoilt"):
        sign(dest, SECRET)
    (tmp_path / "x.zip").write_bytes(b"x")
    with pytest.raises(Refused, match="not-a-zip"):
        sign(tmp_path / "x.zip", SECRET)


def test_a_signature_may_come_later(dest: Path, tmp_path: Path) -> None:
    plain = packed(tmp_path, RELEASES[DAYS[2]])
    install(plain, dest)
    sign(plain, SECRET)
    assert not install(plain, dest, SECRET.public).changed
    pack(dest, tmp_path / "out.zip")
    assert (tmp_path / "out.zip").read_bytes() == plain.read_bytes()


# Broken zips.

BROKEN_KINDS = 60


def test_every_broken_zip_is_refused_for_its_reason(dest: Path, tmp_path: Path, zips: dict[str, Path]) -> None:
    good = zips[DAYS[3]].read_bytes()
    (dest / "kiosk.pub").write_bytes(SECRET.public.text())
    before, outside = tree(dest), set(tmp_path.iterdir())
    wrong, kinds = {}, set()
    bad = tmp_path / "bad.zip"
    for name, code, data in broken_zips(good):
        kinds.add(name)
        bad.write_bytes(data)
        try:
            install(bad, dest)
            wrong[name] = "was taken"
        except Refused as refused:
            if refused.code != code:
                wrong[name] = f"{refused} instead of {code}"
        assert tree(dest) == before, name
        assert set(tmp_path.iterdir()) == outside | {bad}, name
    assert wrong == {}
    assert len(kinds) >= BROKEN_KINDS
    assert install(zips[DAYS[3]], dest).changed  # the good one the broken ones were made of


def test_without_a_key_all_but_signatures_is_refused_too(dest: Path, tmp_path: Path, zips: dict[str, Path]) -> None:
    bad = tmp_path / "bad.zip"
    before = bytes_of(dest)
    for name, code, data in broken_zips(zips[DAYS[3]].read_bytes()):
        bad.write_bytes(data)
        if not needs_key(name):
            with pytest.raises(Refused) as refused:
                install(bad, dest)
            assert (name, refused.value.code) == (name, code)
            assert bytes_of(dest) == before


def test_any_flipped_bit_is_seen(dest: Path, tmp_path: Path, zips: dict[str, Path]) -> None:
    """At random places of the whole zip: what gets in is byte for byte the good release."""
    good, before = zips[DAYS[3]].read_bytes(), bytes_of(dest)
    chance = random.Random(5)
    bad = tmp_path / "bad.zip"
    refused = 0
    for _ in range(300):
        data = bytearray(good)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        bad.write_bytes(data)
        try:
            install(bad, dest)
        except Refused:
            refused += 1
            assert bytes_of(dest) == before
        else:  # a bit nobody reads, a file's time say
            manifest = shown(dest)
            assert manifest.raw == manifest_json(RELEASES[DAYS[3]])
            rollback(dest)
            assert shown(dest).id == RELEASES[DAYS[1]].id
            before = bytes_of(dest)
    assert refused > 200


def test_millions_of_names_are_not_even_read(dest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(zip_of({f"{number}.js": b"" for number in range(30_000)}))
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(Refused, match="too-many"):
        install(bad, dest)


def test_a_stick_that_is_pulled_out(dest: Path, zips: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of(dest)
    reads = [0]
    read = zipfile.ZipExtFile.read

    def pulled(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        reads[0] += 1
        if reads[0] > limit:
            raise OSError(errno.EIO, "Input/output error")
        return read(self, n)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", pulled)
    limit = 0
    while True:
        reads[0] = 0
        try:
            install(zips[DAYS[2]], dest)
            break
        except Refused as refused:
            assert refused.code == "unreadable"
            assert bytes_of(dest) == before or shown(dest).id == RELEASES[DAYS[1]].id
        limit += 1
    assert limit > 20
    assert shown(dest).id == RELEASES[DAYS[2]].id


@pytest.mark.parametrize(
    "name", ["..", "a/../b", "/a", "C:", "a\\b", "nul", "NUL.txt", "com1.js", "a.", "a ", "-/.x", "", "a//b", "é", "x" * 201]
)
def test_unsafe_names(name: str) -> None:
    assert not is_safe(name)


def test_safe_names_and_twins() -> None:
    assert all(is_safe(name) for name in ("index.html", "releases/20261124-0123456789ab/parts/photo-1.js", "console.js"))
    assert first_twin(["a/b", "a/c", "ab"]) is None
    assert first_twin(["a/b", "A/B"]) == "A/B"
    assert first_twin(["a/b", "a"]) == "a"
    assert first_twin(["a", "a/b"]) == "a/b"


# Broken disks and killed installations.


def operations(monkeypatch: pytest.MonkeyPatch, step: Callable[[], None]) -> None:
    """Calls `step` before everything that asks something of the disk."""

    def watched(act: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            step()
            return act(*arguments, **named)

        return wrapped

    for name in ("open", "replace", "rename", "mkdir", "unlink", "rmdir"):
        monkeypatch.setattr(Path, name, watched(getattr(Path, name)))
    monkeypatch.setattr(os, "fsync", watched(os.fsync))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_whatever_fails_the_kiosk_stays_whole(code: int, dest: Path, tmp_path: Path, zips: dict[str, Path]) -> None:
    old, new = RELEASES[DAYS[1]].id, RELEASES[DAYS[2]].id
    seen = set()
    for failing in range(10_000):
        trial = tmp_path / "trial"
        shutil.copytree(dest, trial)
        done = [0]

        def step(done: list[int] = done, failing: int = failing) -> None:
            done[0] += 1
            if done[0] == failing + 1:
                raise OSError(code, os.strerror(code))

        with pytest.MonkeyPatch.context() as patch:
            operations(patch, step)
            try:
                install(zips[DAYS[2]], trial)
                outcome = "done"
            except Refused as refused:
                outcome = refused.code
            except OSError as error:
                assert error.errno == code
                outcome = "told"
        seen.add((outcome, shown(trial).id))
        assert shown(trial).id in (old, new)
        install(zips[DAYS[2]], trial)
        assert shown(trial).id == new
        assert [path for path in trial.rglob("*") if path.suffix in (".tmp", ".old") or path.name == ".new"] == []
        shutil.rmtree(trial)
        if done[0] <= failing:
            break
    assert failing > 60
    assert {("told", old), ("done", new)} <= seen
    assert {outcome for outcome, _ in seen} <= {"told", "done", "unreadable"}


def test_a_held_file_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows, where a player or a scanner has the file open for a moment."""
    replace = Path.replace
    tries: list[int] = []

    def held(self: Path, target: Path) -> Path:
        tries.append(1)
        if len(tries) < 4:
            raise PermissionError(errno.EACCES, "used by another process")
        return replace(self, target)

    (tmp_path / "a").write_bytes(b"new")
    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(atomic_files, "_PAUSE", 0)
    monkeypatch.setattr(atomic_files, "_WINDOWS", True)
    atomic_files.replace(tmp_path / "a", tmp_path / "b")
    assert ((tmp_path / "b").read_bytes(), len(tries)) == (b"new", 4)


def times(zips: dict[str, Path], folder: Path) -> float:
    """About how long an installation takes here and now."""
    started = time.perf_counter()
    for day in DAYS:
        assert main.main(["kiosk", "install", str(zips[day]), str(folder)]) == 0
    return (time.perf_counter() - started) / len(DAYS)


@pytest.mark.parametrize("most", KILLS)
def test_many_kills(most: int, tmp_path: Path, zips: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    dest, chance = tmp_path / "kiosk", random.Random(7)
    long = times(zips, tmp_path / "warm")
    install(zips[DAYS[0]], dest)
    kills, turn, ends = 0, 0, set()
    while kills < most:
        turn += 1
        old, new = RELEASES[DAYS[(turn - 1) % 4]].id, RELEASES[DAYS[turn % 4]].id
        kills += killed(["kiosk", "install", str(zips[DAYS[turn % 4]]), str(dest)], chance.uniform(0, 1.2 * long))
        now = shown(dest).id
        assert now in (old, new)
        ends.add(now == new)
        install(zips[DAYS[turn % 4]], dest)
        assert shown(dest).id == new
        assert HallFolder(dest).has_roots(verify(dest))
        assert len(names(dest / "releases") - {"newest.js"}) <= 3
    assert False in ends


def steps_of(act: Callable[[], object]) -> int:
    count = [0]

    def step() -> None:
        count[0] += 1

    with pytest.MonkeyPatch.context() as patch:
        operations(patch, step)
        act()
    return count[0]


class _Killed(BaseException):
    """Nobody catches it: as if the process were gone."""


@pytest.mark.parametrize("command", ["install", "rollback"])
def test_killed_before_every_single_step(command: str, dest: Path, tmp_path: Path, zips: dict[str, Path]) -> None:
    """What chance may miss: a process that ends before each thing it asks of the disk, one after the other."""

    def act(folder: Path) -> object:
        return install(zips[DAYS[2]], folder) if command == "install" else rollback(folder)

    trial = tmp_path / "trial"
    shutil.copytree(dest, trial)
    total = steps_of(lambda: act(trial))
    shutil.rmtree(trial)
    ends = []
    for last in range(total):
        shutil.copytree(dest, trial)
        left = iter(range(last))

        def step(left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise _Killed

        with pytest.MonkeyPatch.context() as patch:
            operations(patch, step)
            with pytest.raises(_Killed):
                act(trial)
        ends.append(shown(trial).id)
        install(zips[DAYS[2]], trial)
        assert shown(trial).id == RELEASES[DAYS[2]].id
        shutil.rmtree(trial)
    switched = [own_id != RELEASES[DAYS[1]].id for own_id in ends]
    assert switched == sorted(switched)  # one moment, never back
    assert len(set(ends)) == 2


def test_two_installations_do_not_meet(dest: Path, tmp_path: Path, zips: dict[str, Path]) -> None:
    """The second waits until the first lets go, and says so."""
    command = [sys.executable, "-c", "import sys; from haitang.cli import main; sys.exit(main.main(sys.argv[1:]))"]
    command += ["kiosk", "install", str(zips[DAYS[2]]), str(dest)]
    with HallFolder(dest).held(lambda: None):
        second = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        assert second.stderr is not None
        assert second.stderr.readline().strip() == words("zh-CN").sentence("kiosk", "waiting")
        assert shown(dest).id == RELEASES[DAYS[1]].id
    second.communicate()
    assert second.returncode == 0
    assert shown(dest).id == RELEASES[DAYS[2]].id
