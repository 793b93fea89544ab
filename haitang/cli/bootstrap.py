"""The environment behind the door: what a command line needs, what of it is there, and starting the command inside it.

Its one rule: a start that finds everything in place must cost next to nothing, as it happens twice (outside `.venv` and
inside). It reads the stamp and the lock files, compares, and imports nothing that it can do without.
"""

from __future__ import annotations

import os
import sys

from haitang.cli.command_line import command_at, meant, mistaken
from haitang.cli.install_steps import HEADLESS, NPM, PROGRAMS, SERVERS, install, run_logged
from haitang.core.toolchain import (
    ROOT,
    EnvironmentProblem,
    chromium,
    clean_environment,
    node,
    option,
    program,
    python,
    text,
    venv,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from haitang.cli.install_steps import Runner

LOCKS = {
    "site": "requirements/site.txt",
    "test": "requirements/test.txt",
    "zensical": "requirements/zensical.txt",
    "bench": "requirements/bench.txt",
    "node": "requirements/node.txt",
    "dask": "requirements/dask.txt",
    **{step: f"{folder}/package-lock.json" for step, folder in NPM.items()},
}
STEPS = ("python", *LOCKS, "browser", "programs", "servers")

CLUSTER = "dask:"  # before the address of a cluster's scheduler
COMMAND_GROUPS = {
    "test": ("test", "zensical", "checks", "admin"),  # the tests build with both engines
    "bench": ("bench", "lighthouse", "markercluster", "eleventy"),
}


def enter(argv: list[str]) -> None:
    """Return only inside `.venv` with everything in place; from outside, start the same command again in there."""
    line = meant(argv)
    if slip := mistaken(line):  # before anything is installed for it
        from haitang.core.sanitize import plain

        key, word, guess = slip
        print(text(f"no {key}", word=plain(word), guess=text("guess" if guess else "no guess", guess=guess)), file=sys.stderr)
        sys.exit(2)
    try:
        prepare(groups_for(line))
    except EnvironmentProblem as problem:
        print(problem, file=sys.stderr)
        sys.exit(3)
    except KeyboardInterrupt:
        print("\n" + text("stopped"), file=sys.stderr)
        sys.exit(130)
    if os.path.samefile(sys.prefix, venv(ROOT)):
        return
    command = [python(ROOT), os.path.join(ROOT, "build.py"), *argv]
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, clean_environment())
    import subprocess  # Windows has no exec that keeps the console waiting

    try:
        sys.exit(subprocess.call(command, env=clean_environment()))
    except KeyboardInterrupt:
        sys.exit(130)


def groups_for(argv: list[str]) -> tuple[str, ...]:
    """The groups of packages that a command line needs, in the order of installation."""
    at = command_at(argv)
    command = argv[at] if at is not None else ""
    if {"-h", "--help"} & set(argv):
        return ("site",)  # reading about a command must not install what it needs
    needed = {"site", *COMMAND_GROUPS.get(command, ())} | ({"zensical"} & {option(argv, "--engine")})
    if option(argv, "--workers").startswith(CLUSTER) or (command == "test" and "--all" in argv):
        needed.add("dask")
    if command == "serve" and "--admin" in argv:
        needed.add("admin")
    return tuple(group for group in LOCKS if group in needed)


def prepare(groups: tuple[str, ...], root: str = ROOT, run: Runner = run_logged) -> None:
    """Install what these groups lack; where they lack nothing, only compare the stamp with the lock files.

    Raises EnvironmentProblem. Finished steps stay recorded: the next run goes on from there.
    """
    try:
        if _missing(root, groups):
            from pathlib import Path

            from haitang.core.file_lock import locked

            # Inherited: what a killed run has started goes on for a while, and must not be met by the next.
            with locked(Path(root, ".cache", "setup.lock"), lambda: print(text("waiting"), file=sys.stderr), inherited=True):
                _set_up(root, groups, run)
    except OSError as error:
        raise EnvironmentProblem(text("files", error=error)) from error


def esbuild(root: str = ROOT) -> str:
    """The esbuild program itself: npm's launcher for it first starts Node.js, 90 ms instead of 4."""
    from pathlib import Path

    return str(next(Path(root, "frontend/node_modules/@esbuild").glob("*/**/esbuild*")))


def _set_up(root: str, groups: tuple[str, ...], run: Runner) -> None:
    import shutil

    environment, recorded = venv(root), _recorded(root)
    changed = {step for step in _missing(root, groups) if step in recorded}
    # Going on would mix packages: another Python, another lock, or a first run that was cut short.
    if "site" not in recorded or changed - {*NPM, "browser", "programs", "servers"}:
        if os.path.isdir(environment) and not os.path.islink(environment):
            shutil.rmtree(environment)
        elif os.path.lexists(environment):
            os.remove(environment)
    todo, recorded = _missing(root, groups), _recorded(root)  # asked anew: whoever held the lock may have done it all
    if todo & set(NPM) and not _has_node(root):
        todo.add("node")
    steps = [step for step in STEPS if step in todo]
    is_terminal = sys.stderr.isatty()  # there a step's progress follows on the same line
    for number, step in enumerate(steps, 1):
        print(f"[{number}/{len(steps)}] {text(step)}", file=sys.stderr, end="" if is_terminal else "\n", flush=True)
        try:
            install(step, root, run)
        finally:
            print(file=sys.stderr, end="\n" if is_terminal else "")
        recorded[step] = _wanted(root, (*groups, "node"))[step]
        if step != "python":  # an environment without its packages is no basis to go on from
            _record(root, recorded)
    if steps:
        print(text("ready"), file=sys.stderr)


def _wanted(root: str, groups: tuple[str, ...]) -> dict[str, str]:
    """Step → what the stamp says of it once it is done."""
    import hashlib

    machine = os.environ.get("PROCESSOR_ARCHITECTURE", "") if sys.platform == "win32" else os.uname().machine
    wanted = {"python": f"{sys.implementation.cache_tag} {sys.platform} {machine}"}
    for step in (*groups, "frontend"):
        with open(os.path.join(root, LOCKS[step]), "rb") as lock:
            wanted[step] = hashlib.sha256(lock.read()).hexdigest()
    if {"test", "bench"} & {*groups}:
        wanted["browser"] = chromium() or ""
    if "test" in groups:
        wanted["programs"] = " ".join(program(name) or "-" for name in (*PROGRAMS, HEADLESS))
    if {"test", "dask"} <= {*groups}:  # `test --all`
        wanted["servers"] = " ".join(program(name) or "-" for name in SERVERS)
    return wanted


def _recorded(root: str) -> dict[str, str]:
    """The finished steps; none where `.venv` cannot be used."""
    try:
        with open(venv(root, "haitang-stamp"), encoding="utf-8") as stamp:
            recorded = dict(line.rstrip("\n").split(" ", 1) for line in stamp)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    if not os.path.isfile(python(root)) or not os.path.isfile(venv(root, "pyvenv.cfg")):
        return {}
    for step, folder in NPM.items():
        if not os.path.isfile(os.path.join(root, folder, "node_modules/.package-lock.json")):  # npm writes it last
            recorded.pop(step, None)
    return recorded


def _missing(root: str, groups: tuple[str, ...]) -> set[str]:
    recorded = _recorded(root)
    return {step for step, stamp in _wanted(root, groups).items() if recorded.get(step) != stamp}


def _record(root: str, recorded: dict[str, str]) -> None:
    from pathlib import Path

    from haitang.core.atomic_files import write_atomic

    write_atomic(Path(venv(root, "haitang-stamp")), "".join(f"{step} {value}\n" for step, value in recorded.items()))


def _has_node(root: str) -> bool:
    try:
        return bool(node(root))
    except EnvironmentProblem:
        return False
