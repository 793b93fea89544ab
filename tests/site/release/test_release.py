"""data/v1 as it is published: right by everybody's readers, complete, the same each time, and changed by nothing else."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from haitang.checks.load import load
from haitang.site.build import Builder
from haitang.site.exports.release.collections import cell, value_of
from haitang.site.exports.release.v1 import Field
from haitang.site.output_folder import Target
from tests.conftest import Shared
from tests.data.history_world import git
from tests.hostile.world import begin
from tests.site.release import judge
from tests.site.release.test_types import told_of
from tests.worlds import PROJECT, WORLD, inputs, publish, tree

DAY = "1577923200"  # 2020-01-02


def release(out: Path) -> Path:
    return Target(out).site / "data" / "v1"


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before | after if before.get(path) != after.get(path)}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    return Path(shutil.copytree(WORLD, tmp_path / "root"))


@pytest.fixture(scope="module")
def golden(shared: Shared) -> Path:
    return release(shared("golden-release", lambda folder: publish(WORLD, folder)))


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_the_golden_world_is_right(golden: Path) -> None:
    assert judge.faults(golden)[:20] == []


@pytest.mark.live
def test_the_real_directory_is_right(tmp_path: Path) -> None:
    publish(PROJECT, tmp_path, today=date.today())
    folder = release(tmp_path)
    assert judge.faults(folder)[:20] == []
    directory = load(PROJECT, today=date.today())
    told = json.loads((folder / "directory.json").read_bytes())
    assert len(told["positions"]) == len(directory.positions) and len(told["brands"]) == len(directory.brands)
    assert len(told["routes"]) == len(directory.routes) and len(told["chapters"]) == len(directory.chapters)


def texts_in(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from texts_in(part)


def leaves(node: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every value of a file with the path of its field."""
    if isinstance(node, dict):
        for name, part in node.items():
            yield from leaves(part, f"{path}.{name}")
    elif isinstance(node, list):
        for part in node:
            yield from leaves(part, path)
    else:
        yield path, str(node)


def test_whatever_an_entry_says_is_in_the_release(tmp_path: Path) -> None:
    """A directory in which every field is filled: each value stands in directory.json, but those that are withheld."""
    world = begin(tmp_path / "data", "普通的字")
    publish(world.root, tmp_path / "out")
    folder = release(tmp_path / "out")
    assert judge.faults(folder)[:20] == []
    said = [*texts_in(told := json.loads((folder / "directory.json").read_bytes()))]
    spoken = {*said, *map(str, numbers_in(told))}
    kinds = {"positions": "position", "brands": "brand", "routes": "route", "concepts": "chapter", "directory.yml": "settings"}
    for file, content in world.trees.items():
        kind = kinds[file.partition("/")[0]]
        for path, value in leaves(content, kind):
            if not told_of(path) and not re.search(r"photo|\.qr$|closed_on_holidays|holidays\.(off|worked)", path):
                assert value.strip() in spoken, path
    assert {"closed_on_holidays", "photos"} <= told["positions"][0].keys()


def numbers_in(node: Any) -> Iterator[float]:
    if isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from numbers_in(part)
    elif isinstance(node, int | float):
        yield node


def test_a_position_is_told_with_ids_and_labels_and_addresses(golden: Path) -> None:
    told = json.loads((golden / "positions" / "he-cheng.json").read_bytes())
    assert (told["version"], told["licence"], told["date"]) == ("v1", "CC-BY-4.0", told["date"])
    position = told["position"]
    assert position["tier"] == "centre" and position["tier_name"] == "中心"
    assert position["page"] == "https://example.org/yangli/positions/he-cheng.html"
    assert told["schema"] == "https://example.org/yangli/data/v1/schema/position.json"
    for collection in (golden / "directory.json", golden / "positions.geojson"):
        assert json.dumps(position, ensure_ascii=False, separators=(",", ":")) in collection.read_text("utf-8")


def without_address(root: Path, more: str = "") -> None:
    """Nobody says where it is published."""
    settings = root / "directory.yml"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if not line.startswith("base_url:")) + more, "utf-8")


def test_two_builds_are_the_same(world: Path, tmp_path: Path) -> None:
    without_address(world)
    publish(world, tmp_path / "one")
    publish(world, tmp_path / "two", builder=Builder(inputs(world)))
    one, two = (tree(release(tmp_path / each)) for each in ("one", "two"))
    assert one["SHA256SUMS"] == two["SHA256SUMS"] and one == two
    told = json.loads(one["positions/he-cheng.json"])
    assert (told["position"]["page"], told["schema"]) == ("positions/he-cheng.html", "data/v1/schema/position.json")


def test_a_changed_position_changes_its_own_files_and_the_collections(world: Path, tmp_path: Path) -> None:
    builder = Builder(inputs(world))
    publish(world, tmp_path / "out", builder=builder)
    before = tree(release(tmp_path / "out"))
    add(world / "positions" / "qingshan" / "qing-shan.yml", "phone: 0512-00000009\n")
    publish(world, tmp_path / "out", builder=builder)
    after = tree(release(tmp_path / "out"))
    tiers = {path for path in after if path.startswith("tiers/") and b'"id":"qing-shan"' in after[path]}
    needs = {path for path in after if path.startswith("needs/") and b'"id":"qing-shan"' in after[path]}
    brands = {path for path in after if path.endswith(".geojson") and "brands/" in path and b'"id":"qing-shan"' in after[path]}
    whole = {"directory.json", "positions.geojson", "positions.csv", "datapackage.json", "SHA256SUMS"}
    own = {"positions/qing-shan.json", "towns/qingshan.geojson"}
    assert changed(before, after) == whole | own | tiers | needs | brands


def test_an_entrys_file_is_dated_by_its_own_last_change(tmp_path: Path) -> None:
    """So that a change of another one, some day later, leaves it as it is."""
    root = Path(shutil.copytree(WORLD, tmp_path / "root"))
    git(root, "2026-01-01", "init", "-q", "-b", "main")
    git(root, "2026-01-01", "add", ".")
    git(root, "2026-01-01", "commit", "-qm", "all")
    publish(root, tmp_path / "out")
    before = tree(release(tmp_path / "out"))
    add(root / "positions" / "qingshan" / "qing-shan.yml", "phone: 0512-00000009\n")
    git(root, "2026-01-02", "commit", "-qam", "one")
    publish(root, tmp_path / "out")
    after = tree(release(tmp_path / "out"))
    assert {path for path in changed(before, after) if path.endswith(".json") and "/" in path} == {"positions/qing-shan.json"}
    dates = {path: json.loads(after[path])["date"] for path in ("directory.json", "positions/qing-shan.json")}
    assert dates == {"directory.json": "2026-01-02", "positions/qing-shan.json": "2026-01-02"}
    assert json.loads(after["positions/he-cheng.json"])["date"] == "2026-01-01"


def test_languages_share_the_release_and_phones_do_not_keep_it(world: Path, tmp_path: Path) -> None:
    publish(world, tmp_path / "one")
    add(world / "directory.yml", "languages: [zh-CN, en]\n")
    publish(world, tmp_path / "two")
    site = Target(tmp_path / "two").site
    assert tree(site / "data" / "v1").keys() == tree(release(tmp_path / "one")).keys()
    assert not (site / "en" / "data" / "v1").exists()
    worker = (site / "sw.js").read_text("utf-8") + (site / "data" / "edition.json").read_text("utf-8")
    assert "data/v1" not in worker


@pytest.mark.parametrize(
    "items",
    [["a"], ["a;b", "c\\"], ["=1+1"], ["'=1"], ["'a"], ["\\;", ";"], ["x\ny", "z"], ["＠", "'"]],
)  # fmt: skip
def test_cells_read_back(items: list[str]) -> None:
    assert value_of(cell(items), Field("x", many=True)) == items
    assert value_of(cell(items[0]), Field("x")) == items[0]
    assert not cell(items).lstrip().startswith(("=", "+", "-", "@", "＠"))
