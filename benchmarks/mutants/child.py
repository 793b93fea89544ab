"""One run of pytest in a process forked from one that has already imported what does not change.

The rule: a run ends. It has so many seconds of processor, so many of idleness, and so much memory; it is one process group,
which goes with it.
"""

import ctypes
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest

from benchmarks.mutants.lines import Lines
from benchmarks.mutants.tree import Tree

_OURS = ("haitang", "tests", "benchmarks", "docs", "build")
_MEMORY, _FILE = 8 * 2**30, 256 * 2**20  # bytes
_ARGUMENTS = ("-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0")
TOO_LONG = "too long"
_KEEP, _AMBIENT, _RAISE, _READ, _VERSION = 8, 47, 2, 2, 0x20080522  # prctl.h and capability.h of Linux


@dataclass(frozen=True, slots=True)
class Job:
    """`order`: the tests by their node ids, in this order; without one all tests of the files. `cpu` and `clock` are seconds.
    `each`: seconds of processor that one test may take; where that is told, a run goes on after a failure. `traced`: the
    modules to be watched. `stint`: seconds of processor after which the rest of the tests is left."""

    files: tuple[str, ...]
    order: Mapping[str, int] | None
    cpu: float
    clock: float
    each: float = 0
    traced: tuple[str, ...] = ()
    stint: float = 0


@dataclass(slots=True)
class Ran:
    """`killer` is the first test that failed, or how else the run ended; "" if all passed. `tests` tells of each test that
    passed {"cpu": seconds, "hits": {file: bits}}, `shared` what fixtures ran, `left` which tests were left."""

    killer: str
    seconds: float
    tests: dict[str, dict[str, Any]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


class Watch:
    """The plugin that chooses and orders tests and writes down what they did."""

    def __init__(self, job: Job, top: Path) -> None:
        self._job = job
        self._lines = Lines(top, job.traced) if job.traced else None
        self._failed: set[str] = set()
        self._setup: dict[str, int] = {}
        self._shared: dict[str, int] = {}
        self.tests: dict[str, dict[str, Any]] = {}
        self.killer = ""
        self._began = _cpu()
        self._left: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if (order := self._job.order) is not None:
            items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])
        self._left = [item.nodeid for item in items]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        before = _cpu()
        self._left.remove(item.nodeid)
        self._setup = {}
        if self._job.each:
            signal.signal(signal.SIGPROF, _enough)
            signal.setitimer(signal.ITIMER_PROF, self._job.each)
        if self._lines:
            self._lines.start()
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            hits = self._lines.stop() if self._lines else {}
            _add(hits, self._setup)
            if self._job.stint and _cpu() - self._began > self._job.stint:
                item.session.shouldstop = "its stint is over"
            if item.nodeid not in self._failed:
                self.tests[item.nodeid] = {"cpu": round(_cpu() - before, 3), "hits": _written(hits)}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self) -> None:
        if self._lines:
            self._setup = self._lines.stop()
            _add(self._shared, self._setup)
            self._lines.start()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.add(report.nodeid)
            self.killer = self.killer or report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.killer = self.killer or f"import of {report.nodeid}"

    def write(self, path: Path, code: int) -> None:
        killer = self.killer or ("" if code in (0, 5) else f"pytest ended with {code}")
        told = {"killer": killer, "tests": self.tests, "shared": _written(self._shared), "left": self._left}
        path.write_text(json.dumps(told), "utf-8")


def preload() -> None:
    """Imports what the tests import from elsewhere, so that no run has to."""
    code = "import sys, tests.conftest, haitang.site.build, haitang.cli.main; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    for name in told.stdout.split():
        if name.split(".")[0] not in _OURS:
            with suppress(ImportError):
                importlib.import_module(name)


class Running:
    """A run that was started; `ended` is None until it ended."""

    def __init__(self, tree: Tree, job: Job) -> None:
        self._tree, self._job = tree, job
        self._began = time.monotonic()
        self._result = tree.home / "result.json"
        sys.stdout.flush()
        self.process = os.fork()
        if self.process == 0:
            _child(tree, job, self._result)

    def ended(self) -> Ran | None:
        is_late = time.monotonic() - self._began - self._busy() > self._job.clock
        if is_late:
            self._kill()
        done, status = os.waitpid(self.process, 0 if is_late else os.WNOHANG)
        if not done:
            return None
        self._kill()
        seconds = round(time.monotonic() - self._began, 2)
        if is_late or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)):
            return Ran(TOO_LONG, seconds)
        if not self._result.is_file():
            return Ran(f"the process ended with {os.waitstatus_to_exitcode(status)}", seconds)
        told = json.loads(self._result.read_text("utf-8"))
        return Ran(told["killer"], seconds, told["tests"], told["shared"], told["left"])

    def _busy(self) -> float:
        """Seconds in which it ran or would have run if others had not: a busy machine makes no mutant endless."""
        try:
            ran, waited, *_ = Path(f"/proc/{self.process}/schedstat").read_text("ascii").split()
        except OSError:
            return 0
        return (int(ran) + int(waited)) / 1e9

    def stop(self) -> None:
        self._kill()
        os.waitpid(self.process, 0)

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)


def _child(tree: Tree, job: Job, result: Path) -> NoReturn:
    code = 70
    try:
        _alone(tree, job)
        watch = Watch(job, tree.top)
        arguments = [one for one in _ARGUMENTS if not job.each or one != "-x"]
        code = int(pytest.main([*arguments, f"--rootdir={tree.top}", f"--basetemp={tree.home}/tests", *job.files], [watch]))
        signal.setitimer(signal.ITIMER_PROF, 0)
        watch.write(result, code)
    finally:
        sys.stdout.flush()
        os._exit(code)


def _alone(tree: Tree, job: Job) -> None:
    """Limits, the other user, and the copy instead of the original."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (int(job.cpu) + 1, int(job.cpu) + 3))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE, _FILE))
    if tree.user is not None:
        _become(tree.user)
    os.environ.update(HOME=str(tree.home), TMPDIR=str(tree.home))
    tempfile.tempdir = None
    log = os.open(tree.home / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    before = os.getcwd()  # noqa: PTH109 – as it stands in sys.path
    os.chdir(tree.top)
    sys.path[:] = [str(tree.top) if entry in ("", before) else entry for entry in sys.path]
    for name in [name for name in sys.modules if name.split(".")[0] in _OURS]:
        del sys.modules[name]
    importlib.invalidate_caches()


def _become(user: int) -> None:
    """Another user, who may still read everything, as the interpreter may stand in a folder of root's; on Linux."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_KEEP, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
    head = (ctypes.c_uint32 * 2)(_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)(1 << _READ, 1 << _READ, 1 << _READ)
    if libc.capset(head, sets) or libc.prctl(_AMBIENT, _RAISE, _READ, 0, 0):
        raise OSError(ctypes.get_errno(), "capabilities")


def _enough(*_: object) -> NoReturn:
    raise TimeoutError("more than a test may take")


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _add(hits: dict[str, int], more: Mapping[str, int]) -> None:
    for file, lines in more.items():
        hits[file] = hits.get(file, 0) | lines


def _written(hits: Mapping[str, int]) -> dict[str, str]:
    return {file: f"{lines:x}" for file, lines in hits.items()}
