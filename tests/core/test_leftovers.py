"""What Explorer, Finder, Office, WPS, vim, Emacs and disks on the network leave is nobody's data and nobody's problem, at any
door; what a person may have put there is told."""

import shutil
from pathlib import Path

import pytest

from haitang.checks.links.report import links
from haitang.core.digests import fingerprint
from haitang.core.leftovers import is_leftover
from haitang.editors.excel.layout import stored
from haitang.editors.issues.proposal import find_entry
from haitang.editors.review.compare import compare, differing
from haitang.editors.scaffold import free_id
from haitang.model.messages import words
from haitang.model.paths import entry_files
from haitang.site.build import Builder
from tests.conftest import TODAY, problems_of, spots
from tests.worlds import PROJECT, WORLD, inputs, publish, tree

FILES = (
    "Thumbs.db", "thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "._x.yml", "Icon\r", "~$a.xlsx",
    "~$x.yml",
    ".~lock.a.xlsx#", ".~a.xlsx", "#x.yml#", ".#x.yml", "x.yml~", "x.jpg~", "4913", ".x.yml.swp", ".x.yml.un~", "~WRL0001.tmp",
    "A1B2C3D4.tmp", "x.yml.TMP", ".directory", "x.jpg.crdownload", "x.jpg.part", "x.yml___jb_tmp___", ".goutputstream-AB12",
    ".syncthing.x.yml.tmp", ".nfs0001", "x.jpg.downloading", "x.zip.baiduyun.downloading", "x.jpg.td", "x.jpg.XLTD",
    "x.jpg.qkdownloading", "x.yml.swp", "x.swo", "sedAbC12x", "sed4kq9zT", "x.jpg.td.cfg", "x.jpg.aria2",
)  # fmt: skip
FOLDERS_OF_NOBODY = (
    "__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "lost+found", ".Trashes", "__pycache__",
)  # fmt: skip
PLACES = ("positions", "positions/hecheng", "brands", "routes", "concepts", "photos", "site_src", "map")
# Somebody chose these names, and may want what is in them.
TOLD = (
    "x.yml.bak", "~x.yml", "x (1).yml", "x - 副本.yml", "x.yml.orig", "x.sync-conflict-20260101.yml", "tmp.yml", "part.yml",
    "x.docx", "sedaxiang", "sedAbC12", "sedAbC12x.yml", "download.yml",
)  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WORLD, tmp_path / "world"))


def litter(root: Path) -> None:
    """Every leftover in every place, with what would be data if anybody read it."""
    some = (
        (root / "positions/hecheng/xiao-qu.yml")
        .read_bytes()
        .replace(b"xiao-qu", b"lou-xia")
        .replace("小区".encode(), "楼下".encode())
    )
    picture = next((root / "photos").glob("*.*")).read_bytes()
    for place in PLACES:
        (root / place).mkdir(exist_ok=True)
        for name in FILES:
            (root / place / name).write_bytes(some)
        for name in FOLDERS_OF_NOBODY:
            (root / place / name / "inner").mkdir(parents=True)
            (root / place / name / "lou-xia.yml").write_bytes(some)
            (root / place / name / "inner" / "lou-xia.yml").write_bytes(some)
            (root / place / name / "thumb.jpg").write_bytes(picture)
            (root / place / name / "lou-xia.md").write_text("# 没有人写过的一页\n", "utf-8")


def test_no_door_takes_them_for_data_or_for_a_problem(world: Path, tmp_path: Path) -> None:
    before = Path(shutil.copytree(world, tmp_path / "before"))

    def seen() -> dict[str, object]:
        entries, faults = stored(world)
        return {
            "check": spots(problems_of(world)),
            "entries": sorted(entry_files(world)),
            "links": links(world),
            "excel": ([entry.file for entry in entries], faults),
            "issue": find_entry(world, "lou-xia"),
            "new": free_id(world, "position", "楼下"),
            "fingerprint": fingerprint(PROJECT / "requirements", world, world / "site_src", tmp_path / "none", []).key,
            "review": differing(before, world),
        }

    clean = seen()
    litter(world)
    assert seen() == clean
    assert clean["review"] == frozenset()
    found = compare(before, world, words("zh-CN"), TODAY)
    assert not found.changed
    assert not found.review.entries


def test_the_site_is_the_same_with_them(world: Path, tmp_path: Path) -> None:
    builder = Builder(inputs(world))
    publish(world, tmp_path / "out", builder=builder)
    before = tree(tmp_path / "out/site")
    litter(world)
    publish(world, tmp_path / "out", builder=builder)
    assert tree(tmp_path / "out/site") == before


@pytest.mark.parametrize("place", ["positions/hecheng", "brands", "routes", "concepts"])
def test_what_a_person_may_have_put_there_is_told(world: Path, place: str) -> None:
    for name in TOLD:
        (world / place / name).write_text("id: x\n", "utf-8")
    told = {problem.place.file for problem in problems_of(world)}
    assert {f"{place}/{name}" for name in TOLD} <= told


@pytest.mark.parametrize(
    "name", ["he-cheng.yml", "x.jpg", "part", "tmp", "~x.yml", "x#", "#x", "download.yml", "49130", "index.md"]
)
def test_a_name_that_looks_a_little_like_one_is_none(name: str) -> None:
    assert not is_leftover(name)
