"""build.py bench: builds beside the peers, the live map beside its peer, the search, then what Lighthouse says."""

import argparse

from benchmarks import keys, maps, scores
from benchmarks.run import main
from haitang.core.console import Console


def run(options: argparse.Namespace, console: Console) -> int:
    del console  # the tables are the benchmark's own
    argv = ["--out", str(options.out)]
    for name in ("sizes", "peers", "rounds"):
        if value := getattr(options, name):
            argv += [f"--{name}", value]
    if status := main(argv):
        return status
    maps.main(["--out", str(options.out)])
    keys.main(["--out", str(options.out)])
    scores.main(["--out", str(options.out), *(["--rounds", options.rounds] if options.rounds else [])])
    return 0  # a missed target is told, not failed: on a busy machine every mark is lower
