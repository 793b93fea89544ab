"""build.py bench: measures builds beside the peers'."""

import argparse

from benchmarks.run import main
from haitang.console import Console


def run(options: argparse.Namespace, console: Console) -> int:
    del console  # the table is the benchmark's own
    argv = ["--out", str(options.out)]
    for name in ("sizes", "peers", "rounds"):
        if value := getattr(options, name):
            argv += [f"--{name}", value]
    return main(argv)
