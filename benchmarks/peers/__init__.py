"""The peers: other generators, set up to build equivalent pages from the same data.

The rule: what a peer needs to be fast is given to it (the fastest of its documented ways, nothing switched on that the
pages do not need); preparing its sources is never on the clock.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.peers.eleventy import eleventy
from benchmarks.peers.hugo import hugo
from benchmarks.peers.material import mkdocs, mkdocs_search, zensical
from benchmarks.peers.project import CannotRun, Project, versions

# (data root, folder to set up in) → what to run; raises CannotRun.
PEERS: Mapping[str, Callable[[Path, Path], Project]] = {
    "hugo": hugo,
    "mkdocs": mkdocs,
    "mkdocs-search": mkdocs_search,
    "zensical": zensical,
    "eleventy": eleventy,
}

__all__ = ["PEERS", "CannotRun", "Project", "versions"]
