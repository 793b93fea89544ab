"""build.py provenance: writes what a release is made of and what made it, to stand beside the release."""

import argparse
import tomllib
from pathlib import Path

from haitang.cli.commands.site import bundled
from haitang.cli.reporting import SOUND, Stop
from haitang.core.atomic_files import write_atomic
from haitang.core.console import Console
from haitang.site.supply.statements import PROVENANCE, SBOM, provenance, sbom


def run(options: argparse.Namespace, console: Console) -> int:
    words = options.words
    released = [Path(name) for name in options.released] or [options.out / "site"]
    for path in released:
        if not path.exists():
            raise Stop(words.sentence("commands", "provenance_missing", file=path))
    told = {SBOM: sbom(options.project, bundled(options), _version(options.project))}
    told[PROVENANCE] = provenance(options.project, options.root, released, told)
    folder = options.out / "provenance"
    for name, content in told.items():
        write_atomic(folder / name, content)
    console.say(words.sentence("commands", "provenance_written", folder=folder, packages=SBOM, statement=PROVENANCE))
    return SOUND


def _version(project: Path) -> str:
    return str(tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
