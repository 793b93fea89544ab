"""Every package that the lock files name, and what it is for.

The rule: nothing is asked of a registry or of what happens to be installed: the lock files fix every byte, and the lists of the
bundler say which of it is handed out. The same files give the same answer on every machine.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from haitang.site.form_editor import NAME as FORM
from haitang.site.licences import LISTED, listed

Ecosystem = Literal["pypi", "npm", "github", "docker"]
Use = Literal["shipped", "build", "test", "bench"]
# What a lock is for, unless the bundler's lists say that a package is handed out.
PYTHON: dict[str, Use] = {
    "site": "build",
    "zensical": "build",
    "node": "build",
    "dask": "build",
    "test": "test",
    "bench": "bench",
}
NPM: dict[str, Use] = {
    "frontend": "build",
    "frontend/admin": "build",
    "frontend/checks": "test",
    "benchmarks/lighthouse": "bench",
    "benchmarks/markercluster": "bench",
    "benchmarks/eleventy": "bench",
}
WORKFLOWS = (".github/workflows/*.yml", ".gitea/workflows/*.yml", ".gitlab-ci.yml")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_ACTION = re.compile(r"^\s*(?:- )?uses: ([\w.-]+/[\w.-]+)[\w./-]*@([0-9a-f]{40})", re.MULTILINE)
_IMAGE = re.compile(r"^\s*image: ([\w./-]+):([\w.-]+)(?:@sha256:([0-9a-f]{64}))?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """A package at a version: `digests` are algorithm and hexadecimal digits, one for each file that may be taken for it."""

    ecosystem: Ecosystem
    name: str
    version: str
    licence: str = ""
    digests: tuple[tuple[str, str], ...] = ()
    uses: frozenset[Use] = field(default=frozenset(), compare=False)


def lock_files(project: Path) -> list[str]:
    """The paths of all lock files below the project."""
    names = [*(f"requirements/{name}.txt" for name in PYTHON), *(f"{folder}/package-lock.json" for folder in NPM)]
    return sorted(name for name in names if (project / name).is_file())


def components(project: Path, bundle: Path) -> list[Component]:
    """All packages, sorted, each once with all that it is for. Raises OSError, ValueError."""
    together: dict[tuple[str, str, str], Component] = {}
    for one in (*_python(project), *_npm(project, _handed_out(bundle)), *_workflows(project)):
        key = one.ecosystem, one.name, one.version
        known = together.get(key, one)
        digests = tuple(sorted({*known.digests, *one.digests}))
        uses = known.uses | one.uses
        together[key] = Component(*key, known.licence or one.licence, digests, uses)
    return sorted(together.values())


def _handed_out(bundle: Path) -> set[tuple[str, str]]:
    parts = (*listed(bundle / LISTED), *listed(bundle / "kiosk" / LISTED))
    return {(part.name, part.version) for part in parts}


def _python(project: Path) -> Iterator[Component]:
    for name, use in PYTHON.items():
        text = (project / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        found = [*_PINNED.finditer(text)]
        for at, one in enumerate(found):
            end = found[at + 1].start() if at + 1 < len(found) else len(text)
            digests = tuple(("SHA-256", each) for each in sorted(_HASH.findall(text[one.end() : end])))
            yield Component("pypi", one[1].lower().replace("_", "-"), one[2], "", digests, frozenset((use,)))


def _npm(project: Path, handed_out: set[tuple[str, str]]) -> Iterator[Component]:
    for folder, use in NPM.items():
        lock = json.loads((project / folder / "package-lock.json").read_text(encoding="utf-8"))
        for path, said in lock["packages"].items():
            if not path or said.get("link"):
                continue
            name, version = said.get("name") or path.rpartition("node_modules/")[2], said["version"]
            shipped = (folder == "frontend" and (name, version) in handed_out) or (folder == "frontend/admin" and name == FORM)
            licence = said.get("license", "")
            yield Component(
                "npm", name, version, licence if isinstance(licence, str) else "", _integrity(said.get("integrity", "")),
                frozenset(("shipped" if shipped else use,)),
            )  # fmt: skip


def _integrity(said: str) -> tuple[tuple[str, str], ...]:
    """Subresource integrity as CycloneDX names it: several stand apart by blanks."""
    parts = (one.partition("-") for one in said.split())
    return tuple(sorted((name.upper().replace("SHA", "SHA-"), b64decode(value).hex()) for name, _, value in parts))


def _workflows(project: Path) -> Iterator[Component]:
    """What the forges' own machines run: actions by their commit, images by their tag and, where it is known, their digest."""
    build: frozenset[Use] = frozenset(("build",))
    for pattern in WORKFLOWS:
        for path in sorted(project.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            yield from (Component("github", name, commit, uses=build) for name, commit in _ACTION.findall(text))
            for name, tag, digest in _IMAGE.findall(text):
                yield Component("docker", name, tag, digests=(("SHA-256", digest),) if digest else (), uses=build)
