"""All that `build.py bench` measures, one after the other. A missed target is told, not failed: a busy machine lowers marks."""

import sys

from benchmarks import keys, large, maps, results, run, scores


def main(argv: list[str]) -> int:
    """As `run.main`: 0 measured, 1 a case did not build, 2 wrong command line, 3 this system cannot measure."""
    if (status := run.main(argv)) > 1:
        return status
    options = run.parse(argv)
    out = ["--out", str(options.out)]
    if max(options.sizes) >= large.SIZE:
        large.main(out)
    results.main(out)  # a case that did not build is named among its notes
    if status:
        return status
    maps.main(out)
    keys.main(out)
    scores.main([*out, "--rounds", str(options.rounds)])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
