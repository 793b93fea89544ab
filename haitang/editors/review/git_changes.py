"""What git knows of a change beyond the names of its files: what kind each is now, how large, and what the commits say."""

import stat
from pathlib import Path
from typing import NamedTuple

from haitang.data.git import ask, commit_id, names_in

_MOST_MESSAGES = 500
_NOTHING = "000000"


class Altered(NamedTuple):
    """A file that is not as it was: git's modes before and now, zeros where there was nothing, and its bytes now."""

    before: str
    now: str
    size: int

    @property
    def is_link(self) -> bool:
        return self.now == "120000"

    @property
    def is_module(self) -> bool:
        """Another repository inside this one."""
        return self.now == "160000"

    @property
    def became_executable(self) -> bool:
        return self.now == "100755" != self.before


def altered(root: Path, base: str, head: str | None = None) -> dict[str, Altered]:
    """The files below `root`, relative to it, that two revisions do not have alike; without a second, what lies there is
    meant, as `changed_from` has it. Raises NoSuchRevision."""
    commits = [commit_id(root, revision) for revision in (base, head) if revision]
    command = ("diff", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--relative", "-z")
    fields = names_in(ask(root, *command, *commits, "--", "."))
    told = [(facts[1:].split(" "), next(fields)) for facts in fields]
    if head:
        sizes = _sizes(root, [facts[3] for facts, _ in told])
        return {file: Altered(facts[0], facts[1], size) for (facts, file), size in zip(told, sizes, strict=True)}
    found = {file: Altered(facts[0], facts[1], lying(root / file).size) for facts, file in told}
    new = names_in(ask(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "."))
    return found | {file: lying(root / file) for file in new}


def _sizes(root: Path, names: list[str]) -> list[int]:
    """How many bytes what git calls so has; none where there is nothing, or what git does not have."""
    asked = "".join(f"{name}\n" for name in names)
    lines = ask(root, "cat-file", "--batch-check", stdin=asked.encode()).decode().splitlines() if names else []
    return [int(line.split(" ")[2]) if " blob " in line else 0 for line in lines]


def lying(path: Path) -> Altered:
    """A file of which git knows nothing, as one that has come."""
    try:
        facts = path.lstat()
    except OSError:
        return Altered(_NOTHING, _NOTHING, 0)
    kinds = {stat.S_IFLNK: "120000", stat.S_IFDIR: "160000"}  # of folders git names only repositories
    mode = kinds.get(stat.S_IFMT(facts.st_mode), "100755" if facts.st_mode & 0o100 else "100644")
    return Altered(_NOTHING, mode, facts.st_size)


def messages(root: Path, base: str, head: str = "HEAD") -> str:
    """What the newest commits say that `head` has and `base` has not. Raises NoSuchRevision."""
    commits = f"{commit_id(root, base)}..{commit_id(root, head)}"
    return ask(root, "log", f"--max-count={_MOST_MESSAGES}", "--format=%B", commits).decode("utf-8", "replace")
