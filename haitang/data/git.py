"""What git knows of the data: which files a change touches, how the data was at a revision, when what was changed.

The rule: alone runs git. Revisions and names come from strangers: nothing they hold is ever an option or a shell's word, and
what git cannot tell is absent, never an error of the data.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from haitang.core import clock

_REVISION = re.compile(r"[A-Za-z0-9_@][A-Za-z0-9._/@{}^~+-]{0,199}", re.ASCII)
_LONGEST_WAIT = 60  # seconds
_TRUSTING = re.compile(r"git config --global --add safe\.directory .+")  # what git advises where a folder is somebody else's
# No hooks, no configured programs, no prompts: a repository that a stranger prepared must not run anything.
_PLAIN = (
    "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false",
    "--no-pager",
)  # fmt: skip
# Nor does this machine's own idea of the history count (replaced and grafted commits): one commit has one.
_QUIET = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
    "TZ": "UTC",
}


class NoSuchRevision(Exception):
    """There is no such revision, or no git and no history at all; holds what was asked for. `obstacle` tells which."""


class Obstacle(NamedTuple):
    """Why git tells nothing: `no-git`, it is not on this machine; `foreign`, the folder belongs to somebody else, and `said` is
    git's own command against it; `broken`, in git's words; `no-history`; `shallow`, it ends before what was asked for. Empty:
    nothing is in the way."""

    kind: str = ""
    said: str = ""


class Touched(NamedTuple):
    """A file of a commit: git's status letter (A, M, D), its path, and what it held before and after, by their names in git;
    zeros where there was nothing."""

    status: str
    file: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit that touched the data: its id, its day as YYYY-MM-DD, the files."""

    id: str
    day: str
    files: tuple[Touched, ...]


class Last(NamedTuple):
    """The commit that touched something last: its id, and when, in seconds since 1970."""

    id: str
    seconds: int


def last_commit(root: Path, parts: Iterable[str]) -> Last | None:
    """The last commit that touched `parts`; None where there is none: no git, no history, none of these files in it, or only
    the one where a shallow clone ends. That seems to have made every file, and nobody knows which it did touch."""
    try:
        name, seconds, *parents = ask(root, "log", "-1", "--format=%H %ct %P", "--", *parts).decode().split() or ("", "")
        if not name or (not parents and _has_parents(root, name)):
            return None
    except NoSuchRevision:
        return None
    return Last(name, int(seconds))


def _has_parents(root: Path, commit: str) -> bool:
    """Whether a commit has parents, be they here or not."""
    return b"\nparent " in ask(root, "cat-file", "commit", commit).partition(b"\n\n")[0]


def obstacle(root: Path) -> Obstacle:
    """Why git tells nothing of a folder, or not enough."""
    try:
        done = _run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except subprocess.TimeoutExpired as slow:
        return Obstacle("broken", str(slow))
    except OSError:
        return Obstacle("no-git")
    if done.returncode == 0:
        return Obstacle("shallow" if is_partial(root) else "")
    said = done.stderr.decode("utf-8", "replace").strip()
    if command := _TRUSTING.search(said):
        return Obstacle("foreign", command[0])
    if not said or "not a git repository" in said or not root.is_dir():
        return Obstacle("no-history")
    return Obstacle("broken", said.splitlines()[0])


def changed_since(root: Path, revision: str) -> frozenset[str]:
    """Files below `root`, relative to it with `/`, that are not as they were where this work left `revision`: changed, new
    (also those git does not follow yet) or gone. Raises NoSuchRevision."""
    return changed_from(root, _merge_base(root, revision))


def changed_from(root: Path, commit: str, *, ignored: bool = False) -> frozenset[str]:
    """As `changed_since`, from a commit as `parting` tells it; with those that git is told to ignore, if these are wanted."""
    changed = ask(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", commit, "--", ".")
    standard = () if ignored else ("--exclude-standard",)
    new = ask(root, "ls-files", "--others", *standard, "-z", "--", ".")
    return frozenset(names_in(changed + new))


def parting(root: Path, base: str, head: str = "HEAD") -> str:
    """The commit where the work on `head` left `base`; without common history, as in a shallow clone, `base` itself. Raises
    NoSuchRevision."""
    return _merge_base(root, base, head)


def difference(root: Path, base: str, head: str) -> frozenset[str]:
    """Files below `root`, relative to it, that two revisions do not have alike. Raises NoSuchRevision."""
    commits = commit_id(root, base), commit_id(root, head)
    return frozenset(names_in(ask(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", *commits)))


def snapshot(root: Path, revision: str, folder: Path, parts: Iterable[str]) -> None:
    """Writes the files of `parts` (folders or files below `root`) as they were at a revision into `folder`. Links and what is
    not a file are left out. Raises NoSuchRevision."""
    commit = commit_id(root, revision)
    listed = ask(root, "ls-tree", "-r", "-z", commit, "--", *parts).decode("utf-8", "surrogateescape")
    wanted = dict(_regular(line) for line in listed.split("\0") if _REGULAR.match(line) and _is_inside(line.partition("\t")[2]))
    for path, content in zip(wanted, _blobs(root, list(wanted.values())), strict=True):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def commits(root: Path, parts: Iterable[str], limit: int = 5_000, where: tzinfo | None = None) -> Iterator[Commit]:
    """The commits that touched `parts`, newest first, with their days in a time zone (China's, if nothing is said); none where
    there is no history."""
    where = where or clock.zone()
    try:
        told = ask(
            root, "log", f"--max-count={limit}", "--no-renames", "--no-ext-diff", "--relative", "--raw", "--no-abbrev", "-z",
            "--no-merges", "--format=%x01%H %ct", "--", *parts,
        )  # fmt: skip
    except NoSuchRevision:
        return
    commit, files = "", list[Touched]()
    fields = iter(told.decode("utf-8", "surrogateescape").split("\0"))
    for field in fields:  # a commit's own line, then of each file its facts and its path: no path is ever taken for a line
        if field.lstrip("\n").startswith(":"):
            _, _, before, after, status = field.strip().split(" ")
            files.append(Touched(status[:1], next(fields), before, after))
        elif field.strip("\n"):
            yield from _commit_of(commit, files, where)
            commit, files = field.strip("\1\n"), []
    yield from _commit_of(commit, files, where)


def last_days(root: Path, parts: Iterable[str], where: tzinfo | None = None) -> dict[str, str]:
    """The day on which each file of `parts`, by its path below `root`, was last changed; none where only a part of the history
    is here, whose oldest commit looks as if it had made everything."""
    found: dict[str, str] = {}
    for commit in () if is_partial(root) else commits(root, parts, where=where):
        for touched in commit.files:
            found.setdefault(touched.file, commit.day)
    return found


def _commit_of(line: str, files: Iterable[Touched], where: tzinfo) -> Iterator[Commit]:
    """The commit of a line; none of an empty one, or of one dated out of all time."""
    name, _, seconds = line.partition(" ")
    with suppress(ValueError):
        yield Commit(name, clock.day_of(int(seconds), where).isoformat(), tuple(files))


def contents(root: Path, names: Iterable[str], largest: int) -> dict[str, bytes]:
    """What files held, by their names in git; without those that are larger than `largest`. Raises NoSuchRevision where one
    is not there."""
    asked = sorted({name for name in names if name.strip("0")})
    if not asked:
        return {}
    told = ask(root, "cat-file", "--batch-check", stdin="".join(f"{name}\n" for name in asked).encode()).decode()
    sizes = [line.split(" ") for line in told.splitlines()]
    if any(found[1:] == ["missing"] for found in sizes):
        raise NoSuchRevision
    small = [found[0] for found in sizes if found[1] == "blob" and int(found[2]) <= largest]
    return dict(zip(small, _blobs(root, small), strict=True))


def head(root: Path) -> str:
    """The commit the history ends with; the empty string where there is none. It has one history, which no other commit has."""
    try:
        return commit_id(root, "HEAD")
    except NoSuchRevision:
        return ""


def origin(root: Path) -> str:
    """Where `origin` is fetched from, as it is written there, with whatever password; empty where there is none."""
    try:
        return ask(root, "remote", "get-url", "origin").decode("utf-8", "replace").strip()
    except NoSuchRevision:
        return ""


def never_added(root: Path, files: Iterable[str]) -> list[str]:
    """Those of the files, paths below `root`, that lie there without git following them; none where there is no git."""
    try:
        return list(names_in(ask(root, "ls-files", "--others", "-z", "--", *files)))
    except NoSuchRevision:
        return []


def is_partial(root: Path) -> bool:
    """Whether only a part of the history is here: the newest commits, as on most CI machines, or none of their files."""
    try:
        if ask(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            return True
        settings = ask(root, "config", "--local", "--name-only", "--list").split()
        return any(name.endswith(b".promisor") for name in settings)
    except NoSuchRevision:
        return False


def _merge_base(root: Path, revision: str, head: str = "HEAD") -> str:
    commit, end = commit_id(root, revision), commit_id(root, head)
    try:
        return ask(root, "merge-base", commit, end).decode().strip()
    except NoSuchRevision:
        return commit  # no common history, as in a shallow clone: then as it was at that commit


def commit_id(root: Path, revision: str) -> str:
    if _REVISION.fullmatch(revision) is None:
        raise NoSuchRevision(revision)
    return (
        ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", asked=revision)
        .decode()
        .strip()
    )


_REGULAR = re.compile(r"100(644|755) blob ")  # of git ls-tree's lines: no links, no modules


def _regular(line: str) -> tuple[str, str]:
    """A line `mode blob object TAB path` as path and object."""
    facts, _, path = line.partition("\t")
    return path, facts.split(" ")[2]


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and ":" not in path


def _blobs(root: Path, names: list[str]) -> Iterator[bytes]:
    """The contents of many objects at once."""
    if not names:
        return
    told = ask(root, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in names).encode())
    at = 0
    for _ in names:
        end = told.index(b"\n", at)
        size = int(told[at:end].rsplit(b" ", 1)[1])
        yield told[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def names_in(listed: bytes) -> Iterator[str]:
    return (name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name)


def _run(root: Path, *command: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        ["git", "-C", str(root), *_PLAIN, *command], input=stdin, capture_output=True,
        check=False, timeout=_LONGEST_WAIT, env={**os.environ, **_QUIET},
    )  # fmt: skip


def ask(root: Path, *command: str, asked: str = "", stdin: bytes = b"") -> bytes:
    """What git says. Raises NoSuchRevision, with what was `asked` for, where it does not."""
    try:
        done = _run(root, *command, stdin=stdin)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSuchRevision(asked) from error
    if done.returncode:
        raise NoSuchRevision(asked)
    return done.stdout


class NotCommitted(Exception):
    """Git would not; holds its last line, and the Obstacle where it could not at all."""

    def __init__(self, said: str, obstacle: Obstacle = Obstacle()) -> None:  # noqa: B008 - it cannot change
        super().__init__(said)
        self.obstacle = obstacle


_AUTHOR = ("-c", "user.name=haitang", "-c", "user.email=haitang@invalid", "-c", "commit.gpgsign=false")


def commit_to_branch(root: Path, branch: str, file: str, message: str) -> None:
    """Puts one file as it lies there on a branch of its own, which begins where we are. Raises NotCommitted."""
    for command in (
        ("switch", "--quiet", "-C", branch),
        ("add", "--", file),
        ("commit", "--quiet", "--only", f"--message={message}", "--", file),
    ):
        try:
            done = subprocess.run(
                ["git", "-C", str(root), *_PLAIN, *_AUTHOR, *command], stdin=subprocess.DEVNULL, capture_output=True,
                check=False, timeout=_LONGEST_WAIT, env={**os.environ, **_QUIET}, text=True, errors="replace",
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotCommitted("", obstacle(root)) from error
        if done.returncode:
            raise NotCommitted((done.stderr or done.stdout).strip().rpartition("\n")[2], obstacle(root))
