"""The workflows that a directory of one's own begins with: they take the generator at one commit, and do what they say."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from haitang.data.git import head
from haitang.editors.forge_setup.switches import FORGES, Forge
from haitang.editors.new_directory import WORKFLOWS, Beginning, files_of
from haitang.editors.new_directory.generator import UNKNOWN, Generator, this_generator
from haitang.source.parser import Fields
from tests.data.history_world import commit, git
from tests.test_workflow_scripts import actionlint, bash
from tests.test_workflows import GITEA, GITHUB, ZIZMOR, read, test_a_workflow_is_careful
from tests.worlds import PROJECT, TODAY


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This generator in git: where its files came without, a copy of them."""
    if head(PROJECT):
        return PROJECT
    left_out = shutil.ignore_patterns(".venv", ".cache", "out", "node_modules", "__pycache__")
    copy = Path(shutil.copytree(PROJECT, tmp_path_factory.mktemp("program") / "generator", ignore=left_out, symlinks=True))
    git(copy, "2026-01-01", "init", "-q", "-b", "main")
    commit(copy, "2026-01-01")
    return copy


@pytest.fixture
def data(tmp_path: Path, program: Path) -> Path:
    """A directory in git, made by this generator at its newest commit."""
    begun = Beginning("名录", "本地", ("东镇",), TODAY, generator=Generator(program.as_uri(), head(program)))
    for file, text in files_of(begun).items():
        path = tmp_path / "data" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git(tmp_path / "data", "2026-01-01", "init", "-q", "-b", "main")
    commit(tmp_path / "data", "2026-01-01")
    return tmp_path / "data"


def test_linters_find_nothing(data: Path) -> None:
    files = [data / WORKFLOWS["github"], data / WORKFLOWS["gitea"]]
    done = subprocess.run(
        [ZIZMOR, "--offline", "--no-progress", "--persona=pedantic", "--format=json", *files],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    assert actionlint(*files) == []
    for file in files:
        test_a_workflow_is_careful(file)


@pytest.mark.parametrize("forge", FORGES)
def test_only_the_chosen_forge_is_served(forge: Forge) -> None:
    files = files_of(Beginning("名录", "本地", ("东镇",), TODAY, forges=(forge,)))
    assert {*files} & {*WORKFLOWS.values()} == {WORKFLOWS[forge]}
    assert f"`{WORKFLOWS[forge]}`" in files["README.md"]
    assert not {*files_of(Beginning("名录", "本地", ("东镇",), TODAY, forges=()))} & {*WORKFLOWS.values()}


def test_what_they_are_made_of_is_what_our_own_are(data: Path) -> None:
    """An action or an image that is brought up to date here is so there too."""
    ours = "".join(file.read_text("utf-8") for file in (*GITHUB, *GITEA, PROJECT / ".gitlab-ci.yml"))
    theirs = "".join((data / file).read_text("utf-8") for file in WORKFLOWS.values())
    made_of = r"(?:uses|image|container): \S+ # v[\d.]+|(?:image|container): \S+"
    assert {*re.findall(made_of, theirs)} <= {*re.findall(made_of, ours)}


def lines_of(data: Path, forge: Forge) -> list[str]:
    """The scripts that say what is done with the data, in their order, from fetching the generator on."""
    tree = read(data / WORKFLOWS[forge])
    if forge == "gitlab":
        return ["\n".join(tree["default"]["before_script"][:4]), "\n".join(tree["check"]["script"][:3])]
    job = tree["jobs"]["site" if forge == "github" else "check"]
    named = [step for step in job["steps"] if isinstance(step, Fields) and "run" in step]
    return [str(step["run"]) for step in named if "generator" in step["name"] or "check" in step["name"]]


@pytest.mark.parametrize("forge", FORGES)
def test_what_they_run_runs(forge: Forge, data: Path, program: Path) -> None:
    """The generator is fetched at its commit and checks the data: what is sound passes, what is broken does not."""
    fetch, check = lines_of(data, forge)
    here = data if forge == "gitlab" else data.parent
    base = git(data, "2026-01-01", "rev-parse", "HEAD").strip()
    known = {
        "GENERATOR": program.as_uri(), "GENERATOR_COMMIT": head(program), "BASE": base, "GITHUB_EVENT_NAME": "push",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "PROGRAM": str(data.parent / "generator"), "HAITANG_LANG": "zh-CN",
    }  # fmt: skip
    fetch = "\n".join(line for line in fetch.splitlines() if "--help" not in line and "mktemp" not in line)
    done = bash(fetch, here, **known)
    assert done.returncode == 0, done.stderr
    generator = data.parent / "generator"
    assert git(generator, "2026-01-01", "rev-parse", "HEAD").strip() == head(program)
    (generator / ".venv").symlink_to(PROJECT / ".venv")  # what `--help` would install
    done = bash(check, here, **known)
    assert done.returncode == 0, done.stdout + done.stderr
    (broken,) = (data / "positions").rglob("*.yml")
    broken.write_text(broken.read_text("utf-8").replace("tier: station", "tier: statoin"), "utf-8")
    commit(data, "2026-01-02")
    assert bash(check, here, **known).returncode == 1


def test_the_generator_is_named_as_git_knows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for remote, url in [
        ("git@github.com:someone/generator.git", "https://github.com/someone/generator"),
        ("https://user:secret@git.example.org/a/b.git", "https://git.example.org/a/b"),
        ("ssh://git@gitlab.com/a/b", "https://gitlab.com/a/b"),
        ("https://gitea.com/a/b", "https://gitea.com/a/b"),
        ("/srv/git/generator.git", ""),
        ("", ""),
    ]:
        monkeypatch.setattr("haitang.editors.new_directory.generator.origin", lambda root, remote=remote: remote)
        monkeypatch.setattr("haitang.editors.new_directory.generator.head", lambda root: "a" * 40)
        assert this_generator() == (Generator(url, "a" * 40) if url else UNKNOWN)
    monkeypatch.setattr("haitang.editors.new_directory.generator.head", lambda root: "")
    assert this_generator() == UNKNOWN
