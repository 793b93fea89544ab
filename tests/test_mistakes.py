"""The mistakes editors make: each must be told on its own line, with its own sentence, and nothing else told beside it.

The tables in tests/mistakes/*.txt change the sound data root in tests/mistakes/base, as a patch does:

    ## title
    @ positions/lujia/lujia-zhen.yml    the file, when it is not the first position; `whole` behind it replaces the file
      name: x                           two blanks: a line that is there        > the same, and the problem is told here
    - name: x                           a line that goes
    + name: y                           a line that comes                       ! the same, and the problem is told here
    ...                                 between changes of one file
    = code 「guess」: sentence           what is told: one for each mark, in order; `= file:line code` where nothing is marked

`{TAB}` and `{U+200B}` stand for characters that could not be seen here. Lines without a place to change come at the end.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from haitang.source import MAX_BYTES
from haitang.words import words
from tests.conftest import BASE, problems_of, readable, spots

TABLES = Path(__file__).parent / "mistakes"
FIRST = "positions/lujia/qifa-guangchang.yml"
_TOKEN = re.compile(r"\{(?:TAB|U\+([0-9A-F]{4,5}))\}")
_TOLD = re.compile(r"(?:(?P<file>\S+\.yml):(?P<line>\d+) )?(?P<code>[a-z0-9-]+)(?: 「(?P<guess>.+?)」)?(?:: (?P<sentence>.+))?")


@dataclass
class Mistake:
    """One mistake of a table: the files it leaves behind and what must be told."""

    title: str
    files: dict[str, list[str]] = field(default_factory=dict)
    marks: list[tuple[str, int]] = field(default_factory=list)
    told: list[re.Match[str]] = field(default_factory=list)

    def expected(self) -> list[tuple[str, int, str]]:
        """What is told, where: a mark for each, and the last mark for all that are left."""
        marks = iter(self.marks)
        last = self.marks[-1:]
        places = [(told["file"], int(told["line"])) if told["file"] else next(marks, *last) for told in self.told]
        assert not list(marks), "a mark without a `=` line"
        return [(*place, told["code"]) for place, told in zip(places, self.told, strict=True)]


def read_table(path: Path) -> Iterator[Mistake]:
    """The mistakes of one table."""
    for part in path.read_text("utf-8").split("\n## ")[1:]:
        title, *lines = part.rstrip("\n").split("\n")
        mistake, file, hunk = Mistake(f"{path.stem}: {title}"), FIRST, list[str]()
        for line in [*lines, "..."]:
            if line[:2] in ("@ ", "= ") or line == "...":
                apply(mistake, file, hunk)
                hunk = []
            if line.startswith("@ "):
                file, _, whole = line[2:].partition(" ")
                if whole:
                    mistake.files[file] = []
            elif line.startswith("= "):
                told = _TOLD.fullmatch(line[2:])
                assert told, f"{mistake.title}: {line}"
                mistake.told.append(told)
            elif line and line != "...":
                assert line[:2] in ("  ", "- ", "+ ", "! ", "> "), f"{mistake.title}: {line}"
                hunk.append(line)
        yield mistake


def apply(mistake: Mistake, file: str, hunk: list[str]) -> None:
    """Changes one stretch of a file as the lines of a hunk say."""
    if not hunk:
        return
    source = BASE / file
    lines = mistake.files.setdefault(file, source.read_text("utf-8").splitlines() if source.exists() else [])
    old = [shown(line[2:]) for line in hunk if line[0] in " ->"]
    starts = [at for at in range(len(lines) - len(old) + 1) if lines[at : at + len(old)] == old] if old else [len(lines)]
    assert len(starts) == 1, f"{mistake.title}: {len(starts)} places in {file} look like this"
    new = [line for line in hunk if line[0] != "-"]
    lines[starts[0] : starts[0] + len(old)] = [shown(line[2:]) for line in new]
    mistake.marks.extend((file, starts[0] + at) for at, line in enumerate(new, 1) if line[0] in "!>")


def shown(line: str) -> str:
    return _TOKEN.sub(lambda token: chr(int(token[1], 16)) if token[1] else "\t", line)


MISTAKES = [mistake for path in sorted(TABLES.glob("*.txt")) for mistake in read_table(path)]


def test_the_base_is_sound(root: Path) -> None:
    assert problems_of(root) == ()


def test_there_are_enough_mistakes() -> None:
    assert len(MISTAKES) >= 400
    assert not [title for title, count in Counter(mistake.title for mistake in MISTAKES).items() if count > 1]
    assert not [mistake.title for mistake in MISTAKES if not mistake.told]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.title)
def test_mistake(mistake: Mistake, root: Path) -> None:
    for file, lines in mistake.files.items():
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
    problems = problems_of(root)
    messages = [readable(problem, " ".join(map(str, mistake.files.values()))) for problem in problems]
    assert sorted(spots(problems)) == sorted(mistake.expected()), messages
    guesses = sorted(str(problem.values.get("guess", "")) for problem in problems)
    assert guesses == sorted(told["guess"] or "" for told in mistake.told), messages
    for told in mistake.told:
        assert not told["sentence"] or any(message.endswith(f": {told['sentence']}") or f": {told['sentence']}；" in message
                                           for message in messages), messages
