"""What git tells of the data, and that nobody can make it tell or do something else."""

import os
import subprocess
from pathlib import Path

import pytest

from haitang.data.git import (
    NoSuchRevision,
    NotCommitted,
    Obstacle,
    changed_since,
    commit_to_branch,
    commits,
    contents,
    difference,
    is_partial,
    last_commit,
    obstacle,
    parting,
    snapshot,
)

WHEN = {"GIT_AUTHOR_DATE": "2026-03-08T23:30:00+0800", "GIT_COMMITTER_DATE": "2026-03-08T23:30:00+0800"}


def git(root: Path, *command: str) -> str:
    name = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    done = subprocess.run(
        ["git", *name, *command], cwd=root, capture_output=True, text=True, check=True, env={**os.environ, **WHEN}
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "资料 库"
    (root / "positions/lujia").mkdir(parents=True)
    (root / "positions/lujia/a.yml").write_text("id: a\n", "utf-8")
    (root / "positions/lujia/旧.yml").write_text("id: b\n", "utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    return root


def test_changed_new_and_gone_files_are_told(repository: Path) -> None:
    (repository / "positions/lujia/a.yml").write_text("id: a2\n", "utf-8")
    (repository / "positions/lujia/旧.yml").unlink()
    (repository / "positions/lujia/新 的.yml").write_text("id: c\n", "utf-8")
    assert changed_since(repository, "HEAD") == {"positions/lujia/a.yml", "positions/lujia/旧.yml", "positions/lujia/新 的.yml"}


def test_what_the_other_branch_did_meanwhile_is_not_ours(repository: Path) -> None:
    git(repository, "checkout", "-qb", "work")
    (repository / "positions/lujia/ours.yml").write_text("id: ours\n", "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "ours")
    git(repository, "checkout", "-q", "main")
    (repository / "positions/lujia/theirs.yml").write_text("id: theirs\n", "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "theirs")
    git(repository, "checkout", "-q", "work")
    assert changed_since(repository, "main") == {"positions/lujia/ours.yml"}


def test_a_snapshot_is_what_was_and_holds_no_links(repository: Path, tmp_path: Path) -> None:
    (repository / "positions/link.yml").symlink_to("/etc/passwd")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "link")
    (repository / "positions/lujia/a.yml").write_text("later\n", "utf-8")
    snapshot(repository, "HEAD", tmp_path / "then", ["positions", "no-such-folder"])
    found = {path.relative_to(tmp_path / "then").as_posix() for path in (tmp_path / "then").rglob("*") if not path.is_dir()}
    assert found == {"positions/lujia/a.yml", "positions/lujia/旧.yml"}
    assert (tmp_path / "then/positions/lujia/a.yml").read_text("utf-8") == "id: a\n"


def test_a_folder_inside_a_repository_is_told_relative_to_itself(repository: Path, tmp_path: Path) -> None:
    (repository / "positions/lujia/a.yml").write_text("id: a2\n", "utf-8")
    assert changed_since(repository / "positions", "HEAD") == {"lujia/a.yml"}
    snapshot(repository / "positions", "HEAD", tmp_path / "then", ["lujia"])
    assert (tmp_path / "then/lujia/a.yml").is_file()


def test_commits_come_newest_first_with_day_and_status(repository: Path) -> None:
    (repository / "positions/lujia/旧.yml").unlink()
    (repository / "positions/lujia/a.yml").write_text("id: a2\n", "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "two")
    newest, first = commits(repository, ["positions"])
    assert newest.day == "2026-03-08"
    assert {file[:2] for file in newest.files} == {("M", "positions/lujia/a.yml"), ("D", "positions/lujia/旧.yml")}
    assert {file.status for file in first.files} == {"A"}
    held = contents(repository, [each for file in newest.files for each in (file.before, file.after)], 100)
    assert {file.file: (held.get(file.before), held.get(file.after)) for file in newest.files} == {
        "positions/lujia/a.yml": (b"id: a\n", b"id: a2\n"),
        "positions/lujia/旧.yml": (b"id: b\n", None),
    }
    assert contents(repository, held, 5) == {}
    assert newest.id == git(repository, "rev-parse", "HEAD")


def test_a_file_name_cannot_pass_for_a_commit(repository: Path) -> None:
    (repository / f"positions/\1{'a' * 40} 2099-01-01").write_text("x\n", "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "hostile")
    assert [commit.day for commit in commits(repository, ["positions"])] == ["2026-03-08"] * 2


@pytest.mark.parametrize(
    "revision", ["--output=stolen", "-h", "", "nowhere", "HEAD; touch stolen", "HEAD\n", "$(touch stolen)"]
)
def test_a_revision_is_never_an_option_or_a_command(repository: Path, revision: str) -> None:
    with pytest.raises(NoSuchRevision):
        changed_since(repository, revision)
    with pytest.raises(NoSuchRevision):
        snapshot(repository, revision, repository / "out", ["positions"])
    assert not (repository / "stolen").exists()


def test_a_folder_without_history_has_none(tmp_path: Path) -> None:
    assert list(commits(tmp_path, ["positions"])) == []
    assert not is_partial(tmp_path)
    with pytest.raises(NoSuchRevision):
        changed_since(tmp_path, "HEAD")


def test_where_two_branches_parted_and_what_they_have_else(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-qb", "work")
    (repository / "positions/lujia/旧.yml").unlink()
    (repository / "positions/lujia/*.yml").write_text("id: x\n", "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "ours")
    git(repository, "checkout", "-q", "main")
    (repository / "positions/lujia/a.yml").write_text("id: a2\n", "utf-8")
    git(repository, "commit", "-qam", "theirs")
    assert parting(repository, "main", "work") == first
    assert difference(repository, first, "work") == {"positions/lujia/旧.yml", "positions/lujia/*.yml"}
    with pytest.raises(NoSuchRevision):
        parting(repository, "main", "--all")


def test_a_name_is_never_a_pattern(repository: Path, tmp_path: Path) -> None:
    snapshot(repository, "HEAD", tmp_path / "then", ["positions/lujia/*.yml", ":(glob)**", ":/"])
    assert not (tmp_path / "then").exists()


def test_a_shallow_clone_is_compared_with_what_it_has(repository: Path, tmp_path: Path) -> None:
    (repository / "positions/lujia/a.yml").write_text("id: a2\n", "utf-8")
    git(repository, "commit", "-qam", "two")
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{repository}", str(tmp_path / "clone"))
    assert is_partial(tmp_path / "clone")
    assert changed_since(tmp_path / "clone", "HEAD^1") == {"positions/lujia/a.yml"}
    assert parting(tmp_path / "clone", "HEAD^1") == git(tmp_path / "clone", "rev-parse", "HEAD^1")


def test_where_a_shallow_clone_ends_no_commit_is_the_last(repository: Path, tmp_path: Path) -> None:
    """Its last one seems to have made every file; and what has no parents in truth is a commit like any other."""
    first = git(repository, "rev-parse", "HEAD")
    found = last_commit(repository, ["positions"])
    assert found and found.id == first
    (repository / "readme.md").write_text("x", "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "two")
    clone = tmp_path / "clone"
    for depth in ("1", "2"):
        git(tmp_path, "clone", "-q", "--depth", depth, repository.as_uri(), str(clone))
        found = last_commit(clone, ["positions"])
        assert (found and found.id) == (None if depth == "1" else first)
        assert obstacle(clone).kind == "shallow"
        subprocess.run(["rm", "-r", str(clone)], check=True)
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), str(clone))
    (clone / "positions/lujia/a.yml").write_text("id: a\nname: b\n", "utf-8")
    git(clone, "commit", "-qam", "three")
    found = last_commit(clone, ["positions"])
    assert found and found.id == git(clone, "rev-parse", "HEAD")


def test_what_stands_in_the_way_is_told_apart(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert obstacle(repository) == Obstacle()
    assert obstacle(tmp_path) == obstacle(tmp_path / "none") == Obstacle("no-history")
    git(tmp_path, "init", "-q", "empty")
    assert obstacle(tmp_path / "empty") == Obstacle("no-history")
    with monkeypatch.context() as patch:
        patch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        assert obstacle(repository).kind == "foreign"
        assert obstacle(repository).said.startswith("git config --global --add safe.directory ")
        assert str(repository) in obstacle(repository).said
        with pytest.raises(NotCommitted) as refused:
            commit_to_branch(repository, "issue-1", "a.yml", "x")
        assert refused.value.obstacle.kind == "foreign"
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path / "nothing"))
        assert obstacle(repository) == Obstacle("no-git")
        with pytest.raises(NotCommitted) as refused:
            commit_to_branch(repository, "issue-1", "a.yml", "x")
        assert (str(refused.value), refused.value.obstacle.kind) == ("", "no-git")
    (repository / ".git/config").write_text("[broken", "utf-8")
    assert obstacle(repository).kind == "broken" and "config" in obstacle(repository).said
