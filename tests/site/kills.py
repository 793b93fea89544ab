"""Command lines that are killed in the middle, and who looks meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from haitang.cli import main
from tests.clockwork import CLOCKWORK
from tests.worlds import PROJECT


def killed(arguments: list[str], after: float) -> bool:
    """Runs a command line in a process of its own and kills it after a while; whether it was killed in the middle."""
    child = started(lambda: main.main(arguments))
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def killed_at(arguments: list[str], step: int) -> bool:
    """As `killed`, before the nth thing that it asks of the disk."""

    def run() -> int:
        with CLOCKWORK.during([("", step, lambda: os.kill(os.getpid(), signal.SIGKILL))]):
            return main.main(arguments)

    return os.WIFSIGNALED(os.waitpid(started(run), 0)[1])


def measured(arguments: list[str]) -> tuple[int, int, float]:
    """A command line in a process of its own: its exit code, the things it asks of the disk, and the seconds it takes."""
    told, tell = os.pipe()

    def run() -> int:
        with CLOCKWORK.during(()):
            code = main.main(arguments)
        os.write(tell, str(CLOCKWORK.steps).encode())
        return code

    began = time.monotonic()
    _, status = os.waitpid(started(run), 0)
    os.close(tell)
    with os.fdopen(told) as stream:
        return os.waitstatus_to_exitcode(status), int(stream.read() or 0), time.monotonic() - began


def started(run: Callable[[], int]) -> int:
    """The number of a child that does it in silence."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        code = 99
        try:
            code = run()
        finally:
            os._exit(code)
    return child


@contextmanager
def reader(site: Path, known: dict[str, list[str]], folder: Path, pause: float = 0.0) -> Iterator[dict[str, object]]:
    """A visitor polling meanwhile; what it saw is in the dict when the context ends."""
    result: dict[str, object] = {}
    (folder / "known.json").write_text(json.dumps(known), encoding="utf-8")
    script = PROJECT / "tests" / "site" / "polling_reader.py"
    process = subprocess.Popen(
        [sys.executable, str(script), str(site), str(folder / "known.json"), str(folder / "result.json"), str(pause)]
    )
    time.sleep(0.3)
    try:
        yield result
    finally:
        process.terminate()
        process.wait(timeout=30)
    result.update(json.loads((folder / "result.json").read_text(encoding="utf-8")))
