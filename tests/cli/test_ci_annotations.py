"""Problems as forges take them: nothing in them acts, the worst and the newest are seen, a report is the same for the same."""

import json
import re
from pathlib import Path

import pytest

from haitang.cli.ci_annotations import SHOWN, annotation, as_json, github, gitlab, summarise
from haitang.core.problems import Place, Problem
from haitang.model.messages import words

CHINESE = words("zh-CN")


def fault(file: str, line: int = 1, value: str = "x") -> Problem:
    return Problem(Place(file, line, 2), "bad-id", {"field": "id", "value": value})


def test_changed_files_come_first_and_the_rest_is_told_plainly() -> None:
    problems = [fault(f"positions/lujia/a{number:02}.yml") for number in range(14)]
    lines = list(github(problems, CHINESE, {"positions/lujia/a13.yml"}))
    assert len(lines) == 14
    assert lines[0].startswith("::error file=positions/lujia/a13.yml,line=1,col=2::")
    assert [line.startswith("::") for line in lines] == [True] * SHOWN + [False] * 4


@pytest.mark.parametrize("level", ["warning", "hint"])
def test_levels_have_their_commands(level: str) -> None:
    eased = Problem(Place("a.yml"), "bad-id", {"field": "id", "value": "x"}, level)  # type: ignore[arg-type]
    assert annotation(eased, CHINESE).startswith({"warning": "::warning ", "hint": "::notice "}[level])


@pytest.mark.parametrize(
    "evil", ["a\n::error::b", "a\r::x::", "50%0A::x::", "a,line=9::b", "a: b.yml", "##[x]", "a\x1b[2Jb", "\x9b2J", "\u202eb"]
)
def test_nothing_leaves_its_field(evil: str) -> None:
    line = annotation(fault(f"positions/{evil}", value=evil), CHINESE)
    found = re.fullmatch(r"::error file=([^,:\r\n]*),line=1,col=2::([^\r\n]*)", line)
    assert found, line
    assert "##[" not in line
    assert line.isprintable()


def test_a_fingerprint_stays_when_lines_move() -> None:
    old = json.loads(gitlab([fault("a.yml", 3), fault("a.yml", 9)], CHINESE))
    new = json.loads(gitlab([fault("a.yml", 4), fault("a.yml", 10)], CHINESE))
    assert [one["fingerprint"] for one in old] == [one["fingerprint"] for one in new]
    assert len({one["fingerprint"] for one in old}) == 2
    assert set(old[0]) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert old[0]["location"] == {"path": "a.yml", "lines": {"begin": 3}}
    assert {one["severity"] for one in old} <= {"info", "minor", "major", "critical", "blocker"}


def test_json_says_the_same() -> None:
    told = json.loads(as_json([fault("a.yml", 3, "坏\u202e")], CHINESE))
    assert told["version"] == 1
    (problem,) = told["problems"]
    assert (problem["level"], problem["code"], problem["file"], problem["line"], problem["column"]) == (
        "error",
        "bad-id",
        "a.yml",
        3,
        2,
    )
    assert as_json([fault("a\u202e.yml")], CHINESE).isascii()


def test_a_summary_is_added_where_a_job_runs_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    summarise("一\n")
    summarise("二\n")
    assert file.read_text("utf-8") == "一\n二\n"
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    summarise("三\n")
    assert file.read_text("utf-8") == "一\n二\n"
