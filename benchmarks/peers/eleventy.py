"""Eleventy: the data files as they are, read with the YAML reader it brings along, one JavaScript template a page kind.

Templates in JavaScript are the fastest of its kinds; pagination is its documented way from data to pages.
"""

import shutil
from pathlib import Path

from benchmarks.peers.project import ELEVENTY, PACKAGES, REPOSITORY, SOURCES, CannotRun, Project
from haitang.core.toolchain import EnvironmentProblem, node


def eleventy(data: Path, folder: Path) -> Project:
    """Set up an Eleventy project in `folder` on the data root `data`. npm's launcher, which would start another process, is
    left out."""
    program = ELEVENTY / "cmd.cjs"
    if not program.is_file():
        raise CannotRun("Eleventy is not installed (benchmarks/eleventy)")
    try:
        command = (node(str(REPOSITORY))[0], str(program), "--quiet")
    except EnvironmentProblem as problem:
        raise CannotRun(str(problem)) from problem
    shutil.copytree(SOURCES / "eleventy_site", folder, dirs_exist_ok=True)
    (folder / "node_modules").symlink_to(PACKAGES, target_is_directory=True)
    return Project(command, folder, folder / "public", (), {"BENCH_DATA": str(data.resolve())})
