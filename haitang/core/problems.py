"""What is wrong with the data, as values: collected everywhere, put into words and printed in one place (cli).

The rule: nothing here prints, formats or knows a language. A problem names a code (see `problem_codes`), and `templates/words`
holds the sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from haitang.core.problem_codes import CODES, Level

Value = str | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file: path relative to the data root with `/`, line and column counted from 1, column in characters."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an editor must mend.

    `code` is the key of the sentence in `templates/words/*.yml` under `problems`; `values` fill its blanks. Values come
    from strangers: whoever shows them cleans them first (`words.Words.sentence`). `eased` is a lower level than its code has
    by itself, for what was there before a change.
    """

    place: Place
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    eased: Level | None = None

    @property
    def level(self) -> Level:
        return self.eased or CODES[self.code].level

    def __hash__(self) -> int:
        return hash((self.place, self.code))


class InvalidDirectory(Exception):
    """The data is not sound; holds every problem of every file at once, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = ordered(problems)
        super().__init__(f"{len(self.problems)} problems")


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Without repeats, by file, line, column, code: the order an editor works through them."""
    unique = {(p.place.file, p.place.line, p.place.column, p.code, repr(sorted(p.values.items()))): p for p in problems}
    return tuple(unique[key] for key in sorted(unique))
