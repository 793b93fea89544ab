"""The environment behind the door: what a command line needs, what of it is there, and starting the command inside it.

Its one rule: a start that finds everything in place must cost next to nothing, as it happens twice (outside `.venv` and
inside). It reads the stamp and the lock files, compares, and imports nothing that it can do without.
"""

from __future__ import annotations

import os
import sys

from haitang.installing import (
    HEADLESS,
    NPM,
    PROGRAMS,
    ROOT,
    EnvironmentProblem,
    chromium,
    clean_environment,
    install,
    node,
    option,
    program,
    python,
    run_logged,
    text,
    venv,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from haitang.installing import Runner

__all__ = ["EnvironmentProblem", "chromium", "enter", "esbuild", "groups_for", "node", "prepare", "program"]

LOCKS = {
    "site": "requirements/site.txt",
    "test": "requirements/test.txt",
    "zensical": "requirements/zensical.txt",
    "bench": "requirements/bench.txt",
    "node": "requirements/node.txt",
    **{step: f"{folder}/package-lock.json" for step, folder in NPM.items()},
}
STEPS = ("python", *LOCKS, "browser", "programs")

COMMAND_GROUPS = {
    "test": ("test", "zensical", "checks", "admin"),
    "bench": ("bench", "lighthouse", "markercluster"),
}  # the tests build with both engines
# What `cli` says of them, which cannot be asked before anything is installed; tests/test_cli.py holds both together.
COMMANDS = (
    "site", "check", "format", "serve", "kiosk", "review", "new", "issue", "forms", "reminders", "links", "excel", "test",
    "bench",
)  # fmt: skip
OPTIONS_WITH_VALUE = (
    "--root", "--out", "--engine", "--lang", "--format", "--key", "--secret", "--changed-since", "--name", "--id", "--town",
    "--tier", "--address", "--hours", "--phone", "--source", "--publisher", "--date", "--port", "--sizes", "--peers",
    "--rounds", "--today", "--timeout", "--max", "--map", "--comment", "--marked",
)  # fmt: skip
FLAGS = ("-h", "--help", "--fix", "--check", "--admin", "--branch", "--strict", "--dry-run", "--all")


# What stands before an option; also what an input method for Chinese, or a program that beautifies texts, makes of it.
DASHES = "-\uff0d\ufe63\ufe58\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500"
QUOTES = "\"'\u201c\u201d\u201e\u2018\u2019\u300c\u300d\u300e\u300f\u300a\u300b\uff02\uff07"
_ALSO_CALLED = {"build": "site", "help": "--help"}
_FOR_HELP = ("help", "/?", "-?")
_ALIKE = 0.65  # below it, guesses lead astray


def enter(argv: list[str]) -> None:
    """Return only inside `.venv` with everything in place; from outside, start the same command again in there."""
    line = meant(argv)
    if slip := mistaken(line):  # before anything is installed for it
        key, word, guess = slip
        print(text(f"no {key}", word=word, guess=text("guess" if guess else "no guess", guess=guess)), file=sys.stderr)
        sys.exit(2)
    try:
        prepare(groups_for(line))
    except EnvironmentProblem as problem:
        print(problem, file=sys.stderr)
        sys.exit(3)
    except KeyboardInterrupt:
        print("\n" + text("stopped"), file=sys.stderr)
        sys.exit(130)
    if not os.path.samefile(sys.prefix, venv(ROOT)):
        _hand_over([python(ROOT), os.path.join(ROOT, "build.py"), *argv])


def groups_for(argv: list[str]) -> tuple[str, ...]:
    """The groups of packages that a command line needs, in the order of installation."""
    at = command_at(argv)
    command = argv[at] if at is not None else ""
    if {"-h", "--help"} & set(argv):
        return ("site",)  # reading about a command must not install what it needs
    needed = {"site", *COMMAND_GROUPS.get(command, ())} | ({"zensical"} & {option(argv, "--engine")})
    if command == "serve" and "--admin" in argv:
        needed.add("admin")
    return tuple(group for group in LOCKS if group in needed)


def meant(argv: list[str]) -> list[str]:
    """The command line, with `help` made `--help`, and without the two dashes that some programs want before a command."""
    first = [at for at, word in _words(argv) if word == "--" or not is_option(word)][:1]
    if first and argv[first[0]] == "--":
        return meant([*argv[: first[0]], *argv[first[0] + 1 :]])
    words = [at for at in (*first, *(at + 1 for at in first)) if at < len(argv) and argv[at] in _FOR_HELP]
    if words and (words == first or (len(argv) == words[0] + 1 and not os.path.exists(argv[words[0]]))):
        return [*argv[: words[0]], "--help", *argv[words[0] + 1 :]]
    return argv


def command_at(argv: list[str]) -> int | None:
    """Where in a command line the command stands: the first word that is no option nor the value of one. None: nowhere."""
    return next((at for at, word in _words(argv) if not is_option(word)), None)


def is_option(word: str) -> bool:
    """Whether a word was meant to be an option, with whatever dashes."""
    return len(word) > 1 and word[0] in DASHES


def _words(argv: list[str]) -> Iterator[tuple[int, str]]:
    """The words that are no option's value, each with where it stands."""
    at = 0
    while at < len(argv):
        yield at, argv[at]
        at += 2 if argv[at] in OPTIONS_WITH_VALUE else 1


def mistaken(argv: list[str]) -> tuple[str, str, str] | None:
    """The first word that no command line can have up to its command: what it should be (`option`, `command`; `empty`: a word
    at all), the word, and what was probably meant, or nothing."""
    options, command = (*OPTIONS_WITH_VALUE, *FLAGS), command_at(argv)
    for _, word in _words(argv[:command]):
        name = word.partition("=")[0]
        if name not in options and is_option(word):
            return "option", name, nearest(name, options if command is not None else (*COMMANDS, *options))
    if command is None or argv[command] in COMMANDS:
        return None
    word = argv[command]
    return ("command", word, nearest(word, (*COMMANDS, "--help"))) if word.strip() else ("empty", "", "")


def nearest(word: str, known: Iterable[str]) -> str:
    """The word among the known that was probably meant; empty where none is like it. Dashes and quotes do not count."""
    import difflib

    known = list(known)
    plain = _bare(word)
    names = {called: name for called, name in _ALSO_CALLED.items() if name in known}
    names |= {_bare(one): one for one in reversed(known)}
    if plain in names or len(plain) < 2:
        return names.get(plain, "")
    begun = [name for name in names if name.startswith(plain)]
    swapped = [name for name in names if sorted(name) == sorted(plain)]
    near = swapped or (begun if len(begun) == 1 else difflib.get_close_matches(plain, names, 1, _ALIKE))
    return names[near[0]] if near else ""


def _bare(word: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKC", word).partition("=")[0].strip(DASHES + QUOTES)
    return plain.lower().replace("_", "-")


def prepare(groups: tuple[str, ...], root: str = ROOT, run: Runner = run_logged) -> None:
    """Install what these groups lack; where they lack nothing, only compare the stamp with the lock files.

    Raises EnvironmentProblem. Finished steps stay recorded: the next run goes on from there.
    """
    try:
        if _missing(root, groups):
            lock = _lock(root)
            try:
                _set_up(root, groups, run)
            finally:
                os.close(lock)
    except OSError as error:
        raise EnvironmentProblem(text("files", error=error)) from error


def esbuild(root: str = ROOT) -> str:
    """The esbuild program itself: npm's launcher for it first starts Node.js, 90 ms instead of 4."""
    from pathlib import Path

    return str(next(Path(root, "frontend/node_modules/@esbuild").glob("*/**/esbuild*")))


def _set_up(root: str, groups: tuple[str, ...], run: Runner) -> None:
    if _is_outdated(root, groups):
        _erase(venv(root))
    todo, recorded = _missing(root, groups), _recorded(root)  # asked anew: whoever held the lock may have done it all
    if todo & set(NPM) and not _has_node(root):
        todo.add("node")
    steps = [step for step in STEPS if step in todo]
    for number, step in enumerate(steps, 1):
        _say(f"[{number}/{len(steps)}] {text(step)}")
        try:
            install(step, root, run)
        finally:
            _end_line()
        recorded[step] = _wanted(root, (*groups, "node"))[step]
        if step != "python":  # an environment without its packages is no basis to go on from
            _record(root, recorded)
    if steps:
        print(text("ready"), file=sys.stderr)


def _is_outdated(root: str, groups: tuple[str, ...]) -> bool:
    """True where going on would mix packages: another Python, another lock, or a first run that was cut short."""
    recorded = _recorded(root)
    changed = {step for step in _missing(root, groups) if step in recorded}
    return "site" not in recorded or bool(changed - {*NPM, "browser", "programs"})


def _wanted(root: str, groups: tuple[str, ...]) -> dict[str, str]:
    """Step → what the stamp says of it once it is done."""
    import hashlib

    wanted = {"python": f"{sys.implementation.cache_tag} {sys.platform} {_machine()}"}
    for step in (*groups, "frontend"):
        with open(os.path.join(root, LOCKS[step]), "rb") as lock:
            wanted[step] = hashlib.sha256(lock.read()).hexdigest()
    if {"test", "bench"} & {*groups}:
        wanted["browser"] = chromium() or ""
    if "test" in groups:
        wanted["programs"] = " ".join(program(name) or "-" for name in (*PROGRAMS, HEADLESS))
    return wanted


def _machine() -> str:
    if sys.platform == "win32":
        return os.environ.get("PROCESSOR_ARCHITECTURE", "")
    return os.uname().machine


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
    path = venv(root, "haitang-stamp")
    with open(path + ".new", "w", encoding="utf-8") as stamp:
        stamp.writelines(f"{step} {value}\n" for step, value in recorded.items())
    os.replace(path + ".new", path)


def _has_node(root: str) -> bool:
    try:
        return bool(node(root))
    except EnvironmentProblem:
        return False


def _erase(path: str) -> None:
    import shutil

    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def _lock(root: str) -> int:
    """Hold the only right to change the environment, as an open file; children inherit it (see run_logged)."""
    import time

    os.makedirs(os.path.join(root, ".cache"), exist_ok=True)
    lock = os.open(os.path.join(root, ".cache", "setup.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    os.set_inheritable(lock, True)
    told = False
    while not _try_lock(lock):
        if not told:
            print(text("waiting"), file=sys.stderr)
        told = True
        time.sleep(0.2)
    return lock


def _try_lock(lock: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a file system without locks: better to go on than never to start
        return True
    return True


def _say(line: str) -> None:
    """Begin a step's line; on a terminal its progress follows on the same line."""
    print(line, file=sys.stderr, end="" if sys.stderr.isatty() else "\n", flush=True)


def _end_line() -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _hand_over(command: list[str]) -> None:
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, clean_environment())
    import subprocess  # Windows has no exec that keeps the console waiting

    try:
        sys.exit(subprocess.call(command, env=clean_environment()))
    except KeyboardInterrupt:
        sys.exit(130)
