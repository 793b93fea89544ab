"""The workflows for those who use this project: what strangers propose can neither act in them nor spend more than it may."""

import io
import json
import os
import re
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from haitang.core.digests import DATA_PARTS
from haitang.source.parser import Fields, Items, Text, read_file
from tests.data.history_world import commit, git
from tests.worlds import PROJECT

GITHUB = sorted((PROJECT / ".github/workflows").glob("*.yml"))
GITEA = sorted((PROJECT / ".gitea/workflows").glob("*.yml"))
ZIZMOR = PROJECT / ".venv/bin/zizmor"


def read(path: Path) -> Fields:
    tree = read_file(path, path.name)
    assert isinstance(tree, Fields), tree
    return tree


def steps(tree: Fields) -> Iterator[Fields]:
    for job in tree["jobs"].values():
        yield from job.get("steps", ())


def texts(node: Any) -> Iterator[Text]:
    for item in node.values() if isinstance(node, Fields) else node if isinstance(node, Items) else ():
        yield from texts(item)
    if isinstance(node, Text):
        yield node


@pytest.mark.parametrize("files", [GITHUB, GITEA], ids=["github", "gitea"])
def test_zizmor_finds_nothing(files: list[Path]) -> None:
    done = subprocess.run(
        [ZIZMOR, "--offline", "--no-progress", "--persona=pedantic", "--format=json", *files],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert json.loads(done.stdout) == [], done.stdout
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [*GITHUB, *GITEA], ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_a_workflow_is_careful(path: Path) -> None:
    tree = read(path)
    assert "permissions: {}\n" in path.read_text("utf-8")
    assert "concurrency" in tree
    assert "pull_request_target" not in path.read_text("utf-8")
    for job in tree["jobs"].values():
        assert "uses" in job or int(job["timeout-minutes"]) <= 30  # of one that is called its own jobs say it
        assert "permissions" in job
    for step in steps(tree):
        assert "${{" not in step.get("run", ""), "an expression is put into a script before the shell reads it"
        if "uses" in step:
            assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
            assert "cache" not in step["uses"]
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


# What a forge's workflow does to choose its tests, and by which name it knows where the change begins.
TESTED = {
    ".github/workflows/check.yml": ("check", "HEAD^1"),
    ".gitea/workflows/check.yml": ("check", "BASE"),
    ".gitlab-ci.yml": ("test", "CI_MERGE_REQUEST_DIFF_BASE_SHA"),
}
# A change by its name: files that are written, and whether nothing but data changed.
CHANGES = {
    **{part: ((f"{part}/x.yml" if "." not in part else part,), True) for part in (*DATA_PARTS, "site_src")},
    "a program": (("haitang/x.py",), False),
    "data and a program": (("positions/lujia/x.yml", "haitang/x.py"), False),
    "a folder of the same name": (("frontend/src/core/dom.ts",), False),
    "a file that begins so": (("positions.py",), False),
    "a workflow": ((".github/workflows/check.yml", "photos/x.jpg"), False),
    "a lock": (("requirements/site.txt",), False),
}
FAKE_PYTHON = '#!/bin/sh\n[ "$1" = -c ] && echo token || echo "$@" >> "$ASKED"\n'


def script_of(forge: str) -> str:
    """The shell script by which a forge's workflow runs the tests."""
    job = read(PROJECT / forge)
    job = job if forge.startswith(".gitlab") else job["jobs"]
    scripts = job["test"]["script"] if forge.startswith(".gitlab") else [step.get("run", "") for step in job["check"]["steps"]]
    (script,) = (script for script in scripts if "build.py test" in script)
    return str(script)


def asked_for(forge: str, folder: Path, files: tuple[str, ...], base: str = "") -> str:
    """With which arguments the tests are started for a change of these files, in a repository of its own."""
    root = folder / "repository"
    root.mkdir()
    (root / "haitang").mkdir()
    (root / "haitang/old.py").write_text("x = 1\n" * 20, "utf-8")
    git(root, "2026-01-01", "init", "-q", "-b", "main")
    commit(root, "2026-01-01")
    begun = git(root, "2026-01-01", "rev-parse", "HEAD").strip()
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("x\n", "utf-8")
    if not files:
        (root / "positions").mkdir()
        (root / "haitang/old.py").rename(root / "positions/old.yml")
    commit(root, "2026-01-02")
    (folder / "python3").write_text(FAKE_PYTHON, "utf-8")
    (folder / "python3").chmod(0o755)
    surroundings = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}", "ASKED": str(folder / "asked.txt")}
    surroundings[TESTED[forge][1]] = base or begun
    script = script_of(forge).replace('"HEAD^1"', f'"{base or "HEAD^1"}"')
    subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=root, env=surroundings, check=True, capture_output=True)
    return (folder / "asked.txt").read_text("utf-8").strip()


@pytest.mark.parametrize("forge", TESTED)
def test_a_change_of_data_alone_runs_the_tests_of_the_data(forge: str, tmp_path: Path) -> None:
    for number, (name, (files, only_data)) in enumerate(CHANGES.items()):
        (tmp_path / str(number)).mkdir()
        expected = "build.py test -m live" if only_data else "build.py test"
        assert asked_for(forge, tmp_path / str(number), files) == expected, name


@pytest.mark.parametrize("forge", TESTED)
def test_what_cannot_be_told_runs_all_tests(forge: str, tmp_path: Path) -> None:
    (tmp_path / "moved").mkdir()
    assert asked_for(forge, tmp_path / "moved", ()) == "build.py test", "a program was moved into the data"
    (tmp_path / "lost").mkdir()
    assert asked_for(forge, tmp_path / "lost", ("positions/x.yml",), "0" * 40) == "build.py test"


def test_a_commit_of_any_data_is_checked() -> None:
    """By those who have pre-commit, before it is made."""
    hook = re.search(r"- id: data\n.*?files: (\S+)\n", (PROJECT / ".pre-commit-config.yaml").read_text("utf-8"), re.DOTALL)
    assert hook
    for files, only_data in CHANGES.values():
        assert not only_data or re.search(hook[1], files[0]), files


def test_what_reads_the_data_is_marked() -> None:
    """What reads the data and is not marked `live` would fail for whoever changes a program next, instead of for the data."""
    for path in (PROJECT / "tests").rglob("test_*.py"):
        text = path.read_text("utf-8")
        if re.search(r"\b(?:load|publish|stale)\(PROJECT\b", text):
            assert "mark.live" in text, path.name


def test_the_same_action_has_the_same_hash_everywhere() -> None:
    used: dict[str, set[str]] = {}
    for path in (*GITHUB, *GITEA):
        for name, version in re.findall(r"uses: (\S+)@([0-9a-f]{40} # v[\d.]+)$", path.read_text("utf-8"), re.M):
            used.setdefault(name, set()).add(version)
    assert used
    assert {name: len(versions) for name, versions in used.items()} == dict.fromkeys(used, 1)


def test_what_runs_the_code_of_strangers_may_only_read() -> None:
    tree = read(PROJECT / ".github/workflows/check.yml")
    assert {*tree["on"], *tree["on"].blank} == {"pull_request", "workflow_call"}
    called = [job for path in GITHUB for job in read(path)["jobs"].values() if job.get("uses", "").endswith("/check.yml")]
    for job in (*tree["jobs"].values(), *called):
        assert dict(job["permissions"]) == {"contents": "read"}
    assert not re.search(r"\$\{\{\s*secrets|github\.token", (PROJECT / ".github/workflows/check.yml").read_text("utf-8"))


def test_what_may_write_runs_no_code_of_strangers() -> None:
    tree = read(PROJECT / ".github/workflows/comment.yml")
    checkouts = [step["with"]["ref"] for step in steps(tree) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts == ["${{ github.event.repository.default_branch }}"]
    review = read(PROJECT / ".gitea/workflows/check.yml")["jobs"]["review"]
    fetch, *others = (step["run"] for step in review["steps"])
    assert 'git checkout -q --detach "refs/remotes/origin/$MAIN"' in fetch
    assert [re.findall(r"python3 (\S+)", script)[0].split("/")[0] for script in others] == ["program", "program"]


TEXT = "HAITANG_PULL_REQUEST_TEXT"


@pytest.mark.parametrize("forge", [".github/workflows/check.yml", ".gitea/workflows/check.yml"])
def test_the_text_of_a_pull_request_is_only_ever_a_variable(forge: str) -> None:
    tree = read(PROJECT / forge)
    assert "edited" in tree["on"]["pull_request"]["types"]
    told = [step for step in steps(tree) if re.search("build.py (check --changed|review )", step.get("run", ""))]
    assert len(told) == 2
    assert {step["env"][TEXT] for step in told} == {"${{ github.event.pull_request.body }}"}
    assert (PROJECT / forge).read_text("utf-8").count("pull_request.body") == 2
    (review,) = (job for name, job in tree["jobs"].items() if name == "review")
    assert review["steps"][-1]["run"].strip().endswith('exit "$STATUS"')
    assert review["steps"][-1]["env"]["STATUS"] == "${{ steps.review.outputs.status }}"


def test_gitlab_hands_over_the_description() -> None:
    tree = read(PROJECT / ".gitlab-ci.yml")
    for job in ("check", "review"):
        script = "\n".join(tree[job]["script"])
        assert f'export {TEXT}="${{CI_MERGE_REQUEST_DESCRIPTION:-}}"' in script.partition("build.py review")[0]
    assert tree["review"]["script"][-1] == 'exit "$status"'


@pytest.mark.parametrize("forge", [".github/workflows/check.yml", ".gitea/workflows/check.yml", ".gitlab-ci.yml"])
@pytest.mark.parametrize("status", [0, 1])
def test_a_red_review_is_shown_and_ends_the_job(forge: str, status: int, tmp_path: Path) -> None:
    """With a program that writes a review and says that it is red."""
    tree = read(PROJECT / forge)
    if "gitlab" in forge:
        script = "\n".join(tree["review"]["script"][:4]) + "\necho went on\n" + tree["review"]["script"][-1]
    else:
        script = (
            next(step["run"] for step in tree["jobs"]["review"]["steps"] if step.get("id") == "review") + "\necho went on\n"
        )
    fake = tmp_path / "python3"
    fake.write_text(
        '#!/bin/sh\n[ "$1" = -c ] && echo token && exit 0\n'
        'for out in "$@"; do case "$before" in --out) echo "## red" > "$out";; esac; before=$out; done\n'
        f'case "$*" in *--comment*) exit 0;; esac\nexit {status}\n',
        "utf-8",
    )
    fake.chmod(0o755)
    told = {name: str(tmp_path / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | told | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "BASE": "x", "CI_MERGE_REQUEST_DIFF_BASE_SHA": ""},
    )  # fmt: skip
    assert "went on" in done.stdout, done.stderr
    if "gitlab" in forge:
        assert done.returncode == status
    else:
        assert done.returncode == 0
        assert (tmp_path / "github_output").read_text("utf-8") == f"status={status}\n"


GH = """#!/usr/bin/env python3
import os, sys
from pathlib import Path
temp = Path(os.environ["RUNNER_TEMP"])
told = temp / "asked.txt"
told.write_text((told.read_text() if told.exists() else "") + " ".join(sys.argv[1:]) + chr(10))
asked = " ".join(sys.argv)
if asked.endswith("/zip"):
    sys.stdout.buffer.write((temp / "artefact.zip").read_bytes())
elif "/artifacts" in asked:
    print("11")
elif "/pulls" in asked:
    print(os.environ.get("PULLS", "7"))
elif "--paginate" in asked:
    print(os.environ.get("OLD", ""))
"""


def run_step(name: str, temp: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A step of comment.yml, as a runner would, with a GitHub of our own."""
    script = next(
        step["run"] for step in steps(read(PROJECT / ".github/workflows/comment.yml")) if name in step.get("name", "")
    )
    (temp / "bin").mkdir(exist_ok=True)
    (temp / "bin/gh").write_text(GH, "utf-8")
    (temp / "bin/gh").chmod(0o755)
    known = {
        "PATH": f"{temp / 'bin'}:{os.environ['PATH']}", "RUNNER_TEMP": str(temp), "GITHUB_OUTPUT": str(temp / "output.txt"),
        "GITHUB_REPOSITORY": "a/b", "GITHUB_SERVER_URL": "https://forge.example", "RUN": "5", "NUMBER": "7",
    }  # fmt: skip
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        env=known | environment,
        cwd=temp,
        capture_output=True,
        text=True,
        check=False,
    )


def artefact(temp: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(temp / "artefact.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)


def test_of_an_artefact_one_file_is_read_and_not_all_of_it(tmp_path: Path) -> None:
    artefact(tmp_path, {"../evil": b"x", "/tmp/evil": b"x", "review.json": b"0" * 50_000_000})
    assert run_step("the review", tmp_path).returncode == 0
    assert (tmp_path / "review.json").stat().st_size == 2_000_001
    assert (tmp_path / "output.txt").read_text() == "found=yes\n"
    assert not (tmp_path.parent / "evil").exists()
    assert {path.name for path in tmp_path.iterdir()} == {
        "artefact.zip", "asked.txt", "bin", "output.txt", "review.json", "review.zip"
    }  # fmt: skip
    artefact(tmp_path, {"review.txt": b""})
    assert run_step("the review", tmp_path).returncode != 0


def test_which_pull_request_is_asked_by_the_commit(tmp_path: Path) -> None:
    sha = "a" * 40
    assert run_step("which", tmp_path, SHA=sha, HEAD="x:y").returncode == 0
    assert (tmp_path / "output.txt").read_text() == "number=7\n"
    assert f'select(.head.sha == "{sha}")' in (tmp_path / "asked.txt").read_text()
    (tmp_path / "output.txt").unlink()
    assert run_step("which", tmp_path, SHA=sha, HEAD="x:y", PULLS="7; echo").returncode == 0
    assert not (tmp_path / "output.txt").exists()
    assert run_step("which", tmp_path, SHA='" or true', HEAD="x:y").returncode != 0


@pytest.mark.parametrize(("old", "method"), [("", "repos/a/b/issues/7/comments"), ("9", "repos/a/b/issues/comments/9")])
def test_github_gets_one_comment(old: str, method: str, tmp_path: Path) -> None:
    (tmp_path / "review.md").write_text("审阅\n", "utf-8")
    assert run_step("/ comment", tmp_path, OLD=old).returncode == 0
    assert method in (tmp_path / "asked.txt").read_text().splitlines()[-1]
    said = (tmp_path / "comment.md").read_text("utf-8")
    assert said.startswith("<!-- haitang-review -->\n审阅\n")
    assert said.endswith("(https://forge.example/a/b/actions/runs/5#artifacts)\n")


def test_gitlab_has_limits_and_no_secret() -> None:
    tree = read(PROJECT / ".gitlab-ci.yml")
    assert tree["default"]["timeout"] == "30 minutes"
    assert tree["check"]["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"
    assert not [text for text in texts(tree) if re.search(r"TOKEN|SECRET|PASSWORD", text)]


def owners_of(path: str) -> str:
    """As GitHub reads it: the last line that fits."""
    found = ""
    for line in (PROJECT / ".github/CODEOWNERS").read_text("utf-8").splitlines():
        pattern, _, owner = line.partition(" ")
        if pattern and pattern != "#" and (pattern == "*" or f"/{path}".startswith(pattern)):
            found = owner
    return found


def test_owners_are_asked_beyond_the_data() -> None:
    for path in ("positions/lujia/x.yml", "brands/x.yml", "routes/x.yml", "photos/x.jpg"):
        assert owners_of(path) == ""
    for path in (
        "directory.yml",
        "haitang/cli/main.py",
        ".github/workflows/check.yml",
        "templates/x",
        "concepts/x.yml",
        "words/x.yml",
    ):
        assert owners_of(path) == "@haitang-owners"
    rule = (PROJECT / ".gitea/CODEOWNERS").read_text("utf-8").splitlines()[-1].split(" ")[0]
    assert rule.startswith("!")
    for path in ("positions/lujia/x.yml", "photos/x.jpg"):
        assert re.fullmatch(rule[1:], path)
    for path in ("directory.yml", "haitang/positions/x.yml"):
        assert not re.fullmatch(rule[1:], path)
    gitlab = (PROJECT / ".gitlab/CODEOWNERS").read_text("utf-8")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    folders = {name.split("/")[0] for name in tracked.split("\0") if "/" in name}
    owned = set(re.findall(r"^/([^/*]+)/$", gitlab, re.M))
    assert folders - owned - {"positions", "brands", "routes", "photos"} == set()
    assert owned & {"positions", "brands", "routes", "photos"} == set()


class Forge(BaseHTTPRequestHandler):
    """A Gitea of two answers."""

    comments: list[dict[str, Any]]
    asked: list[tuple[str, str, Any]]

    def _answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size)) if size else None
        type(self).asked.append((self.command, self.path, body))
        assert self.headers["Authorization"] == "token t"
        found: Any = {"number": 7}
        if self.command == "GET":
            found = type(self).comments if "comments" in self.path else []
        content = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PATCH = _answer

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Forge]]:
    Forge.comments, Forge.asked = [], []
    server = HTTPServer(("127.0.0.1", 0), Forge)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{server.server_port}/api/v1")
    monkeypatch.setenv("GITHUB_REPOSITORY", "a/b")
    monkeypatch.setenv("TOKEN", "t")
    yield Forge
    server.shutdown()
    server.server_close()


def run_forge(*arguments: str) -> int:
    names: dict[str, Any] = {"__name__": "forge", "__doc__": ""}
    exec(compile((PROJECT / ".gitea/forge.py").read_text("utf-8"), "forge.py", "exec"), names)
    return int(names["main"](list(arguments)))


def test_one_comment_is_kept(forge: type[Forge], tmp_path: Path) -> None:
    (tmp_path / "review.md").write_text("审阅\n", "utf-8")
    forge.comments = [
        {"id": 1, "body": "<!-- haitang-review -->\n别人抄的", "user": {"login": "mallory"}},
        {"id": 2, "body": "好", "user": {"login": "gitea-actions"}},
    ]
    assert run_forge("comment", "7", str(tmp_path / "review.md")) == 0
    assert forge.asked[-1] == ("POST", "/api/v1/repos/a/b/issues/7/comments", {"body": "<!-- haitang-review -->\n审阅\n"})
    forge.comments.append({"id": 3, "body": "<!-- haitang-review -->\n旧的", "user": {"login": "gitea-actions"}})
    assert run_forge("comment", "7", str(tmp_path / "review.md")) == 0
    assert forge.asked[-1][:2] == ("PATCH", "/api/v1/repos/a/b/issues/comments/3")


def test_a_pull_request_is_made_where_there_is_none(forge: type[Forge], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_forge("open", "bianji", "main") == 0
    assert capsys.readouterr().out == "7\n"
    made = {"head": "bianji", "base": "main", "title": "表单编辑的修改", "body": ""}
    assert forge.asked[-1] == ("POST", "/api/v1/repos/a/b/pulls", made)
    assert run_forge("open", "issue-7", "main", "资料：issue 7", "Closes #7") == 0
    made = {"head": "issue-7", "base": "main", "title": "资料：issue 7", "body": "Closes #7"}
    assert forge.asked[-1] == ("POST", "/api/v1/repos/a/b/pulls", made)


@pytest.mark.parametrize(("outcome", "state"), [("success", "success"), ("failure", "failure"), ("skipped", "failure")])
def test_what_a_check_said_stands_on_the_commit(outcome: str, state: str, forge: type[Forge]) -> None:
    assert run_forge("status", "a" * 40, outcome, "check / bianji") == 0
    wanted = {"state": state, "context": "check / bianji"}
    assert forge.asked == [("POST", f"/api/v1/repos/a/b/statuses/{'a' * 40}", wanted)]


@pytest.mark.parametrize("number", ["7/../8", "-1", "", "７", "7\n8"])
def test_a_number_is_a_number(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert run_forge("comment", number, "x") == 2


@pytest.mark.parametrize("path", [*GITHUB, *GITEA], ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_what_builds_the_site_has_the_whole_history(path: Path) -> None:
    for job in read(path)["jobs"].values():
        own = job.get("steps", ())
        if any(step.get("run", "").splitlines()[:1] == ["python3 build.py"] for step in own):
            fetched = [
                step["with"]["fetch-depth"] == "0" for step in own if step.get("uses", "").startswith("actions/checkout@")
            ]
            fetched += ["--depth" not in step["run"] for step in own if "git fetch" in step.get("run", "")]
            assert fetched == [True], "without it the page of changes is missing"
