"""docs/owners.md, in both languages: its commands do what they say, one after the other; its example is sound, and (long) its
recipe cuts layers out of an extract, without any boundary."""

import json
import re
import shlex
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from haitang.cli import main, reporting
from haitang.core.toolchain import program
from tests.cli.test_init import saved
from tests.worlds import PROJECT

DOC = (PROJECT / "docs" / "owners.md").read_text(encoding="utf-8")
NODES = {1: (31.30, 120.90), 2: (31.30, 121.00), 3: (31.32, 121.00), 4: (31.32, 120.90), 7: (31.50, 122.50)}
WAYS = (
    ((1, 2, 3, 4, 1), {"natural": "water", "name": "样例湖"}),
    ((1, 3, 7), {"highway": "primary", "name": "样例大道"}),
    ((2, 4), {"highway": "residential"}),
    ((1, 4), {"railway": "rail"}),
    ((2, 3), {"waterway": "river"}),
    ((1, 2, 3, 1), {"leisure": "park"}),
    ((1, 2, 3, 4, 1), {"boundary": "administrative", "admin_level": "6", "name": "样例市"}),
    ((3, 4), {"boundary": "administrative", "waterway": "river"}),
)


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", DOC.split("\n## 另外：地图上的")[1], re.DOTALL | re.MULTILINE)
    return str(found)


def extract() -> str:
    """A made-up city as OpenStreetMap writes it."""
    tags = {5: {"railway": "station", "name": "样例站"}, 6: {"tourism": "attraction", "name": "样例塔"}}
    nodes = {**NODES, 5: (31.31, 120.95), 6: (31.305, 120.96)}

    def told(of: dict[str, str]) -> str:
        return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in of.items())

    said = [
        f'<node id="{at}" version="1" lat="{lat}" lon="{lon}">{told(tags.get(at, {}))}</node>'
        for at, (lat, lon) in sorted(nodes.items())
    ]
    for at, (points, of) in enumerate(WAYS, 10):
        said.append(
            f'<way id="{at}" version="1">{"".join(f"<nd ref={chr(34)}{one}{chr(34)}/>" for one in points)}{told(of)}</way>'
        )
    said.append('<relation id="20" version="1"><member type="way" ref="16" role="outer"/>'
                f'{told({"type": "boundary", "boundary": "administrative"})}</relation>')  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">{"".join(said)}</osm>'


def test_the_example_is_sound(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(block("yaml"))
    (root / "map").mkdir()
    river = {"type": "LineString", "coordinates": [[120.9, 31.2], [121.0, 31.3]]}
    (root / "map" / "water.geojson").write_text(json.dumps(river), encoding="utf-8")
    assert main.main(["check", "--root", str(root)]) == reporting.SOUND, capsys.readouterr().out


@pytest.mark.long
def test_the_recipe_cuts_layers_without_boundaries(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program("osmium") and program("ogr2ogr"), "apt-get install osmium-tool gdal-bin"
    (root / "city.osm").write_text(extract(), encoding="utf-8")
    commands = block("sh").replace("city.osm.pbf", "city.osm")
    subprocess.run(["bash", "-ec", commands], cwd=root, check=True, capture_output=True)
    made = {file.stem: json.loads(file.read_text("utf-8"))["features"] for file in (root / "map").iterdir()}
    counts = {"water": 2, "green": 1, "roads": 2, "rails": 1, "stations": 1, "landmarks": 1}
    assert {name: len(features) for name, features in made.items()} == counts
    assert "样例市" not in json.dumps(made, ensure_ascii=False)
    one = block("yaml").partition("layers:\n")[2]
    layers = "".join(one.replace("water", name) for name in counts)
    with (root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(f"map:\n  layers:\n{layers}")
    assert main.main(["check", "--root", str(root)]) == reporting.SOUND, capsys.readouterr().out


LISTS = {
    "owners.md": [
        ["服务点名称", "所属街道", "详细地址", "开放时间"],
        ["甲社区服务站", "东镇", "人民路 1 号", "每天 9:00-17:00"],
        ["乙社区服务站", "西镇", "人民路 2 号", ""],
    ],
    "owners.en.md": [
        ["Library", "Area", "Address", "Postcode", "Opening hours"],
        ["Armley Library", "Armley", "2 Stocks Hill", "LS12 1UQ", "Mo-Fr 10:00-19:00"],
        ["Headingley Library", "Headingley", "North Lane", "LS6 3HG", ""],
    ],
}
NOT_HERE = ("serve", "new", "reminders")  # run for ever, ask, or are run elsewhere with the same options
DEAR = ("build.py --root", "build.py kiosk")


def lines_of(doc: str) -> list[list[str]]:
    """The commands of a document in their order, as words."""
    said = re.findall(r"python3 (build\.py [^`\n]+)", (PROJECT / "docs" / doc).read_text("utf-8"))
    return [shlex.split(line) for line in said]


@pytest.mark.parametrize("dear", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("doc", LISTS)
def test_what_an_owner_types_does_what_it_says(
    doc: str, dear: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO()))
    lines = lines_of(doc)
    assert {line[1] for line in lines} >= {"init", "check", "--root", "kiosk", "excel", *NOT_HERE}
    (begin,) = (line for line in lines if line[1] == "init")
    saved(tmp_path / begin[begin.index("--from") + 1], LISTS[doc])
    for line in lines:
        if line[1] not in NOT_HERE and (dear or not " ".join(line).startswith(DEAR)):
            assert main.main(line[1:]) == reporting.SOUND, (line, capsys.readouterr())
    if dear:
        (out,) = {line[line.index("--out") + 1] for line in lines if "--out" in line}
        assert (tmp_path / out / "site" / "index.html").is_file() and any((tmp_path / out / "kiosk").iterdir())
    (root,) = {line[line.index("--root") + 1] for line in lines if "--root" in line}
    assert len([*(tmp_path / root / "positions").rglob("*.yml")]) == 2
