"""build.py test: every check this project has, in one command; CI runs nothing else."""

import argparse
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from haitang.core import toolchain
from haitang.core.console import Console
from haitang.model.messages import Words

SOUND, PROBLEMS = 0, 1
TESTS_FAILED = 1  # of pytest's exit codes
_CORES = 2  # as many as the machines have that check changes
# Files stay together on one core: what a file's tests share is made once. In their order, so that the short ones come last. One
# more than there are cores: a kiosk's tests wait most of their time.
_ALL = ["-n", str(_CORES + 1), "--dist", "loadfile", "--no-loadscope-reorder"]
_MOST_AGAIN = 5


@dataclass(frozen=True)
class Tool:
    """One check that is a program of its own."""

    name: str
    command: list[str]
    folder: Path


def run(options: argparse.Namespace, console: Console) -> int:
    """Style, types, the browser code's unit tests, then pytest. With arguments only pytest runs, with those: for one test."""
    failed = [] if options.pytest else _tools(options.project, options.words, console)
    if not _pytest(options, console):
        failed.append("pytest")
    for name in failed:
        console.error(options.words.sentence("commands", "failed", name=name))
    return PROBLEMS if failed else SOUND


def _tools(project: Path, words: Words, console: Console) -> list[str]:
    """Names of those that failed. They run side by side; what each says is shown whole, in the order of the list."""
    node, _ = toolchain.node(str(project))
    python, frontend = [sys.executable, "-m"], project / "frontend"
    typescript = [node, "node_modules/typescript/bin/tsc", "--noEmit", "--project"]
    eslint = [node, "checks/node_modules/eslint/bin/eslint.js", "--config", "checks/eslint.config.mjs", "src", "tests"]
    tools = (
        Tool("ruff format", [*python, "ruff", "format", "--check", "--quiet", "."], project),
        Tool("ruff", [*python, "ruff", "check", "--quiet", "."], project),
        Tool("mypy", [*python, "mypy", "--no-error-summary"], project),
        Tool("tsc", [*typescript, "."], frontend),
        Tool("tsc of the service worker", [*typescript, "src/worker"], frontend),
        Tool("eslint", eslint, frontend),
        Tool("node --test", [node, "test.mjs"], frontend),
    )
    failed = []
    with ThreadPoolExecutor(_CORES) as pool:
        for tool, done in zip(tools, pool.map(_done, tools), strict=True):
            console.note(words.sentence("commands", "checking", name=tool.name))
            if done.returncode:
                console.note(done.stdout)
                failed.append(tool.name)
    return failed


def _done(tool: Tool) -> "subprocess.CompletedProcess[str]":
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
    return subprocess.run(tool.command, cwd=tool.folder, check=False, **told)  # type: ignore[call-overload,no-any-return]


def _pytest(options: argparse.Namespace, console: Console) -> bool:
    """Whether the tests passed. A few that failed are run again, one after the other: a browser on a busy machine can miss a
    moment, and what is broken fails again. Those that passed only then are told."""
    pytest = [sys.executable, "-m", "pytest"]
    first = [*pytest, *(options.pytest or _ALL)]
    code = subprocess.run(first, cwd=options.project, check=False).returncode
    if code != TESTS_FAILED or options.pytest:
        return code == 0
    again = _last_failed(options.project)
    if not 0 < len(again) <= _MOST_AGAIN:
        return False
    console.error(options.words.sentence("commands", "again", count=len(again)))
    return subprocess.run([*pytest, *again], cwd=options.project, check=False).returncode == 0


def _last_failed(project: Path) -> list[str]:
    try:
        return list(json.loads((project / ".pytest_cache/v/cache/lastfailed").read_text("utf-8")))
    except (OSError, ValueError):
        return []
