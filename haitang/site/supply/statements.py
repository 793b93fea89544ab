"""sbom.cdx.json and provenance.json: what a release is made of, and which commit, locks and files it is.

The rule: the same commit gives the same bytes: no clock, no machine, no run. Neither is signed here; who publishes vouches for
them as for the release, and a kiosk's zip carries its own signature.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from haitang.data.git import changed_from, head
from haitang.site.supply.locks import Component, components, lock_files

SBOM, PROVENANCE = "sbom.cdx.json", "provenance.json"
_PIECE = 1 << 20
_USES = ("shipped", "build", "test", "bench")


def sbom(project: Path, bundle: Path, version: str) -> bytes:
    """CycloneDX 1.5: what is handed out is `required`, what only makes or tests it `excluded`."""
    parts = [_described(one) for one in components(project, bundle)]
    own = {"type": "application", "bom-ref": "haitang", "name": "haitang", "version": version, "licenses": [_licence("MIT")]}
    shipped = [part["bom-ref"] for part in parts if part["scope"] == "required"]
    content = {
        "metadata": {"component": own},
        "components": parts,
        "dependencies": [{"ref": "haitang", "dependsOn": shipped}],
    }
    serial = UUID(bytes=sha256(_json(content)).digest()[:16], version=5)
    return _json(
        {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{serial}", "version": 1, **content}
    )


def provenance(project: Path, root: Path, released: Iterable[Path], told: Mapping[str, bytes]) -> bytes:
    """An in-toto statement with SLSA's predicate: each file of what is `released` (files, or folders with all below them) by
    its SHA-256, the commits of program and data, the locks. `told` are the files that stand beside it. Raises OSError."""
    subjects = sorted(_subjects(released), key=lambda subject: str(subject["name"]))
    sources = [_commit("program", project), *([] if root == project else [_commit("data", root)])]
    locks = [{"name": name, "digest": {"sha256": _sha256(project / name)}} for name in lock_files(project)]
    byproducts = [{"name": name, "digest": {"sha256": sha256(content).hexdigest()}} for name, content in sorted(told.items())]
    definition = {
        "buildType": "urn:haitang:build.py",
        "externalParameters": {},
        "internalParameters": {"uncommitted": sum(source.pop("uncommitted") for source in sources) > 0},
        "resolvedDependencies": [*sources, *locks],
    }
    return _json(
        {
            "_type": "https://in-toto.io/Statement/v1",
            "subject": subjects,
            "predicateType": "https://slsa.dev/provenance/v1",
            "predicate": {
                "buildDefinition": definition,
                "runDetails": {"builder": {"id": "urn:haitang:build.py"}, "byproducts": byproducts},
            },
        }
    )


def _described(one: Component) -> dict[str, Any]:
    purl = f"pkg:{one.ecosystem}/{one.name.replace('@', '%40')}@{one.version}"
    shipped = "shipped" in one.uses
    found: dict[str, Any] = {
        "type": "container" if one.ecosystem == "docker" else "library",
        "bom-ref": purl,
        "name": one.name,
        "version": one.version,
        "scope": "required" if shipped else "excluded",
        "purl": purl,
    }
    if one.licence:
        found["licenses"] = [_licence(one.licence)]
    if len(one.digests) == 1:
        found["hashes"] = [{"alg": name, "content": digest} for name, digest in one.digests]
    uses = [{"name": "haitang:use", "value": use} for use in _USES if use in one.uses]
    # Of several files one is taken, which one depends on the machine.
    files = [{"name": f"haitang:{name}", "value": digest} for name, digest in one.digests] if len(one.digests) > 1 else []
    return found | {"properties": uses + files}


def _licence(name: str) -> dict[str, Any]:
    """By its SPDX id; where several are joined, or it is no plain id, as the expression it is."""
    plain = name.replace("-", "").replace(".", "").isalnum()
    return {"license": {"id": name}} if plain else {"expression": name.removeprefix("(").removesuffix(")")}


def _commit(name: str, root: Path) -> dict[str, Any]:
    """Where there is no history nobody can say which state it was."""
    commit = head(root)
    digest = {"gitCommit": commit} if commit else {}
    return {"name": name, "digest": digest, "uncommitted": not commit or bool(changed_from(root, commit))}


def _subjects(released: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in released:
        top = path.resolve()
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for file in files:
            if file.is_file():
                name = f"{path.name}/{file.relative_to(top).as_posix()}" if top.is_dir() else path.name
                yield {"name": name, "digest": {"sha256": _sha256(file)}}


def _sha256(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
