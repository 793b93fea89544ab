"""Prepared changes: tests/reviews/NN-name/change.txt changes the sound data root in tests/mistakes/base, expected.md is what
the review says of it. `before.txt`, where there is one, changes the base first.

    @ FILE          lines of the file follow: `  ` there, `- ` goes, `+ ` comes; `...` between stretches
    @ FILE whole    `+ ` lines are the file
    x FILE          the file goes
    > FILE NEW      the file gets another name
    c FILE NEW      the file is there a second time
    * N FILE        N files as the `+ ` lines have it, `{n}` counted
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import BASE

CASES = Path(__file__).parents[1] / "reviews"
NAMES = sorted(path.name for path in CASES.iterdir())


@dataclass(frozen=True)
class Case:
    base: Path
    head: Path
    expected: Path


def prepared(name: str, folder: Path) -> Case:
    """Both sides of a case, below a folder."""
    base, head = folder / "base", folder / "head"
    shutil.copytree(BASE, base)
    if (before := CASES / name / "before.txt").exists():
        change(base, before.read_text("utf-8"))
    shutil.copytree(base, head)
    change(head, (CASES / name / "change.txt").read_text("utf-8"))
    return Case(base, head, CASES / name / "expected.md")


def change(root: Path, told: str) -> None:
    """Does to a root what the lines say."""
    for part in ("\n" + told.rstrip("\n")).split("\n@ ")[1:]:
        first, *lines = part.split("\n")
        file, _, whole = first.partition(" ")
        own = [line for line in lines if not _is_order(line)]
        if whole:
            write(root / file, [line[2:] for line in own])
        else:
            for hunk in "\n".join(own).split("\n...\n"):
                patch(root / file, hunk.split("\n"))
    lines = told.split("\n")
    for at, line in enumerate(lines):
        if _is_order(line):
            order(root, line.split(" "), [text[2:] for text in lines[at + 1 :] if text.startswith("+ ")])


def _is_order(line: str) -> bool:
    return line[:2] in ("x ", "> ", "c ", "* ")


def order(root: Path, words: list[str], lines: list[str]) -> None:
    match words:
        case ["x", file]:
            (root / file).unlink()
        case [">", file, new]:
            (root / new).parent.mkdir(parents=True, exist_ok=True)
            (root / file).rename(root / new)
        case ["c", file, new]:
            shutil.copyfile(root / file, root / new)
        case ["*", count, file]:
            for number in range(1, int(count) + 1):
                write(root / file.replace("{n}", str(number)), [line.replace("{n}", str(number)) for line in lines])


def patch(path: Path, hunk: list[str]) -> None:
    lines = path.read_text("utf-8").splitlines()
    old = [line[2:] for line in hunk if line[0] in " -"]
    starts = [at for at in range(len(lines) - len(old) + 1) if lines[at : at + len(old)] == old] if old else [len(lines)]
    assert len(starts) == 1, f"{path}: {len(starts)} places look like {old}"
    lines[starts[0] : starts[0] + len(old)] = [line[2:] for line in hunk if line[0] != "-"]
    write(path, lines)


def write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
