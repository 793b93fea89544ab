"""Problems as forges take them: GitHub's workflow commands, GitLab's Code Quality report, JSON.

The rule: the formats are other people's; whatever stands in a value stays inside its field.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256

from haitang.problems import Problem
from haitang.words import Words

_COMMANDS = {"error": "error", "warning": "warning", "hint": "notice"}
_SEVERITIES = {"error": "critical", "warning": "minor", "hint": "info"}


def github(problems: Iterable[Problem], words: Words, changed: Collection[str] = ()) -> Iterator[str]:
    """A workflow command a problem, those of changed files first."""
    for problem in sorted(problems, key=lambda problem: problem.place.file not in changed):
        yield annotation(problem, words)


def annotation(problem: Problem, words: Words) -> str:
    """A problem as a workflow command, shown beside the line in a pull request. Values are escaped as its format asks:
    an entry's text must not be able to start a command of its own."""
    place = problem.place
    file = _escaped(place.file).replace(":", "%3A").replace(",", "%2C")
    said = _escaped(_said(problem, words))
    return f"::{_COMMANDS[problem.level]} file={file},line={place.line},col={place.column}::{said}"


def gitlab(problems: Iterable[Problem], words: Words) -> str:
    """A Code Quality report."""
    return json.dumps([_quality(problem, words) for problem in problems], ensure_ascii=True, indent=1) + "\n"


def as_json(problems: Iterable[Problem], words: Words) -> str:
    """`{"version": 1, "problems": [{"level", "code", "file", "line", "column", "text"}]}`."""
    told = [
        {"level": problem.level, "code": problem.code, "file": problem.place.file, "line": problem.place.line,
         "column": problem.place.column, "text": _said(problem, words)}
        for problem in problems
    ]  # fmt: skip
    return json.dumps({"version": 1, "problems": told}, ensure_ascii=True, indent=1) + "\n"


def _quality(problem: Problem, words: Words) -> dict[str, object]:
    known = json.dumps([problem.place.file, problem.place.line, problem.code, sorted(problem.values.items())])
    return {
        "description": _said(problem, words),
        "check_name": problem.code,
        "fingerprint": sha256(known.encode()).hexdigest(),
        "severity": _SEVERITIES[problem.level],
        "location": {"path": problem.place.file, "lines": {"begin": problem.place.line}},
    }


def _said(problem: Problem, words: Words) -> str:
    return words.problem(problem).split(": ", 1)[1]


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
