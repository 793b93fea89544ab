"""Runs one command and reports what it cost: CPU seconds, wall seconds, peak memory.

The rule: this file is also run as a program of its own, small and with the standard library only. A process starts life
with its parent's memory counted as its own peak (Linux keeps ru_maxrss across exec), so that the parent of what is
measured must be small, and the bench itself, full of tables and templates, is not.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.05
_MEGABYTE = 1_000_000
_TAIL_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Cost:
    """One run. Times in seconds, `cpu_s` user and system of the command and of all children it waited for; `peak_mb` in
    10^6 bytes: the largest single process (exact, from the kernel) or the sum over the process tree (sampled), whichever
    is more. `tail` holds the end of what the command said, for when it failed."""

    code: int
    cpu_s: float
    wall_s: float
    peak_mb: float
    tail: str


def supported() -> bool:
    """Whether this system can say what a child process cost (POSIX wait4)."""
    return hasattr(os, "wait4")


def run(command: Sequence[str], log: Path, folder: Path, extra_environment: Mapping[str, str]) -> Cost:
    """Run `command` in `folder` through a small interpreter and wait for it; its output goes to the file `log`."""
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).resolve()), str(log), *command]
    environment = {**os.environ, **extra_environment}
    done = subprocess.run(launcher, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    tail = log.read_bytes()[-_TAIL_BYTES:].decode(errors="replace").strip() if log.exists() else ""
    if done.returncode:
        return Cost(done.returncode, 0.0, 0.0, 0.0, tail)
    report = json.loads(done.stdout)
    return Cost(report["code"], report["cpu_s"], report["wall_s"], report["peak_mb"], tail)


def tree_size(folder: Path) -> tuple[int, int]:
    """Number of files and sum of their bytes below `folder`, which may itself be a link."""
    sizes = [path.stat().st_size for path in folder.resolve().rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def _launch(log: str, command: Sequence[str]) -> dict[str, float]:
    """Start the command, wait for it and read its bill from the kernel."""
    with Path(log).open("wb") as out:
        started = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        sampler = _TreeSampler(child.pid)
        sampler.start()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
    sampler.done.set()
    child.returncode = os.waitstatus_to_exitcode(status)  # Popen must not wait for a process that is gone
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes on macOS, KiB on Linux
    peak = max(used.ru_maxrss * unit, sampler.peak) / _MEGABYTE
    return {"code": child.returncode, "cpu_s": used.ru_utime + used.ru_stime, "wall_s": wall, "peak_mb": peak}


class _TreeSampler(threading.Thread):
    """Bytes that a process and all below it take, added up now and then, as far as /proc tells (Linux).

    A page that processes share is counted once, in equal parts (the proportional set size): what is added up is what the
    machine must have. Where the kernel does not tell it, shared pages are counted in each.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, self._resident(self.pid))

    def _resident(self, pid: int) -> int:
        """0 for what is gone or cannot be read."""
        process = Path(f"/proc/{pid}")
        try:
            total = _taken(process)
            for task in (process / "task").iterdir():
                total += sum(self._resident(int(child)) for child in (task / "children").read_text().split())
        except (OSError, ValueError, IndexError):
            return 0
        return total


def _taken(process: Path) -> int:
    try:
        told = (process / "smaps_rollup").read_text()
        return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) * 1024
    except (OSError, StopIteration, ValueError):
        return int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    try:
        json.dump(_launch(sys.argv[1], sys.argv[2:]), sys.stdout)
    except OSError as error:
        Path(sys.argv[1]).write_text(str(error), encoding="utf-8")
        sys.exit(127)  # what a shell says of a command that is not there
