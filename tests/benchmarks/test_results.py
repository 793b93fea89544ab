"""RESULTS.md: what stands in it, and where it goes."""

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import chart, content, measure, report, results
from benchmarks.cases import SIZES
from benchmarks.content import Weight
from benchmarks.peers import PEERS

LARGE = {
    "size": 100_000,
    "searches": [
        {"typed": typed, "first": first, "kilobytes": 60} for typed, first in (("绿地", 200), ("s", 100), ("站", 310))
    ],
    "map": {"first": 800, "pan": 17, "data": 40, "everything": 160},
}


def left(out: Path, *measured: tuple[str, int, float], rounds: int = 3) -> Path:
    """What a run leaves in its output folder: (case, positions, CPU seconds)."""
    each = [
        report.Measured(case, n, (measure.Cost(0, cpu, cpu / 2, 100, ""),) * rounds, 506, 6_300_000)
        for case, n, cpu in measured
    ]
    report.write_json(out / "bench.json", [one.figures for one in each])
    results.keep(out, "2 processors", each, [Weight("haitang", 210, 12_500, 13_700, 4_600, 4_900)], ["a note"])
    return out


def test_the_page_has_ratios_within_a_size_growth_weights_and_notes(tmp_path: Path) -> None:
    left(tmp_path, ("haitang", 210, 1.0), ("hugo", 210, 0.5), ("haitang", 1210, 3.0), ("hugo", 1210, 4.0))
    lines = list(results.page(results.read(tmp_path)))
    rows = [line for line in lines if line.startswith("| `haitang`")]
    assert rows == [
        "| `haitang` | 3 | 1.00 | 2.00 | 0.50 | 2.00 | 100 | 506 | 6.3 |",
        "| `haitang` | 3 | 3.00 | 0.75 | 1.50 | 0.75 | 100 | 506 | 6.3 |",
    ]
    assert "| haitang | 210 → 1,210 | 2.000 |" in lines and "| hugo | 210 → 1,210 | 3.500 |" in lines
    assert "| haitang | 210 | 12.5 | 13.7 | 4.6 | 4.9 |" in lines
    assert "- a note" in lines and any("2 processors" in line for line in lines)
    assert {line for line in lines if line.startswith("## ")} >= {"## 210 positions", "## 1,210 positions"}


def test_without_hugo_there_are_no_ratios(tmp_path: Path) -> None:
    left(tmp_path, ("haitang", 210, 1.0))
    assert "| `haitang` | 3 | 1.00 |  | 0.50 |  | 100 | 506 | 6.3 |" in list(results.page(results.read(tmp_path)))


def test_search_and_map_are_told_when_they_were_measured_after_the_builds(tmp_path: Path) -> None:
    left(tmp_path, ("haitang", 210, 1.0))
    assert results.read(tmp_path).large is None
    large = tmp_path / "bench-large.json"
    large.write_text(json.dumps(LARGE), encoding="utf-8")
    lines = list(results.page(results.read(tmp_path)))
    assert "## Search and map of 100,000 positions" in lines
    assert {"| `绿地` | 200 | 60 |", "| median | 200 | 60 |"} <= set(lines)
    assert "Map: first marks after 800 ms with 40 kB of data and" in lines
    of_the_run = (tmp_path / "bench-run.json").stat().st_mtime_ns
    os.utime(large, ns=(of_the_run - 1, of_the_run - 1))
    assert results.read(tmp_path).large is None, "another run's"


@pytest.mark.parametrize(
    ("missing", "rounds", "is_whole"),
    [(None, 3, True), (("haitang", 100_000), 3, False), (("eleventy", 2_000), 3, False), (None, 2, False)],
)
def test_only_a_whole_run_is_published(missing: tuple[str, int] | None, rounds: int, is_whole: bool, tmp_path: Path) -> None:
    ours = {("haitang", n) for n in SIZES}
    measured = sorted((ours | {(peer, 2_000) for peer in PEERS}) - {missing})
    out, published = tmp_path / "out", tmp_path / "published"
    published.mkdir()
    left(out, *((case, n, 1.0) for case, n in measured), rounds=rounds)
    folder = published if is_whole else out
    assert results.write(out, published) == folder / "RESULTS.md"
    assert f"({results.PICTURE})" in (folder / "RESULTS.md").read_text(encoding="utf-8")
    assert (folder / results.PICTURE).is_file()
    assert list(published.iterdir()) == [] or is_whole


def test_the_command_says_where_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert results.main(["--out", str(tmp_path)]) == 2
    assert "no run to write about" in capsys.readouterr().err
    left(tmp_path, ("haitang", 210, 1.0))
    assert results.main(["--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"written: {tmp_path / 'RESULTS.md'}\n"


def test_bars_are_as_long_as_their_panel_has_it() -> None:
    drawn = chart.bars("a < b", {"210": [("haitang", 1.0), ("hugo", 2.0)], "2,000": [("haitang", 8.0)], "none": []}, "haitang")
    root = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == "a < b"
    rects = root.findall(f"{space}rect")
    assert [rect.get("class") for rect in rects] == ["ours", "peer", "ours"]
    small, most, alone = (float(rect.get("width", "")) for rect in rects)
    assert small * 2 == most == alone
    assert "prefers-color-scheme:dark" in (root.findtext(f"{space}style") or "")
    texts = [text.text for text in root.findall(f"{space}text")]
    assert texts == ["210", "haitang", "1.00 s", "hugo", "2.00 s", "2,000", "haitang", "8.00 s", "none"]
    right = [float(text.get("x", "")) for text in root.findall(f"{space}text") if (text.text or "").endswith(" s")]
    assert max(right) < float(root.get("width", "")) - 60


def test_pages_are_weighed_as_they_are_and_packed(tmp_path: Path) -> None:
    (tmp_path / "positions").mkdir()
    ids = [str(number) for number in range(20)]
    for number, id_ in enumerate(ids):
        (tmp_path / "positions" / f"{id_}.html").write_text("x" * (1000 + number * 100))
    weight = content.weigh("haitang", tmp_path, ids)
    assert (weight.case, weight.n, weight.median, weight.p95) == ("haitang", 20, 2000, 2900)
    assert 10 < weight.gzip <= weight.gzip_p95 < 100
    assert content.weight_rows([weight])[0][:4] == ("haitang", "20", "2.0", "2.9")
