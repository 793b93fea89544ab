"""Which builds the bench sets up, and that each is what its name says. No time is asserted anywhere."""

from pathlib import Path

import pytest

from benchmarks import cases, measure, ours, plan, run
from benchmarks.cases import Case, Wanted
from benchmarks.peers import CannotRun, Project
from tests.worlds import PROJECT

OURS = ["haitang", "haitang-unchanged", "haitang-one-change", "haitang-one-template", "haitang-first"]
# Builds what a build of ours leaves behind: a page a position, with the telephone and the template on it, and notes of both.
STUB = """
import pathlib, re, sys
project = pathlib.Path(__file__).parent
root, out = (pathlib.Path(sys.argv[sys.argv.index(name) + 1]) for name in ("--root", "--out"))
(out / "site" / "positions").mkdir(parents=True, exist_ok=True)
(out / "site" / "positions" / "index.2.html").write_text("a further page of the index")
template = (project / "templates" / "pages" / "position.html").read_text()
for kind in ("frontend", "templates", "frames"):
    (project / ".cache" / kind).mkdir(parents=True, exist_ok=True)
    (project / ".cache" / kind / "program").touch()
(project / ".cache" / "entries").mkdir(exist_ok=True)
(project / ".cache" / "entries" / root.name).touch()
for file in root.glob("positions/*/*.yml"):
    phone = re.search(r"phone: .*", file.read_text(encoding="utf-8"))[0]
    (out / "site" / "positions" / f"{file.stem}.html").write_text(phone + "x" * 3000 + template)
"""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stub keeps no times of files."""
    monkeypatch.setattr(ours, "SETTLING", 0)


@pytest.fixture
def stub(tmp_path: Path) -> Path:
    build = tmp_path / "own" / "build.py"
    (build.parent / "templates" / "pages").mkdir(parents=True)
    (build.parent / "templates" / "pages" / "position.html").write_text("page")
    build.write_text(STUB, encoding="utf-8")
    return build


def planned(n: int, build: Path, scratch: Path) -> dict[str, Case]:
    return {case.name: case for case in plan.plan(n, Wanted((), rounds=1, build=build), scratch).cases}


def built(case: Case, scratch: Path) -> measure.Cost:
    cost, mistake = run.build_once(case, scratch)
    assert mistake == ""
    return cost


def test_a_missing_peer_is_named(stub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_data: Path, _folder: Path) -> Project:
        raise CannotRun("hugo is not installed")

    monkeypatch.setattr(plan, "PEERS", {"hugo": missing})
    without = plan.plan(3, Wanted(("hugo",), build=stub), tmp_path / "scratch")
    assert without.left_out == ("hugo at 3: hugo is not installed",)
    assert [case.name for case in without.cases] == OURS


def test_slow_peers_are_limited(stub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ready(_data: Path, folder: Path) -> Project:
        return Project((), folder, folder)

    monkeypatch.setattr(plan, "PEERS", dict.fromkeys(("mkdocs", "mkdocs-search", "hugo"), ready))
    monkeypatch.setattr(cases, "MOST_OF_LARGE", 5)
    monkeypatch.setattr(cases, "MOST_SEARCHED", 5)
    monkeypatch.setattr(cases, "MOST_COMPARED", 6)
    peers = ("mkdocs", "mkdocs-search", "hugo")
    limited = plan.plan(6, Wanted(peers, rounds=3, build=stub), tmp_path / "a")
    assert {case.name: case.rounds for case in limited.cases} == {**dict.fromkeys((*OURS, "hugo"), 3), "mkdocs": 1}
    assert [told.partition(":")[0] for told in limited.left_out] == ["mkdocs-search at 6"]
    assert "left out above 5" in limited.left_out[0]
    huge = plan.plan(7, Wanted(peers, rounds=3, build=stub), tmp_path / "b")
    assert {case.name: case.rounds for case in huge.cases} == dict.fromkeys((*OURS, "hugo"), 1)
    assert ["left out above 6" in told for told in huge.left_out] == [True, True]
    freed = plan.plan(7, Wanted(peers, rounds=3, limits=False, build=stub), tmp_path / "c")
    assert [case.rounds for case in freed.cases] == [3] * 8


def test_our_cases_with_a_stub(stub: Path, tmp_path: Path) -> None:
    outcome = run.measure_size(4, Wanted((), rounds=2, build=stub), tmp_path / "scratch", quiet=True)
    assert outcome.failures == ()
    assert [each.case for each in outcome.measured] == OURS
    assert {len(each.costs) for each in outcome.measured} == {2}
    assert {each.files for each in outcome.measured} == {5}
    assert list(outcome.contents) == [weight.case for weight in outcome.weights] == ["haitang"]
    kept = "entries in .cache (1 files), removed before each cold one, which finds frames, frontend, templates"
    assert outcome.remarks == (f"4 positions: our builds keep {kept}",)


def test_a_cold_build_finds_nothing_of_these_positions(stub: Path, tmp_path: Path) -> None:
    """Whatever a cache is called; and what is the program's only as far as other positions brought it."""
    by_name = planned(2, stub, tmp_path / "scratch")
    cache = tmp_path / "scratch" / "project" / ".cache"
    program = {f"{kind}/program" for kind in ("frontend", "templates", "frames")}
    assert set(cases.snapshot(cache)) == program
    built(by_name["haitang"], tmp_path)
    for planted in ("digests/planted", "entries/planted", "unheard-of/planted", "templates/of-these-positions", "planted"):
        (cache / planted).parent.mkdir(exist_ok=True)
        (cache / planted).touch()
    assert by_name["haitang"].out.is_dir()
    by_name["haitang"].clean()
    assert set(cases.snapshot(cache)) == program and not by_name["haitang"].out.exists()
    built(by_name["haitang-first"], tmp_path)
    assert set(cases.snapshot(cache)) == {*program, "entries/data"}
    by_name["haitang-first"].clean()
    assert set(cases.snapshot(cache)) == {"frontend/program"} and not by_name["haitang"].out.exists()


@pytest.mark.parametrize("name", OURS[1:4])
def test_the_others_go_on_from_what_was_built(name: str, stub: Path, tmp_path: Path) -> None:
    case = planned(2, stub, tmp_path / "scratch")[name]
    case.clean()
    note = tmp_path / "scratch/project/.cache/entries/data"
    assert note.is_file() and cases.count_pages(case.out, 2) == ""
    note.unlink()
    case.clean()
    assert not note.exists(), "built again without need"


def test_an_edit_is_on_its_page_and_another_each_time(stub: Path, tmp_path: Path) -> None:
    case = planned(3, stub, tmp_path / "scratch")["haitang-one-change"]
    data = tmp_path / "scratch" / "data"
    before = {path: path.read_bytes() for path in data.rglob("*.yml")}
    for edits in (1, 2):
        built(case, tmp_path)
        assert sum(path.read_bytes() != content for path, content in before.items()) == edits
    case.clean()
    assert case.check().endswith("is not on its page"), "edited, and not built"


def test_a_template_edit_is_on_all_pages_of_a_copy_and_undone(stub: Path, tmp_path: Path) -> None:
    by_name = planned(3, stub, tmp_path / "scratch")
    case, template = by_name["haitang-one-template"], tmp_path / "scratch/project/templates/pages/position.html"
    texts = set()
    for _ in range(2):
        built(case, tmp_path)
        texts.add(template.read_text(encoding="utf-8"))
    assert texts == {"page<!-- edit 1 -->\n", "page<!-- edit 2 -->\n"}
    case.clean()
    assert case.check() == "the change to the template is not on 3 pages", "edited, and not built"
    for name in ("haitang", "haitang-first"):
        case.clean()
        by_name[name].clean()
        assert template.read_text(encoding="utf-8") == "page"
    assert (stub.parent / ours.TEMPLATE).read_text(encoding="utf-8") == "page"


def test_a_change_that_is_not_shown_is_no_figure(stub: Path, tmp_path: Path) -> None:
    stub.write_text(STUB.replace("write_text(phone +", "write_text('old' +"), encoding="utf-8")
    outcome = run.measure_size(2, Wanted((), rounds=1, build=stub), tmp_path / "scratch", quiet=True)
    assert len(outcome.failures) == 1 and outcome.failures[0].endswith("is not on its page")
    assert [each.case for each in outcome.measured] == [name for name in OURS if name != "haitang-one-change"]


def test_a_build_that_fails_is_no_figure(stub: Path, tmp_path: Path) -> None:
    stub.write_text("import sys; sys.exit('no such folder')", encoding="utf-8")
    outcome = run.measure_size(2, Wanted((), rounds=1, build=stub), tmp_path / "scratch", quiet=True)
    assert outcome.measured == ()
    assert "haitang at 2 did not build: exit code 1\nno such folder" in outcome.failures


def test_where_room_is_short_a_site_makes_way_for_the_next_case(
    stub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    monkeypatch.setattr(cases, "MOST_COMPARED", 1)
    outcome = run.measure_size(2, Wanted((), build=stub), scratch, quiet=True)
    assert [(each.case, each.files) for each in outcome.measured] == [(name, 3) for name in OURS]
    assert not (scratch / "haitang").exists()


def test_the_project_builds_from_its_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real program: what is copied suffices, a cold build has all pages, and the template edited is that of the pages."""
    monkeypatch.setattr(ours, "_OTHERS", 1)
    by_name = planned(2, PROJECT / "build.py", tmp_path / "scratch")
    project = tmp_path / "scratch" / "project"
    assert {path.name for path in (project / ".cache").iterdir()} >= {"frontend", "frames", "templates"}
    original = (PROJECT / ours.TEMPLATE).read_bytes()
    built(by_name["haitang"], tmp_path)
    built(by_name["haitang-one-template"], tmp_path)
    assert (PROJECT / ours.TEMPLATE).read_bytes() == original != (project / ours.TEMPLATE).read_bytes()
