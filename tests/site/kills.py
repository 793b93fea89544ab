"""Command lines that are killed in the middle."""

import os
import signal
import time

from haitang.cli import main


def killed(arguments: list[str], after: float) -> bool:
    """Runs a command line in a process of its own and kills it after a while; whether it was killed in the middle."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os._exit(main.main(arguments))
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
