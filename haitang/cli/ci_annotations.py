"""Problems as forges take them: GitHub's workflow commands and job summary, GitLab's Code Quality report, JSON.

The rule: the formats are other people's (docs.github.com "Workflow commands", docs.gitlab.com "Code Quality"); whatever stands
in a value stays inside its field. An entry's text cannot begin a command, and a report is the same for the same problems.
"""

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from haitang.core import sanitize
from haitang.core.problem_codes import Level
from haitang.core.problems import Problem
from haitang.core.sanitize import plain
from haitang.model.messages import Words

SHOWN = 10  # annotations of a level that GitHub shows of one step
VERSION = 1  # of the JSON
_COMMANDS: Mapping[Level, str] = {"error": "error", "warning": "warning", "hint": "notice"}
_SEVERITIES: Mapping[Level, str] = {"error": "critical", "warning": "minor", "hint": "info"}


def github(problems: Iterable[Problem], words: Words, changed: Collection[str] = ()) -> Iterator[str]:
    """A line a problem, those of changed files first: a workflow command as long as GitHub shows them, then plain lines."""
    counts = Counter[Level]()
    for problem in _changed_first(problems, changed):
        counts[problem.level] += 1
        yield annotation(problem, words) if counts[problem.level] <= SHOWN else words.problem(problem)


def annotation(problem: Problem, words: Words) -> str:
    """A problem as a workflow command, shown beside the line in a pull request."""
    place = problem.place
    file = _escaped(plain(place.file, len(place.file))).replace(":", "%3A").replace(",", "%2C")
    message = _escaped(words.message(problem))
    return f"::{_COMMANDS[problem.level]} file={file},line={place.line},col={place.column}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def gitlab(problems: Iterable[Problem], words: Words) -> str:
    """A Code Quality report. A fingerprint stays when lines move, so that a merge request shows only what is new."""
    seen = Counter[str]()
    report = []
    for problem in problems:
        identity = json.dumps([problem.place.file, problem.code, sorted(problem.values.items())], ensure_ascii=True)
        seen[identity] += 1
        report.append(
            {
                "description": words.message(problem),
                "check_name": problem.code,
                "fingerprint": sha256(f"{identity}{seen[identity]}".encode()).hexdigest(),
                "severity": _SEVERITIES[problem.level],
                "location": {"path": problem.place.file, "lines": {"begin": problem.place.line}},
            }
        )
    return _json(report)


def as_json(problems: Iterable[Problem], words: Words) -> str:
    """`{"version": 1, "problems": [{"level", "code", "file", "line", "column", "text", "guess"?}]}`."""
    plain = []
    for problem in problems:
        place, guess = problem.place, {name: value for name, value in problem.values.items() if name == "guess"}
        where = {"file": place.file, "line": place.line, "column": place.column}
        plain.append({"level": problem.level, "code": problem.code, **where, "text": words.message(problem), **guess})
    return _json({"version": VERSION, "problems": plain})


def _json(value: Any) -> str:
    # ASCII only: what cannot be seen, or is half a character, stands there as \uXXXX.
    return sanitize.as_json(value, ascii_only=True, indent=1) + "\n"


def summarise(text: str) -> None:
    """Adds Markdown to the job's summary, where a job runs us."""
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(file).open("a", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.write(text)


def _changed_first(problems: Iterable[Problem], changed: Collection[str]) -> list[Problem]:
    """Sorted as they were, but changed files first; what has no file of its own among them is behind."""
    return sorted(problems, key=lambda problem: problem.place.file not in changed)
