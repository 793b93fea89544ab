"""An output folder that others use too: who removes it under a build, who builds another directory into it."""

import random
import shutil
from pathlib import Path

import pytest

from haitang.model import messages
from haitang.site import output_folder
from haitang.site.output_folder import Target
from tests.clockwork import CLOCKWORK
from tests.site.racing_edits import World
from tests.worlds import tree


def built(world: World) -> int:
    """The exit code of a build, as the command line gives it."""
    try:
        return world.build("site")
    except OSError:
        return 3


@pytest.mark.parametrize("count", [8, pytest.param(400, marks=pytest.mark.long)])
def test_removed_under_a_build(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole or not at all, whenever `rm -rf out` falls into it; and the next build is as ever."""
    monkeypatch.setattr(messages, "_FOLDER", messages._FOLDER)
    world, chance = World(tmp_path), random.Random(19)
    assert world.build("site") == 0
    out, codes = tmp_path / "site", set[int]()
    whole = tree(out / "site")
    for number in range(count):
        if number % 2:
            shutil.rmtree(out)
        with CLOCKWORK.during([("", chance.randint(400, 2_400), lambda: shutil.rmtree(out))]):
            (tmp_path / "root" / "site_src" / "about.md").touch()
            codes.add(code := built(world))
        assert code in (0, 3)
        assert not (out / "site").exists() or tree(out / "site") == whole
        assert built(world) == 0
        assert tree(out / "site") == whole
        assert len(list((out / ".site").glob("*.new"))) == 0
    assert codes == {0, 3}
    shutil.rmtree(out)
    part_has_gone(world, monkeypatch)


def part_has_gone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """`rm -rf` was not through with the folder when the build wrote on into it."""
    switch = Target.switch

    def spoilt(self: Target, folder: Path, *rest: object) -> None:
        (folder / "about.html").unlink()
        switch(self, folder, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(output_folder.Target, "switch", spoilt)
        assert built(world) == 3
    assert not (world.base / "site" / "site").exists()


def test_two_roots_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One folder, two directories with the same names of pages: each build shows its own, whatever generation lies there."""
    monkeypatch.setattr(messages, "_FOLDER", messages._FOLDER)
    world, right = World(tmp_path), list[dict[str, bytes]]()
    page = tmp_path / shutil.copytree(tmp_path / "root", tmp_path / "other") / "positions" / "hecheng" / "he-cheng.yml"
    page.write_text(page.read_text("utf-8").replace("禾城之家", "禾城人家"), "utf-8")
    for root in ("root", "other"):
        assert world.build("site", f"out-{root}", root) == 0
        right.append(tree(tmp_path / f"out-{root}" / "site"))
    assert right[0] != right[1]
    chance = random.Random(19)
    for turn in (0, 1, 0, 0, 1, 1, *(chance.randrange(2) for _ in range(4))):
        assert world.build("site", "shared", ("root", "other")[turn]) == 0
        assert tree(tmp_path / "shared" / "site") == right[turn]
