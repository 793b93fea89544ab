"""build.py bench: builds beside the peers, the live map beside its peer, the search, then what Lighthouse says.

The rule: the programs in `benchmarks/` use the product, never the other way; this only starts them.
"""

import argparse
import subprocess
import sys

from haitang.core.console import Console


def run(options: argparse.Namespace, console: Console) -> int:
    del console  # the tables are the benchmark's own
    command = [sys.executable, "-m", "benchmarks", "--out", str(options.out.absolute())]
    for name in ("sizes", "peers", "rounds"):
        if value := getattr(options, name):
            command += [f"--{name}", value]
    return subprocess.run(command, cwd=options.project, check=False).returncode
