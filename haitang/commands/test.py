"""build.py test: every check this project has, in one command; CI runs nothing else."""

import argparse
import subprocess
import sys

from haitang import environment
from haitang.console import Console

SOUND, PROBLEMS = 0, 1


def run(options: argparse.Namespace, console: Console) -> int:
    """Style, types, the browser code's unit tests, then pytest. With arguments only pytest runs, with those: for one test."""
    project, words = options.project, options.words
    python = [sys.executable, "-m"]
    node, _ = environment.node(str(project))
    typescript = [node, "node_modules/typescript/bin/tsc", "--noEmit", "--project"]
    eslint = [node, "checks/node_modules/eslint/bin/eslint.js", "--config", "checks/eslint.config.mjs", "src", "tests"]
    checks = [
        ("ruff format", [*python, "ruff", "format", "--check", "--quiet", "."], project),
        ("ruff", [*python, "ruff", "check", "--quiet", "."], project),
        ("mypy", [*python, "mypy", "--no-error-summary"], project),
        ("tsc", [*typescript, "."], project / "frontend"),
        ("tsc of the service worker", [*typescript, "src/worker"], project / "frontend"),
        ("eslint", eslint, project / "frontend"),
        ("node --test", [node, "test.mjs"], project / "frontend"),
    ]
    failed = []
    for name, command, folder in [] if options.pytest else checks:
        console.note(words.sentence("commands", "checking", name=name))
        if subprocess.run(command, cwd=folder, check=False).returncode != 0:
            failed.append(name)
    # Files stay together on one core: what a file's tests share is made once.
    pytest = [*python, "pytest", *(options.pytest or ["-n", "2", "--dist", "loadfile"])]
    if subprocess.run(pytest, cwd=project, check=False).returncode != 0:
        failed.append("pytest")
    for name in failed:
        console.error(words.sentence("commands", "failed", name=name))
    return PROBLEMS if failed else SOUND
