"""build.py test: every check this project has, in one command; CI runs nothing else."""

import argparse
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from haitang.core import toolchain
from haitang.core.console import Console
from haitang.model.messages import Words

SOUND, PROBLEMS = 0, 1
_CORES = 2  # as many as the machines have that check changes
# Files stay together in one process: what a file's tests share is made once. More processes than cores, because tests in a
# browser wait most of their time; tests/conftest.py puts these files between those that compute.
_WORKERS = 5
_WHOLE = ["-n", str(_WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"]


@dataclass(frozen=True)
class Tool:
    """One check that is a program of its own."""

    name: str
    command: list[str]
    folder: Path


def run(options: argparse.Namespace, console: Console) -> int:
    """Style, types, the browser code's unit tests, then pytest. With arguments only pytest runs, with those: for one test.
    Without `--all` the tests marked `long` are left out: each has a short form that runs always."""
    failed = [] if options.pytest else _tools(options.project, options.words, console)
    if not _pytest(options):
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


def _pytest(options: argparse.Namespace) -> bool:
    """Whether the tests passed. What failed is not run again: a test that passes now and then is a defect to be found."""
    command = [sys.executable, "-m", "pytest", *(options.pytest or _WHOLE), *(["--all"] if options.all else [])]
    return subprocess.run(command, cwd=options.project, check=False).returncode == 0
