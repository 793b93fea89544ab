"""What is told beside a release: every locked package once, what is handed out told apart, the same bytes on every machine."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from haitang.cli import main
from haitang.cli.bootstrap import LOCKS
from haitang.data.git import head
from haitang.site import licences
from haitang.site.bundles import bundle as bundled
from haitang.site.supply.locks import lock_files
from haitang.site.supply.statements import provenance, sbom
from tests.data.history_world import begin, commit, write
from tests.worlds import PROJECT

KINDS = ("pypi", "npm", "github", "docker")


@pytest.fixture(scope="module")
def bundle() -> Path:
    return bundled(PROJECT)


@pytest.fixture(scope="module")
def told(bundle: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sbom(PROJECT, bundle, "1.2.3"))
    return found


def copied(into: Path) -> Path:
    """All that the SBOM is made of, elsewhere; written in another order."""
    patterns = ("requirements/*.txt", "frontend/**/package-lock.json", "benchmarks/*/package-lock.json", ".g*/workflows/*.yml")
    files = [
        path for pattern in (*patterns, ".gitlab-ci.yml") for path in PROJECT.glob(pattern) if "node_modules" not in path.parts
    ]
    for path in sorted(files, reverse=True):
        target = into / path.relative_to(PROJECT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return into


def test_every_lock_of_the_door_is_read() -> None:
    assert set(lock_files(PROJECT)) == set(LOCKS.values())


def test_every_locked_package_is_there_once(told: dict[str, Any]) -> None:
    refs = Counter(part["bom-ref"] for part in told["components"])
    assert set(refs.values()) == {1}
    for name in lock_files(PROJECT):
        text = (PROJECT / name).read_text("utf-8")
        if name.endswith(".txt"):
            wanted = {
                f"pkg:pypi/{name.lower()}@{version}" for name, version in re.findall(r"^([\w.-]+)==([^\s\\]+)", text, re.M)
            }
        else:
            packages = json.loads(text)["packages"].items()
            named = ((said.get("name") or path.split("node_modules/")[-1], said["version"]) for path, said in packages if path)
            wanted = {f"pkg:npm/{package.replace('@', '%40')}@{version}" for package, version in named}
        assert wanted
        assert wanted <= set(refs), name


def test_what_is_handed_out_is_told_from_what_makes_it(told: dict[str, Any], bundle: Path) -> None:
    parts = (
        *licences.of_site(bundle, PROJECT / "frontend/admin/package-lock.json"),
        *licences.listed(bundle / "kiosk/licences.txt"),
    )
    shipped = {part["name"]: part["version"] for part in told["components"] if part["scope"] == "required"}
    assert shipped == {part.name: part.version for part in parts}
    uses = {
        part["name"]: {each["value"] for each in part["properties"] if each["name"] == "haitang:use"}
        for part in told["components"]
    }
    assert uses["esbuild"] == {"build"}
    assert "build" in uses["pydantic"]
    assert "test" in uses["pytest"]
    assert uses["lighthouse"] == {"bench"}
    assert all(uses.values())
    (own,) = told["dependencies"]
    assert own["ref"] == told["metadata"]["component"]["bom-ref"]
    assert {ref.rpartition("@")[0].rpartition("/")[2] for ref in own["dependsOn"]} == {
        name.rpartition("/")[2] for name in shipped
    }


def test_it_has_the_form_of_cyclonedx(told: dict[str, Any]) -> None:
    """The parts of the published schema that a reader depends on; the schema itself is not here."""
    assert (told["bomFormat"], told["specVersion"], told["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", told["serialNumber"])
    assert "timestamp" not in told["metadata"]
    lengths = {"SHA-1": 40, "SHA-256": 64, "SHA-384": 96, "SHA-512": 128}
    for part in told["components"]:
        assert part["type"] in ("library", "container")
        assert part["scope"] in ("required", "excluded")
        assert re.fullmatch(r"pkg:(pypi|npm|github|docker)/[\w.%/-]+@[\w.+!-]+", part["purl"]), part["purl"]
        assert all(len(each["content"]) == lengths[each["alg"]] for each in part.get("hashes", ()))
        for licence in part.get("licenses", ()):
            assert [*licence] in (["license"], ["expression"])
            assert "(" not in licence.get("license", {}).get("id", ""), licence
    assert {part["purl"].split("/")[0].removeprefix("pkg:") for part in told["components"]} == set(KINDS)


def test_no_registry_is_named(bundle: Path) -> None:
    assert b"://" not in sbom(PROJECT, bundle, "1")


def test_the_same_everywhere(bundle: Path, tmp_path: Path) -> None:
    """Another folder, another order of its files, another seed of sets, another zone and language."""
    expected = sbom(PROJECT, bundle, "1")
    project = copied(tmp_path / "ein andrer Ort")
    program = (
        "import sys; from pathlib import Path; from haitang.site.supply.statements import sbom;"
        "sys.stdout.buffer.write(sbom(Path(sys.argv[1]), Path(sys.argv[2]), '1'))"
    )
    for seed, zone in (("1", "UTC"), ("77", "Pacific/Kiritimati")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": str(PROJECT)}
        done = subprocess.run(
            [sys.executable, "-c", program, str(project), str(bundle)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        assert done.stdout == expected


@pytest.mark.parametrize(
    "name", ["requirements/site.txt", "requirements/test.txt", "frontend/package-lock.json", ".gitlab-ci.yml"]
)
def test_another_lock_is_another_sbom(name: str, bundle: Path, tmp_path: Path) -> None:
    project = copied(tmp_path)
    before = json.loads(sbom(project, bundle, "1"))
    text = (project / name).read_text("utf-8")
    changed = re.sub(r"(==\d+\.|\"version\": \"\d+\.|image: python:\d+\.)", r"\g<1>9", text)
    assert changed != text
    (project / name).write_text(changed, "utf-8")
    after = json.loads(sbom(project, bundle, "1"))
    assert before["serialNumber"] != after["serialNumber"]


def test_a_statement_names_commits_locks_and_every_file(tmp_path: Path) -> None:
    root = begin(tmp_path / "data")
    write(root, "a")
    commit(root, "2026-03-01")
    out = tmp_path / "site"
    (out / "deep").mkdir(parents=True)
    (out / "index.html").write_bytes(b"a")
    (out / "deep/b.js").write_bytes(b"b")
    (tmp_path / "hall.zip").write_bytes(b"zip")
    (tmp_path / "link").symlink_to(out)
    statement = json.loads(provenance(PROJECT, root, [tmp_path / "link", tmp_path / "hall.zip"], {"sbom.cdx.json": b"{}"}))
    assert {each["name"]: each["digest"]["sha256"] for each in statement["subject"]} == {
        "link/index.html": sha256(b"a").hexdigest(),
        "link/deep/b.js": sha256(b"b").hexdigest(),
        "hall.zip": sha256(b"zip").hexdigest(),
    }
    definition = statement["predicate"]["buildDefinition"]
    program, data, *locks = definition["resolvedDependencies"]
    assert program == {"name": "program", "digest": {"gitCommit": head(PROJECT)}}
    assert data == {"name": "data", "digest": {"gitCommit": head(root)}}
    assert {each["name"]: each["digest"]["sha256"] for each in locks} == {
        name: sha256((PROJECT / name).read_bytes()).hexdigest() for name in lock_files(PROJECT)
    }
    (byproduct,) = statement["predicate"]["runDetails"]["byproducts"]
    assert byproduct["digest"]["sha256"] == sha256(b"{}").hexdigest()


def test_what_is_not_committed_is_said(tmp_path: Path) -> None:
    root = begin(tmp_path / "data")
    write(root, "a")
    commit(root, "2026-03-01")

    def uncommitted() -> Any:
        return json.loads(provenance(root, root, [], {}))["predicate"]["buildDefinition"]["internalParameters"]["uncommitted"]

    assert uncommitted() is False
    write(root, "b")
    assert uncommitted() is True
    shutil.rmtree(root / ".git")
    assert uncommitted() is True


def test_the_command_writes_both_and_names_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["provenance", str(tmp_path / "nothing"), "--out", str(tmp_path)]) == 2
    assert "nothing" in capsys.readouterr().err
    (tmp_path / "a.zip").write_bytes(b"a")
    assert main.main(["provenance", str(tmp_path / "a.zip"), "--out", str(tmp_path)]) == 0
    folder = tmp_path / "provenance"
    told = json.loads((folder / "provenance.json").read_text("utf-8"))
    (byproduct,) = told["predicate"]["runDetails"]["byproducts"]
    assert byproduct["digest"]["sha256"] == sha256((folder / "sbom.cdx.json").read_bytes()).hexdigest()
