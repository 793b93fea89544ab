"""The table of problem codes: how serious each is, whether `check --fix` cures it, and in which chapter it is explained.

The rule: what is to be known of a code stands on its line in `problem_codes.tsv` and nowhere else; sentences stand in
`templates/words` (`messages.*` under `problems`, `codes.*` under the chapter).
"""

from pathlib import Path
from typing import Literal, NamedTuple

# An error keeps the site from being built; a warning is very likely a mistake; a hint is worth a second look.
Level = Literal["error", "warning", "hint"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint")
# How `check --fix` cures it: its values say safely what to write, `guess`, in place of what stands on the line, `wrong`; the
# word that was guessed is certain; the lines `written` say in several what stands on one (`lines`); a slip of the keyboard is
# replaced; what cannot be seen is taken out (`hidden`); the file is kept in UTF-8; the hidden data of the picture `value` in
# photos/ is taken out. `-`: a person must.
Fix = Literal["text", "guess", "lines", "slip", "indent", "hidden", "encoding", "photo", "-"]


class ProblemCode(NamedTuple):
    """A line of the table; `chapter` is the group of editors/problems.html."""

    level: Level
    fix: Fix
    chapter: str


def read_table(text: str) -> dict[str, ProblemCode]:
    """Code → what is to be known of it, from lines of tab-separated values under a line of headings."""
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return {code: ProblemCode(level, fix, chapter) for code, level, fix, chapter in rows}  # type: ignore[arg-type]


CODES = read_table(Path(__file__).with_name("problem_codes.tsv").read_text("utf-8"))
