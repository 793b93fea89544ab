"""Directories with tiers of their own: one, two and seven, with ids that no other directory has."""

import re
import shutil
from pathlib import Path

import pytest

from tests.worlds import WORLD, publish

# Id, name and short name, the highest first.
TIERS: dict[int, tuple[tuple[str, str, str], ...]] = {
    1: (("wangdian", "便民服务网点", "网点"),),
    2: (("zongguan", "图书馆总馆", "总馆"), ("fenguan", "图书馆分馆", "分馆")),
    7: (
        ("shi-ji", "市级中心", "市级"), ("qu-ji", "区级中心", "区级"), ("zhen-ji", "镇级中心", "镇级"),
        ("pian-qu", "片区中心", "片区"), ("cun-ji", "村级服务站", "村级"), ("wangge", "网格服务点", "网格"),
        ("louyu", "楼宇服务点", "楼宇"),
    ),
}  # fmt: skip
PLACES = 3  # of each tier; and one of which nobody knows the tier


def position(own_id: str, name: str, tier: str = "", *more: str) -> str:
    lines = [f"id: {own_id}", f"name: {name}", *([f"tier: {tier}"] if tier else []), "town: hecheng", *more]
    return "\n".join([*lines, "sources:", "  - title: 虚构的报道", ""])


def tiers_world(root: Path, count: int, extra: str = "", looks: tuple[str, ...] = ()) -> Path:
    """A data root with so many tiers; `extra` goes into directory.yml, `looks` into its first tiers."""
    shutil.copytree(WORLD, root)
    for unrelated in ("positions", "brands", "routes", "concepts", "words"):
        shutil.rmtree(root / unrelated)
    tiers = TIERS[count]
    lines = ["tiers:"]
    for at, (own_id, name, short) in enumerate(tiers):
        lines += [f"  - id: {own_id}", f"    name: {name}", f"    short_name: {short}", f"    keyword: 第{at + 1}级的事"]
        lines += [f"    look: {looks[at]}"] if at < len(looks) else []
    settings = (root / "directory.yml").read_text("utf-8")
    settings = re.sub(r"^tiers:\n(?:[ #].*\n)+", "\n".join([*lines, ""]), settings, flags=re.MULTILINE)
    counts = "".join(f"      - tier: {own_id}\n        value: {10 + at}\n" for at, (own_id, _, _) in enumerate(tiers))
    settings = re.sub(r"(    counts:\n)(?:      .*\n)+", rf"\g<1>{counts}", settings)
    settings = re.sub(r"^halls:\n(?:[ #].*\n)+", "", settings, flags=re.MULTILINE)
    (root / "directory.yml").write_text(settings + extra, "utf-8")
    folder = root / "positions" / "hecheng"
    folder.mkdir(parents=True)
    for at, (own_id, _, short) in enumerate(tiers):
        for number in range(PLACES):
            place = f"{own_id}-{number + 1}"
            spot: tuple[str, ...] = (
                "location:",
                f"  lon: {120.95 + 0.004 * at + 0.00123 * number:.5f}1",
                f"  lat: {31.3 + 0.00312 * number:.5f}1",
            )
            spot += ("  crs: wgs84", "  precision: exact", "opened: 2019")
            above = (f"parent: {tiers[at - 1][0]}-{number + 1}",) if at else ()
            text = position(place, f"样例{short}之{'甲乙丙'[number]}", own_id, *spot, *above)
            (folder / f"{place}.yml").write_text(text, "utf-8")
    (folder / "weizhi.yml").write_text(position("weizhi", "样例不知哪一级"), "utf-8")
    return root


def sites_of(made: pytest.TempPathFactory) -> dict[int, Path]:
    """The sites of all of TIERS, by how many tiers they have."""
    found = {}
    for count in TIERS:
        folder = made.mktemp(f"tiers{count}")
        publish(tiers_world(folder / "root", count), folder / "out")
        found[count] = folder / "out" / "site"
    return found
